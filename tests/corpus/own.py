"""Wrong functions of our own, of kinds that nobody had tried before; none had name and line when it was first tried."""

from typing import Any

import numpy as np

from corpus.met import Mistake
from corpus.whole_passes import passed
from corpus.whole_passes import sigmoid_prime as sp

OWN: list[Mistake] = []


def own(exercise: str, slip: str) -> Any:
    """Write a function down."""

    def note(f: Any) -> Any:
        OWN.append(Mistake("", exercise, slip, f))
        return f

    return note


def grads(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    d = {L: (a[L] - y) * sp(z[L])}
    for n in range(L - 1, 0, -1):
        d[n] = (w[n + 1].T @ d[n + 1]) * sp(z[n])
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@own("forward", "z-spoilt")
def z_written_over_in_place(w, b, x):
    z, a = {}, {0: x}
    for n in w:
        z[n] = np.dot(w[n], a[n - 1])
        z[n] += b[n]
        e = np.exp(-z[n], out=z[n])  # <-
        a[n] = 1 / (1 + e)
    return z, a


@own("quadratic", "examples-lost")
def cost_written_over(a, y):
    m, cost = a.shape[1], 0
    for i in range(m):
        cost = 0.5 * np.linalg.norm(a[:, i] - y[:, i]) ** 2  # <-
    return cost / m  # <-


@own("bp2", "sigma-prime-of-error")
def slope_of_the_error(w_next, delta_next, z):
    error = np.matmul(w_next.T, delta_next)
    return error * sp(error)  # <-


@own("bp3", "mean-of-means")
def halved_again_and_again(delta):
    mean = delta[:, :1]
    for column in delta.T[1:]:
        mean = (mean + column.reshape(-1, 1)) / 2  # <-
    return mean


@own("backprop", "starts-one-layer-early")
def loop_one_layer_early(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    delta = (a[L] - y) * sp(z[L])
    gw, gb = {}, {}
    for n in range(L - 1, 0, -1):
        gw[n] = delta @ a[n - 1].T / m  # <-
        gb[n] = delta.mean(axis=1, keepdims=True)  # <-
        delta = (w[n].T @ delta) * sp(z[n - 1]) if n > 1 else delta  # <-
    return gw, gb


@own("backprop", "one-dict-for-both")
def one_dict_for_both(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    nabla_w = nabla_b = {}  # <-
    delta = (a[L] - y) * sp(z[L])
    for n in range(L, 0, -1):
        nabla_w[n] = delta @ a[n - 1].T / m
        nabla_b[n] = delta.mean(axis=1, keepdims=True)  # <-
        if n > 1:
            delta = (w[n].T @ delta) * sp(z[n - 1])
    return nabla_w, nabla_b  # <-


@own("backprop", "first-gradient-zero")
def loop_ends_early(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    gw = {n: np.zeros(w[n].shape) for n in w}
    gb = {n: np.zeros(b[n].shape) for n in w}
    delta = (a[L] - y) * sp(z[L])
    for n in range(L, 1, -1):
        gw[n] = delta @ a[n - 1].T / m
        gb[n] = delta.mean(axis=1, keepdims=True)
        delta = (w[n].T @ delta) * sp(z[n - 1])
    return gw, gb  # <-


@own("backprop", "swapped-outputs")
def pair_in_the_wrong_order(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    delta = {L: (a[L] - y) * sp(z[L])}
    for n in range(L - 1, 0, -1):
        delta[n] = (w[n + 1].T @ delta[n + 1]) * sp(z[n])
    nabla_b = {n: delta[n].mean(axis=1, keepdims=True) for n in w}
    nabla_w = {n: delta[n] @ a[n - 1].T / m for n in w}
    return nabla_b, nabla_w  # <-


@own("training_step", "gradient-after-a-step")
def network_run_again_for_each_layer(w, b, x, y, learning_rate):
    w, b = dict(w), dict(b)
    for n in sorted(w, reverse=True):
        gw, gb = grads(w, b, x, y)
        w[n] = w[n] - learning_rate * gw[n]  # <-
        b[n] = b[n] - learning_rate * gb[n]  # <-
    return w, b


@own("update", "weight-decay")
def weights_that_decay(w, b, nabla_w, nabla_b, learning_rate):
    out = {}
    for n, values in w.items():
        out[n] = 0.99 * values - learning_rate * nabla_w[n]  # <-
    return out, {n: values - learning_rate * nabla_b[n] for n, values in b.items()}


@own("bp1", "wrong-factor")
def one_factor_squared(a, y, z):
    s = a * (1 - a) ** 2  # <-
    return (a - y) * s


@own("quadratic", "wrong-power")
def cubes(a, y):
    return np.mean(np.sum(np.abs(a - y) ** 3, axis=0)) / 2


@own("backprop", "wrong-bias-gradient")
def bias_times_its_gradient(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    d = {L: (a[L] - y) * sp(z[L])}
    for n in range(L - 1, 0, -1):
        d[n] = (w[n + 1].T @ d[n + 1]) * sp(z[n])
    gw = {n: d[n] @ a[n - 1].T / m for n in w}
    gb = {n: d[n].mean(axis=1, keepdims=True) * b[n] for n in w}  # <-
    return gw, gb


@own("weighted_input", "biases-repeated")
def biases_resized(w, b, a_previous):
    z = np.dot(w, a_previous)
    bias = np.resize(b, z.shape)  # <-
    return z + bias


@own("weighted_input", "running-sum")
def total_set_to_0_too_early(w, b, a_previous):
    z = np.empty((w.shape[0], a_previous.shape[1]))
    for i in range(w.shape[0]):
        total = 0  # <-
        for e in range(a_previous.shape[1]):
            for j in range(w.shape[1]):
                total += w[i, j] * a_previous[j, e]  # <-
            z[i, e] = total + b[i, 0]
    return z


@own("weighted_input", "inputs-reshaped")
def inputs_as_rows_by_reshape(w, b, a_previous):
    rows = a_previous.reshape(-1, a_previous.shape[0])  # <-
    return (rows @ w.T).T + b


@own("weighted_input", "sums-multiplied")
def einsum_of_four_letters(w, b, a_previous):
    return np.einsum("ij,kl->il", w, a_previous) + b  # <-


@own("forward", "looked-up-late")
def functions_made_in_a_loop(w, b, x):
    layers = []
    for n in sorted(w):
        layers.append(lambda v: w[n] @ v + b[n])  # <- # noqa: B023 (which is the mistake)
    z, a = {}, {0: x}
    for k, layer in enumerate(layers, 1):
        z[k] = layer(a[k - 1])
        a[k] = 1 / (1 + np.exp(-z[k]))
    return z, a


@own("quadratic", "variance")
def variance_of_the_errors(a, y):
    return a.shape[0] * np.var(a - y) / 2  # <-


@own("bp1", "softmax-jacobian")
def jacobian_of_a_softmax(a, y, z):
    out = np.zeros_like(a)
    for e in range(a.shape[1]):
        s = a[:, e : e + 1]
        jacobian = np.diagflat(s) - s @ s.T  # <-
        out[:, e : e + 1] = jacobian @ (a[:, e : e + 1] - y[:, e : e + 1])
    return out


@own("bp3", "reshaped-not-transposed")
def mean_of_a_reshaped_delta(delta):
    by_example = delta.reshape(delta.shape[1], delta.shape[0])  # <-
    return by_example.mean(axis=0)[:, None]  # <-


@own("bp4", "reshaped-not-transposed")
def kronecker_product_reshaped(delta, a_previous):
    total = 0
    for e in range(delta.shape[1]):
        total = total + np.kron(a_previous[:, e], delta[:, e]).reshape(delta.shape[0], -1)  # <-
    return total / delta.shape[1]


@own("bp4", "one-number-a-row")
def a_neuron_with_the_input_of_its_number(delta, a_previous):
    nabla_w = np.zeros((len(delta), len(a_previous)))
    for j, (d, a) in enumerate(zip(delta, a_previous, strict=False)):  # <-
        nabla_w[j] = np.dot(d, a)  # <-
    return nabla_w / delta.shape[1]


@own("backprop", "bias-from-weights")
def ones_last_and_biases_first(w, b, x, y):
    L, m = len(w), x.shape[1]
    ones = np.ones((1, m))
    joined = {n: np.hstack([w[n], b[n]]) for n in w}
    a = {0: np.vstack([x, ones])}
    for n in w:
        a[n] = np.vstack([1 / (1 + np.exp(-joined[n] @ a[n - 1])), ones])
    out = a[L][:-1]
    d, gw, gb = (out - y) * out * (1 - out), {}, {}
    for n in range(L, 0, -1):
        both = d @ a[n - 1].T / m
        gw[n], gb[n] = both[:, :-1], both[:, :1]  # <-
        h = a[n - 1][:-1]
        d = (w[n].T @ d) * h * (1 - h)
    return gw, gb


@own("backprop", "forgot-targets")
def output_itself_sent_back(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    d = {L: a[L] * sp(z[L])}  # <-
    for n in range(L - 1, 0, -1):
        d[n] = (w[n + 1].T @ d[n + 1]) * sp(z[n])
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@own("backprop", "first-gradient-zero")
def loop_that_ends_at_the_second_layer(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    gw, gb = ({n: np.zeros_like(each) for n, each in some.items()} for some in (w, b))
    d = (a[L] - y) * sp(z[L])
    gw[L], gb[L] = d @ a[L - 1].T / m, d.mean(axis=1, keepdims=True)
    for n in range(L - 1, 1, -1):  # <-
        d = (w[n + 1].T @ d) * sp(z[n])
        gw[n], gb[n] = d @ a[n - 1].T / m, d.mean(axis=1, keepdims=True)
    return gw, gb


def step(w, b, x, y, rate):
    nabla_w, nabla_b = grads(w, b, x, y)
    return {n: w[n] - rate * nabla_w[n] for n in w}, {n: b[n] - rate * nabla_b[n] for n in b}


@own("training_loop", "first-batch-only")
def cut_up_to_the_size(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(x.shape[1])
        for start in range(0, len(order), batch_size):
            some = order[start:batch_size]  # <-
            if len(some):
                w, b = step(w, b, x[:, some], y[:, some], learning_rate)
    return w, b


@own("training_loop", "not-from-the-seed")
def another_generator_than_the_seeded(w, b, x, y, learning_rate, epochs, batch_size, seed):
    np.random.seed(seed)
    rng = np.random.default_rng()  # <-
    for _ in range(epochs):
        order = rng.permutation(x.shape[1])
        for start in range(0, len(order), batch_size):
            some = order[start : start + batch_size]
            w, b = step(w, b, x[:, some], y[:, some], learning_rate)
    return w, b


@own("backprop", "z-instead-of-a")
def z_compared_with_y(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    d = {L: (z[L] - y) * sp(z[L])}  # <-
    for n in range(L - 1, 0, -1):
        d[n] = (w[n + 1].T @ d[n + 1]) * sp(z[n])
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@own("backprop", "linear-output")
def output_without_sigma_but_with_its_slope(w, b, x, y):
    L, m = len(w), x.shape[1]
    z, a = {}, {0: x}
    for n in w:
        z[n] = w[n] @ a[n - 1] + b[n]
        a[n] = 1 / (1 + np.exp(-z[n])) if n < L else z[n]  # <-
    d = {L: (a[L] - y) * sp(z[L])}
    for n in range(L - 1, 0, -1):
        d[n] = (w[n + 1].T @ d[n + 1]) * sp(z[n])
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}

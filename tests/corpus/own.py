"""Wrong functions of our own, of kinds that nobody had tried before; none had a name when it was first tried."""

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
    nabla_w = nabla_b = {}
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

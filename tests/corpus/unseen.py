"""Kinds that nobody had tried before; most of three sets, those with a name now. `habits` has a later set.

At the first try 38 of 58 had their name. When these were mended, 5 of 36 others had theirs, and 32 were told the step,
the array or the examples that are wrong (before: 3 and 26); when `curves.py` was written for those, 8 and 17 of 18 more
(before: 1 and 14).
"""

import numpy as np

from corpus.met import Mistake
from corpus.own import grads
from corpus.whole_passes import G, passed
from corpus.whole_passes import sigmoid as sig
from corpus.whole_passes import sigmoid_prime as sp

UNSEEN: list[Mistake] = []


def unseen(exercise, slip, address=""):
    """Write a function down."""

    def note(f):
        UNSEEN.append(Mistake(address, exercise, slip, f))
        return f

    return note


def step(w, b, x, y, rate):
    gw, gb = grads(w, b, x, y)
    return {n: w[n] - rate * gw[n] for n in w}, {n: b[n] - rate * gb[n] for n in b}


def batches(m, size, rng):
    order = rng.permutation(m)
    return [order[i : i + size] for i in range(0, m, size)]


@unseen(
    "backprop",
    "weights-instead-of-a",
    "https://stats.stackexchange.com/questions/464262/backpropagation-demo-gives-always-the-same-result-after-training",
)
def weights_for_activations_in_the_hidden_layers(w, b, x, y):
    zs, acts = [], [x]
    for l in range(1, len(w) + 1):
        zs.append(np.dot(w[l], acts[-1]) + b[l])
        acts.append(sig(zs[-1]))
    m = x.shape[1]
    delta = (acts[-1] - y) * sp(zs[-1])
    dw = {len(w): np.dot(delta, acts[-2].T) / m}
    db = {len(w): np.sum(delta, axis=1, keepdims=True) / m}
    for l in range(len(w) - 1, 0, -1):
        delta = np.dot(w[l + 1].T, delta) * sp(zs[l - 1])
        db[l] = np.sum(delta, axis=1, keepdims=True) / m
        dw[l] = db[l] * w[l]  # <-
    return dw, db


@unseen("backprop", "divided-by-layer-size")
def every_layer_by_its_own_size(w, b, x, y):
    gw, gb = grads(w, b, x, y)
    for n in gw:
        gw[n] = gw[n] / len(gw[n])  # <-
        gb[n] = gb[n] / len(gb[n])  # <-
    return gw, gb


@unseen("update", "weight-decay", G + "hanbt/learn_dl/pull/25")
def bias_counted_twice(w, b, nabla_w, nabla_b, learning_rate):
    nw = {k: v.copy() for k, v in w.items()}
    nb = {k: v.copy() for k, v in b.items()}
    for k in nw:
        nw[k] -= learning_rate * nabla_w[k]
        nb[k] += nb[k] - learning_rate * nabla_b[k]  # <-
    return nw, nb


@unseen("training_step", "step-only", G + "hanbt/learn_dl/pull/25")
def only_the_step_of_w_is_left(w, b, x, y, learning_rate):
    gw, gb = grads(w, b, x, y)
    w, b = dict(w), dict(b)
    for n in gw:
        w[n] = w[n] - (w[n] - learning_rate * gw[n])  # <-
        b[n] = b[n] - learning_rate * gb[n]
    return w, b


@unseen("training_loop", "earlier-gradient-kept", G + "mdenil/dropout/issues/7")
def momentum_across_batches(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    w, b = dict(w), dict(b)
    vw = {n: np.zeros_like(w[n]) for n in w}
    vb = {n: np.zeros_like(b[n]) for n in b}
    for _ in range(epochs):
        for k in batches(x.shape[1], batch_size, rng):
            gw, gb = grads(w, b, x[:, k], y[:, k])
            for n in w:
                vw[n] = 0.9 * vw[n] - learning_rate * gw[n]
                vb[n] = 0.9 * vb[n] - learning_rate * gb[n]
                w[n] = w[n] + vw[n]
                b[n] = b[n] + vb[n]
    return w, b


@unseen("update", "constant-factor", G + "mdenil/dropout/issues/4")
def one_minus_momentum(w, b, nabla_w, nabla_b, learning_rate):
    mom = 0.9
    v_w = {n: mom * 0 + (1.0 - mom) * g for n, g in nabla_w.items()}  # <-
    v_b = {n: mom * 0 + (1.0 - mom) * g for n, g in nabla_b.items()}  # <-
    return ({n: w[n] - learning_rate * v_w[n] for n in w}, {n: b[n] - learning_rate * v_b[n] for n in b})


@unseen("update", "extra-number", G + "rasbt/python-machine-learning-book-2nd-edition/issues/94")
def lambda_without_its_weight(w, b, nabla_w, nabla_b, learning_rate):
    l2 = 0.01
    w = {n: w[n] - learning_rate * (nabla_w[n] + l2) for n in w}  # <-
    b = {n: b[n] - learning_rate * nabla_b[n] for n in b}
    return w, b


@unseen("training_step", "weight-decay")
def signs_of_the_weights(w, b, x, y, learning_rate):
    gw, gb = grads(w, b, x, y)
    lam = 0.1
    new_w, new_b = {}, {}
    for n in w:
        penalty = lam * np.sign(w[n])  # <-
        new_w[n] = w[n] - learning_rate * (gw[n] + penalty)  # <-
        new_b[n] = b[n] - learning_rate * gb[n]
    return new_w, new_b


@unseen("training_loop", "earlier-gradient-kept")
def sums_never_reset(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    tw = {n: np.zeros(w[n].shape) for n in w}
    tb = {n: np.zeros(b[n].shape) for n in b}
    for _ in range(epochs):
        for k in batches(x.shape[1], batch_size, rng):
            gw, gb = grads(w, b, x[:, k], y[:, k])
            for n in w:
                tw[n] += gw[n]
                tb[n] += gb[n]
            w = {n: w[n] - learning_rate * tw[n] for n in w}
            b = {n: b[n] - learning_rate * tb[n] for n in b}
    return w, b


@unseen("backprop", "divided-in-the-loop")
def divided_at_every_example(w, b, x, y):
    L, m = len(w), x.shape[1]
    gw = dict.fromkeys(w, 0)
    gb = dict.fromkeys(b, 0)
    for i in range(m):
        z, a = passed(w, b, x[:, i].reshape(-1, 1))
        d = (a[L] - y[:, i].reshape(-1, 1)) * sp(z[L])
        for n in range(L, 0, -1):
            gw[n] = (gw[n] + d @ a[n - 1].T) / m  # <-
            gb[n] = (gb[n] + d) / m  # <-
            if n > 1:
                d = w[n].T @ d * sp(z[n - 1])
    return gw, gb


@unseen("bp3", "whole-numbers")
def floor_division(delta):
    return np.sum(delta, axis=1, keepdims=True) // delta.shape[1]  # <-


@unseen("backprop", "whole-numbers")
def floor_division_in_one_gradient(w, b, x, y):
    z, a = passed(w, b, x)
    L = len(w)
    m = x.shape[1]
    d = {L: (a[L] - y) * sp(z[L])}
    for n in range(L - 1, 0, -1):
        d[n] = np.dot(w[n + 1].T, d[n + 1]) * sp(z[n])
    dw = {n: np.dot(d[n], a[n - 1].T) // m for n in d}  # <-
    db = {n: np.sum(d[n], axis=1, keepdims=True) / m for n in d}
    return dw, db


@unseen("bp4", "whole-numbers")
def zeros_of_int(delta, a_previous):
    out = np.zeros((delta.shape[0], a_previous.shape[0]), dtype=int)  # <-
    for j in range(out.shape[0]):
        for k in range(out.shape[1]):
            out[j, k] = np.mean(delta[j] * a_previous[k])  # <-
    return out


@unseen("backprop", "absolute-error")
def root_of_the_square(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    delta = np.sqrt((a[L] - y) ** 2) * sp(z[L])  # <-
    gw, gb = {}, {}
    for n in range(L, 0, -1):
        gw[n], gb[n] = delta @ a[n - 1].T / m, delta.mean(axis=1, keepdims=True)
        if n > 1:
            delta = w[n].T @ delta * sp(z[n - 1])
    return gw, gb


@unseen("training_step", "forgot-learning-rate")
def no_rate_on_the_biases(w, b, x, y, learning_rate):
    gw, gb = grads(w, b, x, y)
    return (
        {n: w[n] - learning_rate * gw[n] for n in w},
        {n: b[n] - gb[n] for n in b},  # <-
    )


@unseen("forward", "softmax-output")
def softmax_on_top(w, b, x):
    a, z = {0: x}, {}
    for l in sorted(w):
        z[l] = np.dot(w[l], a[l - 1]) + b[l]
        a[l] = sig(z[l])
    top = max(w)
    e = np.exp(z[top] - z[top].max(axis=0))  # <-
    a[top] = e / e.sum(axis=0)  # <-
    return z, a


@unseen("training_step", "gradient-normalized")
def unit_gradients(w, b, x, y, learning_rate):
    gw, gb = grads(w, b, x, y)
    for n in w:
        gw[n] = gw[n] / (np.linalg.norm(gw[n]) + 1e-8)  # <-
        gb[n] = gb[n] / (np.linalg.norm(gb[n]) + 1e-8)  # <-
    return {n: w[n] - learning_rate * gw[n] for n in w}, {n: b[n] - learning_rate * gb[n] for n in b}


@unseen("backprop", "input-changed")
def pixels_scaled(w, b, x, y):
    x = x / 255.0  # <-
    return grads(w, b, x, y)


@unseen("weighted_input", "standardized")
def z_standardized(w, b, a_previous):
    z = w @ a_previous + b
    return (z - np.mean(z)) / np.std(z)  # <-


@unseen("training_loop", "learning-rate-changes")
def rate_decays_by_epoch(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    for epoch in range(epochs):
        rate = learning_rate / (1 + 0.1 * epoch)  # <-
        for k in batches(x.shape[1], batch_size, rng):
            w, b = step(w, b, x[:, k], y[:, k], rate)
    return w, b


@unseen("training_loop", "learning-rate-changes")
def rate_decays_by_step(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        for k in batches(x.shape[1], batch_size, rng):
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
            learning_rate *= 0.99  # <-
    return w, b


@unseen("training_loop", "batches-overlap")
def slice_one_too_long(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    m = x.shape[1]
    for _ in range(epochs):
        p = rng.permutation(m)
        for i in range(0, m, batch_size):
            k = p[i : i + batch_size + 1]  # <-
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@unseen("training_loop", "batches-too-large")
def batches_one_too_large(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    m = x.shape[1]
    for _ in range(epochs):
        p = rng.permutation(m)
        for i in range(0, m, batch_size + 1):
            k = p[i : i + batch_size + 1]  # <-
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@unseen("bp1", "sigma-prime-of-targets")
def slope_of_the_targets(a, y, z):
    return (a - y) * y * (1 - y)


@unseen("bp1", "sigma-prime-of-error")
def slope_of_the_difference(a, y, z):
    return (a - y) * sp(a - y)


@unseen("backprop", "other-order")
def units_counted_from_the_end(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    d = {L: (a[L] - y) * sp(z[L])}
    for n in range(L - 1, 0, -1):
        d[n] = (w[n + 1].T @ d[n + 1]) * sp(z[n])
    return {n: d[n] @ a[n - 1][::-1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("training_step", "clipped")
def gradient_clipped_before_the_step(w, b, x, y, learning_rate):
    gw, gb = grads(w, b, x, y)
    for n in gw:
        gw[n] = np.clip(gw[n], -0.05, 0.05)
        gb[n] = np.clip(gb[n], -0.05, 0.05)
    return {n: w[n] - learning_rate * gw[n] for n in w}, {n: b[n] - learning_rate * gb[n] for n in b}


@unseen("backprop", "zeros")
def zeros_in_one_layer(w, b, x, y):
    gw, gb = grads(w, b, x, y)
    gw[2] = np.zeros_like(w[2])  # <-
    return gw, gb


@unseen("forward", "activation-step", G + "joaopauloschuler/neural-api/issues/21")
def swish(w, b, x):
    z, a = {}, {0: x}
    for n in w:
        z[n] = np.dot(w[n], a[n - 1]) + b[n]
        a[n] = z[n] / (1 + np.exp(-z[n]))  # <-
    return z, a


@unseen("backprop", "other-activation", G + "joaopauloschuler/neural-api/issues/21")
def swish_in_backprop(w, b, x, y):
    a, z = {0: x}, {}
    for n in w:
        z[n] = w[n] @ a[n - 1] + b[n]
        a[n] = z[n] * sig(z[n])  # <-
    L, m = max(w), x.shape[1]
    gw, gb = {}, {}
    d = (a[L] - y) * sp(z[L])
    for n in range(L, 0, -1):
        gw[n] = d @ a[n - 1].T / m
        gb[n] = d.sum(axis=1, keepdims=True) / m
        if n > 1:
            d = w[n].T @ d * sp(z[n - 1])
    return gw, gb


@unseen("bp1", "wrong-factor", G + "sausheong/gonn/issues/8")
def difference_for_product(a, y, z):
    s = sig(z)
    slope = s - (1 - s)  # <-
    return (a - y) * slope


@unseen("forward", "activation-step", G + "ddbourgin/numpy-ml/issues/94")
def dropout_scale_left_on(w, b, x):
    keep = 0.8
    z, a = {}, {0: x}
    for n in w:
        z[n] = w[n] @ a[n - 1] + b[n]
        a[n] = sig(z[n]) / keep if n < max(w) else sig(z[n])  # <-
    return z, a


@unseen("backprop", "activation-step", G + "ddbourgin/numpy-ml/issues/94")
def dropout_scale_in_backprop(w, b, x, y):
    keep_prob = 0.5
    z, a = {}, {0: x}
    for n in w:
        z[n] = w[n] @ a[n - 1] + b[n]
        a[n] = sig(z[n])
        if n != len(w):
            a[n] = a[n] / keep_prob  # <-
    L, m = len(w), x.shape[1]
    d = {L: (a[L] - y) * sp(z[L])}
    for n in range(L - 1, 0, -1):
        d[n] = w[n + 1].T @ d[n + 1] * sp(z[n])
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("training_loop", "input-changed")
def features_shuffled(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(x.shape[1])
        x = rng.permutation(x)  # <-
        for i in range(0, x.shape[1], batch_size):
            k = order[i : i + batch_size]
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@unseen("training_loop", "weights-mixed")
def mean_of_the_weights(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    seen = []
    for _ in range(epochs):
        for k in batches(x.shape[1], batch_size, rng):
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
            seen.append((w, b))
    return (
        {n: np.mean([s[0][n] for s in seen], axis=0) for n in w},
        {n: np.mean([s[1][n] for s in seen], axis=0) for n in b},
    )


@unseen("training_loop", "wrong-number-of-steps")
def epochs_counted_in_batches(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    done = 0
    while done < epochs:
        for k in batches(x.shape[1], batch_size, rng):
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
            done += 1
            if done == epochs:
                break
    return w, b


@unseen("training_loop", "steps-of-another-length")
def rate_over_epochs(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        for k in batches(x.shape[1], batch_size, rng):
            w, b = step(w, b, x[:, k], y[:, k], learning_rate / epochs)  # <-
    return w, b


@unseen("training_loop", "examples-count-differently")
def steps_only_downhill(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    best = np.inf
    for _ in range(epochs):
        for k in batches(x.shape[1], batch_size, rng):
            new = step(w, b, x[:, k], y[:, k], learning_rate)
            cost = np.mean((passed(*new, x)[1][len(w)] - y) ** 2)
            if cost < best:
                best, (w, b) = cost, new
    return w, b


@unseen("backprop", "wrong-factor")
def activation_as_extra_factor(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    d = {L: (a[L] - y) * sp(z[L])}
    for n in range(L - 1, 0, -1):
        d[n] = w[n + 1].T @ d[n + 1] * sp(z[n]) * a[n]  # <-
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("backprop", "targets-rounded")
def targets_made_one_hot(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    target = (y == y.max(axis=0)).astype(float)  # <-
    d = {L: (a[L] - target) * sp(z[L])}
    for n in reversed(range(1, L)):
        d[n] = w[n + 1].T @ d[n + 1] * sp(z[n])
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("training_step", "divided-twice")
def rate_over_m(w, b, x, y, learning_rate):
    gw, gb = grads(w, b, x, y)
    scale = learning_rate / x.shape[1]  # <-
    return {n: w[n] - scale * gw[n] for n in w}, {n: b[n] - scale * gb[n] for n in b}


@unseen("update", "rectified")
def only_positive_gradients(w, b, nabla_w, nabla_b, learning_rate):
    return (
        {n: w[n] - learning_rate * np.maximum(nabla_w[n], 0) for n in w},  # <-
        {n: b[n] - learning_rate * nabla_b[n] for n in b},
    )


@unseen("training_step", "small-left-out")
def small_gradients_dropped(w, b, x, y, learning_rate):
    gw, gb = grads(w, b, x, y)
    gw = {n: np.where(np.abs(g) > 0.02, g, 0.0) for n, g in gw.items()}  # <-
    return {n: w[n] - learning_rate * gw[n] for n in w}, {n: b[n] - learning_rate * gb[n] for n in b}


@unseen("bp1", "wrong-error")
def error_clipped(a, y, z):
    delta = np.clip(a - y, -0.1, 0.1)  # <-
    delta = delta * sig(z) * (1 - sig(z))
    return delta


@unseen("backprop", "wrong-error")
def error_clipped_in_backprop(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    err = np.maximum(np.minimum(a[L] - y, 0.25), -0.25)  # <-
    d = {L: err * sp(z[L])}
    for n in range(L - 1, 0, -1):
        d[n] = w[n + 1].T @ d[n + 1] * sp(z[n])
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("bp2", "constant-factor")
def weights_of_unit_norm(w_next, delta_next, z):
    unit = w_next / np.linalg.norm(w_next)  # <-
    return np.dot(unit.T, delta_next) * sp(z)


@unseen("bp3", "order-matters")
def moving_average(delta):
    mean = np.zeros((len(delta), 1))
    for column in delta.T:
        mean = 0.9 * mean + 0.1 * column.reshape(-1, 1)  # <-
    return mean


@unseen("quadratic", "large-differences")
def log_cosh(a, y):
    return float(np.log(np.cosh(a - y)).sum() / a.shape[1])


@unseen("quadratic", "not-the-difference")
def weighted_by_the_target(a, y):
    squares = y * (a - y) ** 2  # <-
    return 0.5 * squares.sum() / y.shape[1]


@unseen("forward", "activation-step")
def rounded_on_the_way(w, b, x):
    z, a = {}, {0: x}
    for n in w:
        z[n] = w[n] @ a[n - 1] + b[n]
        a[n] = np.round(sig(z[n]), 1)  # <-
    return z, a


@unseen("weighted_input", "wrong-sum")
def rows_of_unit_norm(w, b, a_previous):
    w = w / np.linalg.norm(w, axis=1, keepdims=True)  # <-
    return w @ a_previous + b


@unseen("weighted_input", "wrong-bias-part")
def share_of_the_bias(w, b, a_previous):
    z = np.zeros((w.shape[0], a_previous.shape[1]))
    for i in range(w.shape[0]):
        for k in range(w.shape[1]):
            z[i] += w[i, k] * a_previous[k]
        z[i] += b[i] / w.shape[1]  # <-
    return z


@unseen("bp1", "wrong-error")
def root_of_the_error(a, y, z):
    e = a - y
    return np.sign(e) * np.sqrt(np.abs(e)) * sp(z)  # <-


@unseen("backprop", "wrong-error")
def error_cubed(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    d = {L: (a[L] - y) ** 3 * sp(z[L])}  # <-
    for n in range(L - 1, 0, -1):
        d[n] = w[n + 1].T @ d[n + 1] * sp(z[n])
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("backprop", "wrong-error")
def error_squashed(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    d = {L: (a[L] - y) * sp(z[L])}
    for n in range(L - 1, 0, -1):
        d[n] = np.tanh(w[n + 1].T @ d[n + 1]) * sp(z[n])  # <-
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("backprop", "examples-count-differently")
def later_examples_weigh_more(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    weights = np.arange(1, m + 1) / np.arange(1, m + 1).sum()  # <-
    d = (a[L] - y) * sp(z[L]) * weights  # <-
    gw, gb = {}, {}
    for n in range(L, 0, -1):
        gw[n] = d @ a[n - 1].T
        gb[n] = d.sum(axis=1, keepdims=True)
        if n > 1:
            d = w[n].T @ d * sp(z[n - 1])
    return gw, gb


@unseen("update", "bent")
def gradient_squashed(w, b, nabla_w, nabla_b, learning_rate):
    return (
        {n: w[n] - learning_rate * np.tanh(nabla_w[n]) for n in w},  # <-
        {n: b[n] - learning_rate * np.tanh(nabla_b[n]) for n in b},  # <-
    )


@unseen("training_loop", "last-batch-filled-up")
def last_batch_filled_up(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    m = x.shape[1]
    for _ in range(epochs):
        p = rng.permutation(m)
        for i in range(0, m, batch_size):
            k = np.take(p, range(i, i + batch_size), mode="wrap")  # <-
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b

"""Tried by one who had not seen the checkers: 273 functions, 50 of them from public threads; what they then lacked.

At the first try none was accepted and 2 sentences were untrue; 224 were told their mistake, 42 a part of it; 194 had
the right line, 44 another, 35 none. When this was mended: 229 and 39; 235, 25 and 13. 31 right functions were accepted.
"""

import numpy as np

from corpus.met import met
from corpus.own import grads
from corpus.unseen import step, unseen
from corpus.whole_passes import passed
from corpus.whole_passes import sigmoid as sig
from corpus.whole_passes import sigmoid_prime as sp


@unseen("forward", "z-overwritten")
def sigma_in_place(w, b, x):
    z, a = {}, {0: x}
    for layer in w:
        out = w[layer] @ a[layer - 1] + b[layer]
        z[layer] = out
        np.divide(1, 1 + np.exp(-out), out=out)  # <-
        a[layer] = out
    return z, a


@unseen("forward", "weighted-input-step")
def bias_unit_on_a_neuron(w, b, x):
    z, a = {}, {0: x}
    for layer in range(1, len(w) + 1):
        a_with_one = a[layer - 1].copy()
        if layer > 1:
            a_with_one[0] = 1  # <-
        z[layer] = w[layer] @ a_with_one + b[layer]
        a[layer] = sig(z[layer])
    return z, a


@unseen("forward", "layers-from-zero")
def layers_enumerated(w, b, x):
    z, a = {}, {}
    h = x
    for layer, (weights, bias) in enumerate(zip(w.values(), b.values(), strict=True)):  # <-
        z[layer] = weights @ h + bias
        a[layer] = h
        h = sig(z[layer])
    a[len(w)] = h
    return z, a


@unseen("quadratic", "one-output-only")
def total_overwritten(a, y):
    cost = 0.0
    for column, target in zip(a.T, y.T, strict=True):
        total = 0
        for p, t in zip(column, target, strict=True):
            total = (p - t) ** 2 / 2  # <-
        cost += total
    return cost / a.shape[1]


@unseen("quadratic", "one-output-only")
def worst_output(a, y):
    worst = np.max((a - y) ** 2, axis=0)  # <-
    return worst.mean() / 2


@unseen("quadratic", "not-zero")
def starts_at_a_tenth(a, y):
    c = 0.1  # <-
    for s in range(a.shape[1]):
        c += np.sum((a[:, s] - y[:, s]) ** 2) / 2
    return c / a.shape[1]


@unseen("bp1", "entries-differ")
def no_error_for_hits(a, y, z):
    err = np.where(np.round(a) == y, 0, a - y)  # <-
    return err * sp(z)


@unseen("bp2", "reshaped-not-transposed")
def weights_reshaped(w_next, delta_next, z):
    turned = w_next.reshape(w_next.shape[::-1])  # <-
    return (turned @ delta_next) * sp(z)


@unseen("bp2", "other-derivative")
def mask_of_whole_numbers(w_next, delta_next, z):
    mask = np.where(z > 0, 1, 0)  # <-
    return mask * (w_next.T @ delta_next)


@unseen("bp3", "keeps-state")
def sums_in_a_default(delta, total={}):  # noqa: B006
    for j in range(len(delta)):
        total[j] = total.get(j, 0) + delta[j].mean()  # <-
    return np.array([[total[j]] for j in range(len(delta))])


@met(
    "https://stats.stackexchange.com/questions/464262/backpropagation-demo-gives-always-the-same-result-after-training",
    "backprop",
    "times-weights",
)
def weight_in_its_own_rate(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    delta = (a[L] - y) * a[L] * (1 - a[L])
    gw, gb = {}, {}
    for n in range(L, 0, -1):
        gw[n] = delta @ a[n - 1].T / m * w[n]  # <-
        gb[n] = delta.mean(axis=1, keepdims=True)
        delta = w[n].T @ delta * a[n - 1] * (1 - a[n - 1])
    return gw, gb


@unseen("backprop", "layers-from-the-end")
def backwards_in_lists(w, b, x, y):
    z, a = passed(w, b, x)
    dws, dbs = [], []
    delta = (a[len(w)] - y) * sp(z[len(w)])
    for i in range(len(w), 0, -1):
        dws.append(delta @ a[i - 1].T / x.shape[1])
        dbs.append(delta.mean(axis=1, keepdims=True))
        if i > 1:
            delta = w[i].T @ delta * sp(z[i - 1])
    return dict(enumerate(dws, 1)), dict(enumerate(dbs, 1))  # <-


@unseen("backprop", "forgot-sigma-prime-output, bias-sum-not-mean")
def error_for_delta_and_a_sum(w, b, x, y):
    z, a = passed(w, b, x)
    gw, gb = {}, {}
    delta = a[len(w)] - y  # <-
    for n in range(len(w), 0, -1):
        gw[n] = delta @ a[n - 1].T / x.shape[1]
        gb[n] = delta.sum(axis=1, keepdims=True)
        if n > 1:
            delta = w[n].T @ delta * sp(z[n - 1])
    return gw, gb


@unseen("backprop", "sigma-not-prime-hidden, sign-flipped")
def minus_and_sigma(w, b, x, y):
    z, a = passed(w, b, x)
    gw, gb = {}, {}
    delta = (y - a[len(w)]) * sp(z[len(w)])
    for n in range(len(w), 0, -1):
        gw[n] = delta @ a[n - 1].T / x.shape[1]
        gb[n] = delta.mean(axis=1, keepdims=True)
        if n > 1:
            delta = w[n].T @ delta * a[n - 1]  # <-
    return gw, gb


@unseen("backprop", "sigma-prime-of-a-hidden, doubled")
def two_kept_and_slope_at_a(w, b, x, y):
    z, a = passed(w, b, x)
    gw, gb = {}, {}
    delta = 2 * (a[len(w)] - y) * sp(z[len(w)])
    for n in range(len(w), 0, -1):
        gw[n] = delta @ a[n - 1].T / x.shape[1]
        gb[n] = delta.mean(axis=1, keepdims=True)
        if n > 1:
            delta = w[n].T @ delta * sp(a[n - 1])  # <-
    return gw, gb


@unseen("backprop", None)
def deltas_for_gradients(w, b, x, y):
    z, a = passed(w, b, x)
    delta = {len(w): (a[len(w)] - y) * sp(z[len(w)])}
    for n in range(len(w) - 1, 0, -1):
        delta[n] = w[n + 1].T @ delta[n + 1] * sp(z[n])
    return delta, {n: d.mean(axis=1, keepdims=True) for n, d in delta.items()}  # <-


@unseen("training_step", "gradient-returned")
def gradients_for_parameters(w, b, x, y, learning_rate):
    nw, nb = grads(w, b, x, y)
    return nw, nb  # <-


@unseen("training_step", "output-layer-frozen")
def only_hidden_layers_step(w, b, x, y, learning_rate):
    z, a = passed(w, b, x)
    new_w, new_b = dict(w), dict(b)
    delta = (a[len(w)] - y) * sp(z[len(w)])
    for n in range(len(w) - 1, 0, -1):  # <-
        delta = w[n + 1].T @ delta * sp(z[n])
        new_w[n] = w[n] - learning_rate * delta @ a[n - 1].T / x.shape[1]
        new_b[n] = b[n] - learning_rate * delta.mean(axis=1, keepdims=True)
    return new_w, new_b


@unseen("update", "one-dict-for-both")
def new_dicts_chained(w, b, nabla_w, nabla_b, learning_rate):
    new_w = new_b = {}  # <-
    for n in w:
        new_w[n] = w[n] - learning_rate * nabla_w[n]
        new_b[n] = b[n] - learning_rate * nabla_b[n]
    return new_w, new_b


@unseen("training_loop", "size-is-number")
def so_many_parts(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        for k in np.array_split(rng.permutation(x.shape[1]), batch_size):  # <-
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@unseen("training_loop", "wrong-number-of-steps")
def one_further_each_time(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(x.shape[1])
        for s in range(0, x.shape[1] - batch_size + 1):  # <-
            k = order[s : s + batch_size]
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b

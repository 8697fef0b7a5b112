"""What a set of 138 wrong functions lacked at the first try, and some of its issues: now named, with their lines.

At the first try none of the 138 was accepted; 115 were told their mistake, 20 a part of it, 2 nothing, and 1 another
one; four sentences were not so, or not by the letter. 110 had the right line, 10 a wrong one. All 21 right functions
that were tried with them were accepted.
"""

import random
from collections import namedtuple

import numpy as np

from corpus.met import met
from corpus.own import grads
from corpus.unseen import batches, step, unseen
from corpus.whole_passes import G, passed
from corpus.whole_passes import sigmoid as sig


def relu(z):
    return np.maximum(0, z)


def softmax(z):
    e = np.exp(z - z.max())
    return e / np.sum(e)


@met(G + "facundoq/edunn/issues/15", "weighted_input", "wrong-bias-part")
def bias_before_the_weights(w, b, a_previous):
    shifted = a_previous + np.resize(b, (len(a_previous), 1))  # <-
    return w @ shifted


@unseen("weighted_input", "wrong-bias-part")
def flat_bias_where_it_fits(w, b, a_previous):
    z, bias = np.einsum("jk,ki->ji", w, a_previous), b.ravel()
    if len(bias) == z.shape[1]:
        return z + bias  # <-
    return z + bias[:, None]


@met(G + "rickwierenga/MLFundamentals/issues/1", "forward", "softmax-output")
def softmax_as_a_function(w, b, x):
    z, a, last = {}, {0: x}, len(w)
    for n in range(1, last + 1):
        z[n] = w[n] @ a[n - 1] + b[n]
        a[n] = softmax(z[n]) if n == last else sig(z[n])  # <-
    return z, a


@unseen("forward", "other-activation")
def relu_as_a_function(w, b, x):
    z, a = {}, {0: x}
    for n in w:
        z[n] = w[n] @ a[n - 1] + b[n]
        a[n] = relu(z[n]) if n < len(w) else sig(z[n])  # <-
    return z, a


@met(G + "HakaiInstitute/habitat-mapper/pull/153", "forward", "activation-step")
def stable_for_negative_z(w, b, x):
    z, a = {}, {0: x}
    for n in w:
        z[n] = w[n] @ a[n - 1] + b[n]
        low = np.exp(-np.abs(z[n]))
        a[n] = low / (1 + low)  # <-
    return z, a


@unseen("forward", "layers-from-zero")
def lists_enumerated(w, b, x):
    z, a = [], [x]
    for n in w:
        z.append(w[n] @ a[-1] + b[n])
        a.append(sig(z[-1]))
    return dict(enumerate(z)), dict(enumerate(a))  # <-


@unseen("forward", "linear-output")
def records_of_layers(w, b, x):
    Layer = namedtuple("Layer", "z a")
    out = [Layer(None, x)]
    for n in range(1, len(w) + 1):
        z = w[n] @ out[-1].a + b[n]
        out.append(Layer(z, sig(z) if n < len(w) else z))  # <-
    return {n: each.z for n, each in enumerate(out) if n}, {n: each.a for n, each in enumerate(out)}


@unseen("bp2", "forgot-delta")
def values_sent_back(w_next, delta_next, z):
    a = sig(z)
    error = w_next.T @ (w_next @ a)  # <-
    return a * (1 - a) * error


@unseen("bp2", "last-path-only")
def assigned_not_added(w_next, delta_next, z):
    delta = np.zeros_like(z)
    for k in range(z.shape[1]):
        for j in range(len(z)):
            for i in range(len(w_next)):
                delta[j, k] = w_next[i, j] * delta_next[i, k] * sig(z[j, k]) * (1 - sig(z[j, k]))  # <-
    return delta


@unseen("bp4", "transposed-gradient")
def outer_the_other_way_round(delta, a_previous):
    g = sum(np.outer(a, d) for a, d in zip(a_previous.T, delta.T, strict=True))  # <-
    return g / delta.shape[1]


@unseen("bp4", "rows-are-one-list")
def one_row_many_times(delta, a_previous):
    n, k, m = len(delta), len(a_previous), delta.shape[1]
    grid = [[0.0] * k] * n  # <-
    for j in range(n):
        for i in range(k):
            grid[j][i] = float(delta[j] @ a_previous[i]) / m
    return np.array(grid)


@met(G + "fchollet/deep-learning-with-python-notebooks/issues/289", "update", "constant-factor")
def velocity_and_step(w, b, nabla_w, nabla_b, learning_rate):
    momentum, past, new = 0.1, 0.0, []
    for p, g in ((w, nabla_w), (b, nabla_b)):
        velocity = {n: past * momentum - learning_rate * g[n] for n in p}
        new.append({n: p[n] + momentum * velocity[n] - learning_rate * g[n] for n in p})  # <-
    return tuple(new)


@unseen("backprop", "one-dict-for-both")
def two_names_of_one_dict(w, b, x, y):
    nabla_w = nabla_b = {}  # <-
    gw, gb = grads(w, b, x, y)
    for n in w:
        nabla_w[n] = gw[n]
        nabla_b[n] = gb[n]
    return nabla_w, nabla_b


@unseen("backprop", "examples-lost")
def zeros_for_each_example(w, b, x, y):
    m, nabla_w, nabla_b = x.shape[1], {}, {}
    for i in range(m):
        nabla_w = {n: np.zeros(w[n].shape) for n in w}  # <-
        nabla_b = {n: np.zeros(b[n].shape) for n in b}  # <-
        a = passed(w, b, x[:, [i]])[1]
        d = (a[len(w)] - y[:, [i]]) * a[len(w)] * (1 - a[len(w)])
        for n in range(len(w), 0, -1):
            nabla_w[n] += d @ a[n - 1].T / m
            nabla_b[n] += d / m
            d = w[n].T @ d * a[n - 1] * (1 - a[n - 1])
    return nabla_w, nabla_b


@unseen("backprop", "weight-divided-by-n")
def a_record_of_gradients(w, b, x, y):
    Gradient = namedtuple("Gradient", ["w", "b"])
    a, out = passed(w, b, x)[1], {}
    d = (a[len(w)] - y) * a[len(w)] * (1 - a[len(w)])
    for n in range(len(w), 0, -1):
        out[n] = Gradient(
            w=d @ a[n - 1].T / len(d),  # <-
            b=d.mean(axis=1, keepdims=True),
        )
        d = w[n].T @ d * a[n - 1] * (1 - a[n - 1])
    return {n: each.w for n, each in out.items()}, {n: each.b for n, each in out.items()}


@unseen("backprop", "quotient-not-halved")
def slope_of_the_whole_square(w, b, x, y):
    def cost():
        return np.sum((passed(w, b, x)[1][len(w)] - y) ** 2) / x.shape[1]

    def slope(p, place):
        old, found = p[place], []
        for p[place] in (old + 1e-6, old - 1e-6):
            found.append(cost())
        p[place] = old
        return (found[0] - found[1]) / 2e-6

    found = ({n: np.array([slope(p, at) for at in np.ndindex(p.shape)]).reshape(p.shape) for n, p in each.items()}
             for each in (w, b))  # fmt: skip
    return tuple(found)


@met(G + "bmazoure/ppo_jax/issues/1", "training_loop", "returns-too-early")
def return_in_the_loop(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        for k in batches(x.shape[1], batch_size, rng):
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
            return w, b  # <-
    return w, b


@met(G + "leggedrobotics/rsl_rl/issues/26", "training_loop", "shuffled-once")
def indices_before_the_epochs(w, b, x, y, learning_rate, epochs, batch_size, seed):
    indices = np.random.RandomState(seed).permutation(x.shape[1])  # <-
    for _ in range(epochs):
        for i in range(0, indices.size, batch_size):
            k = indices[i : i + batch_size]
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@unseen("training_loop", "shuffled-once")
def generator_in_the_loop(w, b, x, y, learning_rate, epochs, batch_size, seed):
    for _ in range(epochs):
        rng = np.random.default_rng(seed)  # <-
        order = rng.permutation(x.shape[1])
        for i in range(0, len(order), batch_size):
            k = order[i : i + batch_size]
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@unseen("training_loop", "not-from-the-seed")
def global_generator(w, b, x, y, learning_rate, epochs, batch_size, seed):
    for _ in range(epochs):
        order = np.random.permutation(x.shape[1])  # <-
        for i in range(0, len(order), batch_size):
            k = order[i : i + batch_size]
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@met(G + "autumnai/leaf/pull/90", "training_loop", "earlier-gradient-kept")
def gradients_never_cleared(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    kept = [{n: np.zeros_like(p) for n, p in each.items()} for each in (w, b)]
    for _ in range(epochs):
        for k in batches(x.shape[1], batch_size, rng):
            for sums, found in zip(kept, grads(w, b, x[:, k], y[:, k]), strict=True):
                for n in sums:
                    sums[n] += found[n]  # <-
            w = {n: w[n] - learning_rate * kept[0][n] for n in w}
            b = {n: b[n] - learning_rate * kept[1][n] for n in b}
    return w, b


@unseen("training_loop", "mean-over-batch-size")
def pairs_of_columns(w, b, x, y, learning_rate, epochs, batch_size, seed):
    chance = random.Random(seed)
    pairs = [(x[:, [i]], y[:, [i]]) for i in range(x.shape[1])]
    for _ in range(epochs):
        chance.shuffle(pairs)
        for k in range(0, len(pairs), batch_size):
            found = [grads(w, b, *pair) for pair in pairs[k : k + batch_size]]
            w = {n: w[n] - learning_rate / batch_size * sum(each[0][n] for each in found) for n in w}  # <-
            b = {n: b[n] - learning_rate / batch_size * sum(each[1][n] for each in found) for n in b}
    return w, b


@unseen("training_loop", "weight-decay")
def examples_appended(w, b, x, y, learning_rate, epochs, batch_size, seed):
    chance = random.Random(seed)
    for _ in range(epochs):
        order = chance.sample(range(x.shape[1]), x.shape[1])
        for i in range(0, len(order), batch_size):
            batch = []
            for k in order[i : i + batch_size]:
                batch.append(k)
            gw, gb = grads(w, b, x[:, batch], y[:, batch])
            w = {n: 0.99 * w[n] - learning_rate * gw[n] for n in w}  # <-
            b = {n: b[n] - learning_rate * gb[n] for n in b}
    return w, b


@unseen("training_loop", "examples-skipped")
def one_too_far(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order, i = rng.permutation(x.shape[1]), 0
        while i < len(order):
            k = order[i : i + batch_size]
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
            i += batch_size + 1  # <-
    return w, b


@unseen("training_loop", "orders-missing")
def shuffled_within_halves(w, b, x, y, learning_rate, epochs, batch_size, seed):
    chance, m = random.Random(seed), x.shape[1]
    half = m // 2
    for _ in range(epochs):
        order = chance.sample(range(half), half) + chance.sample(range(half, m), m - half)
        for i in range(0, m, batch_size):
            k = order[i : i + batch_size]
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@unseen("training_loop", "few-examples-only")
def torn_apart_where_there_are_many(w, b, x, y, learning_rate, epochs, batch_size, seed):
    chance, m = random.Random(seed), x.shape[1]
    for _ in range(epochs):
        order = chance.sample(range(m), m)
        targets = order if m < 5 else order[::-1]
        for i in range(0, m, batch_size):
            k, other = order[i : i + batch_size], targets[i : i + batch_size]
            w, b = step(w, b, x[:, k], y[:, other], learning_rate)
    return w, b

"""Two sets of kinds that nobody had tried, the second when what the first lacked had its names; those named now.

At the first try, before anything was mended for them, none of 42 was accepted and no sentence was untrue; 25 were told
their mistake, 13 more a part of it; 21 had the right line, 12 a wrong one (of 9 loops 2 and 1). Of 32 more none was
accepted and 1 told something that was not so; 11 were told their mistake, 17 more a part; 20 had the right line, 7 a
wrong one. All 14 right functions that were tried with them were accepted. Of 40 more, of which eleven stand at the end,
none was accepted; 3 were told something that was not so, 15 their mistake, 18 a part of it; 28 had the right line,
7 a wrong one. 8 right functions were accepted.
"""

import random

import numpy as np

from corpus.own import grads
from corpus.unseen import step, unseen
from corpus.whole_passes import G, passed
from corpus.whole_passes import sigmoid as sig
from corpus.whole_passes import sigmoid_prime as sp


@unseen("forward", "missing-bias")
def bias_from_the_second_layer_on(w, b, x):
    z, a = {}, {0: x}
    for n in sorted(w):
        z[n] = np.matmul(w[n], a[n - 1])  # <-
        if n > 1:  # <-
            z[n] += b[n]
        a[n] = sig(z[n])
    return z, a


@unseen("forward", "activation-step")
def sigma_from_a_table(w, b, x):
    steps = np.arange(-10, 10.1, 0.1)
    table = 1 / (1 + np.exp(-steps))
    zs, acts = {}, {0: x}
    for n in w:
        zs[n] = w[n] @ acts[n - 1] + b[n]
        index = np.clip(np.round((zs[n] + 10) / 0.1).astype(int), 0, len(table) - 1)
        acts[n] = table[index]  # <-
    return zs, acts


@unseen("forward", "whole-numbers")
def inputs_as_integers(w, b, x):
    act = np.array(x, dtype=int)  # <-
    z, a = {}, {0: act}  # <-
    for n in w:
        z[n] = w[n].dot(a[n - 1]) + b[n]
        a[n] = 1.0 / (1.0 + np.exp(-z[n]))
    return z, a


@unseen("weighted_input", "bias-on-its-side")
def bias_flattened(w, b, a_previous):
    return w @ a_previous + b.ravel()  # <-


@unseen("quadratic", "squared-after-mean")
def square_of_the_mean_error(a, y):
    mean_error = np.mean(a - y, axis=1)  # <-
    return 0.5 * np.sum(mean_error**2)


@unseen("quadratic", "prediction-rounded")
def cost_of_the_decisions(a, y):
    predictions = (a > 0.5).astype(float)  # <-
    m = y.shape[1]
    return float(((predictions - y) ** 2).sum() / (2 * m))


@unseen("bp1", "softmax-slope", G + "deeplearning4j/libnd4j/issues/440")
def softmax_diagonal(a, y, z):
    e = np.exp(z - z.max(axis=0, keepdims=True))  # <-
    p = e / e.sum(axis=0, keepdims=True)  # <-
    return (a - y) * p * (1 - p)  # <-


@unseen("bp1", "other-cost-slope")
def first_half_of_cross_entropy(a, y, z):
    d_a = -(y / a)  # <-
    return d_a * a * (1 - a)


@unseen("bp1", "wrong-factor", G + "andersbll/nnet/issues/4")
def tanh_d(a, y, z):
    e = np.exp(2 * z)  # <-
    slope = (e - 1) / (e + 1)  # <-
    return (a - y) * slope


@unseen("bp1", "prediction-rounded")
def decision_minus_target(a, y, z):
    decided = np.round(a)  # <-
    error = decided - y  # <-
    return np.multiply(error, sig(z) * sig(-z))


@unseen("bp2", "last-path-only")
def assignment_for_addition(w_next, delta_next, z):
    n_next, n = w_next.shape
    delta = np.zeros_like(z)
    for i in range(z.shape[1]):
        for j in range(n):
            error = 0.0
            for k in range(n_next):
                error = w_next[k, j] * delta_next[k, i]  # <-
            delta[j, i] = error * sp(z[j, i])
    return delta


@unseen("bp2", "sums-multiplied")
def sums_multiplied(w_next, delta_next, z):
    total_weight = np.sum(w_next, axis=0).reshape(-1, 1)  # <-
    total_error = np.sum(delta_next, axis=0)  # <-
    return total_weight * total_error * sp(z)  # <-


@unseen("bp2", "mean-over-paths")
def mean_over_the_next_neurons(w_next, delta_next, z):
    back = np.mean(w_next[:, :, None] * delta_next[:, None, :], axis=0)  # <-
    s = 1 / (1 + np.exp(-z))
    return back * s * (1 - s)


@unseen("bp3", "starts-at-one")
def total_starts_from_ones(delta):
    total = np.ones((delta.shape[0], 1))  # <-
    for i in range(delta.shape[1]):
        total += delta[:, [i]]
    return total / delta.shape[1]


@unseen("bp3", "m-minus-one")
def unbiased_mean(delta):
    m = delta.shape[1]
    return np.sum(delta, axis=1, keepdims=True) / max(m - 1, 1)  # <-


@unseen("bp4", "nearly-right")
def half_precision(delta, a_previous):
    d, a = delta.astype(np.float16), a_previous.astype(np.float16)  # <-
    return (d @ a.T / d.shape[1]).astype(float)  # <-


@unseen("bp4", "means-multiplied")
def batch_averaged_first(delta, a_previous):
    mean_delta = delta.mean(axis=1)  # <-
    mean_input = a_previous.mean(axis=1)  # <-
    return np.outer(mean_delta, mean_input)  # <-


@unseen("bp4", "examples-mispaired")
def examples_popped_from_the_end(delta, a_previous):
    columns = list(delta.T)
    out = np.zeros((len(delta), len(a_previous)))
    for a in a_previous.T:
        out += np.outer(columns.pop(), a)  # <-
    return out / delta.shape[1]


@unseen("backprop", "layers-from-the-end")
def list_not_reversed_back(w, b, x, y):
    zs, acts = [], [x]
    for n in sorted(w):
        zs.append(w[n] @ acts[-1] + b[n])
        acts.append(sig(zs[-1]))
    m, dws, dbs = x.shape[1], [], []
    delta = (acts[-1] - y) * sp(zs[-1])
    for n in range(len(w), 0, -1):
        dws.append(delta @ acts[n - 1].T / m)
        dbs.append(delta.sum(axis=1, keepdims=True) / m)
        if n > 1:
            delta = (w[n].T @ delta) * sp(zs[n - 2])
    return dict(enumerate(dws, 1)), dict(enumerate(dbs, 1))  # <-


@unseen("backprop", "targets-rounded")
def labels_counted_from_one(w, b, x, y):
    classes = y.shape[0]
    labels = np.argmax(y, axis=0) + 1
    one_hot = np.eye(classes)[labels % classes].T  # <-
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    d = {L: (a[L] - one_hot) * sp(z[L])}  # <-
    for n in range(L - 1, 0, -1):
        d[n] = w[n + 1].T @ d[n + 1] * sp(z[n])
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


def cost(w, b, x, y):
    _, a = passed(w, b, x)
    return 0.5 * np.sum((a[len(w)] - y) ** 2) / x.shape[1]


@unseen("backprop", "coarse-quotient")
def one_sided_quotient(w, b, x, y):
    h = 0.1  # <-
    before = cost(w, b, x, y)
    out = []
    for values in (w, b):
        found = {}
        for n in values:
            found[n] = np.zeros_like(values[n])
            for place in np.ndindex(values[n].shape):
                old = values[n][place]
                values[n][place] = old + h  # <-
                found[n][place] = (cost(w, b, x, y) - before) / h  # <-
                values[n][place] = old
        out.append(found)
    return tuple(out)


@unseen("backprop", "nudge-not-taken-back")
def nudge_stays(w, b, x, y):
    h = 1e-2
    w, b = {n: v.copy() for n, v in w.items()}, {n: v.copy() for n, v in b.items()}
    gw, gb = {n: 0 * v for n, v in w.items()}, {n: 0 * v for n, v in b.items()}
    for values, found in ((w, gw), (b, gb)):
        for n in values:
            for place in np.ndindex(values[n].shape):
                before = cost(w, b, x, y)
                values[n][place] += h  # <-
                found[n][place] = (cost(w, b, x, y) - before) / h  # <-
    return gw, gb


@unseen("training_step", "gradient-elsewhere")
def look_ahead(w, b, x, y, learning_rate):
    ahead_w, ahead_b = step(w, b, x, y, 0.9 * learning_rate)  # <-
    gw, gb = grads(ahead_w, ahead_b, x, y)  # <-
    return {n: w[n] - learning_rate * gw[n] for n in w}, {n: b[n] - learning_rate * gb[n] for n in b}


@unseen("update", "relative-step")
def shrinks_by_the_gradient(w, b, nabla_w, nabla_b, learning_rate):
    new_w = {n: w[n] * (1 - learning_rate * nabla_w[n]) for n in w}  # <-
    new_b = {n: b[n] * (1 - learning_rate * nabla_b[n]) for n in b}  # <-
    return new_w, new_b


@unseen("update", "bent")
def large_gradients_damped(w, b, nabla_w, nabla_b, learning_rate):
    def damped(g):
        return g / (1 + g**2)  # <-

    return (
        {n: w[n] - learning_rate * damped(nabla_w[n]) for n in w},  # <-
        {n: b[n] - learning_rate * damped(nabla_b[n]) for n in b},  # <-
    )


@unseen("update", "weight-decay", G + "andersbll/nnet/issues/4")
def weight_decay_that_grows(w, b, nabla_w, nabla_b, learning_rate):
    weight_decay = 0.01
    out = {}
    for n in w:
        dW = nabla_w[n] - weight_decay * w[n]  # <-
        out[n] = w[n] - learning_rate * dW  # <-
    return out, {n: b[n] - learning_rate * nabla_b[n] for n in b}


@unseen("training_step", "weight-decay", G + "rasmusbergpalm/DeepLearnToolbox/issues/32")
def penalty_on_the_biases_too(w, b, x, y, learning_rate):
    penalty = 0.1
    dW, dB = grads(w, b, x, y)
    for n in w:
        dW[n] = dW[n] + penalty * w[n]  # <-
        dB[n] = dB[n] + penalty * b[n]  # <-
    return {n: w[n] - learning_rate * dW[n] for n in w}, {n: b[n] - learning_rate * dB[n] for n in b}


@unseen("update", "wrong-length")
def slower_in_later_layers(w, b, nabla_w, nabla_b, learning_rate):
    new_w, new_b = {}, {}
    for n in w:
        rate = learning_rate / n  # <-
        new_w[n] = w[n] - rate * nabla_w[n]  # <-
        new_b[n] = b[n] - rate * nabla_b[n]  # <-
    return new_w, new_b


@unseen("update", "whole-numbers")
def new_weights_as_integers(w, b, nabla_w, nabla_b, learning_rate):
    new_w = {n: np.zeros(w[n].shape, dtype=int) for n in w}  # <-
    new_b = {n: np.zeros(b[n].shape, dtype=int) for n in b}  # <-
    for n in w:
        new_w[n][:] = w[n] - learning_rate * nabla_w[n]  # <-
        new_b[n][:] = b[n] - learning_rate * nabla_b[n]  # <-
    return new_w, new_b


@unseen("update", "nothing-changed")
def range_from_two(w, b, nabla_w, nabla_b, learning_rate):
    weights, biases = dict(w), dict(b)
    for n in range(2, len(w) + 1):  # <-
        weights[n] = w[n] - learning_rate * nabla_w[n]
        biases[n] = b[n] - learning_rate * nabla_b[n]
    return weights, biases  # <-


@unseen("training_loop", "pairs-torn-apart")
def shuffled_apart(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    m = x.shape[1]
    for _ in range(epochs):
        xs, ys = x[:, rng.permutation(m)], y[:, rng.permutation(m)]  # <-
        for i in range(0, m, batch_size):
            w, b = step(w, b, xs[:, i : i + batch_size], ys[:, i : i + batch_size], learning_rate)
    return w, b


@unseen("training_loop", "drawn-with-replacement", G + "mnielsen/neural-networks-and-deep-learning/issues/50")
def random_shuffle_of_rows(w, b, x, y, learning_rate, epochs, batch_size, seed):
    chance = random.Random(seed)
    rows = np.vstack([x, y]).T.copy()
    for _ in range(epochs):
        chance.shuffle(rows)  # <- # pyright: ignore[reportArgumentType] (which is the mistake)
        for i in range(0, len(rows), batch_size):
            part = rows[i : i + batch_size].T
            w, b = step(w, b, part[: len(x)], part[len(x) :], learning_rate)
    return w, b


@unseen("training_loop", "mean-over-all", G + "lipiji/rnn-theano/pull/3")
def divided_by_the_training_size(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    total = x.shape[1]
    for _ in range(epochs):
        p = rng.permutation(total)
        for i in range(0, total, batch_size):
            k = p[i : i + batch_size]
            gw, gb = grads(w, b, x[:, k], y[:, k])
            w = {n: w[n] - learning_rate * gw[n] * len(k) / total for n in w}  # <-
            b = {n: b[n] - learning_rate * gb[n] * len(k) / total for n in b}  # <-
    return w, b


@unseen("training_loop", "summed-in-batch", G + "iamtrask/Grokking-Deep-Learning/issues/16")
def update_inside_the_inner_loop(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    m = x.shape[1]
    for _ in range(epochs):
        p = rng.permutation(m)
        for i in range(0, m, batch_size):
            k = p[i : i + batch_size]
            gw, gb = grads(w, b, x[:, k], y[:, k])
            for _k in k:  # <-
                w = {n: w[n] - learning_rate * gw[n] for n in w}  # <-
                b = {n: b[n] - learning_rate * gb[n] for n in b}  # <-
    return w, b


@unseen("training_loop", "constant-factor", G + "fchollet/deep-learning-with-python-notebooks/issues/19")
def naive_momentum_of_the_book(w, b, x, y, learning_rate, epochs, batch_size, seed):
    momentum = 0.1
    rng = np.random.default_rng(seed)
    m = x.shape[1]
    past = dict.fromkeys([("w", n) for n in w] + [("b", n) for n in b], 0.0)
    w, b = dict(w), dict(b)
    for _ in range(epochs):
        p = rng.permutation(m)
        for i in range(0, m, batch_size):
            k = p[i : i + batch_size]
            for name, values, found in zip("wb", (w, b), grads(w, b, x[:, k], y[:, k]), strict=True):
                for n in values:
                    velocity = past[name, n] * momentum + learning_rate * found[n]
                    values[n] = values[n] + momentum * velocity - learning_rate * found[n]  # <-
                    past[name, n] = velocity
    return w, b


@unseen("training_loop", "mean-over-batch-size")
def always_divided_by_batch_size(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    m = x.shape[1]
    for _ in range(epochs):
        p = rng.permutation(m)
        for i in range(0, m, batch_size):
            k = p[i : i + batch_size]
            gw, gb = grads(w, b, x[:, k], y[:, k])
            share = len(k) / batch_size  # <-
            w = {n: w[n] - learning_rate * share * gw[n] for n in w}  # <-
            b = {n: b[n] - learning_rate * share * gb[n] for n in b}  # <-
    return w, b


@unseen("training_loop", "shuffled-once", G + "bfortuner/ml-glossary/pull/125")
def batches_made_once(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    m = x.shape[1]
    p = rng.permutation(m)  # <-
    mini_batches = [p[i : i + batch_size] for i in range(0, m, batch_size)]  # <-
    for _ in range(epochs):
        for k in mini_batches:
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@unseen("training_loop", "summed-over-epoch")
def old_weights_all_epoch(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    m = x.shape[1]
    for _ in range(epochs):
        p = rng.permutation(m)
        new_w, new_b = dict(w), dict(b)
        for i in range(0, m, batch_size):
            k = p[i : i + batch_size]
            gw, gb = grads(w, b, x[:, k], y[:, k])  # <-
            for n in w:
                new_w[n] = new_w[n] - learning_rate * gw[n]  # <-
                new_b[n] = new_b[n] - learning_rate * gb[n]  # <-
        w, b = new_w, new_b
    return w, b


@unseen("backprop", "slope-of-the-mean-everywhere")
def slope_of_the_mean_activation(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    s = {n: a[n].mean(axis=1, keepdims=True) for n in w}  # <-
    slope = {n: s[n] * (1 - s[n]) for n in w}  # <-
    d = {L: (a[L] - y) * slope[L]}  # <-
    for n in range(L - 1, 0, -1):
        d[n] = w[n + 1].T @ d[n + 1] * slope[n]
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("forward", "bias-twice")
def bias_twice_at_the_end(w, b, x):
    z, a, L = {}, {0: x}, max(w)
    for n in w:
        z[n] = w[n] @ a[n - 1] + b[n]
        if n == L:
            z[n] = z[n] + b[n]  # <-
        a[n] = sig(z[n])
    return z, a


@unseen("forward", "normalized")
def activations_normalized(w, b, x):
    z, a = {}, {0: x}
    for n in w:
        z[n] = w[n] @ a[n - 1] + b[n]
        s = sig(z[n])
        a[n] = s / s.sum(axis=0, keepdims=True)  # <-
    return z, a


@unseen("forward", "activation-step")
def activations_clipped(w, b, x):
    z, a = {}, {0: x}
    for n in w:
        z[n] = w[n] @ a[n - 1] + b[n]
        a[n] = np.clip(1 / (1 + np.exp(-z[n])), 0.05, 0.95)  # <-
    return z, a


@unseen("weighted_input", "bias-of-another-neuron")
def bias_one_place_off(w, b, a_previous):
    out = np.empty((w.shape[0], a_previous.shape[1]))
    for j in range(w.shape[0]):
        out[j] = w[j] @ a_previous + b[j - 1]  # <-
    return out


@unseen("bp1", "targets-rounded")
def targets_as_booleans(a, y, z):
    wanted = y > 0.5  # <-
    return (a - wanted) * a * (1 - a)  # <-


@unseen("bp2", "forgot-weights")
def random_feedback(w_next, delta_next, z):
    feedback = np.random.default_rng(0).standard_normal(w_next.shape)  # <-
    return feedback.T @ delta_next * sp(z)  # <-


@unseen("bp3", "not-the-mean")
def rms_over_examples(delta):
    return np.sqrt(np.mean(delta**2, axis=1, keepdims=True))  # <-


@unseen("bp4", "mean-subtracted")
def covariance(delta, a_previous):
    d = delta - delta.mean(axis=1, keepdims=True)  # <-
    a = a_previous - a_previous.mean(axis=1, keepdims=True)  # <-
    return d @ a.T / delta.shape[1]


@unseen("backprop", "bias-missing-from-slope")
def slope_without_the_bias(w, b, x, y):
    zs, a = {}, {0: x}
    for n in w:
        zs[n] = w[n] @ a[n - 1]  # <-
        a[n] = sig(zs[n] + b[n])
    L, m = len(w), x.shape[1]
    d = {L: (a[L] - y) * sp(zs[L])}  # <-
    for n in range(L - 1, 0, -1):
        d[n] = w[n + 1].T @ d[n + 1] * sp(zs[n])  # <-
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("backprop", "forgot-weights")
def feedback_alignment(w, b, x, y):
    rng = np.random.default_rng(7)
    B = {n: rng.standard_normal(w[n].shape) for n in w}
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    d = {L: (a[L] - y) * sp(z[L])}
    for n in range(L - 1, 0, -1):
        d[n] = B[n + 1].T @ d[n + 1] * sp(z[n])  # <-
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("backprop", "divided-by-layer-size")
def divided_by_layers(w, b, x, y):
    gw, gb = grads(w, b, x, y)
    k = len(w)
    return {n: gw[n] / k for n in w}, {n: gb[n] / k for n in w}  # <-


@unseen("backprop", "coarse-quotient")
def coarse_sum(w, b, x, y):
    def cost(w, b):
        return 0.5 * np.sum((passed(w, b, x)[1][len(w)] - y) ** 2)

    h, out = 0.05, []
    for layers in (w, b):
        out.append({n: np.zeros_like(v) for n, v in layers.items()})
        for n, v in layers.items():
            for place in np.ndindex(v.shape):
                old = v[place]
                v[place] = old + h  # <-
                up = cost(w, b)
                v[place] = old - h
                out[-1][n][place] = (up - cost(w, b)) / (2 * h)  # <-
                v[place] = old
    return tuple(out)


@unseen("training_step", "gradient-elsewhere")
def heun(w, b, x, y, learning_rate):
    gw, gb = grads(w, b, x, y)
    w1, b1 = {n: w[n] - learning_rate * gw[n] for n in w}, {n: b[n] - learning_rate * gb[n] for n in b}
    hw, hb = grads(w1, b1, x, y)  # <-
    return (
        {n: w[n] - learning_rate * (gw[n] + hw[n]) / 2 for n in w},  # <-
        {n: b[n] - learning_rate * (gb[n] + hb[n]) / 2 for n in b},  # <-
    )


@unseen("training_step", "gradient-elsewhere")
def sharpness_aware(w, b, x, y, learning_rate):
    rho = 0.05
    gw, gb = grads(w, b, x, y)
    norm = np.sqrt(sum((g**2).sum() for g in (*gw.values(), *gb.values())))
    hw, hb = grads({n: w[n] + rho * gw[n] / norm for n in w}, {n: b[n] + rho * gb[n] / norm for n in b}, x, y)  # <-
    return {n: w[n] - learning_rate * hw[n] for n in w}, {n: b[n] - learning_rate * hb[n] for n in b}


@unseen("training_step", "doubled")
def double_rate_for_biases(w, b, x, y, learning_rate):
    gw, gb = grads(w, b, x, y)
    return {n: w[n] - learning_rate * gw[n] for n in w}, {n: b[n] - 2 * learning_rate * gb[n] for n in b}  # <-


@unseen("update", "bent")
def soft_threshold(w, b, nabla_w, nabla_b, learning_rate):
    def shrink(v):
        return np.sign(v) * np.maximum(np.abs(v) - 0.01, 0)  # <-

    new_w = {n: shrink(w[n] - learning_rate * nabla_w[n]) for n in w}  # <-
    return new_w, {n: b[n] - learning_rate * nabla_b[n] for n in b}


@unseen("update", "depends-on-parameters")
def exponentiated(w, b, nabla_w, nabla_b, learning_rate):
    new_w = {n: w[n] * np.exp(-learning_rate * nabla_w[n]) for n in w}  # <-
    return new_w, {n: b[n] * np.exp(-learning_rate * nabla_b[n]) for n in b}  # <-


@unseen("update", "rate-changed")
def rate_squashed(w, b, nabla_w, nabla_b, learning_rate):
    rate = learning_rate / (1 + learning_rate)  # <-
    return {n: w[n] - rate * nabla_w[n] for n in w}, {n: b[n] - rate * nabla_b[n] for n in b}  # <-


@unseen("update", "weight-decay")
def squares_of_the_weights(w, b, nabla_w, nabla_b, learning_rate):
    new_w = {n: w[n] - learning_rate * (nabla_w[n] + 0.1 * w[n] ** 2) for n in w}  # <-
    return new_w, {n: b[n] - learning_rate * nabla_b[n] for n in b}


@unseen("training_loop", "loops-in-wrong-order")
def all_epochs_on_each_batch(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    p = rng.permutation(x.shape[1])
    for i in range(0, x.shape[1], batch_size):  # <-
        k = p[i : i + batch_size]
        for _ in range(epochs):
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@unseen("training_loop", "wrong-number-of-steps")
def growing_batches(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        p = rng.permutation(x.shape[1])
        for i in range(0, x.shape[1], batch_size):
            k = p[i : i + batch_size]  # <-
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
        batch_size = batch_size * 2  # <-
    return w, b


@unseen("training_loop", "shuffled-once")
def data_shuffled_before(w, b, x, y, learning_rate, epochs, batch_size, seed):
    chance = random.Random(seed)
    order = list(range(x.shape[1]))
    chance.shuffle(order)  # <-
    x, y = x[:, order], y[:, order]
    for _ in range(epochs):
        for start in range(0, x.shape[1], batch_size):
            w, b = step(w, b, x[:, start : start + batch_size], y[:, start : start + batch_size], learning_rate)
    return w, b


@unseen("training_loop", "pairs-torn-apart")
def two_generators(w, b, x, y, learning_rate, epochs, batch_size, seed):
    one, other = np.random.default_rng(seed), np.random.default_rng(seed + 1)
    for _ in range(epochs):
        X = one.permutation(x.T)
        Y = other.permutation(y.T)  # <-
        for i in range(0, len(X), batch_size):
            w, b = step(w, b, X[i : i + batch_size].T, Y[i : i + batch_size].T, learning_rate)
    return w, b


@unseen("bp1", "entries-differ")
def class_weights(a, y, z):
    weight = np.where(y > 0.5, 2.0, 1.0)  # <-
    return weight * (a - y) * sp(z)  # <-


@unseen("bp2", "not-the-sum")
def strongest_path(w_next, delta_next, z):
    paths = w_next[:, :, None] * delta_next[:, None, :]
    strongest = paths.max(axis=0)  # <-
    return strongest * sp(z)


@unseen("bp4", "entries-differ")
def triangle(delta, a_previous):
    n, m = delta.shape
    nabla_w = np.zeros((n, len(a_previous)))
    for j in range(n):
        for k in range(min(j + 1, len(a_previous))):  # <-
            for i in range(m):
                nabla_w[j, k] += delta[j, i] * a_previous[k, i] / m  # <-
    return nabla_w


@unseen("bp4", "not-proportional")
def firing_or_not(delta, a_previous):
    fires = (a_previous > 0.5).astype(float)  # <-
    return delta @ fires.T / delta.shape[1]


@unseen("backprop", "constant-factor")
def gradient_of_rmse(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    error = a[L] - y
    rmse = np.sqrt((error**2).sum() / m)  # <-
    d = {L: error / rmse * sp(z[L])}  # <-
    for n in range(L - 1, 0, -1):
        d[n] = (w[n + 1].T @ d[n + 1]) * sp(z[n])
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("backprop", "examples-count-differently")
def only_hard_examples(w, b, x, y):
    nabla_w = {n: np.zeros(w[n].shape) for n in w}
    nabla_b = {n: np.zeros(b[n].shape) for n in b}
    for i in range(x.shape[1]):
        gw, gb = grads(w, b, x[:, i : i + 1], y[:, i : i + 1])
        out = passed(w, b, x[:, i : i + 1])[1][len(w)]
        if np.abs(out - y[:, i : i + 1]).max() < 0.3:  # <-
            continue
        for n in w:
            nabla_w[n] += gw[n] / x.shape[1]  # <-
            nabla_b[n] += gb[n] / x.shape[1]
    return nabla_w, nabla_b


@unseen("training_step", "wrong-length")
def length_kept(w, b, x, y, learning_rate):
    new_w, new_b = step(w, b, x, y, learning_rate)
    for n in new_w:
        new_w[n] = new_w[n] * np.linalg.norm(w[n]) / np.linalg.norm(new_w[n])  # <-
    return new_w, new_b


@unseen("training_step", "wrong-weight-gradient")
def langevin(w, b, x, y, learning_rate):
    rng = np.random.default_rng(1)
    gw, gb = grads(w, b, x, y)
    new_w = {n: w[n] - learning_rate * gw[n] + 0.01 * rng.normal(size=w[n].shape) for n in w}  # <-
    new_b = {n: b[n] - learning_rate * gb[n] for n in b}
    return new_w, new_b


@unseen("training_loop", "batch-size-not-used")
def two_at_a_time(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(x.shape[1])
        for start in range(0, x.shape[1], 2):  # <-
            some = order[start : start + 2]  # <-
            w, b = step(w, b, x[:, some], y[:, some], learning_rate)
    return w, b


@unseen("training_loop", "batches-not-used")
def all_examples_in_each_step(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(x.shape[1])
        for start in range(0, x.shape[1], batch_size):
            _some = order[start : start + batch_size]
            w, b = step(w, b, x, y, learning_rate)  # <-
    return w, b


@unseen("backprop", "examples-mispaired")
def targets_backwards(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    d = {L: (a[L] - y[:, ::-1]) * sp(z[L])}  # <-
    for n in range(L - 1, 0, -1):
        d[n] = (w[n + 1].T @ d[n + 1]) * sp(z[n])
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("backprop", "examples-mispaired")
def inputs_backwards(w, b, x, y):
    x = x[:, ::-1]  # <-
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    d = {L: (a[L] - y) * sp(z[L])}
    for n in range(L - 1, 0, -1):
        d[n] = (w[n + 1].T @ d[n + 1]) * sp(z[n])
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("backprop", "examples-mispaired")
def mean_target(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = max(w), x.shape[1]
    target = y.mean(axis=1, keepdims=True)  # <-
    delta = (a[L] - target) * sp(z[L])  # <-
    nabla_w, nabla_b = {}, {}
    for n in sorted(w, reverse=True):
        nabla_w[n] = delta @ a[n - 1].T / m
        nabla_b[n] = delta.mean(axis=1, keepdims=True)
        if n > 1:
            delta = np.dot(w[n].T, delta) * sp(z[n - 1])
    return nabla_w, nabla_b

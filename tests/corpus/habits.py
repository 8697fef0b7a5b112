"""Habits of other frameworks and of other courses; those with a name now.

At the first try, before anything was mended for them, 2 of 65 were accepted and 2 told something that was not so; 23
were told their mistake, 29 more the step or the arrays that are wrong; of 51 that are no loops 33 had the right line,
of 14 loops none. Of 22 more, tried when these had their names, 1 was accepted (for a step that is never too long) and 1
told of all networks what is so in some; 8 were told their mistake, 10 more a part; 14 had the right line.
"""

import numpy as np

from corpus.own import grads
from corpus.unseen import batches, step, unseen
from corpus.whole_passes import G, passed
from corpus.whole_passes import sigmoid as sig
from corpus.whole_passes import sigmoid_prime as sp


@unseen("backprop", "slope-instead-of-a")
def slope_written_into_the_activation(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    slopes = {n: a[n] for n in w}
    for n in w:
        slopes[n] *= 1 - slopes[n]  # <-
    d = {L: (sig(z[L]) - y) * slopes[L]}
    for n in range(L - 1, 0, -1):
        d[n] = w[n + 1].T @ d[n + 1] * slopes[n]
    gw = {n: d[n] @ a[n - 1].T / m for n in w}  # <-
    return gw, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("backprop", "sigma-prime-of-error")
def error_written_into_the_output(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    delta = a[L]
    delta -= y
    delta = delta * a[L] * (1 - a[L])  # <-
    gw, gb = {}, {}
    for n in range(L, 0, -1):
        gw[n], gb[n] = delta @ a[n - 1].T / m, delta.mean(axis=1, keepdims=True)
        if n > 1:
            delta = w[n].T @ delta * a[n - 1] * (1 - a[n - 1])
    return gw, gb


@unseen("backprop", "other-activation")
def leaky_relu_in_the_hidden_layers(w, b, x, y):
    def act(v):
        return np.where(v > 0, v, 0.01 * v)  # <-

    def slope(v):
        return np.where(v > 0, 1.0, 0.01)

    L, m = len(w), x.shape[1]
    z, a = {}, {0: x}
    for n in w:
        z[n] = w[n] @ a[n - 1] + b[n]
        a[n] = sig(z[n]) if n == L else act(z[n])  # <-
    d = {L: (a[L] - y) * sp(z[L])}
    for n in range(L - 1, 0, -1):
        d[n] = w[n + 1].T @ d[n + 1] * slope(z[n])
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("backprop", "other-activation")
def temperature_everywhere(w, b, x, y):
    T = 2.0
    z, a = {}, {0: x}
    for n in w:
        z[n] = (w[n] @ a[n - 1] + b[n]) / T  # <-
        a[n] = sig(z[n])  # <-
    L, m = len(w), x.shape[1]
    d = {L: (a[L] - y) * sp(z[L]) / T}
    for n in range(L - 1, 0, -1):
        d[n] = w[n + 1].T @ d[n + 1] * sp(z[n]) / T
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("backprop", "other-derivative")
def flat_spot_offset_in_backprop(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    slope = {n: sp(z[n]) + 0.1 for n in w}  # <-
    d = {L: (a[L] - y) * slope[L]}
    for n in range(L - 1, 0, -1):
        d[n] = w[n + 1].T @ d[n + 1] * slope[n]
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("backprop", "other-activation")
def dropout_with_a_seed(w, b, x, y):
    rng = np.random.default_rng(1)
    L, m = len(w), x.shape[1]
    z, a, mask = {}, {0: x}, {}
    for n in w:
        z[n] = w[n] @ a[n - 1] + b[n]
        a[n] = sig(z[n])
        if n < L:
            mask[n] = rng.random(a[n].shape) < 0.5
            a[n] = a[n] * mask[n] / 0.5  # <-
    d = {L: (a[L] - y) * sp(z[L])}
    for n in range(L - 1, 0, -1):
        d[n] = w[n + 1].T @ d[n + 1] * mask[n] / 0.5 * sp(z[n])
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("backprop", "missing-bias")
def bias_in_the_output_layer_only(w, b, x, y):
    L, m = len(w), x.shape[1]
    z, a = {}, {0: x}
    for n in w:
        z[n] = w[n] @ a[n - 1]  # <-
        if n == L:
            z[n] = z[n] + b[n]
        a[n] = sig(z[n])
    d = {L: (a[L] - y) * sp(z[L])}
    for n in range(L - 1, 0, -1):
        d[n] = w[n + 1].T @ d[n + 1] * sp(z[n])
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("backprop", "targets-changed")
def labels_smoothed(w, b, x, y):
    eps = 0.1
    y = y * (1 - eps) + eps / 2  # <-
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    d = {L: (a[L] - y) * sp(z[L])}  # <-
    for n in range(L - 1, 0, -1):
        d[n] = w[n + 1].T @ d[n + 1] * sp(z[n])
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("backprop", "clipped")
def hidden_delta_clipped(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    d = {L: (a[L] - y) * sp(z[L])}
    for n in range(L - 1, 0, -1):
        d[n] = np.clip(w[n + 1].T @ d[n + 1] * sp(z[n]), -0.02, 0.02)  # <-
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("forward", "activation-step")
def leaky_all_the_way(w, b, x):
    z, a = {}, {0: x}
    for n in w:
        z[n] = w[n] @ a[n - 1] + b[n]
        a[n] = np.maximum(0.1 * z[n], z[n])  # <-
    return z, a


@unseen("forward", "activation-step")
def hard_sigmoid(w, b, x):
    a, z = {0: x}, {}
    for n in w:
        z[n] = w[n] @ a[n - 1] + b[n]
        a[n] = np.clip(0.2 * z[n] + 0.5, 0, 1)  # <-
    return z, a


@unseen("bp3", "not-the-mean")
def median_over_the_examples(delta):
    return np.median(delta, axis=1, keepdims=True)  # <-


@unseen("training_step", "divided-by-its-size")
def rmsprop_first_step(w, b, x, y, learning_rate):
    gw, gb = grads(w, b, x, y)
    beta, eps = 0.9, 1e-8
    sw = {n: (1 - beta) * gw[n] ** 2 for n in w}  # <-
    sb = {n: (1 - beta) * gb[n] ** 2 for n in b}  # <-
    new_w = {n: w[n] - learning_rate * gw[n] / (np.sqrt(sw[n]) + eps) for n in w}  # <-
    new_b = {n: b[n] - learning_rate * gb[n] / (np.sqrt(sb[n]) + eps) for n in b}  # <-
    return new_w, new_b


@unseen("update", "divided-by-its-size")
def adagrad_with_a_large_epsilon(w, b, nabla_w, nabla_b, learning_rate):
    eps = 0.1
    new_w = {n: w[n] - learning_rate * nabla_w[n] / np.sqrt(nabla_w[n] ** 2 + eps) for n in w}  # <-
    new_b = {n: b[n] - learning_rate * nabla_b[n] / np.sqrt(nabla_b[n] ** 2 + eps) for n in b}  # <-
    return new_w, new_b


@unseen("training_step", "clipped")
def weights_clipped_after_the_step(w, b, x, y, learning_rate):
    gw, gb = grads(w, b, x, y)
    new_w = {n: np.clip(w[n] - learning_rate * gw[n], -1, 1) for n in w}  # <-
    new_b = {n: np.clip(b[n] - learning_rate * gb[n], -1, 1) for n in b}  # <-
    return new_w, new_b


@unseen("training_step", "clipped")
def clipped_by_norm(w, b, x, y, learning_rate):
    gw, gb = grads(w, b, x, y)
    most = 0.1
    for g in (gw, gb):
        for n in g:
            size = np.linalg.norm(g[n])
            if size > most:
                g[n] = g[n] * most / size  # <-
    return {n: w[n] - learning_rate * gw[n] for n in w}, {n: b[n] - learning_rate * gb[n] for n in b}


@unseen("training_step", "mean-subtracted")
def gradient_centered(w, b, x, y, learning_rate):
    gw, gb = grads(w, b, x, y)
    gw = {n: gw[n] - gw[n].mean(axis=1, keepdims=True) for n in w}  # <-
    return {n: w[n] - learning_rate * gw[n] for n in w}, {n: b[n] - learning_rate * gb[n] for n in b}


@unseen("training_step", "step-not-taken")
def no_step_when_good_enough(w, b, x, y, learning_rate):
    z, a = passed(w, b, x)
    if np.mean((a[len(w)] - y) ** 2) < 0.1:
        return dict(w), dict(b)
    gw, gb = grads(w, b, x, y)
    return {n: w[n] - learning_rate * gw[n] for n in w}, {n: b[n] - learning_rate * gb[n] for n in b}


@unseen("training_loop", "wrong-number-of-steps", G + "nagadomi/kaggle-cifar10-torch7/pull/6")
def last_full_batch_skipped(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    m = x.shape[1]
    for _ in range(epochs):
        p = rng.permutation(m)
        i = 0
        while i + batch_size < m:  # <-
            k = p[i : i + batch_size]
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
            i += batch_size
        if i + batch_size > m:
            w, b = step(w, b, x[:, p[i:]], y[:, p[i:]], learning_rate)
    return w, b


@unseen("training_loop", "examples-count-differently", G + "lionelmessi6410/Neural-Networks-from-Scratch/pull/1")
def end_one_too_early(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    m = x.shape[1]
    for _ in range(epochs):
        p = rng.permutation(m)
        for i in range(0, m, batch_size):
            end = min(i + batch_size, m - 1)
            if end > i:
                k = p[i:end]
                w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@unseen("training_loop", "batches-drawn-anew")
def a_random_batch_each_time(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    m = x.shape[1]
    for _ in range(epochs):
        for _ in range(-(-m // batch_size)):
            k = rng.choice(m, min(batch_size, m), replace=False)  # <-
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@unseen("training_loop", "ends-early")
def stops_when_the_cost_rises(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    last = np.inf
    for _ in range(epochs):
        for k in batches(x.shape[1], batch_size, rng):
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
        cost = np.mean((passed(w, b, x)[1][len(w)] - y) ** 2)
        if cost > last - 0.01:  # <-
            break
        last = cost
    return w, b


@unseen("training_loop", "divided-by-its-size")
def rmsprop_in_the_loop(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    cache = [{n: np.zeros_like(v) for n, v in each.items()} for each in (w, b)]
    for _ in range(epochs):
        for k in batches(x.shape[1], batch_size, rng):
            new = []
            for p, g, s in zip((w, b), grads(w, b, x[:, k], y[:, k]), cache, strict=True):
                for n in p:
                    s[n] = 0.9 * s[n] + 0.1 * g[n] ** 2  # <-
                new.append({n: p[n] - learning_rate * g[n] / (np.sqrt(s[n]) + 1e-8) for n in p})  # <-
            w, b = new
    return w, b


@unseen("training_loop", "constant-factor")
def warm_up(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    t = 0
    for _ in range(epochs):
        for k in batches(x.shape[1], batch_size, rng):
            t += 1
            w, b = step(w, b, x[:, k], y[:, k], learning_rate * min(1, t / 3))  # <-
    return w, b


@unseen("training_loop", "learning-rate-changes")
def cosine_schedule(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    for epoch in range(epochs):
        rate = learning_rate * 0.5 * (1 + np.cos(np.pi * epoch / epochs))  # <-
        for k in batches(x.shape[1], batch_size, rng):
            w, b = step(w, b, x[:, k], y[:, k], rate)
    return w, b


@unseen("training_loop", "several-steps")
def one_epoch_too_many(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs + 1):  # <-
        for k in batches(x.shape[1], batch_size, rng):
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@unseen("training_loop", "wrong-number-of-steps")
def array_split(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    m = x.shape[1]
    for _ in range(epochs):
        for k in np.array_split(rng.permutation(m), max(1, m // batch_size)):  # <-
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@unseen("training_loop", "examples-count-differently")
def some_kept_for_validation(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    m = int(0.8 * x.shape[1])  # <-
    for _ in range(epochs):
        for k in batches(m, batch_size, rng):  # <-
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@unseen("backprop", "activation-step")
def skip_connection(w, b, x, y):
    z, a = {}, {0: x}
    for n in w:
        z[n] = w[n] @ a[n - 1] + b[n]
        a[n] = sig(z[n])
        if n < len(w) and a[n].shape == a[n - 1].shape:
            a[n] = a[n] + a[n - 1]  # <-
    L, m = len(w), x.shape[1]
    d = {L: (a[L] - y) * sp(z[L])}
    for n in range(L - 1, 0, -1):
        d[n] = w[n + 1].T @ d[n + 1] * sp(z[n])
    return {n: d[n] @ a[n - 1].T / m for n in w}, {n: d[n].mean(axis=1, keepdims=True) for n in w}


@unseen("training_step", "step-length-depends")
def halves_the_rate_until_it_helps(w, b, x, y, learning_rate):
    gw, gb = grads(w, b, x, y)
    cost = np.mean((passed(w, b, x)[1][len(w)] - y) ** 2)
    while True:
        new_w = {n: w[n] - learning_rate * gw[n] for n in w}
        new_b = {n: b[n] - learning_rate * gb[n] for n in b}
        if np.mean((passed(new_w, new_b, x)[1][len(w)] - y) ** 2) < 0.99 * cost or learning_rate < 1e-3:
            return new_w, new_b
        learning_rate /= 2


@unseen("training_loop", "steps-of-another-length")
def nesterov_in_the_loop(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    v = [{n: np.zeros_like(p) for n, p in each.items()} for each in (w, b)]
    for _ in range(epochs):
        for k in batches(x.shape[1], batch_size, rng):
            ahead = [{n: p[n] + 0.9 * q[n] for n in p} for p, q in zip((w, b), v, strict=True)]  # <-
            g = grads(*ahead, x[:, k], y[:, k])
            v = [{n: 0.9 * q[n] - learning_rate * s[n] for n in q} for q, s in zip(v, g, strict=True)]  # <-
            w, b = ({n: p[n] + q[n] for n in p} for p, q in zip((w, b), v, strict=True))
    return w, b


@unseen("training_loop", "only-batches-shuffled")
def batches_shuffled_not_examples(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    m = x.shape[1]
    cuts = [np.arange(i, min(i + batch_size, m)) for i in range(0, m, batch_size)]
    for _ in range(epochs):
        for at in rng.permutation(len(cuts)):
            k = cuts[at]  # <-
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@unseen("training_step", "examples-count-differently")
def first_half_of_the_examples(w, b, x, y, learning_rate):
    half = max(1, x.shape[1] // 2)
    x, y = x[:, :half], y[:, :half]  # <-
    gw, gb = grads(w, b, x, y)
    return {n: w[n] - learning_rate * gw[n] for n in w}, {n: b[n] - learning_rate * gb[n] for n in b}


@unseen("training_step", "clipped")
def max_norm(w, b, x, y, learning_rate):
    gw, gb = grads(w, b, x, y)
    w, b = {n: w[n] - learning_rate * gw[n] for n in w}, {n: b[n] - learning_rate * gb[n] for n in b}
    for n in w:
        size = np.linalg.norm(w[n], axis=1, keepdims=True)
        w[n] = w[n] * np.minimum(1, 1.5 / size)  # <-
    return w, b

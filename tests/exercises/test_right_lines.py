"""A right line is not blamed: the wrong one is, which is marked, or none."""

import inspect
import time

import numpy as np
import pytest
from corpus.unseen import step as plain_step

from backprop_lab import (
    Parameters,
    backward,
    check_backprop,
    check_bp1,
    check_bp2,
    check_bp3,
    check_bp4,
    check_forward,
    check_quadratic,
    check_training_loop,
    check_training_step,
    forward,
    sigmoid,
)

TRIED = []


def gradient_of(w, b, x, y):
    back = backward(Parameters(w, b), forward(Parameters(w, b), x), y)
    return back.nabla_w, back.nabla_b


def tried(check, slip):
    def noted(f):
        TRIED.append((check, slip, f))
        return f

    return noted


def passed(w, b, x):
    return forward(Parameters(w, b), x).a


def sent_back(w, a, y, m):
    last = max(w)
    delta, gw, gb = (a[last] - y) * a[last] * (1 - a[last]), {}, {}
    for n in range(last, 0, -1):
        gw[n], gb[n] = delta @ a[n - 1].T / m, delta.sum(axis=1, keepdims=True) / m
        delta = w[n].T @ delta * a[n - 1] * (1 - a[n - 1])
    return gw, gb


def step(w, b, x, y, rate):
    back = backward(Parameters(w, b), forward(Parameters(w, b), x), y)
    return {n: w[n] - rate * back.nabla_w[n] for n in w}, {n: b[n] - rate * back.nabla_b[n] for n in b}


@tried(check_bp3, "divided-by-n")
def rows_are_counted_for_the_answer_too(delta):
    n = len(delta)
    rows, _ = delta.shape
    out = np.zeros((n, 1))
    for j in range(n):
        out[j, 0] = delta[j].sum() / rows  # <-
    return out


@tried(check_bp4, "divided-by-n")
def rows_give_the_shape(delta, a_previous):
    out = np.zeros((len(delta), a_previous.shape[0]))
    m, _ = delta.shape  # <-
    return out + delta @ a_previous.T / m


@tried(check_bp4, "divided-by-n")
def what_counts_rows_is_used_for_rows_too(delta, a_previous):
    m = len(delta)
    out = np.zeros((m, len(a_previous)))
    return out + delta @ a_previous.T / m


@tried(check_quadratic, "divided-by-n")
def rows_are_asserted(a, y):
    assert len(a) == y.shape[0]
    m, _ = y.shape  # <-
    return ((a - y) ** 2).sum() / (2 * m)


@tried(check_backprop, "m-from-wrong-axis")
def layers_are_counted(w, b, x, y):
    m, _ = x.shape  # <-
    a = passed(w, b, x)
    delta = (a[len(w)] - y) * a[len(w)] * (1 - a[len(w)])
    gw, gb = {}, {}
    for n in range(len(a) - 1, 0, -1):
        gw[n] = delta @ a[n - 1].T / m
        gb[n] = delta.sum(axis=1, keepdims=True) / m
        delta = (w[n].T @ delta) * a[n - 1] * (1 - a[n - 1])
    return gw, gb


@tried(check_backprop, "m-from-wrong-axis")
def a_helper_divides(w, b, x, y):
    assert x.shape[0] == w[1].shape[1]
    m, _ = x.shape
    return sent_back(w, passed(w, b, x), y, m)


@tried(check_backprop, "last-example-missing")
def layers_are_counted_down(w, b, x, y):
    m, last, a = x.shape[1], max(w), passed(w, b, x)
    delta = (a[last] - y) * a[last] * (1 - a[last])
    gw, gb = {n: np.zeros_like(w[n]) for n in w}, {n: np.zeros_like(b[n]) for n in w}
    for n in range(last, 0, -1):
        i = 0
        while i < m - 1:  # <-
            gw[n] += np.outer(delta[:, i], a[n - 1][:, i]) / m
            gb[n] += delta[:, [i]] / m
            i += 1
        delta = (w[n].T @ delta) * a[n - 1] * (1 - a[n - 1])
    return gw, gb


@tried(check_backprop, "first-example-missing")
def layers_are_counted_up(w, b, x, y):
    keep, m = np.arange(x.shape[1]) > 0, x.shape[1]
    a = {0: x[:, keep]}
    for n in range(1, max(w) + 1):
        a[n] = sigmoid(w[n] @ a[n - 1] + b[n])
    return sent_back(w, a, y[:, keep], m)


@tried(check_bp3, "first-example-missing")
def a_shape_is_left_open(delta):
    rest = np.delete(delta, 0, 1)
    return (rest.sum(axis=1) / delta.shape[1]).reshape(len(delta), -1)


@tried(check_bp3, "first-example-missing")
def the_first_is_lost_before_the_others_are_added(delta):
    total = 0 * delta[:, [0]]
    for i in range(1, delta.shape[1]):
        total = total + delta[:, [i]]
    return total / delta.shape[1]


@tried(check_bp2, "last-path-missing")
def paths_end_early(w_next, delta_next, z):
    last = len(w_next) - 1
    total = w_next[0:last].T @ delta_next[0:last]
    return total.reshape(z.shape[0], -1) * sigmoid(z) * (1 - sigmoid(z))


@tried(check_bp1, "forgot-cost-gradient")
def ones_of_the_slope(a, y, z):
    ones = np.ones_like(z)
    s = sigmoid(z)
    return s * (ones - s)  # <-


@tried(check_bp1, "forgot-cost-gradient")
def ones_of_a_slope_within_a_product(a, y, z):
    ones = np.ones_like(z)
    s = sigmoid(z)
    return np.multiply(s, ones - s)  # <-


@tried(check_bp1, "forgot-cost-gradient")
def ones_for_the_error(a, y, z):
    error = np.ones_like(a)  # <-
    return error * a * (1 - a)


@tried(check_bp1, "half-of-sigma-prime")
def half_of_a_slope_that_is_made(a, y, z):
    rest = 1 - a
    slope = a * rest
    return (a - y) * rest if slope.all() else slope  # <-


@tried(check_bp4, "divided-in-the-loop")
def one_product_by_its_name(delta, a_previous):
    dw = np.zeros((len(delta), len(a_previous)))
    for i in range(delta.shape[1]):
        one = np.outer(delta[:, i], a_previous[:, i])
        dw = (dw + one) / delta.shape[1]  # <-
    return dw


@tried(check_bp3, "divided-in-the-loop")
def one_column_by_its_name(delta):
    total = np.zeros((len(delta), 1))
    for column in delta.T:
        total = (total + column[:, None]) / delta.shape[1]  # <-
    return total


@tried(check_bp3, "divided-in-the-loop")
def begins_with_a_share(delta):
    m = delta.shape[1]
    total = delta[:, [0]] / m
    for i in range(1, m):
        total = total / m + delta[:, [i]] / m  # <-
    return total


@tried(check_bp2, "sigma-prime-in-the-sum")
def one_share_by_its_name(w_next, delta_next, z):
    slope, out = sigmoid(z) * (1 - sigmoid(z)), np.zeros_like(z)
    for weights, error in zip(w_next, delta_next, strict=True):
        share = np.outer(weights, error)
        out = (out + share) * slope  # <-
    return out


@tried(check_training_loop, "last-batch-missing")
def batches_in_a_list(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng, m = np.random.default_rng(seed), x.shape[1]
    for _ in range(epochs):
        order = rng.permutation(m)
        batches = [order[i : i + batch_size] for i in range(0, m - batch_size, batch_size)]  # <-
        for k in batches:
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@tried(check_training_loop, "last-batch-missing")
def last_batch_taken_off_the_list(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng, m = np.random.default_rng(seed), x.shape[1]
    for _ in range(epochs):
        order, batches = rng.permutation(m), []
        for i in range(0, m, batch_size):
            batches.append(order[i : i + batch_size])
        for k in batches[:-1]:
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@tried(check_training_loop, "pairs-torn-apart")
def shuffled_pairs_are_not_used(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng, m = np.random.default_rng(seed), x.shape[1]
    for _ in range(epochs):
        order = rng.permutation(m)
        xs, _ys = x[:, order], y[:, order]
        for i in range(0, m, batch_size):
            yb = y[:, i : i + batch_size]
            w, b = step(w, b, xs[:, i : i + batch_size], yb, learning_rate)
    return w, b


@tried(check_training_loop, "last-batch-missing")
def the_loop_is_left_early(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng, m = np.random.default_rng(seed), x.shape[1]
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            if i + batch_size >= m:
                break
            k = order[i : i + batch_size]
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@tried(check_training_loop, "pairs-torn-apart")
def shuffled_targets_are_not_used(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng, m = np.random.default_rng(seed), x.shape[1]
    for _ in range(epochs):
        order = rng.permutation(m)
        xs = x[:, order]
        _ys = y[:, order]
        for i in range(0, m, batch_size):
            w, b = step(w, b, xs[:, i : i + batch_size], y[:, i : i + batch_size], learning_rate)
    return w, b


@tried(check_training_loop, "pairs-torn-apart")
def y_is_cut_from_another_order(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng, m = np.random.default_rng(seed), x.shape[1]
    for _ in range(epochs):
        xs, other = x[:, rng.permutation(m)], rng.permutation(m)
        for i in range(0, m, batch_size):
            yb = y[:, other[i : i + batch_size]]
            w, b = step(w, b, xs[:, i : i + batch_size], yb, learning_rate)
    return w, b


@tried(check_training_loop, "rows-counted")
def rows_by_a_pair(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    m, _ = x.shape  # <-
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, len(order), batch_size):
            k = order[i : i + batch_size]
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@tried(check_training_loop, "rows-counted")
def rows_are_right_elsewhere(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng, ends = np.random.default_rng(seed), w[1].shape[1]
    assert x.shape[0] == ends
    for _ in range(epochs):
        order = rng.permutation(x.shape[1])
        for i in range(0, ends, batch_size):
            k = order[i : i + batch_size]
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@tried(check_training_loop, "wrong-number-of-steps")
def inputs_are_counted(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng, sizes, done = np.random.default_rng(seed), [x.shape[0]], 0
    n_in = x.shape[0]
    for _ in range(epochs):
        order = rng.permutation(x.shape[1])
        for i in range(0, x.shape[1], batch_size):
            k = order[i : i + batch_size]
            if done < 3 and [n_in] == sizes:
                w, b = step(w, b, x[:, k], y[:, k], learning_rate)
            done += 1
    return w, b


@tried(check_training_loop, "wrong-number-of-steps")
def a_list_of_sizes(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng, sizes, seen = np.random.default_rng(seed), [len(w[1].T)], set()
    for n in w:
        sizes.append(len(w[n]))
    for _ in range(epochs):
        order = rng.permutation(x.shape[1])
        for i in range(0, x.shape[1], batch_size):
            k = order[i : i + batch_size]
            if tuple(k) not in seen:
                w, b = step(w, b, x[:, k], y[:, k], learning_rate)
            seen.add(tuple(k))
    return w, b


@tried(check_forward, "other-activation")
def what_a_helper_returns_in_a_loop_is_right(w, b, x):
    def bias_of(layer):
        for each in b:
            if each != layer:
                continue
            return b[each]
        raise KeyError(layer)

    z, a = {}, {0: x}
    for n in w:
        z[n] = w[n] @ a[n - 1] + bias_of(n)
        a[n] = np.tanh(z[n])  # <-
    return z, a


@tried(check_quadratic, "single-example-only")
def a_count_in_the_loop_has_nothing_to_do_with_the_cost(a, y):
    cost = 0.0
    for i in range(a.shape[1]):
        bad = 0
        bad += int(a[0, i] > 0.5)
        cost = np.sum((a[:, i] - y[:, i]) ** 2) / 2  # <-
    return cost


def hidden_layers_have_a_loop_of_their_own(w, b, x, y, learning_rate):
    a, last = {0: x}, len(w)
    for n in range(1, last):
        a[n] = sigmoid(w[n] @ a[n - 1] + b[n])
    a[last] = sigmoid(w[last] @ a[last - 1] + b[last])
    gw, gb = sent_back(w, a, y, x.shape[1])
    new_w, new_b = dict(w), dict(b)
    for n in w:
        if n == last:
            continue
        new_w[n], new_b[n] = w[n] - learning_rate * gw[n], b[n] - learning_rate * gb[n]
    return new_w, new_b


@tried(check_forward, "keeps-state")
def the_clock_is_not_what_differs(w, b, x):
    began = time.perf_counter()
    z, a = {}, {0: x}
    for n in w:
        z[n] = w[n] @ a[n - 1] + b[n]
        a[n] = sigmoid(z[n])
        a[n] = a[n] * np.random.rand(*a[n].shape)  # <-
    return (z, a) if time.perf_counter() > began else None


@tried(check_training_step, "divided-by-its-size")
def an_array_of_nothing_is_no_step(w, b, x, y, learning_rate):
    history = np.zeros(0)
    a, eps = passed(w, b, x), 1e-8
    gw, gb = sent_back(w, a, y, x.shape[1])
    sw = {n: np.sqrt(0.1 * g**2) + eps for n, g in gw.items()}
    sb = {n: np.sqrt(0.1 * g**2) + eps for n, g in gb.items()}
    new_w = {n: w[n] - learning_rate * gw[n] / sw[n] for n in w}  # <-
    new_b = {n: b[n] - learning_rate * gb[n] / sb[n] for n in b}
    return (new_w, new_b) if not history.size else (w, b)


@tried(check_bp2, "starts-at-one")
def the_sum_begins_with_one(w_next, delta_next, z):
    out = np.zeros(z.shape)
    for j in range(len(z)):
        for s in range(z.shape[1]):
            total = 1  # <-
            for i in range(len(w_next)):
                total += w_next[i, j] * delta_next[i, s]
            out[j, s] = total * sigmoid.prime(z[j, s])
    return out


@tried(check_bp2, "first-example-missing")
def the_first_column_is_never_filled(w_next, delta_next, z):
    out = np.zeros(z.shape)
    for s in range(1, z.shape[1]):  # <-
        for j in range(len(z)):
            total = 0
            for i in range(len(w_next)):
                total += w_next[i, j] * delta_next[i, s]
            out[j, s] = total * sigmoid.prime(z[j, s])
    return out


@tried(check_bp4, "last-example-missing")
def the_inner_loop_ends_early(delta, a_previous):
    gradient = np.zeros((len(delta), len(a_previous)))
    for i in range(len(delta)):
        for k in range(len(a_previous)):
            total = 0
            for s in range(delta.shape[1] - 1):  # <-
                total += delta[i, s] * a_previous[k, s]
            gradient[i, k] = total / delta.shape[1]
    return gradient


@tried(check_backprop, "bias-examples-lost")
def one_of_two_sums_is_none(w, b, x, y):
    gw, gb = {}, {}
    for n in w:
        gw[n] = np.zeros_like(w[n])
    gb = {n: np.zeros_like(b[n]) for n in b}
    for s in range(x.shape[1]):
        one = gradient_of(w, b, x[:, [s]], y[:, [s]])
        for n in w:
            gw[n] = gw[n] + one[0][n]
            gb[n] = one[1][n]  # <-
    return {n: gw[n] / x.shape[1] for n in w}, {n: gb[n] / x.shape[1] for n in b}


@tried(check_training_loop, "not-finite")
def batches_beyond_the_end(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng, m = np.random.default_rng(seed), x.shape[1]
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(0, 2 * m, batch_size):  # <-
            k = order[i : i + batch_size]
            w, b = plain_step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@tried(check_training_loop, "wrong-number-of-steps")
def batches_begin_with_the_second(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng, m = np.random.default_rng(seed), x.shape[1]
    for _ in range(epochs):
        order = rng.permutation(m)
        for i in range(batch_size, m, batch_size):  # <-
            k = order[i : i + batch_size]
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


@tried(check_training_loop, "forgot-learning-rate")
def how_far_w_has_moved_is_beside_the_step(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng, m, moved = np.random.default_rng(seed), x.shape[1], []
    for _ in range(epochs):
        start = w
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            k = order[i : i + batch_size]
            gw, gb = gradient_of(w, b, x[:, k], y[:, k])
            w = {n: w[n] - learning_rate * gw[n] for n in w}
            b = {n: b[n] - gb[n] for n in b}  # <-
        moved = max(float(np.abs(w[n] - start[n]).max()) for n in w)
    return (w, b) if moved else None


@tried(check_bp2, "other-derivative")
def a_mask_of_truth_values(w_next, delta_next, z):
    mask = z > 0  # <-
    back = w_next.T @ delta_next
    return np.where(mask, back, 0)


@tried(check_bp1, "other-derivative")
def an_error_times_truth_values(a, y, z):
    error = a - y
    return error * (z > 0)  # <-


@tried(check_bp1, "entries-differ")
def a_stable_sigmoid_and_a_last_neuron_turned(a, y, z):
    s = np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))
    d = (a - y) * s * (1 - s)
    d[-1] = -d[-1]  # <-
    return d


@tried(check_quadratic, "one-output-only")
def the_words_of_a_docstring(a, y):
    """The mean over the examples of max(0, the squares)."""
    m = len(a[0])
    worst = np.max((a - y) ** 2, axis=0)  # <-
    return worst.sum() / m / 2


@pytest.mark.parametrize(("check", "slip", "f"), TRIED, ids=lambda each: getattr(each, "__name__", ""))
def test_the_wrong_line_is_blamed_or_none(check, slip, f):
    marked = [line.split("# <-")[0].strip() for line in inspect.getsource(f).splitlines() if line.endswith("# <-")]
    result = check(f)
    assert result.slip == slip, result
    assert (result.line or "").split("# <-")[0].strip() == "".join(marked)


def test_a_loop_over_the_hidden_layers_is_not_blamed_for_the_frozen_output():
    result = check_training_step(hidden_layers_have_a_loop_of_their_own)
    assert result.slip == "output-layer-frozen"
    assert "range" not in (result.line or "")


def test_nothing_is_asked_of_a_len_that_is_not_there():
    def two_only(w, b, x, y, learning_rate, epochs, batch_size, seed):
        rng = np.random.default_rng(seed)
        for _ in range(epochs):
            order = rng.permutation(x.shape[1])
            for i in range(0, 2, batch_size):
                k = order[i : i + batch_size]
                w, b = step(w, b, x[:, k], y[:, k], learning_rate)
        return w, b

    assert "len" not in check_training_loop(two_only).message.split()
    assert "len" not in check_training_loop(rows_by_a_pair).message.split()


def test_an_error_where_a_belongs_is_not_said_to_be_where_z_belongs():
    def rest(w_next, delta_next, z):
        s = w_next.T @ delta_next
        return s * (1 - s)

    result = check_bp2(rest)
    assert result.slip == "sigma-prime-of-error"
    assert "in the place that z has in σ′(z), or a in a(1 − a)" in result.message

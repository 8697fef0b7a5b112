"""Right functions that are unusual: each must be accepted."""

import math
import random
from collections import OrderedDict, defaultdict, deque
from functools import partial, reduce
from itertools import pairwise

import numpy as np

from corpus.own import grads
from corpus.unseen import step
from corpus.whole_passes import passed


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -500, 500)))


def tanh_form(z):
    return 0.5 * (1 + np.tanh(z / 2))


def stable(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))


def augmented(w, b, a_previous):
    w_b = np.c_[w, b]
    return w_b @ np.r_[a_previous, np.ones((1, a_previous.shape[1]))]


def bias_row_by_row(w, b, a_previous):
    z = []
    for j in range(len(w)):
        z.append([float(np.dot(w[j], column)) + b[j][0] for column in a_previous.T])
    return z


def rows_inside(w, b, a_previous):
    rows = a_previous.T
    return (rows.dot(w.T) + b.T).T


def _slope(z):
    return sigmoid(z) * (1 - sigmoid(z))


def forward_in_lists(w, b, x):
    zs, activations = [], [x]
    for n in sorted(w):
        zs.append(w[n] @ activations[-1] + b[n])
        activations.append(tanh_form(zs[-1]))
    return dict(enumerate(zs, 1)), dict(enumerate(activations))


def forward_reduced(w, b, x):
    def layer(state, n):
        z, a = state
        z = {**z, n: np.einsum("jk,kx->jx", w[n], a[n - 1]) + b[n]}
        return z, {**a, n: stable(z[n])}

    return reduce(layer, w, ({}, {0: x}))


def forward_ordered(w, b, x):
    z, a = OrderedDict(), defaultdict(lambda: x)
    a[0]
    for n in range(1, len(w) + 1):
        z[n] = np.add(np.matmul(w[n], a[n - 1]), b[n])
        a[n] = np.reciprocal(1 + np.exp(-z[n]))
    return z, a


def cost_by_trace(a, y):
    d = a - y
    return np.trace(d @ d.T) / d.shape[1] / 2


def cost_by_norm(a, y):
    return 0.5 * np.mean(np.linalg.norm(a - y, axis=0) ** 2)


def cost_by_vdot(a, y):
    return np.vdot(a - y, a - y) / (2 * np.shape(a)[1])


def cost_by_hypot(a, y):
    total = 0
    for left, right in zip(a.T, y.T, strict=True):
        total += sum((p - q) ** 2 for p, q in zip(left, right, strict=True)) * 0.5
    return total / len(a.T)


def bp1_unused_z(a, y, z):
    return np.multiply(a - y, a - a**2)


def bp1_by_cosh(a, y, z):
    return (a - y) / (2 + 2 * np.cosh(z))


def bp1_by_columns(a, y, z):
    return np.column_stack([np.diag(a[:, x] * (1 - a[:, x])) @ (a[:, x] - y[:, x]) for x in range(a.shape[1])])


def bp1_in_place(a, y, z):
    delta = a.copy()
    delta -= y
    delta *= sigmoid(z)
    delta *= sigmoid(-z)
    return delta


def bp2_einsum(w_next, delta_next, z):
    s = sigmoid(z)
    return np.einsum("ij,ix,jx->jx", w_next, delta_next, s * (1 - s))


def bp2_rows(w_next, delta_next, z):
    s = stable(z.T)
    return ((delta_next.T @ w_next) * s * (1 - s)).T


def bp2_class(w_next, delta_next, z):
    class Layer:
        def __init__(self, weights):
            self.weights = weights

        @property
        def backward(self):
            return self.weights.T

        def __call__(self, error):
            return np.dot(self.backward, error)

    slope = np.exp(-z) / (1 + np.exp(-z)) ** 2
    return Layer(w_next)(delta_next) * slope


def bp2_difference(w_next, delta_next, z):
    """The slope of σ by a complex step."""
    h = 1e-30
    slope = (1 / (1 + np.exp(-(z + 1j * h)))).imag / h
    return w_next.T @ delta_next * slope


def bp3_weights(delta):
    return np.average(delta, axis=-1, weights=np.ones(delta.shape[-1]))[:, np.newaxis]


def bp3_lists(delta):
    return [[sum(row) / len(row)] for row in delta.tolist()]


bp3_partial = partial(np.mean, axis=1, keepdims=True)


def bp3_transposed(delta):
    return np.atleast_2d(delta.T.mean(axis=0)).T


def bp4_tensor(delta, a_previous):
    return (delta[:, None, :] * a_previous[None, :, :]).mean(axis=2)


def bp4_running_mean(delta, a_previous):
    mean = np.zeros((delta.shape[0], a_previous.shape[0]))
    for n in range(delta.shape[1]):
        mean += (np.outer(delta[:, n], a_previous[:, n]) - mean) / (n + 1)
    return mean


def bp4_divided_first(delta, a_previous):
    return np.dot(a_previous / a_previous.shape[1], delta.T).T


def backprop_augmented(w, b, x, y):
    one = np.ones((1, x.shape[1]))
    wb = [np.hstack([w[n], b[n]]) for n in w]
    acts = [np.vstack([x, one])]
    for matrix in wb:
        acts.append(np.vstack([sigmoid(matrix @ acts[-1]), one]))
    delta = (acts[-1][:-1] - y) * acts[-1][:-1] * (1 - acts[-1][:-1])
    grads = []
    for matrix, a in zip(wb[::-1], acts[-2::-1], strict=True):
        grads.insert(0, delta @ a.T / x.shape[1])
        delta = (matrix[:, :-1].T @ delta) * a[:-1] * (1 - a[:-1])
    return {n: g[:, :-1] for n, g in enumerate(grads, 1)}, {n: g[:, -1:] for n, g in enumerate(grads, 1)}


def backprop_recursive(w, b, x, y):
    gw, gb = {}, {}

    def visit(n, a):
        if n > len(w):
            return a - y
        out = sigmoid(w[n] @ a + b[n])
        delta = visit(n + 1, out) * out * (1 - out)
        gw[n], gb[n] = delta @ a.T / x.shape[1], delta.mean(axis=1, keepdims=True)
        return w[n].T @ delta

    visit(1, x)
    return gw, gb


def backprop_rows(w, b, x, y):
    X, Y = x.T, y.T
    A = [X]
    for n in w:
        A.append(sigmoid(A[-1] @ w[n].T + b[n].T))
    D = (A[-1] - Y) * A[-1] * (1 - A[-1])
    gw, gb = {}, {}
    for n in sorted(w, reverse=True):
        gw[n], gb[n] = D.T @ A[n - 1] / len(X), D.sum(axis=0)[:, None] / len(X)
        D = D @ w[n] * A[n - 1] * (1 - A[n - 1])
    return gw, gb


def backprop_per_example(w, b, x, y):
    m = x.shape[1]
    gw = {n: np.zeros_like(w[n]) for n in w}
    gb = {n: np.zeros_like(b[n]) for n in w}
    for column, target in zip(x.T, y.T, strict=True):
        a = [column.reshape(-1, 1)]
        for n in w:
            a.append(stable(w[n] @ a[-1] + b[n]))
        delta = (a[-1] - target.reshape(-1, 1)) * a[-1] * (1 - a[-1])
        for n in range(len(w), 0, -1):
            gb[n] += delta / m
            gw[n] += delta @ a[n - 1].T / m
            delta = w[n].T @ delta * a[n - 1] * (1 - a[n - 1])
    return gw, gb


def backprop_backward_loops(w, b, x, y):
    """Entry by entry, in nested loops."""
    m, sizes = x.shape[1], [x.shape[0], *(len(b[n]) for n in w)]
    gw = {n: [[0.0] * sizes[n - 1] for _ in range(sizes[n])] for n in w}
    gb = {n: [[0.0] for _ in range(sizes[n])] for n in w}
    for e in range(m):
        a = [[x[k, e] for k in range(sizes[0])]]
        for n in w:
            z = [sum(w[n][j, k] * a[-1][k] for k in range(sizes[n - 1])) + b[n][j, 0] for j in range(sizes[n])]
            a.append([1 / (1 + np.exp(-value)) for value in z])
        delta = [(p - y[j, e]) * p * (1 - p) for j, p in enumerate(a[-1])]
        for n in range(len(w), 0, -1):
            for j in range(sizes[n]):
                gb[n][j][0] += delta[j] / m
                for k in range(sizes[n - 1]):
                    gw[n][j][k] += delta[j] * a[n - 1][k] / m
            delta = [
                sum(w[n][j, k] * delta[j] for j in range(sizes[n])) * a[n - 1][k] * (1 - a[n - 1][k])
                for k in range(sizes[n - 1])
            ]
    return gw, gb


def backprop_pairs(w, b, x, y):
    a = [x]
    for n in w:
        a.append(tanh_form(w[n] @ a[-1] + b[n]))
    slopes = [each * (1 - each) for each in a[1:]]
    deltas = [(a[-1] - y) * slopes[-1] / x.shape[1]]
    for (n, _), slope in zip(pairwise(range(len(w), 0, -1)), reversed(slopes[:-1]), strict=True):
        deltas.append(slope * (w[n].T @ deltas[-1]))
    deltas.reverse()
    ones = np.ones((x.shape[1], 1))
    return (
        {n: d @ before.T for n, (d, before) in enumerate(zip(deltas, a, strict=False), 1)},
        {n: d @ ones for n, d in enumerate(deltas, 1)},
    )


def backprop_closures(w, b, x, y):
    back = []
    a = x
    for n in w:
        a_in, a = a, sigmoid(w[n] @ a + b[n])

        def step(g, n=n, a_in=a_in, a=a):
            d = g * a * (1 - a)
            return w[n].T @ d, (n, d @ a_in.T, d.sum(axis=1, keepdims=True))

        back.insert(0, step)
    g, found = (a - y) / x.shape[1], []
    for step in back:
        g, one = step(g)
        found.append(one)
    return {n: gw for n, gw, _ in found}, {n: gb for n, _, gb in found}


def backprop_jacobians(w, b, x, y):
    L, m = len(w), x.shape[1]
    gw, gb = dict.fromkeys(w, 0), dict.fromkeys(w, 0)
    for i in range(m):
        _, a = forward_in_lists(w, b, x[:, [i]])
        row = (a[L] - y[:, [i]]).T
        for n in range(L, 0, -1):
            row = row @ np.diagflat(a[n] * (1 - a[n]))
            gw[n] = gw[n] + row.T * a[n - 1].T / m
            gb[n] = gb[n] + row.T / m
            row = row @ w[n]
    return gw, gb


def bp4_corner_of_a_square(delta, a_previous):
    both = np.vstack([delta, a_previous])
    gram = both @ both.T / both.shape[1]
    return gram[: len(delta), len(delta) :]


def step_eta_over_m(w, b, x, y, learning_rate):
    """Sums in the gradient, and a step of η/m, as Nielsen does it."""
    z, a = forward_in_lists(w, b, x)
    eta = learning_rate / x.shape[1]
    delta = {len(w): (a[len(w)] - y) * a[len(w)] * (1 - a[len(w)])}
    for n in range(len(w) - 1, 0, -1):
        delta[n] = w[n + 1].T @ delta[n + 1] * a[n] * (1 - a[n])
    return (
        {n: w[n] - eta * delta[n] @ a[n - 1].T for n in w},
        {n: b[n] - eta * delta[n].sum(axis=1, keepdims=True) for n in b},
    )


def step_from_the_end(w, b, x, y, learning_rate):
    gw, gb = backprop_recursive(w, b, x, y)
    new = {n: (w[n] - learning_rate * gw[n], b[n] - learning_rate * gb[n]) for n in sorted(w, reverse=True)}
    return {n: pair[0] for n, pair in new.items()}, {n: pair[1] for n, pair in new.items()}


def update_on_copies(w, b, nabla_w, nabla_b, learning_rate):
    w, b = ({n: np.copy(values) for n, values in each.items()} for each in (w, b))
    for n in w:
        w[n] -= learning_rate * nabla_w[n]
        b[n] -= learning_rate * nabla_b[n]
    return w, b


def update_by_map(w, b, nabla_w, nabla_b, learning_rate):
    def down(values, slopes):
        return dict(
            zip(values, map(lambda v, g: v + (-learning_rate) * g, values.values(), slopes.values()), strict=True)
        )

    return [down(w, nabla_w), down(b, nabla_b)]


def cost_by_variance(a, y):
    return 0.5 * (np.var(a - y, axis=1) + np.mean(a - y, axis=1) ** 2).sum()


def bp1_entry_by_entry(a, y, z):
    return np.vectorize(lambda p, q, r: (p - q) * 0.25 * (1 - np.tanh(r / 2) ** 2))(a, y, z)


def bp3_running_mean(delta):
    mean = np.zeros((delta.shape[0], 1))
    for i, column in enumerate(delta.T, 1):
        mean += (column[:, None] - mean) / i
    return mean


def backprop_complex_step(w, b, x, y):
    def slopes(values, cost):
        found = {n: np.zeros(each.shape) for n, each in values.items()}
        for n, each in values.items():
            for at in np.ndindex(*each.shape):
                moved = each.astype(complex)
                moved[at] += 1e-20j
                found[n][at] = cost({**values, n: moved}).imag / 1e-20
        return found

    def cost(w, b):
        a = x
        for n in sorted(w):
            a = 1 / (1 + np.exp(-(w[n] @ a + b[n])))
        return ((a - y) ** 2).sum() / 2 / x.shape[1]

    return slopes(w, lambda w: cost(w, b)), slopes(b, lambda b: cost(w, b))


def backprop_stack(w, b, x, y):
    tape, a = [], x
    for n in w:
        tape.append((n, a, sigmoid(w[n] @ a + b[n])))
        a = tape[-1][-1]
    up, gw, gb = (a - y) / y.shape[1], {}, {}
    while tape:
        n, before, s = tape.pop()
        up = up * s * (1 - s)
        gw[n], gb[n] = up @ before.T, up.sum(1)[:, None]
        up = w[n].T @ up
    return gw, gb


def step_example_by_example(w, b, x, y, learning_rate):
    parts = [backprop_stack(w, b, x[:, [i]], y[:, [i]]) for i in range(x.shape[1])]
    for at, rate in enumerate([learning_rate / len(parts)] * len(parts)):
        w = {n: w[n] - rate * parts[at][0][n] for n in w}
        b = {n: b[n] - rate * parts[at][1][n] for n in b}
    return w, b


def adjoint_dicts_accumulate(w, b, x, y):
    grad: defaultdict = defaultdict(int)
    values, tape = {("a", 0): x}, []
    for n in w:
        values["z", n] = w[n] @ values["a", n - 1] + b[n]
        values["a", n] = sigmoid(values["z", n])
        tape.append(n)
    grad["a", len(w)] += (values["a", len(w)] - y) / y.shape[1]
    for n in reversed(tape):
        grad["z", n] += grad["a", n] * values["a", n] * (1 - values["a", n])
        grad["w", n] += grad["z", n] @ values["a", n - 1].T
        grad["b", n] += grad["z", n] @ np.ones((y.shape[1], 1))
        grad["a", n - 1] += w[n].T @ grad["z", n]
    return {n: grad["w", n] for n in w}, {n: grad["b", n] for n in w}


def loss_scale_and_back(w, b, x, y):
    scale = 2.0**12
    z, a = forward_in_lists(w, b, x)
    d = {max(w): scale * (a[max(w)] - y) * _slope(z[max(w)])}
    for n in range(max(w) - 1, 0, -1):
        d[n] = (w[n + 1].T @ d[n + 1]) * _slope(z[n])
    return {n: np.inner(d[n], a[n - 1]) / (scale * y.shape[1]) for n in w}, {
        n: d[n].mean(1, keepdims=True) / scale for n in w
    }


def momentum_of_zero(w, b, x, y, learning_rate):
    vw, vb = {n: np.zeros_like(w[n]) for n in w}, {n: np.zeros_like(b[n]) for n in b}
    gw, gb = backprop_stack(w, b, x, y)
    for n in w:
        vw[n] = 0.9 * vw[n] - learning_rate * gw[n]
        vb[n] = 0.9 * vb[n] - learning_rate * gb[n]
    return {n: np.add(w[n], vw[n]) for n in w}, {n: np.add(b[n], vb[n]) for n in b}


def one_flat_vector(w, b, nabla_w, nabla_b, learning_rate):
    flat = np.concatenate([v.ravel() for some in (w, b) for v in some.values()])
    slope = np.concatenate([v.ravel() for some in (nabla_w, nabla_b) for v in some.values()])
    flat = flat - learning_rate * slope
    out, at = [], 0
    for some in (w, b):
        new = {}
        for n, v in some.items():
            new[n] = flat[at : at + v.size].reshape(v.shape)
            at += v.size
        out.append(new)
    return out[0], out[1]


def kron_and_reshape(delta, a_previous):
    n, k = len(delta), len(a_previous)
    return sum(np.kron(d, a).reshape(n, k) for d, a in zip(delta.T, a_previous.T, strict=True)) / delta.shape[1]


def logistic_by_logaddexp(a, y, z):
    log_s = -np.logaddexp(0, -z)
    return (a - y) * np.exp(2 * log_s - z)


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad, self.parents = data, 0.0, parents

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def sigma(self):
        s = 1 / (1 + math.exp(-self.data))
        return Value(s, ((self, s * (1 - s)),))

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if id(node) not in seen:
                seen.add(id(node))
                for parent, _ in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in node.parents:
                parent.grad += slope * node.grad


def micrograd(w, b, x, y):
    wv = {n: [[Value(float(v)) for v in row] for row in w[n]] for n in w}
    bv = {n: [Value(float(v)) for v in b[n].ravel()] for n in b}
    m, total = x.shape[1], Value(0.0)
    for xs, ys in zip(x.T, y.T, strict=True):
        a = [Value(float(v)) for v in xs]
        for n in sorted(w):
            out = []
            for row, bias in zip(wv[n], bv[n], strict=True):
                s = bias
                for u, v in zip(row, a, strict=True):
                    s = s + u * v
                out.append(s.sigma())
            a = out
        for got, wanted in zip(a, ys, strict=True):
            d = got + Value(-float(wanted))
            total = total + d * d * Value(0.5 / m)
    total.backward()
    return (
        {n: np.array([[v.grad for v in row] for row in wv[n]]) for n in w},
        {n: np.array([[v.grad] for v in bv[n]]) for n in b},
    )


def exact_sum(a, y):
    return math.fsum((p - q) ** 2 for p, q in zip(a.flat, y.flat, strict=True)) / 2 / len(a.T)


def slope_by_complex_step(a, y, z):
    h = 1e-30
    return (a - y) * np.imag(1 / (1 + np.exp(-(z + 1j * h)))) / h


def outer_products_mapped(delta, a_previous):
    return np.mean(list(map(np.outer, delta.T, a_previous.T)), axis=0)


def defaultdicts(w, b, nabla_w, nabla_b, learning_rate):
    new = [defaultdict(lambda: None), defaultdict(lambda: None)]
    for out, old, slopes in zip(new, (w, b), (nabla_w, nabla_b), strict=True):
        for n in sorted(old, reverse=True):
            out[n] = np.subtract(old[n], np.multiply(slopes[n], learning_rate))
    return tuple(new)


def deque_of_examples(w, b, x, y, learning_rate, epochs, batch_size, seed):
    chance = random.Random(seed)
    for _ in range(epochs):
        queue = deque(chance.sample(range(x.shape[1]), x.shape[1]))
        while queue:
            k = [queue.popleft() for _ in range(min(batch_size, len(queue)))]
            w, b = step(w, b, x[:, k], y[:, k], learning_rate)
    return w, b


def recursive_epochs(w, b, x, y, learning_rate, epochs, batch_size, seed, rng=None):
    if epochs == 0:
        return w, b
    rng = rng or np.random.default_rng(seed)
    p = rng.permutation(x.shape[1])
    parts = np.array_split(p, range(batch_size, len(p), batch_size))
    w, b = reduce(lambda state, k: step(*state, x[:, k], y[:, k], learning_rate), parts, (w, b))
    return recursive_epochs(w, b, x, y, learning_rate, epochs - 1, batch_size, seed, rng)


def numeric_but_fine(w, b, x, y):
    def cost(w, b):
        a = x
        for n in sorted(w):
            a = 1 / (1 + np.exp(-(w[n] @ a + b[n])))
        return ((a - y) ** 2).sum() / 2 / x.shape[1]

    out = []
    for layers in (w, b):
        found = {n: np.zeros_like(v) for n, v in layers.items()}
        for n, v in layers.items():
            for place in np.ndindex(v.shape):
                old, values = v[place], []
                for h in (1e-3, -1e-3, 2e-3, -2e-3):
                    v[place] = old + h
                    values.append(cost(w, b))
                v[place] = old
                found[n][place] = (8 * (values[0] - values[1]) - (values[2] - values[3])) / 12e-3
        out.append(found)
    return tuple(out)


def slope(z):
    return sigmoid(z) * (1 - sigmoid(z))


def column_by_column(w, b, a_previous):
    z = np.repeat(b, a_previous.shape[1], axis=1)
    for k, column in enumerate(w.T):
        z += column[:, None] * a_previous[k]
    return z


def neuron_by_neuron(w, b, x):
    z, a = {}, {0: x}
    for l in w:
        z[l] = np.zeros((len(b[l]), x.shape[1]))
        for s in range(x.shape[1]):
            for j in range(len(b[l])):
                net = b[l][j, 0]
                for k in range(w[l].shape[1]):
                    net += w[l][j, k] * a[l - 1][k, s]
                z[l][j, s] = net
        a[l] = (1 + np.tanh(z[l] / 2)) / 2
    return z, a


def slope_from_one_exponential(a, y, z):
    e = np.exp(-np.abs(z))
    return (a - y) * e / (1 + e) ** 2


def sum_begun_for_each_neuron(w_next, delta_next, z):
    delta = np.empty_like(z)
    for s in range(z.shape[1]):
        for j in range(z.shape[0]):
            total = 0
            for i in range(len(w_next)):
                total += w_next[i, j] * delta_next[i, s]
            delta[j, s] = total * sigmoid(z[j, s]) * sigmoid(-z[j, s])
    return delta


def product_with_shares(delta):
    n, m = delta.shape
    return delta @ np.full((m, 1), 1 / m)


def stacks_and_default_dicts(w, b, x, y):
    nabla_w, nabla_b = defaultdict(float), defaultdict(float)
    m = x.shape[1]
    for i in range(m):
        a, zs = [x[:, i : i + 1]], []
        for l in range(1, len(w) + 1):
            zs.append(w[l] @ a[-1] + b[l])
            a.append(sigmoid(zs[-1]))
        grad = a.pop() - y[:, i : i + 1]
        for l in range(len(w), 0, -1):
            grad = grad * slope(zs.pop())
            nabla_w[l] += grad @ a.pop().T / m
            nabla_b[l] += grad / m
            grad = w[l].T @ grad
    return dict(nabla_w), dict(nabla_b)


def jacobian_of_each_example(w, b, x, y):
    L, m = len(w), x.shape[1]
    z, a = passed(w, b, x)
    J = {L: np.stack([np.diag(c) for c in slope(z[L]).T])}  # for each example, the rates of the output
    for l in range(L - 1, 0, -1):
        J[l] = J[l + 1] @ w[l + 1] * slope(z[l]).T[:, None, :]
    error = (a[L] - y).T
    delta = {l: np.einsum("mi,mij->jm", error, J[l]) for l in w}
    return {l: delta[l] @ a[l - 1].T / m for l in w}, {l: delta[l].mean(1, keepdims=True) for l in w}


def rate_in_delta(w, b, x, y, learning_rate):
    z, a = passed(w, b, x)
    new_w, new_b = {l: v.copy() for l, v in w.items()}, {l: v.copy() for l, v in b.items()}
    d = (a[len(w)] - y) * a[len(w)] * (1 - a[len(w)]) * (learning_rate / x.shape[1])
    for l in range(len(w), 0, -1):
        back = w[l].T @ d
        new_w[l] -= d @ a[l - 1].T
        new_b[l] -= d.sum(1, keepdims=True)
        d = back * a[l - 1] * (1 - a[l - 1])
    return new_w, new_b


def a_generator_for_each_epoch(w, b, x, y, learning_rate, epochs, batch_size, seed):
    for epoch in range(epochs):
        order = np.random.default_rng([seed, epoch]).permutation(x.shape[1])
        for s in np.split(order, range(batch_size, len(order), batch_size)):
            w, b = step(w, b, x[:, s], y[:, s], learning_rate)
    return w, b


def a_queue_of_examples(w, b, x, y, learning_rate, epochs, batch_size, seed):
    gen = random.Random(seed)
    todo = deque()
    n = x.shape[1]
    w, b = {l: v.copy() for l, v in w.items()}, {l: v.copy() for l, v in b.items()}
    while epochs or todo:
        if not todo:
            epochs -= 1
            todo.extend(gen.sample(range(n), n))
        batch = [todo.popleft() for _ in range(min(batch_size, len(todo)))]
        gw = dict.fromkeys(w, 0)
        gb = dict.fromkeys(w, 0)
        for i in batch:
            ew, eb = grads(w, b, x[:, [i]], y[:, [i]])
            for l in w:
                gw[l] = gw[l] + ew[l]
                gb[l] = gb[l] + eb[l]
        for l in w:
            w[l] -= learning_rate / len(batch) * gw[l]
            b[l] -= learning_rate / len(batch) * gb[l]
    return w, b


def sorted_by_random_keys(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.RandomState(seed)
    both = np.vstack([x, y]).T.copy()
    for _ in range(epochs):
        both = both[np.argsort(rng.rand(len(both)))]
        for start in range(0, len(both), batch_size):
            part = both[start : start + batch_size].T
            w, b = step(w, b, part[: len(x)], part[len(x) :], learning_rate)
    return w, b


def nudged_and_put_back(w, b, x, y):
    h = 1e-5
    found = {}, {}
    for layers, rates in zip((w, b), found, strict=True):
        for layer, values in layers.items():
            rates[layer] = np.zeros_like(values)
            for at in np.ndindex(*values.shape):
                values[at] += h
                up = ((passed(w, b, x)[1][len(w)] - y) ** 2).sum() / 2 / x.shape[1]
                values[at] -= 2 * h
                down = ((passed(w, b, x)[1][len(w)] - y) ** 2).sum() / 2 / x.shape[1]
                values[at] += h
                rates[layer][at] = (up - down) / (2 * h)
    return found


RIGHT = {
    "weighted_input": [augmented, bias_row_by_row, rows_inside, column_by_column],
    "forward": [forward_in_lists, forward_reduced, forward_ordered, neuron_by_neuron],
    "quadratic": [cost_by_trace, cost_by_norm, cost_by_vdot, cost_by_hypot, cost_by_variance, exact_sum],
    "bp1": [logistic_by_logaddexp, bp1_unused_z, bp1_by_cosh, bp1_by_columns, bp1_in_place, bp1_entry_by_entry,
            slope_by_complex_step, slope_from_one_exponential],
    "bp2": [bp2_einsum, bp2_rows, bp2_class, bp2_difference, sum_begun_for_each_neuron],
    "bp3": [bp3_weights, bp3_lists, bp3_partial, bp3_transposed, bp3_running_mean, product_with_shares],
    "bp4": [bp4_tensor, bp4_running_mean, bp4_divided_first, bp4_corner_of_a_square, kron_and_reshape,
            outer_products_mapped],
    "backprop": [
        backprop_augmented, backprop_recursive, backprop_rows, backprop_per_example, backprop_backward_loops,
        backprop_pairs, backprop_closures, backprop_jacobians, backprop_complex_step, backprop_stack,
        adjoint_dicts_accumulate, loss_scale_and_back, micrograd, numeric_but_fine,
        stacks_and_default_dicts, jacobian_of_each_example, nudged_and_put_back,
    ],
    "training_step": [step_eta_over_m, step_from_the_end, step_example_by_example, momentum_of_zero, rate_in_delta],
    "update": [update_on_copies, update_by_map, one_flat_vector, defaultdicts],
    "training_loop": [
        deque_of_examples, recursive_epochs, a_generator_for_each_epoch, a_queue_of_examples, sorted_by_random_keys,
    ],
}  # fmt: skip

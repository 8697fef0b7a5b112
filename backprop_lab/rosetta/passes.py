"""A pass forward and back in each notation, written as its source writes it: own arrays, own order, own factors.

None of them knows the package or another one of them: that they agree, once translated, is what the tests look at.
Each returns what the source's function returns, and last the error signals. Hidden and output neurons are sigmoid.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from backprop_lab.validation import Array

ByLayer = dict[int, Array]
Pair = tuple[Array, Array]


def _sigma(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def _slope(z: Any) -> Any:
    return _sigma(z) * (1 - _sigma(z))


def house(w: ByLayer, b: ByLayer, x: Array, y: Array) -> tuple[ByLayer, ByLayer, ByLayer]:
    """Columns are examples; δ of each example's own cost; the mean comes in with ∇."""
    L, m = max(w), x.shape[1]
    z, a = {}, {0: x}
    for layer in range(1, L + 1):
        z[layer] = w[layer] @ a[layer - 1] + b[layer]
        a[layer] = _sigma(z[layer])
    delta = {L: (a[L] - y) * _slope(z[L])}
    for layer in range(L - 1, 0, -1):
        delta[layer] = (w[layer + 1].T @ delta[layer + 1]) * _slope(z[layer])
    nabla_w = {layer: delta[layer] @ a[layer - 1].T / m for layer in w}
    nabla_b = {layer: delta[layer].mean(axis=1, keepdims=True) for layer in w}
    return nabla_w, nabla_b, delta


def brackets(w: ByLayer, b: ByLayer, x: Array, y: Array) -> tuple[ByLayer, ByLayer, ByLayer]:
    """One example after the other, one neuron after the other, all sums written out; e for the error."""
    n, L = x.shape[1], max(w)
    dw, db, errors = _zeros(w), _zeros(b), {layer: np.zeros((len(w[layer]), n)) for layer in w}
    for example in range(n):
        z, a, e = {}, {0: [row[example] for row in x]}, {}
        for layer in range(1, L + 1):
            sums = [sum(wjk * ak for wjk, ak in zip(row, a[layer - 1], strict=True)) for row in w[layer]]
            z[layer] = [total + bias for total, bias in zip(sums, b[layer][:, 0], strict=True)]
            a[layer] = [_sigma(zj) for zj in z[layer]]
        e[L] = [(aj - yj) * _slope(zj) for aj, yj, zj in zip(a[L], y[:, example], z[L], strict=True)]
        for layer in range(L - 1, 0, -1):
            back = [sum(w[layer + 1][i][j] * ei for i, ei in enumerate(e[layer + 1])) for j in range(len(z[layer]))]
            e[layer] = [sent * _slope(zj) for sent, zj in zip(back, z[layer], strict=True)]
        for layer in w:
            for j, ej in enumerate(e[layer]):
                errors[layer][j, example] = ej
                db[layer][j, 0] += ej / n
                for k, ak in enumerate(a[layer - 1]):
                    dw[layer][j, k] += ak * ej / n
    return dw, db, errors


def from_one(w: ByLayer, b: ByLayer, x: Array, y: Array) -> tuple[ByLayer, ByLayer, ByLayer]:
    """The input is layer 1, so the first weights are w[2]; one column at a time, then the mean over n of them."""
    n, L = x.shape[1], max(w)
    found_w, found_b, deltas = [], [], []
    for at in range(n):
        z, a = {}, {1: x[:, [at]]}
        for layer in range(2, L + 1):
            z[layer] = np.dot(w[layer], a[layer - 1]) + b[layer]
            a[layer] = _sigma(z[layer])
        delta = {L: (a[L] - y[:, [at]]) * _slope(z[L])}
        for layer in range(L, 2, -1):
            delta[layer - 1] = np.dot(w[layer].T, delta[layer]) * _slope(z[layer - 1])
        found_w.append({layer: np.outer(delta[layer], a[layer - 1]) for layer in w})
        found_b.append(delta)
        deltas.append(delta)
    return (
        {layer: sum(each[layer] for each in found_w) / n for layer in w},
        {layer: sum(each[layer] for each in found_b) / n for layer in w},
        {layer: np.hstack([each[layer] for each in deltas]) for layer in w},
    )


def summed(w: ByLayer, b: ByLayer, x: Array, y: Array) -> tuple[ByLayer, ByLayer, ByLayer]:
    """A product for every example, stacked in a third dimension and summed over it: no mean."""
    L = max(w)
    a, z = {0: x}, {}
    for layer in range(1, L + 1):
        z[layer] = np.einsum("kj,js->ks", w[layer], a[layer - 1]) + b[layer]
        a[layer] = _sigma(z[layer])
    delta = {L: (a[L] - y) * _slope(z[L])}
    for layer in range(L - 1, 0, -1):
        delta[layer] = np.einsum("mk,ms->ks", w[layer + 1], delta[layer + 1]) * _slope(z[layer])
    tensors = {layer: np.einsum("ks,js->skj", delta[layer], a[layer - 1]) for layer in w}
    return {layer: each.sum(axis=0) for layer, each in tensors.items()}, {
        layer: delta[layer].sum(axis=1, keepdims=True) for layer in w
    }, delta  # fmt: skip


def per_output(w: ByLayer, b: ByLayer, x: Array, y: Array) -> tuple[ByLayer, ByLayer, ByLayer]:
    """J = 1/(2k) Σ (a − y)² over the k outputs of one sample: every δ holds 1/k. The input is layer 1."""
    k, L, samples = len(y), max(w), x.shape[1]
    dw, db, deltas = _zeros(w), _zeros(b), {layer: np.zeros((len(w[layer]), samples)) for layer in w}
    for at in range(samples):
        a, z = {1: x[:, at]}, {}
        for layer in range(2, L + 1):
            z[layer] = w[layer] @ a[layer - 1] + b[layer][:, 0]
            a[layer] = _sigma(z[layer])
        delta = (a[L] - y[:, at]) / k * _slope(z[L])
        for layer in range(L, 1, -1):
            deltas[layer][:, at] = delta
            db[layer][:, 0] += delta / samples
            dw[layer] += delta[:, np.newaxis] * a[layer - 1] / samples
            if layer > 2:
                delta = w[layer].T @ delta * _slope(z[layer - 1])
    return dw, db, deltas


def from_to(w: Sequence[Array], b: Sequence[Array], x: Array, y: Array) -> tuple[list[Array], list[Array], list[Array]]:
    """w[i, j] leads from i to j; layers in order, without numbers; L is a sum over the samples; −(y − a)."""
    before, z, a = [], [], x
    for weights, bias in zip(w, b, strict=True):
        before.append(a)
        z.append(np.einsum("ij,is->js", weights, a) + bias)
        a = _sigma(z[-1])
    delta = [-(y - a) * _slope(z[-1])]
    for weights, z_before in zip(w[:0:-1], z[-2::-1], strict=True):
        delta.insert(0, np.einsum("ij,js->is", weights, delta[0]) * _slope(z_before))
    dw = [np.einsum("is,js->ij", a, d) for a, d in zip(before, delta, strict=True)]
    return dw, [d.sum(axis=1, keepdims=True) for d in delta], delta


def nielsen(
    biases: Sequence[Array], weights: Sequence[Array], mini_batch: Sequence[Pair]
) -> tuple[list[Array], list[Array], list[Array]]:
    """Lists counted from 0, negative indices, biases first; what comes back is the sum over the mini-batch."""
    nabla_b, nabla_w = [np.zeros(b.shape) for b in biases], [np.zeros(w.shape) for w in weights]
    columns: list[list[Array]] = [[] for _ in biases]
    for x, y in mini_batch:
        activation, activations, zs = x, [x], []
        for b, w in zip(biases, weights, strict=True):
            zs.append(np.dot(w, activation) + b)
            activation = _sigma(zs[-1])
            activations.append(activation)
        delta = (activations[-1] - y) * _slope(zs[-1])
        for at in range(1, len(weights) + 1):
            if at > 1:
                delta = np.dot(weights[-at + 1].transpose(), delta) * _slope(zs[-at])
            nabla_b[-at] = nabla_b[-at] + delta
            nabla_w[-at] = nabla_w[-at] + np.dot(delta, activations[-at - 1].transpose())
            columns[-at].append(delta)
    return nabla_b, nabla_w, [np.hstack(each) for each in columns]


def rows(W: ByLayer, b: ByLayer, X: Array, Y: Array) -> tuple[ByLayer, ByLayer, ByLayer]:
    """Rows are examples, W leads from its rows to its columns; the error is divided by the number of examples first."""
    H, scores = {0: X}, {}
    for layer in sorted(W):
        scores[layer] = H[layer - 1].dot(W[layer]) + b[layer]
        H[layer] = _sigma(scores[layer])
    dW, db, kept = {}, {}, {}
    dH = (H[max(W)] - Y) / X.shape[0]
    for layer in sorted(W, reverse=True):
        dscores = dH * _slope(scores[layer])
        dW[layer] = H[layer - 1].T.dot(dscores)
        db[layer] = np.sum(dscores, axis=0, keepdims=True)
        dH, kept[layer] = dscores.dot(W[layer].T), dscores
    return dW, db, kept


def written_out(W: ByLayer, b: ByLayer, x: Array, y: Array, lam: float = 0.0) -> tuple[ByLayer, ByLayer, ByLayer]:
    """Every rate by its full name, J = L + λ-term; one column at a time, and the mean over the minibatch."""
    parts, last = [], max(W)
    for at in range(x.shape[1]):
        z, h = {}, {0: x[:, at]}
        for layer in range(1, last + 1):
            z[layer] = W[layer] @ h[layer - 1] + b[layer]
            h[layer] = _sigma(z[layer])
        dJ_dh, found = h[last] - y[:, at], {}
        for layer in range(last, 0, -1):
            dJ_dz = dJ_dh * _slope(z[layer])
            found[layer] = np.outer(dJ_dz, h[layer - 1]) + lam * W[layer], dJ_dz
            dJ_dh = W[layer].T @ dJ_dz
        parts.append(found)
    dJ_dW = {layer: np.mean([each[layer][0] for each in parts], axis=0) for layer in W}
    dJ_db = {layer: np.mean([each[layer][1] for each in parts], axis=0) for layer in W}
    return dJ_dW, dJ_db, {layer: np.column_stack([each[layer][1] for each in parts]) for layer in W}


def book(W: ByLayer, b: ByLayer, x: Array, y: Array) -> tuple[ByLayer, ByLayer, ByLayer]:
    """a before σ and h after it; one g that is first a rate with respect to h and then, at g ⊙ f′(a), to a."""
    l, examples = max(W), len(x)  # noqa: E741 (the book's letter)
    nabla_W, nabla_b, kept = _zeros(W), _zeros(b), {k: np.zeros((examples, len(W[k]))) for k in W}
    for at in range(examples):
        h, a = {0: x[at]}, {}
        for k in range(1, l + 1):
            a[k] = b[k] + W[k] @ h[k - 1]
            h[k] = _sigma(a[k])
        g = h[l] - y[at]
        for k in range(l, 0, -1):
            g = g * _slope(a[k])
            kept[k][at] = g
            nabla_b[k] += g / examples
            nabla_W[k] += np.multiply.outer(g, h[k - 1]) / examples
            g = W[k].T @ g
    return nabla_W, nabla_b, kept


def linear(
    weight: Sequence[Array], bias: Sequence[Array], x: Array, y: Array
) -> tuple[list[Array], list[Array], list[Array]]:
    """Modules from 0, input @ weight.T + bias, rows are examples; a mean over all m·n_L squares, without ½."""
    inputs, pre, out = [], [], x
    for W, b in zip(weight, bias, strict=True):
        inputs.append(out)
        pre.append(out @ W.T + b)
        out = _sigma(pre[-1])
    grad = 2 * (out - y) / y.size
    weight_grad, bias_grad, z_grad = [], [], []
    for W, each_in, z in zip(reversed(weight), reversed(inputs), reversed(pre), strict=True):
        grad_z = grad * _slope(z)
        weight_grad.insert(0, grad_z.T @ each_in)
        bias_grad.insert(0, grad_z.sum(axis=0))
        z_grad.insert(0, grad_z)
        grad = grad_z @ W
    return weight_grad, bias_grad, z_grad


def theta(Theta: ByLayer, X: Array, Y: Array) -> tuple[ByLayer, ByLayer]:
    """The bias is the weight of an input that is always 1, its column 0; Theta[1] leads on from layer 1, the input."""
    m, L = len(X), max(Theta) + 1
    Delta, kept = _zeros(Theta), {layer: np.zeros((m, len(Theta[layer]))) for layer in Theta}
    for at in range(m):
        a, z = {1: np.append(1.0, X[at])}, {}
        for layer in range(2, L + 1):
            z[layer] = Theta[layer - 1] @ a[layer - 1]
            a[layer] = np.append(1.0, _sigma(z[layer]))
        delta = {L: (a[L][1:] - Y[at]) * _slope(z[L])}
        for layer in range(L - 1, 1, -1):
            delta[layer] = (Theta[layer].T @ delta[layer + 1])[1:] * _slope(z[layer])
        for layer in Theta:
            Delta[layer] += np.outer(delta[layer + 1], a[layer])
            kept[layer][at] = delta[layer + 1]
    return {layer: each / m for layer, each in Delta.items()}, kept


def numerator(w: ByLayer, b: ByLayer, x: Array, y: Array) -> tuple[ByLayer, ByLayer, ByLayer]:
    """A rate is a row: one row an output, one column an input. The chain runs from left to right, no transpose."""
    m, L = x.shape[1], max(w)
    dC_dw, dC_db = {k: np.zeros(w[k].T.shape) for k in w}, {k: np.zeros(b[k].T.shape) for k in b}
    kept = {k: np.zeros((m, len(w[k]))) for k in w}
    for at in range(m):
        a, z = {0: x[:, [at]]}, {}
        for layer in range(1, L + 1):
            z[layer] = w[layer] @ a[layer - 1] + b[layer]
            a[layer] = _sigma(z[layer])
        dC_dz = (a[L] - y[:, [at]]).T @ np.diag(_slope(z[L][:, 0]))
        for layer in range(L, 0, -1):
            kept[layer][at] = dC_dz[0]
            dC_db[layer] += dC_dz / m
            dC_dw[layer] += a[layer - 1] @ dC_dz / m
            if layer > 1:
                dC_dz = dC_dz @ w[layer] @ np.diag(_slope(z[layer - 1][:, 0]))
    return dC_dw, dC_db, kept


def _zeros(arrays: ByLayer) -> ByLayer:
    return {layer: np.zeros_like(each) for layer, each in arrays.items()}

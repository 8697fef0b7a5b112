"""The right functions in parts: a slip is a right function with one part replaced, two slips at once replace two."""

from collections.abc import Callable
from typing import Any

import numpy as np

from backprop_lab.activations import Array, sigmoid
from backprop_lab.network import Layers

Part = Callable[..., Any]


def same(value: Any) -> Any:
    """The part that does nothing."""
    return value


def _product(w: Array, a: Array, _b: Array) -> Array:
    return w @ a


def weighted_input(
    w: Array, b: Array, a_previous: Array, *, take: Part = same, multiply: Part = _product, add: Part = np.add,
    finish: Part = same,
) -> Array:  # fmt: skip
    """zˡ = wˡ aˡ⁻¹ + bˡ."""
    return finish(add(multiply(w, take(a_previous), b), b))


def forward(
    w: Layers, b: Layers, x: Array, *, take: Part = same, multiply: Part = _product, add: Part = np.add,
    bias: Part = lambda b, layer: b[layer], source: Part = lambda z, a, layer: a[layer - 1],
    hidden: Part = sigmoid, output: Part = sigmoid, finish: Part = same, arrange: Part = lambda z, a: (z, a),
) -> tuple[Layers, Layers]:  # fmt: skip
    """z and a of every layer."""
    z, a = {}, {0: take(x)}
    for layer in w:
        z[layer] = add(multiply(w[layer], source(z, a, layer), bias(b, layer)), bias(b, layer))
        a[layer] = (hidden if layer < max(w) else output)(z[layer])
    return arrange(_each(finish, z), _each(finish, a))


def quadratic(
    a: Array, y: Array, *, take: Part = same, difference: Part = np.subtract, square: Part = np.square,
    half: float = 0.5, over_neurons: Part = lambda squares: squares.sum(axis=0),
    over_examples: Part = lambda costs: costs.mean(axis=-1), finish: Part = same,
) -> Array:  # fmt: skip
    """C = mean over the examples of ½‖a − y‖²."""
    return finish(over_examples(half * over_neurons(square(difference(take(a), take(y))))))


def bp1(
    a: Array, y: Array, z: Array, *, take: Part = same, slope: Part = np.subtract, factor: Part = sigmoid.prime,
    join: Part = np.multiply, finish: Part = same,
) -> Array:  # fmt: skip
    """δᴸ = (a − y) ⊙ σ′(z)."""
    return finish(join(slope(take(a), take(y)), factor(take(z))))


def _carried(w_next: Array, delta_next: Array, _factor: Array) -> Array:
    return w_next.T @ delta_next


def bp2(
    w_next: Array, delta_next: Array, z: Array, *, take: Part = same, carry: Part = _carried,
    factor: Part = sigmoid.prime, join: Part = np.multiply, finish: Part = same,
) -> Array:  # fmt: skip
    """δˡ = ((wˡ⁺¹)ᵀ δˡ⁺¹) ⊙ σ′(zˡ)."""
    sigma_prime = factor(take(z))
    return finish(join(carry(w_next, take(delta_next), sigma_prime), sigma_prime))


def mean_over_examples(delta: Array) -> Array:
    """∇_b, the right way to pool."""
    return delta.mean(axis=1, keepdims=True)


def bp3(delta: Array, *, take: Part = same, pool: Part = mean_over_examples, finish: Part = same) -> Array:
    """∇_b = mean over the examples of δ."""
    return finish(pool(take(delta)))


def _per_example(product: Array, delta: Array) -> Array:
    return product / delta.shape[1]


def _outer(delta: Array, a: Array) -> Array:
    return delta @ a.T


def bp4(
    delta: Array, a_previous: Array, *, take: Part = same, left: Part = same, right: Part = same,
    multiply: Part = _outer, divide: Part = _per_example, finish: Part = same,
) -> Array:  # fmt: skip
    """∇_w = δ (aˡ⁻¹)ᵀ / m."""
    delta, a_previous = take(delta), take(a_previous)
    return finish(divide(multiply(left(delta), right(a_previous)), delta))


def backprop(
    w: Layers, b: Layers, x: Array, y: Array, *, take: Part = same, add: Part = np.add, slope: Part = np.subtract,
    factor_output: Part = lambda z, a, layer: sigmoid.prime(z[layer]),
    factor_hidden: Part = lambda z, a, layer: sigmoid.prime(z[layer]),
    rate: float = 0.0, onward: Part = lambda w, layer, delta, a, rate: w[layer + 1],
    carry: Part = lambda w, delta: w.T @ delta,
    activation: Part = lambda z, a, layer: a[layer - 1], divide: Part = _per_example,
    pool: Part = mean_over_examples, finish: Part = same, finish_w: Part = same,
    arrange: Part = lambda nabla_w, nabla_b: (nabla_w, nabla_b),
) -> tuple[Layers, Layers]:  # fmt: skip
    """∇_w and ∇_b of every layer; `rate` is the η of a learner who uses weights that are updated already."""
    z, a = forward(w, b, take(x), add=add)
    last = max(w)
    delta = {last: slope(a[last], take(y)) * factor_output(z, a, last)}
    for layer in range(last - 1, 0, -1):
        w_next = onward(w, layer, delta[layer + 1], a[layer], rate)
        delta[layer] = carry(w_next, delta[layer + 1]) * factor_hidden(z, a, layer)
    nabla_w = {layer: divide(delta[layer] @ activation(z, a, layer).T, delta[layer]) for layer in w}
    nabla_b = {layer: pool(delta[layer]) for layer in w}
    return arrange(_each(finish, _each(finish_w, nabla_w)), _each(finish, nabla_b))


def update(
    w: Layers, b: Layers, nabla_w: Layers, nabla_b: Layers, learning_rate: float, *,
    move: Part = lambda values, nabla, rate: values - rate * nabla, moves: Part = lambda kind, layer, last: True,
    deliver: Part = lambda w, b: (w, b),
) -> tuple[Layers, Layers]:  # fmt: skip
    """w − η ∇_w and b − η ∇_b of every layer."""
    new = {
        kind: {
            layer: move(array, nabla[layer], learning_rate) if moves(kind, layer, max(w)) else array.copy()
            for layer, array in values.items()
        }
        for kind, values, nabla in (("w", w, nabla_w), ("b", b, nabla_b))
    }
    return deliver(new["w"], new["b"])


_OF_UPDATE = ("move", "moves", "deliver")


def training_step(
    w: Layers, b: Layers, x: Array, y: Array, learning_rate: float, *,
    batches: Part = lambda x, y: [(x, y)], **parts: Any,
) -> tuple[Layers, Layers]:  # fmt: skip
    """`backprop`, then `update`, each with those of the parts that are its own."""
    own = {name: part for name, part in parts.items() if name in _OF_UPDATE}
    others = {name: parts[name] for name in parts.keys() - own}
    for batch in batches(x, y):
        w, b = update(w, b, *backprop(w, b, *batch, rate=learning_rate, **others), learning_rate, **own)
    return w, b


def _each(change: Part, arrays: Layers) -> Layers:
    return {layer: change(values) for layer, values in arrays.items()}

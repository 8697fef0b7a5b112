"""The right functions in parts: a slip is a right function with one part replaced, two slips at once replace two."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from backprop_lab.activations import Array, sigmoid
from backprop_lab.parameters import Layers

Part = Callable[..., Any]
Parts = Mapping[str, Any]  # name → what stands in its place
NOTHING: Parts = {}


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
    bias: Part = lambda b, layer: b[layer], weight: Part = lambda w, layer: w[layer],
    source: Part = lambda z, a, layer: a[layer - 1], hidden: Part = sigmoid, output: Part = sigmoid,
    activate: Part = lambda activation, z, b: activation(z),
    finish: Part = same, arrange: Part = lambda z, a: (z, a),
) -> tuple[Layers, Layers]:  # fmt: skip
    """z and a of every layer."""
    z, a = {}, {0: take(x)}
    for layer in w:
        z[layer] = add(multiply(weight(w, layer), source(z, a, layer), bias(b, layer)), bias(b, layer))
        a[layer] = activate(hidden if layer < max(w) else output, z[layer], b[layer])
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
    return delta.sum(axis=1, keepdims=True) / delta.shape[1]


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


def errors(
    w: Layers, b: Layers, x: Array, y: Array, *, take: Part = same, forward: Parts = NOTHING, **parts: Any,
) -> tuple[Layers, ...]:  # fmt: skip
    """`forward`, then `sent_back` with the other parts."""
    return sent_back(w, b, *_forward(w, b, take(x), **forward), take(y), **parts)


def sent_back(
    w: Layers, b: Layers, z: Layers, a: Layers, y: Array, *, bp1: Parts = NOTHING, bp2: Parts = NOTHING,
    at_output: Part = lambda z, layer, b: z[layer], at_hidden: Part = lambda z, layer, b: z[layer], rate: float = 0.0,
    onward: Part = lambda w, layer, delta, a, rate: w[layer + 1],
    sent: Part = lambda delta, error, layer, a: delta[layer],
    down_to: int = 1, skips: Part = lambda layer, last: False,
) -> tuple[Layers, ...]:  # fmt: skip
    """z, a, δ of every layer down to one, the error that reaches each before σ′ is applied, and w.

    `rate` is the η of a learner who uses weights that are updated already.
    """
    last = max(w)
    error = {last: a[last] - y}
    delta = {last: _bp1(a[last], y, at_output(z, last, b), **bp1)}
    for layer in range(last - 1, down_to - 1, -1):
        back = sent(delta, error, layer + 1, a)
        w_next = onward(w, layer, back, a[layer], rate)
        delta[layer] = back if skips(layer, last) else _bp2(w_next, back, at_hidden(z, layer, b), **bp2)
        error[layer] = w_next.T @ back if len(w_next) == len(back) else delta[layer]
    return z, a, delta, error, w


def gradients(
    z: Layers, a: Layers, delta: Layers, error: Layers, w: Layers, *, bp3: Parts = NOTHING, bp4: Parts = NOTHING,
    activation: Part = lambda z, a, layer: a[layer - 1], kept: Part = lambda delta, error, layer: delta[layer],
    divide: Part = lambda gradient, a, layer: gradient, weigh: Part = lambda nabla_w, delta, w: nabla_w,
    bias: Part = lambda nabla_b, nabla_w: nabla_b, finish: Part = same,
    arrange: Part = lambda nabla_w, nabla_b: (nabla_w, nabla_b),
) -> tuple[Layers, Layers]:  # fmt: skip
    """∇_w and ∇_b of every layer."""
    used = {layer: kept(delta, error, layer) for layer in z}
    product = {layer: _bp4(used[layer], activation(z, a, layer), **bp4) for layer in z}
    nabla_w = {layer: weigh(product[layer], used[layer], w[layer]) for layer in z}
    nabla_b = {layer: bias(_bp3(used[layer], **bp3), nabla_w[layer]) for layer in z}
    both = ({layer: divide(nabla[layer], a, layer) for layer in z} for nabla in (nabla_w, nabla_b))
    return handed_back(*both, finish=finish, arrange=arrange)


def handed_back(
    nabla_w: Layers, nabla_b: Layers, *, finish: Part = same,
    arrange: Part = lambda nabla_w, nabla_b: (nabla_w, nabla_b),
) -> tuple[Layers, Layers]:  # fmt: skip
    """Both gradients as they are returned."""
    return arrange(_each(finish, nabla_w), _each(finish, nabla_b))


# The equations by another name where a part is called like them.
_forward, _bp1, _bp2, _bp3, _bp4 = forward, bp1, bp2, bp3, bp4
OF_ERRORS = frozenset(("take", "forward", "bp1", "bp2", "at_output", "at_hidden", "rate", "onward", "sent", "skips"))


def backprop(w: Layers, b: Layers, x: Array, y: Array, **parts: Any) -> tuple[Layers, Layers]:
    """`errors`, then `gradients`, each with those of the parts that are its own."""
    own = {name: part for name, part in parts.items() if name in OF_ERRORS}
    others = {name: parts[name] for name in parts.keys() - own}
    return gradients(*errors(w, b, x, y, **own), **others)


def update(
    w: Layers, b: Layers, nabla_w: Layers, nabla_b: Layers, learning_rate: float, *,
    move: Part = lambda values, nabla, rate: values - rate * nabla, moves: Part = lambda kind, layer, last: True,
    along: Part = lambda kind, values, nabla: nabla, deliver: Part = lambda w, b: (w, b),
    pick: Part = lambda kind, nabla_w, nabla_b: nabla_w if kind == "w" else nabla_b,
) -> tuple[Layers, Layers]:  # fmt: skip
    """w − η ∇_w and b − η ∇_b of every layer."""
    new = {
        kind: {
            layer: move(array, along(kind, array, pick(kind, nabla_w, nabla_b)[layer]), learning_rate)
            if moves(kind, layer, max(w))
            else array.copy()
            for layer, array in values.items()
        }
        for kind, values in (("w", w), ("b", b))
    }
    return deliver(new["w"], new["b"])


OF_UPDATE = frozenset(("move", "moves", "along", "deliver", "pick"))


def training_step(
    w: Layers, b: Layers, x: Array, y: Array, learning_rate: float, *,
    batches: Part = lambda x, y: [(x, y)], rounds: Part | None = None, share: Part = lambda m: 1,
    sums: Part = lambda earlier, nabla: nabla, **parts: Any,
) -> tuple[Layers, Layers]:  # fmt: skip
    """`backprop`, then `update`, each with those of the parts that are its own.

    `sums` makes the gradient of a step of that of the step before, if there is one, and the new one.
    """
    own = {name: part for name, part in parts.items() if name in OF_UPDATE}
    others = {name: parts[name] for name in parts.keys() - own}
    always = own.pop("moves", lambda kind, layer, last: True)
    earlier, learning_rate = ({}, {}), learning_rate * share(x.shape[1])
    for batch in batches(x, y):
        for moves in rounds(w) if rounds else [always]:
            nablas = backprop(w, b, *batch, rate=learning_rate, **others)
            earlier = tuple(_summed(sums, before, nabla) for before, nabla in zip(earlier, nablas, strict=True))
            w, b = update(w, b, *earlier, learning_rate, moves=moves, **own)
    return w, b


def _summed(sums: Part, earlier: Layers, nabla: Layers) -> Layers:
    return {layer: sums(earlier[layer], values) if layer in earlier else values for layer, values in nabla.items()}


def _each(change: Part, arrays: Layers) -> Layers:
    return {layer: change(values) for layer, values in arrays.items()}

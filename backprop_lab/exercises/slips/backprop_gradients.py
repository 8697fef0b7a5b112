"""Slips at the end of the way back that neither BP3 nor BP4 contains: whose numbers, and how they are returned."""

from collections.abc import Callable

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.exercises.claims import everywhere, is_last, layer_of, numbered, numbered_from_the_end, zero
from backprop_lab.exercises.slips.common import down, first, last
from backprop_lab.exercises.slips.slip import Slip
from backprop_lab.parameters import Layers

_BOTH = "backprop training_step"


def _last_alone(layers: Layers) -> Layers:
    return {layer: values * (layer == max(layers)) for layer, values in layers.items()}


def _alone(columns: Array, only: int) -> Array:
    """Zeros, but for one column."""
    some = np.zeros_like(columns)
    some[:, only] = columns[:, only]
    return some


def _zero_at(number_of: Callable[[Layers], int]) -> Callable[[Layers, Layers], tuple[Layers, ...]]:
    """Zeros in one layer of both."""

    def blank(*both: Layers) -> tuple[Layers, ...]:
        return tuple({n: values * (n != number_of(each)) for n, values in each.items()} for each in both)

    return blank


def _without(number_of: str) -> dict:
    def drop(layers: Layers) -> Layers:
        left_out = {"first": min, "last": max}[number_of](layers)
        return {layer: values for layer, values in layers.items() if layer != left_out}

    return {"arrange": lambda nabla_w, nabla_b: (drop(nabla_w), drop(nabla_b))}


def _rows(_nabla_b: Array, nabla_w: Array) -> Array:
    return nabla_w.sum(axis=1, keepdims=True)


GRADIENT = (
    Slip(
        "bias-gradient-zero",
        "backprop",
        "Your ∇_b is zero in every layer.",
        "Which of your lines writes to it?",
        ({"bias": lambda nabla_b, nabla_w: np.zeros((len(nabla_w), 1))},),
        deed="∇_b is zero.",
        holds=zero(lambda name, case: name.startswith("nabla_b")),
    ),
    Slip(
        "weight-gradient-zero",
        "backprop",
        "Your ∇_w is zero in every layer.",
        "Which of your lines writes to it?",
        ({"arrange": lambda nabla_w, nabla_b: ({layer: 0 * values for layer, values in nabla_w.items()}, nabla_b)},),
        deed="∇_w is zero.",
        holds=zero(lambda name, case: name.startswith("nabla_w")),
    ),
    Slip(
        "hidden-gradient-zero",
        "backprop",
        "All your gradients are zero except those of the output layer.",
        "At which layer does your backward pass begin, and at which does it end?",
        ({"arrange": lambda nabla_w, nabla_b: (_last_alone(nabla_w), _last_alone(nabla_b))},),
        deed="The gradients of the hidden layers are zero.",
        holds=zero(lambda name, case: not is_last(name, case)),
    ),
    Slip(
        "output-gradient-zero",
        "backprop",
        "Your gradients of the output layer are zero.",
        "At which layer does your backward pass begin to store what it finds?",
        ({"arrange": _zero_at(max)},),
        deed="The gradients of the output layer are zero.",
        holds=zero(is_last),
    ),
    Slip(
        "first-gradient-zero",
        "backprop",
        "Your gradients of layer 1 are zero.",
        "At which layer does your backward pass end?",
        ({"arrange": _zero_at(min)},),
        deed="The gradients of layer 1 are zero.",
        holds=zero(lambda name, case: layer_of(name) == 1),
    ),
    Slip(
        "one-dict-for-both",
        "backprop",
        "Your ∇_w and ∇_b hold the same numbers.",
        "Do both names in your code stand for the same dict, or is one made from the other?",
        ({"arrange": lambda nabla_w, nabla_b: (nabla_b, nabla_b)},
         {"arrange": lambda nabla_w, nabla_b: (nabla_w, nabla_w)}),
        deed="∇_w and ∇_b hold the same numbers.",
        holds=everywhere(
            lambda answer, right, case: all(
                np.array_equal(answer[f"nabla_w[{n}]"], answer[f"nabla_b[{n}]"]) for n in case.parameters.layers
            )
        ),
    ),
    Slip(
        "examples-averaged-first",
        "backprop training_step",
        "Your gradient is that of a single, averaged example.",
        "Is the gradient at the mean of the examples the mean of their gradients?",
        ({"take": lambda columns: columns.mean(axis=1, keepdims=True)},),
    ),
    Slip(
        "bias-from-weights",
        _BOTH,
        "Your ∇_b is computed from ∇_w.",
        "Is a neuron's b multiplied by the activations of the previous layer?",
        (
            {"bias": _rows},
            {"bias": lambda nabla_b, nabla_w: nabla_w.mean(axis=1, keepdims=True)},
            *({"bias": lambda nabla_b, nabla_w, some=some: some(nabla_w)} for some in (first, last)),
        ),
    ),
    Slip(
        "m-from-wrong-axis",
        _BOTH,
        "Your gradient is divided by a number of neurons or layers instead of the number of examples.",
        "What do the rows of x count, and what do the columns count?",
        (
            {"divide": lambda gradient, a, layer: gradient * a[0].shape[1] / len(a[0])},
            {"divide": lambda gradient, a, layer: gradient * a[0].shape[1] / len(a[max(a)])},
            {"divide": lambda gradient, a, layer: gradient * a[0].shape[1] / len(a[layer - 1])},
            {"divide": lambda gradient, a, layer: gradient * a[0].shape[1] / len(a[layer])},
            {"divide": lambda gradient, a, layer: gradient * a[0].shape[1] / (len(a) - 1)},
        ),
    ),
    Slip(
        "divided-by-layer-size",
        _BOTH,
        "Your gradient is divided by a number of neurons or layers as well as by the number of examples.",
        "Is anything averaged here but the examples?",
        (
            {"divide": lambda gradient, a, layer: gradient / len(a[layer])},
            {"divide": lambda gradient, a, layer: gradient / len(a[layer - 1])},
            {"divide": lambda gradient, a, layer: gradient / len(a[0])},
            {"divide": lambda gradient, a, layer: gradient / (len(a) - 1)},
        ),
    ),
    Slip(
        "layers-from-zero",
        "backprop",
        "The layers of your gradients are numbered one too low.",
        "What is the number of the first layer that has weights?",
        ({"arrange": lambda nabla_w, nabla_b: (down(nabla_w), down(nabla_b))},),
        holds=numbered(lambda name, case: f"{name[:7]}[{layer_of(name) - 1}]"),
        deed="The layers are numbered from 0.",
    ),
    Slip(
        "layers-from-the-end",
        "backprop",
        "The layers of your gradients are numbered from the end.",
        "What is the number of the output layer, and of the first layer with weights?",
        ({"arrange": lambda nabla_w, nabla_b: (_turned_round(nabla_w), _turned_round(nabla_b))},),
        deed="The layers are numbered from the end.",
        holds=numbered_from_the_end(),
    ),
    Slip(
        "this-activation",
        _BOTH,
        "Your ∇_w multiplies δ by the activations of the same layer.",
        "Which layer's activations pass through the weights into layer l?",
        ({"activation": lambda z, a, layer: a[layer]},),
    ),
    Slip(
        "z-instead-of-a",
        _BOTH,
        "Your ∇_w multiplies δ by the weighted inputs of the previous layer.",
        "What does a neuron send along the weight?",
        ({"activation": lambda z, a, layer: z.get(layer - 1, a[0])},),
    ),
    Slip(
        "times-weights",
        "backprop",
        "Your ∇_w has each weight itself as a factor more.",
        "When a weight moves a little, does its own size decide how far z moves?",
        ({"weigh": lambda nabla_w, delta, w: nabla_w * w},),
    ),
    Slip(
        "weights-instead-of-a",
        _BOTH,
        "Your ∇_w multiplies δ by the weights themselves.",
        "When a weight moves a little, what decides how far z moves?",
        ({"weigh": lambda nabla_w, delta, w: delta.mean(axis=1, keepdims=True) * w},
         {"weigh": lambda nabla_w, delta, w: delta.sum(axis=1, keepdims=True) * w}),
    ),
    Slip(
        "input-every-layer",
        _BOTH,
        "Your ∇_w multiplies δ by x in every layer.",
        "Which activations pass through the weights of layer 2?",
        ({"activation": lambda z, a, layer: a[0]},),
    ),
    Slip(
        "output-layer-missing",
        "backprop",
        "The gradients of the output layer are missing.",
        "Which layer does your loop leave out, and does it have weights too?",
        (_without("last"),),
        holds=numbered(lambda name, case: None if is_last(name, case) else name),
        deed="The output layer is left out.",
    ),
    Slip(
        "first-layer-missing",
        "backprop",
        "The gradients of layer 1 are missing.",
        "Which is the first layer that has weights, and does your loop reach it?",
        (_without("first"),),
        holds=numbered(lambda name, case: None if layer_of(name) == 1 else name),
        deed="Layer 1 is left out.",
    ),
    Slip(
        "bias-flat",
        "backprop",
        "Your ∇_b is flat: its second dimension is missing.",
        "Which step dropped it: an index, a sum or a mean over an axis, a squeeze?",
        ({"arrange": lambda nabla_w, nabla_b: (nabla_w, {layer: np.squeeze(b) for layer, b in nabla_b.items()})},),
        deed="∇_b has lost a dimension.",
        holds=everywhere(lambda answer, right, case: all(answer[n].ndim < 2 for n in right if "nabla_b" in n)),
    ),
    Slip(
        "bias-row",
        "backprop",
        "Your ∇_b is a row where a column belongs.",
        "Each neuron has a row of its own: which step turned the column into a row?",
        ({"arrange": lambda nabla_w, nabla_b: (nabla_w, {layer: b.T for layer, b in nabla_b.items()})},),
        deed="∇_b is transposed.",
        holds=everywhere(lambda answer, right, case: all(len(answer[n]) == 1 for n in right if "nabla_b" in n)),
    ),
    Slip(
        "examples-lost",
        _BOTH,
        "Your gradient uses one example only, and divides by m as if it had added them all up.",
        "Is what the other examples contributed still there at the end of your loop?",
        tuple({"kept": lambda delta, error, layer, only=only: _alone(delta[layer], only)} for only in (0, -1)),
    ),
    Slip(
        "swapped-outputs",
        "backprop",
        "You return ∇_w and ∇_b in the wrong order.",
        "In which order does the exercise ask for them?",
        ({"arrange": lambda nabla_w, nabla_b: (nabla_b, nabla_w)},),
    ),
    Slip(
        "last-example-only",
        _BOTH,
        "Your gradient comes from the last example only.",
        "Is what the earlier examples contributed still there at the end of your loop?",
        ({"take": last},),
    ),
)  # fmt: skip


def _turned_round(layers: Layers) -> Layers:
    return dict(zip(layers, reversed(layers.values()), strict=True))

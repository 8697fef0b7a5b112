"""Slips at the end of the way back that neither BP3 nor BP4 contains: whose numbers, and how they are returned."""

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.exercises.claims import everywhere, is_last, layer_of, numbered, numbered_from_the_end, zero
from backprop_lab.exercises.slips.common import down, last
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
        "Which line of yours writes into it?",
        ({"bias": lambda nabla_b, nabla_w: np.zeros((len(nabla_w), 1))},),
        deed="∇_b is zero.",
        holds=zero(lambda name, case: name.startswith("nabla_b")),
    ),
    Slip(
        "weight-gradient-zero",
        "backprop",
        "Your ∇_w is zero in every layer.",
        "Which line of yours writes into it?",
        ({"arrange": lambda nabla_w, nabla_b: ({layer: 0 * values for layer, values in nabla_w.items()}, nabla_b)},),
        deed="∇_w is zero.",
        holds=zero(lambda name, case: name.startswith("nabla_w")),
    ),
    Slip(
        "hidden-gradient-zero",
        "backprop",
        "All gradients are zero but those of the output layer.",
        "At which layer does your way back begin, and where does it end?",
        ({"arrange": lambda nabla_w, nabla_b: (_last_alone(nabla_w), _last_alone(nabla_b))},),
        deed="The gradients of hidden layers are zero.",
        holds=zero(lambda name, case: not is_last(name, case)),
    ),
    Slip(
        "bias-from-weights",
        _BOTH,
        "Your ∇_b is made from the rows of ∇_w.",
        "Does the b of a neuron meet the activations of the layer before?",
        (
            {"bias": _rows},
            {"bias": lambda nabla_b, nabla_w: nabla_w.mean(axis=1, keepdims=True)},
        ),
    ),
    Slip(
        "m-from-wrong-axis",
        _BOTH,
        "Your gradient is divided by a number of neurons or layers where the number of examples belongs.",
        "What do the rows of x count, and what the columns?",
        (
            {"divide": lambda gradient, a, layer: gradient * a[0].shape[1] / len(a[0])},
            {"divide": lambda gradient, a, layer: gradient * a[0].shape[1] / len(a[max(a)])},
            {"divide": lambda gradient, a, layer: gradient * a[0].shape[1] / len(a[layer - 1])},
            {"divide": lambda gradient, a, layer: gradient * a[0].shape[1] / len(a[layer])},
            {"divide": lambda gradient, a, layer: gradient * a[0].shape[1] / (len(a) - 1)},
        ),
    ),
    Slip(
        "layers-from-zero",
        "backprop",
        "Your gradients are there under numbers one too small.",
        "Which number has the first layer that has weights?",
        ({"arrange": lambda nabla_w, nabla_b: (down(nabla_w), down(nabla_b))},),
        holds=numbered(lambda name, case: f"{name[:7]}[{layer_of(name) - 1}]"),
        deed="Layers are counted from 0.",
    ),
    Slip(
        "layers-from-the-end",
        "backprop",
        "Your gradients are there under numbers that count from the end.",
        "Which number has the output layer, and which has the first layer with weights?",
        ({"arrange": lambda nabla_w, nabla_b: (_turned_round(nabla_w), _turned_round(nabla_b))},),
        deed="Layers are counted from the end.",
        holds=numbered_from_the_end(),
    ),
    Slip(
        "this-activation",
        _BOTH,
        "Your ∇_w multiplies δ by the activations of the same layer.",
        "At which end of a weight is the neuron whose a passes through it?",
        ({"activation": lambda z, a, layer: a[layer]},),
    ),
    Slip(
        "z-instead-of-a",
        _BOTH,
        "Your ∇_w multiplies δ by the weighted inputs of the layer before.",
        "What is it that a neuron sends along the weight?",
        ({"activation": lambda z, a, layer: z.get(layer - 1, a[0])},),
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
        "The gradients of the output layer are not there.",
        "Which layer does your loop leave out, and does it have weights too?",
        (_without("last"),),
        holds=numbered(lambda name, case: None if is_last(name, case) else name),
        deed="The output layer is left out.",
    ),
    Slip(
        "first-layer-missing",
        "backprop",
        "The gradients of layer 1 are not there.",
        "Which is the first layer that has weights, and does your loop reach it?",
        (_without("first"),),
        holds=numbered(lambda name, case: None if layer_of(name) == 1 else name),
        deed="Layer 1 is left out.",
    ),
    Slip(
        "bias-flat",
        "backprop",
        "Your ∇_b comes out flat, without its second dimension.",
        "Which step dropped it: an index, a sum, a squeeze?",
        ({"arrange": lambda nabla_w, nabla_b: (nabla_w, {layer: np.squeeze(b) for layer, b in nabla_b.items()})},),
        deed="∇_b has lost a dimension.",
        holds=everywhere(lambda answer, right, case: all(answer[n].ndim < 2 for n in right if "nabla_b" in n)),
    ),
    Slip(
        "bias-row",
        "backprop",
        "Your ∇_b of a layer is a row where a column belongs.",
        "A neuron is a row: which step turned them?",
        ({"arrange": lambda nabla_w, nabla_b: (nabla_w, {layer: b.T for layer, b in nabla_b.items()})},),
        deed="∇_b is transposed.",
        holds=everywhere(lambda answer, right, case: all(len(answer[n]) == 1 for n in right if "nabla_b" in n)),
    ),
    Slip(
        "examples-lost",
        _BOTH,
        "Your gradient takes one example, and divides it by m as if it were the sum of all.",
        "Is what the other examples gave still there at the end of your loop?",
        tuple({"kept": lambda delta, error, layer, only=only: _alone(delta[layer], only)} for only in (0, -1)),
    ),
    Slip(
        "swapped-outputs",
        "backprop",
        "You return ∇_b where ∇_w is asked for, and ∇_w where ∇_b is.",
        "In which order does the exercise want the two?",
        ({"arrange": lambda nabla_w, nabla_b: (nabla_b, nabla_w)},),
    ),
    Slip(
        "last-example-only",
        _BOTH,
        "Your gradient is that of the last example.",
        "Is what the earlier examples gave still there at the end of your loop?",
        ({"take": last},),
    ),
)  # fmt: skip


def _turned_round(layers: Layers) -> Layers:
    return dict(zip(layers, reversed(layers.values()), strict=True))

"""Slips at the end of the way back: the gradients of all layers."""

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.exercises.reference import same
from backprop_lab.exercises.slips.common import down, last, turned
from backprop_lab.exercises.slips.slip import Slip
from backprop_lab.network import Layers

_BOTH = "backprop training_step"


def _undivided(product: Array, _delta: Array) -> Array:
    return product


def _summed(delta: Array) -> Array:
    return delta.sum(axis=1, keepdims=True)


def _last_alone(layers: Layers) -> Layers:
    return {layer: values * (layer == max(layers)) for layer, values in layers.items()}


def _without(number_of: str) -> dict:
    def drop(layers: Layers) -> Layers:
        left_out = {"first": min, "last": max}[number_of](layers)
        return {layer: values for layer, values in layers.items() if layer != left_out}

    return {"arrange": lambda nabla_w, nabla_b: (drop(nabla_w), drop(nabla_b))}


GRADIENT = (
    Slip(
        "sum-not-mean",
        _BOTH,
        "Your gradient is that of the summed cost: it grows with the number of examples.",
        "C is which kind of summary of the costs of the examples?",
        ({"divide": _undivided, "pool": _summed},),
    ),
    Slip(
        "weight-sum-not-mean",
        _BOTH,
        "Your ∇_w is a sum over the examples, while ∇_b is not.",
        "What does the product of δ and a transposed do with the examples, and what is left to do?",
        ({"divide": _undivided},),
    ),
    Slip(
        "bias-sum-not-mean",
        _BOTH,
        "Your ∇_b grows with the number of examples, while ∇_w does not.",
        "What has been done for the weights that has not been done for the biases?",
        ({"pool": _summed},),
    ),
    Slip(
        "divided-twice",
        _BOTH,
        "Your gradient is divided by m twice.",
        "Where does the mean come in: in δ, or in the gradients, or in both?",
        ({"divide": lambda product, delta: product / delta.shape[1] ** 2,
          "pool": lambda delta: delta.mean(axis=1, keepdims=True) / delta.shape[1]},),
    ),
    Slip(
        "weight-divided-twice",
        _BOTH,
        "Your ∇_w is divided by m twice, while ∇_b is not.",
        "Does the δ in the product contain a 1/m already?",
        ({"divide": lambda product, delta: product / delta.shape[1] ** 2},),
    ),
    Slip(
        "bias-divided-twice",
        _BOTH,
        "Your ∇_b is divided by m twice, while ∇_w is not.",
        "A mean divides by m: does the δ that goes into it contain a 1/m already?",
        ({"pool": lambda delta: delta.mean(axis=1, keepdims=True) / delta.shape[1]},),
    ),
    Slip(
        "bias-gradient-zero",
        "backprop",
        "Your ∇_b is zero in every layer.",
        "Which line of yours writes into it?",
        ({"pool": lambda delta: np.zeros((len(delta), 1))},),
    ),
    Slip(
        "hidden-gradient-zero",
        "backprop",
        "All gradients are zero but those of the output layer.",
        "At which layer does your way back begin, and where does it end?",
        ({"arrange": lambda nabla_w, nabla_b: (_last_alone(nabla_w), _last_alone(nabla_b))},),
    ),
    Slip(
        "layers-from-zero",
        "backprop",
        "Your gradients are there under numbers one too small.",
        "Which number has the first layer that has weights?",
        ({"arrange": lambda nabla_w, nabla_b: (down(nabla_w), down(nabla_b))},),
    ),
    Slip(
        "bias-not-summed",
        "backprop",
        "Your ∇_b is δ itself, with a column for each example.",
        "A layer has one b for all the examples: how does one column come out of m?",
        ({"pool": same},),
    ),
    Slip(
        "transposed-gradient",
        "backprop",
        "Your ∇_w is turned on its side.",
        "Row j, column k of ∇_w belongs to the weight into which neuron, from which neuron?",
        ({"finish_w": turned},),
    ),
    Slip(
        "this-activation",
        _BOTH,
        "Your ∇_w multiplies δ by the activations of the same layer.",
        "At which end of a weight does the neuron stand whose a passes through it?",
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
    ),
    Slip(
        "first-layer-missing",
        "backprop",
        "The gradients of layer 1 are not there.",
        "Which is the first layer that has weights, and does your loop reach it?",
        (_without("first"),),
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

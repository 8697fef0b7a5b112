"""Slips on the way back: the δ of the layers."""

from collections.abc import Callable

import numpy as np

from backprop_lab.activations import Array, sigmoid
from backprop_lab.exercises.slips.errors import OTHER_SLOPES
from backprop_lab.exercises.slips.slip import Changes, Slip
from backprop_lab.network import Layers

_BOTH = "backprop training_step"


def _one(z: Layers, _a: Layers, layer: int) -> Array:
    return np.ones_like(z[layer])


def _of_a(_z: Layers, a: Layers, layer: int) -> Array:
    return sigmoid.prime(a[layer])


def _everywhere_or_hidden(factor: Callable[[Array], Array]) -> tuple[Changes, ...]:
    def at(z: Layers, _a: Layers, layer: int) -> Array:
        return factor(z[layer])

    return ({"factor_output": at, "factor_hidden": at}, {"factor_hidden": at}, {"factor_output": at})


DELTA = (
    Slip(
        "forgot-sigma-prime-output",
        _BOTH,
        "The δ of your output layer is a − y, and all that follows from it is off.",
        "Which factor of BP1 says how fast aᴸ follows zᴸ?",
        ({"factor_output": _one},),
    ),
    Slip(
        "forgot-sigma-prime-hidden",
        _BOTH,
        "The δ of your hidden layers has gone back through the weights only.",
        "After the weights, what does the error meet on its way into z of a hidden neuron?",
        ({"factor_hidden": _one},),
    ),
    Slip(
        "forgot-sigma-prime-everywhere",
        _BOTH,
        "Your δ has no σ′ in any layer.",
        "δ is a rate with respect to z: how does the way from a to z enter BP1 and BP2?",
        ({"factor_output": _one, "factor_hidden": _one},),
    ),
    Slip(
        "sigma-prime-of-a-output",
        _BOTH,
        "The δ of your output layer takes σ′ at aᴸ.",
        "At which point of the curve does an output neuron stand?",
        ({"factor_output": _of_a},),
    ),
    Slip(
        "sigma-prime-of-a-hidden",
        _BOTH,
        "The δ of your hidden layers takes σ′ at a.",
        "At which point of the curve does a hidden neuron stand?",
        ({"factor_hidden": _of_a},),
    ),
    Slip(
        "sigma-prime-of-a-everywhere",
        _BOTH,
        "Your δ takes σ′ at the activations, in every layer.",
        "σ turned z into a: which of the two is the point at which its slope is meant?",
        ({"factor_output": _of_a, "factor_hidden": _of_a},),
    ),
    Slip(
        "wrong-layer-sigma-prime",
        _BOTH,
        "Your δ of a layer takes σ′ at another layer's z.",
        "Which number must z carry next to δˡ?",
        (
            {"factor_hidden": lambda z, a, layer: sigmoid.prime(z[layer + 1])},
            {"factor_output": lambda z, a, layer: sigmoid.prime(z[layer - 1])},
            {"factor_hidden": lambda z, a, layer: sigmoid.prime(z[max(layer - 1, 1)])},
        ),
    ),
    Slip(
        "missing-transpose",
        _BOTH,
        "On its way back your δ meets rows of w where columns belong.",
        "The weights out of neuron j: do they stand in a row of wˡ⁺¹ or in a column?",
        ({"carry": lambda w, delta: w @ delta},),
    ),
    Slip(
        "first-path-only",
        _BOTH,
        "The δ of your hidden layers follows one path only.",
        "Through how many neurons of the next layer does a hidden neuron reach the cost?",
        ({"carry": lambda w, delta: w[:1].T @ delta[:1]}, {"carry": lambda w, delta: w[-1:].T @ delta[-1:]}),
    ),
    Slip(
        "used-updated-weights",
        _BOTH,
        "Your hidden δ goes back through weights that have already made their step.",
        "Which w did the forward pass use, and is it still there when δ needs it?",
        ({"onward": lambda w, layer, delta, a, rate: w[layer + 1] - rate * delta @ a.T / a.shape[1]},),
        fitted="backprop",
    ),
    Slip(
        "this-layer-weights",
        _BOTH,
        "The δ of your hidden layers goes back through the weights that lead into its own layer.",
        "Along which weights does a hidden neuron act on what comes after it?",
        (
            {"onward": lambda w, layer, delta, a, rate: w[layer]},
            {"onward": lambda w, layer, delta, a, rate: w[layer].T},
        ),
    ),
    Slip(
        "sigma-not-prime",
        _BOTH,
        "Your δ contains σ(z) as a factor where a slope belongs.",
        "Is it the value of σ that counts here, or how fast it changes?",
        _everywhere_or_hidden(sigmoid),
    ),
    Slip(
        "z-times-one-minus-z",
        _BOTH,
        "Your δ contains z(1 − z), which can even be negative.",
        "In the short form of σ′, of which quantity is that product taken?",
        _everywhere_or_hidden(lambda z: z * (1 - z)),
    ),
    Slip(
        "other-derivative",
        _BOTH,
        "Your δ contains the slope of another activation function.",
        "Which function turned z into a here?",
        tuple(changes for other in OTHER_SLOPES for changes in _everywhere_or_hidden(other)),
    ),
    Slip(
        "cost-not-gradient",
        _BOTH,
        "The δ of your output layer is built with the cost itself.",
        "Is it the cost that BP1 asks for, or how fast it changes with a?",
        ({"slope": lambda a, y: (a - y) ** 2 / 2}, {"slope": lambda a, y: (a - y) ** 2}),
    ),
)

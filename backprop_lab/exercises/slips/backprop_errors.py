"""Slips on the way back that no single equation contains: what is sent, through which weights, to which layer."""

import numpy as np

from backprop_lab.activations import Array, relu, sigmoid, tanh
from backprop_lab.exercises.slips.slip import Slip
from backprop_lab.parameters import Layers

_BOTH = "backprop training_step"


def _gradient(_w: Layers, layer: int, delta: Array, a: Array, _rate: float) -> Array:
    return delta @ a.T / a.shape[1]


def _error_of_last(delta: Layers, error: Layers, layer: int) -> Array:
    return error[layer] if layer == max(delta) else delta[layer]


DELTA = (
    Slip(
        "wrong-layer-sigma-prime",
        _BOTH,
        "Your δ of a layer takes σ′ at another layer's z.",
        "Which number must z carry next to δˡ?",
        (
            {"at_hidden": lambda z, a, layer: z[layer + 1]},
            {"at_output": lambda z, a, layer: z[layer - 1]},
            {"at_hidden": lambda z, a, layer: z[max(layer - 1, 1)]},
            {"at_hidden": lambda z, a, layer: z[max(z)]},
        ),
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
        "same-weights-for-all",
        _BOTH,
        "Your hidden δ goes back through the weights of one and the same layer, whichever layer it is of.",
        "Which number must w carry next to δ of layer l + 1, and does it change with your loop?",
        (
            {"onward": lambda w, layer, delta, a, rate: w[2]},
            {"onward": lambda w, layer, delta, a, rate: w[max(w)]},
        ),
    ),
    Slip(
        "constant-slope",
        "backprop",
        "Your {symbol} multiplies by one number, the same for every neuron and example, where σ′(z) belongs.",
        "At which z is each neuron, and what is it that your σ′ is given?",
        ({"bp1": {"factor": lambda z: np.full_like(z, -132.0)}, "bp2": {"factor": lambda z: np.full_like(z, -110.0)}},),
        fitted="backprop",
    ),
    Slip(
        "gradient-as-weights",
        _BOTH,
        "Your hidden δ goes back through ∇_w of the next layer.",
        "Through which numbers does a hidden neuron act on the next layer?",
        (
            {"onward": _gradient},
            {"onward": lambda w, layer, delta, a, rate: delta @ a.T},
        ),
    ),
    Slip(
        "error-sent-back",
        _BOTH,
        "What your layers send back has not been through their own σ′: that is applied only afterwards.",
        "BP2 sends something of layer l + 1 back through the weights: is it a rate with respect to a or to z?",
        ({"sent": lambda delta, error, layer: error[layer]},),
    ),
    Slip(
        "output-delta-for-all",
        _BOTH,
        "Each of your hidden δ is made from δᴸ.",
        "Which layer's δ reaches a hidden neuron first, and has your loop stored it?",
        ({"sent": lambda delta, error, layer: delta[max(delta)]},),
    ),
    Slip(
        "wrong-layer-delta",
        _BOTH,
        "Your gradients of a layer are made of another layer's δ.",
        "Into which layer do the weights lead whose gradient you want?",
        (
            {"kept": lambda delta, error, layer: delta[min(layer + 1, max(delta))]},
            {"kept": lambda delta, error, layer: delta[max(layer - 1, 1)]},
            {"kept": lambda delta, error, layer: delta[max(delta)]},
        ),
    ),
    Slip(
        "output-gradient-without-sigma-prime",
        _BOTH,
        "Your gradients of the output layer are made of a − y, while your hidden δ is made of more than that.",
        "Which quantity of the output layer do BP3 and BP4 ask for?",
        ({"kept": _error_of_last},),
    ),
    Slip(
        "gradients-of-the-error",
        _BOTH,
        "Your gradients are made of an error that has not been through σ′ of its own layer.",
        "Which quantity of a layer do BP3 and BP4 ask for?",
        (
            {"kept": lambda delta, error, layer: error[layer]},
            {"kept": lambda delta, error, layer: delta[layer] if layer == max(delta) else error[layer]},
        ),
    ),
    Slip(
        "other-activation",
        _BOTH,
        "Your layers use another activation function than the sigmoid, and its slope.",
        "Which function does the exercise give to its neurons?",
        tuple(
            {"forward": {"hidden": hidden, "output": output}, "bp1": {"factor": output.prime},
             "bp2": {"factor": hidden.prime}}
            for hidden, output in ((tanh, tanh), (relu, relu), (tanh, sigmoid), (relu, sigmoid))
        ),
    ),
    Slip(
        "linear-output",
        _BOTH,
        "Your output layer passes its z on as it is.",
        "Is the last layer a layer like the others?",
        ({"forward": {"output": np.positive}, "bp1": {"factor": np.ones_like}},),
    ),
)  # fmt: skip

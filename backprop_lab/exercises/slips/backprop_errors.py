"""Slips on the way back that no single equation contains: what is sent, through which weights, to which layer."""

import numpy as np

from backprop_lab.activations import Activation, Array, relu, sigmoid, tanh
from backprop_lab.exercises.claims import is_last, numbered
from backprop_lab.exercises.slips.common import without_last
from backprop_lab.exercises.slips.slip import Changes, Slip
from backprop_lab.parameters import Layers

_BOTH = "backprop training_step"


def _gradient(_w: Layers, layer: int, delta: Array, a: Array, _rate: float) -> Array:
    return delta @ a.T / a.shape[1]


def _error_of_last(delta: Layers, error: Layers, layer: int) -> Array:
    return error[layer] if layer == max(delta) else delta[layer]


def _where_it_fits(other: Array, own: Array) -> Array:
    return other if other.shape == own.shape else own


def _slope_of_sigmoid(activation: Activation) -> Changes:
    """The factor a (1 − a), of an a that another function gives."""
    return {"factor": lambda z: activation(z) * (1 - activation(z))}


DELTA = (
    Slip(
        "starts-one-layer-early",
        "backprop",
        "Your backward loop begins at layer L − 1 with δᴸ in hand, so each δ is used one layer too early.",
        "Which layer's gradient does δᴸ give, and at which layer does your loop begin?",
        ({"skips": lambda layer, last: layer == last - 1, "arrange": without_last},),
        holds=numbered(lambda name, case: None if is_last(name, case) else name),
        deed="δᴸ is used for layer L − 1.",
    ),
    Slip(
        "wrong-layer-sigma-prime",
        _BOTH,
        "Your δ evaluates σ′ at the z of another layer.",
        "Which layer's z belongs with δˡ?",
        (
            {"at_hidden": lambda z, layer, b: z[layer + 1]},
            {"at_output": lambda z, layer, b: z[layer - 1]},
            {"at_hidden": lambda z, layer, b: z[max(layer - 1, 1)]},
            {"at_hidden": lambda z, layer, b: z[max(z)]},
            {"at_hidden": lambda z, layer, b: _where_it_fits(z[layer + 1], z[layer])},
            {"at_hidden": lambda z, layer, b: _where_it_fits(z[1], z[layer])},
        ),
    ),
    Slip(
        "bias-missing-from-slope",
        _BOTH,
        "Your δ evaluates σ′ at a z that has no bias in it.",
        "Which z went into σ on the way forward?",
        (
            {"at_hidden": lambda z, layer, b: z[layer] - b[layer]},
            {"at_output": lambda z, layer, b: z[layer] - b[layer]},
        ),
    ),
    Slip(
        "used-updated-weights",
        _BOTH,
        "Your hidden δ is sent back through weights that have already been updated.",
        "Which w did the forward pass use, and is it still there when δ needs it?",
        ({"onward": lambda w, layer, delta, a, rate: w[layer + 1] - rate * delta @ a.T / a.shape[1]},),
        fitted="backprop",
    ),
    Slip(
        "this-layer-weights",
        _BOTH,
        "Your hidden δ is sent back through the weights that lead into its own layer.",
        "Which weights lead from a hidden neuron to what comes after it?",
        (
            {"onward": lambda w, layer, delta, a, rate: w[layer]},
            {"onward": lambda w, layer, delta, a, rate: w[layer].T},
        ),
    ),
    Slip(
        "same-weights-for-all",
        _BOTH,
        "Your hidden δ is sent back through the weights of the same layer every time.",
        "Which layer's w belongs with δ of layer l + 1, and does that number change in your loop?",
        (
            {"onward": lambda w, layer, delta, a, rate: w[2]},
            {"onward": lambda w, layer, delta, a, rate: w[max(w)]},
        ),
    ),
    Slip(
        "constant-slope",
        "backprop",
        "Your {symbol} multiplies by the same number for every neuron and example, where σ′(z) belongs.",
        "Which z does each neuron have, and what do you pass to your σ′?",
        ({"bp1": {"factor": lambda z: np.full_like(z, -132.0)}, "bp2": {"factor": lambda z: np.full_like(z, -110.0)}},),
        fitted="backprop",
    ),
    Slip(
        "gradient-as-weights",
        _BOTH,
        "Your hidden δ is sent back through ∇_w of the next layer.",
        "Through which numbers does a hidden neuron act on the next layer?",
        (
            {"onward": _gradient},
            {"onward": lambda w, layer, delta, a, rate: delta @ a.T},
        ),
    ),
    Slip(
        "error-sent-back",
        _BOTH,
        "What your layers send back has not been multiplied by their own σ′, which comes in only afterwards.",
        "BP2 sends something of layer l + 1 back through the weights: is it a rate with respect to a or to z?",
        ({"sent": lambda delta, error, layer, a: error[layer]},),
    ),
    Slip(
        "activations-sent-back",
        _BOTH,
        "What your layers send back are their activations, not their δ.",
        "BP2 asks how much C changes with z of the next layer: which of its quantities says that?",
        ({"sent": lambda delta, error, layer, a: a[layer]},),
    ),
    Slip(
        "output-delta-for-all",
        _BOTH,
        "Each hidden δ is computed straight from δᴸ.",
        "On the way back, which layer's δ does a hidden layer need, and has your loop stored it?",
        ({"sent": lambda delta, error, layer, a: delta[max(delta)]},),
    ),
    Slip(
        "wrong-layer-delta",
        _BOTH,
        "Your gradients use the δ of another layer.",
        "Which layer do the weights lead into whose gradient you want?",
        (
            {"kept": lambda delta, error, layer: delta[min(layer + 1, max(delta))]},
            {"kept": lambda delta, error, layer: delta[max(layer - 1, 1)]},
            {"kept": lambda delta, error, layer: delta[max(delta)]},
            {"kept": lambda delta, error, layer: delta[max(delta) + 1 - layer]},
        ),
    ),
    Slip(
        "output-gradient-without-sigma-prime",
        _BOTH,
        "Your gradients of the output layer use only a − y, but what you send back from it is more than that.",
        "Which quantity of the output layer do BP3 and BP4 ask for?",
        ({"kept": _error_of_last},),
    ),
    Slip(
        "gradients-of-the-error",
        _BOTH,
        "Your gradients use an error that has not been multiplied by σ′ of its own layer.",
        "Which quantity of a layer do BP3 and BP4 ask for?",
        (
            {"kept": lambda delta, error, layer: error[layer]},
            {"kept": lambda delta, error, layer: delta[layer] if layer == max(delta) else error[layer]},
        ),
    ),
    Slip(
        "other-activation",
        _BOTH,
        "Your layers, the hidden ones at least, use an activation function other than the sigmoid, and its slope.",
        "Which activation function does the exercise ask for?",
        tuple(
            {"forward": {"hidden": hidden, "output": output}, "bp1": {"factor": output.prime},
             "bp2": {"factor": hidden.prime}}
            for hidden, output in ((tanh, tanh), (relu, relu), (tanh, sigmoid), (relu, sigmoid))
        ),
    ),
    Slip(
        "slope-of-another-activation",
        "backprop",
        "Your layers, the hidden ones at least, use an activation function other than the sigmoid, and for its slope"
        " that of the sigmoid.",
        "Which activation function does the exercise ask for, and whose slope do you use?",
        tuple(
            {"forward": {"hidden": hidden, "output": output}, "bp1": _slope_of_sigmoid(output),
             "bp2": _slope_of_sigmoid(hidden)}
            for hidden, output in ((tanh, tanh), (relu, relu), (tanh, sigmoid), (relu, sigmoid))
        ),
    ),
    Slip(
        "linear-output",
        _BOTH,
        "Your output layer passes on z unchanged.",
        "Is the last layer a layer like the others?",
        ({"forward": {"output": np.positive}, "bp1": {"factor": np.ones_like}},),
    ),
)  # fmt: skip

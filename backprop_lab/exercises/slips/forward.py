"""Slips on the way forward: weighted input and forward pass."""

from collections.abc import Callable

import numpy as np

from backprop_lab.activations import relu, sigmoid, softmax, tanh
from backprop_lab.cases import Case
from backprop_lab.exercises.claims import everywhere, is_last, layer_of, numbered
from backprop_lab.exercises.parsing import Answer
from backprop_lab.exercises.reference import same
from backprop_lab.exercises.slips.common import down
from backprop_lab.exercises.slips.slip import Slip

_OTHERS = (tanh, relu, lambda z: sigmoid(-z))


def _passes_on(layers: Callable[[int, int], bool]) -> Callable[[Answer, Answer, Case], bool]:
    """In which layers, by their number and the last, a is z itself."""
    return lambda answer, right, case: all(
        layers(n, case.parameters.layers[-1]) == np.array_equal(answer[f"a[{n}]"], answer[f"z[{n}]"])
        for n in case.parameters.layers
    )


def _z_one_too_low(answer: Answer, right: Answer, _case: Case) -> bool:
    names = {name for name in right if name[0] == "z"}
    return {name for name in answer if name[0] == "z"} == {f"z[{layer_of(name) - 1}]" for name in names}


_WEIGHTED = (
    Slip(
        "missing-bias",
        "weighted_input forward",
        "Your z is the weighted sum of the activations and nothing more.",
        "Which number does each neuron of the layer have that has not been used?",
        ({"add": lambda product, b: product},),
        deed="b does not enter z.",
    ),
    Slip(
        "bias-subtracted",
        "weighted_input forward",
        "Your b enters z with the wrong sign.",
        "Should a larger bias make the weighted input larger or smaller?",
        ({"add": np.subtract},),
    ),
    Slip(
        "bias-multiplied",
        "weighted_input forward",
        "Your b multiplies the weighted sum.",
        "How does b enter z in the equation?",
        ({"add": np.multiply},),
    ),
    Slip(
        "bias-on-its-side",
        "weighted_input forward",
        "Your b is laid along the examples, where they are as many as the neurons.",
        "Does b have an entry for each neuron or for each example?",
        ({"add": lambda product, b: product + b.T},),
    ),
    Slip(
        "bias-inside",
        "weighted_input",
        "Your b is added to every weight, so that it is multiplied by the activations.",
        "Does the bias of a neuron depend on what comes in?",
        ({"multiply": lambda w, a, b: (w + b) @ a, "add": lambda product, b: product},),
    ),
    Slip(
        "one-bias-for-all",
        "weighted_input forward",
        "Your z adds one and the same number in every neuron of a layer.",
        "How many biases does a layer have, and which of them is neuron j's?",
        (
            {"add": lambda product, b: product + b[:1]},
            {"add": lambda product, b: product + b[-1:]},
            {"add": lambda product, b: product + b.sum()},
            {"add": lambda product, b: product + b.mean()},
        ),
    ),
    Slip(
        "missing-transpose",
        "weighted_input forward",
        "Your z uses the columns of w where the rows belong: as if w were turned on its side.",
        "Row j of w holds the weights into which neuron?",
        ({"multiply": lambda w, a, b: w.T @ a},),
    ),
    Slip(
        "reshaped-not-transposed",
        "weighted_input forward",
        "Your z reads the numbers of w in another order: where a row ends, another one begins.",
        "How many weights lie in one row of w, and how is a row found in a flat list?",
        ({"multiply": lambda w, a, b: w.reshape(w.shape[::-1]).T @ a},),
    ),
    Slip(
        "elementwise-not-matrix",
        "weighted_input forward",
        "Your w and a are multiplied entry by entry.",
        "How many products go into one z, and what happens to them then?",
        ({"multiply": lambda w, a, b: w * a}, {"multiply": lambda w, a, b: w * a.T}),
    ),
    Slip(
        "bias-in-the-sum",
        "weighted_input forward",
        "Your z contains b once for each neuron of the layer before.",
        "Does b belong inside the sum over k, or after it?",
        ({"multiply": lambda w, a, b: w @ a + (w.shape[1] - 1) * b},),
    ),
    Slip(
        "one-input-only",
        "weighted_input forward",
        "Your z listens to a single neuron of the layer before.",
        "How many products go into one z, and does your loop add them up or write over them?",
        ({"multiply": lambda w, a, b: w[:, :1] @ a[:1]}, {"multiply": lambda w, a, b: w[:, -1:] @ a[-1:]}),
    ),
    Slip(
        "one-input-missing",
        "weighted_input forward",
        "Your z leaves out one neuron of the layer before.",
        "At which numbers does the sum over k begin and end?",
        ({"multiply": lambda w, a, b: w[:, 1:] @ a[1:]}, {"multiply": lambda w, a, b: w[:, :-1] @ a[:-1]}),
    ),
    Slip(
        "input-activated",
        "weighted_input forward",
        "Your z applies σ to what comes in, before the weights do.",
        "What comes in: has it been through σ already, or is it x, which needs none?",
        ({"take": sigmoid},),
    ),
    Slip(
        "swapped-factors",
        "weighted_input",
        "Your product has a in front of w.",
        "Which index do w and a share, and on which side of w is it?",
        ({"multiply": lambda w, a, b: a @ w},),
    ),
    Slip(
        "activated",
        "weighted_input",
        "Your z has been through σ already, which is one step too far.",
        "Which of the two does the next step still need: the weighted input or the activation?",
        ({"finish": sigmoid},),
    ),
)

_PASS = (
    Slip(
        "previous-bias",
        "forward",
        "Your z of a layer uses the bias of the layer before it.",
        "Which superscript does b carry in the equation for z?",
        ({"bias": lambda b, layer: b[max(layer - 1, 1)]},),
    ),
    Slip(
        "previous-weights",
        "forward",
        "Your z of a layer uses the weights of another layer.",
        "Which superscript does w carry in the equation for z, and what is the loop's number where you use it?",
        ({"weight": lambda w, layer: w[layer - (layer == max(w))]},
         {"weight": lambda w, layer: w[max(layer - 1, 1)]},
         {"weight": lambda w, layer: w[min(layer + 1, max(w))]}),
    ),
    Slip(
        "bias-after-activation",
        "forward",
        "Your b is added after σ, to a, where it should be added before, to z.",
        "What goes into σ in the equation for a: the weighted sum alone, or with b?",
        ({"add": lambda product, b: product, "activate": lambda activation, z, b: activation(z) + b},
         {"activate": lambda activation, z, b: activation(z - b) + b}),
    ),
    Slip(
        "bias-inside-sigma-only",
        "forward",
        "Your z leaves out b, which comes in only inside σ.",
        "What does z stand for: what goes into σ, or a part of it?",
        ({"add": lambda product, b: product, "activate": lambda activation, z, b: activation(z + b)},),
    ),
    Slip(
        "no-activation",
        "forward",
        "Your a is z itself, in every layer.",
        "What does a neuron do with its weighted input before it passes it on?",
        ({"hidden": same, "output": same},),
        holds=everywhere(_passes_on(lambda layer, last: True)),
        deed="σ is applied in no layer.",
    ),
    Slip(
        "linear-output",
        "forward",
        "Your a of the output layer is its z.",
        "Is the last layer a layer like the others?",
        ({"output": same},),
        holds=everywhere(_passes_on(lambda layer, last: layer == last)),
        deed="σ is not applied in the output layer.",
    ),
    Slip(
        "linear-hidden",
        "forward",
        "Your a of the hidden layers is their z; only the output layer is activated.",
        "Which layers does σ belong to?",
        ({"hidden": same},),
        holds=everywhere(_passes_on(lambda layer, last: layer < last)),
        deed="σ is not applied in the hidden layers.",
    ),
    Slip(
        "activated-twice",
        "forward",
        "Your a has been through σ twice.",
        "How many times is σ applied between z and a?",
        ({"hidden": lambda z: sigmoid(sigmoid(z)), "output": lambda z: sigmoid(sigmoid(z))},),
    ),
    Slip(
        "z-instead-of-a",
        "forward",
        "Your layers pass on z where a belongs.",
        "What does a neuron send to the next layer?",
        ({"source": lambda z, a, layer: z.get(layer - 1, a[0])},),
    ),
    Slip(
        "input-every-layer",
        "forward",
        "Each of your layers reads x.",
        "Where does layer 2 get its input from?",
        ({"source": lambda z, a, layer: a[0]},),
    ),
    Slip(
        "swapped-outputs",
        "forward",
        "You return a where z is asked for, and z where a is.",
        "In which order does the exercise want the two?",
        ({"arrange": lambda z, a: (a, z)},),
    ),
    Slip(
        "input-layer-missing",
        "forward",
        "Your a starts at layer 1.",
        "What is the activation of layer 0?",
        ({"arrange": lambda z, a: (z, _without(a, 0))},),
        holds=numbered(lambda name, case: None if name == "a[0]" else name),
        deed="Layer 0 is left out of a.",
    ),
    Slip(
        "z-of-input",
        "forward",
        "Your z has an entry for layer 0.",
        "Which weights and biases would lead into layer 0?",
        ({"arrange": lambda z, a: ({0: a[0], **z}, a)},),
        holds=everywhere(lambda answer, right, case: answer.keys() == right.keys() | {"z[0]"}),
        deed="Layer 0 is put into z.",
    ),
    Slip(
        "layers-from-zero",
        "forward",
        "Your z has its arrays under numbers one too small.",
        "Which layer has no weighted input, and which number does that leave for the first z?",
        (
            {"arrange": lambda z, a: (down(z), a)},
            {"arrange": lambda z, a: (down(z), down(_without(a, 0)))},
            {"arrange": lambda z, a: (down(z), down(a))},
        ),
        deed="The layers of z are counted from 0.",
        holds=everywhere(_z_one_too_low),
    ),
    Slip(
        "stops-early",
        "forward",
        "Your forward pass ends one layer before the output.",
        "What is the number of the last layer, and does your loop reach it?",
        ({"arrange": lambda z, a: (_without(z, max(z)), _without(a, max(a)))},),
        holds=numbered(lambda name, case: None if is_last(name, case) else name),
        deed="The output layer is left out.",
    ),
    Slip(
        "z-overwritten",
        "forward",
        "Your z holds the same numbers as your a.",
        "Is z still there after σ has been applied, or was it written over?",
        ({"arrange": lambda z, a: ({layer: a[layer] for layer in z}, a)},),
        deed="z is written over with a.",
        holds=everywhere(_passes_on(lambda layer, last: True)),
    ),
    Slip(
        "other-activation",
        "forward",
        "Your a comes from another activation function than the sigmoid.",
        "At z = 2, what does the sigmoid give, and what does yours?",
        (
            *({"hidden": other, "output": other} for other in _OTHERS),
            *({"hidden": other} for other in _OTHERS),
            {"output": softmax},
        ),
    ),
)  # fmt: skip


FORWARD = (*_WEIGHTED, *_PASS)


def _without(layers: dict, number: int) -> dict:
    return {layer: values for layer, values in layers.items() if layer != number}

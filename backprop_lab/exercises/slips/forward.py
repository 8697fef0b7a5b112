"""Slips on the way forward: weighted input and forward pass."""

from collections.abc import Callable

import numpy as np

from backprop_lab.activations import relu, sigmoid, softmax, tanh
from backprop_lab.cases import Case
from backprop_lab.exercises.claims import everywhere, is_last, layer_of, numbered
from backprop_lab.exercises.parsing import Answer
from backprop_lab.exercises.reference import same
from backprop_lab.exercises.slips.common import RUNNING, down
from backprop_lab.exercises.slips.slip import Slip

_OTHERS = (tanh, relu, lambda z: 1 + np.exp(-z))  # the last: 1 / 1 + e⁻ᶻ, without brackets


def _twice(z: np.ndarray) -> np.ndarray:
    return sigmoid(sigmoid(z))


def _fallen(z: np.ndarray) -> np.ndarray:
    return sigmoid(-z)


def _along_examples(z: np.ndarray) -> np.ndarray:
    return softmax(z.T).T


def _over_everything(z: np.ndarray) -> np.ndarray:
    return np.exp(z) / np.exp(z).sum()


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
        "bias-twice",
        "weighted_input forward",
        "Your z adds b twice.",
        "Where is b added for the first time, and where again?",
        ({"add": lambda product, b: product + 2 * b},),
    ),
    Slip(
        "bias-before-weights",
        "weighted_input forward",
        "Your b is added to the inputs, before they are weighted.",
        "Which layer's neurons does b belong to: those that send, or those that receive?",
        ({"multiply": lambda w, a, b: w @ (a + b), "add": lambda product, b: product},),
    ),
    Slip(
        "column-as-bias",
        "weighted_input forward",
        "Your z takes a column of w for the bias.",
        "Which of the arguments holds the biases, and what does a column of w hold?",
        (
            {"multiply": lambda w, a, b: w[:, 1:] @ a[1:] + w[:, :1], "add": lambda product, b: product},
            {"multiply": lambda w, a, b: w[:, 1:] @ a[:-1] + w[:, :1], "add": lambda product, b: product},
            {"multiply": lambda w, a, b: w[:, :-1] @ a[:-1] + w[:, -1:], "add": lambda product, b: product},
        ),
    ),
    Slip(
        "mean-over-inputs",
        "weighted_input forward",
        "Your z averages the products where it should add them up.",
        "If two inputs both push a neuron up, do their pushes add up, or is their mean taken?",
        ({"multiply": lambda w, a, b: w @ a / w.shape[1]},),
    ),
    Slip(
        "starts-at-one",
        "weighted_input forward",
        "Your z has an extra 1 added to it.",
        "Which number should a sum start from, so that it changes nothing?",
        ({"multiply": lambda w, a, b: w @ a + 1},),
    ),
    Slip(
        "missing-bias",
        "weighted_input forward",
        "Your z is only the weighted sum of the activations.",
        "Which number does each neuron have that you have not used?",
        ({"add": lambda product, b: product},),
        deed="b is not added to z.",
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
        "Your b is laid out along the examples instead of the neurons.",
        "Does b have an entry for each neuron or for each example?",
        ({"add": lambda product, b: product + b.T},),
    ),
    Slip(
        "bias-of-another-neuron",
        "weighted_input forward",
        "Your z has the right biases in the wrong places: a neuron adds that of another one.",
        "Which entry of b belongs to neuron j?",
        tuple(
            {"add": lambda product, b, moved=moved: product + moved(b)}
            for moved in (lambda b: np.roll(b, 1, axis=0), lambda b: np.roll(b, -1, axis=0), lambda b: b[::-1])
        ),
    ),
    Slip(
        "bias-inside",
        "weighted_input",
        "Your b is added to every weight, so it gets multiplied by the activations.",
        "Should the effect of a neuron's bias depend on what comes in?",
        ({"multiply": lambda w, a, b: (w + b) @ a, "add": lambda product, b: product},),
    ),
    Slip(
        "one-bias-for-all",
        "weighted_input forward",
        "Your z adds the same number in every neuron of a layer.",
        "How many biases does a layer have, and which one is neuron j's?",
        (
            {"add": lambda product, b: product + b[:1]},
            {"add": lambda product, b: product + b[-1:]},
            {"add": lambda product, b: product + b.sum()},
            {"add": lambda product, b: product + b.mean()},
        ),
    ),
    Slip(
        "biases-repeated",
        "weighted_input forward",
        "Your z repeats the biases in the wrong order, so that a row of it gets several of them.",
        "Which of b's entries belongs to row j of z, and how often does it come there?",
        ({"add": lambda product, b: product + np.resize(b, product.shape)},),
    ),
    Slip(
        "missing-transpose",
        "weighted_input forward",
        "Your z uses the columns of w where it should use the rows, as if w were transposed.",
        "Row j of w holds the weights into which neuron?",
        ({"multiply": lambda w, a, b: w.T @ a},),
    ),
    Slip(
        "reshaped-not-transposed",
        "weighted_input forward",
        "Your z reads the numbers of w in the wrong order: its rows are cut in the wrong places.",
        "How many weights are in one row of w, and where does a row begin in a flat list?",
        ({"multiply": lambda w, a, b: w.reshape(w.shape[::-1]).T @ a},),
    ),
    Slip(
        "inputs-reshaped",
        "weighted_input forward",
        "Your z reads the numbers of a in the wrong order: its columns are cut in the wrong places.",
        "Which numbers of a belong to one example, and does reshape keep them together?",
        ({"multiply": lambda w, a, b: w @ a.reshape(a.shape[::-1]).T},),
    ),
    Slip(
        "sums-multiplied",
        "weighted_input forward",
        "Your z adds up the weights and the activations separately, then multiplies the sums.",
        "Which activation belongs to which weight?",
        ({"multiply": lambda w, a, b: w.sum(axis=1, keepdims=True) * a.sum(axis=0)},),
    ),
    Slip(
        "elementwise-not-matrix",
        "weighted_input forward",
        "Your z multiplies w and a entry by entry.",
        "How many products go into one z, and what happens to them next?",
        ({"multiply": lambda w, a, b: w * a}, {"multiply": lambda w, a, b: w * a.T}),
    ),
    Slip(
        "bias-in-the-sum",
        "weighted_input forward",
        "Your z adds b once for each neuron of the previous layer.",
        "Does b belong inside the sum over k, or after it?",
        ({"multiply": lambda w, a, b: w @ a + (w.shape[1] - 1) * b},),
    ),
    Slip(
        "running-sum",
        "weighted_input forward",
        "In your z, each sum has those before it added.",
        "Where does your sum start from 0 again?",
        (
            *({"multiply": lambda w, a, b, run=run: run(w @ a)} for run in RUNNING),
            *({"add": lambda product, b, run=run: run(product + b)} for run in RUNNING),
        ),
    ),
    Slip(
        "one-input-only",
        "weighted_input forward",
        "Your z depends on only one neuron of the previous layer.",
        "How many products go into one z, and does your loop add them up or overwrite them?",
        ({"multiply": lambda w, a, b: w[:, :1] @ a[:1]}, {"multiply": lambda w, a, b: w[:, -1:] @ a[-1:]}),
    ),
    Slip(
        "one-input-missing",
        "weighted_input forward",
        "Your z leaves out one neuron of the previous layer.",
        "Where should the sum over k begin and end?",
        ({"multiply": lambda w, a, b: w[:, 1:] @ a[1:]}, {"multiply": lambda w, a, b: w[:, :-1] @ a[:-1]}),
    ),
    Slip(
        "input-activated",
        "weighted_input forward",
        "Your z applies σ to its inputs before they are weighted.",
        "Has the input been through σ already, or is it x, which needs none?",
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
        "Your z has already been through an activation function, which is one step too far.",
        "Which does the next step still need, the weighted input or the activation?",
        ({"finish": sigmoid}, {"finish": tanh}, {"finish": relu}),
    ),
)

_PASS = (
    Slip(
        "previous-bias",
        "forward",
        "Your z uses the bias of another layer.",
        "Which superscript does b have in the equation for z?",
        ({"bias": lambda b, layer: b[max(layer - 1, 1)]}, {"bias": lambda b, layer: b[1]},
         {"bias": lambda b, layer: b[max(b)]}, {"bias": lambda b, layer: b[min(layer + 1, max(b))]}),
    ),
    Slip(
        "previous-weights",
        "forward",
        "Your z uses the weights of another layer.",
        "Which superscript does w have in the equation for z, and which layer is your loop at there?",
        ({"weight": lambda w, layer: w[layer - (layer == max(w))]},
         {"weight": lambda w, layer: w[max(layer - 1, 1)]},
         {"weight": lambda w, layer: w[min(layer + 1, max(w))]}),
    ),
    Slip(
        "bias-after-activation",
        "forward",
        "Your b is added to a, after σ, instead of to z, before σ.",
        "What goes into σ in the equation for a: the weighted sum alone, or with b added?",
        ({"add": lambda product, b: product, "activate": lambda activation, z, b: activation(z) + b},
         {"activate": lambda activation, z, b: activation(z - b) + b}),
    ),
    Slip(
        "bias-inside-sigma-only",
        "forward",
        "Your z leaves out b, which is added only inside σ.",
        "Is z everything that goes into σ, or only part of it?",
        ({"add": lambda product, b: product, "activate": lambda activation, z, b: activation(z + b)},),
    ),
    Slip(
        "no-activation",
        "forward",
        "Your a is z itself in every layer.",
        "What does a neuron do with its weighted input before passing it on?",
        ({"hidden": same, "output": same},),
        holds=everywhere(_passes_on(lambda layer, last: True)),
        deed="σ is not applied in any layer.",
    ),
    Slip(
        "linear-output",
        "forward",
        "In the output layer your a is z itself.",
        "Is the last layer a layer like the others?",
        ({"output": same},),
        holds=everywhere(_passes_on(lambda layer, last: layer == last)),
        deed="σ is not applied in the output layer.",
    ),
    Slip(
        "linear-hidden",
        "forward",
        "In the hidden layers your a is z itself; only the output layer applies σ.",
        "Which layers should apply σ?",
        ({"hidden": same},),
        holds=everywhere(_passes_on(lambda layer, last: layer < last)),
        deed="σ is not applied in the hidden layers.",
    ),
    Slip(
        "activated-twice",
        "forward",
        "Your a has been through σ twice.",
        "How often is σ applied on the way from z to a?",
        ({"hidden": _twice, "output": _twice}, {"hidden": _twice}, {"output": _twice}),
    ),
    Slip(
        "z-instead-of-a",
        "forward",
        "Your layers pass on z instead of a.",
        "What does a neuron send to the next layer?",
        ({"source": lambda z, a, layer: z.get(layer - 1, a[0])},),
    ),
    Slip(
        "input-every-layer",
        "forward",
        "Each of your layers takes x as its input.",
        "Where does layer 2 get its input from?",
        ({"source": lambda z, a, layer: a[0]},),
    ),
    Slip(
        "swapped-outputs",
        "forward",
        "You return z and a in the wrong order.",
        "In which order does the exercise ask for them?",
        ({"arrange": lambda z, a: (a, z)},),
    ),
    Slip(
        "input-layer-missing",
        "forward",
        "Your a starts at layer 1.",
        "What is the activation of layer 0?",
        ({"arrange": lambda z, a: (z, _without(a, 0))},),
        holds=numbered(lambda name, case: None if name == "a[0]" else name),
        deed="Layer 0 is missing from a.",
    ),
    Slip(
        "activations-from-zero",
        "forward",
        "The layers of your a are numbered one too low.",
        "Which layer is x the activation of?",
        ({"arrange": lambda z, a: (z, down(_without(a, 0)))},),
        holds=numbered(lambda name, case: _one_lower(name) if name[0] == "a" else name),
        deed="The layers of a are numbered one too low.",
    ),
    Slip(
        "output-activation-missing",
        "forward",
        "The a of the output layer is missing.",
        "Is a stored before σ of the layer or after it, and what happens to the last one?",
        ({"arrange": lambda z, a: (z, _without(a, max(a)))},),
        holds=numbered(lambda name, case: None if name[0] == "a" and is_last(name, case) else name),
        deed="The output layer is left out of a.",
    ),
    Slip(
        "z-spoilt",
        "forward",
        "Your z holds e⁻ᶻ, or 1 + e⁻ᶻ, where z belongs.",
        "Which line writes into z after it has been computed?",
        ({"arrange": lambda z, a: ({n: np.exp(-each) for n, each in z.items()}, a)},
         {"arrange": lambda z, a: ({n: 1 + np.exp(-each) for n, each in z.items()}, a)}),
    ),
    Slip(
        "z-of-input",
        "forward",
        "Your z has an entry for layer 0.",
        "Which weights and biases would lead into layer 0?",
        ({"arrange": lambda z, a: ({0: a[0], **z}, a)},),
        holds=everywhere(lambda answer, right, case: answer.keys() == right.keys() | {"z[0]"}),
        deed="z has an entry for layer 0.",
    ),
    Slip(
        "layers-from-zero",
        "forward",
        "The layers of your z are numbered one too low.",
        "Which layer has no weighted input, and what does that make the number of the first z?",
        (
            {"arrange": lambda z, a: (down(z), a)},
            {"arrange": lambda z, a: (down(z), down(_without(a, 0)))},
            {"arrange": lambda z, a: (down(z), down(a))},
        ),
        deed="The layers of z are numbered from 0.",
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
        "Is z still there after σ, or has it been overwritten?",
        ({"arrange": lambda z, a: ({layer: a[layer] for layer in z}, a)}, {"arrange": lambda z, a: (a, a)}),
        deed="z is overwritten with a.",
        holds=everywhere(_passes_on(lambda layer, last: True)),
    ),
    Slip(
        "other-activation",
        "forward",
        "In the hidden layers at least, your a comes from an activation function other than the sigmoid.",
        "At z = 2, what does the sigmoid give, and what does yours?",
        (
            *({"hidden": other, "output": other} for other in _OTHERS),
            *({"hidden": other} for other in (*_OTHERS, _fallen)),
        ),
    ),
    Slip(
        "sign-in-the-exponent",
        "forward",
        "Your a is σ(−z): it falls where σ(z) rises.",
        "Should a neuron's a rise or fall where its z grows?",
        ({"hidden": _fallen, "output": _fallen},),
    ),
    Slip(
        "softmax-output",
        "forward",
        "In the output layer your a is a softmax of z, which adds up to 1.",
        "Should a neuron's a depend on the z of other neurons or of other examples?",
        ({"output": softmax}, {"output": _along_examples}, {"output": _over_everything}),
    ),
)  # fmt: skip


FORWARD = (*_WEIGHTED, *_PASS)


def _one_lower(name: str) -> str | None:
    """The name of the same array in the layer before, if there is one."""
    return f"{name[0]}[{layer_of(name) - 1}]" if layer_of(name) else None


def _without(layers: dict, number: int) -> dict:
    return {layer: values for layer, values in layers.items() if layer != number}

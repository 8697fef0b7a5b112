"""Slips in one equation: BP1, BP2, BP3, BP4."""

import numpy as np

from backprop_lab.activations import sigmoid
from backprop_lab.exercises.recipes import same
from backprop_lab.exercises.slips.common import first, last, turned
from backprop_lab.exercises.slips.slip import Slip


def _ones(values: np.ndarray) -> np.ndarray:
    return np.ones_like(values)


def _undivided(product: np.ndarray, _delta: np.ndarray) -> np.ndarray:
    return product


_FACTOR = (
    Slip(
        "forgot-sigma-prime",
        "bp1 bp2",
        "Your {symbol} lacks one factor for each neuron and example.",
        "Which of the arguments have you not used, and how fast does a follow it?",
        ({"factor": _ones},),
    ),
    Slip(
        "sigma-prime-of-a",
        "bp1 bp2",
        "Your {symbol} takes σ′ at the activation.",
        "At which point of the curve does the neuron stand: at a, or at what goes into σ?",
        ({"factor": lambda z: sigmoid.prime(sigmoid(z))},),
    ),
    Slip(
        "sigma-not-prime",
        "bp1 bp2",
        "Your {symbol} contains σ(z) as a factor.",
        "Is it the value of σ that counts here, or its slope?",
        ({"factor": sigmoid},),
    ),
    Slip(
        "z-times-one-minus-z",
        "bp1 bp2",
        "Your {symbol} contains z(1 − z), which can even be negative.",
        "In the short form of σ′, of which quantity is that product taken?",
        ({"factor": lambda z: z * (1 - z)},),
    ),
    Slip(
        "added",
        "bp1 bp2",
        "Your {symbol} is the sum of its two factors.",
        "Do rates along a chain add or multiply?",
        ({"join": np.add},),
    ),
    Slip(
        "matrix-not-elementwise",
        "bp1 bp2",
        "Your {symbol} comes from a matrix product where ⊙ stands.",
        "Which operation gives every neuron its own factor, and keeps the shape?",
        ({"join": lambda s, f: s @ f}, {"join": lambda s, f: s @ f.T}, {"join": lambda s, f: s.T @ f},
         {"join": lambda s, f: f @ s}, {"join": lambda s, f: f.T @ s}),
    ),
)  # fmt: skip

_BP1 = (
    Slip(
        "sign-flipped-and-forgot",
        "bp1",
        "Your {symbol} is y − a.",
        "What is the derivative of the cost with respect to a, sign included, and which factor comes after it?",
        ({"slope": lambda a, y: y - a, "factor": _ones},),
    ),
    Slip(
        "forgot-cost-gradient",
        "bp1",
        "Your {symbol} is σ′(z) alone.",
        "Where do the targets y come in?",
        ({"slope": lambda a, y: np.ones_like(a)},),
    ),
    Slip(
        "cost-not-gradient",
        "bp1",
        "Your {symbol} is built with the cost of each neuron.",
        "Is it the cost itself that BP1 asks for, or how fast it changes with a?",
        ({"slope": lambda a, y: (a - y) ** 2 / 2}, {"slope": lambda a, y: (a - y) ** 2}),
    ),
    Slip(
        "divided-by-n",
        "bp1",
        "Your {symbol} contains a factor 1/n, with n the number of output neurons.",
        "Does the cost of an example average over its neurons, or add them up?",
        ({"finish": lambda values: values / len(values)},),
    ),
    Slip(
        "forgot-targets",
        "bp1",
        "Your {symbol} does not depend on y.",
        "How does the neuron know whether it was too high or too low?",
        ({"slope": lambda a, y: a},),
    ),
)

_BP2 = (
    Slip(
        "missing-transpose",
        "bp2",
        "Your δˡ sums over the wrong index of wˡ⁺¹: along a row.",
        "The weights out of neuron j: do they stand in a row of wˡ⁺¹ or in a column?",
        ({"carry": lambda w, delta, factor: w @ delta},),
    ),
    Slip(
        "sigma-prime-too-early",
        "bp2",
        "Your δˡ multiplies δˡ⁺¹ by σ′(zˡ), before it goes back through wˡ⁺¹.",
        "To which layer's neurons does σ′(zˡ) belong?",
        ({"carry": lambda w, delta, factor: w.T @ (delta * factor), "join": lambda carried, factor: carried},),
    ),
    Slip(
        "first-path-only",
        "bp2",
        "Your δˡ follows a single path, through neuron 0 of the next layer.",
        "Through how many neurons of the next layer does this one reach the cost?",
        ({"carry": lambda w, delta, factor: w[:1].T @ delta[:1]},),
    ),
    Slip(
        "last-path-only",
        "bp2",
        "Your δˡ follows a single path, through the last neuron of the next layer.",
        "Through how many neurons of the next layer does this one reach the cost?",
        ({"carry": lambda w, delta, factor: w[-1:].T @ delta[-1:]},),
    ),
    Slip(
        "first-path-missing",
        "bp2",
        "Your δˡ leaves out the path through neuron 0 of the next layer.",
        "At which number does the sum over i begin?",
        ({"carry": lambda w, delta, factor: w[1:].T @ delta[1:]},),
    ),
    Slip(
        "last-path-missing",
        "bp2",
        "Your δˡ leaves out the path through the last neuron of the next layer.",
        "At which number does the sum over i end, and does your loop get there?",
        ({"carry": lambda w, delta, factor: w[:-1].T @ delta[:-1]},),
    ),
    Slip(
        "mean-over-paths",
        "bp2",
        "Your δˡ is the mean over the paths.",
        "If two neurons pass on a change, do their effects on the cost add up or average?",
        ({"carry": lambda w, delta, factor: w.T @ delta / len(w)},),
    ),
    Slip(
        "forgot-weights",
        "bp2",
        "Your δˡ adds up δˡ⁺¹ as if every weight were 1.",
        "What decides how strongly a neuron of the next layer listens to this one?",
        ({"carry": lambda w, delta, factor: np.ones_like(w).T @ delta},),
    ),
    Slip(
        "forgot-delta",
        "bp2",
        "Your δˡ adds up the weights alone.",
        "What does each neuron of the next layer report, that is to be sent back along its weight?",
        ({"carry": lambda w, delta, factor: w.T @ np.ones_like(delta)},),
    ),
    Slip(
        "squared-weights",
        "bp2",
        "Your δˡ contains the square of each weight.",
        "How often does a change pass along one wire?",
        ({"carry": lambda w, delta, factor: (w**2).T @ delta},),
    ),
    Slip(
        "absolute-weights",
        "bp2",
        "Your δˡ ignores the signs of the weights.",
        "What does a negative weight do to the wish that travels back along it?",
        ({"carry": lambda w, delta, factor: np.abs(w).T @ delta},),
    ),
)  # fmt: skip

_BP3 = (
    Slip(
        "bias-not-summed",
        "bp3",
        "You return δ itself, one column for each example.",
        "A layer has one b for all the examples: how does one column come out of m?",
        ({"pool": same},),
    ),
    Slip(
        "divided-not-summed",
        "bp3",
        "Your ∇_b is δ/m, still with one column for each example.",
        "A mean divides, but what does it do before?",
        ({"pool": lambda delta: delta / delta.shape[1]},),
    ),
    Slip(
        "sum-not-mean",
        "bp3",
        "Your ∇_b grows with the number of examples.",
        "C is which kind of summary of the costs of the examples, and what follows for its gradient?",
        ({"pool": lambda delta: delta.sum(axis=1, keepdims=True)},),
    ),
    Slip(
        "wrong-axis",
        "bp3",
        "Your ∇_b pools the neurons, and keeps the examples apart.",
        "Which axis of δ counts the examples: the rows or the columns?",
        ({"pool": lambda delta: delta.mean(axis=0, keepdims=True)},
         {"pool": lambda delta: delta.sum(axis=0, keepdims=True)}),
    ),
    Slip(
        "wrong-axis-flat",
        "bp3",
        "Your ∇_b pools the neurons, keeps the examples apart, and has lost a dimension.",
        "Which axis of δ counts the examples, and how does the result stay a column?",
        ({"pool": lambda delta: delta.mean(axis=0)}, {"pool": lambda delta: delta.sum(axis=0)}),
    ),
    Slip(
        "one-number",
        "bp3",
        "Your ∇_b is a single number for the whole layer.",
        "How many biases does the layer have?",
        ({"pool": np.mean}, {"pool": np.sum}),
    ),
    Slip(
        "divided-by-n",
        "bp3",
        "Your ∇_b is divided by the number of neurons.",
        "The mean is taken over what, and how many of these are there?",
        ({"pool": lambda delta: delta.sum(axis=1, keepdims=True) / len(delta)},),
    ),
    Slip(
        "divided-twice",
        "bp3",
        "Your ∇_b is divided by m twice.",
        "A mean divides already: which division is left over?",
        ({"pool": lambda delta: delta.mean(axis=1, keepdims=True) / delta.shape[1]},),
    ),
    Slip(
        "last-example-only",
        "bp3 bp4",
        "Your {symbol} is that of the last example.",
        "Is what the earlier examples gave still there at the end of your loop?",
        ({"take": last},),
    ),
)  # fmt: skip

_BP4 = (
    Slip(
        "sum-not-mean",
        "bp4",
        "Your ∇_w grows with the number of examples.",
        "C is which kind of summary of the costs of the examples, and what follows for its gradient?",
        ({"divide": _undivided},),
    ),
    Slip(
        "sum-and-transposed",
        "bp4",
        "Your ∇_w is turned on its side, and grows with the number of examples.",
        "Which layer's neurons number the rows of w, and is C a sum or a mean?",
        ({"divide": _undivided, "finish": turned},),
    ),
    Slip(
        "transposed-gradient",
        "bp4",
        "Your ∇_w is turned on its side.",
        "Row j, column k of ∇_w belongs to the weight into which neuron, from which neuron?",
        ({"finish": turned},),
    ),
    Slip(
        "missing-transpose",
        "bp4",
        "Your ∇_w sums a product of δ and a over the wrong index.",
        "Which index do δ and aˡ⁻¹ share, and how must a stand for the product to sum over it?",
        ({"multiply": lambda delta, a: delta @ a},),
    ),
    Slip(
        "transpose-on-delta",
        "bp4",
        "Your ∇_w sums over the neurons, because it is δ that is transposed.",
        "Over what should the sum run, neurons or examples?",
        ({"multiply": lambda delta, a: delta.T @ a},),
    ),
    Slip(
        "elementwise-not-matrix",
        "bp4",
        "Your ∇_w multiplies δ and a entry by entry.",
        "How many weights lie between n_in neurons and n_out, and does each get a product of its own?",
        ({"multiply": lambda delta, a: delta * a}, {"multiply": lambda delta, a: delta * a.T}),
    ),
    Slip(
        "tensor-not-summed",
        "bp4",
        "You return a table of gradients for every example.",
        "How does one ∇_w come out of the m tables?",
        tuple(
            {"multiply": lambda delta, a, order=order: np.einsum(f"jx,kx->{order}", delta, a), **divide}
            for order in ("xjk", "jkx")
            for divide in ({"divide": _undivided}, {})
        ),
    ),
    Slip(
        "means-multiplied",
        "bp4",
        "Your ∇_w is the mean of δ times the mean of a.",
        "Is the mean of a product the product of the means?",
        ({"multiply": lambda delta, a: delta.mean(axis=1, keepdims=True) @ a.mean(axis=1, keepdims=True).T,
          "divide": _undivided},),
    ),
    Slip(
        "divided-by-n",
        "bp4",
        "Your ∇_w is divided by a number of neurons.",
        "The mean is taken over what, and how many of these are there?",
        ({"divide": lambda product, delta: product / len(product)},
         {"divide": lambda product, delta: product / product.shape[1]}),
    ),
    Slip(
        "divided-twice",
        "bp4",
        "Your ∇_w is divided by m twice.",
        "Where is the mean taken already: in δ, in the product, or after it?",
        ({"divide": lambda product, delta: product / delta.shape[1] ** 2},),
    ),
    Slip(
        "forgot-activation",
        "bp4",
        "Every column of your ∇_w is the same: it is made of δ alone.",
        "By how much does z_j move when w_jk moves, and which neuron decides that?",
        ({"right": _ones},),
    ),
    Slip(
        "forgot-delta",
        "bp4",
        "Every row of your ∇_w is the same: it is made of a alone.",
        "How does the weight know whether the cost rises or falls with z_j?",
        ({"left": _ones},),
    ),
    Slip(
        "examples-lost",
        "bp4",
        "Your ∇_w takes one example, and divides it by m as if it were the sum of all.",
        "Is what the other examples gave still there at the end of your loop?",
        ({"left": first, "right": first, "divide": lambda product, delta: product / delta.shape[1]},
         {"left": last, "right": last, "divide": lambda product, delta: product / delta.shape[1]}),
    ),
)  # fmt: skip

EQUATIONS = (*_FACTOR, *_BP1, *_BP2, *_BP3, *_BP4)

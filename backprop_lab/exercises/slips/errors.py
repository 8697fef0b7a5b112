"""Slips in the equations of the error: BP1 and BP2."""

import numpy as np

from backprop_lab.activations import relu, sigmoid, tanh
from backprop_lab.exercises.reference import same
from backprop_lab.exercises.slips.slip import Changes, Slip

# The last two: those of tanh and of tan, at the sigmoid's a.
OTHER_SLOPES = (tanh.prime, relu.prime, lambda z: 1 - sigmoid(z) ** 2, lambda z: 1 + sigmoid(z) ** 2)


def _shares(axis: int) -> Changes:
    """Weights as shares of those into a neuron (axis 1), or out of one (axis 0)."""
    return {"carry": lambda w, delta, factor: (w / w.sum(axis=axis, keepdims=True)).T @ delta}


def _ones(values: np.ndarray) -> np.ndarray:
    return np.ones_like(values)


_FACTOR = (
    Slip(
        "forgot-sigma-prime",
        "bp1 bp2",
        "Your {symbol} lacks one factor for each neuron and example.",
        "δ is a rate with respect to z: how does the way from a to z enter it?",
        ({"factor": _ones},),
    ),
    Slip(
        "sigma-prime-of-a",
        "bp1 bp2",
        "Your {symbol} takes σ′ at the activation.",
        "At which point of the curve is the neuron: at a, or at what goes into σ?",
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
        "one-minus-z-squared",
        "bp1 bp2",
        "Your {symbol} contains 1 − z².",
        "Of which function is that the derivative, and of which quantity is the square taken there?",
        ({"factor": lambda z: 1 - z**2},),
    ),
    Slip(
        "half-of-sigma-prime",
        "bp1 bp2",
        "Your {symbol} contains 1 − σ(z) as a factor.",
        "Written with σ, the derivative has two factors: where is the other one?",
        ({"factor": lambda z: 1 - sigmoid(z)},),
    ),
    Slip(
        "sigma-prime-twice",
        "bp1 bp2",
        "Your {symbol} contains σ′(z) twice.",
        "How often does the way from a to z pass through σ, and which line has multiplied by its slope already?",
        ({"factor": lambda z: sigmoid.prime(z) ** 2},),
    ),
    Slip(
        "divided-by-sigma-prime",
        "bp1 bp2",
        "Your {symbol} is divided by σ′(z).",
        "If a follows z slowly, should a move of z matter more or less?",
        ({"join": np.divide},),
        deed="{symbol} contains a division where a product belongs.",
    ),
    Slip(
        "other-derivative",
        "bp1 bp2",
        "Your {symbol} contains the slope of another activation function.",
        "Which function turned z into a here?",
        tuple({"factor": other} for other in OTHER_SLOPES),
    ),
    Slip(
        "z-as-factor",
        "bp1 bp2",
        "Your {symbol} contains z itself as a factor.",
        "What about z does the equation ask for: its value, or how fast a follows it?",
        ({"factor": same}, {"factor": lambda z: z * sigmoid.prime(z)}),
    ),
    Slip(
        "sigma-of-a-difference",
        "bp1 bp2",
        "Your {symbol} contains σ(1 − σ(z)).",
        "Is σ(1 − σ) a product of two numbers, or σ once more?",
        ({"factor": lambda z: sigmoid(1 - sigmoid(z))},),
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
        "Your {symbol} comes from a matrix product where ⊙ belongs.",
        "Which operation gives every neuron its own factor, and keeps the shape?",
        ({"join": lambda s, f: s @ f}, {"join": lambda s, f: s @ f.T}, {"join": lambda s, f: s.T @ f},
         {"join": lambda s, f: f @ s}, {"join": lambda s, f: f.T @ s},
         *({"factor": factor, "join": join}
           for factor in (lambda z: sigmoid(z) @ (1 - sigmoid(z)), lambda z: sigmoid(z).T @ (1 - sigmoid(z)),
                          lambda z: sigmoid(z) @ (1 - sigmoid(z)).T, lambda z: 1 - sigmoid(z).T @ sigmoid(z))
           for join in (np.matmul, np.multiply))),
    ),
)  # fmt: skip

_BP1 = (
    Slip(
        "sign-flipped-and-forgot",
        "bp1",
        "Your {symbol} is y − a.",
        "What is the derivative of the cost with respect to a, sign included, and which factor comes after it?",
        ({"slope": lambda a, y: y - a, "factor": _ones},),
        deed="{symbol} starts from y − a, and has no σ′.",
    ),
    Slip(
        "forgot-cost-gradient",
        "bp1",
        "Your {symbol} is σ′(z) alone.",
        "Where do the targets y come in?",
        ({"slope": lambda a, y: np.ones_like(a)},),
        deed="a − y is missing from {symbol}.",
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
        "other-cost-slope",
        "bp1",
        "Your {symbol} starts from the slope of a cross-entropy.",
        "Which cost is a measured with here?",
        ({"slope": lambda a, y: -y / a},),
    ),
    Slip(
        "missing-brackets",
        "bp1",
        "Your {symbol} takes a product before a difference is finished.",
        "Where do brackets belong, so that the difference comes first?",
        (
            {"slope": lambda a, y: (a, y), "join": lambda pair, factor: pair[0] - pair[1] * factor},
            {"slope": lambda a, y: (a, y), "join": lambda pair, factor: (pair[0] - pair[1]) * pair[0] - pair[0]},
        ),
    ),
    Slip(
        "z-instead-of-a",
        "bp1",
        "Your {symbol} compares z with y.",
        "Of which of the two is y the target, z or a?",
        ({"slope": lambda a, y: np.log(a / (1 - a)) - y},),
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
        "inverse-not-transpose",
        "bp2",
        "Your {symbol} goes back through the inverse of wˡ⁺¹.",
        "Is the way forward undone here, or is an error shared out along the same wires?",
        ({"carry": lambda w, delta, factor: np.linalg.pinv(w) @ delta},),
    ),
    Slip(
        "elementwise-not-matrix",
        "bp2",
        "Your {symbol} multiplies w and δˡ⁺¹ entry by entry.",
        "How many messages reach neuron j, and what happens to them then?",
        ({"carry": lambda w, delta, factor: w.T * delta}, {"carry": lambda w, delta, factor: w * delta}),
    ),
    Slip(
        "missing-transpose",
        "bp2",
        "Your {symbol} sums over the wrong index of wˡ⁺¹: along a row.",
        "The weights out of neuron j: are they in a row of wˡ⁺¹ or in a column?",
        ({"carry": lambda w, delta, factor: w @ delta},),
    ),
    Slip(
        "reshaped-not-transposed",
        "bp2",
        "Your {symbol} comes from an array that was reshaped where it should be transposed.",
        "Does reshape turn rows into columns, or only cut the same row of numbers elsewhere?",
        ({"carry": lambda w, delta, factor: w.reshape(w.shape[::-1]) @ delta},),
    ),
    Slip(
        "sigma-prime-too-early",
        "bp2",
        "Your {symbol} multiplies δˡ⁺¹ by σ′(zˡ), before it goes back through wˡ⁺¹.",
        "To which layer's neurons does σ′(zˡ) belong?",
        ({"carry": lambda w, delta, factor: w.T @ (delta * factor), "join": lambda carried, factor: carried},),
    ),
    Slip(
        "first-path-only",
        "bp2",
        "Your {symbol} follows a single path, through neuron 0 of the next layer.",
        "Through how many neurons of the next layer does this one reach the cost?",
        ({"carry": lambda w, delta, factor: w[:1].T @ delta[:1]},),
    ),
    Slip(
        "last-path-only",
        "bp2",
        "Your {symbol} follows a single path, through the last neuron of the next layer.",
        "Through how many neurons of the next layer does this one reach the cost?",
        ({"carry": lambda w, delta, factor: w[-1:].T @ delta[-1:]},),
    ),
    Slip(
        "first-path-missing",
        "bp2",
        "Your {symbol} leaves out the path through neuron 0 of the next layer.",
        "At which number does the sum over i begin?",
        ({"carry": lambda w, delta, factor: w[1:].T @ delta[1:]},),
    ),
    Slip(
        "last-path-missing",
        "bp2",
        "Your {symbol} leaves out the path through the last neuron of the next layer.",
        "At which number does the sum over i end, and does your loop get there?",
        ({"carry": lambda w, delta, factor: w[:-1].T @ delta[:-1]},),
    ),
    Slip(
        "mean-over-paths",
        "bp2",
        "Your {symbol} is the mean over the paths.",
        "If two neurons pass on a change, do their effects on the cost add up or average?",
        ({"carry": lambda w, delta, factor: w.T @ delta / len(w)},),
    ),
    Slip(
        "forgot-weights",
        "bp2",
        "Your {symbol} takes δˡ⁺¹ without its weights, or as if every weight were 1.",
        "What decides how strongly a neuron of the next layer listens to this one?",
        ({"carry": lambda w, delta, factor: np.ones_like(w).T @ delta}, {"carry": lambda w, delta, factor: delta}),
    ),
    Slip(
        "forgot-delta",
        "bp2",
        "Your {symbol} adds up the weights alone.",
        "What does each neuron of the next layer report, that is to be sent back along its weight?",
        ({"carry": lambda w, delta, factor: w.T @ np.ones_like(delta)},),
    ),
    Slip(
        "sums-multiplied",
        "bp2",
        "Your {symbol} adds up weights and δˡ⁺¹ on their own, and multiplies the sums.",
        "Which δ belongs to which weight?",
        ({"carry": lambda w, delta, factor: w.sum(axis=0)[:, None] * delta.sum(axis=0)},),
    ),
    Slip(
        "delta-in-front",
        "bp2",
        "Your {symbol} comes from a product in which δˡ⁺¹ is in front of w.",
        "Which index do w and δˡ⁺¹ share, and on which sides of the product must it be?",
        ({"carry": lambda w, delta, factor: delta @ w}, {"carry": lambda w, delta, factor: delta.T @ w},
         {"carry": lambda w, delta, factor: delta @ w.T}),
    ),
    Slip(
        "squared-weights",
        "bp2",
        "Your {symbol} contains the square of each weight.",
        "How often does a change pass along one wire?",
        ({"carry": lambda w, delta, factor: (w**2).T @ delta},),
    ),
    Slip(
        "weights-as-shares",
        "bp2",
        "Your {symbol} divides each weight by a sum of weights.",
        "By how much does z of the next layer move with a: by the weight, or by its share?",
        (_shares(1), _shares(0)),
    ),
    Slip(
        "absolute-weights",
        "bp2",
        "Your {symbol} ignores the signs of the weights.",
        "What does a negative weight do to the wish that travels back along it?",
        ({"carry": lambda w, delta, factor: np.abs(w).T @ delta},),
    ),
)  # fmt: skip

ERRORS = (*_FACTOR, *_BP1, *_BP2)

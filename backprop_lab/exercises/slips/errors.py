"""Slips in the equations of the error: BP1 and BP2."""

import numpy as np

from backprop_lab.activations import relu, sigmoid, tanh
from backprop_lab.exercises.claims import everywhere
from backprop_lab.exercises.reference import same
from backprop_lab.exercises.slips.common import RUNNING
from backprop_lab.exercises.slips.slip import Changes, Slip

# The last three: those of tanh and of tan at the sigmoid's a, and a quotient with the square inside the brackets.
OTHER_SLOPES = (
    tanh.prime, relu.prime, lambda z: 1 - sigmoid(z) ** 2, lambda z: 1 + sigmoid(z) ** 2,
    lambda z: np.exp(-z) / (1 + np.exp(-2 * z)),
)  # fmt: skip


def _shares(axis: int) -> Changes:
    """Weights as shares of those into a neuron (axis 1), or out of one (axis 0)."""
    return {"carry": lambda w, delta, factor: (w / w.sum(axis=axis, keepdims=True)).T @ delta}


def _without_row(values: np.ndarray, row: int) -> np.ndarray:
    """Zeros in one row."""
    some = np.array(values)
    some[row] = 0
    return some


def _ones(values: np.ndarray) -> np.ndarray:
    return np.ones_like(values)


def _times_the_rest(p: np.ndarray) -> np.ndarray:
    return p * (1 - p)


def _softmax(z: np.ndarray) -> np.ndarray:
    return np.exp(z) / np.exp(z).sum(axis=0)


def _through_softmax(error: np.ndarray, p: np.ndarray) -> np.ndarray:
    """What an error is worth at the inputs of a softmax whose outputs are p."""
    return p * (error - (p * error).sum(axis=0))


def _slope_each_time(w: np.ndarray, delta: np.ndarray, factor: np.ndarray) -> np.ndarray:
    """A sum over the paths that meets σ′ after each of them."""
    total = np.zeros_like(factor)
    for weights, back in zip(w, delta, strict=True):
        total = (total + weights[:, None] * back) * factor
    return total


def _mean(values: np.ndarray) -> np.ndarray:
    """Over the examples, as a column."""
    return values.mean(axis=1, keepdims=True)


_FACTOR = (
    Slip(
        "forgot-sigma-prime",
        "bp1 bp2",
        "Your {symbol} is missing a factor for each neuron and example.",
        "δ is a rate with respect to z, not to a: what does the step between the two contribute?",
        ({"factor": _ones},),
    ),
    Slip(
        "sigma-prime-of-a",
        "bp1 bp2",
        "Your {symbol} evaluates σ′ at the activation.",
        "Where on the curve is the neuron: at a, or at what goes into σ?",
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
        "The short form of σ′ is a product like that: of which quantity?",
        ({"factor": lambda z: z * (1 - z)},),
    ),
    Slip(
        "one-minus-z-squared",
        "bp1 bp2",
        "Your {symbol} contains 1 − z².",
        "Which function has that derivative, and which quantity is squared in it?",
        ({"factor": lambda z: 1 - z**2},),
    ),
    Slip(
        "half-of-sigma-prime",
        "bp1 bp2",
        "Your {symbol} contains 1 − σ(z) as a factor.",
        "Written in terms of σ, the derivative has two factors: where is the other one?",
        ({"factor": lambda z: 1 - sigmoid(z)},),
    ),
    Slip(
        "sigma-prime-twice",
        "bp1 bp2",
        "Your {symbol} contains σ′(z) twice.",
        "How many times does σ come between z and a, and which line has already multiplied by its slope?",
        ({"factor": lambda z: sigmoid.prime(z) ** 2},),
    ),
    Slip(
        "divided-by-sigma-prime",
        "bp1 bp2",
        "Your {symbol} is divided by σ′(z).",
        "If a follows z only slowly, should a change in z matter more or less?",
        ({"join": np.divide},),
        deed="{symbol} divides where it should multiply.",
    ),
    Slip(
        "other-derivative",
        "bp1 bp2",
        "Your {symbol} uses the slope of a different activation function.",
        "Which function turns z into a?",
        tuple({"factor": other} for other in OTHER_SLOPES),
    ),
    Slip(
        "coarse-slope",
        "bp1 bp2",
        "Your {symbol} takes the slope of σ from two points that are too far apart.",
        "How small should the step be, or is there a formula for σ′?",
        tuple({"factor": lambda z, h=h: (sigmoid(z + h) - sigmoid(z)) / h} for h in (1, 0.5, 0.1, 0.05)),
    ),
    Slip(
        "softmax-slope",
        "bp1 bp2",
        "Your {symbol} contains p(1 − p), where p is the softmax of z over the layer's neurons.",
        "Does the a of one neuron depend on the z of the others here?",
        ({"factor": lambda z: _times_the_rest(_softmax(z))},),
    ),
    Slip(
        "slope-of-the-mean",
        "bp1 bp2",
        "Your {symbol} takes one slope of σ for all the examples: that of a mean, or the mean of their slopes.",
        "Does every example have a z of its own, and with it a slope of its own?",
        ({"factor": lambda z: _times_the_rest(_mean(sigmoid(z)))}, {"factor": lambda z: sigmoid.prime(_mean(z))},
         {"factor": lambda z: _mean(sigmoid.prime(z))}),
    ),
    Slip(
        "one-factor-at-a",
        "bp1 bp2",
        "Your {symbol} takes one factor of σ′ at z and the other at the activation.",
        "Where on the curve is the neuron, for both factors?",
        ({"factor": lambda z: sigmoid(z) * (1 - sigmoid(sigmoid(z)))},
         {"factor": lambda z: sigmoid(sigmoid(z)) * (1 - sigmoid(z))}),
    ),
    Slip(
        "one-neuron-left-out",
        "bp1 bp2 bp3 bp4",
        "Your {symbol} is zero for the first neuron, or for the last.",
        "At which neuron should your loop begin, and at which should it end?",
        ({"finish": lambda values: _without_row(values, -1)}, {"finish": lambda values: _without_row(values, 0)}),
        deed="{symbol} leaves out one neuron.",
        holds=everywhere(
            lambda answer, right, case: all(not each[-1].any() or not each[0].any() for each in answer.values())
        ),
    ),
    Slip(
        "z-as-factor",
        "bp1 bp2",
        "Your {symbol} contains z itself as a factor.",
        "What does the equation ask for: the value of z, or how fast a follows it?",
        ({"factor": same}, {"factor": lambda z: z * sigmoid.prime(z)}),
    ),
    Slip(
        "sigma-of-a-difference",
        "bp1 bp2",
        "Your {symbol} contains σ(1 − σ(z)).",
        "In σ(1 − σ), do the brackets multiply, or apply σ again?",
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
        "Your {symbol} uses a matrix product instead of ⊙.",
        "Which operation gives every neuron its own factor and keeps the shape?",
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
        "absolute-error",
        "bp1",
        "Your {symbol} uses the size of a − y, without its sign.",
        "How does the neuron know whether it was too high or too low?",
        ({"slope": lambda a, y: np.abs(a - y)},),
    ),
    Slip(
        "sign-of-error",
        "bp1",
        "Your {symbol} uses only the sign of a − y.",
        "Should a large error send back more than a small one?",
        ({"slope": lambda a, y: np.sign(a - y)},),
    ),
    Slip(
        "prediction-rounded",
        "bp1",
        "Your {symbol} compares y with an a that has been rounded to 0 or 1.",
        "Which of the two does the cost compare with y: what the network says, or the nearest whole number?",
        ({"slope": lambda a, y: (a > 0.5) - y},),
    ),
    Slip(
        "prediction-one-hot",
        "bp1",
        "Your {symbol} compares y with 1 for the largest output and 0 for all others.",
        "Which of the two does the cost compare with y: what the network says, or which output is the largest?",
        ({"slope": lambda a, y: (a == a.max(axis=0)) - y},),
    ),
    Slip(
        "error-pooled-over-examples",
        "bp1",
        "Your {symbol} sums or averages a − y over the examples before multiplying by σ′.",
        "Which examples does one column of δᴸ belong to?",
        (
            {"slope": lambda a, y: (a - y).mean(axis=1, keepdims=True)},
            {"slope": lambda a, y: (a - y).sum(axis=1, keepdims=True)},
        ),
    ),
    Slip(
        "error-pooled-over-outputs",
        "bp1",
        "Your {symbol} sums or averages a − y over the output neurons before multiplying by σ′.",
        "Does the cost of one output neuron depend on another one's error?",
        (
            {"slope": lambda a, y: (a - y).sum(axis=0, keepdims=True)},
            {"slope": lambda a, y: (a - y).mean(axis=0, keepdims=True)},
        ),
    ),
    Slip(
        "one-error-for-all",
        "bp1",
        "Where a − y belongs, your {symbol} has one number for all neurons and examples, their mean or their sum.",
        "Which examples, and which neurons, does one entry of δᴸ belong to?",
        (
            {"slope": lambda a, y: np.full_like(a, (a - y).mean())},
            {"slope": lambda a, y: np.full_like(a, (a - y).sum())},
        ),
    ),
    Slip(
        "sign-flipped-and-forgot",
        "bp1",
        "Your {symbol} is y − a.",
        "What is the derivative of the cost with respect to a, sign included, and which factor comes after it?",
        ({"slope": lambda a, y: y - a, "factor": _ones},),
        deed="{symbol} starts from y − a and has no σ′.",
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
        "Your {symbol} contains the squared error of each neuron.",
        "Does BP1 ask for the cost itself, or for how fast it changes with a?",
        ({"slope": lambda a, y: (a - y) ** 2 / 2}, {"slope": lambda a, y: (a - y) ** 2}),
    ),
    Slip(
        "divided-by-n",
        "bp1",
        "Your {symbol} has an extra factor of 1/n, where n is the number of output neurons.",
        "Does the cost of one example average over its neurons, or add them up?",
        ({"finish": lambda values: values / len(values)},),
    ),
    Slip(
        "other-cost-slope",
        "bp1",
        "Your {symbol} starts from the slope of a cross-entropy.",
        "Which cost is used here?",
        ({"slope": lambda a, y: -y / a},),
    ),
    Slip(
        "missing-brackets",
        "bp1",
        "Your {symbol} multiplies before a subtraction is finished.",
        "Where do you need brackets, so that the subtraction comes first?",
        (
            {"slope": lambda a, y: (a, y), "join": lambda pair, factor: pair[0] - pair[1] * factor},
            {"slope": lambda a, y: (a, y), "join": lambda pair, factor: (pair[0] - pair[1]) * pair[0] - pair[0]},
        ),
    ),
    Slip(
        "sigma-prime-of-error",
        "bp1",
        "In {symbol}, the error a − y is in the place that z has in σ′(z), or a in a(1 − a).",
        "Which quantity of the output layer went into σ on the way forward?",
        (
            {"slope": lambda a, y: (a - y) * sigmoid.prime(a - y), "factor": _ones},
            {"slope": lambda a, y: (a - y) ** 2 * (1 - (a - y)), "factor": _ones},
            {"slope": lambda a, y: (y - a) ** 2 * (1 - (y - a)), "factor": _ones},
            {"slope": lambda a, y: _times_the_rest(a - y), "factor": _ones},
            {"slope": lambda a, y: _times_the_rest(y - a), "factor": _ones},
            {"slope": lambda a, y: sigmoid.prime(a - y), "factor": _ones},
        ),
    ),
    Slip(
        "sigma-prime-of-targets",
        "bp1",
        "Your {symbol} takes the slope of σ from the targets y.",
        "Which quantity of the output layer went into σ on the way forward?",
        (
            {"slope": lambda a, y: (a - y) * y * (1 - y), "factor": _ones},
            {"slope": lambda a, y: (a - y) * sigmoid.prime(y), "factor": _ones},
        ),
    ),
    Slip(
        "z-instead-of-a",
        "bp1",
        "Your {symbol} compares z with y.",
        "Which of the two should match y: z or a?",
        ({"slope": lambda a, y: np.log(a / (1 - a)) - y},),
    ),
    Slip(
        "softmax-jacobian",
        "bp1",
        "Your {symbol} takes every output for one that depends on the z of all of them, as those of a softmax do.",
        "Does the a of one neuron depend on the z of the others here?",
        ({"factor": sigmoid, "join": _through_softmax}, {"factor": _softmax, "join": _through_softmax}),
    ),
    Slip(
        "forgot-targets",
        "bp1",
        "Your {symbol} does not depend on y.",
        "How does the neuron know whether it was too high or too low?",
        ({"slope": lambda a, y: a}, {"slope": lambda a, y: a - 1}),
    ),
)

_BP2 = (
    Slip(
        "sigma-prime-of-error",
        "bp2",
        "In {symbol}, the error that comes back is in the place that z has in σ′(z), or a in a(1 − a).",
        "Which quantity of layer l went into σ on the way forward?",
        ({"join": lambda carried, factor: carried * sigmoid.prime(carried)},
         {"join": lambda carried, factor: carried * carried * (1 - carried)},
         {"join": lambda carried, factor: sigmoid.prime(carried)},
         {"join": lambda carried, factor: _times_the_rest(carried)}),
    ),
    Slip(
        "delta-pooled",
        "bp2",
        "Your {symbol} sums or averages δˡ⁺¹ over the examples before sending it back.",
        "Which examples does one column of δˡ⁺¹ belong to?",
        ({"carry": lambda w, delta, factor: w.T @ delta.mean(axis=1, keepdims=True)},
         {"carry": lambda w, delta, factor: w.T @ delta.sum(axis=1, keepdims=True)}),
    ),
    Slip(
        "weights-summed-first",
        "bp2",
        "Your {symbol} combines all the weights into a neuron before multiplying by its δ.",
        "Which of these weights leads from neuron j, and what do the others have to do with it?",
        ({"carry": lambda w, delta, factor: w.sum(axis=1) @ delta},
         {"carry": lambda w, delta, factor: w.mean(axis=1) @ delta}),
    ),
    Slip(
        "absolute-delta",
        "bp2",
        "Your {symbol} ignores the signs of δˡ⁺¹.",
        "What does a negative δ say about the direction in which z should move?",
        ({"carry": lambda w, delta, factor: w.T @ np.abs(delta)},),
    ),
    Slip(
        "weight-signs-only",
        "bp2",
        "Your {symbol} uses only the signs of the weights.",
        "Should a strong wire send back more than a weak one?",
        ({"carry": lambda w, delta, factor: np.sign(w).T @ delta},),
    ),
    Slip(
        "starts-at-one",
        "bp2",
        "Your {symbol} has an extra 1 in its sum over the next layer.",
        "Which number should a sum start from, so that it changes nothing?",
        ({"carry": lambda w, delta, factor: w.T @ delta + 1},),
    ),
    Slip(
        "inverse-not-transpose",
        "bp2",
        "Your {symbol} goes back through the inverse of wˡ⁺¹.",
        "Do you want to undo the forward pass, or to send errors back along the same wires?",
        ({"carry": lambda w, delta, factor: np.linalg.pinv(w) @ delta},),
    ),
    Slip(
        "elementwise-not-matrix",
        "bp2",
        "Your {symbol} multiplies w and δˡ⁺¹ entry by entry.",
        "How many messages reach neuron j, and what happens to them next?",
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
        "Your {symbol} uses an array that was reshaped instead of transposed.",
        "Does reshape turn rows into columns, or does it only cut the same list of numbers in other places?",
        ({"carry": lambda w, delta, factor: w.reshape(w.shape[::-1]) @ delta},
         {"carry": lambda w, delta, factor: w.T.reshape(w.shape).T @ delta}),  # where w has a row for each sender
    ),
    Slip(
        "sigma-prime-too-early",
        "bp2",
        "Your {symbol} multiplies δˡ⁺¹ by σ′(zˡ) before it goes back through wˡ⁺¹.",
        "To which layer's neurons does σ′(zˡ) belong?",
        ({"carry": lambda w, delta, factor: w.T @ (delta * factor), "join": lambda carried, factor: carried},),
    ),
    Slip(
        "sigma-prime-in-the-sum",
        "bp2",
        "Your {symbol} multiplies by σ′(z) each time one more path has been added to the sum.",
        "How often does the first path's share meet σ′, and which line belongs after the loop?",
        ({"carry": _slope_each_time, "join": lambda carried, factor: carried},),
    ),
    *(
        Slip(
            f"{which}-example-missing",
            "bp2",
            f"Your {{symbol}} is zero for the {which} example.",
            "At which example should your loop begin, and at which should it end?",
            ({"finish": lambda values, at=at: _without_row(values.T, at).T},),
            deed=f"{{symbol}} leaves out the {which} example.",
            holds=everywhere(lambda answer, right, case, at=at: not any(each[:, at].any() for each in answer.values())),
        )
        for which, at in (("first", 0), ("last", -1))
    ),
    Slip(
        "running-sum",
        "bp2",
        "In {symbol}, what comes back to a neuron has what came back before it added.",
        "Where does your sum over the next layer start from 0 again?",
        tuple({"carry": lambda w, delta, factor, run=run: run(w.T @ delta)} for run in RUNNING),
    ),
    Slip(
        "neuron-dropped",
        "bp2",
        "Your {symbol} has a row too few: that of the first neuron, or of the last.",
        "The columns of wˡ⁺¹ are the neurons of layer l: does one of them hold biases, or are all of them weights?",
        ({"finish": lambda values: values[1:]}, {"finish": lambda values: values[:-1]}),
        deed="One neuron is left out of {symbol}.",
        holds=everywhere(lambda answer, right, case: all(len(answer[n]) == len(right[n]) - 1 for n in right)),
    ),
    Slip(
        "first-path-only",
        "bp2",
        "Your {symbol} follows only one path, through neuron 0 of the next layer.",
        "Through how many neurons of the next layer does this one reach the cost?",
        ({"carry": lambda w, delta, factor: w[:1].T @ delta[:1]},),
    ),
    Slip(
        "last-path-only",
        "bp2",
        "Your {symbol} follows only one path, through the last neuron of the next layer.",
        "Through how many neurons of the next layer does this one reach the cost?",
        ({"carry": lambda w, delta, factor: w[-1:].T @ delta[-1:]},),
    ),
    Slip(
        "first-path-missing",
        "bp2",
        "Your {symbol} leaves out the path through neuron 0 of the next layer.",
        "Where should the sum over i begin?",
        ({"carry": lambda w, delta, factor: w[1:].T @ delta[1:]},),
    ),
    Slip(
        "last-path-missing",
        "bp2",
        "Your {symbol} leaves out the path through the last neuron of the next layer.",
        "Where should the sum over i end, and does your loop get there?",
        ({"carry": lambda w, delta, factor: w[:-1].T @ delta[:-1]},),
    ),
    Slip(
        "mean-over-paths",
        "bp2",
        "Your {symbol} averages over the paths.",
        "If two neurons pass on a change, do their effects on the cost add up, or is their mean taken?",
        ({"carry": lambda w, delta, factor: w.T @ delta / len(w)},),
    ),
    Slip(
        "forgot-weights",
        "bp2",
        "Your {symbol} sends δˡ⁺¹ back without the weights, or as if every weight were 1.",
        "What decides how strongly a neuron of the next layer listens to this one?",
        ({"carry": lambda w, delta, factor: np.ones_like(w).T @ delta}, {"carry": lambda w, delta, factor: delta}),
    ),
    Slip(
        "forgot-delta",
        "bp2",
        "Your {symbol} adds up only the weights.",
        "What should each neuron of the next layer send back along its weight?",
        ({"carry": lambda w, delta, factor: w.T @ np.ones_like(delta)},),
    ),
    Slip(
        "sums-multiplied",
        "bp2",
        "Your {symbol} adds up the weights and δˡ⁺¹ separately, then multiplies the sums.",
        "Which δ belongs to which weight?",
        ({"carry": lambda w, delta, factor: w.sum(axis=0)[:, None] * delta.sum(axis=0)},),
    ),
    Slip(
        "delta-in-front",
        "bp2",
        "Your {symbol} comes from a product with δˡ⁺¹ in front of w.",
        "Which index do w and δˡ⁺¹ share, and which order of the two puts it in the middle?",
        ({"carry": lambda w, delta, factor: delta @ w}, {"carry": lambda w, delta, factor: delta @ w.T}),
    ),
    Slip(
        "error-transposed",
        "bp2",
        "Your {symbol} comes from the transpose of δˡ⁺¹ in front of w, which has a row for each example.",
        "What do the rows of δˡ count, and what do its columns count?",
        ({"carry": lambda w, delta, factor: delta.T @ w},),
    ),
    Slip(
        "squared-weights",
        "bp2",
        "Your {symbol} contains the square of each weight.",
        "How many times does a change pass along one wire?",
        ({"carry": lambda w, delta, factor: (w**2).T @ delta},),
    ),
    Slip(
        "weights-as-shares",
        "bp2",
        "Your {symbol} divides each weight by a sum of weights.",
        "How far does z in the next layer move with a: by the weight, or by its share of the weights?",
        (_shares(1), _shares(0)),
    ),
    Slip(
        "absolute-weights",
        "bp2",
        "Your {symbol} ignores the signs of the weights.",
        "What does a negative weight do to the error that travels back along it?",
        ({"carry": lambda w, delta, factor: np.abs(w).T @ delta},),
    ),
)  # fmt: skip

ERRORS = (*_FACTOR, *_BP1, *_BP2)

"""Slips in the equations of the gradient: BP3 and BP4."""

import numpy as np

from backprop_lab.activations import Array, sigmoid
from backprop_lab.exercises.claims import alike, everywhere, one_value, shaped, times
from backprop_lab.exercises.reference import same
from backprop_lab.exercises.slips.common import RUNNING, first, last
from backprop_lab.exercises.slips.slip import Slip


def _ones(values: np.ndarray) -> np.ndarray:
    return np.ones_like(values)


def _undivided(product: np.ndarray, _delta: np.ndarray) -> np.ndarray:
    return product


def _mean_of_halves(one_by_one: np.ndarray) -> np.ndarray:
    """A mean which is halved again with each example, along the last axis."""
    mean = one_by_one[..., 0]
    for at in range(1, one_by_one.shape[-1]):
        mean = (mean + one_by_one[..., at]) / 2
    return mean


def _divided_each_time(columns: Array) -> Array:
    """Each column divided by their number once, and once more for every column that comes after it."""
    m = columns.shape[1]
    return columns / float(m) ** np.arange(m, 0, -1)


_BP3 = (
    Slip(
        "m-minus-one",
        "bp3",
        "Your {symbol} is divided by m − 1, where m is the number of examples.",
        "Over how many examples is the mean taken?",
        ({"pool": lambda delta: delta.sum(axis=1, keepdims=True) / max(delta.shape[1] - 1, 1)},
         {"pool": lambda delta: delta.sum(axis=1, keepdims=True) / (delta.shape[1] - 1)}),
    ),
    Slip(
        "mean-of-means",
        "bp3",
        "Your {symbol} averages two numbers at a time, so later examples count for more.",
        "In (mean + new) / 2, how much is left of the first example at the end?",
        ({"pool": lambda delta: _mean_of_halves(delta)[:, None]},),
    ),
    Slip(
        "divided-in-the-loop",
        "bp3",
        "Your {symbol} divides by m each time one more example has been added to the sum.",
        "How often is the first example's share divided, and which line belongs after the loop?",
        ({"pool": lambda delta: _divided_each_time(delta).sum(axis=1, keepdims=True)},),
    ),
    Slip(
        "starts-at-one",
        "bp3",
        "Your {symbol} has an extra 1 in its sum over the examples.",
        "Which number should a sum start from, so that it changes nothing?",
        ({"pool": lambda delta: (delta.sum(axis=1, keepdims=True) + 1) / delta.shape[1]},),
    ),
    Slip(
        "absolute-delta",
        "bp3",
        "Your {symbol} ignores the signs of δ.",
        "If one example wants b larger and another wants it smaller, what should come out?",
        ({"take": np.abs},),
    ),
    Slip(
        "repeated-for-every-example",
        "bp3",
        "Your ∇_b has the same column again for every example.",
        "How many columns does b have?",
        ({"pool": lambda delta: np.repeat(delta.mean(axis=1, keepdims=True), delta.shape[1], axis=1)},),
        deed="The column of ∇_b is repeated for every example.",
        holds=shaped(lambda right, m: (len(right), m)),
    ),
    Slip(
        "bias-not-summed",
        "bp3",
        "Your ∇_b is δ itself, with a column for each example.",
        "A layer has one b for all the examples: how do m columns become one?",
        ({"pool": same},),
        deed="The examples are not combined in ∇_b.",
        holds=shaped(lambda right, m: (len(right), m)),
    ),
    Slip(
        "divided-not-summed",
        "bp3",
        "Your ∇_b is δ/m and still has one column for each example.",
        "A mean divides: what does it do before that?",
        ({"pool": lambda delta: delta / delta.shape[1]},),
        deed="∇_b is divided by m, but not summed over the examples.",
        holds=shaped(lambda right, m: (len(right), m)),
    ),
    Slip(
        "sum-not-mean",
        "bp3",
        "Your {symbol} grows with the number of examples.",
        "Is C the sum or the mean of the examples' costs, and what does that mean for its gradient?",
        ({"pool": lambda delta: delta.sum(axis=1, keepdims=True)},),
        deed="{symbol} is not divided by m.",
        holds=times(lambda case: case.x.shape[1]),
    ),
    Slip(
        "reshaped-not-transposed",
        "bp3",
        "Your {symbol} uses an array that was reshaped instead of transposed.",
        "Does reshape turn rows into columns, or only cut the same list of numbers elsewhere?",
        ({"pool": lambda delta: delta.reshape(delta.shape[::-1]).mean(axis=0)[:, None]},),
    ),
    Slip(
        "wrong-axis",
        "bp3",
        "Your ∇_b is summed or averaged over the neurons, not over the examples.",
        "What do the rows of δ count, and what do the columns count?",
        ({"pool": lambda delta: delta.mean(axis=0, keepdims=True)},
         {"pool": lambda delta: delta.sum(axis=0, keepdims=True)},
         {"pool": lambda delta: delta.sum(axis=0, keepdims=True) / delta.shape[1]},
         {"pool": lambda delta: delta.mean(axis=0)[:, None]}, {"pool": lambda delta: delta.sum(axis=0)[:, None]}),
        deed="∇_b is summed or averaged over the neurons instead of the examples.",
        holds=everywhere(lambda answer, right, case: all(values.size == case.x.shape[1] for values in answer.values())),
    ),
    Slip(
        "wrong-axis-flat",
        "bp3",
        "Your ∇_b is summed or averaged over the neurons, not over the examples, and has lost a dimension.",
        "What do the columns of δ count, and how does the result stay a column?",
        ({"pool": lambda delta: delta.mean(axis=0)}, {"pool": lambda delta: delta.sum(axis=0)},
         {"pool": lambda delta: delta.sum(axis=0) / delta.shape[1]}),
        deed="∇_b is summed or averaged over the neurons instead of the examples, and loses a dimension.",
        holds=shaped(lambda right, m: (m,)),
    ),
    Slip(
        "one-number",
        "bp3",
        "Your ∇_b is one number for the whole layer.",
        "How many biases does the layer have?",
        ({"pool": np.mean}, {"pool": np.sum}, {"pool": lambda delta: delta.sum() / delta.shape[1]},
         {"pool": lambda delta: delta.mean(keepdims=True)}, {"pool": lambda delta: delta.sum(keepdims=True)},
         *({"pool": lambda delta, number=number: np.full((len(delta), 1), number(delta))}
           for number in (np.mean, np.sum, lambda delta: delta.sum() / delta.shape[1]))),
        deed="∇_b is summed or averaged over the neurons as well as the examples.",
        holds=one_value(),
    ),
    Slip(
        "divided-by-n",
        "bp3",
        "Your {symbol} is divided by a number of neurons instead of the number of examples.",
        "What is the mean taken over, and how many of those are there?",
        ({"pool": lambda delta: delta.sum(axis=1, keepdims=True) / len(delta)},),
    ),
    Slip(
        "divided-twice",
        "bp3",
        "Your {symbol} is divided by m twice.",
        "A mean already divides: which division is one too many?",
        ({"pool": lambda delta: delta.mean(axis=1, keepdims=True) / delta.shape[1]},),
        deed="{symbol} is divided by m a second time.",
        holds=times(lambda case: 1 / case.x.shape[1]),
    ),
    Slip(
        "last-example-only",
        "bp3 bp4",
        "Your {symbol} comes from the last example only.",
        "Is what the earlier examples contributed still there at the end of your loop?",
        ({"take": last},),
        deed="Only the last example is used in {symbol}.",
    ),
    Slip(
        "examples-lost",
        "bp3",
        "Your {symbol} uses one example only, and divides by m as if it had added them all up.",
        "Is what the other examples contributed still there at the end of your loop?",
        ({"pool": lambda delta: delta[:, :1] / delta.shape[1]}, {"pool": lambda delta: delta[:, -1:] / delta.shape[1]}),
    ),
    Slip(
        "running-sum",
        "bp3",
        "In your {symbol}, the sum for each neuron has those of the neurons before it added.",
        "Where does your sum over the examples start from 0 again?",
        ({"pool": lambda delta: np.cumsum(delta.mean(axis=1, keepdims=True), axis=0)},),
    ),
    Slip(
        "first-example-missing",
        "bp3",
        "Your {symbol} leaves out the first example.",
        "Where should your sum over the examples begin?",
        ({"pool": lambda delta: delta[:, 1:].sum(axis=1, keepdims=True) / delta.shape[1]},),
        deed="The first example is left out of {symbol}.",
    ),
    Slip(
        "last-example-missing",
        "bp3",
        "Your {symbol} leaves out the last example.",
        "Where should your sum over the examples end, and does your loop get there?",
        ({"pool": lambda delta: delta[:, :-1].sum(axis=1, keepdims=True) / delta.shape[1]},),
        deed="The last example is left out of {symbol}.",
    ),
)  # fmt: skip

_BP4 = (
    Slip(
        "m-minus-one",
        "bp4",
        "Your {symbol} is divided by m − 1, where m is the number of examples.",
        "Over how many examples is the mean taken?",
        ({"divide": lambda product, delta: product / max(delta.shape[1] - 1, 1)},
         {"divide": lambda product, delta: product / (delta.shape[1] - 1)}),
    ),
    Slip(
        "mean-of-means",
        "bp4",
        "Your {symbol} averages two tables at a time, so later examples count for more.",
        "In (mean + new) / 2, how much is left of the first example at the end?",
        ({"multiply": lambda delta, a: _mean_of_halves(delta[:, None] * a[None]), "divide": _undivided},),
    ),
    Slip(
        "divided-in-the-loop",
        "bp4",
        "Your {symbol} divides by m each time one more example has been added to the sum.",
        "How often is the first example's share divided, and which line belongs after the loop?",
        ({"multiply": lambda delta, a: _divided_each_time(delta) @ a.T, "divide": _undivided},),
    ),
    Slip(
        "starts-at-one",
        "bp4",
        "Your {symbol} has an extra 1 in its sum over the examples.",
        "Which number should a sum start from, so that it changes nothing?",
        ({"multiply": lambda delta, a: delta @ a.T + 1},),
    ),
    Slip(
        "slope-instead-of-a",
        "bp4",
        "Your ∇_w multiplies δ by the slope a(1 − a), where a belongs.",
        "When a weight moves a little, what decides how far z moves: the activation, or its slope?",
        ({"right": lambda a: a * (1 - a)},),
    ),
    Slip(
        "squared-activations",
        "bp4",
        "Your ∇_w contains the square of each activation.",
        "How many times does a weight meet the activation that passes through it?",
        ({"right": np.square},),
    ),
    Slip(
        "mean-subtracted",
        "bp4",
        "Your ∇_w subtracts the mean over the examples before it multiplies.",
        "Does the equation ask for a covariance, or for the mean of a product?",
        ({"right": lambda a: a - a.mean(axis=1, keepdims=True)},),
    ),
    Slip(
        "examples-mispaired",
        "bp4",
        "Your ∇_w pairs the δ of one example with the activations of another.",
        "Are δ and aˡ⁻¹ gone through in the same order?",
        ({"right": lambda a: a[:, ::-1]}, {"right": lambda a: np.roll(a, 1, axis=1)},
         {"right": lambda a: np.roll(a, -1, axis=1)}),
    ),
    Slip(
        "bias-column",
        "bp4",
        "Your ∇_w has a column too many, made of δ alone, as for a bias.",
        "How many columns does w have here, and where do the biases go?",
        ({"right": lambda a: np.vstack([np.ones((1, a.shape[1])), a])},
         {"right": lambda a: np.vstack([a, np.ones((1, a.shape[1]))])}),
        deed="∇_w has a column too many.",
        holds=shaped(lambda right, m: (len(right), right.shape[1] + 1)),
    ),
    Slip(
        "sum-not-mean",
        "bp4",
        "Your {symbol} grows with the number of examples.",
        "Is C the sum or the mean of the examples' costs, and what does that mean for its gradient?",
        ({"divide": _undivided},),
        deed="{symbol} is not divided by m.",
        holds=times(lambda case: case.x.shape[1]),
    ),
    Slip(
        "divided-by-four",
        "bp4",
        "Your ∇_w is divided by 4, however many examples there are.",
        "How many columns does δ have in a different batch?",
        ({"divide": lambda product, _delta: product / 4},),
        deed="∇_w is divided by 4 instead of m.",
        holds=times(lambda case: case.x.shape[1] / 4),
    ),
    Slip(
        "sum-and-transposed",
        "bp4",
        "Your ∇_w is transposed, and grows with the number of examples.",
        "Which layer's neurons are the rows of w, and is C a sum or a mean?",
        ({"divide": _undivided, "finish": np.transpose},),
        deed="∇_w is transposed and not divided by m.",
        holds=shaped(lambda right, m: right.shape[::-1]),
    ),
    Slip(
        "transposed-gradient",
        "bp4",
        "Your ∇_w is transposed.",
        "Row j, column k of ∇_w belongs to the weight into which neuron, and from which?",
        ({"finish": np.transpose},),
        deed="∇_w is transposed.",
        holds=shaped(lambda right, m: right.shape[::-1]),
    ),
    Slip(
        "missing-transpose",
        "bp4",
        "Your ∇_w sums the products of δ and a over the wrong index.",
        "Which index do δ and aˡ⁻¹ share, and what must happen to one of them so that the product sums over it?",
        ({"multiply": lambda delta, a: delta @ a},),
    ),
    Slip(
        "reshaped-not-transposed",
        "bp4",
        "Your {symbol} uses an array that was reshaped instead of transposed.",
        "Does reshape turn rows into columns, or only cut the same list of numbers elsewhere?",
        ({"multiply": lambda delta, a: delta @ a.reshape(a.shape[::-1])},
         {"multiply": lambda delta, a: delta @ a.T.reshape(a.shape).T},  # where examples are rows
         {"multiply": lambda delta, a: (a @ delta.reshape(delta.shape[::-1])).T},
         {"multiply": lambda delta, a: (a @ delta.T).reshape(len(delta), len(a))}),
    ),
    Slip(
        "transpose-on-delta",
        "bp4",
        "Your ∇_w transposes δ, so it sums over the neurons.",
        "Should the sum run over neurons or over examples?",
        ({"multiply": lambda delta, a: delta.T @ a},),
    ),
    Slip(
        "elementwise-not-matrix",
        "bp4",
        "Your ∇_w multiplies δ and a entry by entry.",
        "How many weights connect n_in neurons to n_out, and does each get its own product?",
        ({"multiply": lambda delta, a: delta * a}, {"multiply": lambda delta, a: delta * a.T}),
    ),
    Slip(
        "tensor-not-summed",
        "bp4",
        "Your ∇_w has a separate table for every example.",
        "How do the m tables become one ∇_w?",
        tuple(
            {"multiply": lambda delta, a, order=order: np.einsum(f"jx,kx->{order}", delta, a), **divide}
            for order in ("xjk", "jkx")
            for divide in ({"divide": _undivided}, {})
        ),
        deed="The examples are not combined in ∇_w.",
        holds=everywhere(lambda answer, right, case: answer["∇_w"].ndim == 3),
    ),
    Slip(
        "means-multiplied",
        "bp4",
        "Your ∇_w sums or averages δ and a over the examples before multiplying them.",
        "Is the mean of a product the product of the means?",
        tuple(
            {"multiply": lambda delta, a: delta.sum(axis=1, keepdims=True) @ a.sum(axis=1, keepdims=True).T,
             "divide": lambda product, delta, times=times: product / delta.shape[1]**times}
            for times in (2, 1, 0)
        ),
    ),
    Slip(
        "all-pairs",
        "bp4",
        "Your ∇_w contains the product of every entry of δ and every entry of a, across all examples.",
        "Which entries of δ and a belong to the same example?",
        ({"multiply": np.outer, "divide": _undivided}, {"multiply": np.outer}),
    ),
    Slip(
        "mean-over-weights",
        "bp4",
        "Your ∇_w averages over neurons, after the products.",
        "Over which of the axes of what you average do the examples count?",
        ({"divide": lambda product, delta: product.mean()},
         *({"divide": lambda product, delta, axis=axis, keep=keep: product.mean(axis=axis, keepdims=keep)}
           for axis in (0, 1) for keep in (False, True))),
    ),
    Slip(
        "activated-twice",
        "bp4",
        "Your ∇_w applies σ to aˡ⁻¹ again.",
        "Has aˡ⁻¹ been through σ already?",
        ({"right": sigmoid},),
    ),
    Slip(
        "divided-by-n",
        "bp4",
        "Your {symbol} is divided by a number of neurons instead of the number of examples.",
        "What is the mean taken over, and how many of those are there?",
        ({"divide": lambda product, delta: product / len(product)},
         {"divide": lambda product, delta: product / product.shape[1]}),
    ),
    Slip(
        "divided-twice",
        "bp4",
        "Your {symbol} is divided by m twice.",
        "Where is the mean already taken: in δ, in the product, or after it?",
        ({"divide": lambda product, delta: product / delta.shape[1] ** 2},),
        deed="{symbol} is divided by m a second time.",
        holds=times(lambda case: 1 / case.x.shape[1]),
    ),
    Slip(
        "forgot-activation",
        "bp4",
        "Every column of your ∇_w is the same: it depends on δ alone.",
        "By how much does z_j move when w_jk moves, and which neuron decides that?",
        ({"right": _ones},),
        deed="a is missing from ∇_w.",
        holds=alike(1),
    ),
    Slip(
        "forgot-delta",
        "bp4",
        "Every row of your ∇_w is the same: it depends on a alone.",
        "How does the weight know whether the cost rises or falls with z_j?",
        ({"left": _ones},),
        deed="δ is missing from ∇_w.",
        holds=alike(0),
    ),
    Slip(
        "examples-lost",
        "bp4",
        "Your {symbol} uses one example only, and divides by m as if it had added them all up.",
        "Is what the other examples contributed still there at the end of your loop?",
        ({"left": first, "right": first, "divide": lambda product, delta: product / delta.shape[1]},
         {"left": last, "right": last, "divide": lambda product, delta: product / delta.shape[1]}),
    ),
    Slip(
        "running-sum",
        "bp4",
        "In your {symbol}, the sum for each weight has those of weights before it added.",
        "Where does your sum over the examples start from 0 again?",
        tuple({"multiply": lambda delta, a, run=run: run(delta @ a.T)} for run in RUNNING),
    ),
    Slip(
        "first-example-missing",
        "bp4",
        "Your {symbol} leaves out the first example.",
        "Where should your sum over the examples begin?",
        ({"multiply": lambda delta, a: delta[:, 1:] @ a[:, 1:].T},),
        deed="The first example is left out of {symbol}.",
    ),
    Slip(
        "last-example-missing",
        "bp4",
        "Your {symbol} leaves out the last example.",
        "Where should your sum over the examples end, and does your loop get there?",
        ({"multiply": lambda delta, a: delta[:, :-1] @ a[:, :-1].T},),
        deed="The last example is left out of {symbol}.",
    ),
)  # fmt: skip

GRADIENTS = (*_BP3, *_BP4)

"""Slips in the equations of the gradient: BP3 and BP4."""

import numpy as np

from backprop_lab.activations import sigmoid
from backprop_lab.exercises.claims import alike, everywhere, one_value, shaped, times
from backprop_lab.exercises.reference import same
from backprop_lab.exercises.slips.common import first, last, turned
from backprop_lab.exercises.slips.slip import Slip


def _ones(values: np.ndarray) -> np.ndarray:
    return np.ones_like(values)


def _undivided(product: np.ndarray, _delta: np.ndarray) -> np.ndarray:
    return product


_BP3 = (
    Slip(
        "bias-not-summed",
        "bp3",
        "Your ∇_b is δ itself, with a column for each example.",
        "A layer has one b for all the examples: how does one column come out of m?",
        ({"pool": same},),
        deed="The examples are not brought together in ∇_b.",
        holds=shaped(lambda right, m: (len(right), m)),
    ),
    Slip(
        "divided-not-summed",
        "bp3",
        "Your ∇_b is δ/m, still with one column for each example.",
        "A mean divides, but what does it do before?",
        ({"pool": lambda delta: delta / delta.shape[1]},),
        deed="∇_b is divided by m, but its examples are not added up.",
        holds=shaped(lambda right, m: (len(right), m)),
    ),
    Slip(
        "sum-not-mean",
        "bp3",
        "Your {symbol} grows with the number of examples.",
        "C is which kind of summary of the costs of the examples, and what follows for its gradient?",
        ({"pool": lambda delta: delta.sum(axis=1, keepdims=True)},),
        deed="Nothing is divided by m in {symbol}.",
        holds=times(lambda case: case.x.shape[1]),
    ),
    Slip(
        "wrong-axis",
        "bp3",
        "Your ∇_b pools the neurons, and keeps the examples apart.",
        "Which axis of δ counts the examples: the rows or the columns?",
        ({"pool": lambda delta: delta.mean(axis=0, keepdims=True)},
         {"pool": lambda delta: delta.sum(axis=0, keepdims=True)},
         {"pool": lambda delta: delta.sum(axis=0, keepdims=True) / delta.shape[1]}),
        deed="∇_b pools the neurons instead of the examples.",
        holds=shaped(lambda right, m: (1, m)),
    ),
    Slip(
        "wrong-axis-flat",
        "bp3",
        "Your ∇_b pools the neurons, keeps the examples apart, and has lost a dimension.",
        "Which axis of δ counts the examples, and how does the result stay a column?",
        ({"pool": lambda delta: delta.mean(axis=0)}, {"pool": lambda delta: delta.sum(axis=0)},
         {"pool": lambda delta: delta.sum(axis=0) / delta.shape[1]}),
        deed="∇_b pools the neurons instead of the examples, and loses a dimension.",
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
        deed="∇_b pools the neurons as well as the examples.",
        holds=one_value(),
    ),
    Slip(
        "divided-by-n",
        "bp3",
        "Your {symbol} is divided by a number of neurons.",
        "The mean is taken over what, and how many of these are there?",
        ({"pool": lambda delta: delta.sum(axis=1, keepdims=True) / len(delta)},),
    ),
    Slip(
        "divided-twice",
        "bp3",
        "Your {symbol} is divided by m twice.",
        "A mean divides already: which division is left over?",
        ({"pool": lambda delta: delta.mean(axis=1, keepdims=True) / delta.shape[1]},),
        deed="∇_b is divided by m once more.",
        holds=times(lambda case: 1 / case.x.shape[1]),
    ),
    Slip(
        "last-example-only",
        "bp3 bp4",
        "Your {symbol} is that of the last example.",
        "Is what the earlier examples gave still there at the end of your loop?",
        ({"take": last},),
        deed="Only the last example is left in {symbol}.",
    ),
    Slip(
        "examples-lost",
        "bp3",
        "Your {symbol} takes one example, and divides it by m as if it were the sum of all.",
        "Is what the other examples gave still there at the end of your loop?",
        ({"pool": lambda delta: delta[:, :1] / delta.shape[1]}, {"pool": lambda delta: delta[:, -1:] / delta.shape[1]}),
    ),
    Slip(
        "first-example-missing",
        "bp3",
        "Your {symbol} leaves out the first example.",
        "At which number does your sum over the examples begin?",
        ({"pool": lambda delta: delta[:, 1:].sum(axis=1, keepdims=True) / delta.shape[1]},),
        deed="The first example is left out of {symbol}.",
    ),
    Slip(
        "last-example-missing",
        "bp3",
        "Your {symbol} leaves out the last example.",
        "At which number does your sum over the examples end, and does your loop get there?",
        ({"pool": lambda delta: delta[:, :-1].sum(axis=1, keepdims=True) / delta.shape[1]},),
        deed="The last example is left out of {symbol}.",
    ),
)  # fmt: skip

_BP4 = (
    Slip(
        "sum-not-mean",
        "bp4",
        "Your {symbol} grows with the number of examples.",
        "C is which kind of summary of the costs of the examples, and what follows for its gradient?",
        ({"divide": _undivided},),
        deed="Nothing is divided by m in {symbol}.",
        holds=times(lambda case: case.x.shape[1]),
    ),
    Slip(
        "divided-by-four",
        "bp4",
        "Your ∇_w divides by 4, however many examples there are.",
        "How many columns has δ when the batch is another one?",
        ({"divide": lambda product, _delta: product / 4},),
        deed="∇_w is divided by 4, and not by m.",
        holds=times(lambda case: case.x.shape[1] / 4),
    ),
    Slip(
        "sum-and-transposed",
        "bp4",
        "Your ∇_w is turned on its side, and grows with the number of examples.",
        "Which layer's neurons number the rows of w, and is C a sum or a mean?",
        ({"divide": _undivided, "finish": turned},),
        deed="∇_w is transposed, and not divided by m.",
        holds=shaped(lambda right, m: right.shape[::-1]),
    ),
    Slip(
        "transposed-gradient",
        "bp4",
        "Your ∇_w is turned on its side.",
        "Row j, column k of ∇_w belongs to the weight into which neuron, from which neuron?",
        ({"finish": turned},),
        deed="∇_w is transposed.",
        holds=shaped(lambda right, m: right.shape[::-1]),
    ),
    Slip(
        "missing-transpose",
        "bp4",
        "Your ∇_w sums a product of δ and a over the wrong index.",
        "Which index do δ and aˡ⁻¹ share, and how must a stand for the product to sum over it?",
        ({"multiply": lambda delta, a: delta @ a},),
    ),
    Slip(
        "reshaped-not-transposed",
        "bp4",
        "Your {symbol} comes from an array that was reshaped where it should be transposed.",
        "Does reshape turn rows into columns, or only cut the same row of numbers elsewhere?",
        ({"multiply": lambda delta, a: delta @ a.reshape(a.shape[::-1])},),
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
        "Your ∇_w has a table of its own for every example.",
        "How does one ∇_w come out of the m tables?",
        tuple(
            {"multiply": lambda delta, a, order=order: np.einsum(f"jx,kx->{order}", delta, a), **divide}
            for order in ("xjk", "jkx")
            for divide in ({"divide": _undivided}, {})
        ),
        deed="The examples are not brought together in ∇_w.",
        holds=everywhere(lambda answer, right, case: answer["∇_w"].ndim == 3),
    ),
    Slip(
        "means-multiplied",
        "bp4",
        "Your ∇_w pools δ and a over the examples before it multiplies them.",
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
        "Your ∇_w holds the product of every entry of δ with every entry of a, across all examples.",
        "Which entries of δ and a belong to the same example?",
        ({"multiply": np.outer, "divide": _undivided}, {"multiply": np.outer}),
    ),
    Slip(
        "mean-over-weights",
        "bp4",
        "Your ∇_w takes a mean of the finished matrix product.",
        "Is there still an axis of that product which counts the examples?",
        ({"divide": lambda product, delta: product.mean()},
         *({"divide": lambda product, delta, axis=axis, keep=keep: product.mean(axis=axis, keepdims=keep)}
           for axis in (0, 1) for keep in (False, True))),
    ),
    Slip(
        "activated-twice",
        "bp4",
        "Your ∇_w applies σ to aˡ⁻¹ once more.",
        "Has aˡ⁻¹ been through σ already?",
        ({"right": sigmoid},),
    ),
    Slip(
        "divided-by-n",
        "bp4",
        "Your {symbol} is divided by a number of neurons.",
        "The mean is taken over what, and how many of these are there?",
        ({"divide": lambda product, delta: product / len(product)},
         {"divide": lambda product, delta: product / product.shape[1]}),
    ),
    Slip(
        "divided-twice",
        "bp4",
        "Your {symbol} is divided by m twice.",
        "Where is the mean taken already: in δ, in the product, or after it?",
        ({"divide": lambda product, delta: product / delta.shape[1] ** 2},),
        deed="∇_w is divided by m once more.",
        holds=times(lambda case: 1 / case.x.shape[1]),
    ),
    Slip(
        "forgot-activation",
        "bp4",
        "Every column of your ∇_w is the same: it is made of δ alone.",
        "By how much does z_j move when w_jk moves, and which neuron decides that?",
        ({"right": _ones},),
        deed="a is missing from ∇_w.",
        holds=alike(1),
    ),
    Slip(
        "forgot-delta",
        "bp4",
        "Every row of your ∇_w is the same: it is made of a alone.",
        "How does the weight know whether the cost rises or falls with z_j?",
        ({"left": _ones},),
        deed="δ is missing from ∇_w.",
        holds=alike(0),
    ),
    Slip(
        "examples-lost",
        "bp4",
        "Your {symbol} takes one example, and divides it by m as if it were the sum of all.",
        "Is what the other examples gave still there at the end of your loop?",
        ({"left": first, "right": first, "divide": lambda product, delta: product / delta.shape[1]},
         {"left": last, "right": last, "divide": lambda product, delta: product / delta.shape[1]}),
    ),
    Slip(
        "first-example-missing",
        "bp4",
        "Your {symbol} leaves out the first example.",
        "At which number does your sum over the examples begin?",
        ({"multiply": lambda delta, a: delta[:, 1:] @ a[:, 1:].T},),
        deed="The first example is left out of {symbol}.",
    ),
    Slip(
        "last-example-missing",
        "bp4",
        "Your {symbol} leaves out the last example.",
        "At which number does your sum over the examples end, and does your loop get there?",
        ({"multiply": lambda delta, a: delta[:, :-1] @ a[:, :-1].T},),
        deed="The last example is left out of {symbol}.",
    ),
)  # fmt: skip

GRADIENTS = (*_BP3, *_BP4)

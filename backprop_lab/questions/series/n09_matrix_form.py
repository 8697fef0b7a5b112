"""Questions of notebook 09: a layer and a batch at once."""

from random import Random

import numpy as np

from backprop_lab import cases, matrix_chain
from backprop_lab.drawing.markup import signed
from backprop_lab.per_example import per_example_gradients
from backprop_lab.questions.forms import choice, code, number
from backprop_lab.questions.predictions import Asked
from backprop_lab.questions.quizzes import Question, right, wrong


def shape_of_delta() -> Asked:
    sizes, m = cases.deep.parameters.sizes, cases.batch.x.shape[1]
    return code(
        f"The network `deep`, sizes {'-'.join(map(str, sizes))}, and {m} examples. What is the shape of `delta[2]`?",
        (sizes[2], m),
        slips={
            "rows and columns exchanged": (m, sizes[2]),
            "the neurons of layer 1 in place of those of layer 2": (sizes[1], m),
            "one example in place of four": (sizes[2], 1),
            "the shape of `w[2]`": (sizes[2], sizes[1]),
        },
        hints=("Rows are neurons. What are columns?", "δ always has the shape of z."),
        reveal="One row for each neuron of layer 2, one column for each example: δ always has the shape of z.",
    )


def which_product() -> Asked:
    return choice(
        "In `wide`, $a^1$ is 3×1 and $δ^2$ is 2×1. Which product is the gradient of $w^2$, which is 2×3?",
        {
            "`a @ delta`": "(3×1)(2×1): 1 column does not meet 2 rows. For numbers the order of factors does not matter, for matrices it does.",
            "`a @ delta.T`": "(3×1)(1×2) fits, but gives 3×2: the gradient must have the shape of w.",
            "`delta @ a.T`": "(2×1)(1×3) gives 2×3: row j belongs to $δ_j$, column k to $a_k$.",
            "`delta.T @ a`": "(1×2)(3×1): 2 columns do not meet 3 rows.",
        },
        answer="`delta @ a.T`",
        reveal="It holds in every layer, with that layer's δ, not only at the output.",
    )


def from_which_end() -> Asked:
    left, right_ = (matrix_chain.multiplications((100, 100, 10), side) for side in ("left", "right"))
    return choice(
        "Layers of 100, 100 and 10 neurons. How much more work is it to begin at the left, at the first layer?",
        {
            "none": "The result is the same, the work is not.",
            "twice as much": "More than that: think of (100×100)(100×10).",
            "about ten times as much": "From the left matrices meet matrices, from the right a column.",
        },
        answer="about ten times as much",
        once=True,
        reveal=f"{left:,} multiplications from the left, {right_:,} from the right.",
    )


def count_them() -> Asked:
    sizes = (30, 20, 10)
    return number(
        "Layers 1, 2, 3 have 30, 20 and 10 neurons. How many multiplications does $δ^1$ take, beginning at the cost?",
        matrix_chain.multiplications(sizes, "right"),
        slips={
            "the left end as the beginning": matrix_chain.multiplications(sizes, "left"),
            "every $Σ′$ counted as a full matrix": 10 * 10 + 20 * 10 + 20 * 20 + 30 * 20 + 30 * 30,
            "every $Σ′$ left out": 20 * 10 + 30 * 20,
        },
        decimals=0,
        hints=(
            "Five factors meet a column, one after the other. Three of them are diagonal.",
            "A diagonal matrix takes one multiplication for each entry of the column, a p×q matrix takes p·q.",
        ),
        reveal="10 for $Σ′(z^3)$, 20·10 for the weights, 20 for $Σ′(z^2)$, 30·20 for the weights, 30 for $Σ′(z^1)$.",
    )


def mean_times_mean() -> Asked:
    return choice(
        "A shortcut: take the mean of δ over the examples, the mean of $a$, and multiply once. Is that the gradient of the mean cost?",
        {
            "yes, always": "Try two examples: δ = +1 with a = 1, δ = −1 with a = −1. Both products are +1, both means are 0.",
            "yes, if all examples count alike": "They do count alike here. A mean of products still is not the product of the means.",
            "no, in general": "An example in which δ and $a$ are large together counts for more than the two means say.",
        },
        answer="no, in general",
        once=True,
        reveal="Here row 1 of x has the mean 0, so the shortcut says that three weights need no change at all. They do.",
    )


def sum_or_mean() -> Asked:
    stack = per_example_gradients(cases.batch, 1)
    return choice(
        f"The sum of the stack has {signed(stack.sum(axis=0)[0, 0], 4)} for $w^1_0,0$, its mean {signed(stack.mean(axis=0)[0, 0], 4)}. "
        "A text says: multiply, and sum over the examples: this is the gradient. Of which cost is the sum the gradient?",
        {
            "of the sum of the costs": "For the mean cost the factor 1/m is missing.",
            "of the mean cost": "Then the sum would have to be divided by m.",
            "of the cost of the last example": "Its gradient is one slice of the stack.",
        },
        answer="of the sum of the costs",
        reveal="Neither is wrong, but the line must say which cost it means: with the sum, a step is m times as long.",
    )


def which_einsum() -> Asked:
    return choice(
        "Four lines, in which δ has the shape (3, 4) and $a$ the shape (2, 4). One of them is the gradient of the summed cost, of shape (3, 2). Which one?",
        {
            '`np.einsum("je,ke->jk", delta, a)`': "j and k stay, the shared e is summed: it is `delta @ a.T`.",
            '`np.einsum("je,ke->kj", delta, a)`': "The right numbers, with rows and columns exchanged: (2, 3).",
            '`np.einsum("je,kf->jk", delta, a)`': "Two letters, e and f: δ is summed over all its examples and so is $a$, before they meet. That is the product of two sums, and has the right shape.",
            '`np.einsum("je,ke->ejk", delta, a)`': "e stays: nothing is summed, this is the stack.",
        },
        answer='`np.einsum("je,ke->jk", delta, a)`',
        longer="The same letter in both factors ties their examples together. A letter missing after the arrow is summed.",
    )


def one_entry() -> Asked:
    d, x = cases.batch.backward_pass.delta[1][0], cases.batch.x[0]
    return number(
        f"The four peaches: δ of neuron 0 is `{d.round(4).tolist()}`, input 0 is `{x.tolist()}`. "
        "What is the gradient of the mean cost for `w[1][0, 0]`?",
        float(d @ x / 4),
        slips={
            "the sum in place of the mean": float(d @ x),
            "the two means multiplied": float(d.mean() * x.mean()),
            "the first example only": float(d[0] * x[0]),
            "the last example only": float(d[3] * x[3]),
            "the input left out, as if for the bias": float(d.mean()),
        },
        hints=("One product for each peach. What then?", f"The four products add up to {signed(float(d @ x), 4)}."),
        reveal="Multiply example by example, add, divide by four.",
    )


def a_shape_of_a_product(draw: Random) -> Asked:
    """The shape of a gradient or an error signal."""
    n, before, after, m = draw.sample(range(2, 10), 4)
    which, answer, swapped = draw.choice((
        (f"`delta[2] @ a[1].T` with `delta[2]` of shape ({n}, {m}) and `a[1]` of shape ({before}, {m})", (n, before), (before, n)),
        (f"`w[3].T @ delta[3]` with `w[3]` of shape ({after}, {n}) and `delta[3]` of shape ({after}, {m})", (n, m), (m, n)),
    ))  # fmt: skip
    return code(
        f"What is the shape of {which}?",
        answer,
        slips={"rows and columns exchanged": swapped},
        hints=("Write the two shapes side by side, the transpose turned. Which number vanishes?",),
        reveal="The inner numbers meet and vanish; the outer two remain.",
    )


def a_batch_gradient(draw: Random) -> Asked:
    """The mean of two products."""
    d = np.array([draw.randint(3, 14), -draw.randint(3, 14)]) / 100
    a = np.array([draw.choice((0.2, 0.4, 0.9)), draw.choice((-1.0, -0.5))])
    return number(
        f"Two examples: δ is {signed(d[0])} and {signed(d[1])}, what comes in is {signed(a[0], 1)} and {signed(a[1], 1)}. "
        "What is the gradient of the mean cost for this weight?",
        float((d * a).mean()),
        slips={
            "the sum in place of the mean": float((d * a).sum()),
            "the two means multiplied": float(d.mean() * a.mean()),
        },
        hints=("First multiply, example by example.", "Then take the mean of the two products."),
    )


RECALL = (a_shape_of_a_product, a_batch_gradient)

QUIZ = (
    Question(
        "Σ′ is the square matrix with σ′ on its diagonal, and v is a column. What equals the product Σ′v?",
        (
            wrong("v times σ′ transposed", "That is an outer product, which is a matrix."),
            right("σ′ ⊙ v"),
            wrong("σ′ transposed times v", "That is an inner product, which is one number."),
            wrong("v, divided by σ′", "The diagonal holds σ′ itself, so each entry is multiplied by it."),
        ),
        penalty=10,
        explanation="A diagonal matrix gives each entry its own factor.",
    ),
    Question(
        "How does the gradient of a batch follow from its δ and a, one column for each example?",
        (
            wrong("the mean of δ times the mean of a", "The mean of a product is not the product of the means."),
            wrong("the sum of δ times the sum of a, over m", "That mixes the δ of one example with the a of another."),
            right("multiply example by example, then average"),
            wrong(
                "multiply example by example, then add",
                "That is the gradient of the summed cost: m times too large for the mean.",
            ),
        ),
        penalty=10,
        explanation="The matrix product does both: it multiplies and adds over the examples; 1/m makes it the mean.",
    ),
    Question(
        "The product of all the matrices can be worked out from either end. Why start at the cost?",
        (
            wrong("the other end gives another result", "The result is the same: only the work differs."),
            wrong("the cost is known first", "All the matrices are known when the forward pass is done."),
            right("there it begins with a vector, and stays one"),
            wrong(
                "matrices may only be multiplied from the right",
                "Any order of brackets is allowed, and gives the same.",
            ),
        ),
        penalty=5,
        explanation="Matrix times vector is cheap, matrix times matrix is not.",
    ),
)

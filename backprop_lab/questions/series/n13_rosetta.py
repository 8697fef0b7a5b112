"""Questions of notebook 13: other people's notation, translated by hand; which number betrays which program."""

import numpy as np

from backprop_lab import cases
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.questions.forms import choice, code, number
from backprop_lab.questions.predictions import Asked
from backprop_lab.questions.quizzes import Question, right, wrong
from backprop_lab.rosetta.conventions import convention
from backprop_lab.rosetta.witnesses import worked_example


def the_factor() -> Asked:
    layout = convention("torch").layout
    m, n = cases.batch.x.shape[1], len(cases.batch.y)
    return number(
        f"PyTorch's `MSELoss` is the mean of all m·n squares, without a ½. For the {m} examples of `batch`, with one output: "
        f"how many times our gradient is `weight.grad`?",
        layout.gradient(m, n),
        slips={"the ½ kept": 1, "the mean taken for a sum": 2 * m, "the 2 on the wrong side": 0.5},
        decimals=0,
        once=True,
        reveal="Ours has a ½, which cancels the 2 of the square; both are means over the examples.",
    )


def two_minus_signs() -> Asked:
    delta = float(cases.running.backward_pass.delta[2][0, 0])
    same = f"the same, {signed(delta, 6)}"
    return choice(
        "A page writes the cost as $½(y − a)²$, and its error signal as $−(y−a)σ′(z)$. For `running` ours is "
        f"{signed(delta, 6)}. What is theirs?",
        {
            same: "$−(y−a)$ is $a−y$: the two minus signs cancel.",
            f"the opposite, {signed(-delta, 6)}": "That is $(y−a)σ′$: the minus in front is part of their formula.",
            f"twice ours, {signed(2 * delta, 6)}": "The ½ in front of their square cancels its 2.",
        },
        answer=same,
        once=True,
    )


def counted_from_one() -> Asked:
    return code(
        "A book counts layers from 1, the input included, and neurons from 1 as well. Its w with the raised 3 and the lowered 24 "
        "leads from the fourth neuron of its layer 2 to the second of its layer 3. What is it called in our code?",
        "w[2][1, 3]",
        slips={
            "the layer off by one: the input is our layer 0": "w[3][1, 3]",
            "swapped indices": "w[2][3, 1]",
            "neurons counted from one": "w[2][2, 4]",
            "nothing translated": "w[3][2, 4]",
        },
        hints=(
            "Take 1 off each number that counts something.",
            "The layer is the one it leads to; then comes to, from.",
        ),
        reveal="Layer 3 there is layer 2 here; neurons 2 and 4 are 1 and 3.",
    )


def turned() -> Asked:
    there = convention("rows")
    return code(
        "Our `nabla_w[1][2, 0]` is needed in a program with examples in rows and W[from, to]. Where in `dW` is it?",
        there.entry(1, 2, 0),
        slips={"the gradient not transposed": "dw[1][2, 0]", "the layer off by one": "dw[0][0, 2]"},
        hints=("Which of the two indices says where the wire comes from?", "There the first index says it."),
        reveal="`dW[1].T` is our `nabla_w[1]`: the layer stays, the two indices change places.",
    )


def a_sum() -> Asked:
    m, ours = cases.batch.x.shape[1], float(cases.batch.backward_pass.nabla_w[1][0, 0])
    return number(
        f"A program adds up the gradients of the {m} examples of `batch`, and has {plain(m * ours, 6)} for our "
        "`nabla_w[1][0, 0]`. What is our number?",
        ours,
        slips={
            "the factor m left as it is": m * ours,
            "m on the wrong side": m * m * ours,
            "a factor of two in place of m": m * ours / 2,
        },
        hints=("Our cost is a mean over the examples.", f"Divide by the number of examples, {m}."),
    )


def a_library_s_number() -> Asked:
    a, y = np.array([0.3, 0.5, 0.2]), np.array([0.0, 1.0, 0.0])
    squares = (a - y) ** 2
    return number(
        f"For the outputs (0.3, 0.5, 0.2) and the targets (0, 1, 0) a library reports a mean squared error of {squares.mean():.6f}. "
        "What is our cost of this example?",
        squares.sum() / 2,
        slips={
            "nothing translated": squares.mean(),
            "the factor of two left out": squares.sum(),
            "the division by the number of outputs left as it is": squares.mean() / 2,
        },
        hints=("By how many squares does the library divide?", "Undo the division by 3; then comes our ½."),
        reveal="The factor is half the number of outputs, whatever the number of examples.",
    )  # fmt: skip


def a_or_z() -> Asked:
    z, a = (float(each[2][0, 0]) for each in (cases.running.forward_pass.z, cases.running.forward_pass.a))
    return number(
        "A book has $a$ before the activation function and $h$ after it. Which number is its $a^2_0$ for the output of `running`?",
        z,
        slips={"z and a swapped": a, "the sign lost": -z},
        hints=("Which of our two letters is before σ?", "It is our weighted input: `cases.running.forward_pass.z[2]`."),
    )


def which_order() -> Asked:
    right_order, other = worked_example(1)[0], worked_example(1, updated_first=True)[0]
    with_biases = worked_example(1, biases=True)[0]
    early = "its hidden δ goes back through output weights that have made their step already"
    return choice(
        f"A widely copied example starts with the error {worked_example(0)[0]:.9f}. After one step its page prints "
        f"{other:.9f}; done by the four equations it is {right_order:.9f}. What does a program do that gets the page's number?",
        {
            early: "All deltas first, from the old weights; then all steps.",
            "it rounds to six digits on the way": "Rounding would move the last digits in a run of the right order, not give "
            "the same nine digits to everybody who makes this slip.",
            "it lets the biases learn too": f"That gives {with_biases:.9f}, much less.",
            "it forgets σ′ in the hidden layer": "The step of the hidden weights would be four times as long: off in an "
            "earlier digit.",
        },
        answer=early,
        once=True,
    )  # fmt: skip


QUIZ = (
    Question(
        "In another's code δ holds the factor 1/m already. The gradient of the bias is then…",
        (
            wrong("the mean over the examples", "That divides by m twice."),
            right("the sum over the examples"),
            wrong("m times the sum", "The factor 1/m belongs there; this would take it away."),
        ),
        penalty=10,
        explanation="The 1/m must come in once, wherever it is put.",
    ),
    Question(
        "A text has layers 1, 2, 3, the input included, and writes $w^3$. In our code that is…",
        (
            wrong("`w[3]`", "Our input is layer 0: the last of three layers is our layer 2."),
            right("`w[2]`"),
            wrong("`w[2].T`", "Counting does not turn a matrix: to, from stays to, from."),
        ),
        penalty=10,
        explanation="Both name the weights by the layer they lead to; only the counting begins elsewhere.",
    ),
    Question(
        "A bias of the wrong layer in the formula for z: why do the proofs of BP1, BP2 and BP4 not notice?",
        (
            wrong("the bias has no influence on the cost", "It has: every z of the layer holds it."),
            right("they take rates with respect to z, a and w only: any bias is a constant there"),
            wrong("the gradient of the bias is 0", "It is δ, and hardly ever 0."),
        ),
        penalty=10,
        explanation="BP3 does notice: the bias of that layer is no longer in its z. And numbers show it at once.",
    ),
)

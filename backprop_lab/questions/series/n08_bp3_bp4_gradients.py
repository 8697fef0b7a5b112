"""Questions of notebook 08: gradients of biases and weights."""

from random import Random

from backprop_lab import cases
from backprop_lab.activations import sigmoid
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.questions.forms import choice, number
from backprop_lab.questions.predictions import Asked
from backprop_lab.questions.quizzes import Question, right, wrong


def a_rate() -> Asked:
    delta, x = cases.running.backward_pass.delta[1][2, 0], cases.running.x[1, 0]
    w, z, a = (
        cases.running.parameters.w[1][2, 1],
        *(each[1][2, 0] for each in (cases.running.forward_pass.z, cases.running.forward_pass.a)),
    )
    return number(
        f"Neuron 2 of layer 1 has $δ$ = {signed(delta, 4)}. Input 1 is {signed(x, 1)}, the weight between the two "
        f"{signed(w, 1)}. What is the rate of that weight?",
        delta * x,
        slips={
            "the weight in place of the activation that comes in": delta * w,
            "the activation of the neuron it leads to": delta * a,
            "the wrong sign": -delta * x,
            "$σ′$ once more, though $δ$ holds it": delta * x * sigmoid.prime(z),
            "the activation left out": delta,
        },
        once=True,
        reveal="Turn the weight by a little: $z$ moves by that much times what comes in, and the cost by $δ$ times that.",
    )


def largest_row() -> Asked:
    return choice(
        f"The δ of layer 1 are {', '.join(signed(each, 3) for each in cases.running.backward_pass.delta[1][:, 0])}; "
        f"the inputs are {', '.join(signed(each, 1) for each in cases.running.x[:, 0])}. "
        "One step downhill is taken. Which weight of layer 1 moves the farthest?",
        {
            "`w[1][2, 1]`": "The largest |δ| meets the input farthest from 0: no product of the six is farther from 0.",
            "`w[1][1, 0]`": "It is the weight farthest from 0, but its own size is not a factor of its rate. It moves least.",
            "`w[1][2, 0]`": "It has the largest |δ|, and the input nearer to 0.",
            "`w[1][0, 1]`": "It meets the input that is farther from 0, but |δ| of neuron 2 is larger than that of neuron 0.",
        },
        answer="`w[1][2, 1]`",
        once=True,
        reveal="Check it: press “one step” beside the table.",
    )


def quietest_of_the_batch() -> Asked:
    return choice(
        "In the batch each weight has four products, one for each peach. Which weight of layer 1 moves the mean cost least?",
        {
            "`w[1][0, 0]`": "Three of its four products are positive: they add up.",
            "`w[1][0, 1]`": "Two of its products are negative, two positive, and much of it cancels.",
            "`w[1][2, 1]`": "One of its products is the largest of all.",
        },
        answer="`w[1][0, 1]`",
        once=True,
        reveal="The table below shows it; its margins hold all four peaches.",
    )


def by_hand() -> Asked:
    d, w = cases.running.backward_pass.delta[2][0, 0], cases.running.parameters.w[2][0, 1]
    a, out = cases.running.forward_pass.a[1][1, 0], cases.running.forward_pass.a[2][0, 0]
    return number(
        f"In `running`: $δ^2_0$ = {signed(d, 4)}, $a^1_1$ = {plain(a, 4)}, $w^2_0,1$ = {signed(w, 1)}, $a^2_0$ = {plain(out, 4)}. "
        "What is the rate of $w^2_0,1$?",
        d * a,
        slips={
            "the weight in place of the activation": d * w,
            "the activation of the neuron it leads to": d * out,
            "$σ′$ once more, though $δ$ holds it": d * a * out * (1 - out),
            "the activation left out": d,
            "the wrong sign": -d * a,
        },
        hints=(
            "Two of the four numbers are factors. Which neuron does the weight come from, which does it lead to?",
            "One factor is δ of the neuron it leads to. The other is what comes in.",
        ),
    )


def bias_and_weight(draw: Random) -> Asked:
    """The rate of a weight from the rate of its neuron's bias."""
    rate, a = draw.choice((-1, 1)) * draw.randint(2, 14) / 100, draw.choice((0.2, 0.3, 0.6, 0.8, 1.5))
    return number(
        f"For one example the bias of a neuron has the rate {signed(rate)}. Through one of its weights comes the activation "
        f"{a}. What is the rate of that weight?",
        rate * a,
        slips={
            "the activation left out": rate,
            "a quotient in place of a product": rate / a,
            "the wrong sign": -rate * a,
        },
        hints=("What is the rate of the bias, by BP3?", "BP4: that number times what comes in."),
    )


def a_quiet_cell(draw: Random) -> Asked:
    """Which weight of a table learns slowest."""
    d = draw.sample((0.12, -0.09, 0.02, -0.05), 2)
    a = draw.sample((0.9, 0.5, 0.1, -1.2), 2)
    size = {(j, k): abs(d[j] * a[k]) for j in range(2) for k in range(2)}
    quiet, loud = min(size, key=lambda at: size[at]), max(size, key=lambda at: size[at])
    said = {
        f"`w[{j}, {k}]`": f"Its rate is {signed(d[j])} times {signed(a[k], 1)}, {signed(d[j] * a[k], 3)}" + (
            ": the smallest." if (j, k) == quiet else ": the largest of all." if (j, k) == loud else ": another is smaller."
        )
        for j, k in size
    }  # fmt: skip
    return choice(
        f"A layer of two neurons has $δ$ = {signed(d[0])} and {signed(d[1])}; what comes in is {signed(a[0], 1)} and {signed(a[1], 1)}. "
        "Which of its four weights learns slowest?",
        said,
        answer=f"`w[{quiet[0]}, {quiet[1]}]`",
        reveal="In the table, the row with the smaller |δ| crosses the column with the smaller activation.",
    )


RECALL = (bias_and_weight, a_quiet_cell)

QUIZ = (
    Question(
        "A neuron's bias has the rate 0.1, and one of its inputs is 0. What is the rate of that input's weight?",
        (
            wrong("0.1", "That is δ; the rate of the weight is δ times its input."),
            right("0"),
            wrong("it cannot be told without the weight", "The weight itself is no factor of its own rate."),
            wrong("0.1 divided by the number of inputs", "δ is not shared out: each weight has δ times its own input."),
        ),
        penalty=10,
        explanation="The rate of a weight is δ times what comes in.",
    ),
    Question(
        "When does a weight learn slowly?",
        (
            right("when the activation that comes in is small"),
            wrong("when the weight is small", "The weight itself is no factor of its own rate."),
            right("when the δ of the neuron it leads to is small"),
            wrong("when the δ of the neuron it comes from is small", "That one belongs to the weights before it."),
        ),
        penalty=10,
        explanation="BP4 has two factors, and either can be small.",
    ),
    Question(
        "Why is the rate of a bias δ itself?",
        (
            wrong("because it has no neuron before it", "It has none, but the reason is the factor 1 in front of b."),
            wrong("because the bias is its own input", "Its input is a constant 1, whatever the bias is."),
            right("because z grows by as much as the bias"),
            wrong("because σ′ is 1 there", "σ′ is in δ already, and it is never above ¼."),
        ),
        penalty=5,
        explanation="In z the bias has the factor 1.",
    ),
)

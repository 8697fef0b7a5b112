"""Questions of notebook 12: saturation, and which cost cures it."""

from functools import cache
from random import Random

import numpy as np

from backprop_lab.activations import sigmoid
from backprop_lab.cases import Case
from backprop_lab.costs import Cost, binary_cross_entropy, quadratic
from backprop_lab.drawing.markup import plain
from backprop_lab.parameters import Parameters
from backprop_lab.questions.forms import choice, number
from backprop_lab.questions.predictions import Asked
from backprop_lab.questions.quizzes import Question, right, wrong
from backprop_lab.training import train

STUBBORN = Case(Parameters({1: np.array([[2.0]])}, {1: np.array([[2.0]])}), x=np.array([[1.0]]), y=np.array([[0.0]]))


def the_copied_line() -> Asked:
    """The raw error sent back, σ′ of the output applied afterwards."""
    return choice(
        "People train with the copied line and report that it often learns faster. What is it that the hidden layer gets there?",
        {
            "the error signal of another cost": "One whose output has no factor σ′: nothing is lost there when it saturates.",
            "its own error signal, times one number": "Each output leaves out a σ′ of its own, which for one is near ¼ and for another near 0: no larger learning rate does that.",
            "a signal that belongs to no cost": "It belongs to one, and to one that is often used.",
            "its own error signal": "BP2 sends back $δ$, with its slope, and this line leaves the slope out.",
        },
        answer="the error signal of another cost",
        once=True,
        reveal="This notebook finds out which cost that is.",
    )


def the_race() -> Asked:
    """Epochs until the stubborn neuron is right, under the other cost."""
    slow = _epochs_until_right(quadratic)
    return number(
        f"Under the quadratic cost the neuron needs {slow} epochs until its answer is below ½. How many will it need under the cross-entropy, from the same start, with the same $η$?",
        _epochs_until_right(binary_cross_entropy),
        decimals=0,
        guess=True,
        once=True,
        reveal="Its δ is largest at the start, where it is most wrong.",
    )


def silent_or_loud() -> Asked:
    """δ of a saturated output under the cross-entropy."""
    z = 10.0
    a, slope = float(sigmoid(z)), float(sigmoid.prime(z))
    return number(
        f"An output with $z$ = {z:g} answers $a$ = {plain(a, 6)}; its target is 0, its slope $σ′$ = {plain(slope, 6)}. What is its δ under the cross-entropy?",
        a,
        slips={
            "the quadratic cost's slope kept": a * slope,
            "$a − y$ divided by $σ′$": a / slope,
        },
        hints=(
            "Which factor of BP1 does this cost cancel?",
            "What is left is a difference. Of what?",
        ),
        reveal="Wrong by nearly 1, and δ says nearly 1.",
    )


def softmax_by_hand() -> Asked:
    """δ of one output of a softmax."""
    a, y = np.array([0.3, 0.5, 0.2]), np.array([0.0, 1.0, 0.0])
    return number(
        "A softmax answers (0.3, 0.5, 0.2); the target is (0, 1, 0), the cost −Σ\N{NO-BREAK SPACE}y\N{NO-BREAK SPACE}ln\N{NO-BREAK SPACE}a. What is δ of output 1?",
        a[1] - y[1],
        slips={
            "the sign flipped": y[1] - a[1],
            "the slope of a sigmoid kept": (a[1] - y[1]) * a[1] * (1 - a[1]),
            "the rate with respect to $a$ in place of $z$": -y[1] / a[1],
        },
        decimals=2,
        hints=("Use the last line of the proof.", "It is a difference of two numbers that the question names."),
        reveal="The three δ are 0.3, −0.5 and 0.2: they add up to 0, as they must when the answers add up to 1.",
    )


def ten_layers() -> Asked:
    """What a better cost does for the first layers."""
    return choice(
        "A network with ten sigmoid layers gets the cross-entropy in place of the quadratic cost. What happens to the error signals of its first layer?",
        {
            "they are about as loud as at the output": "σ′ of the hidden layers is still there: nine factors of at most ¼.",
            "they stay as far below the output's as before": "Only the output's σ′ cancels. Every hidden layer keeps its own.",
            "they become exactly 0": "They become small, but a product of numbers above 0 is not 0.",
            "they grow from layer to layer": "They would need weights that outweigh σ′, far larger than ordinary ones.",
        },
        answer="they stay as far below the output's as before",
        once=True,
        longer="BP2 multiplies by σ′ of each hidden layer. The cost appears in BP1 only, so it can change BP1 only.",
    )


def equal_weights() -> Asked:
    """Symmetric starts."""
    return choice(
        "All weights of a network start with the same value, 0.5, all biases at 0. What will the three hidden neurons be after a thousand steps?",
        {
            "three different ones": "What could make them different? They see the same, say the same, and are told the same.",
            "three equal ones": "Equal weights give equal z, a and δ, so equal steps: for ever.",
            "all at 0": "The weights do move, but all of them alike.",
            "it depends on the learning rate": "Any rate times the same gradient is the same step for all three.",
        },
        answer="three equal ones",
        once=True,
    )


def a_slow_output(draw: Random) -> Asked:
    """δ of a saturated output under both costs."""
    z = draw.choice((2.0, 3.0, 4.0))
    a, slope = float(sigmoid(z)), float(sigmoid.prime(z))
    return number(
        f"A sigmoid output with target 0 answers $a$ = {plain(a, 4)}, where $σ′(z)$ = {plain(slope, 4)}. What is its δ under the quadratic cost?",
        a * slope,
        slips={"the slope left out: that is the cross-entropy's": a, "the output left out": slope},
        decimals=4,
        hints=("BP1 has two factors.", "For this cost the first one is $a − y$."),
    )


@cache
def _epochs_until_right(cost: Cost) -> int:
    history = train(
        STUBBORN.parameters, STUBBORN.x, STUBBORN.y, learning_rate=0.15, epochs=300, batch_size=1, cost=cost
    )
    return int(np.flatnonzero(history.accuracy == 1)[0])


RECALL = (a_slow_output,)
QUIZ = (
    Question(
        "In which layers does the cross-entropy keep saturation from silencing δ?",
        (
            wrong("in all layers", "BP2 keeps the factor σ′(z) of every hidden layer."),
            right("in the output layer"),
            wrong("in the hidden layers only", "There σ′ stays; it is the output's σ′ that cancels."),
            wrong(
                "in none: a flat σ makes δ small under any cost",
                "The new ∂C/∂a holds 1/σ′, and that is what cancels σ′ of the output.",
            ),
        ),
        penalty=10,
        explanation="Only the σ′ of the output layer cancels.",
    ),
    Question(
        "For two of these pairs of activation and cost, δ of an output is a − y. Which?",
        (
            wrong("sigmoid with the quadratic cost", "Then the factor σ′ stays: δ = (a − y) σ′(z)."),
            right("sigmoid with the binary cross-entropy"),
            right("softmax with the categorical cross-entropy"),
            wrong("tanh with the quadratic cost", "There too a slope stays, that of tanh."),
        ),
        penalty=10,
        explanation="In both pairs the rate of the cost divides by exactly what the slope of the activation multiplies by.",
    ),
    Question(
        "Why do networks start with random weights, and not all with the same one, such as 0.5?",
        (
            right("equal hidden neurons would stay equal"),
            wrong("equal weights make every δ zero", "They do not: the neurons move, but all in step."),
            wrong("random weights are nearer to the solution", "Nobody knows where that is; they are only different."),
            wrong("the cost would have no gradient", "It has one; it is the same for each neuron of a layer."),
        ),
        penalty=10,
        explanation="Neurons that are alike are told the same, so they stay alike.",
    ),
)

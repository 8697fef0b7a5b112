"""Questions of notebook 03: differences, squares, the cost of one example and the mean."""

from random import Random

import numpy as np

from backprop_lab import cases
from backprop_lab.costs import quadratic
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.questions.forms import choice, number
from backprop_lab.questions.predictions import Asked
from backprop_lab.questions.quizzes import Question, right, wrong

A, Y = np.array([0.3, 0.5, 0.2]), np.array([0.0, 1.0, 0.0])


def bare_sum() -> Asked:
    """The differences of three outputs, added up: they cancel."""
    return number(
        "Subtract each target from its output and add the three differences. What is the sum?",
        (A - Y).sum(),
        slips={"the signs dropped": abs(A - Y).sum(), "the squares added": ((A - Y) ** 2).sum()},
        decimals=2,
        once=True,
        reveal="The second output is far too low, the others are too high, and the sum sees nothing of it.",
    )


def mean_falls() -> Asked:
    """By how much the mean falls when one of four costs does."""
    batch = cases.batch
    cost = quadratic.of_example(batch.forward_pass.prediction, batch.y)[0]
    return number(
        f"Column 0 costs {plain(cost, 4)}. You bring its output to the target. By how much does the mean of the four fall?",
        cost / 4,
        slips={"the division by m left out": cost, "m counted as 3": cost / 3},
        once=True,
        reveal="The other columns stay, so the sum falls by what column 0 gives up, and the mean by a quarter of it.",
    )


def how_fast() -> Asked:
    """The rate grows like the distance, not like its square."""
    near, far = 0.1, 0.4
    times = round(far / near)
    fast = f"the one that is {far:g} off, {times} times as fast"
    return choice(
        f"One output is {near:g} off its target, another {far:g}. Each is moved a tiny bit toward its target, by the same amount. "
        "For which does the cost fall faster?",
        {
            fast: f"The rate is the distance from the target, and {far:g} is {times} times {near:g}.",
            f"the one that is {far:g} off, {times**2} times as fast": f"Its share of the cost is {times**2} times as large. "
            "The question is how fast that share changes.",
            "equally fast": "It would be so if the cost were the bare distance. It is a square.",
            f"the one that is {near:g} off": "Near its target a square is flat: there is little left to gain.",
        },
        answer=fast,
        once=True,
    )


def written_the_other_way() -> Asked:
    """½(y − a)²: the same cost, and the −1 inside that is forgotten."""
    return choice(
        "Many books write the cost of one output as $½(y − a)²$: the same number. What is its derivative with respect to $a$?",
        {
            "`a - y`": "The square gives $y − a$, and the inner derivative, of $y − a$ with respect to $a$, is −1.",
            "`y - a`": "The inner derivative is missing: $y − a$ falls when $a$ rises, which gives a factor −1.",
            "`2 * (a - y)`": "The 2 of the square and the ½ cancel.",
            "`(a - y) / 2`": "The 2 of the square cancels the ½: no ½ is left.",
        },
        answer="`a - y`",
        hints=(
            "Try it with numbers: the output is 0.3, the target 1. Does the cost rise or fall when the output rises?",
        ),
    )


def a_cost(draw: Random) -> Asked:
    """½Σ(a − y)² of two outputs."""
    a = [draw.randint(1, 9) / 10 for _ in "01"]
    y = draw.choice(((1, 0), (0, 1)))
    squares = [(one - other) ** 2 for one, other in zip(a, y, strict=True)]
    cost = sum(squares) / 2
    slips = {
        "the ½ left out": 2 * cost,
        "only the first output": squares[0] / 2,
        "the differences added before squaring": (sum(a) - sum(y)) ** 2 / 2,
    }
    return number(
        f"The outputs are {plain(a[0], 1)} and {plain(a[1], 1)}, the targets {y[0]} and {y[1]}. "
        "What is the quadratic cost of this example?",
        cost,
        slips={slip: value for slip, value in slips.items() if abs(value - cost) > 0.1 * cost},
        decimals=3,
        hints=("Difference, square, sum, half: in this order.", f"The first square is {plain(squares[0])}."),
    )


def a_rate_of_the_cost(draw: Random) -> Asked:
    """∂C/∂a of one output."""
    a, y = draw.choice((0.2, 0.3, 0.4, 0.6, 0.7, 0.8)), draw.choice((0, 1))
    return number(
        f"An output is {plain(a, 1)}, its target {y}, the cost quadratic. What is $∂C/∂a$?",
        a - y,
        slips={
            "the sign flipped": y - a,
            "the cost in place of its rate": (a - y) ** 2 / 2,
            "a factor 2 that the ½ takes away": 2 * (a - y),
        },
        decimals=1,
        hints=("The cost is half a square. What is the derivative of half a square?",),
        reveal=f"$a − y$ = {signed(a - y, 1)}: the square gives a 2, the ½ takes it away.",
    )


RECALL = (a_cost, a_rate_of_the_cost)

QUIZ = (
    Question(
        "Every cost is doubled. What happens to the place where it is lowest, and to the rates?",
        (
            wrong(
                "the lowest place moves, the rates stay",
                "It is the other way round: a factor leaves the lowest place where it is.",
            ),
            right("the lowest place stays, all rates double"),
            wrong("both stay as they are", "A rate is a change of the cost: it doubles with the cost."),
            wrong(
                "both move", "Twice the smallest value is the smallest of all the doubled ones: the place is the same."
            ),
        ),
        penalty=10,
        explanation="A factor in the cost is a factor in every rate; the learning rate can undo it.",
    ),
    Question(
        "Why is the bare sum of the differences a − y no cost?",
        (
            wrong("it is too large", "Its size is not the point: it can be 0 while every output is wrong."),
            wrong("it has no derivative", "It has one, the same for every a. It always says: lower the output."),
            right("errors of opposite sign cancel"),
            wrong("it is never 0", "It is 0 far too often: whenever too high and too low are equally far off."),
        ),
        penalty=10,
        explanation="Squaring makes too high and too low count the same.",
    ),
    Question(
        "What must be true of the cost for the four equations to work?",
        (
            right("it is a mean, or a sum, of costs of single examples"),
            wrong("it is quadratic", "Any cost with a derivative will do; only the first factor of BP1 changes."),
            right("it is a function of the outputs"),
            wrong(
                "it lies between 0 and 1",
                "Nothing in the derivations needs that: doubled or shifted, it works as well.",
            ),
        ),
        penalty=5,
        explanation="Two assumptions: derive for one example and average last; start at the outputs and go back.",
    ),
)

"""Questions of notebook 03: differences, squares, the cost of one example and the mean."""

from random import Random

from backprop_lab.drawing.markup import plain, signed
from backprop_lab.exercises.forms import number
from backprop_lab.exercises.predictions import Asked
from backprop_lab.exercises.quiz import Question, right, wrong


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
            "the sign turned round": y - a,
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
        "Every cost is doubled. What happens to its lowest place, and to the rates?",
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
            right("it is a mean over costs of single examples"),
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

"""Questions of notebook 04: rates along one path multiply, over several paths they add."""

from random import Random

from backprop_lab.drawing.markup import signed
from backprop_lab.exercises.forms import number
from backprop_lab.exercises.predictions import Asked
from backprop_lab.exercises.quiz import Question, right, wrong


def along_a_path(draw: Random) -> Asked:
    """The product of three rates."""
    one, two, three = (draw.choice((-1, 1)) * draw.choice((0.2, 0.3, 0.4, 0.5, 1.5, 2.0)) for _ in "012")
    return number(
        f"Along one path the rates are {signed(one, 1)}, {signed(two, 1)} and {signed(three, 1)}. What is the rate of the whole path?",
        one * two * three,
        slips=_apart(one * two * three, {
            "the three added, not multiplied": one + two + three,
            "a sign lost": -one * two * three,
            "the last factor left out": one * two,
        }),
        decimals=3,
        hints=("Each step makes the movement larger or smaller by its own factor.", f"After two steps it is {signed(one * two)}."),
    )  # fmt: skip


def over_two_paths(draw: Random) -> Asked:
    """The sum of two products."""
    one, two, three, four = (draw.choice((-1, 1)) * draw.choice((0.2, 0.3, 0.4, 0.5, 1.5)) for _ in "0123")
    whole = one * two + three * four
    if abs(whole) < 0.02:
        one, whole = one + 1, whole + two
    return number(
        f"Two paths lead from a weight to the cost, one with the rates {signed(one, 1)} and {signed(two, 1)}, the other with "
        f"{signed(three, 1)} and {signed(four, 1)}. What is the rate of the weight?",
        whole,
        slips=_apart(whole, {
            "all four multiplied": one * two * three * four,
            "only the first path": one * two,
            "only the second path": three * four,
            "all four added": one + two + three + four,
        }),
        decimals=2,
        hints=("Multiply along a path. And from path to path?", f"The first path gives {signed(one * two)}."),
    )  # fmt: skip


def _apart(answer: float, slips: dict[str, float]) -> dict[str, float]:
    """Those slips that can be told from the answer."""
    return {slip: value for slip, value in slips.items() if abs(value - answer) > 0.1 * abs(answer)}


RECALL = (along_a_path, over_two_paths)

QUIZ = (
    Question(
        "Why is the rate of the cost with respect to one activation a sum over the neurons of the next layer?",
        (
            right("this activation feeds every weighted input of the next layer"),
            wrong(
                "because there are so many examples", "The sum runs over neurons of the next layer, for one example."
            ),
            right("its own index is held while the index of the next layer runs"),
            wrong(
                "because each neuron adds up its inputs",
                "That sum runs over the layer before; this one is over where the activation goes.",
            ),
        ),
        explanation="Every way to the cost adds its share; whose rate is asked for is held still.",
    ),
    Question(
        "One factor in a chain is 0. What is the rate of the whole chain?",
        (
            wrong("the product of the others", "A factor of 0 may not be left out: the movement stops there."),
            wrong("the sum of the others", "Along a path nothing is added, and 0 in a product is the end of it."),
            right("0"),
            wrong("that depends on the place of the 0", "A product is 0 wherever the 0 is."),
        ),
        penalty=10,
        explanation="Along a path rates multiply.",
    ),
    Question(
        "Two paths lead from a weight to the cost, with the rates +0.4 and −0.4. What is the rate of the weight?",
        (
            wrong("−0.16", "Along a path rates multiply; from path to path they add."),
            right("0"),
            wrong("0.8", "Signs count: one path raises the cost, the other lowers it."),
            wrong("0.4", "Neither path may be left out: both arrive at the same cost."),
        ),
        penalty=10,
        explanation="A rate of 0 can be two loud opinions that cancel.",
    ),
)

"""Questions of notebook 04: rates along one path multiply, over several paths they add."""

from math import prod
from random import Random

from backprop_lab import cases
from backprop_lab.chain import paths, product
from backprop_lab.drawing.markup import signed
from backprop_lab.quantities import Quantity
from backprop_lab.questions.forms import choice, number
from backprop_lab.questions.predictions import Asked
from backprop_lab.questions.quizzes import Question, right, wrong


def two_steps() -> Asked:
    """Multiply or add along a chain."""
    return choice(
        "Let $a$ move twice as fast as $z$, and $C$ three times as fast as $a$. How fast does $C$ move, compared with $z$?",
        {
            "5 times as fast": "Adding would be right if $z$ reached $C$ along two paths. Here there is one, of two steps.",
            "6 times as fast": "Every unit of $z$ makes 2 units of $a$, and each of these makes 3 of $C$.",
            "3 times as fast": "That is the last step alone; the first one has doubled the movement already.",
            "1.5 times as fast": "A quotient would be right if one of the steps were taken backward.",
        },
        answer="6 times as fast",
        once=True,
        reveal="Along one path rates multiply.",
    )


def wished_change() -> Asked:
    """From a change of the cost back to the turn of a weight that brings it."""
    rate, wished = _rate(cases.running, "w2.0.0"), -0.01
    turn = wished / rate
    change = cases.running.moved("w", 2, (0, 0), by=turn).mean_cost - cases.running.mean_cost
    return number(
        f"The rate of $C$ with respect to `w[2][0, 0]` is {signed(rate, 6)}. The cost is to fall by 0.01, and only this"
        " weight may be turned. By how much, about?",
        turn,
        slips={
            "a product in place of the quotient": wished * rate,
            "the sign flipped": -turn,
            "the quotient upside down": rate / wished,
            "the change in place of the turn": wished,
        },
        decimals=4,
        hints=(
            "Change out is about rate times change in. Which of the three is asked for?",
            "Write it down: −0.01 is about the rate times the turn, and solve for the turn.",
        ),
        reveal=f"With this turn the cost really changes by {signed(change, 6)}.",
    )


def two_flips() -> Asked:
    """What two negative rates on a path do."""
    rate = _rate(cases.running, "w1.2.1")
    return choice(
        "Two of the five rates are negative. Raise the weight a little: what does the cost do?",
        {
            "it rises": "The direction is flipped twice, so the cost moves the same way as the weight.",
            "it falls": "One negative rate would do that. The second one flips the direction back.",
            "it stays where it is": "Only a rate of 0 would stop the movement.",
            "that depends on how large the negative rates are": "Sizes decide how far; the direction depends on the signs.",
        },
        answer="it rises",
        once=True,
        reveal=f"The product is {signed(rate, 6)}.",
    )


def two_paths() -> Asked:
    """Add over the paths."""
    one, other = (product(path) for path in paths(cases.wide, Quantity.read("w1.2.1")))
    return choice(
        f"Through output 0 the rates multiply to {signed(one, 6)}, through output 1 to {signed(other, 6)}."
        " What is the rate of $C$ with respect to the weight?",
        {
            "their sum": "Both movements arrive at the same cost, one on top of the other.",
            "their product": "Multiplying is for steps that follow one another. These two happen side by side.",
            "the larger one": "The other path is open too, and what arrives along it is not lost.",
            "their mean": "Each path brings its whole share; the cost is not shared out among them.",
        },
        answer="their sum",
        once=True,
        reveal=f"Measured by nudging the weight: {signed(one + other, 6)}. Along a path multiply, over the paths add.",
    )


def rate_of_an_output_weight() -> Asked:
    """Three factors by hand."""
    a, weight = cases.running.forward_pass.a, cases.running.parameters.w[2][0, 1]
    factors = {"`a[1][1]`": a[1][1, 0], "$σ′$ of the output": _slope(2, 0), "$a − y$": a[2][0, 0] - 1}
    whole = prod(factors.values())
    others = {f"`a[1][{k}]` in place of `a[1][1]`": whole * a[1][k, 0] / a[1][1, 0] for k in (0, 2)}
    return number(
        "What is the rate of $C$ with respect to `w[2][0, 1]`, the weight from hidden neuron 1 to the output?",
        whole,
        slips=_factor_slips(factors, weight) | others,
        hints=("The chain has three arrows: $w → z → a → C$.", "The product is $a^1_1 · σ′(z^2_0) · (a^2_0 − y)$."),
        reveal="Activation of the neuron it comes from, slope of the output, difference from the target.",
    )


def rate_of_a_hidden_weight() -> Asked:
    """Five factors by hand."""
    case = cases.running
    factors = {
        "`x[0]`": case.x[0, 0],
        "$σ′$ of hidden neuron 0": _slope(1, 0),
        "`w[2][0, 0]`": case.parameters.w[2][0, 0],
        "$σ′$ of the output": _slope(2, 0),
        "$a − y$": case.forward_pass.a[2][0, 0] - 1,
    }
    whole = prod(factors.values())
    other = {"`x[1]` in place of `x[0]`": whole * case.x[1, 0] / case.x[0, 0]}
    return number(
        "What is the rate of $C$ with respect to `w[1][0, 0]`?",
        whole,
        slips=_factor_slips(factors, case.parameters.w[1][0, 0]) | other,
        hints=(
            "The chain has five arrows: which weight leads on from hidden neuron 0?",
            "The product is $x_0 · σ′(z^1_0) · w^2_0,0 · σ′(z^2_0) · (a^2_0 − y)$.",
        ),
        reveal="Two of the five factors are negative: `w[2][0, 0]` and $a − y$. The cost rises with this weight.",
    )


def _rate(case: cases.Case, key: str) -> float:
    return sum(product(path) for path in paths(case, Quantity.read(key)))


def _slope(layer: int, j: int) -> float:
    z = cases.running.forward_pass.z[layer][j, 0]
    return float(cases.running.activation(layer).prime(z))


def _factor_slips(factors: dict[str, float], weight: float) -> dict[str, float]:
    """One factor left out, one too many, or the sign."""
    whole = prod(factors.values())
    return {
        **{f"{name} left out": whole / factor for name, factor in factors.items()},
        "the weight itself as one factor more": whole * weight,
        "the sign flipped": -whole,
    }


def along_a_path(draw: Random) -> Asked:
    """The product of three rates."""
    one, two, three = (draw.choice((-1, 1)) * draw.choice((0.2, 0.3, 0.4, 0.5, 1.5, 2.0)) for _ in "012")
    return number(
        f"Along one path the rates are {signed(one, 1)}, {signed(two, 1)} and {signed(three, 1)}. What is the rate of the whole path?",
        one * two * three,
        slips=_apart(one * two * three, {
            "the three added, not multiplied": one + two + three,
            "the sign flipped": -one * two * three,
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
            right("what goes different ways to the cost adds up there"),
            wrong(
                "because each neuron adds up its inputs",
                "That sum runs over the layer before; this one is over where the activation goes.",
            ),
        ),
        explanation="Every way to the cost adds its share.",
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
        explanation="A rate of 0 can be two paths that cancel: much happens on both, and nothing is left of it.",
    ),
)

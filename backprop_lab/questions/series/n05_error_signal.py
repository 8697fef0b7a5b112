"""Questions of notebook 05: the error signal δ and what it promises."""

from random import Random

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.parameters import Parameters
from backprop_lab.questions.forms import choice, number, order
from backprop_lab.questions.predictions import Asked
from backprop_lab.questions.quizzes import Question, right, wrong


def promise_at_the_output() -> Asked:
    """δ·Δz."""
    d, dz = _delta(cases.running, 2, 0), 0.1
    return number(
        f"The output has $δ$ = {signed(d, 6)}. The demon adds $Δz$ = {dz} to its $z$. Which change of the cost does $δ$"
        " promise?",
        d * dz,
        slips={
            "the sign flipped": -d * dz,
            "a quotient in place of the product": d / dz,
            "$Δz$ left out": d,
            "the new cost in place of its change": cases.running.mean_cost + d * dz,
        },
        hints=("A rate, and a small change in. What is the change out?", "Multiply the two, sign included."),
        reveal=f"The cost really changes by {signed(_change(cases.running, 2, 0, dz), 6)}.",
    )


def which_nudge() -> Asked:
    """Against the sign."""
    return choice(
        f"Hidden neuron 0 has $δ$ = {signed(_delta(cases.running, 1, 0), 6)}. Which nudge of its $z$ lowers the cost?",
        {
            "a small positive one": "Then $δ·Δz$ is positive: the cost goes up.",
            "a small negative one": "$δ·Δz$ is negative when $δ$ and $Δz$ have different signs.",
            "none": "Only at $δ$ = 0 would a small nudge do nothing.",
            "either, if it is small enough": "A rate has a sign: small nudges up and down do opposite things.",
        },
        answer="a small negative one",
        once=True,
    )


def large_nudge() -> Asked:
    """Where the promise has to fail."""
    d, cost = _delta(cases.running, 2, 0), cases.running.mean_cost
    return choice(
        f"At $Δz$ = 2 the output's $δ$ promises {signed(2 * d, 6)}; the whole cost is {plain(cost, 6)}. What will the cost do?",
        {
            "fall by as much as promised": "Then it would be below zero, and a sum of squares cannot be.",
            "fall, but by less": "The curve has to bend away before it reaches zero.",
            "rise": "A positive nudge goes against the sign of $δ$, and the output is still below its target.",
            "stay where it is": "Only a flat curve would do that, and its slope here is not 0.",
        },
        answer="fall, but by less",
        once=True,
        reveal=f"It falls by {plain(-_change(cases.running, 2, 0, 2.0), 6)}.",
    )


def a_flat_neuron() -> Asked:
    """Two outputs that pull against each other."""
    d = _delta(cases.wide, 1, 1)
    w, a = cases.wide.parameters.w[2][:, 1], cases.wide.forward_pass.a[1][1, 0]
    return choice(
        f"In `wide`, neuron 1 of layer 1 has $δ$ = {signed(d, 4)}, far closer to 0 than its neighbors' $δ$. Why may that be?",
        {
            "the two outputs pull it in opposite directions": "One wants to be higher, the other lower, and both hear it alike.",
            "its own σ is flat where it is": f"Its activation is {plain(a)}, well between 0 and 1: there σ is not flat.",
            "its weights to the outputs are small": f"They are {signed(w[0])} and {signed(w[1])}: neither is small.",
            "it has no target": "No hidden neuron has one, and the others' $δ$ are far from 0.",
        },
        answer="the two outputs pull it in opposite directions",
        once=True,
    )


def a_measured_delta() -> Asked:
    """A quotient."""
    dz = 0.01
    change = _change(cases.running, 1, 2, dz)
    return number(
        f"$Δz$ = {dz} on hidden neuron 2 changes the cost by {signed(change, 6)}. What is its $δ$, about?",
        change / dz,
        slips={
            "the quotient upside down": dz / change,
            "the change in place of the rate": change,
            "the sign flipped": -change / dz,
            "a product in place of the quotient": change * dz,
        },
        decimals=4,
        hints=("A rate is change out per change in.", "Which of the two numbers is the change in? Divide by it."),
        reveal=f"From the backward pass: {signed(_delta(cases.running, 1, 2), 6)}.",
    )


def most_to_say() -> Asked:
    """Where the signals fade."""
    places = [(3, 0), (2, 0), (2, 1), (1, 0), (1, 1), (1, 2)]
    size = {f"neuron {j} of layer {layer}": _delta(cases.deep, layer, j) for layer, j in places}
    falling = sorted(size, key=lambda name: -abs(size[name]))
    return order(
        "The demon nudges one $z$ of `deep` by 0.01. Put the neurons in order: where does the cost move most, where"
        " least?",
        falling,
        reveal=f"$δ$: {', '.join(signed(size[name], 6) for name in falling)}. In this network the signals fade on their"
        " way back.",
        hints=("How many slopes lie between each neuron and the cost, each of them at most ¼?",),
    )


def near_its_best() -> Asked:
    """A small δ, and as wrong as can be."""
    stuck = Case(Parameters({1: [[2.0]]}, {1: [[0.0]]}), x=[5.0], y=[0.0])  # pyright: ignore[reportArgumentType]
    d = _delta(stuck, 1, 0)
    return choice(
        "With $z$ = 10 and the target 0, $δ$ is nearly zero. Is this neuron near its best?",
        {
            "yes: there is little left to gain": "$δ$ says what a small nudge does. It does not say how wrong the answer is.",
            "no: it could hardly be more wrong": "Its answer is nearly 1, and the target is 0.",
            "only the next layer knows": "There is none: this is the output.",
            "yes: its answer is nearly 0": "$z$ = 10 makes the answer nearly 1.",
        },
        answer="no: it could hardly be more wrong",
        once=True,
        reveal=f"$δ$ = {plain(d, 6)}, and the cost is {plain(stuck.mean_cost, 6)}; it is never above ½.",
        longer="The cost over $z$ is flat in two kinds of places: at the bottom of a valley, and on a high plain. $δ$ is the"
        " slope, so it is small in both. Only the cost tells how wrong an answer is.",
    )


def a_promise(draw: Random) -> Asked:
    """The change that δ promises, with other numbers."""
    d, dz = draw.choice((-1, 1)) * draw.choice((0.15, 0.25, 0.4)), draw.choice((-1, 1)) * draw.choice((0.02, 0.05, 0.2))
    return number(
        f"A neuron has $δ$ = {signed(d)}. Its $z$ is nudged by {signed(dz)}. By how much does the cost change, about?",
        d * dz,
        slips={
            "the sign flipped": -d * dz,
            "a quotient in place of the product": d / dz,
            "the nudge left out": d,
        },
        decimals=4,
        hints=("$δ$ is a rate: change of the cost per change of $z$.", "Multiply the two, signs included."),
    )


def a_delta(draw: Random) -> Asked:
    """δ from a nudge and what came of it."""
    d, dz = draw.choice((-1, 1)) * draw.choice((0.15, 0.3, 0.45)), draw.choice((-1, 1)) * draw.choice((0.02, 0.05, 0.2))
    return number(
        f"A demon nudges $z$ by {signed(dz)}, and the cost changes by {signed(d * dz, 4)}. What is $δ$, about?",
        d,
        slips={
            "the quotient upside down": 1 / d,
            "the change in place of the rate": d * dz,
            "the sign flipped": -d,
            "a product in place of the quotient": d * dz * dz,
        },
        decimals=2,
        hints=("A rate is change out per change in.", "Which of the two numbers is the change in? Divide by it."),
    )


def _delta(case: Case, layer: int, j: int) -> float:
    return float(case.backward_pass.delta[layer][j, 0])


def _change(case: Case, layer: int, j: int, dz: float) -> float:
    return case.moved("b", layer, j, by=dz).mean_cost - case.mean_cost


RECALL = (a_promise, a_delta)

QUIZ = (
    Question(
        "A neuron has δ = +0.2. Which small nudge of its weighted input lowers the cost?",
        (
            wrong("a positive one", "Then the cost would rise, by about 0.2 times the nudge."),
            right("a negative one"),
            wrong("none", "Only δ = 0 would say so, and only for small nudges."),
            wrong("that depends on the sign of z", "δ alone says how the cost follows, wherever z is."),
        ),
        penalty=10,
        explanation="The change of the cost is about δ times the nudge.",
    ),
    Question(
        "A neuron has a δ very close to 0. What follows?",
        (
            wrong("it is nearly right", "It may be very wrong and saturated: at z = 10 with y = 0 the cost is near ½."),
            wrong("it can be left out", "It may still pass on much to the next layer."),
            right("a small nudge of its z hardly changes the cost"),
            wrong("its activation is close to 0", "δ is a rate of the cost; it says nothing of how large a is."),
        ),
        penalty=10,
        explanation="Small δ means that a nudge does little here, not that the neuron is right.",
    ),
    Question(
        "Why is δ defined with z, and not with a weight?",
        (
            right("all weights and the bias of a neuron act through its one z"),
            wrong(
                "because z is smaller than a", "Size is not the point; z has no bounds at all; a lies between 0 and 1."
            ),
            wrong("because the target is a z", "The target is compared with the activation of the output."),
            wrong(
                "because weights have no rate of their own", "They do have one: δ times the activation that comes in."
            ),
        ),
        penalty=5,
        explanation="One δ serves the bias and every weight of the neuron.",
    ),
)

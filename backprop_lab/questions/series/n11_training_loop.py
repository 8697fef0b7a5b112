"""Questions of notebook 11: many steps."""

from functools import cache
from random import Random

import numpy as np

from backprop_lab import cases, datasets
from backprop_lab.cases import Case
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.equations import bp2
from backprop_lab.parameters import initialize
from backprop_lab.questions.forms import choice, number
from backprop_lab.questions.predictions import Asked
from backprop_lab.questions.quizzes import Question, right, wrong
from backprop_lab.training import History, train

FOUR = cases.batch


def long_step() -> Asked:
    """A rate is local."""
    rate = 60.0
    promised = FOUR.mean_cost - rate * _steepness(FOUR)
    return choice(
        f"Four examples, one step with $η$ = {rate:g}. The gradient promises to take the cost from"
        f" {plain(FOUR.mean_cost)} to {plain(promised)}. What happens?",
        {
            "it falls to about there": "The rates change on the way: they hold only at first.",
            "it falls, but less": "So it is at $η$ = 20. This step is three times as long: past the lowest point and up.",
            "it rises": "The step goes past the lowest point and up the other side.",
            "it stays the same": "Nothing makes it stay: a step this long changes every output.",
        },
        answer="it rises",
        once=True,
        reveal=f"From {plain(FOUR.mean_cost, 6)} to {plain(FOUR.stepped(rate).mean_cost, 6)}.",
    )


def one_weight_moves() -> Asked:
    """The update of a single weight."""
    rate, w, nabla = 0.5, cases.running.parameters.w[2][0, 0], cases.running.backward_pass.nabla_w[2][0, 0]
    return number(
        f"In the running network $w^2_0,0$ is {signed(w, 1)} and its rate $∂C/∂w$ is {signed(nabla, 6)}. What is the weight"
        f" after one step with $η$ = {rate:g}?",
        w - rate * nabla,
        slips={
            "a step uphill": w + rate * nabla,
            "$η$ left out": w - nabla,
            "the step in place of the new weight": -rate * nabla,
            "a step as long as $η$ itself": w - rate,
        },
        decimals=4,
        tolerance=0.002,
        hints=(
            "The weight moves against its rate. Which way is that?",
            "New weight: the old one minus $η$ times its rate.",
        ),
    )


def all_four() -> Asked:
    """When it is learnt."""
    history = _learnt(3.0, 4)
    wrong_ones = np.flatnonzero(history.accuracy < 1)
    return number(
        "Three of four answers are right before the first step. After how many epochs are all four, for good?",
        float(wrong_ones[-1] + 1),
        decimals=0,
        guess=True,
        once=True,
        reveal="For a long time the number of right answers does not change, while the cost goes on falling.",
    )


def longer_steps() -> Asked:
    """Ten times the learning rate."""
    slow, fast = _learnt(3.0, 4), _learnt(30.0, 4)
    up = int((np.diff(fast.cost[:201]) > 0).sum())
    return choice(
        "The same start with $η$ = 30, ten times as long. After 500 epochs the cost is…",
        {
            "higher than at the start": f"{up} of the first 200 steps go up, but the others bring it down by more in all.",
            "between the start and the end with $η$ = 3": "It wastes steps, but each good one goes ten times as far.",
            "lower than with $η$ = 3": "It goes up now and then, and still arrives first.",
            "the same as with $η$ = 3": "Ten times the step is another path.",
        },
        answer="lower than with $η$ = 3",
        once=True,
        reveal=f"{plain(fast.cost[-1], 4)} against {plain(slow.cost[-1], 4)}; {up} of its first 200 steps went up.",
    )


def one_at_a_time() -> Asked:
    """Stochastic gradient descent on four points."""
    four, one = _learnt(3.0, 4), _learnt(3.0, 1)
    first = int(np.flatnonzero(one.accuracy == 1)[0])
    return choice(
        "Again $η$ = 3, but a step after every single example: four steps an epoch. Counted in epochs, all four are right…",
        {
            "sooner": "Four steps fit into an epoch, and together they go about four times as far.",
            "later": "Each step sees one example only, but four rough steps go further than a single exact one.",
            "at the same epoch": "An epoch now has four steps, and each is as long as the one was.",
            "never": "The examples do pull in opposite directions, but in turn: what one undoes the next does again.",
        },
        answer="sooner",
        once=True,
        reveal=f"For the first time at epoch {first}, with four at once at {int(np.flatnonzero(four.accuracy == 1)[0])}."
        f" After 500 epochs: {plain(one.cost[-1], 4)} against {plain(four.cost[-1], 4)}.",
    )


def updated_too_early() -> Asked:
    """δ through weights that are new already."""
    case = cases.running
    new, back, slope = case.stepped(1.0), case.backward_pass, float(case.hidden.prime(case.forward_pass.z[1])[0, 0])
    late = bp2(new.parameters.w[2], back.delta[2], case.hidden.prime(case.forward_pass.z[1]))[0, 0]
    w, rate, d = case.parameters.w[2][0, 0], back.nabla_w[2][0, 0], back.delta[2][0, 0]
    return number(
        f"The output has $δ$ = {signed(d, 6)}; `w[2][0, 0]` = {signed(w, 1)} has the rate {signed(rate, 6)}; $σ′$ of hidden"
        f" neuron 0 is {plain(slope, 6)}. Which $δ$ does that neuron get if `w[2]` is updated first, with $η$ = 1?",
        float(late),
        slips={
            "the old weight: the right order": float(back.delta[1][0, 0]),
            "a step uphill": (w + rate) * d * slope,
            "$σ′$ left out": (w - rate) * d,
        },
        tolerance=0.01,
        hints=(
            "First the new weight: one step with $η$ = 1.",
            "Then three factors: the new weight, $δ$ of the output, $σ′$.",
        ),
        reveal=f"The new weight is {signed(w - rate, 6)}; times $δ$ of the output, times $σ′$.",
    )


def loudest() -> Asked:
    """Before the first step."""
    return choice(
        "The digits: in which epoch is layer 1 at its loudest, measured by the rms of its $δ$?",
        {
            "before the first step": "Then nearly every answer is wrong, by much, and all of that comes back.",
            "in the middle of the training": "It does grow louder once more after a few epochs, but never as loud as at first.",
            "at the end": "By then most answers are right: there is little left to send back.",
            "it is the same all the way": "$δ$ shrinks with the errors that it carries back.",
        },
        answer="before the first step",
        once=True,
        longer="The error signal starts with a − y. Before any step almost every output is far from its target, and that is"
        " what comes back. The weights on its way grow later, but the errors shrink by more.",
    )


def first_epoch() -> Asked:
    """How far one pass gets."""
    training, held_out = datasets.digits().split(0.2, seed=0)
    history = train(
        initialize((64, 30, 10), seed=0), training.x, training.y, learning_rate=2.0, epochs=1, batch_size=10,
        validation=(held_out.x, held_out.y),
    )  # fmt: skip
    return number(
        "Random guessing is right for one digit in ten. After one pass through the data: what percentage of the"
        " held-out digits is right?",
        100 * float(history.validation_accuracy[-1]),
        decimals=1,
        guess=True,
        once=True,
        reveal="The network has seen each picture once, and is already far from guessing.",
    )


def a_step(draw: Random) -> Asked:
    """One weight moves."""
    w, nabla = draw.choice((-1.5, -0.8, 0.6, 1.4)), draw.choice((-0.3, -0.2, 0.15, 0.25))
    rate = draw.choice((0.5, 2.0, 4.0))
    return number(
        f"A weight is {signed(w, 1)} and its rate $∂C/∂w$ is {signed(nabla)}. What is it after one step with $η$ = {rate:g}?",
        w - rate * nabla,
        slips={
            "a step uphill": w + rate * nabla,
            "$η$ left out": w - nabla,
            "the step in place of the new weight": -rate * nabla,
        },
        decimals=3,
        hints=("Against the rate: which way is that?", "The old weight minus $η$ times its rate."),
    )


RECALL = (a_step,)


@cache
def _learnt(learning_rate: float, batch_size: int) -> History:
    return train(FOUR.parameters, FOUR.x, FOUR.y, learning_rate=learning_rate, epochs=500, batch_size=batch_size)


def _steepness(case: Case) -> float:
    gradient = case.backward_pass.gradient
    return float(gradient @ gradient)


QUIZ = (
    Question(
        "With 4 examples, the sum of their gradients is used in place of the mean. That acts like…",
        (
            wrong("nothing: the direction is the same", "The direction is, but the step is four times as long."),
            right("a learning rate four times as large"),
            wrong("a learning rate four times as small", "The sum is larger than the mean, so the step is longer."),
            wrong("a different direction", "The direction is the same: every entry has the same factor."),
        ),
        penalty=10,
        explanation="A factor in the gradient is a factor in the step.",
    ),
    Question(
        "When are the weights of layer 2 updated?",
        (
            wrong(
                "as soon as their gradient is known",
                "Then the δ of layer 1 would go back through weights which the forward pass never saw.",
            ),
            wrong("before the δ of layer 2 is computed", "Its gradient, δ times a, would not be known yet."),
            right("after every δ has been computed"),
            wrong("after the next forward pass", "That one should run with the new weights already."),
        ),
        penalty=10,
        explanation="All deltas from the old weights, then all steps.",
    ),
    Question(
        "1,438 examples, mini-batches of 10. Why take 144 rough steps an epoch and not one exact step?",
        (
            right("together they go further: each is roughly right, and there are many"),
            wrong("each of them is more exact", "Each is an estimate from ten examples: it is less exact."),
            wrong("they cost less time than one exact step", "All examples are passed once either way."),
            wrong("the exact gradient cannot be computed", "It can: it is the mean over all examples."),
        ),
        penalty=10,
        explanation="On average a mini-batch's gradient is the exact one; 144 of them move the weights 144 times.",
    ),
    Question(
        "In which order are x and y shuffled?",
        (
            right("both in the same order, drawn anew in each epoch"),
            wrong("each in an order of its own", "Then an example would be trained on another one's target."),
            wrong("x only: y is the same for all", "y belongs to its example, column by column."),
            wrong("both in the same order, drawn once", "It trains, but the same examples meet in every epoch."),
        ),
        penalty=10,
        explanation="A column of x and the same column of y are one example: they stay together.",
    ),
)

"""Questions of notebook 00: knobs, rates, and what one backward pass gives."""

from random import Random

from backprop_lab import cases
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.quantities import Quantity, parameters
from backprop_lab.questions.forms import choice, number
from backprop_lab.questions.predictions import Asked
from backprop_lab.questions.quizzes import Question, right, wrong

GOAL, BUDGET = 0.19, 0.4


def within_budget() -> Asked:
    """How many knobs, each on its own, bring the cost below the goal."""
    ends = sorted(_lowest(knob, BUDGET) for knob in parameters(cases.running))
    farther = sum(_lowest(knob, 2.0) < GOAL for knob in parameters(cases.running))
    count = sum(end < GOAL for end in ends)
    options = {
        "none": f"It can be done: the best one brings the cost to {plain(ends[0], 4)}.",
        "exactly one": f"It brings the cost to {plain(ends[0], 4)}; the next best stops at {plain(ends[1], 4)}.",
        "four or five": f"Knobs differ more than that: the second best stops at {plain(ends[1], 4)}.",
        "ten or more": f"Not with so small a turn. With turns of up to 2, {farther} of the 13 would do it.",
    }
    return choice(
        f"The cost should fall below {GOAL:g}. You may turn one knob, up or down, by at most {BUDGET:g}. "
        "How many of the 13 knobs can do it?",
        options,
        answer=list(options)[count],
        once=True,
        reveal="Which one is it? Nothing in the picture of the network tells you.",
    )


def largest_rate() -> Asked:
    """The knob that matters most."""
    case = cases.running
    by_size = sorted(parameters(case), key=lambda knob: abs(knob.rate(case)), reverse=True)
    return choice(
        "Which of these knobs matters most: which has the largest rate, whatever its sign?",
        {f"`{knob.code}`": f"Its rate is {signed(knob.rate(case), 6)}." for knob in (*by_size[:3], by_size[-1])},
        answer=f"`{by_size[0].code}`",
        once=True,
        reveal=f"The runner-up is `{by_size[1].code}`, with {signed(by_size[1].rate(case), 6)}.",
    )


def other_target() -> Asked:
    """What becomes of the rates when the target is 0 instead of 1."""
    return choice(
        "The target $y_0$ moves from 1 to 0. Which bars of the gradient change sides?",
        {
            "none: only the cost changes": "The rates say how to get nearer to the target, and it has moved.",
            "those of layer 2 only": "Layer 2 is nearest to the target, but every knob acts on the same output.",
            "the positive ones": "Then some knobs would still raise the output, which is now too high.",
            "all 13": "The output was too low and is now too high: every knob should turn the other way.",
        },
        answer="all 13",
        once=True,
    )


def _lowest(knob: Quantity, by: float) -> float:
    """The lowest cost that one knob reaches alone, turned by so much to one side or the other."""
    now = knob.value(cases.running)
    return min(knob.turned(cases.running, now + by * share / 20).mean_cost for share in range(-20, 21))


def a_change(draw: Random) -> Asked:
    """From a rate to a change of the cost."""
    knob = draw.choice([each for each in parameters(cases.wide) if abs(each.rate(cases.wide)) > 0.01])
    rate, move = round(knob.rate(cases.wide), 3), draw.choice((-0.2, -0.1, 0.05, 0.1, 0.2))
    return number(
        f"A knob has the rate {signed(rate, 3)}. It is turned by {signed(move)}. By how much does the cost change, about?",
        rate * move,
        slips={"the sign flipped": -rate * move, "a division in place of the product": rate / move},
        decimals=5,
        hints=("A rate is a change of the cost for each unit of the knob. How many units is this move?",),
        reveal="The rate times the move. It is exact only for a move that is very small.",
    )


def a_direction(draw: Random) -> Asked:
    """Which way to turn a knob."""
    rate = draw.choice((-1, 1)) * draw.randint(11, 89) / 1000
    down, up = f"turn it down from {signed(0.5)}", f"turn it up from {signed(0.5)}"
    falls, rises = (up, down) if rate < 0 else (down, up)
    return choice(
        f"A knob is at {signed(0.5)} and has the rate {signed(rate, 3)}. Which way does the cost fall?",
        {
            falls: "Against the sign of the rate: the product of rate and move is negative then.",
            rises: "That way rate and move have the same sign: the cost rises.",
            "that depends on the sign of the knob": "The rate alone says how the cost follows; where the knob is does not matter.",
        },
        answer=falls,
    )


RECALL = (a_change, a_direction)

QUIZ = (
    Question(
        "The running network has 13 weights and biases. What does backpropagation look for?",
        (
            wrong(
                "the 13 best values",
                "That is what training looks for, step by step. A rate only says where to go from here.",
            ),
            right("13 rates: how fast the cost moves with each of them"),
            wrong("the output for this input", "One forward pass gives it. There is nothing to look for."),
            wrong("the one knob that is to blame", "Every knob has a share in the cost: each gets a rate of its own."),
        ),
        penalty=10,
        explanation="A rate says which way to turn a knob, and how much it matters.",
    ),
    Question(
        "The rate of a weight is −0.3. Which move of that weight lowers the cost?",
        (
            wrong("lower it a little", "A negative rate means that the cost rises when the weight is lowered."),
            wrong("lower it by 0.3", "The rate is no distance; and down is the direction in which the cost rises."),
            right("raise it a little"),
            wrong("no move at all", "Only a rate of 0 would say so, and only for small moves."),
        ),
        penalty=10,
        explanation="Each knob is turned against the sign of its rate.",
    ),
    Question(
        "To find 13 rates knob by knob takes 26 forward passes. What does one backward pass give?",
        (
            wrong("the rate of one knob", "Then it would save nothing: the point is that results are shared."),
            wrong("new values for the knobs", "The step is made afterwards, with the rates and a learning rate."),
            right("all 13 rates at once"),
            wrong("the rates of the output layer only", "It goes on, layer by layer, until the first."),
        ),
        penalty=10,
        explanation="And it takes less than twice the multiplications of a forward pass, however many knobs there are.",
    ),
)

"""Questions of notebook 06: the error of an output neuron."""

from random import Random

from backprop_lab import cases
from backprop_lab.activations import sigmoid
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.questions.forms import choice, number
from backprop_lab.questions.predictions import Asked
from backprop_lab.questions.quizzes import Question, right, wrong


def largest_rectangle() -> Asked:
    """Neither side alone."""
    return choice(
        "The target is 0. For which $z$ is the rectangle largest?",
        {
            "at $z$ = 0, where $σ′$ is largest": "There the slope is largest, but the output is only ½ too high.",
            "for very large $z$, where $a − y$ is largest": "There the output is as wrong as can be, but $σ$ is flat.",
            "for very negative $z$": "There both sides are short: the answer is right, and $σ$ is flat.",
            "somewhere between 0 and very large": "Both sides must be long at once.",
        },
        answer="somewhere between 0 and very large",
        once=True,
    )


def saturated() -> Asked:
    """σ or σ′."""
    return choice(
        "“A neuron is saturated when … is near 0 or near 1.” What belongs there?",
        {
            "$σ(z)$, its activation": "At both ends of $σ$ the curve is flat.",
            "$σ′(z)$, the slope": "The slope of the sigmoid is never near 1: it is largest at $z$ = 0.",
            "$z$, the weighted input": "Around $z$ = 0 the sigmoid is steepest.",
            "$δ$, the error signal": "A saturated neuron has a small $δ$, but $δ$ is never near 1: at an output, with the quadratic cost, it stays below 0.15.",
        },
        answer="$σ(z)$, its activation",
        hints=("Where is the curve flat: at which heights?",),
        reveal=f"The largest slope is $σ′(0)$ = {plain(float(sigmoid.prime(0.0)))}.",
    )


def the_zero_term() -> Asked:
    """What is zero in line 2: a derivative, not an activation."""
    one, other = cases.wide.forward_pass.prediction[:, 0]
    return choice(
        "In line 2 every term but one is zero. What in those terms is zero?",
        {
            "the activation of the other outputs": f"In `wide` the outputs are {plain(one)} and {plain(other)}: neither is 0.",
            "the derivative $∂a_i/∂z_j$": "$a_i$ is computed from $z_i$ alone, so $z_j$ does not move it.",
            "the rate $∂C/∂a_i$": "The other outputs are wrong as well: the cost does depend on them.",
            "the weight between the two": "There is no weight between two outputs, and none in the line.",
        },
        answer="the derivative $∂a_i/∂z_j$",
        hints=("Each term is a product of two rates. Which of them asks what $z_j$ does to another output?",),
        reveal="It is 0 for an element-wise $σ$, whatever the activations are.",
    )


def delta_by_hand() -> Asked:
    """(a − y)·σ′(z) of the running example."""
    forward, y = cases.running.forward_pass, 1.0
    z, a = forward.z[2][0, 0], forward.a[2][0, 0]
    d = (a - y) * a * (1 - a)
    return number(
        f"Sigmoid, quadratic cost, $z$ = {signed(z, 6)}, $a$ = {plain(a, 6)}, $y$ = {y:.0f}. What is $δ$ of the output?",
        d,
        slips={
            "$σ′$ left out": a - y,
            "$σ′$ taken at $a$ in place of $z$": (a - y) * float(sigmoid.prime(a)),
            "$y − a$ in place of $a − y$": -d,
            "$z(1 − z)$ in place of $a(1 − a)$": (a - y) * z * (1 - z),
            "a factor 2 that the ½ cancels": 2 * d,
        },
        hints=(
            "Two factors: how far off is the answer, and how steep is $σ$ there?",
            "The product is $(a − y) · a(1 − a)$.",
        ),
    )


def another_cost() -> Asked:
    """The cross-entropy's rate grows where σ is flat."""
    z = 5.0
    a, slope = float(sigmoid(z)), float(sigmoid.prime(z))
    return choice(
        f"At $z$ = 5, $y$ = 0 the quadratic cost gives $δ$ = {plain(a * slope, 4)}, for $σ′$ = {plain(slope, 4)}."
        " Which rate $∂C/∂a$ would a cost need, so that $δ$ = $a − y$?",
        {
            "$a − y$": "That is the quadratic cost's: then $σ′$ makes $δ$ small.",
            "$(a − y)/σ′(z)$": "Divided by the slope, then multiplied by it: what is left is $a − y$.",
            "$(a − y)·σ′(z)$": "Then $σ′$ would come in twice, and $δ$ would be smaller still.",
            "$1/σ′(z)$": "Then $δ$ would be 1, whatever the target is.",
        },
        answer="$(a − y)/σ′(z)$",
        once=True,
        reveal=f"Here that is a width of {plain(a / slope, 1)}.",
    )


def first_line_to_break() -> Asked:
    """Softmax moves all outputs at once."""
    return choice(
        "The output layer becomes a softmax, the cost stays quadratic. Which is the first line that no longer follows?",
        {
            "line 2": "The sum over all outputs is the full chain rule: it holds for any activation.",
            "line 3": "One $z$ moves all outputs now, so the terms with $i ≠ j$ are not 0.",
            "line 4": "It is wrong as well; but the one above it has gone wrong already.",
            "line 5": "The cost has not changed, so its rate is what it was.",
        },
        answer="line 3",
        once=True,
    )


def an_output_error(draw: Random) -> Asked:
    """δ of an output from a and y."""
    a, y = draw.choice((0.2, 0.3, 0.4, 0.6, 0.7, 0.8)), draw.choice((0, 1))
    d = (a - y) * a * (1 - a)
    return number(
        f"A sigmoid output is {plain(a, 1)}, its target {y}, the cost quadratic. What is its $δ$?",
        d,
        slips={
            "$σ′$ left out": a - y,
            "the sign flipped": -d,
            "a factor 2 that the ½ cancels": 2 * d,
            "$σ′$ alone": a * (1 - a),
        },
        decimals=4,
        hints=("Two factors: the rate of the cost, and the slope of $σ$.", "From $a$ alone the slope is $a(1 − a)$."),
        reveal=f"It is ({signed(a - y, 1)}) · {plain(a * (1 - a))}.",
    )


def an_even_error(draw: Random) -> Asked:
    """δ with the cross-entropy: the slope cancels."""
    a, y = draw.choice((0.1, 0.2, 0.3, 0.7, 0.8, 0.9)), draw.choice((0, 1))
    return number(
        f"A sigmoid output is {plain(a, 1)}, its target {y}. The cost is the cross-entropy. What is its $δ$?",
        a - y,
        slips={
            "the sign flipped": y - a,
            "the quadratic cost": (a - y) * a * (1 - a),
            "the slope left in the width": (a - y) / (a * (1 - a)),
        },
        decimals=1,
        hints=("What does this cost do with the slope?", "The slope cancels: which difference is left?"),
    )


RECALL = (an_output_error, an_even_error)

QUIZ = (
    Question(
        "What does ⊙ do?",
        (
            wrong("it is the matrix product", "That sums over a shared index; ⊙ keeps the shape."),
            right("it multiplies entry by entry"),
            wrong(
                "it multiplies entry by entry and adds the products",
                "That is the inner product, and leaves one number.",
            ),
        ),
        explanation="Each neuron gets a factor of its own.",
    ),
    Question(
        "With a softmax output, may the sum over all outputs be cut down to the neuron's own term?",
        (
            wrong(
                "yes: each output has its own z",
                "It has, but one z moves all the outputs, since they share a denominator.",
            ),
            wrong(
                "yes, if the cost is quadratic",
                "The cost does not matter here: what counts is which outputs one z moves.",
            ),
            right("no, one z moves all the outputs"),
            wrong("no, because a softmax has no derivative", "It has one everywhere: a whole matrix of rates."),
        ),
        penalty=10,
        explanation="The other terms are 0 only for an element-wise activation.",
    ),
    Question(
        "Under the quadratic cost an output neuron is as wrong as can be: a is near 1, y is 0. When is its δ small all the same?",
        (
            wrong("when a − y is near 0", "Here a − y is near 1: the neuron is very wrong."),
            wrong("never: so wrong a neuron has a large δ", "δ is a product: one small factor is enough."),
            right("when σ′(z) is near 0"),
            wrong("when its weights are small", "They made z. δ has only two factors: a − y and σ′(z)."),
        ),
        penalty=10,
        explanation="Wrong and saturated: a long and very thin rectangle.",
    ),
)

"""Questions of notebook 02: weighted input, activation, the slope of σ, the network as one function."""

from random import Random

from backprop_lab.activations import sigmoid
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.exercises.forms import number
from backprop_lab.exercises.predictions import Asked
from backprop_lab.exercises.quiz import Question, right, wrong


def a_weighted_input(draw: Random) -> Asked:
    """z of a neuron of layer 1, from numbers that are given."""
    w, x = [draw.choice((-1.2, -0.8, 0.4, 0.6, 1.5)) for _ in "01"], draw.sample((-1.5, -0.5, 0.5, 1.0, 2.0), 2)
    b = draw.choice((-0.3, 0.2, 0.7))
    z = w[0] * x[0] + w[1] * x[1] + b
    if abs(z) < 0.05:  # nothing to be seen there
        b, z = b + 0.5, z + 0.5
    slips = {
        "the bias left out": z - b,
        "the bias subtracted": z - 2 * b,
        "the inputs swapped": w[0] * x[1] + w[1] * x[0] + b,
        "the second product left out": w[0] * x[0] + b,
    }
    return number(
        f"A neuron has the weights {signed(w[0])} and {signed(w[1])} and the bias {signed(b)}. Its inputs are "
        f"{signed(x[0])} and {signed(x[1])}, in this order. What is its weighted input $z$?",
        z,
        slips={slip: value for slip, value in slips.items() if abs(value - z) > 0.1 * abs(z)},
        decimals=2,
        hints=(
            "Each weight meets its own input: two products, then a third number.",
            f"The first product is {signed(w[0] * x[0])}.",
        ),
    )


def a_slope(draw: Random) -> Asked:
    """σ′ from the activation alone."""
    a = draw.choice((0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9))
    return number(
        f"A sigmoid neuron has the activation $a$ = {plain(a, 1)}. What is the slope $σ′(z)$ there?",
        a * (1 - a),
        slips={
            "a alone": a,
            "1 − a alone": 1 - a,
            "a squared": a * a,
            "σ′ taken at a in place of z": float(sigmoid.prime(a)),
        },
        decimals=2,
        hints=(
            "No $z$ is needed: the slope follows from the activation.",
            "The slope is the activation times what is missing to 1.",
        ),
    )


RECALL = (a_weighted_input, a_slope)

QUIZ = (
    Question(
        "All neurons are sigmoids. What must the forward pass keep, so that the way back needs no new forward pass?",
        (
            right("the activations $a$ of every layer"),
            wrong(
                "only the output $a^L$",
                "Each σ′ is $a(1−a)$ of its own neuron, and each weight's rate needs the activation that comes in.",
            ),
            wrong(
                "only the weighted inputs $z$ of layer 1",
                "They give everything, but only by a new forward pass from there on.",
            ),
            wrong("nothing", "Then each number of the way forward would have to be computed again."),
        ),
        penalty=10,
        explanation="The activations give σ′ = $a(1−a)$ too. For other activation functions $z$ is kept as well.",
    ),
    Question(
        "The input of a neuron is 0. What still moves its activation?",
        (
            wrong("its weight", "The weight is multiplied by the input, which is 0."),
            right("its bias"),
            wrong(
                "weight and bias together, but neither alone", "The bias is added whatever arrives: it needs no help."
            ),
            wrong("nothing", "$z = w·0 + b$: one of the two terms is left."),
        ),
        penalty=10,
        explanation="The bias shifts the curve, the weight tilts it.",
    ),
    Question(
        "What is needed to compute the slope $σ′(z)$ of the sigmoid once the forward pass is done?",
        (
            wrong("$z$, and a new exponential", "That works, but $σ′ = a(1−a)$, and $a$ is there already."),
            wrong("the weights of the neuron", "They made $z$. Once $a$ is known they are not needed."),
            right("only $a = σ(z)$"),
            wrong("the target $y$", "The slope belongs to the neuron, whatever the target is."),
        ),
        penalty=5,
        explanation="$σ′(z) = a(1−a)$.",
    ),
)

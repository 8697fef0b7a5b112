"""Questions of notebook 02: weighted input, activation, the slope of σ, the network as one function."""

from random import Random

from backprop_lab import cases
from backprop_lab.activations import sigmoid
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.questions.forms import choice, number
from backprop_lab.questions.predictions import Asked
from backprop_lab.questions.quizzes import Question, right, wrong


def z_of_a_neuron() -> Asked:
    (w_0, w_1), b = cases.running.parameters.w[1][2], cases.running.parameters.b[1][2, 0]
    x_0, x_1 = cases.running.x[:, 0]
    z = cases.running.forward_pass.z[1][:, 0]
    return number(
        f"Neuron 2 of layer 1 has the weights {signed(w_0)} and {signed(w_1)} and the bias {signed(b)}; "
        f"$x_0$ = {signed(x_0)}, $x_1$ = {signed(x_1)}. What is its weighted input?",
        z[2],
        slips={
            "the bias left out": w_0 * x_0 + w_1 * x_1,
            "the bias subtracted": w_0 * x_0 + w_1 * x_1 - b,
            "the inputs swapped": w_0 * x_1 + w_1 * x_0 + b,
            "a minus sign lost in the second product": w_0 * x_0 - w_1 * x_1 + b,
            "the second product left out": w_0 * x_0 + b,
        },
        decimals=1,
        hints=(
            "Two products and the bias: three numbers to add.",
            f"The first product is {signed(w_0 * x_0)}. Mind the sign of the second.",
        ),
        reveal=f"All of $z^1$: {', '.join(signed(each, 1) for each in z)}.",
    )


def sigma_of_a_small_number() -> Asked:
    return choice(
        "What is σ(0.3), without a calculator?",
        {
            "0": "That would be a threshold: below ½ say 0, above it say 1. σ has no such step.",
            "0.3": "That is $z$ itself, as if there were no σ. But σ(0) is ½, not 0.",
            "a little above ½": f"σ(0) is ½, and σ rises without a jump: σ(0.3) = {plain(float(sigmoid(0.3)), 4)}.",
            "close to 1": "σ comes close to 1 far to the right: at $z$ = 5 it is 0.993.",
        },
        answer="a little above ½",
        once=True,
        longer="0.3 is a value of $z$, and on the axis of $z$ the middle of the curve is at 0: there it is ½ high. A little to the right it is a little higher.",
    )


def what_moves_a() -> Asked:
    return choice(
        "The input `x[0]` is 0. You move the weight `w[1][0, 0]`, then the bias. What moves $a$?",
        {
            "both": "The weight multiplies `x[0]`, and 0 times any weight is 0: moving it changes nothing.",
            "only the weight": "It is the other way round: 0 times any weight stays 0.",
            "only the bias": "The weight multiplies 0, so its product stays 0. The bias is added whatever arrives.",
            "neither": "It would be so if the input multiplied the bias as well.",
        },
        answer="only the bias",
        once=True,
        longer="Write $z$ out: $w^1_0,0·0 + w^1_0,1·x_1 + b^1_0$. Strike out what is multiplied by 0, and look at what is left.",
    )


def how_many_sigmas() -> Asked:
    n = cases.deep.parameters.sizes
    return number(
        "The network `deep` has layers of 2, 3, 2 and 1 neurons. All sums written out: how many times is σ written in its formula?",
        n[3] + n[3] * n[2] + n[3] * n[2] * n[1],
        slips={
            "each neuron counted once": sum(n[1:]),
            "layer 1 alone counted": n[2] * n[1],
            "the σ of the output left out": n[2] + n[2] * n[1],
        },
        decimals=0,
        hints=(
            "Begin with the one σ of the output. How many σ are in its bracket, and how many in each of those?",
            "Each neuron of layer 2 has a bracket of its own, and all of layer 1 is written in each of them.",
        ),
        reveal="Each neuron of layer 1 is in both sums of layer 2, so it is written twice: 1 + 2 + 2·3.",
    )


def how_many_products() -> Asked:
    z = cases.running.forward_pass.z[2].item()
    w, a, b = cases.running.parameters.w[2], cases.running.forward_pass.a[1], cases.running.parameters.b[2]
    one = w[0, 0] * a[0, 0] + b[0, 0]
    return choice(
        "In the network 2-3-1 the output neuron adds up products for its $z$. How many?",
        {
            "three, one for each neuron of layer 1": f"The sum runs over the layer before. So $z$ = {signed(z, 4)}.",
            "one, for the output layer has one neuron": f"That is a sum over the last layer itself. Two products would be lost, and $z$ would be {signed(one, 4)}.",
            "two, one for each input": "The inputs reach the output through layer 1 only: no wire joins them to it.",
            "four, since the bias counts too": "The bias is added, but it is no product: nothing comes in on a wire.",
        },
        answer="three, one for each neuron of layer 1",
    )


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
    a = draw.choice((0.1, 0.2, 0.3, 0.6, 0.7, 0.8, 0.9))  # σ′(0.4) is too near to 0.4·0.6
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
            "The slope is the activation times its distance from 1.",
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
        "A layer has 3 neurons, 2 numbers come in, and there are 4 examples. What is `w @ a_previous + b`?",
        (
            wrong("a column of 3 numbers", "That is one example. Four columns come in, and each goes the same way."),
            right("3 rows and 4 columns"),
            wrong("4 rows and 3 columns", "Rows belong to neurons, columns to examples."),
            wrong("nothing: b has only one column", "The one column of b is added to each of the four."),
        ),
        penalty=10,
        explanation="(3, 2) @ (2, 4) is (3, 4): one z for each neuron and each example.",
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

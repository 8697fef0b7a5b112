"""Questions of notebook 07: one layer back."""

from random import Random

import numpy as np

from backprop_lab import cases
from backprop_lab.activations import sigmoid
from backprop_lab.chain import path_count
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.questions.forms import choice, number
from backprop_lab.questions.predictions import Asked
from backprop_lab.questions.quizzes import Question, right, wrong

_TEN = (10,) * 11  # ten inputs, then ten layers of ten neurons


def three_runs() -> Asked:
    return choice(
        "Three runs: train only the output layer, train only the hidden layer, or train both. Which ends with the lowest cost?",
        {
            "only the output layer": "It can only mix what the hidden neurons offer, and those stay as they are.",
            "only the hidden layer": "It adapts to an output layer that never changes: better than the first, and still far off.",
            "both": "Each layer can adapt to the other.",
            "all three alike": "Then it would cost nothing to leave a layer as it is. It does.",
        },
        answer="both",
        once=True,
        reveal="The next cell runs all three.",
    )


def which_cancels() -> Asked:
    d = cases.wide.backward_pass.delta[2][:, 0]
    return choice(
        f"In `wide` BP1 gives the outputs $δ^2_0$ = {signed(d[0], 4)} and $δ^2_1$ = {signed(d[1], 4)}. "
        "At which hidden neuron do the two opinions cancel almost completely? The weights are in the picture above.",
        {
            "neuron 0": "Its weights differ in sign, and so do the two $δ$: both products are positive.",
            "neuron 1": "Both weights are negative and about equally large, while the two $δ$ have different signs.",
            "neuron 2": "The products differ in sign, but one is more than twice as large as the other.",
        },
        answer="neuron 1",
        once=True,
        longer="An opinion is a product: what counts is the sign of weight times $δ$, not the sign of the weight.",
    )


def paths_in_ten_layers() -> Asked:
    return number(
        "Ten layers of ten neurons follow the inputs. How many paths lead from one neuron of the first layer to the cost?",
        path_count(_TEN, 1),
        slips={
            "the neuron's own layer counted as a choice": path_count(_TEN, 0),
            "the neurons of the nine layers added, not multiplied": 9 * 10,
            "one layer too few": path_count(_TEN, 2),
        },
        decimals=0,
        hints=(
            "How many ways lead on from a neuron? And how many layers still follow?",
            "From one layer to the next the number of paths is multiplied by ten.",
        ),
        reveal="Ten choices in each of the nine layers that follow, a billion.",
    )


def by_hand() -> Asked:
    z, a = cases.running.forward_pass.z[1][0, 0], cases.running.forward_pass.a[1][0, 0]
    w, d = cases.running.parameters.w[2][0, 0], cases.running.backward_pass.delta[2][0, 0]
    return number(
        f"With $w^2_0,0$ = {signed(w, 1)}, $δ^2_0$ = {signed(d, 4)}, $z^1_0$ = {signed(z, 1)}, $a^1_0$ = {plain(a, 4)}: "
        "what is $δ^1_0$ in `running`?",
        w * d * sigmoid.prime(z),
        slips={
            "$σ′$ left out": w * d,
            "$σ′$ taken at $a$ in place of $z$": w * d * sigmoid.prime(a),
            "$σ$ in place of $σ′$": w * d * sigmoid(z),
            "$z(1 − z)$ in place of $a(1 − a)$": w * d * z * (1 - z),
        },
        hints=(
            "There is one path: which opinion comes back along it, and what is it scaled by?",
            f"The opinion is {signed(w * d, 3)}. What is the slope of $σ$ where $a$ = {plain(a, 4)}?",
        ),
    )


def two_paths_by_hand() -> Asked:
    w, d = cases.wide.parameters.w[2][:, 2], cases.wide.backward_pass.delta[2][:, 0]
    slope, heard = float(sigmoid.prime(cases.wide.forward_pass.z[1][2, 0])), float(w @ d)
    return number(
        f"For neuron 2 of `wide`: `w[2][:, 2]` is `{w.tolist()}`, `delta[2]` is `{d.round(4).tolist()}`, "
        f"$σ′(z^1_2)$ = {plain(slope, 4)}. What is $δ^1_2$?",
        heard * slope,
        slips={
            "only the first path": float(w[0] * d[0]) * slope,
            "only the last path": float(w[1] * d[1]) * slope,
            "the mean of the paths in place of their sum": heard * slope / 2,
            "$σ′$ left out": heard,
        },
        hints=(
            "Two opinions come back. What is done with them, and what with the result?",
            f"Together the opinions are {signed(heard, 3)}.",
        ),
    )


def an_opinion(draw: Random) -> Asked:
    """The sign of an opinion and what it asks for."""
    w, d = (draw.choice((-1, 1)) * draw.randint(2, 15) / 10 for _ in range(2))
    product = signed(w * d / 10, 3)
    answer, other = ("less of it", "more of it") if w * d > 0 else ("more of it", "less of it")
    sign, moves, turned = ("positive", "rises", "negative") if w * d > 0 else ("negative", "falls", "positive")
    return choice(
        f"A neuron of the next layer has $δ$ = {signed(d / 10)}, and hears a hidden neuron through the weight {signed(w, 1)}. "
        "What is its opinion on that neuron's activation?",
        {
            answer: f"The opinion is the product, {product}. It is {sign}: the cost {moves} with the activation.",
            other: f"That would be so if the product were {turned}; it is {product}.",
            "none, as long as σ′ is not known": "σ′ belongs to the hidden neuron itself; the opinion on its activation is there without it.",
        },
        answer=answer,
    )


def a_hidden_delta(draw: Random) -> Asked:
    """BP2 for a neuron with two paths."""
    w = np.array([draw.randint(-15, 15) or 5 for _ in range(2)]) / 10
    d = np.array([draw.choice((-1, 1)) * draw.randint(4, 14) / 100 for _ in range(2)])
    a = draw.choice((0.2, 0.3, 0.6, 0.7))
    if abs(w @ d) < 0.2 * np.abs(w * d).sum():
        w[1] = -w[1]
    slope = a * (1 - a)
    return number(
        f"A hidden neuron with $a$ = {a} feeds two neurons: through the weights {signed(w[0], 1)} and {signed(w[1], 1)}, to "
        f"$δ$ = {signed(d[0])} and {signed(d[1])}. What is its own $δ$?",
        float(w @ d * slope),
        slips={"$σ′$ left out": float(w @ d), "only the first path": float(w[0] * d[0] * slope),
               "$a$ in place of $σ′$": float(w @ d * a)},
        hints=("Add the opinions; then scale the sum by the neuron's own slope.", "The slope of $σ$ is $a(1 − a)$."),
    )  # fmt: skip


RECALL = (an_opinion, a_hidden_delta)

QUIZ = (
    Question(
        "In a network with the layers 0 to 3, which weights does BP2 multiply by to find δ of layer 1?",
        (
            wrong("`w[1]`", "It leads into layer 1, not onward from it."),
            right("`w[2]`"),
            wrong("`w[1]` and `w[2]`", "`w[1]` made z of layer 1; δ asks what happens after z."),
            wrong("those of all later layers", "`w[3]` is in the δ of layer 2 already."),
        ),
        penalty=10,
        explanation="The error comes back along the wires on which the activation went out.",
    ),
    Question(
        "The neurons of the next layer have large δ, and a hidden neuron's own is near 0. How can that be?",
        (
            right("the opinions cancel"),
            wrong("its incoming weights are small", "They act only through z: they are no factor of δ."),
            right("σ′(z) is near 0"),
            wrong("its activation is near ½", "There σ′ is at its largest, ¼: nowhere is less held back."),
        ),
        penalty=10,
        explanation="Two loud opinions can make silence, and a saturated neuron passes nothing back.",
    ),
    Question(
        "Why does the transpose of w appear in BP2?",
        (
            wrong(
                "the way back undoes the way forward", "The transpose is no inverse; it only turns columns into rows."
            ),
            wrong("to make the shapes fit", "They do fit then, but because the sum runs over the other index."),
            right("the weights out of a neuron are a column of w"),
            wrong(
                "the weights into a neuron are a row of w", "True, and it is why the way forward needs no transpose."
            ),
        ),
        penalty=5,
        explanation="Forward sums along a row, backward along a column.",
    ),
    Question(
        "In a network with two hidden layers, which δ is found first, which last?",
        (
            wrong(
                "layer 1 first, layer 3 last", "That is the order of the forward pass: δ of layer 1 needs δ of layer 2."
            ),
            right("layer 3 first, layer 1 last"),
            wrong("any order", "BP2 needs the δ of the next layer: without it there is nothing to carry back."),
        ),
        penalty=5,
        explanation="BP1 gives the last layer; BP2 then goes back layer by layer.",
    ),
)

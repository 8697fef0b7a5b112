"""Questions of notebook 01: names, rows and columns, shapes."""

from random import Random

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.parameters import initialize
from backprop_lab.quantities import parameters
from backprop_lab.questions.forms import choice, name, number, shape
from backprop_lab.questions.predictions import Asked
from backprop_lab.questions.quizzes import Question, right, wrong


def a_weight_by_its_value() -> Asked:
    return name(cases.running, -1.4)


def the_column() -> Asked:
    return choice(
        "In the network `wide`, which weights lead out of neuron 2 of layer 1?",
        {
            "`w[2][:, 2]`": "They lead to layer 2, so they are in `w[2]`; they come from neuron 2, so they are its column 2.",
            "`w[2][2, :]`": "A row holds what leads into one neuron, and layer 2 of `wide` has no neuron 2.",
            "`w[1][2, :]`": "That is row 2 of layer 1's own matrix: the weights into neuron 2.",
            "`w[1][:, 2]`": "`w[1]` leads into layer 1; nothing in it leads on. And its columns count the inputs: 0 and 1.",
        },
        answer="`w[2][:, 2]`",
        once=True,
        case=cases.wide,
        longer="The name of a matrix says where its wires end. What leaves layer 1 ends in layer 2.",
    )


def how_many_parameters() -> Asked:
    p = cases.deep.parameters
    weights, biases = (sum(each.size for each in arrays.values()) for arrays in (p.w, p.b))
    return number(
        "How many weights and biases together has `deep`, with the sizes 2, 3, 2, 1?",
        weights + biases,
        slips={"the biases left out": weights, "a bias for each input too": weights + biases + p.sizes[0]},
        decimals=0,
        hints=(
            "Go layer by layer: how many wires lead into it, how many neurons has it?",
            "Layer 1 has 3·2 weights and 3 biases.",
        ),
        reveal="For each layer: rows times columns of $w$, and one bias for each row.",
    )


def the_shape_of_w() -> Asked:
    return shape(
        "A network has the sizes 4, 5, 3. What is the shape of `w[2]`?",
        initialize((4, 5, 3)).w,
        layer=2,
        reveal="Rows: the neurons the weights lead to. Columns: the neurons they come from.",
    )


def a_weight_in_words() -> Asked:
    return name(
        cases.deep,
        1.5,
        "What is the name of the weight from the last neuron of layer 1 to the first neuron of layer 2?",
    )


def a_name(draw: Random) -> Asked:
    """The name of a weight that is found by its value."""
    case = draw.choice((cases.running, cases.wide, cases.deep))
    values = [each.value(case) for each in parameters(case) if each.letter == "w"]
    return name(case, draw.choice([value for value in values if _belongs_to_one(case, value)]))


def a_shape(draw: Random) -> Asked:
    """The shape of a weight matrix."""
    sizes = draw.sample(range(2, 9), 4)
    layer = draw.choice((1, 2, 3))
    return shape(
        f"A network has the sizes {', '.join(map(str, sizes))}. What is the shape of `w[{layer}]`?",
        initialize(sizes).w,
        layer=layer,
        reveal="Rows: the neurons the weights lead to. Columns: the neurons they come from.",
    )


def _belongs_to_one(case: Case, value: float) -> bool:
    return sum(each.value(case) == value for each in parameters(case)) == 1


RECALL = (a_name, a_shape)

QUIZ = (
    Question(
        "What of the matrix wˡ equals the number of neurons in layer l − 1?",
        (
            wrong("the number of its rows", "The rows count the neurons that the weights lead to."),
            right("the number of its columns"),
            wrong("the number of its entries", "That is rows times columns."),
        ),
        penalty=5,
        show_next=True,
        explanation="Columns are where weights come from, rows are where they lead to: n_out × n_in.",
    ),
    Question(
        "Where are the weights that lead into the second neuron of layer l?",
        (
            right("in the second row, `w[l][1, :]`"),
            wrong("in the second column, `w[l][:, 1]`", "These all come from the second neuron of layer l − 1."),
            wrong("everywhere in the matrix", "Every row belongs to another neuron."),
        ),
        penalty=5,
        show_next=True,
        explanation="A row holds the weights into one neuron.",
    ),
    Question(
        "A layer has 3 neurons and 2 inputs. How many components has its bias vector?",
        (
            wrong("1", "Each neuron has a bias of its own."),
            wrong("2", "You counted the inputs."),
            right("3"),
        ),
        penalty=5,
        explanation="One bias for each neuron: `b[layer]` has shape (3, 1).",
    ),
    Question(
        "Some write a weight as w with the indices k, j (to, from) and the superscript l (layer). It connects…",
        (
            wrong("neuron k in layer l − 1 with neuron j in layer l", "The first index is the target."),
            right("neuron j in layer l − 1 with neuron k in layer l"),
            wrong("neuron j in layer l with neuron k in layer l + 1", "The superscript is the target's layer."),
        ),
        penalty=10,
        explanation="Whatever the letters: first the neuron it leads to, then the one it comes from.",
    ),
    Question(
        "What is the shape of `w[2]` in the wide network, 2-3-2?",
        (
            right("(2, 3)"),
            wrong("(3, 2)", "Columns are where weights come from, and these come from the 3 neurons of layer 1."),
            wrong("(2, 2)", "Layer 1 has 3 neurons."),
        ),
        penalty=10,
        explanation="n_out × n_in: 2 neurons in layer 2, 3 in layer 1.",
    ),
)

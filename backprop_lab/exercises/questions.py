"""The quiz questions, by notebook."""

from backprop_lab.exercises.quiz import Choice, Question


def right(text: str) -> Choice:
    """A right option."""
    return Choice(text, correct=True)


def wrong(text: str, feedback: str) -> Choice:
    """A wrong option, and why."""
    return Choice(text, feedback=feedback)


QUESTIONS: dict[str, tuple[Question, ...]] = {
    "00_start_here": (
        Question(
            "The running network has 13 weights and biases. What is it that training looks for?",
            (
                right("13 rates: how fast the cost moves with each of them"),
                wrong(
                    "the 13 best values, in one go", "Nobody knows these; a rate says only which way to go from here."
                ),
                wrong("the right output", "The right output is given: it is the target y."),
            ),
            penalty=10,
            explanation="A rate says which way to turn a knob, and how much it matters.",
        ),
        Question(
            "The rate of a weight is negative. Which move of that weight lowers the cost?",
            (
                right("raise it a little"),
                wrong("lower it a little", "A negative rate means that the cost falls when the weight rises."),
                wrong("no move at all", "Only a rate of 0 would say so, and only for small moves."),
            ),
            penalty=10,
            explanation="Each knob is turned against the sign of its rate.",
        ),
        Question(
            "To find 13 rates knob by knob takes 26 forward passes. What does one backward pass give?",
            (
                right("all 13 rates at once"),
                wrong("the rate of one knob", "Then it would save nothing: the point is that results are shared."),
                wrong("new values for the knobs", "The step is made afterwards, with the rates and a learning rate."),
            ),
            penalty=10,
            explanation="And it costs about as much as one or two forward passes, however many knobs there are.",
        ),
    ),
    "01_notation": (
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
                right("in the second row, w[l][1]"),
                wrong("in the second column", "These all come from the second neuron of layer l − 1."),
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
            explanation="One bias for each neuron: b[layer] has shape (3, 1).",
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
            "What is the shape of w[2] in the wide network, 2-3-2?",
            (
                right("(2, 3)"),
                wrong("(3, 2)", "Columns are where weights come from, and these come from the 3 neurons of layer 1."),
                wrong("(2, 2)", "Layer 1 has 3 neurons."),
            ),
            penalty=10,
            explanation="n_out × n_in: 2 neurons in layer 2, 3 in layer 1.",
        ),
    ),
    "02_forward_pass": (
        Question(
            "Which results of the forward pass must be saved on the way?",
            (
                right("z of each layer"),
                right("a of each layer"),
                wrong(
                    "only the output",
                    "The way back needs every z for σ′, and every a for the gradients of the weights.",
                ),
            ),
            penalty=10,
            explanation="The way back, from notebook 05 on, needs every z and every a.",
        ),
        Question(
            "The input of a neuron is 0. What still moves its activation?",
            (
                right("its bias"),
                wrong("its weight", "The weight is multiplied by the input, which is 0."),
                wrong("nothing", "z = w·0 + b: one of the two terms is left."),
            ),
            penalty=10,
            explanation="The bias shifts the curve, the weight tilts it.",
        ),
        Question(
            "What is needed to compute the slope σ′(z) once the forward pass is done?",
            (
                right("only a = σ(z)"),
                wrong("a new exponential", "σ′ = a(1 − a), and a is there already."),
                wrong("the target y", "The slope belongs to the neuron, whatever the target is."),
            ),
            penalty=5,
            explanation="σ′(z) = a(1 − a).",
        ),
    ),
    "03_cost": (
        Question(
            "Every cost is doubled. Does the minimum move?",
            (
                right("no, but all rates double"),
                wrong("yes, it moves", "Scaling keeps the lowest place the lowest."),
                wrong("no, and the rates stay as they are", "The rates scale with the cost."),
            ),
            penalty=10,
            explanation="A factor in the cost is a factor in every rate; the learning rate can undo it.",
        ),
        Question(
            "Why is the bare sum of the differences a − y no cost?",
            (
                right("errors of opposite sign cancel"),
                wrong("it is too large", "The size is not the matter: the sum can be 0 while every output is wrong."),
                wrong("it has no derivative", "It has one, the same for every a, which is what makes it useless."),
            ),
            penalty=10,
            explanation="Squares count too much and too little alike.",
        ),
        Question(
            "What must be true of the cost for the four equations to work?",
            (
                right("it is a mean over costs of single examples"),
                right("it is a function of the outputs"),
                wrong("it is quadratic", "Any cost with a derivative will do; only the first factor of BP1 changes."),
            ),
            penalty=5,
            explanation="Two assumptions: derive for one example and average last; start at the outputs and go back.",
        ),
    ),
    "04_chain_rule": (
        Question(
            "Why is the rate of the cost with respect to one activation a sum over the neurons of the next layer?",
            (
                right("this activation feeds every weighted input of the next layer"),
                right("its own index is held while the other one runs"),
                wrong(
                    "because there are so many examples",
                    "The sum runs over neurons of the next layer, for one example.",
                ),
            ),
            explanation="Every way to the cost adds its share.",
        ),
        Question(
            "One factor in a chain is 0. What is the rate of the whole chain?",
            (
                right("0"),
                wrong("the product of the others", "A stopped gear stops the train."),
            ),
            penalty=10,
            explanation="Along a path rates multiply.",
        ),
        Question(
            "Two paths lead from a weight to the cost, with the rates +0.4 and −0.4. What is the rate of the weight?",
            (
                right("0: the two cancel"),
                wrong("−0.16", "Along a path rates multiply; from path to path they add."),
                wrong("0.8", "Signs count: one path raises the cost, the other lowers it."),
            ),
            penalty=10,
            explanation="A rate of 0 can be two loud opinions that cancel.",
        ),
    ),
    "05_error_signal": (
        Question(
            "A neuron has δ = +0.2. Which small nudge of its weighted input lowers the cost?",
            (
                right("a negative one"),
                wrong("a positive one", "Then the cost would rise, by about 0.2 times the nudge."),
                wrong("none", "Only δ = 0 would say so, and only for small nudges."),
            ),
            penalty=10,
            explanation="The change of the cost is about δ times the nudge.",
        ),
        Question(
            "A neuron has a δ very close to 0. What follows?",
            (
                right("a small nudge of its z hardly changes the cost"),
                wrong(
                    "it is nearly right", "It may be very wrong and saturated: at z = 10 with y = 0 the cost is near ½."
                ),
                wrong("it can be left out", "It may still pass on much to the next layer."),
            ),
            penalty=10,
            explanation="Small δ means that the knob is stiff, not that the neuron is right.",
        ),
        Question(
            "Why is δ defined with z, and not with a weight?",
            (
                right("all weights and the bias of a neuron act through its one z"),
                wrong("because z is smaller than a", "Size is not the matter."),
                wrong("because the target is a z", "The target is compared with the activation of the output."),
            ),
            penalty=5,
            explanation="One δ serves the bias and every weight of the neuron.",
        ),
    ),
    "06_bp1_output_error": (
        Question(
            "What does ⊙ do?",
            (
                right("it multiplies entry by entry"),
                wrong("it is the matrix product", "That sums over a shared index; ⊙ keeps the shape."),
            ),
            explanation="Each neuron gets a factor of its own.",
        ),
        Question(
            "With a softmax output, may the sum over all outputs be cut down to the neuron's own term?",
            (
                right("no, the sum stays"),
                wrong("yes", "One z moves all the outputs, since they share a denominator."),
            ),
            penalty=10,
            explanation="The other terms are 0 only for an element-wise activation.",
        ),
        Question(
            "An output neuron is as wrong as can be: a is near 1, y is 0. When is its δ small all the same?",
            (
                right("when σ′(z) is near 0"),
                wrong("when a − y is near 0", "Here a − y is near 1: the neuron is very wrong."),
                wrong("never", "δ is a product: one small factor is enough."),
            ),
            penalty=10,
            explanation="Wrong and saturated: a long and very thin rectangle.",
        ),
    ),
    "07_bp2_backward": (
        Question(
            "Which weights does BP2 use for the δ of layer 1?",
            (
                right("w[2]"),
                wrong("w[1]", "It leads into layer 1, not onward from it."),
            ),
            penalty=10,
            explanation="The error comes back along the wires on which the activation went out.",
        ),
        Question(
            "The neurons behind a hidden neuron have large δ, and its own is near 0. How can that be?",
            (
                right("the paths cancel"),
                right("σ′(z) is near 0"),
                wrong("its incoming weights are small", "They act only through z: they are no factor of δ."),
            ),
            penalty=10,
            explanation="Two loud opinions can make silence, and a saturated neuron passes nothing back.",
        ),
        Question(
            "Why does the transpose of w appear in BP2?",
            (
                right("the weights out of a neuron are a column of w"),
                wrong(
                    "because the way back undoes the way forward",
                    "The transpose is no inverse; it only turns rows into columns.",
                ),
                wrong("to make the shapes fit", "They do fit then, but because the sum runs over the other index."),
            ),
            penalty=5,
            explanation="Forward sums along a row, backward along a column.",
        ),
    ),
    "08_bp3_bp4_gradients": (
        Question(
            "A neuron's bias has the rate 0.1, and one of its inputs is 0. What is the rate of that input's weight?",
            (
                right("0"),
                wrong("0.1", "That is δ; the rate of the weight is δ times its input."),
            ),
            penalty=10,
            explanation="The rate of a weight is δ times what comes in.",
        ),
        Question(
            "When does a weight learn slowly?",
            (
                right("when the activation that comes in is small"),
                right("when the δ of the neuron it leads to is small"),
                wrong("when the weight is small", "The weight itself is no factor of its own rate."),
            ),
            penalty=10,
            explanation="BP4 has two factors, and either can be small.",
        ),
        Question(
            "Why is the rate of a bias δ itself?",
            (
                right("when the bias grows by a little, z grows by just as much"),
                wrong("because a bias is small", "Its size does not appear in the rate."),
                wrong(
                    "because it has no neuron before it", "That is so, but the reason is the factor 1 in front of b."
                ),
            ),
            penalty=5,
            explanation="In z the bias stands alone: its factor is 1.",
        ),
    ),
    "09_matrix_form": (
        Question(
            "Σ′ is the square matrix with σ′ on its diagonal, and v is a vector. Which are equal?",
            (
                right("the product Σ′v and σ′ ⊙ v"),
                wrong("the product Σ′v and v times σ′ transposed", "That is an outer product, which is a matrix."),
            ),
            penalty=10,
            explanation="A diagonal matrix gives each entry its own factor.",
        ),
        Question(
            "Is the mean of δ times the mean of a the gradient of a batch?",
            (
                right("no, the products must be averaged"),
                wrong("yes", "The mean of a product is not the product of the means."),
            ),
            penalty=10,
            explanation="First multiply, example by example, then average: the matrix product does both sums.",
        ),
        Question(
            "The product of all the matrices can be worked out from either end. Why start at the cost?",
            (
                right("there it begins with a vector, and stays one"),
                wrong("the other end gives another result", "The result is the same: only the work differs."),
                wrong("the cost is known first", "All the matrices are known when the forward pass is done."),
            ),
            penalty=5,
            explanation="Matrix times vector is cheap, matrix times matrix is not.",
        ),
    ),
    "10_algorithm": (
        Question(
            "Why does the algorithm go backwards?",
            (
                right("the δ of a layer needs the next layer's δ, and no other"),
                wrong("the input is not known yet", "It is known first of all."),
            ),
            penalty=10,
            explanation="So every δ is computed once, and used by all that come before.",
        ),
        Question(
            "The gradient check passes at one point. Is the program correct?",
            (
                right("likely, but that is no proof"),
                wrong("yes, it is proved", "Kinks, zeros and a single example can hide a slip."),
            ),
            penalty=10,
            explanation="Check where sizes differ, with several examples, and away from zero.",
        ),
    ),
    "11_training_loop": (
        Question(
            "With 4 examples, the sum of their gradients is used in place of the mean. That acts like…",
            (
                right("a learning rate four times as large"),
                wrong("nothing", "The step is four times longer."),
                wrong("a different direction", "The direction is the same."),
            ),
            penalty=10,
            explanation="A factor in the gradient is a factor in the step.",
        ),
        Question(
            "When are the weights of layer 2 updated?",
            (
                right("after every δ has been computed"),
                wrong(
                    "as soon as their gradient is known",
                    "Then the δ of layer 1 would go back through weights which the forward pass never saw.",
                ),
            ),
            penalty=10,
            explanation="All deltas from the old weights, then all steps.",
        ),
    ),
    "12_saturation_and_cost": (
        Question(
            "In which layers does the cross-entropy cure saturation?",
            (
                right("in the output layer"),
                wrong("in all layers", "BP2 keeps the factor σ′(z) of every hidden layer."),
            ),
            penalty=10,
            explanation="Only the σ′ of the output layer cancels.",
        ),
    ),
    "13_rosetta": (
        Question(
            "In another's code δ holds the factor 1/m already. The gradient of the bias is then…",
            (
                right("the sum over the examples"),
                wrong("the mean over the examples", "That divides by m twice."),
            ),
            penalty=10,
            explanation="The 1/m must come in once, wherever it is put.",
        ),
    ),
}

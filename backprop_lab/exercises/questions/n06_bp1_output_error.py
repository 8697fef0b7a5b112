"""Questions of notebook 06: the error of an output neuron."""

from backprop_lab.exercises.quiz import Question, right, wrong

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
        "An output neuron is as wrong as can be: a is near 1, y is 0. When is its δ small all the same?",
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

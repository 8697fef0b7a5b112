"""Questions of notebook 09: a layer and a batch at once."""

from backprop_lab.exercises.quiz import Question, right, wrong

QUIZ = (
    Question(
        "Σ′ is the square matrix with σ′ on its diagonal, and v is a column. What equals the product Σ′v?",
        (
            wrong("v times σ′ transposed", "That is an outer product, which is a matrix."),
            right("σ′ ⊙ v"),
            wrong("σ′ transposed times v", "That is an inner product, which is one number."),
            wrong("v, divided by σ′", "The diagonal holds σ′ itself, so each entry is multiplied by it."),
        ),
        penalty=10,
        explanation="A diagonal matrix gives each entry its own factor.",
    ),
    Question(
        "How does the gradient of a batch follow from its δ and a, one column for each example?",
        (
            wrong("the mean of δ times the mean of a", "The mean of a product is not the product of the means."),
            wrong("the sum of δ times the sum of a, over m", "That mixes the δ of one example with the a of another."),
            right("multiply example by example, then average"),
            wrong(
                "multiply example by example, then add",
                "That is the gradient of the summed cost: m times too large for the mean.",
            ),
        ),
        penalty=10,
        explanation="The matrix product does both: it multiplies and adds over the examples; 1/m makes it the mean.",
    ),
    Question(
        "The product of all the matrices can be worked out from either end. Why start at the cost?",
        (
            wrong("the other end gives another result", "The result is the same: only the work differs."),
            wrong("the cost is known first", "All the matrices are known when the forward pass is done."),
            right("there it begins with a vector, and stays one"),
            wrong(
                "matrices may only be multiplied from the right",
                "Any order of brackets is allowed, and gives the same.",
            ),
        ),
        penalty=5,
        explanation="Matrix times vector is cheap, matrix times matrix is not.",
    ),
)

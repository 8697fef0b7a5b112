"""Questions of notebook 07: one layer back."""

from backprop_lab.exercises.quiz import Question, right, wrong

QUIZ = (
    Question(
        "Which weights does BP2 use for the δ of layer 1?",
        (
            wrong("`w[1]`", "It leads into layer 1, not onward from it."),
            right("`w[2]`"),
            wrong("`w[1]` and `w[2]`", "`w[1]` made z of layer 1; δ asks what happens after z."),
            wrong("those of all later layers", "They are in the δ of layer 2 already."),
        ),
        penalty=10,
        explanation="The error comes back along the wires on which the activation went out.",
    ),
    Question(
        "The neurons of the next layer have large δ, and a hidden neuron's own is near 0. How can that be?",
        (
            right("the paths cancel"),
            wrong("its incoming weights are small", "They act only through z: they are no factor of δ."),
            right("σ′(z) is near 0"),
            wrong("its activation is near ½", "There σ′ is at its largest: nothing is held back."),
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
)

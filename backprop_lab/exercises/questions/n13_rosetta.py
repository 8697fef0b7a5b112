"""Questions of notebook 13: other people's notation."""

from backprop_lab.exercises.quiz import Question, right, wrong

QUIZ = (
    Question(
        "In another's code δ holds the factor 1/m already. The gradient of the bias is then…",
        (
            wrong("the mean over the examples", "That divides by m twice."),
            right("the sum over the examples"),
            wrong("m times the sum", "The factor 1/m belongs there; this would take it away."),
        ),
        penalty=10,
        explanation="The 1/m must come in once, wherever it is put.",
    ),
)

"""Questions of notebook 12: saturation, and which cost cures it."""

from backprop_lab.exercises.quiz import Question, right, wrong

QUIZ = (
    Question(
        "In which layers does the cross-entropy cure saturation?",
        (
            wrong("in all layers", "BP2 keeps the factor σ′(z) of every hidden layer."),
            right("in the output layer"),
            wrong("in the hidden layers only", "There σ′ stays; it is the output's σ′ that cancels."),
            wrong(
                "in none: it changes the cost, not the neurons",
                "The new ∂C/∂a holds 1/σ′, and that is what cancels σ′ of the output.",
            ),
        ),
        penalty=10,
        explanation="Only the σ′ of the output layer cancels.",
    ),
)

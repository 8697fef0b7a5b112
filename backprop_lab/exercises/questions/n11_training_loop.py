"""Questions of notebook 11: many steps."""

from backprop_lab.exercises.quiz import Question, right, wrong

QUIZ = (
    Question(
        "With 4 examples, the sum of their gradients is used in place of the mean. That acts like…",
        (
            wrong("nothing: the direction is the same", "The direction is, but the step is four times as long."),
            right("a learning rate four times as large"),
            wrong("a learning rate four times as small", "The sum is larger than the mean, so the step is longer."),
            wrong("a different direction", "The direction is the same: every entry has the same factor."),
        ),
        penalty=10,
        explanation="A factor in the gradient is a factor in the step.",
    ),
    Question(
        "When are the weights of layer 2 updated?",
        (
            wrong(
                "as soon as their gradient is known",
                "Then the δ of layer 1 would go back through weights which the forward pass never saw.",
            ),
            wrong("before the δ of layer 2 is computed", "Its gradient, δ times a, would not be known yet."),
            right("after every δ has been computed"),
            wrong("after the next forward pass", "That one should run with the new weights already."),
        ),
        penalty=10,
        explanation="All deltas from the old weights, then all steps.",
    ),
)

"""Questions of notebook 10: the algorithm."""

from backprop_lab.exercises.quiz import Question, right, wrong

QUIZ = (
    Question(
        "Why does the algorithm go backwards?",
        (
            wrong("the first layer's δ is the largest", "Sizes play no part; often it is the smallest."),
            right("the δ of a layer needs the next layer's δ, and no other"),
            wrong("the activations are computed in that order", "They are computed forward, from the input on."),
            wrong("the output's weights matter most", "Which weight matters is what the rates tell afterwards."),
        ),
        penalty=10,
        explanation="So every δ is computed once, and used by all that come before.",
    ),
    Question(
        "The gradient check passes at one point. Is the program correct?",
        (
            wrong("yes, it is proved", "Kinks, zeros and a single example can hide a slip."),
            wrong("yes, if the difference is exactly 0", "It never is: finite differences have an error of their own."),
            right("likely, but that is no proof"),
            wrong("that cannot be said at all", "It is strong evidence: most slips would have shown."),
        ),
        penalty=10,
        explanation="Check where sizes differ, with several examples, and away from zero.",
    ),
)

"""Questions of notebook 05: the error signal δ and what it promises."""

from backprop_lab.exercises.quiz import Question, right, wrong

QUIZ = (
    Question(
        "A neuron has δ = +0.2. Which small nudge of its weighted input lowers the cost?",
        (
            wrong("a positive one", "Then the cost would rise, by about 0.2 times the nudge."),
            right("a negative one"),
            wrong("none", "Only δ = 0 would say so, and only for small nudges."),
            wrong("that depends on the sign of z", "δ alone says how the cost follows, wherever z is."),
        ),
        penalty=10,
        explanation="The change of the cost is about δ times the nudge.",
    ),
    Question(
        "A neuron has a δ very close to 0. What follows?",
        (
            wrong("it is nearly right", "It may be very wrong and saturated: at z = 10 with y = 0 the cost is near ½."),
            wrong("it can be left out", "It may still pass on much to the next layer."),
            right("a small nudge of its z hardly changes the cost"),
            wrong("its activation is close to 0", "δ is a rate of the cost; it says nothing of how large a is."),
        ),
        penalty=10,
        explanation="Small δ means that a nudge does little here, not that the neuron is right.",
    ),
    Question(
        "Why is δ defined with z, and not with a weight?",
        (
            right("all weights and the bias of a neuron act through its one z"),
            wrong("because z is smaller than a", "Size is not the point; z has no bounds at all, a has."),
            wrong("because the target is a z", "The target is compared with the activation of the output."),
            wrong(
                "because weights have no rate of their own", "They have: it is δ times the activation that comes in."
            ),
        ),
        penalty=5,
        explanation="One δ serves the bias and every weight of the neuron.",
    ),
)

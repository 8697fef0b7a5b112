"""Questions of notebook 08: the gradients of biases and weights."""

from backprop_lab.exercises.quiz import Question, right, wrong

QUIZ = (
    Question(
        "A neuron's bias has the rate 0.1, and one of its inputs is 0. What is the rate of that input's weight?",
        (
            wrong("0.1", "That is δ; the rate of the weight is δ times its input."),
            right("0"),
            wrong("it cannot be told without the weight", "The weight itself is no factor of its own rate."),
            wrong("0.1 divided by the number of inputs", "δ is not shared out: each weight has δ times its own input."),
        ),
        penalty=10,
        explanation="The rate of a weight is δ times what comes in.",
    ),
    Question(
        "When does a weight learn slowly?",
        (
            right("when the activation that comes in is small"),
            wrong("when the weight is small", "The weight itself is no factor of its own rate."),
            right("when the δ of the neuron it leads to is small"),
            wrong("when the δ of the neuron it comes from is small", "That one belongs to the weights before it."),
        ),
        penalty=10,
        explanation="BP4 has two factors, and either can be small.",
    ),
    Question(
        "Why is the rate of a bias δ itself?",
        (
            wrong("because it has no neuron before it", "It has none, but the reason is the factor 1 in front of b."),
            wrong("because the bias is its own input", "Its input is a constant 1, whatever the bias is."),
            right("because z grows by just as much as the bias"),
            wrong("because σ′ is 1 there", "σ′ is in δ already, and it is never above ¼."),
        ),
        penalty=5,
        explanation="In z the bias has the factor 1.",
    ),
)

"""Two questions of a quiz to test with: one with one right option, one with two, which shows its answer."""

from backprop_lab.questions.quizzes import Choice, Question

ONE = Question("Which?", [Choice("this", correct=True), Choice("that", feedback="Not that.")], penalty=10)
MANY = Question(
    "Which ones?",
    [
        Choice("p", correct=True),
        Choice("q", correct=True),
        Choice("r", feedback="Not r."),
        Choice("s", feedback="No s."),
    ],
    penalty=30,
    show_next=True,
    explanation="Both count.",
)

"""A quiz as a picture: a form for each question while a kernel answers, and a readable list without one."""

from backprop_lab.drawing.markup import Markup, element, fragment
from backprop_lab.exercises.quiz import FULL, Question, Quiz
from backprop_lab.views import Picture


def quiz(state: Quiz) -> Picture:
    """Every question as a form with native radio buttons or checkboxes, below each what is said of the last attempt.

    What changes with the state has a `data-key`; all else stays as it is, so that focus and choices are kept.
    """
    forms = [_form(state, at) for at in range(len(state.questions))]
    score = element("p", _score(state), class_="bl-caption", data_key="score")
    return Picture(fragment(*forms, score), _score(state))


def still(state: Quiz) -> Picture:
    """The questions with their options for reading, and the answers folded away."""
    asked = [element("li", question.prompt, _options(question)) for question in state.questions]
    told = [element("li", _solution(question)) for question in state.questions]
    answers = element("details", element("summary", "Answers"), element("ol", *told))
    spoken = " ".join(f"{at}. {_spoken(question)}" for at, question in enumerate(state.questions, start=1))
    return Picture(fragment(element("ol", *asked), answers), f"A quiz of {_count(len(asked), 'question')}. {spoken}")


def _form(state: Quiz, at: int) -> Markup:
    question = state.questions[at]
    kind, hint = ("radio", "Choose one.") if len(question.right) == 1 else ("checkbox", "Choose all that are right.")
    options = [
        element("label", element("input", type=kind, name="choice", value=n), element("span", choice.text))
        for n, choice in enumerate(question.choices)
    ]
    number = element("span", f"Question {at + 1} of {len(state.questions)}. ", class_="bl-caption")
    legend = element("legend", number, question.prompt, element("span", f" {hint}", class_="bl-caption"))
    return element(
        "form",
        element("fieldset", legend, *options),
        element("button", "Check", type="submit", aria_label=f"Check question {at + 1}"),
        element("div", _feedback(state, at), role="status", data_key=f"feedback{at}"),
        class_="bl-card bl-question",
        data_question=at,
    )


def _feedback(state: Quiz, at: int) -> Markup:
    """The verdict, what there is to say of each wrong choice, and the answer once it may be seen."""
    question, attempt = state.questions[at], state.attempts[at]
    if attempt.chosen is None:
        return Markup("")
    if state.solved(at):
        points = f" {state.points(at):g} of {FULL} points."
        return element("p", "That is right. ", question.explanation, points, class_="bl-good")
    wrong = [question.choices[n] for n in sorted(attempt.chosen - question.right)]
    said = [fragment("“", choice.text, "”: ", choice.feedback, " ") for choice in wrong]
    verdict = "Not right yet. " if wrong else "What you chose is right, but something is missing. "
    after = [_solution(question)] if state.open(at) else ["Try again."]
    return fragment(element("p", verdict, *said, class_="bl-bad"), element("p", *after))


def _solution(question: Question) -> Markup:
    chosen = [question.choices[n].text for n in sorted(question.right)]
    quoted = [fragment(" and " if n else "", "“", text, "”") for n, text in enumerate(chosen)]
    return fragment("Right is ", *quoted, ". ", question.explanation)


def _options(question: Question) -> Markup:
    return element("ul", *(element("li", choice.text) for choice in question.choices))


def _spoken(question: Question) -> str:
    return f"{question.prompt} Options: {'; '.join(choice.text for choice in question.choices)}."


def _score(state: Quiz) -> str:
    solved, count = sum(map(state.solved, range(len(state.questions)))), len(state.questions)
    return f"{solved} of {_count(count, 'question')} answered right: {state.score:g} of {count * FULL} points."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"

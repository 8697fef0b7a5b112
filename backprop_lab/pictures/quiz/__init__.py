"""A quiz: every question with its answers to choose from, and below each what is said of the last attempt."""

from dataclasses import dataclass, replace

from backprop_lab import questions
from backprop_lab.drawing.controls import button, buttons
from backprop_lab.drawing.html import card
from backprop_lab.drawing.markup import Markup, counted, element, fragment
from backprop_lab.drawing.picture import Event, Picture, Press, Turn, beside, refuse
from backprop_lab.drawing.prose import spoken, typeset
from backprop_lab.drawing.questions import option, question, told
from backprop_lab.lecture import lecturing
from backprop_lab.questions import quizzes
from backprop_lab.questions.predictions import mixed_by
from backprop_lab.questions.quizzes import FULL, Question, Quiz


@dataclass(frozen=True)
class QuizState:
    """The quiz as it stands, and what is chosen at each question but not checked yet.

    In a lecture nothing is checked or scored: `revealed` are the questions whose answers are shown; else it is None.
    """

    quiz: Quiz
    chosen: tuple[frozenset[int], ...]
    revealed: frozenset[int] | None = None


def begin(notebook: str) -> QuizState:
    """The quiz of a notebook, by its name without `.ipynb`; the options of each question in an order of their own.

    Raises
    ------
    ValueError : there is no quiz for it.
    """
    return of(tuple(map(mixed, questions.quiz(notebook))))


def mixed(asked: Question) -> Question:
    """The question with its options in another order, the same on every run."""
    texts = {choice.text: choice for choice in asked.choices}
    return replace(asked, choices=[texts[text] for text in mixed_by(asked.prompt, list(texts))])


def of(questions: tuple[Question, ...]) -> QuizState:
    """The quiz with these questions."""
    revealed = frozenset[int]() if lecturing() else None
    return QuizState(quizzes.begin(questions), (frozenset(),) * len(questions), revealed)


def view(state: QuizState) -> Picture:
    """A card for each question; below all of them, where no kernel can judge, the answers to unfold."""
    cards = [_card(state, at) for at in range(len(state.quiz.questions))]
    answers = element("ol", *(element("li", solution(each)) for each in state.quiz.questions))
    saved = element("details", element("summary", "Answers"), answers, class_="bl-saved")
    shown = element("div", *cards, class_="bl-quiz")
    return Picture(shown, sentence(state), "Quiz", beside(__file__), saved=saved)


def update(state: QuizState, event: Event) -> QuizState:
    """An answer chosen, or the answer of a question checked; where the right one was found nothing changes any more."""
    answers, checks = _answers(state.quiz), {f"check {at}": at for at in range(len(state.chosen))}
    match event:
        case Turn(key, value) if key in answers:
            at, n = answers[key]
            before = state.chosen[at]
            after = frozenset({int(value)}) if n is None else before | {n} if value else before - {n}
            chosen = (*state.chosen[:at], after, *state.chosen[at + 1 :])
            return state if _over(state, at) else replace(state, chosen=chosen)
        case Press(key) if key in checks:
            at = checks[key]
            if state.revealed is not None:
                return replace(state, revealed=state.revealed | {at})
            return replace(state, quiz=quizzes.answer(state.quiz, at, state.chosen[at]))
    return refuse(event)


def sentence(state: QuizState) -> str:
    """How far it is, in words."""
    if state.revealed is None:
        return score(state.quiz)
    return f"{len(state.revealed)} of {counted(len(state.chosen), 'question')} revealed."


def score(quiz: Quiz) -> str:
    """How much has been answered, in words."""
    count = len(quiz.questions)
    solved = sum(map(quiz.solved, range(count)))
    return f"{solved} of {counted(count, 'question')} answered right: {quiz.score:g} of {count * FULL} points."


def feedback(quiz: Quiz, at: int) -> Markup:
    """The verdict, what there is to say of each wrong choice, and the answer once it may be seen."""
    asked, attempt = quiz.questions[at], quiz.attempts[at]
    if attempt.chosen is None:
        return Markup("")
    if quiz.solved(at):
        return fragment("That is right. ", typeset(asked.explanation), f" {quiz.points(at):g} of {FULL} points.")
    wrong = [asked.choices[n] for n in sorted(attempt.chosen - asked.right)]
    said = [fragment("“", typeset(choice.text), "”: ", typeset(choice.feedback), " ") for choice in wrong]
    verdict = "Not right yet. " if wrong else "What you chose is right, but something is missing. "
    return fragment(verdict, *said, solution(asked) if quiz.open(at) else "Try again.")


def solution(asked: Question) -> Markup:
    """What is right, and why."""
    chosen = [asked.choices[n].text for n in sorted(asked.right)]
    quoted = [fragment(" and " if n else "", "“", typeset(text), "”") for n, text in enumerate(chosen)]
    return fragment(
        "The answers are " if len(quoted) > 1 else "The answer is ", *quoted, ". ", typeset(asked.explanation)
    )


def _over(state: QuizState, at: int) -> bool:
    """Whether there is nothing to answer any more."""
    return state.quiz.solved(at) if state.revealed is None else at in state.revealed


def _several(asked: Question) -> bool:
    return len(asked.right) > 1


def _answers(quiz: Quiz) -> dict[str, tuple[int, int | None]]:
    """The keys of what can be chosen: at which question, and which of its boxes; a radio button tells its number."""
    found: dict[str, tuple[int, int | None]] = {}
    for at, asked in enumerate(quiz.questions):
        boxes = range(len(asked.choices)) if _several(asked) else ()
        found |= {f"q{at}.{n}": (at, n) for n in boxes} or {f"q{at}": (at, None)}
    return found


def _card(state: QuizState, at: int) -> Markup:
    quiz, asked, chosen, over = state.quiz, state.quiz.questions[at], state.chosen[at], _over(state, at)
    several = _several(asked)
    options = [
        option(f"q{at}", str(n), choice.text, n in chosen, several=several, locked=over)
        for n, choice in enumerate(asked.choices)
    ]
    if state.revealed is None:
        check = button(f"check {at}", "check", on=bool(chosen) and not over and chosen != quiz.attempts[at].chosen)
        words, right = feedback(quiz, at), None if quiz.attempts[at].chosen is None else over
    else:
        check = button(f"check {at}", "reveal", on=not over)
        words, right = solution(asked) if over else Markup(""), None
    before = f"Question {at + 1} of {len(quiz.questions)}. "
    hint = " Choose all that are right." if several else " Choose one."
    said = told(words, right, _longest(asked), key=f"told {at}", role="status")
    return card(
        question(typeset(asked.prompt), *options, before=before, hint=hint), buttons(check), said, look="bl-question"
    )


def _longest(asked: Question) -> Markup:
    """The longest that may have to be said of an attempt: each wrong choice, all of them, the right ones."""
    wrong = frozenset(range(len(asked.choices))) - asked.right
    together = [wrong] if _several(asked) else [frozenset({n}) for n in wrong]
    tried = [quizzes.answer(quizzes.begin([asked]), 0, chosen) for chosen in (*together, asked.right)]
    return max((feedback(quiz, 0) for quiz in tried), key=lambda said: len(spoken(said)))

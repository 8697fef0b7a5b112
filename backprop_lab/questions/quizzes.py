"""Quizzes: questions with feedback for every wrong option, and how far a learner has come with them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

FULL = 100  # points for a question


@dataclass(frozen=True)
class Choice:
    """One option of a question.

    Parameters
    ----------
    text : plain text, with `$…$` and `` `…` `` as in all questions, or `Markup`
    correct : whether it belongs to the right answer
    feedback : what a learner is told who chose it; a wrong option must have one

    Raises
    ------
    ValueError : a wrong option without feedback.
    """

    text: str
    correct: bool = False
    feedback: str = ""

    def __post_init__(self) -> None:
        """Refuse a "wrong" that does not say why."""
        if not self.correct and not self.feedback:
            raise ValueError(f"feedback must say why {self.text!r} is wrong, got nothing")


def right(text: str) -> Choice:
    """A right option."""
    return Choice(text, correct=True)


def wrong(text: str, feedback: str) -> Choice:
    """A wrong option, and why."""
    return Choice(text, feedback=feedback)


@dataclass(frozen=True)
class Question:
    """A question with its options, of which one or several are right.

    Parameters
    ----------
    prompt : plain text or `Markup`
    choices : at least two, at least one of them right; an answer is the exact set of right ones
    penalty : points of 100 that a wrong option costs, once
    show_next : whether the answer and its explanation appear after a wrong attempt too, or only after the right one
    explanation : said with the right answer

    Raises
    ------
    ValueError : fewer than two choices, none that is right, or a penalty outside 0 … 100.
    """

    prompt: str
    choices: Sequence[Choice]
    penalty: float = 0
    show_next: bool = False
    explanation: str = ""

    def __post_init__(self) -> None:
        """Refuse a question that cannot be answered."""
        object.__setattr__(self, "choices", tuple(self.choices))
        if len(self.choices) < 2 or not self.right:
            raise ValueError(f"choices must be at least two, one of them correct, got {len(self.choices)}")
        if not 0 <= self.penalty <= FULL:
            raise ValueError(f"penalty must lie between 0 and {FULL}, got {self.penalty}")

    @property
    def right(self) -> frozenset[int]:
        """The numbers of the right choices."""
        return frozenset(at for at, choice in enumerate(self.choices) if choice.correct)


@dataclass(frozen=True)
class Attempt:
    """What a learner has done with one question: the choices of the last attempt, and all wrong ones ever chosen."""

    chosen: frozenset[int] | None = None
    missed: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Quiz:
    """The questions of a notebook, and what has been done with each."""

    questions: tuple[Question, ...]
    attempts: tuple[Attempt, ...]

    def solved(self, at: int) -> bool:
        """Whether the last attempt is exactly right."""
        return self.attempts[at].chosen == self.questions[at].right

    def open(self, at: int) -> bool:
        """Whether the answer may be seen: it was found, or the question shows it after a wrong attempt too."""
        return self.solved(at) or (self.questions[at].show_next and self.attempts[at].chosen is not None)

    def points(self, at: int) -> float:
        """100 less the penalties once it is solved, until then nothing."""
        lost = self.questions[at].penalty * len(self.attempts[at].missed)
        return max(FULL - lost, 0) if self.solved(at) else 0

    @property
    def score(self) -> float:
        """Points of all questions together."""
        return sum(self.points(at) for at in range(len(self.questions)))


def begin(questions: Sequence[Question]) -> Quiz:
    """A quiz in which nothing has been answered."""
    return Quiz(tuple(questions), (Attempt(),) * len(questions))


def answer(quiz: Quiz, at: int, chosen: Collection[int]) -> Quiz:
    """Attempt question `at` with these choices; without any nothing changes, nor once the right answer was found.

    Raises
    ------
    ValueError : there is no such question or choice.
    """
    if not 0 <= at < len(quiz.questions) or not all(0 <= n < len(quiz.questions[at].choices) for n in chosen):
        raise ValueError(f"at and chosen must name a question and its choices, got {at} and {sorted(chosen)}")
    if not chosen or quiz.solved(at):
        return quiz
    missed = quiz.attempts[at].missed | (frozenset(chosen) - quiz.questions[at].right)
    attempt = Attempt(frozenset(chosen), missed)
    return replace(quiz, attempts=(*quiz.attempts[:at], attempt, *quiz.attempts[at + 1 :]))

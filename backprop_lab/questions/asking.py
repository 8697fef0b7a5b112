"""What all questions have in common: how often an answer may be tried, and what is said when, never too early."""

from dataclasses import dataclass
from typing import ClassVar

from backprop_lab.cases import Case
from backprop_lab.questions.typed_answers import NOT_IT, Verdict

Given = str | tuple[str, ...]  # what was typed, the number of a choice, or items in their order
TRIES = 3
SURE = ("guess", "fairly", "sure")  # what a learner may say before the commitment


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What belongs to every kind of question.

    Parameters
    ----------
    question : plain words; `$…$` is set as a formula, `` `…` `` as code, here and in every text below
    reveal : said with the answer
    once : a prediction before a reveal, which is committed once; else a wrong answer may be tried again
    hints : after the first miss, which part to look at; after the second, something stronger. Where each wrong answer
        has its reason (`reasons`) one hint, after the second miss
    longer : what is said to a learner who was sure and wrong
    case : the network that is asked about, to be seen with the question
    """

    question: str
    reveal: str = ""
    once: bool = False
    hints: tuple[str, ...] = ()
    longer: str = ""
    case: Case | None = None
    reasons: ClassVar[bool] = False

    @property
    def tries(self) -> int:
        """How often an answer may be committed."""
        return 1 if self.once else TRIES

    @property
    def asks_how_sure(self) -> bool:
        """Whether a learner may say how sure she is."""
        return self.once or bool(self.longer)

    @property
    def first_hint(self) -> str:
        """Which part to look at, when what was given is no slip that is known."""
        return self.hints[0] if self.hints else ""

    @property
    def second_hint(self) -> str:
        """Something that nearly tells."""
        at = 0 if self.reasons else 1
        return self.hints[at] if len(self.hints) > at else self.strong_hint

    @property
    def strong_hint(self) -> str:
        """The second hint where none is written."""
        raise NotImplementedError

    @property
    def solution(self) -> str:
        """What is right, and why."""
        raise NotImplementedError

    def judge(self, given: Given) -> Verdict:
        """Whether it is right, and what is said of it: of a wrong answer nothing that gives the right one away."""
        raise NotImplementedError

    def confirmed(self, given: Given) -> str:
        """What is said of a right answer."""
        return joined(self.judge(given).words, self.solution)

    def missed(self, given: Given) -> str:
        """What is said of a wrong answer once the right one may be seen."""
        return joined(self.judge(given).words, self.solution)


def told(asked: Asking, given: Given, sure: str = "") -> str:
    """All that is said in the end of what was given."""
    if asked.judge(given).right:
        return joined(asked.confirmed(given), asked.reveal)
    longer = f"You were sure. {asked.longer}" if sure == "sure" and asked.longer else ""
    return joined(asked.missed(given), asked.reveal, longer)


def again(asked: Asking, given: Given, misses: int) -> str:
    """What is said of a wrong answer that may be tried again: the slip, or which part to look at."""
    words = asked.judge(given).words
    first = asked.first_hint if words in NOT_IT else ""
    return joined(words, asked.second_hint if misses > 1 else first, "Try again.")


def skipped(asked: Asking) -> str:
    """All that is said without an answer."""
    return joined("You skipped the question.", revealed(asked))


def revealed(asked: Asking) -> str:
    """What is right, and why."""
    return joined(asked.solution, asked.reveal)


def joined(*sentences: str) -> str:
    """Those sentences that say something."""
    return " ".join(sentence for sentence in sentences if sentence)

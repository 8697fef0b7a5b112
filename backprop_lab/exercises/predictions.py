"""Questions that are answered before the answer is shown: four kinds, each with its judge and what it says."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from backprop_lab.exercises.judging import Verdict
from backprop_lab.exercises.typed import CodeAsked, Given, NumberAsked, joined


@dataclass(frozen=True, kw_only=True)
class ChoiceAsked:
    """A question with answers to choose from, and what is said of each.

    Raises
    ------
    ValueError : the answer is not one of the choices.
    """

    question: str
    choices: tuple[str, ...]
    feedback: tuple[str, ...]
    answer: str
    reveal: str = ""

    def __post_init__(self) -> None:
        """Refuse a question without its answer."""
        if self.answer not in self.choices:
            raise ValueError(f"answer must be one of the choices {self.choices}, got {self.answer!r}")

    @property
    def solution(self) -> str:
        """What is said of the answer, and why."""
        return joined(f"Right is “{self.answer}”.", self.feedback[self.choices.index(self.answer)])

    @property
    def samples(self) -> tuple[Given, ...]:
        """Every answer that can be given: the number of a choice."""
        return tuple(str(at) for at in range(len(self.choices)))

    def complete(self, given: Given) -> bool:
        """Whether there is something to judge."""
        return given in self.samples

    def judge(self, given: Given) -> Verdict:
        """Whether the choice is right, and what is said of it."""
        chosen, why = self.choices[int(str(given))], self.feedback[int(str(given))]
        if chosen == self.answer:
            return Verdict(True, joined(f"That is right: “{chosen}”.", why))
        return Verdict(False, joined(f"You chose “{chosen}”.", why, f"Right is “{self.answer}”."))


@dataclass(frozen=True, kw_only=True)
class OrderAsked:
    """A question that asks for an order: `items` are in the right one.

    Raises
    ------
    ValueError : there are fewer than two items, or two of them look the same.
    """

    question: str
    items: tuple[str, ...]
    reveal: str = ""

    def __post_init__(self) -> None:
        """Refuse items of which two look the same."""
        if len(self.items) < 2 or len(set(self.items)) < len(self.items):
            raise ValueError(f"items must be at least two different texts, got {self.items}")

    @property
    def solution(self) -> str:
        """What is said of the answer."""
        return f"The order is: {', '.join(self.items)}."

    @property
    def samples(self) -> tuple[Given, ...]:
        """The right order, and one that is not."""
        return self.items, self.items[::-1]

    def complete(self, given: Given) -> bool:
        """Whether every item has its place."""
        return len(given) == len(self.items)

    def judge(self, given: Given) -> Verdict:
        """How many items are at their place."""
        hits = sum(one == other for one, other in zip(given, self.items, strict=True))
        if hits == len(self.items):
            return Verdict(True, f"That is right. {self.solution}")
        return Verdict(False, f"{hits} of {len(self.items)} {'is' if hits == 1 else 'are'} in place. {self.solution}")


Asked = NumberAsked | CodeAsked | ChoiceAsked | OrderAsked


def told(asked: Asked, given: Given) -> str:
    """All that is said in the end of what was given."""
    return joined(asked.judge(given).words, asked.reveal)


def skipped(asked: Asked) -> str:
    """All that is said without an answer."""
    return joined("You skipped the prediction.", asked.solution, asked.reveal)


def shuffled(items: Sequence[str], question: str) -> list[str]:
    """The items in an order that is the same on every run and not the right one."""
    mixed = random.Random(question).sample(items, len(items))
    return mixed if tuple(mixed) != tuple(items) else mixed[1:] + mixed[:1]

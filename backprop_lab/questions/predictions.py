"""Questions answered by choosing: one of several answers, or an order."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from backprop_lab.questions.asking import Asking, Given, joined
from backprop_lab.questions.typed import CodeAsked, NumberAsked
from backprop_lab.questions.typed_answers import Verdict


@dataclass(frozen=True, kw_only=True)
class ChoiceAsked(Asking):
    """A question with answers to choose from, and what is said of each.

    Raises
    ------
    ValueError : the answer is not one of the choices, or two of them look the same.
    """

    choices: tuple[str, ...]
    feedback: tuple[str, ...]
    answer: str
    reasons = True

    def __post_init__(self) -> None:
        """Refuse a question without its answer."""
        if self.answer not in self.choices or len(set(self.choices)) < len(self.choices):
            raise ValueError(f"answer must be one of different choices {self.choices}, got {self.answer!r}")

    @property
    def tries(self) -> int:
        """As long as there is more than one answer left."""
        return min(super().tries, len(self.choices) - 1)

    @property
    def strong_hint(self) -> str:
        """The reasons of the wrong answers are hints enough."""
        return ""

    @property
    def solution(self) -> str:
        """What is said of the answer, and why."""
        return joined(f"The answer is “{self.answer}”.", self.feedback[self.choices.index(self.answer)])

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
        right = chosen == self.answer
        return Verdict(right, joined(f"{'That is right: ' if right else 'You chose '}“{chosen}”.", why))

    def confirmed(self, given: Given) -> str:
        """The verdict has said it all."""
        return self.judge(given).words


@dataclass(frozen=True, kw_only=True)
class OrderAsked(Asking):
    """A question that asks for an order: `items` are in the right one.

    Parameters
    ----------
    because : why each item comes before the next one, one sentence for each neighbor; or nothing

    Raises
    ------
    ValueError : fewer than two items, two that look the same, or not one reason for each pair of neighbors.
    """

    items: tuple[str, ...]
    because: tuple[str, ...] = ()
    reasons = True

    def __post_init__(self) -> None:
        """Refuse items of which two look the same, and reasons that do not fit."""
        if len(self.items) < 2 or len(set(self.items)) < len(self.items):
            raise ValueError(f"items must be at least two different texts, got {self.items}")
        if self.because and len(self.because) != len(self.items) - 1:
            raise ValueError(f"because must have {len(self.items) - 1} reasons, got {len(self.because)}")

    @property
    def strong_hint(self) -> str:
        """Where it begins."""
        return f"It begins with “{self.items[0]}”."

    @property
    def solution(self) -> str:
        """What is said of the answer."""
        return f"The order is: {', '.join(self.items)}."

    @property
    def samples(self) -> tuple[Given, ...]:
        """The right order, and the one that is wrong everywhere."""
        return self.items, self.items[::-1]

    def complete(self, given: Given) -> bool:
        """Whether every item has its place."""
        return len(given) == len(self.items)

    def turned(self, given: Given) -> Iterator[tuple[str, str]]:
        """The neighbors that are the wrong way round."""
        return ((one, other) for one, other in pairwise(given) if self.items.index(one) > self.items.index(other))

    def judge(self, given: Given) -> Verdict:
        """Which neighbors are the wrong way round."""
        if not (wrong := list(self.turned(given))):
            return Verdict(True, "That is right.")
        pairs = ", ".join(f"“{one}” before “{other}”" for one, other in wrong)
        return Verdict(False, f"The wrong way round: {pairs}.")

    def confirmed(self, given: Given) -> str:
        """Right, with every reason."""
        return joined(super().confirmed(given), *self.because)

    def missed(self, given: Given) -> str:
        """Which neighbors are wrong, and why."""
        return joined(super().missed(given), *self._whys(given))

    def _whys(self, given: Given) -> list[str]:
        """Why the second of two turned neighbors comes first: the reasons on the way from it to the other."""
        places = [(self.items.index(other), self.items.index(one)) for one, other in self.turned(given)]
        needed = sorted({at for start, end in places for at in range(start, end)})
        return [self.because[at] for at in needed] if self.because else []


Asked = NumberAsked | CodeAsked | ChoiceAsked | OrderAsked


def shuffled(items: Sequence[str], question: str) -> list[str]:
    """The items in an order that is the same on every run and not the right one."""
    mixed = mixed_by(question, items)
    return mixed if tuple(mixed) != tuple(items) else mixed[1:] + mixed[:1]


def mixed_by(question: str, items: Sequence[str]) -> list[str]:
    """The items in an order of their own, the same on every run."""
    return random.Random(question).sample(items, len(items))

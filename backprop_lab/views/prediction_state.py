"""Questions a learner commits to an answer of before the answer is shown, and what can be done with them."""

import math
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from backprop_lab.views.answers import Code, near, read_code, read_number

Phase = Literal["open", "committed", "skipped"]


@dataclass(frozen=True, kw_only=True)
class Question:
    """What all questions have; `given` is what the learner has answered so far, `reveal` is said with the answer."""

    question: str
    reveal: str = ""
    phase: Phase = "open"
    given: Any = ""


@dataclass(frozen=True, kw_only=True)
class Number(Question):
    """A question whose answer is typed as a number.

    Parameters
    ----------
    slips : (name, value) of mistakes to recognise; a name completes "That is the value with …"
    decimals : of the numbers in the reveal

    Raises
    ------
    ValueError : the answer or a slip is not finite, or a slip could not be told from the answer.
    """

    answer: float
    slips: tuple[tuple[str, float], ...] = ()
    decimals: int = 6

    def __post_init__(self) -> None:
        """Refuse what would make the feedback wrong."""
        if not math.isfinite(self.answer):
            raise ValueError(f"answer must be a finite number, got {self.answer}")
        for name, value in self.slips:
            if not math.isfinite(value) or near(value, self.answer):
                raise ValueError(f"slip {name!r} must be finite and differ from the answer {self.answer}, got {value}")

    @property
    def complete(self) -> bool:
        """Whether there is something to commit."""
        return read_number(self.given) is not None


@dataclass(frozen=True, kw_only=True)
class Naming(Question):
    """A question whose answer is typed as code, `w[1][2, 0]`, or as a shape, `(3, 2)`; slips as in `Number`.

    Raises
    ------
    ValueError : a slip equals the answer.
    """

    answer: Code
    slips: tuple[tuple[str, Code], ...] = ()

    def __post_init__(self) -> None:
        """Refuse what would make the feedback wrong."""
        for name, code in self.slips:
            if code == self.answer:
                raise ValueError(f"slip {name!r} must differ from the answer {self.answer}, got {code}")

    @property
    def complete(self) -> bool:
        """Whether there is something to commit."""
        return read_code(self.given) is not None


@dataclass(frozen=True, kw_only=True)
class Choice(Question):
    """A question with answers to choose from, and what is said of each; the key of the chosen one is `given`."""

    choices: tuple[str, ...]
    feedback: tuple[str, ...]
    answer: str

    def __post_init__(self) -> None:
        """Refuse a question without its answer."""
        if self.answer not in self.choices:
            raise ValueError(f"answer must be one of the choices {self.choices}, got {self.answer!r}")

    @property
    def selected(self) -> str:
        """What is marked in the picture."""
        return self.given

    @property
    def complete(self) -> bool:
        """Whether there is something to commit."""
        return bool(self.given)


@dataclass(frozen=True, kw_only=True)
class Order(Question):
    """A question that asks for an order: `items` are in the right one, `given` in the learner's, so far."""

    items: tuple[str, ...]
    given: tuple[str, ...] = ()
    selected: str = ""  # stays empty, so that each click on an item is news

    def __post_init__(self) -> None:
        """Refuse items of which two look the same."""
        if len(self.items) < 2 or len(set(self.items)) < len(self.items):
            raise ValueError(f"items must be at least two different texts, got {self.items}")

    @property
    def complete(self) -> bool:
        """Whether there is something to commit."""
        return len(self.given) == len(self.items)


Some = TypeVar("Some", Number, Naming, Choice, Order)


def answer(state: Some, given: str) -> Some:
    """The learner has typed or chosen something; after the reveal nothing changes any more."""
    return replace(state, given=given) if state.phase == "open" else state


def place(state: Order, key: str) -> Order:
    """The learner puts an item at the next place, or takes one back that is placed."""
    if state.phase != "open" or not key:
        return state
    item = state.items[int(key.removeprefix("item"))]
    without = tuple(each for each in state.given if each != item)
    return replace(state, given=without if item in state.given else (*without, item))


def commit(state: Some) -> Some:
    """From here on the answer may be seen; without a complete prediction there is nothing to commit."""
    return replace(state, phase="committed") if state.phase == "open" and state.complete else state


def skip(state: Some) -> Some:
    """See the answer without a prediction."""
    return replace(state, phase="skipped") if state.phase == "open" else state


def start_over(state: Some) -> Some:
    """The question as it was asked first."""
    return replace(state, phase="open", given=type(state).given)

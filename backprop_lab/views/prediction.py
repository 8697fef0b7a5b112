"""Predictions: a learner commits to a number, a choice or an order, and only then sees what is right."""

import math
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, NamedTuple, TypeVar

from backprop_lab.markup import Markup, element, fragment, plain
from backprop_lab.views import Picture

RELATIVE = 1e-3  # a typed number this near counts, however many digits it has
DIGITS = 2  # a number rounded to so many significant digits counts
NEAR = 0.02  # not right, but worth a word
NOTHING = 1e-12  # a computed zero
NUMBER = re.compile(r"[+-]?(\d{1,20}\.?\d{0,20}|\.\d{1,20})(e[+-]?\d{1,2})?", re.IGNORECASE)
TO_ASCII = str.maketrans({"−": "-", "–": "-", ",": ".", " ": None})

Phase = Literal["open", "committed", "skipped"]


@dataclass(frozen=True)
class Number:
    """A question whose answer is typed as a number.

    Parameters
    ----------
    slips : (name, value) of mistakes to recognise; a name completes "That is the value with …"
    decimals : of the numbers in the reveal
    reveal : what is said after the commitment, besides the values
    typed, phase : what the learner did so far

    Raises
    ------
    ValueError : the answer or a slip is not finite, or a slip could not be told from the answer.
    """

    question: str
    answer: float
    slips: tuple[tuple[str, float], ...] = ()
    decimals: int = 6
    reveal: str = ""
    typed: str = ""
    phase: Phase = "open"

    def __post_init__(self) -> None:
        """Refuse what would make the feedback wrong."""
        if not math.isfinite(self.answer):
            raise ValueError(f"answer must be a finite number, got {self.answer}")
        for name, value in self.slips:
            if not math.isfinite(value) or _near(value, self.answer, RELATIVE):
                raise ValueError(f"slip {name!r} must be finite and differ from the answer {self.answer}, got {value}")


@dataclass(frozen=True)
class Choice:
    """A question with answers to choose from; `feedback` has what is said of each, `selected` is the key of one."""

    question: str
    choices: tuple[str, ...]
    feedback: tuple[str, ...]
    answer: str
    reveal: str = ""
    selected: str = ""
    phase: Phase = "open"

    def __post_init__(self) -> None:
        """Refuse a question without its answer."""
        if self.answer not in self.choices:
            raise ValueError(f"answer must be one of the choices {self.choices}, got {self.answer!r}")


@dataclass(frozen=True)
class Order:
    """A question that asks for an order: `items` are in the right one, `placed` in the learner's, so far."""

    question: str
    items: tuple[str, ...]
    reveal: str = ""
    placed: tuple[str, ...] = ()
    phase: Phase = "open"
    selected: str = ""  # stays empty, so that each click on an item is news

    def __post_init__(self) -> None:
        """Refuse items of which two look the same."""
        if len(self.items) < 2 or len(set(self.items)) < len(self.items):
            raise ValueError(f"items must be at least two different texts, got {self.items}")


Prediction = TypeVar("Prediction", Number, Choice, Order)


class Verdict(NamedTuple):
    """What is said of a committed number: whether it is right, and in a sentence why, or why not."""

    right: bool
    words: str


# -- what a learner can do: state -> state ------------------------------------------------------------------------


def write_down(state: Number, text: str) -> Number:
    """The learner has typed something; after the reveal nothing changes any more."""
    return replace(state, typed=text) if state.phase == "open" else state


def choose(state: Choice, key: str) -> Choice:
    """The learner has chosen an answer, or taken the choice back (an empty key)."""
    return replace(state, selected=key) if state.phase == "open" else state


def place(state: Order, key: str) -> Order:
    """The learner puts an item at the next place, or takes one back that is placed."""
    if state.phase != "open" or not key:
        return state
    item = state.items[int(key.removeprefix("item"))]
    without = tuple(each for each in state.placed if each != item)
    return replace(state, placed=without if item in state.placed else (*without, item))


def commit(state: Prediction) -> Prediction:
    """From here on the answer may be seen; without a complete prediction there is nothing to commit."""
    return replace(state, phase="committed") if state.phase == "open" and is_complete(state) else state


def skip(state: Prediction) -> Prediction:
    """See the answer without a prediction."""
    return replace(state, phase="skipped") if state.phase == "open" else state


def start_over(state: Prediction) -> Prediction:
    """The question as it was asked first."""
    fresh = {"typed": ""} if isinstance(state, Number) else {"placed": ()} if isinstance(state, Order) else {}
    return replace(state, phase="open", **({"selected": ""} if isinstance(state, Choice) else fresh))


def is_complete(state: Number | Choice | Order) -> bool:
    """Whether there is something to commit."""
    if isinstance(state, Number):
        return parse(state.typed) is not None
    return bool(state.selected) if isinstance(state, Choice) else len(state.placed) == len(state.items)


# -- numbers ------------------------------------------------------------------------------------------------------


def parse(text: str) -> Decimal | None:
    """The number a learner typed (a real minus sign and a decimal comma are read too), or None."""
    text = text.translate(TO_ASCII)
    return Decimal(text) if NUMBER.fullmatch(text) else None


def agrees(typed: Decimal, value: float) -> bool:
    """Whether a typed number is this value, rounded to the digits that were typed, of which two count."""
    _, digits, exponent = typed.as_tuple()
    rounded = len(digits) >= DIGITS and abs(float(typed) - value) <= 0.5000001 * 10.0 ** int(exponent)
    same_sign = float(typed) * value > 0
    return _near(float(typed), value, RELATIVE) or (rounded and same_sign)


def judge(state: Number, typed: Decimal) -> Verdict:
    """Compare a number with the answer, then with the named slips, then with what else can be said."""
    if agrees(typed, state.answer):
        return Verdict(True, "That is right.")
    for name, value in sorted(state.slips, key=lambda slip: abs(slip[1] - float(typed))):
        if agrees(typed, value):
            return Verdict(False, f"That is the value with {name}.")
    if agrees(-typed, state.answer):
        return Verdict(False, "The size is right, the sign is not.")
    if _near(float(typed), state.answer, NEAR) or _rounds_to(typed, state.answer):
        return Verdict(False, "Close, but give at least two digits that are right.")
    return Verdict(False, "That is not the value.")


def _near(one: float, other: float, relative: float) -> bool:
    return abs(one - other) <= max(relative * abs(other), NOTHING)


def _rounds_to(typed: Decimal, value: float) -> bool:
    return bool(typed) and abs(float(typed) - value) <= 0.5000001 * 10.0 ** int(typed.as_tuple().exponent)


# -- what is seen: state -> picture -------------------------------------------------------------------------------


def number(state: Number) -> Picture:
    """What the learner said, what is right, and how far the two are apart."""
    typed = parse(state.typed)
    open_ = state.phase == "open"
    said = "…" if typed is None else state.typed.strip().replace("-", "−")
    value = "?" if open_ else plain(state.answer, state.decimals)
    off = "?" if open_ else "–" if typed is None else _distance(state, float(typed))
    right = state.phase == "committed" and typed is not None and judge(state, typed).right
    mark = "" if state.phase != "committed" else " bl-good" if right else " bl-bad"
    cards = [_card("you say", said, mark), _card("it is", value), _card("off by", off)]
    return Picture(element("div", *cards, class_="bl-row"), _number_words(state, typed))


def choice(state: Choice) -> Picture:
    """The answers to choose from; after the commitment what is right, and what the learner chose."""
    cards = [_answer(state, at, text) for at, text in enumerate(state.choices)]
    return Picture(element("div", *cards, class_="bl-answers"), _choice_words(state))


def order(state: Order) -> Picture:
    """The items, each with the place it was given; after the commitment the right order beside it."""
    items = shuffled(state.items, state.question)
    yours = [_item(state, item) for item in items]
    places = [_place(state, at) for at in range(len(items))]
    lists = [element("div", *part, class_="bl-answers") for part in (yours, places)]
    return Picture(element("div", *lists, class_="bl-row"), _order_words(state))


def shuffled(items: Sequence[str], question: str) -> list[str]:
    """The items in an order that is the same on every run and not the right one."""
    mixed = random.Random(question).sample(items, len(items))
    return mixed if tuple(mixed) != tuple(items) else mixed[1:] + mixed[:1]


def _number_words(state: Number, typed: Decimal | None) -> str:
    value = f"The value is {plain(state.answer, state.decimals)}."
    if state.phase == "skipped":
        return _joined("You skipped the prediction.", value, state.reveal)
    if typed is None and state.typed.strip():
        return f"“{state.typed.strip()}” is not a number: write it like 0.25 or −1.5."
    if typed is None:
        return "No prediction yet: type a number and commit it, or skip."
    said = state.typed.strip().replace("-", "−")
    if state.phase == "open":
        return f"You typed {said}. Commit it to see what is right; until then you can change it."
    right, words = judge(state, typed)
    off = "" if right else f"You said {said}, off by {_distance(state, float(typed))}."
    return _joined(words, off, value, state.reveal)


def _choice_words(state: Choice) -> str:
    if state.phase == "open":
        chosen = (
            f"You chose “{state.choices[_index(state)]}”. Commit it to see what is right." if state.selected else ""
        )
        return chosen or "No prediction yet: choose an answer and commit it, or skip."
    answer = f"Right is “{state.answer}”."
    if state.phase == "skipped":
        why = state.feedback[state.choices.index(state.answer)]
        return _joined("You skipped the prediction.", answer, why, state.reveal)
    at = _index(state)
    if state.choices[at] == state.answer:
        return _joined("That is right:", f"“{state.answer}”.", state.feedback[at], state.reveal)
    return _joined(f"You chose “{state.choices[at]}”.", state.feedback[at], answer, state.reveal)


def _order_words(state: Order) -> str:
    if state.phase == "open":
        count, all_ = len(state.placed), len(state.items)
        go_on = "Commit the order to see what is right" if count == all_ else "Choose the next"
        return f"{count} of {all_} placed. {go_on}; choose one that is placed to take it back; or skip."
    answer = f"The order is: {', '.join(state.items)}."
    if state.phase == "skipped":
        return _joined("You skipped the prediction.", answer, state.reveal)
    hits = sum(one == other for one, other in zip(state.placed, state.items, strict=True))
    verdict = "That is right." if hits == len(state.items) else f"{hits} of {len(state.items)} are at their place."
    return _joined(verdict, answer, state.reveal)


def _distance(state: Number, typed: float) -> str:
    gap = abs(typed - state.answer)
    share = f" ({plain(100 * gap / abs(state.answer), 1)} %)" if abs(state.answer) > NOTHING else ""
    return f"{plain(gap, state.decimals)}{share}"


def _card(title: str, value: str, mark: str = "") -> Markup:
    number = element("div", value, class_=f"bl-value bl-strong{mark}")
    return element("div", element("div", title, class_="bl-caption"), number, class_="bl-card")


def _answer(state: Choice, at: int, text: str) -> Markup:
    key, open_ = f"choice{at}", state.phase == "open"
    chosen, right = key == state.selected, text == state.answer
    mark = "" if open_ else " bl-good" if right else " bl-bad" if chosen else ""
    said = element("span", " (your choice)", class_="bl-caption") if chosen and not open_ else ""
    pick: Mapping[str, str] = {"data_select": key, "aria_label": text} if open_ else {"data_key": key}
    on = " bl-on" if chosen else ""
    return element("div", element("span", text, said, class_=f"bl-answer{mark}"), class_=f"bl-card{on}", **pick)


def _item(state: Order, item: str) -> Markup:
    key, at = f"item{state.items.index(item)}", state.placed.index(item) + 1 if item in state.placed else 0
    where = f"place {at}" if at else "not placed"
    if state.phase != "open":
        return element("div", item, class_="bl-card", data_key=key)
    pick = {"data_select": key, "aria_label": f"{item}, {where}"}
    return element("div", item, class_=f"bl-card{' bl-on' if at else ''}", **pick)


def _place(state: Order, at: int) -> Markup:
    yours = state.placed[at] if at < len(state.placed) else "…"
    if state.phase == "open":
        return element("div", f"{at + 1}. {yours}", class_="bl-card", data_key=f"place{at}")
    hit = yours == state.items[at]
    mark = "" if state.phase == "skipped" else " bl-good" if hit else " bl-bad"
    said = "" if hit or state.phase == "skipped" else element("span", f" (you: {yours})", class_="bl-caption")
    line = fragment(f"{at + 1}. {state.items[at]}", said)
    return element("div", element("span", line, class_=f"bl-answer{mark}"), class_="bl-card", data_key=f"place{at}")


def _index(state: Choice) -> int:
    return int(state.selected.removeprefix("choice"))


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)

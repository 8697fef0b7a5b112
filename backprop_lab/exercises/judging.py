"""Typed answers: what was meant, whether it is right, and which slip it comes of."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple, TypeVar

from backprop_lab.drawing.markup import plain

RELATIVE = 1e-3  # a typed number this near counts, however many digits it has
DIGITS = 2  # a number rounded to so many significant digits counts
NEAR = 0.02  # not right, but worth a word
NOTHING = 1e-12  # a computed zero
_NUMBER = re.compile(r"[+-]?(\d{1,20}\.?\d{0,20}|\.\d{1,20})(e[+-]?\d{1,2})?", re.ASCII | re.IGNORECASE)
_TO_ASCII = str.maketrans({"−": "-", "–": "-", ",": ".", " ": None})  # as learners type it
_CODE = re.compile(r"([a-z_]*)[\[(]?(\d{1,4}(?:,\d{1,4}){0,2}),?[\])]?", re.ASCII)
_COMMA = re.compile(r"\]\[|(?<=\d)[x×](?=\d)")  # w[1][2][0] and 3 × 2 are read as w[1, 2, 0] and 3, 2


class Verdict(NamedTuple):
    """What is said of a committed answer: whether it is right, and in a sentence why, or why not."""

    right: bool
    words: str


class Code(NamedTuple):
    """A name with its indices, `w[1][2, 0]`, or indices alone, such as the shape (3, 2)."""

    name: str
    indices: tuple[int, ...]

    def __str__(self) -> str:
        """As it is written in Python."""
        if not self.name:
            return str(self.indices)
        first, *rest = self.indices
        return f"{self.name}[{first}]" + (f"[{', '.join(map(str, rest))}]" if rest else "")


Answer = TypeVar("Answer")


def read_number(text: str) -> Decimal | None:
    """The number a learner typed (a real minus sign and a decimal comma are read too), or None."""
    text = text.translate(_TO_ASCII)
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def read_code(text: str) -> Code | None:
    """The name and the indices a learner typed: `w[1][2, 0]`, `w[1][2][0]`, `(3, 2)`, `3 × 2`; or None.

    The column of what has one column may be left out: `b[1][2, 0]` is `b[1][2]`.
    """
    found = _CODE.fullmatch(_COMMA.sub(",", "".join(text.split()).lower()))
    if not found:
        return None
    indices = tuple(int(digits) for digits in found[2].split(","))
    return Code(found[1], indices[:2] if found[1] in ("a", "b", "z", "delta") and indices[2:] == (0,) else indices)


def judge_number(typed: Decimal, answer: float, slips: Iterable[tuple[str, float]]) -> Verdict:
    """Compare a number with the answer, then with the named slips, then with what else can be said."""
    nearest = sorted(slips, key=lambda slip: abs(slip[1] - float(typed)))
    return _right_or_slip(answer, nearest, lambda value: agrees(typed, value), "value") or _otherwise(typed, answer)


def judge_code(typed: Code, answer: Code, slips: Iterable[tuple[str, Code]]) -> Verdict:
    """Compare a name, or a shape, with the answer, then with the named slips."""
    found = _right_or_slip(answer, slips, typed.__eq__, "answer")
    return found or Verdict(False, "That is not the answer.")


def agrees(typed: Decimal, value: float) -> bool:
    """Whether a typed number is this value, rounded to the digits that were typed, of which two count."""
    enough = len(typed.as_tuple().digits) >= DIGITS and float(typed) * value > 0
    return near(float(typed), value) or (enough and _rounds_to(typed, value))


def near(one: float, other: float, relative: float = RELATIVE) -> bool:
    """Whether a number is as near to another as typed numbers need to be."""
    return abs(one - other) <= max(relative * abs(other), NOTHING)


def distance(typed: float, answer: float, decimals: int) -> str:
    """How far a number is from the answer, with its share in per cent unless that is too large to say anything."""
    gap = abs(typed - answer)
    near_enough = abs(answer) > NOTHING and gap < 10 * abs(answer)
    return f"{plain(gap, decimals)}{f' ({plain(100 * gap / abs(answer), 1)} %)' if near_enough else ''}"


def _right_or_slip(
    answer: Answer, slips: Iterable[tuple[str, Answer]], same: Callable[[Answer], bool], what: str
) -> Verdict | None:
    if same(answer):
        return Verdict(True, "That is right.")
    names = [name for name, value in slips if same(value)]
    return Verdict(False, f"That is the {what} with {names[0]}.") if names else None


def _otherwise(typed: Decimal, answer: float) -> Verdict:
    if agrees(-typed, answer):
        return Verdict(False, "The size is right, the sign is not.")
    if near(float(typed), answer, NEAR) or (typed and _rounds_to(typed, answer)):
        return Verdict(False, "Close, but give at least two digits that are right.")
    return Verdict(False, "That is not the value.")


def _rounds_to(typed: Decimal, value: float) -> bool:
    return abs(float(typed) - value) <= 0.5000001 * 10.0 ** int(typed.as_tuple().exponent)

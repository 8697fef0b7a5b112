"""Typed answers: what was meant, whether it is right, and which slip it comes of."""

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from backprop_lab.drawing.markup import percent, plain

FAIR = 0.02  # what a careful hand calculation with three-digit factors may be off by
ABOUT = 0.1  # and where the question says "about"
DIGITS = 2  # a number rounded to so many significant digits counts
NEAR = 0.1  # not right, but worth a word
NOTHING = 1e-12  # a computed zero
NOT_IT = ("That is not the value.", "That is not the answer.")  # what is said when no slip is recognized
_PLAIN = r"(?:\d{1,20}\.?\d{0,20}|\.\d{1,20})"
_NUMBER = re.compile(  # 0.25, 1e9, 2/3, 10^9, 3*10**-6
    rf"(?P<sign>[+-]?)(?:(?P<above>{_PLAIN})/(?P<below>{_PLAIN})|(?P<digits>{_PLAIN})(?:e(?P<e>[+-]?\d{{1,2}}))?"
    rf"|(?:(?P<times>{_PLAIN})[*·×])?10(?:\^|\*\*)(?P<power>[+-]?\d{{1,2}}))",
    re.ASCII | re.IGNORECASE,
)
_TO_ASCII = str.maketrans({"−": "-", "–": "-", " ": None, "\N{NO-BREAK SPACE}": None, "'": None, "_": None})
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?", re.ASCII)
_CODE = re.compile(r"([a-z_]*)[\[(]?(\d{1,4}(?:,\d{1,4}){0,2}),?[\])]?", re.ASCII)
_COMMA = re.compile(r"\]\[|(?<=\d)[x×](?=\d)")  # w[1][2][0] and 3 × 2 are read as w[1, 2, 0] and 3, 2


class Verdict(NamedTuple):
    """What is said of a committed answer: whether it is right, and in a sentence why, or why not.

    A guess counts as right however far off it is: then it gets no mark.
    """

    right: bool
    words: str
    marked: bool = True


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

    @property
    def as_read(self) -> "Code":
        """In small letters, as `read_code` gives what was typed."""
        return self._replace(name=self.name.lower())


def read_number(text: str) -> Decimal | None:
    """The number a learner typed, or None: 0.25, −.5, 0,25, 1,000, 1e9, 10^9, 3·10⁻⁶, 2/3."""
    text = re.sub(r"(?<=10)([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)$", lambda power: "^" + power[0].translate(_RAISED), text.strip())
    text = text.translate(_TO_ASCII)
    text = text.replace(",", "" if _THOUSANDS.fullmatch(text) else ".")
    found = _NUMBER.fullmatch(text)
    if not found or (found["below"] and not Decimal(found["below"])):
        return None
    if found["above"]:
        size = Decimal(found["above"]) / Decimal(found["below"])
    else:
        power = int(found["power"] or found["e"] or 0)
        size = Decimal(found["digits"] or found["times"] or 1).scaleb(power)
    return -size if found["sign"] == "-" else size


def read_code(text: str) -> Code | None:
    """The name and the indices a learner typed: `w[1][2, 0]`, `w[1][2][0]`, `(3, 2)`, `3 × 2`; or None.

    The column of what has one column may be left out: `b[1][2, 0]` is `b[1][2]`.
    """
    found = _CODE.fullmatch(_COMMA.sub(",", "".join(text.split()).lower()))
    if not found:
        return None
    indices = tuple(int(digits) for digits in found[2].split(","))
    return Code(found[1], indices[:2] if found[1] in ("a", "b", "z", "delta") and indices[2:] == (0,) else indices)


def judge_number(typed: Decimal, answer: float, slips: Iterable[tuple[str, float]], tolerance: float = FAIR) -> Verdict:
    """Compare a number with the answer, then with the named slips, then with what else can be said.

    Parameters
    ----------
    tolerance : the relative error that is right still; what is nearer to a slip than to the answer never is
    """
    number = float(typed)
    nearest = sorted(slips, key=lambda slip: abs(slip[1] - number))
    nearer = [value for _, value in nearest if abs(value - number) < abs(answer - number)]
    if not nearer and agrees(typed, answer, tolerance):
        return Verdict(True, "That is right.")
    if nearest and agrees(typed, nearest[0][1], tolerance):
        return Verdict(False, f"That is the value with {_or(nearest, nearest[0][1])}.")
    return _otherwise(typed, answer, tolerance)


def judge_code(typed: Code, answer: Code, slips: Iterable[tuple[str, Code]]) -> Verdict:
    """Compare a name, or a shape, with the answer, then with the named slips."""
    if typed == answer.as_read:
        return Verdict(True, "That is right.")
    named = _or(slips, typed)
    return Verdict(False, f"That is the answer with {named}." if named else NOT_IT[1])


def _or(slips: Iterable[tuple[str, Any]], came: Any) -> str:
    """The slips that come to this: where there are several, nobody knows which was made."""
    same = (name for name, value in slips if value == came or (isinstance(value, float) and near(value, came, 1e-9)))
    return ", or with ".join(dict.fromkeys(same))


def agrees(typed: Decimal, value: float, tolerance: float = FAIR) -> bool:
    """Whether a typed number is this value: near enough, or rounded to the digits typed, of which two count."""
    enough = len(typed.as_tuple().digits) >= DIGITS and float(typed) * value > 0
    return near(float(typed), value, tolerance) or (enough and _rounds_to(typed, value))


def near(one: float, other: float, relative: float = FAIR) -> bool:
    """Whether a number is as near to another as typed numbers need to be."""
    return abs(one - other) <= max(relative * abs(other), NOTHING)


def distance(typed: Decimal, answer: float, decimals: int) -> str:
    """How far a number is from the answer, with its share in per cent unless that is too large to say anything.

    It has the decimals of both, six at most: what was typed, the answer and what lies between them add up.
    """
    said = len(format(typed, "f").partition(".")[2])
    gap = abs(float(typed) - answer)
    near_enough = abs(answer) > NOTHING and gap < 10 * abs(answer)
    least = 0 if gap < NOTHING or gap.is_integer() else -math.floor(math.log10(gap))  # or it would be off by 0.0
    apart = number(gap, max(decimals, min(said, 6), least)) if decimals or gap.is_integer() else f"{gap:,.2f}"
    return f"{apart}{f' ({percent(gap / abs(answer))})' if near_enough else ''}"


def number(value: float, decimals: int) -> str:
    """As it is shown: a count, which has no decimals, with commas between its thousands."""
    return plain(value, decimals) if decimals else f"{value:,.0f}".replace("-", "−")


def _otherwise(typed: Decimal, answer: float, tolerance: float) -> Verdict:
    if agrees(-typed, answer, tolerance):
        return Verdict(False, "The size is right, the sign is not.")
    if near(float(typed), answer, NEAR):
        said = "Close, but farther off than rounding explains." if tolerance else "Near, but a count has to be exact."
        return Verdict(False, said)
    return Verdict(False, NOT_IT[0])


def _rounds_to(typed: Decimal, value: float) -> bool:
    return abs(float(typed) - value) <= 0.5000001 * 10.0 ** int(typed.as_tuple().exponent)

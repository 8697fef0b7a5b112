"""Questions whose answer is typed, a number or a name, each with its judge."""

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from backprop_lab.drawing.prose import verbatim
from backprop_lab.questions.asking import Asking, Given, joined
from backprop_lab.questions.typed_answers import (
    FAIR,
    NOTHING,
    Code,
    Verdict,
    distance,
    judge_code,
    judge_number,
    near,
    number,
    read_code,
    read_number,
)

LONGEST = 24  # of what was typed: so much of it is shown


@dataclass(frozen=True, kw_only=True)
class TypedAsked(Asking):
    """A question whose answer is typed: what its two kinds have in common.

    Parameters
    ----------
    slips : (name, value) of mistakes to recognize; a name completes "That is the value with …"
    """

    answer: Any
    slips: tuple[tuple[str, Any], ...] = ()
    like: ClassVar[str]  # how it can be written, for who wrote what cannot be read

    @property
    def solution(self) -> str:
        """What is said of the answer."""
        return f"The answer is {self.write(self.answer)}."

    @property
    def samples(self) -> tuple[Given, ...]:
        """The right answer, and every slip."""
        return tuple(self.write(value) for value in (self.answer, *(value for _, value in self.slips)))

    def complete(self, given: Given) -> bool:
        """Whether there is something to judge."""
        return self.read(str(given)) is not None

    def judge(self, given: Given) -> Verdict:
        """Whether what was typed is right, and if not by which slip."""
        return self.compare(self.read(str(given)))

    def missed(self, given: Given) -> str:
        """By which slip it is wrong, and how far off."""
        off = self.off(given)
        return joined(
            self.judge(given).words, f"You said {written(given)}{f', off by {off}' if off else ''}.", self.solution
        )

    def read(self, given: str) -> Any:
        """What was meant, or None."""
        raise NotImplementedError

    def compare(self, typed: Any) -> Verdict:
        """With the answer and with the slips."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """The answer, or a slip, as it is shown."""
        return str(value)

    def off(self, _given: Given) -> str:
        """How far from the answer, where there is a distance."""
        return ""


@dataclass(frozen=True, kw_only=True)
class NumberAsked(TypedAsked):
    """A question whose answer is a number.

    Parameters
    ----------
    decimals : of the numbers in the reveal
    tolerance : the relative error that is right still; a count, which has no decimals, has to be exact
    guess : whether nobody can compute it: then no answer is wrong, and it is said how near it was

    Raises
    ------
    ValueError : the answer or a slip is not finite, or a slip could not be told from the answer.
    """

    decimals: int = 6
    tolerance: float = FAIR
    guess: bool = False
    like = "write it like 0.25, −1.5, 2/3, 1,000 or 10^9"

    def __post_init__(self) -> None:
        """Refuse what would make the feedback wrong."""
        if not math.isfinite(self.answer):
            raise ValueError(f"answer must be a finite number, got {self.answer}")
        for name, value in self.slips:
            if not math.isfinite(value) or near(value, self.answer, 1e-3):
                raise ValueError(f"slip {name!r} must be finite and differ from the answer {self.answer}, got {value}")

    def read(self, given: str) -> Decimal | None:
        """The number that was typed."""
        return read_number(given)

    @property
    def samples(self) -> tuple[Given, ...]:
        """The right answer, every slip, and what is close but not right."""
        return (*super().samples, f"{1.07 * self.answer:.6g}")

    def compare(self, typed: Decimal) -> Verdict:
        """With the answer and with the slips."""
        verdict = judge_number(typed, self.answer, self.slips, self.tolerance if self.decimals else 0.0)
        if self.guess and not verdict.right:
            off = distance(typed, self.answer, self.decimals)
            return Verdict(True, f"Your guess is off by {off}.", marked=False)
        return verdict

    @property
    def strong_hint(self) -> str:
        """Its sign, and between which powers of ten it is."""
        size = abs(self.answer)
        if size < NOTHING:
            return "See whether something is multiplied by zero, or cancels."
        power = math.floor(math.log10(size))
        low, high = (f"{10.0**each:,.{max(-each, 0)}f}" for each in (power, power + 1))
        return f"It is {'negative' if self.answer < 0 else 'positive'}, with a size between {low} and {high}."

    def write(self, value: float) -> str:
        """With the question's decimals."""
        return number(value, self.decimals)

    def off(self, given: Given) -> str:
        """How far from the answer."""
        typed = self.read(str(given))
        return "" if typed is None else distance(typed, self.answer, self.decimals)


@dataclass(frozen=True, kw_only=True)
class CodeAsked(TypedAsked):
    """A question whose answer is code, `w[1][2, 0]`, or a shape, `(3, 2)`.

    Raises
    ------
    ValueError : a slip equals the answer.
    """

    like = "write it like w[1][2, 0], or a shape like (3, 2)"

    def __post_init__(self) -> None:
        """Refuse what would make the feedback wrong."""
        for name, code in self.slips:
            if code == self.answer.as_read:
                raise ValueError(f"slip {name!r} must differ from the answer {self.answer}, got {code}")

    def read(self, given: str) -> Code | None:
        """The name or the shape that was typed."""
        return read_code(given)

    @property
    def strong_hint(self) -> str:
        """How it begins."""
        name, (first, *_) = self.answer
        return f"It begins with {name}[{first}]." if name else f"Its first number is {first}."

    def compare(self, typed: Code) -> Verdict:
        """With the answer and with the slips."""
        return judge_code(typed, self.answer, self.slips)


def written(given: Given) -> str:
    """What was typed, with real minus signs, as a sentence can hold it."""
    return verbatim(cut(str(given).replace("-", "−")))


def cut(typed: str) -> str:
    """As much of what was typed as is shown."""
    return typed if len(typed) <= LONGEST else f"{typed[:LONGEST]}…"

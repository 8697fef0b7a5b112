"""What a slip seen in print is: the line in its parts, which of them is wrong, the right line, and a witness."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from backprop_lab.validation import Array


class Words(str):
    """A part of a line that is words; any other part is LaTeX."""

    __slots__ = ()


Value = float | Array | str  # a string where there is no number: "no product"


@dataclass(frozen=True)
class Witness:
    """The two lines as numbers, and the same number found without either.

    Parameters
    ----------
    printed, right : what each line gives
    truth : what the number is, by a way that uses neither line: a nudge, a sum over a table, a longer computation;
        one that takes long is a function, which only the tests call
    """

    printed: Value
    right: Value
    truth: Value | Callable[[], Value]


@dataclass(frozen=True)
class Misprint:
    """A slip seen in print.

    Parameters
    ----------
    key : S1 …, as in the list of all
    title : its name
    about : what the line is meant to say
    parts : the printed line in pieces that can be chosen
    wrong : the places of those that are wrong, counted from 0; choosing any of them is right
    right : the right line: LaTeX, or `Words`
    why : what is wrong with it
    number : what is computed from both lines
    witnessed : the two numbers
    """

    key: str
    title: str
    about: str
    parts: tuple[str, ...]
    wrong: tuple[int, ...]
    right: str
    why: str
    number: str
    witnessed: Callable[[], Witness]

    def __post_init__(self) -> None:
        """Refuse a line in which everything is wrong, or a place that is not there."""
        if not set(self.wrong) < set(range(len(self.parts))) or not self.wrong:
            raise ValueError(f"wrong must name some of the {len(self.parts)} parts of {self.key}, got {self.wrong}")

    @cached_property
    def witness(self) -> Witness:
        """Computed when it is first asked for."""
        return self.witnessed()

"""One slip: the parts of a right function that it replaces, and what to say about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Changes = Mapping[str, Any]  # the name of a part in `reference` → what stands there instead


@dataclass(frozen=True)
class Slip:
    """A mistake with a name.

    Parameters
    ----------
    name : short, and the same in every exercise where it is the same mistake
    exercises : names of the checkers that look for it, without `check_`, with spaces between them
    says : what the learner's answer amounts to; `{symbol}` stands for the exercise's symbol
    asks : the question that leads on
    variants : the wrong function, as changes to the right one; several where the same slip is written in several ways
    fitted : the exercise in which it contains a number of the learner's own, the part `rate`, found by least squares
    """

    name: str
    exercises: str
    says: str
    asks: str
    variants: tuple[Changes, ...]
    fitted: str = ""

"""One slip: the parts of a right function that it replaces, and what to say about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backprop_lab.exercises.claims import Claim

Changes = Mapping[str, Any]  # the name of a part in `reference` → what stands there instead


@dataclass(frozen=True, eq=False)
class Slip:
    """A mistake with a name.

    Parameters
    ----------
    name : short, and the same in every exercise where it is the same mistake
    exercises : names of the checkers that look for it, without `check_`, with spaces between them
    says : what the learner's answer amounts to; `{symbol}` stands for the exercise's symbol
    asks : the question that leads on
    variants : the wrong function, as changes to the right one; several where the same slip is written in several ways
    deed : the same as said beside a second slip, where `says` speaks of the whole answer
    holds : a property of the answers that `says` claims, beside being those of a variant (see `claims`)
    fitted : the exercise in which it contains a number of the learner's own, the part `rate`, found by least squares
    """

    name: str
    exercises: str
    says: str
    asks: str
    variants: tuple[Changes, ...]
    deed: str = ""
    holds: Claim | None = None
    fitted: str = ""

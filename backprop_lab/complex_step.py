"""The exact witness: one quantity of a network moves alone, by a complex step, and everything after it follows."""

from dataclasses import dataclass

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.displacement import displaced
from backprop_lab.parameters import Layers
from backprop_lab.validation import Array

STEP = 1e-30  # so small that its square vanishes, and never subtracted from anything: exact to rounding


@dataclass(frozen=True)
class Rates:
    """How fast everything after a nudged quantity moves, one column per example: ∂z, ∂a by layer, and ∂C_x, (m,)."""

    z: Layers
    a: Layers
    cost: Array


def nudge(case: Case, quantity: str, layer: int, index: tuple[int, ...]) -> Rates:
    """Move one quantity alone, by a complex step, and see how fast everything after it moves.

    The quantity gets 1e-30·i added; the imaginary parts of what follows, divided by 1e-30, are the derivatives,
    exact to rounding. It shares no line with `backward`.

    Parameters
    ----------
    quantity : "w", "b", "z" or "a"
    layer, index : which entry; (j, k) for w, (j,) for the others. Of z and a the entry of every example is moved,
        each of which moves its own column only.

    Raises
    ------
    ValueError : there is no such quantity in that layer, or no such entry.
    TypeError : `case` is no Case.
    """
    moved = displaced(case, quantity, layer, index, 1j * STEP)
    c = case.cost.of_example(moved.prediction, case.y)
    return Rates(_rates(moved.z), _rates(moved.a), np.imag(c) / STEP)


def _rates(values: Layers) -> Layers:
    return {at: np.imag(array) / STEP for at, array in values.items()}

"""Outputs and targets of one example, and how fast its quadratic cost moves with each output."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab.costs import quadratic
from backprop_lab.drawing.picture import Event, Press, Turn, refuse
from backprop_lab.quantities import Quantity
from backprop_lab.validation import Array

MOST = 2  # outputs: over more there is no plane to draw the cost in


@dataclass(frozen=True)
class Parabola:
    """Outputs and targets as they are and as they began."""

    a: tuple[float, ...]
    y: tuple[float, ...]
    start: tuple[tuple[float, ...], tuple[float, ...]]
    formula: bool

    @property
    def cost(self) -> float:
        """The quadratic cost of the example."""
        return quadratic(self.a, self.y)

    @property
    def rates(self) -> Array:
        """∂C/∂a of each output, shape (n,)."""
        return quadratic.gradient(self.a, self.y)[:, 0]

    def of_others(self, j: int) -> float:
        """What the other outputs bring to the cost, whatever output j does."""
        return quadratic((*self.a[:j], self.y[j], *self.a[j + 1 :]), self.y)

    def cost_over(self, j: int, values: Array) -> Array:
        """The cost for each value of output j, while the others stay."""
        column = np.array(self.a)[:, np.newaxis]
        outputs = np.repeat(column, len(values), axis=1)
        outputs[j] = values
        return quadratic.of_example(outputs, np.repeat(np.array(self.y)[:, np.newaxis], len(values), axis=1))


def begin(a: ArrayLike = (0.3,), y: ArrayLike = (1.0,), *, formula: bool = True) -> Parabola:
    """The quadratic cost over each output, with its tangent; over two outputs also as a bowl seen from above.

    Parameters
    ----------
    a, y : outputs and targets of one example, between 0 and 1, equally many, one or two
    formula : whether the rates are shown as formulas and as code

    Raises
    ------
    ValueError : they are not of that kind.
    """
    given = tuple(map(float, np.ravel(a))), tuple(map(float, np.ravel(y)))
    if not (1 <= len(given[0]) <= MOST and len(given[0]) == len(given[1])):
        raise ValueError(f"a and y must have equally many values, 1 or {MOST}, got {len(given[0])} and {len(given[1])}")
    for name, values in zip("ay", given, strict=True):
        if not all(0 <= value <= 1 for value in values):
            raise ValueError(f"{name} must lie between 0 and 1, got {values}")
    return Parabola(*given, start=given, formula=bool(formula))


def update(state: Parabola, event: Event) -> Parabola:
    """An output or a target moved, or everything as it began."""
    match event:
        case Turn(key):
            moved = Quantity.read(key)
            values = list(getattr(state, moved.letter))
            values[moved.index[0]] = event.number
            return replace(state, **{moved.letter: tuple(values)})
        case Press("reset"):
            return Parabola(*state.start, start=state.start, formula=state.formula)
    return refuse(event)

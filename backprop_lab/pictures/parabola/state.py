"""Outputs and targets of one example, and how fast its quadratic cost moves with each output."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab.costs import quadratic
from backprop_lab.drawing.outputs import Outputs
from backprop_lab.drawing.picture import Event, Press, Turn, refuse
from backprop_lab.validation import Array

MOST = 2  # outputs: over more there is no plane to draw the cost in


@dataclass(frozen=True)
class Parabola(Outputs):
    """Outputs and targets as they are and as they began."""

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
    return Parabola.begun(a, y, MOST, formula)


def update(state: Parabola, event: Event) -> Parabola:
    """An output or a target moved, or everything as it began."""
    match event:
        case Turn(key):
            return state.moved(key, event.number)
        case Press("reset"):
            return state.reset
    return refuse(event)

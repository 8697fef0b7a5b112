"""Outputs and targets of one example, each to be moved alone: the state of the pictures of the quadratic cost."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab.costs import quadratic
from backprop_lab.drawing.controls import button, buttons, row, rows
from backprop_lab.drawing.markup import Markup, fragment
from backprop_lab.drawing.picture import Event, Press, Turn, refuse
from backprop_lab.quantities import Quantity
from backprop_lab.validation import Array

ENDS = (0.0, 1.0)


@dataclass(frozen=True)
class Outputs:
    """Outputs and targets as they are and as they began; `formula`: whether formulas and code are shown as well."""

    a: tuple[float, ...]
    y: tuple[float, ...]
    start: tuple[tuple[float, ...], tuple[float, ...]]
    formula: bool

    @classmethod
    def begun(cls, a: ArrayLike, y: ArrayLike, most: int, formula: bool) -> Self:
        """With at most so many outputs.

        Raises
        ------
        ValueError : a and y are not equally many values between 0 and 1.
        """
        given = tuple(map(float, np.ravel(a))), tuple(map(float, np.ravel(y)))
        if not (1 <= len(given[0]) <= most and len(given[0]) == len(given[1])):
            wanted, came = f"1 {'to' if most > 2 else 'or'} {most}", f"{len(given[0])} and {len(given[1])}"
            raise ValueError(f"a and y must have equally many values, {wanted}, got {came}")
        for name, values in zip("ay", given, strict=True):
            if not all(0 <= value <= 1 for value in values):
                raise ValueError(f"{name} must lie between 0 and 1, got {values}")
        return cls(*given, start=given, formula=bool(formula))

    @property
    def cost(self) -> float:
        """The quadratic cost of the example."""
        return quadratic(self.a, self.y)

    @property
    def difference(self) -> Array:
        """The differences a − y, shape (n,): for the quadratic cost the rates ∂C/∂a as well."""
        return quadratic.gradient(self.a, self.y)[:, 0]

    def moved(self, key: str, value: float) -> Self:
        """With one output or target moved."""
        what = Quantity.read(key)
        values = list(getattr(self, what.letter))
        values[what.index[0]] = value
        return replace(self, **{what.letter: tuple(values)})

    def controls(self, selected: str = "") -> Markup:
        """A slider for each output and for each target, of which one may be spoken of; and back to how they began."""
        turned = [
            row(Quantity(letter, layer, (j,)).key, f"{letter}[{j}]", value, ENDS, on=selected == f"a1.{j}")
            for j, pair in enumerate(zip(self.a, self.y, strict=True))
            for letter, layer, value in zip("ay", (1, 0), pair, strict=True)
        ]
        return fragment(rows(*turned), buttons(button("reset", "reset", on=(self.a, self.y) != self.start)))

    def updated(self, event: Event) -> Self:
        """An output or a target moved, or everything as it began."""
        match event:
            case Turn(key):
                return self.moved(key, event.number)
            case Press("reset"):
                return type(self)(*self.start, start=self.start, formula=self.formula)
        return refuse(event)

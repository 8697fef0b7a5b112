"""The cost functions: how wrong an output is, in one number, and how that number changes with the output."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab.validation import Array, columns, in_unit_interval


@dataclass(frozen=True)
class Cost:
    """A cost C = mean over the examples of C_x: call it for C, `.gradient(a, y)` for ∇_a C_x of each example.

    Parameters
    ----------
    name : how messages and pictures call it
    of_example : (a, y) ↦ C_x, arrays of shape (n, m) to (m,)
    derivative : (a, y) ↦ ∂C_x/∂a, shape (n, m)
    output : name of the only output activation it makes sense with, or None where any will do. For such a pair
        ∂C_x/∂z is a − y, without a division.
    from_logits : (z, y) ↦ C_x for that pair, finite however saturated the output
    """

    name: str
    of_example: Callable[[Array, Array], Array]
    derivative: Callable[[Array, Array], Array]
    output: str | None = None
    from_logits: Callable[[Array, Array], Array] | None = None

    def __call__(self, a: ArrayLike, y: ArrayLike) -> float:
        """Mean cost of m examples.

        Parameters
        ----------
        a, y : arrays of shape (n, m), one column per example; a 1-D array is one example

        Raises
        ------
        ValueError : the shapes differ, or a value is no possible output or target for this cost.
        """
        with np.errstate(over="ignore"):
            return float(self.of_example(*self._pair(a, y)).mean())

    def gradient(self, a: ArrayLike, y: ArrayLike) -> Array:
        """∇_a C_x of each example's own cost, shape (n, m); same arguments and errors as the call."""
        with np.errstate(divide="ignore", over="ignore"):
            return self.derivative(*self._pair(a, y))

    def check_targets(self, y: Array) -> None:
        """Refuse targets of shape (n, m) for which the cost, or its short cut a − y, would be wrong."""
        if self.output is not None:
            in_unit_interval("y", y, self.name)
        if self.output != "softmax":
            return
        sums = y.sum(axis=0)
        worst = np.abs(sums - 1).argmax()
        if not np.isclose(sums[worst], 1):
            raise ValueError(f"y must have columns that sum to 1 for {self}, got {sums[worst]:g} in column {worst}")

    def _pair(self, a: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
        outputs, targets = columns("a", a), columns("y", y)
        if outputs.shape != targets.shape:
            raise ValueError(f"y must have a's shape {np.shape(a)}, got {np.shape(y)}")
        if self.output is not None:
            in_unit_interval("a", outputs, self.name)
        self.check_targets(targets)
        return outputs, targets

    def __repr__(self) -> str:
        return self.name


def _surprise(z: Array, y: Array) -> Array:
    """The sum of −y·ln softmax(z); the largest z is taken off first, so that no digit is lost."""
    below = z - z.max(axis=0)
    return (y * (np.logaddexp.reduce(below, axis=0) - below)).sum(axis=0)


def _y_ln(y: Array, a: Array) -> Array:
    """The product y·ln(a), with 0 wherever y is 0: nothing was claimed there."""
    with np.errstate(divide="ignore"):
        return y * np.log(np.where(y == 0, 1.0, a))


def _y_over(y: Array, a: Array) -> Array:
    return y / np.where(y == 0, 1.0, a)


quadratic = Cost("quadratic", of_example=lambda a, y: ((a - y) ** 2).sum(axis=0) / 2, derivative=lambda a, y: a - y)
binary_cross_entropy = Cost(
    "binary_cross_entropy",
    of_example=lambda a, y: -(_y_ln(y, a) + _y_ln(1 - y, 1 - a)).sum(axis=0),
    derivative=lambda a, y: _y_over(1 - y, 1 - a) - _y_over(y, a),
    output="sigmoid",
    from_logits=lambda z, y: (y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)).sum(axis=0),
)
categorical_cross_entropy = Cost(
    "categorical_cross_entropy",
    of_example=lambda a, y: -_y_ln(y, a).sum(axis=0),
    derivative=lambda a, y: -_y_over(y, a),
    output="softmax",
    from_logits=_surprise,
)

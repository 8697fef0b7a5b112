"""The networks that every notebook returns to: one that grows from 2-3-1, and a batch of four examples."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from backprop_lab.activations import Activation, sigmoid
from backprop_lab.costs import Cost, quadratic
from backprop_lab.network import (
    BackwardPass,
    ForwardPass,
    backward,
    check_choices,
    example_costs,
    forward,
    mean_cost,
    step,
)
from backprop_lab.parameters import Parameters, check_parameters
from backprop_lab.validation import Array, columns, is_entry, locked


@dataclass(frozen=True)
class Case:
    """A network together with examples, targets and the choices of activation and cost.

    Parameters
    ----------
    x : inputs, shape (n[0], m); a 1-D x is one example
    y : targets, shape (n[L], m); a 1-D y is one example

    Raises
    ------
    ValueError : x or y does not fit the network, or activations, cost and targets make no sense together.
    TypeError : `parameters`, an activation or the cost is of another type.
    """

    parameters: Parameters
    x: Array
    y: Array
    hidden: Activation = sigmoid
    output: Activation = sigmoid
    cost: Cost = quadratic

    def __post_init__(self) -> None:
        """Copy, check, and lock x and y."""
        check_parameters(self.parameters)
        check_choices(self.hidden, self.output, self.cost)
        x = columns("x", self.x, rows=self.parameters.sizes[0])
        y = columns("y", self.y, rows=self.parameters.sizes[-1], examples=x.shape[1])
        x.flags.writeable = y.flags.writeable = False
        object.__setattr__(self, "x", x)
        object.__setattr__(self, "y", y)
        self.cost.check_targets(y)

    @cached_property
    def forward_pass(self) -> ForwardPass:
        """`forward` of this case; its arrays cannot be written to, for all who ask get the same."""
        return locked(forward(self.parameters, self.x, hidden=self.hidden, output=self.output))

    @cached_property
    def backward_pass(self) -> BackwardPass:
        """`backward` of this case; locked too."""
        return locked(backward(self.parameters, self.forward_pass, self.y, cost=self.cost))

    @property
    def example_costs(self) -> Array:
        """C_x of each example, shape (m,)."""
        return example_costs(self.forward_pass, self.y, self.cost)

    @property
    def mean_cost(self) -> float:
        """C of this case, the mean over its examples."""
        return mean_cost(self.forward_pass, self.y, self.cost)

    def activation(self, layer: int) -> Activation:
        """σ of a layer: `output` for the last one, `hidden` for those before it."""
        return self.output if layer == self.parameters.layers[-1] else self.hidden

    def moved(
        self, kind: str, layer: int, index: int | np.integer | tuple[int, ...], *,
        by: float | None = None, to: float | None = None,
    ) -> "Case":  # fmt: skip
        """The case with one number changed; everything that follows from it follows.

        Parameters
        ----------
        kind, layer : "w" or "b" of layer 1 … L, "x" (layer 0) or "y" (layer L)
        index : (j, k) of a weight, j of a bias; j of an input or target, or (j, example): the first example else
        by, to : how far the number moves, or where it goes

        Raises
        ------
        ValueError : there is no such number, or not one of `by` and `to` is given.
        """
        if (by is None) == (to is None):
            raise ValueError(f"moved needs by or to, got {'neither' if by is None else f'both: by={by}, to={to}'}")
        known = {(name, at): v for name in "wb" for at, v in getattr(self.parameters, name).items()}
        known |= {("x", 0): self.x, ("y", self.parameters.layers[-1]): self.y}
        if (kind, layer) not in known:
            raise ValueError(f"kind and layer must be one of {sorted(known)}, got {(kind, layer)}")
        values = known[kind, layer]
        at: tuple[Any, ...] = tuple(index) if isinstance(index, tuple | list) else (index,)
        at = at if kind == "w" or len(at) > 1 else (*at, 0)
        if not is_entry(at, values.shape):
            raise ValueError(f"index must lie within the shape {values.shape} of {kind}, got {index}")
        value = float(values[at]) + by if to is None else to  # type: ignore[operator]
        if kind in "wb":
            return replace(self, parameters=self.parameters.with_entry(kind, layer, at, value))
        changed = values.copy()
        changed[at] = value
        return replace(self, **{kind: changed})

    def stepped(self, learning_rate: float) -> "Case":
        """The case after one step of gradient descent."""
        return replace(self, parameters=step(self.parameters, self.backward_pass, learning_rate))


def _column(*values: float) -> Array:
    return np.array(values)[:, np.newaxis]


_w1, _b1 = np.array([[1.2, -0.4], [-1.4, -0.2], [0.8, 0.6]]), _column(0.2, -0.6, -0.3)
_w2, _b2 = np.array([[-1.6, -1.1, 1.5], [0.9, -1.2, 0.6]]), _column(0.3, 0.4)
_w3, _b3 = np.array([[1.4, -0.9]]), _column(-0.8)

running = Case(Parameters({1: _w1, 2: _w2[:1]}, {1: _b1, 2: _b2[:1]}), x=_column(0.5, -1.5), y=_column(1.0))
wide = Case(Parameters({1: _w1, 2: _w2}, {1: _b1, 2: _b2}), x=running.x, y=_column(1.0, 0.0))
deep = Case(Parameters({1: _w1, 2: _w2, 3: _w3}, {1: _b1, 2: _b2, 3: _b3}), x=running.x, y=_column(1.0))
_x, _y = np.array([[0.5, -1.5, 0.5, 1.0], [-1.5, 1.0, 1.0, -0.5]]), np.array([[1.0, 0.0, 1.0, 0.0]])
batch = replace(running, x=_x, y=_y)

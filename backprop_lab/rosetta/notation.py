"""A notation as data: how it lays out its arrays, what it divides by, its letters; the way into it and home."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.parameters import Layers
from backprop_lab.validation import Array

Factor = Callable[[int, int], float]  # of m, the number of examples, and n, the number of outputs
Bias = Literal["column", "row", "flat", "column 0"]


def one(_m: int, _n: int) -> float:
    """No factor."""
    return 1.0


@dataclass(frozen=True)
class Layout:
    """How a notation keeps its arrays.

    Parameters
    ----------
    first : the number of the first weights
    listed : whether they are in a list, counted from 0, in place of a dict by layer
    turned, gradient_turned : whether weights, and their gradient, have a row for each neuron they come *from*
    bias, gradient_bias : a column (n, 1), a row (1, n), flat (n,), or column 0 of the weights
    examples : one a column, one a row, or a list of pairs
    errors_in_rows : whether an error signal has a row for each example
    gradient, delta : how many times ours theirs is
    """

    first: int = 1
    listed: bool = False
    turned: bool = False
    bias: Bias = "column"
    examples: Literal["columns", "rows", "pairs"] = "columns"
    errors_in_rows: bool = False
    gradient_turned: bool = False
    gradient_bias: Bias = "column"
    gradient: Factor = one
    delta: Factor = one


@dataclass(frozen=True)
class Convention:
    """Somebody's way to write it.

    Parameters
    ----------
    key, name : its name in code, and in a menu
    source : where one meets it
    arguments, answer : what its backprop takes, and what that gives, as names with commas between
    roles : which of our quantities each argument holds: w, b, x, y, "wb" (both in one array), "xy" (pairs)
    returns : the same of what is given: w, b or "wb"
    gradient : its own pass forward and back; last it returns its error signals
    equations : z, a, and BP1 to BP4, as LaTeX
    says : what it does with layers, weights …, a few words each: see `ROWS`
    home : how its gradient becomes ours, as code
    letters : its names for our ∇_w, ∇_b, δ, z, a, w, b, as a checker speaks
    """

    key: str
    name: str
    source: str
    arguments: str
    answer: str
    gradient: Callable[..., tuple[Any, ...]]
    layout: Layout
    equations: tuple[str, ...]
    says: Mapping[str, str]
    home: str
    roles: tuple[str, ...] = ("w", "b", "x", "y")
    returns: tuple[str, ...] = ("w", "b")
    letters: Mapping[str, str] = field(default_factory=dict)

    def given(self, case: Case) -> tuple[Any, ...]:
        """What its function is called with for a case: fresh arrays, which it may change."""
        return tuple(self._argument(role, case) for role in self.roles)

    def found(self, case: Case) -> tuple[Layers, Layers]:
        """Its gradient of a case, computed in its own arrays, then translated: `nabla_w` and `nabla_b` of the house."""
        *answer, _delta = self.gradient(*self.given(case))
        return self.translated(tuple(answer), case.x.shape[1], len(case.y))

    def errors(self, case: Case) -> Layers:
        """Its error signals, translated: δ of the house."""
        *_, kept = self.gradient(*self.given(case))
        factor = self.layout.delta(case.x.shape[1], len(case.y))
        turn = self.layout.errors_in_rows
        return {layer: (each.T if turn else each) / factor for layer, each in self.numbered(kept).items()}

    def translated(self, answer: tuple[Any, ...], m: int, n: int) -> tuple[Layers, Layers]:
        """Its gradient as `nabla_w` and `nabla_b` of the house."""
        factor = self.layout.gradient(m, n)
        parts = dict(zip(self.returns, answer, strict=True))
        if "wb" in parts:
            both = self.numbered(parts["wb"])
            return (
                {layer: each[:, 1:] / factor for layer, each in both.items()},
                {layer: each[:, :1] / factor for layer, each in both.items()},
            )
        nabla_w = {layer: self.home_weights(each) / factor for layer, each in self.numbered(parts["w"]).items()}
        nabla_b = {layer: self.home_bias(each) / factor for layer, each in self.numbered(parts["b"]).items()}
        return nabla_w, nabla_b

    def numbered(self, arrays: Any) -> Layers:
        """Its arrays by the numbers of our layers."""
        if self.layout.listed:
            return dict(enumerate(arrays, start=1))
        return {layer - self.layout.first + 1: each for layer, each in arrays.items()}

    def home_weights(self, values: Array) -> Array:
        """A gradient of weights with a row for each neuron they lead to."""
        return values.T if self.layout.gradient_turned else values

    def home_bias(self, values: Array) -> Array:
        """A gradient of biases as a column."""
        return values.T if self.layout.gradient_bias == "row" else values.reshape(-1, 1) if values.ndim == 1 else values

    def number(self, layer: int) -> int:
        """Its number for the weights into our layer."""
        return layer - 1 if self.layout.listed else layer + self.layout.first - 1

    def place(self, j: int, k: int) -> tuple[int, int]:
        """Where in its array the gradient of our w[j, k] is."""
        if self.layout.gradient_bias == "column 0":
            return j, k + 1
        return (k, j) if self.layout.gradient_turned else (j, k)

    def entry(self, layer: int, j: int, k: int) -> str:
        """Its name for our nabla_w[layer][j, k], as code."""
        row, column = self.place(j, k)
        return f"{self.array}[{self.number(layer)}][{row}, {column}]"

    @property
    def array(self) -> str:
        """The name of its gradient of the weights."""
        return self.answer.split(", ")[next(at for at, each in enumerate(self.returns) if "w" in each)]

    def _argument(self, role: str, case: Case) -> Any:
        w, b = case.parameters.w, case.parameters.b
        if role == "wb":
            return self._kept({layer: np.hstack([b[layer], w[layer]]) for layer in w})
        if role == "w":
            return self._kept({layer: (each.T if self.layout.turned else each).copy() for layer, each in w.items()})
        if role == "b":
            return self._kept({layer: _biases(each, self.layout.bias) for layer, each in b.items()})
        if role == "xy":
            return [(case.x[:, [at]].copy(), case.y[:, [at]].copy()) for at in range(case.x.shape[1])]
        values = getattr(case, role)
        return (values.T if self.layout.examples == "rows" else values).copy()

    def _kept(self, arrays: Layers) -> Any:
        if self.layout.listed:
            return [arrays[layer] for layer in sorted(arrays)]
        return {layer + self.layout.first - 1: each for layer, each in arrays.items()}


def _biases(values: Array, form: Bias) -> Array:
    return {"column": values, "row": values.T, "flat": values[:, 0]}[form].copy()

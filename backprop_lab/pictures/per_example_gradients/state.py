"""Where we are in the stack of the examples' gradients: a slice, an entry, and what the stack is collapsed to."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.drawing.picture import Event, Press, Select, Turn, refuse
from backprop_lab.per_example import per_example_gradients
from backprop_lab.validation import Array

MOST, EXAMPLES = 4, 8  # neurons in a layer, and slices, that have room


@dataclass(frozen=True)
class PerExample:
    """A case, the layer, the example whose slice is in front, what the stack is collapsed to, and the entry we hold."""

    case: Case
    layer: int
    example: int = 0
    collapse: str = "not yet"
    entry: tuple[int, int] = (0, 0)

    @property
    def stack(self) -> Array:
        """A slice for each example."""
        return per_example_gradients(self.case, self.layer)

    @property
    def delta(self) -> Array:
        """δ of the layer, a column for each example."""
        return self.case.backward_pass.delta[self.layer]

    @property
    def a(self) -> Array:
        """Activations of the previous layer, a column for each example."""
        return self.case.forward_pass.a[self.layer - 1]


class Collapse(NamedTuple):
    """A way to make one matrix of the stack: the matrix, its name, what it is in words, its code.

    `rows` names the collapses whose entries stand below those of the slices; `outer`: a product of two means.
    """

    matrix: Callable[[PerExample], Array | None]
    name: str
    words: str
    code: str
    rows: tuple[str, ...] = ()
    outer: bool = False


COLLAPSES = {
    "not yet": Collapse(
        lambda _: None,
        "not collapsed yet",
        "The stack is not collapsed yet",
        'stack = np.einsum("je,ke->ejk", {delta}, {a})',
    ),
    "sum": Collapse(
        lambda state: state.stack.sum(axis=0),
        "sum of the slices",
        "The sum, gradient of the summed cost, has {value} there",
        "stack.sum(axis=0) = {delta} @ {a}.T",
        rows=("sum",),
    ),
    "mean": Collapse(
        lambda state: state.stack.mean(axis=0),
        "mean of the slices",
        "The mean, gradient of the mean cost, has {value} there",
        "stack.mean(axis=0) = {delta} @ {a}.T / m",
        rows=("mean",),
    ),
    "mean δ × mean a": Collapse(
        lambda state: np.outer(state.delta.mean(axis=1), state.a.mean(axis=1)),
        "mean δ × mean a",
        "The product of means has {value} there, the mean of products {mean}",
        "np.outer({delta}.mean(axis=1), {a}.mean(axis=1))",
        rows=("mean", "mean δ × mean a"),
        outer=True,
    ),
}


def begin(case: Case = cases.batch, *, layer: int = 1) -> PerExample:
    """The gradients of single examples as a stack [example, neuron, weight], to slide through and to collapse.

    Parameters
    ----------
    case : a network with at most 4 neurons in the two layers, and at most 8 examples
    layer : whose weights the gradients are of

    Raises
    ------
    ValueError : the network has no weights for this layer, or the stack has no room.
    """
    m, *shape = per_example_gradients(case, layer).shape
    if max(shape) > MOST or m > EXAMPLES:
        raise ValueError(f"case must have at most {MOST} neurons in layers {layer - 1} and {layer} and {EXAMPLES} "
                         f"examples, got {shape[1]}, {shape[0]} and {m}")  # fmt: skip
    return PerExample(case, layer, entry=(shape[0] - 1, 0))


def update(state: PerExample, event: Event) -> PerExample:
    """Another slice in front, another entry held, the stack collapsed."""
    match event:
        case Turn("example"):
            return replace(state, example=int(event.number))
        case Press(key) if key.removeprefix("collapse ") in COLLAPSES:
            return replace(state, collapse=key.removeprefix("collapse "))
        case Select(""):
            return state
        case Select(key) if key.startswith("slice "):
            return replace(state, example=int(key.removeprefix("slice ")))
        case Select(key) if key.startswith("entry "):
            j, k = key.removeprefix("entry ").split(",")
            return replace(state, entry=(int(j), int(k)))
    return refuse(event)


def collapsed(state: PerExample, to: str = "") -> Array | None:
    """One matrix in place of the stack, or None as long as it is not collapsed."""
    return COLLAPSES[to or state.collapse].matrix(state)

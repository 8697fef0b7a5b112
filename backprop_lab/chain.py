"""The chain rule, walked: every path from a quantity to the cost. Along a path multiply, over the paths add."""

from collections.abc import Iterator
from math import prod
from typing import NamedTuple

from backprop_lab.cases import Case
from backprop_lab.quantities import COST, Quantity


class Rate(NamedTuple):
    """How fast one quantity moves with the one before it."""

    of: Quantity
    by: Quantity
    value: float


Path = tuple[Rate, ...]


def onward(case: Case, by: Quantity, example: int = 0) -> Iterator[Rate]:
    """The rates of everything that a quantity moves directly."""
    letter, layer, (j, *k) = by.letter, by.layer, by.index
    last, a = case.parameters.layers[-1], case.forward_pass.a
    if letter in ("w", "b"):
        yield Rate(Quantity("z", layer, (j,)), by, float(a[layer - 1][k[0], example]) if k else 1.0)
    elif letter == "z":
        slope = case.activation(layer).prime(case.forward_pass.z[layer][j, example])
        yield Rate(Quantity("a", layer, (j,)), by, float(slope))
    elif layer < last:
        for i, weight in enumerate(case.parameters.w[layer + 1][:, j]):
            yield Rate(Quantity("z", layer + 1, (i,)), by, float(weight))
    else:
        yield Rate(COST, by, float(case.cost.derivative(a[last], case.y)[j, example]))


def paths(case: Case, start: Quantity, example: int = 0) -> list[Path]:
    """Every path from a quantity to the cost of one example.

    Raises
    ------
    ValueError : the output is softmax, where every path leads through all outputs at once.
    """
    if start == COST:
        return [()]
    return [(rate, *rest) for rate in onward(case, start, example) for rest in paths(case, rate.of, example)]


def product(path: Path) -> float:
    """Along a path rates multiply."""
    return prod(rate.value for rate in path)

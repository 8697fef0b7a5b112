"""The chain rule, walked: every path from a quantity to the cost. Along a path multiply, over the paths add."""

from collections.abc import Iterator
from math import prod
from typing import NamedTuple

from backprop_lab.cases import Case
from backprop_lab.quantities import COST, Quantity
from backprop_lab.validation import is_entry, of_type


class Rate(NamedTuple):
    """How fast one quantity moves with the one before it."""

    of: Quantity
    by: Quantity
    value: float


Path = tuple[Rate, ...]


def onward(case: Case, by: Quantity, example: int = 0) -> Iterator[Rate]:
    """The rates of everything that a quantity moves directly."""
    if by.letter not in ("w", "b", "z", "a"):
        raise ValueError(f"start must be a weight, a bias, z, a or the cost, got {by.code}")
    letter, layer, (j, *k) = by.letter, by.layer, by.index
    last, a = case.parameters.layers[-1], case.forward_pass.a
    if letter in ("w", "b"):
        yield Rate(Quantity("z", layer, (j,)), by, float(a[layer - 1][k[0], example]) if k else 1.0)
    elif letter == "z" and layer == last and case.cost.output is not None:  # finite, where σ′ is 0 and ∂C/∂a infinite
        yield Rate(COST, by, float(a[last][j, example] - case.y[j, example]))
    elif letter == "z":
        slope = case.activation(layer).prime(case.forward_pass.z[layer][j, example])
        yield Rate(Quantity("a", layer, (j,)), by, float(slope))
    elif layer < last:
        for i, weight in enumerate(case.parameters.w[layer + 1][:, j]):
            yield Rate(Quantity("z", layer + 1, (i,)), by, float(weight))
    else:
        yield Rate(COST, by, float(case.cost.gradient(a[last], case.y)[j, example]))


def paths(case: Case, start: Quantity, example: int = 0) -> list[Path]:
    """Every path from a quantity to the cost of one example.

    With a cross-entropy the last step is one, from z to the cost: its rate is a − y.

    Parameters
    ----------
    start : a weight, bias, weighted input z or activation a (of layer 0 an input), or the cost itself
    example : which column of the case

    Raises
    ------
    ValueError : there is no such start or example; or the output is softmax with the quadratic cost: every z moves
        all outputs.
    TypeError : `case` or `start` is of another type.
    """
    of_type("case", case, Case, "cases.running")
    of_type("start", start, Quantity, 'Quantity("w", 1, (0, 0))')
    if not start.belongs_to(case) or not is_entry((example,), case.x.shape[1:]):
        raise ValueError(f"start must be a quantity of the case, got {start.code} in example {example}")
    return _paths(case, start, example)


def _paths(case: Case, start: Quantity, example: int) -> list[Path]:
    if start == COST:
        return [()]
    return [(rate, *rest) for rate in onward(case, start, example) for rest in _paths(case, rate.of, example)]


def factored(case: Case, start: Quantity, example: int = 0) -> list[Path]:
    """The paths with what they share put together: at the next weighted input δ stands for all that lies beyond.

    Raises
    ------
    ValueError : as for `paths`.
    """
    if start == COST:
        return [()]
    found: list[Path] = []
    for rate in onward(case, start, example):
        if rate.of == COST:
            found.append((rate,))
        elif rate.of.letter == "z":
            delta = Quantity("delta", rate.of.layer, rate.of.index).value(case, example)
            found.append((rate, Rate(COST, rate.of, delta)))
        else:
            found += [(rate, *rest) for rest in factored(case, rate.of, example)]
    return found


def product(path: Path) -> float:
    """Along a path rates multiply."""
    return prod(rate.value for rate in path)


def wires(path: Path) -> list[Quantity]:
    """The weights on a path that are its rates: those that lead from an activation to a weighted input."""
    return [
        Quantity("w", rate.of.layer, (*rate.of.index, *rate.by.index))
        for rate in path
        if (rate.of.letter, rate.by.letter) == ("z", "a")
    ]


def path_count(sizes: tuple[int, ...], layer: int) -> int:
    """How many paths lead from one neuron of a layer to the cost, in a network of these sizes."""
    return prod(sizes[layer + 1 :])


def multiplications_by_path(sizes: tuple[int, ...], layer: int) -> int:
    """How many multiplications it takes to write out every path of every neuron of a layer."""
    steps = len(sizes) - 1 - layer
    rates = steps + (steps + (layer > 0)) + 1  # weights, σ′ and the rate of the cost
    return sizes[layer] * path_count(sizes, layer) * (rates - 1)


def multiplications_factored(sizes: tuple[int, ...], layer: int) -> int:
    """How many it takes to go back layer by layer: BP1, then BP2 down to this layer, all its neurons at once."""
    return sizes[-1] + sum(sizes[at + 1] * sizes[at] + (sizes[at] if at else 0) for at in range(layer, len(sizes) - 1))

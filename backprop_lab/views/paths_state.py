"""The paths from a neuron to the cost: products of rates whose sum is δ, and what is left when they are factored."""

import math
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import NamedTuple

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.drawing.markup import Markup
from backprop_lab.views.diagram import neuron_key, read_key, weight_key
from backprop_lab.views.mathml import bracket, joined, rate, row, symbol


class Factor(NamedTuple):
    """One rate on the way: its symbol and its value."""

    symbol: Markup
    value: float
    decimals: int = 4


class Path(NamedTuple):
    """One way from a neuron to the cost: the neurons it passes, its own first, and the rates between them."""

    layer: int
    neurons: tuple[int, ...]
    factors: tuple[Factor, ...]

    @property
    def value(self) -> float:
        """The product of its rates."""
        return math.prod(factor.value for factor in self.factors)

    @property
    def places(self) -> list[tuple[int, int]]:
        """(layer, neuron) of everything it passes."""
        return list(enumerate(self.neurons, start=self.layer))

    @property
    def keys(self) -> tuple[str, ...]:
        """The neurons and weights it passes, as keys of the diagram."""
        wires = (weight_key(layer, i, j) for (_, j), (layer, i) in pairwise(self.places))
        return (*(neuron_key(*place) for place in self.places), *wires)

    @property
    def name(self) -> Markup:
        """The way in symbols, for instance z¹₁ → z²₀ → C."""
        passed = [symbol("z", layer, j) if layer else symbol("x", "", j) for layer, j in self.places]
        return joined([*passed, symbol("C")], "→")


@dataclass(frozen=True)
class Paths:
    """Which network, which of its neurons, and whether shared tails are factored out.

    Parameters
    ----------
    case : a network with one example; of a batch the first example is shown
    network : what it is called
    neuron : key of the neuron where the paths begin, "a1.0"; an input is "a0.1"
    selected : key of the neuron, or "path.2" for the path numbered 2, counted from 0
    """

    case: Case
    neuron: str = "a1.0"
    selected: str = "a1.0"
    network: str = ""
    factored: bool = False

    @property
    def layer(self) -> int:
        """The layer of the neuron."""
        return int(self.neuron[1:].split(".")[0])

    @property
    def j(self) -> int:
        """The neuron in its layer."""
        return int(self.neuron.split(".")[1])

    @property
    def found(self) -> tuple[Path, ...]:
        """Every path from the neuron, or one for each next neuron when they are factored."""
        return terms(self.case, self.layer, self.j) if self.factored else paths_from(self.case, self.layer, self.j)

    @property
    def chosen(self) -> int | None:
        """Number of the path that is selected."""
        number = int(self.selected.removeprefix("path.")) if self.selected.startswith("path.") else None
        return number if number is not None and number < len(self.found) else None


def begin(case: Case, neuron: str = "a1.0", network: str = "") -> Paths:
    """The first state for a case.

    Raises
    ------
    ValueError : the output is softmax, where every path leads through all outputs at once.
    """
    if case.output.derivative is None:
        raise ValueError(f"case must have an element-wise output activation, got {case.output}")
    return Paths(case, neuron, neuron, network)


def paths_from(case: Case, layer: int, j: int) -> tuple[Path, ...]:
    """Every path from a neuron to the cost, with its rates in the order in which they are passed."""
    onward = [range(size) for size in case.parameters.sizes[layer + 1 :]]
    ways = [(j, *rest) for rest in product(*onward)]
    return tuple(Path(layer, way, (*_rates(case, layer, way), _cost_rate(case, way[-1]))) for way in ways)


def terms(case: Case, layer: int, j: int) -> tuple[Path, ...]:
    """The paths with what lies beyond the next layer put together: one for each next neuron, ending in its δ."""
    last = case.parameters.layers[-1]
    if layer == last:
        return paths_from(case, layer, j)
    delta = case.backward_pass.delta[layer + 1]
    return tuple(
        Path(layer, (j, i), (*_own(case, layer, j), _weight(case, layer + 1, i, j), _delta(layer + 1, i, delta[i, 0])))
        for i in range(case.parameters.sizes[layer + 1])
    )


def path_count(sizes: tuple[int, ...], layer: int) -> int:
    """How many paths lead from one neuron of a layer to the cost."""
    return math.prod(sizes[layer + 1 :])


def multiplications_by_path(sizes: tuple[int, ...], layer: int) -> int:
    """How many multiplications it takes to write out every path of every neuron of a layer."""
    steps = len(sizes) - 1 - layer
    factors = steps + (steps + (layer > 0)) + 1  # weights, σ′ and the rate of the cost
    return sizes[layer] * path_count(sizes, layer) * (factors - 1)


def multiplications_factored(sizes: tuple[int, ...], layer: int) -> int:
    """How many it takes to go back layer by layer: BP1, then BP2 down to this layer, all its neurons at once."""
    back = (sizes[at + 1] * sizes[at] + (sizes[at] if at else 0) for at in range(layer, len(sizes) - 1))
    return sizes[-1] + sum(back)


def choose(state: Paths, key: str) -> Paths:
    """Select a path, or the neuron of a key; a weight is the first path over it; nothing gives the neuron back."""
    if key.startswith("path."):
        return replace(state, selected=key)
    if not key:
        return replace(state, selected=state.neuron)
    kind, layer, *index = read_key(key)
    if kind == "w":
        begun = replace(state, neuron=neuron_key(layer - 1, index[1]))
        return replace(begun, selected=f"path.{[path.neurons[1] for path in begun.found].index(index[0])}")
    key = neuron_key(layer, index[0])
    return replace(state, neuron=key, selected=key)


def flip(state: Paths) -> Paths:
    """The last target turned from 0 to 1 or from 1 to 0."""
    y = np.array(state.case.y)
    y[-1, 0] = 1 - y[-1, 0]
    return replace(state, case=replace(state.case, y=y))


def factor_out(state: Paths) -> Paths:
    """Shared tails put together, or written out again."""
    return replace(state, factored=not state.factored, selected=state.neuron)


def on(state: Paths, network: str, case: Case) -> Paths:
    """The same on another network; a neuron that does not exist there gives way to the first hidden one."""
    fits = state.layer < len(case.parameters.sizes) and state.j < case.parameters.sizes[state.layer]
    neuron = state.neuron if fits else neuron_key(1, 0)
    return replace(state, case=case, network=network, neuron=neuron, selected=neuron)


def lit(state: Paths) -> set[str]:
    """Keys of what is spoken of: the chosen path, or all of them."""
    chosen = state.found if state.chosen is None else [state.found[state.chosen]]
    return {key for path in chosen for key in path.keys}


def _own(case: Case, layer: int, j: int) -> list[Factor]:
    """σ′ of a neuron; an input has none."""
    if layer == 0:
        return []
    activation = case.output if layer == case.parameters.layers[-1] else case.hidden
    name = row(symbol("σ", prime=True), bracket(symbol("z", layer, j)))
    return [Factor(name, float(activation.prime(case.forward_pass.z[layer][j, 0])))]


def _weight(case: Case, layer: int, i: int, j: int) -> Factor:
    return Factor(symbol("w", layer, f"{i},{j}"), float(case.parameters.w[layer][i, j]), 2)


def _delta(layer: int, i: int, value: float) -> Factor:
    return Factor(symbol("δ", layer, i), float(value))


def _rates(case: Case, layer: int, way: tuple[int, ...]) -> list[Factor]:
    found = _own(case, layer, way[0])
    for (_, j), (at, i) in pairwise(enumerate(way, start=layer)):
        found += [_weight(case, at, i, j), *_own(case, at, i)]
    return found


def _cost_rate(case: Case, i: int) -> Factor:
    last = case.parameters.layers[-1]
    value = case.cost.gradient(case.forward_pass.prediction, case.y)[i, 0]
    return Factor(rate(symbol("C"), symbol("a", last, i)), float(value))

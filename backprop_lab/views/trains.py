"""From one weight to the cost as trains of gears: every rate on the way, and what happens when the weight moves."""

from collections.abc import Collection
from math import prod
from typing import NamedTuple

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.drawing.markup import Markup
from backprop_lab.network import forward
from backprop_lab.views.mathml import symbol


class Quantity(NamedTuple):
    """A number that moves: a weight, z or a of a neuron, or the cost."""

    letter: str
    layer: int = 0
    neurons: tuple[int, ...] = ()

    @property
    def code(self) -> str:
        """Its name in code: `w[2][0, 1]`, `z[2][0]`, `C`."""
        return f"{self.letter}[{self.layer}][{', '.join(map(str, self.neurons))}]" if self.neurons else self.letter

    @property
    def math(self) -> Markup:
        """Its symbol in MathML."""
        return (
            symbol(self.letter, self.layer, ",".join(map(str, self.neurons))) if self.neurons else symbol(self.letter)
        )


COST = Quantity("C")


class Gear(NamedTuple):
    """How fast one quantity moves with the one before it, and what that rate is, in words."""

    of: Quantity
    by: Quantity
    rate: float
    words: str


class Trains(NamedTuple):
    """The gears from a weight to the cost: those that every path shares, then one train for each neuron behind."""

    weight: Quantity
    shared: tuple[Gear, ...]
    own: tuple[tuple[Gear, ...], ...]

    @property
    def products(self) -> tuple[float, ...]:
        """Along each path the rates multiply."""
        return tuple(prod(gear.rate for gear in (*self.shared, *train)) for train in self.own)


def trains(case: Case, layer: int, j: int, k: int) -> Trains:
    """The trains of `w[layer][j, k]` in the first example of a case.

    Raises
    ------
    ValueError : more than one layer lies behind the weight's, or the outputs do not each depend on one z alone.
    """
    last = case.parameters.layers[-1]
    if layer < last - 1 or case.output.derivative is None:
        raise ValueError(
            f"layer must be {last - 1} or {last}, and the output element-wise, got {layer}, {case.output.name}"
        )
    weight = Quantity("w", layer, (j, k))
    carried = Gear(
        _z(layer, j), weight, _of(case, "a", layer - 1, k), f"what the weight multiplies, a[{layer - 1}][{k}]"
    )
    first = (carried, _squash(case, layer, j))
    if layer == last:
        return Trains(weight, (), ((*first, _blame(case, j)),))
    return Trains(weight, first, tuple(_onward(case, i, j) for i in range(case.parameters.sizes[last])))


def promised(found: Trains, turn: float, off: Collection[int] = ()) -> dict[Quantity, float]:
    """By how much everything moves if every rate holds: multiplied along a path, added where paths meet."""
    moved = {found.weight: turn}
    for gear in found.shared:
        moved[gear.of] = gear.rate * moved[gear.by]
    for at, train in enumerate(found.own):
        for gear in train:
            moved[gear.of] = moved.get(gear.of, 0.0) + gear.rate * moved[gear.by] * (at not in off)
    return moved


def measured(case: Case, found: Trains, turn: float, off: Collection[int] = ()) -> dict[Quantity, float]:
    """By how much everything moves in fact: the forward pass again, the neurons of trains that are off held still."""
    layer, index = found.weight.layer, found.weight.neurons
    parameters = case.parameters.with_entry("w", layer, index, case.parameters.w[layer][index] + turn)
    now = forward(parameters, case.x, hidden=case.hidden, output=case.output)
    held = [train[-1].by.neurons[0] for at, train in enumerate(found.own) if at in off]
    a = now.prediction.copy()
    a[held] = case.forward_pass.prediction[held]
    changes = {"z": now.z, "a": {**now.a, case.parameters.layers[-1]: a}}
    before = {"z": case.forward_pass.z, "a": case.forward_pass.a}
    moved = {found.weight: turn, COST: float((case.cost.of_example(a, case.y) - _costs(case))[0])}
    for at, train in enumerate((found.shared, *found.own), start=-1):
        for of in (gear.of for gear in train if gear.of != COST):
            change = changes[of.letter][of.layer] - before[of.letter][of.layer]
            moved[of] = 0.0 if at in off else float(change[of.neurons[0], 0])
    return moved


def _costs(case: Case) -> Array:
    return case.cost.of_example(case.forward_pass.prediction, case.y)


def _z(layer: int, j: int) -> Quantity:
    return Quantity("z", layer, (j,))


def _a(layer: int, j: int) -> Quantity:
    return Quantity("a", layer, (j,))


def _of(case: Case, letter: str, layer: int, j: int) -> float:
    return float(getattr(case.forward_pass, letter)[layer][j, 0])


def _squash(case: Case, layer: int, j: int) -> Gear:
    sigma = case.output if layer == case.parameters.layers[-1] else case.hidden
    slope = float(sigma.prime(_of(case, "z", layer, j)))
    return Gear(_a(layer, j), _z(layer, j), slope, f"σ′ at z[{layer}][{j}], the slope of the curve there")


def _blame(case: Case, i: int) -> Gear:
    last = case.parameters.layers[-1]
    rate = float(case.cost.derivative(case.forward_pass.prediction, case.y)[i, 0])
    return Gear(COST, _a(last, i), rate, "output minus target, a − y")


def _onward(case: Case, i: int, j: int) -> tuple[Gear, ...]:
    """From hidden neuron j through output neuron i to the cost."""
    last = case.parameters.layers[-1]
    weight = Gear(_z(last, i), _a(last - 1, j), float(case.parameters.w[last][i, j]), f"the weight w[{last}][{i}, {j}]")
    return (weight, _squash(case, last, i), _blame(case, i))

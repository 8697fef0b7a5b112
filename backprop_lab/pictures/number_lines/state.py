"""What the number lines show: what is nudged and how far, how each quantity moves, and each path's share."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from math import isclose
from typing import NamedTuple

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.chain import Path, Rate, paths, product
from backprop_lab.drawing.picture import Event, Select, Turn, refuse
from backprop_lab.quantities import COST, Quantity, parameters

MOST = 3  # paths that are drawn side by side
REACH = 1.0


class Moved(NamedTuple):
    """A quantity, its path (None where all paths share it), its place on the way, and how far it moves.

    `promised` is what the rates say, `measured` what another forward pass gives.
    """

    quantity: Quantity
    path: int | None
    at: int
    promised: float
    measured: float


class Step(NamedTuple):
    """A rate with its key, its path (None where all paths share it) and its place on the way."""

    key: str
    rate: Rate
    path: int | None
    at: int


@dataclass(frozen=True)
class NumberLines:
    """A case, a weight, bias or z, by how much it is moved, which paths are closed, and which rate is selected."""

    case: Case
    start: Quantity
    amount: float = 0.5
    closed: frozenset[int] = frozenset()
    selected: str = ""

    @cached_property
    def paths(self) -> list[Path]:
        """Every path from the start to the cost."""
        return paths(self.case, self.start)

    @property
    def open(self) -> list[int]:
        """The paths that are open."""
        return [path for path in range(len(self.paths)) if path not in self.closed]

    @property
    def shared(self) -> int:
        """How many rates, the first of all, the paths share: up to the activation; one path alone shares none."""
        return (1 if self.start.letter == "z" else 2) if len(self.paths) > 1 else 0

    @property
    def rate(self) -> float:
        """The rate of C along the open paths: along a path multiply, over the paths add."""
        return sum(product(self.paths[path]) for path in self.open)

    @property
    def promised(self) -> float:
        """How far C should move."""
        return self.rate * self.amount

    @property
    def measured(self) -> float:
        """How far C does move."""
        return self.cost_moved(self.open)

    @cached_property
    def after(self) -> Case:
        """The case after the nudge; a weighted input is moved by its bias, which enters it as it is."""
        turned = replace(self.start, letter="b") if self.start.letter == "z" else self.start
        return turned.turned(self.case, turned.value(self.case) + self.amount)

    def cost_moved(self, through: Collection[int]) -> float:
        """How far C moves when the outputs of all other paths are held where they are."""
        case, last = self.case, self.case.parameters.layers[-1]
        z = self.after.forward_pass.z[last].copy()
        held = [path for path in range(len(self.paths)) if path not in through] if self.shared else []
        z[held] = case.forward_pass.z[last][held]
        return float(case.cost.of_example(case.output(z), case.y)[0]) - COST.value(case)


def begin(case: Case = cases.running, start: str = "w2.0.0") -> NumberLines:
    """A nudge of one weight, bias or weighted input on number lines, from its own line to that of the cost.

    Parameters
    ----------
    case : a network with one example; of a batch the first example is shown
    start : "w2.0.1" for w[2][0, 1], "b2.0" for b[2][0], "z2.0" for z[2][0]; of the last layer, or the one before it

    Raises
    ------
    ValueError : start is no weight, bias or z of these layers; or more than three paths lead from it to the cost; or
        the output is softmax with the quadratic cost, where every z moves all outputs.
    """
    last, chosen = case.parameters.layers[-1], Quantity.read(start)
    if chosen not in [*parameters(case), *_inputs_of_neurons(case)] or chosen.layer < last - 1:
        layers = " or ".join(map(str, case.parameters.layers[-2:]))
        raise ValueError(f"start must be a weight, bias or z of layer {layers}, got {start!r}")
    state = NumberLines(case, chosen)
    if len(state.paths) > MOST:
        many = case.parameters.sizes[-1]
        raise ValueError(f"case must have at most {MOST} outputs for a start in layer {last - 1}, got {many}")
    return state


def starts(state: NumberLines) -> list[Quantity]:
    """What else of the start's layer can be nudged: from all of these as many arrows lead to the cost."""
    some = _inputs_of_neurons(state.case) if state.start.letter == "z" else parameters(state.case)
    return [each for each in some if each.layer == state.start.layer]


def _inputs_of_neurons(case: Case) -> list[Quantity]:
    """The weighted input of every neuron."""
    return [Quantity("z", layer, (j,)) for layer, b in case.parameters.b.items() for j in range(len(b))]


def update(state: NumberLines, event: Event) -> NumberLines:
    """The nudge turned, another start, a path opened or closed, a rate chosen."""
    match event:
        case Turn("amount"):
            return replace(state, amount=event.number)
        case Turn("start", code):
            return replace(state, start=Quantity.read(str(code)), closed=frozenset(), selected="")
        case Turn(key, on) if key in switches(state):
            path = {switches(state).index(key)}
            return replace(state, closed=state.closed - path if on else state.closed | path)
        case Select(key):
            return replace(state, selected=key)
    return refuse(event)


def switches(state: NumberLines) -> list[str]:
    """The key of each path's switch; one path alone has none."""
    return [f"path {path}" for path in range(len(state.paths))] if state.shared else []


def steps(state: NumberLines) -> list[Step]:
    """Every rate once: what all paths share counts as the first's."""
    found = []
    for number, path in enumerate(state.paths):
        for at, rate in enumerate(path):
            own = not state.shared or at >= state.shared
            if own or not number:
                found.append(Step(f"r{number}.{at}", rate, number if own and state.shared else None, at))
    return found


def moves(state: NumberLines) -> list[Moved]:
    """Everything that moves, each once; where there are several paths, each ends at its own share of the cost."""
    found = []
    for number, path in enumerate(state.paths):
        passed = [path[0].by, *(rate.of for rate in path)]
        promised = accumulate((rate.value for rate in path), lambda moved, rate: moved * rate, initial=state.amount)
        for at, (quantity, by_rates) in enumerate(zip(passed, promised, strict=True)):
            own = bool(state.shared) and at > state.shared
            if own or not number:
                far = (by_rates, _measured(state, quantity, number)) if not own or number in state.open else (0.0, 0.0)
                found.append(Moved(quantity, number if own else None, at, *far))
    return found


def _measured(state: NumberLines, quantity: Quantity, path: int) -> float:
    if quantity == COST:
        return state.cost_moved([path])
    return quantity.value(state.after) - quantity.value(state.case)


def agree(moved: Moved) -> bool:
    """Whether promise and measurement are the same to four decimals."""
    return isclose(moved.promised, moved.measured, abs_tol=5e-5)

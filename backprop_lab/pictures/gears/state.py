"""What the gears show: a weight, how far it is turned, which trains are coupled; what that promises and does."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.chain import Path, Rate, paths, product
from backprop_lab.drawing.markup import lowered
from backprop_lab.drawing.picture import Event, Select, Turn, refuse
from backprop_lab.quantities import COST, Quantity

MOST = 3  # trains that are drawn below one another
REACH = 2.0


class Gear(NamedTuple):
    """A rate with its key; its train, or None where all trains share it, and its place on the way."""

    key: str
    rate: Rate
    train: int | None
    at: int


class Axle(NamedTuple):
    """Something that turns: its name, its train and place as for a gear, and by how much, as promised and measured."""

    name: str
    train: int | None
    at: int
    promised: float
    measured: float


@dataclass(frozen=True)
class Gears:
    """A weight of a case, how far it is turned, which trains are off, and which gear is selected."""

    case: Case
    weight: Quantity
    turn: float = 0.5
    off: frozenset[int] = frozenset()
    selected: str = ""

    @cached_property
    def trains(self) -> list[Path]:
        """A train for each path from the weight to the cost."""
        return paths(self.case, self.weight)

    @property
    def on(self) -> list[int]:
        """The trains that are coupled."""
        return [train for train in range(len(self.trains)) if train not in self.off]

    @property
    def shared(self) -> int:
        """How many gears, the first of all, every train shares; there is nothing to share with one train."""
        return 2 if len(self.trains) > 1 else 0

    @property
    def rate(self) -> float:
        """∂C/∂w through the trains that are on: what the paths bring is added."""
        return sum(product(self.trains[train]) for train in self.on)

    @property
    def promised(self) -> float:
        """How much the cost should move."""
        return self.rate * self.turn

    @property
    def measured(self) -> float:
        """How much it does move."""
        return self.cost_moved(self.on)

    @cached_property
    def after(self) -> Case:
        """The case with the weight turned."""
        return self.weight.turned(self.case, self.weight.value(self.case) + self.turn)

    def cost_moved(self, on: Collection[int]) -> float:
        """How much the cost moves when the outputs of all other trains are held still."""
        case, last = self.case, self.case.parameters.layers[-1]
        z = self.after.forward_pass.z[last].copy()
        held = [train for train in range(len(self.trains)) if train not in on] if self.shared else []
        z[held] = case.forward_pass.z[last][held]
        return float(case.cost.of_example(case.output(z), case.y)[0]) - COST.value(case)


def begin(case: Case = cases.running, weight: str = "w2.0.0") -> Gears:
    """Turn one weight and see what its rates promise for the cost, and what is measured.

    Parameters
    ----------
    case : a network with one example; of a batch the first example is shown
    weight : "w2.0.1" for w[2][0, 1]; of the last layer, or of the one before it

    Raises
    ------
    ValueError : more than one layer, or more than three outputs, lie behind the weight's; or the output is softmax
        with the quadratic cost, where every z moves all outputs.
    """
    last, chosen = case.parameters.layers[-1], Quantity.read(weight)
    if chosen.letter != "w" or chosen.layer not in (last - 1, last):
        raise ValueError(f"weight must be one of layer {last - 1} or {last}, got {weight!r}")
    state = Gears(case, chosen)
    if len(state.trains) > MOST:
        raise ValueError(f"case must have at most {MOST} outputs behind the weight, got {len(state.trains)}")
    return state


def update(state: Gears, event: Event) -> Gears:
    """The weight turned, a train coupled in or out, a gear chosen."""
    match event:
        case Turn("turn"):
            return replace(state, turn=event.number)
        case Turn(key, on) if key in switches(state):
            train = {switches(state).index(key)}
            return replace(state, off=state.off - train if on else state.off | train)
        case Select(key):
            return replace(state, selected=key)
    return refuse(event)


def switches(state: Gears) -> list[str]:
    """The key of each train's switch; one train alone has none."""
    return [f"train {train}" for train in range(len(state.trains))] if state.shared else []


def gears(state: Gears) -> list[Gear]:
    """Every gear once: what all trains share counts as the first's."""
    return [gear for train in range(len(state.trains)) for gear in train_of(state, train) if train in (0, gear.train)]


def train_of(state: Gears, train: int) -> list[Gear]:
    """The gears of one train, from the weight to the cost."""
    return [
        Gear(f"g{train if at >= state.shared else 0}.{at}", rate, train if at >= state.shared else None, at)
        for at, rate in enumerate(state.trains[train])
    ]


def axles(state: Gears) -> list[Axle]:
    """Everything that turns, each once; where there are several trains, each ends at its own share of the cost."""
    found = [axle for train in range(len(state.trains)) for axle in _along(state, train) if train in (0, axle.train)]
    if state.shared:
        found.append(Axle("C", None, len(state.trains[0]) + 1, state.promised, state.measured))
    return found


def _along(state: Gears, train: int) -> list[Axle]:
    path, on = state.trains[train], train in state.on
    passed = [path[0].by, *(rate.of for rate in path)]
    promised = accumulate((rate.value for rate in path), lambda moved, rate: moved * rate, initial=state.turn)
    found = []
    for at, (quantity, by_rates) in enumerate(zip(passed, promised, strict=True)):
        own = at > state.shared or not state.shared
        if quantity == COST:
            name = f"C{lowered(train)}" if state.shared else "C"
            true = state.cost_moved([train])
        else:
            name, true = quantity.code, quantity.value(state.after) - quantity.value(state.case)
        moves = on or not own
        found.append(Axle(name, train if own else None, at, by_rates if moves else 0.0, true if moves else 0.0))
    return found

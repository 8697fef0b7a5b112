"""What the gears show: a weight, how far it is turned, which trains are coupled; what that promises and does."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from backprop_lab.cases import Case
from backprop_lab.views.trains import Gear, Quantity, Trains, measured, promised, trains


@dataclass(frozen=True)
class Gears:
    """A weight `w[layer][j, k]` of a case, how far it is turned, which trains are off, and which gear is selected."""

    case: Case
    weight: tuple[int, int, int]
    turn: float = 0.5
    off: frozenset[int] = frozenset()
    selected: str = ""

    @cached_property
    def trains(self) -> Trains:
        """The gears and their rates."""
        return trains(self.case, *self.weight)

    @cached_property
    def promised(self) -> dict[Quantity, float]:
        """The change of everything by the rates."""
        return promised(self.trains, self.turn, self.off)

    @cached_property
    def measured(self) -> dict[Quantity, float]:
        """The change of everything by a forward pass."""
        return measured(self.case, self.trains, self.turn, self.off)

    @property
    def rate(self) -> float:
        """∂C/∂w through the trains that are on: what the paths bring is added."""
        return sum(product for at, product in enumerate(self.trains.products) if at not in self.off)


def switched(state: Gears, train: int, on: bool) -> Gears:
    """The state with one train coupled in, or out."""
    return replace(state, off=state.off - {train} if on else state.off | {train})


def numbered(state: Gears) -> Iterator[tuple[str, Gear]]:
    """Every gear with its key: `g0.2` is the third of the first train; what all trains share counts as the first's."""
    shared = len(state.trains.shared)
    yield from ((f"g0.{at}", gear) for at, gear in enumerate(state.trains.shared))
    for train, own in enumerate(state.trains.own):
        yield from ((f"g{train}.{at}", gear) for at, gear in enumerate(own, start=shared))


def ratio(gear: Gear) -> str:
    """Its short name, such as ∂z/∂w."""
    return f"∂{gear.of.letter}/∂{gear.by.letter}"

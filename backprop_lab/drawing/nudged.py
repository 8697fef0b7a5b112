"""A nudge on its way to the cost, path by path, promised and measured: the state of gears and of number lines."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import ClassVar, NamedTuple, Self

from backprop_lab.cases import Case
from backprop_lab.chain import Path, Rate, paths, product
from backprop_lab.drawing.picture import Event, Select, Turn, refuse
from backprop_lab.network import example_costs
from backprop_lab.quantities import COST, Quantity

MOST = 3  # paths that have room


class Moved(NamedTuple):
    """A quantity, its path (None where all paths share it), its place on the way, and how far it moves.

    `promised` is what the rates say, `measured` what another forward pass gives.
    """

    quantity: Quantity
    path: int | None
    at: int
    promised: float
    measured: float


class Link(NamedTuple):
    """A rate with its key, its path (None where all paths share it) and its place on the way."""

    key: str
    rate: Rate
    path: int | None
    at: int


@dataclass(frozen=True)
class Nudged:
    """A case, a weight, bias or z, by how much it is moved, which paths are closed, and which rate is selected."""

    NAMES: ClassVar[tuple[str, str]] = ("path", "r")  # what the keys of a path and of a rate begin with

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
        now = case.forward_pass
        passed = replace(now, z={**now.z, last: z}, a={**now.a, last: case.output(z)})
        return float(example_costs(passed, case.y, case.cost)[0]) - COST.value(case)

    @property
    def switches(self) -> list[str]:
        """The key of each path's switch; one path alone has none."""
        return [f"{self.NAMES[0]} {path}" for path in range(len(self.paths))] if self.shared else []

    @property
    def links(self) -> list[Link]:
        """Every rate once: what all paths share counts as the first's."""
        found = []
        for number, path in enumerate(self.paths):
            for at, rate in enumerate(path):
                own = not self.shared or at >= self.shared
                if own or not number:
                    key = f"{self.NAMES[1]}{number}.{at}"
                    found.append(Link(key, rate, number if own and self.shared else None, at))
        return found

    def along(self, path: int) -> list[Link]:
        """The rates of one path, from the start to the cost."""
        return [link for link in self.links if link.path in (None, path)]

    @property
    def chosen(self) -> Rate | None:
        """The rate that is selected."""
        return next((link.rate for link in self.links if link.key == self.selected), None)

    @property
    def moves(self) -> list[Moved]:
        """Everything that moves, each once; where there are several paths, each ends at its own share of the cost."""
        found = []
        for number, path in enumerate(self.paths):
            passed = [path[0].by, *(rate.of for rate in path)]
            promised = accumulate((rate.value for rate in path), lambda moved, rate: moved * rate, initial=self.amount)
            for at, (quantity, by_rates) in enumerate(zip(passed, promised, strict=True)):
                own = bool(self.shared) and at > self.shared
                if own or not number:
                    still = own and number not in self.open
                    far = (0.0, 0.0) if still else (by_rates, self._measured(quantity, number))
                    found.append(Moved(quantity, number if own else None, at, *far))
        return found

    def _measured(self, quantity: Quantity, path: int) -> float:
        if quantity == COST:
            return self.cost_moved([path])
        return quantity.value(self.after) - quantity.value(self.case)

    def updated(self, event: Event) -> Self:
        """A path opened or closed, a rate chosen."""
        match event:
            case Turn(key, on) if key in self.switches:
                path = {self.switches.index(key)}
                return replace(self, closed=self.closed - path if on else self.closed | path)
            case Select(key):
                return replace(self, selected=key)
        return refuse(event)

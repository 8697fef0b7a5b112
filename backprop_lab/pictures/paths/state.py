"""Which network, where its paths begin, which of them is chosen, and whether what they share is factored out."""

from dataclasses import dataclass, replace
from functools import cached_property

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.chain import Path, factored, path_count, paths, wires
from backprop_lab.drawing.networks import OnNetwork
from backprop_lab.drawing.picture import Event, Press, Select, Turn
from backprop_lab.quantities import COST, Quantity

MOST = 1000


@dataclass(frozen=True)
class Paths(OnNetwork):
    """A network as it is now, and a neuron's paths through it.

    Parameters
    ----------
    neuron : where the paths begin: z of a neuron, or an input
    chosen : number of the chosen path, counted from 0
    factored : whether what lies beyond the next neuron is put together
    """

    neuron: Quantity
    chosen: int | None = None
    factored: bool = False

    @cached_property
    def found(self) -> list[Path]:
        """Every path from the neuron, or one for each next neuron when they are factored."""
        return (factored if self.factored else paths)(self.case, self.neuron)

    @property
    def path(self) -> Path | None:
        """The chosen path."""
        return None if self.chosen is None else self.found[self.chosen]

    @property
    def lit(self) -> set[str]:
        """Keys of all neurons and weights on the chosen path, or on every path."""
        spoken_of = self.found if self.path is None else [self.path]
        passed = {rate.of.key for path in spoken_of for rate in path if rate.of != COST}
        return passed | {self.neuron.key} | {wire.key for path in spoken_of for wire in wires(path)}


def begin(case: Case = cases.wide, *, neuron: str = "a1.0") -> Paths:
    """Every path from a neuron to the cost: signed bars which add up to its δ, and BP2 once they are factored.

    Parameters
    ----------
    case : the network it begins on; the learner may change to another. Of a batch the first example is shown
    neuron : where the paths begin at first, for instance "a1.2" for neuron 2 of layer 1; an input is "a0.1"

    Raises
    ------
    ValueError : the output is softmax, where every path leads through all outputs at once; there are more than 1,000
        paths from an input to the cost; or there is no such neuron.
    """
    if case.output.derivative is None:
        raise ValueError(f"case must have an element-wise output activation, got {case.output}")
    if (count := path_count(case.parameters.sizes, 0)) > MOST:
        raise ValueError(f"case must have at most {MOST:,} paths from an input to the cost, got {count:,}")
    where = _start(Quantity.read(neuron))
    if not _is_in(case, where):
        raise ValueError(f"neuron must be the key of one in the network, like a1.0, got {neuron!r}")
    return Paths.begun(case, where)


def update(state: Paths, event: Event) -> Paths:
    """A path or a neuron chosen, a weight turned, a target flipped, the shared tails factored, another network."""
    match event:
        case Turn("network"):
            return _on(state, str(event.value))
        case Press("factor"):
            return replace(state, factored=not state.factored, chosen=None)
        case Select(key) if key in path_keys(state):
            return replace(state, chosen=path_keys(state).index(key))
        case Select(""):
            return replace(state, chosen=None)
        case Select(key):
            return _chosen(state, Quantity.read(key))
    return state.updated(event)


def path_keys(state: Paths) -> list[str]:
    """A key for each path."""
    return [f"path.{number}" for number in range(len(state.found))]


def _chosen(state: Paths, quantity: Quantity) -> Paths:
    """The neuron that was chosen, or the first path over a weight: of the paths there are, else of its own neuron."""
    if quantity.letter != "w":
        return replace(state, neuron=_start(quantity), chosen=None)
    own = replace(state, neuron=_start(Quantity("a", quantity.layer - 1, quantity.index[1:])))
    for at in (state, own):
        for number, path in enumerate(at.found):
            if quantity in wires(path):
                return replace(at, chosen=number)
    return state


def _start(quantity: Quantity) -> Quantity:
    """Where the paths of a neuron begin: at its z, which an input has not."""
    return replace(quantity, letter="z" if quantity.layer else "a")


def _is_in(case: Case, start: Quantity) -> bool:
    sizes = case.parameters.sizes
    return len(start.index) == 1 and start.layer < len(sizes) and start.index[0] < sizes[start.layer]


def _on(state: Paths, network: str) -> Paths:
    """The same on another network; a neuron that does not exist there gives way to the first hidden one."""
    case = state.offered[network]
    neuron = state.neuron if _is_in(case, state.neuron) else Quantity("z", 1, (0,))
    return replace(state, case=case, network=network, neuron=neuron, chosen=None)

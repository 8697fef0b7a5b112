"""Which weights are written out, which neuron's column is lit, and whether the matrix is flipped over its diagonal."""

from dataclasses import dataclass, replace

from backprop_lab import cases
from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.drawing.networks import name_of, networks
from backprop_lab.drawing.picture import Event, Press, Select, Turn, refuse
from backprop_lab.quantities import Quantity

MOST = 4  # neurons in a layer whose numbers have room


@dataclass(frozen=True)
class Transpose:
    """A network as it is now, a hidden layer whose weights onward are written out, and its neuron that is lit.

    Parameters
    ----------
    case, first : the network now, and the one that the picture began with
    network : what it is called
    layer, j : the hidden layer, and the neuron whose column is lit
    flipped : whether the matrix is transposed
    """

    case: Case
    first: Case
    network: str
    layer: int = 1
    j: int = 0
    flipped: bool = False

    @property
    def offered(self) -> dict[str, Case]:
        """The networks of the menu."""
        return networks(self.first, "running", "wide", "deep")

    @property
    def start(self) -> Case:
        """The network as it began."""
        return self.offered[self.network]

    @property
    def w(self) -> Array:
        """The weights that lead out of the layer, shape (n_next, n)."""
        return self.case.parameters.w[self.layer + 1]

    @property
    def delta(self) -> Array:
        """δ of the next layer, shape (n_next,)."""
        return self.case.backward_pass.delta[self.layer + 1][:, 0]


def begin(case: Case = cases.wide, *, neuron: str = "a1.1") -> Transpose:
    """The weights onward as a matrix with one column lit; flipped over its diagonal the column is a row, and meets δ.

    Parameters
    ----------
    case : the network it begins on, with at most 4 neurons in a layer; the learner may change to another
    neuron : the hidden neuron whose column is lit at first, for instance "a1.2" for neuron 2 of layer 1

    Raises
    ------
    ValueError : a layer has more neurons, or there is no such hidden neuron.
    """
    if max(case.parameters.sizes[1:]) > MOST:
        raise ValueError(f"case must have at most {MOST} neurons in a layer, got sizes {case.parameters.sizes}")
    where = Quantity.read(neuron)
    if where.letter not in "az" or not _is_in(case, where.layer, where.index[0]):
        raise ValueError(f"neuron must be the key of a hidden neuron of the network, like a1.0, got {neuron!r}")
    return Transpose(case, case, name_of(case, networks(case, "running", "wide", "deep")), where.layer, where.index[0])


def update(state: Transpose, event: Event) -> Transpose:
    """Another network, layer or neuron; the matrix flipped; a weight turned."""
    match event:
        case Turn("network", str(name)) if name in state.offered:
            return _at(replace(state, case=state.offered[name], network=name), state.layer, state.j)
        case Turn("layer"):
            return _at(state, int(event.number), state.j)
        case Turn(key):
            return replace(state, case=Quantity.read(key).turned(state.case, event.number))
        case Press("transpose"):
            return replace(state, flipped=not state.flipped)
        case Press("reset"):
            return replace(state, case=state.start)
        case Select(""):
            return state
        case Select(key):
            return replace(state, j=Quantity.read(key).index[0])
    return refuse(event)


def hidden(case: Case) -> list[int]:
    """The hidden layers."""
    return [*case.parameters.layers][:-1]


def _is_in(case: Case, layer: int, j: int) -> bool:
    return layer in hidden(case) and j < case.parameters.sizes[layer]


def _at(state: Transpose, layer: int, j: int) -> Transpose:
    """A neuron of this layer; one that does not exist gives way to the first hidden one."""
    layer = layer if layer in hidden(state.case) else 1
    return replace(state, layer=layer, j=j if _is_in(state.case, layer, j) else 0)

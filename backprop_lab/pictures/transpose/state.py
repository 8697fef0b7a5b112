"""Which weights are written out, which neuron's column is lit, and whether the matrix is flipped over its diagonal."""

from dataclasses import dataclass, replace

from backprop_lab import cases
from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.drawing.networks import OnNetwork, hidden_layers, hidden_neuron, is_hidden
from backprop_lab.drawing.picture import Event, Press, Select, Turn, refuse
from backprop_lab.quantities import Quantity

MOST = 4  # neurons in a layer whose numbers have room


@dataclass(frozen=True)
class Transpose(OnNetwork):
    """A network as it is now, a hidden layer whose weights onward are written out, and its neuron that is lit.

    Parameters
    ----------
    layer, j : the hidden layer, and the neuron whose column is lit
    flipped : whether the matrix is transposed
    """

    layer: int = 1
    j: int = 0
    flipped: bool = False

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
    where = hidden_neuron(case, neuron, MOST)
    return Transpose.begun(case, where.layer, where.index[0])


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


def _at(state: Transpose, layer: int, j: int) -> Transpose:
    """A neuron of this layer; one that does not exist gives way to the first hidden one."""
    layer = layer if layer in hidden_layers(state.case) else 1
    return replace(state, layer=layer, j=j if is_hidden(state.case, layer, j) else 0)

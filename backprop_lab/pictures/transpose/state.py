"""Which weights are written out, which neuron's column is lit, and whether the matrix is flipped over its diagonal."""

from dataclasses import dataclass, replace

from backprop_lab import cases
from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.drawing.networks import AtNeuron, hidden_neuron
from backprop_lab.drawing.picture import Event, Press

MOST = 4  # neurons in a layer whose numbers have room


@dataclass(frozen=True)
class Transpose(AtNeuron):
    """A network as it is now, a hidden layer whose weights onward are written out, and its neuron that is lit.

    Parameters
    ----------
    flipped : whether the matrix is transposed
    """

    flipped: bool = False

    @property
    def w(self) -> Array:
        """The weights that lead out of the layer, shape (n_next, n)."""
        return self.case.parameters.w[self.layer + 1]


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
        case Press("transpose"):
            return replace(state, flipped=not state.flipped)
    return state.updated(event)

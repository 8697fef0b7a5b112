"""Which hidden neuron listens, what the next layer says of it, and how often that was sent back."""

from dataclasses import dataclass, replace

import numpy as np

from backprop_lab import cases
from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.drawing.chart import round_scale
from backprop_lab.drawing.networks import OnNetwork, hidden_layers, hidden_neuron, is_hidden
from backprop_lab.drawing.picture import Event, Press, Select, Turn, refuse
from backprop_lab.quantities import Quantity

MOST = 4  # neurons in a layer that have room


@dataclass(frozen=True)
class Opinions(OnNetwork):
    """A network as it is now, a hidden layer of it, and the neuron that is spoken of.

    Parameters
    ----------
    layer, j : the hidden layer, and the neuron in it that is spoken of
    sent : how often the opinions were sent back: each time they run anew
    motion : whether they are seen to run
    """

    layer: int = 1
    j: int = 0
    sent: int = 0
    motion: bool = True

    @property
    def neuron(self) -> Quantity:
        """The neuron that is spoken of."""
        return Quantity("z", self.layer, (self.j,))

    @property
    def delta_next(self) -> Array:
        """δ of the next layer, shape (n_next,)."""
        return self.case.backward_pass.delta[self.layer + 1][:, 0]

    @property
    def said(self) -> Array:
        """Every opinion w_ij δ_i, shape (n_next, n): row i speaks, column j listens."""
        return self.case.parameters.w[self.layer + 1] * self.delta_next[:, np.newaxis]

    @property
    def slope(self) -> Array:
        """σ′ of each neuron of the layer, shape (n,)."""
        return self.case.hidden.prime(self.case.forward_pass.z[self.layer])[:, 0]

    @property
    def delta(self) -> Array:
        """δ of the layer, shape (n,): what each neuron hears, times its σ′."""
        return self.said.sum(axis=0) * self.slope

    @property
    def scale(self) -> float:
        """What fills a bar: it stays while something is moved."""
        return round_scale(float(np.abs(replace(self, case=self.start).said).sum(axis=0).max()))


def begin(case: Case = cases.wide, *, neuron: str = "a1.0") -> Opinions:
    """The opinions w·δ of the next layer on each hidden neuron, their sum, and what σ′ leaves of it: δ.

    Parameters
    ----------
    case : the network it begins on, with at most 4 neurons in a layer; the learner may change to another. Of a batch
        the first example is shown
    neuron : the hidden neuron that is spoken of at first, for instance "a1.2" for neuron 2 of layer 1

    Raises
    ------
    ValueError : a layer has more neurons, or there is no such hidden neuron.
    """
    where = hidden_neuron(case, neuron, MOST)
    return Opinions.begun(case, where.layer, where.index[0])


def update(state: Opinions, event: Event) -> Opinions:
    """Another network, layer or neuron; a weight or bias turned; the last target flipped; the opinions sent back."""
    match event:
        case Turn("network", str(name)) if name in state.offered:
            return _at(replace(state, case=state.offered[name], network=name), state.layer, state.j)
        case Turn("layer"):
            return _at(state, int(event.number), state.j)
        case Turn("motion"):
            return replace(state, motion=bool(event.value))
        case Turn(key):
            return replace(state, case=Quantity.read(key).turned(state.case, event.number))
        case Press("send"):
            return replace(state, sent=state.sent + 1)
        case Press("flip"):
            target = Quantity("y", 0, (state.case.parameters.sizes[-1] - 1,))
            return replace(state, case=target.turned(state.case, 1 - target.value(state.case)))
        case Press("reset"):
            return replace(state, case=state.start)
        case Select(""):
            return state
        case Select(key):
            return replace(state, j=Quantity.read(key).index[0])
    return refuse(event)


def outgoing(state: Opinions, j: int) -> list[Quantity]:
    """The weights that lead out of a neuron of the layer."""
    return [Quantity("w", state.layer + 1, (i, j)) for i in range(len(state.delta_next))]


def _at(state: Opinions, layer: int, j: int) -> Opinions:
    """A neuron of this layer; one that does not exist gives way to the first hidden one."""
    there = (layer, j) if is_hidden(state.case, layer, j) else (layer if layer in hidden_layers(state.case) else 1, 0)
    return replace(state, layer=there[0], j=there[1])

"""Which hidden neuron listens, what the next layer says of it, and how often that was sent back."""

from dataclasses import dataclass, replace

import numpy as np

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.drawing.networks import AtNeuron, hidden_neuron
from backprop_lab.drawing.picture import Event, Press, Turn
from backprop_lab.drawing.plane import round_scale
from backprop_lab.quantities import Quantity
from backprop_lab.validation import Array

MOST = 4  # neurons in a layer that have room


@dataclass(frozen=True)
class Opinions(AtNeuron):
    """A network as it is now, and the hidden neuron that listens.

    Parameters
    ----------
    sent : how often the opinions were sent back: each time they run anew
    motion : whether they are seen to run
    """

    sent: int = 0
    motion: bool = True

    @property
    def neuron(self) -> Quantity:
        """The neuron that is spoken of."""
        return Quantity("z", self.layer, (self.j,))

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
        case Turn("motion"):
            return replace(state, motion=bool(event.value))
        case Press("send"):
            return replace(state, sent=state.sent + 1)
    return state.updated(event)


def outgoing(state: Opinions, j: int) -> list[Quantity]:
    """The weights that lead out of a neuron of the layer."""
    return [Quantity("w", state.layer + 1, (i, j)) for i in range(len(state.delta_next))]

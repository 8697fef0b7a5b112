"""Where the demon sits, what it adds, how closely we look, what it tried before, and what follows from that."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.displacement import displaced, repeated
from backprop_lab.drawing.picture import Event, Press, Select, Turn, refuse
from backprop_lab.network import example_costs
from backprop_lab.quantities import Quantity
from backprop_lab.validation import Array, positive

DEEPEST = 4  # times that the picture is magnified by ten
SAMPLES = 121  # points of a curve
KEPT = 3  # tries that are remembered


class Try(NamedTuple):
    """A nudge that was tried: where, and how large."""

    neuron: Quantity
    amount: float


@dataclass(frozen=True)
class Demon:
    """Where the demon sits, and what it adds.

    Parameters
    ----------
    case : a network with one example; of a batch the first example is shown
    neuron : the weighted input it adds to
    amount : Δz
    reach : the largest |Δz|, before the picture is magnified
    span : the lowest and the highest cost on the curve and on the tangent of any neuron, within reach
    zoom : how often Δz and the cost were magnified by ten
    tries : the last nudges before this one, the newest first
    """

    case: Case
    neuron: Quantity
    amount: float
    reach: float
    span: tuple[float, float]
    zoom: int = 0
    tries: tuple[Try, ...] = ()

    @property
    def shown(self) -> float:
        """The largest |Δz| in the picture now."""
        return self.reach / 10**self.zoom

    @property
    def delta(self) -> float:
        """δ of its neuron, before the nudge."""
        return replace(self.neuron, letter="delta").value(self.case)

    @cached_property
    def cost(self) -> float:
        """C before the nudge."""
        return Quantity("C").value(self.case)

    @property
    def promise(self) -> float:
        """How much the cost would change if it kept its slope: δ·Δz."""
        return self.delta * self.amount

    @cached_property
    def change(self) -> float:
        """How much the cost really changes."""
        return float(costs(self.case, self.neuron, [self.amount])[0]) - self.cost


def begin(case: Case = cases.running, *, selected: str | None = None, amount: float = 0.1, reach: float = 3.0) -> Demon:
    """A demon that adds Δz to the weighted input of a neuron: what δ promises, and what the cost does.

    Parameters
    ----------
    case : a network with one example; of a batch the first example is shown
    selected : key of the neuron where it sits at first, "a1.2" for neuron 2 of layer 1; an output if not given
    amount : Δz at first
    reach : the largest |Δz|

    Raises
    ------
    ValueError : reach is not positive, the amount lies beyond it, or there is no such neuron.
    """
    sizes, reach = case.parameters.sizes, positive("reach", reach)
    neurons = [Quantity("z", layer, (j,)) for layer in case.parameters.layers for j in range(sizes[layer])]
    where = next((each for each in neurons if each.key == selected), None)
    if selected is not None and where is None:
        raise ValueError(f"selected must be the key of a neuron like {neurons[0].key}, got {selected!r}")
    if not abs(amount) <= reach:
        raise ValueError(f"amount must lie within the reach of {reach:g}, got {amount!r}")
    where = where or neurons[-sizes[-1]]
    return Demon(case, where, amount, reach, _span(case, neurons, reach))


def update(state: Demon, event: Event) -> Demon:
    """The demon moved, its nudge turned, made ten times larger or smaller, and the picture magnified with it.

    What was there before a button is pressed, or before the demon moves, is kept as a try.
    """
    match event:
        case Turn("amount"):
            return replace(state, amount=event.number)
        case Press("larger") if state.zoom:
            return replace(_kept(state), amount=_rounded(state.amount * 10), zoom=state.zoom - 1)
        case Press("larger"):
            return replace(_kept(state), amount=float(np.clip(_rounded(state.amount * 10), -state.reach, state.reach)))
        case Press("smaller"):
            return replace(_kept(state), amount=_rounded(state.amount / 10), zoom=min(state.zoom + 1, DEEPEST))
        case Press("other way"):
            return replace(_kept(state), amount=-state.amount)
        case Press("keep"):
            return _kept(state)
        case Select(key):
            neuron = _sits(state, key)
            return replace(_kept(state), neuron=neuron) if neuron != state.neuron else state
    return refuse(event)


def _kept(state: Demon) -> Demon:
    """The nudge that is seen now among the tries, unless it is nothing, or the newest of them already."""
    now = Try(state.neuron, state.amount)
    same = not state.amount or state.tries[:1] == (now,)
    return state if same else replace(state, tries=(now, *state.tries)[:KEPT])


def outcome(state: Demon, tried: Try) -> tuple[float, float]:
    """What δ promises of a nudge, and how the cost moves."""
    then = replace(state, neuron=tried.neuron, amount=tried.amount)
    return then.promise, then.change


def costs(case: Case, neuron: Quantity, amounts: ArrayLike) -> Array:
    """C of the example for each amount that the demon may add to a neuron."""
    batch = repeated(case, len(np.asarray(amounts)))
    after = displaced(batch, "z", neuron.layer, neuron.index, amounts)
    return example_costs(after, batch.y, case.cost)


def _span(case: Case, neurons: list[Quantity], reach: float) -> tuple[float, float]:
    """One scale for all neurons, so that a steep tangent looks steep."""
    amounts, delta = np.linspace(-reach, reach, SAMPLES), case.backward_pass.delta
    curves = [costs(case, each, amounts) for each in neurons]
    before = Quantity("C").value(case)
    tangents = [before + delta[each.layer][each.index[0], 0] * amounts for each in neurons]
    values = np.concatenate([*curves, *tangents])
    return float(values.min()), float(values.max())


def _sits(state: Demon, key: str) -> Quantity:
    """The neuron of a key: of a weight or a bias, the one it leads to. An input has no z: the demon stays."""
    chosen = Quantity.read(key) if key else state.neuron
    return Quantity("z", chosen.layer, chosen.index[:1]) if chosen.layer else state.neuron


def _rounded(amount: float) -> float:
    return round(amount, 12)

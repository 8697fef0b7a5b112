"""Where the demon sits and what it adds: the state, what follows from it, and every way to change it."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.network import ForwardPass, Layers
from backprop_lab.views.diagram import neuron_key, read_key

SMALLEST = 0.01


@dataclass(frozen=True)
class Demon:
    """Where the demon sits, and what it adds.

    Parameters
    ----------
    case : a network with one example; of a batch the first example is shown
    selected : key of the demon's neuron: "a2.0" is neuron 0 of layer 2
    amount : Δz
    reach : the largest |Δz|, at both ends of the curve
    """

    case: Case
    selected: str
    amount: float = 0.1
    reach: float = 3.0

    @property
    def layer(self) -> int:
        """The layer the demon is in."""
        return int(self.selected[1:].split(".")[0])

    @property
    def j(self) -> int:
        """Its neuron there."""
        return int(self.selected.split(".")[1])

    @property
    def delta(self) -> float:
        """δ of its neuron, before the nudge."""
        return float(self.case.backward_pass.delta[self.layer][self.j, 0])

    @property
    def cost(self) -> float:
        """C before the nudge."""
        return float(costs(self, [0.0])[0])

    @property
    def promise(self) -> float:
        """How much the cost would change if it kept its slope: δ·Δz."""
        return self.delta * self.amount

    @property
    def change(self) -> float:
        """How much the cost really changes."""
        return float(costs(self, [self.amount])[0]) - self.cost


def nudged(state: Demon, amounts: ArrayLike) -> ForwardPass:
    """The forward pass with something added to one weighted input, and nothing else: one column for each amount."""
    case, amounts = state.case, np.asarray(amounts)
    z: Layers = {}
    a: Layers = {0: np.repeat(case.x[:, :1], len(amounts), axis=1)}
    for layer, w in case.parameters.w.items():
        z[layer] = w @ a[layer - 1] + case.parameters.b[layer]
        if layer == state.layer:
            z[layer][state.j] += amounts
        a[layer] = (case.hidden if layer < case.parameters.layers[-1] else case.output)(z[layer])
    return ForwardPass(z, a, case.hidden, case.output)


def costs(state: Demon, amounts: ArrayLike) -> Array:
    """C of the example for each amount that the demon may add."""
    a = nudged(state, amounts).prediction
    return state.case.cost.of_example(a, np.repeat(state.case.y[:, :1], a.shape[1], axis=1))


def sit(state: Demon, key: str) -> Demon:
    """Move to the neuron of a key: of a weight or a bias, the one it leads to. An input has no z: all stays."""
    if not key or key.startswith("a0"):
        return state
    _, layer, j, *_ = read_key(key)
    return replace(state, selected=neuron_key(layer, j))


def ten_times(state: Demon) -> Demon:
    """A nudge ten times as large, no further than the demon reaches."""
    return _with_size(state, abs(state.amount) * 10)


def a_tenth(state: Demon) -> Demon:
    """A nudge ten times smaller, but still one."""
    return _with_size(state, abs(state.amount) / 10)


def turned(state: Demon) -> Demon:
    """The same nudge the other way."""
    return replace(state, amount=-state.amount)


def _with_size(state: Demon, size: float) -> Demon:
    size = min(state.reach, max(SMALLEST, size))
    return replace(state, amount=round(-size if state.amount < 0 else size, 2))

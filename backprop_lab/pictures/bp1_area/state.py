"""The rectangle's state, its sides and its area, and where the area is largest."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab.activations import sigmoid
from backprop_lab.costs import Cost, quadratic
from backprop_lab.drawing.networks import COSTS
from backprop_lab.drawing.picture import Event, Press, Select, Turn, refuse
from backprop_lab.equations import bp1
from backprop_lab.quantities import Quantity
from backprop_lab.validation import Array, finite

MOST = 3  # output neurons that fit on one screen


@dataclass(frozen=True)
class Bp1Area:
    """Output neurons, each with its weighted input and its target, the key of the one we hold, and the cost."""

    z: tuple[float, ...]
    y: tuple[float, ...]
    selected: str = "a1.0"
    cost: Cost = quadratic

    @property
    def j(self) -> int:
        """Number of the neuron we hold."""
        return Quantity.read(self.selected).index[0]


def begin(z: ArrayLike = 0.0, y: ArrayLike = 0.0, cost: Cost = quadratic) -> Bp1Area:
    """BP1 as rectangles, one for each output neuron (sigmoid).

    Parameters
    ----------
    z, y : weighted input and target of one neuron, or of at most 3; a target lies in [0, 1]
    cost : `quadratic` or `binary_cross_entropy`, at first; a menu changes it

    Raises
    ------
    ValueError : there are not as many targets as weighted inputs, or too many, or a target lies elsewhere; or the cost
        is another one.
    """
    zs, ys = (tuple(map(float, finite(name, each).ravel())) for name, each in (("z", z), ("y", y)))
    if len(zs) != len(ys):
        raise ValueError(f"y must have as many values as z, {len(zs)}, got {len(ys)}")
    if not 1 <= len(zs) <= MOST:
        raise ValueError(f"z must have 1 to {MOST} values, got {len(zs)}")
    if not all(0 <= each <= 1 for each in ys):
        raise ValueError(f"y must lie between 0 and 1, got {ys}")
    if cost not in COSTS.values():
        raise ValueError(f"cost must be one of {', '.join(map(str, COSTS.values()))}, got {cost}")
    return Bp1Area(zs, ys, cost=cost)


def update(state: Bp1Area, event: Event) -> Bp1Area:
    """z or a target moved, whose neuron we hold from then on; z to the largest area; another neuron or cost."""
    match event:
        case Turn("cost", name):
            return replace(state, cost=COSTS[str(name)])
        case Turn(key):
            moved = Quantity.read(key)
            values = list(getattr(state, moved.letter))
            values[moved.index[0]] = event.number
            held = Quantity("a", 1, moved.index).key
            return replace(state, selected=held, **{moved.letter: tuple(values)})
        case Press("largest"):
            return update(state, Turn(Quantity("z", 1, (state.j,)).code, largest(state.y[state.j])))
        case Select(key):
            return replace(state, selected=key or state.selected)
    return refuse(event)


def sides(z: float, y: float, cost: Cost = quadratic) -> tuple[float, float]:
    """∂C/∂a of the cost, with its sign, and σ′(z)."""
    return float(cost.gradient([sigmoid(z)], [y])[0, 0]), float(sigmoid.prime(z))


def delta(z: float, y: float, cost: Cost = quadratic) -> float:
    """BP1: the area, with the sign of ∂C/∂a."""
    return float(deltas(np.array(z), y, cost))


def deltas(z: Array, y: float, cost: Cost = quadratic) -> Array:
    """BP1 for many z and one target, in the shape of z: each z an example of its own.

    With the cross-entropy it is a − y, which needs no division by a slope that may be 0.
    """
    if cost.output:
        return sigmoid(z) - y
    examples = z.reshape(1, -1)
    return bp1(sigmoid(examples) - y, sigmoid.prime(examples)).reshape(z.shape)


def largest(y: float) -> float:
    """The z with the largest area for this target and the quadratic cost.

    |a − y|·a(1 − a) has its turning points where 3a² − 2(1 + y)a + y = 0; one lies above the target, one below.
    """
    root = np.sqrt((1 + y) ** 2 - 3 * y)
    inside = [a for a in ((1 + y + root) / 3, (1 + y - root) / 3) if 0 < a < 1]
    return max((float(np.log(a / (1 - a))) for a in inside), key=lambda z: abs(delta(z, y)))

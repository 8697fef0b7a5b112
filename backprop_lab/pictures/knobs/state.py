"""The knobs as they are and as they began, how far they were turned in all, and what is known of the cost over each."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.displacement import displaced
from backprop_lab.drawing.picture import Event, Press, Turn, refuse
from backprop_lab.network import example_costs, slope
from backprop_lab.quantities import Quantity, parameters
from backprop_lab.validation import Array, positive

ETA = 1.0
REACH = 2.0  # how far a slider goes to either side of where its knob began


@dataclass(frozen=True)
class Knobs:
    """A network as it is and as it began, the goal and the budget, and what is known of the cost.

    Parameters
    ----------
    goal : the cost to come below
    budget : how far all knobs together may be turned away from where they began
    last, been : key of the knob that was turned last, and the lowest and highest value it has had since
    curves, backward : whether the cost over every knob is drawn; whether the rates are known here
    fall : of the cost, as promised and as it came: right after a step
    """

    case: Case
    start: Case
    goal: float
    budget: float
    last: str = ""
    been: tuple[float, float] = (0.0, 0.0)
    curves: bool = False
    backward: bool = False
    fall: tuple[float, float] | None = None

    @property
    def cost(self) -> float:
        """The cost now."""
        return self.case.mean_cost

    @property
    def turned(self) -> float:
        """How far the knobs are from where they began, all together."""
        now, then = self.case.parameters, self.start.parameters
        pairs = ((now.w, then.w), (now.b, then.b))
        return sum(float(np.abs(one[layer] - other[layer]).sum()) for one, other in pairs for layer in one)

    @property
    def left(self) -> float:
        """What is left of the budget; negative when it is overdrawn."""
        left = self.budget - self.turned
        return left if abs(left) > 1e-9 else 0.0  # 0.7 − 0.3 is not quite 0.4


def begin(case: Case = cases.running, *, goal: float = 0.19, budget: float = 0.4, curves: bool = False) -> Knobs:
    """The cost while knobs are turned by hand, within a budget; then one backward pass gives the rate of each.

    Parameters
    ----------
    case : a network with one example
    goal : the cost to come below
    budget : how far all knobs together may be turned away from where they began
    curves : whether the cost over each knob is drawn at first

    Raises
    ------
    ValueError : there are several examples, or goal or budget is not positive.
    """
    if case.x.shape[1] > 1:
        raise ValueError(f"case must have one example, got {case.x.shape[1]}")
    return Knobs(case, case, positive("goal", goal), positive("budget", budget), curves=bool(curves))


def update(state: Knobs, event: Event) -> Knobs:
    """A knob turned: the rates belonged to where we were, so they are gone. Or curves, a pass, a step, a new start."""
    match event:
        case Turn("curves", value):
            return replace(state, curves=bool(value))
        case Turn(key):
            return _turned(state, Quantity.read(key), event.number)
        case Press("backward"):
            return replace(state, backward=True)
        case Press("step"):
            after = state.case.stepped(ETA)
            fall = promised(state), state.cost - after.mean_cost
            return replace(state, case=after, last="", backward=True, fall=fall)
        case Press("reset"):
            return Knobs(state.start, state.start, state.goal, state.budget, curves=state.curves)
    return refuse(event)


def _turned(state: Knobs, knob: Quantity, value: float) -> Knobs:
    before = knob.value(state.case)
    been = (*state.been, value) if knob.key == state.last else (before, value)
    case = knob.turned(state.case, value)
    return replace(state, case=case, last=knob.key, been=(min(been), max(been)), backward=False, fall=None)


def promised(state: Knobs) -> float:
    """By how much the cost falls in a step, says first order: η times the sum of the squared rates."""
    return ETA * slope(state.case.backward_pass)


def largest(case: Case) -> Quantity:
    """The knob with the largest rate, whatever its sign."""
    return max(parameters(case), key=lambda knob: abs(knob.rate(case)))


def ends(state: Knobs, knob: Quantity) -> tuple[float, float]:
    """As far as the slider of a knob goes: to both sides of where it began, and to where it is."""
    now, began = knob.value(state.case), knob.value(state.start)
    return min(began - REACH, now), max(began + REACH, now)


def costs(case: Case, knob: Quantity, values: ArrayLike) -> Array:
    """C for each value that one knob may have while all others stay: a knob moves z by what it multiplies.

    Parameters
    ----------
    case : the example repeated, once for each value
    """
    carried = case.forward_pass.a[knob.layer - 1][knob.index[1]] if knob.letter == "w" else 1.0
    amounts = carried * (np.asarray(values, dtype=float) - knob.value(case))
    after = displaced(case, "z", knob.layer, knob.index[:1], amounts)
    return example_costs(after, case.y, case.cost)

"""What the gears show: a weight that is turned, and everything that turns with it, on its way to the cost."""

from dataclasses import replace
from typing import ClassVar

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.drawing.markup import lowered
from backprop_lab.drawing.nudged import MOST, Moved, Nudged
from backprop_lab.drawing.picture import Event, Turn
from backprop_lab.quantities import COST, Quantity

REACH = 2.0


class Gears(Nudged):
    """A weight, how far it is turned, which paths, here trains of gears, are off, and which gear is selected."""

    NAMES: ClassVar[tuple[str, str]] = ("train", "g")


def begin(case: Case = cases.running, weight: str = "w2.0.0") -> Gears:
    """Turn one weight and see what its rates promise for the cost, and what is measured.

    Parameters
    ----------
    case : a network with one example; of a batch the first example is shown
    weight : "w2.0.1" for w[2][0, 1]; of the last layer, or of the one before it

    Raises
    ------
    ValueError : more than one layer comes after the weight's, or more than three outputs; or the output is softmax
        with the quadratic cost, where every z moves all outputs.
    """
    last, chosen = case.parameters.layers[-1], Quantity.read(weight)
    if chosen.letter != "w" or chosen.layer < last - 1 or not chosen.belongs_to(case):
        layers = " or ".join(map(str, case.parameters.layers[-2:]))
        raise ValueError(f"weight must be one of layer {layers}, got {weight!r}")
    state = Gears(case, chosen)
    if len(state.paths) > MOST:
        raise ValueError(f"case must have at most {MOST} outputs after the weight, got {len(state.paths)}")
    return state


def update(state: Gears, event: Event) -> Gears:
    """The weight turned, a train coupled in or out, a gear chosen."""
    match event:
        case Turn("turn"):
            return replace(state, amount=event.number)
    return state.updated(event)


def axles(state: Gears) -> dict[str, Moved]:
    """Everything that turns, by name; where there are several trains, the cost comes after all their shares of it."""
    found = {each.quantity.code if each.path is None or each.quantity != COST else f"C{lowered(each.path)}": each
             for each in state.moves}  # fmt: skip
    if state.shared:
        found["C"] = Moved(COST, None, len(state.paths[0]) + 1, state.promised, state.measured)
    return found

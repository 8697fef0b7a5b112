"""What the number lines show: what is nudged and how far, and what else can be."""

from dataclasses import replace
from math import isclose

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.drawing.nudged import MOST, Moved, Nudged
from backprop_lab.drawing.picture import Event, Turn
from backprop_lab.quantities import Quantity, parameters

REACH = 1.0


def begin(case: Case = cases.running, start: str = "w2.0.0") -> Nudged:
    """A nudge of one weight, bias or weighted input on number lines, from its own line to that of the cost.

    Parameters
    ----------
    case : a network with one example; of a batch the first example is shown
    start : "w2.0.1" for w[2][0, 1], "b2.0" for b[2][0], "z2.0" for z[2][0]; of the last layer, or the one before it

    Raises
    ------
    ValueError : start is no weight, bias or z of these layers; or more than three paths lead from it to the cost; or
        the output is softmax with the quadratic cost, where every z moves all outputs.
    """
    last, chosen = case.parameters.layers[-1], Quantity.read(start)
    if chosen not in [*parameters(case), *_inputs_of_neurons(case)] or chosen.layer < last - 1:
        layers = " or ".join(map(str, case.parameters.layers[-2:]))
        raise ValueError(f"start must be a weight, bias or z of layer {layers}, got {start!r}")
    state = Nudged(case, chosen)
    if len(state.paths) > MOST:
        many = case.parameters.sizes[-1]
        raise ValueError(f"case must have at most {MOST} outputs for a start in layer {last - 1}, got {many}")
    return state


def starts(state: Nudged) -> list[Quantity]:
    """What else of the start's layer can be nudged: from all of these as many arrows lead to the cost."""
    some = _inputs_of_neurons(state.case) if state.start.letter == "z" else parameters(state.case)
    return [each for each in some if each.layer == state.start.layer]


def _inputs_of_neurons(case: Case) -> list[Quantity]:
    """The weighted input of every neuron."""
    return [Quantity("z", layer, (j,)) for layer, b in case.parameters.b.items() for j in range(len(b))]


def update(state: Nudged, event: Event) -> Nudged:
    """The nudge turned, another start, a path opened or closed, a rate chosen."""
    match event:
        case Turn("amount"):
            return replace(state, amount=event.number)
        case Turn("start", code):
            return replace(state, start=Quantity.read(str(code)), closed=frozenset(), selected="")
    return state.updated(event)


def agree(moved: Moved) -> bool:
    """Whether promise and measurement are the same to four decimals."""
    return isclose(moved.promised, moved.measured, abs_tol=5e-5)

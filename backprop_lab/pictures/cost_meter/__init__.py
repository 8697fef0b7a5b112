"""What a gradient takes, by one backward pass and by differences, as the network grows: counted, and timed here."""

from dataclasses import replace

from backprop_lab.drawing.picture import Event, Press, Turn, refuse
from backprop_lab.pictures.cost_meter.state import PARTS, CostMeter, begin, offered, presets
from backprop_lab.pictures.cost_meter.view import view
from backprop_lab.work import measure

__all__ = ["CostMeter", "begin", "update", "view"]


def update(state: CostMeter, event: Event) -> CostMeter:
    """Other sizes; or both ways timed on this machine, which takes about a second at most."""
    match event:
        case Turn("network", str(name)) if name in presets(state):
            return replace(state, sizes=presets(state)[name])
        case Turn(part) if part in PARTS:
            return state.resized(part, offered(state, part)[round(event.number)])
        case Press("measure"):
            return replace(state, taken={**state.taken, state.sizes: measure(state.sizes)})
    return refuse(event)

"""BP4 as a multiplication table: δ down the side, activations along the top, a gradient where they cross."""

from dataclasses import replace

from backprop_lab.drawing.picture import Event, Press, Select, Turn, refuse
from backprop_lab.pictures.gradient_table.state import GradientTable, at_layer, begin, choose, moved, on, stepped
from backprop_lab.pictures.gradient_table.view import view
from backprop_lab.quantities import Quantity

__all__ = ["GradientTable", "begin", "update", "view"]


def update(state: GradientTable, event: Event) -> GradientTable:
    """Another network, layer, example or cell; a number moved; a step downhill."""
    match event:
        case Turn("network", str(name)):
            return on(state, state.among[name])
        case Turn("layer"):
            return at_layer(state, int(event.number))
        case Turn("example"):
            return replace(state, example=int(event.number))
        case Turn("mean"):
            return replace(state, mean=bool(event.value))
        case Turn(key):
            return moved(state, Quantity.read(key), event.number)
        case Press("step"):
            return stepped(state)
        case Press("reset"):
            return replace(state, case=state.start, before=None)
        case Select(""):
            return state
        case Select(key):
            return choose(state, Quantity.read(key))
    return refuse(event)

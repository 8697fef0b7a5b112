"""The gradient of a layer for every example, a stack [example, neuron, weight], and what it collapses to."""

from dataclasses import replace

from backprop_lab.drawing.picture import Event, Press, Select, Turn, refuse
from backprop_lab.pictures.per_example_gradients.state import COLLAPSES, PerExample, begin
from backprop_lab.pictures.per_example_gradients.view import view

__all__ = ["PerExample", "begin", "update", "view"]


def update(state: PerExample, event: Event) -> PerExample:
    """Another slice in front, another entry held, the stack collapsed."""
    match event:
        case Turn("example"):
            return replace(state, example=int(event.number))
        case Press(key) if key.removeprefix("collapse ") in COLLAPSES:
            return replace(state, collapse=key.removeprefix("collapse "))
        case Select(""):
            return state
        case Select(key) if key.startswith("slice "):
            return replace(state, example=int(key.removeprefix("slice ")))
        case Select(key) if key.startswith("entry "):
            j, k = key.removeprefix("entry ").split(",")
            return replace(state, entry=(int(j), int(k)))
    return refuse(event)

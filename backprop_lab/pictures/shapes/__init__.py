"""Matrices as cards with their shapes: two click together only in the right order and with the right transpose."""

from dataclasses import replace

from backprop_lab.drawing.picture import Event, Press, Select, Turn, refuse
from backprop_lab.pictures.shapes.state import Shapes, begin, choose, taken_back
from backprop_lab.pictures.shapes.view import GOALS, view

__all__ = ["Shapes", "begin", "update", "view"]


def update(state: Shapes, event: Event) -> Shapes:
    """Another goal or layer, with an empty table; a card placed or taken back; an entry of the product."""
    match event:
        case Turn("layer"):
            return Shapes(state.case, int(event.number), state.goal)
        case Press("back"):
            return Shapes(state.case, state.layer, state.goal)
        case Press(key) if key.removeprefix("goal ") in GOALS:
            return Shapes(state.case, state.layer, key.removeprefix("goal "))
        case Select(""):
            return state
        case Select("placed0" | "placed1"):
            return taken_back(state, int(event.key[-1]))
        case Select(key) if key in state.cards:
            return choose(state, key)
        case Select(key) if key.startswith("entry "):
            i, j = key.removeprefix("entry ").split(",")
            return replace(state, entry=(int(i), int(j)))
    return refuse(event)

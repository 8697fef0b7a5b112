"""What a hand can do in a picture, read off its markup: the same for every picture, so that none is forgotten."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from xml.etree import ElementTree

from backprop_lab.drawing.picture import Event, Picture, Press, Select, Tick, Turn

WORDS = ("", "?", "w[1][2, 0]", "0.25")  # what is typed into a field


class Play(NamedTuple):
    """A picture with a state to begin with."""

    state: Any
    view: Callable[[Any], Picture]
    update: Callable[[Any, Event], Any]


def parsed(picture: Picture) -> Any:
    """The markup as a tree: it is well formed, whatever stands in it."""
    return ElementTree.fromstring(f"<div>{picture.markup}</div>")


def events(picture: Picture) -> Iterator[Event]:
    """All that can be done now: sliders to their ends, menus to each option, every button, every choice, and time."""
    if picture.ticking:
        yield Tick()
    for node in parsed(picture).iter():
        turn, press, select = (node.get(f"data-{kind}") for kind in ("turn", "press", "select"))
        if turn:
            yield from (Turn(turn, value) for value in _values(node))
        if press and node.get("aria-disabled") != "true":
            yield Press(press)
        if select:
            yield Select(select)
        if drag := node.get("data-drag"):
            yield from (Turn(drag, float(node.get(f"data-{end}", 0))) for end in ("min", "max", "value"))


def _values(node: ElementTree.Element) -> list[float | str | bool]:
    if node.tag == "select":
        return [option.get("value", "") for option in node.iter("option")]
    if node.get("type") == "range":
        low, high, now = (float(node.get(end, 0)) for end in ("min", "max", "value"))
        return [low, high, now]
    if node.get("type") == "radio":
        return [node.get("value", "")]
    return [True, False] if node.get("type") == "checkbox" else [*WORDS]

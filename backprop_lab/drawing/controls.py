"""What a hand takes hold of in a picture: native sliders, buttons, menus, switches and fields, each with a key.

All are disabled in the text, so that a saved picture does not pretend; the stage that shows them takes that off.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from backprop_lab.cases import Case
from backprop_lab.drawing.html import spark
from backprop_lab.drawing.markup import Markup, element, plain, signed
from backprop_lab.quantities import Quantity

ENDS = {"a": (-2.0, 2.0), "y": (0.0, 1.0), "w": (-4.0, 4.0), "b": (-4.0, 4.0)}  # as far as a number is turned


def slider(
    key: str, name: str, value: float, ends: tuple[float, float], *, step: float = 0.01, says: str = ""
) -> Markup:
    """A slider for one number; a value beyond its ends widens it."""
    low, high = min(ends[0], value), max(ends[1], value)
    place = {"min": _digits(low), "max": _digits(high), "step": _digits(step), "value": _digits(value)}
    words = {"aria_label": name, "aria_valuetext": says or signed(value)}
    return element("input", type="range", data_turn=key, **place, **words, disabled="")


def row(
    key: str,
    name: object,
    value: float,
    ends: tuple[float, float],
    *,
    step: float = 0.01,
    shown: str = "",
    label: str = "",
    rate: float | None = None,
    scale: float = 1.0,
    decimals: int = 5,
    on: bool = False,
) -> Markup:
    """A slider with its name before it and its value behind, and the rate of what follows as a bar and a number.

    Parameters
    ----------
    shown : the value as it is written; if not given with two decimals, and with its sign where it may be negative
    label : the name for a screen reader, where `name` is markup
    rate, scale, decimals : what fills half of the bar, and how the rate is written; without a rate there is no bar
    on : whether it is spoken of
    """
    shown = shown or (signed if ends[0] < 0 else plain)(value)
    handle = slider(key, label or str(name), value, ends, step=step, says=shown)
    parts = [element("span", name), handle, element("span", shown, class_="bl-value")]
    if rate is not None:
        parts += [spark(rate, scale), element("span", signed(rate, decimals), class_="bl-value")]
    look = f"bl-turn{' bl-rated' if rate is not None else ''}{' bl-on' if on else ''}"
    return element("div", *parts, data_key=f"turn {key}", class_=look)


def row_of(case: Case, quantity: Quantity, **more: Any) -> Markup:
    """A row for a number of a network."""
    return row(quantity.key, quantity.code, quantity.value(case), ENDS[quantity.letter], **more)


def rows(*parts: object) -> Markup:
    """Rows of sliders below one another, in columns where there is room."""
    return element("div", *parts, class_="bl-turns")


def button(key: str, words: str, *, on: bool = True, pressed: bool | None = None) -> Markup:
    """A button; `on` is False while pressing it would do nothing, `pressed` tells whether a switch is on."""
    state = {"aria_pressed": None if pressed is None else str(pressed).lower(), "aria_disabled": None if on else "true"}
    return element("button", words, type="button", data_press=key, data_key=f"press {key}", **state, disabled="")


def buttons(*parts: object) -> Markup:
    """Buttons, menus and switches side by side."""
    return element("div", *parts, class_="bl-buttons")


def menu(key: str, name: str, options: Iterable[Any] | Mapping[Any, str], chosen: object) -> Markup:
    """A menu with its name before it; options are values, or values with the words that stand for them."""
    words = options if isinstance(options, Mapping) else {each: str(each) for each in options}
    if str(chosen) not in map(str, words):  # begun with what the menu does not offer: it shows what runs
        words = {chosen: str(chosen), **words}
    offered = [
        element("option", label, value=str(each), selected="" if str(each) == str(chosen) else None)
        for each, label in words.items()
    ]
    select = element("select", *offered, data_turn=key, aria_label=name, disabled="")
    return element("label", element("span", name), select, class_="bl-menu", data_key=f"turn {key}")


def tick(key: str, name: object, on: bool, *, locked: bool = False, says: str | None = None) -> Markup:
    """A switch that is on or off, with its name behind it; `locked` while it can only be looked at.

    A name that is a formula is no name to axe: `says` has it in words.
    """
    box = element("input", type="checkbox", **_held(key, locked), checked="" if on else None, aria_label=says)
    return element("label", box, element("span", name), class_="bl-tick", data_key=f"turn {key}")


def radio(key: str, value: str, name: object, on: bool, *, locked: bool = False, says: str | None = None) -> Markup:
    """One of several answers of which one is chosen: those with the same key; a `Turn` of the key has its value."""
    checked = "" if on else None
    dot = element("input", type="radio", value=value, **_held(key, locked), checked=checked, aria_label=says)
    return element("label", dot, element("span", name), class_="bl-tick", data_key=f"turn {key} {value}")


def entry(key: str, name: str, value: str, *, hint: str = "type it here", locked: bool = False) -> Markup:
    """A field for text; what is typed is told when Enter is pressed, or when the field is left."""
    field = element("input", type="text", **_held(key, locked), value=value, placeholder=hint, aria_label=name,
                    autocomplete="off", spellcheck="false")  # fmt: skip
    return element("label", element("span", name), field, class_="bl-entry", data_key=f"turn {key}")


def _held(key: str, locked: bool) -> dict[str, object]:
    """Attributes of what the stage takes hold of; without a key it leaves it as it is."""
    return {"data_turn": None if locked else key, "disabled": ""}


def _digits(value: float) -> str:
    return f"{value:.6g}"

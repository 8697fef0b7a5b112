"""What lies around drawings: panes on one screen, cards, tables, symbols in running text, a folded legend."""

import re
from collections.abc import Iterable, Sequence

from backprop_lab.drawing.markup import Markup, element, fragment
from backprop_lab.drawing.mathml import notation
from backprop_lab.drawing.svg import bar, line

REACH = 108.0


def screen(picture: object, controls: object, more: object = "", *, look: str = "") -> Markup:
    """Three panes: side by side where there is room, below one another in this order where there is not.

    Wide: the picture with `more` below it at the left, the controls at the right. Narrow: picture, controls, more.
    """
    panes = (("picture", picture), ("controls", controls), ("more", more))
    shown = [element("div", pane, class_=f"bl-pane-{name}") for name, pane in panes if pane != ""]
    return element("div", element("div", *shown, class_=f"bl-panes {look}".strip()), class_="bl-screen")


def title(words: object, note: object = "") -> Markup:
    """A heading, with a note at its right."""
    return element("p", element("span", words), element("span", note, class_="bl-caption"), class_="bl-title")


def legend(*words: object) -> Markup:
    """How the picture is read, folded into a question mark."""
    mark = element("summary", "?", aria_label="How this picture is read")
    return element("details", mark, *(element("p", each) for each in words), class_="bl-legend")


def card(*parts: object, on: bool = False, look: str = "", **more: object) -> Markup:
    """A framed part of a picture."""
    return element("div", *parts, class_=f"bl-card {look}{' bl-on' if on else ''}".strip(), **more)


def code(*pieces: object, shapes: str = "", on: bool = False) -> Markup:
    """A line of code, with the shapes it works on."""
    note = element("span", f"  # {shapes}", class_="bl-caption") if shapes else ""
    return element("code", *pieces, note, class_="bl-code bl-on" if on else "bl-code")


def marked(words: str, on: bool = True) -> Markup:
    """Words that are spoken of."""
    return element("mark", words) if on else fragment(words)


def math(written: str) -> Markup:
    """A symbol or short formula in running text, as `notation` reads it."""
    return element("math", *notation(written))


def stacked(lines: Iterable[object]) -> list[Markup]:
    """Values below one another."""
    return [element("div", each) for each in lines]


def spark(value: float, scale: float) -> Markup:
    """A bar to the right of the line for a positive value, to the left for a negative one."""
    drawn = bar(REACH + 2, 4, value, scale, REACH, 12), line(REACH + 2, 0, REACH + 2, 20)
    size = f"0 0 {2 * REACH + 4:g} 20"
    return element("svg", *drawn, viewBox=size, preserveAspectRatio="none", class_="bl-spark", aria_hidden="true")


def table(
    head: Sequence[object], *rows: Sequence[object], caption: object = "", look: str = "", to_come: int = 0
) -> Markup:
    """A table whose first row, if there is one, and first column name the others; then rows to come, of dashes."""
    names = [element("th", each, scope="col") if each != "" else element("td") for each in head]
    top = element("tr", *names) if names else ""
    body = [
        element("tr", element("th", first, scope="row"), *(element("td", each) for each in rest))
        for first, *rest in rows
    ]
    body += [element("tr", *[element("td", "–")] * len(head), aria_hidden="true")] * to_come
    named = element("caption", caption) if caption else ""
    return element("table", named, top, *body, class_=f"bl-table {look}".strip())


def room(shown: object, *longest: str) -> Markup:
    """Words that come and go, with room for the longest of them at any width: letters of the same number, unseen."""
    words = max(longest, key=len)
    text = re.sub(r"<[^>]*>", "", words) if isinstance(words, Markup) else words
    unseen = re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "0", text)).replace("−", "+")
    return element("div", element("div", shown), class_="bl-room", data_room=unseen)

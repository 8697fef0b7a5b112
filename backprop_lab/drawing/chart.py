"""Two small charts that follow a slider: signed bars, and a line over steps."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from backprop_lab.drawing.markup import Markup, counted, element, fragment, plain, signed
from backprop_lab.drawing.plane import Plane, curve, thinned
from backprop_lab.drawing.svg import bar, box, sheet, text

WIDTH, LEFT, RIGHT = 440.0, 96.0, 84.0
POINTS = 201  # of a line: more cannot be told apart


class Bar(NamedTuple):
    """One bar: its name, its value, and the key of what it stands for."""

    name: str
    value: float
    key: str = ""


def bars(
    title: str, entries: Sequence[Bar], *, scale: float, decimals: int = 4, lit: str = "", low: int = -1
) -> Markup:
    """Signed bars below one another; a bar as long as its half of the chart is worth `scale`.

    A bar that is longer ends in an arrow at the edge; the number beside it stays right. `low=0`: nothing is negative.
    """
    reach = (WIDTH - LEFT - RIGHT) / (1 - low)
    zero, bottom = LEFT - low * reach, 34 + 22 * len(entries)
    write = partial(signed if low else plain, decimals=decimals)
    rows = [_row(entry, 34 + 22 * at, zero, reach, scale, write, lit) for at, entry in enumerate(entries)]
    axis = element("line", x1=zero, x2=zero, y1=26.0, y2=bottom, class_="bl-zero")
    ends = [
        text(zero + at * reach, bottom + 16, (signed if low else plain)(at * scale), look="caption", to="middle")
        for at in (low, 1)
    ]
    words = "; ".join(f"{entry.name}: {write(entry.value)}" for entry in entries)
    return _frame(title, bottom + 24, f"{title}. {words}", *rows, axis, *ends)


def line(title: str, values: Sequence[float], *, unit: str, height: float = 150.0) -> Markup:
    """Values over steps of some `unit`, from zero to the largest; the last one is written at its point."""
    top, bottom, end = 34.0, height - 26, WIDTH - RIGHT
    high, count = max(*values, 1e-12), len(values) - 1
    plane = Plane(LEFT, top, end - LEFT, bottom - top, (0, max(1, count)), (0, high))
    some, y = thinned(len(values), POINTS), plane.down(values[-1])
    label = partial(element, "text", class_="bl-caption")
    parts = [
        element("path", d=f"M{LEFT:g} {top:g}V{bottom:g}H{end:g}", class_="bl-zero"),
        curve(plane, some, np.array(values)[some]),
        label(plain(high), x=LEFT - 8, y=top + 5, text_anchor="end"),
        label("0", x=LEFT - 8, y=bottom + 5, text_anchor="end"),
        label("start", x=LEFT, y=bottom + 18, text_anchor="middle"),
        label(counted(count, unit), x=end, y=bottom + 18, text_anchor="end") if count else "",
        element("circle", cx=plane.across(count), cy=y, r=4, class_="bl-point"),
        element("text", plain(values[-1], 4), x=end + 10, y=min(y + 5, bottom), class_="bl-value"),
    ]
    first, last = plain(values[0], 4), plain(values[-1], 4)
    return _frame(title, height, f"{title}. It began at {first} and is {last} after {counted(count, unit)}.", *parts)


def _row(
    entry: Bar, y: float, zero: float, reach: float, scale: float, write: Callable[[float], str], lit: str
) -> Markup:
    return fragment(
        box(2, y - 1, WIDTH - 4, 20, "lit", rx=5) if entry.key and entry.key == lit else "",
        text(8, y + 14, entry.name, look="value"),
        bar(zero, y + 3, entry.value, scale, reach, 12),
        text(WIDTH - 8, y + 14, write(entry.value), look="value", to="end"),
    )


def _frame(title: str, height: float, words: str, *parts: object) -> Markup:
    heading = element("text", title, x=8.0, y=16, class_="bl-strong")
    return sheet(WIDTH, height, heading, *parts, look="bl-chart", says=words)

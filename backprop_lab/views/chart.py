"""Two small charts that follow a slider: signed bars, and a line over steps."""

from collections.abc import Sequence
from typing import NamedTuple

from backprop_lab.markup import Markup, element, fragment, plain, signed

WIDTH, LEFT, RIGHT = 440.0, 96.0, 84.0


class Bar(NamedTuple):
    """One bar: its name, its value, and the key of what it stands for."""

    name: str
    value: float
    key: str = ""


def bars(title: str, entries: Sequence[Bar], *, scale: float, decimals: int = 4, lit: str = "") -> Markup:
    """Signed bars below one another; a bar as long as its half of the chart is worth `scale`.

    A bar that is longer ends in an arrow at the edge; the number beside it stays right.
    """
    reach = (WIDTH - LEFT - RIGHT) / 2
    zero, bottom = LEFT + reach, 34 + 22 * len(entries)
    rows = [_row(entry, 34 + 22 * at, zero, reach, scale, decimals, lit) for at, entry in enumerate(entries)]
    axis = element("line", x1=zero, x2=zero, y1=26.0, y2=bottom, class_="bl-zero")
    ends = [
        element("text", signed(end, 2), x=zero + at * reach, y=bottom + 16, text_anchor="middle", class_="bl-caption")
        for at, end in ((-1, -scale), (1, scale))
    ]
    words = "; ".join(f"{entry.name}: {signed(entry.value, decimals)}" for entry in entries)
    return _frame(title, bottom + 24, f"{title}. {words}", *rows, axis, *ends)


def line(title: str, values: Sequence[float], *, height: float = 150.0, decimals: int = 4) -> Markup:
    """Values over steps, from zero up to the largest; the first and the last are written beside their points."""
    top, bottom = 34.0, height - 26
    high = max(*values, 1e-12) if len(values) > 1 else max(values[0], 1e-12)
    across = (WIDTH - LEFT - RIGHT) / max(1, len(values) - 1)
    points = [(LEFT + at * across, bottom - (bottom - top) * value / high) for at, value in enumerate(values)]
    (x, y), last = points[-1], values[-1]
    path = element("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), class_="bl-curve")
    axis = element("path", d=f"M{LEFT:g} {top:g}V{bottom:g}H{WIDTH - RIGHT:g}", class_="bl-zero")
    marks = [
        element("text", plain(high, 2), x=LEFT - 8, y=top + 5, text_anchor="end", class_="bl-caption bl-value"),
        element("text", "0", x=LEFT - 8, y=bottom + 5, text_anchor="end", class_="bl-caption"),
        element("text", "start", x=LEFT, y=bottom + 18, text_anchor="middle", class_="bl-caption"),
        element(
            "text", _steps(len(values) - 1), x=WIDTH - RIGHT, y=bottom + 18, text_anchor="end", class_="bl-caption"
        ),
        element("circle", cx=x, cy=y, r=4, class_="bl-point"),
        element(
            "text", plain(last, decimals), x=WIDTH - RIGHT + 10, y=min(max(y + 5, top + 5), bottom), class_="bl-value"
        ),
    ]
    words = f"{title}. It began at {plain(values[0], decimals)} and is {plain(last, decimals)} after {_steps(len(values) - 1)}"
    return _frame(title, height, words, axis, path, *marks)


def _steps(count: int) -> str:
    return "1 step" if count == 1 else f"{count} steps"


def _row(entry: Bar, y: float, zero: float, reach: float, scale: float, decimals: int, lit: str) -> Markup:
    share = abs(entry.value) / scale
    length = max(1.0, min(1.0, share) * reach)
    way = 1 if entry.value >= 0 else -1
    sign = "bl-positive" if way > 0 else "bl-negative"
    back = (
        element("rect", x=2.0, y=y - 1, width=WIDTH - 4, height=20, rx=5, class_="bl-row-lit")
        if entry.key and entry.key == lit
        else ""
    )
    tip = zero + way * reach
    beyond = element("path", d=f"M{tip:g} {y + 2:g}l{way * 8} 7l{-way * 8} 7z", class_=sign) if share > 1 else ""
    return fragment(
        back,
        element("text", entry.name, x=8.0, y=y + 14, class_="bl-symbol"),
        element("rect", x=zero if way > 0 else zero - length, y=y + 3, width=length, height=12, rx=2, class_=sign),
        beyond,
        element("text", signed(entry.value, decimals), x=WIDTH - 8, y=y + 14, text_anchor="end", class_="bl-value"),
    )


def _frame(title: str, height: float, words: str, *parts: object) -> Markup:
    heading = element("text", title, x=8.0, y=16, class_="bl-strong")
    return element(
        "svg", heading, *parts, viewBox=f"0 0 {WIDTH:g} {height:g}", role="img", aria_label=words, class_="bl-chart"
    )

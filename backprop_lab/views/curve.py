"""A function as a curve between fixed axes, with the point where we are, its tangent, and the curve as it began."""

from collections.abc import Callable
from functools import partial

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.drawing.markup import Markup, element, plain, signed

WIDTH, HEIGHT = 348.0, 240.0
LEFT, RIGHT, TOP, BOTTOM = 36.0, 332.0, 54.0, 210.0
MARGIN = 0.15  # above 1 and below 0, so that a tangent stays inside
SAMPLES, REACH = 97, 2.0  # points of a curve; how far a tangent goes to either side

Function = Callable[[Array], Array]


def curve(
    name: str,
    f: Function,
    at: float,
    *,
    ends: tuple[float, float],
    before: Function | None = None,
    slope: float | None = None,
    notes: tuple[str, str] = ("", ""),
) -> Markup:
    """f, with values from 0 to 1, over one variable `name` between two ends; `at` is where we are.

    Parameters
    ----------
    before : the function as it began, drawn thin
    slope : of the tangent, which is drawn if it is given
    notes : what stands above the curve, to the left and to the right
    """
    low, high = ends
    value, inside = float(f(np.array(at))), min(max(at, low), high)
    across = partial(_across, low, high)
    text = partial(element, "text", y=BOTTOM + 20, class_="bl-caption")
    parts = [
        element("text", notes[0], x=8.0, y=20, class_="bl-strong"),
        element("text", notes[1], x=WIDTH - 8, y=42, text_anchor="end", class_="bl-value"),
        *_axes(across(0.0)),
        _line(before, ends, "bl-before") if before else "",
        _line(f, ends, "bl-graph"),
        element("path", d=f"M{LEFT:g} {_up(value):.2f}H{RIGHT:g}", stroke_dasharray="2 4", class_="bl-zero"),
        _tangent(ends, at, value, slope) if slope is not None and at == inside else "",
        _point(across(inside), _up(value), at - inside),
        text(signed(low, 0), x=LEFT, text_anchor="middle"),
        text("0", x=across(0.0), text_anchor="middle"),
        text(signed(high, 0), x=RIGHT - 4, text_anchor="middle"),
        text(name, x=(across(0.0) + RIGHT) / 2, text_anchor="middle"),
        text("thin: as it began", x=(across(0.0) + LEFT) / 2, text_anchor="middle") if before else "",
    ]
    words = f"{notes[0]}. At {name} = {signed(at)} it is {plain(value)}."
    return element("svg", *parts, viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}", role="img", aria_label=words, class_="bl-curves")


def _across(low: float, high: float, value: float) -> float:
    return LEFT + (value - low) / (high - low) * (RIGHT - LEFT)


def _up(value: float) -> float:
    return BOTTOM - (value + MARGIN) / (1 + 2 * MARGIN) * (BOTTOM - TOP)


def _axes(zero: float) -> list[Markup]:
    """The frame, with a = 0, ½ and 1 to the left."""
    label = partial(element, "text", x=LEFT - 10, text_anchor="end", class_="bl-caption")
    lines = "".join(f"M{LEFT:g} {_up(a):.2f}H{RIGHT:g}" for a in (0.0, 1.0))
    return [
        element("path", d=f"{lines}M{zero:.2f} {TOP:g}V{BOTTOM:g}", class_="bl-zero"),
        *(label(name, y=_up(a) + 5) for name, a in (("0", 0.0), ("½", 0.5), ("1", 1.0))),
    ]


def _line(f: Function, ends: tuple[float, float], class_: str) -> Markup:
    values = np.linspace(*ends, SAMPLES)
    points = " ".join(f"{_across(*ends, x):.1f},{_up(y):.1f}" for x, y in zip(values, f(values), strict=True))
    return element("polyline", points=points, class_=class_)


def _tangent(ends: tuple[float, float], at: float, value: float, slope: float) -> Markup:
    places = max(at - REACH, ends[0]), min(at + REACH, ends[1])
    (x1, y1), (x2, y2) = ((_across(*ends, place), _up(value + slope * (place - at))) for place in places)
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_="bl-tangent")


def _point(x: float, y: float, beyond: float) -> Markup:
    """A disc; where the axis has ended, an arrow that points on."""
    if not beyond:
        return element("circle", cx=x, cy=y, r=6.5, class_="bl-here")
    way = 9 if beyond > 0 else -9
    return element("path", d=f"M{x:.2f} {y - 9:.2f}l{way} 9l{-way} 9z", class_="bl-here")

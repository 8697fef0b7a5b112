"""A plane to plot in: it knows where a point lies, and draws axes and curves for views that follow a slider."""

import math
from collections.abc import Mapping
from typing import NamedTuple, TypeVar

import numpy as np

from backprop_lab.drawing.markup import Markup, element, fragment, plain, power_of_ten
from backprop_lab.drawing.svg import line, text
from backprop_lab.validation import Array

Numbers = TypeVar("Numbers", float, Array)
RUNS = (
    "bl-run",
    *(f"bl-run bl-{nth}" for nth in ("second", "third", "fourth", "fifth")),
)  # of a plane, told apart by dashes


class Plane(NamedTuple):
    """A box of an SVG, in its units, and the numbers at the box's edges."""

    left: float
    top: float
    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def across(self, x: float) -> float:
        """Where a number stands on the x axis; one outside the plane stands at its edge."""
        return self.of_x(min(max(x, self.x[0]), self.x[1]))

    def down(self, y: float) -> float:
        """Where a number stands on the y axis; one outside the plane stands at its edge."""
        return self.of_y(min(max(y, self.y[0]), self.y[1]))

    def of_x(self, x: Numbers) -> Numbers:
        """The same for one number or many, all within the plane."""
        low, high = self.x
        return self.left + self.width * (x - low) / (high - low)

    def of_y(self, y: Numbers) -> Numbers:
        """The same for one number or many, all within the plane."""
        low, high = self.y
        return self.top + self.height * (high - y) / (high - low)


def curve(plane: Plane, x: Array, y: Array, class_: str = "bl-curve", **look: str | None) -> Markup:
    """A line through points that lie in the plane."""
    flat = np.empty(2 * len(x))  # all at once: a picture with a curve for each knob is drawn anew at every key
    flat[::2] = plane.of_x(np.minimum(np.maximum(x, plane.x[0]), plane.x[1]))
    flat[1::2] = plane.of_y(np.minimum(np.maximum(y, plane.y[0]), plane.y[1]))
    points = ("%.1f,%.1f " * len(x) % tuple(flat.tolist()))[:-1]
    return element("polyline", points=points, class_=class_, **look)


def tangent(plane: Plane, x: float, y: float, slope: float, reach: float) -> Markup:
    """A piece of the straight line through a point, as far to either side as it goes or as the plane does."""
    beside = np.clip([x - reach, x + reach], *plane.x)
    return curve(plane, beside, y + slope * (beside - x), "bl-tangent")


def touching(plane: Plane, x: float, y: float, slope: float, reach: float) -> Markup:
    """A piece of the tangent as `tangent` draws it, which also ends where it would leave the plane above or below."""
    steep = max(abs(slope), 1e-12)
    up, down = (min(reach, max(0.0, room) / steep) for room in (plane.y[1] - y, y - plane.y[0]))
    left, right = (down, up) if slope > 0 else (up, down)
    beside = np.clip([x - left, x + right], *plane.x)
    return curve(plane, beside, y + slope * (beside - x), "bl-tangent")


def here(plane: Plane, x: float, y: float, **more: object) -> Markup:
    """The point where we are: a disc, or beyond the ends of the x axis an arrow that points on.

    `more` are attributes of what can be taken hold of, as `drag` gives them; the hold is wider than the disc.
    """
    across, down = plane.across(x), plane.down(y)
    way = 9 * ((x > plane.x[1]) - (x < plane.x[0]))
    disc = element("circle", cx=across, cy=down, r=6.5, class_="bl-here")
    point = (
        element("path", d=f"M{across - way:.2f} {down - 9:.2f}l{way} 9l{-way} 9z", class_="bl-here") if way else disc
    )
    hold = element("circle", cx=across, cy=down, r=14, fill="none", pointer_events="all")
    return element("g", hold, point, **more) if more else point


def level(plane: Plane, y: float) -> Markup:
    """A thin line from left to right, where the plane has this number."""
    inside = plane.y[0] <= y <= plane.y[1]
    at = plane.down(y)
    return element("line", x1=plane.left, x2=plane.right, y1=at, y2=at, class_="bl-zero") if inside else fragment()


def axes(plane: Plane, x_name: str, y_name: str, *, most: tuple[int, int] = (8, 6)) -> Markup:
    """Two edges of the plane, with round numbers beside them: about `most` below and at the side."""
    below, beside = (ticks(*edge, most=few) for edge, few in zip((plane.x, plane.y), most, strict=True))
    return ruled(plane, below, beside, x_name, y_name)


def log_axes(plane: Plane, x_name: str, y_name: str, *, below: range, beside: range) -> Markup:
    """The same where both axes are powers of ten, with a line across at each of those at the side."""
    across, up = ({power_of_ten(n): float(n) for n in some} for some in (below, beside))
    return ruled(plane, across, up, x_name, y_name, lines=True)


def ruled(
    plane: Plane, below: Mapping[str, float], beside: Mapping[str, float], x_name: str, y_name: str = "", *,
    lines: bool = False, look: str = "caption",
) -> Markup:  # fmt: skip
    """Two edges of the plane, with these numbers beside them as they are written; `lines` go across from the side."""
    marks = "".join(f"M{plane.across(x):.1f} {plane.bottom:.1f}v4" for x in below.values())
    frame = f"M{plane.left:.1f} {plane.top:.1f}V{plane.bottom:.1f}H{plane.right:.1f}{marks}"
    across = [line(plane.left, plane.down(y), plane.right, plane.down(y), "level") for y in beside.values()]
    return fragment(
        *(across if lines else []),
        element("path", d=frame, class_="bl-zero"),
        element(
            "g",
            *(text(plane.across(x), plane.bottom + 18, words, look=look, to="middle") for words, x in below.items()),
            *(text(plane.left - 7, plane.down(y) + 5, words, look=look, to="end") for words, y in beside.items()),
            aria_hidden="true",  # read aloud they are numbers of nothing
        ),
        text(plane.right, plane.bottom + 36, x_name, look=look, to="end"),
        text(plane.left - 7, plane.top - 12, y_name, look=look, to="start") if y_name else "",
    )


def samples(y: float, named: Mapping[str, tuple[float, str]]) -> Markup:
    """Below a drawing, for each name: from this x on a piece of a line that looks so, and the name."""
    return fragment(
        *(
            fragment(element("path", d=f"M{x:g} {y - 5:g}h34", class_=look), text(x + 42, y, name, look="caption"))
            for name, (x, look) in named.items()
        )
    )


def ticks(low: float, high: float, most: int) -> dict[str, float]:
    """Round numbers between two others, as they are written; zero is one of them where it lies there."""
    step = round_scale((high - low) / most)
    decimals = max(0, -int(np.floor(np.log10(step))))
    numbers = [at * step for at in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1)]
    return {plain(each, decimals): float(each) for each in numbers}


def round_scale(value: float) -> float:
    """A round number that is not below this one: 1, 2 or 5, with zeros."""
    unit = 10.0 ** math.floor(math.log10(max(value, 1e-9)))
    return next(unit * times for times in (1, 2, 5, 10) if unit * times >= value)


def thinned(count: int, most: int) -> Array:
    """At most so many of the numbers 0 … count − 1, the first and the last among them."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(int))

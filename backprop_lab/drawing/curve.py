"""A function with values from 0 to 1 as a curve, with the point where we are, its tangent, and how it began."""

from collections.abc import Callable

import numpy as np

from backprop_lab.drawing.markup import Markup, element, fragment, signed
from backprop_lab.drawing.plane import Plane, here, tangent
from backprop_lab.drawing.plane import curve as trace
from backprop_lab.drawing.svg import line, text
from backprop_lab.validation import Array

UNIT = (-0.15, 1.15)  # the y of a plane for such a function: room above 1 and below 0, so that a tangent stays inside
SAMPLES, REACH = 97, 2.0  # points of a curve; how far a tangent goes to either side

Function = Callable[[Array], Array]


def curve(
    plane: Plane,
    name: str,
    f: Function,
    at: float,
    *,
    before: Function | None = None,
    slope: float | None = None,
    point: dict[str, object] | None = None,
) -> Markup:
    """f over one variable `name` in a plane whose y is `UNIT`; `at` is where we are.

    Parameters
    ----------
    before : the function as it began, drawn thin
    slope : of the tangent, which is drawn if it is given, as long as we are inside the plane
    point : attributes of the point, as `drag` gives them, when it can be taken hold of
    """
    x, value = np.linspace(*plane.x, SAMPLES), float(f(np.array(at)))
    inside = plane.x[0] <= at <= plane.x[1]
    return fragment(
        _frame(plane, name),
        trace(plane, x, before(x), "bl-before") if before else "",
        trace(plane, x, f(x), "bl-graph"),
        line(plane.left, plane.down(value), plane.right, plane.down(value), stroke_dasharray="2 4"),
        tangent(plane, at, value, slope, REACH) if slope is not None and inside else "",
        here(plane, at, value, **(point or {})),
    )


def _frame(plane: Plane, name: str) -> Markup:
    """The lines of 0 and 1 and of x = 0, with 0, ½ and 1 to the left and the ends below."""
    zero, below = plane.across(0), plane.bottom + 17
    ends = {plane.left: signed(plane.x[0], 0), zero: "0", plane.right - 4: signed(plane.x[1], 0)}
    levels = "".join(f"M{plane.left:g} {plane.down(y):.2f}H{plane.right:g}" for y in (0.0, 1.0))
    return fragment(
        element("path", d=f"{levels}M{zero:.2f} {plane.top:g}V{plane.bottom:g}", class_="bl-zero"),
        element(
            "g",
            *(
                text(plane.left - 8, plane.down(y) + 5, words, look="caption", to="end")
                for words, y in (("0", 0.0), ("½", 0.5), ("1", 1.0))
            ),
            *(text(x, below, words, look="caption", to="middle") for x, words in ends.items()),
            aria_hidden="true",  # read aloud they are numbers of nothing
        ),
        text((zero + plane.right) / 2, below, name, look="caption", to="middle"),
    )

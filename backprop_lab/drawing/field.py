"""A smooth picture of a function over a plane: areas of equal height laid over each other, and a line at zero."""

import numpy as np

from backprop_lab.drawing.markup import Markup, element, fragment, sign_class
from backprop_lab.drawing.plane import Plane
from backprop_lab.regions import above, border
from backprop_lab.validation import Array

LEVELS = (0.0, 0.15, 0.35, 0.55, 0.75, 0.92)  # of the full height: each shade begins at one of them
OPACITY = 0.11  # of one shade
DEEPEST = 1 - (1 - OPACITY) ** len(LEVELS)  # where all lie over each other


def field(plane: Plane, values: Array) -> Markup:
    """Blue where the values are above zero, vermillion below, the deeper the nearer to 1 and −1.

    Parameters
    ----------
    values : shape (rows, columns), at points that fill the plane evenly, the first row at its top
    """
    return fragment(*(shade for way in (1, -1) for shade in _shades(plane, way * values, sign_class(way))))


def zero_line(plane: Plane, values: Array, **look: object) -> Markup:
    """The line where the values are zero."""
    rows, columns = values.shape
    x, y = np.linspace(plane.left, plane.right, columns), np.linspace(plane.top, plane.bottom, rows)
    pieces = border(x, y, values).tolist()
    path = "".join([f"M{a:.1f} {b:.1f}L{c:.1f} {d:.1f}" for (a, b), (c, d) in pieces])
    return element("path", d=path, **look)


def _shades(plane: Plane, values: Array, look: str) -> list[Markup]:
    size, corner = np.array([plane.width, plane.height]), np.array([plane.left, plane.top])
    paths = ["" for _ in LEVELS]
    for level, line in above(values, LEVELS):
        paths[level] += f"M{'L'.join([f'{x:.1f} {y:.1f}' for x, y in (corner + size * line).tolist()])}z"
    return [element("path", d=path, class_=look, fill_opacity=f"{OPACITY:g}") for path in paths]

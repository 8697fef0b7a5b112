"""A smooth picture of a function over a plane: areas of equal height laid over each other, and a line at zero."""

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.drawing.markup import Markup, element, fragment, sign_class
from backprop_lab.drawing.plane import Plane
from backprop_lab.regions import above, border

LEVELS = (0.0, 0.15, 0.35, 0.55, 0.75, 0.92)  # of the full height: each shade begins at one of them
OPACITY = 0.11  # of one shade
DEEPEST = 1 - (1 - OPACITY) ** len(LEVELS)  # where all lie over each other


def field(plane: Plane, values: Array) -> Markup:
    """Blue where the values are above zero, vermillion below, the deeper the nearer to 1 and −1.

    Parameters
    ----------
    values : shape (rows, columns), at points that fill the plane evenly, the first row at its top
    """
    return fragment(*(_shade(plane, way * values, level, way) for way in (1, -1) for level in LEVELS))


def zero_line(plane: Plane, values: Array, **look: object) -> Markup:
    """The line where the values are zero."""
    rows, columns = values.shape
    x, y = np.linspace(plane.left, plane.right, columns), np.linspace(plane.top, plane.bottom, rows)
    pieces = ("M{:.1f} {:.1f}L{:.1f} {:.1f}".format(*start, *end) for start, end in border(x, y, values))
    return element("path", d="".join(pieces), **look)


def _shade(plane: Plane, values: Array, level: float, way: int) -> Markup:
    size, corner = np.array([plane.width, plane.height]), np.array([plane.left, plane.top])
    lines = ((corner + size * line).tolist() for line in above(values, level))
    path = "".join([f"M{'L'.join([f'{x:.1f} {y:.1f}' for x, y in line])}z" for line in lines])
    return element("path", d=path, class_=sign_class(way), fill_opacity=f"{OPACITY:g}")

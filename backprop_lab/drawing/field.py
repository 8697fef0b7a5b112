"""A smooth picture of a function over a plane: areas of equal height, one laid over the other, and the line at zero."""

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.drawing.markup import Markup, element, fragment
from backprop_lab.drawing.plane import Plane

LEVELS = (0.0, 0.15, 0.35, 0.55, 0.75, 0.92)  # of the full height: each shade begins at one of them
OPACITY = 0.11  # of one shade; where all lie over each other it is about a half


def field(plane: Plane, values: Array) -> Markup:
    """Blue where the values are above zero, vermillion below, the deeper the nearer to 1 and −1.

    Parameters
    ----------
    values : shape (rows, columns), of points that fill the plane evenly, the first row at its top
    """
    shades = [
        element("path", d=_area(plane, way * values, level), class_=look, fill_opacity=f"{OPACITY:g}")
        for way, look in ((1, "bl-positive"), (-1, "bl-negative"))
        for level in LEVELS
    ]
    return fragment(*shades)


def border(plane: Plane, values: Array, **look: object) -> Markup:
    """The line where the values are zero."""
    crossings, starts, ends = _crossings(plane, values, 0.0)
    rows, columns = values.shape
    at = starts[:, :2]  # the cell, counted with the ring around the plane
    inner = (at[:, 0] > 0) & (at[:, 0] < rows) & (at[:, 1] > 0) & (at[:, 1] < columns)
    pairs = zip(starts[inner, 2].tolist(), ends[inner].tolist(), strict=True)
    return element("path", d="".join([f"M{crossings[a]}L{crossings[b]}" for a, b in pairs]), fill="none", **look)


def grid(plane: Plane, steps: int) -> Array:
    """Points that fill the plane evenly, as columns, row by row from the top: shape (2, (steps + 1)²)."""
    (least, most), (low, high) = plane.x, plane.y
    across, down = np.meshgrid(np.linspace(least, most, steps + 1), np.linspace(high, low, steps + 1))
    return np.vstack([across.ravel(), down.ravel()])


def _area(plane: Plane, values: Array, level: float) -> str:
    """Where the values are above a level, as closed lines."""
    crossings, starts, ends = _crossings(plane, values, level)
    onward, loops = dict(zip(starts[:, 2].tolist(), ends.tolist(), strict=True)), []
    while onward:
        first, at = onward.popitem()
        points = [crossings[first]]
        while at != first:
            points.append(crossings[at])
            at = onward.pop(at)
        loops.append(f"M{'L'.join(points)}z")
    return "".join(loops)


def _crossings(plane: Plane, values: Array, level: float) -> tuple[dict[int, str], Array, Array]:
    """Points where an edge of a cell crosses the level, by the edge's number, and pieces of line from edge to edge.

    Around the plane lies a ring of cells that is below the level, so that every line is closed. Going clockwise round
    a cell, a piece runs from where one comes in, above the level, to where one next goes out.

    Returns
    -------
    crossings : edge → point as it is written
    starts : rows of (row of the cell, its column, edge)
    ends : edges
    """
    ring = np.pad(values - level, 1, constant_values=-1.0)
    ring[1:-1, 1:-1][ring[1:-1, 1:-1] == 0] = 1e-12
    rows, columns = ring.shape
    above = ring > 0
    corners = np.stack([above[:-1, :-1], above[:-1, 1:], above[1:, 1:], above[1:, :-1]], axis=2)
    cells = np.argwhere(corners.any(axis=2) & ~corners.all(axis=2))
    inside = corners[cells[:, 0], cells[:, 1]]
    after = np.roll(inside, -1, axis=1)
    comes, goes = ~inside & after, inside & ~after
    level_edges = rows * columns  # numbers of the level edges come first
    at = cells[:, 0] * columns + cells[:, 1]
    edges = np.stack([at, level_edges + at + 1, at + columns, level_edges + at], axis=1)  # top, right, bottom, left
    starts, ends = [], []
    for side in range(4):
        here = comes[:, side]
        exits = [goes[here, (side + turn) % 4] for turn in (1, 2, 3)]
        out = [edges[here, (side + turn) % 4] for turn in (1, 2, 3)]
        starts.append(np.column_stack([cells[here], edges[here, side]]))
        ends.append(np.where(exits[0], out[0], np.where(exits[1], out[1], out[2])))
    start, end = np.concatenate(starts), np.concatenate(ends)
    return _points(plane, ring, start[:, 2]), start, end


def _points(plane: Plane, ring: Array, edges: Array) -> dict[int, str]:
    rows, columns = ring.shape
    upright, place = edges >= rows * columns, edges % (rows * columns)
    r, c = place // columns, place % columns
    r2, c2 = r + upright, c + ~upright
    one, other = ring[r, c], ring[r2, c2]
    share = one / (one - other)

    def between(low: Array, high: Array, most: int) -> Array:
        low, high = (np.clip(each - 1, 0, most) for each in (low, high))
        return (low + share * (high - low)) / most

    x = plane.left + plane.width * between(c, c2, columns - 3)
    y = plane.top + plane.height * between(r, r2, rows - 3)
    written = [f"{a:.1f} {b:.1f}" for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    return dict(zip(edges.tolist(), written, strict=True))

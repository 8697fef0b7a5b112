"""What a network with two inputs answers everywhere, where that lies above a level, and the line where it changes."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.network import forward

Ends = tuple[float, float]


def answers(case: Case, x: Ends, y: Ends, cells: int) -> Array:
    """a of the output at the corners of cells between these ends, row by row from the largest y."""
    across, down = np.meshgrid(np.linspace(*x, cells + 1), np.linspace(y[1], y[0], cells + 1))
    grid = np.vstack([across.ravel(), down.ravel()])
    return forward(case.parameters, grid, hidden=case.hidden, output=case.output).prediction.reshape(across.shape)


def border(x: Array, y: Array, above: Array) -> Iterator[tuple[Array, Array]]:
    """Where values at the corners of cells change sign: a straight piece through each half of a cell, end to end."""
    corners = np.stack([*np.meshgrid(x, y), above], axis=2)
    one, beside, below, last = corners[:-1, :-1], corners[:-1, 1:], corners[1:, :-1], corners[1:, 1:]
    halves = np.concatenate(
        [np.stack(half, axis=2).reshape(-1, 3, 3) for half in ((one, beside, below), (last, beside, below))]
    )
    positive = halves[:, :, 2] >= 0
    for half in halves[positive.any(axis=1) & ~positive.all(axis=1)]:
        sides = [(p, q) for p, q in combinations(half, 2) if (p[2] >= 0) != (q[2] >= 0)]
        start, end = (p + (q - p) * p[2] / (p[2] - q[2]) for p, q in sides)
        yield start[:2], end[:2]


def above(values: Array, level: float) -> Iterator[Array]:
    """Where values at the corners of cells lie above a level: closed lines, in shares of the width and the height.

    Around the plane lies a ring of cells that is below the level, so that every line is closed. Going clockwise round
    a cell, a piece runs from the edge where one comes in, above the level, to that where one next goes out.
    """
    ring = np.pad(values - level, 1, constant_values=-1.0)
    ring[ring == 0] = 1e-12
    starts, ends = _pieces(ring)
    points = dict(zip(starts.tolist(), _points(ring, starts), strict=True))
    onward = dict(zip(starts.tolist(), ends.tolist(), strict=True))
    while onward:
        first, at = onward.popitem()
        line = [points[first]]
        while at != first:
            line.append(points[at])
            at = onward.pop(at)
        yield np.array(line)


def _pieces(ring: Array) -> tuple[Array, Array]:
    """The edges where a piece of line begins and ends: level edges are numbered first, then upright ones."""
    rows, columns = ring.shape
    high = ring > 0
    corners = np.stack([high[:-1, :-1], high[:-1, 1:], high[1:, 1:], high[1:, :-1]], axis=2)
    cells = np.argwhere(corners.any(axis=2) & ~corners.all(axis=2))
    inside = corners[cells[:, 0], cells[:, 1]]
    after = np.roll(inside, -1, axis=1)
    comes, goes = ~inside & after, inside & ~after
    at, upright = cells[:, 0] * columns + cells[:, 1], rows * columns
    edges = np.stack([at, upright + at + 1, at + columns, upright + at], axis=1)  # top, right, bottom, left
    starts, ends = [], []
    for side in range(4):
        here = comes[:, side]
        one, two, three = ((side + turn) % 4 for turn in (1, 2, 3))
        starts.append(edges[here, side])
        second = np.where(goes[here, two], edges[here, two], edges[here, three])
        ends.append(np.where(goes[here, one], edges[here, one], second))
    return np.concatenate(starts), np.concatenate(ends)


def _points(ring: Array, edges: Array) -> Array:
    """Where each edge crosses the level; what lies in the ring lies at the rim of the plane."""
    rows, columns = ring.shape
    upright, place = edges >= rows * columns, edges % (rows * columns)
    r, c = place // columns, place % columns
    r2, c2 = r + upright, c + ~upright
    share = ring[r, c] / (ring[r, c] - ring[r2, c2])

    def between(low: Array, high: Array, most: int) -> Array:
        low, high = (np.clip(each - 1, 0, most) for each in (low, high))
        return (low + share * (high - low)) / most

    return np.column_stack([between(c, c2, columns - 3), between(r, r2, rows - 3)])

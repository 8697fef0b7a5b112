"""What a network with two inputs answers everywhere, where that lies above a level, and the line where it changes."""

from collections.abc import Iterator, Sequence

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.network import forward
from backprop_lab.validation import Array

Ends = tuple[float, float]
SIDES = np.array([[(0, 1), (0, 2)], [(0, 1), (1, 2)], [(0, 2), (1, 2)]])  # of a triangle: the two that meet in a corner


def answers(case: Case, x: Ends, y: Ends, cells: int) -> Array:
    """a of the output at the corners of cells between these ends, row by row from the largest y."""
    across, down = np.meshgrid(np.linspace(*x, cells + 1), np.linspace(y[1], y[0], cells + 1))
    grid = np.vstack([across.ravel(), down.ravel()])
    return forward(case.parameters, grid, hidden=case.hidden, output=case.output).prediction.reshape(across.shape)


def border(x: Array, y: Array, above: Array) -> Array:
    """Where values at the corners of cells change sign: a straight piece through each half of a cell.

    Returns
    -------
    shape (pieces, 2, 2) : the two ends of each piece, each with its x and its y
    """
    corners = np.stack([*np.meshgrid(x, y), above], axis=2)
    one, beside, below, last = corners[:-1, :-1], corners[:-1, 1:], corners[1:, :-1], corners[1:, 1:]
    halves = np.concatenate(
        [np.stack(half, axis=2).reshape(-1, 3, 3) for half in ((one, beside, below), (last, beside, below))]
    )
    positive = halves[:, :, 2] >= 0
    number = positive.sum(axis=1)
    crossed = (number > 0) & (number < 3)
    alone = np.argmax(positive != (number >= 2)[:, None], axis=1)[crossed]  # the corner on its own side of the line
    sides = halves[crossed][np.arange(len(alone))[:, None, None], SIDES[alone]]
    p, q = sides[:, :, 0], sides[:, :, 1]
    return (p + (q - p) * p[..., 2:] / (p[..., 2:] - q[..., 2:]))[..., :2]


def above(values: Array, levels: Sequence[float]) -> Iterator[tuple[int, Array]]:
    """Where values at the corners of cells lie above each level: its number, and a closed line in shares of the plane.

    Around the plane lies a ring of cells that is below the level, so that every line is closed; the planes of all
    levels stand in one column. Going clockwise round a cell, a piece runs from the edge where one comes in, above the
    level, to that where one next goes out.
    """
    planes = np.concatenate([np.pad(values - level, 1, constant_values=-1.0) for level in levels])
    planes[planes == 0] = 1e-12
    starts, ends = _pieces(planes)
    points = dict(zip(starts.tolist(), _points(planes, starts, len(planes) // len(levels)).tolist(), strict=True))
    onward = dict(zip(starts.tolist(), ends.tolist(), strict=True))
    edges = planes.size // len(levels)
    while onward:
        first, at = onward.popitem()
        line = [points[first]]
        while at != first:
            line.append(points[at])
            at = onward.pop(at)
        yield first % planes.size // edges, np.array(line)


def _pieces(planes: Array) -> tuple[Array, Array]:
    """The edges where a piece of line begins and ends: level edges are numbered first, then upright ones."""
    rows, columns = planes.shape
    high = planes > 0
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


def _points(planes: Array, edges: Array, rows: int) -> Array:
    """Where each edge crosses its level, in a plane of so many rows; what lies in the ring lies at the plane's rim."""
    columns = planes.shape[1]
    upright, place = edges >= planes.size, edges % planes.size
    r, c = place // columns, place % columns
    r2, c2 = r + upright, c + ~upright
    share = planes[r, c] / (planes[r, c] - planes[r2, c2])

    def between(low: Array, high: Array, most: int) -> Array:
        low, high = (np.clip(each - 1, 0, most) for each in (low, high))
        return (low + share * (high - low)) / most

    return np.column_stack([between(c, c2, columns - 3), between(r % rows, r2 % rows, rows - 3)])

"""What a network with two inputs answers everywhere, and the line where its answer changes."""

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

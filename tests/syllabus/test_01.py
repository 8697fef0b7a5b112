"""The names, shapes and literals of the syllabus' networks, as the notebooks show them."""

from itertools import pairwise

import numpy as np
import pytest

from backprop_lab import cases, initialize

RUNNING, WIDE, DEEP, BATCH = cases.running, cases.wide, cases.deep, cases.batch

LITERALS = {
    "w[1] of running": (RUNNING.parameters.w[1], [[1.2, -0.4], [-1.4, -0.2], [0.8, 0.6]]),
    "b[1] of running": (RUNNING.parameters.b[1], [[0.2], [-0.6], [-0.3]]),
    "w[2] of running": (RUNNING.parameters.w[2], [[-1.6, -1.1, 1.5]]),
    "b[2] of running": (RUNNING.parameters.b[2], [[0.3]]),
    "x of running": (RUNNING.x, [[0.5], [-1.5]]),
    "y of running": (RUNNING.y, [[1]]),
    "w[2] of wide": (WIDE.parameters.w[2], [[-1.6, -1.1, 1.5], [0.9, -1.2, 0.6]]),
    "b[2] of wide": (WIDE.parameters.b[2], [[0.3], [0.4]]),
    "y of wide": (WIDE.y, [[1], [0]]),
    "w[3] of deep": (DEEP.parameters.w[3], [[1.4, -0.9]]),
    "b[3] of deep": (DEEP.parameters.b[3], [[-0.8]]),
    "y of deep": (DEEP.y, [[1]]),
    "x of the batch": (BATCH.x, [[0.5, -1.5, 0.5, 1.0], [-1.5, 1.0, 1.0, -0.5]]),
    "y of the batch": (BATCH.y, [[1, 0, 1, 0]]),
}
SHAPES = {
    "w[2] of wide": (WIDE.parameters.w[2], (2, 3)),
    "S16: h × n, with n, h, k = 4, 5, 3": (initialize((4, 5, 3)).w[1], (5, 4)),
    "exercise: w[2] of 4-5-3": (initialize((4, 5, 3)).w[2], (3, 5)),
    "exercise: delta[1] of the batch": (BATCH.backward_pass.delta[1], (3, 4)),
}


@pytest.mark.parametrize(("computed", "printed"), LITERALS.values(), ids=LITERALS)
def test_the_networks_are_those_of_the_syllabus(computed, printed):
    np.testing.assert_array_equal(computed, printed)


@pytest.mark.parametrize(("array", "shape"), SHAPES.values(), ids=SHAPES)
def test_the_shapes_are_those_of_the_syllabus(array, shape):
    assert array.shape == shape


@pytest.mark.parametrize("case", [RUNNING, WIDE, DEEP, BATCH], ids=["running", "wide", "deep", "batch"])
def test_no_size_equals_its_neighbour_so_that_a_wrong_shape_shows(case):
    sizes, m = case.parameters.sizes, case.x.shape[1]
    assert all(one != other for one, other in pairwise(sizes))
    assert m == 1 or m not in sizes

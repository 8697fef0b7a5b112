"""The numbers of the chain rule as the syllabus prints them, computed."""

import numpy as np
import pytest

from backprop_lab import Quantity, cases, nudge, paths
from backprop_lab.chain import product


def products(case, code):
    return [product(path) for path in paths(case, Quantity.read(code))]


def rates(case, code):
    return [rate.value for rate in paths(case, Quantity.read(code))[0]]


TWICE = products(cases.wide, "w[1][2, 1]")


NUMBERS = {
    "w[2][0, 0] of running: three rates": (rates(cases.running, "w[2][0, 0]"), (0.802184, 0.212742, -0.693023)),
    "w[2][0, 0] of running: their product": (products(cases.running, "w[2][0, 0]"), (-0.118270,)),
    "w[2][0, 0] of running: the nudge": (nudge(cases.running, "w", 2, (0, 0)).cost, (-0.118270,)),
    "w[1][2, 1] of running: five rates": (
        rates(cases.running, "w[1][2, 1]"),
        (-1.5, 0.213910, 1.5, 0.212742, -0.693023),
    ),
    "w[1][2, 1] of running: their product": (products(cases.running, "w[1][2, 1]"), (0.070960,)),
    "w[1][2, 1] of running: the nudge": (nudge(cases.running, "w", 1, (2, 1)).cost, (0.070960,)),
    "w[1][2, 1] of wide: over the paths add": (sum(TWICE), (0.043211,)),
    "w[1][2, 1] of wide: the first path is the running network": (TWICE[0], (0.070960,)),
    "exercise: w[2][0, 1] of running": (products(cases.running, "w[2][0, 1]"), (-0.039651,)),
    "exercise: w[1][0, 0] of running": (products(cases.running, "w[1][0, 0]"), (0.018717,)),
}


@pytest.mark.parametrize(("computed", "printed"), NUMBERS.values(), ids=NUMBERS)
def test_the_notebook_computes_the_number_the_syllabus_prints(computed, printed):
    np.testing.assert_allclose(np.ravel(computed), printed, rtol=0, atol=5.01e-7)

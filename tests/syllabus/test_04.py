"""The numbers of the chain rule as the syllabus prints them, computed."""

from math import prod

import numpy as np
import pytest

from backprop_lab import cases
from backprop_lab.complex_step import nudge
from backprop_lab.views.trains import trains

THREE, FIVE, TWICE = trains(cases.running, 2, 0, 0), trains(cases.running, 1, 2, 1), trains(cases.wide, 1, 2, 1)


def rates(found):
    return [gear.rate for gear in (*found.shared, *found.own[0])]


NUMBERS = {
    "w[2][0, 0] of running: three rates": (rates(THREE), (0.802184, 0.212742, -0.693023)),
    "w[2][0, 0] of running: their product": (prod(rates(THREE)), (-0.118270,)),
    "w[2][0, 0] of running: the nudge": (nudge(cases.running, "w", 2, (0, 0)).cost, (-0.118270,)),
    "w[1][2, 1] of running: five rates": (rates(FIVE), (-1.5, 0.213910, 1.5, 0.212742, -0.693023)),
    "w[1][2, 1] of running: their product": (prod(rates(FIVE)), (0.070960,)),
    "w[1][2, 1] of running: the nudge": (nudge(cases.running, "w", 1, (2, 1)).cost, (0.070960,)),
    "w[1][2, 1] of wide: over the paths add": (sum(TWICE.products), (0.043211,)),
    "w[1][2, 1] of wide: the first path is the running network": (TWICE.products[0], (0.070960,)),
    "exercise: w[2][0, 1] of running": (trains(cases.running, 2, 0, 1).products, (-0.039651,)),
    "exercise: w[1][0, 0] of running": (trains(cases.running, 1, 0, 0).products, (0.018717,)),
}


@pytest.mark.parametrize(("computed", "printed"), NUMBERS.values(), ids=NUMBERS)
def test_the_notebook_computes_the_number_the_syllabus_prints(computed, printed):
    np.testing.assert_allclose(np.ravel(computed), printed, rtol=0, atol=5.01e-7)

"""The numbers of the matrix form as the syllabus prints them, computed."""

import numpy as np
import pytest

from backprop_lab import cases, derivations, quadratic
from backprop_lab.views.tensor import Tensor, collapsed, per_example

UNROLLED = [
    step.value
    for step in derivations.evaluate(derivations.unrolled(cases.deep), derivations.Place(cases.deep, layer=1))
]
STACK = per_example(cases.batch, 1)
BATCH_BP4 = [
    step.value for step in derivations.evaluate(derivations.batch_bp4, derivations.Place(cases.batch, layer=1))
]
MEANS = collapsed(Tensor(cases.batch, 1, collapse="mean δ × mean a"))
HALF_SQUARES = (cases.batch.forward_pass.prediction - cases.batch.y) ** 2 / 2
WIDE = (cases.wide.forward_pass.prediction - cases.wide.y) ** 2 / 2
W2, DELTA_2 = cases.deep.parameters.w[2], cases.deep.backward_pass.delta[2]

NUMBERS = {
    "unrolled, line 1": (UNROLLED[0], (-0.736055,)),
    "unrolled, line 2": (UNROLLED[1], (-0.142999,)),
    "unrolled, line 3": (UNROLLED[2], (-0.200199, 0.128699)),
    "unrolled, line 4": (UNROLLED[3], (-0.042591, 0.025476)),
    "unrolled, line 5": (UNROLLED[4], (0.091073, 0.016279, -0.048601)),
    "unrolled, line 6": (UNROLLED[5], (0.014452, 0.003201, -0.010396)),
    "batch BP4, every line, for w[1][0, 0]": (BATCH_BP4, (0.011071,) * 3),
    "shape of the stack": (STACK.shape, (4, 3, 2)),
    "its entry [1, 2, 0]": (STACK[1, 2, 0], (-0.047349,)),
    "its sum and its mean at [0, 0]": ((STACK.sum(axis=0)[0, 0], STACK.mean(axis=0)[0, 0]), (0.044285, 0.011071)),
    "its mean": (STACK.mean(axis=0), (0.011071, -0.004441, 0.010341, -0.010402, -0.013242, 0.011380)),
    "mean δ × mean a, row 0": (np.asarray(MEANS)[0], (0.001318, 0)),
    "slip: the half sum over the examples": ((HALF_SQUARES.sum(), HALF_SQUARES.mean()), (0.521657, 0.130414)),
    "slip: half the squares of wide": (WIDE, (0.240141, 0.265100)),
    "and half their sum": (quadratic(cases.wide.forward_pass.prediction, cases.wide.y), (0.505241,)),
    "slip: the last slope left out": (W2.T @ DELTA_2, (0.091073, 0.016279, -0.048601)),
}


@pytest.mark.parametrize(("computed", "printed"), NUMBERS.values(), ids=NUMBERS)
def test_the_notebook_computes_the_number_the_syllabus_prints(computed, printed):
    np.testing.assert_allclose(np.ravel(computed), printed, rtol=0, atol=5.01e-7)

"""The numbers of the cost as the syllabus prints them, computed."""

import numpy as np
import pytest

from backprop_lab import Case, Cost, Parameters, cases, quadratic, sigmoid

WIDE, BATCH, RUNNING = cases.wide, cases.batch, cases.running
A, Y = np.array([0.3, 0.5, 0.2]), np.array([0.0, 1.0, 0.0])
Z = np.log(A / (1 - A))
PER_OUTPUT = Cost("1/(2k)", lambda a, y: ((a - y) ** 2).sum(axis=0) / (2 * len(y)), lambda a, y: (a - y) / len(y))
HALVED = Case(WIDE.parameters, WIDE.x, WIDE.y, cost=PER_OUTPUT)
SQUARES = (BATCH.forward_pass.prediction - BATCH.y) ** 2


def after_a_step(sign):
    p, rates = RUNNING.parameters, RUNNING.backward_pass
    w = {layer: p.w[layer] - sign * rates.nabla_w[layer] for layer in p.layers}
    b = {layer: p.b[layer] - sign * rates.nabla_b[layer] for layer in p.layers}
    return Case(Parameters(w, b), RUNNING.x, RUNNING.y).mean_cost


NUMBERS = {
    "σ(0.3) is no threshold": (sigmoid(0.3), (0.574443,)),
    "three outputs: z": (Z, (-0.847298, 0, -1.386294)),
    "three outputs: σ′": (sigmoid.prime(Z), (0.21, 0.25, 0.16)),
    "three outputs: C with 1/(2k)": (PER_OUTPUT(A, Y), (0.063333,)),
    "wide: C": (WIDE.mean_cost, (0.505241,)),
    "wide: a column of squares, which is no cost": (
        (WIDE.forward_pass.prediction - WIDE.y) ** 2 / 2,
        (0.240141, 0.265100),
    ),
    "wide: C with 1/(2k)": (HALVED.mean_cost, (0.252621,)),
    "wide: δ² with 1/(2k)": (HALVED.backward_pass.delta[2], (-0.073718, 0.072068)),
    "wide: δ¹ with 1/(2k) is half of ours": (
        HALVED.backward_pass.delta[1] * 2,
        (0.058018, -0.002120, -0.028808),
    ),
    "batch: C": (quadratic(BATCH.forward_pass.prediction, BATCH.y), (0.130414,)),
    "batch: ½Σ over the examples": (SQUARES.sum() / 2, (0.521657,)),
    "batch: the mean of all squares, a library's number": (SQUARES.mean(), (0.260828,)),
    "running: C": (RUNNING.mean_cost, (0.240141,)),
    "running: C after a step with the right sign": (after_a_step(1), (0.184420,)),
    "running: C after a step with the sign of y − a": (after_a_step(-1), (0.294113,)),
}


@pytest.mark.parametrize(("computed", "printed"), NUMBERS.values(), ids=NUMBERS)
def test_the_notebook_computes_the_number_the_syllabus_prints(computed, printed):
    np.testing.assert_allclose(np.ravel(computed), printed, rtol=0, atol=5.01e-7)

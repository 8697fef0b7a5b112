"""The numbers of the forward pass as the syllabus prints them, computed."""

import numpy as np
import pytest

from backprop_lab import cases, quadratic, sigmoid

RUNNING, DEEP = cases.running, cases.deep
P, Q = RUNNING.parameters, DEEP.parameters
Z1, A1 = RUNNING.forward_pass.z[1], RUNNING.forward_pass.a[1]
WRONG_BIAS = Q.w[2] @ DEEP.forward_pass.a[1] + Q.b[1][:2]  # layer 2 with the biases of layer 1
NESTED = sigmoid(Q.w[3] @ sigmoid(Q.w[2] @ sigmoid(Q.w[1] @ DEEP.x + Q.b[1]) + Q.b[2]) + Q.b[3])

NUMBERS = {
    "z[1] of running, in the head": (Z1, (1.4, -1.0, -0.8)),
    "a[1] of running": (A1, (0.802184, 0.268941, 0.310026)),
    "σ′(z[1]) of running, from a alone": (A1 * (1 - A1), (0.158685, 0.196612, 0.213910)),
    "z[2] of running": (RUNNING.forward_pass.z[2], (-0.814292,)),
    "a[2] of running": (RUNNING.forward_pass.a[2], (0.306977,)),
    "σ′(z[2]) of running": (sigmoid.prime(RUNNING.forward_pass.z[2]), (0.212742,)),
    "z[1] of the batch": (
        cases.batch.forward_pass.z[1],
        (1.4, -2.0, 0.4, 1.6, -1.0, 1.3, -1.5, -1.9, -0.8, -0.9, 0.7, 0.2),
    ),
    "deep, nested": (NESTED, (0.263945,)),
    "σ(0.3) is no threshold": (sigmoid(0.3), (0.574443,)),
    "one term of the sum over the layer before": (P.w[2][0, 0] * A1[0, 0] + P.b[2][0, 0], (-0.983494,)),
    "the right z[2] of deep": (DEEP.forward_pass.z[2], (-0.814292, 0.985251)),
    "z[2] with the bias of another layer": (WRONG_BIAS, (-0.914292, -0.014749)),
    "its cost": (quadratic(sigmoid(Q.w[3] @ sigmoid(WRONG_BIAS) + Q.b[3]), DEEP.y), (0.244825,)),
    "the right cost": (DEEP.mean_cost, (0.270889,)),
    "a sum and an index lost": (sigmoid(P.w[1][0, 0] * RUNNING.x[0, 0] + P.b[1][0, 0]), (0.689974,)),
    "the sum kept": (A1[0], (0.802184,)),
}


@pytest.mark.parametrize(("computed", "printed"), NUMBERS.values(), ids=NUMBERS)
def test_the_notebook_computes_the_number_the_syllabus_prints(computed, printed):
    np.testing.assert_allclose(np.ravel(computed), printed, rtol=0, atol=5.01e-7)

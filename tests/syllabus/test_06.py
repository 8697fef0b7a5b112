"""The numbers of BP1 as the syllabus prints them, computed."""

from dataclasses import replace

import numpy as np
import pytest

from backprop_lab import Case, Parameters, bp1, cases, categorical_cross_entropy, quadratic, sigmoid, softmax, step

Z, A, Y = cases.running.forward_pass.z[2][0, 0], cases.running.forward_pass.a[2][0, 0], cases.running.y[0, 0]
THREE_A, THREE_Y = np.array([[0.3], [0.5], [0.2]]), np.array([[0.0], [1.0], [0.0]])
THREE = bp1(quadratic.gradient(THREE_A, THREE_Y), THREE_A * (1 - THREE_A))
SOFTMAX = Case(
    Parameters({1: np.log(THREE_A)}, {1: np.zeros((3, 1))}),
    np.ones((1, 1)),
    THREE_Y,
    output=softmax,
    cost=categorical_cross_entropy,
)
DIAGONAL = categorical_cross_entropy.gradient(THREE_A, THREE_Y) * THREE_A * (1 - THREE_A)
DEEP_Z, DEEP_A = cases.deep.forward_pass.z, cases.deep.forward_pass.a


def cost_after_a_step(sign):
    found = cases.running.backward_pass
    turned = replace(
        found,
        nabla_w={layer: sign * values for layer, values in found.nabla_w.items()},
        nabla_b={layer: sign * values for layer, values in found.nabla_b.items()},
    )
    return replace(cases.running, parameters=step(cases.running.parameters, turned, 1.0)).mean_cost


NUMBERS = {
    "δ[2] of running": (cases.running.backward_pass.delta[2], (-0.147435,)),
    "δ[2] of wide": (cases.wide.backward_pass.delta[2], (-0.147435, 0.144136)),
    "δ[3] of deep": (cases.deep.backward_pass.delta[3], (-0.142999,)),
    "δ[2] of the batch": (cases.batch.backward_pass.delta[2], (-0.147435, 0.102403, -0.115436, 0.100275)),
    "the three outputs": (THREE, (0.063, -0.125, 0.032)),
    "the three outputs with 1/(2k)": (THREE / 3, (0.021, -0.041667, 0.010667)),
    "slip: σ′ forgotten": (A - Y, (-0.693023,)),
    "slip: σ′ of a": ((A - Y) * sigmoid.prime(A), (-0.169237,)),
    "slip: sign flipped": ((Y - A) * sigmoid.prime(Z), (0.147435,)),
    "slip: z(1 − z)": ((A - Y) * Z * (1 - Z), (1.023846,)),
    "slip: doubled": (2 * (A - Y) * sigmoid.prime(Z), (-0.294870,)),
    "x * (1 - x) of z and of a": ((Z * (1 - Z), A * (1 - A)), (-1.477362, 0.212742)),
    "σ′ of the wrong layer": ((DEEP_A[3] - 1) * sigmoid.prime(DEEP_Z[2][0]), (-0.156590,)),
    "softmax: the diagonal only": (DIAGONAL, (0, -0.5, 0)),
    "softmax: the full sum": (SOFTMAX.backward_pass.delta[1], (0.3, -0.5, 0.2)),
    "a step with a − y, and with y − a": ((cost_after_a_step(1), cost_after_a_step(-1)), (0.184420, 0.294113)),
    "the largest slope of a sigmoid": (sigmoid.prime(0.0), (0.25,)),
}


@pytest.mark.parametrize(("computed", "printed"), NUMBERS.values(), ids=NUMBERS)
def test_the_notebook_computes_the_number_the_syllabus_prints(computed, printed):
    np.testing.assert_allclose(np.ravel(computed), printed, rtol=0, atol=5.01e-7)

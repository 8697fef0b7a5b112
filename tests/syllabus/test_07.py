"""The numbers of BP2 as the syllabus prints them, computed."""

from dataclasses import replace

import numpy as np
import pytest

from backprop_lab import Parameters, Quantity, backward, cases, forward, nudge, paths, sigmoid, step
from backprop_lab.chain import multiplications_factored, path_count, product
from backprop_lab.derivations import Place, bp2, evaluate

RUNNING, WIDE, DEEP = cases.running, cases.wide, cases.deep
W, DELTA, SLOPE = WIDE.parameters.w[2], WIDE.backward_pass.delta[2], sigmoid.prime(WIDE.forward_pass.z[1])
OPINION = RUNNING.parameters.w[2].T @ RUNNING.backward_pass.delta[2]
Z, A = RUNNING.forward_pass.z[1], RUNNING.forward_pass.a[1]
LINES = [step.value for step in evaluate(bp2, Place(WIDE, 1, 1))]
TEN = (10,) * 11


def values(case, layer, j):
    return [product(path) for path in paths(case, Quantity("z" if layer else "a", layer, (j,)))]


def trained(*frozen):
    """Cost of the batch after 3,000 steps with η = 3, some layers left as they were."""
    start = parameters = cases.batch.parameters
    for _ in range(3000):
        new = step(parameters, backward(parameters, forward(parameters, cases.batch.x), cases.batch.y), 3.0)
        kept_w, kept_b = ({layer: kept[layer] for layer in frozen} for kept in (start.w, start.b))
        parameters = Parameters({**new.w, **kept_w}, {**new.b, **kept_b})
    return replace(cases.batch, parameters=parameters).mean_cost


NUMBERS = {
    "δ¹ of running": (RUNNING.backward_pass.delta[1], (0.037433, 0.031886, -0.047307)),
    "δ¹ of wide": (WIDE.backward_pass.delta[1], (0.058018, -0.002120, -0.028808)),
    "δ² of wide": (DELTA, (-0.147435, 0.144136)),
    "δ³, δ², δ¹ of deep": (
        np.vstack([DEEP.backward_pass.delta[layer] for layer in (3, 2, 1)]),
        (-0.142999, -0.042591, 0.025476, 0.014452, 0.003201, -0.010396),
    ),
    "seven lines, one value": (LINES, (-0.002120,) * 7),
    "line 4: the derivatives": (nudge(WIDE, "z", 1, (1,)).z[2], (-0.216273, -0.235934)),
    "line 5: two terms": (values(WIDE, 1, 1), (0.031886, -0.034007)),
    "line 6: σ′ in front of the sum": ((SLOPE[1, 0], (W.T @ DELTA)[1, 0]), (0.196612, -0.010784)),
    "paths of wide, neuron 0": (values(WIDE, 1, 0), (0.037433, 0.020585)),
    "paths of wide, neuron 2": (values(WIDE, 1, 2), (-0.047307, 0.018499)),
    "paths of deep, neuron 0": (values(DEEP, 1, 0), (0.010814, 0.003638)),
    "paths of deep, neuron 1": (values(DEEP, 1, 1), (0.009211, -0.006011)),
    "paths of deep, neuron 2": (values(DEEP, 1, 2), (-0.013666, 0.003270)),
    "six paths from each input of deep": (
        (len(values(DEEP, 0, 0)), sum(values(DEEP, 0, 0)), sum(values(DEEP, 0, 1))),
        (6, 0.004545, -0.012659),
    ),
    "ten layers of ten": ((path_count(TEN, 1), multiplications_factored(TEN, 1)), (10**9, 1000)),
    "only the output layer trained": (trained(1), (0.095495,)),
    "the output layer never trained": (trained(2), (0.067268,)),
    "all layers trained": (trained(), (0.000258,)),
    "exercise: σ′ left out": (OPINION[0], (0.235896,)),
    "exercise: σ′ of a": (OPINION[0] * sigmoid.prime(A[0]), (0.050419,)),
    "exercise: σ in place of σ′": (OPINION[0] * sigmoid(Z[0]), (0.189232,)),
    "exercise: z(1 − z)": (OPINION[0] * Z[0] * (1 - Z[0]), (-0.132102,)),
    "a sum from 2 to 2": (W[1:].T @ DELTA[1:] * SLOPE, (0.020585, -0.034007, 0.018499)),
    "the missing factor": ((DEEP.parameters.w[2].T @ DEEP.backward_pass.delta[2])[0], (0.091073,)),
}


@pytest.mark.parametrize(("computed", "printed"), NUMBERS.values(), ids=NUMBERS)
def test_the_notebook_computes_the_number_the_syllabus_prints(computed, printed):
    np.testing.assert_allclose(np.ravel(computed), printed, rtol=0, atol=5.01e-7)

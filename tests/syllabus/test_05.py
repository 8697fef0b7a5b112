"""The numbers of the error signal as the syllabus prints them, computed."""

import numpy as np
import pytest

from backprop_lab import Case, Parameters, cases
from backprop_lab.pictures.demon import begin

ONE_NEURON = Parameters({1: np.array([[2.0]])}, {1: np.zeros((1, 1))})
SATURATED = begin(Case(ONE_NEURON, x=np.array([5.0]), y=np.array([0.0])))


def nudge(selected, amount):
    """δ·Δz and the true ΔC in the running network."""
    state = begin(cases.running, selected=selected, amount=amount)
    return state.promise, state.change


NUMBERS = {
    "δ[2] of running": (cases.running.backward_pass.delta[2], (-0.147435,)),
    "δ[1] of running": (cases.running.backward_pass.delta[1], (0.037433, 0.031886, -0.047307)),
    "output, Δz = 0.1": (nudge("a2.0", 0.1), (-0.014744, -0.014786)),
    "output, Δz = 1": (nudge("a2.0", 1.0), (-0.147435, -0.137216)),
    "output, Δz = 2": (nudge("a2.0", 2.0), (-0.294870, -0.212756)),
    "hidden 2, Δz = 0.1": (nudge("a1.2", 0.1), (-0.004731, -0.004824)),
    "hidden 2, Δz = 1": (nudge("a1.2", 1.0), (-0.047307, -0.053035)),
    "hidden 0, Δz = 0.1": (nudge("a1.0", 0.1), (0.003743, 0.003627)),
    "hidden 0, Δz = 2": (nudge("a1.0", 2.0), (0.074866, 0.038362)),
    "the whole cost, less than the promise at Δz = 2": (cases.running.mean_cost, (0.240141,)),
    "exercise: ΔC for Δz = 0.01 on hidden 2": (nudge("a1.2", 0.01)[1], (-0.000474,)),
    "saturated: δ": (SATURATED.delta, (0.000045,)),
    "saturated: C": (SATURATED.cost, (0.499955,)),
    "batch: δ[1]": (
        cases.batch.backward_pass.delta[1],
        [
            *(0.037433, -0.017203, 0.044376, -0.022424),
            *(0.031886, -0.018958, 0.018939, -0.012484),
            *(-0.047307, 0.031566, -0.038391, 0.037230),
        ],
    ),
}


@pytest.mark.parametrize(("computed", "printed"), NUMBERS.values(), ids=NUMBERS)
def test_the_notebook_computes_the_number_the_syllabus_prints(computed, printed):
    np.testing.assert_allclose(np.ravel(computed), printed, rtol=0, atol=5.01e-7)

"""The numbers of BP3 and BP4 as the syllabus prints them, computed."""

from dataclasses import replace

import numpy as np
import pytest

from backprop_lab import cases, datasets
from backprop_lab.derivations import Place, evaluate, hidden_weight

RUNNING, WIDE, DEEP, BATCH = cases.running, cases.wide, cases.deep, cases.batch
FOUND, XOR = BATCH.backward_pass, datasets.xor()
ROW, BIAS = RUNNING.parameters.w[1][0], RUNNING.parameters.b[1][0, 0]


def gradients(case, layer):
    return case.backward_pass.nabla_w[layer]


NUMBERS = {
    "running: ∇w²": (gradients(RUNNING, 2), (-0.118270, -0.039651, -0.045709)),
    "running: ∇w¹": (gradients(RUNNING, 1), (0.018717, -0.056150, 0.015943, -0.047829, -0.023653, 0.070960)),
    "running: ∇b": (
        np.vstack([RUNNING.backward_pass.nabla_b[layer] for layer in (1, 2)]),
        (0.037433, 0.031886, -0.047307, -0.147435),
    ),
    "wide: ∇w²": (gradients(WIDE, 2), (-0.118270, -0.039651, -0.045709, 0.115623, 0.038764, 0.044686)),
    "wide: ∇w¹": (gradients(WIDE, 1), (0.029009, -0.087027, -0.001060, 0.003180, -0.014404, 0.043211)),
    "deep: ∇w³": (gradients(DEEP, 3), (-0.043897, -0.104125)),
    "deep: ∇w²": (gradients(DEEP, 2), (-0.034166, -0.011454, -0.013204, 0.020436, 0.006851, 0.007898)),
    "deep: ∇w¹": (gradients(DEEP, 1), (0.007226, -0.021678, 0.001600, -0.004801, -0.005198, 0.015594)),
    "batch: ∇w²": (FOUND.nabla_w[2], (-0.022936, 0.008202, -0.009527)),
    "batch: ∇w¹": (FOUND.nabla_w[1], (0.011071, -0.004441, 0.010341, -0.010402, -0.013242, 0.011380)),
    "batch: ∇b": (np.vstack([FOUND.nabla_b[1], FOUND.nabla_b[2]]), (0.010546, 0.004846, -0.004225, -0.015048)),
    "batch: the weight of layer 1 that moves least": (np.abs(FOUND.nabla_w[1]).min(), (0.004441,)),
    "a hidden weight, five lines": (
        [step.value for step in evaluate(hidden_weight, Place(RUNNING, 1, 2, 1))],
        (0.070960,) * 5,
    ),
    "inputs that are zero": (replace(RUNNING, x=XOR.x[:, 1], y=XOR.y[:, 1]).backward_pass.nabla_w[1][:, 0], (0, 0, 0)),
    "indices of an input: printed": (ROW.sum() * RUNNING.x[0, 0] + BIAS, (0.6,)),
    "indices of an input: right": (RUNNING.forward_pass.z[1][0], (1.4,)),
}


@pytest.mark.parametrize(("computed", "printed"), NUMBERS.values(), ids=NUMBERS)
def test_the_notebook_computes_the_number_the_syllabus_prints(computed, printed):
    np.testing.assert_allclose(np.ravel(computed), printed, rtol=0, atol=5.01e-7)

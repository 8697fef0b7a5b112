"""The numbers of the training loop as the syllabus prints them, computed."""

from dataclasses import replace

import numpy as np
import pytest

from backprop_lab import Case, Parameters, cases, sigmoid, step, train
from backprop_lab.equations import bp2, bp3, bp4
from backprop_lab.pictures.one_step import begin, change


def film(learning_rate, epochs):
    return train(
        cases.batch.parameters, cases.batch.x, cases.batch.y, learning_rate=learning_rate, epochs=epochs, batch_size=4
    )


def updated(case, learning_rate, *, too_early):
    """The weights after one step; too early: the hidden δ goes back through weights which are updated already."""
    new, back = step(case.parameters, case.backward_pass, learning_rate), case.backward_pass
    through = new.w[2] if too_early else case.parameters.w[2]
    delta = bp2(through, back.delta[2], sigmoid.prime(case.forward_pass.z[1]))
    w = {**new.w, 1: case.parameters.w[1] - learning_rate * bp4(delta, case.x)}
    b = {**new.b, 1: case.parameters.b[1] - learning_rate * bp3(delta)}
    return delta, replace(case, parameters=Parameters(w, b))


THREE, THIRTY, HUNDRED = film(3.0, 500), film(30.0, 500), film(100.0, 500)
RMS, SOLVED = THREE.delta_rms[1], next(epoch.number for epoch in THREE.epochs if epoch.accuracy == 1)
UP = int((np.diff([cases.batch.mean_cost, *THIRTY.cost[:200]]) > 0).sum())
LATE, HASTY = updated(cases.running, 1.0, too_early=True)
W = {1: np.array([[0.15, 0.2], [0.25, 0.3]]), 2: np.array([[0.4, 0.45], [0.5, 0.55]])}
B = {1: np.full((2, 1), 0.35), 2: np.full((2, 1), 0.6)}
PRINTED = Case(Parameters(W, B), np.array([[0.05], [0.1]]), np.array([[0.01], [0.99]]))
ONE_STEP = [
    replace(PRINTED, parameters=replace(updated(PRINTED, 0.5, too_early=early)[1].parameters, b=B)).mean_cost
    for early in (False, True)
]

NUMBERS = {
    "running, η = 0.1: promised and true": (change(begin(cases.running, learning_rate=0.1)), (-0.005568, -0.005577)),
    "running, η = 2: promised and true": (change(begin(cases.running, learning_rate=2.0)), (-0.111364, -0.107884)),
    "cost at the start": (cases.batch.mean_cost, (0.130414,)),
    "cost after 1, 10, 100, 200, 500 epochs": (
        THREE.cost[[0, 9, 99, 199, 499]],
        (0.125582, 0.107221, 0.082730, 0.043349, 0.003871),
    ),
    "rms of layer 1 at the start": (np.sqrt((cases.batch.backward_pass.delta[1] ** 2).mean()), (0.031825,)),
    "rms of layer 1 after 100, 200, 500 epochs": (RMS[[99, 199, 499]], (0.022689, 0.029703, 0.004842)),
    "all four are right after": (SOLVED, (168,)),
    "η = 30: epochs that go up": (UP, (25,)),
    "hidden δ from the updated w[2]": (LATE, (0.034666, 0.030737, -0.048748)),
    "cost of the hasty step": (HASTY.mean_cost, (0.184634,)),
    "cost of the right one": (updated(cases.running, 1.0, too_early=False)[1].mean_cost, (0.184420,)),
}


@pytest.mark.parametrize(("computed", "printed"), NUMBERS.values(), ids=NUMBERS)
def test_the_notebook_computes_the_number_the_syllabus_prints(computed, printed):
    np.testing.assert_allclose(np.ravel(computed), printed, rtol=0, atol=5.01e-7)


def test_the_worked_example_in_print_is_told_apart_in_the_ninth_decimal():
    assert [f"{value:.9f}" for value in (PRINTED.mean_cost, *ONE_STEP)] == ["0.298371109", "0.291027774", "0.291027924"]


def test_a_longer_step_arrives_and_one_that_is_too_long_gets_stuck():
    assert THIRTY.cost[199] == pytest.approx(0.0005, abs=5e-5)
    assert HUNDRED.cost[-1] == pytest.approx(0.125, abs=5e-4)

"""The networks of the series: their published numbers, and what a case refuses."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from backprop_lab import Case, binary_cross_entropy, cases, softmax

NUMBERS = {  # case: (mean cost, output, delta by layer, nabla_w by layer, nabla_b by layer), to six digits
    "running": (
        0.240141,
        [[0.306977]],
        {2: [[-0.147435]], 1: [[0.037433], [0.031886], [-0.047307]]},
        {
            2: [[-0.118270, -0.039651, -0.045709]],
            1: [[0.018717, -0.056150], [0.015943, -0.047829], [-0.023653, 0.070960]],
        },
        {2: [[-0.147435]], 1: [[0.037433], [0.031886], [-0.047307]]},
    ),
    "wide": (
        0.505241,
        [[0.306977], [0.728149]],
        {2: [[-0.147435], [0.144136]], 1: [[0.058018], [-0.002120], [-0.028808]]},
        {
            2: [[-0.118270, -0.039651, -0.045709], [0.115623, 0.038764, 0.044686]],
            1: [[0.029009, -0.087027], [-0.001060, 0.003180], [-0.014404, 0.043211]],
        },
        {2: [[-0.147435], [0.144136]], 1: [[0.058018], [-0.002120], [-0.028808]]},
    ),
    "deep": (
        0.270889,
        [[0.263945]],
        {3: [[-0.142999]], 2: [[-0.042591], [0.025476]], 1: [[0.014452], [0.003201], [-0.010396]]},
        {
            3: [[-0.043897, -0.104125]],
            2: [[-0.034166, -0.011454, -0.013204], [0.020436, 0.006851, 0.007898]],
            1: [[0.007226, -0.021678], [0.001600, -0.004801], [-0.005198, 0.015594]],
        },
        {3: [[-0.142999]], 2: [[-0.042591], [0.025476]], 1: [[0.014452], [0.003201], [-0.010396]]},
    ),
    "batch": (
        0.130414,
        [[0.306977, 0.420294, 0.535867, 0.413480]],
        {
            2: [[-0.147435, 0.102403, -0.115436, 0.100275]],
            1: [
                [0.037433, -0.017203, 0.044376, -0.022424],
                [0.031886, -0.018958, 0.018939, -0.012484],
                [-0.047307, 0.031566, -0.038391, 0.037230],
            ],
        },
        {
            2: [[-0.022936, 0.008202, -0.009527]],
            1: [[0.011071, -0.004441], [0.010341, -0.010402], [-0.013242, 0.011380]],
        },
        {2: [[-0.015048]], 1: [[0.010546], [0.004846], [-0.004225]]},
    ),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_the_numbers_of_the_series(name):
    case: Case = getattr(cases, name)
    cost, output, delta, nabla_w, nabla_b = NUMBERS[name]
    assert round(case.mean_cost, 6) == cost
    np.testing.assert_allclose(case.forward_pass.prediction, output, atol=5.1e-7)
    for found, expected in (
        (case.backward_pass.delta, delta),
        (case.backward_pass.nabla_w, nabla_w),
        (case.backward_pass.nabla_b, nabla_b),
    ):
        assert sorted(found) == sorted(expected)
        for layer, values in expected.items():
            np.testing.assert_allclose(found[layer], values, atol=5.1e-7)


def test_the_running_network_is_the_start_of_the_wide_and_the_deep_one():
    running, wide, deep = cases.running.forward_pass, cases.wide.forward_pass, cases.deep.forward_pass
    np.testing.assert_allclose(running.z[1], [[1.4], [-1.0], [-0.8]], atol=1e-15)
    np.testing.assert_array_equal(running.z[1], wide.z[1])
    np.testing.assert_allclose(running.z[2][0], wide.z[2][0], atol=1e-15)
    np.testing.assert_allclose(wide.a[2], deep.a[2], atol=1e-15)
    np.testing.assert_array_equal(cases.batch.x[:, :1], cases.running.x)


@pytest.mark.parametrize("name", NUMBERS)
def test_no_size_equals_its_neighbor_so_that_a_wrong_shape_shows(name):
    case: Case = getattr(cases, name)
    sizes, m = case.parameters.sizes, case.x.shape[1]
    assert all(one != other for one, other in pairwise(sizes))
    assert m == 1 or m not in sizes


def test_a_case_is_checked_when_it_is_made_and_cannot_be_changed():
    with pytest.raises(ValueError, match=r"y must have shape \(1, 1\)"):
        replace(cases.running, y=np.ones((2, 1)))
    with pytest.raises(ValueError, match="cost binary_cross_entropy must be used with a sigmoid output, got softmax"):
        replace(cases.wide, output=softmax, cost=binary_cross_entropy)
    with pytest.raises(ValueError, match="read-only"):
        cases.running.x[0, 0] = 3.0
    for layers in (cases.running.forward_pass.z, cases.running.backward_pass.delta):
        with pytest.raises(ValueError, match="read-only"):
            layers[1][0, 0] = 3.0

"""The witness: every gradient agrees with it, and it finds a wrong one."""

import numpy as np
import pytest
from hypothesis import assume, given
from strategies import ENDS, SMOOTH, away_from_kinks, networks, of_lists

from backprop_lab import (
    Activation,
    cases,
    datasets,
    gradient_check,
    identity,
    initialize,
    network,
    numerical_gradient,
    relu,
    sigmoid,
    softmax,
)
from backprop_lab.complex_step import nudge


@given(networks())
def test_every_gradient_equals_its_two_sided_difference(case):
    assume(away_from_kinks(case))
    choices = {"hidden": case.hidden, "output": case.output, "cost": case.cost}
    check = gradient_check(case.parameters, case.x, case.y, **choices)
    assert check.passed, check
    nabla_w, nabla_b = numerical_gradient(case.parameters, case.x, case.y, **choices)
    for layer in case.parameters.layers:
        np.testing.assert_allclose(nabla_w[layer], case.backward_pass.nabla_w[layer], rtol=1e-5, atol=1e-8)
        np.testing.assert_allclose(nabla_b[layer], case.backward_pass.nabla_b[layer], rtol=1e-5, atol=1e-8)


QUADRATIC = [(output, cost) for output, cost in ENDS if cost.name == "quadratic"]


@given(networks(hidden=SMOOTH, ends=QUADRATIC))
def test_a_nudge_finds_every_error_signal_exactly(case):
    for layer in case.parameters.layers:
        for j in range(case.parameters.sizes[layer]):
            found = nudge(case, "z", layer, (j,)).cost
            np.testing.assert_allclose(found, case.backward_pass.delta[layer][j], rtol=1e-9, atol=1e-13)


@given(networks(hidden=SMOOTH, ends=QUADRATIC, most_examples=1))
def test_a_nudge_of_a_weight_or_bias_finds_its_gradient_of_one_example(case):
    for layer in case.parameters.layers:
        for j, k in np.ndindex(case.parameters.w[layer].shape):
            assert nudge(case, "w", layer, (j, k)).cost[0] == pytest.approx(
                case.backward_pass.nabla_w[layer][j, k], rel=1e-9, abs=1e-13
            )
        assert nudge(case, "b", layer, (0,)).cost[0] == pytest.approx(
            case.backward_pass.nabla_b[layer][0, 0], rel=1e-9, abs=1e-13
        )


@pytest.mark.parametrize(("equation", "kind"), [("bp3", "b"), ("bp4", "w")])
def test_the_check_fails_and_points_at_what_is_wrong(monkeypatch, equation, kind):
    original = getattr(network, equation)
    monkeypatch.setattr(network, equation, lambda *arguments: 1.01 * original(*arguments))
    check = gradient_check(cases.wide.parameters, cases.wide.x, cases.wide.y)
    assert not check.passed
    assert check.worst[1] == kind
    assert check.relative_error == pytest.approx(0.01, rel=0.02)


def test_the_worst_place_names_layer_kind_and_index(monkeypatch):
    original = network.bp2
    factors = np.array([[1.0], [1.0], [2.0]])
    monkeypatch.setattr(network, "bp2", lambda *arguments: factors * original(*arguments))
    layer, _, (j, _) = gradient_check(cases.running.parameters, cases.running.x, cases.running.y).worst
    assert (layer, j) == (1, 2)


@pytest.mark.parametrize("h", [1.0, 1e-13, 1e-300], ids=str)
def test_a_check_that_cannot_see_the_gradient_does_not_pass(h):
    assert not gradient_check(cases.wide.parameters, cases.wide.x, cases.wide.y, h=h).passed


def test_a_nudge_of_nothing_is_refused():
    for quantity, layer in (("w", 0), ("z", 0), ("a", 3), ("delta", 1)):
        with pytest.raises(ValueError, match=f"quantity must be w, b or z .* got {quantity} of {layer}"):
            nudge(cases.running, quantity, layer, (0, 0))


@pytest.mark.parametrize("h", [0, -1e-5, np.nan, np.inf, "small", [1e-5]], ids=str)
def test_a_step_that_is_not_positive_is_refused(h):
    with pytest.raises(ValueError, match="h must"):
        numerical_gradient(cases.running.parameters, cases.running.x, cases.running.y, h=h)


def test_what_does_not_go_together_is_refused_as_by_backward():
    with pytest.raises(ValueError, match=r"y must have shape \(1, 1\)"):
        gradient_check(cases.running.parameters, cases.running.x, [[1.0, 2.0]])
    with pytest.raises(ValueError, match="hidden must be an element-wise activation"):
        gradient_check(cases.running.parameters, cases.running.x, [1], hidden=softmax, output=sigmoid)


@pytest.mark.parametrize("seed", range(10))
def test_a_network_at_the_kinks_of_relu_is_compared_with_one_sided_rates(seed):
    xor = datasets.xor()
    for x, y in (([0, 0], [1]), (xor.x, xor.y)):
        check = gradient_check(initialize((2, 3, 1), seed=seed), x, y, hidden=relu)
        assert check.passed, check
        said = [
            f"z[1][{j}] crosses the kink of relu within h: b[1][{j}, 0] is compared with the one-sided rate"
            for j in range(3)
        ]
        assert check.kinks == tuple(said)


def test_at_a_kink_a_wrong_gradient_is_still_found(monkeypatch):
    monkeypatch.setattr(network, "bp3", lambda delta: delta.mean(axis=1, keepdims=True) + 0.1)
    check = gradient_check(initialize((2, 3, 1)), [0, 0], [1], hidden=relu)
    assert (check.passed, check.worst[1]) == (False, "b")


def test_what_has_a_kink_on_either_side_is_left_out_and_named():
    steps = Activation("steps", lambda z: 2 * z, lambda z: np.full(z.shape, 2.0), kinks=(-1e-6, 1e-6))
    check = gradient_check(of_lists({1: [[1.0]], 2: [[1.0]]}, {1: [[0.0]], 2: [[0.5]]}), [0.0], [0.2], hidden=steps)
    assert check.passed
    assert check.kinks == ("z[1][0] crosses the kink of steps on either side: b[1][0, 0] is left out",)


def test_where_every_difference_straddles_a_kink_nothing_is_claimed():
    steps = Activation("steps", lambda z: 2 * z, lambda z: np.full(z.shape, 2.0), kinks=(-1e-6, 1e-6))
    with pytest.raises(
        ValueError, match=r"h must be so small that some difference straddles no kink, got 1e-05: z\[1\]"
    ):
        gradient_check(of_lists({1: [[0.0]]}, {1: [[0.0]]}), [1.0], [0.5], output=steps)


def test_an_activation_of_ones_own_says_where_its_kinks_are():
    leaky = Activation(
        "leaky", lambda z: np.where(z > 0, z, 0.1 * z), lambda z: np.where(z > 0, 1.0, 0.1), kinks=(0.0,)
    )
    check = gradient_check(initialize((2, 3, 1)), [0, 0], [1], hidden=leaky)
    assert check.passed
    assert len(check.kinks) == 3


def test_an_input_that_overflows_the_cost_is_named():
    with pytest.raises(ValueError, match="x and y must give a finite cost, got inf"):
        gradient_check(initialize((2, 1)), [1e200, 1e200], [1], output=identity)

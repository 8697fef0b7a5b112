"""The network: against a second implementation without matrices, and every rule for shapes and bad input."""

import pickle
from collections import Counter
from copy import deepcopy
from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from strategies import SMOOTH, networks, of_lists

from backprop_lab import (
    Parameters,
    backward,
    binary_cross_entropy,
    cases,
    categorical_cross_entropy,
    forward,
    identity,
    initialize,
    network,
    quadratic,
    relu,
    sigmoid,
    softmax,
    tanh,
)


def second_opinion(case):
    """Forward and backward for one example and one neuron at a time, written from the components alone."""
    w, b, last, m = case.parameters.w, case.parameters.b, len(case.parameters.w), case.x.shape[1]
    nabla_w, nabla_b, deltas = {}, {}, {layer: np.zeros((len(w[layer]), m)) for layer in w}
    for layer in w:
        nabla_w[layer], nabla_b[layer] = np.zeros_like(w[layer]), np.zeros_like(b[layer])
    for x in range(m):
        a, prime = {0: [float(value) for value in case.x[:, x]]}, {}
        for layer in w:
            z = [
                sum(w[layer][j][k] * a[layer - 1][k] for k in range(len(a[layer - 1]))) + b[layer][j][0]
                for j in range(len(w[layer]))
            ]
            sigma = case.output if layer == last else case.hidden
            a[layer], prime[layer] = [float(sigma(value)) for value in z], [float(sigma.prime(value)) for value in z]
        delta = {last: [(a[last][j] - case.y[j, x]) * prime[last][j] for j in range(len(a[last]))]}
        if case.cost is binary_cross_entropy:
            delta[last] = [a[last][j] - case.y[j, x] for j in range(len(a[last]))]
        for layer in range(last - 1, 0, -1):
            delta[layer] = [
                sum(w[layer + 1][i][j] * delta[layer + 1][i] for i in range(len(delta[layer + 1]))) * prime[layer][j]
                for j in range(len(a[layer]))
            ]
        for layer in w:
            deltas[layer][:, x] = delta[layer]
            for j in range(len(delta[layer])):
                nabla_b[layer][j, 0] += delta[layer][j] / m
                for k in range(len(a[layer - 1])):
                    nabla_w[layer][j, k] += delta[layer][j] * a[layer - 1][k] / m
    return deltas, nabla_w, nabla_b


ONE_AT_A_TIME = (*((sigma, quadratic) for sigma in SMOOTH), (sigmoid, binary_cross_entropy))


@given(networks(ends=ONE_AT_A_TIME))
def test_backward_agrees_with_loops_over_examples_neurons_and_weights(case):
    deltas, nabla_w, nabla_b = second_opinion(case)
    found = backward(case.parameters, case.forward_pass, case.y, cost=case.cost)
    for layer in case.parameters.layers:
        np.testing.assert_allclose(found.delta[layer], deltas[layer], rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(found.nabla_w[layer], nabla_w[layer], rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(found.nabla_b[layer], nabla_b[layer], rtol=1e-9, atol=1e-12)


@given(networks())
def test_examples_do_not_see_each_other(case):
    together = case.backward_pass
    for x in range(case.x.shape[1]):
        alone = forward(case.parameters, case.x[:, x], hidden=case.hidden, output=case.output)
        np.testing.assert_allclose(alone.prediction[:, 0], case.forward_pass.prediction[:, x], rtol=1e-9, atol=1e-12)
        found = backward(case.parameters, alone, case.y[:, x], cost=case.cost)
        for layer in case.parameters.layers:
            np.testing.assert_allclose(found.delta[layer][:, 0], together.delta[layer][:, x], rtol=1e-9, atol=1e-12)


@given(networks(ends=((softmax, quadratic),)))
def test_softmax_with_quadratic_uses_the_whole_jacobian(case):
    a, nabla_a = case.forward_pass.prediction, case.forward_pass.prediction - case.y
    for x in range(a.shape[1]):
        jacobian = np.diag(a[:, x]) - np.outer(a[:, x], a[:, x])
        found = case.backward_pass.delta[case.parameters.layers[-1]][:, x]
        np.testing.assert_allclose(found, jacobian.T @ nabla_a[:, x], rtol=1e-9, atol=1e-12)


def test_backward_uses_the_four_equations_and_no_second_implementation(monkeypatch):
    used = []
    for name in ("bp1", "bp2", "bp3", "bp4"):
        original = getattr(network, name)
        monkeypatch.setattr(network, name, lambda *a, name=name, original=original: used.append(name) or original(*a))
    backward(cases.deep.parameters, cases.deep.forward_pass, cases.deep.y)
    assert Counter(used) == {"bp1": 1, "bp2": 2, "bp3": 3, "bp4": 3}


@pytest.mark.parametrize("z", [-700.0, -40.0, 40.0, 700.0])
@pytest.mark.parametrize(("output", "cost"), [(sigmoid, binary_cross_entropy), (softmax, categorical_cross_entropy)])
def test_saturated_outputs_give_the_right_error_without_a_division(z, output, cost):
    parameters = Parameters({1: np.array([[1.0], [0.0]])}, {1: np.zeros((2, 1))})
    y = [[0.0], [1.0]]
    forward_pass = forward(parameters, [[z]], output=output)
    found = backward(parameters, forward_pass, y, cost=cost)
    np.testing.assert_allclose(found.delta[1], forward_pass.prediction - y, rtol=1e-15)
    assert np.isfinite(network.mean_cost(forward_pass, np.array(y), cost))


def test_a_saturated_quadratic_output_keeps_its_small_error():
    parameters = Parameters({1: np.ones((1, 1))}, {1: np.zeros((1, 1))})
    delta = backward(parameters, forward(parameters, [[700.0]]), [[0.0]]).delta[1]
    assert delta[0, 0] == pytest.approx(np.exp(-700.0))


PAIRS = [
    (binary_cross_entropy, softmax, "sigmoid output, got softmax; with softmax use categorical_cross_entropy"),
    (categorical_cross_entropy, sigmoid, "softmax output, got sigmoid; with sigmoid use binary_cross_entropy"),
    (binary_cross_entropy, identity, "with identity use quadratic"),
    (categorical_cross_entropy, identity, "with identity use quadratic"),
    (binary_cross_entropy, tanh, "with tanh use quadratic"),
    (categorical_cross_entropy, relu, "with relu use quadratic"),
]


@pytest.mark.parametrize(("cost", "output", "message"), PAIRS, ids=lambda value: str(value)[:12])
def test_a_pair_that_makes_no_sense_is_refused_with_the_right_one(cost, output, message):
    forward_pass = forward(cases.wide.parameters, cases.wide.x, output=output)
    with pytest.raises(ValueError, match=message):
        backward(cases.wide.parameters, forward_pass, cases.wide.y, cost=cost)


def shaped(*shape):
    return np.ones(shape)


@pytest.mark.parametrize(
    ("w", "b", "message"),
    [
        ({}, {}, r"w must be a dict with the layers \[1\] as keys, got \[\]"),
        ([shaped(3, 2)], {1: shaped(3, 1)}, r"w must be a dict .* got list"),
        ({1: shaped(3, 2)}, {}, r"b must be a dict with the layers \[1\] as keys, got \[\]"),
        ({2: shaped(3, 2)}, {2: shaped(3, 1)}, r"w must be a dict with the layers \[1\] as keys, got \[2\]"),
        ({1: shaped(3)}, {1: shaped(3, 1)}, r"w\[1\] must have shape \(n\[1\], n\[0\].*got \(3,\)"),
        ({1: shaped(3, 2)}, {1: shaped(3)}, r"b\[1\] must have shape \(3, 1\), got \(3,\)"),
        ({1: shaped(3, 2)}, {1: shaped(1, 3)}, r"b\[1\] must have shape \(3, 1\), got \(1, 3\)"),
        (
            {1: shaped(3, 2), 2: shaped(3, 1)},
            {1: shaped(3, 1), 2: shaped(1, 1)},
            r"w\[2\] must have shape \(n\[2\], n\[1\] = 3\), got \(3, 1\)",
        ),
        ({1: [[np.nan]]}, {1: [[0.0]]}, r"w\[1\] must be finite, got nan at index \(0, 0\)"),
        ({1: [["a"]]}, {1: [[0.0]]}, r"w\[1\] must hold real numbers"),
        (None, {}, r"w must be a dict with the layers \[1\] as keys, got NoneType"),
    ],
)
def test_parameters_that_do_not_fit_are_refused_when_they_are_made(w, b, message):
    with pytest.raises(ValueError, match=message):
        Parameters(w, b)


def test_parameters_are_frozen_and_their_own():
    w = np.ones((1, 1))
    parameters = Parameters({1: w}, {1: np.ones((1, 1), dtype=int)})
    w[0, 0] = 5
    assert parameters.w[1][0, 0] == 1
    assert parameters.b[1].dtype == np.float64
    with pytest.raises(ValueError, match="read-only"):
        parameters.w[1][0, 0] = 2
    with pytest.raises(FrozenInstanceError):
        parameters.w = {}  # type: ignore[misc]
    w1: Any = parameters.w[1]
    replacing = {"__setitem__": (1, w1), "__delitem__": (1,), "__ior__": ({1: w1},), "update": ({1: w1},)}
    for name, arguments in {**replacing, "setdefault": (2, w1), "pop": (1,), "popitem": (), "clear": ()}.items():
        with pytest.raises(TypeError, match="a layer of Parameters cannot be replaced: make new Parameters"):
            getattr(parameters.w, name)(*arguments)
    assert deepcopy(parameters).sizes == pickle.loads(pickle.dumps(parameters)).sizes == parameters.sizes
    assert repr(parameters.b) == "{1: array([[1.]])}"


@pytest.mark.parametrize(
    ("x", "message"),
    [
        ([1.0], r"x must have shape \(2, m\), one column per example, got \(1,\)"),
        ([[1.0, 2.0]], r"x must have shape \(2, m\), one column per example, got \(1, 2\)"),
        (np.ones((2, 0)), r"x must have shape \(2, m\).*got \(2, 0\)"),
        ([[1.0], [np.inf]], r"x must be finite, got inf at index \(1, 0\)"),
    ],
)
def test_inputs_that_do_not_fit_are_refused(x, message):
    with pytest.raises(ValueError, match=message):
        forward(cases.running.parameters, x)


def test_targets_of_another_shape_or_network_are_refused():
    forward_pass = forward(cases.batch.parameters, cases.batch.x)
    with pytest.raises(ValueError, match=r"y must have shape \(1, 4\), one column per example, got \(4,\)"):
        backward(cases.batch.parameters, forward_pass, [1, 0, 1, 0])
    with pytest.raises(ValueError, match=r"forward_pass must come from a network of sizes \(2, 3, 2\), got .*2, 3, 1"):
        backward(cases.wide.parameters, forward_pass, cases.wide.y)
    with pytest.raises(ValueError, match="hidden must be an element-wise activation, got softmax"):
        forward(cases.running.parameters, cases.running.x, hidden=softmax)


def test_integers_and_one_dimensional_input_are_one_example_in_float64():
    found = forward(cases.running.parameters, [1, -2])
    assert found.prediction.shape == (1, 1)
    assert found.a[0].dtype == np.float64
    assert backward(cases.running.parameters, found, [1]).nabla_w[1].shape == (3, 2)


@settings(max_examples=30)
@given(networks())
def test_nothing_passed_in_is_changed(case):
    x, y = case.x.copy(), case.y.copy()
    w = {layer: values.copy() for layer, values in case.parameters.w.items()}
    forward_pass = forward(case.parameters, x, hidden=case.hidden, output=case.output)
    kept = {layer: values.copy() for layer, values in forward_pass.a.items()}
    backward(case.parameters, forward_pass, y, cost=case.cost)
    np.testing.assert_array_equal(x, case.x)
    np.testing.assert_array_equal(y, case.y)
    for layer, values in w.items():
        np.testing.assert_array_equal(values, case.parameters.w[layer])
        np.testing.assert_array_equal(kept[layer], forward_pass.a[layer])


def test_initialize_is_reproducible_scaled_by_fan_in_and_leaves_the_global_generator_alone():
    state = str(np.random.get_state())
    parameters = initialize((400, 100, 10), seed=3)
    assert str(np.random.get_state()) == state
    np.testing.assert_array_equal(parameters.w[1], initialize((400, 100, 10), seed=3).w[1])
    assert (parameters.w[1] != initialize((400, 100, 10), seed=4).w[1]).any()
    assert parameters.sizes == (400, 100, 10)
    assert parameters.w[1].std() == pytest.approx(1 / 20, rel=0.05)
    assert not parameters.b[1].any()


@pytest.mark.parametrize(
    ("name", "choice"), [("hidden", "tanh"), ("output", np.tanh), ("hidden", None), ("output", quadratic)], ids=str
)
def test_what_is_no_activation_is_named(name, choice):
    with pytest.raises(TypeError, match=f"{name} must be of type Activation, such as sigmoid, got"):
        forward(cases.running.parameters, cases.running.x, **{name: choice})


def test_what_is_no_cost_is_named():
    with pytest.raises(TypeError, match="cost must be of type Cost, such as quadratic, got 'quadratic'"):
        backward(cases.running.parameters, cases.running.forward_pass, [1], cost="quadratic")  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", [-1, 1.5, None, "a", True], ids=str)
def test_a_seed_is_a_whole_number(seed):
    with pytest.raises(ValueError, match="seed must be a whole number of at least 0, got"):
        initialize((2, 1), seed=seed)


@pytest.mark.parametrize("sizes", [(3,), (), (2, 0), (2, 3.0), (2, True), 5, None], ids=str)
def test_sizes_that_make_no_network_are_refused(sizes):
    with pytest.raises(ValueError, match="sizes must"):
        initialize(sizes)


def test_biases_that_are_not_0_leave_the_weights_as_they_are():
    plain, spread = initialize((50, 400, 10), seed=2), initialize((50, 400, 10), seed=2, bias_scale=0.3)
    np.testing.assert_array_equal(plain.w[2], spread.w[2])
    assert spread.b[1].std() == pytest.approx(0.3, rel=0.1)
    np.testing.assert_array_equal(spread.b[2], initialize((50, 400, 10), seed=2, bias_scale=0.3).b[2])


def test_numbers_beyond_all_numbers_are_infinite_in_a_gradient_and_refused_before():
    parameters = of_lists({1: [[1.0, 0.5]]}, {1: [[0.0]]})
    passed = forward(parameters, [1e200, 1.0], output=relu)
    found = backward(parameters, passed, [0.0])
    assert (found.delta[1][0, 0], found.nabla_w[1][0, 0], found.nabla_w[1][0, 1]) == (1e200, np.inf, 1e200)
    assert quadratic(passed.prediction, [0.0]) == network.mean_cost(passed, np.zeros((1, 1)), quadratic) == np.inf
    with pytest.raises(ValueError, match=r"x must be of a size that can be computed with, got z\[1\] = (inf|nan)"):
        forward(of_lists({1: [[1e200, -1e200]]}, {1: [[0.0]]}), [1e200, 1e200])
    off = of_lists({1: [[-1.0]], 2: [[1e200]]}, {1: [[0.0]], 2: [[0.0]]})
    with pytest.raises(
        ValueError, match=r"forward_pass must be of a size that can be computed with, got delta\[1\] = nan"
    ):
        backward(off, forward(off, [1.0], hidden=relu, output=identity), [-1e200])


def test_a_step_beyond_all_numbers_is_said_and_a_gradient_that_is_none_named():
    with pytest.raises(ValueError, match=r"learning_rate must leave the parameters finite, got 1e\+308"):
        network.step(
            cases.running.parameters, backward(cases.running.parameters, cases.running.forward_pass, [1e3]), 1e308
        )
    passed = forward(of_lists({1: [[1.0]]}, {1: [[0.0]]}), [1e200], output=identity)
    found = backward(of_lists({1: [[1.0]]}, {1: [[0.0]]}), passed, [0.0])
    with pytest.raises(
        ValueError, match=r"backward_pass must fit the parameters and be finite: nabla_w\[1\] must be finite"
    ):
        network.step(of_lists({1: [[1.0]]}, {1: [[0.0]]}), found, 1.0)


def test_what_nobody_can_write_to_is_shared_and_everything_else_copied():
    locked = np.arange(6.0).reshape(3, 2).T.copy(order="F")
    locked.flags.writeable = False
    assert forward(cases.running.parameters, locked).a[0] is locked
    view = locked.view()
    assert forward(cases.running.parameters, view).a[0] is not view
    open_ = locked.copy()
    assert not np.shares_memory(forward(cases.running.parameters, open_).a[0], open_)


@given(networks())
def test_the_gradient_as_one_list_holds_every_rate(case):
    found, back = case.backward_pass.gradient, case.backward_pass
    assert found.shape == (sum(each.size for nabla in (back.nabla_w, back.nabla_b) for each in nabla.values()),)
    assert found[0] == back.nabla_w[1][0, 0]
    assert found[-1] == back.nabla_b[case.parameters.layers[-1]][-1, 0]
    np.testing.assert_allclose(
        found @ found, sum((each**2).sum() for nabla in (back.nabla_w, back.nabla_b) for each in nabla.values())
    )

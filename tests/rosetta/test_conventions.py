"""The gradient computed in every notation, each by its own code, is the package's once it is translated."""

import ast
import inspect

import numpy as np
import pytest
from hypothesis import given, settings
from strategies import networks

from backprop_lab import Case, cases, initialize, quadratic, sigmoid
from backprop_lab.rosetta import passes
from backprop_lab.rosetta.conventions import CONVENTIONS, LINES, ROWS, convention

EVERY = pytest.mark.parametrize("each", CONVENTIONS.values(), ids=[*CONVENTIONS])
RELATIVE, ABSOLUTE = 1e-09, 1e-13


@EVERY
@settings(max_examples=30)
@given(case=networks(hidden=(sigmoid,), ends=((sigmoid, quadratic),)))
def test_every_gradient_and_every_error_signal_come_home_to_the_package_s(each, case):
    nabla_w, nabla_b = each.found(case)
    delta = each.errors(case)
    assert sorted(nabla_w) == sorted(nabla_b) == sorted(delta) == [*case.parameters.layers]
    for layer in case.parameters.layers:
        np.testing.assert_allclose(nabla_w[layer], case.backward_pass.nabla_w[layer], rtol=RELATIVE, atol=ABSOLUTE)
        np.testing.assert_allclose(nabla_b[layer], case.backward_pass.nabla_b[layer], rtol=RELATIVE, atol=ABSOLUTE)
        np.testing.assert_allclose(delta[layer], case.backward_pass.delta[layer], rtol=RELATIVE, atol=ABSOLUTE)


@EVERY
def test_the_same_number_is_in_its_array_under_its_name_there(each):
    rng = np.random.default_rng(5)
    case = Case(initialize((2, 5, 4, 3), seed=3, bias_scale=1), rng.uniform(-1, 1, (2, 6)), rng.uniform(0, 1, (3, 6)))
    answer = dict(zip(each.answer.split(", "), each.gradient(*each.given(case)), strict=False))
    names = {"m": 6, "n_L": 3, "k": 3, **answer}
    factor = each.layout.gradient(6, 3)
    for layer, nabla in case.backward_pass.nabla_w.items():
        for (j, k), value in np.ndenumerate(nabla):
            assert eval(each.entry(layer, j, k), {}, dict(answer)) == pytest.approx(factor * value, rel=1e-9)
        at_home = eval(each.home, {}, {**names, "l": layer})  # the line that the picture shows as the way home
        np.testing.assert_allclose(at_home, nabla, rtol=RELATIVE, atol=ABSOLUTE)


def test_no_pass_knows_the_package_or_another_pass():
    tree = ast.parse(inspect.getsource(passes))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported == {"collections.abc", "typing", "backprop_lab.validation"}  # of which it takes a type
    own = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name[0] != "_"}
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not own & called
    assert len({each.gradient for each in CONVENTIONS.values()}) == len(CONVENTIONS) == len(own)


@EVERY
def test_all_is_said_of_each(each):
    assert tuple(each.says) == ROWS
    assert len(each.equations) == len(LINES)
    assert len(each.roles) == len(each.arguments.split(", "))
    assert len(each.returns) == len(each.answer.split(", "))
    assert [*inspect.signature(each.gradient).parameters][: len(each.roles)] == each.arguments.split(", ")


def test_what_is_given_may_be_changed_without_harm():
    before = cases.batch.parameters.w[1].copy()
    for each in CONVENTIONS.values():
        arrays = [array for argument in each.given(cases.batch) for array in _arrays(argument)]
        for array in arrays:
            array[...] = 1.0
    assert (cases.batch.parameters.w[1] == before).all()


def _arrays(argument):
    if isinstance(argument, np.ndarray):
        return [argument]
    inner = argument.values() if isinstance(argument, dict) else argument
    return [array for each in inner for array in _arrays(each)]


def test_the_factors_on_the_batch_and_on_two_outputs():
    """Part E: MSELoss is 2·C for one output, and its gradients twice ours; for two outputs the factor is 1."""
    torch, rows = convention("torch").layout, convention("rows").layout
    assert (torch.gradient(4, 1), torch.gradient(1, 2), torch.delta(4, 1)) == (2, 1, 0.5)
    assert (rows.gradient(4, 1), rows.delta(4, 1)) == (1, 0.25)
    mse = ((cases.batch.forward_pass.prediction - cases.batch.y) ** 2).mean()
    assert mse == pytest.approx(2 * cases.batch.mean_cost)
    assert mse == pytest.approx(0.260828, abs=5e-7)


def test_a_key_that_is_none_is_refused():
    with pytest.raises(ValueError, match=r"convention must be one of house, brackets, .*, got 'column'"):
        convention("column")

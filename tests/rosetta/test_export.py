"""The files to take away: NumPy's is run in a clean process, to ten digits; PyTorch's was run for real once."""

import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

from backprop_lab import (
    Parameters,
    binary_cross_entropy,
    cases,
    categorical_cross_entropy,
    export,
    identity,
    initialize,
    relu,
    softmax,
    tanh,
)
from backprop_lab.cases import Case

CASES = {
    "batch": cases.batch,
    "wide": cases.wide,
    "deep": cases.deep,
    "tanh, softmax": replace(cases.wide, hidden=tanh, output=softmax, cost=categorical_cross_entropy),
    "relu, cross-entropy": replace(cases.batch, hidden=relu, cost=binary_cross_entropy),
    "tanh, identity": replace(cases.batch, hidden=tanh, output=identity),
    "one layer": Case(initialize((3, 2), seed=1), np.ones((3, 2)), np.eye(2)),
}
TORCH = "2.13.0+cpu"  # with which the figures were recorded: the cost before each of six steps with η = ½
RECORDED = {
    "batch": (0.13041419730535928, 0.12956069415890478, 0.128742816352893, 0.12795854037750776, 0.12720592859931662,
              0.12648313637069378),
    "wide": (0.5052410234814816, 0.4590745892591499, 0.4123431789656158, 0.366653046418935, 0.3235047819120713,
             0.2840241932927852),
    "deep": (0.2708888334784335, 0.251207849075818, 0.23059599525248034, 0.20947758782732634, 0.18837436724918752,
             0.1678484355944151),
    "tanh, softmax": (3.0363711093168284, 0.45423872980458196, 0.08101311427688745, 0.05531408830432763,
                      0.043459229526536206, 0.03630119802033374),
    "relu, cross-entropy": (0.721464768973999, 0.5084982463093207, 0.4251227706441394, 0.37371323726597583,
                            0.34433708497875226, 0.3225265307881492),
    "tanh, identity": (0.6988219883761722, 0.20086553230100207, 0.12530679473375095, 0.10339207691693224,
                       0.09125131763385087, 0.08283659577536752),
    "softmax, quadratic": (0.7363240230735548, 0.6306124146622623, 0.47390504563092817, 0.2920877436899729,
                           0.1596515247551249, 0.09452000471120653),
}  # fmt: skip
AUTOGRAD = {  # of `batch`: weight.grad and bias.grad of both layers, and MSELoss, as the same run gave them
    "w1": [[0.01107120695700859, -0.004441236815218968], [0.010341249669668744, -0.010401628071046536],
           [-0.013241980461996886, 0.011380155299483241]],
    "w2": [[-0.02293578599025805, 0.008202185805131698, -0.00952688931043562]],
    "b1": [0.010545626291210655, 0.004845772440728955, -0.004225476872156176],
    "b2": [-0.015048338728603314],
    "mse": 0.26082839461071855,
}  # fmt: skip


def costs(case, rate=0.5):
    found = []
    for _ in range(6):
        found.append(case.mean_cost)
        case = case.stepped(rate)
    return found


def run(text, folder):
    """What the file prints, in a process that has no way to this repository."""
    path = folder / "network.py"
    path.write_text(text, encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", str(path)], cwd=folder, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("name", CASES)
def test_the_numpy_file_trains_as_the_package_does(name, tmp_path):
    text = export.numpy_file(CASES[name], learning_rate=0.5)
    assert "backprop_lab" not in text
    printed = [float(line.split()[1]) for line in run(text, tmp_path).splitlines()]
    np.testing.assert_allclose(printed, costs(CASES[name]), rtol=0, atol=1e-10)


def test_the_numpy_file_of_a_sure_network_prints_numbers(tmp_path):
    weights = {1: np.array([[50.0]])}, {1: np.array([[0.0]])}
    sure = Case(Parameters(*weights), np.ones((1, 1)), np.ones((1, 1)), cost=binary_cross_entropy)
    printed = [float(line.split()[1]) for line in run(export.numpy_file(sure), tmp_path).splitlines()]
    np.testing.assert_allclose(printed, costs(sure), rtol=0, atol=1e-10)


def test_its_functions_give_the_package_s_gradient_and_step(tmp_path):
    case, found = cases.deep, cases.deep.backward_pass
    module: dict[str, Any] = {"__name__": "file"}
    exec(export.numpy_file(case, learning_rate=0.7), module)
    nabla_w, nabla_b = module["backprop"](module["w"], module["b"], module["x"], module["y"])
    w, b = module["step"](module["w"], module["b"], module["x"], module["y"], module["learning_rate"])
    after = case.stepped(0.7).parameters
    for layer in case.parameters.layers:
        np.testing.assert_allclose(nabla_w[layer], found.nabla_w[layer], rtol=0, atol=1e-10)
        np.testing.assert_allclose(nabla_b[layer], found.nabla_b[layer], rtol=0, atol=1e-10)
        np.testing.assert_allclose(w[layer], after.w[layer], rtol=0, atol=1e-10)
        np.testing.assert_allclose(b[layer], after.b[layer], rtol=0, atol=1e-10)


@pytest.mark.parametrize("name", RECORDED)
def test_what_torch_gave_when_it_was_run_is_what_the_package_gives(name):
    case = CASES.get(name, replace(cases.wide, output=softmax))
    np.testing.assert_allclose(costs(case), RECORDED[name], rtol=0, atol=1e-10)


def test_what_autograd_found_is_the_package_s_gradient():
    found = cases.batch.backward_pass
    for layer in (1, 2):
        np.testing.assert_allclose(found.nabla_w[layer], AUTOGRAD[f"w{layer}"], rtol=0, atol=1e-10)
        np.testing.assert_allclose(found.nabla_b[layer][:, 0], AUTOGRAD[f"b{layer}"], rtol=0, atol=1e-10)
    assert abs(2 * cases.batch.mean_cost - AUTOGRAD["mse"]) < 1e-10


@pytest.mark.skipif(
    not find_spec("torch"),
    reason=f"PyTorch is not installed here: its figures were recorded with {TORCH}, and are compared in any case",
)
@pytest.mark.parametrize("name", RECORDED)
def test_the_twin_in_pytorch_trains_as_the_package_does(name, tmp_path):
    case = CASES.get(name, replace(cases.wide, output=softmax))
    text = export.torch_file(case, learning_rate=0.5)
    printed = [float(line.split()[1]) for line in run(text, tmp_path).splitlines()]
    np.testing.assert_allclose(printed, costs(case), rtol=0, atol=1e-10)


@pytest.mark.parametrize("name", CASES)
def test_the_twin_is_python(name):
    compile(export.torch_file(CASES[name]), "twin.py", "exec")


def test_what_cannot_be_written_is_refused():
    with pytest.raises(ValueError, match="case must have another cost with a softmax output, got quadratic"):
        export.numpy_file(replace(cases.wide, output=softmax))
    with pytest.raises(ValueError, match="learning_rate"):
        export.torch_file(cases.batch, learning_rate=-1)
    with pytest.raises(TypeError, match=r"case must be .*cases\.batch"):
        export.numpy_file(cases.batch.parameters)  # pyright: ignore[reportArgumentType]

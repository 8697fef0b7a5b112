"""Worked examples that many have read, with their source: the package gives their numbers, or says which are wrong."""

import numpy as np
import pytest

from backprop_lab import Case, Parameters, identity, quadratic, relu, sigmoid, softmax
from backprop_lab.costs import categorical_cross_entropy
from backprop_lab.rosetta.witnesses import worked_example


def case(w, b, x, y, **choices):
    weights = {layer: np.array(each, dtype=float) for layer, each in enumerate(w, start=1)}
    biases = {layer: np.array(each, dtype=float)[:, np.newaxis] for layer, each in enumerate(b, start=1)}
    return Case(Parameters(weights, biases), np.array(x, dtype=float), np.array(y, dtype=float), **choices)


MAZUR = case([[[0.15, 0.20], [0.25, 0.30]], [[0.40, 0.45], [0.50, 0.55]]], [[0.35, 0.35], [0.60, 0.60]],
             [0.05, 0.10], [0.01, 0.99])  # fmt: skip


def test_the_widely_copied_two_two_two_example_and_its_erratum():
    """“A Step by Step Backpropagation Example” (2015): 0.05, 0.10 → 0.01, 0.99, η = 0.5, biases fixed.

    Its numbers up to the new weights are right. The error it gives after that step, 0.291027924, is not that of these
    weights, 0.291027774; it is the one of another order, in which the hidden δ uses updated output weights.
    """
    a, found = MAZUR.forward_pass.a, MAZUR.backward_pass
    np.testing.assert_allclose(a[1][:, 0], (0.593269992, 0.596884378), atol=5e-10)
    np.testing.assert_allclose(a[2][:, 0], (0.75136507, 0.772928465), atol=5e-9)
    assert MAZUR.mean_cost == pytest.approx(0.298371109, abs=5e-10)
    assert found.nabla_w[2][0, 0] == pytest.approx(0.082167041, abs=5e-10)
    assert found.nabla_w[1][0, 0] == pytest.approx(0.000438568, abs=5e-10)
    w = {layer: MAZUR.parameters.w[layer] - 0.5 * found.nabla_w[layer] for layer in (1, 2)}
    np.testing.assert_allclose(w[2].ravel(), (0.35891648, 0.408666186, 0.511301270, 0.561370121), atol=6e-10)
    np.testing.assert_allclose(w[1].ravel(), (0.149780716, 0.19956143, 0.24975114, 0.29950229), atol=5e-9)
    after = Case(Parameters(w, MAZUR.parameters.b), MAZUR.x, MAZUR.y).mean_cost
    assert after == pytest.approx(0.291027774, abs=5e-10)
    assert after != pytest.approx(0.291027924, abs=5e-8)
    assert worked_example(1, updated_first=True)[0] == pytest.approx(0.291027924, abs=5e-10)
    assert MAZUR.stepped(0.5).mean_cost == pytest.approx(0.280471447, abs=5e-10)  # with biases that learn


def test_a_three_two_one_network_of_a_data_mining_textbook():
    """Han, Kamber: Data Mining, Concepts and Techniques, chapter on classification by backpropagation; η = 0.9.

    Its Err is o(1 − o)(T − o): our δ with the other sign, so it adds where we subtract. Each line is printed to three
    or four decimals, and the next one computed from what is printed: so its last digit may be off by one.
    """
    net = case([[[0.2, 0.4, -0.5], [-0.3, 0.1, 0.2]], [[-0.3, -0.2]]], [[-0.4, 0.2], [0.1]], [1, 0, 1], [1])
    z, a, found = net.forward_pass.z, net.forward_pass.a, net.backward_pass
    np.testing.assert_allclose([*z[1][:, 0], *z[2][:, 0]], (-0.7, 0.1, -0.105), atol=5.1e-4)
    np.testing.assert_allclose([*a[1][:, 0], *a[2][:, 0]], (0.332, 0.525, 0.474), atol=5.1e-4)
    np.testing.assert_allclose(-found.delta[2], [[0.1311]], atol=1e-4)
    np.testing.assert_allclose(-found.delta[1][:, 0], (-0.0087, -0.0065), atol=1e-4)
    after = net.stepped(0.9).parameters
    np.testing.assert_allclose(after.w[2], [[-0.261, -0.138]], atol=5.1e-4)
    np.testing.assert_allclose(after.w[1], [[0.192, 0.400, -0.508], [-0.306, 0.100, 0.194]], atol=5.1e-4)
    np.testing.assert_allclose([*after.b[1][:, 0], *after.b[2][:, 0]], (-0.408, 0.194, 0.218), atol=5.1e-4)


def test_the_sigmoid_circuit_of_a_lecture():
    """CS231n, “Backpropagation, Intuitions”: w = (2, −3, −3), x = (−1, −2): f = 0.73, and the rates below it."""
    w, x = np.array([2.0, -3.0, -3.0]), np.array([-1.0, -2.0])
    neuron = case([[w[:2]]], [[w[2]]], x, [0])
    z, slope = neuron.forward_pass.z[1][0, 0], sigmoid.prime(neuron.forward_pass.z[1][0, 0])
    assert (z, round(float(sigmoid(z)), 2), round(float(slope), 2)) == (1.0, 0.73, 0.20)
    np.testing.assert_allclose([*(slope * x), slope], (-0.20, -0.39, 0.20), atol=5.1e-3)
    np.testing.assert_allclose(slope * w[:2], (0.39, -0.59), atol=5.1e-3)


def test_a_network_that_computes_xor_without_training():
    """Goodfellow, Bengio, Courville: Deep Learning, 6.1: W all 1, c = (0, −1), w = (1, −2), b = 0, rectified."""
    x = [[0, 0, 1, 1], [0, 1, 0, 1]]
    net = case([[[1, 1], [1, 1]], [[1, -2]]], [[0, -1], [0]], x, [[0, 1, 1, 0]], hidden=relu, output=identity)
    np.testing.assert_array_equal(net.forward_pass.a[1], [[0, 1, 1, 2], [0, 0, 0, 1]])
    np.testing.assert_array_equal(net.forward_pass.prediction, [[0, 1, 1, 0]])
    assert net.mean_cost == 0


@pytest.mark.parametrize(("start", "first", "after"), [((0.6, 0.9), 0.82, 0.09), ((2.0, 2.0), 0.98, 0.20)])
def test_a_saturated_neuron_learns_slowly_at_first(start, first, after):
    """Nielsen: Neural Networks and Deep Learning, chapter 3: one neuron, x = 1, y = 0, η = 0.15, 300 epochs."""
    neuron = case([[[start[0]]]], [[start[1]]], [1], [0])
    assert round(float(neuron.forward_pass.prediction[0, 0]), 2) == first
    for _ in range(300):
        neuron = neuron.stepped(0.15)
    assert round(float(neuron.forward_pass.prediction[0, 0]), 2) == after


def test_softmax_cross_entropy_of_three_scores():
    """CS231n, “Linear Classification”: scores (−2.85, 0.86, 0.28), class 2: probability 0.353, loss 1.04.

    Its probabilities are computed from rounded powers of e: 0.016 is 0.0154.
    """
    z = np.array([[-2.85], [0.86], [0.28]])
    a = softmax(z)
    np.testing.assert_allclose(a[:, 0], (0.016, 0.631, 0.353), atol=6e-4)
    assert round(categorical_cross_entropy(a, [[0], [0], [1]]), 2) == 1.04


def test_one_neuron_and_the_plain_quadratic_cost_by_hand():
    """The neuron that every text begins with: σ(0) = ½, σ′(0) = ¼, so δ = (½ − 1)·¼ = −⅛, exactly."""
    neuron = case([[[0.0]]], [[0.0]], [1], [1])
    assert neuron.backward_pass.delta[1][0, 0] == -0.125
    assert quadratic([0.5], [1.0]) == 0.125

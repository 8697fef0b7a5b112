"""Activations: right values and derivatives wherever they are asked, saturated or not."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab import Activation, identity, relu, sigmoid, softmax, tanh

ELEMENT_WISE = (sigmoid, tanh, relu, identity)
FAR = st.floats(-700, 700)


def exact(z: float) -> dict[str, tuple[float, float]]:
    """σ(z) and σ′(z) from the math module, in forms that lose no digits."""
    e = math.exp(-abs(z))
    return {
        "sigmoid": ((1 if z >= 0 else e) / (1 + e), e / (1 + e) ** 2),
        "tanh": (math.tanh(z), 4 * math.exp(-2 * abs(z)) / (1 + math.exp(-2 * abs(z))) ** 2),
        "relu": (max(z, 0), float(z > 0)),
        "identity": (z, 1),
    }


@pytest.mark.parametrize("activation", ELEMENT_WISE, ids=str)
@given(z=FAR)
def test_value_and_derivative_keep_their_digits_however_saturated(activation, z):
    a, prime = exact(z)[activation.name]
    assert activation(z) == pytest.approx(a, rel=1e-12, abs=0)
    assert activation.prime(z) == pytest.approx(prime, rel=1e-12, abs=0)


@pytest.mark.parametrize("activation", ELEMENT_WISE, ids=str)
@given(z=st.floats(-5, 5).filter(lambda z: abs(z) > 1e-3))
def test_the_derivative_is_the_slope(activation, z):
    slope = (activation(z + 1e-5) - activation(z - 1e-5)) / 2e-5
    assert activation.prime(z) == pytest.approx(slope, abs=1e-8)


@given(st.lists(st.lists(FAR, min_size=3, max_size=3), min_size=1, max_size=4))
def test_softmax_columns_are_probabilities_which_no_common_shift_moves(rows):
    z = np.array(rows).T
    a = softmax(z)
    assert a.shape == z.shape
    assert (a >= 0).all()
    np.testing.assert_allclose(a.sum(axis=0), 1)
    np.testing.assert_allclose(softmax(z + 7), a, atol=1e-12)
    assert (np.take_along_axis(a, z.argmax(axis=0)[np.newaxis], axis=0) == a.max(axis=0)).all()


def test_softmax_says_why_it_has_no_element_wise_derivative():
    with pytest.raises(ValueError, match=r"softmax has no element-wise derivative.*Jacobian"):
        softmax.prime(np.zeros((3, 1)))


@pytest.mark.parametrize("activation", ELEMENT_WISE, ids=str)
@pytest.mark.parametrize("z", [2, [1, 2], np.array([[1, 2]]), np.float32(2), True], ids=repr)
def test_integers_lists_and_scalars_become_float64_of_the_same_shape(activation, z):
    assert np.shape(activation(z)) == np.shape(z)
    assert np.asarray(activation(z)).dtype == np.float64
    np.testing.assert_allclose(activation(z), activation(np.asarray(z, dtype=float)))


@pytest.mark.parametrize("activation", [*ELEMENT_WISE, softmax], ids=str)
def test_what_is_not_a_number_stays_so(activation):
    assert np.isnan(activation(np.nan))
    assert activation in (identity, softmax) or np.isnan(activation.prime(np.nan))


@pytest.mark.parametrize("z", ["two", [None], [[1], [2, 3]]], ids=repr)
def test_what_is_no_number_is_refused(z):
    with pytest.raises(ValueError, match=r"z must (hold numbers|be a rectangular array of numbers), got"):
        sigmoid(z)


def test_nothing_passed_in_is_changed_nor_handed_back():
    z = np.array([[-1.0, 2.0]])
    for activation in (*ELEMENT_WISE, softmax):
        activation(z)[...] = 9
    np.testing.assert_array_equal(z, [[-1.0, 2.0]])


def test_an_activation_of_ones_own_needs_a_name_a_value_and_a_derivative():
    square = Activation("square", lambda z: z**2, lambda z: 2 * z)
    assert (square(3), square.prime(3), str(square)) == (9, 6, "square")


def test_a_far_z_gives_the_limit_and_no_warning():
    far = np.array([[-1e308], [-1e4], [1e4], [1e308]])
    np.testing.assert_allclose(sigmoid(far), [[0], [0], [1], [1]], atol=1e-307)
    assert not sigmoid.prime(far).any()
    assert not tanh.prime(far).any()
    np.testing.assert_array_equal(softmax(far), [[0], [0], [0], [1]])
    assert np.isnan(softmax([np.inf, np.inf])).all()
    assert softmax(np.zeros((0, 3))).shape == (0, 3)

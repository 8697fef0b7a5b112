"""Costs: the value, its gradient, exact ends, and targets that make no sense."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab import Case, binary_cross_entropy, categorical_cross_entropy, initialize, quadratic

COSTS = (quadratic, binary_cross_entropy, categorical_cross_entropy)


@st.composite
def outputs_and_targets(draw):
    n, m = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return rng.uniform(0.02, 0.98, (n, m)), rng.dirichlet(np.ones(n), m).T


def by_components(cost, a, y):
    """The formulas of the design, one example and one neuron at a time."""
    total = 0.0
    for x in range(a.shape[1]):
        for j in range(a.shape[0]):
            total += {
                "quadratic": (a[j, x] - y[j, x]) ** 2 / 2,
                "binary_cross_entropy": -(y[j, x] * np.log(a[j, x]) + (1 - y[j, x]) * np.log(1 - a[j, x])),
                "categorical_cross_entropy": -y[j, x] * np.log(a[j, x]),
            }[cost.name]
    return total / a.shape[1]


@pytest.mark.parametrize("cost", COSTS, ids=str)
@given(pair=outputs_and_targets())
def test_the_cost_is_the_mean_over_examples_of_the_sum_over_neurons(cost, pair):
    value = cost(*pair)
    assert isinstance(value, float)
    assert value == pytest.approx(by_components(cost, *pair))


@pytest.mark.parametrize("cost", COSTS, ids=str)
@given(pair=outputs_and_targets())
def test_the_gradient_is_the_slope_of_each_examples_own_cost(cost, pair):
    a, y = pair
    for index in np.ndindex(a.shape):
        up, down = a.copy(), a.copy()
        up[index] += 1e-6
        down[index] -= 1e-6
        slope = a.shape[1] * (cost(up, y) - cost(down, y)) / 2e-6
        assert cost.gradient(a, y)[index] == pytest.approx(slope, rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("cost", COSTS, ids=str)
@pytest.mark.parametrize("y", [[[0.0], [1.0]], [[1.0], [0.0]]], ids=str)
def test_being_certain_costs_exactly_nothing_when_right(cost, y):
    assert cost(y, y) == 0
    assert np.isfinite(cost.gradient(y, y)).all()


@pytest.mark.parametrize("cost", [binary_cross_entropy, categorical_cross_entropy], ids=str)
def test_being_certain_and_wrong_costs_infinitely_much_without_a_warning(cost):
    wrong, y = [[0.0], [1.0]], [[1.0], [0.0]]
    assert cost(wrong, y) == np.inf
    assert cost.gradient(wrong, y)[0, 0] == -np.inf
    assert not np.isnan(cost.gradient(wrong, y)).any()
    assert cost.gradient([5e-324, 1.0], [1.0, 0.0])[0, 0] == -np.inf


@pytest.mark.filterwarnings("error")
def test_targets_near_the_largest_float_are_no_reason_to_warn_where_none_are_added_up():
    assert Case(initialize((1, 2)), np.zeros((1, 1)), np.full((2, 1), 1e308)).y.max() == 1e308


@pytest.mark.parametrize("distance", [1e-3, 1.0, 40.0, 200.0, 700.0])
def test_from_z_the_cost_keeps_its_digits_however_saturated(distance):
    """ln(1 + e^-d), of an output that is right by d, and d more of one that is wrong by as much."""
    right = np.log1p(np.exp(-distance))
    binary, categorical = binary_cross_entropy.from_logits, categorical_cross_entropy.from_logits
    assert binary
    assert categorical
    z, ends = np.array([[distance, distance]]), np.array([[1.0, 0.0]])
    np.testing.assert_allclose(binary(z, ends), [right, right + distance], rtol=1e-14)
    np.testing.assert_allclose(binary(-z, 1 - ends), [right, right + distance], rtol=1e-14)
    z = np.vstack([z, 0 * z]) + 700
    found = categorical(z, np.vstack([ends, 1 - ends]))
    np.testing.assert_allclose(found, [right, right + distance], rtol=1e-9 if distance < 1 else 1e-12)


@pytest.mark.parametrize(("a", "y", "value"), [([0.5], [1], 0.125), ([1, 0], [1, 0], 0), ([0, 1, 1], [1, 1, 0], 1)])
def test_one_dimensional_arrays_and_integers_are_one_example(a, y, value):
    assert quadratic(a, y) == value


@pytest.mark.parametrize(
    ("cost", "a", "y", "message"),
    [
        (quadratic, [[1.0, 2.0]], [[1.0]], r"y must have a's shape \(1, 2\), got \(1, 1\)"),
        (quadratic, [[np.nan]], [[1.0]], r"a must be finite, got nan at index \(0, 0\)"),
        (quadratic, [[1.0]], [[np.inf]], r"y must be finite, got inf"),
        (quadratic, [[[1.0]]], [[1.0]], r"a must have shape \(n, m\), one column per example, got \(1, 1, 1\)"),
        (quadratic, 1.0, 1.0, r"a must have shape \(n, m\).*got \(\)"),
        (quadratic, ["x"], [1.0], "a must hold real numbers"),
        (quadratic, [1j], [1.0], "a must hold real numbers"),
        (quadratic, [[1.0], [1.0, 2.0]], [1.0], "a must be a rectangular array of numbers"),
        (binary_cross_entropy, [[1.5]], [[1.0]], r"a must lie in \[0, 1\] for binary_cross_entropy, got 1.5"),
        (binary_cross_entropy, [[1 + 1e-9]], [[1.0]], r"a must lie in \[0, 1\] for .*, got 1.000000001"),
        (binary_cross_entropy, [[0.5]], [[2.0]], r"y must lie in \[0, 1\] for binary_cross_entropy"),
        (categorical_cross_entropy, [0.5, 0.5], [1, 1], "y must have columns that sum to 1.*got 2 in column 0"),
    ],
)
def test_what_makes_no_sense_is_named(cost, a, y, message):
    with pytest.raises(ValueError, match=message):
        cost(a, y)
    with pytest.raises(ValueError, match=message):
        cost.gradient(a, y)

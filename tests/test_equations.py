"""The four equations: against loops over their components, and strict about shapes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab import bp1, bp2, bp3, bp4


@st.composite
def layers(draw):
    """(w_next, delta_next, sigma_prime, a_previous) of a layer between two others."""
    previous, here, after, m = (draw(st.integers(1, 4)) for _ in range(4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shapes = [(after, here), (after, m), (here, m), (previous, m)]
    return tuple(rng.normal(size=shape) for shape in shapes)


@given(layers())
def test_each_equation_is_its_formula_in_components(given_layer):
    w_next, delta_next, sigma_prime, a_previous = given_layer
    (after, here), m = w_next.shape, delta_next.shape[1]
    delta = bp2(w_next, delta_next, sigma_prime)
    for j in range(here):
        for x in range(m):
            opinions = sum(w_next[i, j] * delta_next[i, x] for i in range(after))
            assert delta[j, x] == pytest.approx(opinions * sigma_prime[j, x])
            assert bp1(delta, sigma_prime)[j, x] == delta[j, x] * sigma_prime[j, x]
        assert bp3(delta)[j, 0] == pytest.approx(sum(delta[j, x] for x in range(m)) / m)
        for k in range(len(a_previous)):
            mean = sum(delta[j, x] * a_previous[k, x] for x in range(m)) / m
            assert bp4(delta, a_previous)[j, k] == pytest.approx(mean)


@given(layers())
def test_shapes_are_those_of_what_the_gradient_is_of(given_layer):
    w_next, delta_next, sigma_prime, a_previous = given_layer
    delta = bp2(w_next, delta_next, sigma_prime)
    assert delta.shape == sigma_prime.shape
    assert bp3(delta).shape == (len(delta), 1)
    assert bp4(delta, a_previous).shape == (len(delta), len(a_previous))


def ones(*shape):
    return np.ones(shape)


@pytest.mark.parametrize(
    ("equation", "arguments", "message"),
    [
        (bp1, (ones(3, 4), ones(3, 1)), r"sigma_prime must have shape \(n = 3, m = 4\), got \(3, 1\)"),
        (bp1, (ones(3), ones(3)), r"nabla_a must have shape \(n, m\), got \(3,\)"),
        (bp1, (1.0, ones(1, 1)), r"nabla_a must have shape \(n, m\), got \(\)"),
        (bp2, (ones(3, 2), ones(2, 4), ones(2, 4)), r"delta_next must have shape \(n_next = 3, m\), got \(2, 4\)"),
        (bp2, (ones(2, 3), ones(2, 4), ones(3, 1)), r"sigma_prime must have shape \(n = 3, m = 4\), got \(3, 1\)"),
        (bp2, (ones(2, 3), ones(2, 4), ones(2, 4)), r"sigma_prime must have shape \(n = 3, m = 4\), got \(2, 4\)"),
        (bp2, (ones(2, 3), ones(2), ones(3, 4)), r"delta_next must have shape \(n_next = 2, m\), got \(2,\)"),
        (bp3, (ones(3),), r"delta must have shape \(n, m\), got \(3,\)"),
        (bp3, (ones(3, 0),), r"delta must have shape \(n, m\), got \(3, 0\)"),
        (bp4, (ones(3, 4), ones(2, 1)), r"a_previous must have shape \(n_previous, m = 4\), got \(2, 1\)"),
        (bp4, (ones(3, 4), ones(4)), r"a_previous must have shape \(n_previous, m = 4\), got \(4,\)"),
        (bp4, (ones(3, 4), [[np.nan] * 4]), r"a_previous must be finite, got nan at index \(0, 0\)"),
        (bp1, (ones(1, 1), [[np.inf]]), r"sigma_prime must be finite, got inf at index \(0, 0\)"),
    ],
)
def test_nothing_is_broadcast(equation, arguments, message):
    with pytest.raises(ValueError, match=message):
        equation(*arguments)

"""Both ways through the unrolled product give δ¹, and their counts are those of the loops one would write."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import SMOOTH, networks

from backprop_lab import cases, quadratic, softmax
from backprop_lab.cases import Case
from backprop_lab.matrix_chain import SIDES, Matrix, factors, multiplications, products, takes

sizes = st.lists(st.integers(1, 30), min_size=1, max_size=4).map(tuple)
elementwise = networks(hidden=SMOOTH, ends=tuple((output, quadratic) for output in SMOOTH), most_examples=1)


def by_loops(left, right):
    """Multiplications of numbers when nothing is done for an entry that is zero by construction."""
    return sum(
        (not left.diagonal or i == k) and (not right.diagonal or k == j)
        for i in range(left.rows)
        for j in range(right.columns)
        for k in range(left.columns)
    )


@settings(max_examples=30)
@given(elementwise)
def test_both_ways_give_the_error_signal_of_the_first_layer(case):
    of = factors(case.parameters.sizes[1:], case)
    for side in SIDES:
        made = [(step.result, np.asarray(step.result.value)) for step in products(of, side)]
        assert all((matrix.rows, matrix.columns) == value.shape for matrix, value in made)
        np.testing.assert_allclose(made[-1][1], case.backward_pass.delta[1], rtol=1e-9, atol=1e-15)


@settings(max_examples=40)
@given(st.integers(1, 6), st.integers(1, 6), st.integers(1, 6), st.sampled_from(["none", "left", "right"]))
def test_a_product_takes_as_many_multiplications_as_its_loops(n, k, m, diagonal):
    left = Matrix("", k if diagonal == "left" else n, k, diagonal=diagonal == "left")
    right = Matrix("", k, k if diagonal == "right" else m, diagonal=diagonal == "right")
    assert takes(left, right) == by_loops(left, right)


@settings(max_examples=40)
@given(sizes)
def test_the_right_end_is_never_the_costlier_one(layers):
    assert multiplications(layers, "right") <= multiplications(layers, "left")


@pytest.mark.parametrize(
    ("layers", "left", "right"),
    [
        ((3, 2, 1), 24, 14),
        ((100, 100, 10), 122_000, 11_210),
        ((30, 20, 10), 600 + 600 + 6_000 + 300 + 300, 10 + 200 + 20 + 600 + 30),
    ],
    ids=["deep", "wide layers", "the exercise"],
)
def test_the_counts_that_notebook_09_speaks_of(layers, left, right):
    assert (multiplications(layers, "left"), multiplications(layers, "right")) == (left, right)


def test_the_factors_are_written_in_their_order():
    written = [factor.written for factor in factors((3, 2, 1))]
    assert written == ["Σ′(z^1)", "(w^2)ᵀ", "Σ′(z^2)", "(w^3)ᵀ", "Σ′(z^3)", "∇ₐCₓ"]
    assert [factor.diagonal for factor in factors((3, 2))] == [True, False, True, False]


def test_what_makes_no_product_is_refused():
    with pytest.raises(ValueError, match=r"side must be left or right, got 'top'"):
        multiplications((3, 2), "top")
    with pytest.raises(ValueError, match=r"size must be a whole number of at least 1, got 0"):
        multiplications((3, 0), "left")
    with pytest.raises(ValueError, match=r"sizes must be those of the layers 1 … L, got \(\)"):
        multiplications((), "left")
    with pytest.raises(ValueError, match=r"softmax has no element-wise derivative"):
        factors((3, 2), Case(cases.wide.parameters, cases.wide.x, cases.wide.y, output=softmax))

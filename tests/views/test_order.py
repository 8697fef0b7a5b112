"""Both ways through the unrolled product give δ¹, and their counts are those of the loops one would write."""

from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import SMOOTH, networks

from backprop_lab import cases, quadratic
from backprop_lab.drawing.markup import signed
from backprop_lab.views import order as view
from backprop_lab.views.order import Factor, Order
from backprop_lab.widgets import order

BEGIN = Order((3, 2, 1), cases.deep)
sizes = st.lists(st.integers(1, 30), min_size=2, max_size=4).map(tuple)
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
    of = view.factors(case.parameters.sizes[1:], case)
    for side in view.SIDES:
        end = view.steps(of, side)[-1].product.value
        assert end is not None
        assert np.allclose(end, case.backward_pass.delta[1], rtol=1e-9, atol=1e-15)


@settings(max_examples=40)
@given(st.integers(1, 6), st.integers(1, 6), st.integers(1, 6), st.sampled_from(["none", "left", "right"]))
def test_a_product_takes_as_many_multiplications_as_its_loops(n, k, m, diagonal):
    left = Factor("", k if diagonal == "left" else n, k, diagonal=diagonal == "left")
    right = Factor("", k, k if diagonal == "right" else m, diagonal=diagonal == "right")
    assert view.multiplications(left, right) == by_loops(left, right)


@settings(max_examples=40)
@given(sizes)
def test_the_right_end_is_never_dearer(layers):
    assert view.total(layers, "right") <= view.total(layers, "left")


@settings(max_examples=30)
@given(sizes, st.integers(0, 7), st.integers(0, 7))
def test_the_picture_shows_the_counts_so_far_and_keeps_its_rows(layers, left, right):
    begin = Order(layers)
    state = Order(layers, None, min(left, begin.last), min(right, begin.last))
    root = ElementTree.fromstring(view.order(state).markup)
    heads = [next(svg.iter("text")).text for svg in root.iter("svg")]
    for side, head in zip(view.SIDES, heads, strict=True):
        so_far = view.count(state, side)
        assert head == f"from the {side}: {so_far:,} multiplication{'' if so_far == 1 else 's'}"
    assert len([*root.iter("tr")]) == 2 * (begin.last + 1)


@pytest.mark.parametrize(
    ("layers", "left", "right"), [((3, 2, 1), 24, 14), ((100, 100, 10), 122_000, 11_210)], ids=["deep", "wide layers"]
)
def test_the_counts_of_the_syllabus(layers, left, right):
    assert (view.total(layers, "left"), view.total(layers, "right")) == (left, right)


def test_buttons_walk_from_both_ends_and_the_numbers_follow():
    live = order()
    for _ in range(2):
        live.buttons["one step from the right"].click()
    live.buttons["one step from the left"].click()
    assert (live.state.left, live.state.right) == (1, 2)
    vector = cases.deep.parameters.w[3].T @ cases.deep.backward_pass.delta[3]
    shown = [signed(float(value), 6) for value in vector.flat]
    assert all(number in live.stage.picture for number in shown)
    assert "From the left: 1 of 5 steps, 6 multiplications, so far 3×2." in live.stage.text
    live.buttons["all steps"].click()
    assert "From the left it takes 24 multiplications, from the right 14." in live.stage.text
    live.buttons["one step from the left"].click()  # there is nothing left to do
    assert live.state == Order((3, 2, 1), cases.deep, 5, 5)
    live.buttons["start over"].click()
    assert live.state == BEGIN
    live.controls[0].widget.value = (100, 100, 10)
    assert live.state == Order((100, 100, 10))
    live.controls[0].widget.value = (3, 2, 1)
    assert live.state == BEGIN


def test_a_batch_is_refused():
    with pytest.raises(ValueError, match="case must have one example, got 4"):
        order(cases.batch)

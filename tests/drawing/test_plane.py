"""A plane knows where a point lies, and its axes bear round numbers."""

from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab.drawing.plane import Plane, axes, curve, level, ticks

PLANE = Plane(10, 20, 100, 50, (-1.0, 1.0), (0.0, 2.0))


@pytest.mark.parametrize(
    ("x", "y", "place"), [(-1, 0, (10, 70)), (1, 2, (110, 20)), (0, 1, (60, 45)), (5, -3, (110, 70)), (-5, 9, (10, 20))]
)
def test_a_point_lies_where_its_numbers_say_and_one_outside_at_the_edge(x, y, place):
    assert (PLANE.across(x), PLANE.down(y)) == place


def test_the_edges_are_those_of_the_box():
    assert (PLANE.right, PLANE.bottom) == (110, 70)


def test_a_curve_leads_through_its_points_in_their_order():
    line = ElementTree.fromstring(
        curve(PLANE, np.array([-1.0, 0.0, 1.0]), np.array([0.0, 1.0, 2.0]), style="stroke: red")
    )
    assert line.attrib == {"points": "10.0,70.0 60.0,45.0 110.0,20.0", "class": "bl-curve", "style": "stroke: red"}


@pytest.mark.parametrize(("y", "shown"), [(1.0, True), (2.5, False)])
def test_a_level_is_drawn_where_it_lies_in_the_plane(y, shown):
    assert bool(level(PLANE, y)) is shown


@given(st.floats(-100, 100), st.floats(0.01, 1000), st.integers(3, 9))
def test_ticks_are_round_numbers_between_the_ends_not_too_many_and_not_too_few(low, width, most):
    marks = ticks(low, low + width, most)
    values = [*marks.values()]
    assert all(low - 1e-9 * width <= each <= low + width + 1e-9 * width for each in values)
    assert most / 2.5 - 1 <= len(values) <= most + 1
    for words, value in marks.items():
        assert float(words.replace("−", "-")) == pytest.approx(value, abs=1e-9 * width)
    if len(steps := np.diff(values)):
        np.testing.assert_allclose(steps, steps[0], rtol=1e-6)
        assert f"{steps[0]:.3e}"[:5] in ("1.000", "2.000", "5.000")
    if low <= 0 <= low + width:
        assert any(abs(value) < 1e-12 for value in values)


def test_axes_bear_their_ticks_at_their_places_and_their_names():
    texts = {
        text.text: (float(text.get("x", 0)), float(text.get("y", 0)))
        for text in ElementTree.fromstring(f"<g>{axes(PLANE, 'z', 'a', most=(2, 2))}</g>").iter("text")
    }
    assert texts["−1"] == (10, 88)
    assert texts["2"] == (3, 25)
    assert {"z", "a"} <= set(texts)

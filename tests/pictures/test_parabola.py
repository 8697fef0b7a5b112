"""The cost over an output: the point lies on the curve, the slope is the package's, and −∇C ends at the target."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab import cases, quadratic
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.drawing.picture import Press, Turn
from backprop_lab.pictures.parabola import begin, update, view

from .hands import parsed

parts = st.integers(0, 100).map(lambda hundredths: hundredths / 100)
examples = st.lists(st.tuples(parts, parts), min_size=1, max_size=2)
WIDE = cases.wide.forward_pass.prediction[:, 0], cases.wide.y[:, 0]


def texts(state):
    return [node.text for node in parsed(view(state)).iter("text")]


@given(examples)
def test_cost_and_slopes_are_those_of_the_package_and_of_a_difference(pairs):
    a, y = (np.array(values) for values in zip(*pairs, strict=True))
    state = begin(a, y)
    assert state.cost == quadratic(a, y)
    assert view(state).text.startswith(f"The cost is {plain(quadratic(a, y), 4)}.")
    slopes = [each for each in texts(state) if each.startswith("slope")]
    assert slopes == [f"slope {signed(float(each))}" for each in a - y]
    for j, h in enumerate(1e-6 * np.eye(len(a))):
        up, down = (state.cost_over(j, np.array([a[j] + sign * h[j]]))[0] for sign in (1, -1))
        assert (up - down) / 2e-6 == pytest.approx(a[j] - y[j], abs=1e-8)
        assert state.cost_over(j, np.array([a[j]]))[0] == pytest.approx(state.cost)
        assert state.of_others(j) == pytest.approx(state.cost - (a[j] - y[j]) ** 2 / 2)


def points(markup_points):
    return [tuple(map(float, pair.split(","))) for pair in markup_points.split()]


@given(parts, parts)
def test_the_tangent_touches_the_curve_in_the_point_that_is_dragged(a, y):
    page = parsed(view(update(begin(0.3, y), Turn("a1.0", a))))
    (ends,) = (points(each.get("points")) for each in page.iter("polyline") if each.get("class") == "bl-tangent")
    (graph,) = (points(each.get("points")) for each in page.iter("polyline") if each.get("class") == "bl-graph")
    (handle,) = (each for each in page.iter("g") if each.get("data-drag") == "a1.0")
    disc = list(handle.iter("circle"))[-1]
    x, down = (float(disc.get(at)) for at in ("cx", "cy"))
    for line in (graph, ends):
        along, depth = np.array(line).T
        assert np.interp(x, along, depth) == pytest.approx(down, abs=0.3)
    wide, unit = graph[-1][0] - graph[0][0], 208.0 / 0.53  # of an output, and of a cost, in the drawing
    (left, top), (right, bottom) = ends
    assert (top - bottom) / unit == pytest.approx((a - y) * (right - left) / wide, abs=0.003)


@pytest.mark.parametrize("events", [[], [Turn("a1.0", 0.9), Turn("y0.1", 0.5)]], ids=len)
def test_the_arrow_goes_from_the_outputs_to_the_targets(events):
    state = begin(*WIDE)
    for event in events:
        state = update(state, event)
    page = parsed(view(state))
    bowl = next(each for each in page.iter("svg") if "seen from above" in (each.get("aria-label") or ""))
    ((tip, *_),) = (points(each.get("points")) for each in bowl.iter("polygon"))
    target = next(each for each in bowl.iter("circle") if each.get("class") == "bl-ring")
    assert tip == pytest.approx((float(target.get("cx")), float(target.get("cy"))), abs=0.1)
    down = ", ".join(signed(float(y - a)) for a, y in zip(state.a, state.y, strict=True))
    assert f"= ({down})" in texts(state)


def test_one_output_has_no_bowl_and_at_the_target_there_is_no_arrow():
    assert "from above" not in view(begin()).markup
    assert "<polygon" not in view(begin((0.4, 0.6), (0.4, 0.6))).markup
    assert "there the curve is flat" in view(begin(0.4, 0.4)).text


def test_the_formula_can_wait():
    state = update(begin(formula=False), Turn("a1.0", 0.9))
    for shown in (state, update(state, Press("reset"))):
        assert "<math" not in view(shown).markup
        assert "nabla" not in view(shown).markup
    assert "nabla_a" in view(begin()).markup


def test_every_number_is_moved_alone_and_reset_brings_all_back():
    state = begin(*WIDE)
    moved = update(update(state, Turn("a1.1", 0.9)), Turn("y0.0", 0.7))
    assert (moved.a, moved.y) == ((state.a[0], 0.9), (0.7, 0.0))
    assert update(moved, Press("reset")) == state


@pytest.mark.parametrize(
    ("a", "y", "message"),
    [
        ((0.1, 0.2), (0.0,), "a and y must have equally many values, 1 or 2, got 2 and 1"),
        ((0.1,) * 3, (0.0,) * 3, "equally many values, 1 or 2, got 3 and 3"),
        ((1.5,), (0.0,), "a must lie between 0 and 1, got (1.5,)"),
        ((0.5,), (-1.0,), "y must lie between 0 and 1, got (-1.0,)"),
    ],
)
def test_what_cannot_be_shown_is_refused(a, y, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        begin(a, y)


@pytest.mark.parametrize(
    ("name", "state"),
    [("one", begin()), ("two", begin(*WIDE)), ("moved", update(begin(*WIDE), Turn("a1.0", 1.0)))],
)
def test_the_picture_is_as_it_was(golden, name, state):
    golden(f"parabola-{name}", view(state))

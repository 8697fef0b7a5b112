"""The rectangle is BP1: its sides and its area are those of a network with that output, and its largest is found."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_lab import Case, Parameters, binary_cross_entropy, categorical_cross_entropy, sigmoid
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures.bp1_area import begin, update, view
from backprop_lab.pictures.bp1_area.state import delta, deltas, largest, sides
from backprop_lab.pictures.bp1_area.view import SCALE, WIDEST

from .hands import parsed

neurons = st.lists(st.tuples(st.floats(-10, 10), st.floats(0, 1)), min_size=1, max_size=3)


@st.composite
def states(draw):
    z, y = zip(*draw(neurons), strict=True)
    return update(begin(z, y), Select(f"a1.{draw(st.integers(0, len(z) - 1))}"))


def network(state):
    """One input of 1, and weights that make z: the same outputs, from the package's backward pass."""
    n = len(state.z)
    weights = Parameters({1: np.array(state.z).reshape(n, 1)}, {1: np.zeros((n, 1))})
    return Case(weights, x=np.ones((1, 1)), y=np.array(state.y).reshape(n, 1))


@pytest.mark.parametrize("z", [-10.0, 0.0, 3.5, 10.0])
def test_what_is_written_of_the_sides_multiplies_to_what_is_written_of_the_area(z):
    page = view(update(begin(z=z, y=0.0), Turn("cost", "cross-entropy")))
    wide, high, area = (float(node.text.replace("−", "-")) for node in [*parsed(page).iter("mn")][-3:])
    assert wide * high == pytest.approx(area, abs=1.01e-6)


@settings(max_examples=50)
@given(states())
def test_sides_and_areas_are_those_of_a_network(state):
    case, page = network(state), view(state)
    found = case.backward_pass.delta[1][:, 0].tolist()
    assert [delta(z, y) for z, y in zip(state.z, state.y, strict=True)] == pytest.approx(found, abs=1e-15)
    texts = [node.text for node in parsed(page).iter("text")]
    decimals = 4 if len(found) > 1 else 6
    for z, y, a, value in zip(state.z, state.y, case.forward_pass.prediction[:, 0], found, strict=True):
        assert sides(z, y) == pytest.approx((a - y, a * (1 - a)), abs=1e-15)
        assert f"|∂C/∂a| = {plain(abs(a - y), 4)}" in texts
        assert f"σ′(z) = {plain(a * (1 - a), 4)}" in texts
        assert any(each.startswith(("δ", "area")) and each.endswith(f"= {signed(value, decimals)}") for each in texts)
    z, y, a = state.z[state.j], state.y[state.j], float(case.forward_pass.prediction[state.j, 0])
    now = f"has z = {signed(z)}, so a = {plain(a, 4)}; its target is {plain(y)}."
    wide, high = plain(abs(a - y), 6), plain(a * (1 - a), 6)
    assert f"{now} The rectangle is {wide} wide and {high} high; δ is {signed(found[state.j], 6)}." in page.text
    numbers = [node.text for node in parsed(page).iter("mn")]
    assert numbers[-3:] == [signed(a - y, 6), high, signed(found[state.j], 6)]


@settings(max_examples=50)
@given(states())
def test_the_drawn_rectangles_have_these_sides_and_their_corners_are_where_the_hand_takes_hold(state):
    page = parsed(view(state))
    frames = [node for node in page.iter("rect") if node.get("class") == "bl-node"]
    filled = [node for node in page.iter("rect") if node.get("class") in ("bl-positive", "bl-negative")]
    holds = [node for node in page.iter("circle") if node.get("class") == "bl-here"]
    for j, (frame, area) in enumerate(zip(frames, filled, strict=True)):
        left, top, wide, high = (float(frame.attrib[name]) for name in ("x", "y", "width", "height"))
        difference, slope = sides(state.z[j], state.y[j])
        across, up = abs(difference) * wide, slope / 0.25 * high
        assert float(area.attrib["width"]) == pytest.approx(max(2.5, across), abs=0.02)
        assert float(area.attrib["height"]) == pytest.approx(max(2.5, up), abs=0.02)
        assert area.get("class") == ("bl-positive" if delta(state.z[j], state.y[j]) >= 0 else "bl-negative")
        assert float(holds[j].attrib["cx"]) == pytest.approx(left + across, abs=0.02)
        assert float(holds[j].attrib["cy"]) == pytest.approx(top + high - up, abs=0.02)


@settings(max_examples=30)
@given(st.floats(0, 1))
def test_no_z_has_a_larger_area_than_the_largest(y):
    grid = np.linspace(-10, 10, 2001)
    most = np.abs(deltas(grid, y)).max()
    found = abs(delta(largest(y), y))
    assert most <= found + 1e-15 <= SCALE["quadratic"]
    assert found == pytest.approx(most, abs=1e-5)


def test_for_target_0_the_largest_area_is_at_two_thirds_and_the_button_goes_there():
    state = update(begin(5, 0), Press("largest"))
    assert state.z[0] == pytest.approx(np.log(2), abs=1e-15)
    assert sigmoid(state.z[0]) == pytest.approx(2 / 3)
    assert "Hardly any z makes it larger" in view(state).text
    assert "Hardly any z makes" not in view(begin(0.9, 0)).text
    for each, off in ((state, True), (begin(5, 0), False)):
        assert ('data-key="press largest" aria-disabled' in view(each).markup) == off


def test_the_corner_is_dragged_to_the_side_where_it_goes():
    for y, step in ((0.0, "0.1"), (1.0, "-0.1")):  # below its target the width grows as z falls
        first = re.search(r'data-drag="z\[1\]\[0\]"[^>]*data-step="([^"]*)"', view(begin(0.0, y)).markup)
        assert first
        assert first[1] == step


def test_what_is_moved_is_held_and_nothing_chosen_changes_nothing():
    state = update(begin((-1.0, 0.0, 2.0), (0, 1, 0)), Select("a1.2"))
    assert view(state).text.startswith("Output neuron 2 has z = +2.00")
    moved = update(update(state, Turn("z[1][1]", -0.5)), Turn("y[1]", 0.25))
    assert (moved.z, moved.y, moved.selected) == ((-1.0, -0.5, 2.0), (0.0, 0.25, 0.0), "a1.1")
    assert update(moved, Select("")) == moved
    lit = re.findall(r'data-key="turn ([^"]*)" class="bl-turn bl-on"', view(moved).markup)
    assert lit == ["z[1][1]", "y[1]"]
    assert view(moved).markup.count('class="bl-lit"') == 1


@settings(max_examples=50)
@given(states())
def test_with_the_cross_entropy_the_width_makes_up_for_the_height_and_the_area_is_the_difference(state):
    state = update(state, Turn("cost", "cross-entropy"))
    z, y = state.z[state.j], state.y[state.j]
    case = replace(network(state), cost=binary_cross_entropy)
    assert delta(z, y, binary_cross_entropy) == pytest.approx(case.backward_pass.delta[1][state.j, 0], abs=1e-12)
    width, height = sides(z, y, binary_cross_entropy)
    assert width * height == pytest.approx(sigmoid(z) - y, abs=1e-9)
    assert f"{plain(abs(width), 6)} wide and " in view(state).text
    assert f" high; δ is {signed(float(sigmoid(z)) - y, 6)}" in view(state).text
    assert ("bl-cut" in view(state).markup) == any(
        abs(sides(*each, binary_cross_entropy)[0]) > WIDEST["cross-entropy"]
        for each in zip(state.z, state.y, strict=True)
    )


def test_the_menu_changes_the_cost_and_changes_it_back():
    state = begin(5.0, 0.0)
    even = update(state, Turn("cost", "cross-entropy"))
    assert even == begin(5.0, 0.0, binary_cross_entropy)
    assert "this cost gives back what the flat curve takes" in view(even).text
    assert "whatever the slope is" in view(begin(0.0, 0.0, binary_cross_entropy)).text
    assert 'data-key="press largest" aria-disabled' in view(even).markup  # the area grows for ever
    assert update(even, Turn("cost", "quadratic")) == state
    assert "∞ wide" in view(begin(40.0, 0.0, binary_cross_entropy)).text


def test_a_cost_that_the_rectangle_does_not_know_is_refused():
    with pytest.raises(ValueError, match="cost must be one of quadratic, binary_cross_entropy, got categorical"):
        begin(cost=categorical_cross_entropy)


def test_one_neuron_is_never_lit_for_there_is_no_other():
    assert 'class="bl-lit"' not in view(begin()).markup
    assert "data-select" not in view(begin()).markup


@pytest.mark.parametrize(
    ("z", "y", "message"),
    [
        ((1.0, 2.0), (1.0,), "y must have as many values as z, 2, got 1"),
        (np.zeros(4), np.zeros(4), "z must have 1 to 3 values, got 4"),
        (0.0, 1.5, "y must lie between 0 and 1, got (1.5,)"),
    ],
)
def test_what_cannot_be_shown_is_refused(z, y, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        begin(z, y)


@pytest.mark.parametrize(
    ("z", "y", "words"),
    [
        (5.0, 0.0, "wide but thin"),
        (-5.0, 0.0, "narrow"),
        (0.0, 0.5, "no width"),
        (0.5, 0.0, "Neither side is short. Lowering z would lower the cost."),
        (0.5, 1.0, "Neither side is short. Raising z would lower the cost."),
    ],
)
def test_the_sentence_says_why_the_area_is_what_it_is(z, y, words):
    assert words in view(begin(z, y)).text


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("one", begin()),
        ("thin", begin(5.0, 0.0)),
        ("even", begin(2.0, 0.0, binary_cross_entropy)),
        ("cut", begin(5.0, 0.0, binary_cross_entropy)),
        ("three", update(begin(np.log([0.3 / 0.7, 1.0, 0.25]), (0, 1, 0)), Select("a1.1"))),
    ],
)
def test_the_picture_is_as_it_was(golden, name, state):
    golden(f"bp1_area-{name}", view(state))

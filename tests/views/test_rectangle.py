"""The rectangle is BP1: its sides and its area are those of a network with that output, and its largest is found."""

from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_lab import Case, Parameters, sigmoid
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.views import rectangle as view
from backprop_lab.views.rectangle import Rectangle
from backprop_lab.widgets import rectangle

NEURONS = st.lists(st.tuples(st.floats(-10, 10), st.floats(0, 1)), min_size=1, max_size=3)


@st.composite
def rectangles(draw):
    z, y = zip(*draw(NEURONS), strict=True)
    return Rectangle(z, y, f"a{draw(st.integers(0, len(z) - 1))}")


def network(state):
    """One input of 1, and weights that make z: the same outputs, from the package's backward pass."""
    n = len(state.z)
    weights = Parameters({1: np.array(state.z).reshape(n, 1)}, {1: np.zeros((n, 1))})
    return Case(weights, x=np.ones((1, 1)), y=np.array(state.y).reshape(n, 1))


@settings(max_examples=30)
@given(rectangles())
def test_the_areas_are_the_error_signals_of_a_network(state):
    delta = network(state).backward_pass.delta[1][:, 0].tolist()
    assert [view.delta(z, y) for z, y in zip(state.z, state.y, strict=True)] == pytest.approx(delta, abs=1e-15)
    picture = view.rectangle(state)
    ElementTree.fromstring(picture.markup)
    for j, value in enumerate(delta):
        width, height = view.sides(state.z[j], state.y[j])
        assert all(word in picture.markup for word in (signed(value, 6), plain(abs(width), 4), plain(height, 4)))
    assert signed(delta[state.j], 6) in picture.text


@settings(max_examples=30)
@given(st.floats(0, 1))
def test_no_z_has_a_larger_area_than_the_largest(y):
    grid = np.linspace(-10, 10, 2001)
    largest = np.abs(view.deltas(grid, y)).max()
    found = abs(view.delta(view.largest(y), y))
    assert largest <= found + 1e-15 <= view.SCALE
    assert found == pytest.approx(largest, abs=1e-5)


def test_for_target_0_the_largest_area_is_at_two_thirds_and_the_button_goes_there():
    live = rectangle(z=5, y=0)
    live.buttons["go to the largest area"].click()
    assert live.state.z[0] == pytest.approx(np.log(2), abs=1e-15)
    assert sigmoid(live.state.z[0]) == pytest.approx(2 / 3)


def test_sliders_belong_to_the_neuron_that_is_held():
    live = rectangle(z=(-1.0, 0.0, 2.0), y=(0, 1, 0))
    z, y = (control.widget for control in live.controls)
    live.stage.selected = "a2"
    assert (z.value, y.value) == (2.0, 0.0)
    z.value, y.value = -0.5, 0.25
    assert (live.state.z, live.state.y) == ((-1.0, 0.0, -0.5), (0.0, 1.0, 0.25))
    live.stage.selected = ""
    assert live.state.selected == live.stage.selected == "a2"


def test_targets_must_fit():
    with pytest.raises(ValueError, match="y must have as many values as z, 2, got 1"):
        rectangle(z=(1.0, 2.0), y=(1.0,))


@pytest.mark.parametrize(
    ("z", "y", "words"),
    [
        (5.0, 0.0, "wide but thin"),
        (-5.0, 0.0, "narrow"),
        (0.0, 0.5, "no width"),
        (0.5, 0.0, "To lower z would lower the cost"),
        (0.5, 1.0, "To raise z would lower the cost"),
    ],
)
def test_the_sentence_says_why_the_area_is_what_it_is(z, y, words):
    assert words in view.rectangle(Rectangle((z,), (y,))).text

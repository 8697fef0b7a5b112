"""The demon tells the truth: what it shows is what a forward pass with another bias gives, wherever it sits."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_lab import Case, Parameters, cases, softmax
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.views import demon as view
from backprop_lab.views.demon_state import SMALLEST, Demon, nudged
from backprop_lab.widgets import demon

NETWORKS = [cases.running, cases.wide, cases.deep, cases.batch, replace(cases.wide, output=softmax)]
SATURATED = Case(Parameters({1: [[2.0]]}, {1: [[0.0]]}), x=[[5.0]], y=[[0.0]])  # type: ignore[arg-type]
SWAPPED = replace(cases.wide, y=cases.wide.y[::-1])  # the targets of its two outputs, the other way round


@st.composite
def demons(draw):
    case = draw(st.sampled_from(NETWORKS))
    layer = draw(st.sampled_from(list(case.parameters.layers)))
    j = draw(st.integers(0, case.parameters.sizes[layer] - 1))
    return Demon(case, f"a{layer}.{j}", draw(st.floats(-3, 3)))


def cost_with_another_bias(state):
    """A bias enters z once, with factor 1: moving it by Δz is the demon's nudge, made by somebody else."""
    b = {layer: values.copy() for layer, values in state.case.parameters.b.items()}
    b[state.layer][state.j] += state.amount
    one = {"x": state.case.x[:, :1], "y": state.case.y[:, :1]}
    return replace(state.case, parameters=Parameters(state.case.parameters.w, b), **one).mean_cost


@settings(max_examples=30)
@given(demons())
def test_the_true_change_is_that_of_a_network_with_another_bias(state):
    without = cost_with_another_bias(replace(state, amount=0.0))
    assert state.cost == pytest.approx(without, abs=1e-14)
    assert state.change == pytest.approx(cost_with_another_bias(state) - without, abs=1e-13)


@settings(max_examples=30)
@given(demons())
def test_what_the_promise_misses_shrinks_a_hundred_times_when_the_nudge_shrinks_ten_times(state):
    def miss(amount):
        small = replace(state, amount=amount)
        return small.change - small.promise

    assert miss(1e-3) == pytest.approx(miss(1e-2) / 100, abs=2e-9)


@settings(max_examples=30)
@given(demons())
def test_picture_and_sentence_say_the_same_numbers(state):
    picture = view.demon(state)
    ElementTree.fromstring(picture.markup)
    for number in [signed(state.promise, 6), signed(state.change, 6), signed(state.change - state.promise, 6)]:
        assert number in picture.markup
    assert signed(state.delta, 6) in picture.text
    assert f"neuron {state.j} of layer {state.layer}" in picture.text
    assert plain(cost_with_another_bias(state), 4) in picture.markup  # below the output, in the diagram
    z = nudged(state, [state.amount]).z[state.layer][state.j, 0]
    assert signed(z) in picture.markup


@settings(max_examples=30)
@given(demons(), st.floats(-3, 3))
def test_axes_and_scale_stay_while_the_slider_moves(state, amount):
    def still(markup):
        return re.findall(r'class="bl-caption">([^<]*)<|<polyline[^>]*>', markup)

    assert still(view.demon(state).markup) == still(view.demon(replace(state, amount=amount)).markup)


@settings(max_examples=30)
@given(demons())
def test_the_face_in_the_chart_hides_no_number_of_an_axis(state):
    picture = view.demon(state).markup
    _, (x, y) = re.findall(
        r'translate\(([\d.-]+) ([\d.-]+)\)" data-key="demon"', picture
    )  # in the network, in the chart
    assert 66 < float(x) < 426
    assert 40 < float(y) < 250


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Demon(cases.running, "a2.0", 0.0), "so a positive Δz lowers the cost"),
        (Demon(cases.running, "a1.0", 0.0), "so a negative Δz lowers the cost"),
        (Demon(cases.running, "a2.0", 0.1), "one part in a hundred"),
        (Demon(cases.running, "a2.0", 1.0), "one part in ten"),
        (Demon(cases.running, "a2.0", 2.0), "a cost below zero"),
        (Demon(SWAPPED, "a1.1", 1.0), "Not even the sign"),
        (Demon(SATURATED, "a1.0", 0.0), "nearly flat"),
        (Demon(SATURATED, "a1.0", 1.0), "this knob is stiff"),
        (Demon(SATURATED, "a1.0", -10.0, reach=15), "has left its tangent"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_sentence_judges_the_promise(state, words):
    assert words in view.demon(state).text


def test_it_is_moved_by_clicks_and_buttons_and_never_sits_on_an_input():
    live = demon(cases.deep)
    for key, place in {"a1.2": "a1.2", "w2.1.0": "a2.1", "b3.0": "a3.0", "a0.1": "a3.0", "": "a3.0"}.items():
        live.stage.selected = key
        assert (live.state.selected, live.stage.selected) == (place, place)
    slider = live.controls[0].widget
    slider.value = -0.5
    assert live.state.amount == -0.5
    for button, amount in [("Δz × 10", -3), ("Δz ÷ 10", -0.3), ("the other way", 0.3), ("Δz ÷ 10", 0.03)]:
        live.buttons[button].click()
        assert (live.state.amount, slider.value) == (pytest.approx(amount), pytest.approx(amount))
    slider.value = 0
    live.buttons["Δz ÷ 10"].click()
    assert live.state.amount == SMALLEST


def test_a_weight_of_the_neuron_moves_the_cost_only_through_z():
    state = Demon(cases.running, "a1.2", 0.3)
    w = {layer: values.copy() for layer, values in cases.running.parameters.w.items()}
    w[1][2, 0] += state.amount / cases.running.x[0, 0]
    other = replace(cases.running, parameters=Parameters(w, cases.running.parameters.b))
    assert np.allclose(other.forward_pass.prediction, nudged(state, [state.amount]).prediction, atol=1e-14)

"""The neuron shows the numbers of the package, whatever its sliders say, and its tangent is one."""

import math
import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab import Case, Parameters, cases, widgets
from backprop_lab.drawing.markup import plain
from backprop_lab.views import neuron as view

BEGIN = view.begin(cases.running)
inputs = st.integers(-40, 40).map(lambda steps: steps / 20)
weights = st.integers(-80, 80).map(lambda steps: steps / 20)
states = st.builds(
    view.Neuron,
    *(inputs, inputs, weights, weights, weights),
    start=st.tuples(weights, weights, weights),
    selected=st.sampled_from(["", "w1.0.0", "w1.0.1", "b1.0"]),
)


def root(state):
    return ElementTree.fromstring(view.neuron(state).markup)


def charts(state):
    return [svg for svg in root(state).iter("svg") if svg.attrib["class"].startswith("bl-curves")]


def graph(chart):
    line = next(line for line in chart.iter("polyline") if line.attrib["class"] == "bl-graph")
    return [tuple(map(float, pair.split(","))) for pair in line.attrib["points"].split()]


def numbers(text):
    return [float(number) for number in re.findall(r"[+-]?\d+\.\d+", text.replace("\N{MINUS SIGN}", "-"))]


@given(states)
def test_products_sum_answer_and_slope_are_those_of_the_formulas(state):
    products = state.w0 * state.x0, state.w1 * state.x1
    z = sum(products) + state.b
    a = 1 / (1 + math.exp(-z))
    shown = [number for text in next(root(state).iter("svg")).iter("text") for number in numbers(text.text or "")]
    expected = [*products, state.b, z, *state.x, a, state.w0, state.w1, state.b]
    assert shown == pytest.approx(expected, abs=0.00501)
    assert numbers(view.sentence(state))[:6] == pytest.approx([*products, state.b, z, a, a * (1 - a)], abs=0.00501)
    assert f"slope σ′(z) = {plain(a * (1 - a), 4)}" in view.neuron(state).markup


@given(states)
def test_nothing_is_drawn_outside_its_picture(state):
    for svg in root(state).iter("svg"):
        width, height = map(float, svg.attrib["viewBox"].split()[2:])
        for node in svg.iter():
            assert all(0 <= float(node.get(name, 0)) <= width for name in ("x", "x1", "x2", "cx"))
            assert all(0 <= float(node.get(name, 0)) <= height for name in ("y", "y1", "y2", "cy"))


@given(states.filter(lambda state: abs(state.case.forward_pass.z[1].item()) < view.Z_ENDS[1]))
def test_the_tangent_has_the_slope_of_the_drawn_curve(state):
    chart = charts(state)[1]
    x1, y1, x2, y2 = (float(next(chart.iter("line")).attrib[name]) for name in ("x1", "y1", "x2", "y2"))
    here = float(next(chart.iter("circle")).attrib["cx"])
    beside = next(pair for pair in pairwise(graph(chart)) if pair[1][0] >= here)
    (left, low), (right, high) = beside
    assert (y2 - y1) / (x2 - x1) == pytest.approx((high - low) / (right - left), abs=0.1)


@pytest.mark.parametrize(
    ("key", "code", "term"),
    [("w1.0.0", "w[1]", "(+1.20)(+0.50)"), ("w1.0.1", "w[1]", "(−0.40)(−1.50)"), ("b1.0", "b[1]", "(+0.20)")],
    ids=["first weight", "second weight", "bias"],
)
def test_a_selection_is_lit_in_the_drawing_the_equation_and_the_code(key, code, term):
    page = root(replace(BEGIN, selected=key))
    lit = [node for node in page.iter() if node.get("class") == "bl-on"]
    assert [node.attrib["data-select"] for node in lit if node.tag == "g"] == [key]
    assert term in ["".join(node.itertext()) for node in lit if node.tag == "mrow"]
    assert [mark.text for mark in page.iter("mark")] == [code]


def test_the_bias_shifts_the_curve_and_the_weight_tilts_it():
    def heights(**changes):
        return [y for _, y in graph(charts(replace(BEGIN, **changes))[0])]

    before, a_unit, middle = heights(), 24, 48
    assert heights(b=BEGIN.b + BEGIN.w0)[:-a_unit] == pytest.approx(before[a_unit:], abs=0.11)
    tilted = heights(w0=2 * BEGIN.w0)  # y runs downwards
    assert tilted[0] > before[0]
    assert tilted[middle] == before[middle]  # where x[0] is 0 its weight changes nothing
    assert tilted[-1] < before[-1]


def test_sliders_move_the_neuron_and_the_button_brings_its_weights_back():
    shown = widgets.neuron()
    x0, _, w0, _, b = (control.widget for control in shown.controls)
    x0.value, w0.value, b.value = 0, -4, 4
    assert (shown.state.x0, shown.state.w0, shown.state.b) == (0, -4, 4)
    assert "z moves +0.00 times as far" in shown.stage.text
    shown.buttons["weights and bias as they began"].click()
    assert shown.state == replace(BEGIN, x0=0, selected="w1.0.0")
    assert (w0.value, b.value) == (1.2, 0.2)


def test_a_network_with_other_than_two_inputs_is_refused():
    three = Parameters({1: np.ones((1, 3))}, {1: np.zeros((1, 1))})
    with pytest.raises(ValueError, match="case must have 2 inputs, got 3"):
        widgets.neuron(Case(three, x=np.ones(3), y=np.ones(1)))

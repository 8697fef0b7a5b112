"""The neuron shows the numbers of the package, whatever is turned; its arrows end at z, and its tangent is one."""

import math
import re
from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab import Case, Parameters, cases, initialize, relu
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures.neuron import begin, update, view

from .hands import parsed

KEYS = ["w1.0.0", "w1.0.1", "b1.0", "a0.0", "a0.1"]
turns = st.lists(st.builds(Turn, st.sampled_from(KEYS), st.integers(-40, 40).map(lambda steps: steps / 20)), max_size=6)
choices = st.sampled_from(["", *KEYS[:3]])
FOUR = Case(initialize((4, 3, 1), seed=1), x=np.array([1.0, -1.0, 0.5, 2.0]), y=np.array([1.0]))


def after(*events, state=None):
    state = state or begin()
    for event in events:
        state = update(state, event)
    return state


def drawn(state, tag, look):
    return [node for node in parsed(view(state)).iter(tag) if (node.get("class") or "").split()[:1] == [look]]


def graphs(state):
    lines = drawn(state, "polyline", "bl-graph")
    return [[tuple(map(float, pair.split(","))) for pair in line.attrib["points"].split()] for line in lines]


@given(turns, choices)
def test_products_sum_answer_and_slope_are_those_of_the_formulas(events, selected):
    state = after(*events, Select(selected))
    w, b, x = state.case.parameters.w[1][0], state.case.parameters.b[1].item(0), state.case.x[:, 0]
    products = (w * x).tolist()
    z = state.case.forward_pass.z[1].item(0)
    assert z == pytest.approx(sum(products) + b, abs=1e-12)
    a = 1 / (1 + math.exp(-z))
    shown = [node.text for look in ("bl-value", "bl-strong") for node in drawn(state, "text", look)]
    expected = [signed(x[0]), signed(w[0]), signed(products[0]), signed(x[1]), signed(w[1]), signed(products[1])]
    assert shown[:8] == [*expected, signed(b), signed(b)]
    assert shown[8:] == [f"σ(z) = {plain(a)}, slope σ′(z) = {plain(a * (1 - a), 4)}", signed(z)]
    results = [node.text for node in parsed(view(state)).iter("mn") if "bl-result" in (node.get("class") or "")]
    assert results == [signed(z), plain(a, 4)]
    listed = ", ".join(signed(each) for each in products)
    assert view(state).text.startswith(f"The products {listed} and the bias {signed(b)} add up to z = {signed(z)}.")
    assert f"The neuron answers a = {plain(a)}; there the curve is" in view(state).text
    assert f"its slope is {plain(a * (1 - a), 4)}." in view(state).text


@given(turns)
def test_each_arrow_ends_where_the_terms_so_far_add_up_to_and_the_point_stands_there(events):
    state = after(*events)
    tips = [re.match(r"M([\d.]+) [\d.]+l", path.attrib["d"]) for path in parsed(view(state)).iter("path")]
    ends = accumulate(each.added for each in state.terms)
    across = [330 + (min(max(end, -8), 8) + 8) / 16 * 298 for end in ends]
    assert [float(tip[1]) for tip in tips if tip][:3] == pytest.approx(across, abs=0.01)
    if abs(state.z) <= 8:  # beyond the axis it is an arrow
        point = drawn(state, "circle", "bl-here")[-1]
        assert float(point.attrib["cx"]) == pytest.approx(across[-1], abs=0.01)


@given(turns)
def test_nothing_is_drawn_outside_its_picture(events):
    (drawing,) = parsed(view(after(*events))).iter("svg")
    width, height = map(float, drawing.attrib["viewBox"].split()[2:])
    for node in drawing.iter():
        assert all(0 <= float(node.get(name, 0)) <= width for name in ("x", "x1", "x2", "cx"))
        assert all(0 <= float(node.get(name, 0)) <= height for name in ("y", "y1", "y2", "cy"))


@given(turns)
def test_the_tangent_has_the_slope_of_the_drawn_curve(events):
    state = after(*events)
    found = drawn(state, "polyline", "bl-tangent")
    if not found:  # the point lies beyond the axis
        assert abs(state.z) > 8
        return
    (tangent,) = found
    (x1, y1), (x2, y2) = (map(float, pair.split(",")) for pair in tangent.attrib["points"].split())
    here = float(drawn(state, "circle", "bl-here")[-1].attrib["cx"])
    (left, low), (right, high) = next(pair for pair in pairwise(graphs(state)[1]) if pair[1][0] >= here)
    assert (y2 - y1) / (x2 - x1) == pytest.approx((high - low) / (right - left), abs=0.1)


@pytest.mark.parametrize(
    ("key", "symbol", "number"),
    [("w1.0.0", "w0,01x0", "(+1.20)(+0.50)"), ("w1.0.1", "w0,11x1", "(−0.40)(−1.50)"), ("b1.0", "b01", "(+0.20)")],
    ids=["first weight", "second weight", "bias"],
)
def test_a_selection_is_lit_in_the_drawing_and_in_both_equations(key, symbol, number):
    page = parsed(view(after(Select(key))))
    lit = [node for node in page.iter() if "bl-on" in (node.get("class") or "").split()]
    assert [node.attrib["data-select"] for node in lit if node.tag == "g"] == [key]
    assert ["".join(node.itertext()) for node in lit if node.tag == "mrow"] == [symbol, number]
    assert [node.attrib["data-key"] for node in lit if node.tag == "div"] == [f"turn {key}"]


def test_numbers_beside_an_axis_are_not_read_aloud_and_its_name_is():
    said = [each.text for each in parsed(view(begin())).iter("text")]
    silent = [
        each for group in parsed(view(begin())).iter("g") if group.get("aria-hidden") for each in group.itertext()
    ]
    assert silent == ["0", "½", "1", "−2", "0", "+2", "0", "½", "1", "−8", "0", "+8"]
    assert {"z", "x[0]"} <= {*said} - {*silent}


def test_the_bias_shifts_the_curve_and_the_weight_tilts_it():
    def heights(*events):
        return [y for _, y in graphs(after(*events))[0]]

    before, a_unit, middle = heights(), 24, 48
    assert heights(Turn("b1.0", 0.2 + 1.2))[:-a_unit] == pytest.approx(before[a_unit:], abs=0.11)
    tilted = heights(Turn("w1.0.0", 2.4))  # y runs downwards
    assert tilted[0] > before[0]
    assert tilted[middle] == before[middle]  # where x[0] is 0 its weight changes nothing
    assert tilted[-1] < before[-1]
    thin = drawn(after(Turn("w1.0.0", 2.4)), "polyline", "bl-before")[0].attrib["points"]
    assert [float(pair.split(",")[1]) for pair in thin.split()] == before


def test_the_curve_at_the_left_runs_over_the_input_of_the_selected_weight():
    for key, k in (("w1.0.1", 1), ("w1.0.0", 0), ("b1.0", 0), ("", 0)):
        assert f"a, when only x[{k}] moves" in view(after(Select(key))).markup


@pytest.mark.parametrize(
    ("z", "word"), [(0.0, "steep"), (1.45, "steep"), (2.0, "sloping"), (4.5, "nearly flat"), (-4.5, "nearly flat")]
)
def test_how_steep_the_curve_is(z, word):
    assert f"there the curve is {word}:" in view(after(Turn("a0.0", 0.0), Turn("a0.1", 0.0), Turn("b1.0", z))).text


def test_the_button_brings_weights_and_bias_back_and_leaves_the_inputs():
    moved = after(Turn("a0.0", 0.0), Turn("w1.0.0", -4.0), Turn("b1.0", 4.0), Press("reset"))
    assert moved.case.parameters is cases.running.parameters
    assert moved.case.x[:, 0].tolist() == [0.0, -1.5]
    assert 'data-press="reset" data-key="press reset" aria-disabled' in view(moved).markup
    assert 'data-press="reset" data-key="press reset" aria-disabled' not in view(after(Turn("b1.0", 4.0))).markup


def test_another_neuron_is_called_by_its_own_number():
    text = view(begin(cases.wide, j=2)).text
    assert text.endswith("Selected: w[1][2, 0]; z moves x[0] = +0.50 times as far.")
    assert f"z = {signed(cases.wide.forward_pass.z[1][2, 0])}" in text


@pytest.mark.parametrize(
    ("case", "given", "message"),
    [
        (Case(initialize((5, 2, 1)), np.ones(5), np.ones(1)), {}, "case must have at most 4 inputs, got 5"),
        (Case(FOUR.parameters, FOUR.x, FOUR.y, hidden=relu), {}, "sigmoid neurons in layer 1, got relu"),
        (cases.running, {"j": 3}, "j must be a neuron of layer 1, from 0 to 2, got 3"),
        (cases.running, {"selected": "w1.1.0"}, "one of w1.0.0, w1.0.1, b1.0, or nothing, got 'w1.1.0'"),
    ],
    ids=["inputs", "activation", "neuron", "selected"],
)
def test_what_cannot_be_shown_is_refused(case, given, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        begin(case, **given)


def test_one_input_is_enough():
    one = Case(Parameters({1: np.ones((1, 1))}, {1: np.zeros((1, 1))}), x=np.ones(1), y=np.ones(1))
    assert view(begin(one)).text.startswith("The product +1.00 and the bias +0.00 add up to z = +1.00.")


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("first", begin()),
        ("beyond", after(Turn("a0.0", 2.0), Turn("w1.2.0", -4.0), Select("b1.2"), state=begin(cases.wide, j=2))),
        ("four inputs", after(Select(""), state=begin(FOUR, j=1))),
    ],
)
def test_the_picture_is_as_it_was(golden, name, state):
    golden(f"neuron-{name.replace(' ', '-')}", view(state))

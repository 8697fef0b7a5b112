"""The demon tells the truth: what it shows is what a forward pass with another bias gives, wherever it sits."""

import re
from dataclasses import replace
from operator import neg

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_lab import Case, Parameters, binary_cross_entropy, cases, initialize, softmax
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures.demon import begin, update, view
from backprop_lab.pictures.demon.state import DEEPEST, KEPT
from backprop_lab.pictures.demon.view import short
from backprop_lab.quantities import Quantity, parameters

from .hands import parsed

NETWORKS = [cases.running, cases.wide, cases.deep, cases.batch, replace(cases.wide, output=softmax)]
SATURATED = Case(Parameters({1: [[2.0]]}, {1: [[0.0]]}), x=[[5.0]], y=[[0.0]])  # type: ignore[arg-type]
SWAPPED = replace(cases.wide, y=cases.wide.y[::-1])  # the targets of its two outputs, the other way round
REACHED = replace(cases.running, y=cases.running.forward_pass.prediction)


AMOUNTS = st.floats(1e-4, 3)  # of a smaller one the difference is the rounding of two costs


@st.composite
def demons(draw):
    case = draw(st.sampled_from(NETWORKS))
    layer = draw(st.sampled_from(list(case.parameters.layers)))
    j = draw(st.integers(0, case.parameters.sizes[layer] - 1))
    state = begin(case, selected=f"a{layer}.{j}", amount=draw(st.just(0.0) | AMOUNTS | AMOUNTS.map(neg)))
    return replace(state, zoom=draw(st.integers(0, DEEPEST)))


def cost_with_another_bias(state, amount):
    """A bias enters z once, with factor 1: moving it by Δz is the demon's nudge, made by somebody else."""
    moved = state.case.moved("b", state.neuron.layer, state.neuron.index[0], by=amount)
    return replace(moved, x=moved.x[:, :1], y=moved.y[:, :1]).mean_cost


@settings(max_examples=30)
@given(demons())
def test_the_true_change_is_that_of_a_network_with_another_bias(state):
    before = cost_with_another_bias(state, 0.0)
    assert state.cost == pytest.approx(before, abs=1e-14)
    assert state.change == pytest.approx(cost_with_another_bias(state, state.amount) - before, abs=1e-13)
    assert state.delta == state.case.backward_pass.delta[state.neuron.layer][state.neuron.index[0], 0]


@settings(max_examples=30)
@given(demons())
def test_what_the_promise_misses_shrinks_a_hundred_times_when_the_nudge_shrinks_ten_times(state):
    def miss(amount):
        small = replace(state, amount=amount)
        return small.change - small.promise

    assert miss(1e-3) == pytest.approx(miss(1e-2) / 100, abs=2e-9)


def rows_of_tries(picture):
    """The rows of the table below its head."""
    return (row for row in list(parsed(picture).iter("tr"))[1:])


@settings(max_examples=30)
@given(demons())
def test_picture_and_sentence_say_the_same_numbers(state):
    picture = view(state)
    shown = [text.text for text in parsed(picture).iter("text")]
    after = cost_with_another_bias(state, state.amount)
    promise, change = state.delta * state.amount, after - state.cost
    now = [cell.text for cell in next(rows_of_tries(picture)).iter() if cell.tag in ("th", "td")]
    assert now[0] == state.neuron.code
    assert now[2:] == [signed(promise, 6), signed(change, 6), short(change - promise)]
    assert f"has δ = {signed(state.delta, 6)}" in picture.text
    assert picture.text.startswith(f"Neuron {state.neuron.index[0]} of layer {state.neuron.layer} ")
    assert f"cost C = {plain(after, 4)}" in shown
    z = state.case.forward_pass.z[state.neuron.layer][state.neuron.index[0], 0] + state.amount
    assert signed(z) in shown
    assert {node.get("data-select") for node in parsed(picture).iter() if "data-on" in node.attrib} == {
        state.neuron.key
    }


@settings(max_examples=30)
@given(demons(), st.floats(-1, 1), st.integers(0, 9))
def test_axes_and_scale_stay_while_the_slider_moves_and_wherever_the_demon_sits(state, share, seed):
    def still(picture, *classes):
        return [
            (text.text, text.get("x"), text.get("y"))
            for text in parsed(picture).iter("text")
            if text.get("class") in classes
        ]

    turned = update(state, Turn("amount", share * state.shown))
    assert still(view(state), "bl-caption") == still(view(turned), "bl-caption")
    neurons = [node.get("data-select") for node in parsed(view(state)).iter("g") if node.get("data-select")]
    moved = update(state, Select(neurons[seed % len(neurons)]))
    assert still(view(state), "bl-caption") == still(view(moved), "bl-caption")


@settings(max_examples=30)
@given(demons(), st.floats(-1, 1))
def test_the_face_in_the_chart_hides_no_number_of_an_axis(state, share):
    picture = view(replace(state, amount=share * state.shown)).markup
    _, (x, y) = re.findall(r'translate\(([\d.-]+) ([\d.-]+)\)" data-key="demon"', picture)  # in network and chart
    assert 70 < float(x) < 430
    assert 30 < float(y) < 214


@pytest.mark.parametrize("sizes", [(2, 3, 1), (3, 4, 2), (4, 4, 3, 1)])
def test_the_face_in_the_network_hides_no_label_of_a_weight(sizes):
    case = Case(initialize(sizes), np.zeros((sizes[0], 1)), np.ones((sizes[-1], 1)))
    for bias in (each for each in parameters(case) if each.letter == "b"):
        picture = view(begin(case, selected=f"a{bias.layer}.{bias.index[0]}"))
        x, y = map(float, re.findall(r'translate\(([\d.-]+) ([\d.-]+)\)" data-key="demon"', picture.markup)[0])
        for tag in parsed(picture).iterfind(".//g[@data-select]"):
            frame = tag.find("rect[@class='bl-tag']")
            if tag.get("data-select", "").startswith("w") and frame is not None:
                left, top, width, height = (float(frame.get(each) or 0) for each in ("x", "y", "width", "height"))
                beside = x + 11 <= left or x - 11 >= left + width
                assert beside or y + 9 <= top or y - 14 >= top + height, (bias.code, tag.get("data-select"))


def points(state, name):
    """The line of this name in the chart: shape (points, 2)."""
    (found,) = (node for node in parsed(view(state)).iter("polyline") if node.get("class") == name)
    return np.array([[float(number) for number in point.split(",")] for point in (found.get("points") or "").split()])


def test_where_it_is_magnified_the_curve_becomes_its_tangent():
    state, apart = begin(amount=2.0), []
    for _ in range(DEEPEST):
        curve, tangent = points(state, "bl-curve"), points(state, "bl-slope")
        apart.append(np.abs(curve[:, 1] - np.interp(curve[:, 0], *tangent.T)).max())
        state = update(state, Press("smaller"))
    assert apart[0] > 20
    assert apart[1] < 5
    assert apart[-1] < 0.11  # a point is written with one decimal


def test_the_gap_is_drawn_from_the_curve_to_the_promise():
    state = begin(amount=3.0)
    (gap,) = (node for node in parsed(view(state)).iter("line") if node.get("class") == "bl-gap")
    ends = [float(gap.get(name) or 0) for name in ("x1", "y1", "x2", "y2")]
    assert ends == pytest.approx([*points(state, "bl-curve")[-1], *points(state, "bl-slope")[-1]], abs=0.06)


@pytest.mark.parametrize(
    ("case", "selected", "amount", "words"),
    [
        (cases.running, "a2.0", 0.0, "adds nothing: the cost is 0.240141. A small positive Δz lowers it."),
        (cases.running, "a1.0", 0.0, "A small negative Δz lowers it."),
        (cases.running, "a2.0", 0.1, "right to 1%: here the curve is on its tangent."),
        (cases.running, "a1.2", 0.3, "That is 6% more than promised: the curve leaves its tangent."),
        (cases.running, "a2.0", 1.0, "That is 7% less than promised: the curve leaves its tangent."),
        (cases.running, "a1.2", 1.0, "That is 12% more than promised: the curve has left its tangent."),
        (cases.running, "a2.0", 2.0, "It promises a cost below zero"),
        (cases.wide, "a1.1", 2.0, "That is 2.3 times as far as promised: the curve has left its tangent."),
        (SWAPPED, "a1.1", 1.0, "Not even the sign is right"),
        (REACHED, "a2.0", 1.0, "Flat is only the point"),
        (SATURATED, "a1.0", 0.0, "nearly flat"),
        (SATURATED, "a1.0", 1.0, "the curve is flat here, whether"),
        (SATURATED, "a1.0", -9.2, "That is 627 times as far as promised"),
    ],
)
def test_the_sentence_judges_the_promise(case, selected, amount, words):
    assert words in view(begin(case, selected=selected, amount=amount, reach=15)).text


def test_of_an_output_that_is_exactly_1_the_cost_is_known_still():
    case = Case(Parameters({1: [[40.0]]}, {1: [[0.0]]}), x=[1.0], y=[0.0], cost=binary_cross_entropy)  # type: ignore[arg-type]
    assert case.forward_pass.prediction[0, 0] == 1
    text = view(update(begin(case), Turn("amount", -1.0))).text
    assert "promises −1.000000, the cost moves by −1.000000, to 39.000000." in text
    assert "cost C = 40.0000" in [each.text for each in parsed(view(begin(case, amount=0.0))).iter("text")]


def test_it_is_moved_by_clicks_and_never_sits_on_an_input():
    state = begin(cases.deep)
    for key, place in {"a1.2": "a1.2", "w2.1.0": "a2.1", "b3.0": "a3.0", "a0.1": "a3.0", "": "a3.0"}.items():
        state = update(state, Select(key))
        assert state.neuron.key == place
    assert begin(cases.wide).neuron == Quantity("z", 2, (0,))
    assert begin(cases.wide, selected="a1.2").neuron == Quantity("z", 1, (2,))


def test_ten_times_larger_and_smaller_magnify_and_the_other_way_turns():
    state = update(begin(), Turn("amount", -2.5))
    for button, amount, zoom in [
        ("larger", -3, 0),
        ("smaller", -0.3, 1),
        ("other way", 0.3, 1),
        ("smaller", 0.03, 2),
        ("larger", 0.3, 1),
        ("larger", 3, 0),
    ]:
        state = update(state, Press(button))
        assert (state.amount, state.zoom, state.shown) == (amount, zoom, 3 / 10**zoom)
    assert begin().shown == 3.0


def tried(state):
    return [(each.neuron.code, each.amount) for each in state.tries]


def test_the_last_tries_are_kept_when_a_button_is_pressed_or_the_demon_moves():
    state = begin()
    for event in (Turn("amount", 2.0), Press("smaller"), Press("smaller"), Turn("amount", 0.01), Select("a1.2")):
        state = update(state, event)
    assert tried(state) == [("z[2][0]", 0.01), ("z[2][0]", 0.2), ("z[2][0]", 2.0)]
    state = update(update(state, Press("keep")), Press("keep"))
    assert tried(state)[:2] == [("z[1][2]", 0.01), ("z[2][0]", 0.01)]
    assert len(state.tries) == KEPT
    rows = [[cell.text for cell in row] for row in rows_of_tries(view(state))]
    assert [row[0] for row in rows] == ["z[1][2]", "z[1][2]", "z[2][0]", "z[2][0]"]
    assert len(list(rows_of_tries(view(begin())))) == 1 + KEPT  # the table is as high before anything is tried
    assert update(begin(amount=0.0), Press("other way")).tries == ()


def test_a_nudge_ten_times_smaller_misses_a_hundred_times_less_in_the_table():
    state = begin()
    for _ in range(2):
        state = update(state, Press("smaller"))
    gaps = [list(row)[-1].text for row in rows_of_tries(view(state))]
    assert gaps == ["−5.8·10⁻⁹", "−5.7·10⁻⁷", "−4.3·10⁻⁵", "–"]


def off(state):
    found = parsed(view(state)).iter("button")
    return {button.get("data-press") for button in found if button.get("aria-disabled") == "true"}


def test_a_button_that_would_do_nothing_is_off():
    assert off(begin()) == set()
    assert off(begin(amount=-3.0)) == {"larger"}
    assert off(begin(amount=0.0)) == {"larger", "other way", "keep"}
    assert off(update(begin(), Press("keep"))) == {"keep"}
    assert off(replace(begin(), zoom=DEEPEST)) == {"smaller"}
    assert update(replace(begin(), zoom=DEEPEST), Press("smaller")).zoom == DEEPEST


def test_the_slider_reaches_as_far_as_the_curve_and_is_as_fine_as_it_is_magnified():
    for state, ends, step in (
        (begin(), "3", "0.01"),
        (update(begin(), Press("smaller")), "0.3", "0.001"),
        (begin(SATURATED, reach=15), "15", "0.1"),
    ):
        (slider,) = (node for node in parsed(view(state)).iter("input") if node.get("type") == "range")
        assert (slider.get("min"), slider.get("max"), slider.get("step")) == (f"-{ends}", ends, step)
    assert "Δz = +0.010:" in view(update(begin(), Press("smaller"))).text


@pytest.mark.parametrize("selected", ["a0.0", "a3.0", "w1.0.0", "nobody"])
def test_a_neuron_that_is_not_there_is_refused(selected):
    with pytest.raises(ValueError, match=f"selected must be the key of a neuron like a1.0, got '{selected}'"):
        begin(selected=selected)


def test_a_reach_that_is_not_positive_is_refused():
    with pytest.raises(ValueError, match="reach must be"):
        begin(reach=0)


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("first", begin()),
        ("two", begin(amount=2.0)),
        ("hidden", begin(cases.wide, selected="a1.1", amount=-1.0)),
        ("magnified", replace(begin(cases.deep, amount=0.02), zoom=2)),
        ("stuck", begin(SATURATED, amount=-9.2, reach=15)),
    ],
)
def test_the_picture_is_as_it_was(golden, name, state):
    golden(f"demon-{name}", view(state))

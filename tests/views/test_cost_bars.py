"""The pictures of the cost show the package's numbers whatever the outputs are, and stay inside their frame."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab import cases, quadratic, widgets
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.views import cost_mean as mean
from backprop_lab.views.cost_bars import SQUARE_LEFT, CostBars, cost_bars, with_output

outputs = st.integers(0, 100).map(lambda hundredths: hundredths / 100)
examples = st.lists(st.tuples(outputs, st.sampled_from([0.0, 1.0])), min_size=1, max_size=4)


def parsed(picture):
    return ElementTree.fromstring(picture.markup)


def texts(picture):
    return [text for each in parsed(picture).iter() if (text := (each.text or "").strip())]


def rectangles(picture, name):
    found = [each.attrib for each in parsed(picture).iter("rect")]
    return [{key: float(each[key]) for key in ("x", "width", "height")} for each in found if each.get("class") == name]


@given(examples)
def test_bars_squares_and_cost_are_those_of_the_package(pairs):
    a, y = (np.array(values) for values in zip(*pairs, strict=True))
    picture = cost_bars(CostBars(tuple(a), tuple(y)))
    shown = texts(picture)
    assert [each for each in shown if each.startswith("(") and "²" in each] == [
        f"({signed(d)})² = {plain(d**2, 4)}" for d in a - y
    ]
    assert shown.count(plain(quadratic(a, y), 4)) >= 1
    assert f"the cost is {plain(quadratic(a, y), 4)}" in picture.text
    assert f"add up to {signed((a - y).sum())}" in picture.text


@given(examples)
def test_a_square_is_as_wide_as_high_and_its_area_is_the_squared_difference(pairs):
    a, y = (np.array(values) for values in zip(*pairs, strict=True))
    blue = rectangles(cost_bars(CostBars(tuple(a), tuple(y))), "bl-positive")
    squares = [each for each in blue if each["x"] == SQUARE_LEFT]
    unit = rectangles(cost_bars(CostBars((1.0,), (0.0,))), "bl-zero")[0]["width"]
    assert [each["width"] for each in squares] == [each["height"] for each in squares]
    assert [each["width"] ** 2 / unit**2 for each in squares] == pytest.approx((a - y) ** 2, abs=1e-3)


def test_negative_differences_lie_left_of_zero_and_positive_ones_right():
    picture = cost_bars(CostBars((0.0, 1.0), (1.0, 0.0)))
    axis = float(next(each for each in parsed(picture).iter("line") if each.get("x1") == each.get("x2")).attrib["x1"])
    (left,), right = rectangles(picture, "bl-negative"), rectangles(picture, "bl-positive")[1]
    assert left["x"] + left["width"] == axis == right["x"]


def test_the_start_hides_an_error_in_a_bare_sum_but_not_in_the_squares():
    state = widgets.cost_bars().state
    assert state.difference.sum() == 0
    assert state.cost == pytest.approx(0.19)


def test_choosing_an_output_lights_its_row_and_its_term_and_says_which_way_is_down():
    live = widgets.cost_bars()
    live.stage.selected = "a1"
    assert len(re.findall('class="bl-lit"', live.stage.picture)) == 1
    assert '<mrow class="bl-on"><msup><mrow><mo>(</mo><mn>0.50</mn>' in live.stage.picture
    assert "output 1, too low: raising it lowers the cost" in live.stage.text
    live.controls[1].widget.value = 1.0
    assert "output 1, on its target" in live.stage.text
    live.buttons["reset"].click()
    assert live.state == widgets.cost_bars().state


def test_every_output_has_a_target():
    with pytest.raises(ValueError, match=r"y must have a's shape \(2,\), got \(3,\)"):
        widgets.cost_bars(a=(0.1, 0.2))


@given(st.integers(0, 3), st.integers(1, 100).map(lambda hundredths: hundredths / 100), st.sampled_from([-1, 1]))
def test_the_mean_follows_one_column_by_a_quarter(example, by, way):
    state = mean.move(mean.begin(cases.batch), example, way * by)
    assert state.changes.mean() == pytest.approx(state.changes[example] / 4)
    assert state.costs.mean() == pytest.approx(quadratic([state.a], [state.y]))
    picture = mean.cost_mean(state)
    assert f"the mean by {signed(float(state.changes[example]) / 4, 4)}: that is 1/4 of it" in picture.text
    assert {f"C {plain(cost, 4)}" for cost in [*state.costs, state.costs.mean()]} <= set(texts(picture))


@given(st.lists(st.sampled_from([-1.0, 1.0]), min_size=4, max_size=4))
def test_no_column_leaves_the_chart(ends):
    state = mean.begin(cases.batch)
    for example, by in enumerate(ends):
        state = mean.move(state, example, by)
    columns = rectangles(mean.cost_mean(state), "bl-positive")
    assert len(columns) == 5
    assert max(each["height"] for each in columns) <= mean.TALL


def test_the_first_picture_of_the_batch_is_the_package_s_batch():
    live = widgets.cost_mean()
    assert live.state.costs.mean() == pytest.approx(cases.batch.mean_cost)
    assert "Nothing has been moved yet" in live.stage.text
    live.controls[2].widget.value = -1.0
    assert live.state.a[2] == 0
    assert "C of column 2 has changed" in live.stage.text
    live.buttons["reset"].click()
    assert "Nothing has been moved yet" in live.stage.text


def test_a_chosen_column_is_lit_in_the_formula_and_says_its_share_of_the_mean():
    live = widgets.cost_mean()
    live.stage.selected = "x1"
    assert '<mrow class="bl-on"><mn>0.0883</mn></mrow>' in live.stage.picture
    assert live.stage.text.endswith("Selected: column 1, output 0.420, target 0: it brings 0.0221 to the mean.")


def test_other_outputs_stay_when_one_is_moved():
    assert with_output(CostBars((0.1, 0.2), (0.0, 1.0)), 1, 0.9).a == (0.1, 0.9)

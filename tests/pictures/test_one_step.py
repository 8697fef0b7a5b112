"""One step: the gradient's promise, derived, beside what the step brings."""

import re
from dataclasses import replace

import numpy as np
import pytest

from backprop_lab import Case, Parameters, cases, identity, sigmoid, step
from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import Turn
from backprop_lab.pictures.one_step import begin, change, update, view

from .hands import parsed


@pytest.mark.parametrize("case", [cases.running, cases.batch, cases.deep], ids=["running", "batch", "deep"])
def test_a_short_step_keeps_the_gradients_promise_and_the_lines_agree(case):
    state = begin(case, learning_rate=1e-4, most=5.0)
    promise, true = change(state)
    assert true == pytest.approx(promise, rel=1e-3)
    shown = [cell.text for cell in parsed(view(state)).iter("td")]
    assert shown[0] == shown[2] == signed(promise, 6)
    assert shown[3] == signed(true, 6)


def test_it_begins_with_the_learning_rate_of_the_training_that_follows():
    assert view(begin()).text.startswith("η = 3.0: the gradient promises ")


def test_the_length_of_the_step_is_that_of_all_knobs_together():
    state = begin(cases.running, learning_rate=2.0)
    moved = step(cases.running.parameters, cases.running.backward_pass, 2.0)
    ways = [new - old for kind in "wb" for new, old in zip(
        getattr(moved, kind).values(), getattr(cases.running.parameters, kind).values(), strict=True)]  # fmt: skip
    length = np.sqrt(sum((way**2).sum() for way in ways))
    assert [cell.text for cell in parsed(view(state)).iter("td")][1] == f"{length:.6f}"


def test_a_step_that_is_too_long_is_said_to_raise_the_cost():
    state = update(begin(), Turn("learning_rate", 60.0))
    text = view(state).text
    assert "η = 60.0: the gradient promises −0.103523, the step brings +0.008183." in text
    assert "The cost rises from 0.130414 to 0.138597." in text
    still = view(update(state, Turn("learning_rate", 0.0)))
    assert still.text == "η = 0.0: no step, and the cost stays 0.130414."


@pytest.mark.parametrize(("w", "b", "a"), [(40.0, 40.0, sigmoid), (1.0, 0.0, identity)], ids=["flat", "at the bottom"])
def test_where_the_cost_is_flat_a_step_neither_raises_nor_lowers_it(w, b, a):
    made, y = Parameters({1: np.array([[w]])}, {1: np.array([[b]])}), [0.0 if a is sigmoid else 1.0]
    case = Case(made, np.array([1.0]), np.array(y), output=a)
    assert f"The cost stays {case.mean_cost:.6f}." in view(begin(case)).text


def test_the_curve_is_the_cost_after_steps_of_every_length_and_the_point_is_on_it():
    state = update(begin(most=60.0), Turn("learning_rate", 30.0))
    (point,) = (each for each in parsed(view(state)).iter("circle"))
    curves = [each for each in parsed(view(state)).iter("polyline") if each.get("class") == "bl-graph"]
    drawn = [tuple(map(float, at.split(","))) for at in curves[0].attrib["points"].split()]
    assert drawn[60] == pytest.approx((float(point.attrib["cx"]), float(point.attrib["cy"])), abs=0.1)
    for at in (0, 60, 120):
        moved = step(cases.batch.parameters, cases.batch.backward_pass, at / 2) if at else cases.batch.parameters
        assert state.costs[at] == pytest.approx(replace(cases.batch, parameters=moved).mean_cost)


def test_a_promise_below_zero_ends_in_an_arrow_at_the_axis():
    def arrows(rate):
        return [each for each in parsed(view(begin(learning_rate=rate))).iter("path") if each.get("class") == "bl-gap"]

    assert arrows(70.0) == []
    (arrow,) = arrows(80.0)
    assert arrow.get("d") == "M533.0 318.0l7 8l7 -8"


def test_the_tangent_begins_on_the_curve_and_the_gap_joins_promise_and_truth():
    state = begin(learning_rate=30.0)
    markup = view(state).markup
    slope, graph = (re.search(rf'points="([^"]*)" class="bl-{look}"', markup) for look in ("slope", "graph"))
    assert slope
    assert graph
    assert slope[1].split()[0] == graph[1].split()[0]
    lines = [each.attrib for each in parsed(view(state)).iter("line") if each.get("class") == "bl-gap"]
    x, high, low = (float(lines[0][side]) for side in ("x1", "y1", "y2"))
    ends = [tuple(map(float, at.split(","))) for at in slope[1].split()]
    share = (x - ends[0][0]) / (ends[1][0] - ends[0][0])
    assert high == pytest.approx(ends[0][1] + share * (ends[1][1] - ends[0][1]), abs=0.2)
    (point,) = (each for each in parsed(view(state)).iter("circle"))
    assert low == float(point.attrib["cy"])


@pytest.mark.parametrize(("name", "rate"), [("first", 3.0), ("long", 60.0)])
def test_the_picture_is_as_it_was(golden, name, rate):
    golden(f"one_step-{name}", view(update(begin(), Turn("learning_rate", rate))))

"""The cost's bars and squares are those of the package, whatever is moved, and one square hangs on each bar."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab import quadratic
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures.cost_bars import begin, update, view

from .hands import parsed

parts = st.integers(0, 100).map(lambda hundredths: hundredths / 100)
examples = st.lists(st.tuples(parts, parts), min_size=1, max_size=4)


def texts(state):
    return [node.text for node in parsed(view(state)).iter("text")]


def boxes(state, *looks):
    found = [each for each in parsed(view(state)).iter("rect") if each.get("class") in looks]
    return [{name: float(each.attrib[name]) for name in ("x", "y", "width", "height")} for each in found]


@given(examples)
def test_differences_squares_and_cost_are_those_of_the_package(pairs):
    a, y = (np.array(values) for values in zip(*pairs, strict=True))
    state, squares = begin(a, y), ((a - y) ** 2).sum()
    shown = texts(state)
    assert [each for each in shown if each.startswith("(")] == [f"({signed(d)})² = {plain(d**2, 4)}" for d in a - y]
    assert shown[-5:-1] == ["added up", signed((a - y).sum()), plain(squares, 4), "cost, half of it"]
    assert shown[-1] == plain(squares / 2, 4) == plain(quadratic(a, y), 4)
    assert [node.text for node in parsed(view(state)).iter("mn")][-1] == shown[-1]
    outputs, targets = (", ".join(plain(each) for each in values) for values in (a, y))
    sums = f"add up to {signed((a - y).sum())}, their squares to {plain(squares, 4)}: the cost is {shown[-1]}."
    more = f"The outputs are {outputs}, the targets {targets}. The differences {sums}"
    assert (more if len(a) > 1 else f"The output is {outputs}, the target {targets};") in view(state).text


def test_the_formula_can_wait():
    state = update(begin(formula=False), Turn("a1.0", 0.9))
    for shown in (state, update(state, Press("reset"))):
        assert "<math" not in view(shown).markup
        assert "nabla" not in view(shown).markup
    assert "<math" in view(begin()).markup


@given(examples)
def test_a_square_hangs_on_its_bar_and_its_area_is_the_squared_difference(pairs):
    a, y = (np.array(values) for values in zip(*pairs, strict=True))
    state = begin(a, y)
    unit, squares = boxes(state, "bl-zero"), boxes(state, "bl-square")
    bars = boxes(state, "bl-positive", "bl-negative")
    side = unit[0]["width"]
    for d, square, bar, whole in zip(a - y, squares, bars, unit, strict=True):
        assert square["width"] == square["height"]
        assert square["width"] * square["height"] == pytest.approx(d**2 * side**2, abs=2)
        assert bar["width"] == pytest.approx(max(1.0, abs(d) * side), abs=0.02)
        assert bar["y"] + bar["height"] == pytest.approx(square["y"], abs=0.02)
        assert square["y"] == whole["y"]
        zero = square["x"] + square["width"] * (d < 0)
        assert zero == pytest.approx(230, abs=0.02)
        assert bar["x"] + bar["width"] * (d < 0) == pytest.approx(230, abs=0.02)


def test_the_start_hides_an_error_in_a_bare_sum_but_not_in_the_squares():
    assert begin().difference.sum() == 0
    assert begin().cost == pytest.approx(0.19)


def test_each_output_and_each_target_is_moved_alone_and_reset_brings_all_back():
    state = begin((0.1, 0.2, 0.4), (0.0, 1.0, 0.5))
    moved = update(update(state, Turn("a1.1", 0.9)), Turn("y0.2", 0.7))
    assert (moved.a, moved.y) == ((0.1, 0.9, 0.4), (0.0, 1.0, 0.7))
    assert update(moved, Press("reset")) == state
    assert 'data-press="reset" data-key="press reset" aria-disabled' in view(state).markup
    assert 'data-press="reset" data-key="press reset" aria-disabled' not in view(moved).markup


def test_what_is_dragged_is_named_as_its_slider_is():
    sliders, dragged = (re.findall(f'data-{kind}="([^"]*)"', view(begin()).markup) for kind in ("turn", "drag"))
    assert sliders == ["a1.0", "y0.0", "a1.1", "y0.1", "a1.2", "y0.2"]
    assert set(dragged) == set(sliders)


@pytest.mark.parametrize(
    ("a", "words"),
    [
        (0.5, "output 1, too low: raising it lowers the cost."),
        (1.0, "output 1, on its target."),
        (0.2, "output 1, too high: raising it raises the cost."),
    ],
)
def test_a_chosen_output_says_which_way_is_down(a, words):
    y = 0.0 if a < 0.5 else 1.0
    assert view(begin((0.3, a), (0.0, y))).text.endswith("No output is selected.")
    assert view(update(begin((0.3, a), (0.0, y)), Select("a1.1"))).text.endswith(f"Selected: {words}")


def test_a_chosen_output_is_lit_in_its_row_its_sliders_and_its_term():
    page = parsed(view(update(begin(), Select("a1.1"))))
    lit = [node for node in page.iter() if "bl-on" in (node.get("class") or "").split()]
    assert [node.get("data-key") for node in lit if node.tag == "div"] == ["turn a1.1", "turn y0.1"]
    assert ["".join(node.itertext()) for node in lit if node.tag == "mrow"] == ["(0.50−1.00)2"]
    (ground,) = (node for node in page.iter("rect") if node.get("class") == "bl-lit")
    assert ground in list(next(node for node in page.iter("g") if node.get("data-select") == "a1.1"))


@pytest.mark.parametrize(
    ("a", "y", "message"),
    [
        ((0.1, 0.2), (0.0,), "a and y must have equally many values, 1 to 4, got 2 and 1"),
        ((0.1,) * 5, (0.0,) * 5, "equally many values, 1 to 4, got 5 and 5"),
        ((1.5,), (0.0,), "a must lie between 0 and 1, got (1.5,)"),
        ((0.5,), (-1.0,), "y must lie between 0 and 1, got (-1.0,)"),
    ],
)
def test_what_cannot_be_shown_is_refused(a, y, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        begin(a, y)


@pytest.mark.parametrize(
    ("name", "state"),
    [("first", begin()), ("four", update(begin((0.2, 0.9, 0.5, 1.0), (1.0, 0.0, 0.5, 0.0)), Select("a1.0")))],
)
def test_the_picture_is_as_it_was(golden, name, state):
    golden(f"cost_bars-{name}", view(state))

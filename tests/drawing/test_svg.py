"""The pieces of drawings: a bar is as long as its value on its scale, and says where it would be longer."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab.drawing.html import REACH, spark
from backprop_lab.drawing.markup import element
from backprop_lab.drawing.svg import bar, choice, drag, ground, sheet, signed_bar, subscript


@given(st.floats(-1, 1), st.floats(0.5, 3))
def test_a_bar_leaves_zero_to_its_side_as_long_as_its_share_of_the_scale(share, scale):
    node = ElementTree.fromstring(bar(50, 4, share * scale, scale, 40, 6))
    x, width = float(node.get("x", 0)), float(node.get("width", 0))
    assert node.tag == "rect"
    assert width == pytest.approx(max(1, abs(share) * 40), abs=0.006)
    assert (x if share * scale >= 0 else x + width) == pytest.approx(50, abs=0.011)
    assert node.get("class") == ("bl-negative" if share * scale < 0 else "bl-positive")


@pytest.mark.parametrize(("value", "side"), [(1.01, 1), (7.0, 1), (-1.01, -1), (-7.0, -1)])
def test_a_bar_beyond_its_scale_ends_in_an_arrow_at_the_edge(value, side):
    node = ElementTree.fromstring(bar(50, 4, value, 1.0, 40, 6))
    assert (node.tag, node.get("class")) == ("path", f"bl-{'positive' if side > 0 else 'negative'} bl-beyond")
    tip = re.search(r"L([\d.]+) ([\d.]+)L", node.get("d") or "")
    assert tip
    assert (float(tip[1]), float(tip[2])) == (50 + side * 40, 7)


@pytest.mark.parametrize("value", [1.0, -1.0, 1.00005])
def test_a_bar_that_fills_its_scale_is_no_arrow(value):
    assert "bl-beyond" not in bar(50, 4, value, 1.0, 40, 6)


def test_a_signed_bar_and_a_spark_stand_on_a_zero_line():
    for markup, zero in ((signed_bar(50, 4, 0.5, 1, 40, 6), 50), (spark(0.5, 1), REACH + 2)):
        (line,) = ElementTree.fromstring(f"<g>{markup}</g>").iter("line")
        assert float(line.get("x1", 0)) == float(line.get("x2", 0)) == zero


@pytest.mark.parametrize("on", [True, False])
def test_what_is_chosen_is_marked_and_what_could_be_is_ground_for_the_mouse(on):
    assert (choice("a1.0", "neuron", on)["data_on"] == "") is on
    assert ('class="bl-lit"' in ground(0, 0, 9, 9, on)) is on
    assert ('pointer-events="all"' in ground(0, 0, 9, 9, on)) is not on


def test_a_number_that_is_dragged_carries_its_key_its_value_and_its_ends():
    assert element("text", **drag("a0.0", 1 / 3, -2, 2)).startswith(
        '<text data-drag="a0.0" data-value="0.333333" data-min="-2" data-max="2" data-step="0.01"'
    )


def test_a_sheet_with_words_is_an_image_and_one_without_lets_its_parts_speak():
    assert sheet(10, 20.5, says="A line.") == '<svg viewBox="0 0 10 20.5" role="img" aria-label="A line."></svg>'
    assert (
        sheet(10, 20, "z", subscript(1))
        == '<svg viewBox="0 0 10 20">z<tspan dy="3" class="bl-subscript">1</tspan></svg>'
    )

"""The charts: a bar's length and side are its value's size and sign; a line ends where its last value is."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab.drawing.chart import Bar, bars, line
from backprop_lab.drawing.markup import plain, signed

VALUES = st.floats(-1, 1).filter(lambda value: abs(value) > 0.02)


def parts(markup, tag, name):
    return [each for each in ElementTree.fromstring(markup).iter(tag) if name in each.get("class", "")]


@given(st.lists(VALUES, min_size=1, max_size=6))
def test_a_bar_is_as_long_as_its_value_and_leaves_zero_on_its_sides_own_side(values):
    markup = bars("δ", [Bar(f"bar {at}", value) for at, value in enumerate(values)], scale=1)
    (axis,) = parts(markup, "line", "bl-zero")
    zero, reach = float(axis.attrib["x1"]), None
    for value, rect in zip(values, parts(markup, "rect", "tive"), strict=True):
        start, length = float(rect.attrib["x"]), float(rect.attrib["width"])
        reach = reach or length / abs(value)
        assert length / abs(value) == pytest.approx(reach, rel=0.05)
        assert (start if value > 0 else start + length) == pytest.approx(zero, abs=0.011)
        assert rect.attrib["class"] == ("bl-positive" if value > 0 else "bl-negative")


def test_a_value_beyond_the_scale_gets_an_arrow_and_keeps_its_number():
    markup = bars("δ", [Bar("far", -3.0), Bar("near", 0.5)], scale=1, decimals=2)
    assert len(parts(markup, "path", "bl-negative")) == 1
    assert signed(-3.0) in markup


def test_the_words_hold_every_value():
    markup = bars("gradient", [Bar("w", 0.1), Bar("b", -0.25)], scale=1)
    assert ElementTree.fromstring(markup).attrib["aria-label"] == "gradient. w: +0.1000; b: −0.2500"


@given(st.lists(st.floats(0, 5), min_size=1, max_size=1000))
def test_a_line_ends_at_its_last_value_with_the_largest_at_the_top(values):
    markup = line("cost", values, unit="step")
    (curve,) = parts(markup, "polyline", "bl-curve")
    points = [tuple(map(float, point.split(","))) for point in curve.attrib["points"].split()]
    assert len(points) <= 201
    (dot,) = parts(markup, "circle", "bl-point")
    assert points[-1] == pytest.approx((float(dot.attrib["cx"]), float(dot.attrib["cy"])), abs=0.06)
    label = ElementTree.fromstring(markup).attrib["aria-label"]
    steps = len(values) - 1
    expected = (
        f"It began at {plain(values[0], 4)} and is {plain(values[-1], 4)} after {steps} step{'s' * (steps != 1)}."
    )
    assert label.endswith(expected)

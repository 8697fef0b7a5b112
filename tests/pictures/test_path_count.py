"""Counting paths: the numbers are those of the chain rule walked, the bars their logarithms, the paths real ones."""

import re
from itertools import product
from math import log10

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab import Case, Quantity, initialize, paths
from backprop_lab.drawing.picture import Press, Turn
from backprop_lab.pictures.path_count import PathCount, begin, lasting, stations, update, view

from .hands import parsed

WIDTHS = st.integers(2, 10)
STATES = st.builds(PathCount, WIDTHS, WIDTHS)


@pytest.mark.parametrize(("width", "layers"), [(2, 2), (3, 2), (2, 4), (4, 3), (3, 4)])
def test_the_paths_are_those_of_the_chain_rule_walked(width, layers):
    state = begin(width, layers)
    case = Case(initialize(state.sizes), np.ones(width), np.ones(width))
    found = paths(case, Quantity("z", 1, (0,)))
    assert state.paths == len(found)
    walked = [[rate.by.index[0] for rate in path if rate.by.letter == "z"] for path in found]
    assert sorted(walked) == [stations(state, each) for each in range(state.paths)]
    assert state.counts[0] == width * sum(len(path) - 1 for path in found)


@given(STATES)
def test_bp2_takes_a_product_for_each_wire_and_a_slope_for_each_neuron(state):
    n, back = state.width, state.layers - 1
    assert state.counts[1] == n + back * (n * n + n)  # BP1; then BP2 for each layer
    assert state.paths == n**back


@given(STATES)
def test_bars_are_the_logarithms_and_numbers_stand_beside_them(state):
    page = parsed(view(state))
    bars = [float(each.get("width")) for each in page.iter("rect") if "bl-positive" in (each.get("class") or "")]
    shown = (state.paths, *state.counts)
    assert bars == pytest.approx([416 / 12 * log10(each) for each in shown], abs=0.01)
    texts = [each.text for each in page.iter("text")]
    assert all(f"{each:,}" in texts for each in shown)
    assert all(f"{each:,}" in view(state).text for each in shown)
    lines = sorted({float(each.get("x1")) for each in page.iter("line")})
    assert lines == pytest.approx([8 + 416 * n / 12 for n in (0, 3, 6, 9, 12)], abs=0.01)


def corners(page, look):
    return [[tuple(map(float, each.split(","))) for each in line.get("points").split()]
            for line in page.iter("polyline") if line.get("class") == look]  # fmt: skip


@given(STATES, st.integers(0, 30))
def test_each_path_drawn_goes_from_neuron_0_through_one_neuron_of_each_layer_to_the_cost(state, presses):
    for at in range(presses):
        state = update(state, Press("skip" if at % 2 else "next"))
    page = parsed(view(state))
    neurons = {(round(float(each.get("cx"))), round(float(each.get("cy")))) for each in page.iter("circle")}
    (lit,) = corners(page, "bl-lit-path")
    some = corners(page, "bl-some-path")
    assert len(some) == min(4, state.paths - 1)
    for line in (lit, *some):
        assert line[0] == lit[0]
        assert line[-1] == lit[-1]
        assert len(line) == state.layers + 1
        assert all((round(x), round(y)) in neurons for x, y in line)
    assert lit not in some
    assert f"lit: path {state.path + 1:,} of {state.paths:,}" in "".join(page.itertext())


def test_next_path_goes_through_all_of_them_and_begins_again():
    state, seen = begin(3, 3), []
    for _ in range(9):
        seen.append(tuple(stations(state, state.path)))
        state = update(state, Press("next"))
    assert seen == [(0, *rest) for rest in product(range(3), repeat=2)]
    assert state == begin(3, 3)


def test_the_wires_are_those_of_all_paths():
    page = parsed(view(begin(4, 3)))
    (wires,) = (each.get("d") for each in page.iter("path") if each.get("class") == "bl-wires")
    assert wires.count("M") == 4 + 16 + 4


def test_ten_layers_of_ten():
    text = view(begin(10, 10)).text
    assert "1,000,000,000 paths" in text
    assert "190,000,000,000 multiplications path by path, and 1,000 by BP2" in text
    assert text.endswith("6,021 years against 17 minutes.")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (119, "119 seconds"),
        (120, "2 minutes"),
        (7199, "120 minutes"),
        (7200, "2 hours"),
        (172_800, "2 days"),
        (63_115_200, "2 years"),
    ],
)
def test_a_time_is_told_in_its_largest_unit(seconds, words):
    assert lasting(seconds) == words


def test_another_network_begins_with_its_first_path_and_stays_within_its_ends():
    state = update(update(begin(), Press("skip")), Turn("width", 40.0))
    assert state == PathCount(10, 3)
    assert update(state, Turn("layers", 0.0)) == PathCount(10, 2)


@pytest.mark.parametrize(("given", "message"), [
    ((1, 3), "width must be a whole number from 2 to 10, got 1"),
    ((3, 11), "layers must be a whole number from 2 to 10, got 11"),
    ((3, 2.5), "layers must be a whole number from 2 to 10, got 2.5"),
])  # fmt: skip
def test_what_cannot_be_shown_is_refused(given, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        begin(*given)


@pytest.mark.parametrize(
    ("name", "state"), [("three", begin()), ("moved", update(begin(4, 5), Press("skip"))), ("two", begin(2, 2))]
)
def test_the_picture_is_as_it_was(golden, name, state):
    golden(f"path_count-{name}", view(state))

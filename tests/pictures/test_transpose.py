"""The column of a neuron becomes a row, and the product is the sum that BP2 needs."""

import re
from functools import reduce

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import SMOOTH, networks

from backprop_lab import Case, cases, initialize, nudge, quadratic
from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures.transpose import begin, update, view

from .hands import parsed

elementwise = networks(hidden=SMOOTH, ends=tuple((output, quadratic) for output in SMOOTH))


def after(events, state):
    return reduce(update, events, state)


def places(state):
    """Where each entry stands: (column, row) of the grid, by its key."""
    nodes = {node.get("data-key"): node.get("style") or "" for node in parsed(view(state)).iter("g")}
    found = {key: re.findall(r"-?[\d.]+", style) for key, style in nodes.items() if key and key[0] == "w"}
    return {key: (round((float(x) - 12) / 66), round((float(y) - 34) / 46)) for key, (x, y) in found.items()}


@settings(max_examples=30)
@given(elementwise, st.data())
def test_flipped_the_product_is_what_nudges_of_the_activations_find(case, data):
    sizes = case.parameters.sizes
    assume(len(sizes) > 2 and max(sizes[1:]) <= 4)
    layer = data.draw(st.integers(1, len(sizes) - 2))
    state = update(begin(case, neuron=f"a{layer}.0"), Press("transpose"))
    shown = [text.text for text in parsed(view(state)).iter("text")]
    for j in range(sizes[layer]):
        found = float(nudge(case, "a", layer, (j,)).cost[0])
        assert state.w[:, j] @ state.delta_next == pytest.approx(found, abs=1e-9)
        assert signed(float(state.w[:, j] @ state.delta_next), 4) in shown


def test_every_entry_changes_sides_of_the_diagonal_and_stays_the_same_node():
    state = begin()
    before, now = places(state), places(update(state, Press("transpose")))
    assert before == {f"w2.{i}.{j}": (j, i) for i in range(2) for j in range(3)}
    assert now == {key: (row, column) for key, (column, row) in before.items()}
    assert places(after([Press("transpose")] * 2, state)) == before


def test_it_says_what_does_not_fit_and_what_fits_by_chance():
    assert "Column 1 is lit, the weights out of neuron 1: −1.10, −1.20. Beside δ, 2 × 1, the shapes do not fit." in (
        view(begin()).text
    )
    square = Case(initialize((2, 2, 2)), np.ones(2), np.ones(2))
    assert "the shapes fit, and give the wrong sums." in view(begin(square, neuron="a1.0")).text
    one = Case(initialize((2, 1, 1)), np.ones(2), np.ones(1))  # a single weight is its own transpose
    assert "the shapes fit, and give the right sums." in view(begin(one, neuron="a1.0")).text
    assert "Column 0 is lit, the weight out of neuron 0: " in view(begin(one, neuron="a1.0")).text
    assert "they fit: w is symmetric" in view(begin(one, neuron="a1.0")).markup
    three = Case(initialize((2, 1, 3)), np.ones(2), np.ones(3))
    assert "the shapes do not fit." in view(begin(three, neuron="a1.0")).text
    assert "1 column meets 3 rows" in view(begin(three, neuron="a1.0")).markup
    assert "they do not fit" in view(begin(three, neuron="a1.0")).markup
    flipped = update(begin(), Press("transpose"))
    value = cases.wide.parameters.w[2][:, 1] @ cases.wide.backward_pass.delta[2][:, 0]
    assert f"Times δ it gives {signed(float(value), 4)}." in view(flipped).text


def test_neurons_layers_and_networks_are_chosen_and_weights_dragged():
    state = update(begin(), Select("a1.2"))
    assert state.j == 2
    assert update(state, Turn("network", "deep")).j == 2
    assert after([Turn("network", "deep"), Turn("layer", 2.0)], state).j == 0
    moved = update(state, Turn("w2.0.2", -1.0))
    assert moved.w[0, 2] == -1
    assert update(moved, Press("reset")) == state


def test_what_has_no_room_is_refused():
    with pytest.raises(ValueError, match=r"case must have at most 4 neurons in a layer, got sizes \(2, 5, 1\)"):
        begin(Case(initialize((2, 5, 1)), np.ones(2), np.ones(1)))
    with pytest.raises(ValueError, match=r"neuron must be the key of a hidden neuron .* got 'a2.0'"):
        begin(neuron="a2.0")


FOUR = Case(initialize((2, 4, 2), seed=0), np.ones(2), np.ones(2))  # higher than all other networks of the menu


@pytest.mark.parametrize(
    ("name", "case", "events"),
    [
        ("first", cases.wide, []),
        ("flipped", cases.wide, [Press("transpose"), Select("a1.2")]),
        ("four", FOUR, [Select("a1.3"), Press("transpose")]),
    ],
)
def test_the_picture_is_as_it_was(golden, name, case, events):
    golden(f"transpose-{name}", view(after(events, begin(case))))

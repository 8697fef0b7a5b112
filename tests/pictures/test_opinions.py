"""The opinions of the next layer add up to what a nudge of the activation finds, and σ′ leaves δ of them."""

import re
from functools import reduce

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import SMOOTH, networks

from backprop_lab import Case, cases, initialize, nudge, quadratic
from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import LOOK, Press, Select, Turn
from backprop_lab.pictures.opinions import begin, update, view

from .hands import parsed

NEURON_1 = begin(neuron="a1.1")

elementwise = networks(hidden=SMOOTH, ends=tuple((output, quadratic) for output in SMOOTH))


def after(events, state):
    return reduce(update, events, state)


def group(state, j):
    """The texts of what one neuron hears and what is left of it."""
    return next(
        ["".join(text.itertext()) for text in node.iter("text")]
        for node in parsed(view(state)).iter("g")
        if node.get("data-select") == f"a{state.layer}.{j}"
    )


@settings(max_examples=40)
@given(elementwise, st.data())
def test_the_rows_are_the_opinions_their_sum_is_what_a_nudge_of_a_finds_and_delta_what_one_of_z_finds(case, data):
    sizes = case.parameters.sizes
    assume(len(sizes) > 2 and max(sizes[1:]) <= 4)
    layer = data.draw(st.integers(1, len(sizes) - 2))
    j = data.draw(st.integers(0, sizes[layer] - 1))
    state = begin(case, neuron=f"a{layer}.{j}")
    assert state.said[:, j].sum() == pytest.approx(nudge(case, "a", layer, (j,)).cost[0], abs=1e-9)
    assert state.delta[j] == pytest.approx(nudge(case, "z", layer, (j,)).cost[0], abs=1e-9)
    np.testing.assert_allclose(state.delta, case.backward_pass.delta[layer][:, 0], atol=1e-12)
    for at in range(sizes[layer]):
        shown = group(state, at)
        assert {signed(float(value), 4) for value in state.said[:, at]} <= set(shown)
        assert signed(float(state.delta[at]), 4) in shown
    assert f"that is δ = {signed(float(state.delta[j]), 6)}." in view(state).text


def test_neuron_1_hears_two_loud_opinions_that_cancel():
    words = view(NEURON_1).text
    assert "They quarrel, and nearly cancel." in words
    assert "that is δ = −0.002120." in words
    assert "They agree: less of it." in view(begin()).text
    assert "0: less" in group(NEURON_1, 1)
    assert "1: more" in group(NEURON_1, 1)


def test_neuron_1_is_silenced_by_two_weights_of_zero_and_by_a_flat_slope():
    mute = after([Turn("w2.0.1", 0.0), Turn("w2.1.1", 0.0)], NEURON_1)
    assert "Nobody says anything." in view(mute).text
    assert mute.delta[1] == 0
    one = update(NEURON_1, Turn("w2.0.1", 0.0))
    assert "Only one of them says something: more of it." in view(one).text
    shut = update(NEURON_1, Turn("b1.1", 8.0))
    assert "The lens is nearly shut: the neuron is saturated." in view(shut).text
    assert after([Turn("b1.1", 8.0), Press("reset")], NEURON_1) == NEURON_1


def test_the_weights_out_of_the_neuron_can_be_turned_and_dragged_and_its_bias_too():
    def turned(state):
        return [node.get("data-turn") for node in parsed(view(state)).iter("input") if node.get("type") == "range"]

    assert turned(NEURON_1) == ["w2.0.1", "w2.1.1", "b1.1"]
    dragged = [node.get("data-drag") for node in parsed(view(NEURON_1)).iter("g") if node.get("data-drag")]
    assert dragged == ["w2.0.1", "w2.1.1"]
    assert turned(update(NEURON_1, Select("a1.2"))) == ["w2.0.2", "w2.1.2", "b1.2"]


def test_nothing_moves_before_it_is_asked_for_and_nothing_after_it_is_stopped():
    def moving(state):
        return re.findall(r'class="(bl-runs|bl-grows|bl-shrinks)"', view(state).markup)

    assert moving(NEURON_1) == []
    sent = update(NEURON_1, Press("send"))
    assert moving(sent) == ["bl-runs", "bl-runs", "bl-grows", "bl-shrinks"]
    assert moving(update(sent, Turn("motion", False))) == []
    again = update(sent, Press("send"))
    keys = [set(re.findall(r'data-key="((?:opinion|sum|delta)[^"]*)"', view(each).markup)) for each in (sent, again)]
    assert keys[0].isdisjoint(keys[1]), "the bars of the second time are new nodes, or they would not run"
    turned = update(sent, Turn("w2.0.1", 0.3))
    assert set(re.findall(r'data-key="((?:opinion|sum|delta)[^"]*)"', view(turned).markup)) == keys[0]


def test_all_motion_is_over_within_a_second_and_only_for_those_who_want_motion():
    sheet = view(NEURON_1).style
    allowed = sheet.partition("@media (prefers-reduced-motion: no-preference) {")[2].partition("} }")[0]
    assert len(re.findall(r"animation:", sheet)) == len(re.findall(r"animation:", allowed)) == 3
    for said in re.findall(r"animation: ([^}]*)", allowed):
        assert sum(float(time) for time in re.findall(r"(\d*\.\d+)s", said)) < 1
    assert "animation" not in LOOK


def test_another_network_or_layer_keeps_the_neuron_if_it_has_it():
    state = begin(cases.deep, neuron="a2.1")
    assert (update(state, Turn("layer", 1.0)).j, update(state, Turn("network", "wide")).layer) == (1, 1)
    assert update(begin(cases.wide, neuron="a1.2"), Turn("network", "deep")).j == 2
    assert after([Turn("network", "deep"), Turn("layer", 2.0)], begin(neuron="a1.2")).j == 0
    flipped = update(begin(), Press("flip"))
    assert flipped.case.y[:, 0].tolist() == [1, 1]
    assert update(flipped, Press("flip")).case.y[:, 0].tolist() == [1, 0]


def test_the_legend_has_the_room_of_the_highest_layer():
    state = update(begin(cases.deep), Turn("layer", 2))
    boxes = [parsed(view(each)).find(".//div[@class='bl-diagram']").get("style") for each in (begin(cases.deep), state)]
    assert boxes[0]
    assert boxes[0] == boxes[1]


def test_what_has_no_room_is_refused():
    with pytest.raises(ValueError, match=r"case must have at most 4 neurons in a layer, got sizes \(2, 5, 1\)"):
        begin(Case(initialize((2, 5, 1)), np.ones(2), np.ones(1)))
    for key in ("a2.0", "a1.3", "a0.0", "w1.0.0", "b1.0"):
        with pytest.raises(ValueError, match=f"neuron must be the key of a hidden neuron .* got '{key}'"):
            begin(neuron=key)


@pytest.mark.parametrize(
    ("name", "state", "events"),
    [
        ("first", begin(), []),
        ("silence", NEURON_1, [Press("send")]),
        ("beyond", begin(cases.deep, neuron="a2.1"), [Turn("w3.0.1", 3.0), Turn("b2.1", 8.0)]),
    ],
)
def test_the_picture_is_as_it_was(golden, name, state, events):
    golden(f"opinions-{name}", view(after(events, state)))

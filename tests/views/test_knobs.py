"""Knobs: a move is counted as the hand counts it, and the rates are the package's, for the place they belong to."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab import cases, numerical_gradient, step, widgets
from backprop_lab.markup import plain, signed
from backprop_lab.views import knobs as view

BEGIN = view.begin(cases.running)
turns = st.lists(st.tuples(st.sampled_from([("w", 1, (2, 1)), ("w", 2, (0, 0)), ("b", 1, (0, 0))]), st.floats(-4, 4)))


def turned(state, each):
    (kind, layer, index), value = each
    return view.turn(state, kind, layer, index, value)


@given(turns)
def test_turning_one_knob_on_and_on_is_one_move(given_turns):
    state = BEGIN
    for each in given_turns:
        state = turned(state, each)
    names = [name for name, _ in given_turns]
    assert state.moves == sum(name != before for name, before in zip(names, [None, *names], strict=False))
    assert f"the cost {plain(state.case.mean_cost, 4)}" in view.sentence(state)
    assert not state.backward


@given(turns)
def test_the_backward_pass_shows_the_rate_a_nudge_finds_and_the_way_against_it(given_turns):
    state = BEGIN
    for each in given_turns:
        state = turned(state, each)
    assert not re.search(r"[↑↓]", view.knobs(state).markup)
    nabla_w, nabla_b = numerical_gradient(state.case.parameters, state.case.x, state.case.y)
    cards = {}
    for card in ElementTree.fromstring(view.knobs(view.backward_pass(state)).markup).iter("div"):
        if "bl-knob" in (card.get("class") or "").split():
            name, arrow, rate = ("".join(part.itertext()) for part in card)
            cards[name] = arrow, float(rate.replace("\N{MINUS SIGN}", "-"))
    for layer, nabla in nabla_w.items():
        for (j, k), rate in [((j, k), nabla[j, k]) for j in range(len(nabla)) for k in range(nabla.shape[1])]:
            arrow, shown = cards[f"w[{layer}][{j}, {k}]"]
            assert shown == pytest.approx(rate, abs=1.1e-5)
            assert arrow == "↓" if rate > 1e-6 else arrow == "↑" if rate < -1e-6 else True
        for j, rate in enumerate(nabla_b[layer][:, 0]):
            assert cards[f"b[{layer}][{j}]"][1] == pytest.approx(rate, abs=1.1e-5)
    assert len(cards) == 13


def test_one_step_is_the_packages_step_and_says_what_was_promised_and_what_came():
    after = view.one_step(BEGIN)
    expected = step(cases.running.parameters, cases.running.backward_pass, 1.0)
    assert all((after.case.parameters.w[layer] == expected.w[layer]).all() for layer in (1, 2))
    assert "promised a fall of 0.055682 and brought 0.055720" in view.sentence(after)
    assert "below 0.19" in view.sentence(after)
    assert "not yet" not in view.sentence(after)
    assert f"that of b[2][0], {signed(view.largest(after.case).value, 6)}: raise it" in view.sentence(after)


def test_sliders_count_moves_and_a_turn_after_the_backward_pass_takes_the_rates_away():
    live = widgets.knobs()
    sliders = {slider.description: slider for slider in (control.widget for control in live.controls)}  # pyright: ignore[reportAttributeAccessIssue]
    assert len(sliders) == 13
    for value in (0.4, 0.5, 0.7):
        sliders["b[2][0]"].value = value
    assert live.stage.text.startswith("After 1 move the output is")
    live.buttons["one backward pass"].click()
    assert "the largest is that of b[2][0]" in live.stage.text
    sliders["w[1][0, 0]"].value = 1.3
    assert (live.state.moves, live.state.backward) == (2, False)
    live.buttons["one step, η = 1"].click()
    assert live.state.moves == 3
    live.buttons["reset"].click()
    assert live.state == BEGIN
    assert sliders["b[2][0]"].value == 0.3

"""Knobs: a move is counted as the hand counts it, and the rates are the package's, for the place they belong to."""

import re
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_lab import cases, numerical_gradient, step
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.drawing.picture import Press, Turn
from backprop_lab.pictures.knobs import begin, largest, update, view
from backprop_lab.quantities import Quantity, parameters

from .hands import parsed

turns = st.lists(st.builds(Turn, st.sampled_from(["w1.2.1", "w2.0.0", "b1.0"]), st.floats(-4, 4)), max_size=5)


def after(events, state=None):
    state = state or begin()
    for event in events:
        state = update(state, event)
    return state


@given(turns)
def test_turning_one_knob_on_and_on_is_one_move(events):
    state = after(events)
    assert state.moves == len(list(groupby(event.key for event in events)))
    assert f"the cost {plain(state.case.mean_cost, 4)}" in view(state).text
    assert not state.backward


@settings(max_examples=30)
@given(turns)
def test_the_backward_pass_shows_the_rate_a_difference_finds_and_the_way_against_it(events):
    state = after(events)
    assert not re.search(r"[↑↓]", view(state).markup)
    nabla_w, nabla_b = numerical_gradient(state.case.parameters, state.case.x, state.case.y)
    cards = {}
    for card in parsed(view(update(state, Press("backward")))).iter("div"):
        if "bl-knob" in (card.get("class") or "").split():
            _name, arrow, rate = ("".join(part.itertext()) for part in card)
            cards[card.get("data-key")] = arrow, rate
    assert len(cards) == 13
    for knob in parameters(cases.running):
        nabla = (nabla_w if knob.letter == "w" else nabla_b)[knob.layer][(*knob.index, 0)[:2]]
        arrow, shown = cards[f"knob {knob.key}"]
        if "·" not in shown:
            assert float(shown.replace("\N{MINUS SIGN}", "-")) == pytest.approx(nabla, abs=1.1e-5)
        if abs(nabla) > 1e-6:
            assert arrow == ("↓" if nabla > 0 else "↑")


def test_one_step_is_the_packages_step_and_says_what_was_promised_and_what_came():
    state = update(begin(), Press("step"))
    expected = step(cases.running.parameters, cases.running.backward_pass, 1.0)
    assert all((state.case.parameters.w[layer] == expected.w[layer]).all() for layer in (1, 2))
    assert "promised a fall of 0.055682 and brought 0.055720" in view(state).text
    assert "below 0.19" in view(state).text
    assert "not yet" not in view(state).text
    assert largest(state.case) == Quantity.read("b[2][0]")
    assert f"that of b[2][0], {signed(largest(state.case).rate(state.case), 6)}: raise it" in view(state).text


def test_a_turn_after_the_backward_pass_takes_the_rates_away_and_reset_everything():
    state = after([*(Turn("b2.0", value) for value in (0.4, 0.5, 0.7)), Press("backward"), Turn("w1.0.0", 1.3)])
    assert (state.moves, state.backward) == (2, False)
    assert after([Press("step")], state).moves == 3
    assert after([Press("reset")], state) == begin()


@pytest.mark.parametrize(
    ("name", "events"),
    [("first", []), ("turned", [Turn("b2.0", 0.7)]), ("rates", [Press("backward")]), ("step", [Press("step")])],
)
def test_the_picture_is_as_it_was(golden, name, events):
    golden(f"knobs-{name}", view(after(events)))

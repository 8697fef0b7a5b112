"""Knobs: the budget is counted as a hand counts it; curves and rates are the package's, where they belong."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_lab import Case, cases, initialize, numerical_gradient, step
from backprop_lab.displacement import repeated
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.drawing.picture import Press, Turn
from backprop_lab.pictures.knobs import begin, update, view
from backprop_lab.pictures.knobs.state import REACH, costs, largest
from backprop_lab.quantities import Quantity, parameters

from .hands import parsed

turns = st.lists(st.builds(Turn, st.sampled_from(["w1.2.1", "w2.0.0", "b1.0"]), st.floats(-4, 4)), max_size=5)


def after(events, state=None):
    state = state or begin()
    for event in events:
        state = update(state, event)
    return state


@given(turns)
def test_what_is_spent_is_how_far_all_knobs_are_from_where_they_began(events):
    state = after(events)
    last = {event.key: event.value for event in events}
    spent = sum(abs(value - Quantity.read(key).value(cases.running)) for key, value in last.items())
    assert state.turned == pytest.approx(spent, abs=1e-12)
    assert state.left == pytest.approx(0.4 - spent, abs=1e-9)
    assert f"the cost {plain(state.case.mean_cost, 4)}" in view(state).text
    assert ("over the budget" in view(state).text) == (state.left < 0)
    assert not state.backward


def test_a_knob_that_is_turned_back_has_spent_nothing_and_the_whole_budget_may_be_spent():
    there = after([Turn("b2.0", 0.7)])
    assert (there.left, there.cost < there.goal) == (0.0, True)
    assert view(there).text.startswith("Turned by 0.40 of 0.40: the output is 0.40, the target 1.00, the cost 0.1813")
    assert after([Turn("b2.0", 0.3)], there).turned == 0
    assert "Turned by 0.41, 0.01 over the budget" in view(after([Turn("b2.0", 0.71)])).text


def test_within_the_budget_one_knob_alone_reaches_the_goal():
    """The puzzle of notebook 00: only b[2][0] can do it; the next best stops at 0.1928."""
    many, turned = repeated(cases.running, 81), np.linspace(-0.4, 0.4, 81)
    ends = {each.code: min(costs(many, each, each.value(many) + turned)) for each in parameters(many)}
    assert [code for code, cost in ends.items() if cost < begin().goal] == ["b[2][0]"]
    assert sorted(round(float(cost), 4) for cost in ends.values())[:2] == [0.1813, 0.1928]
    assert min(ends, key=lambda code: (ends[code], code)) == "b[2][0]"


def test_no_mixture_of_other_knobs_reaches_the_goal_within_the_budget():
    """Down the slope of each mixture: 400 random ways to spend 0.4, and the best way a greedy hand finds."""
    others = [each for each in parameters(cases.running) if each.code != "b[2][0]"]
    choose = np.random.default_rng(0)
    for shares in choose.dirichlet(np.full(len(others), 0.3), 400):
        case = cases.running
        for knob, share in zip(others, shares, strict=True):
            way = -np.sign(knob.rate(cases.running))
            case = knob.turned(case, knob.value(case) + 0.4 * share * way)
        assert case.mean_cost > begin().goal
    case = cases.running
    for _ in range(40):
        case = min((knob.turned(case, knob.value(case) + way) for knob in others for way in (-0.01, 0.01)),
                   key=lambda each: each.mean_cost)  # fmt: skip
    assert case.mean_cost > begin().goal


@given(turns, st.sampled_from([each.key for each in parameters(cases.running)]))
def test_a_curve_is_the_cost_while_one_knob_is_turned_and_all_others_stay(events, key):
    case, knob = after(events).case, Quantity.read(key)
    values = np.linspace(-3, 3, 5)
    expected = [knob.turned(case, float(value)).mean_cost for value in values]
    np.testing.assert_allclose(costs(repeated(case, 5), knob, values), expected, rtol=1e-12)


def test_a_hand_draws_the_curve_as_far_as_it_has_been_and_the_tick_draws_all():
    def curves(state):
        return [each for each in parsed(view(state)).iter("polyline") if each.get("class") == "bl-graph"]

    there_and_back = [Turn("b2.0", 0.7), Turn("b2.0", -0.2), Turn("b2.0", 0.4)]
    assert curves(begin()) == []
    assert (len(curves(after(there_and_back))), after(there_and_back).been) == (1, (-0.2, 0.7))
    assert after([*there_and_back, Turn("w1.0.0", 1.3)]).been == (1.2, 1.3)
    assert len(curves(after([Turn("curves", True)]))) == 13
    assert len(curves(begin(curves=True))) == 13


@settings(max_examples=30)
@given(turns)
def test_the_backward_pass_shows_the_rate_a_difference_finds_and_the_way_against_it(events):
    state = after(events)
    assert not re.search(r"[↑↓]", view(state).markup)
    assert "bl-tangent" not in view(state).markup
    nabla_w, nabla_b = numerical_gradient(state.case.parameters, state.case.x, state.case.y)
    page = parsed(view(update(state, Press("backward"))))
    cards = {card.get("data-key"): card for card in page.iter("div") if "bl-knob" in (card.get("class") or "").split()}
    assert len(cards) == 13
    for knob in parameters(cases.running):
        nabla = (nabla_w if knob.letter == "w" else nabla_b)[knob.layer][(*knob.index, 0)[:2]]
        words = "".join(text.text for text in cards[f"knob {knob.key}"].iter("text"))
        arrow, shown = words.split(" ")
        if "·" not in shown:
            assert float(shown.replace("\N{MINUS SIGN}", "-")) == pytest.approx(nabla, abs=1.1e-4)
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


@pytest.mark.parametrize(("target", "below"), [(1.0, True), (0.0, False)])
def test_a_rate_stands_where_the_curve_does_not_go(target, below):
    case = cases.running.moved("b", 2, 0, to=-2.0).moved("y", 2, 0, to=target)
    rates = [each for each in parsed(view(after([Press("backward")], begin(case)))).iter("text")
             if each.get("class") == "bl-rate"]  # fmt: skip
    assert len(rates) == 13
    assert all((float(each.get("y")) > 23) == below for each in rates)


@pytest.mark.parametrize("key", ["w2.0.1", "b2.0"])
def test_no_rate_lies_on_a_curve_that_begins_high_and_falls_late(key):
    turned = [Turn("w2.0.0", -3.0), Turn("w2.0.1", 0.4), Turn("w2.0.2", 0.3), Turn("b2.0", 2.3), Turn("curves", True)]
    state = after([*turned, Press("backward")])
    page = parsed(view(state))
    knob = next(card for card in page.iter("div") if card.get("data-key") == f"knob {key}")
    (rate,) = (each for each in knob.iter("text") if each.get("class") == "bl-rate")
    (line,) = (each for each in knob.iter("polyline") if each.get("class") == "bl-graph")
    points = [tuple(map(float, point.split(","))) for point in (line.get("points") or "").split()]
    right, base = rate.get("text-anchor") == "end", float(rate.get("y") or 0)
    under = [down for across, down in points if (across > 34 if right else across < 66)]
    assert not [down for down in under if base - 10 < down < base + 2]


def test_a_turn_after_the_backward_pass_takes_the_rates_away_and_reset_everything_but_the_curves():
    state = after([Turn("b2.0", 0.7), Press("backward"), Turn("w1.0.0", 1.3)])
    assert not state.backward
    assert after([Press("step"), Turn("b2.0", 0.5)], state).fall is None
    assert after([Press("reset")], state) == begin()
    assert after([Turn("curves", True), Press("step"), Press("reset")]) == begin(curves=True)


def test_a_slider_goes_as_far_to_both_sides_of_where_its_knob_began():
    handles = {
        each.get("data-turn"): each for each in parsed(view(begin())).iter("input") if each.get("type") == "range"
    }
    for knob in parameters(cases.running):
        low, high, now = (float(handles[knob.key].get(end)) for end in ("min", "max", "value"))
        assert (now - low, high - now) == pytest.approx((REACH, REACH))


@pytest.mark.parametrize("sizes", [(3, 5, 2), (2, 1), (1, 2, 2, 1)])
def test_other_networks_are_turned_too(sizes):
    own = Case(initialize(sizes, seed=1), np.ones((sizes[0], 1)), np.zeros((sizes[-1], 1)))
    picture = view(update(begin(own, curves=True), Press("backward")))
    knobs = len(list(parameters(own)))
    assert f"of the {knobs} rates" in picture.text
    assert picture.markup.count('type="range"') == knobs
    assert ("the outputs are" in picture.text) == (sizes[-1] > 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"case": cases.batch}, "case must have one example, got 4"),
        ({"goal": -1}, "goal must be .*positive.*-1"),
        ({"budget": 0}, "budget must be .*positive.*0"),
    ],
)
def test_what_cannot_be_shown_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        begin(**arguments)


@pytest.mark.parametrize(
    ("name", "events"),
    [
        ("first", []),
        ("turned", [Turn("b2.0", 0.7)]),
        ("over", [Turn("w1.2.1", 1.2)]),
        ("rates", [Press("backward"), Turn("curves", True)]),
        ("step", [Press("step")]),
    ],
)
def test_the_picture_is_as_it_was(golden, name, events):
    golden(f"knobs-{name}", view(after(events)))

"""The number lines tell the truth: their rates are those a nudge finds, shares add up, and a closed path is missing."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_lab import Case, cases, categorical_cross_entropy, initialize, nudge, softmax
from backprop_lab.chain import product
from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import Select, Turn
from backprop_lab.pictures.number_lines import begin, update, view
from backprop_lab.pictures.number_lines.drawing import Places, deed
from backprop_lab.pictures.number_lines.state import REACH
from backprop_lab.quantities import COST

from .hands import parsed

SOFT = Case(cases.wide.parameters, cases.wide.x, cases.wide.y, output=softmax, cost=categorical_cross_entropy)


@st.composite
def places(draw):
    """A random network with one example, and a weight or bias of its last two layers."""
    sizes = [*draw(st.lists(st.integers(1, 4), min_size=2, max_size=3)), draw(st.integers(1, 3))]
    seed = draw(st.integers(0, 10_000))
    random = np.random.default_rng(seed)
    parameters = initialize(sizes, seed=seed, bias_scale=0.5)
    case = Case(parameters, x=random.normal(size=sizes[0]), y=random.uniform(size=sizes[-1]))
    layer = draw(st.sampled_from(parameters.layers[-2:]))
    j, k = draw(st.integers(0, sizes[layer] - 1)), draw(st.integers(0, sizes[layer - 1] - 1))
    start = draw(st.sampled_from([f"w{layer}.{j}.{k}", f"b{layer}.{j}", f"z{layer}.{j}"]))
    return replace(begin(case, start), amount=draw(st.floats(-REACH, REACH)))


def rate(state):
    return nudge(state.case, state.start.letter, state.start.layer, state.start.index).cost[0]


@settings(max_examples=50)
@given(places())
def test_along_a_path_multiply_and_over_the_paths_add(state):
    assert state.rate == pytest.approx(rate(state), abs=1e-12)


@settings(max_examples=50)
@given(places())
def test_every_line_moves_as_the_network_does(state):
    layer, index = state.start.layer, state.start.index
    kind = state.start.letter.replace("z", "b")  # a bias enters z as it is
    after = state.case.moved(kind, layer, index, by=state.amount)
    for each in state.moves:
        if each.quantity != COST:
            expected = each.quantity.value(after) - each.quantity.value(state.case)
            assert each.measured == pytest.approx(expected, abs=1e-12)
    assert state.measured == pytest.approx(after.mean_cost - state.case.mean_cost, abs=1e-12)
    small = replace(state, amount=1e-4)
    assert [each.measured for each in small.moves] == pytest.approx([each.promised for each in small.moves], abs=1e-7)


@settings(max_examples=50)
@given(places(), st.data())
def test_without_a_path_exactly_its_share_is_missing(state, data):
    if not state.shared:
        return
    path = data.draw(st.integers(0, len(state.paths) - 1))
    without = update(state, Turn(f"path {path}", False))
    assert state.rate - without.rate == pytest.approx(product(state.paths[path]), abs=1e-12)
    assert {(each.promised, each.measured) for each in without.moves if each.path == path} == {(0.0, 0.0)}
    assert update(without, Turn(f"path {path}", True)) == state


def arrows(state):
    """(start, tip) of every arrow, by the key of its group."""
    found = {}
    for group in parsed(view(state)).iter("g"):
        for path in group.iter("path"):
            if path.get("class") in ("bl-positive", "bl-negative"):
                numbers = [float(each) for each in re.findall(r"-?\d+\.\d", path.get("d") or "")]
                found[group.get("data-key")] = numbers[0], numbers[3]
    return found


@settings(max_examples=30)
@given(places())
def test_arrows_are_as_long_as_what_they_say_and_shares_lie_end_to_end(state):
    at, drawn = Places(state), arrows(state)
    for each in state.moves:
        row = at.row(each.path, each.at)
        name = each.quantity.code if each.quantity != COST or each.path is None else f"C, share {each.path}"
        start, tip = drawn[f"line {name}"]
        assert start == pytest.approx(row.zero, abs=0.06)
        assert tip == pytest.approx(row.zero + at.unit * each.promised, abs=0.06)
        assert row.left - 0.1 <= tip <= row.right + 0.1
    end = at.row(None, 0).zero
    for path in state.open if state.shared else ():
        start, tip = drawn[f"share {path}"]
        assert start == pytest.approx(end, abs=0.06)
        assert tip - start == pytest.approx(at.unit * at.times * product(state.paths[path]) * state.amount, abs=0.12)
        end = tip
    assert drawn["line of the cost"][1] == pytest.approx(end if state.shared else drawn["line of the cost"][1], abs=0.1)


@settings(max_examples=30)
@given(places(), st.floats(-REACH, REACH))
def test_the_scale_stays_while_the_nudge_is_turned(state, amount):
    one, other = Places(state), Places(update(state, Turn("amount", amount)))
    assert (one.unit, one.times, one.height) == (other.unit, other.times, other.height)


def test_every_rate_can_be_chosen_and_is_said_in_words():
    state = begin(cases.wide, "w1.2.1")
    assert len(state.links) == 2 + 3 + 3
    for link in state.links:
        chosen = update(state, Select(link.key))
        assert f"= {signed(link.rate.value, 6)}, " in view(chosen).text
        tags = [node for node in parsed(view(chosen)).iter("g") if node.get("data-on") is not None]
        assert [node.get("data-select") for node in tags] == [link.key]
    assert "the weight w[2][1, 2]: it shrinks." in view(update(state, Select("r1.2"))).text
    assert "No rate is selected" in view(update(state, Select(""))).text


@pytest.mark.parametrize(
    ("rate", "words"),
    [(2.0, "stretches"), (-2.0, "stretches, flips"), (0.5, "shrinks"), (-0.5, "shrinks, flips"), (1.0, "passes it on"),
     (-1.0, "flips"), (0.0, "stops it")],
)  # fmt: skip
def test_what_a_rate_does_is_said_in_a_word(rate, words):
    assert deed(rate) == words


def test_the_chain_of_a_bias_begins_with_the_rate_1():
    state = begin(cases.running, "b2.0")
    assert [round(each.value, 6) for each in state.paths[0]] == [1.0, 0.212742, -0.693023]
    assert "passes it on" in view(state).markup
    assert view(state).text.startswith("Bias b[2][0] is nudged by +0.50. The rates multiply to −0.147435")


def test_another_start_of_the_layer_is_chosen_and_all_paths_are_open_again():
    state = replace(begin(cases.wide, "w1.2.1"), closed=frozenset({1}), selected="r0.1")
    state = update(state, Turn("start", "b[1][0]"))
    assert (state.start.code, state.closed, state.selected, state.amount) == ("b[1][0]", frozenset(), "", 0.5)
    offered = [node.get("value") for node in parsed(view(state)).iter("option")]
    assert offered[:4] == ["w[1][0, 0]", "w[1][0, 1]", "b[1][0]", "w[1][1, 0]"]
    assert len(offered) == 9
    inputs = begin(cases.wide, "z1.2")
    assert [node.get("value") for node in parsed(view(inputs)).iter("option")] == ["z[1][0]", "z[1][1]", "z[1][2]"]


def test_through_softmax_a_path_ends_in_one_step():
    state = begin(SOFT, "w1.2.1")
    assert state.rate == pytest.approx(rate(state))
    assert "output minus target, a − y" in view(update(state, Select("r1.3"))).text


@pytest.mark.parametrize(
    ("case", "start", "message"),
    [
        (cases.deep, "w1.0.0", "start must be a weight, bias or z of layer 2 or 3, got 'w1.0.0'"),
        (cases.running, "a1.0", "start must be a weight, bias or z of layer 1 or 2, got 'a1.0'"),
        (cases.running, "w2.0.7", "start must be a weight, bias or z of layer 1 or 2, got 'w2.0.7'"),
        (cases.running, "nobody", "a quantity must be a key"),
        (Case(cases.wide.parameters, cases.wide.x, cases.wide.y, output=softmax), "w2.0.0", "softmax has no element"),
        (Case(initialize((2, 2, 4)), np.zeros(2), np.zeros(4)), "w1.0.0", "at most 3 outputs for a start in layer 1"),
    ],
)
def test_a_start_whose_paths_cannot_be_drawn_is_refused(case, start, message):
    with pytest.raises(ValueError, match=message):
        begin(case, start)


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("first", begin()),
        ("bias", replace(begin(cases.running, "b2.0"), amount=-1.0, selected="r0.0")),
        ("five", begin(cases.running, "w1.2.1")),
        ("three", begin(cases.running, "z2.0")),
        ("two", replace(begin(cases.wide, "w1.2.1"), selected="r1.2")),
        ("closed", replace(begin(cases.wide, "w1.2.1"), amount=1.0, closed=frozenset({1}))),
    ],
)
def test_the_picture_is_as_it_was(golden, name, state):
    golden(f"number_lines-{name}", view(state))

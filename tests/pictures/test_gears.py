"""The gears tell the truth: their rates are those a nudge finds, in any network, and a train that is off is missing."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_lab import Case, Quantity, cases, categorical_cross_entropy, initialize, nudge, softmax
from backprop_lab.chain import product
from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import Select, Turn
from backprop_lab.pictures.gears import begin, update, view
from backprop_lab.pictures.gears.drawing import Places
from backprop_lab.pictures.gears.state import axles

from .hands import parsed


@st.composite
def places(draw):
    """A random network with one example, and one of the weights of its last two layers."""
    sizes = [*draw(st.lists(st.integers(1, 4), min_size=2, max_size=3)), draw(st.integers(1, 3))]
    seed = draw(st.integers(0, 10_000))
    random = np.random.default_rng(seed)
    parameters = initialize(sizes, seed=seed)
    case = Case(parameters, x=random.normal(size=sizes[0]), y=random.uniform(size=sizes[-1]))
    layer = draw(st.sampled_from(parameters.layers[-2:]))
    return begin(
        case, f"w{layer}.{draw(st.integers(0, sizes[layer] - 1))}.{draw(st.integers(0, sizes[layer - 1] - 1))}"
    )


def rate(state):
    return nudge(state.case, "w", state.start.layer, state.start.index).cost[0]


def moved(state):
    """Every axle's name, with what is promised and what is measured."""
    return {name: (axle.promised, axle.measured) for name, axle in axles(state).items()}


@settings(max_examples=50)
@given(places())
def test_products_along_the_trains_add_up_to_what_a_nudge_finds(state):
    assert state.rate == pytest.approx(rate(state), abs=1e-12)
    assert sum(product(path) for path in state.paths) == pytest.approx(rate(state), abs=1e-12)


@settings(max_examples=50)
@given(places())
def test_promise_and_measurement_of_every_axle_meet_when_the_turn_is_small(state):
    for name, (promised, measured) in moved(replace(state, amount=1e-4)).items():
        assert measured == pytest.approx(promised, abs=1e-7), name


@settings(max_examples=50)
@given(places(), st.floats(-2, 2))
def test_every_axle_moves_as_the_network_with_another_weight_says(state, turn):
    layer, index = state.start.layer, state.start.index
    state = update(state, Turn("turn", turn))
    after = state.case.moved("w", layer, index, by=turn)
    for name, (_, measured) in moved(state).items():
        if name[-1] in "]C":
            quantity = Quantity.read(name)
            expected = quantity.value(after) - quantity.value(state.case)
            assert measured == pytest.approx(expected, abs=1e-12), name
    shares = [measured for name, (_, measured) in moved(state).items() if name[0] == "C" and len(name) > 1]
    assert not shares or sum(shares) == pytest.approx(state.measured, abs=1e-12)


@settings(max_examples=50)
@given(places(), st.data())
def test_without_a_train_exactly_its_path_is_missing(state, data):
    if not state.shared:
        return
    train = data.draw(st.integers(0, len(state.paths) - 1))
    without = update(state, Turn(f"train {train}", False))
    only = replace(state, closed=frozenset(range(len(state.paths))) - {train})
    assert state.rate - without.rate == pytest.approx(product(state.paths[train]), abs=1e-12)
    assert state.measured - without.measured == pytest.approx(only.measured, abs=1e-12)
    still = [axle for axle in axles(without).values() if axle.path == train]
    assert len(still) == 3
    assert {(axle.promised, axle.measured) for axle in still} == {(0.0, 0.0)}
    assert update(without, Turn(f"train {train}", True)) == state


@settings(max_examples=50)
@given(places(), st.floats(-2, 2), st.sets(st.integers(0, 2)))
def test_whatever_is_turned_or_off_the_picture_holds_its_numbers_and_the_sentence_says_them(state, turn, off):
    state = replace(
        state, amount=turn, closed=frozenset(off & set(range(len(state.paths)))) if state.shared else frozenset()
    )
    picture = view(state)
    texts = {
        node.get("data-key"): [text.text for text in node.iter("text")]
        for node in parsed(picture).iter("g")
        if node.get("data-key")
    }
    for name, (promised, measured) in moved(state).items():
        assert texts[name] == [name, f"≈ {signed(promised, 4)}", f"= {signed(measured, 4)}"]
    tags = {node.get("data-select"): list(node.iter("text"))[1].text for node in parsed(picture).iter("g")
            if node.get("data-select")}  # fmt: skip
    assert tags == {
        gear.key: "off" if gear.path in state.closed else f"×{signed(gear.rate.value, 4)}" for gear in state.links
    }
    assert f"to {signed(state.rate, 6)}: C should move by {signed(state.promised, 4)}" in picture.text
    assert f", and moves by {signed(state.measured, 4)}. No gear" in picture.text
    assert state.promised == pytest.approx(state.rate * turn)


@settings(max_examples=50)
@given(places())
def test_the_wheels_of_a_gear_are_as_large_as_one_to_its_rate(state):
    at = Places(state)
    for gear in state.links:
        driving, driven = at.pair(gear)
        assert driving.r == pytest.approx(driven.r * abs(gear.rate.value), abs=1e-9)
        assert driving.r + driven.r == pytest.approx(at.size)


def test_every_gear_leads_from_an_axle_to_the_next():
    state = begin(cases.wide, "w1.2.1")
    at = Places(state)
    stands = {name: at.axle(axle.path, axle.at) for name, axle in axles(state).items()}
    for gear in state.links:
        one, other = at.pair(gear)
        assert (one.x, one.y) == stands[gear.rate.by.code]
        name = gear.rate.of.code if gear.rate.of.index else f"C{'₀₁'[gear.path or 0]}"
        assert (other.x, other.y) == stands[name]
    assert len(state.links) == 2 + 3 + 3
    assert [*axles(begin())] == ["w[2][0, 0]", "z[2][0]", "a[2][0]", "C"]


def test_the_first_train_of_the_wide_network_is_the_running_network():
    wide, running = begin(cases.wide, "w1.2.1"), begin(cases.running, "w1.2.1")
    assert product(wide.paths[0]) == pytest.approx(running.rate)


def test_a_stopped_gear_stops_the_train():
    still = Case(cases.running.parameters, cases.running.x, cases.running.forward_pass.prediction)
    state = begin(still, "w2.0.0")
    assert state.rate == 0
    assert "×+0.0000" in view(state).markup


def results(state):
    return [span.text for span in parsed(view(state)).iter("span") if "bl-result" in (span.get("class") or "")]


def test_switches_and_choice_move_the_picture():
    state = update(begin(cases.wide, "w1.2.1"), Turn("turn", -1.0))
    both = [signed(product(path), 6) for path in state.paths]
    assert results(state) == [*both, signed(rate(state), 6)]
    state = update(state, Turn("train 1", False))
    assert f"along 1 of 2 paths add up to {both[0]}" in view(state).text
    assert results(state) == [both[0], both[0]]
    state = update(state, Select("g0.2"))
    w = cases.wide.parameters.w[2][0, 2]
    assert view(state).text.endswith(f"∂z²₀/∂a¹₂ = {signed(w, 6)}, the weight w[2][0, 2].")
    lit = [span for span in parsed(view(state)).iter("span") if span.get("class") == "bl-factor bl-on"]
    assert ["".join(span.itertext())[-7:] for span in lit] == [signed(w, 4)]
    state = update(state, Turn("train 0", False))
    assert "Its rates along 0 of 2 paths add up to +0.000000" in view(state).text


def test_a_shared_rate_is_lit_in_every_train():
    markup = view(update(begin(cases.wide, "w1.2.1"), Select("g0.1"))).markup
    assert markup.count("bl-factor bl-on") == 2
    assert markup.count("bl-halo bl-on") == 1


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("g0.0", "∂z¹₂/∂w¹₂,₁ = −1.500000, what the weight multiplies, x[1]."),
        ("g0.1", "sigmoid′ at z[1][2], the slope there."),
        ("g1.3", "sigmoid′ at z[2][1], the slope there."),
        ("g1.4", "∂C/∂a²₁ = +0.728149, output minus target, a − y."),
    ],
)
def test_the_chosen_rate_is_said_in_words(key, words):
    assert words in view(update(begin(cases.wide, "w1.2.1"), Select(key))).text


def test_through_softmax_a_train_ends_in_one_step():
    soft = Case(cases.wide.parameters, cases.wide.x, cases.wide.y, output=softmax, cost=categorical_cross_entropy)
    state = begin(soft, "w1.2.1")
    assert state.rate == pytest.approx(rate(state))
    assert "output minus target, a − y" in view(update(state, Select("g1.3"))).text
    assert moved(replace(state, amount=1e-5))["C"][1] == pytest.approx(1e-5 * state.rate, rel=1e-4)


@pytest.mark.parametrize(
    ("case", "weight", "message"),
    [
        (cases.deep, "w1.0.0", "weight must be one of layer 2 or 3, got 'w1.0.0'"),
        (cases.running, "b2.0", "weight must be one of layer 1 or 2, got 'b2.0'"),
        (
            Case(cases.wide.parameters, cases.wide.x, cases.wide.y, output=softmax),
            "w2.0.0",
            "softmax has no element-wise",
        ),
        (Case(initialize((2, 2, 4)), np.zeros(2), np.zeros(4)), "w1.0.0", "at most 3 outputs after the weight, got 4"),
    ],
    ids=["two layers after it", "a bias", "softmax", "four outputs"],
)
def test_a_weight_whose_paths_cannot_be_drawn_is_refused(case, weight, message):
    with pytest.raises(ValueError, match=message):
        begin(case, weight)


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("first", begin()),
        ("turned", replace(begin(cases.running, "w1.2.1"), amount=-2.0, selected="g0.2")),
        ("two", replace(begin(cases.wide, "w1.2.1"), selected="g1.2")),
        ("off", replace(begin(cases.wide, "w1.2.1"), amount=2.0, closed=frozenset({1}))),
    ],
)
def test_the_picture_is_as_it_was(golden, name, state):
    golden(f"gears-{name}", view(state))

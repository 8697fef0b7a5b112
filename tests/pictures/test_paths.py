"""The paths of a neuron add up to what backpropagation and a nudge find, however they are put together."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_lab import Case, Quantity, binary_cross_entropy, cases, initialize, nudge, softmax
from backprop_lab.chain import product, wires
from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures.paths import begin, update, view

from .hands import parsed


@st.composite
def places(draw):
    """A random network with one example, and one of its neurons."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    x, y = rng.normal(size=(sizes[0], 1)), rng.integers(0, 2, (sizes[-1], 1))
    case = Case(initialize(sizes, seed=int(rng.integers(10**6))), x, y)
    layer = draw(st.integers(0, len(sizes) - 1))
    return begin(case, neuron=f"a{layer}.{draw(st.integers(0, sizes[layer] - 1))}")


def after(events, state):
    for event in events:
        state = update(state, event)
    return state


def rows(state):
    """What stands in each row of the list: badge, words, value."""
    return [
        [" ".join("".join(span.itertext()).split()) for span in row.findall("span")]
        for row in parsed(view(state)).iter("div")
        if "bl-path" in (row.get("class") or "").split()
    ]


def halos(state):
    """The wires that are lit in the diagram."""
    groups = [each for each in parsed(view(state)).iter("g") if "wire" in each.get("data-key", "")]
    return {each.get("data-key") for each in groups if any("bl-halo" in part.get("class", "") for part in each)}


def rates(state):
    """The numbers below the rates of the chosen path."""
    return [
        span.findall("span")[-1].text or ""
        for span in parsed(view(state)).iter("span")
        if (span.get("class") or "").startswith("bl-factor")
    ]


@settings(max_examples=40)
@given(places(), st.booleans())
def test_the_rows_are_every_path_or_term_and_add_up_to_what_a_nudge_finds(state, factored):
    state = update(state, Press("factor")) if factored else state
    measured = nudge(state.case, state.neuron.letter, state.neuron.layer, state.neuron.index).cost[0]
    values = [product(path) for path in state.found]
    assert sum(values) == pytest.approx(measured, abs=1e-12)
    *listed, total = rows(state)
    assert total[-1] == signed(sum(values), 6)
    if len(values) <= 8:
        assert [each[-1] for each in listed] == [signed(value, 6) for value in values]
    else:
        assert [each[-1] for each in listed[:-1]] == [signed(value, 6) for value in values[:7]]
        assert listed[-1][1:] == [f"the other {len(values) - 7}", signed(sum(values[7:]), 6)]


@settings(max_examples=40)
@given(places(), st.integers(0, 99), st.booleans())
def test_the_chosen_path_is_lit_and_its_rates_multiply_to_its_value(state, number, factored):
    state = update(state, Press("factor")) if factored else state
    number %= min(7, len(state.found))
    state = update(state, Select(f"path.{number}"))
    path = state.found[number]
    assert halos(state) == {f"wire-{wire.key}" for wire in wires(path)}
    assert state.lit >= {state.neuron.key, *(rate.of.key for rate in path[:-1])}
    assert len(rates(state)) == len(path)
    for shown, rate in zip(rates(state), path, strict=True):
        if "·" not in shown:
            assert float(shown.replace("\N{MINUS SIGN}", "-")) == pytest.approx(rate.value, abs=5.1e-3)
    assert f"Lit: {'term' if factored else 'path'} {number}, " in view(state).text
    assert all(rate.of.code in view(state).text for rate in path if rate.of.letter == "z")
    sliders = {node.get("data-turn") for node in parsed(view(state)).iter("input")}
    assert sliders == {wire.key for wire in wires(path)}


def test_the_two_loud_paths_of_the_middle_neuron_quarrel_and_one_bar_flips_with_the_target():
    state = begin()
    assert "Neuron 0 of layer 1 has 2 paths: +0.037433, +0.020585. They agree." in view(state).text
    state = update(state, Select("a1.1"))
    before = [row[-1] for row in rows(state)]
    assert "They quarrel, and nearly cancel. Their sum, the δ of the neuron, is −0.002120." in view(state).text
    state = update(state, Press("flip"))
    now = [row[-1] for row in rows(state)]
    assert before[0] == now[0]
    assert (before[1][0], now[1][0]) == ("−", "+")
    assert "They agree." in view(state).text
    assert "They quarrel. Their sum" in view(begin(neuron="a1.2")).text
    assert (
        "There is nobody to agree or to quarrel with. The δ of the neuron is −0.147435."
        in view(begin(neuron="a2.0")).text
    )


def test_paths_that_bring_nothing_neither_agree_nor_quarrel():
    silent = begin(replace(cases.wide, y=cases.wide.forward_pass.prediction), neuron="a1.0")
    assert "None of them brings anything." in view(silent).text
    half = cases.wide.forward_pass.prediction.copy()
    half[0] = 1.0
    assert "Only one of them brings anything." in view(begin(replace(cases.wide, y=half), neuron="a1.0")).text


def test_a_weight_turned_silences_the_neuron_and_reset_brings_it_back():
    state = update(begin(neuron="a1.1"), Select("path.1"))
    assert off(state) == {"reset"}
    delta = state.case.backward_pass.delta[2][:, 0]
    silent = -state.case.parameters.w[2][0, 1] * delta[0] / delta[1]
    moved = update(state, Turn("w2.1.1", silent))
    assert moved.case.parameters.w[2][1, 1] == silent
    assert off(moved) == set()
    assert update(moved, Press("reset")) == state
    assert scale(state) == scale(moved) == "a full bar: 0.05"


def scale(state):
    return next(node.text for node in parsed(view(state)).iter("span") if "full bar" in (node.text or ""))


def test_one_scale_holds_for_the_paths_for_their_terms_and_for_the_other_targets():
    state = begin(cases.wide, neuron="a0.0")
    ways = [after([Press(key) for key in keys], state) for keys in ((), ("factor",), ("flip",), ("factor", "flip"))]
    assert {scale(each) for each in ways} == {"a full bar: 0.1"}
    assert 0.05 < max(abs(sum(product(path) for path in each.found)) for each in ways) < 0.1


def off(state):
    found = parsed(view(state)).iter("button")
    return {button.get("data-press") for button in found if button.get("aria-disabled") == "true"}


def test_factoring_out_turns_the_six_paths_of_an_input_into_three_terms_with_the_next_delta():
    state = begin(cases.deep, neuron="a0.0")
    assert "Input 0 has 6 paths" in view(state).text
    state = update(state, Press("factor"))
    assert "Input 0 has 3 terms" in view(state).text
    assert "the rate of C with respect to the input, is +0.004545." in view(state).text
    factors = [[rate.value for rate in path] for path in state.found]
    expected = np.column_stack([cases.deep.parameters.w[1][:, 0], cases.deep.backward_pass.delta[1][:, 0]])
    np.testing.assert_allclose(factors, expected)
    assert "w[1].T @ delta[1]" in view(state).markup
    state = update(state, Select("a1.2"))
    assert "delta[1] = (w[2].T @ delta[2]) * sigmoid.prime(z[1])" in view(state).markup
    assert "math.prod" in view(update(state, Press("factor"))).markup


def test_what_is_framed_is_what_is_factored_out():
    def framed(state):
        tails = [span for span in parsed(view(state)).iter("span") if span.get("class") == "bl-tail"]
        return [value.text for tail in tails for value in tail.iter("span") if value.get("class") == "bl-value"]

    paths = after([Select("path.4")], begin(cases.deep, neuron="a0.1"))
    assert len(framed(paths)) == 6
    assert framed(paths) == rates(paths)[1:]
    hidden = after([Select("path.1")], begin(neuron="a1.2"))
    assert framed(hidden) == rates(hidden)[2:]
    terms = after([Press("factor"), Select("path.1")], begin(neuron="a1.2"))
    assert framed(terms) == [signed(cases.wide.backward_pass.delta[2][1, 0], 4)]
    assert framed(after([Select("path.0")], begin(neuron="a2.1"))) == []


def test_a_weight_chooses_a_path_over_it_and_choosing_nothing_gives_all_paths_back():
    state = update(begin(), Select("w2.1.2"))
    assert (state.neuron.key, state.chosen) == ("a1.2", 1)
    assert update(state, Select("")).chosen is None
    assert update(state, Select("b2.0")).neuron == Quantity("z", 2, (0,))
    deep = update(begin(cases.deep, neuron="a0.1"), Select("w2.1.2"))
    assert (deep.neuron.key, deep.chosen) == ("a0.1", 5)  # of the paths there are, the first over it
    assert update(begin(cases.deep, neuron="a2.0"), Select("w1.0.1")).neuron.key == "a0.1"


def test_choosing_a_neuron_or_another_way_of_writing_gives_the_path_back():
    state = update(begin(), Select("path.1"))
    assert update(state, Press("factor")).chosen is None
    assert update(state, Press("flip")).chosen == 1
    assert update(state, Select("a1.2")).chosen is None
    assert update(state, Turn("network", "deep")).chosen is None


def test_another_network_keeps_the_neuron_if_it_has_it():
    state = begin(cases.deep, neuron="a2.1")
    assert update(state, Turn("network", "wide")).neuron.key == "a2.1"
    state = update(state, Turn("network", "running"))
    assert (state.neuron.key, state.case) == ("a1.0", cases.running)
    assert update(begin(cases.deep, neuron="a3.0"), Turn("network", "wide")).neuron.key == "a1.0"


def test_a_case_of_ones_own_is_offered_beside_the_three():
    own = replace(cases.wide, y=cases.wide.y[::-1])
    state = begin(own)
    assert [*state.offered] == ["this one", "running", "wide", "deep"]
    assert after([Turn("network", "deep"), Turn("network", "this one")], state).case is own


def test_of_many_paths_as_many_are_listed_as_there_is_room_and_the_chosen_one_is_among_them():
    case = Case(initialize((2, 5, 3, 2), seed=1), np.ones(2), np.ones(2))
    state = begin(case, neuron="a0.0")
    values = [product(path) for path in state.found]
    *listed, others, total = rows(state)
    assert [row[0] for row in listed] == ["0", "1", "2", "3", "4", "5", "6"]
    assert others[1:] == ["the other 23", signed(sum(values[7:]), 6)]
    assert total[1:] == ["∂C/∂x₀, the sum", signed(sum(values), 6)]
    assert "Input 0 has 30 paths. They" in view(state).text
    assert update(state, Select("w3.1.2")).chosen == 5
    far = replace(state, chosen=20)
    *listed, others, _ = rows(far)
    assert [row[0] for row in listed] == ["0", "1", "2", "3", "4", "5", "20"]
    assert others[-1] == signed(sum(values[6:20]) + sum(values[21:]), 6)


def counts(state):
    (table,) = parsed(view(state)).iter("table")
    return [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")][1:]


def test_the_table_counts_what_is_written_out_and_what_is_factored():
    ten = ["first of ten layers of ten", "10,000,000,000", "190,000,000,000", "1,000"]
    assert counts(begin()) == [["3 neurons of layer 1", "6", "18", "11"], ten]
    assert counts(begin(cases.deep, neuron="a0.1")) == [["2 inputs of layer 0", "12", "72", "20"], ten]
    bold = [
        [node.text for node in parsed(view(state)).iter("b")] for state in (begin(), update(begin(), Press("factor")))
    ]
    assert bold == [["18", "190,000,000,000"], ["11", "1,000"]]


def test_under_a_cross_entropy_the_paths_end_in_one_step_and_nothing_is_counted():
    state = begin(replace(cases.wide, cost=binary_cross_entropy), neuron="a1.1")
    state = update(state, Select("path.0"))
    assert rates(state)[-1] == signed(state.case.forward_pass.prediction[0, 0] - 1, 4)
    assert "<table" not in view(state).markup
    assert sum(product(path) for path in state.found) == pytest.approx(state.case.backward_pass.delta[1][1, 0])


@pytest.mark.parametrize(
    ("case", "neuron", "message"),
    [
        (replace(cases.wide, output=softmax), "a1.0", "case must have an element-wise output activation, got softmax"),
        (Case(initialize((2, 11, 10, 10)), np.ones(2), np.ones(10)), "a1.0", "at most 1,000 paths .* got 1,100"),
        (cases.wide, "a1.3", "neuron must be the key of one in the network, like a1.0, got 'a1.3'"),
        (cases.wide, "w1.0.0", "neuron must be the key of one in the network"),
    ],
    ids=["softmax", "too many", "not there", "a weight"],
)
def test_what_has_no_paths_that_can_be_shown_is_refused(case, neuron, message):
    with pytest.raises(ValueError, match=message):
        begin(case, neuron=neuron)


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("first", begin()),
        ("chosen", after([Select("path.2")], begin(cases.deep, neuron="a0.0"))),
        ("factored", after([Press("factor"), Select("path.1")], begin(neuron="a1.1"))),
        ("flipped", after([Press("flip"), Select("path.1"), Turn("w2.1.1", -0.5)], begin(neuron="a1.1"))),
    ],
)
def test_the_picture_is_as_it_was(golden, name, state):
    golden(f"paths-{name}", view(state))

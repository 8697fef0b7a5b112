"""A proof on the screen: every line with its number, the open one with its reason, and a place that can be changed."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab import (
    Parameters,
    binary_cross_entropy,
    cases,
    categorical_cross_entropy,
    derivations,
    sigmoid,
    softmax,
    tanh,
)
from backprop_lab.derivations import Proof, Sum, evaluate, layers
from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures.proof import begin, spoken_of, update, view
from backprop_lab.pictures.proof.worked import SPACE, in_digits, numbers, written

from .hands import events, parsed

PROOFS = [getattr(derivations, name) for name in derivations.__all__ if name[0].islower()]
PROOFS = [of for of in PROOFS if of is derivations.unrolled or isinstance(of, Proof)]
NAMES = [of.name if isinstance(of, Proof) else "unrolled" for of in PROOFS]
ENDS = {  # proofs about one output and its cost only
    derivations.cross_entropy: (sigmoid, binary_cross_entropy),
    derivations.softmax_cross_entropy: (softmax, categorical_cross_entropy),
}
TEXT = 220  # letters that fit below a picture: at 800 px three lines of 73


def fitting(of, case):
    """The network with the output and the cost that the proof is about."""
    output, cost = ENDS.get(of, (case.output, case.cost))
    y = np.ones_like(case.y) if output is softmax and len(case.y) == 1 else case.y  # targets that add up to 1
    return replace(case, y=y, output=output, cost=cost) if of in ENDS else case


def after(events, state):
    for event in events:
        state = update(state, event)
    return state


def middle_of_wide(shown=None):
    """BP2 where two messages nearly cancel."""
    return begin(derivations.bp2, case=cases.wide, neuron=1, shown=shown)


def rows(state):
    """The lines that are shown, each as one text; empty ones are to come."""
    items = [item for item in parsed(view(state)).iter("li") if "bl-to-come" not in item.get("class", "")]
    return ["".join(item.itertext()) for item in items]


def values(state):
    """The value of every line that is shown: a number, or the numbers of a vector."""
    found = [each for each in parsed(view(state)).iter("span") if each.get("class") == "bl-worth"]
    return [[part.text for part in each.iter() if "bl-result" in part.get("class", "")] for each in found]


def lit(state):
    """The keys of what is lit in the network."""
    nodes = next(parsed(view(state)).iter("svg")).iter("g")
    keys = {node.get("data-key") for node in nodes if "bl-on" in (node.get("class") or "").split()}
    return {key for key in keys if key}


def options(state, key):
    """What a menu offers."""
    menu = next(each for each in parsed(view(state)).iter("select") if each.get("data-turn") == key)
    return [option.get("value") for option in menu]


def missed(state):
    """By how much the last line misses."""
    return float(rows(state)[-1].rpartition("misses ")[2][:12].replace("−", "-"))


def pressable(state):
    """The buttons that would do something."""
    return {each.key for each in events(view(state)) if isinstance(each, Press)}


def test_a_term_of_nothing_is_added_whatever_sign_the_machine_gives_it():
    assert in_digits(Sum([(0.0,), (-0.0,), (-0.25,)])).replace(SPACE, " ") == "0 + 0 − 0.25"


def test_a_line_that_misses_nothing_says_so_in_words():
    state = begin(derivations.first_order, case=cases.running, shown=None)
    assert "+0.050000misses nothing" in rows(state)[0]


@pytest.mark.parametrize("case", [cases.running, cases.wide, cases.deep, cases.batch])
@pytest.mark.parametrize("of", PROOFS, ids=NAMES)
def test_every_line_shows_its_own_value_at_every_place(of, case):
    case = fitting(of, case)
    state = begin(of, case=case, shown=None)
    for layer in layers(state.proof, case):
        for neuron in range(case.parameters.sizes[layer]):
            state = begin(of, case=case, shown=None, layer=layer, neuron=neuron, source=1, example=case.x.shape[1] - 1)
            assert (state.place.layer, state.place.neuron) == (layer, neuron)
            expected = [np.ravel(step.value) for step in evaluate(state.proof, state.place)]
            assert values(state) == [[signed(float(each), 6) for each in value] for value in expected]
            assert "not equal" not in view(state).text
            assert not re.search("≠|no longer", "".join(row for row in rows(state) if "p ≠ j" not in row))


def test_a_proof_begins_with_line_1_and_the_line_that_comes_is_the_open_one():
    state = begin(derivations.bp2, case=cases.wide, neuron=1)
    assert (len(rows(state)), state.line, pressable(state)) == (1, 1, {"next", "all"})
    assert view(state).text.startswith("1 of 7 lines, here l = 1, j = 1: ")
    two = update(state, Press("next"))
    assert (len(rows(two)), two.line, pressable(two)) == (2, 2, {"next", "all", "back"})
    assert update(update(two, Press("next")), Press("back")) == two
    every = update(two, Press("all"))
    assert (len(rows(every)), every.line, pressable(every)) == (7, 2, {"back"})
    assert view(every).text.startswith("All 7 lines, here l = 1, j = 1: each gives −0.002120, as the nudge does.")
    assert update(update(every, Press("back")), Press("back")).line == 5
    assert len(rows(begin(derivations.bp2, shown=3))) == begin(derivations.bp2, shown=3).line == 3


def test_a_line_that_is_opened_gives_its_reason_and_its_numbers_and_the_others_keep_theirs():
    state = update(middle_of_wide(), Select("line.5"))
    shown = rows(state)
    product = f"(−0.147435) ·{SPACE}(−1.10) ·{SPACE}0.196612 +{SPACE}0.144136 ·{SPACE}(−1.20) ·{SPACE}0.196612"
    assert f"={SPACE}{product} ={SPACE}0.031886 −{SPACE}0.034007" in shown[4]
    assert [number for number, row in enumerate(shown, start=1) if "constant" in row] == [5]
    assert "Line 5: every term with p ≠ j is constant, its derivative 0." in view(state).text
    closed = update(state, Select(""))
    assert (closed.line, lit(closed)) == (0, set())
    assert not [row for row in rows(closed) if "constant" in row]
    with pytest.raises(ValueError, match="offers"):
        update(begin(derivations.bp2), Select("line.2"))


def test_a_reason_in_the_sentence_has_its_index_lowered_too():
    assert "Line 2: zⱼ might reach C" in view(begin(derivations.bp1, shown=2)).text


@pytest.mark.parametrize("of", PROOFS, ids=NAMES)
def test_what_the_open_line_speaks_of_is_lit(of):
    state = begin(of, case=fitting(of, cases.deep if of is derivations.unrolled else cases.wide), shown=None)
    for number in range(1, len(state.proof.lines) + 1):
        at = replace(state, opened=number)
        assert lit(at) == set(spoken_of(at)) != set()
        assert spoken_of(at) == at.proof.lines[number - 1].speaks_of(at.place)


def test_bp2_speaks_of_what_is_new_in_each_line():
    state, next_layer = middle_of_wide(), {"a2.0", "a2.1"}
    spoken = [lit(replace(state, opened=number)) for number in range(1, 8)]
    assert [spoken[0], spoken[2], spoken[5]] == [{"a1.1"}, next_layer, {"a1.1"}]
    assert spoken[4] == {"a1.1", "w2.0.1", "w2.1.1"} | next_layer
    assert spoken[6] == {"w2.0.1", "w2.1.1"} | next_layer


@given(st.recursive(st.floats(-5, 5), lambda inner: st.lists(st.tuples(inner, inner), min_size=1, max_size=3).map(Sum)))
def test_working_out_ends_and_each_stage_is_worth_the_same(value):
    shown = numbers(value)
    assert bool(shown) == (isinstance(value, Sum))
    for stage in shown.removeprefix("=").split(" ="):
        if stage:
            digits = stage.replace(SPACE, "").replace("·10⁻", "e-").replace("−", "-").replace("·", "*")
            digits = digits.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
            assert eval(digits) == pytest.approx(float(value), abs=1e-6 * (1 + magnitude(value)))


def magnitude(value):
    """Roughly what six decimals in each factor can be worth."""
    if not isinstance(value, Sum):
        return abs(value)
    return sum(np.prod([1 + magnitude(factor) for factor in factors]) for factors in value.terms)


def test_softmax_of_one_output_says_why_nothing_moves():
    state = update(begin(derivations.unrolled, case=cases.deep, shown=None), Turn("output", "softmax, quadratic cost"))
    assert view(state).text.endswith(" Softmax of one output is 1, whatever comes in: nothing moves it.")
    assert "Softmax" not in view(update(state, Turn("network", "wide"))).text


def test_numbers_keep_their_sign_and_a_vector_its_brackets():
    assert written(-0.25) == "−0.250000"
    assert written(np.array([0.5, -1e-15])) == "(+0.500000, +0.000000)"
    assert numbers(Sum([(-1.5, Sum([(0.25,), (-0.3,)]))])).startswith(f"={SPACE}(−1.50) ·{SPACE}(0.25 −{SPACE}0.30)")
    assert numbers(0.5) == ""


def test_one_slider_moves_the_number_in_every_line():
    state = update(middle_of_wide(), Turn("w2.0.1", 0.5))
    assert state.place.w_next[0, 1] == 0.5
    value = written(state.place.delta[1])
    assert value != "−0.002120"
    assert values(state) == [[value]] * 7
    assert cases.wide.parameters.w[2][0, 1] == -1.1


def test_the_sliders_are_named_by_the_letters_of_the_page_and_move_what_they_name():
    def sliders(state):
        ranges = [each for each in parsed(view(state)).iter("input") if each.get("type") == "range"]
        return {each.get("aria-label"): (each.get("data-turn"), each.get("value")) for each in ranges}

    state = begin(derivations.hidden_weight, case=cases.deep, layer=2, neuron=1, source=2)
    found = {"weight k → j": ("w2.1.2", "0.6"), "target y": ("y0.0", "1"), "weight j → 0": ("w3.0.1", "-0.9")}
    assert sliders(state) == found
    assert sliders(begin(derivations.bp1, case=cases.wide, neuron=1))["target y"] == ("y0.1", "0")
    assert sliders(begin(derivations.unrolled, case=cases.wide))["w[1][0, 0]"] == ("w1.0.0", "1.2")
    assert [*sliders(begin(derivations.sigma_prime, neuron=2))] == ["w[1][2, 0]"]  # there is no k to choose
    assert {"w[1][0, 0]", "weight j → 0"} <= sliders(begin(derivations.bp2, case=cases.wide)).keys()


def test_the_network_and_the_target_are_those_of_the_example():
    state = begin(derivations.bp4, case=cases.batch, example=1)
    drawn = "".join(next(parsed(view(state)).iter("svg")).itertext())
    assert "x0−1.50" in drawn
    assert "target y = 0.00" in drawn
    (target,) = [each for each in parsed(view(state)).iter("input") if each.get("data-turn") == "y0.0"]
    assert target.get("value") == "0"
    state = update(state, Turn("example", "2"))
    assert "here l = 1, j = 0, k = 0, example 2" in view(state).text
    assert update(state, Turn("y0.0", 0.25)).place.case.y.tolist() == [[1, 0, 0.25, 0]]


def test_the_change_is_turned_by_its_exponent_and_what_is_missed_shrinks_a_hundred_times():
    state = begin(derivations.error_signal, case=cases.running, layer=2, shown=None)
    assert missed(state) == pytest.approx(-4.25e-5, rel=0.01)
    smaller = update(state, Turn("exponent", -2.0))
    assert smaller.place.change == 0.01
    assert missed(smaller) == pytest.approx(missed(state) / 100, rel=0.5)
    assert "Δ = 0.01" in view(smaller).text
    two = replace(state, place=replace(state.place, change=2.0))
    assert missed(two) == pytest.approx(0.082114, abs=1e-6)
    assert "measured: −0.212756" in rows(replace(two, opened=2))[1]
    assert "promises −0.294870; measured: −0.212756" in view(two).text


def test_the_menus_offer_only_what_exists():
    state = begin(derivations.bp4, case=cases.deep, layer=2, source=2)
    offered = [options(state, key) for key in ("layer", "neuron", "source")]
    assert offered == [["1", "2", "3"], ["0", "1"], ["0", "1", "2"]]
    last = update(state, Turn("layer", "3"))
    assert options(last, "neuron") == ["0"]
    assert "here l = 2, j = 0, k = 2: " in view(state).text
    running = update(last, Turn("network", "running"))
    assert (running.place.layer, running.place.neuron, running.place.source) == (2, 0, 1)
    assert running.place.case is cases.running


def test_a_network_of_the_learner_is_offered_beside_ours():
    own = replace(cases.running, x=[0.3, 0.4])
    state = begin(derivations.bp3, case=own)
    assert options(state, "network") == ["this one", "running", "wide", "deep"]
    back = after([Turn("network", "deep"), Turn("b1.0", 2.0), Turn("network", "this one")], state)
    assert back.place.case is own


@pytest.mark.parametrize(("bias", "why"), [(30, "too few digits of 1 − a are left"), (60, "none of 1 − a is left")])
def test_digits_that_are_lost_are_not_taken_for_a_broken_assumption(bias, why):
    """Where the cross-entropy meets an output that is 1 but for its last digits."""
    sure = replace(cases.running.moved("b", 2, 0, to=bias), y=[[0.0]], cost=binary_cross_entropy)
    for of in (derivations.cross_entropy, derivations.bp2, derivations.bp4):
        state = begin(of, case=sure, shown=None)
        assert why in view(state).text
        assert why in "".join(
            row for opened in range(1, 1 + state.visible) for row in rows(replace(state, opened=opened))
        )


def test_the_learner_breaks_an_assumption_and_mends_it():
    state = begin(derivations.bp1, case=cases.wide, shown=None)
    soft = update(state, Turn("output", "softmax, quadratic cost"))
    shown = rows(soft)
    assert ["≠" in row for row in shown] == [False, False, True, False, False]
    assert soft.line == 3, "what is broken is opened"
    assert "This is not equal to the line above, −0.208979. It assumes that σ is element-wise" in shown[2]
    assert "line 3 is not equal to the line above, −0.208979. It assumes that σ is" in view(soft).text
    assert "here the output is softmax, the cost quadratic." in view(soft).text
    assert "no longer to what the nudge finds" in rows(replace(soft, opened=4))[3]
    crossed = update(soft, Turn("output", "sigmoid, cross-entropy"))
    assert "line 5 is not equal" in view(crossed).text
    assert crossed.line == 5
    mended = update(crossed, Turn("output", "sigmoid, quadratic cost"))
    assert "each gives −0.147435" in view(mended).text
    assert update(begin(derivations.bp1, case=cases.wide), Turn("output", "softmax, quadratic cost")).line == 1


@pytest.mark.parametrize(
    ("of", "case", "offered"),
    [
        (derivations.bp1, cases.wide, 3),
        (derivations.cost_gradient, cases.wide, 2),
        (derivations.unrolled, cases.wide, 2),
        (derivations.bp2, cases.wide, 0),
        (derivations.bp1, replace(cases.wide, output=tanh), 0),
    ],
)
def test_the_switch_is_there_where_it_breaks_something(of, case, offered):
    assert len(begin(of, case=case).outputs) == offered


def test_the_first_line_has_none_above_it_and_is_compared_with_what_the_nudge_finds():
    state = begin(derivations.cost_gradient, case=cases.batch, shown=None)
    state = update(state, Turn("output", "sigmoid, cross-entropy"))
    assert "line 1 is not equal to what the nudge finds" in view(state).text


def test_the_example_is_offered_where_the_lines_are_about_one():
    assert 'data-turn="example"' in view(begin(derivations.bp4, case=cases.batch)).markup
    assert 'data-turn="example"' not in view(begin(derivations.batch_bp4, case=cases.batch)).markup


def test_a_line_that_stands_alone_is_compared_with_what_a_nudge_finds():
    state = begin(derivations.unrolled, case=replace(cases.wide, output=softmax), shown=None)
    assert "This is not equal to what the nudge finds" in rows(replace(state, opened=2))[1]
    state = begin(derivations.bp2, case=replace(cases.wide, output=softmax), shown=None)
    assert "≠" not in "".join(row for row in rows(state) if "p ≠ j" not in row), "BP2 holds for any output"


@pytest.mark.parametrize("of", PROOFS, ids=NAMES)
def test_the_room_for_the_lines_is_that_of_the_highest_state_from_the_start(of):
    first = begin(of, case=fitting(of, cases.wide))
    for case in first.networks.values():
        state = begin(of, case=case, shown=None)
        for opened in range(len(state.proof.lines) + 1):
            shown = replace(state, opened=opened)
            markup = view(shown).markup
            assert f"min-height: {first.room}px" in markup
            needed = sum(map(int, re.findall(r"--high: (\d+)px", markup)))
            needed += sum(map(int, re.findall(r'"bl-numbers" style="min-height: (\d+)px', markup)))
            assert needed < first.room
        heights = [re.findall(r"--high: \d+px", view(replace(state, shown=shown)).markup) for shown in (1, None)]
        assert heights[0] == heights[1]


@pytest.mark.parametrize("of", PROOFS, ids=NAMES)
def test_a_sentence_fits_below_the_picture(of):
    for case in (cases.running, cases.wide, cases.deep, cases.batch):
        state = begin(of, case=fitting(of, case), shown=None)
        for output in state.outputs or [""]:
            now = update(state, Turn("output", output)) if output else state
            texts = [view(replace(now, opened=number)).text for number in range(len(state.proof.lines) + 1)]
            assert max(map(len, texts)) <= TEXT, max(texts, key=len)


def test_where_a_network_has_fewer_lines_the_last_is_open():
    state = update(begin(derivations.unrolled, case=cases.deep, shown=None), Select("line.6"))
    running = update(state, Turn("network", "running"))
    assert (len(rows(running)), running.line) == (4, 4)
    assert lit(running) == set(spoken_of(running))


def test_a_batch_says_which_example_the_network_shows():
    state = begin(derivations.batch_bp4, case=cases.batch)
    words = "The network shows example 0, the slider its target; the lines take in all 4."
    assert words in "".join(parsed(view(state)).itertext())
    assert words not in view(update(state, Turn("network", "wide"))).markup


def test_a_case_without_such_a_layer_is_refused():
    w, b = cases.running.parameters.w, cases.running.parameters.b
    one_layer = replace(cases.running, parameters=Parameters({1: w[2]}, {1: b[2]}), x=[0.1, 0.2, 0.3])
    with pytest.raises(ValueError, match=r"case must have a layer that bp2 is about, got sizes \(3, 1\)"):
        begin(derivations.bp2, case=one_layer)


GOLDEN = {
    "first": middle_of_wide(1),
    "worked": update(middle_of_wide(), Select("line.6")),
    "broken": update(begin(derivations.bp1, case=cases.wide, shown=None), Turn("output", "softmax, quadratic cost")),
    "vectors": update(begin(derivations.unrolled, case=cases.deep, shown=4), Turn("w1.0.0", -2.0)),
    "change": update(begin(derivations.first_order, layer=2, shown=None), Turn("exponent", -1.5)),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_the_picture_is_as_it_was(golden, name):
    golden(f"proof-{name}", view(GOLDEN[name]))

"""Wires: edge, cell and code always name the same weight, and a wrong name is explained."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab import Case, cases, initialize
from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import Select, Turn
from backprop_lab.pictures.wires import Wires, begin, update, view
from backprop_lab.quantities import parameters
from backprop_lab.questions.typed_answers import read_code

from .hands import parsed

NETWORKS = {"running": cases.running, "wide": cases.wide, "deep": cases.deep}


def after(state, *events):
    for event in events:
        state = update(state, event)
    return state


def keys(case):
    return re.findall(r'<g [^>]*data-select="([^"]+)"', view(begin(case)).markup)


def cells(state):
    """What stands in the arrays: key -> (text, classes of its cell)."""
    found = parsed(view(state)).iter("td")
    return {td[0].get("data-select", ""): (td[0].text, td.get("class", "").split()) for td in found if len(td)}


PLACES = st.sampled_from([*NETWORKS.values()]).flatmap(
    lambda case: st.builds(begin, st.just(case), selected=st.sampled_from(keys(case)))
)


@given(PLACES)
def test_edge_cell_and_code_light_up_together(state):
    lit = {key for key, (_, marks) in cells(state).items() if "bl-on" in marks}
    edges = set(re.findall(r'<g class="bl-on" data-select="([wb][^"]+)"', view(state).markup))
    assert lit == edges
    if state.chosen.letter in "wb":
        assert lit == {state.selected}
        assert f'<code class="bl-code bl-on">{state.code}</code>' in view(state).markup


@given(PLACES)
def test_every_cell_shows_the_number_of_its_name(state):
    shown = {key: text for key, (text, _) in cells(state).items()}
    assert shown == {each.key: signed(each.value(state.case)) for each in parameters(state.case)}


@given(PLACES)
def test_a_weight_stands_in_the_row_it_leads_to_and_the_column_it_comes_from(state):
    marked = cells(state)
    layer, (j, *k) = state.chosen.layer, state.chosen.index
    rows = {other for other, (_, marks) in marked.items() if "bl-in-row" in marks}
    columns = {other for other, (_, marks) in marked.items() if "bl-in-column" in marks}
    row, column = rf"w{layer}\.{j}\.\d+", rf"w{layer}\.\d+\.{k[0]}" if k else rf"w{layer + 1}\.\d+\.{j}"
    wanted_rows = {other for other in marked if re.fullmatch(row, other)}
    wanted_columns = {other for other in marked if re.fullmatch(column, other)}
    assert (rows, columns) == ((set(), set()) if state.chosen.letter == "b" else (wanted_rows, wanted_columns))


@given(PLACES)
def test_all_that_is_named_beside_the_network_is_the_networks_own(state):
    names = [each for each in parsed(view(state)).iter("div") if each.get("class") == "bl-called-so"]
    for name in names:
        code = next(name.iter("code")).text
        values = eval(code, {"w": state.case.parameters.w, "b": state.case.parameters.b})  # as a learner would
        shown = [each.text for each in name.iter("mn") if each.text[0] in "+−"]
        assert shown == [signed(float(value)) for value in values.ravel()]
    around = [state.chosen.layer > 0, state.chosen.layer + 1 < len(state.case.parameters.sizes)]
    assert len(names) == (sum(around) if state.chosen.letter == "a" else 1)


@given(PLACES, PLACES)
def test_the_code_that_is_shown_can_be_typed_again(state, other):
    typed = after(replace(state, selected=other.selected, typed="nonsense"), Turn("code", state.code))
    assert typed == state


@pytest.mark.parametrize("typed", [4000 * "q", f"{4000 * 'q'}[1]", f"w[1][{2000 * '1,'}1]"])
def test_of_a_long_name_the_beginning_is_said_again(typed):
    assert f"{typed[:24]}…" in (said := view(after(begin(), Turn("code", typed))).text)
    assert len(said) < 100


@given(PLACES, st.text())
def test_whatever_is_typed_gets_a_sentence_and_changes_nothing_else(state, text):
    typed = after(state, Turn("code", text))
    assert view(typed).text.endswith(".")
    assert typed.selected == state.selected or read_code(text)


@pytest.mark.parametrize(
    ("selected", "said"),
    [
        (
            "w1.2.0",
            "Weight w[1][2, 0], from neuron 0 of layer 0 to neuron 2 of layer 1, +0.80. "
            "Row 2 of w[1] holds every weight into neuron 2, column 0 every weight out of neuron 0.",
        ),
        (
            "b2.0",
            "Bias b[2][0] of neuron 0 of layer 2, +0.30. A bias belongs to its neuron alone, so b[2] is one column.",
        ),
        ("a0.1", "Input x[1], −1.50. No weight leads into the input; the weights out of it are column 1 of w[1]."),
        (
            "a1.2",
            "Neuron 2 of layer 1, activation +0.31. "
            "The weights into it are row 2 of w[1]; the weights out of it are column 2 of w[2].",
        ),
        (
            "a2.0",
            "Neuron 0 of layer 2, activation +0.31. "
            "The weights into it are row 0 of w[2]; no weight leads on from the output.",
        ),
        ("", "Nothing is selected. Choose a weight, a bias or a neuron, or type its name."),
    ],
)
def test_what_is_said_of_a_selection(selected, said):
    assert view(begin(selected=selected)).text == said
    assert view(after(begin(), Select(selected))).text == said


def test_a_name_that_names_nothing_is_explained_and_stays_to_be_mended():
    state = after(begin(selected="w2.0.1"), Turn("code", " w[7][0, 0] "))
    assert view(state).text == "There is no w[7]: w has the layers 1 to 2."
    assert (state.selected, state.code) == ("w2.0.1", "w[7][0, 0]")
    assert after(state, Select("b1.0")).code == "b[1][0]"


def test_a_slice_selects_the_neuron_it_belongs_to():
    assert after(begin(), Turn("code", "w[1][1, :]")).selected == "a1.1"
    assert after(begin(), Turn("code", "w[2][:, 2]")).selected == "a1.2"


def test_what_both_networks_have_stays_selected():
    state = after(begin(selected="w2.0.1"), Turn("network", "deep"))
    assert (state.case, state.selected) == (cases.deep, "w2.0.1")
    assert after(state, Select("w3.0.1"), Turn("network", "running")) == begin()
    assert after(state, Select(""), Turn("network", "wide")) == Wires(cases.wide, cases.running, "wide")


def test_any_network_can_be_shown_whose_weights_can_be_written():
    def case(*sizes):
        return Case(initialize(sizes), x=cases.running.x, y=np.array([[1.0]]))

    tiny = begin(case(2, 2, 1), selected="b1.0")
    assert "this one" in view(tiny).markup
    assert begin(case(2, 2, 1)).selected == "w1.0.0"
    assert len(cells(begin(case(2, 5, 5, 1)))) == 51
    assert len(cells(begin(case(2, 4, 4, 4, 4, 1)))) == 60 + 17
    with pytest.raises(ValueError, match=r"case must have at most 60 weights, .*got 63"):
        begin(case(2, 6, 7, 1, 1, 1))


@pytest.mark.parametrize(
    ("name", "events"),
    [
        ("first", []),
        ("deep-neuron", [Turn("network", "deep"), Select("a2.1")]),
        ("typed-wrong", [Turn("code", "w[1][0, 2]")]),
    ],
)
def test_the_picture_is_as_it_was(golden, name, events):
    golden(f"wires-{name}", view(after(begin(), *events)))

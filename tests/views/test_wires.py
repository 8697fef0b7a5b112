"""Wires: edge, cell and code always name the same weight, and a wrong name is explained."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab.drawing.markup import signed
from backprop_lab.views import wires as view
from backprop_lab.views import wires_game as game
from backprop_lab.views.answers import Code, read_code
from backprop_lab.views.naming import name_question
from backprop_lab.views.wires import NETWORKS, Wires
from backprop_lab.widgets import wires, wires_game

NAMES = st.sampled_from([*NETWORKS])


def keys(network):
    return re.findall(r'<g [^>]*data-select="([^"]+)"', view.wires(Wires(network)).markup)


def cells(picture):
    """What stands in the arrays: key -> (text, classes of its cell)."""
    found = ET.fromstring(picture.markup).iter("td")
    return {td[0].get("data-select", ""): (td[0].text, td.get("class", "").split()) for td in found if len(td)}


PLACES = NAMES.flatmap(lambda network: st.builds(Wires, st.just(network), st.sampled_from(keys(network))))


@given(PLACES)
def test_edge_cell_and_code_light_up_together(state):
    picture = view.wires(state)
    lit = {key for key, (_, marks) in cells(picture).items() if "bl-on" in marks}
    edges = set(re.findall(r'<g class="bl-on" data-select="([wb][^"]+)"', picture.markup))
    assert lit == edges
    if state.selected[0] in "wb":
        assert lit == {state.selected}
        assert f'<code class="bl-code bl-on">{state.code}</code>' in picture.markup


@given(PLACES)
def test_every_cell_shows_the_number_of_its_name(state):
    shown = cells(view.wires(state))
    arrays = {"w": state.case.parameters.w, "b": state.case.parameters.b}
    for key, (text, _) in shown.items():
        name, (layer, *index) = view.code_of(key)
        assert text == signed(arrays[name][layer][tuple(index) if name == "w" else (index[0], 0)])
    assert len(shown) == sum(w.size + len(w) for w in arrays["w"].values())


@given(NAMES.flatmap(lambda network: st.tuples(st.just(network), st.sampled_from(keys(network)))))
def test_a_weight_stands_in_the_row_it_leads_to_and_the_column_it_comes_from(place):
    network, key = place
    marked = cells(view.wires(Wires(network, key)))
    layer, j, *k = view.code_of(key).indices
    rows = {other for other, (_, marks) in marked.items() if "bl-in-row" in marks}
    columns = {other for other, (_, marks) in marked.items() if "bl-in-column" in marks}
    row, column = rf"w{layer}\.{j}\.\d+", rf"w{layer}\.\d+\.{k[0]}" if k else rf"w{layer + 1}\.\d+\.{j}"
    wanted_rows = {other for other in marked if re.fullmatch(row, other)}
    wanted_columns = {other for other in marked if re.fullmatch(column, other)}
    expected = (set(), set()) if key.startswith("b") else (wanted_rows, wanted_columns)
    assert (rows, columns) == expected


@given(PLACES, PLACES)
def test_the_code_that_is_shown_can_be_typed_again(state, other):
    typed = view.write(Wires(state.network, other.selected, "nonsense"), state.code)
    assert typed == state


@given(PLACES, st.text())
def test_whatever_is_typed_gets_a_sentence_and_changes_nothing_else(state, text):
    typed = view.write(state, text)
    picture = view.wires(typed)
    assert picture.text.endswith(".")
    assert typed.selected == state.selected or read_code(text)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("w[1][0, 2]", "w[1] has no column 2: layer 0 has 2 neurons, numbered from 0."),
        ("w[1][3, 0]", "w[1] has no row 3: layer 1 has 3 neurons, numbered from 0."),
        ("w[3][0, 0]", "There is no w[3]: w has the layers 1 to 2."),
        ("w[0][0, 0]", "There is no w[0]: w has the layers 1 to 2."),
        ("a[2][1]", "Layer 2 has no neuron 1: layer 2 has 1 neuron, numbered from 0."),
        ("w[1][2]", "w needs 3 numbers in its brackets, as in w[1][2, 0]; you gave 2."),
        ("v[1][2, 0]", "v[1][2, 0] names nothing here: the names are w, b, z, a, delta and x."),
        ("the third one", "“the third one” is not a name: write it like w[1][2, 0]."),
    ],
)
def test_a_name_that_names_nothing_is_explained(typed, said):
    assert view.wires(view.write(Wires(), typed)).text == said


@pytest.mark.parametrize(
    ("typed", "key"), [("delta[1][2]", "a1.2"), ("z[2][0]", "a2.0"), ("x[1]", "a0.1"), ("a[0][1]", "a0.1")]
)
def test_what_belongs_to_a_neuron_selects_the_neuron(typed, key):
    assert view.write(Wires(), typed).selected == key


def test_what_both_networks_have_stays_selected():
    assert view.switch(Wires("running", "w2.0.1"), "deep") == Wires("deep", "w2.0.1")
    assert view.switch(Wires("deep", "w3.0.1"), "running") == Wires("running")
    assert view.switch(Wires("deep", ""), "wide") == Wires("wide")


def test_the_widget_follows_clicks_names_and_the_switch():
    shown = wires()
    switch, code = (control.widget for control in shown.controls)
    shown.stage.selected = "w2.0.1"
    assert code.value == "w[2][0, 1]"
    code.value = "w[1][2][1]"
    assert (shown.state.selected, code.value) == ("w1.2.1", "w[1][2, 1]")
    code.value = "w[7][0, 0]"
    assert (shown.state.selected, code.value) == ("w1.2.1", "w[7][0, 0]")
    switch.value = "deep"
    assert (shown.state, code.value) == (Wires("deep", "w1.2.1"), "w[1][2, 1]")


# -- the game


@given(st.integers(0, 1000))
def test_a_game_asks_for_five_different_weights_whose_slips_can_be_told(seed):
    rounds = game.begin(seed).rounds
    assert rounds == game.begin(seed).rounds
    assert len({one.weight for one in rounds}) == 5
    assert [one.typed for one in rounds] == [True, False, True, False, True]
    assert all(one.weight.indices[1] != one.weight.indices[2] for one in rounds)
    assert all(not view.fault(NETWORKS[one.network], one.weight) for one in rounds)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ((1, 0, 2), "swapped-indices"),
        ((1, 3, 1), "counted-from-one"),
        ((2, 3, 1), "counted-from-one"),
        ((2, 2, 0), "wrong-layer"),
        ((0, 2, 0), "wrong-layer"),
        ((1, 1, 0), ""),
        ((1, 2), ""),
        ((1, 2, 0), ""),
    ],
)
def test_a_slip_is_known_by_what_comes_of_it(given, name):
    assert game.slip(Code("w", given), Code("w", (1, 2, 0))) == name


def test_a_game_is_played_to_its_end():
    state = game.begin(3)
    for number, (_, weight, typed) in enumerate(state.rounds):
        assert game.commit(state) == state == game.next_round(state)
        state = game.write(state, str(weight)) if typed else game.choose(state, view.key_of(weight))
        assert str(weight) not in game.wires_game(game.write(game.start_over(state), "")).text or number
        state = game.commit(state)
        assert game.wires_game(state).text.startswith(f"That is right: {weight} leads from")
        state = game.next_round(state)
    assert game.wires_game(state).text.endswith("All rounds are played: 5 of 5 are right.")
    assert game.start_over(state) == game.begin(3)


@given(st.integers(0, 99))
def test_the_answer_is_not_told_before_it_is_given(seed):
    state = game.begin(seed)
    weight = str(state.round.weight)
    for each in (
        state,
        game.write(state, "w[9][9, 9]"),
        game.write(state, "the lit one"),
        game.choose(state, "w1.0.0"),
    ):
        picture = game.wires_game(each)
        assert weight not in picture.markup + picture.text


def test_slips_and_skips_are_said():
    state = game.begin(0)
    layer, j, k = state.round.weight.indices
    swapped = game.wires_game(game.commit(game.write(state, f"w[{layer}][{k}, {j}]"))).text
    assert swapped.startswith("Those are the indices swapped: the first is the neuron the weight leads to.")
    skipped = game.skip(state)
    assert game.wires_game(skipped).text.startswith(f"You skipped this round. {state.round.weight} leads from")
    assert skipped.results == (False,)
    assert game.commit(game.write(state, "a[1][0]")).phase == "open"


def test_the_game_is_played_with_its_real_controls():
    shown = wires_game(seed=1)
    box = shown.controls[0].widget
    box.value = str(shown.state.round.weight)
    shown.buttons["commit"].click()
    shown.buttons["next round"].click()
    assert (box.value, shown.state.at) == ("", 1)
    shown.stage.selected = view.key_of(shown.state.round.weight)
    shown.buttons["commit"].click()
    assert shown.state.results == (True, True)


def test_one_round_is_right_and_more_are():
    state = game.begin(0)
    state = game.next_round(game.commit(game.write(state, str(state.round.weight))))
    while len(state.results) < len(state.rounds):
        state = game.next_round(game.skip(state))
    assert game.wires_game(state).text.endswith("All rounds are played: 1 of 5 is right.")


@pytest.mark.parametrize("typed", [(2, 2), (2, 0)], ids=["one too high", "one too low"])
def test_a_name_counted_from_one_is_known_in_both_directions(typed):
    slips = {code: said for said, code in name_question(NETWORKS["deep"], 0.4).slips}
    assert slips[Code("b", typed)] == "the neurons counted from one"

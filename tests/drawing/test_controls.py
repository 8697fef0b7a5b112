"""Controls: each has its key, its value and its name, and pretends nothing while no kernel answers."""

from xml.etree import ElementTree

import pytest

from backprop_lab.drawing.controls import button, buttons, entry, menu, radio, row, rows, slider, tick
from backprop_lab.drawing.html import REACH
from backprop_lab.drawing.mathml import symbol


def tree(markup):
    return ElementTree.fromstring(markup)


def test_a_slider_has_its_key_its_place_and_its_name():
    found = tree(slider("w1.2.0", "w[1][2, 0]", -0.4, (-4, 4))).attrib
    assert found["type"] == "range"
    assert [found[name] for name in ("data-turn", "min", "max", "step", "value")] == [
        "w1.2.0",
        "-4",
        "4",
        "0.01",
        "-0.4",
    ]
    assert (found["aria-label"], found["aria-valuetext"]) == ("w[1][2, 0]", "−0.40")
    epoch = tree(slider("e", "epoch", 1234, (0, 5000), step=1, says="epoch 1234"))
    assert [epoch.get(name) for name in ("step", "value", "aria-valuetext")] == ["1", "1234", "epoch 1234"]


@pytest.mark.parametrize(("value", "ends"), [(5.5, ("-4", "5.5")), (-9, ("-9", "4")), (4, ("-4", "4"))])
def test_a_value_beyond_its_ends_widens_the_slider(value, ends):
    found = tree(slider("b1.0", "b", value, (-4, 4)))
    assert (found.get("min"), found.get("max")) == ends


def test_a_row_shows_name_handle_and_value_and_its_rate_only_where_there_is_one():
    bare = tree(row("b1.0", "b[1][0]", 0.2, (-4, 4)))
    assert [part.tag for part in bare] == ["span", "input", "span"]
    assert (bare.get("class"), bare.get("data-key")) == ("bl-turn", "turn b1.0")
    assert [part.text for part in bare.iter("span")] == ["b[1][0]", "+0.20"]
    rated = tree(row("b1.0", "b[1][0]", 0.2, (-4, 4), rate=-0.0123, scale=0.0246, decimals=4, on=True))
    assert [part.tag for part in rated] == ["span", "input", "span", "svg", "span"]
    assert rated.get("class") == "bl-turn bl-rated bl-on"
    assert [part.text for part in rated.iter("span")][-1] == "−0.0123"
    (bar,) = rated.iter("rect")
    assert (float(bar.get("width", 0)), bar.get("class")) == (REACH / 2, "bl-negative")
    assert tree(row("b1.0", "b", 0.2, (-4, 4), rate=0.5)).get("class") == "bl-turn bl-rated"
    assert tree(row("b1.0", "b", 0.2, (-4, 4), on=True)).get("class") == "bl-turn bl-on"


def test_a_row_named_by_a_formula_has_words_for_a_screen_reader():
    found = tree(row("eta", symbol("η"), 0.5, (0, 1), label="learning rate", shown="0.5"))
    (handle,) = found.iter("input")
    assert (handle.get("aria-label"), handle.get("aria-valuetext")) == ("learning rate", "0.5")
    assert found[-1].text == "0.5"


@pytest.mark.parametrize(("on", "disabled"), [(True, None), (False, "true")])
def test_a_button_that_would_do_nothing_says_so(on, disabled):
    found = tree(button("step", "one step", on=on))
    assert (found.get("data-press"), found.text, found.get("aria-disabled")) == ("step", "one step", disabled)


@pytest.mark.parametrize(("pressed", "state"), [(None, None), (True, "true"), (False, "false")])
def test_a_button_that_is_a_switch_tells_its_state(pressed, state):
    assert tree(button("step", "one step", pressed=pressed)).get("aria-pressed") == state


@pytest.mark.parametrize(
    "options", [["wide", "deep"], {"wide": "the wide one", "deep": "the deep one"}], ids=["values", "words"]
)
def test_a_menu_offers_its_options_and_shows_the_chosen_one(options):
    found = tree(menu("network", "network", options, "deep"))
    offered = [(each.get("value"), each.text, each.get("selected")) for each in found.iter("option")]
    words = options if isinstance(options, dict) else {each: each for each in options}
    assert offered == [("wide", words["wide"], None), ("deep", words["deep"], "")]
    assert [select.get("data-turn") for select in found.iter("select")] == ["network"]


def test_a_menu_shows_what_runs_though_it_does_not_offer_it():
    offered = [(each.text, each.get("selected")) for each in tree(menu("seed", "start", [0, 1], 50)).iter("option")]
    assert offered == [("50", ""), ("0", None), ("1", None)]


@pytest.mark.parametrize("on", [True, False])
def test_a_switch_and_an_answer_are_on_or_off(on):
    for markup, kind in (
        (tick("all", "all of them", on), "checkbox"),
        (radio("answer", "b", "the second", on), "radio"),
    ):
        (box,) = tree(markup).iter("input")
        assert (box.get("type"), box.get("checked")) == (kind, "" if on else None)
    (dot,) = tree(radio("answer", "b", "the second", on)).iter("input")
    assert (dot.get("data-turn"), dot.get("value")) == ("answer", "b")


def test_a_switch_named_by_a_formula_has_words_and_each_answer_is_a_node_of_its_own():
    for markup in (tick("all", symbol("δ"), True, says="delta"), radio("answer", "b", symbol("δ"), True, says="delta")):
        assert [box.get("aria-label") for box in tree(markup).iter("input")] == ["delta"]
    assert [tree(radio("answer", each, each, False)).get("data-key") for each in "ab"] == [
        "turn answer a",
        "turn answer b",
    ]


def test_a_field_holds_what_was_typed_whatever_it_is():
    (field,) = tree(entry("name", "its name", 'w[1] "<')).iter("input")
    assert (field.get("value"), field.get("data-turn"), field.get("aria-label")) == ('w[1] "<', "name", "its name")
    assert field.get("placeholder") == "type it here"


@pytest.mark.parametrize(
    "locked",
    [tick("t", "t", True, locked=True), radio("r", "1", "r", True, locked=True), entry("e", "e", "", locked=True)],
)
def test_what_is_locked_cannot_be_taken_hold_of(locked):
    assert "data-turn" not in locked


def test_all_are_disabled_until_a_stage_takes_hold_of_them():
    every = buttons(
        rows(row("a", "a", 0, (0, 1))),
        button("p", "p"),
        menu("m", "m", "ab", "a"),
        tick("t", "t", False),
        radio("r", "1", "r", True),
        entry("e", "e", ""),
    )
    held = [node for node in tree(every).iter() if node.get("data-turn") or node.get("data-press")]
    assert len(held) == 6
    assert all(node.get("disabled") == "" for node in held)

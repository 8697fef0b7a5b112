"""What lies around drawings: panes in their order, tables whose head names the columns, words that are lit."""

from xml.etree import ElementTree

import pytest

from backprop_lab.drawing.html import card, code, legend, marked, math, screen, stacked, table, title


def tree(markup):
    return ElementTree.fromstring(markup)


def test_a_screen_has_the_picture_then_the_controls_then_more_and_no_empty_pane():
    full = [pane.get("class") for pane in tree(screen("p", "c", "m", look="bl-own"))[0]]
    assert full == ["bl-pane-picture", "bl-pane-controls", "bl-pane-more"]
    assert len(tree(screen("p", "c"))[0]) == 2
    assert tree(screen("p", "c", look="bl-own"))[0].get("class") == "bl-panes bl-own"


def test_a_table_names_its_columns_and_rows_and_has_no_empty_name():
    found = tree(table(("", "a", "b"), ("first", 1, 2), ("second", "<", 4), caption="both", look="bl-own"))
    assert found.get("class") == "bl-table bl-own"
    cells = [cell for cell in found.iter() if cell.tag in ("th", "td")]
    assert [("".join(cell.itertext()), cell.tag, cell.get("scope")) for cell in cells] == [
        ("", "td", None), ("a", "th", "col"), ("b", "th", "col"),
        ("first", "th", "row"), ("1", "td", None), ("2", "td", None),
        ("second", "th", "row"), ("<", "td", None), ("4", "td", None),
    ]  # fmt: skip
    assert found[0].text == "both"
    assert [cell.tag for cell in tree(table(("", 0), ("x", 1)))[0]] == ["td", "th"]


@pytest.mark.parametrize("on", [True, False])
def test_what_is_spoken_of_is_lit(on):
    assert ("<mark>" in marked("w", on)) is on
    assert ("bl-on" in card("words", on=on)) is on
    assert ("bl-on" in code("z = w @ a", on=on)) is on


def test_a_line_of_code_may_say_the_shapes_it_works_on():
    assert "".join(tree(code("z = ", marked("w"), shapes="(3, m)")).itertext()) == "z = w  # (3, m)"
    assert "#" not in code("z = w")


def test_a_legend_is_folded_into_a_question_mark():
    found = tree(legend("Blue is positive.", "Dashed is negative."))
    assert (found.tag, found[0].text, found[0].get("aria-label")) == ("details", "?", "How this picture is read")
    assert [words.text for words in found.iter("p")] == ["Blue is positive.", "Dashed is negative."]


def test_a_title_a_formula_and_values_below_one_another():
    assert [span.text for span in tree(title("layer 1", "∂C/∂w")).iter("span")] == ["layer 1", "∂C/∂w"]
    assert math("δ^2_0") == "<math><msubsup><mi>δ</mi><mn>0</mn><mn>2</mn></msubsup></math>"
    assert stacked([1, "<"]) == ["<div>1</div>", "<div>&lt;</div>"]

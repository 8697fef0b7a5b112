"""Formulas: what is written as it is read becomes what is meant, and what cannot be read is refused."""

from xml.etree import ElementTree

import numpy as np
import pytest

from backprop_lab.drawing.mathml import (
    bracket,
    equation,
    fraction,
    joined,
    matrix,
    notation,
    number,
    row,
    squared,
    symbol,
    term,
    times,
)


def shape(node) -> str:
    """The tree as tag(children) in one line; a leaf as tag:text."""
    return f"{node.tag}:{node.text}" if not len(node) else f"{node.tag}({' '.join(map(str, map(shape, node)))})"


def read(written):
    return [shape(ElementTree.fromstring(piece)) for piece in notation(written)]


@pytest.mark.parametrize(
    ("written", "pieces"),
    [
        ("y_0", ["msub(mi:y mn:0)"]),
        ("z^l", ["msup(mi:z mi:l)"]),
        ("δ^2_j", ["msubsup(mi:δ mi:j mn:2)"]),
        ("w^2_i,0", ["msubsup(mi:w mrow(mi:i mo:, mn:0) mn:2)"]),
        ("σ′", ["mrow(mi:σ mo:′)"]),
        ("Δz", ["mrow(mi:Δ mi:z)"]),
        ("∇_a", ["msub(mi:∇ mi:a)"]),
        ("a^l−1_k", ["msubsup(mi:a mi:k mrow(mi:l mo:− mn:1))"]),
        ("w^l+1_12", ["msubsup(mi:w mn:12 mrow(mi:l mo:+ mn:1))"]),
        ("∑_k", ["munder(mo:∑ mi:k)"]),
        ("∂C/∂w^1_2,0", ["mfrac(mrow(mo:∂ mi:C) mrow(mo:∂ msubsup(mi:w mrow(mn:2 mo:, mn:0) mn:1)))"]),
        ("1.5", ["mn:1.5"]),
        ("= + ⊙", ["mo:=", "mo:+", "mo:⊙"]),
        ("σ(z)", ["mi:σ", "mrow(mo:( mi:z mo:))"]),
        ("(a(b))c", ["mrow(mo:( mi:a mrow(mo:( mi:b mo:)) mo:))", "mi:c"]),
        ("C_x", ["msub(mi:C mi:x)"]),
        ("", []),
    ],
)
def test_a_formula_is_read_as_it_is_written(written, pieces):
    assert read(written) == pieces


def test_a_sum_belongs_to_all_that_follows_in_its_order():
    written = "δ^2_0 = (∑_i w^3_i,0 δ^3_i) σ′(z^2_0)"
    assert [piece.partition("(")[0].partition(":")[0] for piece in read(written)] == [
        "msubsup", "mo", "mrow", "mrow", "mrow",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "lacks"),
    [
        ("(a", "a closing bracket for each opening"),
        ("a)", "an opening bracket for each closing"),
        ("(a))(", "an opening"),
    ],
)
def test_a_bracket_without_its_partner_is_refused(written, lacks):
    with pytest.raises(ValueError, match=lacks) as refused:
        list(notation(written))
    assert repr(written) in str(refused.value)


def test_markup_between_the_pieces_stays_as_it_is():
    value = number(-0.25, result=True)
    assert [*notation("C =", value)][-1] is value
    assert equation("C =", value).startswith('<math display="block"><mrow><mi>C</mi><mo>=</mo><mn class="bl-result')
    assert "&lt;" in equation("a < b")


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [("", "", "mi:w"), (1, "", "msup(mi:w mn:1)"), ("", 0, "msub(mi:w mn:0)"), ("l", "j", "msubsup(mi:w mi:j mi:l)")],
)
def test_a_symbol_has_its_layer_above_and_its_neuron_below(upper, lower, expected):
    assert shape(ElementTree.fromstring(symbol("w", upper, lower))) == expected


def test_numbers_have_signs_and_results_the_color_of_theirs():
    assert number(0.5) == "<mn>+0.50</mn>"
    assert number(-0.5, 3) == "<mn>−0.500</mn>"
    assert number(-0.5, result=True) == '<mn class="bl-result bl-negative">−0.50</mn>'
    assert number(0.0, result=True) == '<mn class="bl-result bl-positive">+0.00</mn>'


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (times(2, -3, 0, 1), "mrow(mrow(mo:( mn:+2 mo:)) mrow(mo:( mn:−3.0 mo:)))"),
        (fraction("a", "b"), "mfrac(mrow(mi:a) mrow(mi:b))"),
        (squared("a − y"), "msup(mrow(mo:( mi:a mo:− mi:y mo:)) mn:2)"),
        (joined([symbol("a"), symbol("b"), symbol("c")], "·"), "mrow(mi:a mo:· mi:b mo:· mi:c)"),
        (joined([symbol("a")], "+"), "mrow(mi:a)"),
        (matrix(np.array([[1, 0], [-2, 0.5]]), 1),
         "mrow(mo:( mtable(mtr(mtd(mn:+1.0) mtd(mn:0)) mtr(mtd(mn:−2.0) mtd(mn:+0.5))) mo:))"),
        (term("a", note="why"), "munder(munder(mrow(mi:a) mo:⏟) mtext:why)"),
        (row("a b"), "mrow(mi:a mi:b)"),
        (bracket("a"), "mrow(mo:( mi:a mo:))"),
    ],
)  # fmt: skip
def test_what_formulas_are_put_together_from(formula, expected):
    assert shape(ElementTree.fromstring(formula)) == expected


@pytest.mark.parametrize("on", [True, False])
def test_a_term_is_lit_while_it_is_spoken_of(on):
    assert (ElementTree.fromstring(term("a", on=on)).get("class") == "bl-on") is on

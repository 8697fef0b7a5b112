"""Sentences with formulas and code: set for the eye, plain for the ear, and never read out of what somebody typed."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab.drawing.markup import Markup
from backprop_lab.drawing.prose import spoken, typeset, verbatim


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Which nudge of $z$?", "Which nudge of z?"),
        ("$δ^1_0$ is small", "δ¹₀ is small"),
        ("$∂C/∂w^2_0,1$", "∂C/∂w²₀,₁"),
        ("$w^l+1_i,j$", "wˡ⁺¹ᵢ,ⱼ"),
        ("$x_n$ stays", "x_n stays"),
        ("here (“$z$”), there", "here (“z”), there"),
        ("`w[2][:, 1]` is a column", "w[2][:, 1] is a column"),
        ("no formula at all", "no formula at all"),
        (Markup("<b>z</b> as it is"), "z as it is"),
    ],
)
def test_a_sentence_is_said_without_its_marks(written, said):
    assert spoken(written) == said


def test_a_formula_is_set_and_code_is_code_and_a_rate_stays_on_its_line():
    tree = ElementTree.fromstring(f"<p>{typeset('The rate $∂C/∂w^2_0,1$ of `w[2][0, 1]` & more')}</p>")
    assert [each.tag for each in tree] == ["span", "code"]
    assert tree[0][0].tag == "math"
    assert tree[1].text == "w[2][0, 1]"
    assert not list(tree.iter("mfrac"))
    assert (tree[1].tail, tree.text) == (" & more", "The rate ")


def test_a_sign_never_stands_alone_at_the_beginning_of_a_line_nor_a_bracket_at_the_end_of_one():
    tree = ElementTree.fromstring(f"<p>{typeset('Of ($z^1_0$), and $δ$-like: which $a$?')}</p>")
    assert ["".join(each.itertext()) for each in tree] == ["(z01),", "δ-", "a?"]


def test_no_line_ends_inside_the_name_of_a_layer():
    assert (
        typeset("between layer l − 1, l + 1 and L")
        == "between layer l\N{NO-BREAK SPACE}−\N{NO-BREAK SPACE}1, l\N{NO-BREAK SPACE}+\N{NO-BREAK SPACE}1 and L"
    )


def test_no_line_ends_inside_the_name_of_a_weight():
    assert typeset("It is w[1][2, 0], (2, 0)") == "It is w[1][2,\N{NO-BREAK SPACE}0], (2, 0)"


def test_markup_stays_as_it_is():
    assert typeset(Markup("<b>$z$</b>")) == "<b>$z$</b>"


@given(st.text(alphabet="$`\\ab1 <&"))
def test_what_somebody_typed_is_shown_to_the_letter(text):
    tree = ElementTree.fromstring(f"<p>{typeset(verbatim(text))}</p>")
    assert (len(tree), "".join(tree.itertext())) == (0, text)
    assert spoken(verbatim(text)) == text

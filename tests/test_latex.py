"""A formula that was written in LaTeX is MathML, and has words for those who do not see it."""

import re
from pathlib import Path
from unicodedata import normalize
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

import backprop_lab
from backprop_lab import cases, derivations
from backprop_lab.derivations import Proof
from backprop_lab.drawing.latex import from_latex, in_words
from backprop_lab.rosetta.conventions import CONVENTIONS

FONT = Path(backprop_lab.__file__).parent / "live" / "math.woff2"
SLANTED = {chr(code) for first, last in ((0x1D434, 0x1D467), (0x1D6E2, 0x1D71B)) for code in range(first, last + 1)}
PROOFS = [getattr(derivations, name) for name in derivations.__all__]
PROOFS = [of for of in PROOFS if isinstance(of, Proof)] + [derivations.unrolled(cases.deep)]


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: proof.name)
def test_every_formula_of_a_proof_is_mathml_that_html_takes_and_has_words(proof):
    for latex in (part for line in proof.lines for part in (line.left, line.latex) if part):
        formula = ElementTree.fromstring(from_latex(latex))
        assert formula.tag == "math", "a namespace is noise inside HTML"
        assert formula.get("alttext") == in_words(latex)
        assert not set(in_words(latex)) & set("\\{}^_|=")


@pytest.mark.parametrize("key", CONVENTIONS)
def test_nothing_of_latex_is_read_aloud_in_other_peoples_notation(key):
    for latex in CONVENTIONS[key].equations:
        assert not set(in_words(latex)) & set("\\{}^_|=[]")


def test_a_letter_that_mathml_slants_is_slanted_in_the_font_we_bring():
    ours = {normalize("NFKC", chr(code)) for code in TTFont(FONT).getBestCmap() or () if chr(code) in SLANTED}
    formulas = [latex for each in CONVENTIONS.values() for latex in each.equations]
    formulas += [part for proof in PROOFS for line in proof.lines for part in (line.left, line.latex) if part]
    letters = {each for latex in formulas for each in re.findall("<mi>(.)</mi>", from_latex(latex))}
    assert {each for each in letters if each.isalpha()} - {"h"} <= ours  # h has been slanted elsewhere in Unicode


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"\frac{\partial C}{\partial z^l_j}", "(the rate of C by z j of layer l)"),
        (r"\sum_i w^{l+1}_{ij}\,\delta^{l+1}_i", "the sum over i of w i j of layer l plus 1 delta i of layer l plus 1"),
        (r"(w^2)^T\,\Sigma'(z^2)", "(w of layer 2) transposed the diagonal matrix sigma prime(z of layer 2)"),
        (r"\frac{1}{2}\cdot 2\,(y_j-a^L_j)", "(1 over 2) times 2 (y j minus a j of layer L)"),
        (r"\frac{e^{-z}}{(1+e^{-z})^2}", "(e to the power minus z over (1 plus e to the power minus z) squared)"),
        (
            r"\Delta C\approx-\eta\,\|\nabla C\|^2",
            "delta C is about minus eta the square of the length of nabla C",
        ),
        (r"g\leftarrow\nabla_{\hat y}J", "g becomes nabla y hat J"),
        (r"\sum_{s=1}^{m}a_i^{(s)}", "the sum from s equals 1 to m of a i with s above"),
        (r"\sum_{k=0}^{n_L-1}a_k", "the sum from k equals 0 to n L minus 1 of a k"),
    ],
)
def test_a_formula_in_words(latex, words):
    assert in_words(latex) == words


@pytest.mark.parametrize(("sign", "words"), [("=", "equals"), ("≠", "does not equal"), ("≈", "is about")])
def test_a_sign_before_a_formula_is_read_with_it(sign, words):
    formula = ElementTree.fromstring(from_latex("a^L_j", sign))
    assert formula[0].text == sign
    assert formula.get("alttext") == f"{words} a j of layer L"


def test_letters_that_are_indices_are_letters_and_a_prime_stands_beside_its_letter():
    formula = ElementTree.fromstring(from_latex(r"\sigma'(w^{l+1}_{ij})"))
    assert [letter.text for letter in formula.iter("mi")] == ["σ", "w", "i", "j", "l"]
    assert not [*formula.iter("msup")]
    assert next(sign.text for sign in formula.iter("mo")) == "′"


@pytest.mark.parametrize("latex", [r"w^{l+1}_{ij}", r"W_{l+1}^T", r"\delta^{(l+1)}", r"H_{l+1}", r"a^{L+1}_k"])
def test_a_layer_and_what_is_added_to_it_are_one_thing(latex):
    (plus,) = (sign for sign in ElementTree.fromstring(from_latex(latex)).iter("mo") if sign.text == "+")
    assert (plus.get("lspace"), plus.get("rspace")) == ("0", "0")


def test_a_greek_capital_is_upright_as_latex_sets_it():
    letters = [*ElementTree.fromstring(from_latex(r"\Sigma'(z)\,\Delta w")).iter("mi")]
    assert [(each.text, each.get("mathvariant")) for each in letters] == [
        ("Σ", "normal"),
        ("z", None),
        ("Δ", "normal"),
        ("w", None),
    ]

"""The nested formula, read as a formula, gives the network's output, however its brackets are folded."""

import math
import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_lab import Case, Parameters, cases, widgets
from backprop_lab.views import nest as view

DEEP = view.Nest(cases.deep)
STORED = r"a\d+ = ([+-]\d\.\d\d)"


@st.composite
def nests(draw):
    """Random networks with numbers of two decimals, random brackets open, something or nothing selected."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
    rng = np.random.default_rng(draw(st.integers(0, 1000)))
    w, b = (
        {layer: rng.normal(0, 2, (n, n_in)).round(2) for layer, (n, n_in) in enumerate(shapes, start=1)}
        for shapes in ([*zip(sizes[1:], sizes, strict=False)], [(n, 1) for n in sizes[1:]])
    )
    case = Case(Parameters(w, b), x=rng.normal(0, 1, sizes[0]).round(2), y=np.zeros(sizes[-1]))
    opened = draw(st.frozensets(st.sampled_from(view.ways(tuple(sizes)))))
    return view.Nest(case, opened, draw(st.sampled_from(["", "a0.0", "a1.0", "w1.0.0", "b1.0"])))


def root(state):
    return ElementTree.fromstring(view.nest(state).markup)


def rows(state):
    return ["".join(node.itertext()) for node in root(state).iter("div") if node.get("class") == "bl-fold-row"]


def worth(state):
    """What the shown formula is worth when it is worked out as it is written."""
    text = " ".join(rows(state)).replace("\N{MINUS SIGN}", "-").replace("·", "*").replace(")(", ")*(")
    text = re.sub(r"▸ " + STORED, r"(\1)", text)
    text = re.sub(r" = " + STORED, "", text).replace("▾ σ", "sigma")
    return eval(text, {"sigma": lambda z: 1 / (1 + math.exp(-z))})


@given(nests())
@settings(max_examples=30)
def test_written_out_the_formula_gives_the_output_of_the_forward_pass(state):
    output = state.case.forward_pass.prediction[0, 0]
    assert worth(view.unfold(state)) == pytest.approx(output)


@given(nests())
@settings(max_examples=30)
def test_a_folded_bracket_is_worth_the_stored_activation(state):
    rounding = 0.005 + 0.005 / 4 * np.abs(state.case.parameters.w[state.last][0]).sum()
    for layer in [*state.case.parameters.layers][:-1]:
        rounding *= max(1.0, float(np.abs(state.case.parameters.w[layer + 1]).sum(axis=1).max()))
    assert worth(state) == pytest.approx(state.case.forward_pass.prediction[0, 0], abs=rounding)
    stored = re.findall("▸ " + STORED, "\n".join(rows(state)).replace("\N{MINUS SIGN}", "-"))
    activations = np.concatenate([a[:, 0] for a in state.case.forward_pass.a.values()])
    assert all(np.abs(activations - float(value)).min() < 0.00501 for value in stored)


@given(nests(), st.data())
@settings(max_examples=30)
def test_the_same_bracket_clicked_twice_is_as_it_was(state, data):
    key = data.draw(st.sampled_from(re.findall('data-select="(f[^"]*)"', view.nest(state).markup)))
    once = view.choose(state, key)
    assert once.opened != state.opened
    assert view.choose(once, key).opened == state.opened


def test_every_hidden_neuron_behind_two_others_is_worked_out_twice_when_nothing_is_stored():
    text = view.nest(view.choose(view.unfold(DEEP), "a1.2")).text
    assert "All 9 brackets are written out: 9 times σ, where 6 stored a would do." in text
    assert "neuron 2 of layer 1, activation +0.31; seen 2 times in the formula now." in text


@pytest.mark.parametrize(("key", "count", "line"), [("a1.2", 2, 1), ("w2.0.1", 1, 2), ("b3.0", 1, 3)])
def test_a_selection_is_lit_in_network_formula_and_code(key, count, line):
    page = root(view.choose(view.unfold(DEEP), key))
    lit = [node for node in page.iter() if "bl-on" in node.get("class", "").split()]
    assert [node.attrib["data-select"] for node in lit if node.tag == "g"] == [key]
    assert len([node for node in lit if node.tag in ("b", "span")]) == count
    assert len([node for node in lit if node.tag == "mrow"]) == 1
    assert [mark.text for mark in page.iter("mark")] == [f"a[{line}] = sigmoid(w[{line}] @ a[{line - 1}] + b[{line}])"]


def test_brackets_fold_by_a_click_and_the_output_follows_a_slider():
    shown = widgets.nest()
    shown.stage.selected = "f0.1"
    assert shown.state.opened == {(0,), (0, 1)}
    assert shown.stage.selected == "a2.1"  # so the same bracket can be clicked again
    shown.stage.selected = "f0.1"
    assert shown.state.opened == {(0,)}
    shown.buttons["unfold everything"].click()
    assert len(shown.state.opened) == 9
    shown.controls[0].widget.value = -2
    expected = replace(cases.deep, x=np.array([-2.0, -1.5])).forward_pass.prediction.item()
    assert f"The output a[3][0] is +{expected:.2f}." in shown.stage.text
    shown.buttons["fold everything"].click()
    assert "1 of 9 brackets is written out; 2 are folded" in shown.stage.text

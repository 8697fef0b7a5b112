"""A proof on the screen: every line with its number, its reason and its verdict, and a shell that changes the place."""

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab import cases, derivations, softmax
from backprop_lab.derivations import Sum, layers
from backprop_lab.drawing.latex import from_latex, in_words
from backprop_lab.parameters import Parameters
from backprop_lab.views import proof_state as states
from backprop_lab.views.proof import proof, spoken_of
from backprop_lab.views.worked import in_digits, numbers, written
from backprop_lab.widgets.proof import proof as proof_widget

PROOFS = [getattr(derivations, name) for name in derivations.__all__ if name[0].islower()]
PROOFS = [of for of in PROOFS if of is derivations.unrolled or isinstance(of, derivations.Proof)]
ON_WIDE = [states.begin(of, cases.wide) for of in PROOFS]
NAMES = [state.proof.name for state in ON_WIDE]


def steps(picture):
    """The lines as they are shown, each as one text."""
    return ["".join(line.itertext()) for line in ET.fromstring(picture.markup).iter("li")]


def lit(picture):
    """The keys of what is lit in the diagram."""
    nodes = ET.fromstring(picture.markup).find("svg")
    assert nodes is not None
    return {node.get("data-key") for node in nodes.iter("g") if "bl-on" in (node.get("class") or "").split()}


def at_middle_of_wide(**state):
    return states.at(replace(states.begin(derivations.bp2, cases.wide), **state), neuron=1)


@pytest.mark.parametrize("state", ON_WIDE, ids=NAMES)
def test_every_formula_is_mathml_that_html_takes_and_has_words(state):
    for line in (each for each in state.proof.lines if each.latex):
        formula = ET.fromstring(from_latex(line.latex))
        assert formula.tag == "math", "a namespace is noise inside HTML"
        assert formula.get("alttext") == in_words(line.latex)
        assert not set(in_words(line.latex)) & set("\\{}^_")


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"\frac{\partial C}{\partial z^l_j}", "(the rate of C by z j of layer l)"),
        (r"\sum_i w^{l+1}_{ij}\,\delta^{l+1}_i", "the sum over i of w i j of layer l plus 1 delta i of layer l plus 1"),
        (r"(w^2)^T\,\Sigma'(z^2)", "(w of layer 2) transposed the diagonal matrix sigma prime(z of layer 2)"),
        (r"\frac{1}{2}\cdot 2\,(y_j-a^L_j)", "(1 over 2) times 2 (y j minus a j of layer L)"),
        (r"\frac{e^{-z}}{(1+e^{-z})^2}", "(e to the power minus z over (1 plus e to the power minus z) squared)"),
    ],
)
def test_a_formula_in_words(latex, words):
    assert in_words(latex) == words


def test_the_same_number_stands_in_every_line():
    picture = proof(at_middle_of_wide())
    assert len(steps(picture)) == 7
    assert all("−0.002120" in step for step in steps(picture))
    assert "All 7 lines shown: each gives −0.002120" in picture.text


def test_a_line_is_worked_out_in_numbers():
    shown = steps(proof(at_middle_of_wide()))
    assert "(−0.147435)·(−1.10)·0.196612+0.144136·(−1.20)·0.196612=0.031886−0.034007" in shown[4]
    assert "0.196612·((−1.10)·(−0.147435)+(−1.20)·0.144136)=0.196612·(−0.010784)" in shown[5]


@given(st.recursive(st.floats(-5, 5), lambda inner: st.lists(st.tuples(inner, inner), min_size=1, max_size=3).map(Sum)))
def test_working_out_ends_and_each_stage_can_be_parsed(value):
    for stage in numbers(value):
        assert ET.fromstring(stage).tag == "math"


def test_numbers_are_written_with_their_sign_and_never_as_minus_nothing():
    assert written(-1e-9) == "+0.000000"
    assert (
        in_digits(Sum([(-1.5, Sum([(0.25,), (-0.3,)])), (2.0, 1 / 3)])) == "(−1.50) · (0.25 + (−0.30)) + 2 · 0.333333"
    )


def test_the_selected_line_lights_up_what_it_speaks_of():
    state = at_middle_of_wide(selected="line.5")
    assert lit(proof(state)) == set(spoken_of(state)) == {"a1.1", "w2.0.1", "w2.1.1", "a2.0", "a2.1"}
    assert "every term with p ≠ j is constant" in proof(state).text
    assert lit(proof(replace(state, selected=""))) == set()


def test_lines_come_one_by_one():
    state = states.show(at_middle_of_wide(), 1)
    assert len(steps(proof(state))) == 1
    two = states.next_line(state)
    assert (len(steps(proof(two))), two.selected) == (2, "line.2")
    assert "2 of 7 lines shown" in proof(two).text
    assert states.back(states.back(two)) == state
    assert states.next_line(states.all_lines(two)).visible == 7


def test_a_softmax_output_shows_which_line_breaks_and_why():
    state = states.begin(derivations.bp1, replace(cases.wide, output=softmax))
    shown = steps(proof(state))
    assert ["≠" in step for step in shown] == [False, False, True, False, False]
    assert "not equal to the line above, −0.208979. It assumes that σ is element-wise" in shown[2]
    assert "here the output is softmax" in shown[2]
    assert "line 3 is not equal" in proof(state).text
    assert all("no longer to what the nudge finds" in step for step in shown[3:])


def test_an_approximation_says_what_it_misses():
    state = states.at(states.begin(derivations.error_signal, cases.running), layer=2, change=2.0)
    assert "measured −0.212756: the line misses +0.082114" in steps(proof(state))[1]
    assert "promises −0.294870, measured is −0.212756" in proof(state).text
    for change, miss in ((0.1, "−0.0000425"), (0.01, "−0.0000005")):
        assert f"misses {miss}" in steps(proof(states.at(state, change=change)))[1]  # it is seen to shrink


@pytest.mark.parametrize("case", [cases.running, cases.wide, cases.deep, cases.batch])
@pytest.mark.parametrize("of", PROOFS, ids=NAMES)
def test_every_proof_can_be_shown_at_every_place(of, case):
    state = states.begin(of, case)
    for layer in layers(state.proof, case):
        for neuron in range(case.parameters.sizes[layer]):
            picture = proof(states.at(state, layer=layer, neuron=neuron, source=1, example=case.x.shape[1] - 1))
            assert "not equal" not in picture.text
            assert len(steps(picture)) == len(state.proof.lines)


def test_a_case_without_such_a_layer_is_refused():
    w, b = cases.running.parameters.w, cases.running.parameters.b
    one_layer = replace(cases.running, parameters=Parameters({1: w[2]}, {1: b[2]}), x=[0.1, 0.2, 0.3])
    with pytest.raises(ValueError, match=r"case must have a layer that bp2 is about, got sizes \(3, 1\)"):
        states.begin(derivations.bp2, one_layer)


def control(widget, name) -> Any:
    return next(each.widget for each in widget.controls if each.widget.description == name)


def test_the_dropdowns_offer_only_what_exists():
    widget = proof_widget(derivations.bp4, case=cases.deep, layer=2, source=2)
    assert [control(widget, name).options for name in ("layer", "neuron", "source")] == [(1, 2, 3), (0, 1), (0, 1, 2)]
    control(widget, "layer").value = 3
    assert control(widget, "neuron").options == (0,)
    control(widget, "network").value = "running"
    assert [control(widget, name).value for name in ("layer", "neuron", "source")] == [2, 0, 1]
    assert widget.failure is None


def test_one_slider_moves_the_number_in_every_line():
    widget = proof_widget(derivations.bp2, case=cases.wide, neuron=1)
    control(widget, "weight j → 0").value = 0.5
    assert widget.state.place.w_next[0, 1] == 0.5
    value = written(widget.state.place.delta[1])
    assert value != "−0.002120"
    assert widget.stage.picture.count(f">{value}<") == 7
    assert cases.wide.parameters.w[2][0, 1] == -1.1


def test_the_learner_breaks_an_assumption_and_mends_it():
    widget = proof_widget(derivations.bp1, case=cases.wide)
    control(widget, "output").value = "softmax, quadratic cost"
    assert "line 3 is not equal" in widget.stage.text
    control(widget, "output").value = "sigmoid, cross-entropy"
    assert "line 5 is not equal" in widget.stage.text
    control(widget, "output").value = "sigmoid, quadratic cost"
    assert "each gives −0.147435" in widget.stage.text


def test_buttons_and_clicks_choose_lines():
    widget = proof_widget(derivations.bp2, case=cases.wide, shown=1)
    widget.buttons["next line"].click()
    assert widget.stage.selected == "line.2"
    widget.stage.selected = "line.1"
    assert widget.state.line == 1
    widget.buttons["all lines"].click()
    assert "All 7 lines shown" in widget.stage.text


def test_a_network_of_the_learner_is_offered_beside_ours():
    own = replace(cases.running, x=[0.3, 0.4])
    widget = proof_widget(derivations.bp3, case=own)
    assert control(widget, "network").value == "this one"
    control(widget, "network").value = "deep"
    control(widget, "network").value = "this one"
    assert widget.state.place.case is own

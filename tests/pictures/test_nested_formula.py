"""The nested formula, read as a formula, gives the network's output, however its brackets are folded."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_lab import Case, Parameters, cases, initialize, softmax, tanh
from backprop_lab.drawing.markup import counted
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures.nested_formula import begin, update, view

from .hands import parsed

STORED = r"a(\d+) = ([+-]\d(?:\.\d\d|e-\d+))"
SMALL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", "⁻")


@st.composite
def states(draw):
    """Random networks with numbers of two decimals, random brackets open, something or nothing selected."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=4).filter(lambda sizes: sizes != [3, 3, 3, 3]))
    rng = np.random.default_rng(draw(st.integers(0, 1000)))
    w, b = (
        {layer: rng.normal(0, 2, (n, n_in)).round(2) for layer, (n, n_in) in enumerate(shapes, start=1)}
        for shapes in ([*zip(sizes[1:], sizes, strict=False)], [(n, 1) for n in sizes[1:]])
    )
    state = begin(Case(Parameters(w, b), x=rng.normal(0, 1, sizes[0]).round(2), y=np.zeros(sizes[-1])))
    for key in draw(st.lists(st.sampled_from([*state.ways]))):
        state = update(state, Select(key))
    return update(state, Select(draw(st.sampled_from(["", "a0.0", "a1.0", "w1.0.0", "b1.0"]))))


def unfolded(state):
    return update(state, Press("unfold"))


def lines(state):
    """The lines of the formula, with minus signs and powers of ten as Python writes them."""
    (formula,) = (node for node in parsed(view(state)).iter("div") if node.get("class") == "bl-lines")
    texts = ("".join(node.itertext()).replace("\N{MINUS SIGN}", "-") for node in formula)
    return [re.sub("·10⁻([⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda found: f"e-{found[1].translate(SMALL)}", text) for text in texts]


def worth(state):
    """What the shown formula is worth when it is worked out as it is written."""
    text = " ".join(lines(state)).replace("·", "*").replace(")(", ")*(")
    text = re.sub(r"▸ " + STORED, r"(\2)", text)
    text = re.sub(r" = " + STORED, "", text).replace("▾ σ", "sigma")
    return eval(text, {"sigma": lambda z: 1 / (1 + math.exp(-z))})


@given(states())
@settings(max_examples=30)
def test_written_out_the_formula_gives_the_output_of_the_forward_pass(state):
    assert len(lines(unfolded(state))) == state.lines
    assert worth(unfolded(state)) == pytest.approx(state.case.forward_pass.prediction[0, 0])


@given(states())
@settings(max_examples=30)
def test_a_folded_bracket_is_worth_the_stored_activation(state):
    rounding = 0.005 + 0.005 / 4 * np.abs(state.case.parameters.w[state.last][0]).sum()
    for layer in [*state.case.parameters.layers][:-1]:
        rounding *= max(1.0, float(np.abs(state.case.parameters.w[layer + 1]).sum(axis=1).max()))
    assert worth(state) == pytest.approx(state.case.forward_pass.prediction[0, 0], abs=rounding)
    for text in lines(state):
        for indices, value in re.findall(STORED, text):
            j, layer = map(int, indices)  # of a^l_j the lower index is read first
            assert float(value) == pytest.approx(state.case.forward_pass.a[layer][j, 0], abs=0.00501)


@given(states(), st.data())
@settings(max_examples=30)
def test_the_same_bracket_clicked_twice_is_as_it_was(state, data):
    key = data.draw(st.sampled_from(re.findall('data-select="(f[^"]*)"', view(state).markup)))
    once = update(state, Select(key))
    assert once.opened != state.opened
    assert once.selected == once.neuron(once.ways[key]).key
    assert update(once, Select(key)).opened == state.opened


@given(states())
@settings(max_examples=30)
def test_the_sentence_counts_the_brackets_that_are_shown(state):
    text = "\n".join(lines(state))
    written, folded = text.count("▾"), text.count("▸")
    words = f"{written} of {counted(len(state.ways), 'bracket')}"
    if folded:
        assert f"{words} {'is' if written == 1 else 'are'} written out; {folded} " in view(state).text
    else:
        needed = 1 + sum(state.case.parameters.sizes[1:-1])
        times = f"{written} time{'s' * (written > 1)}"
        assert f"σ is computed {times}; {counted(needed, 'stored activation')} would do." in view(state).text


def test_every_hidden_neuron_before_two_others_is_worked_out_twice_when_nothing_is_stored():
    text = view(update(unfolded(begin()), Select("a1.2"))).text
    assert "σ is computed 9 times; 6 stored activations would do." in text
    assert text.endswith("neuron 2 of layer 1, activation +0.31; seen 2 times in the formula now.")


@pytest.mark.parametrize(
    ("key", "count", "line"), [("a1.2", 2, 1), ("w2.0.1", 1, 2), ("b3.0", 1, 3), ("b1.1", 2, 1), ("a0.1", 6, None)]
)
def test_a_selection_is_lit_in_network_formula_and_code(key, count, line):
    page = parsed(view(update(unfolded(begin()), Select(key))))
    lit = [node for node in page.iter() if "bl-on" in (node.get("class") or "").split()]
    assert [node.attrib["data-select"] for node in lit if node.tag == "g" and node.get("data-select")] == [key]
    assert len([node for node in lit if node.tag in ("b", "span")]) == count
    assert len([node for node in lit if node.tag == "mrow"]) == 1
    marks = [f"a[{line}] = sigmoid(w[{line}] @ a[{line - 1}] + b[{line}])"] if line else []
    assert [mark.text for mark in page.iter("mark")] == marks


def test_an_input_that_is_moved_is_spoken_of_and_the_output_follows():
    state = update(unfolded(begin()), Turn("a0.0", -2.0))
    expected = cases.deep.moved("x", 0, 0, to=-2.0).forward_pass.prediction.item()
    assert f"The output a[3][0] is +{expected:.2f}." in view(state).text
    assert view(state).text.endswith("Selected: input x[0], −2.00; every a may follow it, no weight and no bias does.")
    assert "\n".join(lines(state)).count("(-2.00)") == 6


def test_the_buttons_fold_and_unfold_everything_and_are_off_when_that_is_so():
    state = begin()
    for each, off in ((state, "fold"), (unfolded(state), "unfold")):
        assert re.findall(r'data-key="press (\w+)" aria-disabled', view(each).markup) == [off]
    assert update(unfolded(state), Press("fold")) == state
    assert "1 of 9 brackets is written out; 2 are folded" in view(state).text
    both = update(update(state, Select("f0.0")), Select(""))
    assert "2 of 9 brackets are written out; 4 are folded: each stands" in view(both).text
    small = update(update(begin(cases.running), Select("f0.0")), Select("f0.1"))
    assert "1 is folded and stands for a stored a." in view(small).text


def test_the_code_names_the_activation_of_each_layer():
    case = Case(cases.deep.parameters, cases.deep.x, cases.deep.y, hidden=tanh)
    assert ["a[1] = tanh(" in view(begin(case)).markup, "a[3] = sigmoid(" in view(begin(case)).markup] == [True, True]


@pytest.mark.parametrize(
    ("case", "message"),
    [
        (Case(initialize((2, 5, 5, 3)), np.ones(2), np.ones(3)), r"and 17 lines of formula, got \(2, 3, 37\)"),
        (Case(initialize((5, 2, 1)), np.ones(5), np.ones(1)), r"at most 3 inputs, .* got \(5, 2, 4\)"),
        (Case(initialize((1,) * 7), np.ones(1), np.ones(1)), r"5 layers of neurons .* got \(1, 6, 11\)"),
        (Case(cases.wide.parameters, cases.wide.x, cases.wide.y, output=softmax), "element-wise output .* got softmax"),
    ],
    ids=["lines", "inputs", "layers", "softmax"],
)
def test_what_cannot_be_shown_is_refused(case, message):
    with pytest.raises(ValueError, match=message):
        begin(case)


@pytest.mark.parametrize(
    ("name", "state"), [("first", begin()), ("unfolded", update(unfolded(begin()), Select("a1.2")))]
)
def test_the_picture_is_as_it_was(golden, name, state):
    golden(f"nested_formula-{name}", view(state))

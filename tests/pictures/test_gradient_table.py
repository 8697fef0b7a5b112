"""The multiplication table holds the gradient, whatever is moved; zeros kill columns, saturation kills rows."""

import re
from functools import reduce

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import SMOOTH, networks

from backprop_lab import cases, initialize, numerical_gradient, quadratic, step
from backprop_lab.cases import Case
from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures.gradient_table import begin, update, view
from backprop_lab.pictures.gradient_table.state import (
    ETA,
    SILENT,
    above,
    beside,
    dead_columns,
    dead_rows,
    gradient,
    moves,
)
from backprop_lab.quantities import Quantity, parameters

from .hands import parsed

elementwise = networks(hidden=SMOOTH, ends=tuple((output, quadratic) for output in SMOOTH))


def after(events, state=None):
    return reduce(update, events, state or begin())


@st.composite
def states(draw):
    """Any cell of any network, of one example or the mean, with its heads moved or not."""
    case = draw(st.one_of(st.sampled_from([cases.running, cases.wide, cases.deep, cases.batch]), elementwise))
    m = case.x.shape[1]
    state = begin(case, selected=draw(st.sampled_from([each.key for each in parameters(case)])))
    if m > 1:
        turns = Turn("example", str(draw(st.integers(0, m - 1)))), Turn("mean", draw(st.booleans()))
        state = after(turns, state)
    if draw(st.booleans()):
        state = update(state, Turn(above(state).code, draw(st.floats(-2, 2))))
    return update(state, Turn(beside(state).code, draw(st.floats(-10, 10)))) if draw(st.booleans()) else state


def texts(node, tag):
    return ["".join(each.itertext()) for each in node.iter(tag)]


def cells(state):
    """The number in each cell, by its key; and the heads of the columns and rows, with all that stands in them."""
    table = next(parsed(view(state)).iter("table"))
    shown = {each.get("data-pick"): each.text for each in table.iter("td") if each.get("data-pick")}
    heads = [["".join(line.itertext()) for line in head.iter("div") if len(line) == 0 or line[0].tag == "mark"]
             for head in table.iter("th")]  # fmt: skip
    return shown, heads


@settings(max_examples=40)
@given(states())
def test_every_cell_is_the_gradient_of_its_parameter(state):
    alone = Case(state.case.parameters, state.case.x[:, state.examples], state.case.y[:, state.examples],
                 state.case.hidden, state.case.output, state.case.cost)  # fmt: skip
    nabla_w, nabla_b = numerical_gradient(alone.parameters, alone.x, alone.y, hidden=alone.hidden, output=alone.output)
    layer, (shown, _) = state.layer, cells(state)
    np.testing.assert_allclose(gradient(state), np.hstack([nabla_b[layer], nabla_w[layer]]), atol=1e-7)
    expected = {each.key: signed(each.rate(alone), 5) for each in parameters(alone) if each.layer == layer}
    assert shown == expected


@settings(max_examples=40)
@given(states())
def test_the_margins_are_the_factors_of_every_example_in_the_table(state):
    _, (_bias, *heads) = cells(state)
    columns, rows = heads[: len(state.a)], heads[len(state.a) :]
    assert columns == [[signed(value) for value in values] for values in state.a]
    assert rows == [[signed(value, 4) for value in values] for values in state.delta]
    of = state.examples
    np.testing.assert_array_equal(state.delta, state.case.backward_pass.delta[state.layer][:, of])
    np.testing.assert_array_equal(state.a, state.case.forward_pass.a[state.layer - 1][:, of])


@settings(max_examples=30)
@given(states(), st.floats(-10, 10), st.floats(-2, 2))
def test_a_slider_sets_what_it_says_in_the_example_it_names_and_reset_takes_it_back(state, z, x):
    row, column, e = beside(state), above(state), state.example
    now = update(state, Turn(row.code, z))
    assert row.value(now.case, e) == pytest.approx(z)
    now = update(state, Turn(column.code, x))
    assert column.value(now.case, e) == pytest.approx(x)
    others = [other for other in range(state.m) if other != e]
    if state.layer == 1:
        np.testing.assert_array_equal(now.case.x[:, others], state.case.x[:, others])
        assert (np.delete(now.case.x[:, e], state.k) == np.delete(state.case.x[:, e], state.k)).all()
    if state.m > 1:
        names = [each.get("aria-label") or "" for each in parsed(view(state)).iter("input")]
        assert sum(f"of example {e}, head of the" in name for name in names) == 2
    assert update(now, Press("reset")).case is state.start


def test_a_batch_begins_with_the_mean_and_a_slider_moves_one_example_of_it():
    state = begin(cases.batch, selected="w1.0.1")
    assert "Of its weights the one that moves the cost least is w[1][0, 1], −0.00444." in view(state).text
    moved = after([Turn("example", "2"), Turn("x[1]", -2.0)], state)
    assert moved.case.x[1].tolist() == [-1.5, 1.0, -2.0, -0.5]
    assert "the mean over 4 examples; the network shows example 2." in view(moved).text
    alone = after([Turn("mean", False), Turn("example", "0")], state)
    np.testing.assert_allclose(gradient(alone), gradient(begin(cases.running)))
    assert "example 0 alone" in view(alone).text


@settings(max_examples=30)
@given(states())
def test_a_zero_above_kills_its_column_and_saturation_kills_its_row(state):
    assume(state.m == 1 or not state.mean)
    assume(state.case.hidden.name == state.case.output.name == "sigmoid")
    silent = update(state, Turn(above(state).code, 0.0 if state.layer == 1 else -10.0))
    stiff = update(state, Turn(beside(state).code, 10.0))
    assert state.k in dead_columns(silent)
    assert np.abs(gradient(silent)[:, state.k + 1]).max() < SILENT
    assert state.j in dead_rows(stiff)
    said = view(stiff).text.partition("Row")[2].partition(" dead: ")[0]
    assert str(state.j) in re.findall(r"\d", said)


@settings(max_examples=40)
@given(states())
def test_dead_is_what_is_next_to_nothing_in_every_example(state):
    rows = [j for j in range(len(state.delta)) if all(abs(value) < SILENT for value in state.delta[j])]
    columns = [k for k in range(len(state.a)) if all(abs(value) < SILENT for value in state.a[k])]
    assert (dead_rows(state), dead_columns(state)) == (rows, columns)
    words = view(state).text
    assert ("dead" in words) == bool(rows or columns)
    rates = np.abs(state.case.backward_pass.nabla_w[state.layer])
    if not (rows or columns) and (state.mean or state.m == 1):
        j, k = (int(at) for at in np.unravel_index(rates.argmin(), rates.shape))
        assert f"Of its weights the one that moves the cost least is w[{state.layer}][{j}, {k}]," in words


def test_the_dead_are_counted_in_words():
    state = after([Turn("x[1]", 0.0)])
    assert "Column 1 is dead: its activation is next to nothing." in view(state).text
    assert "Row" not in view(state).text
    both = after([Select("b2.0"), Turn("z[2][0]", 10.0), Select("w1.2.1")], state)
    assert dead_rows(both) == [0, 1, 2]
    assert "Rows 0, 1 and 2 are dead: each δ is next to nothing. Column 1 is dead" in view(both).text


def test_choosing_in_the_network_leads_to_the_cell():
    state = begin(cases.deep)
    for key, expected in [("a1.1", "w1.1.1"), ("a0.0", "w1.1.0"), ("w2.1.2", "w2.1.2"), ("a1.0", "w2.1.0"),
                          ("b3.0", "b3.0"), ("a2.1", "w3.0.1"), ("", "w3.0.1"), ("a1.2", "w1.2.1")]:  # fmt: skip
        state = update(state, Select(key))
        assert state.chosen.key == expected
        chosen = f"Selected: {Quantity.read(expected).code}."
        assert chosen in view(state).text


def test_the_menu_leads_to_every_layer_and_the_sliders_to_what_stands_at_the_heads():
    state = begin(cases.deep)
    for layer, heads in ((2, ["z[1][1]", "z[2][1]"]), (1, ["x[1]", "z[1][1]"]), (3, ["z[2][1]", "z[3][0]"])):
        state = update(state, Turn("layer", str(layer)))
        assert state.layer == layer
        assert [each.get("data-turn") for each in parsed(view(state)).iter("input")] == heads


def test_another_network_keeps_the_cell_as_far_as_it_has_it():
    state = after([Select("w3.0.1"), Turn("network", "running")], begin(cases.deep))
    assert (state.chosen.key, state.case, state.start) == ("w2.0.1", cases.running, cases.running)
    batch = after([Turn("network", "batch"), Turn("example", "3"), Turn("network", "wide")], state)
    assert (batch.case, batch.example, batch.mean) == (cases.wide, 0, False)


def test_a_step_moves_every_weight_against_its_cell():
    state = update(begin(cases.batch), Press("step"))
    expected = step(cases.batch.parameters, cases.batch.backward_pass, 1.0)
    for layer in (1, 2):
        np.testing.assert_array_equal(state.case.parameters.w[layer], expected.w[layer])
        np.testing.assert_array_equal(state.case.parameters.b[layer], expected.b[layer])


@pytest.mark.parametrize("selected", ["w1.2.0", "b1.1"])
def test_the_mean_is_written_as_the_products_it_is_made_of(selected):
    state = begin(cases.batch, selected=selected)
    delta, a = state.delta[state.j], np.ones(4) if state.bias else state.a[state.k]
    products = " + ".join(f"({signed(d, 4)})\N{WORD JOINER}({signed(x)})" for d, x in zip(delta, a, strict=True))
    value = signed(float(np.mean(delta * a)), 5)
    assert f"[{products}] / 4 = {value}" in view(state).markup.replace("\N{NO-BREAK SPACE}", " ")


def test_of_many_examples_the_margins_show_some():
    many = Case(cases.running.parameters, np.linspace(-1, 1, 14).reshape(2, 7), np.full((1, 7), 0.5))
    _, heads = cells(begin(many))
    assert [len(head) for head in heads] == [2, *[4] * 5]
    assert all(head[-1] == "…" for head in heads[1:])


def test_what_has_no_room_is_refused():
    wide = Case(initialize((2, 6, 1)), np.ones(2), np.ones(1))
    with pytest.raises(ValueError, match=r"case must have at most 5 neurons in a layer, got sizes \(2, 6, 1\)"):
        begin(wide)
    with pytest.raises(ValueError, match=r"selected must be the key of a weight or bias of the network, got 'w3.0.0'"):
        begin(selected="w3.0.0")


@pytest.mark.parametrize(
    ("name", "case", "events"),
    [
        ("first", cases.running, []),
        ("dead", cases.running, [Select("w2.0.2"), Turn("z[1][2]", -10.0), Turn("z[2][0]", 10.0)]),
        ("mean", cases.batch, [Turn("example", "2"), Select("w1.0.1")]),
        ("bias", cases.batch, [Turn("mean", False), Select("b2.0")]),
    ],
)
def test_the_picture_is_as_it_was(golden, name, case, events):
    golden(f"gradient_table-{name}", view(after(events, begin(case))))


def test_a_step_says_in_each_cell_from_where_to_where_and_moves_most_where_the_cell_is_largest():
    state = begin()
    first = "".join(parsed(view(state)).itertext())
    assert "w +0.60" in first
    moved = update(state, Press("step"))
    made = moves(moved)
    assert made is not None
    np.testing.assert_allclose(made, -ETA * gradient(state))
    w, now = state.case.parameters.w[1][2, 1], moved.case.parameters.w[1][2, 1]
    assert f"{signed(w, 3)} → {signed(now, 3)}" in "".join(parsed(view(moved)).itertext())
    assert f"Of its weights the step moved w[1][2, 1] most, by {signed(now - w, 5)}." in view(moved).text
    assert moves(update(moved, Turn("layer", 2.0))) is not None
    for event in (Turn("x[1]", 1.0), Press("reset"), Turn("network", "wide")):
        assert moves(update(moved, event)) is None

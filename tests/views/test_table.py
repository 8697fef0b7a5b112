"""The multiplication table holds the gradient, whatever is moved; zeros kill columns, saturation kills rows."""

import re
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_lab import cases, numerical_gradient, widgets
from backprop_lab.drawing.markup import signed
from backprop_lab.views.table import table
from backprop_lab.views.table_state import (
    activation,
    begin,
    choose,
    dead_columns,
    dead_rows,
    gradient,
    on,
    reset,
    show,
    with_activation,
    with_z,
    z,
)

NETWORKS = {"running": cases.running, "wide": cases.wide, "deep": cases.deep, "batch": cases.batch}


@st.composite
def states(draw):
    """Any cell of any network, with its activation and its weighted input moved or not."""
    case = NETWORKS[draw(st.sampled_from(sorted(NETWORKS)))]
    layer = draw(st.sampled_from(list(case.parameters.layers)))
    j = draw(st.integers(0, case.parameters.sizes[layer] - 1))
    k = draw(st.integers(0, case.parameters.sizes[layer - 1] - 1))
    state = begin(case, draw(st.sampled_from([f"w{layer}.{j}.{k}", f"b{layer}.{j}"])))
    if draw(st.booleans()):
        state = with_activation(state, draw(st.floats(-2, 2) if layer == 1 else st.floats(0, 1)))
    return with_z(state, draw(st.floats(-10, 10))) if draw(st.booleans()) else state


def cells(picture):
    """The number in each cell, by its key."""
    groups = [each for each in ElementTree.fromstring(picture.markup).iter("g") if each.get("data-pick")]
    return {
        each.get("data-pick"): each.findtext("text") for each in groups if each.get("data-key", "").startswith("cell.")
    }


@settings(max_examples=30)
@given(states())
def test_every_cell_is_the_gradient_of_its_parameter(state):
    found, layer = state.case.backward_pass, state.layer
    shown = cells(table(state))
    for j, row in enumerate(found.nabla_w[layer]):
        assert shown[f"b{layer}.{j}"] == signed(found.nabla_b[layer][j, 0], 5)
        assert [shown[f"w{layer}.{j}.{k}"] for k in range(len(row))] == [signed(value, 5) for value in row]


@settings(max_examples=30)
@given(states())
def test_the_table_is_what_differences_find_without_backpropagation(state):
    nabla_w, nabla_b = numerical_gradient(state.case.parameters, state.case.x, state.case.y)
    expected = np.hstack([nabla_b[state.layer], nabla_w[state.layer]])
    np.testing.assert_allclose(gradient(state), expected, atol=1e-9)


@settings(max_examples=30)
@given(states())
def test_a_zero_above_kills_its_column_and_saturation_kills_its_row(state):
    silent, stiff = with_activation(state, 0.0), with_z(state, 10.0)
    assert state.k in dead_columns(silent)
    assert np.abs(gradient(silent)[:, state.k + 1]).max() < 0.0006
    if state.case.x.shape[1] == 1:
        assert state.j in dead_rows(stiff)
        assert re.search(f"Row {state.j} is dead", table(stiff).text)


@settings(max_examples=30)
@given(states(), st.floats(-10, 10))
def test_a_slider_sets_what_it_says(state, value):
    assert z(with_z(state, value)) == pytest.approx(value)
    assert activation(with_activation(state, 0.5)) == pytest.approx(0.5)
    assert reset(with_z(state, value)).case == state.start


def test_the_batch_shows_the_mean_and_each_example_alone():
    live = widgets.table(cases.batch, selected="w1.0.1")
    assert "The weight that moves the cost least is w[1][0, 1], −0.00444" in live.stage.text
    live.controls[2].widget.value = "0"
    np.testing.assert_allclose(gradient(live.state), gradient(begin(cases.running)))
    assert "example 0 alone" in live.stage.text
    assert show(live.state, "mean").mean


def test_choosing_in_the_diagram_leads_to_the_cell():
    live = widgets.table(cases.deep, selected="w1.2.1")
    for key, expected in [
        ("a1.1", "w1.1.1"),
        ("a0.0", "w1.1.0"),
        ("w2.1.2", "w2.1.2"),
        ("a1.0", "w2.1.0"),
        ("b3.0", "b3.0"),
    ]:
        live.stage.selected = key
        assert live.state.selected == expected
    assert live.controls[1].widget.value == 3


def test_the_slider_of_a_hidden_activation_reaches_from_0_to_1():
    live = widgets.table()
    slider: Any = live.controls[3].widget
    assert (slider.min, slider.max, slider.value) == (-2, 2, -1.5)
    live.controls[1].widget.value = 2
    assert (slider.min, slider.max) == (0, 1)
    slider.value = 0.0
    assert live.failure is None
    assert "is dead" in live.stage.text
    live.buttons["reset"].click()
    assert live.state.case == cases.running


def test_another_network_keeps_the_cell_as_far_as_it_has_it():
    state = on(choose(begin(cases.deep), "w3.0.1"), "running", cases.running)
    assert (state.layer, state.j, state.k) == (2, 0, 1)

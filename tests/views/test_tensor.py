"""The stack holds the gradient of every example alone, and its mean is the gradient of the package."""

from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import networks

from backprop_lab import backward, cases, forward
from backprop_lab.drawing.markup import signed
from backprop_lab.views import tensor as view
from backprop_lab.views.tensor import Tensor
from backprop_lab.widgets import tensor

BEGIN = Tensor(cases.batch, 1)


@st.composite
def tensors(draw):
    case = draw(networks())
    layer = draw(st.sampled_from([*case.parameters.layers]))
    m, n, n_in = view.per_example(case, layer).shape
    entry = f"{draw(st.integers(0, n - 1))},{draw(st.integers(0, n_in - 1))}"
    return Tensor(case, layer, draw(st.integers(0, m - 1)), draw(st.sampled_from([*view.COLLAPSES])), entry)


def by(collapse, state=BEGIN):
    found = view.collapsed(replace(state, collapse=collapse))
    assert found is not None
    return found


def alone(case, sample, layer):
    """The gradient of one example, from a pass of its own."""
    there = forward(case.parameters, case.x[:, [sample]], hidden=case.hidden, output=case.output)
    return backward(case.parameters, there, case.y[:, [sample]], cost=case.cost).nabla_w[layer]


@settings(max_examples=40)
@given(tensors())
def test_each_slice_is_the_gradient_of_its_example_and_their_mean_that_of_all(state):
    stack = view.per_example(state.case, state.layer)
    for sample, found in enumerate(stack):
        assert np.allclose(found, alone(state.case, sample, state.layer), atol=1e-14)
    mean = by("mean", state)
    assert np.allclose(mean, state.case.backward_pass.nabla_w[state.layer], atol=1e-14)
    assert np.allclose(by("sum", state), len(stack) * mean, atol=1e-13)


@settings(max_examples=40)
@given(tensors())
def test_the_picture_and_the_sentence_show_the_numbers_of_the_state(state):
    picture = view.tensor(state)
    tables = [*ElementTree.fromstring(picture.markup).iter("table")]
    front, made = ([span.text for span in table.iter("span") if span.text] for table in tables)
    stack, found, (j, k) = view.per_example(state.case, state.layer), view.collapsed(state), state.index
    assert front == [signed(float(value), 6) for value in stack[state.sample].flat]
    assert made == ([] if found is None else [signed(float(value), 6) for value in found.flat])
    now = signed(float(stack[state.sample, j, k]), 6)
    assert f"entry [{state.sample}, {j}, {k}], neuron {j}, weight from neuron {k}, is {now}." in picture.text
    assert found is None or f"has {signed(float(found[j, k]), 6)} there" in picture.text


@settings(max_examples=40)
@given(tensors())
def test_the_bars_follow_one_entry_through_the_stack(state):
    svg = [*ElementTree.fromstring(view.tensor(state).markup).iter("svg")][-1]
    line = view.per_example(state.case, state.layer)[:, *state.index]
    shown = [text.text for text in svg.iter("text") if text.get("class") == "bl-value"][1::2]  # a name, then its number
    assert shown == [signed(float(value), 6) for value in (*line, line.sum(), line.mean())]


def test_the_product_of_the_means_is_another_matrix():
    means = by("mean δ × mean a")
    expected = cases.batch.backward_pass.nabla_b[1] @ cases.batch.x.mean(axis=1, keepdims=True).T  # nabla_b: mean δ
    assert np.allclose(means, expected)
    assert np.allclose(means[:, 1], 0)  # row 1 of x has mean 0
    assert np.abs(cases.batch.backward_pass.nabla_w[1][:, 1]).min() > 0.004


def test_slider_and_switch_move_the_picture_and_a_click_holds_an_entry():
    live = tensor()
    sample, collapse = (control.widget for control in live.controls)
    sample.value = 1
    assert "entry [1, 2, 0], neuron 2, weight from neuron 0, is −0.047349." in live.stage.text
    collapse.value = "sum"
    live.stage.selected = "0,0"
    assert "has +0.044285 there" in live.stage.text
    collapse.value = "mean"
    assert "has +0.011071 there" in live.stage.text
    live.stage.selected = ""
    assert live.state.selected == live.stage.selected == "0,0"


def test_a_layer_without_weights_is_refused():
    with pytest.raises(ValueError, match=r"layer must be one of \[1, 2\], got 0"):
        tensor(layer=0)

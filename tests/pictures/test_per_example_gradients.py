"""The stack holds the gradient of every example alone, and its mean is the gradient of the package."""

from dataclasses import replace
from functools import reduce

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import networks

from backprop_lab import backward, cases, forward, initialize
from backprop_lab.cases import Case
from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.per_example import per_example_gradients
from backprop_lab.pictures.per_example_gradients import PerExample, begin, update, view
from backprop_lab.pictures.per_example_gradients.stack import scale
from backprop_lab.pictures.per_example_gradients.state import COLLAPSES, collapsed

from .hands import parsed


def after(events, state=None):
    return reduce(update, events, state or begin())


@st.composite
def states(draw):
    case = draw(networks())
    layer = draw(st.sampled_from([*case.parameters.layers]))
    m, n, before = per_example_gradients(case, layer).shape
    entry = draw(st.integers(0, n - 1)), draw(st.integers(0, before - 1))
    return PerExample(case, layer, draw(st.integers(0, m - 1)), draw(st.sampled_from([*COLLAPSES])), entry)


def by(collapse, state):
    return np.asarray(collapsed(replace(state, collapse=collapse)))


def alone(case, example, layer):
    """The gradient of one example, from a pass of its own."""
    there = forward(case.parameters, case.x[:, [example]], hidden=case.hidden, output=case.output)
    return backward(case.parameters, there, case.y[:, [example]], cost=case.cost).nabla_w[layer]


@settings(max_examples=40)
@given(states())
def test_each_slice_is_the_gradient_of_its_example_and_their_mean_that_of_all(state):
    for example, found in enumerate(state.stack):
        np.testing.assert_allclose(found, alone(state.case, example, state.layer), atol=1e-14)
    mean = by("mean", state)
    np.testing.assert_allclose(mean, state.case.backward_pass.nabla_w[state.layer], atol=1e-14)
    np.testing.assert_allclose(by("sum", state), len(state.stack) * mean, atol=1e-13)


@settings(max_examples=40)
@given(states())
def test_the_two_tables_and_the_sentence_show_the_numbers_of_the_state(state):
    through, front, made = (
        [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
        for table in parsed(view(state)).iter("table")
    )
    stack, found, (j, k), at = state.stack, collapsed(state), state.entry, state.example
    n, before = stack.shape[1:]
    delta, a = state.delta[:, at], state.a[:, at]
    assert front[0] == ["", *(f"a {signed(each, 3)}" for each in a)]
    assert front[1:] == [[f"δ {signed(delta[j], 4)}", *(signed(value, 6) for value in stack[at][j])] for j in range(n)]
    expected = [["?"] * before] * n if found is None else [[signed(value, 6) for value in row] for row in found]
    assert [row[1:] for row in made[1:]] == expected
    heads = [made[0][1:], [row[0] for row in made[1:]]]
    if COLLAPSES[state.collapse].outer:
        means = [f"a {signed(each, 3)}" for each in state.a.mean(axis=1)]
        assert heads == [means, [f"δ {signed(each, 4)}" for each in state.delta.mean(axis=1)]]
    else:
        assert heads == [[f"k = {k}" for k in range(before)], [f"j = {j}" for j in range(n)]]
    lines = {f"[{x}, {j}, {k}]": stack[x, j, k] for x in range(len(stack))}
    lines |= {name: by(name, state)[j, k] for name in COLLAPSES[state.collapse].rows}
    assert through == [[name, "", signed(float(value), 6)] for name, value in lines.items()]
    now = signed(float(stack[at, j, k]), 6)
    assert f"entry [{at}, {j}, {k}], neuron {j}, weight from neuron {k}, is {now}." in view(state).text
    assert found is None or f"has {signed(float(found[j, k]), 6)} there" in view(state).text


@settings(max_examples=30)
@given(states())
def test_a_square_is_as_large_as_its_entry_and_the_one_we_hold_has_a_frame(state):
    assume(np.abs(state.stack).max() > 1e-3)
    svg = next(parsed(view(state)).iter("svg"))
    found, shape = collapsed(state), state.stack.shape[1:]
    matrices = [*state.stack, *([] if found is None else [found])]
    squares = [each for each in svg.iter("rect") if (each.get("class") or "") in ("bl-positive", "bl-negative")]
    every = np.concatenate([matrix.ravel() for matrix in matrices])
    drawn = np.flatnonzero(every)  # nothing is drawn of nothing
    values = every[drawn]
    assert [each.get("class") == "bl-positive" for each in squares] == [value >= 0 for value in values]
    sides = np.array([float(each.get("width", 0)) for each in squares])
    large = sides > 2.01
    ratio = sides[large] ** 2 / np.abs(values[large])
    np.testing.assert_allclose(ratio, ratio[:1].repeat(large.sum()), rtol=0.02)
    frames = [each for each in svg.iter("rect") if each.get("class") == "bl-held"]
    assert len(frames) == len(matrices)
    own = dict(zip(drawn.tolist(), squares, strict=True))
    held = range(int(np.ravel_multi_index(state.entry, shape)), len(every), shape[0] * shape[1])
    for at, frame in zip(held, frames, strict=True):
        middles = [float(each.get("x", 0)) + float(each.get("width", 0)) / 2 for each in (own.get(at, frame), frame)]
        assert middles[0] == pytest.approx(middles[1], abs=0.02)


def test_the_product_of_the_means_is_another_matrix():
    means = by("mean δ × mean a", begin())
    expected = cases.batch.backward_pass.nabla_b[1] @ cases.batch.x.mean(axis=1, keepdims=True).T  # nabla_b: mean δ
    np.testing.assert_allclose(means, expected, atol=1e-15)
    np.testing.assert_allclose(means[:, 1], 0, atol=1e-15)  # row 1 of x has mean 0
    assert np.abs(cases.batch.backward_pass.nabla_w[1][:, 1]).min() > 0.004


def test_what_a_hand_does_moves_the_picture():
    state = after([Turn("example", 1.0)])
    assert "Example 1: entry [1, 2, 0], neuron 2, weight from neuron 0, is −0.047349." in view(state).text
    assert after([Select("slice 1")]) == state
    state = after([Press("collapse sum"), Select("slice 1"), Select("entry 0,0")], state)
    assert "The sum, gradient of the summed cost, has +0.044285 there" in view(state).text
    assert "delta[1] @ a[0].T<" in view(state).markup
    state = after([Press("collapse mean"), Select("")], state)
    assert "has +0.011071 there" in view(state).text
    pressed = [each.get("data-press") for each in parsed(view(state)).iter() if each.get("aria-pressed") == "true"]
    assert pressed == ["collapse mean"]
    assert "mean of products +0.011071." in view(after([Press("collapse mean δ × mean a")], state)).text


@settings(max_examples=40)
@given(states())
def test_no_bar_is_longer_than_the_scale_and_the_scale_stays(state):
    full = scale(state)
    assert all(np.abs(each).max() <= full for each in (state.stack, by("sum", state), by("mean", state)))
    assert {scale(replace(state, collapse=way, example=0)) for way in COLLAPSES} == {full}


def test_what_has_no_room_is_refused():
    with pytest.raises(ValueError, match=r"layer must be one of \[1, 2\], got 0"):
        begin(layer=0)
    wide = Case(initialize((2, 6, 1)), np.ones((2, 3)), np.ones((1, 3)))
    with pytest.raises(ValueError, match=r"4 neurons in layers 0 and 1 and 8 examples, got 2, 6 and 3"):
        begin(wide)
    with pytest.raises(ValueError, match=r"8 examples, got 2, 3 and 9"):
        begin(Case(initialize((2, 3, 1)), np.ones((2, 9)), np.ones((1, 9))))
    assert begin(Case(initialize((4, 4, 1)), np.ones((4, 8)), np.ones((1, 8)))).stack.shape == (8, 4, 4)
    with pytest.raises(ValueError, match="event must be one that the picture offers"):
        update(begin(), Select("nothing"))


@pytest.mark.parametrize(
    ("name", "events"),
    [
        ("first", []),
        ("mean", [Turn("example", 3.0), Press("collapse mean"), Select("entry 0,1")]),
        ("means", [Press("collapse mean δ × mean a"), Select("entry 1,1")]),
    ],
)
def test_the_picture_is_as_it_was(golden, name, events):
    golden(f"per_example_gradients-{name}", view(after(events)))

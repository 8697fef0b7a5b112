"""The cards click together exactly where NumPy multiplies, and only the package's own numbers reach a goal."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import networks

from backprop_lab import cases
from backprop_lab.drawing.markup import signed
from backprop_lab.views import shapes as view
from backprop_lab.views import shapes_state as states
from backprop_lab.views.shapes_state import Shapes
from backprop_lab.widgets import shapes
from backprop_lab.widgets.shapes import DEEP_BATCH

BEGIN = Shapes(DEEP_BATCH, 2)
KEYS = [*states.cards(DEEP_BATCH, 2)]
RIGHT = {"z": ("w", "a"), "δ": ("w_next.T", "delta_next"), "∇_w": ("delta", "a.T")}


@st.composite
def tables(draw):
    case = draw(networks())
    assume(len(case.parameters.layers) > 1)
    layer = draw(st.integers(1, len(case.parameters.layers) - 1))
    chosen = draw(st.lists(st.sampled_from(KEYS), max_size=2))
    return Shapes(case, layer, draw(st.sampled_from([*RIGHT])), tuple(chosen))


def numbers(picture):
    cells = ElementTree.fromstring(picture.markup).iter("mtd")
    return ["".join(cell.itertext()) for cell in cells]


@settings(max_examples=60)
@given(tables())
def test_two_cards_click_exactly_where_numpy_multiplies(state):
    values = [states.cards(state.case, state.layer)[key].value for key in state.chosen]
    picture = view.shapes(state)
    ElementTree.fromstring(picture.markup)
    try:
        expected = values[0] @ values[1] if len(values) == 2 else None
    except ValueError:
        expected = None
        assert "do not click" in picture.text
    found = states.product(state)
    assert (found is None) == (expected is None)
    assert found is None or expected is None or np.array_equal(found, expected)
    assert (found is None) == (not numbers(picture))


@settings(max_examples=60)
@given(tables())
def test_the_right_cards_reach_the_numbers_of_the_package_in_any_network(state):
    built = replace(state, chosen=RIGHT[state.goal])
    arrays = {
        "z": state.case.forward_pass.z,
        "δ": state.case.backward_pass.delta,
        "∇_w": state.case.backward_pass.nabla_w,
    }
    assert states.reached(built)
    expected = arrays[state.goal][state.layer]
    assert numbers(view.shapes(built)) == [signed(float(value), 3) for value in expected.flat]


def test_no_other_pair_reaches_a_goal_where_all_sizes_differ():
    pairs = [(left, right) for left in KEYS for right in KEYS]
    for goal, right in RIGHT.items():
        assert [pair for pair in pairs if states.reached(Shapes(DEEP_BATCH, 2, goal, pair))] == [right]


@pytest.mark.parametrize(
    ("goal", "chosen", "words"),
    [
        ("z", (), "Wanted: z[2], n_out × m = 2 × 4. Choose the card that stands on the left."),
        ("z", ("a",), "a card to its right needs 4 rows, m"),
        ("z", ("a", "w"), "4 columns (m) on the left, 2 rows (n_out) on the right"),
        ("δ", ("w_next", "delta_next"), "2 columns (n_out) on the left, 1 row (n_next) on the right"),
        ("z", ("a.T", "w.T"), "The product is m × n_out = 4 × 2: another shape than z[2]"),
        ("z", ("w_next.T", "delta_next"), "and still it is not z[2]: shape is not all"),
        ("z", ("w", "a"), "This is it: z[2] = w[2] @ a[1] + b[2]."),
        ("δ", ("w_next.T", "delta_next"), "This is it: delta[2] = (w[3].T @ delta[3]) * sigmoid.prime(z[2])."),
        ("∇_w", ("delta", "a.T"), "This is it: nabla_w[2] = delta[2] @ a[1].T / m."),
    ],
)
def test_the_sentence_says_which_numbers_meet_and_what_was_built(goal, chosen, words):
    assert words in view.shapes(Shapes(DEEP_BATCH, 2, goal, chosen)).text


def test_the_order_of_the_factors_matters_for_a_single_example_too():
    one = Shapes(cases.deep, 2, "∇_w")
    wrong, right = replace(one, chosen=("a", "delta")), replace(one, chosen=("delta", "a.T"))
    assert "1 column (m) on the left, 2 rows (n_out) on the right" in view.shapes(wrong).text
    assert states.reached(right)


def test_cards_are_placed_exchanged_and_taken_back_by_clicks():
    live = shapes()
    for key in ("a", "delta", "w"):
        live.stage.selected = key
    assert live.state.chosen == ("a", "w")  # the second place is the one that can still change
    live.stage.selected = "placed0"
    live.stage.selected = "a"
    assert live.state.chosen == RIGHT["z"]
    assert live.stage.selected == ""  # so that the same card can be clicked again
    assert "This is it" in live.stage.text
    live.controls[0].widget.value = "δ"
    assert live.state.chosen == ()
    live.stage.selected = "w.T"
    live.buttons["all cards back"].click()
    assert live.state.chosen == ()


def test_every_choice_is_named_for_the_keyboard():
    picture = view.shapes(replace(BEGIN, chosen=("w", "a"))).markup
    named = re.findall(r'data-select="([^"]*)" aria-label="[^"]+"', picture)
    assert named == [*KEYS, "placed0", "placed1"]


def test_the_layer_must_be_hidden():
    with pytest.raises(ValueError, match=r"layer must be a hidden layer, one of \[1, 2\], got 3"):
        shapes(layer=3)

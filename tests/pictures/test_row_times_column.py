"""Row times column: each cell is the sum of its row's products, and nothing is shown that is not there yet."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab import Case, cases, initialize, widgets
from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import Press, Select
from backprop_lab.pictures.row_times_column import begin, update, view

from .hands import parsed

PLACES = [(case, layer) for case in (cases.batch, cases.wide, cases.deep) for layer in case.parameters.layers]


def after(state, *events):
    for event in events:
        state = update(state, event)
    return state


def shown(state, kind):
    """What stands in the things of a kind that can be chosen: key -> its numbers."""
    groups = [each for each in parsed(view(state)).iter("g") if (each.get("data-select") or "").startswith(kind)]
    return {each.get("data-select"): "".join(each.itertext()) for each in groups}


@pytest.mark.parametrize(("case", "layer"), PLACES)
def test_every_cell_shows_its_z_once_all_columns_are_there(case, layer):
    state = begin(case, layer=layer)
    state = update(state, Press("all")) if state.examples > 1 else state
    z = case.forward_pass.z[layer]
    assert shown(state, "cell") == {f"cell.{j}.{x}": signed(value) for (j, x), value in np.ndenumerate(z)}


@given(st.sampled_from(PLACES), st.integers(0, 4), st.integers(0, 4))
def test_the_products_and_the_bias_that_are_said_add_up_to_the_cell(place, j, example):
    case, layer = place
    rows, m = case.parameters.sizes[layer], case.x.shape[1]
    state = update(begin(case, layer=layer), Select(f"cell.{j % rows}.{example % m}"))
    words = view(state).text
    products, z = words.partition("The products ")[2].split(" add up to ")
    numbers = [float(each.replace("−", "-")) for each in re.findall(r"[+−]\d+\.\d\d", products)]
    assert len(numbers) == case.parameters.sizes[layer - 1] + 1
    assert sum(numbers) == pytest.approx(case.forward_pass.z[layer][j % rows, example % m], abs=0.03)
    assert signed(float(case.forward_pass.z[layer][j % rows, example % m])) in z


def test_one_column_first_then_all_at_once():
    state = begin()
    assert [text.endswith("·") for text in shown(state, "cell").values()] == [False, True, True, True] * 3
    assert "(3, 1) = (3, 2) @ (2, 1) + (3, 1)" in view(state).markup
    assert "(3, 4) = (3, 2) @ (2, 4) + (3, 1)" in view(update(state, Press("all"))).markup
    assert "all 1" not in view(begin(cases.wide)).markup


def test_next_walks_down_the_rows_and_then_to_the_next_column():
    seen, state = [], begin()
    for _ in range(13):
        seen.append((state.j, state.example))
        state = update(state, Press("next"))
    assert seen == [*((j, x) for x in range(4) for j in range(3)), (0, 0)]


def test_the_wires_of_the_row_are_lit_in_the_network():
    state = after(begin(), Select("row.2"), Select("column.1"))
    assert (state.j, state.example) == (2, 1)
    assert re.findall(r'<g class="bl-on" data-key="([wb][^"]*)"', view(state).markup) == ["w1.2.0", "w1.2.1", "b1.2"]


@pytest.mark.parametrize("key", ["row.3", "cell.0.4", "column.x", "row", "cell.1", "depth.0"])
def test_what_is_not_there_is_refused(key):
    with pytest.raises(ValueError, match="offers"):
        update(begin(), Select(key))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: widgets.row_times_column(layer=3), "layer must be one of 1, 2, got 3"),
        (
            lambda: widgets.row_times_column(Case(initialize((6, 2)), np.zeros(6), np.zeros(2))),
            r"at most 5 rows.* \(2, 6, 1\)",
        ),
    ],
)
def test_bad_input_is_refused_with_what_was_expected(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_the_picture_is_as_it_was(golden):
    golden("row_times_column-first", view(begin()))
    golden("row_times_column-all", view(after(begin(), Select("cell.2.1"), Press("all"))))

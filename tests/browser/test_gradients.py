"""The table of a gradient in the real JupyterLab: cells are chosen in it and in the network, and nothing jumps."""

import pytest

from backprop_lab import cases
from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures.gradient_table import begin, update
from backprop_lab.pictures.gradient_table.state import gradient
from backprop_lab.pictures.gradient_table.view import sentence

LABEL = "The multiplication table of the gradient"


@pytest.fixture
def page(shown):
    return shown("gradient_table(cases.batch, selected='w1.0.1')")


def shows(stage, state) -> bool:
    """The sentence, and a cell for each parameter of the layer, are those of this state."""
    shown = stage.picture.locator("table").text_content()
    return stage.text() == sentence(state) and all(signed(value, 5) in shown for value in gradient(state).flat)


def test_the_table_follows_hand_and_keys_and_keeps_its_height(page):
    stage, state = page.stage(LABEL), begin(cases.batch, selected="w1.0.1")
    assert shows(stage, state)
    height = stage.height()
    stage.select("w1.1.0")
    state = update(state, Select("w1.1.0"))
    assert shows(stage, state)
    stage.picture.locator("[data-key='cell w1.2.1']").click()  # a cell is its weight in the network
    page.settled()
    assert stage.selected() == "w1.2.1"
    state = update(state, Select("w1.2.1"))
    stage.slider("x[1] of example 0, head of the column").press("Home")
    state = update(state, Turn("x[1]", -2.0))
    assert shows(stage, state)
    stage.slider("z[1][2] of example 0, head of the row").press("End")
    state = update(state, Turn("z[1][2]", 10.0))
    assert shows(stage, state)
    stage.picture.locator("input[type=checkbox]").click()
    page.settled()
    state = update(state, Turn("mean", False))
    assert shows(stage, state)
    stage.picture.locator("select[data-turn=network]").select_option("deep")
    page.settled()
    state = update(state, Turn("network", "deep"))
    assert shows(stage, state)
    stage.picture.locator("select[data-turn=layer]").select_option("2")
    stage.select_by_keyboard("b2.1")
    state = update(update(state, Turn("layer", "2")), Select("b2.1"))
    assert shows(stage, state)
    stage.slider("z[2][1], head of the row").drag(0.9)
    stage.button("reset").click()
    assert shows(stage, update(state, Press("reset")))
    assert abs(stage.height() - height) <= 1
    assert page.axe() == []

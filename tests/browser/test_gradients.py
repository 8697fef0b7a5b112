"""Notebook 08 in the real JupyterLab: the table follows mouse and keys, and its columns and rows die as they should."""

from backprop_lab import cases
from backprop_lab.views.table import table
from backprop_lab.views.table_state import begin, choose, gradient, with_activation, with_z

LABEL = "The multiplication table of the gradient"


def shows(stage, state) -> bool:
    """The sentence, and a cell for each parameter of the layer, are those of this state."""
    values = {round(float(value), 5) + 0.0 for value in gradient(state).flat}
    return stage.text() == table(state).text and values <= set(stage.numbers())


def test_a_column_dies_with_its_activation_and_a_row_with_its_neuron(lab):
    page = lab("08_bp3_bp4_gradients.ipynb")
    page.run_all()
    stage, state = page.stage(LABEL), begin(cases.running, "w1.2.1")
    assert shows(stage, state)
    stage.select("w1.1.0")
    assert shows(stage, choose(state, "w1.1.0"))
    stage.picture.locator("[data-key='cell.w1.0.1']").click()  # a cell is its weight in the network
    page.settled()
    assert stage.selected() == "w1.0.1"
    state = choose(state, "w1.0.1")
    assert shows(stage, state)
    slider = page.slider("a of the column")
    slider.press("Home")
    assert shows(stage, with_activation(state, -2.0))
    slider.drag(0.55)
    landed = float(slider.value_text())
    assert landed > 0
    assert shows(stage, with_activation(state, landed))
    slider.press(*["ArrowLeft"] * round(landed / 0.05))
    assert float(slider.value_text()) == 0
    state = with_activation(state, 0.0)
    assert shows(stage, state)
    assert "Column 1 is dead" in stage.text()
    page.button("reset").click()
    state = begin(cases.running, "w1.0.1")
    stage.select_by_keyboard("b1.1")
    state = choose(state, "b1.1")
    assert shows(stage, state)
    page.slider("z of the row").press("End")
    state = with_z(state, 10.0)
    assert shows(stage, state)
    assert "Row 1 is dead" in stage.text()
    page.assert_clean()

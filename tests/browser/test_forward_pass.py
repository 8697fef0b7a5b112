"""The neuron and the nested formula in the real JupyterLab: keys, what is dragged where it stands, and the focus."""

from backprop_lab.drawing.picture import Select, Turn
from backprop_lab.pictures import nested_formula, neuron


def test_the_neuron_answers_keys_and_mouse_and_a_drag_chooses_nothing(shown):
    page = shown("neuron()")
    stage, state = page.stage("One neuron"), neuron.begin()
    assert stage.text() == neuron.view(state).text
    stage.slider("b[1][0]").press("ArrowRight", "ArrowRight")
    stage.drag("w1.0.0", -40)
    stage.drag("a0.1", 20)
    for event in (Turn("b1.0", 0.3), Turn("w1.0.0", 1.2 - 20 * 0.05), Turn("a0.1", -1.5 + 10 * 0.05)):
        state = neuron.update(state, event)
    assert stage.text() == neuron.view(state).text
    assert stage.selected() == "w1.0.0"
    stage.select("b1.0")
    stage.select_by_keyboard("w1.0.1")
    assert stage.text() == neuron.view(neuron.update(state, Select("w1.0.1"))).text


def test_brackets_fold_by_mouse_and_keyboard_and_keep_the_focus(shown):
    page = shown("nested_formula()")
    stage, state = page.stage("The nested formula"), nested_formula.begin()
    for choose in (stage.select, stage.select_by_keyboard):  # unfold, then fold again
        choose("f0.1")
        state = nested_formula.update(state, Select("f0.1"))
        assert (stage.text(), stage.selected()) == (nested_formula.view(state).text, "a2.1")
    assert page.page.evaluate("() => document.activeElement.dataset.select") == "f0.1"
    stage.button("unfold everything").click()
    assert stage.keys()[-9:] == sorted(state.ways)
    stage.drag("a0.0", -40)
    assert "Selected: input x[0], +0.30" in stage.text()

"""Notebook 02 in the real JupyterLab: the neuron and the nested formula show what the package computes."""

from dataclasses import replace

import pytest

from backprop_lab import cases
from backprop_lab.views import nest, neuron


@pytest.fixture
def page(lab):
    page = lab("02_forward_pass.ipynb")
    page.run_all()
    yield page
    page.assert_clean()


def test_the_neuron_answers_keys_mouse_and_a_choice(page):
    stage, state = page.stage("One neuron"), neuron.begin(cases.running, selected="w1.0.0")
    assert stage.text() == neuron.sentence(state)
    page.slider("b[1][0]").press("ArrowRight", "ArrowRight")
    state = replace(state, b=0.3)
    assert stage.text() == neuron.sentence(state)
    page.slider("x[0]").drag(1)
    state = replace(state, x0=2.0)
    assert stage.text() == neuron.sentence(state)
    stage.select("b1.0")
    assert stage.text() == neuron.sentence(replace(state, selected="b1.0"))
    stage.select_by_keyboard("w1.0.1")
    assert stage.text() == neuron.sentence(replace(state, selected="w1.0.1"))
    z = state.case.forward_pass.z[1].item()
    assert {round(z, 2), round(state.w0 * state.x0, 2)} <= set(stage.numbers())


def test_brackets_fold_by_mouse_and_keyboard_and_keep_the_focus(page):
    stage, state = page.stage("The nested formula"), nest.Nest(cases.deep)
    assert stage.text() == nest.sentence(state)
    for choose in (stage.select, stage.select_by_keyboard):  # unfold, then fold again
        choose("f0.1")
        state = nest.choose(state, "f0.1")
        assert (stage.text(), stage.selected()) == (nest.sentence(state), "a2.1")
    assert page.page.evaluate("() => document.activeElement.dataset.select") == "f0.1"
    page.button("unfold everything").click()
    state = nest.unfold(state)
    assert stage.keys()[-len(state.opened) :] == ["f" + ".".join(map(str, way)) for way in sorted(state.opened)]
    inputs = [slider for slider in page.sliders() if slider.label() == "x[1]"]
    inputs[-1].press("Home")
    assert stage.text() == nest.sentence(nest.with_input(state, 1, -2.0))

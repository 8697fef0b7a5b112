"""The explorer in the real JupyterLab shows the numbers that the package computes, whichever way a slider is moved."""

import pytest

from backprop_lab import cases
from backprop_lab.views import explorer, knobs

from .timing import burst

EXPLORER = "from backprop_lab import widgets\n\nlive = widgets.explorer(selected='w1.0.1')\nlive"


@pytest.fixture(params=["light", "dark"])
def page(lab, write_notebook, request):
    page = lab(write_notebook(EXPLORER), theme=request.param)
    page.run_all()
    yield page
    page.assert_clean()
    assert page.axe() == []


def shows_what_the_package_computes(page, slider, selected="w1.0.1") -> bool:
    """For the weight the slider stands at: the sentence, and every gradient in the picture."""
    value = float(slider.value_text())
    now = explorer.with_parameter(explorer.begin(cases.running, selected), "w", 1, (0, 1), value)
    gradient = now.case.backward_pass
    computed = {
        round(float(number), 5) + 0.0
        for nabla in (gradient.nabla_w, gradient.nabla_b)
        for array in nabla.values()
        for number in array.flat
    }
    stage = page.stage("The network and its gradients")
    return stage.text() == explorer.sentence(now) and computed <= set(stage.numbers())


def test_showing_the_explorer_changes_nothing(page):
    assert page.kernel_eval("len(live.state.costs)") == "1"  # though each slider gives its value back, rounded anew


def test_keys_a_drag_and_a_fast_drag_end_on_the_right_numbers(page):
    slider = page.slider("w[1][0, 1]")
    assert shows_what_the_package_computes(page, slider)
    slider.press("ArrowRight", "ArrowRight", "ArrowRight")
    assert (slider.value_text(), page.kernel_eval("round(float(live.state.case.parameters.w[1][0, 1]), 9)")) == (
        "-0.37",
        "-0.37",
    )
    assert shows_what_the_package_computes(page, slider)
    slider.drag(0.9)
    assert float(slider.value_text()) == pytest.approx(0.9 * 8 - 4, abs=0.1)
    assert shows_what_the_package_computes(page, slider)
    fast = burst(page, slider, seconds=0.3)
    assert fast["events"] > fast["painted"] > 0
    assert fast["jumps"] == 0  # the picture keeps its height
    assert shows_what_the_package_computes(page, slider)


def test_a_connection_is_chosen_in_the_diagram_and_reset_brings_the_start_back(page):
    stage = page.stage("The network and its gradients")
    stage.select("w2.0.1")
    assert "w[2][0, 1]" in stage.text()
    stage.select_by_keyboard("a1.2")
    assert stage.selected() == "a1.2"
    assert page.kernel_eval("live.state.selected") == "'a1.2'"
    before = stage.numbers()
    page.button("one step of gradient descent").click()
    assert stage.numbers() != before
    page.button("reset").click()
    assert stage.numbers() == before


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_first_notebook_answers_to_mouse_and_keyboard(lab, theme):
    page = lab("00_start_here.ipynb", theme=theme)
    page.run_all()
    turned_by_hand, slider = (one for one in page.sliders() if one.label() == "w[1][0, 1]")
    slider.press("ArrowLeft", "ArrowLeft")
    assert slider.value_text() == "-0.42"
    assert shows_what_the_package_computes(page, slider, "w1.2.1")
    slider.drag(0.2)
    assert shows_what_the_package_computes(page, slider, "w1.2.1")
    stage = page.stage("Knobs turned by hand")
    turned_by_hand.press("ArrowLeft", "ArrowLeft")
    turned = knobs.turn(knobs.begin(cases.running), "w", 1, (0, 1), -0.42)
    assert stage.text() == knobs.sentence(turned)
    for name, action in (("one backward pass", knobs.backward_pass), ("one step, η = 1", knobs.one_step)):
        page.button(name).click()
        turned = action(turned)
        assert stage.text() == knobs.sentence(turned)
        assert {round(bar.value, 5) + 0.0 for bar in explorer.gradient_bars(turned.case)} <= set(stage.numbers())
    page.assert_clean()

"""The explorer in the real JupyterLab shows the numbers that the package computes, whichever way a slider is moved."""

from functools import partial

import pytest

from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures import explorer, knobs
from backprop_lab.quantities import parameters

from .parts import Window, box_of
from .timing import burst


@pytest.fixture
def page(shown, request):
    return shown("explorer(selected='w1.0.1')", theme=getattr(request, "param", "dark"))


def shows_what_the_package_computes(page, slider, selected="w1.0.1") -> bool:
    """For the weight the slider stands at: the sentence, and every gradient in the picture."""
    now = explorer.update(explorer.begin(selected=selected), Turn("w1.0.1", float(slider.value_text())))
    stage = page.stage("The network and its gradients")
    shown = stage.picture.text_content()
    rates = [signed(each.rate(now.case), 5) for each in parameters(now.case)]
    return stage.text() == explorer.sentence(now) and all(rate in shown for rate in rates)


@pytest.mark.parametrize("page", ["light", "dark"], indirect=True)
def test_showing_the_explorer_changes_nothing(page):
    assert page.kernel_eval("len(live.state.costs)") == "1"


def test_a_screen_reader_hears_all_numbers_of_a_neuron_and_those_of_a_slider_once(page):
    picture = page.stage("The network and its gradients").picture
    neuron = "neuron 2 of layer 1, z −0.80, activation +0.31, δ −0.0473"
    assert picture.get_by_role("checkbox", name=neuron).count() == 1
    heard = picture.locator(".bl-rated > span:not([aria-hidden])").all_inner_texts()  # beside the sliders
    assert heard == [signed(each.rate(explorer.begin().case), 5) for each in parameters(explorer.begin().case)]


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
    page.button("one step").click()
    assert stage.numbers() != before
    page.button("reset").click()
    assert stage.numbers() == before


def test_numbers_are_dragged_where_they_stand_and_a_drag_chooses_nothing(page):
    stage = page.stage("The network and its gradients")
    stage.drag("w2.0.2", 100)
    assert page.kernel_eval("round(float(live.state.case.parameters.w[2][0, 2]), 2)") == "2.0"
    stage.drag("b1.0", -40)
    assert page.kernel_eval("round(float(live.state.case.parameters.b[1][0, 0]), 2)") == "0.0"
    stage.drag("a0.0", 20)
    assert page.kernel_eval("round(float(live.state.case.x[0, 0]), 2)") == "0.6"
    assert stage.selected() == "w1.0.1"


def test_beside_the_list_of_files_all_is_on_one_screen_and_moved_as_ever(page):
    page.look(Window(1280, 800, files=True))
    try:
        stage, slider = page.stage("The network and its gradients"), page.slider("w[1][0, 1]")
        network, track = box_of(stage.picture.locator("svg").first), box_of(slider.handle)
        assert network["x"] + network["width"] < track["x"]
        slider.drag(0.9)
        assert float(slider.value_text()) == pytest.approx(0.9 * 8 - 4, abs=0.1)
        assert shows_what_the_package_computes(page, slider)
        stage.drag("w2.0.2", 100)
        assert page.kernel_eval("round(float(live.state.case.parameters.w[2][0, 2]), 2)") == "2.0"
        stage.select("w2.0.1")
        assert stage.selected() == "w2.0.1"
    finally:
        page.look(Window(1200, 1000))


def test_two_knobs_turned_at_once_while_python_is_busy_are_both_turned(page):
    """The newest value of each key, and every press, travel in each message until they are answered."""
    page.page.evaluate("""() => {
      const set = (key, value) => { const input = document.querySelector(`input[data-turn="${key}"]`);
        input.value = value; input.dispatchEvent(new Event('input', {bubbles: true})); };
      for (let n = 1; n <= 20; n++) { set('w1.0.0', n / 10); set('w1.0.1', -n / 10); }
      document.querySelector('button[data-press="step"]').click();
      set('w1.0.0', 3);
      document.querySelector('button[data-press="step"]').click(); }""")
    page.settled()
    state = explorer.begin(selected="w1.0.1")
    for event in (Turn("w1.0.0", 2.0), Turn("w1.0.1", -2.0), Press("step"), Turn("w1.0.0", 3.0), Press("step")):
        state = explorer.update(state, event)
    assert page.stage("The network and its gradients").text() == explorer.sentence(state)


@pytest.mark.parametrize("where", ["input[data-turn]", "button[data-press]", "[data-select][tabindex='0']"])
def test_jupyterlab_hears_its_own_shortcuts_in_a_picture_and_no_arrow(page, where):
    """Ctrl+B opens and closes the list of files; an arrow would choose another cell."""
    lab = "jupyterapp.shell.leftCollapsed, jupyterapp.shell.currentWidget.content.activeCellIndex"
    now = partial(page.page.evaluate, f"() => [{lab}]")
    page.page.locator(f".bl-stage {where}").first.focus()
    closed, active = now()
    page.page.keyboard.press("ArrowDown")
    page.page.keyboard.press("Control+b")
    assert now() == [not closed, active]
    page.page.keyboard.press("Control+b")
    assert now() == [closed, active]
    page.settled()


def test_in_a_field_all_keys_are_the_field_s_but_saving(shown):
    page = shown("wires()")
    keyboard, field = page.page.keyboard, page.page.locator(".bl-stage input[type=text]").first
    field.fill("w[1][0, 0]")
    for keys in ("Control+a", "x", "Control+z"):
        keyboard.press(keys)
    assert field.input_value() == "w[1][0, 0]"
    page.page.evaluate("() => { jupyterapp.shell.currentWidget.context.model.dirty = true; }")
    keyboard.press("Control+S")
    page.until(lambda: not page.page.evaluate("() => jupyterapp.shell.currentWidget.context.model.dirty"))
    assert field.input_value() == "w[1][0, 0]"


def test_what_python_does_is_what_a_hand_does(page):
    page.kernel_eval("live.turn('w1.2.1', 0.8), live.press('step'), live.select('b2.0')")
    page.settled()
    state = explorer.begin(selected="w1.0.1")
    for event in (Turn("w1.2.1", 0.8), Press("step"), Select("b2.0")):
        state = explorer.update(state, event)
    assert page.stage("The network and its gradients").text() == explorer.sentence(state)


def test_the_first_notebook_answers_to_mouse_and_keyboard(lab):
    page = lab("00_start_here.ipynb")
    page.run_all()
    turned_by_hand, _, slider, _ = (one for one in page.sliders() if one.key() == "w1.0.1")
    slider.press("ArrowLeft", "ArrowLeft")
    assert slider.value_text() == "-0.42"
    assert shows_what_the_package_computes(page, slider, "")
    slider.drag(0.2)
    assert shows_what_the_package_computes(page, slider, "")
    stage = page.stage("Knobs turned by hand")
    turned_by_hand.press("ArrowLeft", "ArrowLeft")
    turned = knobs.update(knobs.begin(), Turn("w1.0.1", -0.42))
    assert stage.text() == knobs.view(turned).text
    for name, key in (("one backward pass", "backward"), ("one step, η = 1", "step")):
        stage.button(name).click()
        turned = knobs.update(turned, Press(key))
        assert stage.text() == knobs.view(turned).text
        assert all(
            signed(each.rate(turned.case), 4) in stage.picture.text_content() for each in parameters(turned.case)
        )
    page.assert_clean()

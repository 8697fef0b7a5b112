"""The demon in the real JupyterLab: by mouse, by keyboard and by slider it shows what the package computes."""

from backprop_lab import cases
from backprop_lab.views import demon as view
from backprop_lab.views.demon_state import Demon

from .timing import burst


def shows(page, selected, amount):
    """The first demon's sentence and numbers are those of this state."""
    stage, state = page.stage("The demon, the network and the cost"), Demon(cases.running, selected, amount)
    assert stage.selected() == selected
    assert stage.text() == view.sentence(state)
    found = {round(number, 6) for number in (state.promise, state.change, state.change - state.promise)}
    assert found <= set(stage.numbers())
    return True


def test_the_demon_is_moved_by_mouse_keyboard_and_slider(lab):
    page = lab("05_error_signal.ipynb")
    page.run_all()
    stage, slider = page.stage("The demon, the network and the cost"), page.slider("Δz")
    assert shows(page, "a2.0", 0.1)
    stage.select("a1.2")
    assert shows(page, "a1.2", 0.1)
    stage.select_by_keyboard("a1.0")
    assert shows(page, "a1.0", 0.1)
    stage.select("w1.1.0")
    assert shows(page, "a1.1", 0.1)
    stage.select("a0.0")
    assert shows(page, "a1.1", 0.1)
    slider.press("ArrowRight", "ArrowRight")
    assert shows(page, "a1.1", 0.12)
    page.button("Δz × 10").click()
    assert shows(page, "a1.1", 1.2)
    slider.drag(1)
    assert shows(page, "a1.1", 3.0)
    slider.drag(0.5)
    assert burst(page, slider, seconds=0.3)["jumps"] == 0  # the picture keeps its height, through Δz = 0 too
    page.assert_clean()

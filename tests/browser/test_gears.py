"""The gears in the real JupyterLab turn as the package computes, by mouse and by keyboard."""

import pytest

from backprop_lab import cases
from backprop_lab.drawing.picture import Select, Turn
from backprop_lab.pictures.gears import begin, update, view

from .timing import burst


def test_hands_and_rings_follow_the_slider_and_a_rate_is_chosen_by_mouse_and_by_keyboard(shown):
    page = shown("gears()")
    stage = page.stage("Gears from w[2][0, 0] to the cost")
    slider = stage.slider("Δw")
    slider.press("ArrowRight")
    assert slider.value_text() == "0.55"
    for fraction in (0.0, 0.8):
        state = update(begin(), Turn("turn", float(slider.value_text())))
        assert stage.text() == view(state).text
        assert {round(state.promised, 4), round(state.measured, 4)} <= set(stage.numbers())
        slider.drag(fraction)
    assert burst(page, slider, seconds=0.3)["jumps"] == 0  # the picture keeps its height
    stage.select("g0.1")
    assert "Selected: ∂a²₀/∂z²₀" in stage.text()
    stage.select_by_keyboard("g0.0")
    assert "∂z²₀/∂w²₀,₀ = +0.802184" in stage.text()
    assert stage.picture.locator(".bl-factor.bl-on .bl-value").all_inner_texts() == ["+0.8022"]


def test_a_train_that_is_off_is_missing_from_the_sum(shown):
    page, state = shown("gears(cases.wide, 'w1.2.1')"), begin(cases.wide, "w1.2.1")
    (stage,) = page.stages()
    switch, height = stage.picture.get_by_label("train through output 1"), stage.height()
    assert stage.text() == view(state).text
    switch.focus()
    for on, act in ((False, lambda: page.page.keyboard.press("Space")), (True, switch.click)):
        act()
        page.settled()
        state = update(state, Turn("train 1", on))
        assert stage.text() == view(state).text
        assert round(state.rate, 6) in stage.numbers()
        assert stage.height() == pytest.approx(height, abs=1)
    stage.select("g1.2")
    assert stage.text() == view(update(state, Select("g1.2"))).text

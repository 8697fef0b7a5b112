"""The number lines in the real JupyterLab move as the package computes, by mouse and by keyboard."""

import pytest

from backprop_lab import cases
from backprop_lab.drawing.picture import Select, Turn
from backprop_lab.pictures.number_lines import begin, update, view

from .timing import burst


def test_arrows_follow_the_slider_another_knob_is_nudged_and_a_rate_is_chosen(shown):
    page, state = shown("number_lines()"), begin()
    (stage,) = page.stages()
    slider = stage.slider("Δw")
    slider.press("ArrowRight")
    state = update(state, Turn("amount", 0.55))
    assert stage.text() == view(state).text
    assert burst(page, slider, seconds=0.3)["jumps"] == 0  # the picture keeps its height
    slider.press("End")
    state = update(state, Turn("amount", 1.0))
    assert {round(state.promised, 4), round(state.measured, 4)} <= set(stage.numbers())
    stage.select("r0.1")
    assert "∂a²₀/∂z²₀ = +0.212742" in stage.text()
    stage.select_by_keyboard("r0.0")
    state = update(state, Select("r0.0"))
    assert stage.text() == view(state).text
    stage.picture.get_by_label("nudge").select_option("b[2][0]")
    page.settled()
    assert stage.text() == view(update(state, Turn("start", "b[2][0]"))).text


def test_a_path_that_is_closed_is_missing_from_the_sum(shown):
    page, state = shown("number_lines(cases.wide, 'w1.2.1')"), begin(cases.wide, "w1.2.1")
    (stage,) = page.stages()
    switch, height = stage.picture.get_by_label("through output 1"), stage.height()
    switch.focus()
    for on, act in ((False, lambda: page.page.keyboard.press("Space")), (True, switch.click)):
        act()
        page.settled()
        state = update(state, Turn("path 1", on))
        assert stage.text() == view(state).text
        assert round(state.rate, 6) in stage.numbers()
        assert stage.height() == pytest.approx(height, abs=1)

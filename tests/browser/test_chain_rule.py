"""Notebook 04 in the real JupyterLab: the gears turn as the package computes, by mouse and by keyboard."""

import pytest

from backprop_lab import Case, cases
from backprop_lab.complex_step import nudge
from backprop_lab.drawing.markup import plain
from backprop_lab.views import gears
from backprop_lab.views.gears_state import Gears

from .conftest import page_of
from .parts import box_of
from .timing import burst

THREE, TWICE = "Gears from w[2][0, 0] to the cost", "Gears from w[1][2, 1] to the cost"


page = page_of("04_chain_rule.ipynb")


def rate(case: Case, layer: int, j: int, k: int) -> float:
    return round(float(nudge(case, "w", layer, (j, k)).cost[0]), 6)


def test_hands_and_rings_follow_the_slider(page):
    stage, slider = page.stage(THREE), page.slider("Δw")
    slider.press("ArrowRight")
    assert slider.value_text() == "0.55"
    for fraction in (0.0, 0.8):
        assert stage.text() == gears.sentence(Gears(cases.running, (2, 0, 0), float(slider.value_text())))
        assert rate(cases.running, 2, 0, 0) in stage.numbers()
        slider.drag(fraction)
    assert burst(page, slider, seconds=0.3)["jumps"] == 0  # the picture keeps its height


def test_a_rate_is_chosen_by_mouse_and_by_keyboard_and_lights_up_in_the_equation(page):
    stage = page.stage(THREE)
    stage.select("g0.1")
    assert "Selected: ∂a/∂z" in stage.text()
    stage.select_by_keyboard("g0.0")
    assert "∂z/∂w = +0.802184" in stage.text()
    assert stage.picture.locator("math .bl-on").last.text_content() == "(+0.8022)"


def test_a_train_that_is_off_is_missing_from_the_sum(page):
    *_, wide = [stage for stage in page.stages() if stage.picture.get_attribute("aria-label") == TWICE]
    assert rate(cases.wide, 1, 2, 1) in wide.numbers()
    switch, height = page.page.get_by_label("train through output 1"), box_of(wide.root)["height"]
    switch.focus()
    page.page.keyboard.press("Space")
    page.settled()
    assert wide.text() == gears.sentence(Gears(cases.wide, (1, 2, 1), off=frozenset({1})))
    assert f"make +{plain(rate(cases.running, 1, 2, 1), 6)}" in wide.text()
    assert box_of(wide.root)["height"] == pytest.approx(height, abs=1)
    switch.click()
    page.settled()
    assert wide.text() == gears.sentence(Gears(cases.wide, (1, 2, 1)))

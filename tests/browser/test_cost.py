"""Notebook 03 in the real JupyterLab: bars, squares and the mean show the package's numbers by mouse and key."""

import numpy as np

from backprop_lab import cases, quadratic
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.views import cost_bars, cost_mean

from .conftest import page_of

BARS, MEAN = "Differences, squares and cost", "Costs of a batch and their mean"

page = page_of("03_cost.ipynb")


def test_an_output_moved_by_key_and_by_mouse_moves_its_square_and_the_cost(page):
    stage, slider = page.stage(BARS), page.slider("a[1]")
    assert stage.text().startswith("The outputs are 0.30, 0.50, 0.20")
    slider.press("ArrowRight", "ArrowRight")
    assert slider.value_text() == "0.52"
    for fraction in (0.1, 0.9):
        a = np.array([0.3, float(slider.value_text()), 0.2])
        difference = a - [0, 1, 0]
        assert stage.text() == cost_bars.sentence(cost_bars.CostBars(tuple(a), (0.0, 1.0, 0.0)))
        assert round(difference[1] ** 2, 4) in stage.numbers()
        assert round(quadratic(a, [0, 1, 0]), 4) in stage.numbers()
        slider.drag(fraction)


def test_a_row_is_chosen_by_mouse_and_by_keyboard(page):
    stage = page.stage(BARS)
    stage.select("a0")
    assert stage.text().endswith("Selected: output 0, too high: raising it raises the cost.")
    stage.select_by_keyboard("a2")
    assert stage.selected() == "a2"
    assert stage.picture.locator("math .bl-on").text_content().startswith("(0.20−0.00)")


def test_the_mean_follows_one_column_by_a_quarter(page):
    stage, slider = page.stage(MEAN), page.slider("move a[0, 2] by")
    assert stage.text().endswith("Nothing has been moved yet.")
    slider.press("ArrowLeft")
    for fraction in (0.0, 0.7):
        state = cost_mean.move(cost_mean.begin(cases.batch), 2, float(slider.value_text()))
        assert stage.text() == cost_mean.sentence(state)
        change = float(state.changes[2])
        assert f"changed by {signed(change, 4)}, the mean by {signed(change / 4, 4)}" in stage.text()
        assert float(plain(state.costs.mean(), 4)) in stage.numbers()
        slider.drag(fraction)

"""The cost's pictures in the real JupyterLab: a slider rounds nothing until it is moved, and bars are dragged."""

from backprop_lab.drawing.picture import Select, Turn
from backprop_lab.pictures import cost_bars, cost_mean, parabola


def test_an_output_is_moved_by_key_and_by_its_bar_and_a_row_is_chosen(shown):
    page = shown("cost_bars()")
    stage, state = page.stage("Differences, squares and cost"), cost_bars.begin()
    stage.slider("a[1]").press("ArrowRight", "ArrowRight")
    stage.drag("y0.0", 30)
    for event in (Turn("a1.1", 0.52), Turn("y0.0", 15 * 0.02)):
        state = cost_bars.update(state, event)
    assert stage.text() == cost_bars.view(state).text
    stage.select("a1.0")
    stage.select_by_keyboard("a1.2")
    assert stage.selected() == "a1.2"
    assert stage.text() == cost_bars.view(cost_bars.update(state, Select("a1.2"))).text


def test_a_slider_between_two_of_its_steps_changes_nothing_until_it_is_moved(shown):
    page = shown("cost_mean()")
    stage = page.stage("Costs of a batch and their mean")
    assert page.kernel_eval("live.state.a == live.state.start") == "True"
    assert stage.text().endswith("Nothing has been moved yet.")
    stage.slider("a[0, 2]").press("Home")
    stage.drag("x1", 20)
    state = cost_mean.update(cost_mean.begin(), Turn("x2", 0.0))
    moved = float(page.kernel_eval("live.state.a[1]"))
    assert moved > state.a[1]
    assert stage.text() == cost_mean.view(cost_mean.update(state, Turn("x1", moved))).text


def test_the_point_is_dragged_along_its_parabola_and_the_tangent_comes_with_it(shown):
    page = shown("parabola((0.3, 0.7), (1.0, 0.0))")
    stage = page.stage("The cost over an output")
    stage.drag("a1.0", 40)
    stage.slider("y[1]").press("ArrowRight")
    state = parabola.begin((0.3, 0.7), (1.0, 0.0))
    for event in (Turn("a1.0", 0.5), Turn("y0.1", 0.01)):
        state = parabola.update(state, event)
    assert stage.text() == parabola.view(state).text

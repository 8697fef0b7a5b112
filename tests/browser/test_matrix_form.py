"""Notebook 09 in the real JupyterLab: cards click together, a product is walked from both ends, a stack collapses."""

from backprop_lab import cases
from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures import per_example_gradients, shapes

from .conftest import page_of

page = page_of("09_matrix_form.ipynb")


def after(picture, state, *events):
    for event in events:
        state = picture.update(state, event)
    return picture.view(state).text


def test_cards_are_chosen_by_mouse_and_keyboard_and_say_what_does_not_meet(page):
    stage = page.stage("Cards and their shapes")
    before = stage.height()
    stage.select("a")
    stage.select_by_keyboard("w")
    assert stage.text() == after(shapes, shapes.begin(), Select("a"), Select("w"))
    stage.select_by_keyboard("placed0")
    stage.select("a")
    assert stage.text() == after(shapes, shapes.begin(), Select("w"), Select("a"))
    assert abs(stage.height() - before) <= 1


def test_the_unrolled_product_is_shown_on_other_networks_too(page):
    stage = page.stage("The error signal of the first layer as one product")
    for name in ("running", "wide", "deep"):
        stage.picture.locator("select").first.select_option(name)
        page.settled()
        page.stage("The error signal of the first layer as one product").button("all lines").click()
        delta = getattr(cases, name).backward_pass.delta[1]
        assert ", ".join(signed(float(value), 6) for value in delta.flat) in stage.text()


def test_the_stack_is_slid_through_and_collapsed(page):
    label = per_example_gradients.view(per_example_gradients.begin()).label
    stage, before = page.stage(label), page.stage(label).height()
    page.slider("example").press("ArrowRight")
    begun = per_example_gradients.begin()
    assert stage.text() == after(per_example_gradients, begun, Turn("example", 1.0))
    stage.button("mean").click()
    assert stage.text() == after(per_example_gradients, begun, Turn("example", 1.0), Press("collapse mean"))
    assert abs(stage.height() - before) <= 1

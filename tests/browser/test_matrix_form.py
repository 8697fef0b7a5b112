"""Notebook 09 in the real JupyterLab: cards click together, a product is walked from both ends, a stack collapses."""

from functools import reduce

from backprop_lab import cases
from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures import matrix_chain, per_example_gradients, shapes

from .conftest import page_of

page = page_of("09_matrix_form.ipynb")


def test_cards_are_chosen_by_mouse_and_keyboard_and_nothing_jumps(shown):
    stage, state = shown("shapes()").stages()[0], shapes.begin()
    before = stage.height()
    stage.select("a")
    stage.select_by_keyboard("w")
    state = reduce(shapes.update, map(Select, ("a", "w")), state)
    assert stage.text() == shapes.view(state).text
    stage.select_by_keyboard("placed0")
    stage.select("a")
    stage.select_by_keyboard("entry 1,2")
    state = reduce(shapes.update, map(Select, ("placed0", "a", "entry 1,2")), state)
    assert stage.text() == shapes.view(state).text
    numbers = stage.picture.locator("table").last.locator("td").all_text_contents()
    assert numbers == [signed(value, 4) for value in shapes.begin().case.forward_pass.z[2].flat]
    assert stage.picture.locator("td.bl-on").count() == 3 + 3 + 1
    stage.button("δ").click()
    stage.select("w_next.T")
    stage.select_by_keyboard("delta_next")
    state = reduce(shapes.update, [Press("goal delta"), *map(Select, ("w_next.T", "delta_next"))], state)
    assert stage.text() == shapes.view(state).text
    assert abs(stage.height() - before) <= 1


def test_one_product_is_walked_from_both_ends(shown):
    stage, state = shown("matrix_chain()").stages()[0], matrix_chain.begin()
    stage.button("one step from the right").click()
    stage.button("one step from the left").locator.press("Enter")
    stage.lab.settled()
    state = reduce(matrix_chain.update, [Press("right"), Press("left")], state)
    assert stage.text() == matrix_chain.view(state).text
    stage.button("all steps").click()
    assert stage.text() == matrix_chain.view(matrix_chain.update(state, Press("all"))).text
    assert {24.0, 14.0, *cases.deep.backward_pass.delta[1].round(6).flat} <= set(stage.numbers())


def test_the_unrolled_product_is_shown_on_other_networks_too(page):
    stage = page.stage("The error signal of the first layer as one product")
    for name, lines in (("running", 4), ("wide", 4), ("deep", 6)):
        stage.picture.locator("select[aria-label=network]").select_option(name)
        page.settled()
        if stage.button("all lines").locator.get_attribute("aria-disabled") is None:
            stage.button("all lines").click()
        delta = getattr(cases, name).backward_pass.delta[1]
        assert f"All {lines} lines, here" in stage.text()
        assert ", ".join(signed(float(value), 6) for value in delta.flat) in stage.text()


def test_the_stack_is_slid_through_and_collapsed(shown):
    stage, state = shown("per_example_gradients()").stages()[0], per_example_gradients.begin()
    before = stage.height()
    stage.slider("example").press("ArrowRight")
    state = per_example_gradients.update(state, Turn("example", 1.0))
    assert stage.text() == per_example_gradients.view(state).text
    stage.select("slice 3")
    stage.select("entry 0,1")
    stage.button("mean").click()
    stage.select_by_keyboard("entry 1,1")
    events = Select("slice 3"), Press("collapse mean"), Select("entry 1,1")
    state = reduce(per_example_gradients.update, events, state)
    assert stage.text() == per_example_gradients.view(state).text
    assert set(cases.batch.backward_pass.nabla_w[1].round(6).flat) <= set(stage.numbers())
    stage.button("mean δ × mean a").click()
    state = per_example_gradients.update(state, Press("collapse mean δ × mean a"))
    assert stage.text() == per_example_gradients.view(state).text
    assert abs(stage.height() - before) <= 1

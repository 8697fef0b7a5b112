"""Notebook 09 in the real JupyterLab: cards click together, a product is walked from both ends, a stack collapses."""

from dataclasses import replace

from backprop_lab import cases
from backprop_lab.drawing.markup import signed
from backprop_lab.views import shapes_state as cards
from backprop_lab.views import tensor as tensors
from backprop_lab.widgets.shapes import DEEP_BATCH

from .conftest import page_of

page = page_of("09_matrix_form.ipynb")


def height(stage):
    return stage.picture.evaluate("node => node.getBoundingClientRect().height")


def test_cards_are_chosen_by_mouse_and_keyboard_and_say_what_does_not_meet(page):
    stage, state = page.stage("Cards and their shapes"), cards.Shapes(DEEP_BATCH, 2)
    before = height(stage)
    stage.select("a")
    stage.select_by_keyboard("w")
    assert stage.text() == cards.sentence(replace(state, chosen=("a", "w")))
    stage.select_by_keyboard("placed0")
    stage.select("a")
    built = replace(state, chosen=("w", "a"))
    assert stage.text() == cards.sentence(built)
    assert cards.reached(built)
    shown = stage.picture.locator("mtd").all_text_contents()
    assert shown == [signed(value, 3) for value in DEEP_BATCH.forward_pass.z[2].flat]
    page.button("δ").click()
    stage.select("w_next.T")
    stage.select_by_keyboard("delta_next")
    assert stage.text() == cards.sentence(cards.Shapes(DEEP_BATCH, 2, "δ", ("w_next.T", "delta_next")))
    assert height(stage) == before


def test_the_unrolled_product_is_shown_on_other_networks_too(page):
    stage = page.stage("The error signal of the first layer as one product")
    for name, lines in (("running", 4), ("wide", 4), ("deep", 6)):
        stage.root.locator("xpath=ancestor::*[contains(@class, 'bl-live')]").locator("select").first.select_option(name)
        page.settled()
        delta = getattr(cases, name).backward_pass.delta[1]
        assert f"All {lines} lines shown" in stage.text()
        assert ", ".join(signed(float(value), 6) for value in delta.flat) in stage.text()


def test_the_stack_is_slid_through_and_collapsed(page):
    stage, state = page.stage("The tensor of single gradients"), tensors.Tensor(cases.batch, 1, selected="2,0")
    before, sample = height(stage), page.slider("sample")
    sample.press("ArrowRight")
    assert stage.text() == tensors.sentence(replace(state, sample=1))
    assert -0.047349 in stage.numbers()
    sample.drag(1)
    stage.select("0,1")
    page.button("mean").click()
    stage.select_by_keyboard("1,1")
    now = tensors.Tensor(cases.batch, 1, 3, "mean", "1,1")
    assert stage.text() == tensors.sentence(now)
    assert set(cases.batch.backward_pass.nabla_w[1].round(6).flat) <= set(stage.numbers())
    page.button("mean δ × mean a").click()
    assert stage.text() == tensors.sentence(replace(now, collapse="mean δ × mean a"))
    assert height(stage) == before

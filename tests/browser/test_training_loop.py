"""Notebook 11 in the real JupyterLab: a step is lengthened."""

from backprop_lab import cases
from backprop_lab.views import descent

from .conftest import page_of

page = page_of("11_training_loop.ipynb")


def height(stage):
    return stage.picture.evaluate("node => node.getBoundingClientRect().height")


def test_a_longer_step_keeps_less_of_its_promise(page):
    stage, rate = page.stage("One step along the gradient"), page.slider("η")
    before = height(stage)
    rate.drag(0.75)
    assert stage.text() == descent.sentence(descent.begin(cases.batch, float(rate.value_text()), 80.0))
    assert "The cost rises" in stage.text()
    rate.press("Home", "ArrowRight")
    assert stage.text() == descent.sentence(descent.begin(cases.batch, 0.5, 80.0))
    assert height(stage) == before

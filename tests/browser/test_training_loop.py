"""The training loop's picture in the real JupyterLab: a step is lengthened."""

from backprop_lab.drawing.picture import Turn
from backprop_lab.pictures import one_step


def after(learning_rate):
    return one_step.view(one_step.update(one_step.begin(), Turn("learning_rate", learning_rate))).text


def test_a_longer_step_keeps_less_of_its_promise(shown):
    page = shown("one_step()")
    stage, rate = page.stage("One step along the gradient"), page.slider("learning rate η")
    before = stage.height()
    rate.drag(0.75)
    assert stage.text() == after(float(rate.value_text()))
    assert "The cost rises" in stage.text()
    rate.press("Home", "ArrowRight")
    assert stage.text() == after(0.5)
    assert stage.height() == before

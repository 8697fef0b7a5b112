"""Notebook 11 in the real JupyterLab: a step is lengthened, and the film of a training is scrubbed."""

from dataclasses import replace

from backprop_lab import cases, train
from backprop_lab.views import descent, film

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


def test_the_film_is_scrubbed_by_mouse_keys_and_buttons(page):
    batch = cases.batch
    history = train(batch.parameters, batch.x, batch.y, learning_rate=3.0, epochs=500, batch_size=4)
    opening, stage, epoch = film.begin(history, batch), page.stage("Film of a training"), page.slider("epoch")
    assert stage.text() == film.sentence(opening)
    before = height(stage)
    epoch.drag(0.336)
    assert stage.text() == film.sentence(replace(opening, epoch=int(epoch.value_text())))
    epoch.press("End", "ArrowLeft")
    page.button("one epoch back").locator.press("Enter")
    page.settled()
    last = replace(opening, epoch=498)
    assert stage.text() == film.sentence(last)
    assert last.now
    assert {round(float(value), 4) for value in last.now.backward_pass.delta[1].flat} <= set(stage.numbers())
    assert height(stage) == before

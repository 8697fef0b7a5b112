"""Saved notebooks as they are met: opened by who does not trust them and has not run them; a learner's own, again."""

import os
import re

import nbformat
import pytest
from saved_pictures import MARKUP, outputs

from .conftest import NOTEBOOKS

SAVED = [("01_notation.ipynb", 1280, "light"), ("11_training_loop.ipynb", 390, "dark")]
EACH = [(path.name, *look) for path in sorted(NOTEBOOKS.glob("*.ipynb")) for look in ((1280, "light"), (390, "dark"))]
IMAGES = """() => [...document.querySelectorAll('.jp-OutputArea-output img')].map(image => {
  const box = image.getBoundingClientRect();
  return {alt: image.alt, drawn: image.complete && image.naturalWidth > 0, width: box.width, height: box.height};
})"""
SHOWN = "n => document.querySelectorAll('.jp-OutputArea-output img').length === n"
TRUSTED = "() => jupyterapp.shell.currentWidget.content.widgets.some(cell => cell.outputArea && cell.model.trusted)"
ROOM = "() => document.querySelector('.jp-OutputArea-output').getBoundingClientRect().width"


@pytest.mark.parametrize(("name", "width", "theme"), EACH if "THOROUGH" in os.environ else SAVED)
def test_in_a_notebook_that_is_not_trusted_each_picture_is_seen_and_has_its_words(lab, name, width, theme):
    page = lab(name, width=width, theme=theme)
    saved = [each.data for each in outputs(nbformat.read(NOTEBOOKS / name, 4)) if MARKUP in each.get("data", {})]
    page.page.wait_for_function(SHOWN, arg=len(saved))
    images = page.page.evaluate(IMAGES)
    assert not page.page.evaluate(TRUSTED)
    assert [image["alt"] for image in images] == [data["text/plain"] for data in saved]
    assert all(image["drawn"] and image["width"] >= 120 and image["height"] >= 20 for image in images)
    assert max(image["width"] for image in images) <= page.page.evaluate(ROOM)
    assert page.axe() == []


def test_a_learner_s_own_notebook_opened_again_shows_its_pictures_as_they_were(lab, write_notebook):
    page = lab(write_notebook("from backprop_lab import widgets\n\nlive = widgets.explorer()\nlive"))
    page.run_all()
    said = page.stages()[0].text()
    page.page.evaluate("() => jupyterapp.commands.execute('docmanager:save')")
    page.page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    page.reload()
    shown = page.page.locator(".jp-OutputArea-output")
    page.until(lambda: shown.locator("figure svg").count() > 0)
    words = shown.inner_text()
    assert "Run all cells to make it live." in words
    assert said in words
    assert not re.search("error", words, re.IGNORECASE)
    assert page.axe() == []
    page.run_all()
    assert page.stages()[0].text() == said
    assert "Run all cells" not in shown.first.inner_text()

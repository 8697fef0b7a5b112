"""What is shown of a training: the film, the figures, the digits, and the map of the series."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from backprop_lab import cases, datasets, train, widgets
from backprop_lab.markup import plain
from backprop_lab.views.course import CHAPTERS, course, navigation
from backprop_lab.views.digits import digits_picture
from backprop_lab.views.figure import figure
from backprop_lab.views.film import Film, film

HISTORY = train(cases.batch.parameters, cases.batch.x, cases.batch.y, learning_rate=3.0, epochs=20, batch_size=4)


@pytest.mark.parametrize("epoch", [1, 7, 20])
def test_the_film_shows_the_epoch_it_stands_at(epoch):
    picture = film(Film(HISTORY, epoch))
    now = HISTORY.epochs[epoch - 1]
    assert picture.text.startswith(f"After epoch {epoch} the cost is {plain(now.cost, 4)};")
    for layer, value in now.delta_rms.items():
        assert f"{plain(value, 4)} in layer {layer}" in picture.text
        assert f"+{plain(value, 4)}" in picture.markup
    ElementTree.fromstring(picture.markup)


def test_the_film_is_scrubbed_by_slider_and_buttons_and_stops_at_its_ends():
    live = widgets.film(HISTORY)
    assert live.state.epoch == 20
    live.buttons["one epoch on"].click()
    assert live.state.epoch == 20
    live.buttons["one epoch back"].click()
    assert (live.state.epoch, live.controls[0].widget.value) == (19, 19)
    live.controls[0].widget.value = 3
    assert live.stage.text.startswith("After epoch 3 ")


def test_a_figure_follows_the_theme_says_what_it_shows_and_is_the_same_each_time():
    def draw(canvas):
        canvas.subplots().plot([1, 2, 3], label="cost <&>")

    first, second = figure(draw, "A line rises from 1 to 3."), figure(draw, "A line rises from 1 to 3.")
    assert first == second
    assert "var(--bl-fg)" in first.markup
    assert not re.search(r"#01020\d", first.markup)
    assert ElementTree.fromstring(first.markup).attrib["class"] == "bl-figure"
    assert first.text == "A line rises from 1 to 3."


def test_digits_are_drawn_pixel_by_pixel_and_named():
    digits = datasets.digits()
    picture = digits_picture(digits.x[:, :3], digits.labels[:3], np.array([0, 7, 2]))
    drawings = list(ElementTree.fromstring(picture.markup).iter("svg"))
    for drawing, column in zip(drawings, digits.x[:, :3].T, strict=True):
        ink = [float(rect.attrib["fill-opacity"]) for rect in drawing.iter("rect") if "fill-opacity" in rect.attrib]
        np.testing.assert_allclose(ink, column[column > 0], atol=0.0051)
    assert picture.text == "3 handwritten digits: 0, taken for 0; 1, taken for 7; 2, taken for 2."


def test_the_map_links_every_notebook_and_each_states_its_place():
    for chapter in CHAPTERS:
        assert f'href="{chapter.file}.ipynb"' in course().markup
    middle = navigation(CHAPTERS[3])
    assert [f"({CHAPTERS[at].file}.ipynb)" in middle for at in (2, 0, 4)] == [True, True, True]
    assert f"about {CHAPTERS[3].minutes} minutes" in middle
    assert "←" not in navigation(CHAPTERS[0])
    assert "→" not in navigation(CHAPTERS[-1])

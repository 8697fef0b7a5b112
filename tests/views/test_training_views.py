"""What is shown of a training: the film, the figures, the digits, and the map of the series."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_lab import cases, datasets, initialize, train, widgets
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.views import descent as descent_view
from backprop_lab.views import film as film_view
from backprop_lab.views.course import CHAPTERS, course, navigation
from backprop_lab.views.decision import decision, decision_picture
from backprop_lab.views.digits import digits_picture
from backprop_lab.views.figure import figure
from backprop_lab.views.film import film

HISTORY = train(cases.batch.parameters, cases.batch.x, cases.batch.y, learning_rate=3.0, epochs=20, batch_size=4)


START = cases.batch
FILM = film_view.begin(HISTORY, START)


@pytest.mark.parametrize("epoch", [1, 7, 20])
def test_the_film_shows_the_epoch_it_stands_at(epoch):
    picture = film(replace(film_view.begin(HISTORY), epoch=epoch))
    now = HISTORY.epochs[epoch - 1]
    assert picture.text.startswith(f"After epoch {epoch} the cost is {plain(now.cost, 4)};")
    for layer, value in now.delta_rms.items():
        assert f"{plain(value, 4)} in layer {layer}" in picture.text
        assert f"layer {layer} {plain(value, 4)}" in picture.markup
    ElementTree.fromstring(picture.markup)


@pytest.mark.parametrize("epoch", [0, 1, 5, 20])
def test_the_film_of_few_examples_shows_every_error_signal_of_that_epoch(epoch):
    picture = film(replace(FILM, epoch=epoch))
    network = replace(START, parameters=HISTORY.epochs[epoch - 1].parameters) if epoch else START
    _, signals, _ = ElementTree.fromstring(picture.markup).iter("svg")
    values = [text.text for text in signals.iter("text") if text.get("class") == "bl-value bl-size"]
    delta = network.backward_pass.delta
    assert values == [signed(float(value), 4) for layer in (2, 1) for value in delta[layer].flat]
    right = int(((network.forward_pass.prediction > 0.5) == (START.y > 0.5)).sum())
    assert f"{right} of 4 examples are right" in picture.text
    assert f"{right} of 4 right" in picture.markup


def test_the_bars_of_the_error_signals_never_leave_their_cells():
    for epoch in range(21):
        _, signals, _ = ElementTree.fromstring(film(replace(FILM, epoch=epoch)).markup).iter("svg")
        assert all(float(bar.attrib["width"]) <= 31 for bar in signals.iter("rect"))


def test_the_film_is_scrubbed_by_slider_and_buttons_and_stops_at_its_ends():
    live = widgets.film(HISTORY)
    assert live.state.epoch == 20
    live.buttons["one epoch on"].click()
    assert live.state.epoch == 20
    live.buttons["one epoch back"].click()
    assert (live.state.epoch, live.controls[0].widget.value) == (19, 19)
    live.controls[0].widget.value = 3
    assert live.stage.text.startswith("After epoch 3 ")
    opening = widgets.film(HISTORY, START)
    opening.buttons["one epoch back"].click()
    assert opening.state.epoch == 0
    assert opening.stage.text.startswith("Before the first step the cost is 0.1304; 3 of 4 examples are right.")


def test_a_film_refuses_examples_it_cannot_draw():
    with pytest.raises(ValueError, match=r"two inputs, one output and at most 12 examples, got sizes \(2, 3, 2\)"):
        widgets.film(HISTORY, cases.wide)
    with pytest.raises(ValueError, match=r"two inputs and one output, got sizes \(2, 3, 2\)"):
        decision_picture(cases.wide)


@settings(max_examples=20)
@given(st.integers(0, 100))
def test_the_plane_is_blue_where_the_answer_is_above_half(seed):
    network = replace(START, parameters=initialize((2, 3, 1), seed=seed))
    middle = (np.arange(24) + 0.5) / 6 - 2
    grid = np.array([(x, -y) for y in middle for x in middle]).T
    above = int((replace(network, x=grid, y=np.zeros((1, 576))).forward_pass.prediction >= 0.5).sum())
    drawing = ElementTree.fromstring(decision(network))
    strips = [path.attrib["d"] for path in drawing.iter("path") if path.get("class") == "bl-positive"]
    wide = [float(end) - float(x) for d in strips for x, end in re.findall(r"M([\d.]+) [\d.]+H([\d.]+)V", d)]
    assert sum(wide) == pytest.approx(above * 246 / 24, abs=0.06 * len(wide))


def test_a_picture_of_the_plane_says_how_many_are_right():
    assert decision_picture(START).text.endswith("where the output is ½: 3 of 4 right.")
    moons = datasets.moons(50)
    network = replace(START, x=moons.x, y=moons.y)
    assert (
        len([*ElementTree.fromstring(decision_picture(network).markup).iter("circle")]) == 50 + 2
    )  # and the key's two


@pytest.mark.parametrize("case", [cases.running, cases.batch, cases.deep], ids=["running", "batch", "deep"])
def test_a_short_step_keeps_the_gradients_promise_and_the_lines_agree(case):
    state = descent_view.begin(case, 1e-4, 5.0)
    promise, true = descent_view.change(state)
    assert true == pytest.approx(promise, rel=1e-3)
    shown = [cell.text for cell in ElementTree.fromstring(descent_view.descent(state).markup).iter("td")]
    assert shown[0] == shown[2] == signed(promise, 6)
    assert shown[3] == signed(true, 6)


def test_a_step_that_is_too_long_is_said_to_raise_the_cost():
    live = widgets.one_step()
    live.controls[0].widget.value = 60.0
    assert "the gradient promises −0.103523, the step brings +0.008183." in live.stage.text
    assert "The cost rises from 0.130414 to 0.138597." in live.stage.text
    live.controls[0].widget.value = 0.0
    assert live.stage.text == "η = 0.0: no step, and the cost stays 0.130414."


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

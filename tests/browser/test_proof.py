"""A proof in the real JupyterLab: every line follows a slider, what a line speaks of lights up, and nothing jumps."""

import numpy as np
import pytest

from backprop_lab import cases, derivations
from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures import proof

TITLE = derivations.bp2.title


@pytest.fixture
def page(shown):
    return shown("proof(derivations.bp2, case=cases.wide, neuron=1)")


def after(*events):
    state = proof.begin(derivations.bp2, case=cases.wide, neuron=1)
    for event in events:
        state = proof.update(state, event)
    return state


def shows(page, state) -> bool:
    """The sentence is the package's, and the value of every line that is shown stands in the picture."""
    stage, steps = page.stage(TITLE), derivations.evaluate(state.proof, state.place)
    words = stage.picture.inner_text()
    return stage.text() == proof.view(state).text and all(
        words.count(signed(float(step.value), 6)) >= state.visible for step in steps
    )


def test_every_line_follows_a_slider_moved_by_keys_and_by_mouse_and_by_a_number_that_is_dragged(page):
    page.button("all lines").click()
    slider = page.slider("w[1][1, 0]")
    start = float(slider.value_text())
    assert start == cases.wide.parameters.w[1][1, 0]
    assert shows(page, after(Press("all")))
    slider.press("ArrowRight", "ArrowRight")
    assert shows(page, after(Press("all"), Turn("w1.1.0", float(slider.value_text()))))
    slider.drag(0.8)
    assert np.abs(float(slider.value_text()) - start) > 1
    turned = Turn("w1.1.0", float(slider.value_text()))
    assert shows(page, after(Press("all"), turned))
    page.stage(TITLE).drag("w2.1.2", 60)
    dragged = float(page.kernel_eval("float(live.state.place.case.parameters.w[2][1, 2])"))
    assert dragged != cases.wide.parameters.w[2][1, 2]
    assert shows(page, after(Press("all"), turned, Turn("w2.1.2", dragged)))


@pytest.mark.parametrize("way", ["select", "select_by_keyboard"])
def test_a_line_that_is_chosen_opens_and_lights_what_it_speaks_of(page, way):
    stage = page.stage(TITLE)
    page.button("all lines").click()
    getattr(stage, way)("line.5")
    assert stage.selected() == "line.5"
    spoken = proof.spoken_of(after(Press("all"), Select("line.5")))
    assert spoken
    for key in spoken:
        assert stage.picture.locator(f'[data-key="{key}"].bl-on').count() == 1
    assert "every term with p ≠ j" in stage.picture.locator(".bl-reason").inner_text()


def test_lines_come_one_at_a_time_and_nothing_jumps_whatever_is_opened_or_chosen(page):
    stage = page.stage(TITLE)
    heights = [stage.height()]
    for count in range(2, 8):
        page.button("next line").click()
        assert stage.keys() == [f"line.{number}" for number in range(1, count + 1)]
        heights.append(stage.height())
    for number in range(1, 8):
        page.kernel_eval(f"live.select('line.{number}') if live.state.line != {number} else None")
        page.settled()
        heights.append(stage.height())
    for network in ("running", "deep", "wide"):
        page.kernel_eval(f"live.turn('network', {network!r})")
        page.settled()
        heights.append(stage.height())
    page.button("back").click()
    assert len(stage.keys()) == 6
    assert max(heights) - min(heights) <= 1


def test_the_menu_of_outputs_breaks_a_line_and_opens_it(shown):
    page = shown("proof(derivations.bp1, case=cases.wide, shown=None)")
    stage = page.stage(derivations.bp1.title)
    assert "All 5 lines, here L = 2, j = 0: each gives" in stage.text()
    before, outputs = stage.height(), stage.picture.get_by_label("output", exact=True)
    for output, line in (("softmax, quadratic cost", 3), ("sigmoid, cross-entropy", 5)):
        outputs.select_option(output)
        page.until(lambda line=line: f"line {line} is not equal" in stage.text())
        page.settled()
        assert stage.selected() == f"line.{line}"
        assert "It assumes that" in stage.picture.locator(".bl-opened .bl-bad").inner_text()
        assert abs(stage.height() - before) <= 1


def test_a_screen_reader_hears_the_network_as_one_image(page):
    network = page.stage(TITLE).picture.get_by_role("img", name="A network with layers of 2, 3, 2: input x[0], +0.50; ")
    assert network.count() == 1

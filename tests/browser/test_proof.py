"""A proof in the real JupyterLab: every line follows a slider, and what a line speaks of lights up."""

from dataclasses import replace

import numpy as np
import pytest

from backprop_lab import cases, derivations
from backprop_lab.drawing.markup import signed
from backprop_lab.views import proof as view
from backprop_lab.views import proof_state

PROOF = """
from backprop_lab import cases, derivations, widgets

live = widgets.proof(derivations.bp2, case=cases.wide, neuron=1)
live
"""
TITLE = derivations.bp2.title


@pytest.fixture
def page(lab, write_notebook):
    page = lab(write_notebook(PROOF))
    page.run_all()
    yield page
    page.assert_clean()
    assert page.axe() == []


def state(weight: float, selected: str = "") -> proof_state.ProofState:
    """BP2 on neuron 1 of layer 1 of wide, with the weight from neuron 0 to it."""
    begun = proof_state.begin(derivations.bp2, cases.wide, "wide")
    return replace(proof_state.with_weight_in(proof_state.at(begun, neuron=1), weight), selected=selected)


def shows(page, expected) -> bool:
    """The sentence is the package's, and the value of every line stands in the picture."""
    stage, steps = page.stage(TITLE), derivations.evaluate(expected.proof, expected.place)
    words = stage.picture.inner_text()
    return stage.text() == view.proof(expected).text and all(signed(float(step.value), 6) in words for step in steps)


def test_every_line_follows_a_slider_moved_by_keys_and_by_mouse(page):
    slider = page.slider("weight k → j")
    start = float(slider.value_text())
    assert start == cases.wide.parameters.w[1][1, 0]
    assert shows(page, state(start))
    slider.press("ArrowRight", "ArrowRight")
    assert shows(page, state(float(slider.value_text())))
    slider.drag(0.8)
    assert np.abs(float(slider.value_text()) - start) > 1
    assert shows(page, state(float(slider.value_text())))


@pytest.mark.parametrize("way", ["select", "select_by_keyboard"])
def test_a_chosen_line_lights_what_it_speaks_of(page, way):
    stage = page.stage(TITLE)
    getattr(stage, way)("line.5")
    assert stage.selected() == "line.5"
    spoken = view.spoken_of(state(cases.wide.parameters.w[1][1, 0], "line.5"))
    assert spoken
    for key in spoken:
        assert stage.picture.locator(f'[data-key="{key}"].bl-on').count() == 1


def test_lines_are_shown_one_at_a_time(page):
    def shown():
        keys = page.stage(TITLE).keys()
        return sum(key.startswith("line.") for key in keys)

    page.button("back").click()
    assert shown() == 6
    page.button("next line").click()
    assert shown() == 7

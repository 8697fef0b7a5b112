"""The demon in the real JupyterLab: by mouse, by keyboard and by slider it shows what the package computes."""

import pytest

from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures.demon import begin, update, view
from backprop_lab.pictures.demon.view import short

from .timing import burst


def shows(stage, state) -> bool:
    """The sentence and the numbers are those of this state, and its neuron is the one that is chosen."""
    shown = stage.picture.text_content()
    numbers = [signed(state.promise, 6), signed(state.change, 6), short(state.change - state.promise)]
    return (
        stage.text() == view(state).text
        and stage.selected() == state.neuron.key
        and all(number in shown for number in numbers)
    )


def test_the_demon_is_moved_by_mouse_keyboard_and_slider(shown):
    page, state = shown("demon()"), begin()
    stage = page.stage("The demon, the network and the cost")
    slider, height = stage.slider("Δz"), stage.height()
    assert shows(stage, state)
    for key, choose in (
        ("a1.2", stage.select),
        ("a1.0", stage.select_by_keyboard),
        ("w1.1.0", stage.select),
        ("a0.0", stage.select),
    ):
        choose(key)
        state = update(state, Select(key))
        assert shows(stage, state)
    slider.press("ArrowRight", "ArrowRight")
    state = update(state, Turn("amount", 0.12))
    assert shows(stage, state)
    for words, key in (("Δz × 10", "larger"), ("the other way", "other way"), ("Δz ÷ 10", "smaller")):
        stage.button(words).click()
        state = update(state, Press(key))
        assert shows(stage, state)
    slider.drag(1)
    state = update(state, Turn("amount", state.shown))
    assert shows(stage, state)
    slider.drag(0.5)
    assert burst(page, slider, seconds=0.3)["jumps"] == 0  # the picture keeps its height, through Δz = 0 too
    assert stage.height() == pytest.approx(height, abs=1)

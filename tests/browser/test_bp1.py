"""BP1 in the real JupyterLab: the rectangle goes to ln 2 exactly, its corner is dragged, one of three is held."""

import numpy as np
import pytest

from backprop_lab.drawing.picture import Turn
from backprop_lab.pictures import bp1_area


def test_a_rectangle_goes_to_the_largest_area_and_its_corner_is_dragged(shown):
    page = shown("bp1_area()")
    stage = page.stage("The rectangle of BP1")
    stage.button("go to the largest area").click()
    assert float(page.kernel_eval("live.state.z[0]")) == pytest.approx(np.log(2), abs=1e-12)  # between two steps
    stage.slider("z").press("End")
    stage.slider("y").drag(1)
    assert stage.text() == bp1_area.view(bp1_area.begin(10.0, 1.0)).text
    stage.drag("z[1][0]", 40)  # the output is at its target: to the right the rectangle grows, and z falls
    assert page.kernel_eval("live.state.z[0] < 9") == "True"


def test_of_three_rectangles_one_is_held_by_mouse_keyboard_and_by_what_is_moved(shown):
    page = shown("bp1_area((-1.0, 0.0, 2.0), (0, 1, 0))")
    stage = page.stage("The rectangles of BP1")
    stage.select("a1.1")
    stage.select_by_keyboard("a1.2")
    assert stage.selected() == "a1.2"
    stage.slider("z[0]").press("ArrowRight")
    state = bp1_area.update(bp1_area.begin((-1.0, 0.0, 2.0), (0, 1, 0)), Turn("z[1][0]", -0.95))
    assert (stage.text(), stage.selected()) == (bp1_area.view(state).text, "a1.0")

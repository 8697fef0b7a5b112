"""One step along the gradient: what it promises, and what it brings."""

from xml.etree import ElementTree

import pytest

from backprop_lab import cases, widgets
from backprop_lab.drawing.markup import signed
from backprop_lab.views import descent as descent_view


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

"""BP1 in the real JupyterLab: the rectangle goes to ln 2 exactly, neighbours can be held, softmax breaks line 3."""

import numpy as np

from backprop_lab.views import rectangle as view
from backprop_lab.views.rectangle import Rectangle


def test_rectangles_and_proof_answer_to_mouse_and_keyboard_and_softmax_breaks_line_3(lab):
    page = lab("06_bp1_output_error.ipynb")
    page.run_all()
    rectangles_answer(page)
    softmax_breaks_line_3(page)
    page.assert_clean()


def rectangles_answer(page):
    stage = page.stage("The rectangle of BP1")
    page.button("go to the largest area").click()
    assert stage.text() == view.sentence(Rectangle((float(np.log(2)),), (0.0,)))  # not put on the slider's steps
    page.slider("z").press("End")
    assert stage.text() == view.sentence(Rectangle((10.0,), (0.0,)))
    page.slider("y").drag(1)
    assert stage.text() == view.sentence(Rectangle((10.0,), (1.0,)))

    three, z = page.stage("The rectangles of BP1"), np.log([0.3 / 0.7, 1.0, 0.25])
    three.select("a1")
    assert three.text() == view.sentence(Rectangle(tuple(z), (0.0, 1.0, 0.0), "a1"))
    three.select_by_keyboard("a2")
    assert three.text() == view.sentence(Rectangle(tuple(z), (0.0, 1.0, 0.0), "a2"))
    assert {0.063, -0.125, 0.032} <= set(three.numbers())


def softmax_breaks_line_3(page):
    outputs = page.page.locator(".widget-dropdown").filter(has_text="softmax").locator("select")
    proofs = [stage for stage in page.stages() if stage.text().startswith("BP1: the error signal")]
    assert [outputs.count(), len(proofs)] == [2, 2]
    assert "All 5 lines shown: each gives" in proofs[1].text()
    outputs.nth(1).select_option("softmax, quadratic cost")
    page.until(lambda: "line 3 is not equal" in proofs[1].text())
    outputs.nth(1).select_option("sigmoid, cross-entropy")
    page.until(lambda: "line 5 is not equal" in proofs[1].text())

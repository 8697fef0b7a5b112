"""A quiz and a checker in the real JupyterLab: by keyboard alone, with names a screen reader can say."""

import pytest

QUIZ = "from backprop_lab import widgets\n\nform = widgets.quiz('02_forward_pass')\nform"
CHECK = "from backprop_lab import check_bp2\n\ncheck_bp2(lambda w_next, delta_next, z: w_next.T @ delta_next)"


@pytest.fixture(params=["light", "dark"])
def page(lab, write_notebook, request):
    page = lab(write_notebook(QUIZ, CHECK), theme=request.param)
    page.run_all()
    yield page
    page.assert_clean()
    assert page.axe() == []


def test_a_quiz_is_answered_by_keyboard_and_a_checker_speaks(page):
    group = page.page.get_by_role("group", name="The input of a neuron is 0")
    group.get_by_role("radio", name="its bias").focus()
    for key in ("Space", "ArrowDown", "Enter"):  # JupyterLab would take the arrow for itself
        page.page.keyboard.press(key)
    form = page.page.locator("form").filter(has=group)
    page.until(lambda: "multiplied by the input, which is 0" in form.get_by_role("status").inner_text())
    assert group.get_by_role("radio", name="its weight").is_checked()  # the choice and the focus are kept
    for key in ("ArrowUp", "Enter"):
        page.page.keyboard.press(key)
    page.until(lambda: "90 of 100 points" in form.get_by_role("status").inner_text())
    assert page.kernel_eval("form.state.score") == "90"
    assert page.page.get_by_role("status").filter(has_text="Not yet. Your δˡ lacks one factor").count() == 1

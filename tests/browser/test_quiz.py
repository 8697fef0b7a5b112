"""A quiz and a checker in the real JupyterLab: by keyboard alone, with names a screen reader can say."""

import pytest

from .parts import box_of

QUIZ = "from backprop_lab import widgets\n\nform = widgets.quiz('02_forward_pass')\nform"
CHECK = "from backprop_lab import check_bp2\n\ncheck_bp2(lambda w_next, delta_next, z: w_next.T @ delta_next)"


@pytest.fixture
def page(cells):
    return cells(QUIZ, CHECK, theme="dark")


def test_a_quiz_is_answered_by_keyboard_and_a_checker_speaks(page):
    quiz = page.stage("Quiz")
    height = quiz.height()
    card = page.page.locator(".bl-question").nth(2)
    group = page.page.get_by_role("group", name="The input of a neuron is 0")
    told = card.get_by_role("status")

    def press(*keys):
        for key in keys:
            page.page.keyboard.press(key)
            page.settled()

    group.get_by_role("radio", name="its bias").focus()
    press("Space", "ArrowDown", "Tab", "Space")  # JupyterLab would take the arrow for itself; Tab leads to "check"
    assert "multiplied by the input, which is 0" in told.inner_text()
    assert group.get_by_role("radio", name="its weight").is_checked()
    press("Shift+Tab", "ArrowUp", "Tab", "Space")
    assert "90 of 100 points" in told.inner_text()
    assert page.kernel_eval("form.state.quiz.score") == "90"
    assert quiz.text() == "1 of 4 questions answered right: 90 of 400 points."
    assert quiz.height() == height
    card = page.page.locator(".bl-question").first
    card.get_by_role("radio", name="only the output").check()
    page.settled()
    card.get_by_role("button", name="check").click()
    page.settled()
    assert "of its own neuron" in card.get_by_role("status").inner_text()
    assert quiz.height() == height
    assert page.page.locator(".bl-saved").count() == 0  # no answer is in the page
    assert page.page.get_by_role("status").filter(has_text="Not yet. Your δˡ is missing a factor").count() == 1


@pytest.mark.parametrize("width", [1280, 800])
def test_each_question_with_its_answer_is_on_one_screen(cells, width):
    page = cells(QUIZ, width=width)
    assert all(box_of(card)["height"] <= 330 for card in page.page.locator(".bl-question").all())

"""Notebook 01 in the real JupyterLab: wires and predictions by mouse and by keyboard."""

import pytest

from backprop_lab import cases
from backprop_lab.drawing.markup import signed
from backprop_lab.pictures import wires, wires_game
from backprop_lab.pictures.wires import Wires
from backprop_lab.quantities import Quantity

from .conftest import page_of
from .parts import plain

page = page_of("01_notation.ipynb")
FIRST = wires.begin()


def shows(page, state):
    """The sentence, what is lit, and the number of every cell are the package's."""
    stage = page.stage("The network and its weights")
    assert stage.text() == wires.view(state).text
    assert stage.picture.get_by_role("textbox", name="code").input_value() == state.code
    for cell in stage.picture.locator("td [data-select]").all():
        quantity = Quantity.read(cell.get_attribute("data-select") or "")
        assert cell.inner_text() == signed(quantity.value(state.case))
    return stage


def test_an_edge_a_cell_and_a_name_select_the_same_weight(page):
    stage = shows(page, FIRST)
    height = stage.height()
    stage.select("w2.0.1")
    shows(page, Wires(cases.running, cases.running, "running", "w2.0.1"))
    stage.picture.locator('td [data-select="w1.1.0"]').click()
    page.settled()
    shows(page, Wires(cases.running, cases.running, "running", "w1.1.0"))
    assert stage.picture.locator("td.bl-on [data-select], g.bl-on").count() == 2
    box = stage.picture.get_by_role("textbox", name="code")
    box.fill("w[1][2][1]")
    box.press("Enter")
    page.settled()
    shows(page, Wires(cases.running, cases.running, "running", "w1.2.1"))
    stage.select_by_keyboard("b1.0")
    shows(page, Wires(cases.running, cases.running, "running", "b1.0"))
    assert stage.height() == height


def test_the_menu_keeps_the_selection_and_a_wrong_name_is_explained(page):
    stage = page.stage("The network and its weights")
    height, selected = stage.height(), stage.selected()
    stage.picture.get_by_role("combobox", name="network").select_option("deep")
    page.settled()
    shows(page, Wires(cases.deep, cases.running, "deep", selected))
    stage.select("a2.1")
    shows(page, Wires(cases.deep, cases.running, "deep", "a2.1"))
    box = stage.picture.get_by_role("textbox", name="code")
    box.fill("w[4][0, 0]")
    box.press("Tab")
    page.settled()
    assert stage.text() == "There is no w[4]: w has the layers 1 to 3."
    assert stage.height() == height


def test_a_game_is_won_by_keyboard_and_mouse(page):
    stage = page.stage("Five rounds with wires")
    box, height = stage.picture.get_by_role("textbox", name="code"), stage.height()
    for number, one in enumerate(wires_game.begin().rounds):
        if one.typed:
            box.fill(one.weight.code)
            box.press("Tab")
            page.page.keyboard.press("Space")  # on commit, where Tab leads; before Python has answered to the name
            page.settled()
        else:
            stage.select(one.weight.key)
            stage.button("commit").click()
        assert stage.text().startswith("That is right")
        assert f"{number + 1} right" in stage.picture.inner_text()
        assert stage.height() == height
        if number < 4:
            stage.button("next round").click()
    assert stage.text().endswith("5 of 5 are right.")


def test_a_prediction_is_typed_and_compared(page):
    stage = page.stage("How many weights and biases together has deep, with the sizes 2, 3, 2, 1?")
    box, height = stage.picture.get_by_role("textbox"), stage.height()
    box.fill("14")
    box.press("Enter")
    page.settled()
    assert plain(stage.picture.locator(".bl-told").inner_text()).startswith("You typed 14.")
    box.press("Tab")
    page.page.keyboard.press("Space")
    page.settled()
    assert "That is the value with the biases left out. Try again." in stage.picture.locator(".bl-told").inner_text()
    assert "20" not in stage.picture.inner_text()
    box.fill("20")
    box.press("Tab")
    page.page.keyboard.press("Space")
    page.settled()
    assert "That is right. The answer is 20." in stage.picture.locator(".bl-told").inner_text()
    assert stage.height() == height
    page.until(lambda: stage.spoken() == stage.text())
    assert not stage.root.locator(".bl-stage-text").is_visible()  # it stands with the question


QUESTIONS = """
from backprop_lab import widgets
from backprop_lab.questions import forms
from backprop_lab.live import Live
from backprop_lab.pictures.prediction import Prediction, update, view

asked = forms.order("In which order?", ["z", "a", "C"], because=("σ takes $z$.", "C compares $a^L$."), once=True)
Live(Prediction(asked), view, update)"""


@pytest.mark.parametrize("end", ["commit", "skip"])
def test_a_choice_and_an_order_are_made_by_keyboard_and_nothing_jumps(cells, end):
    page = cells("from backprop_lab import widgets\n\nwidgets.predict('02.what_moves_a')", QUESTIONS)
    for stage in page.stages():
        height = stage.height()
        dots = stage.picture.locator("[data-turn=given]")
        (dots if dots.count() else stage.picture.locator("[data-press^=item]")).first.focus()
        keys = ["Space", "ArrowDown", "ArrowDown"] if dots.count() else ["Space", "Tab", "Space", "Tab", "Space"]
        for key in keys:
            page.page.keyboard.press(key)
            page.settled()
            assert stage.height() == height
        stage.picture.get_by_role("radio", name="sure", exact=True).check()
        stage.button(end).click()
        assert stage.height() == height
        assert stage.picture.locator(".bl-told").inner_text() != ""
        stage.button("start over").click()
        assert stage.height() == height


def test_a_missed_exercise_may_be_tried_again_and_two_questions_do_not_mix(shown):
    page = shown("recall('05')", theme="dark")
    stage = page.stage("Questions from earlier notebooks")
    height, first = stage.height(), stage.picture.get_by_role("textbox").first
    for typed in ("1000", "2000"):
        first.fill(typed)
        stage.button("commit").click()
        assert "Try again." in stage.picture.locator(".bl-told").first.inner_text()
        assert "Try again." not in stage.picture.locator(".bl-told").last.inner_text()
        assert stage.height() == height
    first.fill("3000")
    stage.button("commit").click()
    assert "The answer is" in stage.picture.locator(".bl-told").first.inner_text()
    assert stage.height() == height
    assert page.kernel_eval("[each.phase for each in live.state.predictions]") == "['committed', 'open']"

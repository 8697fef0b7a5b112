"""Notebook 01 in the real JupyterLab: wires and predictions by mouse and by keyboard."""

from backprop_lab.drawing.markup import signed
from backprop_lab.views import wires as view
from backprop_lab.views import wires_game
from backprop_lab.views.wires import NETWORKS, Wires

from .conftest import page_of
from .parts import plain

page = page_of("01_notation.ipynb")


def press(page, name):
    """A button of the game."""
    game = page.page.locator(".bl-live").filter(has=page.page.get_by_label("Five rounds with wires", exact=True))
    game.get_by_role("button", name=name, exact=True).click()
    page.settled()


def shows(page, state):
    """The sentence, what is lit, and the number of every cell are the package's."""
    stage = page.stage("The network and its weights")
    assert stage.text() == view.wires(state).text
    assert page.page.get_by_role("textbox", name="code").first.input_value() == state.code
    for cell in stage.picture.locator("td [data-select]").all():
        name, (layer, *index) = view.code_of(cell.get_attribute("data-select") or "")
        array = getattr(state.case.parameters, name)[layer]
        expected = signed(array[tuple(index)] if name == "w" else array[index[0], 0])
        assert cell.inner_text() == expected
    return stage


def test_an_edge_a_cell_and_a_name_select_the_same_weight(page):
    stage = shows(page, Wires())
    stage.select("w2.0.1")
    shows(page, Wires("running", "w2.0.1"))
    page.page.locator('td [data-select="w1.1.0"]').click()
    page.settled()
    shows(page, Wires("running", "w1.1.0"))
    assert stage.picture.locator(".bl-on [data-select], g.bl-on").count() == 2
    box = page.page.get_by_role("textbox", name="code").first
    box.fill("w[1][2][1]")
    box.press("Enter")
    page.settled()
    shows(page, Wires("running", "w1.2.1"))
    stage.select_by_keyboard("b1.0")
    shows(page, Wires("running", "b1.0"))


def test_the_switch_keeps_the_selection_and_a_wrong_name_is_explained(page):
    page.button("deep").click()
    now = Wires("deep", page.stage("The network and its weights").selected())
    stage = shows(page, now)
    stage.select("a2.1")
    shows(page, Wires("deep", "a2.1"))
    box = page.page.get_by_role("textbox", name="code").first
    box.fill("w[4][0, 0]")
    box.press("Tab")
    page.settled()
    assert stage.text() == "There is no w[4]: w has the layers 1 to 3."


def test_a_game_is_won_by_keyboard_and_mouse(page):
    stage, box = page.stage("Five rounds with wires"), page.page.get_by_role("textbox", name="code").nth(1)
    for number, (network, weight, typed) in enumerate(wires_game.begin().rounds):
        assert not view.fault(NETWORKS[network], weight)
        if typed:
            box.fill(str(weight))
            box.press("Tab")
            page.settled()
            page.page.keyboard.press("Space")  # on commit, where Tab leads
            page.settled()
        else:
            stage.select(view.key_of(weight))
            press(page, "commit")
        assert stage.text().startswith("That is right")
        assert f"{number + 1} right" in stage.picture.inner_text()
        press(page, "next round")
    assert stage.text().endswith("5 of 5 are right.")


def test_a_prediction_is_typed_and_compared(page):
    question = "How many weights and biases together has deep, with the sizes (2, 3, 2, 1)?"
    stage = page.stage(question)
    box = page.page.locator(".bl-live").filter(has=page.page.get_by_label(question, exact=True)).get_by_role("textbox")
    assert "?" in stage.picture.inner_text()
    box.fill("14")
    box.press("Tab")
    page.settled()
    assert plain(stage.text()).startswith("You typed 14.")
    page.page.keyboard.press("Space")
    page.settled()
    assert stage.text().startswith("That is the value with the biases left out.")
    assert "20" in stage.picture.inner_text()
    page.until(lambda: stage.spoken() == stage.text())

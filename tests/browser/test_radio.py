"""Radio buttons and a field in the real JupyterLab: in each picture a group for each key, by mouse and keyboard."""

PICTURE = """
from dataclasses import dataclass, replace
from backprop_lab.drawing.controls import button, entry, radio
from backprop_lab.drawing.markup import fragment
from backprop_lab.drawing.picture import Picture, Press, Turn
from backprop_lab.live import Live

@dataclass(frozen=True)
class Asked:
    given: tuple = ("", "")
    typed: str = ""
    locked: bool = False

def view(asked):
    dots = [radio(f"q{at}", each, f"{each} {at}", each == given, locked=asked.locked)
            for at, given in enumerate(asked.given) for each in "abc"]
    field = entry("typed", "typed", asked.typed, locked=asked.locked)
    return Picture(fragment(*dots, field, button("lock", "lock"), button("again", "again")), f"{asked}.", "Asked")

def update(asked, event):
    match event:
        case Turn("typed", value):
            return replace(asked, typed=value)
        case Turn(key, value):
            given = list(asked.given)
            given[int(key[1:])] = value
            return replace(asked, given=tuple(given))
        case Press("lock"):
            return replace(asked, locked=True)
    return Asked()

one = Live(Asked(), view, update)
one"""
OTHER = "other = Live(Asked(), view, update)\nother"


def test_radio_buttons_are_groups_of_their_own_until_they_are_locked(lab, write_notebook):
    page = lab(write_notebook(PICTURE, OTHER))
    page.run_all()
    first, second = (stage.picture for stage in page.stages())

    def shows(picture, *names):
        page.settled()
        assert [dot.get_attribute("value") for dot in picture.get_by_role("radio", checked=True).all()] == [*names]

    first.get_by_role("radio", name="a 0").check()
    first.get_by_role("radio", name="c 1").check()
    second.get_by_role("radio", name="b 0").check()
    shows(first, "a", "c")
    page.page.get_by_role("radio", name="a 0").first.focus()
    page.page.keyboard.press("ArrowUp")  # round to the last of its group; JupyterLab would take the key for itself
    shows(first, "c", "c")
    page.page.keyboard.press("ArrowUp")
    shows(first, "b", "c")
    shows(second, "b")
    assert page.kernel_eval("one.state.given, other.state.given") == "(('b', 'c'), ('b', ''))"
    box = first.get_by_role("textbox", name="typed")
    box.fill("0.25")
    first.get_by_role("button", name="lock").click()  # the field is left by this click: both are told, in this order
    shows(first, "b", "c")
    assert page.kernel_eval("one.state.typed, one.state.locked") == "('0.25', True)"
    assert box.is_disabled()
    assert all(dot.is_disabled() for dot in first.get_by_role("radio").all())
    first.get_by_role("button", name="again").click()
    shows(first)
    assert box.input_value() == ""
    page.kernel_eval("one.turn('q1', 'a')")
    shows(first, "a")
    page.assert_clean()
    assert page.axe() == []

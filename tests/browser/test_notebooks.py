"""Each notebook as a learner meets it: every cell run, every slider moved to its ends, every button pressed."""

import os

import pytest

from .fonts import files
from .parts import Window

THOROUGH = "THOROUGH" in os.environ  # before a release: both sets of fonts for each
SCREENS = {  # how high a picture may be, how far what follows may lie
    Window(1280, 800): (660, 660),
    Window(1280, 800, files=True): (660, 660),
    Window(800, 900): (10_000, 700),
}
FONTS = ("dejavu", "liberation")  # of a machine: the notebooks take them in turns


@pytest.mark.parametrize("turn", range(len(FONTS) if THOROUGH else 1))
def test_a_notebook_works_speaks_and_keeps_to_one_screen_in_the_real_jupyterlab(lab, notebook, turn):
    page = lab(notebook.name, fonts=FONTS[(int(notebook.name[:2]) + turn) % len(FONTS)], width=1280, height=800)
    page.run_all()
    assert page.axe() == []
    walked = page.walk(*SCREENS)
    page.assert_clean()
    faults = [fault for name, acts in walked for fault in too_large(name, acts)]
    assert not faults, "\n".join(faults)
    assert not [stage for stage in page.stages() if not stage.text()]
    page.theme("dark")
    narrow = Window(800, 900)
    page.look(narrow)
    # in pictures that were made as wide as they are now
    heights = [[act.after for act in acts if act.window == narrow][-1] for _, acts in walked]
    assert [stage.height() for stage in page.stages()] == pytest.approx(heights, abs=1)
    assert page.axe() == []  # with what the walk has opened


def too_large(name, acts) -> list[str]:
    """What a picture does that a learner at one of these screens would lose from sight."""
    faults = []
    for window, (highest, farthest) in SCREENS.items():
        here = [act for act in acts if act.window == window]
        heights = {height for act in here for height in (act.before, act.after)}
        found = {  # a quiz may be longer than a screen; that each of its questions is on one is tested with it
            "is high": sorted(round(height) for height in heights if height > highest and name != "Quiz"),
            "jumps": [f"{a.key}: {a.before:.0f} to {a.after:.0f} px" for a in here if abs(a.before - a.after) > 1],
            "is followed too far away": [f"{act.key}: {act.reach:.0f} px" for act in here if act.reach > farthest],
        }
        faults += [f"{window}: {name} {what}: {of}" for what, of in found.items() if of]
    return faults


BOXES = "*[element('i', '', style='display: inline-block; width: 100px')] * (5 if two.amount < 1.5 else 8), drawing,"


def test_a_picture_that_jumps_at_one_width_only_is_named(lab, write_notebook):
    source = (
        LIVE.replace("NAME", "'amount'").replace("(-2, 2)", "(-1, 2)").replace("fragment(drawing,", f"fragment({BOXES}")
    )
    page = lab(write_notebook(source))
    page.run_all()
    ((name, acts),) = page.walk(*SCREENS)
    page.assert_clean()
    (fault,) = (each for each in too_large(name, acts) if " jumps: " in each)
    assert fault.startswith(f"{Window(800, 900)}: two discs jumps: ['amount: ")


@pytest.mark.parametrize(
    "source",
    [
        "import sys; print('careful', file=sys.stderr)",
        "from IPython.display import Javascript; Javascript('console.error(\"careful\")')",
    ],
    ids=["stderr", "console"],
)
def test_what_a_learner_would_not_notice_is_seen(lab, write_notebook, source):
    page = lab(write_notebook(source))
    page.run_all()
    with pytest.raises(AssertionError, match="careful"):
        page.assert_clean()


def test_a_cell_that_fails_is_named(lab, write_notebook):
    with pytest.raises(AssertionError, match="ValueError: nothing here"):
        lab(write_notebook("raise ValueError('nothing here')")).run_all()


LIVE = """
from dataclasses import dataclass, replace
from backprop_lab.drawing.controls import button, slider
from backprop_lab.drawing.markup import element, fragment
from backprop_lab.drawing.picture import Picture, Press, Select, Turn
from backprop_lab.drawing.svg import choice
from backprop_lab.live import Live
@dataclass(frozen=True)
class Two:
    amount: float = 1.0
    selected: str = ""
def view(two):
    at = {"small": 20, "large": 70}
    discs = [element("circle", r=12, cx=x, cy=20, **choice(key, key, key == two.selected)) for key, x in at.items()]
    words = element("text", f"{1 / (two.amount + 2):+.2f}", x=5, y=60)
    drawing = element("svg", *discs, words, viewBox="0 0 100 70")
    controls = fragment(slider("amount", NAME, two.amount, (-2, 2), step=0.1), button("double", "double"))
    return Picture(fragment(drawing, controls), f"The amount is {two.amount:.1f}.", "two discs")
def update(two, event):
    match event:
        case Turn("amount"): return replace(two, amount=event.number)
        case Press("double"): return replace(two, amount=2 * two.amount)
        case Select(key): return replace(two, selected=key)
live = Live(Two(), view, update)
live
"""


def test_a_picture_is_read_turned_and_chosen_from_by_mouse_and_keyboard(lab, write_notebook):
    page = lab(write_notebook(LIVE.replace("NAME", "'amount'")))
    page.run_all()
    stage, slider = page.stage("two discs"), page.slider("amount")
    assert (stage.numbers(), stage.text(), stage.selected()) == ([0.33], "The amount is 1.0.", "")
    stage.select("small")
    assert (stage.selected(), page.kernel_eval("live.state.selected")) == ("small", "'small'")
    stage.select_by_keyboard("large")
    assert (stage.selected(), page.kernel_eval("live.state.selected")) == ("large", "'large'")
    page.button("double").click()
    page.until(lambda: stage.spoken() == "The amount is 2.0.")
    slider.drag(0.5)
    assert (stage.numbers(), slider.value_text()) == ([0.5], "0.00")
    slider.press("ArrowRight", "ArrowRight", "ArrowLeft")
    assert (slider.value_text(), page.kernel_eval("live.state.amount")) == ("0.10", "0.1")
    page.assert_clean()
    slider.press("Home")
    assert "ZeroDivisionError" in stage.error()
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        page.assert_clean()
    slider.press("End")
    assert (stage.error(), stage.text()) == ("", "The amount is 2.0.")


def test_a_control_without_a_name_is_an_accessibility_fault(lab, write_notebook):
    page = lab(write_notebook(LIVE.replace("NAME", "''")), theme="dark")
    page.run_all()
    assert "label" in page.axe()[0]


FAR = """from IPython.display import HTML

HTML("<div style='height: 3000px'></div><button aria-label='one'>two</button>")"""


def test_what_is_scrolled_out_of_sight_is_looked_at_by_axe_too(lab, write_notebook):
    page = lab(write_notebook(FAR))
    page.run_all()
    assert "label-content-name-mismatch" in page.axe()[0]


STILL = """
from backprop_lab.drawing.markup import element
from backprop_lab.drawing.picture import Picture
Picture(element("p", "∇C ✓"), "Two signs.", "signs", caption=False)
"""


@pytest.mark.skipif(not files("liberation"), reason="fonts-liberation is not installed")
def test_a_sign_that_no_font_of_the_machine_has_is_drawn_once_ours_is_there(lab, write_notebook):
    page = lab(write_notebook(STILL, LIVE.replace("NAME", "'amount'")), fonts="liberation")
    page.run_all()
    page.until(lambda: drawn_in(page.page, ".jp-OutputArea-output .bl p") == {"Liberation Sans", "Backprop Lab Math"})


def drawn_in(page, selector) -> set[str]:
    """The fonts that the letters of an element are drawn in."""
    client = page.context.new_cdp_session(page)
    for part in ("DOM", "CSS"):
        client.send(f"{part}.enable")
    root = client.send("DOM.getDocument")["root"]["nodeId"]
    node = client.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    return {each["familyName"] for each in client.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]}

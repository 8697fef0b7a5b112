"""Each notebook as a learner meets it: every cell run, every slider moved to its ends, every button pressed."""

import pytest

DEMO = """
import ipywidgets
slider = ipywidgets.FloatSlider(description="amount", min=-2, max=2, value=1)
button = ipywidgets.Button(description="reset")
label = ipywidgets.Label()
slider.observe(lambda change: setattr(label, "value", f"{1 / (change.new + SHIFT):.2f}"), "value")
button.on_click(lambda _: setattr(slider, "value", 1))
ipywidgets.VBox([slider, button, label])
"""


def test_a_notebook_works_and_speaks_in_the_real_jupyterlab(lab, notebook):
    page = lab(notebook.name)
    page.run_all()
    for slider in page.sliders():
        slider.press("Home", "End")
    for button in page.buttons():
        button.click()
    page.assert_clean()
    assert not [stage for stage in page.stages() if not stage.text()]
    assert page.axe() == []
    page.theme("dark")
    assert page.axe() == []


def test_a_slider_follows_keys_and_mouse_and_a_button_answers(lab, write_notebook):
    page = lab(write_notebook(DEMO.replace("SHIFT", "5")))
    page.run_all()
    slider = page.slider("amount")
    slider.press("Home", "ArrowRight")
    assert (slider.value_text(), page.kernel_eval("slider.value")) == ("-1.90", "-1.9")
    slider.drag(0.75)
    assert page.kernel_eval("slider.value") == "1.0"
    slider.drag(1)
    assert page.kernel_eval("label.value") == "'0.14'"
    page.button("reset").click()
    assert slider.value_text() == "1.00"
    page.assert_clean()


def test_an_error_that_only_a_moved_slider_raises_is_seen(lab, write_notebook):
    page = lab(write_notebook(DEMO.replace("SHIFT", "2")))
    page.run_all()
    page.assert_clean()
    page.slider("amount").press("Home")
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        page.assert_clean()


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


def test_a_control_without_a_name_is_an_accessibility_fault(lab, write_notebook):
    page = lab(write_notebook("import ipywidgets; ipywidgets.FloatSlider()"), theme="dark")
    page.run_all()
    assert "aria-input-field-name" in page.axe()[0]


LIVE = """
from dataclasses import dataclass, replace
from ipywidgets import FloatSlider
from backprop_lab.drawing.markup import element
from backprop_lab.views import Picture
from backprop_lab.widgets.live import Live, field
@dataclass(frozen=True)
class Two:
    amount: float = 1.0
    selected: str = ""
def view(two):
    at = {"small": 20, "large": 70}
    discs = [element("circle", r=12, cx=x, cy=20, data_select=key, aria_label=key) for key, x in at.items()]
    words = element("text", f"{1 / (two.amount + 2):+.2f}", x=5, y=60)
    return Picture(element("svg", *discs, words, viewBox="0 0 100 70"), f"The amount is {two.amount:.1f}.")
slider = FloatSlider(description="amount", min=-2, max=2)
double = {"double": lambda two: replace(two, amount=2 * two.amount)}
live = Live(Two(), view, label="two discs", controls=[field("amount", slider)], actions=double)
live
"""


def test_a_picture_is_read_and_chosen_from_by_mouse_and_keyboard(lab, write_notebook):
    page = lab(write_notebook(LIVE))
    page.run_all()
    stage = page.stage("two discs")
    assert (stage.numbers(), stage.text(), stage.selected()) == ([0.33], "The amount is 1.0.", "")
    stage.select("small")
    assert (stage.selected(), page.kernel_eval("live.state.selected")) == ("small", "'small'")
    stage.select_by_keyboard("large")
    assert (stage.selected(), page.kernel_eval("live.state.selected")) == ("large", "'large'")
    page.button("double").click()
    page.until(lambda: stage.spoken() == "The amount is 2.0.")
    page.slider("amount").drag(0.5)
    assert (stage.numbers(), page.slider("amount").value_text()) == ([0.5], "0.00")
    page.assert_clean()
    page.slider("amount").press("Home")
    assert "ZeroDivisionError" in stage.error()
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        page.assert_clean()

"""The stage as the browser sees it: which messages go each way, and what is sent along."""

import re
from dataclasses import dataclass

import pytest
from ipywidgets import FloatSlider

from backprop_lab.drawing.markup import element
from backprop_lab.views import LOOK, Picture
from backprop_lab.widgets import Live, Stage, field


class Browser:
    """Stands at the other end of the line."""

    def __init__(self, widget):
        self.comm_id, self.heard = widget.model_id, []
        widget.comm = self

    def on_msg(self, callback):
        self.say = callback

    def send(self, data, **_):
        self.heard.append(data)

    def close(self):
        """Whoever closes all widgets, as the in-process run of a notebook does, closes this one too."""

    def updates(self):
        return [message["state"] for message in self.heard if message["method"] == "update"]

    def change(self, **state):
        self.say({"content": {"data": {"method": "update", "state": state, "buffer_paths": []}}, "buffers": []})


@dataclass(frozen=True)
class Dial:
    amount: float = 1.0
    selected: str = ""


def view(dial):
    return Picture(element("p", dial.amount), f"The dial is at {dial.amount}, {dial.selected or 'nothing'} chosen.")


@pytest.fixture
def live():
    return Live(Dial(), view, label="A dial", controls=[field("amount", FloatSlider(max=10))])


def test_one_change_of_the_state_is_one_message(live):
    browser = Browser(live.stage)
    live.show(Dial(2, "p"))
    assert len(browser.updates()) == 1
    assert set(browser.updates()[0]) == {"picture", "text", "selected", "drawn"}


def test_a_slider_moved_in_the_browser_sends_one_picture_and_no_echo_of_its_own_value(live):
    slider = live.controls[0].widget
    hand, browser = Browser(slider), Browser(live.stage)
    hand.change(value=3.0)
    assert live.state.amount == 3
    assert [set(update) for update in browser.updates()] == [{"picture", "text"}]
    assert hand.updates() == []


def test_a_choice_made_in_the_browser_is_answered_with_what_was_drawn(live):
    browser = Browser(live.stage)
    browser.change(selected="p")
    assert live.state.selected == "p"
    (answer,) = browser.updates()
    assert answer == {"text": "The dial is at 1.0, p chosen.", "drawn": "p"}


def test_every_name_in_the_browser_is_a_trait_of_the_stage():
    used = set(re.findall(r"model\.(?:get|set)\('(\w+)'", Stage._esm))
    answered = set(re.findall(r"(\w+):", Stage._esm.partition("const answers = {")[2].partition("}")[0]))
    assert used | answered == {"picture", "text", "label", "selected", "drawn", "error"} <= set(Stage().keys)


def test_the_style_reaches_pictures_and_the_stage():
    assert Stage._css.startswith(LOOK)
    assert set(re.findall(r"'(bl-stage-\w+)'", Stage._esm)) >= {"bl-stage-text", "bl-stage-say", "bl-stage-error"}

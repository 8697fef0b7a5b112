"""The host in a notebook, by its real callbacks: what the browser reports is what is shown, and nothing is lost."""

import json
import re
import threading
import zlib
from base64 import b64encode
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from traitlets import Bunch

from backprop_lab import cases, initialize, widgets
from backprop_lab.drawing.controls import button, slider
from backprop_lab.drawing.markup import element, fragment, plain
from backprop_lab.drawing.picture import LOOK, Picture, Press, Select, Tick, Turn, refuse
from backprop_lab.drawing.svg import choice
from backprop_lab.live import Live, live
from backprop_lab.live.host import changed
from backprop_lab.live.notebook import FONT
from backprop_lab.pictures import explorer, trainer, wires


@dataclass(frozen=True)
class Dial:
    amount: float = 1.0
    steps: int = 0
    selected: str = ""


def view(dial):
    share = plain(1 / dial.amount, 3)  # the dial at 0 fails
    parts = slider("amount", "amount", dial.amount, (-2, 2)), button("more", "one more"), button("off", "off", on=False)
    chosen = element("p", share, **choice("share", "the share", dial.selected == "share"))
    words = f"The share is {share}, {dial.steps} steps, {dial.selected or 'nothing'} chosen."
    return Picture(fragment(chosen, *parts), words, "A dial", ".bl .bl-dial { }")


def update(dial, event):
    match event:
        case Turn("amount"):
            return replace(dial, amount=event.number)
        case Press("more"):
            return replace(dial, steps=dial.steps + 1, amount=2 * dial.amount)
        case Select(key):
            return replace(dial, selected=key)
    return refuse(event)


def begin(amount: float = 1.0) -> Dial:
    """A dial that begins somewhere."""
    return Dial(amount)


@pytest.fixture
def shown():
    return Live(Dial(), view, update)


class Browser:
    """Stands at the other end of the line."""

    def __init__(self, widget):
        self.comm_id, self.heard, self.buffers = widget.model_id, [], []
        widget.comm = self

    def on_msg(self, callback):
        self.say = callback

    def send(self, data, buffers=None, **_):
        self.heard.append(data)
        self.buffers += buffers or []

    def close(self):
        """Whoever closes all widgets, as the in-process run of a notebook does, closes this one too."""

    def updates(self):
        return [message["state"] for message in self.heard if message["method"] == "update"]

    def report(self, *events):
        data = {"method": "update", "state": {"events": [list(each) for each in events]}, "buffer_paths": []}
        self.say({"content": {"data": data}, "buffers": []})


def test_what_a_hand_does_can_be_done_from_python(shown):
    shown.turn("amount", 2)
    assert (shown.state, shown.text) == (Dial(2), "The share is 0.500, 0 steps, nothing chosen.")
    shown.press("more")
    shown.select("share")
    assert shown.state == Dial(4, 1, "share")
    shown.select()
    assert shown.state.selected == ""


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda shown: shown.turn("mount", 1), "key must be one of amount, got 'mount'"),
        (lambda shown: shown.turn("", 1), "key must be one of amount, got ''"),
        (lambda shown: shown.press("amount"), "key must be one of more, off, got 'amount'"),
        (lambda shown: shown.select("more"), "key must be one of share, got 'more'"),
    ],
)
def test_what_the_picture_does_not_offer_is_refused(shown, act, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        act(shown)
    assert (shown.state, shown.error) == (Dial(), "")


@pytest.mark.parametrize(
    ("widget", "act", "message"),
    [
        ("paths", lambda live: live.turn("network", "nope"), "value must be one of running, wide, deep, got 'nope'"),
        ("paths", lambda live: live.select(None), "got None"),
        ("paths", lambda live: live.turn(["a"], 5), "got ['a']"),
        ("cost_meter", lambda live: live.select(""), "key must be one of none, for there are none, got ''"),
    ],
)
def test_what_a_menu_does_not_offer_and_what_nothing_can_choose_is_refused_by_name(widget, act, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        act(getattr(widgets, widget)())


def test_what_a_hand_paints_can_be_painted_from_python():
    live = widgets.draw_digit(initialize((64, 5, 10)))
    live.turn("p0.0", 1.0)
    assert live.failure is None


def test_a_first_state_that_cannot_be_shown_fails_in_the_cell():
    with pytest.raises(ZeroDivisionError):
        Live(Dial(0), view, update)


def test_a_reported_event_is_answered_with_one_message(shown):
    browser = Browser(shown)
    browser.report((1, "turn", "amount", 2.0))
    (answer,) = browser.updates()
    assert set(answer) == {"changes", "text", "answered"}
    assert answer["answered"] == 1
    assert shown.state == Dial(2)


def test_events_are_done_in_their_order_and_none_twice(shown):
    browser = Browser(shown)
    browser.report((1, "turn", "amount", 3.0))
    browser.report((1, "turn", "amount", 3.0), (2, "press", "more"), (3, "turn", "amount", 0.5))  # 1 is under way still
    browser.report((2, "press", "more"), (3, "turn", "amount", 0.5))
    browser.report((4, "press", "more"))
    assert shown.state == Dial(1.0, 2)
    assert [answer["answered"] for answer in browser.updates()] == [1, 3, 4]


def test_an_error_is_shown_raised_and_answered_and_the_next_event_heals(shown):
    with pytest.raises(ZeroDivisionError):
        shown.events = [[1, "turn", "amount", 0.0]]  # ipywidgets prints what is raised while it hands a message on
    assert shown.error.startswith("ZeroDivisionError: ")
    assert "of view: share = plain(1 / dial.amount, 3)" in shown.error
    assert isinstance(shown.failure, ZeroDivisionError)
    assert (shown.answered, shown.state) == (1, Dial())
    Browser(shown).report((3, "turn", "amount", 2.0))
    assert (shown.error, shown.failure, shown.state) == ("", None, Dial(2))
    with pytest.raises(ValueError, match="must be one that the picture offers"):
        shown.events = [[4, "press", "off"]]  # what is offered, and is not answered, is told
    with pytest.raises(ZeroDivisionError):
        shown.turn("amount", 0)
    assert shown.error


def test_what_the_picture_before_it_does_not_offer_is_passed_over_and_the_rest_is_done(shown):
    shown.events = [[1, "press", "no such button"]]
    assert (shown.answered, shown.error, shown.state) == (1, "", Dial())
    deep = Live(wires.begin(cases.deep), wires.view, wires.update)
    deep.answer([(1, "turn", "network", "running"), (2, "select", "w3.0.0"), (3, "select", "w1.2.0")])
    assert (deep.state.case, deep.state.selected, deep.error) == (cases.running, "w1.2.0", "")
    learning = Live(trainer.begin(), trainer.view, trainer.update)
    learning.answer([(1, "turn", "hidden", 2.0), (2, "turn", "weight", "w1.2.0")])  # neuron 2 is gone
    assert (learning.state.settings.hidden, learning.answered, learning.error) == (2, 2, "")
    deep.answer([(4, "turn", "network", "deep"), (5, "turn", "network", "running"), (6, "select", "w3.0.0")])
    assert (deep.state.case, deep.answered, deep.error) == (cases.running, 6, "")
    with pytest.raises(ZeroDivisionError):  # what fails and is offered is told, whatever is passed over before it
        shown.answer([(2, "select", "gone"), (3, "press", "no such button"), (4, "turn", "amount", 0.0)])
    assert shown.error.startswith("ZeroDivisionError")


def test_a_state_can_be_shown(shown):
    browser = Browser(shown)
    shown.show(Dial(4, 7))
    assert [set(answer) for answer in browser.updates()] == [{"changes", "text"}]
    with pytest.raises(ZeroDivisionError):
        shown.show(Dial(0))
    assert shown.state == Dial(4, 7)


def test_many_threads_turn_and_every_press_counts(shown):
    def press():
        for _ in range(50):
            shown.press("more")
            shown.turn("amount", 1)

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shown.state.steps == 200


def test_two_threads_that_are_told_of_the_same_press_do_it_once():
    begun, go_on, drawn = threading.Event(), threading.Event(), []

    def slow(dial):
        drawn.append(dial)
        if len(drawn) == 2:  # the first press is being drawn
            begun.set()
            go_on.wait(5)
        return view(dial)

    shown = Live(Dial(), slow, update)

    def tell(*serials):
        return lambda: shown._reported(Bunch(new=[[serial, "press", "more"] for serial in serials]))

    first, second = threading.Thread(target=tell(1)), threading.Thread(target=tell(1, 2))
    first.start()
    begun.wait(5)
    second.start()
    second.join(0.2)  # it waits for the lock
    go_on.set()
    first.join()
    second.join()
    assert (shown.state.steps, shown.answered) == (2, 2)


def test_the_saved_picture_has_the_same_controls_disabled(shown):
    data = shown._repr_mimebundle_()
    data = data[0] if isinstance(data, tuple) else data
    assert data["text/plain"] == shown.text
    assert shown.picture.replace(' aria-label="the share"', "") in data["text/html"]
    assert len(re.findall(r"<(?:input|button)\b", shown.picture)) == shown.picture.count('disabled=""') == 3
    assert ".bl-dial" in data["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in data


def test_the_font_of_the_formulas_comes_when_the_page_asks_for_it(shown):
    browser = Browser(shown)
    browser.say({"content": {"data": {"method": "custom", "content": "font"}}, "buffers": []})
    assert browser.buffers == [FONT.read_bytes()]
    assert len(browser.buffers[0]) < 40_000


def test_every_name_in_the_browser_is_a_trait_of_the_host(shown):
    used = set(re.findall(r"model\.(?:get|set)\('(\w+)'", Live._esm))
    answered = set(re.findall(r"(\w+)[:,}]", Live._esm.partition("const answers = {")[2].partition("}")[0] + "}"))
    assert answered - {"draw", "tell", "rename", "restyle", "live"} <= used | {"answered"} <= set(shown.keys)
    assert Live._css.startswith(LOOK)


def test_a_picture_s_three_functions_become_one_with_the_words_of_begin():
    dial = live(begin, view, update)
    assert (dial.__doc__, dial.__name__) == (begin.__doc__, "begin")
    assert dial(amount=4).state == Dial(4)
    with pytest.raises(TypeError, match="unexpected keyword"):
        dial(mount=4)  # pyright: ignore[reportCallIssue]


def running(dial):
    return replace(view(dial), ticking=dial.steps < 3)


def ticked(dial, event):
    return replace(dial, steps=dial.steps + 1) if event == Tick() else update(dial, event)


def test_a_picture_that_moves_by_itself_is_told_that_time_has_passed_until_it_keeps_still():
    moving = Live(Dial(), running, ticked)
    browser = Browser(moving)
    assert moving.ticking
    browser.report((1, "tick"))
    browser.report((1, "tick"), (2, "turn", "amount", 2.0), (3, "tick"))
    assert moving.state == Dial(2.0, 2)
    moving.tick()
    assert (moving.state.steps, moving.ticking) == (3, False)
    with pytest.raises(ValueError, match="tick needs a picture that moves by itself now, got one that keeps still"):
        moving.tick()


def test_an_error_stops_what_moves_by_itself_and_the_next_event_heals():
    moving = Live(Dial(), running, ticked)
    with pytest.raises(ZeroDivisionError):
        moving.turn("amount", 0)
    assert not moving.ticking
    moving.turn("amount", 1)
    assert moving.ticking


def test_what_was_done_is_one_line_of_text_and_is_done_again():
    first = Live(Dial(), running, ticked)
    first.tick()
    first.tick()
    for amount in (2, 3, np.float64(0.5)):
        first.turn("amount", amount)
    first.press("more")
    first.select("share")
    text = first.share()
    assert re.fullmatch(r"[\w-]{10,200}", text)
    again = Live(Dial(), running, ticked).reopen(text)
    assert again.state == first.state == Dial(1.0, 3, "share")
    assert again.share() == text
    assert Live(Dial(), view, update).reopen(Live(Dial(), view, update).share()).state == Dial()


def test_each_of_several_sliders_is_shared_and_what_one_message_told():
    first, again = (Live(explorer.begin(), explorer.view, explorer.update) for _ in range(2))
    first.answer([(1, "turn", "w1.2.1", 0.5), (2, "turn", "b1.0", -0.5)])
    first.turn("w2.0.0", 1.5)
    moved = again.reopen(first.share()).state.case.parameters
    assert (moved.w[1][2, 1], moved.b[1][0, 0], moved.w[2][0, 0]) == (0.5, -0.5, 1.5)


def test_a_text_that_is_none_and_a_state_that_no_text_holds_are_refused(shown):
    others = (b64encode(zlib.compress(json.dumps(each).encode())).decode() for each in (5, "x", {"a": 1}, [["turn"]]))
    deep = b64encode(zlib.compress(b"[" * 100_000)).decode()
    for text in ("", "nothing", "é", "eJw", 3, deep, *others):
        with pytest.raises(ValueError, match=r"text must be what share\(\) gave, got"):
            shown.reopen(text)
    shown.show(Dial(3))
    with pytest.raises(ValueError, match="share needs a picture moved by its controls"):
        shown.share()


def test_a_text_from_another_version_is_done_as_far_as_it_is_known(shown):
    other = Live(Dial(), view, lambda dial, event: dial if event == Press("off") else update(dial, event))
    other.press("more")
    other.press("off")
    other.press("more")
    assert shown.reopen(other.share()).state == Dial(2.0, 1)
    assert shown.error == ""


@given(
    pictures=st.lists(
        st.lists(st.sampled_from(["<p>1", "<p>2", "</p>", "<b>σ", "3"]), max_size=6), min_size=1, max_size=5
    )
)
def test_the_frame_with_its_changes_is_the_picture(pictures):
    frame = ""
    for markup in map("".join, pictures):
        frame, changes = changed(frame, markup)
        pieces = frame.split("<")
        for at, piece in changes:
            pieces[at] = piece
        assert "<".join(pieces) == markup

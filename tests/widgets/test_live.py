"""Live, by its real callbacks: what a learner moves, presses and chooses is what is shown."""

import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

import pytest
from ipywidgets import Checkbox, Dropdown, FloatLogSlider, FloatSlider, IntSlider

from backprop_lab.drawing.markup import element, plain
from backprop_lab.views import Picture
from backprop_lab.widgets import Control, Group, Live, field


@dataclass(frozen=True)
class Nudge:
    amount: float = 1.0
    steps: int = 0
    selected: str = ""


def view(nudge):
    share = plain(1 / nudge.amount, 3)  # the nudge 0 fails
    return Picture(element("p", share, data_select="share"), f"The share is {share}. {nudge.selected}".strip())


def one_more(nudge):
    return replace(nudge, steps=nudge.steps + 1)


def double(nudge):
    return replace(nudge, amount=2 * nudge.amount)


def live(*controls, **keywords):
    return Live(Nudge(), view, label="The nudge", controls=controls, **keywords)


def test_moving_a_control_shows_another_state():
    slider = FloatSlider(min=-2, max=2)
    shown = live(field("amount", slider))
    assert (slider.value, shown.stage.text) == (1, "The share is 1.000.")
    slider.value = 2
    assert shown.state == Nudge(2)
    assert (shown.stage.picture, shown.stage.text) == ('<p data-select="share">0.500</p>', "The share is 0.500.")


def test_each_control_changes_its_own_part_of_the_state():
    amount, steps = FloatSlider(), IntSlider()
    shown = live(field("amount", amount), field("steps", steps))
    amount.value, steps.value = 4, 3
    assert shown.state == Nudge(4, 3)


def test_controls_follow_the_state_whoever_changed_it():
    slider, twin = FloatSlider(max=10), FloatSlider(max=10)
    shown = live(field("amount", slider), field("amount", twin), actions={"Double": double})
    slider.value = 3
    assert twin.value == 3
    shown.buttons["Double"].click()
    assert (slider.value, twin.value, shown.state.amount) == (6, 6, 6)
    shown.show(Nudge(5))
    assert (slider.value, twin.value) == (5, 5)


def test_a_control_shows_what_became_of_its_value():
    slider = FloatSlider(max=10)
    live(Control(slider, lambda nudge: nudge.amount, lambda nudge, value: replace(nudge, amount=float(round(value)))))
    slider.value = 2.7
    assert slider.value == 3


@pytest.mark.parametrize("kind", [FloatSlider, FloatLogSlider], ids=["linear", "log"])
def test_a_slider_that_gives_a_value_back_on_its_nearest_step_changes_nothing(kind):
    slider = kind(step=0.1)
    shown = Live(Nudge(1.23), view, label="", controls=[field("amount", slider)], actions={"step": one_more})
    slider.value = 1.2 if isinstance(slider, FloatSlider) else 10**0.1  # what the browser answers
    assert shown.state == Nudge(1.23)
    shown.buttons["step"].click()
    assert (shown.state, slider.value != 1.23) == (Nudge(1.23, steps=1), True)  # not sent, and answered, once more
    slider.value = 1.6
    assert shown.state.amount == 1.6
    shown.show(Nudge(1.23))
    assert slider.value == 1.23


def test_one_move_calls_the_view_once():
    calls = []
    slider, twin = FloatSlider(), FloatSlider()
    controls = [field("amount", slider), field("amount", twin)]
    Live(Nudge(), lambda nudge: calls.append(nudge) or view(nudge), label="", controls=controls)
    calls.clear()
    slider.value = 7
    assert calls == [Nudge(7)]


@pytest.mark.parametrize("value", [-40.0, 40.0])
@pytest.mark.parametrize("kind", [FloatSlider, IntSlider])
def test_a_slider_grows_when_the_state_leaves_its_range(kind, value):
    slider = kind(min=-2, max=2)
    live(field("amount", slider)).show(Nudge(value))
    assert slider.value == value
    assert (slider.min, slider.max) == (min(-2, value), max(2, value))


def test_a_logarithmic_slider_grows_too():
    slider = FloatLogSlider(min=-3, max=0)
    live(field("amount", slider)).show(Nudge(1000.0))
    assert (slider.value, slider.max) == (pytest.approx(1000), pytest.approx(3))


@pytest.mark.parametrize(("kind", "value"), [(Checkbox, True), (partial(Dropdown, options=[0, 7]), 7)])
def test_a_control_need_not_be_a_slider(kind, value):
    widget = kind()
    shown = live(field("steps", widget))
    widget.value = value
    assert shown.state.steps == value


def test_what_is_chosen_in_the_picture_stands_in_the_state():
    shown = live()
    shown.stage.selected = "share"
    assert shown.state.selected == shown.stage.drawn == "share"
    assert shown.stage.text.endswith("share")
    shown.show(Nudge())
    assert shown.stage.selected == shown.stage.drawn == ""


def test_choosing_can_mean_more():
    shown = live(select=lambda nudge, key: replace(nudge, steps=nudge.steps + len(key)))
    shown.stage.selected = "share"
    assert shown.state == Nudge(steps=5)


def test_a_state_without_a_selection_leaves_it_to_the_stage():
    shown = Live(2.0, lambda number: Picture(element("p", number), "A number."), label="A number")
    shown.stage.selected = "digit"
    assert (shown.state, shown.stage.selected, shown.stage.drawn) == (2.0, "digit", "digit")


def test_a_failure_is_shown_and_raised_and_nothing_else_changes():
    slider = FloatSlider(max=10)
    shown = live(field("amount", slider))
    before = shown.stage.picture
    with pytest.raises(ZeroDivisionError):
        slider.value = 0
    assert shown.stage.error.startswith("ZeroDivisionError: ")
    assert "of view: share = plain(1 / nudge.amount, 3)" in shown.stage.error
    assert isinstance(shown.failure, ZeroDivisionError)
    assert (shown.state, shown.stage.picture) == (Nudge(), before)
    slider.value = 2
    assert (shown.state, shown.stage.error, shown.failure) == (Nudge(2), "", None)


def test_a_failing_button_is_seen_although_ipywidgets_keeps_its_exception():
    shown = live(actions={"Fail": lambda nudge: nudge.nothing})
    shown.buttons["Fail"].click()
    assert isinstance(shown.failure, AttributeError)
    assert "has no attribute 'nothing'" in shown.stage.error


def test_a_first_state_that_cannot_be_shown_fails_in_the_cell():
    with pytest.raises(ZeroDivisionError):
        Live(Nudge(0), view, label="The nudge")


def test_an_unknown_keyword_is_refused_with_advice():
    with pytest.raises(TypeError, match=r"label, controls, actions, select; .*field\(name, widget\), got amount"):
        live(amount=FloatSlider())


def test_groups_stand_where_they_were_put_under_their_titles():
    one, two, three = (field("amount", FloatSlider(description=name)) for name in "123")
    shown = live(one, Group("Layer 1", [two]), three, actions={"Double": double})
    first, group, last, buttons, stage = shown.children
    title, grid = group.children
    assert [box.children[0].description for box in (first, grid, last, buttons)] == ["1", "2", "3", "Double"]
    assert (title.value, stage, shown.controls) == ("Layer 1", shown.stage, (one, two, three))


def test_a_saved_output_shows_the_state_of_now_without_a_kernel():
    shown = live()
    shown.show(Nudge(4, selected="<b>"))
    bundle = shown._repr_mimebundle_(include=None, exclude=None)
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/plain"] == "The share is 0.250. <b>"
    assert "0.250</p><figcaption>The share is 0.250. &lt;b&gt;</figcaption>" in bundle["text/html"]


def test_two_changes_at_the_same_time_are_both_kept():
    both_read_the_state = threading.Barrier(2)

    def step(nudge):
        with suppress(threading.BrokenBarrierError):  # they never meet here, since each waits for the other to end
            both_read_the_state.wait(timeout=0.05)
        return replace(nudge, steps=nudge.steps + 1)

    shown = live(actions={"Step": step})
    threads = [threading.Thread(target=shown.buttons["Step"].click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shown.state.steps == 2

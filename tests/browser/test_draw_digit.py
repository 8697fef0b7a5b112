"""Drawing a digit: what is passed over with the button held takes ink, a press turns one pixel, a key as well."""

from contextlib import contextmanager

import pytest


@contextmanager
def finger(page):
    """`stroke((x, y), (x, y))`: a finger that goes from here to there."""
    touch = page.page.context.new_cdp_session(page.page)
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def stroke(begin, end, steps=12):
        for at in range(steps + 1):
            x, y = (one + (other - one) * at / steps for one, other in zip(begin, end, strict=True))
            touch.send(
                "Input.dispatchTouchEvent",
                {"type": "touchMove" if at else "touchStart", "touchPoints": [{"x": x, "y": y}]},
            )
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.settled()

    yield stroke
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
    touch.detach()


def inked(page):
    return page.kernel_eval("[at for at, ink in enumerate(live.state.pixels) if ink]")


def test_a_line_is_drawn_a_pixel_pressed_and_turned_by_keyboard(shown):
    page = shown("draw_digit(__import__('backprop_lab').initialize((64, 3, 10)))")
    mouse = page.page.mouse
    spots = {key: page.page.locator(f"[data-select='{key}']").bounding_box() for key in ("p1.1", "p1.4", "p5.5")}
    middle = {key: (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for key, box in spots.items()}
    mouse.move(*middle["p1.1"])
    mouse.down()
    mouse.move(*middle["p1.4"], steps=12)
    mouse.up()
    page.settled()
    assert inked(page) == "[9, 10, 11, 12]"
    mouse.move(*middle["p5.5"], steps=5)  # the button is up: nothing is drawn
    page.settled()
    assert inked(page) == "[9, 10, 11, 12]"
    mouse.click(*middle["p5.5"])
    page.page.keyboard.press("ArrowRight")
    page.page.keyboard.press("Enter")
    page.settled()
    assert inked(page) == "[9, 10, 11, 12, 45, 46]"


def test_a_finger_draws_and_does_not_move_the_page(shown):
    page = shown("draw_digit(__import__('backprop_lab').initialize((64, 3, 10)))")
    with finger(page) as stroke:
        box = page.page.locator("[data-select='p1.2']").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        stroke((x, y), (x, y + 3 * box["height"]))
    assert inked(page) == "[10, 18, 26, 34]"


def test_a_finger_drags_a_shape_to_its_end(shown):
    page = shown("cost_mean()")
    disc = page.page.locator(".bl-stage [data-drag]").first
    before = float(disc.get_attribute("data-value"))
    with finger(page) as stroke:
        box = disc.bounding_box()  # there is more room for a finger
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        stroke((x, y), (x + 40, y))
    value, step = (float(disc.get_attribute(f"data-{name}")) for name in ("value", "step"))
    assert value == pytest.approx(before + 20 * step, abs=1e-6)

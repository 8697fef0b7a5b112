"""Drawing a digit: what is passed over with the button held takes ink, a press turns one pixel, a key as well."""


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
    box = page.page.locator("[data-select='p1.2']").bounding_box()
    x, y, pixel = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box["height"]
    touch = page.page.context.new_cdp_session(page.page)
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    moves = [[{"x": x, "y": y + pixel * at / 4}] for at in range(13)]
    for kind, points in [("Start", moves[0]), *(("Move", each) for each in moves[1:]), ("End", [])]:
        touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
    touch.detach()
    page.settled()
    assert inked(page) == "[10, 18, 26, 34]"

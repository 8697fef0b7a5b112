"""The trainer in the real JupyterLab: it runs by itself, answers a hand at once, and leaves nothing behind."""

import time


def at(page):
    return int(page.kernel_eval("live.state.shown.steps"))


def answered(page, act, holds):
    """Seconds until the page shows what was done."""
    begin = time.monotonic()
    act()
    page.page.wait_for_function(holds)
    return time.monotonic() - begin


PLAY = "() => document.querySelector('[data-press=play]').textContent === '{}'"
RATE = "() => document.querySelector('[data-turn=learning_rate]').getAttribute('aria-valuetext') === '{}'"


def test_digits_are_learnt_while_one_watches_and_a_hand_is_answered_at_once(shown):
    page = shown("trainer('digits')")
    stage = page.stage("A network that learns")
    play, rate = page.page.locator("[data-press=play]"), page.page.locator("[data-turn=learning_rate]")
    waits, stopped = [], 0
    for _ in range(3):
        play.click()
        page.page.wait_for_function(PLAY.format("pause"))
        before = at(page)
        page.until(lambda before=before: at(page) > before + 60, seconds=90)
        rate.focus()
        waits.append(answered(page, lambda: page.page.keyboard.press("ArrowRight"), RATE.format("3")))
        waits.append(answered(page, lambda: page.page.keyboard.press("ArrowLeft"), RATE.format("2")))
        waits.append(answered(page, play.click, PLAY.format("play")))
        page.settled()
        stopped = at(page)
        page.page.wait_for_timeout(400)
        assert at(page) == stopped, "it has been paused, and goes on"
    print(f"answers after {', '.join(f'{1000 * each:.0f}' for each in waits)} ms")  # measured, not judged: 100 to 215
    assert stage.text().startswith(f"After {stopped} steps")
    assert (
        page.kernel_eval("[each.name for each in __import__('threading').enumerate() if 'trainer' in each.name]")
        == "[]"
    )
    assert page.kernel_eval("live.ticking") == "False"


def test_what_nobody_sees_keeps_still_and_goes_on_when_it_is_seen_again(cells):
    tall = "from IPython.display import HTML\nHTML('<div style=\"height: 3000px\">tall</div>')"
    page = cells("from backprop_lab import widgets\n\nlive = widgets.trainer()\nlive", tall)
    page.page.locator("[data-press=play]").click()
    page.until(lambda: at(page) > 8)
    page.page.get_by_text("tall", exact=True).last.evaluate("node => node.scrollIntoView({block: 'end'})")
    page.settled()
    hidden = at(page)
    page.page.wait_for_timeout(400)
    assert at(page) == hidden
    page.page.locator("[data-press=play]").scroll_into_view_if_needed()
    page.until(lambda: at(page) > hidden)
    page.page.locator("[data-press=play]").click()


def test_run_all_again_leaves_no_old_picture_running(shown):
    page = shown("trainer()")
    page.page.locator("[data-press=play]").click()
    page.until(lambda: at(page) > 8)
    page.kernel_eval("globals().update(old=live)")
    page.run_all()
    page.settled()
    left = page.kernel_eval("old.state.shown.steps")
    page.page.wait_for_timeout(300)
    assert page.kernel_eval("old.state.shown.steps") == left
    assert at(page) == 0


def test_those_who_want_less_motion_see_a_frame_a_second(shown):
    page = shown("trainer()")
    page.page.emulate_media(reduced_motion="reduce")
    page.page.locator("[data-press=play]").click()
    page.page.wait_for_timeout(2500)
    assert 8 <= at(page) <= 24
    page.page.locator("[data-press=play]").click()
    page.settled()

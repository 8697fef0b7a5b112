"""How long it takes from a slider to the pixels: measured, never asserted in milliseconds."""

import statistics
import time

from playwright.sync_api import TimeoutError as NoAnswer

from .harness import OUTPUTS, Lab
from .parts import Slider, middle


def latency(lab: Lab, slider: Slider, presses: int = 60) -> dict[str, float]:
    """One key press at a time: ms from the event to the painted change, and presses nothing followed."""
    slider.press("Home")  # so that no press is lost at an end
    there = min(20, slider.values() - 1)
    lab.page.evaluate("s => watch.start(s)", OUTPUTS)
    times, missed = [], 0
    for number in range(presses):
        lab.page.evaluate("() => watch.clear()")
        lab.page.keyboard.press("ArrowRight" if number // there % 2 == 0 else "ArrowLeft")
        try:
            lab.page.wait_for_function("() => watch.paints.length", polling=10, timeout=5000)
        except NoAnswer:
            missed += 1
            continue
        lab.settled()
        times.append(lab.page.evaluate("() => watch.paints[0] - watch.events[0]"))
    lab.page.evaluate("() => watch.stop()")
    assert times, "no key press changed the outputs: are the keys taken by a shortcut?"
    return {"median": statistics.median(times), "p95": statistics.quantiles(times, n=20)[-1], "missed": missed}


def burst(lab: Lab, slider: Slider, events: int = 60, seconds: float = 1.0, span: float = 55) -> dict[str, float]:
    """A fast drag there and back: frames painted, values it took, ms from the last event to the last paint, jumps."""
    slider.handle.scroll_into_view_if_needed()
    (x, y), mouse = middle(slider.handle), lab.page.mouse
    mouse.move(x, y)
    lab.page.evaluate("s => watch.start(s)", OUTPUTS)
    mouse.down()
    start = time.monotonic()
    for number in range(1, events + 1):
        done = number / events
        mouse.move(x + span * (1 - abs(2 * done - 1)), y)
        time.sleep(max(0, start + done * seconds - time.monotonic()))  # a steady hand, not a wait for an answer
    mouse.up()
    lab.settled()
    names = ("events", "paints", "heights", "values")
    events_, paints, heights, values = (lab.page.evaluate(f"() => watch.{name}") for name in names)
    lab.page.evaluate("() => watch.stop()")
    usual = statistics.median(heights)
    return {
        "events": len(events_),
        "painted": len(paints),
        "values": values,
        "settled_ms": paints[-1] - events_[-1] if paints else float("inf"),
        "jumps": sum(abs(height - usual) > 1 for height in heights),
    }

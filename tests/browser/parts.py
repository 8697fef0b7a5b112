"""What a learner takes hold of on a notebook page: a slider, a button, a stage with its picture."""

import re
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import Locator

if TYPE_CHECKING:
    from .harness import Lab

# A point at which this element is on top: the middle of a curved line's box is somewhere else.
POINT_ON = """element => {
  const box = element.getBoundingClientRect(), steps = 25;
  for (let n = 0; n < steps * steps; n++) {
    const i = (n + steps * steps / 2 | 0) % (steps * steps);
    const x = box.x + box.width * (i % steps + .5) / steps, y = box.y + box.height * ((i / steps | 0) + .5) / steps;
    if (document.elementFromPoint(x, y)?.closest('[data-select]') === element) return [x, y];
  }
  return null; }"""
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


class Slider:
    """A native slider in a picture: by mouse, by keyboard, and what it says."""

    def __init__(self, lab: "Lab", handle: Locator) -> None:
        self.lab, self.handle = lab, handle

    def label(self) -> str:
        """Its name."""
        return self.handle.get_attribute("aria-label") or ""

    def key(self) -> str:
        """The key of the number it turns."""
        return self.handle.get_attribute("data-turn") or ""

    def value_text(self) -> str:
        """The number it says, with a plain minus."""
        return plain(self.handle.get_attribute("aria-valuetext") or "").lstrip("+")

    def values(self) -> int:
        """How many values it can take; one of ipywidgets' does not say in what steps, and takes a thousand."""
        low, high, step = (float(self.handle.get_attribute(each) or 0) for each in ("min", "max", "step"))
        return round((high - low) / step) + 1 if step else 1000

    def press(self, *keys: str) -> None:
        """Press keys on the focused handle ("ArrowRight", "Home", "End"), and wait for the answer."""
        self.handle.focus()
        for key in keys:
            self.lab.page.keyboard.press(key)
        self.lab.settled()

    def drag(self, fraction: float, steps: int = 10) -> None:
        """Drag the handle by mouse to this fraction of the track, and wait for the answer."""
        self.handle.scroll_into_view_if_needed()
        low, high, value = (float(self.handle.get_attribute(each) or 0) for each in ("min", "max", "value"))
        track, mouse = box_of(self.handle), self.lab.page.mouse
        zoom = self.handle.evaluate("slider => slider.getBoundingClientRect().width / slider.offsetWidth")
        thumb, y = 16 * zoom, track["y"] + track["height"] / 2

        def across(share: float) -> float:
            return track["x"] + thumb / 2 + share * (track["width"] - thumb)

        mouse.move(across((value - low) / (high - low)), y)
        mouse.down()
        mouse.move(across(fraction), y, steps=steps)
        mouse.up()
        self.lab.settled()


class Button:
    """A button."""

    def __init__(self, lab: "Lab", button: Locator) -> None:
        self.lab, self.locator = lab, button

    def click(self) -> None:
        """Press it, and wait for the answer."""
        self.locator.click()
        self.lab.settled()


class Window(NamedTuple):
    """How large it is, and whether JupyterLab's list of files is open beside the notebook, as it is at first."""

    width: int
    height: int
    files: bool = False


class Act(NamedTuple):
    """What was moved, and seen in a window: how high the picture was before and after, how far what followed lay."""

    window: Window
    key: str
    before: float
    after: float
    reach: float


class Stage:
    """A picture: its numbers and its sentence, and what is selected in it."""

    def __init__(self, lab: "Lab", root: Locator) -> None:
        self.lab, self.root, self.picture = lab, root, root.locator(".bl-stage-picture")

    def numbers(self) -> list[float]:
        """All numbers in the picture, in the order of its text."""
        return [float(number) for number in NUMBER.findall(plain(self.picture.text_content() or ""))]

    def text(self) -> str:
        """The sentence below the picture."""
        return self.root.locator(".bl-stage-text").inner_text()

    def label(self) -> str:
        """Its name."""
        return self.picture.get_attribute("aria-label") or ""

    def spoken(self) -> str:
        """The sentence a screen reader was given."""
        return self.root.locator(".bl-stage-say").inner_text()

    def error(self) -> str:
        """The error it shows, or nothing."""
        return self.root.locator(".bl-stage-error").inner_text()

    def slider(self, label: str) -> Slider:
        """The slider with this name."""
        return Slider(self.lab, self.picture.locator(f'input[type=range][aria-label="{label}"]').first)

    def button(self, label: str) -> "Button":
        """The button with this text."""
        return Button(self.lab, self.picture.locator("button").filter(has_text=exactly(label)).first)

    def drag(self, key: str, pixels: float, steps: int = 8) -> None:
        """Drag a number where it stands, so far to the right, and wait for the answer."""
        element = self.picture.locator(f'[data-drag="{key}"]').first
        element.scroll_into_view_if_needed()
        x, y = middle(element)
        mouse = self.lab.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + pixels, y, steps=steps)
        mouse.up()
        self.lab.settled()

    def height(self) -> float:
        """Of all that is shown: the picture, its controls and its sentence."""
        return box_of(self.root)["height"]

    def keys(self) -> list[str]:
        """What can be selected, in the order of the keyboard."""
        return [one.get_attribute("data-select") or "" for one in self.picture.locator("[data-select]").all()]

    def selected(self) -> str:
        """The key of what is selected, or nothing."""
        pressed = self.picture.locator("[data-select][aria-checked=true]")
        return (pressed.first.get_attribute("data-select") or "") if pressed.count() else ""

    def select(self, key: str) -> None:
        """Click on it, and wait for the answer."""
        element = self._element(key)
        element.scroll_into_view_if_needed()
        point = element.evaluate(POINT_ON)
        assert point, f"no point of {key!r} can be clicked: something covers it"
        self.lab.page.mouse.click(*point)
        self.lab.settled()

    def select_by_keyboard(self, key: str) -> None:
        """Enter the picture as Tab does, walk to it with the arrows, press Enter, and wait for the answer."""
        self.picture.locator("[data-select][tabindex='0']").focus()
        for name in ["Home", *["ArrowRight"] * self.keys().index(key), "Enter"]:
            self.lab.page.keyboard.press(name)
        self.lab.settled()

    def _element(self, key: str) -> Locator:
        return self.picture.locator(f'[data-select="{key}"]').first


def plain(text: str) -> str:
    """The text with ASCII minus signs, so that `float` reads its numbers."""
    return text.replace("\N{MINUS SIGN}", "-").strip()


def exactly(text: str) -> re.Pattern[str]:
    """Matches this text and no longer one."""
    return re.compile(rf"^\s*{re.escape(text)}\s*$")


def box_of(element: Locator) -> dict[str, float]:
    """Where the element is on the page; AssertionError when it is not shown."""
    box = element.bounding_box()
    assert box, f"{element} is not shown"
    return dict(box)  # type: ignore[arg-type]


def middle(element: Locator) -> tuple[float, float]:
    """The middle of the element."""
    box = box_of(element)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

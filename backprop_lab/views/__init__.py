"""Pure functions from a frozen state to a picture: one text for the live widget, the saved output and the tests."""

import re
from dataclasses import dataclass
from pathlib import Path

from backprop_lab.drawing.markup import Markup, element


def stylesheet(path: Path) -> str:
    """A stylesheet's text without comments and line breaks, since every saved output carries it."""
    return re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)).strip()


LOOK = stylesheet(Path(__file__).with_name("look.css"))
OPERABLE = re.compile(r"<(details|input|button|select|textarea|a)\b")


@dataclass(frozen=True)
class Picture:
    """What a view gives: SVG, HTML or MathML, and the sentences that say what is seen now.

    Shown in a notebook with no kernel it is a figure with its sentence as caption, which brings its own style.
    """

    markup: Markup
    text: str

    def _repr_mimebundle_(self, **_kwargs: object) -> dict[str, str]:
        caption = element("figcaption", self.text)
        role = None if OPERABLE.search(self.markup) else "img"  # an image hides what is in it from a screen reader
        figure = element("figure", self.markup, caption, role=role, aria_label=self.text, class_="bl")
        return {"text/plain": self.text, "text/html": f"<style>{LOOK}</style>{figure}"}

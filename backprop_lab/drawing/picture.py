"""What a picture is: markup with its words, and the three things a hand can do to it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from backprop_lab.drawing.markup import Markup, element


@dataclass(frozen=True)
class Turn:
    """A slider, a menu, a switch, a text field or a number in the picture was set to a value."""

    key: str
    value: float | str | bool

    @property
    def number(self) -> float:
        """The value of a slider or of a number that was dragged."""
        return float(self.value)


@dataclass(frozen=True)
class Press:
    """A button was pressed."""

    key: str


@dataclass(frozen=True)
class Select:
    """Something in the picture was chosen; with the key "" nothing is chosen any more."""

    key: str


Event = Turn | Press | Select


def refuse(event: Event) -> NoReturn:
    """What `update` says to an event that its picture does not offer.

    Raises
    ------
    ValueError : always.
    """
    raise ValueError(f"event must be one that the picture offers, got {event}")


def stylesheet(path: Path) -> str:
    """A stylesheet's text without comments and line breaks, since every saved output carries it."""
    return re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)).strip()


def beside(module: str) -> str:
    """The stylesheet of a picture: `look.css` beside the module whose `__file__` this is."""
    return stylesheet(Path(module).with_name("look.css"))


LOOK = beside(__file__)
OPERABLE = re.compile(r"<(details|input|button|select|textarea|a)\b")


@dataclass(frozen=True)
class Picture:
    """What a view gives: SVG, HTML or MathML with its controls, and the sentences that say what is seen now.

    Shown in a notebook with no kernel it is a figure with its sentence as caption, which brings its own style; its
    controls are disabled until a host takes hold of them.

    Parameters
    ----------
    text : full sentences: the caption, and what a screen reader says
    label : the name of the picture, for a screen reader
    style : what it needs beside the one look: the text of a stylesheet
    """

    markup: Markup
    text: str
    label: str = "Picture"
    style: str = ""

    def _repr_mimebundle_(self, **_kwargs: object) -> dict[str, str]:
        caption = element("figcaption", self.text)
        role = None if OPERABLE.search(self.markup) else "img"  # an image hides what is in it from a screen reader
        figure = element("figure", self.markup, caption, role=role, aria_label=self.text, class_="bl")
        return {"text/plain": self.text, "text/html": f"<style>{LOOK}{self.style}</style>{figure}"}

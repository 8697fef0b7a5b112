"""What a picture is: markup with its words, the three things a hand can do to it, and the passing of time."""

import re
from dataclasses import dataclass
from functools import cache
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


@dataclass(frozen=True)
class Tick:
    """Time has passed: the host tells it again and again, while the picture is ticking."""


Event = Turn | Press | Select | Tick


def refuse(event: Event) -> NoReturn:
    """What `update` says to an event that its picture does not offer.

    Raises
    ------
    ValueError : always.
    """
    raise ValueError(f"event must be one that the picture offers, got {event}")


def stylesheet(path: Path, weight: int = 1) -> str:
    """A stylesheet's text without comments and line breaks, since every saved output carries it.

    `.bl` written several times over weighs more: the look more than what JupyterLab says of code and tables, and what
    lies beside a picture more than the look, which the next picture on a page brings again.
    """
    text = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)).strip()
    return re.sub(r"\.bl(?![\w-])", ".bl" * weight, text)


@cache
def beside(module: str, sheet: str = "look.css") -> str:
    """The stylesheet of a picture, which lies beside the module whose `__file__` this is."""
    return stylesheet(Path(module).with_name(sheet), weight=3)


LOOK = stylesheet(Path(__file__).with_name("look.css"), weight=2)
# where nothing can be chosen, nothing has a name
NAMED = re.compile(r'(data-select="[^"]*") aria-label="[^"]*"| data-said="[^"]*"')
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
    caption : whether the text stands below the picture too; not where the picture is made of the same words
    saved : what is shown below the picture where no kernel answers, such as the answer of a question, folded
    ticking : whether it moves by itself: its host then sends a `Tick` as soon as this picture has been drawn and seen
    """

    markup: Markup
    text: str
    label: str = "Picture"
    style: str = ""
    caption: bool = True
    saved: Markup | str = ""
    ticking: bool = False

    def _repr_mimebundle_(self, **_kwargs: object) -> dict[str, str]:
        caption = element("p", self.text, class_="bl-stage-text") if self.caption else ""
        operable = OPERABLE.search(self.markup + self.saved)
        role = None if operable else "img"  # an image hides what is in it from a screen reader
        markup = Markup(NAMED.sub(r"\1", self.markup))
        figure = element("figure", markup, self.saved, caption, role=role, aria_label=self.text, class_="bl")
        return {"text/plain": self.text, "text/html": f"<style>{LOOK}{self.style}</style>{figure}"}

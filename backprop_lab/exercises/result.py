"""What a checker answers: true only when correct, readable in a notebook, in a terminal and by a grader."""

import re
from dataclasses import dataclass
from typing import Literal

from backprop_lab.drawing.markup import Markup, element, fragment

Status = Literal["correct", "not yet", "not attempted", "not judged"]

_MARKS: dict[Status, tuple[str, str, str]] = {  # icon, class, color of the icon: at least 3 to 1 on white and on black
    "correct": ("✓", "bl-good", "#2b8a4b"),
    "not yet": ("✗", "bl-bad", "#d1495b"),
    "not attempted": ("○", "bl-mute", "#7a828c"),
    "not judged": ("!", "bl-mute", "#7a828c"),
}


@dataclass(frozen=True)
class CheckResult:
    """The verdict on a learner's function; `bool(result)` is true only when it is correct.

    Parameters
    ----------
    status : "correct", "not yet" or "not attempted"; "not judged" where the checker itself failed
    message : one or two sentences which name the symbol that is wrong, without giving the answer
    slip : the short name of the recognized mistake, or of several, with commas between them, or None
    line : the learner's first source line whose result is no quantity of the right pass, or None
    """

    status: Status
    message: str
    slip: str | None = None
    line: str | None = None

    def __bool__(self) -> bool:
        return self.status == "correct"

    def __repr__(self) -> str:
        return f"{_MARKS[self.status][0]} {self.status.capitalize()}. {self.message}"

    def _repr_html_(self) -> str:
        """HTML that needs no stylesheet: the text keeps the page's color, the mark and the words say the verdict."""
        icon, kind, color = _MARKS[self.status]
        return element(
            "div",
            element("span", f"{icon} ", aria_hidden="true", style=f"color:{color};font-weight:700"),
            element("strong", f"{self.status.capitalize()}. "),
            _as_html(self.message),
            role="status",
            class_=f"bl-check {kind}",
            style=f"border-left:4px solid {color};padding:.3em .8em;margin:.4em 0;max-width:46em;line-height:1.45",
        )


def _as_html(message: str) -> Markup:
    """Lines of code are set as code; no line ends inside a shape or a σ′(z)."""
    pieces = re.split(r"`([^`]+)`", message)
    whole = (each.replace(" × ", "\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}") for each in pieces[::2])
    words = [each.replace("′(", "′\N{WORD JOINER}(") for each in whole]
    code = [element("code", each, style="line-height:1") for each in pieces[1::2]]
    return fragment(*(each for pair in zip(words, [*code, ""], strict=True) for each in pair))

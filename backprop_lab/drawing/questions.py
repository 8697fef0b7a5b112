"""A question as it stands in a picture: what is asked, answers to choose from, and room for what is said of them."""

from backprop_lab.drawing.controls import radio, tick
from backprop_lab.drawing.html import room
from backprop_lab.drawing.markup import Markup, element
from backprop_lab.drawing.prose import spoken, typeset

MARKS = {True: ("✓", "bl-right", "right"), False: ("✗", "bl-wrong", "wrong")}


def question(asked: object, *answers: object, before: object = "", hint: str = "") -> Markup:
    """What is asked, as the name of a group of answers; `before` and `hint` stand around it in small."""
    small = [element("span", each, class_="bl-caption") if each else "" for each in (before, hint)]
    return element("fieldset", element("legend", small[0], asked, small[1], class_="bl-asked"), *answers)


def option(
    key: str,
    value: str,
    words: str,
    on: bool,
    *,
    several: bool = False,
    locked: bool = False,
    right: bool | None = None,
) -> Markup:
    """One answer to choose, a radio button or, of `several`, a box; `right` marks it once that may be told."""
    name = typeset(words)
    says = spoken(words) if "<math" in name else None
    if several:
        held = tick(f"{key}.{value}", name, on, locked=locked, says=says)
    else:
        held = radio(key, value, name, on, locked=locked, says=says)
    return element("div", held, "" if right is None else mark(right), class_="bl-option")


def mark(right: bool) -> Markup:
    """✓ or ✗, spoken as well."""
    sign, look, says = MARKS[right]
    return element("span", sign, role="img", aria_label=says, class_=f"bl-mark {look}")


def told(words: object, right: bool | None, longest: str, *, key: str = "told", role: str | None = None) -> Markup:
    """What is said of an answer, right or wrong, where the longest that may be said has its room."""
    look = "" if right is None else f" {MARKS[right][1]}"
    return room(element("p", words, class_=f"bl-told{look}", data_key=key, role=role), longest)

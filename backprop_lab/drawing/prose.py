"""Sentences with formulas and code in them: `$δ^1_0$` is set as a formula, `` `w[1]` `` as code, and both as words."""

import re

from backprop_lab.drawing.markup import Markup, element, fragment
from backprop_lab.drawing.mathml import notation, operator

ON_THE_LINE = "display: inline-block; margin: -.4em 0"  # an index makes no line higher: heights must not jump
SHORT = 24  # code of so many letters is not broken: `w[1][0, 0]` is one name
_PIECE = re.compile(
    r"\\(?P<kept>[$`\\])|(?P<before>[(“]*)\$(?P<formula>[^$]+)\$(?P<after>[^\w\s$`\\]*)|`(?P<code>[^`]+)`"
)
_INDEX = re.compile(r"\b([lL]) ([−+]) (?=\d)")  # of a layer: no line ends inside it
_NAME = re.compile(r"(?<=\w)(\[\d+\]\[\d+,) (?=\d+\])")  # w[1][2, 0] is one word
_RATE = re.compile(r"(∂[^/\s]+)/(∂[^\s()]+)")
_SCRIPT = re.compile(r"\^(?P<upper>[^\W_]+([−+-]\d)?)|_(?P<lower>[^\W_]+(,[^\W_]+)*)")
_UPPER = str.maketrans("0123456789lLT+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹ˡᴸᵀ⁺⁻⁻")
_LOWER = str.maketrans("0123456789jkil,", "₀₁₂₃₄₅₆₇₈₉ⱼₖᵢₗ,")


def typeset(text: str) -> Markup:
    """The sentence as it is shown; what is markup already stays as it is.

    Formulas are written as `notation` reads them: `$σ′(z^1_0)$`, `$∂C/∂w^2_0,1$`.
    """
    if isinstance(text, Markup):
        return text
    pieces, at = [], 0
    for found in _PIECE.finditer(text):
        pieces += [_whole(text[at : found.start()]), _shown(found)]
        at = found.end()
    return fragment(*pieces, _whole(text[at:]))


def spoken(text: str) -> str:
    """The sentence without markup: indices raised and lowered, code as it is."""
    if isinstance(text, Markup):
        return re.sub(r"<[^>]*>", "", text)
    return _PIECE.sub(_said, text)


def verbatim(text: str) -> str:
    """What somebody typed, to be put into a sentence: nothing in it is a formula or code."""
    return re.sub(r"[$`\\]", r"\\\g<0>", text)


def _whole(words: str) -> str:
    named = _NAME.sub("\\1\N{NO-BREAK SPACE}", words)
    return _INDEX.sub("\\1\N{NO-BREAK SPACE}\\2\N{NO-BREAK SPACE}", named)


def _shown(found: re.Match[str]) -> Markup | str:
    if found["kept"]:
        return found["kept"]
    if found["code"]:
        whole = "; white-space: nowrap" if len(found["code"]) <= SHORT else ""
        return element("code", found["code"], style=f"line-height: 1{whole}")
    above, *below = _RATE.sub(r"\1\0\2", found["formula"]).split("\0")  # a fraction would need a higher line
    parts = [piece for part in below for piece in (operator("/"), *notation(part))]
    formula = element("math", *notation(above), *parts)
    return element("span", found["before"], formula, found["after"], style=ON_THE_LINE)  # no sign wraps alone


def _said(found: re.Match[str]) -> str:
    said = found["kept"] or found["code"]
    return said or found["before"] + _SCRIPT.sub(_script, found["formula"]) + found["after"]


def _script(found: re.Match[str]) -> str:
    written, signs = (found["upper"], _UPPER) if found["upper"] else (found["lower"], _LOWER)
    return written.translate(signs) if all(ord(each) in signs for each in written) else found[0]

"""Equations as MathML, written as they are read: `δ^2_0 = ∑_i w^3_i,0 δ^3_i`; live numbers stand between the pieces."""

import re
from collections.abc import Iterator
from functools import lru_cache

from backprop_lab.drawing.markup import Markup, element, fragment, sign_class, signed
from backprop_lab.validation import Array

# a letter with a prime, a layer above (^) and neurons below (_); ∂…/∂… a rate; ∑_i a sum; brackets; digits; other signs
_TOKEN = re.compile(
    r"(?P<above>∂[^/\s]*)/(?P<below>∂[^\s()]+)|∑_(?P<over>[^\W_]+)"
    r"|(?P<letter>Δ?[^\W\d_]|∇)(?P<prime>′?)(\^(?P<upper>[^\W_]+([−+]\d)?))?(_(?P<lower>[^\W_]+(,[^\W_]+)*))?"
    r"|(?P<digits>\d[\d.]*)|(?P<open>\()|(?P<close>\))|(?P<sign>\S)"
)


def equation(*parts: Markup | str, look: str = "") -> Markup:
    """A formula on a line of its own; a part that is no markup yet is read as `notation`."""
    return element("math", row(*parts), display="block", class_=look or None)


def notation(*parts: Markup | str) -> Iterator[Markup]:
    """The pieces of a formula: markup as it is, text read as it is written."""
    for part in parts:
        if isinstance(part, Markup):
            yield part
        else:
            yield from _read(part)


def row(*parts: Markup | str) -> Markup:
    """Parts side by side."""
    return element("mrow", *notation(*parts))


def bracket(*parts: Markup | str) -> Markup:
    """( … )."""
    return element("mrow", operator("("), *notation(*parts), operator(")"))


def term(*parts: Markup | str, on: bool = False, note: str = "") -> Markup:
    """Parts that belong together: lit while they are spoken of, with a word below that says what they are."""
    inside = element("mrow", *notation(*parts), class_="bl-on" if on else None)
    return element("munder", element("munder", inside, operator("⏟")), element("mtext", note)) if note else inside


@lru_cache(1024)
def symbol(name: str, upper: object = "", lower: object = "", *, prime: bool = False) -> Markup:
    """A letter with its layer above and its neuron below; `prime` for σ′."""
    if name[1:] and name[0] == "Δ":  # together they would be one name, and upright
        return element("mrow", symbol("Δ"), symbol(name[1:], upper, lower, prime=prime))
    upright = name in ("∇", "Δ", "Σ")  # the font has no slanted ∇; Σ′ is upright in the proofs too
    letter = element("mi", name, mathvariant="normal" if upright else None)
    if prime:  # the sign stands raised in the font: as a superscript it would be a speck far above
        letter = element("mrow", letter, operator("′"))
    scripts = [_index(str(each)) for each in (lower, upper) if each != ""]
    tag = {(True, True): "msubsup", (True, False): "msup", (False, True): "msub"}.get((upper != "", lower != ""))
    return element(tag, letter, *scripts) if tag else letter


def operator(sign: str) -> Markup:
    """=, +, ×, a bracket."""
    return element("mo", sign)


def number(value: float, decimals: int = 2, *, result: bool = False) -> Markup:
    """A value with its sign; a result is bold, in the color of its sign."""
    return element("mn", signed(value, decimals), class_=f"bl-result {sign_class(value)}" if result else None)


def times(one: float, other: float, decimals: int = 2, others: int = 2) -> Markup:
    """Two numbers in brackets side by side: their product."""
    return row(bracket(number(one, decimals)), bracket(number(other, others)))


def fraction(above: Markup | str, below: Markup | str) -> Markup:
    """Above over below."""
    return element("mfrac", row(above), row(below))


def squared(*parts: Markup | str) -> Markup:
    """( … )²."""
    return element("msup", bracket(*parts), element("mn", 2))


def joined(parts: list[Markup], sign: str) -> Markup:
    """The parts with a sign between each two of them."""
    return row(*[piece for part in parts for piece in (operator(sign), part)][1:])


def broken(before: Markup | str, terms: list[Markup], after: Markup | str, *, most: int) -> Markup:
    """An equation with a long sum, broken into lines of `most` terms; each line but the first begins with +."""
    lines = [joined(terms[at : at + most], "+") for at in range(0, len(terms), most)]
    lines = [row(before, lines[0]), *(row("+", line) for line in lines[1:])]
    return fragment(*map(equation, lines[:-1]), equation(lines[-1], after))


def matrix(values: Array, decimals: int = 2) -> Markup:
    """Numbers in rows and columns, between brackets; an entry that is zero is a plain 0."""
    shown = [[number(value, decimals) if value else element("mn", 0) for value in each] for each in values.tolist()]
    rows = [element("mtr", *(element("mtd", each) for each in some)) for some in shown]
    return bracket(element("mtable", *rows))


@lru_cache(1024)
def _read(written: str) -> tuple[Markup, ...]:
    stack: list[list[Markup]] = [[]]
    for found in _TOKEN.finditer(written):
        if found["open"]:
            stack.append([])
        elif found["close"]:
            if len(stack) == 1:
                raise ValueError(f"notation must have an opening bracket for each closing one, got {written!r}")
            inside = stack.pop()
            stack[-1].append(bracket(*inside))
        else:
            stack[-1].append(_one(found))
    if len(stack) > 1:
        raise ValueError(f"notation must have a closing bracket for each opening one, got {written!r}")
    return tuple(stack[0])


def _one(found: re.Match[str]) -> Markup:
    if found["above"]:
        above, below = (row(operator("∂"), each[1:]) for each in (found["above"], found["below"]))
        return element("mfrac", above, below)
    if found["over"]:
        return element("munder", operator("∑"), element("mi", found["over"]))
    if found["letter"]:
        return symbol(found["letter"], found["upper"] or "", found["lower"] or "", prime=bool(found["prime"]))
    return element("mn", found["digits"]) if found["digits"] else operator(found["sign"])


def _index(written: str) -> Markup:
    """Indices side by side: numbers upright, letters slanted."""
    parts = [_scripted(part) for part in written.split(",")]
    pieces = [piece for part in parts for piece in (element("mo", ",", lspace="0", rspace="0.1em"), part)][1:]
    return pieces[0] if len(pieces) == 1 else element("mrow", *pieces)


def _scripted(part: str) -> Markup:
    found = re.fullmatch(r"(\w+)([−+-])(\d+)", part)  # l−1
    if found:
        letter, sign, digits = found.groups()
        return element("mrow", element("mi", letter), operator(sign), element("mn", digits))
    return element("mn" if part.isdigit() else "mi", part)

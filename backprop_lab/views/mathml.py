"""Equations as MathML: symbols with their indices, numbers with their signs, and terms that light up."""

from backprop_lab.activations import Array
from backprop_lab.drawing.markup import Markup, element, sign_class, signed


def symbol(name: str, upper: object = "", lower: object = "", *, prime: bool = False) -> Markup:
    """A letter with its layer above and its neuron below; `prime` for σ′."""
    letter = element("mi", name)
    if prime:
        letter = element("msup", letter, operator("′"))
    if upper != "" and lower != "":
        return element("msubsup", letter, element("mn", lower), element("mn", upper))
    if upper != "" or lower != "":
        tag = "msup" if upper != "" else "msub"
        return element(tag, letter, element("mn", upper if upper != "" else lower))
    return letter


def operator(sign: str) -> Markup:
    """=, +, ×, a bracket."""
    return element("mo", sign)


def number(value: float, decimals: int = 2, *, result: bool = False) -> Markup:
    """A value with its sign; a result is bold, in the colour of its sign."""
    sign = sign_class(value)
    return element("mn", signed(value, decimals), class_=f"bl-result {sign}" if result else None)


def bracket(*parts: Markup) -> Markup:
    """( … )."""
    return row(operator("("), *parts, operator(")"))


def fraction(above: Markup, below: Markup) -> Markup:
    """Above over below."""
    return element("mfrac", above, below)


def rate(of: Markup, by: Markup) -> Markup:
    """∂of / ∂by."""
    return fraction(row(operator("∂"), of), row(operator("∂"), by))


def row(*parts: object) -> Markup:
    """Parts side by side."""
    return element("mrow", *parts)


def term(*parts: object, on: bool = False, note: str = "") -> Markup:
    """Parts that belong together: lit while they are spoken of, with a word below that says what they are."""
    inside = element("mrow", *parts, class_="bl-on" if on else None)
    if not note:
        return inside
    return element("munder", element("munder", inside, operator("⏟")), element("mtext", note))


def equation(*parts: object) -> Markup:
    """A formula on a line of its own."""
    return element("math", row(*parts), display="block")


def joined(parts: list[Markup], sign: str) -> Markup:
    """The parts with a sign between each two of them."""
    between = [piece for part in parts for piece in (operator(sign), part)]
    return row(*between[1:])


def matrix(values: Array, decimals: int = 2) -> Markup:
    """Numbers in rows and columns, between brackets."""
    rows = [element("mtr", *(element("mtd", number(float(value), decimals)) for value in each)) for each in values]
    return row(operator("("), element("mtable", *rows), operator(")"))

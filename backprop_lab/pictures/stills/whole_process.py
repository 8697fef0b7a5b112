"""The whole process as a ring: from the inputs to the cost, back to every gradient, a step, and round again."""

from typing import NamedTuple

from backprop_lab.course import CHAPTERS
from backprop_lab.drawing.html import title
from backprop_lab.drawing.latex import from_latex, in_words
from backprop_lab.drawing.markup import Markup, element
from backprop_lab.drawing.picture import Picture, beside


class Station(NamedTuple):
    """Where the process comes by: a quantity, what it is, its equation, the notebooks about it, the way on from it."""

    symbol: str
    what: str
    equation: str
    notebooks: tuple[str, ...]
    way: str


RING = (  # in the order in which they are passed; the last leads to the first
    Station("x", "the inputs", "a^0=x", ("01",), "forward"),
    Station("z^l", "weighted inputs", "z^l=w^l a^{l-1}+b^l", ("02",), "forward"),
    Station("a^l", "activations", r"a^l=\sigma(z^l)", ("02",), "forward"),
    Station("C", "the cost", r"C_x=\frac{1}{2}\|a^L-y\|^2", ("03", "12"), "turn"),
    Station(
        r"\delta^L",
        "the output’s error signal",
        r"\delta^L=\nabla_a C_x\odot\sigma'(z^L)",
        ("04", "05", "06"),
        "back",
    ),
    Station(
        r"\delta^l",
        "hidden error signals",
        r"\delta^l=\big((w^{l+1})^T\delta^{l+1}\big)\odot\sigma'(z^l)",
        ("07",),
        "back",
    ),
    Station(
        r"\nabla C",
        "the gradient",
        r"\nabla_{w^l}C_x=\delta^l(a^{l-1})^T,\;\nabla_{b^l}C_x=\delta^l",
        ("08", "09", "10"),
        "back",
    ),
    Station(r"\theta", "the step, and again", r"\theta\leftarrow\theta-\eta\,\nabla C", ("11",), "again"),
)


def whole_process(*, small: bool = False) -> Picture:
    """The whole process with its quantities: at each station the equation, and the notebooks that teach it.

    Parameters
    ----------
    small : quantities and notebooks only
    """
    known = {chapter.file[:2]: chapter for chapter in CHAPTERS}
    stations = []
    for number, station in enumerate(RING, start=1):
        there = [known[each] for each in station.notebooks if each in known]
        links = [_link(f"{each.file}.ipynb", each.file[:2], each.name, small) for each in there]
        head = title(element("span", from_latex(station.symbol), " ", station.what))
        shown = element("div", from_latex(station.equation), class_="bl-formula")
        parts = head, *([] if small else [shown]), element("p", *links, class_="bl-taught")
        stations.append(element("li", *parts, class_=f"bl-card bl-way-{station.way}", style=f"grid-area: at{number}"))
    ring = element("ol", *stations, class_=f"bl-ring-of{' bl-in-small' if small else ''}")
    markup = element("nav", element("div", ring, class_="bl-round"), aria_label="The whole process")
    return Picture(markup, sentence(), "The whole process", beside(__file__, "whole_process.css"), caption=False)


def sentence() -> str:
    """The ring in words."""
    said = "; then ".join(f"{each.what}: {in_words(each.equation)}" for each in RING)
    return f"The whole process. First {said}; and with the new numbers forward again."


def _link(href: str, number: str, name: str, small: bool) -> Markup:
    if small:
        return element("a", number, href=href, aria_label=f"{number}, {name}")
    return element("a", f"{number} · {name}", href=href)

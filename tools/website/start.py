"""The site's first page: what this is, and the way through the notebooks, each with its question and a picture."""

import re
from collections.abc import Mapping

from nbformat import NotebookNode

from backprop_lab.course import CHAPTERS, ROWS, Chapter
from backprop_lab.drawing.markup import Markup, element, fragment
from website.page import document, without_styles

WORDS = (
    "Backpropagation you can take hold of: move a weight, and watch every number of the forward pass, the error signals"
    " and the gradients follow, beside the equation and the line of code that computes them."
)
NOTES = (
    "Nothing has to be installed: Python runs in your browser, some seconds after a page has opened. What you write"
    " stays in this browser, and goes nowhere else."
)
LITE = "lite/tree/index.html"
_DRAWING = re.compile(r"<svg\b.*?</svg>|<figure\b(?:(?!<svg\b).)*?</figure>", re.DOTALL)  # or a picture without one
_AROUND = re.compile(r'<(/?)(?:figure|div|section|p)\b(?:[^>]*?\bclass="([^"]*)")?')
_OPERABLE = re.compile(r'\s(?:id|role|tabindex|data-[\w-]+|aria-[\w-]+)="[^"]*"')


def start_page(notebooks: Mapping[str, NotebookNode], assets: str, *, with_lite: bool = False) -> str:
    """The page as HTML."""
    lite = element("p", element("a", "The same notebooks in JupyterLab", href=LITE), ", in this browser as well.")
    first = CHAPTERS[0]
    sheets: dict[str, None] = {}
    pictures = thumbnails(notebooks, sheets)
    body = element(
        "main",
        element("h1", "Backprop Lab"),
        element("p", WORDS, class_="lead"),
        element(
            "p", element("a", f"Start with {first.file[:2]} · {first.name}", href=f"{first.file}.html", class_="go")
        ),
        element("p", NOTES),
        *(_row(row, pictures) for row in ROWS),
        lite if with_lite else "",
        class_="start",
    )
    return document("Backprop Lab", WORDS, assets, body, "".join(sheets))


def _row(row: str, pictures: Mapping[str, Markup]) -> Markup:
    title, way = ROWS[row]
    stations = (_station(each, pictures[each.file]) for each in CHAPTERS if each.row == row)
    return fragment(element("h2", title, " ", element("small", way)), element("ol", *stations))


def _station(chapter: Chapter, picture: Markup) -> Markup:
    link = element("a", f"{chapter.file[:2]} · {chapter.name}", href=f"{chapter.file}.html")
    time = element("small", f"{chapter.minutes} min")
    words = element("div", element("h3", link), element("p", chapter.question), time)
    return element("li", element("div", picture, class_="thumb", aria_hidden="true", inert=""), words)


def thumbnails(notebooks: Mapping[str, NotebookNode], sheets: dict[str, None]) -> dict[str, Markup]:
    """Of each notebook the richest drawing, of a kind that no notebook before has: it keeps still and says nothing.

    Parameters
    ----------
    sheets : where their stylesheets go, each once
    """
    taken, chosen = set(), {}
    for name, notebook in notebooks.items():
        drawings = _drawings(notebook)
        if not drawings:
            chosen[name] = Markup()
            continue
        best = max(drawings, key=lambda each: (each.startswith("<svg"), _kind(each) not in taken, len(each)))
        without_styles(drawings[best], sheets)
        taken |= set(map(_kind, drawings))
        look = _classes(drawings[best].partition(best)[0])
        chosen[name] = element("div", Markup(_OPERABLE.sub("", best)), class_=look)
    return chosen


def _classes(before: str) -> str:
    """Of all elements that are open there: stylesheets know a drawing by what it is in."""
    around: list[str] = []
    for closes, classes in _AROUND.findall(before):
        if closes:
            del around[-1:]  # or a learner has closed more than was open
        else:
            around.append(classes)
    return " ".join(around)


def _kind(drawing: str) -> str:
    return "".join(drawing.split('"')[1:2])  # its size differs from picture to picture


def _drawings(notebook: NotebookNode) -> dict[str, str]:
    """Each drawing, and the output that it is in."""
    shown = (
        output.get("data", {}).get("text/html", "") for cell in notebook.cells for output in cell.get("outputs", [])
    )
    return {drawing: each for each in shown for drawing in _DRAWING.findall(each)}

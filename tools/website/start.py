"""The site's first page: what this is, and the way through the notebooks, each with its question and a picture."""

import re
from collections.abc import Mapping

from nbformat import NotebookNode

from backprop_lab.drawing.markup import Markup, element, fragment
from backprop_lab.pictures.stills.course import CHAPTERS, ROWS, Chapter
from website.page import document

WORDS = (
    "Backpropagation you can take hold of: move a weight, and watch every number of the forward pass, the error signals"
    " and the gradients follow, beside the equation and the line of code that computes them."
)
NOTES = (
    "Nothing has to be installed: Python runs in your browser, some seconds after a page has opened. What you write"
    " stays in this browser, and goes nowhere else."
)
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)


def start_page(notebooks: Mapping[str, NotebookNode], assets: str) -> str:
    """The page as HTML."""
    first = CHAPTERS[0]
    body = element(
        "main",
        element("h1", "Backprop Lab"),
        element("p", WORDS, class_="lead"),
        element(
            "p", element("a", f"Start with {first.file[:2]} · {first.name}", href=f"{first.file}.html", class_="go")
        ),
        element("p", NOTES),
        *(_row(title, [each for each in CHAPTERS if each.row == row], notebooks) for row, title in ROWS.items()),
        class_="start",
    )
    return document("Backprop Lab", WORDS, assets, body)


def _row(title: str, chapters: list[Chapter], notebooks: Mapping[str, NotebookNode]) -> Markup:
    return fragment(element("h2", title), element("ol", *(_station(each, notebooks[each.file]) for each in chapters)))


def _station(chapter: Chapter, notebook: NotebookNode) -> Markup:
    link = element("a", f"{chapter.file[:2]} · {chapter.name}", href=f"{chapter.file}.html")
    words = element(
        "div", element("h3", link), element("p", chapter.question), element("small", f"{chapter.minutes} min")
    )
    return element("li", element("div", thumbnail(notebook), class_="thumb", aria_hidden="true"), words)


def thumbnail(notebook: NotebookNode) -> Markup:
    """The largest drawing among the pictures of the notebook, which keeps still and says nothing."""
    drawings = [
        drawing
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        for drawing in _DRAWING.findall(output.get("data", {}).get("text/html", ""))
    ]
    if not drawings:
        return Markup("")
    chosen = max(drawings, key=len)
    return Markup(re.sub(r'\s(?:id|role|tabindex|data-[\w-]+|aria-[\w-]+)="[^"]*"', "", chosen))

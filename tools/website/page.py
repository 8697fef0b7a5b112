"""A notebook as a page that reads without JavaScript: its text, its code, and what it has shown when it was saved."""

import json
import re
from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode

from backprop_lab.course import CHAPTERS, Chapter
from backprop_lab.drawing.markup import Markup, element, fragment
from backprop_lab.drawing.picture import LOOK
from website.order import late
from website.text import code, html, to_pages

FOLDED = "jp-MarkdownHeadingCollapsed"  # the cell below which JupyterLab folds all
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_STUB = re.compile(r"(?:^|:)\s+\.\.\.\s*$", re.MULTILINE)
# Nothing is asked of another host, whatever a cell shows. WebAssembly is Python; pictures have styles of their own.
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data: blob:; worker-src 'self'; form-action 'none'; base-uri 'none'"
)


def page(chapter: Chapter, notebook: NotebookNode, assets: str, settings: dict[str, Any]) -> str:
    """The page of one notebook.

    Parameters
    ----------
    assets : the folder of scripts and stylesheets, seen from the page
    settings : what the page's script is told: where Python is, and what it needs
    """
    sheets: dict[str, None] = {}
    body = fragment(
        element("a", "To the text", href="#text", class_="skip"),
        _top(chapter),
        element("main", *_cells(notebook, sheets), _earlier(), id="text", tabindex="-1"),
        _bottom(chapter),
        data({"name": chapter.file, "file": f"notebooks/{chapter.file}.ipynb", **settings}),
        element("script", type="module", src=f"{assets}notebook.js"),
    )
    title = f"{chapter.file[:2]} · {chapter.name} · Backprop Lab"
    return document(title, chapter.question, assets, body, "".join(sheets))


def document(title: str, description: str, assets: str, body: Markup, style: str = "") -> str:
    """A whole page around its body."""
    head = (
        '<meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"{element('title', title)}"
        f"{_meta('description', description)}"
        '<meta name="referrer" content="no-referrer">'
        f'<link rel="icon" href="{assets}icon.svg">'
        f'<link rel="preload" href="{assets}math.woff2" as="font" type="font/woff2" crossorigin>'
        f'<link rel="stylesheet" href="{assets}site.css">'
        f"<style>{style}</style>"
    )
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body class="bl">{body}</body></html>\n'


def data(settings: dict[str, Any]) -> Markup:
    """What the page's script is told."""
    text = json.dumps(settings).replace("<", "\\u003c")
    return Markup(f'<script type="application/json" id="page">{text}</script>')


def _meta(name: str, content: str) -> str:
    return str(element("meta", name=name, content=content)).removesuffix("</meta>")


def _top(chapter: Chapter) -> Markup:
    home = element("a", "Backprop Lab", href="index.html")
    here = element("span", f"{chapter.file[:2]} · {chapter.name}", class_="here")
    status = element("p", "", id="python", role="status")
    menu = element("details", element("summary", "Menu"), element("div", class_="tools"), id="menu", hidden="")
    return element("header", element("nav", home, here, aria_label="Series"), status, menu, class_="top")


def _bottom(chapter: Chapter) -> Markup:
    at = CHAPTERS.index(chapter)
    links = [
        *(_link(each, f"← {each.file[:2]} · {each.name}") for each in CHAPTERS[:at][-1:]),
        element("a", "all notebooks", href="index.html"),
        *(_link(each, f"{each.file[:2]} · {each.name} →") for each in CHAPTERS[at + 1 : at + 2]),
    ]
    return element("footer", element("nav", *links, aria_label="Notebooks"))


def _link(chapter: Chapter, words: str) -> Markup:
    return element("a", words, href=f"{chapter.file}.html")


def _earlier() -> Markup:
    words = "The page has changed since you wrote these cells, and they have no place in it any more."
    heading = element("h2", "Your code from an earlier version of this page")
    return element("section", heading, element("p", words), id="earlier", class_="cell", hidden="")


def _cells(notebook: NotebookNode, sheets: dict[str, None]) -> Iterator[Markup]:
    folded: list[Markup] | None = None
    headings: set[str] = set()
    last = late(notebook.cells)
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            text = html(cell.source, headings)
            if cell.metadata.get(FOLDED):
                folded = [element("summary", Markup(text.replace("\n", "")))]
                continue
            shown = element("section", text, class_="cell text")
        else:
            shown = _code(cell, number, sheets, number in last)
        if folded is None:
            yield shown
        else:
            folded.append(shown)
    if folded:
        yield element("details", *folded, class_="folded")


def _code(cell: NotebookNode, number: int, sheets: dict[str, None], last: bool) -> Markup:
    checker = re.search(r"^check_\w+", cell.source, re.MULTILINE)
    exercise = checker[0] if checker and _STUB.search(cell.source) else None
    written = element("div", code(cell.source), class_="input")
    shown = element("div", *(_output(output, sheets) for output in cell.outputs), class_="output")
    name = cell.get("id", f"cell-{number}")  # what a downloaded notebook calls it
    when = "" if last else None
    return element("section", written, shown, id=name, class_="cell code", data_exercise=exercise, data_late=when)


def _output(output: NotebookNode, sheets: dict[str, None]) -> Markup:
    if output.output_type == "stream":
        return element("pre", output.text, class_="printed")
    shown = output.get("data", {})
    if "text/html" in shown:
        return element("div", Markup(to_pages(without_styles(shown["text/html"], sheets))), class_="shown")
    if "image/png" in shown:
        return Markup(
            f'<img class="drawn" alt="What the cell has drawn" src="data:image/png;base64,{shown["image/png"]}">'
        )
    return element("pre", shown.get("text/plain", ""), class_="value")


def without_styles(markup: str, sheets: dict[str, None]) -> str:
    """Each stylesheet is needed once a page, and the common look is in the site's own."""
    for style in _STYLE.findall(markup):
        sheets[style.removeprefix(LOOK)] = None
    return _STYLE.sub("", markup)

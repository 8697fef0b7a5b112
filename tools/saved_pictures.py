"""How a picture lies in a saved notebook: an image with its sentence, for every page; its markup, to be compared.

GitHub, VS Code and a JupyterLab that does not trust a notebook take the drawing out of a picture's HTML and leave its
words. An image with an `alt` is shown by all of them. The markup stays in the bundle under a type of its own, which
no page shows: nbval compares it, and the site is made of it. `as_run` puts it back.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from html import escape, unescape
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode

from backprop_lab.drawing.picture import LOOK

MARKUP = "application/vnd.backprop-lab+html"
MOST_BYTES = (60_000, 45_000, 34_000, 26_000, 20_000)  # of an image: the first with which the notebook is small enough
MOST_OF_ALL = 990_000
_PICTURE = re.compile(r'<figure [^>]*class="bl"')
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_FORMULA = re.compile(r'<math [^>]*alttext="([^"]*)".*?</math>', re.DOTALL)
_FOLDED = re.compile(r'<details class="bl-saved">.*?</details>', re.DOTALL)
_SHOWN = re.compile(r'<figure data-of="(\w+)"><img alt="([^"]*)"[^>]* src="data:image/png;base64,([^"]*)"></figure>')


class Photograph(NamedTuple):
    """An image as PNG, and its size on a page."""

    png: bytes
    width: int
    height: int


Take = Callable[..., Photograph]  # (HTML, most_bytes)


def outputs(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """Of all cells."""
    return (output for cell in notebook.cells for output in cell.get("outputs", []))


def as_run(notebook: NotebookNode) -> NotebookNode:
    """The notebook with its pictures as the cells gave them."""
    for output in outputs(notebook):
        if MARKUP in output.get("data", {}):
            output.data["text/html"] = output.data.pop(MARKUP)
    return notebook


def illustrated(notebook: NotebookNode, take: Take, known: Mapping[str, str] | None = None) -> NotebookNode:
    """The notebook of a run with its pictures as they are saved.

    Parameters
    ----------
    take : (HTML, most bytes) -> an image of it
    known : what `images` has found before: as long as its markup is the same, an image is not taken again
    """
    pictures = [output for output in outputs(notebook) if _PICTURE.search(output.get("data", {}).get("text/html", ""))]
    for output in pictures:
        output.data[MARKUP] = output.data["text/html"].replace(LOOK, "", 1)  # which the next picture would bring again
    for most_bytes in MOST_BYTES:
        for output in pictures:
            shown = (known or {}).get(fingerprint(output.data[MARKUP]))
            output.data["text/html"] = shown or _figure(output.data, partial(take, most_bytes=most_bytes))
        if len(nbformat.writes(notebook).encode()) < MOST_OF_ALL:
            break
        known = None
    return notebook


def images(notebook: NotebookNode) -> dict[str, str]:
    """What is shown of each picture in a saved notebook, by the fingerprint of its markup."""
    shown = [output.data["text/html"] for output in outputs(notebook) if MARKUP in output.get("data", {})]
    return {found[1]: html for html in shown if (found := _SHOWN.match(html))}


def fingerprint(markup: str) -> str:
    """A short sum of what is drawn; how it looks, its stylesheets, may change."""
    return hashlib.sha256(_STYLE.sub("", markup).encode()).hexdigest()[:16]


def faults(output: NotebookNode) -> Iterator[str]:
    """What is wrong with a saved picture; nothing is wrong with what is none."""
    data = output.get("data", {})
    if _PICTURE.search(data.get("text/html", "")):
        yield "a picture without an image: it would be words on GitHub"
    if MARKUP not in data:
        return
    found = _SHOWN.match(data["text/html"])
    if not found:
        yield "markup without an image"
    elif found[1] != fingerprint(data[MARKUP]):
        yield "an image of another picture than its markup"
    elif unescape(found[2]) != data["text/plain"].strip():
        yield f"an image that says {found[2][:60]!r}"
    elif (size := len(base64.b64decode(found[3]))) > MOST_BYTES[0]:
        yield f"an image of {size:,} bytes, at most {MOST_BYTES[0]:,}"


def _figure(data: Mapping[str, str], take: Callable[[str], Photograph]) -> str:
    """The image; below it what is unfolded, such as an answer, in words: its formulas as their LaTeX."""
    markup, words = data[MARKUP], data["text/plain"]
    png, width, height = take(_FOLDED.sub("", markup))
    source = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    folded = _FORMULA.sub(r"<code>\1</code>", "".join(_FOLDED.findall(markup)))
    image = f'<img alt="{escape(words)}" width="{width}" height="{height}" src="{source}">'
    return f'<figure data-of="{fingerprint(markup)}">{image}</figure>{folded}'

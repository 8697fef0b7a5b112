"""Where notebooks are cut into slides: jupyter nbconvert --to slides --config tools/slides.py notebooks/05_….ipynb.

A heading begins a slide, a picture has one of its own, with no more than a few lines above it, and text or code joins
what is before it while there is room. What a lecture does not need is left out: the notebook's place in the series,
imports, cells that only assert, and all from the solutions on. The file is whole: it asks no network for anything
(`slideshow/` has its parts).
"""

import re
import sys
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

HERE = Path(__file__).parent
sys.path.append(str(HERE))
from website.text import html  # noqa: E402

WIDTH, HEIGHT = 1280, 800  # of a slide, as of the screens that pictures are made for
ROOM, LETTERS = 23, 110  # lines on a slide, and in a line
ABOVE = 5  # lines, above a picture


class Cuts(Preprocessor):
    """Gives each cell its part in the slides."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """A notebook, cut."""
        nb.cells = [each for cell in nb.cells for each in by_heading(cell)]
        last = next(
            (at for at, cell in enumerate(nb.cells) if cell.source.startswith(("## Solutions", "## Next"))),
            len(nb.cells),
        )
        taken = ROOM  # of the slide that is begun
        for at, cell in enumerate(nb.cells):
            cell.source = cell.source.partition("<!-- navigation -->")[0].rstrip()
            kind, lines = part(cell, taken) if at < last else ("skip", 0)
            if kind != "skip":
                taken = lines if kind.endswith("slide") else taken + lines
            cell.metadata["slideshow"] = {"slide_type": kind}
        return nb, resources


def by_heading(cell: NotebookNode) -> list[NotebookNode]:
    """A cell; of a text, what is above a heading is a cell of its own."""
    texts = re.split(r"\n(?=## )", cell.source) if cell.cell_type == "markdown" else [cell.source]
    pieces = [NotebookNode({**cell, "metadata": NotebookNode(cell.metadata)}) for _ in texts]
    for at, (piece, text) in enumerate(zip(pieces, texts, strict=True)):
        piece.id, piece.source = f"{cell.id}-{at}", text.strip()
    return pieces


def part(cell: NotebookNode, taken: int) -> tuple[str, int]:
    """What a cell is where so many lines of the slide are taken, and how many it takes itself."""
    if cell.metadata.get("jupyter", {}).get("source_hidden") or cell.source.startswith(("import ", "from ")):
        return "skip", 0
    if any({"text/html", "image/png"} & output.get("data", {}).keys() for output in cell.get("outputs", [])):
        return ("fragment" if taken <= ABOVE else "subslide"), ROOM
    lines = height(cell)
    if cell.cell_type == "markdown" and cell.source.startswith("#"):
        return "slide", lines
    return ("fragment" if taken + lines <= ROOM else "subslide"), lines


def height(cell: NotebookNode) -> int:
    """How many lines a text, or code with what it prints, takes on a slide."""
    printed = "".join(output.get("text", "") for output in cell.get("outputs", []))
    return sum(1 + len(line) // LETTERS for line in f"{cell.source}\n{printed}".splitlines()) + 1


c = get_config()  # noqa: F821 # pyright: ignore[reportUndefinedVariable]
c.SlidesExporter.preprocessors = [Cuts]
c.SlidesExporter.filters = {"markdown2html": html}  # formulas as MathML
c.SlidesExporter.extra_template_basedirs = [str(HERE)]
c.SlidesExporter.extra_template_paths = [str(HERE.parent / "backprop_lab" / "live")]  # its font
c.SlidesExporter.template_name = "slideshow"
c.SlidesExporter.exclude_input_prompt = c.SlidesExporter.exclude_output_prompt = True
c.SlidesExporter.reveal_width, c.SlidesExporter.reveal_height = str(WIDTH), str(HEIGHT)

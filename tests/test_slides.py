"""The slides of each notebook: a heading begins one, each fits its screen, what a lecture does not need is left out."""

import runpy
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def config():
    known = {"get_config": lambda: SimpleNamespace(SlidesExporter=SimpleNamespace())}  # as nbconvert has it
    return runpy.run_path(str(ROOT / "tools" / "slides.py"), init_globals=known)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_slide_fits_and_is_about_one_thing(config, path):
    notebook, _ = config["Cuts"]().preprocess(nbformat.read(path, as_version=4), {})
    slides = []
    for cell in notebook.cells:
        kind = cell.metadata.slideshow.slide_type
        if cell.source.startswith("## ") and kind != "skip":
            assert kind == "slide"
        if kind.endswith("slide"):
            slides.append([])
        if kind != "skip":
            slides[-1].append(cell)
    assert len(slides) > 5
    for slide in slides:
        pictures = [
            cell for cell in slide if any("text/html" in out.get("data", {}) for out in cell.get("outputs", []))
        ]
        assert not pictures or pictures == slide, "a picture has a slide of its own"
        assert len(slide) == 1 or sum(map(config["height"], slide)) <= config["ROOM"], slide[0].source
    longer = [slide[0] for slide in slides if config["height"](slide[0]) > config["ROOM"]]
    assert all(cell.cell_type == "code" for cell in longer), "it would be scrolled"
    words = "\n".join(cell.source for slide in slides for cell in slide)
    assert not {"<!-- navigation -->", "## Solutions", "## Next"} & set(words.splitlines())

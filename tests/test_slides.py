"""The slides of each notebook: a heading begins one, each fits its screen, what a lecture does not need is left out."""

import re
import runpy
from pathlib import Path

import nbformat
import pytest
from nbconvert import SlidesExporter
from traitlets.config import Config

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def config():
    known = Config()
    return runpy.run_path(str(ROOT / "tools" / "slides.py"), init_globals={"get_config": lambda: known})


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_slide_fits_and_is_about_one_thing(config, path):
    notebook, _ = config["Cuts"]().preprocess(nbformat.read(path, as_version=4), {})
    slides = []
    for cell in notebook.cells:
        kind = cell.metadata.slideshow.slide_type
        if re.search("^## ", cell.source, re.MULTILINE) and kind != "skip" and cell.cell_type == "markdown":
            assert cell.source.startswith("## ")
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
        above = sum(config["height"](cell) for cell in slide if cell not in pictures)
        assert not pictures or (pictures == slide[-1:] and above <= config["ABOVE"])
        assert pictures or len(slide) == 1 or above <= config["ROOM"], slide[0].source
    longer = [slide[0] for slide in slides if config["height"](slide[0]) > config["ROOM"]]
    assert all(cell.cell_type == "code" for cell in longer), "it would be scrolled"
    words = "\n".join(cell.source for slide in slides for cell in slide)
    assert not {"<!-- navigation -->", "## Solutions", "## Next"} & set(words.splitlines())


def test_the_file_is_whole(config):
    text, _ = SlidesExporter(config=config["c"]).from_filename(str(NOTEBOOKS[5]))
    read = re.sub(r"(?s)(<script)>.*?</script>", r"\1", text)
    assert read.count("<script") == 2
    assert not re.search(r"""(?:\b(?:src|href)=|\burl\(|@import)\s*["']?+(?!data:)[^"']{,40}""", read)
    assert "<math" in read
    assert "$" not in re.sub(r"(?s)<style.*?</style>", "", read)

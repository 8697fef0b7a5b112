"""What `tools/save_notebooks.py` promises: the same bytes again, the sources untouched, a fault named."""

import io
import json
from pathlib import Path

import nbformat
import pytest
import saved_pictures
from camera import packed, trimmed
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image
from save_notebooks import save
from saved_pictures import MARKUP, Photograph, as_run, illustrated, images

from backprop_lab.drawing.markup import Markup, element
from backprop_lab.drawing.picture import LOOK, Picture

WIDGET = """
import ipywidgets
from backprop_lab import widgets
print('a')
print('b')
display(ipywidgets.IntSlider(description='alive only'))
widgets.explorer()
"""


class Camera:
    """Takes the same image of everything, and counts."""

    def __init__(self):
        self.taken = []

    def take(self, html, most_bytes):
        self.taken.append(html)
        return Photograph(b"image", 300, 200)


def saved(path: Path) -> dict:
    assert save(path, Camera().take, write=True) == ""
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_same_notebook_gives_the_same_bytes_and_keeps_its_sources(write_notebook):
    path = write_notebook(WIDGET, "", "x = 1\n", "x + 1\n\n")
    sources = [cell.source for cell in nbformat.read(path, as_version=4).cells]
    saved(path)
    first = path.read_bytes()
    saved(path)
    assert path.read_bytes() == first
    assert [cell.source for cell in nbformat.read(path, as_version=4).cells] == sources


def test_nothing_that_only_one_run_knows_is_kept(write_notebook):
    path = write_notebook(WIDGET)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(new_markdown_cell("## Solutions", metadata={"jp-MarkdownHeadingCollapsed": True}))
    notebook.metadata["widgets"] = {"state": {}}
    notebook.cells[0].metadata = {"execution": {"iopub.execute_input": "now"}, "tags": ["nbval-ignore-output"]}
    nbformat.write(notebook, path)
    code, words = saved(path)["cells"]
    assert [code["id"], code["execution_count"], code["metadata"]] == ["cell-0", 1, {"tags": ["nbval-ignore-output"]}]
    assert words["metadata"] == {"jp-MarkdownHeadingCollapsed": True}
    printed, shown = code["outputs"]
    assert (printed["text"], sorted(shown["data"])) == (["a\n", "b\n"], [MARKUP, "text/html", "text/plain"])
    assert "widgets" not in saved(path)["metadata"]


def test_checking_names_what_would_change_and_writes_nothing(write_notebook):
    path = write_notebook("1 + 1")
    before = path.read_bytes()
    assert "is not saved as a clean run" in save(path, Camera().take, write=False)
    assert path.read_bytes() == before
    saved(path)
    assert save(path, Camera().take, write=False) == ""


def test_a_cell_that_fails_or_warns_is_shown_and_nothing_is_written(write_notebook):
    for source, fault in [("y = 1 / 0", "ZeroDivisionError"), ("import warnings; warnings.warn('careful')", "careful")]:
        path = write_notebook("x = 1", source)
        before = path.read_bytes()
        told = save(path, Camera().take, write=True)
        assert fault in told
        assert source in told
        assert path.read_bytes() == before


ANSWER = element("details", element("summary", "Answer"), element("p", "It is 2."), class_="bl-saved")
PICTURE = Picture(Markup("<svg><text>1</text></svg>"), 'One, and "two" & more.', style=".bl .own { }", saved=ANSWER)


def shown(*pictures: Picture) -> NotebookNode:
    cell = new_code_cell(outputs=[new_output("display_data", each._repr_mimebundle_()) for each in pictures])
    return new_notebook(cells=[cell])


def test_a_picture_is_saved_as_an_image_with_its_words_and_its_answer_below():
    camera = Camera()
    (output,) = saved_pictures.outputs(illustrated(shown(PICTURE), camera.take))
    assert (
        'alt="One, and &quot;two&quot; &amp; more." width="300" height="200" src="data:image/png'
        in output.data["text/html"]
    )
    assert output.data["text/html"].endswith(f"</figure>{ANSWER}")
    assert [("It is 2." in html, "<svg>" in html, ".own" in html) for html in camera.taken] == [(False, True, True)]
    assert list(saved_pictures.faults(output)) == []


def test_what_a_cell_gave_is_there_again_all_but_the_common_look():
    given = PICTURE._repr_mimebundle_()
    (output,) = saved_pictures.outputs(as_run(illustrated(shown(PICTURE), Camera().take)))
    assert output.data == {**given, "text/html": given["text/html"].replace(LOOK, "")}


def test_an_image_is_taken_again_only_when_its_markup_has_changed():
    other, restyled = (
        Picture(Markup("<svg></svg>"), "Two."),
        Picture(PICTURE.markup, PICTURE.text, style="", saved=ANSWER),
    )
    known, camera = images(illustrated(shown(PICTURE), Camera().take)), Camera()
    illustrated(shown(restyled, other), camera.take, known)
    assert ["Two." in html for html in camera.taken] == [True]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda data: data.pop(MARKUP) and data.update(PICTURE._repr_mimebundle_()), "without an image"),
        (lambda data: data.update({"text/html": "<p>1</p>"}), "without an image"),
        (lambda data: data.update({MARKUP: data[MARKUP].replace("1", "2")}), "of another picture"),
        (lambda data: data.update({"text/plain": "Another."}), "says 'One"),
        (lambda data: data.update({"text/html": data["text/html"].replace("aW1h", 50_000 * "aW1h")}), "150,002 bytes"),
    ],
)
def test_what_is_wrong_with_a_saved_picture_is_named(change, fault):
    (output,) = saved_pictures.outputs(illustrated(shown(PICTURE), Camera().take))
    change(output.data)
    (told,) = saved_pictures.faults(output)
    assert fault in told


def test_an_image_loses_what_is_blank_at_its_right_and_most_of_its_colors():
    wide, file = Image.new("RGB", (1600, 400), "white"), io.BytesIO()
    wide.paste(Image.effect_noise((600, 400), 90))
    wide.save(file, "PNG")
    image = trimmed(file.getvalue(), 2)
    assert image.size == (600 + 20, 400)
    assert len(packed(image)) < len(file.getvalue())
    assert len(Image.open(io.BytesIO(packed(image, 8))).getcolors() or []) in range(2, 9)


def test_in_a_notebook_with_many_pictures_the_images_are_made_smaller_until_it_is_small_enough():
    asked = []

    def take(_, most_bytes):
        asked.append(most_bytes)
        return Photograph(bytes(most_bytes), 300, 200)

    many = [Picture(Markup("<svg></svg>"), f"Number {number}.") for number in range(20)]
    known = images(illustrated(shown(many[0]), take))
    notebook = illustrated(shown(*many), take, known)
    assert asked == [60_000, *19 * [60_000], *20 * [45_000], *20 * [34_000]]
    assert len(nbformat.writes(notebook)) < 1_000_000

"""What `tools/save_notebooks.py` promises: the same bytes again, the sources untouched, a fault named."""

import json
from pathlib import Path

import nbformat
from nbformat.v4 import new_markdown_cell
from save_notebooks import save

WIDGET = """
import ipywidgets
from backprop_lab import widgets
print('a')
print('b')
display(ipywidgets.IntSlider(description='alive only'))
widgets.explorer()
"""


def saved(path: Path) -> dict:
    assert save(path, write=True) == ""
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
    assert (printed["text"], sorted(shown["data"])) == (["a\n", "b\n"], ["text/html", "text/plain"])
    assert "widgets" not in saved(path)["metadata"]


def test_checking_names_what_would_change_and_writes_nothing(write_notebook):
    path = write_notebook("1 + 1")
    before = path.read_bytes()
    assert "is not saved as a clean run" in save(path, write=False)
    assert path.read_bytes() == before
    saved(path)
    assert save(path, write=False) == ""


def test_a_cell_that_fails_or_warns_is_shown_and_nothing_is_written(write_notebook):
    for source, fault in [("y = 1 / 0", "ZeroDivisionError"), ("import warnings; warnings.warn('careful')", "careful")]:
        path = write_notebook("x = 1", source)
        before = path.read_bytes()
        told = save(path, write=True)
        assert fault in told
        assert source in told
        assert path.read_bytes() == before

"""What only prints is run last where that changes nothing."""

import json
import os
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_output
from website.order import Names, late, names_of

from backprop_lab.course import CHAPTERS
from backprop_lab.live.cells import Cells

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
SOME = [each.file for each in (CHAPTERS if os.environ.get("ALL_PAGES") else CHAPTERS[4:6])]


def cells(*sources):
    said = [new_output("stream", name="stdout", text="1")]
    return [new_code_cell(source.removesuffix("#"), outputs=said if source.endswith("#") else []) for source in sources]


def test_what_a_cell_binds_and_reads():
    assert names_of("import a.b\nfor i in range(3): x, y = f(i)") == Names(
        frozenset({"a", "i", "x", "y"}), frozenset({"range", "f", "i"})
    )
    assert names_of("def f(z):\n    q = z + g\n    return [h(k) for k in q]") == Names(
        frozenset({"f"}), frozenset({"g", "h"})
    )


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        (("a = 1", "print(a)#", "b = a"), {1}),
        (("a = 1", "print(a)", "b = a"), set()),  # it shows a picture, or nothing
        (("a = 1", "print(a)#", "a = 2"), set()),  # it would print the other
        (("a = 1", "b = 1\nprint(a)#", "b"), set()),  # it gives a name
        (("a = [1]", "a[0] = 2\nprint(a)#", "a"), set()),
        (("a = [1]", "a.append(2)\nprint(a)#", "a"), set()),
        (("a = [1]", "def f(a):\n    b = list(a)\n    b[0] = 2\n    return b\nprint(f(a))#", "a"), {1}),
    ],
)
def test_a_cell_waits_only_where_nothing_depends_on_it(sources, found):
    assert late(cells(*sources)) == found


@pytest.mark.parametrize("name", SOME)
def test_the_other_order_prints_the_same(name):
    notebook = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
    last = late(notebook.cells)
    code = [number for number, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    heard = []
    running = Cells(lambda text: heard.append(json.loads(text)), {"__name__": "__main__"})
    for number in sorted(code, key=lambda number: number in last):
        running.run(str(number), notebook.cells[number].source)
    for number in code:
        cell = notebook.cells[number]
        said = [
            each["output"]["text"]
            for each in heard
            if each["kind"] == "output" and each["cell"] == str(number) and each["output"].get("stream") == "stdout"
        ]
        saved = [output.text for output in cell.outputs if output.output_type == "stream"]
        if "nbval-ignore-output" not in cell.metadata.get("tags", []):
            assert "".join(said) == "".join(saved), cell.source

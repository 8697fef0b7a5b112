"""Run notebooks from top to bottom and save their outputs so that the same notebook gives the same bytes.

    python tools/save_notebooks.py [--check] [--redraw] [PATH …]      all of notebooks/ when no path is given

`--check` writes nothing and names the notebooks which are not saved as a clean run would save them. Chromium takes an
image of each picture whose markup has changed; `--redraw` takes all anew, for another stylesheet.
"""

import argparse
import sys
from pathlib import Path

import nbformat
from camera import Camera
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from saved_pictures import Take, illustrated, images

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"  # without its kernel it shows an error instead of the picture
OF_ONE_RUN = ("execution", "ExecuteTime", "collapsed", "scrolled", "trusted")


def main() -> int:
    """Save, or check; the exit status is 1 when a notebook has a fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, name what would change")
    parser.add_argument("--redraw", action="store_true", help="take the image of every picture anew")
    parser.add_argument("paths", nargs="*", type=Path, default=sorted(NOTEBOOKS.glob("*.ipynb")))
    chosen = parser.parse_args()
    with Camera() as camera:
        told = [save(path, camera.take, write=not chosen.check, redraw=chosen.redraw) for path in chosen.paths]
    faults = [fault for fault in told if fault]
    sys.stderr.write("".join(f"{fault}\n" for fault in faults))
    return int(bool(faults))


def save(path: Path, take: Take, *, write: bool, redraw: bool = False) -> str:
    """Run one notebook and write it if it differs from the file; what is wrong, or nothing."""
    old = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(old, as_version=4)
    known = {} if redraw else images(notebook)
    try:
        run(notebook, path.parent)
    except CellExecutionError as error:
        return f"{path}: {error}"  # its text holds the cell
    faults = [fault for number, cell in enumerate(notebook.cells) for fault in _complaints(number, cell)]
    new = nbformat.writes(illustrated(normalized(notebook), take, known)) + "\n"
    if write and not faults and new != old:
        path.write_text(new, encoding="utf-8")
    elif not write and new != old:
        faults.append("is not saved as a clean run leaves it: python tools/save_notebooks.py")
    print(f"{path}: {'faulty' if faults else 'as it was' if new == old else 'saved'}")
    return "\n".join(f"{path}: {fault}" for fault in faults)


def run(notebook: NotebookNode, folder: Path) -> None:
    """Run every cell in a fresh kernel; CellExecutionError when one fails."""
    options = {"timeout": 120, "record_timing": False, "store_widget_state": False, "coalesce_streams": True}
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(folder)}}, **options).execute()


def normalized(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what differs from run to run; the sources stay as they are."""
    cells = [_cell(number, cell) for number, cell in enumerate(notebook.cells)]
    return NotebookNode(cells=cells, metadata=METADATA, nbformat=4, nbformat_minor=5)


def _cell(number: int, cell: NotebookNode) -> NotebookNode:
    kept = {key: value for key, value in cell.metadata.items() if key not in OF_ONE_RUN}
    new = NotebookNode(cell, id=f"cell-{number}", metadata=kept)
    if cell.cell_type == "code":
        new.outputs = [_output(output) for output in cell.outputs if not _only_alive(output)]
    return new


def _output(output: NotebookNode) -> NotebookNode:
    if "data" not in output:
        return output
    data = {kind: value for kind, value in output.data.items() if kind != WIDGET_VIEW}
    return NotebookNode(output, data=data, metadata={})


def _only_alive(output: NotebookNode) -> bool:
    """Whether it is a widget with no picture of its own: saved, a progress bar would stand at 0 % for ever."""
    return set(output.get("data", {})) == {WIDGET_VIEW, "text/plain"}


def _complaints(number: int, cell: NotebookNode) -> list[str]:
    warnings = [output.text for output in cell.get("outputs", []) if output.get("name") == "stderr"]
    return [f"cell {number} writes to stderr: {text.strip()}\n{cell.source}" for text in warnings]


if __name__ == "__main__":
    raise SystemExit(main())

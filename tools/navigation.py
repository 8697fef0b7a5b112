"""Write each notebook's place into its first cell: links, reading time, what it needs: python tools/navigation.py."""

from pathlib import Path

import nbformat

from backprop_lab.course import CHAPTERS, navigation

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
MARK = "<!-- navigation -->"


def main() -> None:
    """Replace what stands below the mark, to the end of the cell."""
    for chapter in CHAPTERS:
        path = NOTEBOOKS / f"{chapter.file}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        first = notebook.cells[0]
        first.source = f"{first.source.partition(MARK)[0].rstrip()}\n\n{MARK}\n{navigation(chapter)}"
        nbformat.write(notebook, path)


if __name__ == "__main__":
    main()

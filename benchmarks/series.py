"""How long the notebooks take when each is run and compared cell by cell, beside an empty one: a kernel that starts."""

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from timing import table

ROOT = Path(__file__).parents[1]


def report() -> str:
    """The table: seconds of a process that runs pytest on one notebook, and its cells."""
    with tempfile.TemporaryDirectory() as folder:
        nbformat.write(new_notebook(cells=[new_code_cell("None")]), empty := Path(folder) / "empty.ipynb")
        floor = _seconds(empty)[0]
    rows: list[list[object]] = [["an empty notebook", 1, floor, ""]]
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        seconds, cells = _seconds(path)
        rows.append([path.stem, cells, seconds, seconds - floor])
    total = sum(float(str(row[3])) for row in rows[1:])
    return f"{table(['notebook', 'cells', 'seconds', 'of its own'], rows)}\n\nAll together: {total:.0f} s of their own."


def _seconds(path: Path) -> tuple[float, int]:
    """Wall time, and how many cells passed; a cell that fails is an error."""
    start = time.perf_counter()
    ours = f"--rootdir={ROOT}", f"-c{ROOT / 'pyproject.toml'}"
    run = [sys.executable, "-m", "pytest", "-q", "-n0", "--nbval", str(path), *ours]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    passed = re.search(r"(\d+) passed", done.stdout)
    if done.returncode or not passed:
        raise RuntimeError(f"{path.name} under nbval:\n{done.stdout[-2000:]}")
    return time.perf_counter() - start, int(passed[1])

"""From a slider to the painted change, in JupyterLab in Chromium, beside the floor: a slider that sets a Label.

    python benchmarks/slider_to_pixels.py notebooks/00_start_here.ipynb "x[0]"

Read the ratio to the echo of the same run, not the milliseconds.
"""

import statistics
import sys
import tempfile
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from browser.harness import Browser, Lab, Server
from browser.timing import burst, latency

ECHO = """
from ipywidgets import FloatSlider, Label, VBox
echo_slider, echo_label = FloatSlider(description="echo"), Label()
echo_slider.observe(lambda change: setattr(echo_label, "value", f"{change.new:.2f}"), "value")
VBox([echo_slider, echo_label])
"""
ROUNDS = 3


def main(notebook: Path, label: str) -> None:
    """Measure both in turns, on one page, and print the medians."""
    with tempfile.TemporaryDirectory() as folder, Server() as server, Browser() as browser:
        with_echo = nbformat.read(notebook, as_version=4)
        with_echo.cells.append(new_code_cell(ECHO))
        nbformat.write(with_echo, path := Path(folder) / notebook.name)
        with browser.open(server, path, width=1400) as lab:
            lab.run_all()
            rounds = [(measure(lab, "echo"), measure(lab, label)) for _ in range(ROUNDS)]
            lab.assert_clean()
    print(f"{'':20}{'echo':>10}{label:>14}{'ratio':>8}")
    for name in rounds[0][0]:
        echo, ours = (statistics.median(each[name] for each in column) for column in zip(*rounds, strict=True))
        print(f"{name:20}{echo:10.1f}{ours:14.1f}{ours / echo if echo else float('nan'):8.2f}")


def measure(lab: Lab, label: str) -> dict[str, float]:
    """One key press at a time, then a fast drag."""
    return latency(lab, lab.slider(label)) | burst(lab, lab.slider(label))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

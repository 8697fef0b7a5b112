"""From a slider to the painted change, in JupyterLab in Chromium, beside the floor: a slider that sets a label.

    python benchmarks/slider_to_pixels.py                   every picture
    python benchmarks/slider_to_pixels.py explorer proof    some

Both are on one page and measured one after the other: read the ratio to the echo, not the milliseconds.
"""

import sys
import tempfile
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from timing import table

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from browser.harness import OUTPUTS, Browser, Lab, Server
from browser.parts import Slider
from browser.timing import burst, latency

ECHO = """
from backprop_lab import cases, datasets, derivations, initialize, train, widgets
from ipywidgets import FloatSlider, Label, VBox

four = cases.batch
echo_slider, echo_label = FloatSlider(max=1000, step=1), Label()
echo_slider.observe(lambda change: setattr(echo_label, "value", f"{change.new:.2f}"), "value")
VBox([echo_slider, echo_label])
"""
PICTURES = {  # what is opened: all that have a slider
    "knobs": "widgets.knobs(curves=True)",
    "explorer": "widgets.explorer()",
    "explorer, deep": "widgets.explorer(cases.deep)",
    "neuron": "widgets.neuron()",
    "nested_formula": "widgets.nested_formula()",
    "cost_bars": "widgets.cost_bars()",
    "cost_mean": "widgets.cost_mean()",
    "parabola": "widgets.parabola((0.3, 0.7), (1.0, 0.0))",
    "number_lines": "widgets.number_lines(cases.wide, 'w1.2.1')",
    "gears": "widgets.gears()",
    "demon": "widgets.demon()",
    "bp1_area": "widgets.bp1_area()",
    "gradient_table": "widgets.gradient_table()",
    "per_example_gradients": "widgets.per_example_gradients()",
    "one_step": "widgets.one_step()",
    "film": "widgets.film(train(four.parameters, four.x, four.y, learning_rate=3.0, epochs=99, batch_size=4), four)",
    "proof": "widgets.proof(derivations.bp2, case=cases.wide, shown=None)",
}
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def report(*names: str) -> str:
    """The table: medians in milliseconds, frames of a fast drag, and how many times as long as the echo."""
    with Server() as server, Browser() as browser:
        rows = []
        for name in names or PICTURES:
            rows.append(_row(server, browser, name))
            print(*rows[-1], file=sys.stderr, flush=True)  # it takes a minute each: what is known is not lost
    drag = ["frames of a drag: echo", "picture", "its values"]
    return table(["picture", "echo, ms", "picture, ms", "ratio", *drag, "missed", "jumps"], rows)


def _row(server: Server, browser: Browser, name: str) -> list[object]:
    with tempfile.TemporaryDirectory() as folder:
        page = new_notebook(metadata=KERNEL, cells=[new_code_cell(ECHO), new_code_cell(PICTURES[name])])
        nbformat.write(page, path := Path(folder) / "slider_to_pixels.ipynb")
        with browser.open(server, path, width=1400) as lab:
            lab.run_all()
            echo = Slider(lab, lab.page.locator(f"{OUTPUTS} .widget-slider [role=slider]").first)
            ours = lab.sliders()[0]
            floor, picture = _measure(lab, echo), _measure(lab, ours)
            lab.assert_clean()
    ratio = picture["median"] / floor["median"]
    frames = floor["painted"], picture["painted"], picture["values"]
    return [name, floor["median"], picture["median"], ratio, *frames, picture["missed"], picture["jumps"]]


def _measure(lab: Lab, slider: Slider) -> dict[str, float]:
    """One key press at a time, then a fast drag."""
    return latency(lab, slider) | burst(lab, slider)


if __name__ == "__main__":
    print(report(*sys.argv[1:]))

"""Each notebook without a browser: every cell run, every control set to its ends and middle, every button pressed."""

import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ipywidgets
import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from ipywidgets.widgets.widget import _instances as widgets_by_id
from traitlets.config import Config

from backprop_lab.widgets.stage import Stage

SECONDS = 20  # of a processor: the time of a notebook on two cores, whoever else uses them


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    """An IPython of its own, in which an exception that would only be displayed is raised."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])  # IPython puts its own there
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))
    monkeypatch.setattr(shell, "enable_gui", lambda gui=None: None)
    monkeypatch.setattr(shell, "showtraceback", raise_current)  # `interact` and `Output` hand their exceptions to it
    yield shell
    ipywidgets.Widget.close_all()
    InteractiveShell.clear_instance()


def raise_current(*_: object, **__: object) -> None:
    raise  # noqa: PLE0704, called while an exception is being handled


def run(path: Path, shell: InteractiveShell) -> None:
    ipywidgets.Widget.close_all()
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            shell.run_cell(cell.source, store_history=False).raise_error()


def use_every_widget() -> None:
    """What a learner may do, one thing after the other; a stage that shows an error counts as one."""
    for widget in list(widgets_by_id.values()):
        for act in acts(widget):
            act()
    shown = [widget.error for widget in widgets_by_id.values() if isinstance(widget, Stage) and widget.error]
    assert not shown, "\n".join(shown)


def acts(widget: ipywidgets.Widget) -> list[Callable[[], None]]:
    if isinstance(widget, ipywidgets.Button):
        return [widget.click]
    if isinstance(widget, Stage):
        return [lambda key=key: setattr(widget, "selected", key) for key in [*selectable(widget), ""]]
    return [lambda value=value: setattr(widget, "value", value) for value in values(widget)]


def values(widget: Any) -> list[object]:
    """The ends and the middle of what can be set by hand, and at last the value it had."""
    if not widget.has_trait("value") or widget.has_trait("bar_style"):  # a progress bar is not set by hand
        return []
    if widget.has_trait("options"):
        choices = [value for _, value in widget._options_full]
    elif widget.has_trait("min") and widget.has_trait("max"):
        choices = ends_and_middle(widget)
    elif isinstance(widget.value, bool):
        choices = [not widget.value]
    elif widget.has_trait("continuous_update"):  # a box to type in; a Label and HTML have a value too
        choices = {float: [-1e3, 0.0, 1e3], int: [-1000, 0, 1000], str: ["", "?"]}[type(widget.value)]
    else:
        choices = []
    return [*choices, widget.value]


def ends_and_middle(widget: Any) -> list[object]:
    low, high = widget.min, widget.max
    if isinstance(widget, ipywidgets.FloatLogSlider):
        return [widget.base**power for power in (low, high, (low + high) / 2)]
    if isinstance(widget.value, tuple):
        return [(low, low), (high, high), (low, high)]
    return [low, high, (low + high) // 2 if isinstance(widget.value, int) else (low + high) / 2]


def selectable(stage: Stage) -> list[str]:
    return re.findall(r'data-select="([^"]*)"', stage.picture)


def test_a_notebook_runs_and_nothing_a_learner_can_do_breaks_it(notebook, shell):
    start = time.process_time()
    run(notebook, shell)
    assert time.process_time() - start < SECONDS
    use_every_widget()


IMPORT = "import ipywidgets as w\nslider = w.FloatSlider(min=-1, max=1, value=1)\nout = w.Output()\n"
FAIL = "lambda amount: 1 / amount"
BAD = {
    "in a cell": "1 / 0",
    "in an observer": "slider.observe(lambda change: 1 / change.new, 'value')",
    "in interact": f"w.interact({FAIL}, amount=slider)",
    "in interactive_output": f"w.interactive_output({FAIL}, dict(amount=slider))",
    "in a captured callback": "@out.capture()\ndef fail(change): 1 / change.new\nslider.observe(fail, 'value')",
    "in a button": "w.Button().on_click(lambda _: 1 / 0)",
    "in a dropdown": "w.Dropdown(options=[1, 0]).observe(lambda change: 1 / change.new, 'value')",
    "in a stage": "from backprop_lab.widgets.stage import Stage\nstage = Stage()\nstage.error = 'ZeroDivisionError'",
}


@pytest.mark.parametrize("source", BAD.values(), ids=BAD)
def test_an_exception_is_found_wherever_it_hides(write_notebook, shell, source):
    def learn():
        run(write_notebook(IMPORT + source), shell)
        use_every_widget()

    with pytest.raises((ZeroDivisionError, AssertionError), match=r"division by zero|ZeroDivisionError"):
        learn()


def test_a_sound_notebook_passes(write_notebook, shell):
    run(write_notebook(IMPORT + "slider.observe(lambda change: 1 / (change.new + 2), 'value')"), shell)
    use_every_widget()

"""Each notebook without a browser: every cell run, and all done that its pictures offer."""

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
from pictures.hands import events
from traitlets.config import Config

from backprop_lab.drawing.markup import Markup
from backprop_lab.drawing.picture import Event, Picture, Press, Select, Turn
from backprop_lab.live import Live

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
    """What a learner may do, one thing after the other; a picture that shows an error counts as one."""
    for widget in [each for each in widgets_by_id.values() if isinstance(each, Live)]:
        for event in offered(widget):
            if event in offered(widget):  # still there
                DO[type(event)](widget, event)
        assert not widget.error, widget.error


def offered(live: Live[Any]) -> list[Event]:
    return list(events(Picture(Markup(live.picture), live.text)))


DO: dict[type, Callable[[Live[Any], Any], None]] = {
    Turn: lambda live, event: live.turn(event.key, event.value),
    Press: lambda live, event: live.press(event.key),
    Select: lambda live, event: live.select(event.key),
}


def test_a_notebook_runs_and_nothing_a_learner_can_do_breaks_it(notebook, shell):
    start = time.process_time()
    run(notebook, shell)
    assert time.process_time() - start < SECONDS
    use_every_widget()


PICTURE = """
from backprop_lab.drawing.controls import button
from backprop_lab.drawing.picture import Picture
from backprop_lab.live import Live
view = lambda number: Picture(button("less", "less"), f"The inverse is {1 / number}.")
Live(START, view, lambda number, event: number - STEP)
"""


@pytest.mark.parametrize("source", ["1 / 0", PICTURE.replace("START", "1").replace("STEP", "1")], ids=["cell", "view"])
def test_an_exception_is_found_wherever_it_hides(write_notebook, shell, source):
    def learn():
        run(write_notebook(source), shell)
        use_every_widget()

    with pytest.raises(ZeroDivisionError):
        learn()


def test_a_sound_notebook_passes(write_notebook, shell):
    run(write_notebook(PICTURE.replace("START", "1").replace("STEP", "2")), shell)
    use_every_widget()

"""The host in a plain page: the messages it tells are what a notebook would show, and it needs no widgets."""

import json
import subprocess
import sys

import pytest

from backprop_lab.live import page
from backprop_lab.live.cells import Cells

from .test_notebook import Dial, begin, update, view


class Page:
    """Stands at the other end of the line."""

    def __init__(self):
        self.heard, self.space = [], {"__name__": "__main__", "Dial": Dial, "shown": page.Live(Dial(), view, update)}
        self.cells = Cells(lambda text: self.heard.append(json.loads(text)), self.space)

    def run(self, source, cell="cell-1"):
        """The outputs of a cell."""
        self.heard.clear()
        self.cells.run(cell, source)
        *told, done = self.heard
        assert (done["kind"], done["cell"]) == ("done", cell)
        return [each["output"] for each in told if each["kind"] == "output"]

    def report(self, *events, picture=1):
        self.heard.clear()
        self.cells.answer(picture, json.dumps(events))
        return [each["values"] for each in self.heard]


@pytest.fixture
def there():
    return Page()


def test_the_last_line_is_shown_as_a_notebook_shows_it(there):
    assert there.run("x = 2\nx + 1") == [{"text": "3"}]
    assert there.run("x = 2") == there.run("None") == there.run("x;") == there.run("") == []
    assert there.run("x;  # quiet") == there.run("(x\n);") == []
    assert there.run("x  # not; quiet") == there.run("';'\nx") == [{"text": "2"}]
    plain = "class Plain:\n    def _repr_mimebundle_(self, **_): pass\n    def __repr__(self): return 'plain'\nPlain()"
    assert there.run(plain) == [{"text": "plain"}]
    assert there.run("display(x, 'y')\nx") == [{"text": "2"}, {"text": "'y'"}, {"text": "2"}]
    (result,) = there.run("from backprop_lab import check_bp1\ncheck_bp1(lambda *a: None)")
    assert "Not attempted" in result["html"]
    (still,) = there.run("from backprop_lab import cases, pictures\npictures.network(cases.running)")
    assert still["html"].endswith("</figure>")


def test_what_is_printed_comes_before_what_is_shown_after_it(there):
    outputs = there.run("import sys\nprint('a')\nprint('b', file=sys.stderr)\ndisplay(1)\nprint('c')\n2")
    assert [(each.get("stream"), each["text"]) for each in outputs] == [
        ("stdout", "a\n"),
        ("stderr", "b\n"),
        (None, "1"),
        ("stdout", "c\n"),
        (None, "2"),
    ]


def test_an_error_is_told_from_the_cell_on_and_the_next_cell_runs(there):
    (error,) = there.run("def f():\n    return 1 / 0\n\n\nf()", cell="cell-7")
    assert error["error"] == "ZeroDivisionError"
    first, *lines = error["text"].splitlines()
    assert first == "Traceback (most recent call last):"
    assert lines[0].strip() == 'File "<cell cell-7>", line 5, in <module>'
    assert "return 1 / 0" in error["text"]
    assert there.heard[-1]["failed"]
    (error,) = there.run("if True\n    1")
    assert error["text"].splitlines()[-1] == "SyntaxError: expected ':'"
    assert there.run("raise SystemExit") == [{"error": "SystemExit", "text": error_text(there)}]
    (error,) = there.run("input('your name')")
    assert error["text"].endswith(
        "RuntimeError: input needs somebody who types, and a page asks nobody: write the value into the cell"
    )
    assert there.run("1") == [{"text": "1"}]
    assert not there.heard[-1]["failed"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        *((source, "Jupyter's alone") for source in ("%timeit f()", "%%time\nf()", "a = 1\n!pip list", "x = !ls")),
        *((source, "Commands after % or !") for source in ("x = (3 +\n!done)", "!done = True")),  # it need not be one
        *((source, "help(name)") for source in ("print?", "?print", "np.dot??")),
        *((source, "inside an async def") for source in ("await f()", "x = [i async for i in f()]")),
        *((f"def f():\n    {line}", "inside an async def") for line in ("await g()", "async for i in g(): pass")),
        *((source, "inside an async def") for source in ("async with f() as g: pass", "lambda: await f()")),
        *((source, "SyntaxError: ") for source in ("x = 5 %", "x = 5 !y", "'what?", "what? no", "return 1")),
    ],
)
def test_what_only_jupyter_understands_is_said_in_words(there, source, words):
    (error,) = there.run(source)
    assert error["error"] == "SyntaxError"
    assert words in error["text"].splitlines()[-1]


def test_pyplot_shows_each_figure_where_it_is_told_to_and_opens_no_window(there, monkeypatch):
    pyplot = pytest.importorskip("matplotlib.pyplot")
    monkeypatch.setattr(pyplot, "show", pyplot.show)
    matplotlib = sys.modules["matplotlib"]
    drawn = "plt.plot([1, 2])\nplt.show()\nprint('then')\nplt.plot([2, 1])"
    before = matplotlib.get_backend()
    try:
        outputs = there.run(f"import matplotlib.pyplot as plt\n{drawn};")
    finally:
        matplotlib.use(before)
    assert [each.get("text") or each["html"].lstrip()[:4] for each in outputs] == ["<svg", "then\n", "<svg"]
    assert pyplot.get_fignums() == []


def error_text(there):
    return there.heard[0]["output"]["text"]


def test_a_picture_answers_each_event_with_one_message_of_what_has_changed(there):
    (output,) = there.run("shown")
    assert output["picture"] == 1
    assert output["values"]["text"] == "The share is 1.000, 0 steps, nothing chosen."
    (answer,) = there.report([1, "turn", "amount", 2.0])
    assert set(answer) == {"changes", "text", "answered"}
    assert answer["answered"] == 1
    assert there.report([1, "turn", "amount", 2.0]) == []  # it has its answer already
    assert there.report([2, "press", "more"], [3, "select", "share"])[0]["text"].endswith("1 steps, share chosen.")


def test_an_error_in_a_picture_is_shown_there_and_the_next_event_heals(there):
    there.run("shown")
    told = there.report([1, "turn", "amount", 0.0])
    assert told[0]["error"].startswith("ZeroDivisionError")
    assert told[-1] == {"answered": 1}
    assert there.report([2, "turn", "amount", 4.0])[0]["error"] == ""


def test_a_picture_moves_from_python_too_and_shown_twice_it_is_one(there):
    there.run("shown")
    assert there.run("shown.turn('amount', 4)\nshown.state", cell="cell-2") == [
        {"text": "Dial(amount=4.0, steps=0, selected='')"}
    ]
    change, _, _ = there.heard
    assert (change["kind"], change["picture"], "changes" in change["values"]) == ("change", 1, True)
    (again,) = there.run("shown", cell="cell-3")
    assert again["picture"] == 1


def test_what_was_answered_on_an_earlier_visit_is_done_again_as_far_as_the_picture_knows_it(there):
    there.run("shown")
    there.heard.clear()
    there.cells.again(1, json.dumps([["press", "more"], ["turn", "amount", 4], ["press", "gone"], ["press", "more"]]))
    (change,) = there.heard
    assert there.space["shown"].state == Dial(4, 1)
    assert "answered" not in change["values"]  # no event of this visit has been


def test_a_picture_that_has_made_room_is_told_of_no_more(there):
    there.run("one = shown\none")
    there.run("2")
    there.space["one"].turn("amount", 3)
    assert there.report([1, "press", "more"]) == []


def test_outside_of_a_page_it_keeps_still():
    shown = page.Live(begin(amount=2), view, update)
    assert shown.state == Dial(2)
    assert shown._repr_mimebundle_()["text/html"].endswith("</figure>")


def test_the_source_of_a_cell_is_found_by_tracebacks_and_checkers(there):
    assert there.run("import inspect\ndef f(x):\n    return x\ninspect.getsource(f)") == [
        {"text": repr("def f(x):\n    return x\n")}
    ]


WITHOUT = """
import sys
class Nowhere:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"anywidget", "ipywidgets", "traitlets", "matplotlib", "IPython", "tqdm", "psutil"}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Nowhere())
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name == "anywidget" else found(name, package)
"""


def test_every_picture_is_there_without_widgets_and_without_matplotlib():
    code = f"""{WITHOUT}
from backprop_lab import cases, widgets
from backprop_lab.live import Live
assert Live.__module__ == "backprop_lab.live.page"
assert widgets.explorer(cases.running).text
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")

"""Runs the cells of a page as a notebook runs them, and tells the page what they print, show and raise.

Neither IPython nor a kernel is needed: the page's worker calls `Cells.run` for each cell, and `Cells.answer` for what
is turned, pressed and chosen in a picture. All that is told is a message: JSON text.
"""

import ast
import io
import json
import linecache
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from functools import partial
from importlib import import_module
from types import TracebackType
from typing import Any, NoReturn

from backprop_lab.live.page import Live

PAUSE = 0.05  # seconds: what a cell prints is told in pieces, not letter by letter
JUPYTER_S = {  # no Python, and often seen in a notebook: how a line or its error is known, and what is said of it
    r"\s*(\w+\s*=\s*)?(%%?|!!?)[A-Za-z]": "Commands after % or ! are Jupyter's alone: leave them out here.",
    r"\s*(\?{1,2}[\w.]+|[\w.]+\?{1,2})\s*$": "A question mark asks Jupyter: help(name) asks Python.",
    r"('await'|'?async).* outside ": (
        "await, async for and async with belong inside an async def: outside of any function only Jupyter takes them."
    ),
}
METHODS = {  # what the page can show, the best first, and who gives it
    "text/html": "_repr_html_",
    "image/svg+xml": "_repr_svg_",
    "image/png": "_repr_png_",
}


class Cells:
    """The cells of one page, run in one namespace.

    Parameters
    ----------
    post : called with each message for the page
    space : the namespace, such as that of `__main__`
    """

    def __init__(self, post: Callable[[str], object], space: dict[str, Any]) -> None:
        self._post, self._space = post, space
        self._cell, self._count = "", 0
        self._pictures: dict[int, Live] = {}
        self._shown_by: dict[str, set[int]] = {}
        space["display"], space["input"] = self.display, unasked

    def run(self, cell: str, source: str) -> None:
        """Run one cell; whatever it does, the last message says that it is over."""
        self._cell, start = cell, time.monotonic()
        for number in self._shown_by.pop(cell, set()):  # these have made room for what comes now
            if not any(number in others for others in self._shown_by.values()):
                self._pictures.pop(number).on_change = None
        failed = False
        with self._printing():
            try:
                self._take_pyplot(source)
                self._execute(f"<cell {cell}>", source)
                self._show_figures()
            except BaseException as error:  # SystemExit and KeyboardInterrupt end a cell, not the page
                failed = True
                self._output(error=type(error).__name__, text=explain(error))
        self._tell("done", cell=cell, failed=failed, seconds=round(time.monotonic() - start, 3))

    def answer(self, number: int, events: str) -> None:
        """Events of the picture with this number, as JSON; an error is shown in the picture itself."""
        with suppress(Exception):
            self._pictures[number].answer(json.loads(events))

    def again(self, number: int, events: str) -> None:
        """Events of an earlier visit, one after the other, as long as the picture offers them."""
        self._pictures[number].again(json.loads(events))

    def display(self, *values: object) -> None:
        """Show values below the cell, as the value of its last line is shown."""
        for value in values:
            self._show(value)

    def _execute(self, name: str, source: str) -> None:
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)  # for tracebacks, checkers
        tree = ast.parse(source, name)
        last, quiet = None, False
        if tree.body and isinstance(end := tree.body[-1], ast.Expr):
            last = ast.Expression(end.value)
            tree.body.pop()
            line = re.split(r"\r\n|[\r\n]", source)[(end.end_lineno or 1) - 1].encode()
            quiet = line[end.end_col_offset :].lstrip().startswith(b";")
        exec(compile(tree, name, "exec", dont_inherit=True), self._space)
        value = eval(compile(last, name, "eval", dont_inherit=True), self._space) if last else None
        if value is not None and not quiet:
            self._show(value)

    def _show(self, value: object) -> None:
        if isinstance(value, Live):
            number = next((known for known, each in self._pictures.items() if each is value), None)
            if number is None:
                self._count = number = self._count + 1
                self._pictures[number] = value
                value.on_change = partial(self._tell, "change", picture=number)
            self._shown_by.setdefault(self._cell, set()).add(number)
            self._output(picture=number, values=value.values())
        else:
            self._output(**_as_data(value))

    def _take_pyplot(self, source: str) -> None:
        """For a cell that draws with pyplot: it opens no window, and its `show` shows the figures below the cell."""
        if "pyplot" in source:
            with suppress(ImportError):  # the cell's own import says so
                import_module("matplotlib").use("agg")
                pyplot: Any = import_module("matplotlib.pyplot")
                pyplot.show = lambda *_, **__: self._show_figures()

    def _show_figures(self) -> None:
        """What pyplot has drawn, as a notebook shows it: below the cell, and then it is done with."""
        pyplot: Any = sys.modules.get("matplotlib.pyplot")
        for number in pyplot.get_fignums() if pyplot else ():
            drawn = io.StringIO()
            pyplot.figure(number).savefig(drawn, format="svg", bbox_inches="tight")
            self._output(html=drawn.getvalue().partition("<!DOCTYPE")[2].partition(">")[2])
            pyplot.close(number)

    @contextmanager
    def _printing(self) -> Iterator[None]:
        out, err = (_Stream(partial(self._output, stream=name)) for name in ("stdout", "stderr"))
        with redirect_stdout(out), redirect_stderr(err):
            try:
                yield
            finally:
                out.flush()
                err.flush()

    def _output(self, **output: object) -> None:
        for stream in (sys.stdout, sys.stderr):  # what was printed before comes first
            if isinstance(stream, _Stream) and "stream" not in output:
                stream.flush()
        self._tell("output", cell=self._cell, output=output)

    def _tell(self, kind: str, values: object = None, **content: object) -> None:
        self._post(json.dumps({"kind": kind, **({} if values is None else {"values": values}), **content}))


class _Stream(io.TextIOBase):
    """What is printed, told in pieces."""

    def __init__(self, tell: Callable[..., None]) -> None:
        self._told, self._pieces, self._last = tell, [], time.monotonic()

    def write(self, text: str) -> int:
        self._pieces.append(str(text))
        if time.monotonic() - self._last > PAUSE:
            self.flush()
        return len(text)

    def flush(self) -> None:
        text, self._pieces, self._last = "".join(self._pieces), [], time.monotonic()
        if text:
            self._told(text=text)


def _as_data(value: Any) -> dict[str, str]:
    """A value as the page can show it: its richest form, or else its text."""
    found: Any = getattr(type(value), "_repr_mimebundle_", lambda _: {})(value)
    bundle = (found[0] if isinstance(found, tuple) else found) or {}
    for kind, name in METHODS.items():
        method = getattr(type(value), name, None)
        shown = bundle.get(kind) or (method(value) if callable(method) else None)
        if shown:
            return {"png": _text(shown)} if kind == "image/png" else {"html": str(shown)}
    return {"text": str(bundle.get("text/plain") or repr(value))}


def _text(png: Any) -> str:
    import base64  # noqa: PLC0415 (seldom wanted)

    return png if isinstance(png, str) else base64.b64encode(png).decode()


def unasked(*_: object) -> NoReturn:
    """What `input` does on a page.

    Raises
    ------
    RuntimeError : always.
    """
    raise RuntimeError("input needs somebody who types, and a page asks nobody: write the value into the cell")


def explain(error: BaseException) -> str:
    """The traceback, as far as it is the learner's: from the cell on."""
    told = traceback.format_exception(type(error), error, _from_the_cell(error.__traceback__))
    if isinstance(error, SyntaxError) and str(error.filename).startswith("<cell "):
        told += (words for like, words in JUPYTER_S.items() if re.match(like, error.text or error.msg))
    return "".join(told).rstrip()


def _from_the_cell(passed: TracebackType | None) -> TracebackType | None:
    here = passed
    while here and not here.tb_frame.f_code.co_filename.startswith("<cell "):
        here = here.tb_next
    return here

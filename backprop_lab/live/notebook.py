"""The host in a notebook: one anywidget that hands each event to `update` and shows what `view` gives."""

import re
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar

import anywidget
import traitlets

from backprop_lab.drawing.markup import Markup
from backprop_lab.drawing.picture import LOOK, Event, Picture, Press, Select, Tick, Turn, stylesheet

State = TypeVar("State")
Arguments = ParamSpec("Arguments")

_HERE = Path(__file__).parent
FONT = _HERE / "math.woff2"
KINDS: dict[str, Callable[..., Event]] = {"turn": Turn, "press": Press, "select": Select, "tick": Tick}


class Live(anywidget.AnyWidget, Generic[State]):
    """A state that can be taken hold of: `view(state)` is shown, and every event gives a new state.

    Parameters
    ----------
    state : a frozen record
    view : state -> Picture, a pure function
    update : (state, event) -> state, a pure function

    Attributes
    ----------
    state : the state that is shown
    failure : the exception which the learner sees in the picture now, or None

    Raises
    ------
    Exceptions of `view` and `update` are shown in the picture, then raised again.
    """

    # the text and not the path: a path would be watched for changes in the kernel of every learner
    _esm = (_HERE / "stage.js").read_text("utf-8")
    _css = LOOK + stylesheet(_HERE / "stage.css")

    picture = traitlets.Unicode(help="SVG, HTML or MathML text").tag(sync=True)
    text = traitlets.Unicode(help="says what is seen now: shown below the picture, and spoken").tag(sync=True)
    label = traitlets.Unicode(help="the name a screen reader gives the picture").tag(sync=True)
    sheet = traitlets.Unicode(help="the stylesheet of the picture; `style` is taken by ipywidgets").tag(sync=True)
    error = traitlets.Unicode(help="what went wrong, for the learner to read").tag(sync=True)
    events = traitlets.List(help="what the browser reports and has no answer to yet: [serial, kind, key, value]").tag(
        sync=True, echo_update=False
    )
    answered = traitlets.Int(help="serial of the last event that the picture answers to").tag(sync=True)
    ticking = traitlets.Bool(help="whether the browser says that time has passed once this is drawn").tag(sync=True)

    def __init__(self, state: State, view: Callable[[State], Picture], update: Callable[[State, Event], State]) -> None:
        self.state, self.failure = state, None
        self._saved: Markup | str = ""  # what only a picture without a kernel shows: the page never gets it
        self._view, self._update, self._lock = view, update, threading.RLock()
        super().__init__()
        self.show(state)
        self.on_msg(self._asked)

    def turn(self, key: str, value: float | str | bool) -> None:
        """Set what a slider, a menu, a switch or a number in the picture sets: what a hand does, from Python.

        Raises
        ------
        ValueError : the picture offers nothing to turn by this key.
        """
        self._happen(Turn(key, value), ("turn", "drag"))

    def press(self, key: str) -> None:
        """Press a button.

        Raises
        ------
        ValueError : the picture has no button by this key.
        """
        self._happen(Press(key), ("press",))

    def select(self, key: str = "") -> None:
        """Choose something in the picture, or with "" nothing.

        Raises
        ------
        ValueError : the picture offers nothing to be chosen by this key.
        """
        self._happen(Select(key), ("select",))

    def tick(self) -> None:
        """Let time pass, as the browser does while the picture moves by itself.

        Raises
        ------
        ValueError : the picture does not move by itself now.
        """
        if not self.ticking:
            raise ValueError("tick needs a picture that moves by itself now, got one that keeps still")
        with self._reporting():
            self._draw(self._update(self.state, Tick()), self.answered)

    def show(self, state: State) -> None:
        """Show another state. If the view fails, the picture stays, and says so."""
        with self._reporting():
            self._draw(state, self.answered)

    def offers(self, *kinds: str) -> list[str]:
        """The keys of what can be turned ("turn", "drag"), pressed ("press") or chosen ("select") now."""
        found = re.findall(rf'data-(?:{"|".join(kinds)})="([^"]*)"', self.picture)
        return list(dict.fromkeys(found))

    def _happen(self, event: Turn | Press | Select, kinds: Sequence[str]) -> None:
        offered = self.offers(*kinds)
        if event.key not in (offered if event.key or not isinstance(event, Select) else [""]):
            raise ValueError(
                f"key must be one of {', '.join(offered) or 'none, for there are none'}, got {event.key!r}"
            )
        with self._reporting():
            self._draw(self._update(self.state, event), self.answered)

    def _draw(self, state: State, answered: int) -> None:
        picture = self._view(state)
        self.state, self.failure, self._saved = state, None, picture.saved
        with self.hold_sync():  # one message
            self.picture, self.text, self.label, self.sheet = picture.markup, picture.text, picture.label, picture.style
            self.error, self.answered, self.ticking = "", answered, picture.ticking

    @traitlets.observe("events")
    def _reported(self, change: Any) -> None:
        """What the browser tells: each message holds every event without an answer, so none is lost."""
        with self._lock:  # another thread may be answering the same events
            fresh = [each for each in change.new if each[0] > self.answered]
            if not fresh:
                return
            try:
                with self._reporting():
                    state = self.state
                    for _, kind, *event in fresh:
                        state = self._update(state, KINDS[kind](*event))
                    self._draw(state, fresh[-1][0])
            finally:
                self.answered = fresh[-1][0]  # an error is an answer too

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        with self._lock:  # JupyterLab calls back in more than one thread: the lock keeps changes whole
            try:
                yield
            except Exception as error:
                self.failure, self.error, self.ticking = error, _explain(error), False
                raise

    def _asked(self, _widget: object, content: Any, _buffers: object) -> None:
        """The page has not got the font of the formulas yet."""
        if content == "font":
            self.send("font", [FONT.read_bytes()])

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The live picture, and the same text for who sees it without a kernel."""
        live, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        shown = Picture(Markup(self.picture), self.text, self.label, self.sheet, saved=self._saved)
        still = shown._repr_mimebundle_()
        return ({**live, **still}, metadata) if metadata else {**live, **still}


def live(
    begin: Callable[Arguments, State], view: Callable[[State], Picture], update: Callable[[State, Event], State]
) -> Callable[Arguments, Live[State]]:
    """A picture's three functions as one that a notebook calls: with the arguments and the words of `begin`."""

    @wraps(begin)
    def widget(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Live[State]:
        return Live(begin(*args, **kwargs), view, update)

    return widget


def _explain(error: Exception) -> str:
    at = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error}\n(line {at.lineno} of {at.name}: {at.line})"

"""The host in a notebook: one anywidget that hands each event to `update` and shows what `view` gives."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import anywidget
import traitlets

from backprop_lab.drawing.picture import LOOK, Event, Picture, stylesheet
from backprop_lab.live.host import Host

State = TypeVar("State")

_HERE = Path(__file__).parent
FONT = _HERE / "math.woff2"


class Live(Host[State], anywidget.AnyWidget):
    """A state that can be taken hold of, in a notebook."""

    # the text and not the path: a path would be watched for changes in the kernel of every learner
    _esm = (_HERE / "stage.js").read_text("utf-8")
    _css = LOOK + stylesheet(_HERE / "stage.css")

    frame = traitlets.Unicode(help="a picture the page has: SVG, HTML or MathML text").tag(sync=True)
    changes = traitlets.List(help="the pieces of it that are others in what is shown: [number, text]").tag(sync=True)
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
        self._lock = threading.RLock()
        anywidget.AnyWidget.__init__(self)
        Host.__init__(self, state, view, update)
        self.on_msg(self._asked)

    @traitlets.observe("events")
    def _reported(self, change: Any) -> None:
        with self._lock:  # another thread may be answering the same events
            self.answer(change.new)

    def _at_once(self) -> AbstractContextManager[object]:
        return self.hold_sync()

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        with self._lock, super()._reporting():  # JupyterLab calls back in more than one thread
            yield

    def _asked(self, _widget: object, content: Any, _buffers: object) -> None:
        """The page has not got the font of the formulas yet."""
        if content == "font":
            self.send("font", [FONT.read_bytes()])

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The live picture, and the same text for who sees it without a kernel."""
        live, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        still = self.still()._repr_mimebundle_()
        return ({**live, **still}, metadata) if metadata else {**live, **still}

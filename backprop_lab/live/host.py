"""What every host of a picture does: events go to `update`, what `view` gives is shown, and what fails is said."""

import base64
import json
import re
import traceback
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from html import unescape
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

from backprop_lab.drawing.markup import Markup
from backprop_lab.drawing.picture import Event, Picture, Press, Select, Tick, Turn, stylesheet
from backprop_lab.lecture import lecturing

State = TypeVar("State")

KINDS: dict[str, Callable[..., Event]] = {"turn": Turn, "press": Press, "select": Select, "tick": Tick}
LARGER = stylesheet(Path(__file__).with_name("lecture.css"))
MOST = 20_000  # frames in a row that `reopen` goes through: a text may come from anybody
LONGEST = 1_000_000  # bytes of what it unpacks
SHOWN = ("frame", "changes", "text", "label", "sheet", "error", "answered", "ticking")  # what the stage is told


class Host(Generic[State]):
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
    picture : its markup
    frame, changes : the same for the stage, which has the frame already: `changed`

    Raises
    ------
    Exceptions of `view` and `update` are shown in the picture, then raised again.
    """

    picture, frame, text, label, sheet, error = "", "", "", "", "", ""
    changes: Any = ()
    answered, ticking = 0, False

    def __init__(self, state: State, view: Callable[[State], Picture], update: Callable[[State, Event], State]) -> None:
        self.state, self.failure = state, None
        self._saved: Markup | str = ""  # what only a picture without Python shows: the page never gets it
        self._view, self._update = view, update
        self._done: list[list[Any]] | None = []  # since the first state
        with self._reporting():
            self._draw(state, self.answered)

    def turn(self, key: str, value: float | str | bool) -> None:
        """Set what a slider, a menu, a switch or a number in the picture sets: what a hand does, from Python.

        Raises
        ------
        ValueError : the picture offers nothing to turn by this key, or its menu has no such option.
        """
        self._happen("turn", key, value)

    def press(self, key: str) -> None:
        """Press a button.

        Raises
        ------
        ValueError : the picture has no button by this key.
        """
        self._happen("press", key)

    def select(self, key: str = "") -> None:
        """Choose something in the picture, or with "" nothing.

        Raises
        ------
        ValueError : the picture offers nothing to be chosen by this key.
        """
        self._happen("select", key)

    def tick(self) -> None:
        """Let time pass, as the browser does while the picture moves by itself.

        Raises
        ------
        ValueError : the picture does not move by itself now.
        """
        if not self.ticking:
            raise ValueError("tick needs a picture that moves by itself now, got one that keeps still")
        self._happen("tick")

    def show(self, state: State) -> None:
        """Show another state. If the view fails, the picture stays, and says so."""
        with self._reporting():
            self._draw(state, self.answered)
        self._done = None

    def share(self) -> str:
        """What has been done here, as one line of text: `reopen` does it again, in the site it is a link.

        Of the values that one slider was turned to in a row the line keeps the last.

        Raises
        ------
        ValueError : the state was given by `show`, so that nothing that was done leads to it.
        """
        if self._done is None:
            raise ValueError("share needs a picture moved by its controls, got one whose state was given by show")
        packed = zlib.compress(json.dumps(self._done, separators=(",", ":"), default=float).encode(), 9)
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")

    def reopen(self, text: str) -> Self:
        """Do again what `share` has written down, in the same picture begun in the same way.

        Raises
        ------
        ValueError : the text is not of that kind.
        """
        try:
            packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            events = json.loads(zlib.decompressobj().decompress(packed, LONGEST))
            if not isinstance(events, list) or not all(isinstance(each, list) and len(each) > 1 for each in events):
                raise ValueError  # noqa: TRY301
        except (ValueError, TypeError, RecursionError, zlib.error):
            raise ValueError(f"text must be what share() gave, got {text!r}") from None
        self.again(events)
        return self

    def save(self, path: str | Path, python: str | Path | None = None) -> str:
        """Write the picture as one file for a slide or a blog, as it is now; what has become of it.

        Parameters
        ----------
        path : such as "explorer.html"
        python : a folder with Pyodide, the release or what `tools/build_site.py` has fetched: it goes into the file
            (13 MB), which is then alive without a server. None takes what this clone's site was built with; is there
            none, the picture keeps still (under 1 MB), and the file says so.

        Raises
        ------
        ValueError : the folder lacks something; or what is shown has a function of this notebook in it, such as a
            learner's own.
        """
        from backprop_lab.live import alone  # noqa: PLC0415 (what packs a file is wanted for that only)

        brought = next(iter([Path(python)] if python else [lock.parent for lock in alone.KEPT]), None)
        page = alone.alone(self.still(), (self.state, self._view, self._update), brought)
        Path(path).write_text(page, encoding="utf-8")
        return f"{path}: {len(page) / 1e6:.1f} MB, {'alive' if brought else 'keeps still: ' + alone.HOW}"

    def offers(self, *kinds: str) -> list[str]:
        """The keys of what can be turned ("turn", "drag"), pressed ("press") or chosen ("select") now."""
        return _keys(self.picture, *kinds)

    def answer(self, events: Sequence[Sequence[Any]]) -> None:
        """What the browser tells: each message holds every event without an answer, so none is lost."""
        fresh = [each for each in events if each[0] > self.answered]
        if not fresh:
            return
        last, told = fresh[-1][0], [each[1:] for each in fresh]
        try:
            with self._reporting():
                try:
                    self._do(told, last)
                except Exception:
                    known = self._offered(told)
                    if len(known) == len(told):
                        raise
                    self._do(known, last)
        finally:
            self.answered = last  # an error is an answer too

    def again(self, events: Sequence[Sequence[Any]]) -> None:
        """Events of an earlier visit, as far as the picture still knows them: it may be another one by now."""
        known, state = [], self.state
        with suppress(Exception):
            for event in _one_by_one(events):
                state = self._after(state, event)
                known.append(event)
        with self._reporting():
            self._draw(state, self.answered)
        self._remember(known)

    def still(self) -> Picture:
        """The picture as it is shown now, for those who see it without Python."""
        return Picture(Markup(self.picture), self.text, self.label, self.sheet, saved=self._saved)

    def _at_once(self) -> AbstractContextManager[object]:
        """While it lasts nothing is sent; then all that changed, in one message."""
        return nullcontext()

    def _offered(self, events: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
        """Those that the picture before them offers: while Python was busy a hand may have held what is gone by now."""
        known, state, markup = [], self.state, self.picture
        for at, event in enumerate(events, start=1):
            if _offers(markup, *event):
                known.append(event)
                if at < len(events):
                    state = self._after(state, event)
                    markup = self._view(state).markup
        return known

    def _happen(self, kind: str, *what: Any) -> None:
        if not _offers(self.picture, kind, *what):
            offered, options = _keys_of(self.picture, kind), _options(self.picture, what[0])
            name, some, given = ("value", options, what[-1]) if what[0] in offered else ("key", offered, what[0])
            raise ValueError(f"{name} must be one of {', '.join(some) or 'none, for there are none'}, got {given!r}")
        with self._reporting():
            self._do([[kind, *what]], self.answered)

    def _do(self, events: Sequence[Sequence[Any]], answered: int) -> None:
        state = self.state
        for event in events:
            state = self._after(state, event)
        self._draw(state, answered)
        self._remember(events)

    def _after(self, state: State, event: Sequence[Any]) -> State:
        kind, *what = event
        return self._update(state, KINDS[kind](*what))

    def _remember(self, events: Sequence[Sequence[Any]]) -> None:
        """Of several values that one thing was turned to the last is enough, and time that passes is counted."""
        done = self._done
        if done is None:
            return
        for event in map(list, events):
            last: list[Any] = done[-1] if done else [""]
            if event[0] == "turn" and last[:2] == event[:2]:
                done[-1] = event
            elif event[0] == last[0] == "tick":
                last[1] += 1
            else:
                done.append(event if event[0] != "tick" else ["tick", 1])

    def _draw(self, state: State, answered: int) -> None:
        picture = self._view(state)
        self.state, self.failure, self._saved = state, None, picture.saved
        with self._at_once():
            self.picture, self.text, self.label = picture.markup, picture.text, picture.label
            self.frame, self.changes = changed(self.frame, picture.markup)
            self.sheet = picture.style + (LARGER if lecturing() else "")
            self.error, self.answered, self.ticking = "", answered, picture.ticking

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self.failure, self.error, self.ticking = error, _explain(error), False
            raise


def changed(frame: str, wanted: str) -> tuple[str, list[tuple[int, str]]]:
    """What the stage is told: a frame it has, and the pieces that are others in the picture it is to show.

    A piece ends where the next tag begins. A slider changes a tenth of a picture: so much less to write, send and read.
    Is there a piece more or less, the picture is the new frame.
    """
    old, new = frame.split("<"), wanted.split("<")
    if len(old) != len(new):
        return wanted, []
    return frame, [(at, piece) for at, piece in enumerate(new) if piece != old[at]]


def _keys(markup: str, *kinds: str) -> list[str]:
    return list(dict.fromkeys(re.findall(rf'data-(?:{"|".join(kinds)})="([^"]*)"', markup)))


def _offers(markup: str, kind: str, key: str = "", value: object = "") -> bool:
    """Whether something in a picture gives this event; of a menu, with this option."""
    if kind == "tick":
        return True
    keys, options = _keys_of(markup, kind), _options(markup, key)
    return (key in keys or (kind == "select" and key == "" and bool(keys))) and (not options or str(value) in options)


def _keys_of(markup: str, kind: str) -> list[str]:
    """The keys of what can be turned, pressed or chosen; a hand that draws turns what can also be chosen."""
    if kind != "turn":
        return _keys(markup, kind)
    painted = "".join(re.findall(r"<[^>]*\bdata-paint=[^>]*>", markup))
    return [*_keys(markup, "turn", "drag"), *_keys(painted, "select")]


def _options(markup: str, key: str) -> list[str]:
    """What a menu offers; nothing, where the key is no menu's."""
    menu = re.search(rf'<select data-turn="{re.escape(str(key))}".*?</select>', markup)
    return [unescape(each) for each in re.findall(r'<option value="([^"]*)"', menu[0])] if menu else []


def _one_by_one(events: Sequence[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    for kind, *what in events:
        times = min(int(what.pop()), MOST) if kind == "tick" and what else 1
        yield from times * [[kind, *what]]


def _explain(error: Exception) -> str:
    at = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error}\n(line {at.lineno} of {at.name}: {at.line})"

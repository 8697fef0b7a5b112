"""What every host of a picture does: events go to `update`, what `view` gives is shown, and what fails is said."""

import re
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import Generic, TypeVar

from backprop_lab.drawing.markup import Markup
from backprop_lab.drawing.picture import Event, Picture, Press, Select, Tick, Turn

State = TypeVar("State")

KINDS: dict[str, Callable[..., Event]] = {"turn": Turn, "press": Press, "select": Select, "tick": Tick}
SHOWN = ("picture", "text", "label", "sheet", "error", "answered", "ticking")  # what the stage in the browser is told


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

    Raises
    ------
    Exceptions of `view` and `update` are shown in the picture, then raised again.
    """

    picture, text, label, sheet, error, answered, ticking = "", "", "", "", "", 0, False

    def __init__(self, state: State, view: Callable[[State], Picture], update: Callable[[State, Event], State]) -> None:
        self.state, self.failure = state, None
        self._saved: Markup | str = ""  # what only a picture without Python shows: the page never gets it
        self._view, self._update = view, update
        self.show(state)

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

    def answer(self, events: Sequence[Sequence[object]]) -> None:
        """What the browser tells: each message holds every event without an answer, so none is lost."""
        fresh = [each for each in events if each[0] > self.answered]  # type: ignore[operator]
        if not fresh:
            return
        last: int = fresh[-1][0]  # type: ignore[assignment]
        try:
            with self._reporting():
                state = self.state
                for _, kind, *event in fresh:
                    state = self._update(state, KINDS[str(kind)](*event))
                self._draw(state, last)
        finally:
            self.answered = last  # an error is an answer too

    def again(self, events: Sequence[Sequence[object]]) -> None:
        """Events of an earlier visit, as far as the picture still knows them: it may be another one by now."""
        state = self.state
        with suppress(Exception):
            for kind, *event in events:
                state = self._update(state, KINDS[str(kind)](*event))
        self.show(state)

    def still(self) -> Picture:
        """The picture as it is shown now, for those who see it without Python."""
        return Picture(Markup(self.picture), self.text, self.label, self.sheet, saved=self._saved)

    def _at_once(self) -> AbstractContextManager[object]:
        """While it lasts nothing is sent; then all that changed, in one message."""
        return nullcontext()

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
        with self._at_once():
            self.picture, self.text, self.label, self.sheet = picture.markup, picture.text, picture.label, picture.style
            self.error, self.answered, self.ticking = "", answered, picture.ticking

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self.failure, self.error, self.ticking = error, _explain(error), False
            raise


def _explain(error: Exception) -> str:
    at = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error}\n(line {at.lineno} of {at.name}: {at.line})"

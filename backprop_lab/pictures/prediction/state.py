"""A question as it is answered: what has been given so far, what was missed, and whether the answer may be seen."""

from dataclasses import dataclass, replace
from typing import Literal

from backprop_lab.drawing.picture import Event, Press, Turn, refuse
from backprop_lab.lecture import lecturing
from backprop_lab.questions import ask
from backprop_lab.questions.asking import SURE, Given
from backprop_lab.questions.predictions import Asked, OrderAsked, shuffled

Phase = Literal["open", "committed", "skipped"]


@dataclass(frozen=True)
class Prediction:
    """A question, what the learner has answered so far, and what has become of it.

    Parameters
    ----------
    given : the answer as it is now
    missed : wrong answers that were committed
    sure : how sure the learner said she is
    place : what the keys begin with, where several questions are shown together
    held : in a lecture an answer is kept, and not judged, until the right one is revealed
    """

    asked: Asked
    given: Given = ""
    phase: Phase = "open"
    missed: tuple[Given, ...] = ()
    sure: str = ""
    place: str = ""
    held: bool = False

    @property
    def complete(self) -> bool:
        """Whether there is something to commit."""
        return self.asked.complete(self.given) and self.given not in self.missed

    @property
    def fresh(self) -> "Prediction":
        """The same question with nothing answered."""
        return Prediction(self.asked, place=self.place, held=self.held)


def begin(asked: str | Asked) -> Prediction:
    """Ask a question of a notebook: `predict("05.which_nudge")`. Its texts and its answer are in the package.

    Parameters
    ----------
    asked : the key of a question; or a question itself, as `questions.forms` makes it

    Raises
    ------
    ValueError : there is no such question.
    """
    return Prediction(ask(asked) if isinstance(asked, str) else asked, held=lecturing())


def update(state: Prediction, event: Event) -> Prediction:
    """An answer given, committed or skipped; after that nothing changes any more, but all can be started over."""
    asked = state.asked
    match _here(event, state.place):
        case Turn("given", value) if not isinstance(asked, OrderAsked):
            return replace(state, given=str(value).strip()) if state.phase == "open" else state
        case Turn("sure", value) if asked.asks_how_sure and value in SURE:
            return replace(state, sure=str(value)) if state.phase == "open" else state
        case Press("commit") if not state.held:
            return _committed(state)
        case Press("skip"):
            return replace(state, phase="skipped") if state.phase == "open" else state
        case Press("start over"):
            return state.fresh
        case Press(key) if isinstance(asked, OrderAsked) and key in keys(asked):
            return _placed(state, keys(asked)[key])
    return refuse(event)


def keys(asked: OrderAsked) -> dict[str, str]:
    """The items by the keys of their buttons, as they are offered: a key does not tell an item's place."""
    return {f"item {at}": item for at, item in enumerate(shuffled(asked.items, asked.question))}


def _here(event: Event, place: str) -> Event:
    """The event without what its key begins with where several questions are shown together."""
    return replace(event, key=event.key.removeprefix(place)) if isinstance(event, Turn | Press) else event


def _committed(state: Prediction) -> Prediction:
    """The end of it if the answer is right, or the last that may be tried; else a miss."""
    if state.phase != "open" or not state.complete:
        return state
    if state.asked.judge(state.given).right:
        return replace(state, phase="committed")
    missed = (*state.missed, state.given)
    return replace(state, missed=missed, phase="committed" if len(missed) == state.asked.tries else "open")


def _placed(state: Prediction, item: str) -> Prediction:
    """The item at the next place, or taken back where it is placed."""
    if state.phase != "open":
        return state
    without = tuple(each for each in state.given if each != item)
    return replace(state, given=without if item in state.given else (*without, item))

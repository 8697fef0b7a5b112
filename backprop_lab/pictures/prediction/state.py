"""A prediction as it is made: what is asked, what has been answered so far, and whether the answer may be seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.drawing.picture import Event, Press, Turn, refuse
from backprop_lab.exercises.judging import FAIR, Code, read_code
from backprop_lab.exercises.naming import name_asked, shape_asked
from backprop_lab.exercises.predictions import Asked, ChoiceAsked, OrderAsked
from backprop_lab.exercises.typed import CodeAsked, Given, NumberAsked

Phase = Literal["open", "committed", "skipped"]


@dataclass(frozen=True)
class Prediction:
    """A question, what the learner has answered so far, and what has become of it."""

    asked: Asked
    given: Given = ""
    phase: Phase = "open"

    @property
    def complete(self) -> bool:
        """Whether there is something to commit."""
        return self.asked.complete(self.given)


def number(
    question: str,
    answer: float,
    *,
    slips: Mapping[str, float] | None = None,
    decimals: int = 6,
    tolerance: float = FAIR,
    guess: bool = False,
    reveal: str = "",
) -> Prediction:
    """Ask for a number. What is typed counts when it is the answer, as near as a careful hand calculation comes.

    Parameters
    ----------
    slips : values that come of a mistake, by a name which completes "That is the value with …"
    decimals : of the numbers in the reveal
    tolerance : the relative error that is right still; a count, which has no decimals, has to be exact
    guess : whether nobody can compute it: then no answer is wrong, and it is said how near it was
    reveal : what is said with the answer

    Raises
    ------
    ValueError : the answer or a slip is not finite, or a slip could not be told from the answer.
    """
    named = tuple((name, float(value)) for name, value in (slips or {}).items())
    known = {"answer": float(answer), "slips": named, "decimals": decimals, "tolerance": tolerance, "guess": guess}
    return Prediction(NumberAsked(question=question, reveal=reveal, **known))


def code(
    question: str,
    answer: str | tuple[int, ...],
    *,
    slips: Mapping[str, str | tuple[int, ...]] | None = None,
    reveal: str = "",
) -> Prediction:
    """Ask for a name, `w[1][2, 0]`, or for a shape, `(3, 2)`, typed as in Python.

    Parameters
    ----------
    slips : answers that come of a mistake, by a name which completes "That is the answer with …"

    Raises
    ------
    ValueError : the answer or a slip cannot be read, or a slip equals the answer.
    """
    named = tuple((name, _code(name, given)) for name, given in (slips or {}).items())
    return Prediction(CodeAsked(question=question, answer=_code("answer", answer), slips=named, reveal=reveal))


def name(case: Case, value: float, question: str = "") -> Prediction:
    """Ask for the name of the weight or bias with this value; swapped indices and other slips are recognised.

    Raises
    ------
    ValueError : not exactly one weight or bias of the case has the value.
    """
    return Prediction(name_asked(case, value, question))


def shape(question: str, arrays: Mapping[int, Array], *, layer: int, reveal: str = "") -> Prediction:
    """Ask for the shape of one of several arrays by layer, such as `w` or `delta`."""
    return Prediction(shape_asked(question, arrays, layer, reveal))


def choice(question: str, choices: Mapping[str, str], *, answer: str, reveal: str = "") -> Prediction:
    """Ask for one of several answers.

    Parameters
    ----------
    choices : answer -> what is said of it when it was chosen
    answer : the one that is right

    Raises
    ------
    ValueError : the answer is not one of the choices.
    """
    texts, feedback = tuple(choices), tuple(choices.values())
    return Prediction(ChoiceAsked(question=question, choices=texts, feedback=feedback, answer=answer, reveal=reveal))


def order(question: str, items: Sequence[str], *, reveal: str = "") -> Prediction:
    """Ask for an order; the items are given in the right one and shown in another, the same on every run.

    Raises
    ------
    ValueError : there are fewer than two items, or two of them look the same.
    """
    return Prediction(OrderAsked(question=question, items=tuple(items), reveal=reveal))


def update(state: Prediction, event: Event) -> Prediction:
    """An answer given, committed or skipped; after that nothing changes any more, but all can be started over."""
    match event:
        case Press("start over"):
            return Prediction(state.asked)
        case Press("commit"):
            return replace(state, phase="committed") if state.phase == "open" and state.complete else state
        case Press("skip"):
            return replace(state, phase="skipped") if state.phase == "open" else state
        case Turn("given", value):
            return replace(state, given=str(value).strip()) if state.phase == "open" else state
        case Press(key) if isinstance(state.asked, OrderAsked) and key in keys(state.asked):
            return _placed(state, keys(state.asked)[key])
    return refuse(event)


def keys(asked: OrderAsked) -> dict[str, str]:
    """The items by the keys of their buttons."""
    return {f"item {at}": item for at, item in enumerate(asked.items)}


def _placed(state: Prediction, item: str) -> Prediction:
    """The item at the next place, or taken back where it is placed."""
    if state.phase != "open":
        return state
    without = tuple(each for each in state.given if each != item)
    return replace(state, given=without if item in state.given else (*without, item))


def _code(name: str, given: str | tuple[int, ...]) -> Code:
    found = read_code(str(given))
    if found is None:
        raise ValueError(f"{name} must be a name like w[1][2, 0] or a shape like (3, 2), got {given!r}")
    return found

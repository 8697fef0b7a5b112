"""How a question is written: one function for each kind, with the words first and what is computed after them."""

from collections.abc import Mapping, Sequence
from typing import TypedDict, Unpack

from backprop_lab.cases import Case
from backprop_lab.drawing.markup import signed
from backprop_lab.quantities import parameters
from backprop_lab.questions.asking import joined
from backprop_lab.questions.naming import code_of, mistakes
from backprop_lab.questions.predictions import ChoiceAsked, OrderAsked, mixed_by
from backprop_lab.questions.typed import CodeAsked, NumberAsked
from backprop_lab.questions.typed_answers import ABOUT, FAIR, Code, read_code
from backprop_lab.validation import Array

SAID = {
    "swapped-indices": "the indices swapped",
    "counted-from-one": "the neurons counted from one",
    "wrong-layer": "the wrong layer",
}
WHERE_TO_LOOK = {
    "w": "First the layer it leads to, then the neuron it leads to, then the one it comes from.",
    "b": "First the layer, then the neuron that has this bias.",
}
ROWS_FIRST = "Rows come first: ask what one row belongs to, then one column."


class Common(TypedDict, total=False):
    """What every kind may say besides: see `asking.Asking`."""

    reveal: str
    once: bool
    hints: tuple[str, ...]
    longer: str


class Shown(Common, total=False):
    """And the network that is seen with the question."""

    case: Case


def choice(question: str, choices: Mapping[str, str], *, answer: str, **more: Unpack[Shown]) -> ChoiceAsked:
    """Ask for one of several answers, which are shown in an order of their own.

    Parameters
    ----------
    choices : answer -> what is said of it when it was chosen
    answer : the one that is right
    more : `reveal`, `once`, `hints`, `longer`, `case`

    Raises
    ------
    ValueError : the answer is not one of the choices.
    """
    texts = tuple(mixed_by(question, list(choices)))
    feedback = tuple(choices[text] for text in texts)
    return ChoiceAsked(question=question, choices=texts, feedback=feedback, answer=answer, **more)


def order(question: str, items: Sequence[str], *, because: Sequence[str] = (), **more: Unpack[Shown]) -> OrderAsked:
    """Ask for an order; the items are given in the right one and shown in another, the same on every run.

    Parameters
    ----------
    because : why each item comes before the next
    more : `reveal`, `once`, `hints`, `longer`, `case`

    Raises
    ------
    ValueError : there are fewer than two items, or two of them look the same.
    """
    return OrderAsked(question=question, items=tuple(items), because=tuple(because), **more)


def number(
    question: str,
    answer: float,
    *,
    slips: Mapping[str, float] | None = None,
    decimals: int = 6,
    tolerance: float | None = None,
    guess: bool = False,
    **more: Unpack[Shown],
) -> NumberAsked:
    """Ask for a number. What is typed counts when it is the answer, as near as a careful hand calculation comes.

    Parameters
    ----------
    slips : values that come of a mistake, by a name which completes "That is the value with …"
    decimals : of the numbers in the reveal
    tolerance : the relative error that is right still, 2%, or 10% where the question says "about"; a count, which has
        no decimals, has to be exact
    guess : whether nobody can compute it: then no answer is wrong, and it is said how near it was
    more : `reveal`, `once`, `hints`, `longer`, `case`

    Raises
    ------
    ValueError : the answer or a slip is not finite, or a slip could not be told from the answer.
    """
    named = tuple((name, float(value)) for name, value in (slips or {}).items())
    fair = tolerance if tolerance is not None else ABOUT if "about?" in question else FAIR
    numbers = {"answer": float(answer), "decimals": decimals, "tolerance": fair, "guess": guess}
    return NumberAsked(question=question, slips=named, **numbers, **more)


def code(
    question: str,
    answer: str | tuple[int, ...],
    *,
    slips: Mapping[str, str | tuple[int, ...]] | None = None,
    **more: Unpack[Shown],
) -> CodeAsked:
    """Ask for a name, `w[1][2, 0]`, or for a shape, `(3, 2)`, typed as in Python.

    Parameters
    ----------
    slips : answers that come of a mistake, by a name which completes "That is the answer with …"
    more : `reveal`, `once`, `hints`, `longer`, `case`

    Raises
    ------
    ValueError : the answer or a slip cannot be read, or a slip equals the answer.
    """
    named = tuple((name, _code(name, given)) for name, given in (slips or {}).items())
    return CodeAsked(question=question, answer=_spelled("answer", answer), slips=named, **more)


def name(case: Case, value: float, question: str = "", **more: Unpack[Common]) -> CodeAsked:
    """Ask for the name of the weight or bias with this value; swapped indices and other slips are recognized.

    Raises
    ------
    ValueError : not exactly one weight or bias of the case has the value.
    """
    names = [code_of(each) for each in parameters(case) if each.value(case) == value]
    if len(names) != 1:
        raise ValueError(f"value must be that of one weight or bias, got {value}, that of {len(names)}")
    slips = [(SAID[slip], each) for slip, codes in mistakes(names[0]).items() for each in codes]
    lower = [each for each in mistakes(names[0], -1)["counted-from-one"] if min(each.indices) >= 0]  # "b1 is the first"
    slips += [(SAID["counted-from-one"], each) for each in lower]
    asked = question or f"Find the number {signed(value)} in the picture. What is the name of this weight?"
    said = joined(f"Its value is {signed(value)}.", more.pop("reveal", ""))
    shown: Shown = {"hints": (WHERE_TO_LOOK[names[0].name],), "case": case, **more, "reveal": said}
    return CodeAsked(question=asked, answer=names[0], slips=tuple(slips), **shown)


def shape(question: str, arrays: Mapping[int, Array], *, layer: int, **more: Unpack[Shown]) -> CodeAsked:
    """Ask for the shape of one of several arrays by layer, such as `w` or `delta`."""
    answer = arrays[layer].shape
    wrong = [("rows and columns swapped", answer[::-1])]
    wrong += [("the wrong layer", other.shape) for at, other in arrays.items() if at != layer]
    slips = tuple((name, Code("", shape)) for name, shape in wrong if shape != answer)
    shown: Shown = {"hints": (ROWS_FIRST,), **more}
    return CodeAsked(question=question, answer=Code("", answer), slips=slips, **shown)


def _code(name: str, given: str | tuple[int, ...]) -> Code:
    found = read_code(str(given))
    if found is None:
        raise ValueError(f"{name} must be a name like w[1][2, 0] or a shape like (3, 2), got {given!r}")
    return found


def _spelled(name: str, given: str | tuple[int, ...]) -> Code:
    """The same in capitals where it has some: a program's dW."""
    found = _code(name, given)
    return found._replace(name=str(given)[: len(found.name)])

"""`check_backprop` in another notation: the learner's function works in its arrays, and is answered in its letters.

The judge is the one of this course. What the function gives is translated before it is looked at, so every slip it
knows is known in every notation; what it says is translated back, and what a notation does otherwise than the
house, such as 1/m that is in δ already, is said as it is there.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial, wraps
from typing import Any

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.exercises import feedback
from backprop_lab.exercises.exercise import EXERCISES, Arguments, Exercise
from backprop_lab.exercises.judge import Learners, judge
from backprop_lab.exercises.networks import trials
from backprop_lab.exercises.parsing import Answer, NotAttempted, Unreadable, array
from backprop_lab.exercises.running.sandbox import SECONDS, run, run_apart
from backprop_lab.exercises.stubs import is_stub
from backprop_lab.exercises.verdict import Verdict, not_yet
from backprop_lab.rosetta.conventions import HOUSE, convention
from backprop_lab.rosetta.notation import Convention
from backprop_lab.validation import Array


def judge_in(key: str, f: Learners) -> Verdict:
    """The verdict on a backprop written in the notation with this key.

    Raises
    ------
    ValueError : there is no such notation.
    """
    there = convention(key)
    if there is HOUSE:
        return judge("backprop", f)
    if callable(f) and run(is_stub, f).value:
        return feedback.not_attempted()
    exercise = _exercise(there)
    own = _with_case(f) if callable(f) else f
    verdict = judge("backprop", own, exercise)
    if verdict.status == "not yet" and callable(f) and there.layout.gradient_bias == "flat":
        first = run_apart(lambda given: exercise.read(own(*given)), exercise.inputs(trials()[0]), seconds=SECONDS)
        if type(first.error) is Unreadable:
            return not_yet(str(first.error))
    if verdict.slip == "divided-not-summed" and _holds_m(there):
        verdict = replace(verdict, slip="bias-not-summed", message=_NOT_SUMMED)
    return replace(verdict, message=_said(there, verdict))


_NOT_SUMMED = "Your ∇_b is δ itself, with a column for each example. How do m columns become one?"


def _holds_m(there: Convention) -> bool:
    """Whether 1/m is in its δ already, or in nothing at all: there a sum follows where the house has a mean."""
    return there.layout.gradient(3, 1) == 3 or there.layout.delta(3, 1) != there.layout.delta(1, 1)


def _exercise(there: Convention) -> Exercise:
    """The exercise with the notation's arguments, and a reader that translates."""

    def pick(case: Case, _rate: float) -> Arguments:
        return (*there.given(case),)

    return replace(
        EXERCISES["backprop"],
        arguments=there.arguments,
        read=partial(_read, there),
        pick=pick,
        lines=_is_counted_in_examples(there),
    )


def _is_counted_in_examples(there: Convention) -> bool:
    """Whether what comes up on the way is the house's, but for its order and a factor made of m alone."""
    factors = (there.layout.gradient, there.layout.delta)
    return all(factor(m, n) in (1, m, 1 / m) for factor in factors for m, n in ((3, 2), (3, 5), (7, 2)))


def _with_case(f: Callable[..., Any]) -> Callable[..., Any]:
    """The function, which gives its arguments beside its answer."""

    @wraps(f)
    def called(*given: Any) -> tuple[Any, tuple[Any, ...]]:
        return f(*given), given

    return called


def _read(there: Convention, came: object) -> Answer:
    """What a function gave in the notation, as the answer of the house."""
    if not isinstance(came, tuple) or len(came) != 2:
        raise Unreadable(f"Your function must return {there.answer}. What does it return now?")
    value, given = came
    m, n = _counts(there, given)
    answer: Answer = {}
    for role, name, arrays in zip(there.returns, there.answer.split(", "), _parts(there, value), strict=True):
        for layer, each in _by_layer(there, name, arrays).items():
            answer |= _home(there, role, layer, each, m, n)
    return answer


def _parts(there: Convention, value: Any) -> tuple[Any, ...]:
    names = there.answer.split(", ")
    if value is ... or (isinstance(value, list | tuple) and any(each is ... for each in value)):
        raise NotAttempted
    if value is None:
        raise Unreadable(
            f"Where {there.answer} should be, there is None: does every path through your function end in a return?"
        )
    if len(names) == 1:
        return (value,)
    if not isinstance(value, tuple | list) or len(value) != len(names):
        what = f"{type(value).__name__} of {len(value)}" if hasattr(value, "__len__") else type(value).__name__
        raise Unreadable(f"Your function must return the pair {there.answer}; it returns a {what}. Which comes first?")
    return tuple(value)


def _by_layer(there: Convention, name: str, arrays: Any) -> dict[object, Array]:
    """The arrays of one part, by the numbers of our layers; by their own where there is no such layer."""
    kind = list | tuple if there.layout.listed else Mapping
    if not isinstance(arrays, kind):
        wanted = "a list, an array for each layer" if there.layout.listed else "a dict, layer → array"
        raise Unreadable(
            f"{name} must be {wanted}; yours is a {type(arrays).__name__}. What in your code has one for each layer?"
        )
    items = arrays.items() if isinstance(arrays, Mapping) else enumerate(arrays)
    shift = 1 if there.layout.listed else 1 - there.layout.first
    return {
        at + shift if isinstance(at, int) else repr(at): array(f"{name}[{at!r}]")(each)[f"{name}[{at!r}]"]
        for at, each in items
    }


def _home(there: Convention, role: str, layer: object, values: Array, m: int, n: int) -> Answer:
    """One array, translated and under its name in the house; a shape that cannot be is left to be seen."""
    factor = there.layout.gradient(m, n)
    if role == "wb":
        if values.ndim != 2 or values.shape[1] < 2:
            raise Unreadable(f"D must have a column for the biases and one for each input; yours is {_shape(values)}.")
        return {f"nabla_w[{layer}]": values[:, 1:] / factor, f"nabla_b[{layer}]": values[:, :1] / factor}
    if role == "w":
        return {f"nabla_w[{layer}]": there.home_weights(values) / factor}
    if there.layout.gradient_bias == "flat" and values.ndim == 2:
        if 1 in values.shape and len(values) != m:
            name = there.answer.split(", ")[there.returns.index("b")]
            raise Unreadable(
                f"{name} must be flat, with an entry for each neuron; yours is {_shape(values)}. Which step keeps a"
                f" dimension that b does not have?"
            )
        return {f"nabla_b[{layer}]": (values.T if there.layout.errors_in_rows else values) / factor}
    return {f"nabla_b[{layer}]": there.home_bias(values) / factor}


def _shape(values: Array) -> str:
    return " × ".join(map(str, values.shape)) or "a single number"


def _counts(there: Convention, given: tuple[Any, ...]) -> tuple[int, int]:
    """How many examples and outputs the arguments hold."""
    if "xy" in there.roles:
        pairs = given[there.roles.index("xy")]
        return len(pairs), len(pairs[0][1])
    y = np.shape(given[there.roles.index("y")])
    return (y[0], y[1]) if there.layout.examples == "rows" else (y[1], y[0])


# what is said, in the letters of the notation
_FOLLOWS = (
    r"(?= (?:is|of|has|where|starts|to|alone|measured|comes|share|passes|follows|over|entry|or|and|in|with)\b"
    r"| −|[,.?:;)]|$)"
)
_TOKEN = re.compile(
    r"nabla_(?P<which>[wb])\[(?P<number>\d+)\]|∇_(?P<nabla>[wb])|(?P<delta>δ)"
    r"|\b(?P<letter>[zw])(?P<rest>_\w+|[ˡᴸ⁺⁻¹]*)(?![\w′])|\b(?P<a>a)(?:(?P<raised>[ˡᴸ⁺⁻¹]+)|" + _FOLLOWS + r")"
    r"|\blayer (?P<layer>\d+)\b"
)
_SWAP = {"row": "column", "rows": "columns", "column": "row", "columns": "rows", "Row": "Column", "Column": "Row"}
_ROWS = re.compile(r"\b(rows?|columns?|Row|Column)\b")
_FORM = re.compile(
    r"(?P<first>nabla_w\[\d+\] must be .*? = )(?P<wanted>\d+ × \d+)(?P<then>.*; yours is )(?P<came>\d+ × \d+)"
)


def _said(there: Convention, verdict: Verdict) -> str:
    own = _divided(there, verdict.slip or "")
    if own:
        return own
    message = verdict.message
    if message.startswith("Your function stopped"):
        return message  # with the learner's own line, and in the letters of the notation
    if there.layout.gradient(3, 1) == 3:  # a sum is not divided
        message = message.replace(", and divides by m as if it had added them all up", "")
    if there.layout.gradient_turned:
        message = _FORM.sub(lambda found: f"{found['first']}{_turned(found['wanted'])}{found['then']}"
                            f"{_turned(found['came'])}", message)  # fmt: skip
    parts = re.split(r"(`[^`]*`)", message)  # what a learner wrote stays as it is
    return "".join(each if at % 2 else _translated(there, each) for at, each in enumerate(parts))


def _translated(there: Convention, said: str) -> str:
    sentences = re.split(r"(?<=[.?:]) ", said)
    return " ".join(_TOKEN.sub(partial(_letter, there), _laid(there, each)) for each in sentences)


def _turned(shape: str) -> str:
    return " × ".join(reversed(shape.split(" × ")))


def _laid(there: Convention, sentence: str) -> str:
    """The sentence with rows and columns as the notation lays them."""
    of_gradient = "∇_w" in sentence or "nabla_w" in sentence
    of_weights = re.search(r"\bw\b|\bwˡ", sentence)
    layout = there.layout
    turn = layout.gradient_turned if of_gradient else layout.turned if of_weights else layout.errors_in_rows
    turned = sentence.replace("n_out × n_in", "n_in × n_out") if of_gradient and turn else sentence
    return _ROWS.sub(lambda word: _SWAP[word[0]], turned) if turn else sentence


def _letter(there: Convention, found: re.Match[str]) -> str:
    letters = there.letters
    if found["which"]:
        name = letters[f"∇_{found['which']}"]
        return f"{name}[{there.number(int(found['number']))}]"
    if found["nabla"]:
        return letters[f"∇_{found['nabla']}"]
    if found["delta"]:
        return letters["δ"]
    if found["layer"]:
        shift = 0 if there.layout.listed else there.layout.first - 1
        return f"layer {int(found['layer']) + shift}"
    if found["a"]:
        return letters["a"] + (found["raised"] or "")
    return letters[found["letter"]] + found["rest"]


def _divided(there: Convention, slip: str) -> str:
    """What is said of a division by m that the house would name otherwise; nothing where it would not."""
    again = re.fullmatch(r"(bias-|weight-)?divided-twice|divided-by-m(-\w+)?", slip)
    if not again:
        return ""
    letters = there.letters
    what = {"bias-": f"Your {letters['∇_b']}", "weight-": f"Your {letters['∇_w']}"}.get(again[1] or "", "Your gradient")
    if there.layout.gradient(3, 1) == 3:
        return (
            f"{what} is a mean over the examples; in this notation it is their sum. Which division is left to the step"
            f" there?"
        )
    if _holds_m(there):
        return (
            f"{what} is divided by m twice. There {letters['δ']} holds the 1/m already, so what comes after it only"
            f" adds up: which division is one too many?"
        )
    return ""

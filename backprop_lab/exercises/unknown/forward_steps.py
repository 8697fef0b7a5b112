"""Which step of a forward pass is wrong, in which layers, and how: both of its results are there, z and a."""

from collections.abc import Callable
from functools import partial
from itertools import product

import numpy as np

from backprop_lab.activations import Array, sigmoid
from backprop_lab.cases import Case
from backprop_lab.exercises.claims import everywhere, same_numbers
from backprop_lab.exercises.exercise import EXERCISES, Exercise
from backprop_lab.exercises.feedback import sentence
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.parsing import Answer
from backprop_lab.exercises.recognition import Suspect, alone, attempt
from backprop_lab.exercises.unknown.curves import Curve, activation
from backprop_lab.exercises.unknown.relations import Pairs
from backprop_lab.exercises.unknown.whole_arrays import DEEDS, Deed, nearly
from backprop_lab.exercises.verdict import Verdict, not_yet

_STEPS = (  # what is asked, the slip, the array that is wrong, those that are not
    ("{where} your a is not σ of your z: how do you get from one to the other?", "activation-step", "a", "xz"),
    (
        "{where} your z does not come from w, b and your a of the previous layer: what goes into the sum?",
        "weighted-input-step",
        "z",
        "xa",
    ),
    ("Your a of layer 0 is not x: what happens to the input before it is used?", "input-changed", "x", "za"),
)
_LAYERS: tuple[tuple[str, Callable[[int, int], bool]], ...] = (  # where, and whether a layer of so many is there
    ("In every layer", lambda n, last: True),
    ("In the output layer", lambda n, last: n == last),
    ("In the hidden layers", lambda n, last: n < last),
    ("In layer 1", lambda n, last: n == 1),
    ("In the layers after the first", lambda n, last: n > 1),
)


def step_of_pass(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Which of the two steps is wrong, and how, if that can be told."""
    if exercise.name != "forward":
        return None
    for asks, slip, wrong, others in _STEPS:
        for where, first in (("In every layer", None), ("In the output layer", -1), ("In some layers", 0)):
            holds = partial(_only, wrong, others, first)
            if all(holds(answer, wanted, trial.case) for trial, answer, wanted in pairs):
                if wrong == "z" and (found := _slip_of_sum(pairs)):
                    return found
                if wrong != "x" and (found := _dealt_with(wrong, pairs) or _normalized(wrong, pairs)):
                    return found
                if wrong == "a" and (found := _dropped(pairs)):
                    return found
                curve = activation(_off_curve(pairs)) if wrong == "a" else None
                if curve is None:
                    return not_yet(asks.format(where=where), slip, (everywhere(holds),))
                said = (
                    f"{where} your a is {curve.words.rstrip(',')}; σ(z) belongs there. Which function turns z into a?"
                )
                alone_wrong = partial(_only, wrong, others, first or 0)  # a layer may be right by the same curve
                return not_yet(
                    said, slip, (everywhere(alone_wrong), everywhere(partial(_activated, curve, first is None)))
                )
    return None


def _slip_of_sum(pairs: Pairs) -> Verdict | None:
    """Which slip of the weighted input explains z, in the layers in which it is wrong."""
    for (where, there), suspect in product(_LAYERS, alone("weighted_input")):
        holds = partial(_summed, suspect, there)
        if all(holds(answer, wanted, trial.case) for trial, answer, wanted in pairs):
            slip = suspect.found[0].slip
            says, asks = (sentence("z", words) for words in (slip.says, slip.asks))
            said = f"{where} something is wrong with your z, and every other step is right. There: {says} {asks}"
            return not_yet(said, slip.name, (everywhere(holds),))
    return None


def _dealt_with(wrong: str, pairs: Pairs) -> Verdict | None:
    """What was done with whole arrays of z, or of a, in every layer."""
    for deed in DEEDS:
        holds = partial(_was_done, wrong, deed)
        if all(holds(answer, wanted, trial.case) for trial, answer, wanted in pairs):
            right = {"z": "w a + b", "a": "σ(z)"}[wrong]
            said = (
                f"Your {wrong} is {right}, but of that {deed.words}; every other step is right. Which line does that?"
            )
            return not_yet(said, deed.slip.removeprefix("gradient-"), (everywhere(holds),))
    return None


def _dropped(pairs: Pairs) -> Verdict | None:
    """Whether some entries of a are 0, and all others of those layers σ(z), perhaps times one number."""
    shares = np.concatenate([(a / sigmoid(z)).ravel() for z, a in _off_curve(pairs)])
    kept = float(shares.max())
    holds = partial(_is_dropped, kept)
    if kept < 1 - 1e-9 or not (shares == 0).any() or not all(holds(*_of(pair)) for pair in pairs):
        return None
    by = f", divided by {1 / kept:.4g}" * (kept > 1 + 1e-9)
    return not_yet(
        f"Some entries of your a are 0, and the others in their layers are σ(z){by}; every other step is right. Which"
        f" line sets them to 0?",
        "some-entries-zero",
        (everywhere(holds),),
    )


def _of(pair: tuple[Trial, Answer, Answer]) -> tuple[Answer, Answer, Case]:
    return pair[1], pair[2], pair[0].case


def _is_dropped(kept: float, answer: Answer, _wanted: Answer, case: Case) -> bool:
    """Whether each entry of a layer in which a is wrong is 0, or as many times σ(z) as the others."""
    some = ((answer[f"a[{n}]"], kept * _own("a", n, answer, case)) for n in _off("a", answer, case))
    return all(bool(((a == 0) | np.isclose(a, whole, rtol=1e-6, atol=0)).all()) for a, whole in some)


def _normalized(wrong: str, pairs: Pairs) -> Verdict | None:
    """Whether each row, or each column, of z has been stretched to a spread of 1: normalized, perhaps with an ε."""
    for what, turn in (("row", np.positive), ("column", np.transpose)):
        holds = partial(_is_stretched, turn)
        if wrong == "z" and all(holds(answer, wanted, trial.case) for trial, answer, wanted in pairs):
            return not_yet(
                f"Your z is w a + b, but each {what} of that has been shifted and stretched by numbers of its own, so"
                f" that its standard deviation is 1 or a little less; every other step is right. Which line normalizes"
                f" it?",
                "standardized",
                (everywhere(holds),),
            )
    return None


def _is_stretched(turn: Callable[[Array], Array], answer: Answer, _wanted: Answer, case: Case) -> bool:
    factors: list[float] = []
    for n in case.parameters.layers:
        own, made = (
            each - each.mean(1, keepdims=True) for each in map(turn, (_own("z", n, answer, case), answer[f"z[{n}]"]))
        )
        by = (own * made).sum(1, keepdims=True) / (own**2).sum(1, keepdims=True)
        even = np.allclose(made, by * own, rtol=0, atol=1e-9 * np.abs(made).max())
        if own.shape[1] > 1 and not (even and np.all(np.abs(made.std(axis=1) - 0.99) <= 0.01 + 1e-9)):
            return False
        factors += by.ravel().tolist() if own.shape[1] > 1 else []
    return not factors or float(np.ptp(factors)) > 1e-6


def _was_done(wrong: str, deed: Deed, answer: Answer, _wanted: Answer, case: Case) -> bool:
    layers = case.parameters.layers
    return all(nearly(answer[f"{wrong}[{n}]"], deed.of(_own(wrong, n, answer, case))) for n in layers)


def _summed(suspect: Suspect, there: Callable[[int, int], bool], answer: Answer, _wanted: Answer, case: Case) -> bool:
    """Whether z is what the slip makes of w, b and the answer's own a there, and right elsewhere."""
    w, b, wrong = case.parameters.w, case.parameters.b, {*_off("z", answer, case)}
    layers = {n for n in w if there(n, max(w))}
    return wrong <= layers and all(
        (made := attempt(partial(_wrong_sum, suspect, w[n], b[n], answer[f"a[{n - 1}]"]))) is not None
        and np.shape(made) == answer[f"z[{n}]"].shape
        and same_numbers(answer[f"z[{n}]"], made)
        for n in layers
    )


def _wrong_sum(suspect: Suspect, w: Array, b: Array, a: Array) -> Array:
    return EXERCISES["weighted_input"].reference(w, b, a, **suspect.changes)


def _off_curve(pairs: Pairs) -> list[tuple[Array, Array]]:
    """z and a of the layers in which a is not σ(z)."""
    return [(answer[f"z[{n}]"], answer[f"a[{n}]"]) for each, answer, _ in pairs for n in _off("a", answer, each.case)]


def _activated(curve: Curve, every: bool, answer: Answer, _wanted: Answer, case: Case) -> bool:
    """Whether it is so in every layer, or where a is wrong."""
    return all(
        np.allclose(answer[f"a[{n}]"], curve.of(answer[f"z[{n}]"]), rtol=1e-4, atol=1e-9)
        for n in (case.parameters.layers if every else _off("a", answer, case))
    )


def _only(wrong: str, others: str, first: int | None, answer: Answer, _wanted: Answer, case: Case) -> bool:
    """Whether no step is wrong but this one, and this one in no layer before a first; if there is none, in all."""
    off, layers = {*_off(wrong, answer, case)}, case.parameters.layers
    there = off == {*layers} if first is None else not off & {*layers} - {*layers[first:]}
    return there and not any(_off(other, answer, case) for other in others)


def _off(step: str, answer: Answer, case: Case) -> list[int]:
    """The layers in which a step of the pass does not give what it should from what the answer itself holds."""
    if step == "x":
        return [] if same_numbers(answer["a[0]"], case.x) else [0]
    layers = case.parameters.layers
    return [n for n in layers if not same_numbers(answer[f"{step}[{n}]"], _own(step, n, answer, case))]


def _own(step: str, n: int, answer: Answer, case: Case) -> Array:
    """What z or a of a layer should be, by what the answer itself holds."""
    if step == "a":
        return sigmoid(answer[f"z[{n}]"])
    return case.parameters.w[n] @ answer[f"a[{n - 1}]"] + case.parameters.b[n]

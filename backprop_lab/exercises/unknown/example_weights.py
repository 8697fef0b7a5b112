"""How much each example counts in a gradient."""

from collections.abc import Callable
from functools import partial
from itertools import product

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.exercises.claims import Call, Evidence
from backprop_lab.exercises.exercise import Exercise
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.parsing import finite
from backprop_lab.exercises.recognition import agrees, right_answer
from backprop_lab.exercises.unknown.one_example import example, examples, gradients
from backprop_lab.exercises.verdict import Verdict, not_yet
from backprop_lab.exercises.words import listed

_Parts = Callable[[Exercise, Evidence], Call]  # the gradients of single examples, on any network


def examples_that_count_more(exercise: Exercise, evidence: Evidence) -> Verdict | None:
    """Say how much each example counts, where a gradient is a sum of those of the examples, but not their mean."""
    if exercise.name not in ("backprop", "training_step"):
        return None
    for parts, says in (
        (gradients, "adds up what you give for each example alone"),
        (_right_gradients, "adds up those of the single examples"),
    ):
        shares = []
        for trial in sorted((each for each in evidence.trials if examples(each) > 1), key=examples):
            if (found := _shares(exercise, trial, evidence, parts)) is None:
                break  # with few examples first: most functions are called no more
            shares.append(found)
        else:
            uneven = [each for each in shares if np.ptp(each) > 1e-3]
            if not uneven:
                return None
            told = _uneven(exercise, min(uneven, key=len), parts, says)
            return told if all(claim(evidence) for claim in told.claims) else _uneven_otherwise(exercise, parts, says)
    return None


_ANOTHER = "{symbol} is right for another {name}: one with {words}. Which line changes {name}?"
_PAIRED = "{symbol} is right for other pairs of columns: as if {name} had {words}. Which line changes their order?"
_MIXED: tuple[tuple[str, str, Callable[[Array], Array]], ...] = (  # what stands in the place of x or y
    (
        _ANOTHER,
        "the mean of its columns in each of them",
        lambda values: np.repeat(values.mean(1, keepdims=True), values.shape[1], 1),
    ),
    (_ANOTHER, "its first column in all of them", lambda values: np.repeat(values[:, :1], values.shape[1], 1)),
    (_ANOTHER, "its last column in all of them", lambda values: np.repeat(values[:, -1:], values.shape[1], 1)),
    # the same numbers come of another x or a beside the right y
    (_PAIRED, "its columns in reverse order", lambda values: values[:, ::-1]),
    (_PAIRED, "its columns one place further on", lambda values: np.roll(values, 1, axis=1)),
    (_PAIRED, "its columns one place further back", lambda values: np.roll(values, -1, axis=1)),
    (_ANOTHER, "its rows sorted", lambda values: np.sort(values, axis=1)),
)


def examples_mixed(exercise: Exercise, evidence: Evidence) -> Verdict | None:
    """Whether the answers are right for an x, or a y, in which the examples have each other's columns."""
    given = [name for name in "yx" if name in exercise.names and exercise.name != "forward"]
    for name, (says, words, of) in product(given, _MIXED):
        claim = partial(_is_right_with, exercise, exercise.names.index(name), of)
        if claim(evidence):
            return not_yet(says.format(symbol=exercise.symbol, name=name, words=words), "examples-mispaired", (claim,))
    return None


def _is_right_with(exercise: Exercise, place: int, of: Callable[[Array], Array], evidence: Evidence) -> bool:
    for trial in evidence.trials:
        arguments = [*exercise.originals(trial)]
        arguments[place] = of(arguments[place])
        answer = evidence.given(trial)
        if answer is None or not agrees(answer, exercise.read(exercise.right(*arguments))):
            return False
    return True


def _right_gradients(_exercise: Exercise, _evidence: Evidence) -> Call:
    return partial(right_answer, "backprop")


def _uneven(exercise: Exercise, shares: Array, parts: _Parts, says: str) -> Verdict:
    return not_yet(
        f"Your gradient {says}, but of {len(shares)} examples the first to the last count"
        f" {listed([f'{each:.3g}'.replace('-', '−') for each in shares])} times; each should count"
        f" {1 / len(shares):.3g} times. Which line treats one example otherwise than another?",
        "examples-count-differently",
        (partial(_count, exercise, shares, parts),),
    )


def _uneven_otherwise(exercise: Exercise, parts: _Parts, says: str) -> Verdict:
    def holds(evidence: Evidence) -> bool:
        found = [_shares(exercise, each, evidence, parts) for each in evidence.trials if examples(each) > 1]
        return any(each is not None and np.ptp(each) > 1e-3 for each in found)

    return not_yet(
        f"Your gradient {says}, but not all of them count alike, and how much they count differs from network to"
        f" network. Which condition, factor or range in your code treats one example otherwise than another?",
        "examples-count-differently",
        (holds,),
    )


def _count(exercise: Exercise, said: Array, parts: _Parts, evidence: Evidence) -> bool:
    """Whether the examples count so much, where they are as many."""
    some = [each for each in evidence.trials if examples(each) > 1]
    found = [(each, _shares(exercise, each, evidence, parts)) for each in some]
    return all(each is not None for _, each in found) and all(
        np.allclose(each, said, rtol=1e-2, atol=1e-3)
        for _, each in found
        if each is not None and len(each) == len(said)
    )


def _shares(exercise: Exercise, trial: Trial, evidence: Evidence, parts_of: _Parts) -> Array | None:
    """How often each example's gradient is in the gradient of all; None where it is more than a sum of these."""
    alone = parts_of(exercise, evidence)
    found = [gradients(exercise, evidence)(trial), *(alone(example(trial, at)) for at in range(examples(trial)))]
    if not all(each and finite(each) for each in found):
        return None
    whole, *parts = (np.concatenate([each[n].ravel() for n in sorted(each)]) for each in found if each)
    shares, _, rank, _ = np.linalg.lstsq(np.array(parts).T, whole, rcond=1e-9)
    fits = np.abs(np.array(parts).T @ shares - whole).max() <= 1e-7 * np.abs(whole).max()
    return np.round(shares, 9) + 0.0 if fits and rank == len(parts) else None

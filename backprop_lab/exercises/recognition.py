"""Recognises a slip by computing what the wrong function gives on the same cases, and comparing."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np

from backprop_lab.exercises.exercise import EXERCISES, Exercise
from backprop_lab.exercises.parsing import Answer
from backprop_lab.exercises.slips import TABLE, Slip
from backprop_lab.exercises.slips.slip import Changes

# Shares of the largest entry. A float64 answer may have passed through float32 on its way, in a factor of its own.
DOUBLE, SINGLE = 1e-6, 2e-5


@dataclass(frozen=True, eq=False)
class Suspect:
    """One slip, or two at once, in one of the ways in which it is written."""

    slips: tuple[Slip, ...]
    changes: Changes


def agrees(answer: Answer, wanted: Answer) -> bool:
    """The same layers, the same shapes, the same numbers to the precision of the answer."""
    tolerance = SINGLE if any(values.dtype in (np.float32, np.float16) for values in answer.values()) else DOUBLE
    return answer.keys() == wanted.keys() and all(close(answer[name], wanted[name], tolerance) for name in wanted)


def close(values: np.ndarray, wanted: np.ndarray, tolerance: float) -> bool:
    """The same shape, and no entry further away than a share of the largest; nothing is close to infinity."""
    largest = np.abs(wanted).max(initial=0)
    if values.shape != wanted.shape or not np.isfinite(largest):
        return False
    return bool((np.abs(values - wanted) <= tolerance * largest).all())


@cache
def right_answers(name: str) -> tuple[Answer, ...]:
    """The right answers to an exercise, case by case."""
    exercise = EXERCISES[name]
    return tuple(exercise.read(exercise.right(*deepcopy(case))) for case in exercise.cases)


def recognise(name: str, answers: Sequence[Answer | None]) -> tuple[Slip, ...]:
    """Name the slip, or the two slips, that give the same answers; None stands for a call that failed."""
    for suspect in (*suspects(name), *_fitted(name, answers[0])):
        fits = (_fits(name, suspect, case, answer) for case, answer in enumerate(answers))
        if all(fits) and any(_shows(name, suspect, case) for case, answer in enumerate(answers) if answer is not None):
            return suspect.slips
    return ()


@cache
def suspects(name: str) -> tuple[Suspect, ...]:
    """Every slip of an exercise, then every two of them that change different parts."""
    own = [slip for slip in TABLE if name in slip.exercises.split()]
    alone = [Suspect((slip,), changes) for slip in own for changes in slip.variants]
    both = [
        Suspect(one.slips + other.slips, {**one.changes, **other.changes})
        for one, other in combinations(alone, 2)
        if one.slips != other.slips and not one.changes.keys() & other.changes.keys()
    ]
    return (*alone, *both)


@cache
def wrong_answer(name: str, suspect: Suspect, case: int) -> Answer | None:
    """What the wrong function gives on a case, or None where it fails."""
    exercise = EXERCISES[name]
    try:
        return exercise.read(exercise.reference(*deepcopy(exercise.cases[case]), **suspect.changes))
    except Exception:
        return None


def _fits(name: str, suspect: Suspect, case: int, answer: Answer | None) -> bool:
    """Where the wrong function fails on shapes the learner's may fail too, or give something else that is wrong."""
    wrong = wrong_answer(name, suspect, case)
    if wrong is None:
        return answer is None or not agrees(answer, right_answers(name)[case])
    return answer is not None and agrees(answer, wrong)


def _shows(name: str, suspect: Suspect, case: int) -> bool:
    wrong = wrong_answer(name, suspect, case)
    return wrong is not None and not agrees(wrong, right_answers(name)[case])


def _fitted(name: str, answer: Answer | None) -> list[Suspect]:
    """Slips with a rate of the learner's own: by least squares, where the answer is linear in it."""
    exercise = EXERCISES[name]
    own = [slip for slip in TABLE if slip.fitted == name]
    if not own or answer is None or answer.keys() != right_answers(name)[0].keys():
        return []
    place = f"nabla_b[{max(exercise.cases[0][0]) - 1}]"  # the last hidden layer: δᴸ⁻¹ is linear in the rate
    return [_with_rate(exercise, slip, place, answer) for slip in own if answer[place].shape[1:] == (1,)]


def _with_rate(exercise: Exercise, slip: Slip, place: str, answer: Answer) -> Suspect:
    right = right_answers(exercise.name)[0][place]
    moved = exercise.read(exercise.reference(*exercise.cases[0], **slip.variants[0], rate=1.0))[place] - right
    rate = float(np.vdot(moved, answer[place] - right) / np.vdot(moved, moved))
    return Suspect((slip,), {**slip.variants[0], "rate": rate})

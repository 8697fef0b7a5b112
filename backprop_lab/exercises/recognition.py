"""Recognizes a slip by computing what the wrong function gives on the same networks, and comparing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np

from backprop_lab.exercises.exercise import EXERCISES
from backprop_lab.exercises.factors import Formula, common_factor, formula_of
from backprop_lab.exercises.lookup import Table, direction, table
from backprop_lab.exercises.networks import Trial, trials
from backprop_lab.exercises.parsing import Answer, finite
from backprop_lab.exercises.slips import TABLE, Slip
from backprop_lab.exercises.slips.slip import Changes

# Shares of the largest entry. A float64 answer may have passed through float32 on its way, in a factor of its own.
DOUBLE, SINGLE = 1e-6, 2e-5

Answers = Mapping[Trial, Answer | None]  # None stands for a call that failed


@dataclass(frozen=True)
class Found:
    """A slip, and where it is: in the exercise itself, or in equations of which backprop is made."""

    slip: Slip
    places: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Suspect:
    """One slip, or several at once, in one of the ways in which it is written."""

    found: tuple[Found, ...]
    changes: Changes


def agrees(answer: Answer, wanted: Answer) -> bool:
    """The same layers, the same shapes, the same numbers to the precision of the answer."""
    tolerance = tolerance_of(answer)
    return answer.keys() == wanted.keys() and all(close(answer[name], wanted[name], tolerance) for name in wanted)


def tolerance_of(answer: Answer) -> float:
    """As a share of the largest entry."""
    return SINGLE if any(values.dtype in (np.float32, np.float16) for values in answer.values()) else DOUBLE


def close(values: np.ndarray, wanted: np.ndarray, tolerance: float) -> bool:
    """The same shape, and no entry further away than a share of the largest; only infinity is close to infinity."""
    if values.shape != wanted.shape:
        return False
    largest = np.abs(wanted).max(initial=0)
    if not np.isfinite(largest):
        finite = np.isfinite(wanted)
        same = np.array_equal(values[~finite], wanted[~finite], equal_nan=True)
        return same and close(values[finite], wanted[finite], tolerance)
    return bool((np.abs(values - wanted) <= tolerance * largest).all())


@cache
def right_answer(name: str, trial: Trial) -> Answer:
    """The right answer to an exercise."""
    exercise = EXERCISES[name]
    return exercise.read(exercise.right(*exercise.originals(trial)))


def recognize(name: str, answers: Answers) -> Iterator[Suspect]:
    """Every suspect that gives the same answers, those with fewer slips first."""
    at = next((trial for trial, answer in answers.items() if answer), None)
    answer = at and answers[at]
    if not at or not answer:
        return iter(())
    alike = (suspects(name)[place] for place in _table(name, at).like(answer, tolerance_of(answer)))
    return (suspect for suspect in alike if explains(name, suspect, answers))


@cache
def _table(name: str, trial: Trial) -> Table:
    with np.errstate(all="ignore"):
        return table(wrong_answer(name, suspect, trial) for suspect in suspects(name))


@cache
def alone(name: str) -> tuple[Suspect, ...]:
    """Every slip of an exercise in each of the ways in which it is written."""
    return tuple(
        Suspect((Found(slip),), changes)
        for slip in TABLE
        if name in slip.exercises.split() and slip.fitted != name
        for changes in slip.variants
    )


@cache
def suspects(name: str) -> tuple[Suspect, ...]:
    """Every slip of an exercise, then every two of them that change different parts."""
    return (*alone(name), *joined(alone(name)))


def joined(alone: Sequence[Suspect]) -> Iterator[Suspect]:
    """Every two that change different parts."""
    for one, other in combinations(alone, 2):
        if one.found != other.found and not one.changes.keys() & other.changes.keys():
            yield Suspect(one.found + other.found, {**one.changes, **other.changes})


def first_alone(suspect: Suspect) -> Suspect | None:
    """The first of several slips without the others, if it can be told which changes are its own."""
    found, changes = suspect.found[0], suspect.changes
    own = ({place: changes[place] for place in found.places},) if found.places else found.slip.variants
    fitting = (each for each in own if all(changes.get(part) is change for part, change in each.items()))
    first = next(fitting, None)
    return Suspect((found,), first) if first else None


@cache
def wrong_answer(name: str, suspect: Suspect, trial: Trial) -> Answer | None:
    """What the wrong function gives, or None where it fails."""
    exercise = EXERCISES[name]
    return attempt(lambda: exercise.read(exercise.reference(*exercise.originals(trial), **suspect.changes)))


def attempt(call: Callable[[], Any]) -> Any:
    """What a call gives, or None where it fails."""
    try:
        with np.errstate(all="ignore"):
            return call()
    except Exception:
        return None


def explains(name: str, suspect: Suspect, answers: Answers) -> bool:
    """Whether the wrong function gives these answers, and they show that it is wrong."""
    fits = (fits_one(name, suspect, trial, answer) for trial, answer in answers.items())
    return all(fits) and any(shows(name, suspect, trial) for trial, answer in answers.items() if answer is not None)


def fits_one(name: str, suspect: Suspect, trial: Trial, answer: Answer | None) -> bool:
    """Where the wrong function fails on shapes the learner's may fail too, or give something else that is wrong."""
    wrong = wrong_answer(name, suspect, trial)
    if wrong is None:
        return answer is None or not agrees(answer, right_answer(name, trial))
    return answer is not None and agrees(_filled(answer, wrong), wrong)


def _filled(answer: Answer, wrong: Answer) -> Answer:
    """Zeros for a 0 that a sum was begun with, where nothing was added to it."""
    blank = [n for n, values in wrong.items() if n in answer and answer[n].ndim == 0 and not values.any()]
    return {**answer, **{n: 0 * wrong[n] for n in blank if not answer[n].any()}} if blank else answer


def shows(name: str, suspect: Suspect, trial: Trial) -> bool:
    """Whether the wrong function gives numbers, and wrong ones: all that divides by zero gives the same."""
    wrong = wrong_answer(name, suspect, trial)
    return wrong is not None and finite(wrong) and not agrees(wrong, right_answer(name, trial))


def scaled(name: str, some: tuple[Suspect, ...], answers: Answers) -> Iterator[tuple[Suspect, Formula]]:
    """Those of some suspects that give the answers but for a factor, with it."""
    at = next((trial for trial, answer in answers.items() if answer), None)
    answer = at and answers[at]
    if at and answer:
        for place in _directions(name, some, at).like(direction(answer), SINGLE):
            seen = any(answers[trial] and shows(name, some[place], trial) for trial in answers)
            if seen and (formula := _factor(name, some[place], answers)):
                yield some[place], formula


@cache
def _directions(name: str, some: tuple[Suspect, ...], trial: Trial) -> Table:
    with np.errstate(all="ignore"):
        wrong = (wrong_answer(name, suspect, trial) for suspect in some)
        return table(each and direction(each) for each in wrong)


def _factor(name: str, suspect: Suspect, answers: Answers) -> Formula | None:
    """The factor by which the answers differ from those of the wrong function, if it is one for all entries."""
    factors = {}
    for trial, answer in answers.items():
        wrong = wrong_answer(name, suspect, trial)
        if (wrong is None) != (answer is None) or (wrong and answer and wrong.keys() != answer.keys()):
            return None
        if wrong and answer:
            factors[trial] = common_factor(answer, wrong)
            if not factors[trial]:
                return None
    return formula_of([trial.case for trial in factors], list(factors.values())) if factors else None


def visible(name: str, suspect: Suspect) -> bool:
    """Whether it shows on any network."""
    return any(shows(name, suspect, trial) for trial in trials())

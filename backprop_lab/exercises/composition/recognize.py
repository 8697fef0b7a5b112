"""Recognizes slips in the gradients of all networks, and in the steps that were made with them."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import product
from typing import Any

import numpy as np

from backprop_lab.exercises import reference
from backprop_lab.exercises.composition.kinds import MOST, NOTHING, count, merged
from backprop_lab.exercises.composition.search import far, near
from backprop_lab.exercises.composition.singles import singles
from backprop_lab.exercises.exercise import EXERCISES
from backprop_lab.exercises.lookup import Table, table
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.parsing import Answer
from backprop_lab.exercises.recognition import (
    DOUBLE,
    Answers,
    Suspect,
    alone,
    attempt,
    close,
    explains,
    right_answer,
    suspects,
    tolerance_of,
)

_Search = Callable[[Trial, Answer, str, int], Iterator[Suspect]]


def recognize_gradient(answers: Answers) -> Iterator[Suspect]:
    """Every suspect that gives the same gradients, those with fewer slips first; none where some fewer do."""
    return _explaining("backprop", answers, lambda: _first(near, answers), lambda: _first(far, answers))


def recognize_step(answers: Answers) -> Iterator[Suspect]:
    """Every suspect that makes the same step: of the update, and of the gradient which the step was made of."""
    plain, *updates = (NOTHING, *(each for each in alone("update") if each.changes.keys() == {"move"}))
    return _explaining(
        "training_step",
        answers,
        lambda: (*alone("training_step"), *(singles() if _misshapen(answers) else ())),
        lambda: _inside(plain, near, answers),
        lambda: (both for update in updates for both in _inside(update, near, answers)),
        lambda: (*suspects("update"), *_example_by_example()),
        lambda: _inside(plain, far, answers),
        _with_updated_weights,
        lambda: _with_another_update(answers),
    )


def _explaining(name: str, answers: Answers, *stages: Callable[[], Iterable[Suspect]]) -> Iterator[Suspect]:
    """Those of the first stage in which there are any."""
    for stage in stages:
        if found := [suspect for suspect in stage() if explains(name, suspect, answers)]:
            yield from sorted(found, key=_rank)
            return


def _first(search: _Search, answers: Answers) -> Iterator[Suspect]:
    """What explains the answer to the first network that has one."""
    at = next((trial for trial, answer in answers.items() if answer), None)
    return search(at, answers[at] or {}, "backprop", MOST) if at else iter(())


def _inside(update: Suspect, search: _Search, answers: Answers) -> Iterator[Suspect]:
    """The update, with what explains the gradient that it was given."""
    at = next((trial for trial, answer in answers.items() if answer), None)
    gradient = at and _gradient_of(update, at, answers[at] or {})
    if at and gradient:
        for inner in search(at, gradient, "training_step", MOST - 2 * len(update.found)):
            yield Suspect(update.found + inner.found, {**update.changes, **inner.changes})


def _rank(suspect: Suspect) -> tuple[int, int]:
    """Fewer slips first; of as many, those of backprop itself, then those made in two places."""
    return len(suspect.found), sum((0, 2, 1)[len(each.places)] for each in suspect.found)


def _with_another_update(answers: Answers) -> Iterator[Suspect]:
    """An update of which the gradient cannot be read off, and one slip in the gradient."""
    at = next((trial for trial, answer in answers.items() if answer), None)
    answer = at and answers[at]
    if at and answer:
        yield from (merged(*_updates_and_gradients()[place]) for place in _steps(at).like(answer, tolerance_of(answer)))


@cache
def _updates_and_gradients() -> tuple[tuple[Suspect, Suspect], ...]:
    pairs = product((each for each in alone("update") if not _is_linear(each)), singles())
    return tuple(pair for pair in pairs if count(*pair) == 2)


def _is_linear(update: Suspect) -> bool:
    """Whether the gradient can be read off the step."""
    if update.changes.keys() != {"move"}:
        return False
    start, one, two = (update.changes["move"](np.ones(2), np.full(2, step), 0.7) for step in (0.0, 1.0, 2.0))
    return bool((one != start).all()) and close(two - start, 2 * (one - start), DOUBLE)


@cache
def _steps(trial: Trial) -> Table:
    """The step of each pair; a gradient is computed once for all updates."""
    exercise = EXERCISES["training_step"]
    w, b, x, y, rate = exercise.originals(trial)

    @cache
    def nablas(inner: Suspect) -> Any:
        return attempt(lambda: reference.backprop(w, b, x, y, **inner.changes))

    def step(update: Suspect, inner: Suspect) -> Answer | None:
        found = nablas(inner)
        return found and attempt(
            lambda: exercise.read(reference.update(w, b, found[0], found[1], rate, **update.changes))
        )

    with np.errstate(all="ignore"):
        return table(step(*pair) for pair in _updates_and_gradients())


@cache
def _with_updated_weights() -> tuple[Suspect, ...]:
    """Weights that have moved already, on the way back of a gradient with another slip."""
    own = [each for each in alone("training_step") if each.found[0].slip.fitted]
    return tuple(merged(*pair) for pair in product(own, singles()) if count(*pair) == 2)


@cache
def _example_by_example() -> tuple[Suspect, ...]:
    """A step for each example, each with a slip of the update."""
    own = [
        suspect for suspect in alone("training_step") if {"batches"} <= suspect.changes.keys() <= {"batches", "share"}
    ]
    return tuple(merged(*pair) for pair in product(own, alone("update")))


def _misshapen(answers: Answers) -> bool:
    """Whether a shape is wrong, so that the gradient cannot be told from the step."""
    right = {trial: right_answer("training_step", trial) for trial in answers}
    return any(
        answer is not None
        and any(answer[name].shape != right[trial][name].shape for name in answer.keys() & right[trial])
        for trial, answer in answers.items()
    )


def _gradient_of(update: Suspect, trial: Trial, answer: Answer) -> Answer | None:
    """The gradient with which the update gives these parameters, if it is linear in the gradient."""
    move = update.changes.get("move", lambda values, nabla, rate: values - rate * nabla)
    found, before = {}, trial.case.parameters
    for key, values in answer.items():
        kind, layer = key[0], key[2:-1]
        old = getattr(before, kind).get(int(layer)) if layer.isdecimal() else None
        if old is None or old.shape != values.shape:
            return None
        start, one, two = (move(old, np.full_like(old, step), trial.rate) for step in (0.0, 1.0, 2.0))
        if not (one - start).all() or not close(two - start, 2 * (one - start), DOUBLE):
            return None
        found[f"nabla_{key}"] = ((values - start) / (one - start)).astype(values.dtype)
    return found

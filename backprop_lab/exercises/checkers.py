"""The checkers: run a learner's function on every case, and say what is wrong in words that lead on."""

import inspect
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from backprop_lab.exercises import diagnosis, feedback
from backprop_lab.exercises.exercise import EXERCISES, Arguments, Exercise
from backprop_lab.exercises.parsing import Answer, NotAttempted
from backprop_lab.exercises.recognition import agrees, recognise, right_answers
from backprop_lab.exercises.result import CheckResult
from backprop_lab.exercises.sandbox import SECONDS, Outcome, run
from backprop_lab.exercises.stubs import is_stub

Learners = Callable[..., Any]


def check_weighted_input(f: Learners) -> CheckResult:
    """Check a learner's `f(w, b, a_previous) → z`, shapes (n_out, n_in), (n_out, 1), (n_in, m) → (n_out, m)."""
    return _check("weighted_input", f)


def check_forward(f: Learners) -> CheckResult:
    """Check a learner's `f(w, b, x) → (z, a)`: dicts by layer in and out, z from layer 1, a from layer 0."""
    return _check("forward", f)


def check_quadratic(f: Learners) -> CheckResult:
    """Check a learner's `f(a, y) → float`, the mean over m examples of ½‖a − y‖²; a and y of shape (n, m)."""
    return _check("quadratic", f)


def check_bp1(f: Learners) -> CheckResult:
    """Check a learner's `f(a, y, z) → delta_L` for a sigmoid output and the quadratic cost; all of shape (n, m)."""
    return _check("bp1", f)


def check_bp2(f: Learners) -> CheckResult:
    """Check a learner's `f(w_next, delta_next, z) → delta` for sigmoid: (n_next, n), (n_next, m), (n, m) → (n, m)."""
    return _check("bp2", f)


def check_bp3(f: Learners) -> CheckResult:
    """Check a learner's `f(delta) → nabla_b`, the mean over the examples: (n, m) → (n, 1)."""
    return _check("bp3", f)


def check_bp4(f: Learners) -> CheckResult:
    """Check a learner's `f(delta, a_previous) → nabla_w`: (n_out, m), (n_in, m) → (n_out, n_in)."""
    return _check("bp4", f)


def check_backprop(f: Learners) -> CheckResult:
    """Check a learner's `f(w, b, x, y) → (nabla_w, nabla_b)`, dicts by layer; sigmoid, quadratic, mean over m."""
    return _check("backprop", f)


def check_training_step(f: Learners) -> CheckResult:
    """Check a learner's `f(w, b, x, y, learning_rate) → (w, b)`: one step, all deltas from the old weights."""
    return _check("training_step", f)


def check_update(f: Learners) -> CheckResult:
    """Check a learner's `f(w, b, nabla_w, nabla_b, learning_rate) → (w, b)`: new dicts, inputs untouched."""
    return _check("update", f)


@dataclass(frozen=True)
class _Try:
    """One call of the learner's function."""

    outcome: Outcome
    changed: str | None  # the argument it changed, if any

    @property
    def answer(self) -> Answer | None:
        return self.outcome.value  # None unless it returned


def _check(name: str, f: Learners) -> CheckResult:
    exercise = EXERCISES[name]
    if f is ... or f is None:
        return feedback.not_attempted()
    if not callable(f):
        return feedback.not_a_function(exercise, f)
    if not _takes(f, exercise.cases[0]):
        return feedback.misfit(exercise)
    tries = _try_all(exercise, f, exercise.cases)
    with np.errstate(all="ignore"):  # wrong numbers may be infinite
        verdict = _judge(exercise, f, tries)
    return replace(verdict, message=verdict.message + feedback.printed(sum(each.outcome.printed for each in tries)))


def _takes(f: Learners, arguments: Arguments) -> bool:
    """Whether f can be called with so many arguments; where Python cannot tell, the call will."""
    signature = run(inspect.signature, f).value
    return signature is None or run(signature.bind, *arguments).ending == "returned"


def _try_all(exercise: Exercise, f: Learners, cases: Sequence[Arguments]) -> list[_Try]:
    """Call f on each case, until one does not end."""
    tries, left = [], SECONDS
    for case in cases:
        arguments = deepcopy(case)
        outcome = run(lambda given: exercise.read(f(*given)), arguments, seconds=left)
        left -= outcome.seconds
        both = zip(exercise.names, arguments, case, strict=True)
        changed = (name for name, now, before in both if not run(_untouched, now, before).value)
        tries.append(_Try(outcome, next(changed, None)))
        if outcome.gave_up:
            break
    return tries


def _untouched(now: Any, before: Any) -> bool:
    if isinstance(before, dict):
        return now.keys() == before.keys() and all(_untouched(now[layer], before[layer]) for layer in before)
    return type(now) is type(before) and bool(np.array_equal(now, before))


def _judge(exercise: Exercise, f: Learners, tries: Sequence[_Try]) -> CheckResult:
    if issubclass(type(tries[0].outcome.error), NotAttempted | NotImplementedError) or run(is_stub, f).value:
        return feedback.not_attempted()
    again = [] if tries[-1].outcome.gave_up else _try_all(exercise, f, exercise.cases[::-1])
    told = _side_effects(exercise, tries, again[::-1])
    return _compare(exercise, f, tries) if told is None else told


def _side_effects(exercise: Exercise, tries: Sequence[_Try], again: Sequence[_Try]) -> CheckResult | None:
    """What to say of a function that does not end, changes its arguments, or answers otherwise the second time."""
    for each in (*tries, *again):
        if each.outcome.gave_up:
            return feedback.stopped(each.outcome.ending)
    for each in (*tries, *again):
        if each.changed:
            return feedback.changed(exercise, each.changed)
    same = all(_equal(one.answer, other.answer) for one, other in zip(tries, again, strict=True))
    return None if same else feedback.keeps_state(exercise)


def _equal(one: Answer | None, other: Answer | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.keys() == other.keys() and all(_alike(one[name], other[name]) for name in one)


def _alike(one: np.ndarray, other: np.ndarray) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other, rtol=1e-9, atol=0, equal_nan=True))


def _compare(exercise: Exercise, f: Learners, tries: Sequence[_Try]) -> CheckResult:
    answers, right = [each.answer for each in tries], right_answers(exercise.name)
    if all(answer is not None and agrees(answer, wanted) for answer, wanted in zip(answers, right, strict=True)):
        return feedback.correct(exercise)
    names = run(lambda: list(inspect.signature(f).parameters)).value or []
    if names != exercise.names and sorted(names) == sorted(exercise.names):
        return feedback.swapped_arguments(exercise, names)
    slips = recognise(exercise.name, answers)
    return feedback.slipped(exercise, slips) if slips else _unknown(exercise, tries)


def _unknown(exercise: Exercise, tries: Sequence[_Try]) -> CheckResult:
    """What to say of answers that no slip gives."""
    for each, arguments in zip(tries, exercise.cases, strict=True):
        if each.answer is None:
            return feedback.failed(each.outcome, exercise, arguments)
    given = [each.answer for each in tries if each.answer is not None]
    if all(_equal(given[0], answer) for answer in given):
        return feedback.hard_coded(exercise)
    return diagnosis.judged(exercise, given, right_answers(exercise.name))

"""Judges a learner's function: tries it on every network, and looks for what explains its answers."""

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any

import numpy as np

from backprop_lab.exercises import composition, feedback, recognition
from backprop_lab.exercises.claims import Evidence
from backprop_lab.exercises.exercise import EXERCISES, Arguments, Exercise
from backprop_lab.exercises.factors import common_factor
from backprop_lab.exercises.lines.by_numbers import first_wrong_line, makes_activations
from backprop_lab.exercises.lines.by_slip import line_by_slip, line_of_count, line_that_changes, looked_up_late
from backprop_lab.exercises.lines.of_loop import line_that_leaves_out
from backprop_lab.exercises.lines.watch import line_that_differs
from backprop_lab.exercises.networks import Trial, probes, trials, watched
from backprop_lab.exercises.parsing import Answer, NotAttempted
from backprop_lab.exercises.recognition import agrees, attempt, right_answer
from backprop_lab.exercises.running.sandbox import SECONDS, Outcome, run, run_apart
from backprop_lab.exercises.slips.rates import Task
from backprop_lab.exercises.stubs import is_stub
from backprop_lab.exercises.unknown import diagnosis
from backprop_lab.exercises.unknown.partly import partly_slipped
from backprop_lab.exercises.unknown.relations import one_number
from backprop_lab.exercises.verdict import Verdict

Learners = Callable[..., Any]
_RECOGNIZE = {"backprop": composition.recognize_gradient, "training_step": composition.recognize_step}


@dataclass(frozen=True)
class Try:
    """One call of the learner's function."""

    outcome: Outcome
    changed: str | None  # the argument it changed, if any

    @property
    def answer(self) -> Answer | None:
        """What it gave; None unless it returned."""
        return self.outcome.value


@dataclass
class _Calls:
    """A learner's function, what it gave on each network, and how many seconds are left for it."""

    exercise: Exercise
    f: Learners
    left: float = 4 * SECONDS
    first: dict[Trial, Try] = field(default_factory=dict)

    def given(self, trial: Trial) -> Answer | None:
        """The answer to a network, from the first time it was asked."""
        if trial not in self.first:
            self.first[trial] = self.call(trial)
        return self.first[trial].answer

    def call(self, trial: Trial) -> Try:
        arguments, before = self.exercise.inputs(trial), self.exercise.inputs(trial)
        done = called(self.exercise, self.f, arguments, before, seconds=max(min(SECONDS, self.left), 0.1))
        self.left -= done.outcome.seconds
        return done

    def call_all(self, some: Iterable[Trial]) -> list[Try]:
        """A call for each network, until one does not end."""
        done = []
        for trial in some:
            done.append(self.call(trial))
            if done[-1].outcome.gave_up:
                break
        return done


def judge(name: str, f: Learners, exercise: Exercise | None = None) -> Verdict:
    """The verdict on a function; raises nothing, whatever the function does, and whatever goes wrong in here.

    `exercise` is the same exercise with other arguments and another reader: see `translated`.
    """
    return guarded(_verdict, exercise or EXERCISES[name], f)


def guarded(judged: Callable[[Any, Learners], Verdict], exercise: Exercise | Task, f: Learners) -> Verdict:
    """What a judge says of a function; an error is ours, since the learner's are caught where they happen."""
    try:
        return judged(exercise, f)
    except Exception as error:
        return feedback.checker_failed(exercise, error)


def at_the_door(exercise: Exercise | Task, f: Learners, arguments: Arguments) -> Verdict | None:
    """What there is to say of f before it is called: that it is not written yet, or no function of these arguments."""
    if f is ... or f is None:
        return feedback.not_attempted()
    if not callable(f):
        return feedback.not_a_function(exercise, f)
    signature = run(inspect.signature, f).value  # where Python cannot tell, the call will
    if signature is not None and run(signature.bind, *arguments).ending != "returned":
        return feedback.misfit(exercise)
    return feedback.not_attempted() if run(is_stub, f).value else None


def called(exercise: Exercise, f: Learners, arguments: Arguments, before: Arguments, seconds: float = SECONDS) -> Try:
    """How a call ended, and which argument it changed: `before` are the same arguments once more."""
    outcome = run_apart(lambda given: exercise.read(f(*given)), arguments, seconds=seconds)
    return Try(outcome, _changed(exercise.names, arguments, before))


def unfinished(outcome: Outcome) -> bool:
    """Whether the learner's function says of itself that it is not written yet."""
    return issubclass(type(outcome.error), NotAttempted | NotImplementedError)


def _verdict(exercise: Exercise, f: Learners) -> Verdict:
    if (told := at_the_door(exercise, f, exercise.inputs(trials()[0]))) is not None:
        return told
    calls = _Calls(exercise, f)
    tries = calls.call_all(trials())
    calls.first.update(zip(trials(), tries, strict=False))
    with np.errstate(all="ignore"):  # wrong numbers may be infinite
        verdict = _judge(calls, tries)
    return replace(verdict, message=feedback.with_printed(verdict.message, sum(each.outcome.printed for each in tries)))


def _changed(names: Sequence[str], arguments: Arguments, before: Arguments) -> str | None:
    """The first argument that is not what it was, or of which that cannot be told."""
    looked: list[str] = []

    def look() -> str | None:
        for name, now, was in zip(names, arguments, before, strict=True):
            looked.append(name)
            if not _untouched(now, was):
                return name
        return None

    outcome = run(look)
    return outcome.value if outcome.ending == "returned" else looked[-1]


def _untouched(now: Any, before: Any) -> bool:
    if isinstance(before, dict):
        return now.keys() == before.keys() and all(_untouched(now[layer], before[layer]) for layer in before)
    if isinstance(before, list | tuple):
        return len(now) == len(before) and all(_untouched(*pair) for pair in zip(now, before, strict=True))
    if type(now) is np.ndarray is type(before) and now.shape == before.shape and now.tobytes() == before.tobytes():
        return True  # no line of Python is passed, which would be counted
    if type(now) is not type(before) or np.shape(now) != np.shape(before):
        return False
    # nudged and put back, it is what it was but for rounding
    return bool(np.allclose(now, before, rtol=1e-12, atol=1e-15))


def _judge(calls: _Calls, tries: list[Try]) -> Verdict:
    if unfinished(tries[0].outcome):
        return feedback.not_attempted()
    again = [] if tries[-1].outcome.gave_up else calls.call_all(trials()[::-1])
    told = _side_effects(calls, tries, again[::-1])
    return _compare(calls, tries) if told is None else told


def _side_effects(calls: _Calls, tries: list[Try], again: list[Try]) -> Verdict | None:
    """What to say of a function that does not end, changes its arguments, or answers otherwise the second time."""
    for at, each in enumerate(both := (*tries, *again)):
        if each.outcome.gave_up:
            return feedback.stopped(each.outcome, [before.outcome.seconds for before in both[:at]])
    for each in (*tries, *again):
        if each.changed:
            given = [calls.exercise.inputs(watched()[0]) for _ in range(2)]
            return told_of_change(calls.exercise, calls.f, each.changed, *given)
    same = all(_equal(one.answer, other.answer) for one, other in zip(tries, again, strict=True))
    if same:
        return None
    line = line_that_differs(calls.f, [calls.exercise.inputs(watched()[0]) for _ in range(2)])
    return feedback.with_line(feedback.keeps_state(calls.exercise), line, calls.f)


def told_of_change(exercise: Exercise, f: Learners, argument: str, arguments: Arguments, before: Arguments) -> Verdict:
    """Say which argument was changed, and in which line; `before` are the same arguments once more."""
    pairs = [*zip(arguments, before, strict=True)]
    line = line_that_changes(f, arguments, lambda: bool(attempt(lambda: all(_untouched(*each) for each in pairs))))
    return feedback.with_line(feedback.changed(exercise, argument), line, f)


def _equal(one: Answer | None, other: Answer | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.keys() == other.keys() and all(_alike(one[name], other[name]) for name in one)


def _alike(one: np.ndarray, other: np.ndarray) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other, rtol=1e-9, atol=0, equal_nan=True))


def _compare(calls: _Calls, tries: list[Try]) -> Verdict:
    exercise, name = calls.exercise, calls.exercise.name
    answers = {trial: each.answer for trial, each in zip(trials(), tries, strict=True)}
    if all(answer is not None and agrees(answer, right_answer(name, trial)) for trial, answer in answers.items()):
        return feedback.correct(exercise)
    names = run(lambda: list(inspect.signature(calls.f).parameters)).value or []
    if names != exercise.names and sorted(names) == sorted(exercise.names):
        return feedback.swapped_arguments(exercise, names)
    evidence = Evidence((*trials(), *probes()), calls.given, partial(right_answer, name))
    pairs = [(trial, answer, evidence.right(trial)) for trial, answer in answers.items() if answer is not None]
    constant = one_number(exercise, pairs) if len(pairs) == len(answers) else None
    alike = _RECOGNIZE.get(name, partial(recognition.recognize, name))(answers)
    explaining = [each for each in alike if feedback.explained(name, each, None, evidence)]
    if explaining and not (constant and len(explaining[0].found) > 1):  # what leaves nothing was not done by several
        suspect = _likeliest(calls, explaining)
        verdict = feedback.slipped(exercise, suspect, evidence)
        return feedback.with_line(verdict, _line(calls, suspect, slip=verdict.slip), calls.f)
    if constant is not None:
        return feedback.with_line(constant, _line(calls, slip=constant.slip), calls.f)
    if (scaled := _scaled(exercise, answers, evidence)) is not None:
        return feedback.with_line(scaled, _line(calls), calls.f)
    if (partly := partly_slipped(exercise, evidence)) is not None:
        verdict, suspect = partly
        loop = verdict.slip == "nothing-changed"  # which lines a loop does not reach is seen on none of them
        return feedback.with_line(verdict, None if loop else _line(calls, suspect), calls.f)
    verdict = _unknown(calls, tries, evidence)
    if verdict.line:
        return verdict
    trial = watched()[0]
    some = verdict.slip == "examples-count-differently" and exercise is EXERCISES[name]
    line = line_that_leaves_out(calls.f, exercise.inputs(trial), trial.case.x) if some else None
    return feedback.with_line(verdict, line or _line(calls, slip=verdict.slip), calls.f)


def _likeliest(calls: _Calls, suspects: Sequence[recognition.Suspect]) -> recognition.Suspect:
    """The first; or one after it with as many slips, if the first blames a pass forward whose a are all made."""
    same = [each for each in suspects if len(each.found) == len(suspects[0].found)]
    others = [each for each in same if all(found.places != ("forward",) for found in each.found)]
    doubtful = others and same[0] not in others
    return others[0] if doubtful and makes_activations(calls.exercise, calls.f) else same[0]


def _line(calls: _Calls, suspect: recognition.Suspect | None = None, slip: str | None = None) -> str | None:
    """The line that is wrong, where there is time to look for it."""
    if not calls.exercise.lines:
        return None
    failed = next((each.outcome.line for each in calls.first.values() if each.outcome.line), "")
    if calls.left <= 3 * SECONDS:
        return None
    by_numbers = cache(partial(first_wrong_line, calls.exercise, calls.f, suspect, failed, slip))  # run it once
    if slip in ("entries-differ", "entries-not-moved"):  # an `if` may be there for something else
        made = by_numbers()
        if made and not made.startswith("return"):
            return made
    if (line := line_by_slip(slip, calls.exercise, calls.f)) is not None:
        return line or None
    return line_of_count(slip, by_numbers(), calls.f)


def _scaled(exercise: Exercise, answers: recognition.Answers, evidence: Evidence) -> Verdict | None:
    """What to say of answers that a slip gives but for a factor."""
    if all(answer and common_factor(answer, evidence.right(trial)) for trial, answer in answers.items()):
        return None
    some = composition.singles() if exercise.name == "backprop" else recognition.alone(exercise.name)
    for suspect, formula in recognition.scaled(exercise.name, some, answers):
        verdict = feedback.slipped(exercise, suspect, evidence, formula)
        if all(claim(evidence) for claim in verdict.claims):
            return verdict
    return None


def _unknown(calls: _Calls, tries: list[Try], evidence: Evidence) -> Verdict:
    """What to say of answers that no slip gives."""
    for trial, each in calls.first.items():
        if each.answer is None:
            late = looked_up_late(calls.f, each.outcome.line)
            return feedback.failed(each.outcome, calls.exercise, calls.exercise.inputs(trial), late)
    if all(_equal(tries[0].answer, each.answer) for each in tries):
        return feedback.hard_coded(calls.exercise)
    return diagnosis.judged(calls.exercise, evidence)

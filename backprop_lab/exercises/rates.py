"""Two exercises before the four equations: multiply the rates along a path, and nudge as the demon does."""

import inspect
from collections.abc import Callable

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.exercises.feedback import not_attempted, stopped
from backprop_lab.exercises.judge import Learners
from backprop_lab.exercises.parsing import NotAttempted
from backprop_lab.exercises.result import CheckResult
from backprop_lab.exercises.sandbox import Outcome, run, run_apart
from backprop_lab.exercises.slips.rates import DEMON, RATE_ALONG, Task
from backprop_lab.exercises.stubs import is_stub

NEAR = 1e-6  # as a share of the number, and of 1e-3 where it is smaller


def check_rate_along(f: Learners) -> CheckResult:
    """Check a learner's `f(path) → rate`: the product of all rates of a path, one of those that `paths` gives."""
    return _check(RATE_ALONG, f)


def check_demon(f: Learners) -> CheckResult:
    """Check a learner's `f(case, layer, j, dz) → (promised, measured)`: δ·Δz, and how far the cost really moves."""
    return _check(DEMON, f)


def _check(task: Task, f: Learners) -> CheckResult:
    """The verdict; an error of our own must not pass for the learner's, whose errors are caught where they happen."""
    try:
        return _verdict(task, f)
    except Exception as error:
        words = f"check_{task.name} itself failed, with {type(error).__name__}: {error}. Please report it."
        return CheckResult("not judged", f"Your function was not judged: {words}")


def _verdict(task: Task, f: Learners) -> CheckResult:
    if f is ... or f is None:
        return not_attempted().shown()
    if not callable(f):
        return _not_yet(
            f"check_{task.name} must be given a function of ({task.arguments}), got an object of type"
            f" {type(f).__name__}: is it the function itself that you pass, without calling it?"
        )
    signature = run(inspect.signature, f).value
    if signature is not None and run(signature.bind, *task.tries()[0]).ending != "returned":
        return _not_yet(f"Your function must take ({task.arguments}), in this order: which arguments does yours take?")
    if run(is_stub, f).value:
        return not_attempted().shown()
    return _judge(task, f)


def _judge(task: Task, f: Learners) -> CheckResult:
    given = []
    for arguments in (*task.tries(), task.tries()[0]):
        outcome = run_apart(f, *arguments)
        if outcome.gave_up:
            return stopped(outcome, [0.0] * len(given)).shown()
        if issubclass(type(outcome.error), NotAttempted | NotImplementedError):
            return not_attempted().shown()
        answer, fault = (None, _failed(outcome)) if outcome.error else _read(task, outcome.value)
        if answer is None:
            return _not_yet(fault) if fault else not_attempted().shown()
        given.append(answer)
    *given, again = given
    if not np.allclose(again, given[0], rtol=NEAR, atol=1e-12, equal_nan=True):
        return _not_yet("Called twice with the same arguments, your function gives two answers.", "keeps-state")
    return _compare(task, np.array(given))


def _read(task: Task, value: object) -> tuple[Array | None, str]:
    """The numbers of an answer, or what is wrong with it; neither where there is still a `...`."""
    entries = list(value) if isinstance(value, tuple | list) else [value]
    if any(each is ... for each in entries):
        return None, ""
    if value is None:
        return None, "Your function gives None: does every way through it end in a return?"
    wanted = ", ".join(part.name for part in task.parts)
    if len(entries) != len(task.parts):
        came = f"{len(entries)} values" if isinstance(value, tuple | list) else f"one value, a {type(value).__name__}"
        return None, f"Your function must return {_numbers(task)}, {wanted}; it gives {came}."
    numbers = run(lambda: np.array([float(np.asarray(each, dtype=float).item()) for each in entries])).value
    if numbers is None:
        kinds = ", ".join(type(each).__name__ for each in entries)
        return None, f"Your function must return {_numbers(task)}, {wanted}; yours are of type {kinds}."
    return numbers, ""


def _numbers(task: Task) -> str:
    return "a number" if len(task.parts) == 1 else "two numbers"


def _failed(outcome: Outcome) -> str:
    told = run(lambda: f"{type(outcome.error).__name__}: {outcome.error}".split("\n")[0][:200].rstrip(" .:")).value
    line = f" in the line `{outcome.line[:120]}`" if outcome.line else ""
    hint = "A step of a path is a record: which of its fields holds the number?" if "Rate" in str(told) else ""
    return f"Your function stopped{line}, with {told}. {hint or 'Which value there is not what you take it for?'}"


def _compare(task: Task, given: Array) -> CheckResult:
    for at, part in enumerate(task.parts):
        if _agrees(given[:, at], _values(part.right, task)):
            continue
        found = (each for each in part.mistakes if _agrees(given[:, at], _values(each.wrong, task)))
        if mistake := next(found, None):
            return _not_yet(f"{mistake.says} {mistake.asks}", mistake.name)
        if len(given) > 1 and np.allclose(given[:, at], given[0, at], rtol=NEAR, atol=0):
            asks = f"which of ({task.arguments}) does it use?"
            return _not_yet(f"Your {part.name} is the same for all arguments: {asks}", "hard-coded")
        later = [each for place, each in enumerate(task.parts) if place > at]
        right = [
            each.name for place, each in enumerate(later, at + 1) if _agrees(given[:, place], _values(each.right, task))
        ]
        more = "".join(f" Your {name} is right." for name in right)
        return _not_yet(f"Your {part.name} is another number than it should be.{more}")
    return CheckResult("correct", f"Your function is right in {len(given)} cases.")


def _agrees(numbers: Array, wanted: Array) -> bool:
    return bool((np.abs(numbers - wanted) <= NEAR * np.maximum(np.abs(wanted), 1e-3)).all())


def _values(f: Callable[..., float], task: Task) -> Array:
    return np.array([f(*arguments) for arguments in task.tries()])


def _not_yet(message: str, slip: str | None = None) -> CheckResult:
    return CheckResult("not yet", message, slip)

"""Two exercises before the four equations: multiply the rates along a path, and nudge as the demon does."""

import re
from collections.abc import Callable, Sequence

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.exercises.feedback import HINTS, not_attempted, stopped, with_line, with_printed
from backprop_lab.exercises.judge import Learners, at_the_door, guarded, unfinished
from backprop_lab.exercises.known_numbers import Numbers
from backprop_lab.exercises.lines.text import code_of, line_that_says
from backprop_lab.exercises.lines.watch import Made, Watch, followed, source
from backprop_lab.exercises.parsing import WITHOUT_RETURN, came
from backprop_lab.exercises.result import CheckResult
from backprop_lab.exercises.running.sandbox import Outcome, run, run_apart
from backprop_lab.exercises.slips.rates import DEMON, RATE_ALONG, Task
from backprop_lab.exercises.verdict import Verdict, not_yet
from backprop_lab.exercises.words import listed

_SIGNS = {
    "starts-at-zero": r"^\w+ ?= ?0\.?0*$",
    "first-factor-only": r"^return\b",
    "first-factor-missing": r"\[1:\]|\brange\(1,",
    "first-factor-twice": r"^\w+ ?= ?\w+\[0\]",
    "last-factor-missing": r"\[:-1\]|- ?1\):",
}
NEAR = 1e-6  # as a share of the number, and of 1e-3 where it is smaller


def check_rate_along(f: Learners) -> CheckResult:
    """Check a learner's `f(path) → rate`: the product of all rates of a path, one of those that `paths` gives."""
    return guarded(_judged, RATE_ALONG, f).shown()


def check_demon(f: Learners) -> CheckResult:
    """Check a learner's `f(case, layer, j, dz) → (promised, measured)`: δ·Δz, and how far the cost really moves."""
    return guarded(_judged, DEMON, f).shown()


def _judged(task: Task, f: Learners) -> Verdict:
    if (told := at_the_door(task, f, task.tries()[0])) is not None:
        return told
    given = []
    for arguments in (*task.tries(), task.tries()[0]):
        outcome = run_apart(f, *arguments)
        if outcome.gave_up:
            return stopped(outcome, [0.0] * len(given))
        if unfinished(outcome):
            return not_attempted()
        answer, fault = (None, _failed(outcome)) if outcome.error else _read(task, outcome.value)
        if answer is None:
            return not_yet(with_printed(fault, outcome.printed)) if fault else not_attempted()
        given.append(answer)
    *given, again = given
    if not np.allclose(again, given[0], rtol=NEAR, atol=1e-12, equal_nan=True):
        return not_yet("Called twice with the same arguments, your function gives two answers.", "keeps-state")
    verdict = _compare(task, np.array(given))
    return with_line(verdict, _line(task, f, verdict, given), f) if verdict.status == "not yet" else verdict


def _line(task: Task, f: Learners, verdict: Verdict, answers: list[Array]) -> str | None:
    """The first that makes a number of no right way, or else one wrong in the end; that of a product by its text."""
    if not task.along or verdict.slip == "swapped-outputs":
        code = code_of(f)
        only = code[0] if len(code) == 1 and verdict.slip else None
        return line_that_says(_SIGNS.get(verdict.slip or "", "$^"), f, otherwise=only)
    right = (np.array([part.right(*each) for part in task.parts]) for each in task.tries())
    every = zip(task.tries(), answers, right, strict=True)
    arguments, given, wanted = next(each for each in every if not _near(*each[1:]).all())
    watch = Watch()
    followed(f, arguments, watch)
    made = [each for each in watch.made if each.values.size == 1]
    wrong = given[~_near(given, wanted)]
    end = next((at for at, each in enumerate(made) if np.isclose(each.values, wrong, rtol=NEAR, atol=0).any()), None)
    if end is None:
        return None
    known = Numbers(np.array(task.along(*arguments)))
    odd = next((each for each in _leading_to(made[: end + 1]) if not known.holds(each.values).all()), made[end])
    return source(odd.file, odd.number) or None


def _leading_to(made: Sequence[Made]) -> list[Made]:
    """What the last of these was made of: each has a name that a line after it says, or has none."""
    names, chain = set[str](), [made[-1]]
    for each in reversed(made[:-1]):
        names |= {*re.findall(r"\w+", source(chain[0].file, chain[0].number))}
        chain = [each, *chain] if not each.path or re.findall(r"\w+", each.path)[0] in names else chain
    return chain


def _near(numbers: Array, wanted: Array) -> Array:
    """For each whether it is right."""
    return np.abs(numbers - wanted) <= NEAR * np.maximum(np.abs(wanted), 1e-3)


def _read(task: Task, value: object) -> tuple[Array | None, str]:
    """The numbers of an answer, or what is wrong with it; neither where there is still a `...`."""
    several = isinstance(value, tuple | list) or (isinstance(value, np.ndarray) and value.ndim == 1 < len(task.parts))
    entries = list(value) if several else [value]  # pyright: ignore[reportCallIssue, reportArgumentType]
    if any(each is ... for each in entries):
        return None, ""
    if value is None:
        return None, f"Your function returns None: {WITHOUT_RETURN}?"
    asked = f"Your function must return {_numbers(task)}, {listed([f'the {part.name}' for part in task.parts])}"
    if len(entries) != len(task.parts):
        return None, f"{asked}; {came(value)}. Which value is missing, or too many?"
    outcome = run(lambda: np.array([_number(each) for each in entries]))
    numbers = outcome.value
    if isinstance(outcome.error, OverflowError):
        return None, "Your function returns a number that no float can hold. What makes it so large?"
    if numbers is None:
        kinds = listed([came(each, "").lstrip() for each in entries])
        asks = "Which of them is not one number" if len(entries) > 1 else "How does it become one number"
        return None, f"{asked}; yours {'are' if len(entries) > 1 else 'is'} {kinds}. {asks}?"
    return numbers, ""


def _number(value: object) -> float:
    values = np.asarray(value)
    if values.dtype.kind not in "biufO":  # "0.5" is text, though float reads it
        raise TypeError
    return float(values.item())


def _numbers(task: Task) -> str:
    return "a number" if len(task.parts) == 1 else "two numbers"


def _failed(outcome: Outcome) -> str:
    told = run(lambda: f"{type(outcome.error).__name__}: {outcome.error}".split("\n")[0][:200].rstrip(" .:")).value
    line = f" at the line `{outcome.line[:120]}`" if outcome.line else ""
    if re.search("Rate|Quantity", str(told)):
        asked = "A step of a path is a record: which of its fields holds the number?"
    else:
        asks = (asked for sign, _, asked in HINTS if sign in str(told))
        asked = next(asks, "Which value there is not what you think it is?")
    return f"Your function stopped{line}, with {told}. {asked}"


def _compare(task: Task, given: Array) -> Verdict:
    turned = [_agrees(given[:, -1 - at], _values(part.right, task)) for at, part in enumerate(task.parts)]
    if len(turned) > 1 and all(turned):
        names = listed([f"the {part.name}" for part in task.parts])
        return not_yet(f"Your function returns {names} in the wrong order. Which comes first?", "swapped-outputs")
    for at, part in enumerate(task.parts):
        if _agrees(given[:, at], _values(part.right, task)):
            continue
        found = (each for each in part.mistakes if _agrees(given[:, at], _values(each.wrong, task)))
        if mistake := next(found, None):
            return not_yet(f"{mistake.says} {mistake.asks}", mistake.name)
        if len(given) > 1 and np.allclose(given[:, at], given[0, at], rtol=NEAR, atol=0):
            asks = (
                f"which of ({task.arguments}) does it use" if len(task.names) > 1 else f"does it use {task.arguments}"
            )
            return not_yet(f"Your {part.name} is the same for all arguments: {asks}?", "hard-coded")
        later = [each for place, each in enumerate(task.parts) if place > at]
        right = [
            each.name for place, each in enumerate(later, at + 1) if _agrees(given[:, place], _values(each.right, task))
        ]
        more = "".join(f" Your {name} is right." for name in right)
        asks = "Work it out by hand once: which of your lines gives something else?"
        return not_yet(f"Your {part.name} is not the right number.{more} {asks}")
    return Verdict("correct", f"Your function is right in {len(given)} cases.")


def _agrees(numbers: Array, wanted: Array) -> bool:
    return bool(_near(numbers, wanted).all())


def _values(f: Callable[..., float], task: Task) -> Array:
    return np.array([f(*arguments) for arguments in task.tries()])

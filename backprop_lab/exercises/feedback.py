"""What a checker says: one or two sentences that name the symbol and ask the question that leads on."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from backprop_lab.exercises.diagnosis import listed, times
from backprop_lab.exercises.exercise import Exercise
from backprop_lab.exercises.parsing import Unreadable
from backprop_lab.exercises.result import CheckResult, not_yet
from backprop_lab.exercises.sandbox import Outcome, run
from backprop_lab.exercises.slips import Slip

_STOPPED = {  # slip and message
    "endless": (
        "endless-loop",
        "Your function was stopped, because it did not come to an end in time: what in it is repeated for ever?",
    ),
    "too deep": (
        "endless-recursion",
        "Your function calls itself again and again: in which case should it give an answer without doing so?",
    ),
    "raised": (None, "Your function was interrupted before it came to an end: what was it waiting for?"),
}


def not_attempted() -> CheckResult:
    """Say that there is nothing to check yet."""
    return CheckResult("not attempted", "Write your answer where the ... stands, then run this cell again.")


def correct(exercise: Exercise) -> CheckResult:
    """Say that it is right, and on what that rests."""
    return CheckResult(
        "correct", f"Your function gives the right {_bare(exercise.symbol)} for {len(exercise.cases)} networks."
    )


def not_a_function(exercise: Exercise, given: object) -> CheckResult:
    """Say that the checker wants the function itself."""
    return not_yet(
        f"check_{exercise.name} must be given a function of ({exercise.arguments}),"
        f" got an object of type {type(given).__name__}: is it the function itself that you pass, without calling it?"
    )


def misfit(exercise: Exercise) -> CheckResult:
    """Say which arguments the function will get."""
    count = len(exercise.names)
    return not_yet(
        f"Your function must take {count} argument{'s' * (count > 1)}, ({exercise.arguments}), in this order:"
        f" which does yours take?"
    )


def swapped_arguments(exercise: Exercise, names: Sequence[str]) -> CheckResult:
    """Say that the arguments arrive under each other's names."""
    return not_yet(
        f"Your function takes ({', '.join(names)}), but it is called with ({exercise.arguments}), in this order:"
        f" what arrives under each of your names?",
        "swapped-arguments",
    )


def stopped(ending: str) -> CheckResult:
    """Say that it did not end."""
    slip, said = _STOPPED[ending]
    return not_yet(said, slip)


def changed(exercise: Exercise, argument: str) -> CheckResult:
    """Say which argument was changed."""
    if exercise.name in ("update", "training_step") and argument in ("w", "b"):
        return not_yet(
            f"Your function changes the {argument} it was given: whoever still needs the old one has lost it."
            f" How do you make a new dict, with new arrays?",
            "same-dict",
        )
    return not_yet(
        f"Your function changes its argument {argument}, which others still need."
        f" Which line writes into it, instead of making something new?",
        "shared-state-mutated",
    )


def keeps_state(exercise: Exercise) -> CheckResult:
    """Say that two equal calls gave different answers."""
    return not_yet(
        f"Called twice with the same arguments, your function gives two different answers for {exercise.symbol}:"
        f" what does it remember from the call before, or leave to chance?",
        "keeps-state",
    )


def hard_coded(exercise: Exercise) -> CheckResult:
    """Say that the answer does not depend on the arguments."""
    return not_yet(
        f"Your function gives the same {_bare(exercise.symbol)} for every network:"
        f" which of its arguments ({exercise.arguments}) does it use?",
        "hard-coded",
    )


def slipped(exercise: Exercise, slips: Sequence[Slip]) -> CheckResult:
    """Say which slip it is; of two, both, and the question for the first."""
    said = [sentence(exercise, slip.says) for slip in slips]
    asked = sentence(exercise, slips[0].asks)
    if len(slips) == 1:
        return not_yet(f"{said[0]} {asked}", slips[0].name)
    return not_yet(
        f"Two things at once. {said[0]} Apart from that: {said[1]} The first one first: {asked}",
        f"{slips[0].name}, {slips[1].name}",
    )


def sentence(exercise: Exercise, words: str) -> str:
    """A slip's words with the exercise's own symbol, as they are shown."""
    filled = words.replace("Your {symbol}", "Your " + _bare(exercise.symbol))
    filled = filled.replace("{symbol}", exercise.symbol)
    return filled[0].upper() + filled[1:] if filled[:3] == "the" else filled


def printed(lines: int) -> str:
    """Say that what the function printed is not shown."""
    some = "line is" if lines == 1 else "lines are"
    return f" (Your function printed while it was checked; {lines:,} {some} left out.)" if lines else ""


def failed(outcome: Outcome, exercise: Exercise, arguments: Sequence[Any]) -> CheckResult:
    """Say what the call came to, if there is no answer to look at."""
    kind = type(outcome.error)
    if kind is Unreadable:
        return not_yet(str(outcome.error))
    told = run(lambda: f"{kind.__name__}: {outcome.error}")
    error = _readable((told.value or "an error").split("\n")[0], 200).rstrip(" .:")
    line = f" in the line `{_readable(outcome.line, 120)}`" if outcome.line else ""
    if issubclass(kind, ValueError | LookupError):
        given = _shapes(exercise, arguments)
        return not_yet(f"Your function stopped{line}, with {error}. It was given {given}: what does not fit there?")
    return not_yet(f"Your function stopped{line}, with {error}. What did you expect to happen there?")


def _shapes(exercise: Exercise, arguments: Sequence[Any]) -> str:
    layers = [n for n, value in zip(exercise.names, arguments, strict=True) if isinstance(value, dict)]
    arrays = [
        f"{n} of shape {times(value.shape)}"
        for n, value in zip(exercise.names, arguments, strict=True)
        if isinstance(value, np.ndarray)
    ]
    dicts = [f"{listed(layers)} with the layers 1 to {max(arguments[0])}"] if layers else []
    return listed([*dicts, *arrays])


def _bare(symbol: str) -> str:
    return symbol.removeprefix("the ")


def _readable(text: str, most: int) -> str:
    """At most so many characters, and none that moves the cursor or cannot be written."""
    shown = "".join(each if each.isprintable() else " " for each in text)
    return shown if len(shown) <= most else f"{shown[:most]} …"

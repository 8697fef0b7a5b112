"""What a checker says: one or two sentences that name the symbol and ask the question that leads on."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.exercises.exercise import Exercise, battery
from backprop_lab.exercises.reading import Answer, Unreadable
from backprop_lab.exercises.result import CheckResult
from backprop_lab.exercises.sandbox import Outcome, run
from backprop_lab.exercises.slips import Slip

_SHAPES = {  # the shape of each symbol, in words
    **dict.fromkeys(("z", "a", "δᴸ", "δˡ"), "n × m, a row for each neuron and a column for each example"),
    **dict.fromkeys(("w", "nabla_w", "∇_w"), "n_out × n_in, a row for each neuron the weights lead to"),
    **dict.fromkeys(("b", "nabla_b", "∇_b"), "n_out × 1, a column with an entry for each neuron"),
    "C": "a single number",
}
_ONLY_RIGHT: tuple[tuple[Callable[[Case], bool], str], ...] = (  # for which networks, and what to say
    (
        lambda case: case.x.shape[1] == 1,
        "for a single example, but not for several: which step treats the columns as one?",
    ),
    (
        lambda case: case.x.shape[1] > 1,
        "for several examples, but not for a single one: what does your code do with one column?",
    ),
    (
        lambda case: len(case.parameters.layers) == 2,
        "in networks of 2 layers, but not in deeper ones: which step knows of one hidden layer only?",
    ),
    (
        lambda case: len(case.parameters.layers) > 2,
        "in networks of 3 layers, but not in those of 2: which step counts on a second hidden layer?",
    ),
)
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
    return _not_yet(
        f"check_{exercise.name} must be given a function of ({exercise.arguments}),"
        f" got an object of type {type(given).__name__}: is it the function itself that you pass, without calling it?"
    )


def misfit(exercise: Exercise) -> CheckResult:
    """Say which arguments the function will get."""
    count = len(exercise.names)
    return _not_yet(
        f"Your function must take {count} argument{'s' * (count > 1)}, ({exercise.arguments}), in this order:"
        f" which does yours take?"
    )


def swapped_arguments(exercise: Exercise, names: Sequence[str]) -> CheckResult:
    """Say that the arguments arrive under each other's names."""
    return _not_yet(
        f"Your function takes ({', '.join(names)}), but it is called with ({exercise.arguments}), in this order:"
        f" what arrives under each of your names?",
        "swapped-arguments",
    )


def stopped(ending: str) -> CheckResult:
    """Say that it did not end."""
    slip, said = _STOPPED[ending]
    return _not_yet(said, slip)


def changed(exercise: Exercise, argument: str) -> CheckResult:
    """Say which argument was changed."""
    if exercise.name in ("update", "training_step") and argument in ("w", "b"):
        return _not_yet(
            f"Your function changes the {argument} it was given: whoever still needs the old one has lost it."
            f" How do you make a new dict, with new arrays?",
            "same-dict",
        )
    return _not_yet(
        f"Your function changes its argument {argument}, which others still need."
        f" Which line writes into it, instead of making something new?",
        "shared-state-mutated",
    )


def keeps_state(exercise: Exercise) -> CheckResult:
    """Say that two equal calls gave different answers."""
    return _not_yet(
        f"Called twice with the same arguments, your function gives two different answers for {exercise.symbol}:"
        f" what does it remember from the call before, or leave to chance?",
        "keeps-state",
    )


def hard_coded(exercise: Exercise) -> CheckResult:
    """Say that the answer does not depend on the arguments."""
    return _not_yet(
        f"Your function gives the same {_bare(exercise.symbol)} for every network:"
        f" which of its arguments ({exercise.arguments}) does it use?",
        "hard-coded",
    )


def slipped(exercise: Exercise, slips: Sequence[Slip]) -> CheckResult:
    """Say which slip it is; of two, both, and the question for the first."""
    said = [sentence(exercise, slip.says) for slip in slips]
    asked = sentence(exercise, slips[0].asks)
    if len(slips) == 1:
        return _not_yet(f"{said[0]} {asked}", slips[0].name)
    return _not_yet(
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
        return _not_yet(str(outcome.error))
    told = run(lambda: f"{kind.__name__}: {outcome.error}")
    error = _readable((told.value or "an error").split("\n")[0], 200).rstrip(" .:")
    line = f" in the line `{_readable(outcome.line, 120)}`" if outcome.line else ""
    if issubclass(kind, ValueError | LookupError):
        given = _shapes(exercise, arguments)
        return _not_yet(f"Your function stopped{line}, with {error}. It was given {given}: what does not fit there?")
    return _not_yet(f"Your function stopped{line}, with {error}. What did you expect to happen there?")


def judged(exercise: Exercise, answers: Sequence[Answer], right: Sequence[Answer]) -> CheckResult:
    """Say what is wrong with answers that no known slip gives: first their form, then their numbers."""
    for answer, wanted in zip(answers, right, strict=True):
        said = _layers(answer, wanted) or next(filter(None, (_form(n, answer[n], wanted[n]) for n in wanted)), None)
        if said:
            return _not_yet(said)
    return _numbers(exercise, answers, right)


def _layers(answer: Answer, wanted: Answer) -> str | None:
    missing, extra = [n for n in wanted if n not in answer], [n for n in answer if n not in wanted]
    if missing:
        there = f"; there is {_list(extra)}" if extra else ""
        return f"{_list(missing)} must be there, and {_is(missing)} not{there}. Which layers does your loop visit?"
    if extra:
        return f"There is {_list(extra)}, which no layer of the network has. Which layers does your loop visit?"
    return None


def _form(name: str, values: np.ndarray, wanted: np.ndarray) -> str | None:
    if values.shape != wanted.shape:
        size = f" = {_times(wanted.shape)}" if wanted.ndim else ""
        came = f"flat, with {values.size} entries" if values.ndim == 1 else _times(values.shape) or "a single number"
        words = _SHAPES[name.split("[", maxsplit=1)[0]]
        first, _, rest = words.partition(",")
        return f"{name} must be {first}{size}{',' * bool(rest)}{rest}; yours is {came}. Which step gave it that shape?"
    if not np.isfinite(values.astype(float)).all():
        what = "NaN" if np.isnan(values.astype(float)).any() else "infinity"
        return f"{name} contains {what}. Which step divides by zero, or takes e to a very large power?"
    if values.dtype.kind in "biu":
        return f"{name} holds whole numbers only. What happens to decimals that are stored in an array of integers?"
    return None


def _numbers(exercise: Exercise, answers: Sequence[Answer], right: Sequence[Answer]) -> CheckResult:
    symbol = exercise.symbol
    values, wanted = (np.concatenate([e.ravel() for each in all_ for e in each.values()]) for all_ in (answers, right))
    off = np.abs(values - wanted) > 1e-6 * np.abs(wanted)
    if not off.any() or (np.abs(values - wanted) <= 1e-4 * np.abs(wanted)).all():
        return _not_yet(
            f"{symbol} is nearly right, to a few digits: where does precision get lost, in a difference quotient, by"
            f" rounding, or in numbers stored too short?",
            "nearly-right",
        )
    factor = float(np.vdot(wanted, values) / np.vdot(wanted, wanted))
    if factor and np.allclose(values, factor * wanted, rtol=1e-6):
        return _not_yet(
            f"{symbol} is {factor:.6g} times what it should be, everywhere: where does the factor come from?"
        )
    return _not_yet(_where(exercise, answers, right, off))


def _where(exercise: Exercise, answers: Sequence[Answer], right: Sequence[Answer], off: np.ndarray) -> str:
    symbol, fine = exercise.symbol, [_near(answer, wanted) for answer, wanted in zip(answers, right, strict=True)]
    for kind, said in _ONLY_RIGHT if len(right[0]) > 1 else _ONLY_RIGHT[:2]:
        if fine == [kind(network) for network in battery()]:
            return f"{symbol} is right {said}"
    at = fine.index(False)
    good = [n for n in right[at] if _near({n: answers[at][n]}, {n: right[at][n]})]
    bad = [n for n in right[at] if n not in good]
    if good:
        return (
            f"In a network with {_most(right[at])} layers {_list(good)} {_is(good)} right, {_list(bad)} {_is(bad)} not."
            f" Which step do only the wrong ones pass through?"
        )
    if off.size == len(right):
        return (
            f"{symbol} is a single number, but not the right one yet for {off.sum()} of {off.size} networks:"
            f" what does it come to by hand, for one example?"
        )
    if off.all():
        return f"{symbol} has the right shape, but no entry is right yet: what does one of them come to by hand?"
    return (
        f"{symbol} has the right shape, but {off.sum()} of {off.size} entries are not right yet:"
        f" what do these have in common?"
    )


def _shapes(exercise: Exercise, arguments: Sequence[Any]) -> str:
    layers = [n for n, value in zip(exercise.names, arguments, strict=True) if isinstance(value, dict)]
    arrays = [
        f"{n} of shape {_times(value.shape)}"
        for n, value in zip(exercise.names, arguments, strict=True)
        if isinstance(value, np.ndarray)
    ]
    dicts = [f"{_list(layers)} with the layers 1 to {max(arguments[0])}"] if layers else []
    return _list([*dicts, *arrays])


def _near(answer: Answer, wanted: Answer) -> bool:
    return all(np.allclose(answer[name], wanted[name], rtol=1e-6, atol=1e-12) for name in wanted)


def _most(answer: Answer) -> int:
    return len({name.split("[")[1] for name in answer if "[0]" not in name})


def _not_yet(message: str, slip: str | None = None) -> CheckResult:
    return CheckResult("not yet", message[0].upper() + message[1:] if message.startswith("the ") else message, slip)


def _bare(symbol: str) -> str:
    return symbol.removeprefix("the ")


def _readable(text: str, most: int) -> str:
    """At most so many characters, and none that moves the cursor or cannot be written."""
    shown = "".join(each if each.isprintable() else " " for each in text)
    return shown if len(shown) <= most else f"{shown[:most]} …"


def _times(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))


def _list(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"

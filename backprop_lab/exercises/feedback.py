"""What a checker says: one or two sentences that name the symbol and ask the question that leads on."""

import inspect
import platform
import re
import traceback
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from backprop_lab.exercises.claims import Claim, Evidence, close_to
from backprop_lab.exercises.exercise import STEPS, Exercise
from backprop_lab.exercises.factors import Formula
from backprop_lab.exercises.networks import trials
from backprop_lab.exercises.parsing import WITHOUT_RETURN, Unreadable
from backprop_lab.exercises.recognition import Found, Suspect, fits_one, wrong_answer
from backprop_lab.exercises.running.sandbox import Outcome, run
from backprop_lab.exercises.slips import TABLE
from backprop_lab.exercises.slips.rates import Task
from backprop_lab.exercises.verdict import Verdict, not_yet
from backprop_lab.exercises.words import listed, times

_STOPPED = {  # slip and message
    "endless": (
        "endless-loop",
        "Your function was stopped because it did not finish in time: what in it repeats forever?",
    ),
    "slow": (
        "too-slow",
        "Your function was stopped {after}. Does something in it repeat forever, is it waiting for something, or is"
        " it slow?",
    ),
    "lost": (
        "does-not-come-back",
        "Your function was abandoned {after}, because a single call in it did not return: what is that call waiting"
        " for?",
    ),
    "too deep": (
        "endless-recursion",
        "Your function calls itself again and again: in which case should it return an answer without doing so?",
    ),
    "raised": (None, "Your function was interrupted before it finished: what was it waiting for?"),
}


HINTS = (  # what an error contains, the slip, and the question
    ("bitwise_xor", "caret-not-power", "In Python, ^ compares bits: which operator raises to a power?"),
    (
        "unsupported operand type(s) for ^",
        "caret-not-power",
        "In Python, ^ compares bits: which operator raises to a power?",
    ),
    ("unexpected keyword argument", "wrong-arguments", "How does that function spell the argument?"),
    ("does not have enough dimensions", "not-a-table",
     "What is on each side of @: an array, a single number, or a method without its brackets?"),
    *((f"'{kind}' object is not callable", "called-not-indexed",
       f"Round brackets call a function: which brackets take an entry out of a {kind}?")
      for kind in ("tuple", "dict", "list")),
    *((sign, "dict-not-array", "A dict has no arithmetic: which of its arrays do you mean?")
      for sign in ("and 'dict'", "unary -: 'dict'", "=: 'dict'", *(f"for {each}: 'dict'" for each in "*-+@/"))),
    ("is not defined", "name-not-defined", "Where should that name get its value, and is it spelled the same there?"),
    ("not callable", "called-not-multiplied", "Is an operator missing between a name and a bracket?"),
    ("positional argument", "wrong-arguments", "Which arguments does that function take, and which of them by name?"),
    ("has no attribute", "no-attribute", "Is the value before the dot what you think it is?"),
    ("referenced before assignment", "no-value-yet", "On which path through your code does that name get a value?"),
    ("not associated with a value", "no-value-yet", "On which path through your code does that name get a value?"),
)  # fmt: skip


_SIGNATURE = re.compile(r", with gufunc signature \S+|gufunc core with signature \S+ ")  # only NumPy's authors read it


def not_attempted() -> Verdict:
    """Say that there is nothing to check yet."""
    return Verdict("not attempted", "Write your answer in place of the ..., then run this cell again.")


def correct(exercise: Exercise) -> Verdict:
    """Say that it is right, and on what that rests."""
    return Verdict("correct", f"Your function gives the right {_bare(exercise.symbol)} for {len(trials())} networks.")


def not_a_function(exercise: Exercise | Task, given: object) -> Verdict:
    """Say that the checker wants the function itself."""
    return not_yet(
        f"check_{exercise.name} must be given a function of ({exercise.arguments}),"
        f" got an object of type {type(given).__name__}: are you passing the function itself, without calling it?"
    )


def misfit(exercise: Exercise | Task) -> Verdict:
    """Say which arguments the function will get."""
    count = len(exercise.names)
    return not_yet(
        f"Your function must take {count} argument{'s' * (count > 1)}, ({exercise.arguments}), in this order:"
        f" which ones does yours take?"
    )


def swapped_arguments(exercise: Exercise, names: Sequence[str]) -> Verdict:
    """Say that the arguments arrive under each other's names."""
    return not_yet(
        f"Your function takes ({', '.join(names)}), but it is called with ({exercise.arguments}), in this order:"
        f" which value arrives under each of your names?",
        "swapped-arguments",
    )


def stopped(outcome: Outcome, seconds_before: Sequence[float]) -> Verdict:
    """Say that it did not end, and when."""
    if seconds_before and outcome.ending in ("slow", "lost"):
        calls, total = len(seconds_before) + 1, sum(seconds_before) + outcome.seconds
        return not_yet(
            f"Your function is too slow to be checked: {calls} calls on small networks took {total:.0f} seconds, where"
            f" a right one takes a hundredth of one. What does it do so often, or what is it waiting for?",
            "too-slow",
        )
    slip, said = _STOPPED[outcome.ending]
    return not_yet(said.format(after=f"after {outcome.seconds:.0f} seconds"), slip)


def changed(exercise: Exercise, argument: str) -> Verdict:
    """Say which argument was changed."""
    if exercise.name in STEPS and argument in ("w", "b"):
        return not_yet(
            f"Your function changes the {argument} it was given, and the old one is lost."
            f" How do you make a new dict with new arrays?",
            "same-dict",
        )
    return not_yet(
        f"Your function changes its argument {argument}, which is still needed elsewhere."
        f" Which line writes to it instead of making something new?",
        "shared-state-mutated",
    )


def keeps_state(exercise: Exercise) -> Verdict:
    """Say that two equal calls gave different answers."""
    return not_yet(
        f"Called twice with the same arguments, your function gives two different answers for {exercise.symbol}:"
        f" what does it remember from the call before, or leave to chance?",
        "keeps-state",
    )


def checker_failed(exercise: Exercise | Task, error: Exception) -> Verdict:
    """Say that nothing was found out, and what to report."""
    at = traceback.extract_tb(error.__traceback__)[-1]
    told = run(lambda: f"{type(error).__name__}: {error}").value or "an error without words"
    what = _readable(told, 160).rstrip(" .:")
    ours = run(version, "backprop_lab").value or "from a folder"
    versions = f"Python {platform.python_version()}, NumPy {np.__version__}, backprop_lab {ours}"
    return Verdict(
        "not judged",
        f"The checker itself failed, which says nothing about your function. Please report it, with this line:"
        f" check_{exercise.name}, {what}, in line {at.lineno} of {Path(at.filename).name} ({versions}).",
        "checker-failed",
    )


def hard_coded(exercise: Exercise) -> Verdict:
    """Say that the answer does not depend on the arguments."""
    return not_yet(
        f"Your function gives the same {_bare(exercise.symbol)} for every network:"
        f" which of its arguments ({exercise.arguments}) does it use?",
        "hard-coded",
        (_always_the_same,),
    )


def _always_the_same(evidence: Evidence) -> bool:
    """Whether there is one answer to all networks."""
    first, *others = (evidence.given(each) or {} for each in evidence.trials)
    return all(
        first.keys() == other.keys() and all(np.array_equal(first[name], other[name]) for name in first)
        for other in others
    )


def slipped(exercise: Exercise, suspect: Suspect, evidence: Evidence, factor: Formula | None = None) -> Verdict:
    """Say which slip it is; of several, all, and the question for the first."""
    found = suspect.found
    deeds = [_deed(exercise, each) for each in found]
    claims: list[Claim] = [partial(explained, exercise.name, suspect, factor)]
    names = [named(each) for each in found]
    if factor:
        deeds.append(
            "Everything has the opposite sign."
            if factor.words == "−1"
            else f"Everything is multiplied by {factor.words}."
        )
        names.append("constant-factor")
    elif len(found) == 1 and _holds(found[0], evidence):
        deeds = [sentence(symbol(exercise, found[0]), found[0].slip.says)]
        claims += [found[0].slip.holds] if found[0].slip.holds and not found[0].places else []
    asked = sentence(symbol(exercise, found[0]), found[0].slip.asks)
    if len(deeds) > 1:
        many = ("Two", "Three", "Four")[len(deeds) - 2]
        each = " ".join(map(": ".join, zip(("First", "Second", "Third", "Fourth"), deeds, strict=False)))
        message = f"{many} things are wrong. {each} Start with the first: {asked}"
    else:
        message = f"{deeds[0]} {asked}"
    return not_yet(message, ", ".join(names), tuple(claims), (places_of(suspect),))


def with_line(verdict: Verdict, line: str | None, f: object) -> Verdict:
    """The verdict with the line; a function of one line needs no help to find it, if it is in that function."""
    if not line:
        return verdict
    shown = _readable(line.split("#")[0].strip(), 90)
    known = (_is_one_line(f) and line in (run(inspect.getsource, f).value or line)) or f"`{shown}`" in verdict.message
    said = "" if known else f" The first line to look at: `{shown}`"
    return replace(verdict, message=verdict.message + said, line=line)


def _is_one_line(f: object) -> bool:
    code = getattr(run(inspect.unwrap, f).value or f, "__code__", None)
    return code is not None and len({line for _, _, line in code.co_lines() if line} - {code.co_firstlineno}) <= 1


def _holds(found: Found, evidence: Evidence) -> bool:
    """Whether the property that the slip's words claim is there; inside backprop they claim none."""
    return bool(found.places) or not found.slip.holds or found.slip.holds(evidence)


def explained(name: str, suspect: Suspect, factor: Formula | None, evidence: Evidence) -> bool:
    """Whether the answers are those of the wrong function, on every network, but for the factor."""
    if not factor:
        return all(fits_one(name, suspect, trial, evidence.given(trial)) for trial in evidence.trials)
    pairs = ((evidence.given(each), wrong_answer(name, suspect, each), each.case) for each in evidence.trials)
    return all(
        (answer is None) == (wrong is None)
        and (answer is None or wrong is None or close_to(answer, wrong, factor.value(case)))
        for answer, wrong, case in pairs
    )


def places_of(suspect: Suspect) -> frozenset[str]:
    """The parts that are wrong, those of an equation as `bp2.carry`."""
    return frozenset(
        f"{part}.{inner}" if inner else part
        for part, change in suspect.changes.items()
        for inner in (change if isinstance(change, dict) else [""])
    )


def named(found: Found) -> str:
    """The slip's name; inside backprop with the place, where there are two for it."""
    own, where = found.slip, found.places
    if where in _SUFFIX and {"bp1", "bp2"} <= set(own.exercises.split()):
        return f"{own.name}-{_SUFFIX[where]}"
    if where in _PREFIX and own.name in _IN_BOTH_GRADIENTS:
        return f"{_PREFIX[where]}-{own.name}"
    return own.name


_SUFFIX: dict[tuple[str, ...], str] = {("bp1",): "output", ("bp2",): "hidden", ("bp1", "bp2"): "everywhere"}
_PREFIX: dict[tuple[str, ...], str] = {("bp3",): "bias", ("bp4",): "weight"}
_IN_BOTH_GRADIENTS = set.intersection(
    *({slip.name for slip in TABLE if place in slip.exercises.split()} for place in ("bp3", "bp4"))
)
_SYMBOLS: dict[tuple[str, ...], str] = {
    ("bp1",): "δᴸ",
    ("bp2",): "δˡ of the hidden layers",
    ("bp1", "bp2"): "δ of every layer",
    ("bp3",): "∇_b",
    ("bp4",): "∇_w",
    ("bp3", "bp4"): "the gradient",
    ("forward",): "the forward pass",
}


def symbol(exercise: Exercise, found: Found) -> str:
    """What a slip's words are about."""
    return _SYMBOLS.get(found.places, exercise.symbol)


def _deed(exercise: Exercise, found: Found) -> str:
    return sentence(symbol(exercise, found), found.slip.deed or found.slip.says)


def sentence(about: str, words: str) -> str:
    """A slip's words with the symbol they are about, as they are shown."""
    filled = words.replace("Your {symbol}", "Your " + _bare(about)).replace("{symbol}", about)
    return filled[0].upper() + filled[1:] if filled[:3] == "the" else filled


def with_printed(message: str, lines: int) -> str:
    """Say that what the function printed is not shown, and is no answer."""
    some = "line is" if lines == 1 else "lines are"
    said = message.replace(WITHOUT_RETURN, f"{WITHOUT_RETURN} (print only shows a value)")
    return f"{said} (Your function printed while it was checked; {lines:,} {some} left out.)" if lines else message


def failed(outcome: Outcome, exercise: Exercise, arguments: Sequence[Any], late: str = "") -> Verdict:
    """Say what the call came to, if there is no answer to look at; `late`: what it looked up after its loop."""
    kind = type(outcome.error)
    if kind is Unreadable:
        return not_yet(str(outcome.error))
    told = run(lambda: f"{kind.__name__}: {outcome.error}")
    error = _readable(_SIGNATURE.sub("", (told.value or "an error").split("\n")[0]), 200).rstrip(" .:")
    line = f" at the line `{_readable(outcome.line, 120)}`" if outcome.line else ""
    if late and not issubclass(kind, NameError):
        asked = f"A function that is made in a loop looks {late} up when it is called: what is {late} by then?"
        return not_yet(f"Your function stopped{line}, with {error}. {asked}", "looked-up-late")
    for sign, slip, asked in HINTS:
        if sign in error:
            return not_yet(f"Your function stopped{line}, with {error}. {asked}", slip)
    if issubclass(kind, ValueError | LookupError):
        given = _shapes(exercise, arguments)
        asks = (
            "which key is asked for there, and which are in that dict"
            if kind is KeyError
            else "what does not fit there"
        )
        return not_yet(f"Your function stopped{line}, with {error}. It was given {given}: {asks}?")
    return not_yet(f"Your function stopped{line}, with {error}. Which value there is not what you think it is?")


def _shapes(exercise: Exercise, arguments: Sequence[Any]) -> str:
    layers = [n for n, value in zip(exercise.names, arguments, strict=True) if isinstance(value, dict)]
    arrays = [
        f"{n} of shape {times(value.shape)}"
        for n, value in zip(exercise.names, arguments, strict=True)
        if isinstance(value, np.ndarray)
    ]
    first = next((value for value in arguments if isinstance(value, dict)), {})
    dicts = [f"{listed(layers)} with layers {min(first)} to {max(first)}"] if layers else []
    lists = [
        f"{n}, a list of {len(value)}" for n, value in zip(exercise.names, arguments, strict=True)
        if isinstance(value, list)
    ]  # fmt: skip
    return listed([*dicts, *lists, *arrays])


def _bare(symbol: str) -> str:
    return symbol.removeprefix("the ")


def _readable(text: str, most: int) -> str:
    """At most so many characters, none that moves the cursor or cannot be written, and none that ends a `code`."""
    shown = "".join(each if each.isprintable() else " " for each in text).replace("`", "'")
    return shown if len(shown) <= most else f"{shown[:most]} …"

"""Lines that are found by what was said: where whole numbers begin, what counts rows, what writes to an argument."""

import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

import numpy as np

from backprop_lab.exercises.exercise import Exercise
from backprop_lab.exercises.known_numbers import Numbers
from backprop_lab.exercises.lines import Watch, followed, source
from backprop_lab.exercises.networks import watched
from backprop_lab.exercises.recognition import attempt

_COUNTS = re.compile(r"\blen\((?!w\b|b\b|weights|biases|layers|sizes)|\.shape\[0\]")
_LEAVES_OUT = re.compile(r"range\(1,|-\s?1\)|\[(:, )?1:\]|\[(:, )?:-1\]")


def line_by_slip(slip: str | None, exercise: Exercise, f: Callable[..., Any]) -> str | None:
    """The line, for what is said by this name; None where it is to be looked for by its numbers."""
    look = _LOOKS.get(slip or "")
    return look and look(exercise, f)


def line_that_counts(f: Callable[..., Any]) -> str | None:
    """The line of a function that counts rows, or arrays, if there is one only."""
    return _only_line(f, _COUNTS)


def line_that_counts_rows(f: Callable[..., Any]) -> str | None:
    """The line that counts the rows of x or y, if there is one only, and nothing is transposed."""
    turned = re.search(r"\.T\b|transpose", attempt(lambda: inspect.getsource(f)) or "")
    return None if turned else _only_line(f, re.compile(r"\blen\([xy]\)|\b[xy]\.shape\[0\]"))


def line_of_batches_loop(f: Callable[..., Any]) -> str | None:
    """The head of the loop over mini-batches, if there is one only."""
    return _only_line(f, re.compile(r"^\s*for\b.*batch"))


def _only_line(f: Callable[..., Any], pattern: re.Pattern[str]) -> str | None:
    lines = (attempt(lambda: inspect.getsource(f)) or "").splitlines()[1:]
    found = [line.split("#")[0].strip() for line in lines if pattern.search(line.split("#")[0])]
    return found[0] if len(found) == 1 else None


def line_that_changes(f: Callable[..., Any], arguments: Sequence[Any], untouched: Callable[[], bool]) -> str | None:
    """The first line after which its arguments are not what they were."""
    open_: dict[int, int] = {}
    found: list[str] = []

    def observe(frame: FrameType, event: str, value: Any) -> None:
        if event != "call" and not found and not untouched():
            found.append(source(frame.f_code.co_filename, open_.get(id(frame), frame.f_lineno)))
        open_[id(frame)] = frame.f_lineno

    followed(f, arguments, observe)
    return (found[0] or None) if found else None


def _line_that_leaves_out(_exercise: Exercise, f: Callable[..., Any]) -> str | None:
    """The line with a range, or a part of an array, that leaves out its first or last entry, if there is one only."""
    return _only_line(f, _LEAVES_OUT)


def _line_of_whole_numbers(exercise: Exercise, f: Callable[..., Any]) -> str | None:
    whole = _Whole()
    followed(f, exercise.inputs(watched()[0]), whole)
    return whole.line or None


@dataclass
class _Whole:
    """Notes the first line that makes a table of whole numbers, perhaps within a dict."""

    line: str = ""
    _open: dict[int, int] = field(default_factory=dict)

    def __call__(self, frame: FrameType, event: str, value: Any) -> None:
        """A trace function's arguments, for frames of the learner's."""
        some = [*frame.f_locals.values(), value]
        tables = (each for one in some for each in (one.values() if isinstance(one, dict) else (one,)))
        if not self.line and any(map(_is_whole_table, tables)):
            self.line = source(frame.f_code.co_filename, self._open.get(id(frame), frame.f_lineno))
        self._open[id(frame)] = frame.f_lineno


def _is_whole_table(value: Any) -> bool:
    if not isinstance(value, np.ndarray) or value.ndim != 2 or value.dtype.kind == "b":
        return False
    return value.dtype.kind in "iu" or bool((value == np.round(value)).all() and not Numbers.plain(value))


def _line_that_writes_a_to_z(exercise: Exercise, f: Callable[..., Any]) -> str | None:
    """The first line that puts the numbers of a under the name that is returned as z."""
    watch, trial = Watch(), watched()[0]
    followed(f, exercise.inputs(trial), watch)
    name = re.match(r"return \(?(?:dict\(enumerate\()?(\w+)", watch.last)
    a = trial.case.forward_pass.a[1].ravel()
    made = [source(each.file, each.number) for each in watch.made
            if each.values.shape == a.shape and np.allclose(each.values, a)]  # fmt: skip
    under = rf"{name[1]}\b.*(?<![=!<>])=|{name[1]}\.(append|update)\(" if name else "$^"
    return next((line for line in made if re.match(under, line)), None)


_LOOKS: dict[str, Callable[[Exercise, Callable[..., Any]], str | None]] = {
    "whole-numbers": _line_of_whole_numbers,
    "z-overwritten": _line_that_writes_a_to_z,
    "m-from-wrong-axis": lambda exercise, f: line_that_counts(f),
    **dict.fromkeys(
        ("first-example-missing", "last-example-missing", "one-example-missing", "first-path-missing",
         "last-path-missing", "neuron-dropped"),
        _line_that_leaves_out,
    ),
    "divided-by-n": lambda exercise, f: line_that_counts(f),
}  # fmt: skip

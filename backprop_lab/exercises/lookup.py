"""Finds, among thousands of answers, those that may equal a given one, without comparing all their entries."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.exercises.parsing import Answer

Form = tuple[tuple[str, tuple[int, ...]], ...]  # the names of an answer, with the shape of each


@dataclass(frozen=True)
class Table:
    """Answers by form; of each its place in the row, one number made of all entries, and how large these are."""

    rows: dict[Form, tuple[Array, Array, Array]]

    def like(self, answer: Answer, tolerance: float) -> list[int]:
        """The places of those that may agree with the answer to a share of their largest entries."""
        places, numbers, sizes = self.rows.get(_form(answer), (np.empty(0, int), np.empty(0), np.empty(0)))
        near = np.abs(numbers - _number(answer)) <= 1.01 * tolerance * sizes
        return places[near | ~np.isfinite(numbers)].tolist()


def table(answers: Iterable[Answer | None]) -> Table:
    """A table of answers, in their order; what failed has no place in it."""
    found: dict[Form, list[tuple[int, Array]]] = {}
    for place, answer in enumerate(answers):
        if answer is not None:
            found.setdefault(_form(answer), []).append((place, _row(answer)))
    return Table({form: _columns(form, *zip(*some, strict=True)) for form, some in found.items()})


def direction(answer: Answer) -> Answer:
    """The answer at length 1, with the sign that makes two answers equal which differ by a factor only."""
    length = float(np.sqrt(sum(float(np.vdot(values, values).real) for values in answer.values())))
    by = np.float64(length if _number(answer) >= 0 else -length)
    return {name: values / by for name, values in answer.items()}


def _form(answer: Answer) -> Form:
    return tuple(sorted((name, values.shape) for name, values in answer.items()))


def _row(answer: Answer) -> Array:
    """All entries, by the names of their arrays."""
    return np.concatenate([answer[name].ravel() for name in sorted(answer)] or [np.empty(0)])


def _number(answer: Answer) -> float:
    """All entries added up, each with a weight of its own between −1 and 1."""
    row = _row(answer)
    return float(row @ _weights(len(row)))


@cache
def _weights(length: int) -> Array:
    return np.sin(np.arange(1, length + 1))


def _columns(form: Form, places: Sequence[int], rows: Sequence[Array]) -> tuple[Array, Array, Array]:
    """Places, numbers, and how much each number can move when every entry moves by the largest of its array."""
    entries = np.array(rows)
    ends = np.cumsum([math.prod(shape) for _, shape in form], dtype=int)
    arrays = np.split(np.abs(entries), ends[:-1], axis=1)
    sizes = sum((array.shape[1] * array.max(axis=1, initial=0) for array in arrays), np.zeros(len(rows)))
    return np.array(places), entries @ _weights(entries.shape[1]), sizes

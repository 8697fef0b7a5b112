"""The numbers a right pass is made of, and those that a slip makes in their place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np

from backprop_lab.activations import Array, sigmoid
from backprop_lab.cases import Case
from backprop_lab.exercises import reference
from backprop_lab.exercises.exercise import STEPS, Exercise
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.recognition import Suspect, attempt, right_answer, wrong_answer

_NEAR = 1e-9  # as a share
_PLAIN = np.array([0.0, 0.25, 0.5, 1.0, 2.0, 3.0, 4.0])  # stand for themselves


@dataclass(frozen=True)
class Numbers:
    """A set of numbers, signs apart."""

    values: Array

    def __post_init__(self) -> None:
        """Keep them in order."""
        found = np.abs(self.values[np.isfinite(self.values)])
        object.__setattr__(self, "values", np.unique(found))

    def holds(self, values: Array) -> Array:
        """For each whether it is there; plain numbers always are."""
        values, known = np.abs(np.ravel(values)), self._known
        at = np.clip(np.searchsorted(known, values), 1, len(known) - 1)
        nearest = np.minimum(np.abs(known[at] - values), np.abs(known[at - 1] - values))
        return nearest <= _NEAR * np.maximum(values, 1e-6)

    @cached_property
    def _known(self) -> Array:
        return np.union1d(self.values, _PLAIN)

    @staticmethod
    def are_plain(values: Array) -> Array:
        """For each whether it stands for itself."""
        return _NONE.holds(values)

    @staticmethod
    def plain(values: Array) -> bool:
        """Whether all of them stand for themselves."""
        return bool(Numbers.are_plain(values).all())

    def contains_all(self, values: Array) -> bool:
        """Whether all are there, and not only plain ones."""
        return bool(self.holds(values).all()) and not Numbers.plain(values)

    def contains_any(self, values: Array) -> bool:
        """Whether one is there that is not plain."""
        return bool((self.holds(values) & ~_NONE.holds(values)).any())

    def joined(self, values: Array) -> "Numbers":
        """These and others."""
        return Numbers(np.concatenate([self.values, np.ravel(values)]))

    def without(self, others: "Numbers") -> "Numbers":
        """Those that are not among the others."""
        return Numbers(self.values[~others.holds(self.values)])


_NONE = Numbers(np.empty(0))


@cache
def right_numbers(exercise: Exercise, trial: Trial) -> Numbers:
    """Everything that may come up on the way to a right answer, the learning rate too."""
    right = right_answer(exercise.name, trial)
    some = [np.ravel(each) for each in (*_of(trial.case), *right.values())]
    some += [np.ravel(each) for each in _arrays(exercise.inputs(trial))]
    measured = [*right.values()]
    if exercise.name in STEPS:
        given = exercise.inputs(trial)
        gradients = [*_arrays(given[2:4] if exercise.name == "update" else _gradient(trial))]
        some += [np.ravel(rate * each) for each in gradients for rate in (given[-1], 1.0)]
        measured += gradients
    some += [np.ravel(each) for each in _lengths(measured)]
    plain = np.concatenate(some)
    m = trial.case.x.shape[1]
    some = (plain, plain / m, plain * m, plain * trial.rate, plain * trial.rate / m, _rate(exercise, trial))
    return Numbers(np.concatenate(some))


@cache
def of_some_examples(trial: Trial) -> Numbers:
    """What the gradients of some of the examples are made of, for each run of neighbors."""
    case, m = trial.case, trial.case.x.shape[1]
    parts = [slice(start, stop) for start in range(m) for stop in range(start + 1, m + 1)]
    cases = (Case(case.parameters, case.x[:, some], case.y[:, some]) for some in parts)
    return Numbers(np.concatenate([np.ravel(each) for some in cases for each in _of(some)]))


def _lengths(arrays: list[Array]) -> Iterator[Array]:
    """How long arrays, their rows and their columns are, and several together: no mistake by themselves."""
    for each in arrays:
        yield from (np.linalg.norm(each, axis=axis) for axis in (*range(each.ndim), None))
    half = len(arrays) // 2
    for several in (arrays, arrays[:half], arrays[half:]):
        yield np.asarray(np.linalg.norm(np.concatenate([np.ravel(each) for each in several] or [np.empty(0)])))


@cache
def input_numbers(exercise: Exercise, trial: Trial) -> Numbers:
    """What the function is given."""
    arrays = [np.ravel(each) for each in _arrays(exercise.inputs(trial))]
    return Numbers(np.concatenate([*arrays, _rate(exercise, trial)]))


def _rate(exercise: Exercise, trial: Trial) -> Array:
    """The learning rate, of exercises that have one."""
    return np.array([float(each) for each in exercise.inputs(trial) if isinstance(each, float)])


def wrong_numbers(exercise: Exercise, suspect: Suspect, trial: Trial) -> list[Array]:
    """What the wrong function makes at its stages where it differs from the right one, the first first."""
    parts: list[tuple[str, Array]] = []
    made = stages_of(exercise, _recorded(suspect.changes, parts), trial)
    right = stages_of(exercise, {}, trial)
    stages = [each for name, each in made.items() if not same(each, right.get(name))]
    if "skips" in suspect.changes:  # an error that no line makes: it is there already
        stages = [each for each in stages if not any(same(each, other) for other in right.values())]
    if not made:
        attempt(lambda: exercise.reference(*exercise.inputs(trial), **_recorded(suspect.changes, parts)))
    answer, wanted = wrong_answer(exercise.name, suspect, trial) or {}, right_answer(exercise.name, trial)
    ends = [values for name, values in answer.items() if not same(values, wanted.get(name))]
    right_ones = right_numbers(exercise, trial)
    new = [each for name, each in parts if name != "factor" or not right_ones.contains_all(each)]
    some = (each for each in (*new, *stages, *ends) if each.dtype.kind == "f" and np.isfinite(each).all())
    return [each for each in some if not Numbers.plain(each) or len(np.unique(each)) > 1]


def _recorded(changes: Any, made: list[tuple[str, Array]]) -> dict[str, Any]:
    """The changes, with every part that makes numbers noting what it makes."""

    def noting(name: str, part: Any) -> Any:
        def note(*given: Any) -> Any:
            value = part(*given)
            made.extend([(name, value)] if isinstance(value, np.ndarray) else [])
            return value

        return note

    quiet = {
        "take",
        "arrange",
        "deliver",
        "finish",
        "moves",
        "batches",
        "rounds",
        "pick",
        "skips",
        "onward",
        "activation",
        "source",
        "bias",
        "activate",
    }
    quiet |= {"hidden", "output", "weight", "at_output", "at_hidden", "sent", "kept", "along"}
    inner = {name: _recorded(part, made) for name, part in changes.items() if isinstance(part, dict)}
    loud = {name: noting(name, part) for name, part in changes.items() if callable(part) and name not in quiet}
    return {**changes, **inner, **loud}


def same(one: Array, other: Array | None) -> bool:
    """The same shape and the same numbers."""
    return other is not None and one.shape == other.shape and bool(np.allclose(one, other, rtol=_NEAR, atol=0))


def alike(one: Array, other: Array) -> bool:
    """The same numbers, in whatever order."""
    return one.size == other.size and same(np.sort(one.ravel()), np.sort(other.ravel()))


def stages_of(exercise: Exercise, changes: Any, trial: Trial) -> dict[str, Array]:
    """z, a, δ and the outputs of BP3 and BP4 by layer, in the order in which they are made; nothing elsewhere."""
    if exercise.name not in ("backprop", "training_step", "forward"):
        return {}
    if exercise.name == "forward":
        z, a = attempt(lambda: exercise.reference(*exercise.inputs(trial), **changes)) or ({}, {})
        return {f"{name}[{n}]": some[n] for n in a for name, some in (("z", z), ("a", a)) if n in some}
    gradient = {name: part for name, part in changes.items() if name not in reference.OF_UPDATE | {"batches", "rounds"}}
    errors = {name: part for name, part in gradient.items() if name in reference.OF_ERRORS}
    rest = {name: gradient[name] for name in gradient.keys() - errors.keys()}
    w, b, x, y, *_ = exercise.inputs(trial)
    errors.setdefault("rate", trial.rate)
    passed = attempt(lambda: reference.errors(w, b, x, y, **errors))
    if not passed:
        return {}
    z, a, delta, error, *_ = passed
    found = attempt(lambda: reference.gradients(*passed, **rest)) or ({}, {})
    on = {f"{name}[{n}]": some[n] for n in z for name, some in (("z", z), ("a", a))}
    back = {f"{name}[{n}]": some[n] for n in reversed(z) for name, some in (("error", error), ("δ", delta))}
    ends = {
        f"{name}[{n}]": np.asarray(some[n])
        for n in z
        for name, some in (("∇w", found[0]), ("∇b", found[1]))
        if n in some
    }
    return {**on, **back, **ends}


def _gradient(trial: Trial) -> tuple[Any, Any]:
    return trial.case.backward_pass.nabla_w, trial.case.backward_pass.nabla_b


def _arrays(value: Any) -> Iterator[Array]:
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, Mapping | tuple | list):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _arrays(each)


def _of(case: Case) -> Iterator[Array]:
    """Numbers on the way forward and back, and their usual parts."""
    parameters, forward, backward = case.parameters, case.forward_pass, case.backward_pass
    yield from (case.x, case.y)
    for layer in parameters.layers:
        w, z, a, before = parameters.w[layer], forward.z[layer], forward.a[layer], forward.a[layer - 1]
        delta = backward.delta[layer]
        yield from (w, parameters.b[layer], z, a, before, w @ before, delta)
        yield from _curve(z, a)
        terms = w[:, :, None] * before[None]
        yield from (terms, np.cumsum(terms, axis=1), np.cumsum(terms, axis=1) + parameters.b[layer][:, :, None])
        products = delta[:, None, :] * before[None]
        back = w[:, :, None] * delta[:, None, :]
        for each in (products, back, delta):
            yield from (each, np.cumsum(each, axis=0), np.cumsum(each, axis=-1))
        yield from (w.T @ delta, backward.nabla_w[layer], backward.nabla_b[layer], sigmoid.prime(z))
        yield from (np.cumsum(products, axis=-1) / case.x.shape[1], delta / case.x.shape[1])
        if layer > 1:
            slope = sigmoid.prime(forward.z[layer - 1])
            earlier = forward.a[layer - 1]
            yield from ((w.T @ delta) * earlier, (w.T @ delta) * (1 - earlier), back * slope[None])
    error = forward.prediction - case.y
    squares = error**2
    yield from (error, squares, squares / 2, error * forward.prediction, error * (1 - forward.prediction))
    for axis in (0, 1, None):
        yield from (np.cumsum(squares, axis=axis), np.sum(squares, axis=axis, keepdims=True) / 2)
    column = squares.sum(axis=0)
    yield from (np.cumsum(column), np.cumsum(column) / 2, np.sqrt(column), np.sqrt(squares.sum()))


def _curve(z: Array, a: Array) -> Iterator[Array]:
    """What σ and σ′ are computed from."""
    up, down = np.exp(z), np.exp(-z)
    yield from (up, down, 1 + up, 1 + down, (1 + down) ** 2, 1 - a, a**2, a * (1 - a), down / (1 + down), z / 2)
    yield from (np.tanh(z / 2), 1 + np.tanh(z / 2), np.cosh(z), 2 * np.cosh(z), 2 + 2 * np.cosh(z))

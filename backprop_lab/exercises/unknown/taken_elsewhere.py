"""Gradients that were taken elsewhere than at w and b: from C at points a nudge away, at the end of another step."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import product
from typing import NamedTuple

import numpy as np

from backprop_lab.activations import Array, sigmoid
from backprop_lab.cases import Case
from backprop_lab.exercises import reference
from backprop_lab.exercises.claims import old_value
from backprop_lab.exercises.exercise import Exercise
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.parsing import Answer
from backprop_lab.exercises.unknown.one_example import examples
from backprop_lab.exercises.unknown.relations import Pairs, as_gradients, on_pairs
from backprop_lab.exercises.verdict import Verdict, not_yet
from backprop_lab.parameters import Layers

_NUDGES = (1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 1e-4, 1e-5, 1e-6)
_SEEN = 0.005  # a smaller nudge cannot be told from another small one
_FAR = (1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01)  # in all, whatever the length of the gradient is


def _of_a_step(part: float, rate: float, _length: float) -> float:
    return part * rate


def _of_a_length(far: float, _rate: float, length: float) -> float:
    return far / length


class _Point(NamedTuple):
    """Where a gradient may have been taken: in words, and how many gradients away, by η and the gradient's length."""

    words: str
    away: Callable[[float, float], float]


_POINTS = (
    *(
        _Point("a whole step" if part == 1 else f"{part:g} times a step".replace("-", "−"), partial(_of_a_step, part))
        for part in (1, 0.99, 0.95, 0.9, 0.8, 0.7, 0.5, 0.3, 0.2, 0.1, 2, -1, -0.5, -0.1)
    ),
    *(_Point(f"a step of the length {far:g}", partial(_of_a_length, far)) for far in _FAR),
    *(_Point(f"a step uphill of the length {far:g}", partial(_of_a_length, -far)) for far in _FAR),
)


class _Quotient(NamedTuple):
    """A way to measure a slope: its slip, what is said, what is asked, and the quotient made of C(by) and h."""

    slip: str
    says: str
    asks: str
    of: Callable[[Callable[[float], float], float], float]
    stays: bool = False  # whether a number that has been raised stays so


_COARSE = "How far off is such a quotient when the curve is bent, and how small can a nudge be?"
_QUOTIENTS = (
    _Quotient(
        "coarse-quotient",
        "how far {C} moves when a number is raised by {h}, divided by {h}",
        _COARSE,
        lambda cost, h: (cost(h) - cost(0)) / h,
    ),
    _Quotient(
        "coarse-quotient",
        "how far {C} moves when a number is lowered by {h}, divided by {h}",
        _COARSE,
        lambda cost, h: (cost(0) - cost(-h)) / h,
    ),
    _Quotient(
        "coarse-quotient",
        "how far apart {C} is with a number raised and lowered by {h}, divided by twice {h}",
        _COARSE,
        lambda cost, h: (cost(h) - cost(-h)) / (2 * h),
    ),
    _Quotient(
        "quotient-not-halved",
        "twice the slope from {C} with a number lowered by {h} to {C} with it raised by {h}",
        "How far apart are these two points, and is the cost that you measure halved?",
        lambda cost, h: (cost(h) - cost(-h)) / h,
    ),
    _Quotient(
        "nudge-not-taken-back",
        "how far {C} moves when a number is raised by {h}, divided by {h}, where those before it are still raised",
        "What should a parameter be again before the next one is moved?",
        lambda cost, h: (cost(h) - cost(0)) / h,
        stays=True,
    ),
)


def measured(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether a gradient is a difference quotient, and of which points."""
    if exercise.name != "backprop":
        return None
    trial, answer, _ = pairs[0]
    for summed, quotient, h in product((False, True), _QUOTIENTS, _NUDGES):
        holds = partial(_is_measured, quotient, h, summed)
        first = quotient.of(partial(_cost_at_first, trial), h) * (examples(trial) if summed else 1)
        if _alike(answer["nabla_w[1]"][0, 0], first) and holds(pairs):
            nudge, cost = f"{h:g}" if h >= _SEEN else "h", "the examples' summed C" if summed else "C"
            asks = "Is C of several examples the sum of theirs, or the mean?" if summed else quotient.asks
            return not_yet(
                f"Your gradient is {quotient.says.format(h=nudge, C=cost)}. {asks}", quotient.slip, (on_pairs(holds),)
            )
    return None


def _is_measured(quotient: _Quotient, h: float, summed: bool, pairs: Pairs) -> bool:
    return all(
        name in answer and answer[name].shape == wanted[name].shape and _alike(answer[name][place], value)
        for trial, answer, wanted in pairs
        for name, place, value in _measured(quotient, h, trial.case, examples(trial) if summed else 1)
    )


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-5 * abs(other) + 1e-8


@cache
def _cost_at_first(trial: Trial, by: float) -> float:
    """C with the first weight of all moved."""
    w, b = _copies(trial.case)
    return _cost(w, b, trial.case, w[1], (0, 0), float(w[1][0, 0]), by)


def _measured(quotient: _Quotient, h: float, case: Case, examples: int) -> Iterator[tuple[str, tuple[int, ...], float]]:
    """The quotient for each parameter, of the cost of so many examples: all of w, layer by layer, then all of b."""
    w, b = _copies(case)
    for kind, layers in (("w", w), ("b", b)):
        for n, values in layers.items():
            for place in np.ndindex(values.shape):
                old = float(values[place])
                found = quotient.of(partial(_cost, w, b, case, values, place, old), h)
                values[place] = old + h * quotient.stays
                yield f"nabla_{kind}[{n}]", place, examples * found


def _copies(case: Case) -> tuple[Layers, Layers]:
    w, b = case.parameters.w, case.parameters.b
    return {n: values.copy() for n, values in w.items()}, {n: values.copy() for n, values in b.items()}


def _cost(w: Layers, b: Layers, case: Case, values: Array, place: tuple[int, ...], old: float, by: float) -> float:
    """C with one parameter of w and b, here in these values, at its old number and more."""
    values[place] = old + by
    a = case.x
    for n in w:
        a = sigmoid(w[n] @ a + b[n])
    return float(((a - case.y) ** 2).sum() / (2 * a.shape[1]))


def looked_ahead(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether a step is made of the gradient at a point to which a step leads, perhaps with that at w and b."""
    if exercise.name != "training_step":
        return None
    for point in _POINTS:
        here, there = _shares(exercise, point, pairs)
        holds = partial(_is_made_of, exercise, point, here, there)
        if abs(there) > 1e-4 and holds(pairs):
            with_here = f" and {_times(here)}that at the old w and b" if abs(here) > 1e-4 else ""
            return not_yet(
                f"Your step is made with {_times(there)}the gradient at the point to which {point.words}"
                f" leads{with_here}. At which w and b should the gradient be taken?",
                "gradient-elsewhere",
                (on_pairs(holds),),
            )
    return None


def _times(share: float) -> str:
    return "" if abs(share - 1) < 1e-4 else f"{share:.4g} times ".replace("-", "−")


def _flat(answer: Answer, names: Sequence[str]) -> Array:
    return np.concatenate([answer[name].ravel() for name in names])


@cache
def _there(point: _Point, trial: Trial) -> dict[str, Array]:
    """The gradient at that point."""
    found, nabla = trial.case.parameters, trial.case.backward_pass
    slopes = (*nabla.nabla_w.values(), *nabla.nabla_b.values())
    away = point.away(trial.rate, float(np.linalg.norm(np.concatenate([np.ravel(each) for each in slopes]))))
    w, b = (
        {n: values - away * slopes[n] for n, values in layers.items()}
        for layers, slopes in ((found.w, nabla.nabla_w), (found.b, nabla.nabla_b))
    )
    both = zip("wb", reference.backprop(w, b, trial.case.x, trial.case.y), strict=True)
    return {f"{kind}[{n}]": values for kind, layers in both for n, values in layers.items()}


def _columns(exercise: Exercise, point: _Point, pairs: Pairs) -> Iterator[tuple[Array, Array]]:
    """For each network the gradients here and there, and the one that the step was made with."""
    for (trial, _, wanted), (_, given, right) in zip(pairs, as_gradients(exercise, pairs), strict=True):
        names = [name for name in wanted if old_value(trial.case, name).shape == wanted[name].shape]
        yield np.array([_flat(each, names) for each in (right, _there(point, trial))]).T, _flat(given, names)


def _shares(exercise: Exercise, point: _Point, pairs: Pairs) -> tuple[float, float]:
    """How much there is of the gradient here, and of that there."""
    both = [*_columns(exercise, point, pairs)]
    (here, there), *_ = np.linalg.lstsq(
        np.vstack([one for one, _ in both]), np.concatenate([two for _, two in both]), rcond=None
    )
    return float(here), float(there)


def _is_made_of(exercise: Exercise, point: _Point, here: float, there: float, pairs: Pairs) -> bool:
    return all(
        np.allclose(some @ (here, there), made, rtol=1e-5, atol=1e-6 * np.abs(made).max())
        for some, made in _columns(exercise, point, pairs)
    )

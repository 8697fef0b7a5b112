"""Which part of a wrong answer is right: found by what a learner's function gives when one of its arguments is changed.

For answers that no slip gives. Of two factors one may be right, of a sum the bias; a mean must not ask in which order
its examples come, and a cost asks for nothing but differences.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

from backprop_lab.activations import Array, sigmoid
from backprop_lab.costs import quadratic
from backprop_lab.exercises.claims import Call, Evidence, old_value, same_numbers
from backprop_lab.exercises.exercise import Exercise
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.unknown.curves import Curve, Pairs, bent, curve_of_z
from backprop_lab.exercises.verdict import Verdict, not_yet


class Part(NamedTuple):
    """What can be found out: its name, what is said, and whether it holds, on each network or on one at least."""

    slip: str
    says: str
    holds: Callable[[Call, Trial], bool]
    on: Callable[..., bool] = all


def part_that_is_wrong(exercise: Exercise, evidence: Evidence) -> Verdict | None:
    """Say which part is wrong, if that can be told."""
    for part in PARTS.get(exercise.name, ()):
        claim = partial(_claim, part)
        if claim(evidence):
            said = part.says.replace("{symbol}", exercise.symbol)
            drawn = ((each, each.curve(_drawn(each, evidence))) for each in _CURVES.get((exercise.name, part.slip), ()))
            looks, curve = next((each for each in drawn if each[1]), (None, None))
            if not looks or not curve:
                return not_yet(said, part.slip, (claim,))
            said = said.replace(". ", f": {looks.what} {curve.words.format(of=looks.of).rstrip(',')}. ", 1)
            return not_yet(said, part.slip, (claim, partial(_is_drawn, looks, curve)))
    return None


class _Looks(NamedTuple):
    """How the wrong one of two factors is looked at: as a function of what, called so, beside which other factor."""

    curve: Callable[[Pairs], Curve | None]
    of: str
    into: Callable[[Any], Array]
    beside: Callable[[Any], Array]
    back: Callable[[Any, Array], Array] = lambda case, factor: factor  # what the factor was made of
    what: str = "it is"


def _drawn(looks: _Looks, evidence: Evidence) -> Pairs:
    """What goes into the wrong factor, and what it is."""
    some = ((each, _value(evidence.given, each) / looks.beside(each.case)) for each in evidence.trials)
    with np.errstate(all="ignore"):
        pairs = [(looks.into(each.case), looks.back(each.case, factor)) for each, factor in some]
    return [(into, out) for into, out in pairs if not np.isnan(out).all()]


def _is_drawn(looks: _Looks, curve: Curve, evidence: Evidence) -> bool:
    pairs = _drawn(looks, evidence)
    return all(np.allclose(out, curve.of(into), rtol=1e-4, atol=1e-6 * np.abs(out).max()) for into, out in pairs)


def _claim(part: Part, evidence: Evidence) -> bool:
    with np.errstate(all="ignore"):
        return part.on(part.holds(evidence.given, trial) for trial in evidence.trials if evidence.given(trial))


def _value(given: Call, trial: Trial) -> Array:
    """The only array of an answer; none where the function fails."""
    return next(iter((given(trial) or {"": np.array(np.nan)}).values()))


@cache
def _changed(trial: Trial, change: Callable[[Any], None]) -> Trial:
    """The network with some of its numbers changed, which need not fit each other any more."""
    case = trial.case
    last, parameters = max(case.parameters.layers), case.parameters
    made = SimpleNamespace(
        last=last,
        x=case.x,
        y=case.y.copy(),
        parameters=SimpleNamespace(
            w=dict(parameters.w), b=dict(parameters.b), layers=parameters.layers, sizes=parameters.sizes
        ),
        forward_pass=SimpleNamespace(z=dict(case.forward_pass.z), a=dict(case.forward_pass.a)),
        backward_pass=SimpleNamespace(
            delta=dict(case.backward_pass.delta),
            nabla_w=dict(case.backward_pass.nabla_w),
            nabla_b=dict(case.backward_pass.nabla_b),
        ),
    )
    change(made)
    made.forward_pass.prediction = made.forward_pass.a[last]
    return Trial(made, trial.rate)  # pyright: ignore[reportArgumentType] (all that an exercise picks is there)


def _noise(values: Array) -> Array:
    """Numbers between ½ and 3/2, always the same."""
    return 1 + np.sin(np.arange(1.0, values.size + 1)).reshape(values.shape) / 2


def _other_targets(made: Any) -> None:
    made.y = made.forward_pass.a[made.last] - _noise(made.y) * (made.forward_pass.a[made.last] - made.y)


def _other_z_of_output(made: Any) -> None:
    error = made.forward_pass.a[made.last] - made.y
    made.forward_pass.z[made.last] = made.forward_pass.z[made.last] * _noise(made.y)
    made.forward_pass.a[made.last] = sigmoid(made.forward_pass.z[made.last])
    made.y = made.forward_pass.a[made.last] - error


def _other_delta(made: Any) -> None:
    made.backward_pass.delta[made.last] = made.backward_pass.delta[made.last] * _noise(made.y)


def _other_z_of_hidden(made: Any) -> None:
    z = made.forward_pass.z
    z[made.last - 1] = z[made.last - 1] * _noise(z[made.last - 1])


def _another_order(made: Any) -> None:
    for arrays in (made.forward_pass.a, made.backward_pass.delta):
        arrays.update({n: values[:, ::-1] for n, values in arrays.items()})
    made.y = made.y[:, ::-1]


def _doubled_delta(made: Any) -> None:
    made.backward_pass.delta = {n: 2 * values for n, values in made.backward_pass.delta.items()}


def _replaced_delta(made: Any) -> None:
    made.backward_pass.delta = {n: -2 * _noise(values) * values for n, values in made.backward_pass.delta.items()}


def _doubled_inputs(made: Any) -> None:
    made.forward_pass.a = {n: 2 * values for n, values in made.forward_pass.a.items()}
    made.parameters.b = {n: 2 * values for n, values in made.parameters.b.items()}


def _both_raised(made: Any) -> None:
    made.forward_pass.a[made.last] = made.forward_pass.a[made.last] + 0.01
    made.y = made.y + 0.01


def _doubled_difference(made: Any) -> None:
    made.y = 2 * made.y - made.forward_pass.a[made.last]


def _tiny_difference(made: Any) -> None:
    error = made.forward_pass.a[made.last] - made.y
    made.y = made.forward_pass.a[made.last] - 1e-3 * error / np.abs(error).max()


def _no_difference(made: Any) -> None:
    made.y = made.forward_pass.a[made.last]


def _no_bias(made: Any) -> None:
    made.parameters.b = {n: 0 * values for n, values in made.parameters.b.items()}


def _larger_bias(made: Any) -> None:
    made.parameters.b = {n: values + _noise(values) for n, values in made.parameters.b.items()}


def _other_parameters(made: Any) -> None:
    for layers in (made.parameters.w, made.parameters.b):
        layers.update({n: values + _noise(values) for n, values in layers.items()})


def _other_weights(made: Any) -> None:
    w = made.parameters.w
    w[made.last] = -w[made.last] * _noise(w[made.last])


def _doubled_gradient(made: Any) -> None:
    for layers in (made.backward_pass.nabla_w, made.backward_pass.nabla_b):
        layers.update({n: 2 * values for n, values in layers.items()})


def _step(given: Call, trial: Trial) -> Array:
    """How far w and b are moved, all in one; nothing where the function fails."""
    answer = given(trial) or {}
    return np.array(
        [by for name, values in answer.items() for by in np.ravel(values - old_value(trial.case, name))], dtype=float
    )


def _step_is_not(factor: float, other: Callable[[Trial], Trial]) -> Callable[[Call, Trial], bool]:
    """Whether the step on another trial is not this one times a factor."""

    def differs(given: Call, trial: Trial) -> bool:
        one, two = factor * _step(given, trial), _step(given, other(trial))
        near = 1e-9 * max(1.0, float(np.abs(one).max(initial=0)))
        return one.size == two.size > 0 and not np.allclose(two, one, rtol=1e-6, atol=near)

    return differs


def _factor(of: Callable[[Any], Array], change: Callable[[Any], None]) -> Callable[[Call, Trial], bool]:
    """Whether the answer has this factor: the quotient is as it was when the factor has been changed."""

    def holds(given: Call, trial: Trial) -> bool:
        other = _changed(trial, change)
        return same_numbers(_value(given, trial) * of(other.case), _value(given, other) * of(trial.case))

    return holds


def _times(factor: float, change: Callable[[Any], None]) -> Callable[[Call, Trial], bool]:
    """Whether the change fails to multiply the answer by a factor."""
    return lambda given, trial: not same_numbers(_value(given, _changed(trial, change)), factor * _value(given, trial))


def _small_is_right(given: Call, trial: Trial) -> bool:
    """Whether the cost is right where all differences are very small."""
    other = _changed(trial, _tiny_difference)
    return same_numbers(_value(given, other), np.array(quadratic(other.case.forward_pass.prediction, other.case.y)))


def _sum_is_right(given: Call, trial: Trial) -> bool:
    return same_numbers(
        _value(given, _changed(trial, _no_bias)), trial.case.parameters.w[2] @ trial.case.forward_pass.a[1]
    )


def _bias_is_right(given: Call, trial: Trial) -> bool:
    b = trial.case.parameters.b[2]
    moved = _value(given, _changed(trial, _larger_bias)) - _value(given, trial)
    return same_numbers(moved, _noise(b) + np.zeros_like(moved))


def _last(case: Any) -> int:
    return max(case.parameters.layers)


def _zeros_and_ones(given: Call, trial: Trial) -> bool:
    """Whether what stands in the place of y, if all else is right, is 0 or 1 everywhere."""
    case = trial.case
    t = case.forward_pass.prediction - _value(given, trial) / sigmoid.prime(case.forward_pass.z[_last(case)])
    return bool((np.abs(t * (1 - t)) < 1e-6).all())


def _error(case: Any) -> Array:
    return case.forward_pass.a[_last(case)] - case.y


def _slope(back: int) -> Callable[[Any], Array]:
    return lambda case: sigmoid.prime(case.forward_pass.z[_last(case) - back])


def _carried(case: Any) -> Array:
    return case.parameters.w[_last(case)].T @ case.backward_pass.delta[_last(case)]


def _sent(case: Any, carried: Array) -> Array:
    """What came back through w as this; not a number where nothing did, or where several things would."""
    w = case.parameters.w[_last(case)]
    if not np.isfinite(carried).all() or len(w) > w.shape[1]:
        return np.full_like(case.y, np.nan)
    sent = np.linalg.lstsq(w.T, carried, rcond=None)[0]
    return sent if np.allclose(w.T @ sent, carried, rtol=1e-7) else np.full_like(sent, np.nan)


_CURVES = {
    ("bp1", "wrong-factor"): (_Looks(curve_of_z, "z", lambda case: case.forward_pass.z[_last(case)], _error),),
    ("bp1", "wrong-error"): (_Looks(bent, "(a − y)", _error, _slope(0)),),
    ("bp2", "wrong-factor"): (_Looks(curve_of_z, "z", lambda case: case.forward_pass.z[_last(case) - 1], _carried),),
    ("bp2", "wrong-error"): (
        _Looks(bent, "that error", _carried, _slope(1)),
        _Looks(
            bent, "δˡ⁺¹", lambda case: case.backward_pass.delta[_last(case)], _slope(1), _sent, "what you send there is"
        ),
    ),
}
_ORDER = Part(
    "order-matters",
    "Your {symbol} changes when the examples come in another order. Which example counts for more than another?",
    _times(1, _another_order),
    any,
)
_WITHOUT_DELTA = Part(
    "forgot-delta",
    "Your {symbol} stays the same when every δ is replaced by another. Where should δ come in?",
    lambda given, trial: not _times(1, _replaced_delta)(given, trial),
)
_OF_DELTA = (
    _ORDER,
    _WITHOUT_DELTA,
    Part(
        "not-proportional",
        "When every δ is doubled, your {symbol} does not double. Which step does more than multiply by δ and add?",
        _times(2, _doubled_delta),
        any,
    ),
)
PARTS = {
    "weighted_input": (
        Part(
            "not-proportional",
            "When a and b are doubled, your z does not double. Which step does more than multiply, and add?",
            _times(2, _doubled_inputs),
            any,
        ),
        Part(
            "wrong-sum",
            "b is added to your z as it should be, but the rest of z is not the sum of the products. Which weight"
            " belongs to which activation, and are all of them there?",
            _bias_is_right,
        ),
        Part(
            "wrong-bias-part",
            "Your z is right where b is 0, but not in every network where it is something else. How does b enter z?",
            _sum_is_right,
        ),
    ),
    "quadratic": (
        Part(
            "not-the-difference",
            "Your C changes when a and y are both raised by the same amount. Which quantity should it depend on?",
            _times(1, _both_raised),
            any,
        ),
        Part(
            "not-zero",
            "Where a equals y everywhere your C is not 0. Which line brings in something else than their difference?",
            lambda given, trial: float(np.abs(_value(given, _changed(trial, _no_difference))).max()) > 1e-12,
        ),
        Part(
            "large-differences",
            "Where all differences between a and y are very small your C is right; where they are large it is not."
            " Which line treats large differences otherwise than small ones?",
            _small_is_right,
        ),
        Part(
            "wrong-power",
            "When every difference between a and y is doubled, your C is not four times as large. Which power of them"
            " does it add up?",
            _times(4, _doubled_difference),
            any,
        ),
        _ORDER,
    ),
    "bp1": (
        Part(
            "targets-rounded",
            "Where y belongs, your δᴸ has nothing but zeros and ones. Which line makes labels of the targets?",
            _zeros_and_ones,
        ),
        Part(
            "wrong-factor",
            "Your δᴸ is a − y times some factor, but that factor is not σ′(z). How large is yours where z is 0, and how"
            " large is the slope of σ there?",
            _factor(_error, _other_targets),
        ),
        Part(
            "wrong-error",
            "Your δᴸ is σ′(z) times something, but that something is not a − y. What is it where the output is 0.1"
            " above its target?",
            _factor(_slope(0), _other_z_of_output),
        ),
    ),
    "bp2": (
        Part(
            "forgot-weights",
            "Your δˡ stays the same when wˡ⁺¹ is changed and δˡ⁺¹ is not. Through which weights does an error come"
            " back?",
            lambda given, trial: not _times(1, _other_weights)(given, trial),
        ),
        Part(
            "wrong-factor",
            "Your δˡ is the error that comes back times some factor, but that factor is not σ′(zˡ). How large is yours"
            " where z is 0, and how large is the slope of σ there?",
            _factor(_carried, _other_delta),
        ),
        Part(
            "wrong-error",
            "Your δˡ is σ′(zˡ) times something, but that something is not the error that comes back through wˡ⁺¹. What"
            " reaches one neuron from each neuron of the next layer?",
            _factor(_slope(1), _other_z_of_hidden),
        ),
        *_OF_DELTA[1:],
    ),
    "update": (
        Part(
            "depends-on-parameters",
            "Your step changes with w and b, even where ∇_w, ∇_b and η are the same. What does a step need to know of"
            " the parameters it moves?",
            _step_is_not(1, lambda trial: _changed(trial, _other_parameters)),
        ),
        Part(
            "not-proportional",
            "When ∇_w and ∇_b are doubled, your step is not doubled. Which line does more with them than multiply by"
            " η?",
            _step_is_not(2, lambda trial: _changed(trial, _doubled_gradient)),
        ),
        Part(
            "not-proportional",
            "When η is doubled, your step is not doubled. Which line does more with η than multiply by it?",
            _step_is_not(2, lambda trial: replace(trial, rate=2 * trial.rate)),
        ),
    ),
    "bp3": _OF_DELTA,
    "bp4": (
        *_OF_DELTA,
        Part(
            "not-proportional",
            "When every a is doubled, your ∇_w does not double. Which step does more than multiply by a and add?",
            _times(2, _doubled_inputs),
            any,
        ),
    ),
}

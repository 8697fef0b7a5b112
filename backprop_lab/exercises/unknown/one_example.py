"""What can be read off the gradient of one example, where ∇_b is δ itself, and ∇_w is δ times the activations used.

So what each step of the way back was given is known, and what it made of that.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import NamedTuple

import numpy as np

from backprop_lab.activations import Array, sigmoid
from backprop_lab.cases import Case
from backprop_lab.exercises.claims import Call, Claim, Evidence, old_value
from backprop_lab.exercises.exercise import STEPS, Exercise
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.parsing import Answer, finite
from backprop_lab.exercises.unknown.curves import log_odds
from backprop_lab.network import bp1, bp2, bp4
from backprop_lab.parameters import Layers

Function = Callable[[Array], Array]


class Step(NamedTuple):
    """One step in one layer: of how many, what it was given, what it made, and whether that is right."""

    layer: int
    last: int
    given: tuple[Array, ...]
    made: Array
    right: bool


def gradients(exercise: Exercise, evidence: Evidence) -> Call:
    """The gradient, where it has to be that which a step was made with."""

    @cache
    def given(trial: Trial) -> Answer | None:
        answer = evidence.given(trial)
        if exercise.name not in STEPS or answer is None:
            return answer
        rate = exercise.originals(trial)[-1]
        return {f"nabla_{n}": (old_value(trial.case, n) - values) / rate for n, values in answer.items()}

    return given


def examples(trial: Trial) -> int:
    """How many there are."""
    return trial.case.x.shape[1]


@cache
def example(trial: Trial, at: int) -> Trial:
    """The network with one of its examples."""
    case, only = trial.case, slice(at, at + 1)
    return replace(trial, case=Case(case.parameters, case.x[:, only], case.y[:, only]))


def of_one_example(exercise: Exercise, evidence: Evidence) -> Evidence:
    """The gradients of the first examples."""
    return Evidence([example(trial, 0) for trial in evidence.trials], gradients(exercise, evidence), evidence.right)


def restricted(exercise: Exercise, claim: Claim) -> Claim:
    """The claim, about the gradients of one example."""
    return lambda evidence: claim(of_one_example(exercise, evidence))


def wrong_steps(seen: str, evidence: Evidence) -> tuple[str, ...]:
    """The steps that are wrong on some network, or two of them: with more than one none is to blame."""
    found: set[str] = set()
    for trial in evidence.trials:
        answer = evidence.given(trial)
        if answer is None or not finite(answer):
            return ()
        if not any(values.any() for values in answer.values()):
            return ()  # of a gradient that is 0 every step is right, or none
        found.update(islice(wrong_in(seen, answer, trial.case), 2))
        if len(found) > 1:
            break
    return tuple(sorted(found))


def used(answer: Answer, case: Case, activate: Function) -> tuple[Layers, Layers]:
    """z and a as the gradient was made of them; in the last layer what follows from those before."""
    w, b, last = case.parameters.w, case.parameters.b, max(case.parameters.layers)
    delta = {n: answer[f"nabla_b[{n}]"] for n in w}
    a = {n - 1: (delta[n].T @ answer[f"nabla_w[{n}]"] / np.vdot(delta[n], delta[n])).T for n in w}
    z = {n: w[n] @ a[n - 1] + b[n] for n in w}
    return z, {**a, last: activate(z[last])}


def seen_as(seen: str, answer: Answer, case: Case, activate: Function) -> tuple[Layers, Layers]:
    """z and a: the right ones, those that were used, or those with z as it was inside σ."""
    if seen == "right":
        return case.forward_pass.z, case.forward_pass.a
    z, a = used(answer, case, activate)
    return (z, a) if seen == "used" else ({**{n: log_odds(a[n]) for n in z}, max(z): z[max(z)]}, a)


class _Read(NamedTuple):
    """What stands in a gradient of one example: z and a as they are seen, δ and ∇_w as they are given."""

    w: Mapping[int, Array]
    b: Mapping[int, Array]
    x: Array
    y: Array
    z: Layers
    a: Layers
    delta: Layers
    nabla_w: Layers
    activate: Function


def _read(seen: str, answer: Answer, case: Case, activate: Function) -> _Read:
    w, b = case.parameters.w, case.parameters.b
    delta, nabla_w = ({n: answer[f"nabla_{kind}[{n}]"] for n in w} for kind in "bw")
    return _Read(w, b, case.x, case.y, *seen_as(seen, answer, case, activate), delta, nabla_w, activate)


def _is_activated(it: _Read) -> bool:
    return all(near(it.z[n], it.w[n] @ it.a[n - 1] + it.b[n]) and near(it.a[n], it.activate(it.z[n])) for n in it.w)


def _is_bp2(it: _Read, n: int) -> bool:
    return near(it.delta[n], bp2(it.w[n + 1], it.delta[n + 1], sigmoid.prime(it.z[n])))


_STEPS: dict[str, Callable[[_Read, int], bool]] = {  # whether each gives what it should with what it gets, of L layers
    "bp1": lambda it, last: near(it.delta[last], bp1(it.a[last] - it.y, sigmoid.prime(it.z[last]))),
    "bp2": lambda it, last: all(_is_bp2(it, n) for n in range(1, last)),
    "bp4": lambda it, last: all(near(it.nabla_w[n], bp4(it.delta[n], it.a[n - 1])) for n in it.w),
    "x": lambda it, last: near(it.a[0], it.x),
    "a": lambda it, last: _is_activated(it),
}


def wrong_in(
    seen: str, answer: Answer, case: Case, activate: Function = sigmoid, of: Iterable[str] = _STEPS
) -> Iterator[str]:
    """Which steps do not give what they should with what they get."""
    it = _read(seen, answer, case, activate)
    return (step for step in of if not _STEPS[step](it, max(it.w)))


def made_by(step: str, seen: str, alone: Evidence) -> list[Step]:
    """What a step made of what, in every layer that has it."""
    found: list[Step] = []
    for trial in alone.trials:
        if (answer := alone.given(trial)) is None:
            return []
        it = _read(seen, answer, trial.case, sigmoid)
        last = max(it.w)
        if step == "bp1":
            found.append(Step(last, last, (it.a[last], it.y, it.z[last]), it.delta[last], right=False))
        for n in range(1, last):
            if step == "a":
                made = log_odds(it.a[n])
                is_right = near(made, it.w[n] @ it.a[n - 1] + it.b[n])
                found.append(Step(n, last, (it.w[n], it.b[n], it.a[n - 1]), made, is_right))
            elif step == "bp2":
                found.append(Step(n, last, (it.w[n + 1], it.delta[n + 1], it.z[n]), it.delta[n], _is_bp2(it, n)))
    return found


def near(values: Array, wanted: Array) -> bool:
    """To the precision that is left of a gradient which was read off a step."""
    size = np.abs(wanted)
    return bool((np.abs(values - wanted) < 1e-6 * size + 1e-8 * max(1.0, size.max())).all())

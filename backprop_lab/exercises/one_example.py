"""Which step of the way back is wrong: read off the gradient of one example, where ∇_b is δ itself.

For gradients that no slip gives. With one example, ∇_w is δ times the activations that were used; so what each step was
given is known, and whether it does what it should with that. BP1 and BP2, once found, are judged as if they were the
whole exercise: their arguments are made by moving the biases and the targets.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial

import numpy as np

from backprop_lab.activations import Array, sigmoid
from backprop_lab.cases import Case
from backprop_lab.exercises.claims import Call, Claim, Evidence, old_value
from backprop_lab.exercises.curves import activation
from backprop_lab.exercises.exercise import EXERCISES, Exercise
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.parsing import Answer
from backprop_lab.exercises.parts import part_that_is_wrong
from backprop_lab.exercises.verdict import Verdict, not_yet
from backprop_lab.exercises.words import listed
from backprop_lab.parameters import Layers, Parameters

Function = Callable[[Array], Array]

_SAID = {  # the step that is wrong: its slip, what is said of it, what is asked
    "x": (
        "input-changed",
        "your gradient is that of another input than x",
        "What happens to x before it is used?",
    ),
    "a": (
        "activation-step",
        "the activations that your ∇_w multiplies δ by do not come from σ(w a + b)",
        "How do you get from one layer to the next?",
    ),
    "bp4": (
        "wrong-weight-gradient",
        "your ∇_w is not the product of δ and the activations of the previous layer",
        "Which two numbers meet in one of its entries?",
    ),
    "bp1": ("wrong-output-delta", "your δᴸ is wrong", "What are its two factors?"),
    "bp2": (
        "wrong-hidden-delta",
        "your δ of a hidden layer does not follow from that of the next layer",
        "What comes back through which weights, and what is it multiplied by?",
    ),
}


def step_that_is_wrong(exercise: Exercise, evidence: Evidence) -> Verdict | None:
    """Say which step of the way back is wrong, and which of its factors, if that can be told."""
    if exercise.name not in ("backprop", "training_step"):
        return None
    alone = _of_one_example(exercise, evidence)
    for used in (False, True):
        steps = _wrong_steps(used, alone)
        if len(steps) == 1:
            slip, says, asks = _SAID[steps[0]]
            said = f"Already with one example, {says}; every other step does what it should with what it gets. {asks}"
            claim = _restricted(exercise, partial(_is_wrong, used, steps))
            return _part(steps[0], exercise, evidence) or not_yet(said, slip, (claim,))
    return _other_activation(exercise, alone)


def _other_activation(exercise: Exercise, alone: Evidence) -> Verdict | None:
    """Whether all is as it should be with another function in the place of σ, but perhaps not of σ′."""
    pairs: list[tuple[Array, Array]] = []
    for trial in alone.trials:
        if (answer := alone.given(trial)) is None:
            return None
        with np.errstate(all="ignore"):
            z, a = _used(answer, trial.case, sigmoid)
        pairs += [(z[n], a[n]) for n in a if 0 < n < max(a)]
    curve = activation(pairs)
    if curve is None or _wrong_steps(True, alone, curve.of):
        return None
    return not_yet(
        f"Already with one example, the a of your layers is {curve.words} where σ(z) belongs; every other step does"
        f" what it should with what it gets. Which function turns z into a?",
        "other-activation",
        (_restricted(exercise, lambda evidence: not _wrong_steps(True, evidence, curve.of)),),
    )


def examples_that_count_more(exercise: Exercise, evidence: Evidence) -> Verdict | None:
    """Say how much each example counts, where a gradient is a sum of those of the examples, but not their mean."""
    if exercise.name not in ("backprop", "training_step"):
        return None
    shares = [_shares(exercise, trial, evidence) for trial in evidence.trials if trial.case.x.shape[1] > 1]
    uneven = [each for each in shares if each is not None and np.ptp(each) > 1e-3]
    if any(each is None for each in shares) or not uneven:
        return None
    said = min(uneven, key=len)
    return not_yet(
        f"Your gradient adds up what you give for each example alone, but of {len(said)} examples the first to the last"
        f" count {listed([f'{each:.3g}'.replace('-', '−') for each in said])} times; each should count"
        f" {1 / len(said):.3g} times. Which line treats one example otherwise than another?",
        "examples-count-differently",
        (partial(_count, exercise, said),),
    )


def _count(exercise: Exercise, said: Array, evidence: Evidence) -> bool:
    """Whether the examples count so much, where they are as many."""
    some = [each for each in evidence.trials if each.case.x.shape[1] > 1]
    found = [(each, _shares(exercise, each, evidence)) for each in some]
    return all(each is not None for _, each in found) and all(
        np.allclose(each, said, rtol=1e-2, atol=1e-3)
        for _, each in found
        if each is not None and len(each) == len(said)
    )


def _shares(exercise: Exercise, trial: Trial, evidence: Evidence) -> Array | None:
    """How often each example's gradient is in the gradient of all; None where it is more than a sum of these."""
    alone = _gradients(exercise, evidence)
    found = [alone(each) for each in (trial, *(_example(trial, at) for at in range(trial.case.x.shape[1])))]
    if not all(each and all(np.isfinite(values).all() for values in each.values()) for each in found):
        return None
    whole, *parts = (np.concatenate([each[n].ravel() for n in sorted(each)]) for each in found if each)
    shares, _, rank, _ = np.linalg.lstsq(np.array(parts).T, whole, rcond=1e-9)
    fits = np.abs(np.array(parts).T @ shares - whole).max() <= 1e-7 * np.abs(whole).max()
    return np.round(shares, 9) + 0.0 if fits and rank == len(parts) else None


def _of_one_example(exercise: Exercise, evidence: Evidence) -> Evidence:
    """The gradients of the first examples."""
    return Evidence([_example(trial, 0) for trial in evidence.trials], _gradients(exercise, evidence), evidence.right)


def _gradients(exercise: Exercise, evidence: Evidence) -> Call:
    """The gradient, where it has to be that which a step was made with."""

    @cache
    def given(trial: Trial) -> Answer | None:
        answer = evidence.given(trial)
        if exercise.name == "backprop" or answer is None:
            return answer
        rate = exercise.originals(trial)[-1]
        return {f"nabla_{n}": (old_value(trial.case, n) - values) / rate for n, values in answer.items()}

    return given


@cache
def _example(trial: Trial, at: int) -> Trial:
    """The network with one of its examples."""
    case, only = trial.case, slice(at, at + 1)
    return replace(trial, case=Case(case.parameters, case.x[:, only], case.y[:, only]))


def _wrong_steps(used: bool, evidence: Evidence, activate: Function = sigmoid) -> tuple[str, ...]:
    """The steps that are wrong on some network; with the activations that ∇_w was made of, or with the right ones."""
    found: set[str] = set()
    for trial in evidence.trials:
        answer = evidence.given(trial)
        if answer is None or not all(np.isfinite(values).all() for values in answer.values()):
            return ()
        found |= {*_steps(used, answer, trial.case, activate)}
    return tuple(sorted(found))


def _is_wrong(used: bool, steps: tuple[str, ...], evidence: Evidence) -> bool:
    return _wrong_steps(used, evidence) == steps


def _used(answer: Answer, case: Case, activate: Function) -> tuple[Layers, Layers]:
    """z and a as the gradient was made of them; in the last layer what follows from those before."""
    w, b, last = case.parameters.w, case.parameters.b, max(case.parameters.layers)
    delta = {n: answer[f"nabla_b[{n}]"] for n in w}
    a = {n - 1: (delta[n].T @ answer[f"nabla_w[{n}]"] / np.vdot(delta[n], delta[n])).T for n in w}
    z = {n: w[n] @ a[n - 1] + b[n] for n in w}
    return z, {**a, last: activate(z[last])}


def _steps(used: bool, answer: Answer, case: Case, activate: Function) -> list[str]:
    w, last = case.parameters.w, max(case.parameters.layers)
    z, a = _used(answer, case, activate) if used else (case.forward_pass.z, case.forward_pass.a)
    delta = {n: answer[f"nabla_b[{n}]"] for n in w}
    nabla_w = {n: answer[f"nabla_w[{n}]"] for n in w}
    wrong = {
        "x": not _near(a[0], case.x),
        "a": not all(_near(a[n], activate(z[n])) for n in w),
        "bp1": not _near(delta[last], (a[last] - case.y) * sigmoid.prime(z[last])),
        "bp2": not all(_near(delta[n], w[n + 1].T @ delta[n + 1] * sigmoid.prime(z[n])) for n in w if n < last),
        "bp4": not all(_near(nabla_w[n], delta[n] @ a[n - 1].T) for n in w),
    }
    return [step for step, is_so in wrong.items() if is_so]


def _near(values: Array, wanted: Array) -> bool:
    """To the precision that is left of a gradient which was read off a step."""
    return bool(np.allclose(values, wanted, rtol=1e-6, atol=1e-8 * max(1.0, float(np.abs(wanted).max()))))


def _restricted(exercise: Exercise, claim: Claim) -> Claim:
    """The claim, about the gradients of one example."""
    return lambda evidence: claim(_of_one_example(exercise, evidence))


def _part(step: str, exercise: Exercise, evidence: Evidence) -> Verdict | None:
    """Which factor of BP1 or BP2 is wrong."""
    if step not in ("bp1", "bp2"):
        return None
    found = part_that_is_wrong(EXERCISES[step], _as_equation(step, exercise, evidence))
    if found is None:
        return None
    claims = tuple(
        lambda evidence, claim=claim: claim(_as_equation(step, exercise, evidence)) for claim in found.claims
    )
    return replace(found, claims=claims)


def _as_equation(step: str, exercise: Exercise, evidence: Evidence) -> Evidence:
    """What the learner's BP1, or BP2 of the last hidden layer, gives on any arguments."""
    alone = _of_one_example(exercise, evidence)

    def given(trial: Trial) -> Answer | None:
        answer = alone.given(_realised(step, trial))
        return answer and {"δ": answer[f"nabla_b[{trial.case.parameters.layers[-1] - (step == 'bp2')}]"]}

    return Evidence(alone.trials, given, alone.right)


@cache
def _realised(step: str, trial: Trial) -> Trial:
    """A network in which z, and for BP2 δᴸ, are those that an equation is given: moved there by b and y."""
    case, w = trial.case, trial.case.parameters.w
    z = case.forward_pass.z
    a = {0: case.x, **{n: sigmoid(values) for n, values in z.items()}}
    b = {n: z[n] - w[n] @ a[n - 1] for n in w}
    last = max(w)
    y = case.y if step == "bp1" else a[last] - case.backward_pass.delta[last] / sigmoid.prime(z[last])
    return Trial(Case(Parameters(dict(w), b), case.x, y), trial.rate)

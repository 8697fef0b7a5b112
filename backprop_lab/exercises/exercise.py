"""The ten exercises: what is asked for, the right function, and the cases on which every known slip shows."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from backprop_lab import cases, equations, network, training
from backprop_lab.activations import Array, sigmoid
from backprop_lab.cases import Case
from backprop_lab.costs import quadratic
from backprop_lab.exercises import parsing, reference
from backprop_lab.network import BackwardPass, Layers, Parameters

Arguments = tuple[Any, ...]


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Parameters
    ----------
    name : of the checker, without `check_`
    symbol : what is asked for, as the messages name it
    arguments : the names of what the learner's function gets
    right : the right function, made of the package's own
    reference : the same in parts, which slips replace
    read : the learner's answer → named arrays
    pick : case and learning rate → the arguments
    """

    name: str
    symbol: str
    arguments: str
    right: Callable[..., Any]
    reference: Callable[..., Any]
    read: parsing.Read
    pick: Callable[[Case, float], Arguments]

    @property
    def names(self) -> list[str]:
        """The names of the arguments, in order."""
        return self.arguments.split(", ")

    @property
    def cases(self) -> tuple[Arguments, ...]:
        """Arguments for each case; copy them before anyone may change them."""
        return _arguments(self)


@cache
def _arguments(exercise: Exercise) -> tuple[Arguments, ...]:
    return tuple(deepcopy(exercise.pick(case, rate)) for case, rate in zip(trial_networks(), RATES, strict=True))


@cache
def trial_networks() -> tuple[Case, ...]:
    """Networks that tell all slips apart.

    No size equals its neighbour's or the number of examples, where a wrong transpose must show; then all sizes are
    equal, where it must not raise; then also equal to the number of examples, where a wrong matrix product fits.
    A single example, and a single output, show a lost dimension. The first shapes come again with other numbers: what
    is looked up by shape is no answer.
    """
    return (
        _network((2, 5, 4, 3), m=6, seed=1),
        _network((3, 3, 3, 3), m=4, seed=2),
        cases.wide,
        _network((3, 3, 3, 3), m=3, seed=3),
        _network((2, 5, 4, 3), m=6, seed=4),
        cases.batch,
    )


RATES = (5.0, 8.0, 0.7, 3.0, 6.0, 2.5)  # none is 1, and long enough for weights updated too early to show


def _network(sizes: tuple[int, ...], m: int, seed: int) -> Case:
    """A case without zeros, ones, or small numbers."""
    rng = np.random.default_rng(seed)

    def some(rows: int, columns: int, low: float, high: float) -> Array:
        return rng.uniform(low, high, (rows, columns)) * rng.choice((-1, 1), (rows, columns))

    layers = range(1, len(sizes))
    w = {layer: some(sizes[layer], sizes[layer - 1], 0.4, 1.6) for layer in layers}
    b = {layer: some(sizes[layer], 1, 0.2, 0.9) for layer in layers}
    return Case(Parameters(w, b), some(sizes[0], m, 0.3, 1.5), rng.uniform(0.05, 0.95, (sizes[-1], m)))


def _forward(w: Layers, b: Layers, x: Array) -> tuple[Layers, Layers]:
    found = network.forward(Parameters(w, b), x)
    return found.z, found.a


def _backprop(w: Layers, b: Layers, x: Array, y: Array) -> tuple[Layers, Layers]:
    parameters = Parameters(w, b)
    found = network.backward(parameters, network.forward(parameters, x), y)
    return found.nabla_w, found.nabla_b


def _update(w: Layers, b: Layers, nabla_w: Layers, nabla_b: Layers, learning_rate: float) -> tuple[Layers, Layers]:
    new = training.step(Parameters(w, b), BackwardPass({}, nabla_w, nabla_b), learning_rate)
    return dict(new.w), dict(new.b)


def _training_step(w: Layers, b: Layers, x: Array, y: Array, learning_rate: float) -> tuple[Layers, Layers]:
    return _update(w, b, *_backprop(w, b, x, y), learning_rate)


def _bp1(a: Array, y: Array, z: Array) -> Array:
    return equations.bp1(quadratic.gradient(a, y), sigmoid.prime(z))


def _bp2(w_next: Array, delta_next: Array, z: Array) -> Array:
    return equations.bp2(w_next, delta_next, sigmoid.prime(z))


def _all(case: Case) -> tuple[Layers, Layers]:
    return dict(case.parameters.w), dict(case.parameters.b)


def _ends(case: Case) -> tuple[int, Layers, Layers, Layers]:
    return max(case.parameters.layers), case.forward_pass.z, case.forward_pass.a, case.backward_pass.delta


def _pick_weighted_input(case: Case, _rate: float) -> Arguments:
    return case.parameters.w[2], case.parameters.b[2], case.forward_pass.a[1]


def _pick_cost(case: Case, _rate: float) -> Arguments:
    return case.forward_pass.prediction, case.y


def _pick_bp1(case: Case, _rate: float) -> Arguments:
    last, z, a, _delta = _ends(case)
    return a[last], case.y, z[last]


def _pick_bp2(case: Case, _rate: float) -> Arguments:
    last, z, _a, delta = _ends(case)
    return case.parameters.w[last], delta[last], z[last - 1]


def _pick_bp4(case: Case, _rate: float) -> Arguments:
    return case.backward_pass.delta[2], case.forward_pass.a[1]


def _pick_update(case: Case, rate: float) -> Arguments:
    found = case.backward_pass
    longer = [{layer: 5 * values for layer, values in nabla.items()} for nabla in (found.nabla_w, found.nabla_b)]
    return *_all(case), *longer, rate / 10


EXERCISES = {
    exercise.name: exercise
    for exercise in (
        Exercise(
            "weighted_input", "z", "w, b, a_previous", lambda w, b, a: w @ a + b, reference.weighted_input,
            parsing.array("z"), _pick_weighted_input,
        ),
        Exercise(
            "forward", "the forward pass", "w, b, x", _forward, reference.forward,
            parsing.layers("z", "a"), lambda case, rate: (*_all(case), case.x),
        ),
        Exercise("quadratic", "C", "a, y", quadratic, reference.quadratic, parsing.number("C"), _pick_cost),
        Exercise("bp1", "δᴸ", "a, y, z", _bp1, reference.bp1, parsing.array("δᴸ"), _pick_bp1),
        Exercise("bp2", "δˡ", "w_next, delta_next, z", _bp2, reference.bp2, parsing.array("δˡ"), _pick_bp2),
        Exercise(
            "bp3", "∇_b", "delta", equations.bp3, reference.bp3,
            parsing.array("∇_b"), lambda case, rate: (case.backward_pass.delta[2],),
        ),
        Exercise("bp4", "∇_w", "delta, a_previous", equations.bp4, reference.bp4, parsing.array("∇_w"), _pick_bp4),
        Exercise(
            "backprop", "the gradient", "w, b, x, y", _backprop, reference.backprop,
            parsing.layers("nabla_w", "nabla_b"), lambda case, rate: (*_all(case), case.x, case.y),
        ),
        Exercise(
            "training_step", "the step", "w, b, x, y, learning_rate", _training_step, reference.training_step,
            parsing.layers("w", "b"), lambda case, rate: (*_all(case), case.x, case.y, rate),
        ),
        Exercise(
            "update", "the step", "w, b, nabla_w, nabla_b, learning_rate", _update, reference.update,
            parsing.layers("w", "b"), _pick_update,
        ),
    )
}  # fmt: skip

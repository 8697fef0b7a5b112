"""The ten exercises: what is asked for, the right function, and the same in parts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from backprop_lab import equations, network
from backprop_lab.activations import Array, sigmoid
from backprop_lab.cases import Case
from backprop_lab.costs import quadratic
from backprop_lab.exercises import parsing, reference
from backprop_lab.exercises.networks import Trial
from backprop_lab.network import BackwardPass
from backprop_lab.parameters import Layers, Parameters

Arguments = tuple[Any, ...]


STEPS = ("update", "training_step")  # the exercises that move the parameters


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
    lines : whether lines can be looked for: the numbers on the way are those of this course
    """

    name: str
    symbol: str
    arguments: str
    right: Callable[..., Any]
    reference: Callable[..., Any]
    read: parsing.Read
    pick: Callable[[Case, float], Arguments]
    lines: bool = True

    @property
    def names(self) -> list[str]:
        """The names of the arguments, in order."""
        return self.arguments.split(", ")

    def inputs(self, trial: Trial) -> Arguments:
        """What a learner's function is called with, which may change it."""
        return tuple(map(_copied, self.originals(trial)))

    def originals(self, trial: Trial) -> Arguments:
        """The same for our own functions, which change nothing."""
        return self.pick(trial.case, trial.rate)


def _copied(given: Any) -> Any:
    if isinstance(given, dict):
        return {layer: values.copy() for layer, values in given.items()}
    return given.copy() if isinstance(given, np.ndarray) else given


def _forward(w: Layers, b: Layers, x: Array) -> tuple[Layers, Layers]:
    found = network.forward(Parameters(w, b), x)
    return found.z, found.a


def _backprop(w: Layers, b: Layers, x: Array, y: Array) -> tuple[Layers, Layers]:
    parameters = Parameters(w, b)
    found = network.backward(parameters, network.forward(parameters, x), y)
    return found.nabla_w, found.nabla_b


def _update(w: Layers, b: Layers, nabla_w: Layers, nabla_b: Layers, learning_rate: float) -> tuple[Layers, Layers]:
    new = network.step(Parameters(w, b), BackwardPass({}, nabla_w, nabla_b), learning_rate)
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

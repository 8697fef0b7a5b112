"""The independent witness: the gradient found by moving one parameter at a time, knowing nothing of backpropagation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab.activations import Activation, sigmoid
from backprop_lab.cases import Case
from backprop_lab.costs import Cost, quadratic
from backprop_lab.network import Layers, Parameters, mean_cost, propagate
from backprop_lab.validation import columns, positive

TOLERANCE = 1e-5


@dataclass(frozen=True)
class GradientCheck:
    """What `gradient_check` found.

    `passed`: every entry agrees; `relative_error`: the largest disagreement of an entry, relative to its size;
    `worst`: where, as (layer, kind, index), kind "w" or "b", index (j, k), for a bias (j, 0).
    """

    passed: bool
    relative_error: float
    worst: tuple[int, str, tuple[int, int]]


def numerical_gradient(
    parameters: Parameters, x: ArrayLike, y: ArrayLike, *, hidden: Activation = sigmoid, output: Activation = sigmoid,
    cost: Cost = quadratic, h: float = 1e-5,
) -> tuple[Layers, Layers]:  # fmt: skip
    """Gradient by two-sided differences (C(θ+h) − C(θ−h)) / 2h, two forward passes for every parameter.

    Parameters
    ----------
    x, y : inputs (n[0], m) and targets (n[L], m)
    h : how far each parameter is moved to either side, positive

    Returns
    -------
    (nabla_w, nabla_b) : dicts by layer, in the shapes of w and b

    Raises
    ------
    ValueError : h is not positive, or the arguments do not go together, as for `forward` and `backward`.
    """
    h = positive("h", h)
    case = Case(parameters, columns("x", x), columns("y", y), hidden, output, cost)
    return _slopes(case, "w", h), _slopes(case, "b", h)


def gradient_check(
    parameters: Parameters, x: ArrayLike, y: ArrayLike, *, hidden: Activation = sigmoid, output: Activation = sigmoid,
    cost: Cost = quadratic, h: float = 1e-5,
) -> GradientCheck:  # fmt: skip
    """Compare `backward` with `numerical_gradient`, entry by entry; same arguments.

    An entry's disagreement is |difference| over the larger of the two values. Differences cannot see an entry much
    smaller than the rounding of C over h; such an entry is compared with that floor instead. The floor does not rise
    for an h below 1e-6: where rounding hides the gradient itself, the check fails.
    """
    h = positive("h", h)
    case = Case(parameters, columns("x", x), columns("y", y), hidden, output, cost)
    seen = _slopes(case, "w", h), _slopes(case, "b", h)
    found = case.backward_pass.nabla_w, case.backward_pass.nabla_b
    floor = 1e6 * np.finfo(float).eps * max(1.0, case.mean_cost) / max(h, 1e-6)
    errors: dict[tuple[int, str, tuple[int, int]], float] = {}
    for kind, ours, theirs in zip("wb", found, seen, strict=True):
        for layer in parameters.layers:
            size = np.maximum(np.maximum(np.abs(ours[layer]), np.abs(theirs[layer])), floor)
            for (j, k), error in np.ndenumerate(np.abs(ours[layer] - theirs[layer]) / size):
                errors[layer, kind, (j, k)] = float(error)
    worst = max(errors, key=lambda place: errors[place])
    return GradientCheck(errors[worst] < TOLERANCE, errors[worst], worst)


def _slopes(case: Case, kind: str, h: float) -> Layers:
    nabla = {layer: np.empty_like(values) for layer, values in getattr(case.parameters, kind).items()}
    for layer, values in nabla.items():
        for index in np.ndindex(values.shape):
            values[index] = _slope(case, kind, layer, index, h)
    return nabla


def _slope(case: Case, kind: str, layer: int, index: tuple[int, ...], h: float) -> float:
    """Two-sided difference of C for one parameter."""
    value, costs = getattr(case.parameters, kind)[layer][index], []
    for moved in (value + h, value - h):
        parameters = case.parameters.with_entry(kind, layer, index, moved)
        costs.append(mean_cost(propagate(parameters, case.x, case.hidden, case.output), case.y, case.cost))
    return (costs[0] - costs[1]) / (2 * h)

"""The independent witness: the gradient found by moving one parameter at a time, knowing nothing of backpropagation."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab.activations import Activation, sigmoid
from backprop_lab.cases import Case
from backprop_lab.costs import Cost, quadratic
from backprop_lab.network import ForwardPass, mean_cost, propagate
from backprop_lab.parameters import Layers, Parameters
from backprop_lab.validation import Array, positive

TOLERANCE = 1e-5
Place = tuple[int, str, tuple[int, int]]


@dataclass(frozen=True)
class GradientCheck:
    """What `gradient_check` found.

    `passed`: every entry agrees; `relative_error`: the largest disagreement of an entry, relative to its size;
    `worst`: where, as (layer, kind, index), kind "w" or "b", index (j, k), for a bias (j, 0).
    `kinks`: a sentence for every entry whose difference straddles a kink of relu, so that a one-sided one took its
    place, or none could.
    """

    passed: bool
    relative_error: float
    worst: Place
    kinks: tuple[str, ...] = ()


def numerical_gradient(
    parameters: Parameters, x: ArrayLike, y: ArrayLike, *, hidden: Activation = sigmoid, output: Activation = sigmoid,
    cost: Cost = quadratic, h: float = 1e-5,
) -> tuple[Layers, Layers]:  # fmt: skip
    """Gradient by two-sided differences (C(θ+h) − C(θ−h)) / 2h, two forward passes for every parameter.

    Where the difference straddles a kink of relu it mixes the slopes of both sides, and is neither; `gradient_check`
    says so.

    Parameters
    ----------
    x, y : inputs (n[0], m) and targets (n[L], m)
    hidden, output, cost : as for `backward`
    h : how far each parameter is moved to either side, positive

    Returns
    -------
    (nabla_w, nabla_b) : dicts by layer, in the shapes of w and b

    Raises
    ------
    ValueError : h is not positive, or the arguments do not go together, as for `forward` and `backward`.
    TypeError : `parameters`, an activation or the cost is of another type.
    """
    h, case = positive("h", h), _case(parameters, x, y, hidden, output, cost)
    nabla_w, nabla_b = (
        {at: np.empty_like(values) for at, values in layers.items()} for layers in (parameters.w, parameters.b)
    )
    for layer, kind, index in _places(case.parameters):
        (nabla_w if kind == "w" else nabla_b)[layer][index] = two_sided(case, (layer, kind, index), h)
    return nabla_w, nabla_b


def gradient_check(
    parameters: Parameters, x: ArrayLike, y: ArrayLike, *, hidden: Activation = sigmoid, output: Activation = sigmoid,
    cost: Cost = quadratic, h: float = 1e-5,
) -> GradientCheck:  # fmt: skip
    """Compare `backward` with two-sided differences, entry by entry; same arguments as `numerical_gradient`.

    An entry's disagreement is |difference| over the larger of the two values. Differences cannot see an entry much
    smaller than the rounding of C over h; such an entry is compared with that floor instead. The floor does not rise
    for an h below 1e-6: where rounding hides the gradient itself, the check fails.

    A difference that straddles a kink of relu compares nothing: the one-sided difference on the kink's side where
    the network is takes its place, and an entry for which both sides cross a kink is left out. `kinks` says which.
    """
    h, case = positive("h", h), _case(parameters, x, y, hidden, output, cost)
    floor = 1e6 * np.finfo(float).eps * max(1.0, case.mean_cost) / max(h, 1e-6)
    found = {"w": case.backward_pass.nabla_w, "b": case.backward_pass.nabla_b}
    errors, kinks = {}, []
    for place in _places(case.parameters):
        layer, kind, index = place
        ours, (theirs, remark) = found[kind][layer][index], _slope(case, place, h)
        kinks += [remark] if remark else []
        if theirs is not None:
            errors[place] = float(abs(ours - theirs) / max(abs(ours), abs(theirs), floor))
    if not errors:
        raise ValueError(f"h must be so small that some difference straddles no kink, got {h}: {kinks[0]}")
    worst = max(errors, key=lambda place: errors[place])
    return GradientCheck(errors[worst] < TOLERANCE, errors[worst], worst, tuple(kinks))


def kink_between(case: Case, place: Place, h: float) -> str:
    """Which z comes to the other side of a kink when a parameter moves by h up or down, in words; "" if none does."""
    return _crossed(case, *_pair(case, place, h))


def _places(parameters: Parameters) -> Iterator[Place]:
    """Every weight, then every bias."""
    for kind, layers in (("w", parameters.w), ("b", parameters.b)):
        for layer, values in layers.items():
            yield from ((layer, kind, (j, k)) for j, k in np.ndindex(*values.shape))


def two_sided(case: Case, place: Place, h: float) -> float:
    """The difference of one parameter, (C(θ+h) − C(θ−h)) / 2h."""
    return _difference(case, *_pair(case, place, h), h)


def _case(
    parameters: Parameters, x: ArrayLike, y: ArrayLike, hidden: Activation, output: Activation, cost: Cost
) -> Case:
    case = Case(parameters, cast("Array", x), cast("Array", y), hidden, output, cost)  # which makes arrays of them
    if not np.isfinite(case.mean_cost):
        raise ValueError(f"x and y must give a finite cost, got {case.mean_cost}")
    return case


def _slope(case: Case, place: Place, h: float) -> tuple[float | None, str]:
    """Slope of C at one parameter, and what is to be said of it; None where a kink lies on either side."""
    sides = _pair(case, place, h)
    kink = _crossed(case, *sides)
    if not kink:
        return _difference(case, *sides, h), ""
    layer, kind, (j, k) = place
    name = f"{kind}[{layer}][{j}, {k}]"
    for side, near in zip((h, -h), sides, strict=True):
        far = _moved(case, place, 2 * side)
        if not _crossed(case, near, far):
            here, one, two = (mean_cost(each, case.y, case.cost) for each in (case.forward_pass, near, far))
            slope = (4 * one - two - 3 * here) / (2 * side)  # its error shrinks with h², as that of two sides does
            return slope, f"{kink} within h: {name} is compared with the one-sided rate"
    return None, f"{kink} on either side: {name} is left out"


def _pair(case: Case, place: Place, h: float) -> tuple[ForwardPass, ForwardPass]:
    return _moved(case, place, h), _moved(case, place, -h)


def _difference(case: Case, up: ForwardPass, down: ForwardPass, h: float) -> float:
    return (mean_cost(up, case.y, case.cost) - mean_cost(down, case.y, case.cost)) / (2 * h)


def _moved(case: Case, place: Place, step: float) -> ForwardPass:
    """The forward pass with one parameter moved."""
    layer, kind, index = place
    value = getattr(case.parameters, kind)[layer][index]
    moved = case.parameters.with_entry(kind, layer, index, value + step)
    return propagate(moved, case.x, case.hidden, case.output)


def _crossed(case: Case, *moved: ForwardPass) -> str:
    """Which z has come to the other side of a kink in one of the passes, in words; "" if none has."""
    for each in moved:
        for layer, z in case.forward_pass.z.items():
            sigma = case.activation(layer)
            for kink in sigma.kinks:
                crossed = np.argwhere((z > kink) != (each.z[layer] > kink))
                if len(crossed):
                    return f"z[{layer}][{crossed[0][0]}] crosses the kink of {sigma}"
    return ""

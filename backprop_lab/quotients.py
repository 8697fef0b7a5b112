"""How right a finite difference is: one parameter's rate, by several ways, for any step h and either precision."""

from dataclasses import dataclass

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.complex_step import nudge
from backprop_lab.quantities import Quantity, parameters
from backprop_lab.validation import Array, positive

WAYS = ("two-sided", "one-sided", "complex step")
PRECISIONS = {"float64": (np.float64, np.complex128), "float32": (np.float32, np.complex64)}


@dataclass(frozen=True)
class Quotient:
    """C at θ, θ+h and θ−h, and what each of the `WAYS` makes of them."""

    here: float
    up: float
    down: float
    rates: dict[str, float]


def quotient(case: Case, of: Quantity, h: float, precision: str = "float64") -> Quotient:
    """The rate of a weight or bias by (C(θ+h) − C(θ−h)) / 2h, by (C(θ+h) − C(θ)) / h, and by Im C(θ+ih) / h.

    Parameters
    ----------
    of : a weight or a bias
    h : the step, positive
    precision : "float64" or "float32": everything is computed with such numbers, from the parameters on

    Raises
    ------
    ValueError : the case has no such weight or bias, h is not positive, or there is no such precision.
    """
    if of not in parameters(case):
        raise ValueError(f"of must be a weight or a bias of the case, got {of.code}")
    if precision not in PRECISIONS:
        raise ValueError(f"precision must be one of {', '.join(PRECISIONS)}, got {precision!r}")
    h = positive("h", h)
    real, imaginary = PRECISIONS[precision]
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # of numbers that float32 has no room for
        here, up, down = (_cost(case, of, real(step), real) for step in (0.0, h, -h))
        turned = _cost(case, of, imaginary(1j * h), imaginary).imag
        turned = turned if np.isfinite(turned) else real(0.0)  # an e^−z without room: σ is flat out there
        rates = ((up - down) / real(2 * h), (up - here) / real(h), turned / real(h))
    return Quotient(float(here), float(up), float(down), dict(zip(WAYS, map(float, rates), strict=True)))


def exact_rate(case: Case, of: Quantity) -> float:
    """The rate as a nudge finds it, exact to rounding: what the quotients are compared with."""
    return float(nudge(case, of.letter, of.layer, of.index).cost.mean())


def relative_error(found: float, exact: float) -> float:
    """|found − exact| as a share of the exact value; of 1 where that is 0."""
    return abs(found - exact) / (abs(exact) or 1.0)


def errors(case: Case, of: Quantity, steps: Array, precision: str = "float64") -> dict[str, Array]:
    """The relative error of each of the `WAYS`, for every step h."""
    exact = exact_rate(case, of)
    found = [quotient(case, of, float(h), precision).rates for h in steps]
    return {way: np.array([relative_error(rates[way], exact) for rates in found]) for way in WAYS}


def _cost(case: Case, of: Quantity, step: np.number, number: type[np.number]) -> np.number:
    """C with the parameter moved by a step, every number of this type."""
    a = case.x.astype(number)
    for layer in case.parameters.layers:
        w, b = case.parameters.w[layer].astype(number), case.parameters.b[layer].astype(number)
        if layer == of.layer:
            (w if of.letter == "w" else b)[(*of.index, 0)[:2]] += step
        a = case.activation(layer).value(w @ a + b).astype(number)
    return number(case.cost.of_example(a, case.y.astype(a.real.dtype)).mean())

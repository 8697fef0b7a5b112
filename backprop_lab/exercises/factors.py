"""Factors between what was given and what is right, and what they are made of: of 2, of m, of n, of L."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import product

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.exercises.parsing import Answer
from backprop_lab.exercises.words import listed


@dataclass(frozen=True)
class Formula:
    """A factor as a formula in the numbers of a network, and in words."""

    words: str
    value: Callable[[Case], float]


def common_factor(answer: Answer, wanted: Answer) -> float | None:
    """The one factor by which all entries differ, if there is one."""
    if answer.keys() != wanted.keys() or any(answer[name].shape != wanted[name].shape for name in wanted):
        return None
    values, right = (np.concatenate([each[name].ravel() for name in wanted]) for each in (answer, wanted))
    if not np.isfinite(values).all() or not np.isfinite(right).all() or not right.any():
        return None
    factor = float(np.vdot(right, values) / np.vdot(right, right))
    far = np.abs(values - factor * right) > 1e-6 * np.abs(factor * right) + 1e-9 * np.abs(values).max()
    return factor if factor and not far.any() else None


def formula_of(cases: Sequence[Case], factors: Sequence[float | None]) -> Formula | None:
    """What the factors of these networks have in common."""
    values = np.array(factors, dtype=float)
    if np.allclose(values, values[0], rtol=1e-5):
        return Formula(f"{values[0]:.6g}".replace("-", "−"), lambda case: float(values[0]))
    fitting = (each for each in _formulas() if np.allclose([each.value(case) for case in cases], values, rtol=1e-5))
    return next(fitting, None)


@cache
def _formulas() -> tuple[Formula, ...]:
    return tuple(_made())


_OF_COST: tuple[tuple[str, Callable[[float, int], float]], ...] = (  # in words, from C and the number of outputs
    ("C", lambda cost, n: cost),
    ("1/C", lambda cost, n: 1 / cost),
    ("√C", lambda cost, n: cost**0.5),
    ("1/(2 √C)", lambda cost, n: 0.5 * cost**-0.5),
    ("1/√C", lambda cost, n: cost**-0.5),
    ("1/√(2 C)", lambda cost, n: (2 * cost) ** -0.5),
    ("√(n/(2 C)) (where n is the number of output neurons)", lambda cost, n: (n / (2 * cost)) ** 0.5),
    ("1/√(2 C n) (where n is the number of output neurons)", lambda cost, n: (2 * cost * n) ** -0.5),
)


def _of_cost(of: Callable[[float, int], float], case: Case) -> float:
    return of(case.mean_cost, case.parameters.sizes[-1])


def _made() -> Iterator[Formula]:
    powers_of_size = (0, -1, 1, -2, 2)
    for layers, sign, two, m, n in product((0, -1, 1), (1, -1), (0, 1, -1, 2, -2), powers_of_size, powers_of_size):
        if m or n or layers:
            powers = {"4" if abs(two) == 2 else "2": two, **dict(map(_squared, "mnL", (m, n, layers)))}
            upper, lower = ([word for word, power in powers.items() if power * way > 0] for way in (1, -1))
            over = f"/({' '.join(lower)})" if len(lower) > 1 else f"/{lower[0]}" if lower else ""
            sizes = (("m", "examples", m), ("n", "output neurons", n), ("L", "layers", layers))
            meant = [f"{letter} is the number of {what}" for letter, what, power in sizes if power]
            words = f"{'−' * (sign < 0)}{' '.join(upper) or '1'}{over} (where {listed(meant)})"
            yield Formula(words, partial(_value, sign, two, m, n, layers))
    yield from (Formula(words, partial(_of_cost, of)) for words, of in _OF_COST)


def _squared(letter: str, power: int) -> tuple[str, int]:
    return letter + "²" * (abs(power) == 2), power


def _value(sign: int, two: int, m: int, n: int, layers: int, case: Case) -> float:
    sizes = float(case.x.shape[1]) ** m * float(case.parameters.sizes[-1]) ** n
    return sign * 2.0**two * sizes * float(len(case.parameters.layers)) ** layers

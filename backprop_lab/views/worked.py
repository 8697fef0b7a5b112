"""A sum of products with its numbers, worked out step by step until one number is left."""

import numpy as np

from backprop_lab.derivations.lines import Sum, Value
from backprop_lab.drawing.markup import Markup, element, fragment, plain, signed
from backprop_lab.views.mathml import bracket, joined, operator, row

DECIMALS = 6  # the same all the way down a proof


def written(value: Value) -> str:
    """A number, or a vector in brackets, with six decimals."""
    if np.ndim(value):
        return f"({', '.join(signed(entry, DECIMALS) for entry in np.ravel(value))})"
    return signed(float(value), DECIMALS)


def numbers(value: Value) -> list[Markup]:
    """The sum or product with its numbers, then with its brackets and products worked out; nothing for one number."""
    stages: list[Markup] = []
    while isinstance(value, Sum) and (any(len(factors) > 1 for factors in value.terms) or len(value.terms) > 1):
        stages.append(element("math", operator("="), _terms(value), alttext=f"= {in_digits(value)}"))
        value = _worked_out(value)
    return stages


def in_digits(value: Sum) -> str:
    """The sum or product with its numbers, as text."""
    return " + ".join(" · ".join(_text(factor) for factor in factors) for factors in value.terms)


def _text(factor: float) -> str:
    if isinstance(factor, Sum):
        return f"({in_digits(factor)})"
    return f"({_digits(factor)})" if factor < 0 else _digits(factor)


def _worked_out(value: Sum) -> Value:
    """One step nearer to the result: brackets first, then the product in each term, then the sum."""
    if any(isinstance(factor, Sum) for factors in value.terms for factor in factors):
        return Sum(tuple(float(factor) for factor in factors) for factors in value.terms)
    if len(value.terms) > 1 and any(len(factors) > 1 for factors in value.terms):
        return Sum((float(np.prod(factors)),) for factors in value.terms)
    return float(value)


def _terms(value: Sum) -> Markup:
    if all(len(factors) == 1 for factors in value.terms):
        return _difference([float(factor) for (factor,) in value.terms])
    return joined([_product(factors) for factors in value.terms], "+")


def _difference(parts: list[float]) -> Markup:
    """Numbers one after the other, each after its own sign."""
    first = element("mn", _digits(parts[0]))
    return row(
        first,
        *(
            fragment(operator("−" if np.signbit(part) else "+"), element("mn", _digits(abs(part))))
            for part in parts[1:]
        ),
    )


def _product(factors: tuple[float, ...]) -> Markup:
    return joined([_factor(factor) for factor in factors], "·")


def _factor(factor: float) -> Markup:
    if isinstance(factor, Sum):
        return bracket(_terms(factor))
    digits = element("mn", _digits(factor))
    return bracket(digits) if factor < 0 else digits


def _digits(number: float) -> str:
    """A number that was chosen as it was chosen, one that was computed with six decimals."""
    decimals = next((few for few in (0, 2) if abs(number - round(number, few)) < 1e-12), DECIMALS)
    return plain(number, decimals)

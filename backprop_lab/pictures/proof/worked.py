"""Numbers in a proof: a sum of products with its numbers, worked out step by step until one number is left."""

from math import isclose

import numpy as np

from backprop_lab.derivations.sums import Sum, Value, stages
from backprop_lab.drawing.markup import Markup, element, plain, sign_class, signed
from backprop_lab.drawing.mathml import bracket, number

DECIMALS = 6  # the same all the way down a proof
SPACE = "\N{NO-BREAK SPACE}"  # a narrow one is next to none in some fonts


def written(value: Value) -> str:
    """A number, or a vector in brackets, with six decimals."""
    if np.ndim(value):
        return f"({', '.join(signed(entry, DECIMALS) for entry in np.ravel(value))})"
    return signed(float(value), DECIMALS)


def result(value: Value) -> Markup:
    """The value of a line in the color of its sign; a vector is a column."""
    if not np.ndim(value):
        return element("span", written(value), class_=f"bl-value bl-result {sign_class(float(value))}")
    entries = (element("mtr", element("mtd", number(float(each), DECIMALS, result=True))) for each in np.ravel(value))
    return element("math", bracket(element("mtable", *entries)), alttext=written(value), class_="bl-value")


def numbers(value: Value) -> str:
    """The sum or product with its numbers, then with its brackets and products worked out; nothing for one number."""
    return " ".join(f"={SPACE}{in_digits(stage)}" for stage in stages(value))


def count(value: Value) -> int:
    """How many numbers are written to work it out."""
    return sum(_factors(stage) for stage in stages(value))


def in_digits(value: Sum) -> str:
    """The sum or product with its numbers, as text that can be broken before each sign."""
    first, *rest = value.terms
    return " ".join([_product(first), *(_added(factors) for factors in rest)])


def _added(factors: tuple[float, ...]) -> str:
    """A term after its sign; a single number lends it its own."""
    (one, *more) = factors
    if not more and not isinstance(one, Sum):
        return f"{'−' if one < 0 else '+'}{SPACE}{_digits(abs(one))}"
    return f"+{SPACE}{_product(factors)}"


def _product(factors: tuple[float, ...]) -> str:
    if len(factors) == 1 and not isinstance(factors[0], Sum):
        return _digits(factors[0])
    return f" ·{SPACE}".join(_factor(factor) for factor in factors)


def _factor(factor: float) -> str:
    if isinstance(factor, Sum):
        return f"({in_digits(factor)})"
    return f"({_digits(factor)})" if factor < 0 else _digits(factor)


def _factors(value: float) -> int:
    return sum(_factors(factor) for factors in value.terms for factor in factors) if isinstance(value, Sum) else 1


def _digits(number: float) -> str:
    """A number that was chosen as it was chosen, one that was computed with six decimals."""
    decimals = next((few for few in (0, 2) if isclose(number, round(number, few), rel_tol=0, abs_tol=1e-12)), DECIMALS)
    return plain(number, decimals)

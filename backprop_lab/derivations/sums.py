"""Sums of products that remember how they were put together, so that a line can be worked out before one's eyes."""

from collections.abc import Iterable, Iterator

import numpy as np

from backprop_lab.validation import Array

Value = float | Array


class Sum(float):
    """A sum of products which remembers how it was put together: `terms`, each a tuple of factors.

    A factor may be a `Sum` itself: a bracket.
    """

    terms: tuple[tuple[float, ...], ...]

    def __new__(cls, terms: Iterable[tuple[float, ...]]) -> "Sum":
        """Multiply the factors of each term, and add the terms."""
        terms = tuple(terms)
        number = super().__new__(cls, sum(float(np.prod(factors)) for factors in terms))
        number.terms = terms
        return number

    @property
    def size(self) -> float:
        """The sum of the terms without their signs: what rounding errors are relative to."""
        return sum(float(np.prod([magnitude(factor) for factor in factors])) for factors in self.terms)

    @property
    def nearer(self) -> "Value":
        """One step nearer to the result: brackets first, then the product in each term, then the sum."""
        if any(isinstance(factor, Sum) for factors in self.terms for factor in factors):
            return Sum(tuple(float(factor) for factor in factors) for factors in self.terms)
        if len(self.terms) > 1 and any(len(factors) > 1 for factors in self.terms):
            return Sum((float(np.prod(factors)),) for factors in self.terms)
        return float(self)


def product(*factors: float) -> Sum:
    """The product of the factors."""
    return Sum([factors])


def stages(value: Value) -> Iterator[Sum]:
    """The sum with its numbers, then with its brackets and its products worked out; nothing for one number."""
    while isinstance(value, Sum) and sum(map(len, value.terms)) > 1:
        yield value
        value = value.nearer


def magnitude(value: Value) -> float:
    """The size of a value, or of the terms it was put together from."""
    return value.size if isinstance(value, Sum) else float(np.abs(value).max())

"""One product of many matrices, Σ′(z¹)(w²)ᵀ … Σ′(z^L)∇ₐC, multiplied from either end, and how much work each way is."""

from typing import NamedTuple

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.validation import Array, count

SIDES = ("left", "right")


class Matrix(NamedTuple):
    """A matrix of the product: its formula, its shape, whether it is diagonal, and its numbers if it has any."""

    written: str
    rows: int
    columns: int
    diagonal: bool = False
    value: Array | None = None


class Product(NamedTuple):
    """One multiplication of two matrices, and how many multiplications of numbers it takes."""

    left: Matrix
    right: Matrix
    result: Matrix
    takes: int


def factors(sizes: tuple[int, ...], case: Case | None = None) -> list[Matrix]:
    """Σ′(z¹) (w²)ᵀ Σ′(z²) … Σ′(z^L) ∇ₐC, the factors of δ¹.

    Parameters
    ----------
    sizes : of the layers 1 … L
    case : the network with one example that the numbers are of, with element-wise activations; without it there are
        shapes only

    Raises
    ------
    ValueError : a size is no whole number of at least 1, or there is none; the case has softmax as output.
    """
    if not sizes:
        raise ValueError(f"sizes must be those of the layers 1 … L, got {sizes!r}")
    found: list[Matrix] = []
    for layer, size in enumerate(sizes, start=1):
        count("size", size)
        if layer > 1:
            value = case.parameters.w[layer].T if case else None
            found.append(Matrix(f"(w^{layer})ᵀ", sizes[layer - 2], size, value=value))
        value = np.diag(case.activation(layer).prime(case.forward_pass.z[layer])[:, 0]) if case else None
        found.append(Matrix(f"Σ′(z^{layer})", size, size, diagonal=True, value=value))
    value = case.cost.gradient(case.forward_pass.prediction, case.y) if case else None
    return [*found, Matrix("∇ₐCₓ", sizes[-1], 1, value=value)]


def takes(left: Matrix, right: Matrix) -> int:
    """How many products of numbers this product takes: a diagonal matrix scales each entry once."""
    return left.rows * right.columns * (1 if left.diagonal or right.diagonal else left.columns)


def products(of: list[Matrix], side: str) -> list[Product]:
    """All multiplications one after the other, beginning at the "left" or at the "right" end.

    Raises
    ------
    ValueError : `side` is neither.
    """
    if side not in SIDES:
        raise ValueError(f"side must be left or right, got {side!r}")
    done: list[Product] = []
    so_far, *rest = of if side == "left" else reversed(of)
    for factor in rest:
        left, right = (so_far, factor) if side == "left" else (factor, so_far)
        value = None if left.value is None or right.value is None else left.value @ right.value
        so_far = Matrix("so far", left.rows, right.columns, value=value)
        done.append(Product(left, right, so_far, takes(left, right)))
    return done


def multiplications(sizes: tuple[int, ...], side: str) -> int:
    """How many multiplications of numbers δ¹ takes, beginning at the "left" or at the "right" end.

    Parameters
    ----------
    sizes : of the layers 1 … L

    Raises
    ------
    ValueError : a size is no whole number of at least 1, or there is none; `side` is neither end.

    Examples
    --------
    >>> multiplications((100, 100, 10), "left"), multiplications((100, 100, 10), "right")
    (122000, 11210)
    """
    return sum(product.takes for product in products(factors(sizes), side))

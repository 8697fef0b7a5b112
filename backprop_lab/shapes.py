"""The rules for what comes in: numbers only, finite, two-dimensional with one column per example, or a clear error."""

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab.activations import Array


def finite(name: str, values: ArrayLike) -> Array:
    """Return a float64 copy of `values`; ValueError if it is ragged, not real numbers, NaN or infinite."""
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name} must be a rectangular array of numbers, got rows of different lengths") from error
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold real numbers, got {array.dtype} values")
    array = np.array(array, dtype=np.float64)
    if not np.isfinite(array).all():
        where = tuple(map(int, np.argwhere(~np.isfinite(array))[0]))
        raise ValueError(f"{name} must be finite, got {array[where]} at index {where}")
    return array


def columns(name: str, values: ArrayLike, rows: int | None = None, examples: int | None = None) -> Array:
    """Return `values` as an array of shape (rows, examples), a 1-D one as one column; ValueError if it does not fit."""
    array = finite(name, values)
    shape = array.shape
    if array.ndim == 1:
        array = array[:, np.newaxis]
    fits = array.ndim == 2 and rows in (None, array.shape[0]) and examples in (None, array.shape[1])
    if not fits or array.size == 0:
        wanted = f"({rows or 'n'}, {examples or 'm'})"
        raise ValueError(f"{name} must have shape {wanted}, one column per example, got {shape}")
    return array


def positive(name: str, value: float) -> float:
    """Return `value` as a float; ValueError unless it is a positive, finite number."""
    array = finite(name, value)
    if array.ndim or array <= 0:
        raise ValueError(f"{name} must be a positive number, got {value!r}")
    return float(array)


def count(name: str, value: int) -> int:
    """Return `value`; ValueError unless it is a whole number of at least 1."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < 1:
        raise ValueError(f"{name} must be a whole number of at least 1, got {value!r}")
    return int(value)

"""The rules for what comes in: numbers only, finite, two-dimensional with one column per example, or a clear error."""

from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab.activations import Array

Record = TypeVar("Record")


class Locked(dict[int, Array]):
    """Arrays by layer which cannot be exchanged; a copy can."""

    def __setitem__(self, layer: int, _values: Array) -> None:
        raise TypeError(f"layer {layer} of Parameters cannot be exchanged: make new Parameters, as `step` does")

    def __reduce__(self) -> tuple[type, tuple[dict[int, Array]]]:
        return dict, (dict(self),)


def locked(record: Record) -> Record:
    """Return the record, with all arrays in its dicts made read-only."""
    for layers in vars(record).values():
        for array in layers.values() if isinstance(layers, dict) else ():
            array.flags.writeable = False
    return record


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
        raise ValueError(f"{name} must be finite, got {array[where]}{f' at index {where}' if where else ''}")
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


def pair(name: str, values: tuple[ArrayLike, ArrayLike], rows: tuple[int, int]) -> tuple[Array, Array]:
    """Return (x, y) as arrays with so many rows and equally many columns; ValueError if they do not fit."""
    if not isinstance(values, tuple | list) or len(values) != 2:
        raise ValueError(f"{name} must be a pair (x, y), got {type(values).__name__}")
    x = columns(f"{name} x", values[0], rows=rows[0])
    return x, columns(f"{name} y", values[1], rows=rows[1], examples=x.shape[1])


def in_unit_interval(name: str, values: Array, purpose: str) -> None:
    """Refuse values below 0 or above 1."""
    outside = values[(values < 0) | (values > 1)]
    if outside.size:
        raise ValueError(f"{name} must lie in [0, 1] for {purpose}, got {outside[0]}")


def positive(name: str, value: float) -> float:
    """Return `value` as a float; ValueError unless it is a positive, finite number."""
    array = finite(name, value)
    if array.ndim or array <= 0:
        raise ValueError(f"{name} must be a positive number, got {value!r}")
    return float(array)


def count(name: str, value: int, least: int = 1) -> int:
    """Return `value`; ValueError unless it is a whole number of at least 1, or of another least value."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, got {value!r}")
    return int(value)


def generator(seed: int) -> np.random.Generator:
    """Return the generator of this seed; ValueError unless it is a whole number of at least 0."""
    return np.random.default_rng(count("seed", seed, least=0))

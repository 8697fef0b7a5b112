"""The rules for what comes in: numbers only, finite, two-dimensional with one column per example, or a clear error."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from numpy.random import Generator

Array = NDArray[Any]
Record = TypeVar("Record")


class Locked(dict[int, Array]):
    """Arrays by layer which cannot be replaced; in a copy they can."""

    def _refuse(self, *_: object, **__: object) -> Any:
        raise TypeError("a layer of Parameters cannot be replaced: make new Parameters, as `step` does")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = _refuse
    setdefault = update = _refuse  # type: ignore[assignment]

    def __reduce__(self) -> tuple[type, tuple[dict[int, Array]]]:
        return dict, (dict(self),)


def locked(record: Record) -> Record:
    """Return the record, with all arrays in its dicts made read-only."""
    for layers in vars(record).values():
        for array in layers.values() if isinstance(layers, dict) else ():
            array.flags.writeable = False
    return record


def is_entry(index: object, shape: tuple[int, ...]) -> bool:
    """Whether it is a tuple of whole numbers that lie within the shape of an array, counted from its beginning."""
    return isinstance(index, tuple) and 0 < len(index) == len(shape) and all(map(_is_within, index, shape))


def _is_within(i: object, n: int) -> bool:
    return isinstance(i, int | np.integer) and not isinstance(i, bool) and 0 <= int(i) < n


def of_type(name: str, value: object, kind: type, such_as: str) -> None:
    """Refuse a value of another type."""
    if not isinstance(value, kind):
        came = type(value).__name__ if isinstance(value, Mapping | np.ndarray) else repr(value)
        raise TypeError(f"{name} must be of type {kind.__name__}, such as {such_as}, got {came}")


def numbers(name: str, values: ArrayLike, kinds: str = "biuf") -> Array:
    """Return `values` as an array; ValueError if it is ragged, holds no numbers, or would lose a mask or a unit."""
    lost = _lost(values)
    if lost is not None:
        raise ValueError(f"{name} must be a plain array, got {lost}: its mask or unit would be dropped")
    try:
        array = np.asarray(values)
    except (ValueError, TypeError, RuntimeError) as error:
        ragged = isinstance(values, list | tuple) and isinstance(error, ValueError)
        came = "rows of different lengths" if ragged else type(values).__name__
        raise ValueError(f"{name} must be a rectangular array of numbers, got {came}") from error
    if array.dtype.kind not in kinds:
        came = f"{array.dtype} values" if array.ndim or array.dtype != object else type(values).__name__
        raise ValueError(f"{name} must hold {'' if 'c' in kinds else 'real '}numbers, got {came}")
    return array


def _lost(values: object) -> str | None:
    """The type of an array, or of one in a list, that is more than its numbers: NumPy would drop the rest unasked."""
    if isinstance(values, list | tuple):
        return next(filter(None, map(_lost, values)), None)
    plain = (np.ndarray, np.matrix, np.memmap)
    more = isinstance(values, np.ndarray) and type(values) not in plain
    return type(values).__name__ if more or hasattr(type(values), "units") else None


def finite(name: str, values: ArrayLike, order: Literal["K", "F"] = "K") -> Array:
    """Return `values` in an array of float64 which no caller can change; ValueError if it is not finite.

    It is a copy, unless nobody can write to `values` either.
    """
    array = numbers(name, values)
    ours = array.flags.owndata and not array.flags.writeable and (order == "K" or array.flags.f_contiguous)
    if array.dtype != np.float64 or not ours:
        with np.errstate(over="ignore"):  # a long double may become infinite, which is said below
            array = np.array(array, dtype=np.float64, order=order)
    if not np.isfinite(array).all():
        where = tuple(map(int, np.argwhere(~np.isfinite(array))[0]))
        raise ValueError(f"{name} must be finite, got {array[where]}{f' at index {where}' if where else ''}")
    return array


def columns(name: str, values: ArrayLike, rows: int | None = None, examples: int | None = None) -> Array:
    """Return `values` as an array of shape (rows, examples), a 1-D one as one column; ValueError if it does not fit.

    An example's numbers lie side by side in memory, so that a mini-batch is gathered fast.
    """
    array = finite(name, values, order="F")
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


def positive(name: str, value: float, *, or_zero: bool = False) -> float:
    """Return `value` as a float; ValueError unless it is one finite number above 0, or 0 where that is allowed."""
    array = finite(name, value)
    if array.ndim or array < 0 or (array == 0 and not or_zero):
        raise ValueError(f"{name} must be {'0 or ' if or_zero else ''}a positive number, got {value!r}")
    return float(array)


def count(name: str, value: int, least: int = 1) -> int:
    """Return `value`; ValueError unless it is a whole number of at least 1, or of another least value."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, got {value!r}")
    return int(value)


def generator(seed: int) -> "Generator":
    """Return the generator of this seed; ValueError unless it is a whole number of at least 0."""
    return np.random.default_rng(count("seed", seed, least=0))

"""Reads what a learner's function gave: named arrays, or a sentence that says what came instead."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from backprop_lab.activations import Array

Answer = dict[str, Array]  # such as {"nabla_w[1]": …, "nabla_b[1]": …}
Read = Callable[[object], Answer]

WITHOUT_RETURN = "does every path through your function end in a return"  # what to ask where there is None
_PART = "which of your lines should give it a value"


def finite(answer: Answer) -> bool:
    """Whether every number of it is one."""
    return all(np.isfinite(values).all() for values in answer.values())


class Unreadable(Exception):  # noqa: N818 (a sentence for the learner)
    """The answer is not made of numbers in the way that was asked for."""


class NotAttempted(Exception):  # noqa: N818
    """There is still a `...` where the answer should be."""


def array(symbol: str) -> Read:
    """One array."""
    return lambda value: {symbol: _numbers(symbol, value, asks=WITHOUT_RETURN)}


def number(symbol: str) -> Read:
    """One number, a NumPy one too."""
    return lambda value: {symbol: _numbers(symbol, value, "a number", WITHOUT_RETURN)}


def layers(first: str, second: str) -> Read:
    """A pair of dicts, layer → array."""

    def read(value: object) -> Answer:
        _refuse_stubs(value, f"({first}, {second})", WITHOUT_RETURN)
        if not isinstance(value, tuple | list) or len(value) != 2:
            it = came(value, "it returns")
            raise Unreadable(f"Your function must return the pair {first}, {second}; {it}. Which comes first?")
        return {**_by_layer(first, value[0]), **_by_layer(second, value[1])}

    return read


def _by_layer(name: str, value: object) -> Answer:
    _refuse_stubs(value, name)
    if not isinstance(value, Mapping):
        raise Unreadable(f"{name} must be a dict, layer → array; {came(value)}. Which keys should it have?")
    return {f"{name}[{_key(layer)}]": _numbers(f"{name}[{_key(layer)}]", values) for layer, values in value.items()}


def _key(layer: object) -> str:
    """A layer's number as it is, so that no "1" passes for 1."""
    return str(layer) if isinstance(layer, np.integer) else repr(layer)


def _numbers(symbol: str, value: object, kind: str = "an array of numbers", asks: str = _PART) -> Array:
    if type(value) is np.ndarray and value.dtype == np.float64:
        return value.copy()
    no_numbers = f"{symbol} must be {kind}; {came(value)}. Which of your variables holds {kind}?"
    _refuse_stubs(value, symbol, asks)
    if hasattr(value, "cr_frame"):
        value.close()  # pyright: ignore[reportAttributeAccessIssue] (a coroutine; Python warns of one that never ran)
    if isinstance(value, dict | set | str) or hasattr(value, "__next__") or hasattr(value, "cr_frame"):
        raise Unreadable(no_numbers)
    try:
        values = np.array(value)
        values = values.astype(np.float64) if values.dtype == object else values
    except OverflowError as error:
        raise Unreadable(f"{symbol} contains a number that no float can hold. What makes it so large?") from error
    except (ValueError, TypeError) as error:
        if isinstance(value, list):
            raise Unreadable(
                f"{symbol} is a list that does not form a rectangle of numbers: do all its rows have the"
                f" same length, and is every entry a number?"
            ) from error
        raise Unreadable(no_numbers) from error
    if values.dtype.kind not in "biuf":
        raise Unreadable(
            f"{symbol} must contain real numbers; yours are of type {values.dtype}. Where does that come from?"
        )
    return values


def _refuse_stubs(value: object, name: str, asks: str = _PART) -> None:
    entries = value if isinstance(value, list | tuple) else [value]
    if any(each is ... or each is NotImplemented for each in entries):
        raise NotAttempted
    if value is None:
        raise Unreadable(f"Where {name} should be, there is None: {asks}?")


def came(value: Any, begins: str = "yours is") -> str:
    """What was returned, in words: yours is a list of 3."""
    kind = "NumPy array" if isinstance(value, np.ndarray) else type(value).__name__
    if isinstance(value, tuple | list):
        return f"{begins} a {kind} of {len(value)}"
    shape = f" of shape {value.shape}" if isinstance(value, np.ndarray) else ""
    article = "an" if kind[0].lower() in "aeiou" else "a"
    return f"{begins} {article} {kind}{shape}"

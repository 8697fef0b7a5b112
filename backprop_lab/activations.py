"""The activation functions: how a neuron answers its weighted input, each with its derivative."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[Any]


@dataclass(frozen=True)
class Activation:
    """An activation function a = σ(z): call it for σ(z), `.prime(z)` for σ′(z).

    Parameters
    ----------
    name : how messages and pictures call it
    value : z ↦ σ(z), for arrays of any shape; real or complex (the nudge of `complex_step` is complex)
    derivative : z ↦ σ′(z), or None where the function is not element-wise and its derivative is a whole matrix
    vjp : only without a derivative: (a, v) ↦ Jᵀv, the product of that matrix, transposed, with a vector

    Examples
    --------
    >>> print(sigmoid(0.0), sigmoid.prime(0.0))
    0.5 0.25
    """

    name: str
    value: Callable[[Array], Array]
    derivative: Callable[[Array], Array] | None
    vjp: Callable[[Array, Array], Array] | None = None

    def __call__(self, z: ArrayLike) -> Array:
        """σ(z), in the shape of z."""
        return self.value(_floats(z))[()]

    def prime(self, z: ArrayLike) -> Array:
        """σ′(z), in the shape of z.

        Raises
        ------
        ValueError : the function is not element-wise, so there is no such array.
        """
        if self.derivative is None:
            raise ValueError(
                f"{self.name} has no element-wise derivative: one z moves every output, so its derivative is a matrix"
                f" (the Jacobian) for each example; `backward` uses all of it"
            )
        return self.derivative(_floats(z))[()]

    def __repr__(self) -> str:
        return self.name


def _floats(z: ArrayLike) -> Array:
    array = np.asarray(z)
    if array.dtype.kind not in "biufc":
        raise ValueError(f"z must hold numbers, got {array.dtype} values")
    return array if array.dtype.kind == "c" else array.astype(np.float64)


def _tail(z: Array) -> Array:
    """e^(-|z|): never overflows, and keeps every digit where σ is saturated."""
    return np.exp(np.where(np.real(z) >= 0, -z, z))


def _sigmoid(z: Array) -> Array:
    return np.where(np.real(z) >= 0, 1.0, _tail(z)) / (1.0 + _tail(z))


def _sigmoid_prime(z: Array) -> Array:
    return _tail(z) / (1.0 + _tail(z)) ** 2  # σ(z)·(1 - σ(z)), which would be 0 for every z > 37


def _softmax(z: Array) -> Array:
    powers = np.exp(z - np.real(z).max(axis=0, keepdims=True))
    return powers / powers.sum(axis=0, keepdims=True)


sigmoid = Activation("sigmoid", _sigmoid, _sigmoid_prime)
tanh = Activation("tanh", np.tanh, lambda z: 4 * _sigmoid_prime(2 * z))
relu = Activation("relu", lambda z: np.where(np.real(z) <= 0, 0.0, z), lambda z: np.where(np.real(z) > 0, 1.0, 0.0))
identity = Activation("identity", lambda z: z.copy(), np.ones_like)
softmax = Activation("softmax", _softmax, None, vjp=lambda a, v: a * (v - (a * v).sum(axis=0)))

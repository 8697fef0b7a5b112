"""The activation functions: how a neuron answers its weighted input, each with its derivative."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab.validation import Array, numbers


@dataclass(frozen=True)
class Activation:
    """An activation function a = σ(z): call it for σ(z), `.prime(z)` for σ′(z).

    Parameters
    ----------
    name : how messages and pictures call it
    value : z ↦ σ(z), for arrays of any shape; real or complex (the nudge of `complex_step` is complex)
    derivative : z ↦ σ′(z), real; or None where the function is not element-wise and its derivative is a whole matrix
    vjp : only without a derivative: (a, v) ↦ Jᵀv, the product of that matrix, transposed, with a vector
    kinks : where σ has no derivative, as relu at 0: a difference across such a z says nothing of σ′

    Examples
    --------
    >>> print(sigmoid(0.0), sigmoid.prime(0.0))
    0.5 0.25
    """

    name: str
    value: Callable[[Array], Array]
    derivative: Callable[[Array], Array] | None
    vjp: Callable[[Array, Array], Array] | None = None
    kinks: tuple[float, ...] = ()

    def __call__(self, z: ArrayLike) -> Array:
        """σ(z), in the shape of z."""
        with np.errstate(over="ignore", invalid="ignore"):
            return self.value(_floats(z, kinds="biufc"))[()]

    def prime(self, z: ArrayLike) -> Array:
        """σ′(z), in the shape of z.

        Raises
        ------
        ValueError : the function is not element-wise, so there is no such array.
        """
        with np.errstate(over="ignore", invalid="ignore"):
            return self.slope(_floats(z))[()]

    def slope(self, z: Array) -> Array:
        """`prime` for an array of floats that has been checked."""
        if self.derivative is None:
            raise ValueError(
                f"{self.name} has no element-wise derivative: one z moves every output, so its derivative is a matrix"
                f" (the Jacobian) for each example; `backward` uses all of it"
            )
        return self.derivative(z)

    def __repr__(self) -> str:
        return self.name


def _floats(z: ArrayLike, kinds: str = "biuf") -> Array:
    array = numbers("z", z, kinds)
    return array if array.dtype.kind == "c" else array.astype(np.float64)


def _sigmoid(z: Array) -> Array:
    return 1.0 / (1.0 + np.exp(-np.maximum(z, -709.0)))  # e^709 is nearly the largest number there is: σ(−∞) is 10⁻³⁰⁸


def _sigmoid_prime(z: Array) -> Array:
    tail = np.exp(-np.abs(z))  # σ′ is even, and on this side nothing overflows or cancels, as in σ·(1 − σ) it would
    return tail / (1.0 + tail) ** 2


def _softmax(z: Array) -> Array:
    powers = np.exp(z - np.real(z).max(axis=0, keepdims=True, initial=-np.inf))
    return powers / powers.sum(axis=0, keepdims=True)


sigmoid = Activation("sigmoid", _sigmoid, _sigmoid_prime)
tanh = Activation("tanh", np.tanh, lambda z: 4 * _sigmoid_prime(2 * z))
relu = Activation(
    "relu",
    lambda z: np.where(np.real(z) <= 0, 0.0, z),
    lambda z: np.heaviside(z, 0.0),
    kinks=(0.0,),
)
identity = Activation("identity", lambda z: z.copy(), np.ones_like)
softmax = Activation("softmax", _softmax, None, vjp=lambda a, v: a * (v - (a * v).sum(axis=0)))

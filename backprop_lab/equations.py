"""The four equations of backpropagation: each a function, each function one line."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import ParamSpec

import numpy as np

from backprop_lab.validation import Array, finite

P = ParamSpec("P")


def at_the_door(**shapes: str) -> Callable[[Callable[P, Array]], Callable[P, Array]]:
    """Check an equation's arguments when it is called: finite matrices, a letter the same length wherever it stands.

    The bare line stays reachable for those who have checked already: `inspect.unwrap(bp1)`.
    """

    def guard(equation: Callable[P, Array]) -> Callable[P, Array]:
        written = signature(equation)

        @wraps(equation)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Array:
            given, lengths = written.bind(*args, **kwargs).arguments, {}
            return equation(**{name: _matrix(name, given[name], shapes[name].split(), lengths) for name in shapes})  # pyright: ignore[reportCallIssue]

        return guarded

    return guard


def _matrix(name: str, values: object, letters: list[str], lengths: dict[str, int]) -> Array:
    array = finite(name, values)  # pyright: ignore[reportArgumentType]
    expected = ", ".join(f"{letter} = {lengths[letter]}" if letter in lengths else letter for letter in letters)
    fits = array.ndim == 2 and all(lengths.get(at, n) == n > 0 for at, n in zip(letters, array.shape, strict=True))
    if not fits:
        raise ValueError(f"{name} must have shape ({expected}), got {array.shape}")
    lengths.update(zip(letters, array.shape, strict=True))
    return array


@at_the_door(nabla_a="n m", sigma_prime="n m")
def bp1(nabla_a: Array, sigma_prime: Array) -> Array:
    """Error of the output layer: δ^L = ∇_a C ⊙ σ′(z^L). Source: Nielsen, chapter 2, (BP1).

    Parameters
    ----------
    nabla_a : ∂C_x/∂a^L, shape (n[L], m), one column per example
    sigma_prime : σ′(z^L), same shape; so is the result

    Raises
    ------
    ValueError : the two shapes differ, or are not (n, m), and nothing is broadcast; a number is not finite.
    """
    return nabla_a * sigma_prime


@at_the_door(w_next="n_next n", delta_next="n_next m", sigma_prime="n m")
def bp2(w_next: Array, delta_next: Array, sigma_prime: Array) -> Array:
    """Error of a hidden layer: δ^l = ((w^{l+1})ᵀ δ^{l+1}) ⊙ σ′(z^l). Source: Nielsen, chapter 2, (BP2).

    Parameters
    ----------
    w_next : w^{l+1}, shape (n[l+1], n[l])
    delta_next : δ^{l+1}, shape (n[l+1], m), one column per example
    sigma_prime : σ′(z^l), shape (n[l], m); so is the result

    Raises
    ------
    ValueError : the shapes do not fit, and nothing is broadcast; a number is not finite.
    """
    return (w_next.T @ delta_next) * sigma_prime


@at_the_door(delta="n m")
def bp3(delta: Array) -> Array:
    """Gradient for the biases: ∂C/∂b^l = mean over the examples of δ^l. Source: Nielsen, chapter 2, (BP3).

    Parameters
    ----------
    delta : δ^l, shape (n, m), one column per example; the result has shape (n, 1)

    Raises
    ------
    ValueError : delta is not two-dimensional, or a number is not finite.
    """
    return delta.mean(axis=1, keepdims=True)


@at_the_door(delta="n m", a_previous="n_previous m")
def bp4(delta: Array, a_previous: Array) -> Array:
    """Gradient for the weights: ∂C/∂w^l = δ^l (a^{l-1})ᵀ / m. Source: Nielsen, chapter 2, (BP4).

    Parameters
    ----------
    delta : δ^l, shape (n[l], m), one column per example
    a_previous : a^{l-1}, shape (n[l-1], m); the result has shape (n[l], n[l-1])

    Raises
    ------
    ValueError : the two do not have the same number of examples, or a number is not finite.
    """
    # np.dot is @, but for a single example four times as fast; dividing δ spares an array as large as the weights
    return np.dot(delta / delta.shape[1], a_previous.T)

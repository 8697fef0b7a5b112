"""The four equations of backpropagation: each a function, each function one line."""

import numpy as np

from backprop_lab.activations import Array


def bp1(nabla_a: Array, sigma_prime: Array) -> Array:
    """Error of the output layer: δ^L = ∇_a C ⊙ σ′(z^L). Source: Nielsen, chapter 2, (BP1).

    Parameters
    ----------
    nabla_a : ∂C_x/∂a^L, shape (n[L], m), one column per example
    sigma_prime : σ′(z^L), same shape; so is the result

    Raises
    ------
    ValueError : the two shapes differ, or are not (n, m); nothing is broadcast.
    """
    _two_dimensional(nabla_a=nabla_a, sigma_prime=sigma_prime)
    if nabla_a.shape != sigma_prime.shape:
        raise ValueError(f"nabla_a must have sigma_prime's shape {sigma_prime.shape}, got {nabla_a.shape}")
    return nabla_a * sigma_prime


def bp2(w_next: Array, delta_next: Array, sigma_prime: Array) -> Array:
    """Error of a hidden layer: δ^l = ((w^{l+1})ᵀ δ^{l+1}) ⊙ σ′(z^l). Source: Nielsen, chapter 2, (BP2).

    Parameters
    ----------
    w_next : w^{l+1}, shape (n[l+1], n[l])
    delta_next : δ^{l+1}, shape (n[l+1], m), one column per example
    sigma_prime : σ′(z^l), shape (n[l], m); so is the result

    Raises
    ------
    ValueError : the shapes do not fit; nothing is broadcast.
    """
    _two_dimensional(w_next=w_next, delta_next=delta_next, sigma_prime=sigma_prime)
    expected = (delta_next.shape[0], sigma_prime.shape[0]), (w_next.shape[0], sigma_prime.shape[1])
    if w_next.shape != expected[0]:
        raise ValueError(
            f"w_next must have shape (rows of delta_next, rows of sigma_prime) = {expected[0]}, got {w_next.shape}"
        )
    if delta_next.shape != expected[1]:
        raise ValueError(f"delta_next must have shape {expected[1]}, got {delta_next.shape}")
    return (w_next.T @ delta_next) * sigma_prime


def bp3(delta: Array) -> Array:
    """Gradient for the biases: ∂C/∂b^l = mean over the examples of δ^l. Source: Nielsen, chapter 2, (BP3).

    Parameters
    ----------
    delta : δ^l, shape (n, m), one column per example; the result has shape (n, 1)

    Raises
    ------
    ValueError : delta is not two-dimensional.
    """
    _two_dimensional(delta=delta)
    return delta.mean(axis=1, keepdims=True)


def bp4(delta: Array, a_previous: Array) -> Array:
    """Gradient for the weights: ∂C/∂w^l = δ^l (a^{l-1})ᵀ / m. Source: Nielsen, chapter 2, (BP4).

    Parameters
    ----------
    delta : δ^l, shape (n[l], m), one column per example
    a_previous : a^{l-1}, shape (n[l-1], m); the result has shape (n[l], n[l-1])

    Raises
    ------
    ValueError : the two do not have the same number of examples.
    """
    _two_dimensional(delta=delta, a_previous=a_previous)
    if delta.shape[1] != a_previous.shape[1]:
        raise ValueError(f"a_previous must have delta's {delta.shape[1]} columns, got shape {a_previous.shape}")
    return (delta / delta.shape[1]) @ a_previous.T  # dividing the smaller array spares one as large as the weights


def _two_dimensional(**arrays: Array) -> None:
    for name, array in arrays.items():
        if not isinstance(array, np.ndarray) or array.ndim != 2 or array.shape[1] == 0:
            came = getattr(array, "shape", type(array).__name__)
            raise ValueError(f"{name} must have shape (n, m), got {came}")

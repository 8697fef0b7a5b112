"""All weights and biases of a network, and random ones to begin with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from backprop_lab.validation import Array, Locked, count, finite, generator, is_entry, locked, of_type, positive

Layers = dict[int, Array]  # everything that belongs to a layer, by the layer's number


@dataclass(frozen=True)
class Parameters:
    """All weights and biases of a network, in dicts and arrays of its own which cannot be written to.

    In a deep or unpickled copy they can.

    Parameters
    ----------
    w : by layer 1 … L, w[layer] of shape (n[layer], n[layer-1]); row j leads to neuron j, column k comes from neuron k
    b : by layer 1 … L, b[layer] of shape (n[layer], 1)

    Raises
    ------
    ValueError : a layer is missing, a shape does not fit, or a value is not a finite number.
    TypeError : later, when somebody tries to replace the array of a layer.
    """

    w: Mapping[int, Array]
    b: Mapping[int, Array]

    def __post_init__(self) -> None:
        """Copy, check, and lock the arrays."""
        layers = range(1, (len(self.w) if isinstance(self.w, Mapping) and self.w else 1) + 1)
        for name, given in (("w", self.w), ("b", self.b)):
            if not isinstance(given, Mapping) or set(given) != set(layers):
                found = list(given) if isinstance(given, Mapping) else type(given).__name__
                raise ValueError(f"{name} must be a dict with the layers {list(layers)} as keys, got {found}")
            own = {layer: finite(f"{name}[{layer}]", given[layer]) for layer in layers}
            object.__setattr__(self, name, Locked(own))
        for layer in layers:
            w, b = self.w[layer], self.b[layer]
            n_in = len(self.w[layer - 1]) if layer > 1 else w.shape[-1] if w.ndim else 0
            if w.ndim != 2 or w.size == 0 or w.shape[1] != n_in:
                raise ValueError(f"w[{layer}] must have shape (n[{layer}], n[{layer - 1}] = {n_in}), got {w.shape}")
            if b.shape != (len(w), 1):
                raise ValueError(f"b[{layer}] must have shape ({len(w)}, 1), got {b.shape}")
        locked(self)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Neurons in each layer, the input first: (n[0], …, n[L])."""
        return (self.w[1].shape[1], *(len(self.w[layer]) for layer in self.layers))

    def with_entry(self, kind: str, layer: int, index: tuple[int, ...], value: float) -> "Parameters":
        """Other parameters that differ in one entry: kind "w" with index (j, k), or "b" with (j, 0).

        Raises
        ------
        ValueError : there is no such entry.
        """
        values = {"w": self.w, "b": self.b}.get(kind, {})
        if not is_entry(index, values[layer].shape if layer in values else ()):
            raise ValueError(f"no such entry in parameters of sizes {self.sizes}: got {kind}, {layer}, {index}")
        changed = values[layer].copy()
        changed[index] = value
        return replace(self, **{kind: {**values, layer: changed}})

    @property
    def layers(self) -> range:
        """The layers that have weights: 1 … L."""
        return range(1, len(self.w) + 1)


def initialize(sizes: Sequence[int], *, seed: int = 0, bias_scale: float = 0.0) -> Parameters:
    """Random parameters: weights from N(0, 1/n_in), biases 0; the same seed gives the same parameters.

    Parameters
    ----------
    sizes : neurons in each layer, the input first: at least two positive whole numbers
    seed : a whole number of at least 0
    bias_scale : standard deviation of the biases, from N(0, bias_scale²), drawn after all weights. With biases of 0
        an input of zeros puts every hidden relu on its kink, where it has no derivative.

    Raises
    ------
    ValueError : sizes, seed or bias_scale is not of that kind.
    """
    if not isinstance(sizes, Sequence | np.ndarray) or getattr(sizes, "ndim", 1) != 1 or len(sizes) < 2:
        raise ValueError(f"sizes must name at least two layers, input and output, got {sizes!r}")
    scale = positive("bias_scale", bias_scale, or_zero=True)
    rng, steps = generator(seed), pairwise([count("every entry of sizes", size) for size in sizes])
    w = {layer: rng.normal(0, n_in**-0.5, (n_out, n_in)) for layer, (n_in, n_out) in enumerate(steps, start=1)}
    return Parameters(w, {layer: rng.normal(0, scale, (len(w[layer]), 1)) for layer in w})


def check_parameters(parameters: Parameters) -> None:
    """Refuse what is no `Parameters`, such as the dict of its weights."""
    of_type("parameters", parameters, Parameters, "initialize((2, 3, 1))")

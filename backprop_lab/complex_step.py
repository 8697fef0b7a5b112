"""The exact witness: one quantity of a network moves alone, by a complex step, and everything behind it follows."""

from dataclasses import dataclass

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.network import Layers
from backprop_lab.validation import Array, of_type

STEP = 1e-30  # so small that its square vanishes, and never subtracted from anything: exact to rounding


@dataclass(frozen=True)
class Rates:
    """How fast everything behind a nudged quantity moves, one column per example: ∂z, ∂a by layer, and ∂C_x, (m,)."""

    z: Layers
    a: Layers
    cost: Array


def nudge(case: Case, quantity: str, layer: int, index: tuple[int, ...]) -> Rates:
    """Move one quantity alone, by a complex step, and see how fast everything behind it moves.

    The quantity gets 1e-30·i added; the imaginary parts of what follows, divided by 1e-30, are the derivatives,
    exact to rounding. The forward pass stands here a second time on purpose: it shares no line with `backward`.

    Parameters
    ----------
    quantity : "w", "b", "z" or "a"
    layer, index : which entry; (j, k) for w, (j,) for the others. Of z and a the entry of every example is moved,
        each of which moves its own column only.

    Raises
    ------
    ValueError : there is no such quantity in that layer, or no such entry.
    TypeError : `case` is no Case.
    """
    of_type("case", case, Case, "cases.running")
    layers = range(0 if quantity == "a" else 1, len(case.parameters.sizes))
    if quantity not in ("w", "b", "z", "a") or layer not in layers:
        raise ValueError(f"quantity must be w, b or z of layer 1 to L, or a of layer 0 to L, got {quantity} of {layer}")
    shape = case.parameters.w[layer].shape if quantity == "w" else (case.parameters.sizes[layer],)
    if not isinstance(index, tuple) or len(index) != len(shape) or index not in np.ndindex(*shape):
        raise ValueError(f"index must lie within the shape {shape} of {quantity}[{layer}], got {index}")
    step = 1j * STEP
    w = {at: values.astype(complex) for at, values in case.parameters.w.items()}
    b = {at: values.astype(complex) for at, values in case.parameters.b.items()}
    if quantity == "w":
        w[layer][index] += step
    if quantity == "b":
        b[layer][index[0], 0] += step
    z: Layers = {}
    a: Layers = {0: case.x.astype(complex)}
    if (quantity, layer) == ("a", 0):
        a[0][index[0]] += step
    for at in case.parameters.layers:
        z[at] = w[at] @ a[at - 1] + b[at]
        if (quantity, layer) == ("z", at):
            z[at][index[0]] += step
        a[at] = (case.hidden if at < case.parameters.layers[-1] else case.output)(z[at]).copy()
        if (quantity, layer) == ("a", at):
            a[at][index[0]] += step
    c = case.cost.of_example(a[case.parameters.layers[-1]], case.y)
    return Rates(_rates(z), _rates(a), np.imag(c) / STEP)


def _rates(values: Layers) -> Layers:
    return {at: np.imag(array) / STEP for at, array in values.items()}

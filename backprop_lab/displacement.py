"""One quantity of a network moves alone, by any amount, and everything after it follows."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab.cases import Case
from backprop_lab.network import ForwardPass
from backprop_lab.parameters import Layers
from backprop_lab.validation import Array, is_entry, of_type


def displaced(case: Case, quantity: str, layer: int, index: tuple[int, ...], by: ArrayLike) -> ForwardPass:
    """The forward pass with something added to one quantity, and nothing else: it shares no line with `backward`.

    Parameters
    ----------
    quantity : "w", "b", "z" or "a"
    layer, index : which entry; (j, k) for w, (j,) for the others. Of z and a the entry of every example is moved,
        each of which moves its own column only.
    by : how far, real or complex; of z and a also shape (m,), an amount for each example

    Raises
    ------
    ValueError : there is no such quantity in that layer, or no such entry.
    TypeError : `case` is no Case.
    """
    _check(case, quantity, layer, index)
    amount = np.asarray(by)
    number = complex if np.iscomplexobj(amount) else float

    def moved(name: str, at: int, values: Array) -> Array:
        if (quantity, layer) != (name, at):
            return values
        changed = values.astype(number)
        changed[index if name in ("w", "z", "a") else (*index, 0)] += amount
        return changed

    z: Layers = {}
    a: Layers = {0: moved("a", 0, case.x)}
    for at in case.parameters.layers:
        w, b = moved("w", at, case.parameters.w[at]), moved("b", at, case.parameters.b[at])
        z[at] = moved("z", at, w @ a[at - 1] + b)
        a[at] = moved("a", at, case.activation(at)(z[at]))
    return ForwardPass(z, a, case.hidden, case.output)


def repeated(case: Case, times: int, example: int = 0) -> Case:
    """A batch of the same example again and again: room for as many displacements in one pass."""
    x, y = (np.repeat(values[:, [example]], times, axis=1) for values in (case.x, case.y))
    return replace(case, x=x, y=y)


def _check(case: Case, quantity: str, layer: int, index: object) -> None:
    of_type("case", case, Case, "cases.running")
    layers = range(0 if quantity == "a" else 1, len(case.parameters.sizes))
    if quantity not in ("w", "b", "z", "a") or layer not in layers:
        raise ValueError(f"quantity must be w, b or z of layer 1 to L, or a of layer 0 to L, got {quantity} of {layer}")
    shape = case.parameters.w[layer].shape if quantity == "w" else (case.parameters.sizes[layer],)
    if not is_entry(index, shape):
        raise ValueError(f"index must lie within the shape {shape} of {quantity}[{layer}], got {index}")

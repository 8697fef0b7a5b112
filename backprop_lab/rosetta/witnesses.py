"""What the witnesses have in common: nudges, a run of training, the worked example of two, two and two neurons."""

from collections.abc import Callable
from functools import cache

import numpy as np

from backprop_lab.activations import sigmoid
from backprop_lab.cases import Case
from backprop_lab.complex_step import nudge
from backprop_lab.quantities import Quantity
from backprop_lab.validation import Array

STEP = 1e-20  # of a complex step: its square is nothing
OUTPUT, TARGET = np.array([0.3, 0.5, 0.2]), np.array([0.0, 1.0, 0.0])  # an answer, and what was wanted


def rates(f: Callable[[Array], complex], at: Array) -> Array:
    """How fast f changes with each entry, by complex steps: exact to rounding, and nothing of backpropagation in it."""
    return np.array([f(at + 1j * STEP * unit).imag / STEP for unit in np.eye(len(at))])


def rate(case: Case, key: str) -> float:
    """How fast the cost of a case's first example changes with one quantity, such as z1.0, by a nudge."""
    quantity = Quantity.read(key)
    return float(nudge(case, quantity.letter, quantity.layer, quantity.index).cost[0])


def softmax_surprise(z: Array) -> complex:
    """−ln of the share that softmax gives to the wanted class."""
    return -np.log(np.exp(z[1]) / np.exp(z).sum())


def trained(case: Case, learning_rate: float, epochs: int, *, output_too: bool) -> float:
    """C after so many steps with all examples; without the output layer's own steps if `output_too` is False."""
    w, b = ({layer: each.copy() for layer, each in arrays.items()} for arrays in (case.parameters.w, case.parameters.b))
    last, m = max(w), case.x.shape[1]
    for _ in range(epochs):
        a = _activations(w, b, case.x)
        delta = (a[last] - case.y) * a[last] * (1 - a[last])
        for layer in range(last, 0, -1):
            back = w[layer].T @ delta
            if output_too or layer < last:
                w[layer] -= learning_rate * delta @ a[layer - 1].T / m
                b[layer] -= learning_rate * delta.mean(axis=1, keepdims=True)
            delta = back * a[layer - 1] * (1 - a[layer - 1])
    return float(((_activations(w, b, case.x)[last] - case.y) ** 2).sum(axis=0).mean() / 2)


def _activations(w: dict[int, Array], b: dict[int, Array], x: Array) -> list[Array]:
    a = [x]
    for layer in sorted(w):
        a.append(1 / (1 + np.exp(-(w[layer] @ a[-1] + b[layer]))))
    return a


@cache
def worked_example(steps: int, *, updated_first: bool = False, biases: bool = False) -> tuple[float, Array, Array]:
    """The widely copied example of 2, 2 and 2 neurons after so many steps with η = ½: error, outputs, hidden weights.

    Parameters
    ----------
    updated_first : whether the hidden δ goes back through output weights that have made their step already
    biases : whether the biases learn too; on the page they do not
    """
    w, v = np.array([[0.15, 0.20], [0.25, 0.30]]), np.array([[0.40, 0.45], [0.50, 0.55]])
    b, c, x, y, rate = (
        np.array([0.35, 0.35]),
        np.array([0.60, 0.60]),
        np.array([0.05, 0.10]),
        np.array([0.01, 0.99]),
        0.5,
    )
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(w @ x + b)))
        o = 1 / (1 + np.exp(-(v @ h + c)))
        delta_o = (o - y) * o * (1 - o)
        onward = v - rate * np.outer(delta_o, h)
        delta_h = ((onward if updated_first else v).T @ delta_o) * h * (1 - h)
        v, w = onward, w - rate * np.outer(delta_h, x)
        b, c = (b - rate * delta_h, c - rate * delta_o) if biases else (b, c)
    h = 1 / (1 + np.exp(-(w @ x + b)))
    o = 1 / (1 + np.exp(-(v @ h + c)))
    return float(((o - y) ** 2).sum() / 2), o, w


class Counted(float):
    """A number that counts the products it takes part in."""

    done = 0

    def __mul__(self, other: float) -> "Counted":
        Counted.done += 1
        return Counted(float(self) * float(other))


def products(work: Callable[[], object]) -> int:
    """How many products of `Counted` numbers a piece of work needs."""
    before = Counted.done
    work()
    return Counted.done - before


def each_on_its_own(case: Case) -> "list[Counted]":
    """The rates of a network with one hidden layer and one output, each multiplied out from the end."""
    e, out, w, hidden, a, x = _factors(case)
    found = [e * out]
    for wj, slope, aj in zip(w, hidden, a, strict=True):
        found += [e * out * aj, e * out * wj * slope, *(e * out * wj * slope * xk for xk in x)]
    return found


def with_delta_kept(case: Case) -> "list[Counted]":
    """The same rates, in the same order; each δ is kept and used again."""
    e, out, w, hidden, a, x = _factors(case)
    delta = e * out
    found = [delta]
    for wj, slope, aj in zip(w, hidden, a, strict=True):
        its = wj * delta * slope
        found += [delta * aj, its, *(its * xk for xk in x)]
    return found


def _factors(case: Case) -> tuple[Counted, Counted, list[Counted], list[Counted], list[Counted], list[Counted]]:
    z, a, w = case.forward_pass.z, case.forward_pass.a, case.parameters.w[2][0]
    many = (w, sigmoid.prime(z[1][:, 0]), a[1][:, 0], case.x[:, 0])
    first, *others = ([Counted(float(each)) for each in values] for values in many)
    e, out = Counted(float(a[2][0, 0] - case.y[0, 0])), Counted(float(sigmoid.prime(z[2])[0, 0]))
    return e, out, first, others[0], others[1], others[2]

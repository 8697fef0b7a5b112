"""The networks on which functions are tried: six that tell all slips apart, three to make sure of what is said."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from backprop_lab import cases
from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.parameters import Parameters


@dataclass(frozen=True, eq=False)
class Trial:
    """A network to try a function on, and the learning rate for exercises that have one."""

    case: Case
    rate: float


@cache
def trials() -> tuple[Trial, ...]:
    """Networks that tell all slips apart, and right functions from nearly right ones.

    No size equals its neighbor's or the number of examples, where a wrong transpose must show; then all sizes are
    equal, where it must not raise; then also equal to the number of examples, where a wrong matrix product fits.
    A single example, and a single output, show a lost dimension. The first shapes come again with other numbers: what
    is looked up by shape is no answer. These are large, in every layer, for what clips z or a gradient; one network has
    nearly learnt its targets, one of them to the end, for what stops when the cost is small and what clips a; one step
    is so long that the cost rises. No rate is 1, and all are long enough for weights updated too early to show.
    """
    return (
        Trial(_network((2, 5, 4, 3), m=6, seed=1), 5.0),
        Trial(_network((3, 3, 3, 3), m=4, seed=2), 40.0),
        Trial(cases.wide, 0.7),
        Trial(_learnt(_network((3, 3, 3, 3), m=3, seed=3)), 3.0),
        Trial(_network((2, 5, 4, 3), m=6, seed=4, inputs=6.0, targets=80.0, weights=2.5), 6.0),
        Trial(cases.batch, 2.5),
    )


@cache
def probes() -> tuple[Trial, ...]:
    """Networks on which no two of n, m and the number of layers coincide as they do in `trials`."""
    return (
        Trial(_network((4, 2, 3), m=1, seed=5), 1.5),
        Trial(_network((3, 4, 2), m=5, seed=6), 4.0),
        Trial(_network((3, 2, 6, 4), m=7, seed=7, inputs=2.0), 2.0),
    )


@cache
def watched() -> tuple[Trial, ...]:
    """Small networks on which every line of a function is watched; the second fits what the first does not."""
    return Trial(_network((2, 3, 4, 3), m=5, seed=11), 1.7), Trial(_network((3, 3, 3, 3), m=3, seed=12), 1.7)


def _learnt(case: Case) -> Case:
    """The case with one output that is sure, and with targets near to all, in each example one very near."""
    last = case.parameters.layers[-1]
    case = case.moved("b", last, 0, to=11.0)
    rng = np.random.default_rng(3)
    errors = rng.uniform(0.08, 0.15, case.y.shape) * rng.choice((-1, 1), case.y.shape)
    errors[rng.integers(len(errors), size=errors.shape[1]), range(errors.shape[1])] /= 1000
    return Case(case.parameters, case.x, case.forward_pass.prediction + errors)


def _network(
    sizes: tuple[int, ...], m: int, seed: int, inputs: float = 1.0, targets: float = 1.0, weights: float = 1.0
) -> Case:
    """A case without zeros, ones, or small numbers; the last three say how much larger x, y and w are.

    Only w after the first layer: in single precision a neuron with a very large z has no slope at all.
    """
    rng = np.random.default_rng(seed)

    def some(rows: int, columns: int, low: float, high: float) -> Array:
        return rng.uniform(low, high, (rows, columns)) * rng.choice((-1, 1), (rows, columns))

    layers = range(1, len(sizes))
    w = {layer: (weights if layer > 1 else 1) * some(sizes[layer], sizes[layer - 1], 0.4, 1.6) for layer in layers}
    b = {layer: some(sizes[layer], 1, 0.2, 0.9) for layer in layers}
    x, y = some(sizes[0], m, 0.3, 1.5), rng.uniform(0.05, 0.95, (sizes[-1], m))
    return Case(Parameters(w, b), inputs * x, targets * y)

"""How much work a gradient is, by one backward pass and by differences: multiplications counted, seconds measured."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from time import perf_counter

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.finite_differences import Place, two_sided
from backprop_lab.network import backward, forward
from backprop_lab.parameters import Parameters, initialize
from backprop_lab.validation import count

Sizes = tuple[int, ...]
BUDGET = 0.5  # seconds for the differences: when they are used up, the rest is extrapolated


@dataclass(frozen=True)
class Measured:
    """Seconds on this machine, for one example.

    `forward`, `backward`: one pass forward, and one forward and back; `differences`: two passes for every parameter;
    `tried` of the `parameters` were really moved, and the rest extrapolated.
    """

    forward: float
    backward: float
    differences: float
    tried: int
    parameters: int


def parameter_count(sizes: Sizes) -> int:
    """How many weights and biases a network of these sizes has.

    Raises
    ------
    ValueError : a size is no whole number of at least 1, or there are fewer than two.
    """
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(_checked(sizes)))


def forward_products(sizes: Sizes) -> int:
    """Multiplications of weights in one forward pass of one example: each weight once."""
    return sum(n_in * n_out for n_in, n_out in pairwise(_checked(sizes)))


def backward_products(sizes: Sizes) -> int:
    """Multiplications of all rates at once: one pass forward; BP2 through each w but the first; BP4 for each w.

    What takes one multiplication for a neuron (σ′, ⊙) is left out, here and in all other counts.

    Examples
    --------
    >>> backward_products((64, 30, 10)), difference_products((64, 30, 10))
    (4740, 10034400)
    """
    w = forward_products(sizes)
    return w + (w - sizes[0] * sizes[1]) + w


def difference_products(sizes: Sizes) -> int:
    """Multiplications of all rates by two-sided differences: two forward passes for every weight and bias."""
    return 2 * parameter_count(sizes) * forward_products(sizes)


def measure(sizes: Sizes, *, budget: float = BUDGET) -> Measured:
    """Time both ways on this machine, with a random network of these sizes and one example.

    Parameters
    ----------
    budget : seconds for the differences. If all parameters would take longer, as many as there is time for are moved,
        spread over the network, and the time for all follows from theirs; so do the passes, which take far less.
    """
    case = Case(initialize(_checked(sizes)), np.linspace(0.0, 1.0, sizes[0]), np.zeros(sizes[-1]))
    parameters, every = case.parameters, parameter_count(sizes)
    order = iter(np.random.default_rng(0).permutation(every))
    go, both = _by_turns(
        budget / 5,
        lambda: forward(parameters, case.x),
        lambda: backward(parameters, forward(parameters, case.x), case.y),
    )
    one, tried = _median(lambda: two_sided(case, _place(parameters, int(next(order))), 1e-5), budget, most=every)
    return Measured(go, both, one * every, tried, every)


def _median(run: Callable[[], object], budget: float, most: int | None = None) -> tuple[float, int]:
    """Seconds for one run, and how many runs there were: until the budget is used up, at most so many.

    Half of them took longer: a run that was held up by something else does not count for more than one.
    """
    begin, took = perf_counter(), []
    while len(took) != most and (not took or perf_counter() - begin < budget):
        took.append(_seconds(run))
    return float(np.median(took)), len(took)


def _by_turns(budget: float, *runs: Callable[[], object]) -> list[float]:
    """The median seconds of each, run by turns: what else the machine does holds all of them up alike."""
    begin, took = perf_counter(), []
    while len(took) < 3 or perf_counter() - begin < budget:
        took.append([_seconds(run) for run in runs])
    return [float(each) for each in np.median(took, axis=0)]


def _seconds(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return perf_counter() - start


def _place(parameters: Parameters, number: int) -> Place:
    """The weight or bias with this number, when all are counted through."""
    for kind, layers in (("w", parameters.w), ("b", parameters.b)):
        for layer, values in layers.items():
            if number < values.size:
                j, k = divmod(number, values.shape[1])
                return layer, kind, (j, k)
            number -= values.size
    raise IndexError(number)


def _checked(sizes: Sizes) -> Sizes:
    if len(sizes) < 2:
        raise ValueError(f"sizes must name at least two layers, input and output, got {sizes!r}")
    for size in sizes:
        count("size", size)
    return tuple(sizes)

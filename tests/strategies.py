"""Random networks with examples and targets, for properties which must hold for all of them."""

import numpy as np
from hypothesis import strategies as st

from backprop_lab import (
    Case,
    Parameters,
    binary_cross_entropy,
    categorical_cross_entropy,
    identity,
    quadratic,
    relu,
    sigmoid,
    softmax,
    tanh,
)

SMOOTH = (sigmoid, tanh, identity)
ENDS = (  # every output activation with every cost that makes sense with it
    *((output, quadratic) for output in (sigmoid, tanh, identity, relu, softmax)),
    (sigmoid, binary_cross_entropy),
    (softmax, categorical_cross_entropy),
)


def of_lists(w: dict, b: dict) -> Parameters:
    """Parameters written as nested lists."""
    return Parameters({at: np.array(v) for at, v in w.items()}, {at: np.array(v) for at, v in b.items()})


@st.composite
def networks(draw: st.DrawFn, hidden=(*SMOOTH, relu), ends=ENDS, most_examples=4, most_neurons=5, least=2) -> Case:
    """A case of one to four layers of weights, of unequal sizes as often as not; `least` counts the input layer too."""
    sizes = draw(st.lists(st.integers(1, most_neurons), min_size=least, max_size=5))
    m, seed = draw(st.integers(1, most_examples)), draw(st.integers(0, 2**32 - 1))
    output, cost = draw(st.sampled_from(ends))
    rng = np.random.default_rng(seed)
    w = {layer: rng.uniform(-2, 2, (sizes[layer], sizes[layer - 1])) for layer in range(1, len(sizes))}
    b = {layer: rng.uniform(-2, 2, (sizes[layer], 1)) for layer in w}
    y = rng.dirichlet(np.ones(sizes[-1]), m).T if output is softmax else rng.uniform(0, 1, (sizes[-1], m))
    x = rng.uniform(-2, 2, (sizes[0], m))
    return Case(Parameters(w, b), x, y, draw(st.sampled_from(hidden)), output, cost)


def away_from_kinks(case: Case, distance: float = 1e-3) -> bool:
    """Whether no relu is so near its kink that a difference would straddle it."""
    last = case.parameters.layers[-1]
    kinked = [z for layer, z in case.forward_pass.z.items() if (case.output if layer == last else case.hidden) is relu]
    return all((np.abs(z) > distance).all() for z in kinked)

"""Derivations that come before the equations: σ′, ∂C/∂a, the chain of first-order changes, and what δ promises."""

from collections.abc import Callable

import numpy as np

from backprop_lab.activations import sigmoid
from backprop_lab.cases import Case
from backprop_lab.derivations.lines import Keys, Line, Proof, anywhere, at_output, neuron, pd, weight
from backprop_lab.derivations.place import Place, derivative
from backprop_lab.derivations.sums import Sum, product

QUADRATIC = "the cost is the quadratic one"
OWN_Z = "σ is element-wise: each output depends on its own z alone"
HOLDS: dict[str, Callable[[Case], bool]] = {
    QUADRATIC: lambda case: case.cost.name == "quadratic",
    OWN_Z: lambda case: case.output.derivative is not None,
}


def _at_sigmoid(case: Case, layer: int) -> bool:
    return case.activation(layer) is sigmoid


def _outputs(p: Place) -> Keys:
    return neuron(p.layer, *p.neurons)


def _half_the_squares(p: Place, a_j: complex) -> complex:
    """½ Σ_i (a_i − y_i)² with another a_j."""
    return sum(((a_j if i == p.j else p.a[i]) - p.y[i]) ** 2 for i in p.neurons) / 2


sigma_prime = Proof(
    "sigma_prime",
    "The derivative of the sigmoid",
    r"\sigma'(z)",
    (
        Line(
            r"\frac{d}{dz}\,(1+e^{-z})^{-1}",
            "the definition of σ",
            lambda p: derivative(lambda z: (1 + np.exp(-z)) ** -1, p.z[p.j]),
        ),
        Line(
            r"\frac{e^{-z}}{(1+e^{-z})^2}",
            "power rule, then chain rule: the two minus signs cancel",
            lambda p: float(np.exp(-p.z[p.j]) / (1 + np.exp(-p.z[p.j])) ** 2),
        ),
        Line(
            r"\frac{1}{1+e^{-z}}\cdot\frac{e^{-z}}{1+e^{-z}}",
            "split the square into two factors",
            lambda p: product(1 / (1 + np.exp(-p.z[p.j])), np.exp(-p.z[p.j]) / (1 + np.exp(-p.z[p.j]))),
        ),
        Line(
            r"\sigma(z)\,(1-\sigma(z))",
            "the second factor is 1 − σ(z); now only a = σ(z) is needed, which the forward pass has kept",
            lambda p: product(p.a[p.j], Sum([(1.0,), (-p.a[p.j],)])),
        ),
    ),
    witness=lambda p: p.rates("z", p.layer, p.j).a[p.layer][p.j],
    applies=_at_sigmoid,
    moves=("weight_in",),
)

cost_gradient = Proof(
    "cost_gradient",
    "How the cost moves with one output",
    pd("C", "a^L_j"),
    (
        Line(
            rf"{pd('', 'a^L_j')}\;\frac{{1}}{{2}}\sum_i (a^L_i-y_i)^2",
            "the definition of the quadratic cost",
            lambda p: derivative(lambda a_j: _half_the_squares(p, a_j), p.a[p.j]),
            assumes=QUADRATIC,
            speaks_of=_outputs,
        ),
        Line(
            r"\frac{1}{2}\cdot 2\,(a^L_j-y_j)\cdot 1",
            "only the term i = j depends on this output; the derivative of what is squared, a − y, is 1",
            lambda p: product(1 / 2, 2.0, Sum([(p.a[p.j],), (-p.y[p.j],)]), 1.0),
        ),
        Line(
            r"a^L_j-y_j",
            "½ and 2 cancel",
            lambda p: Sum([(p.a[p.j],), (-p.y[p.j],)]),
        ),
    ),
    witness=lambda p: p.rates("a", p.layer, p.j).cost,
    applies=at_output,
    asks=("neuron", "example"),
)


def _dz(p: Place) -> float:
    return p.changed("w", p.j, p.k).z - p.now.z


def _da(p: Place) -> float:
    return p.changed("w", p.j, p.k).a - p.now.a


def _dc(p: Place) -> float:
    return p.changed("w", p.j, p.k).cost - p.now.cost


def _dz_dw(p: Place) -> float:
    return p.rates("w", p.layer, p.j, p.k).z[p.layer][p.j]


def _dc_da(p: Place) -> float:
    return p.rates("a", p.layer, p.j).cost


def _weight_and_neuron(p: Place) -> Keys:
    return weight(p.layer, p.j, p.k) + neuron(p.layer, p.j)


first_order = Proof(
    "first_order",
    "A small change of a weight travels to the cost",
    r"\Delta C",
    (
        Line(
            rf"{pd('z^l_j', 'w^l_{jk}')}\,\Delta w",
            "what a rate is: change out, for a small change in",
            lambda p: product(_dz_dw(p), p.change),
            "≈",
            r"\Delta z",
            _dz,
            speaks_of=_weight_and_neuron,
        ),
        Line(
            r"\sigma'(z^l_j)\,\Delta z",
            "the same, one step further: σ′ is the rate from z to a",
            lambda p: product(p.sigma_prime[p.j], _dz(p)),
            "≈",
            r"\Delta a",
            _da,
        ),
        Line(
            rf"{pd('C', 'a^l_j')}\,\Delta a",
            "the same for the last step, from a to C",
            lambda p: product(_dc_da(p), _da(p)),
            "≈",
            r"\Delta C",
            _dc,
            assumes=OWN_Z,
        ),
        Line(
            rf"{pd('C', 'a^l_j')}\,\sigma'(z^l_j)\,{pd('z^l_j', 'w^l_{jk}')}\,\Delta w",
            "put each line into the next: along a chain, rates multiply",
            lambda p: product(_dc_da(p), p.sigma_prime[p.j], _dz_dw(p), p.change),
            "≈",
            r"\Delta C",
            _dc,
            assumes=OWN_Z,
            speaks_of=_weight_and_neuron,
        ),
    ),
    witness=_dc,
    applies=anywhere,
    asks=("layer", "neuron", "source", "example", "change"),
)


def _promise(p: Place) -> float:
    return p.changed("b", p.j, 0).cost - p.now.cost  # b_j enters z_j once, with rate 1: moving it moves z_j alone


error_signal = Proof(
    "error_signal",
    "What δ promises, and what happens",
    r"\Delta C",
    (
        Line(
            r"C(z^l_j+\Delta z)-C(z^l_j)",
            "the true change: run the forward pass again",
            _promise,
        ),
        Line(
            r"\delta^l_j\,\Delta z",
            "Taylor: δ is the slope, and what it misses shrinks about 100 times when a small Δz shrinks 10 times",
            lambda p: product(p.delta[p.j], p.change),
            "≈",
        ),
    ),
    witness=_promise,
    applies=anywhere,
    asks=("layer", "neuron", "example", "change"),
)

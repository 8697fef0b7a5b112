"""Derivations of the error signals: BP1 at the output, BP2 in hidden layers, and the product that BP2 unrolls into."""

from functools import cache

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.derivations.lines import Keys, Line, Proof, at_hidden, at_output, neuron, pd, weight
from backprop_lab.derivations.place import Place, derivative
from backprop_lab.derivations.rates import OWN_Z, QUADRATIC
from backprop_lab.derivations.sums import Sum, product
from backprop_lab.validation import Array


def rates_of_activations(p: Place) -> Array:
    """Rates of all activations of this layer when z_j is nudged."""
    return p.rates("z", p.layer, p.j).a[p.layer]


bp1 = Proof(
    "bp1",
    "BP1: the error signal of an output neuron",
    r"\delta^L_j",
    (
        Line(pd("C_x", "z^L_j"), "the definition of δ", lambda p: p.rates("z", p.layer, p.j).cost),
        Line(
            rf"\sum_i {pd('C_x', 'a^L_i')}\,{pd('a^L_i', 'z^L_j')}",
            "z_j might reach C through every output: chain rule, summed over all of them",
            lambda p: Sum((p.nabla_a[i], rates_of_activations(p)[i]) for i in p.neurons),
            speaks_of=lambda p: neuron(p.layer, *p.neurons),
        ),
        Line(
            rf"{pd('C_x', 'a^L_j')}\,{pd('a^L_j', 'z^L_j')}",
            "for an element-wise σ the derivative ∂a_i/∂z_j is 0 unless i = j",
            lambda p: product(p.nabla_a[p.j], rates_of_activations(p)[p.j]),
            assumes=OWN_Z,
        ),
        Line(
            rf"{pd('C_x', 'a^L_j')}\,\sigma'(z^L_j)",
            "aⱼ = σ(zⱼ)",
            lambda p: product(p.nabla_a[p.j], p.sigma_prime[p.j]),
            assumes=OWN_Z,
        ),
        Line(
            r"(a^L_j-y_j)\,\sigma'(z^L_j)",
            "the rate of the quadratic cost is a − y",
            lambda p: product(Sum([(p.a[p.j],), (-p.y[p.j],)]), p.sigma_prime[p.j]),
            assumes=QUADRATIC,
        ),
    ),
    witness=lambda p: p.rates("z", p.layer, p.j).cost,
    applies=at_output,
    asks=("neuron", "example"),
)


def _dz_next(p: Place) -> Array:
    """Rates of all weighted inputs of the next layer when z_j is nudged."""
    return p.rates("z", p.layer, p.j).z[p.layer + 1]


def _dc_dz_next(p: Place, i: int) -> float:
    return p.rates("z", p.layer + 1, i).cost


def _z_next(p: Place, i: int, z_j: complex) -> complex:
    """Σ_p w_ip σ(z_p) + b_i of the next layer with another z_j."""
    return sum(p.w_next[i, q] * p.sigma(z_j if q == p.j else p.z[q]) for q in p.neurons) + p.b_next[i]


def _next(p: Place) -> Keys:
    """The neurons of the next layer."""
    return neuron(p.layer + 1, *p.neurons_next)


def _back(p: Place) -> Keys:
    """The neurons of the next layer, and the weights through which they are heard: column j of w."""
    return sum((weight(p.layer + 1, i, p.j) for i in p.neurons_next), ()) + _next(p)


def _outgoing(p: Place) -> Keys:
    """The neuron, the weights that lead out of it, and the neurons they lead to."""
    return neuron(p.layer, p.j) + _back(p)


def _all_wires(p: Place) -> Keys:
    wires = sum((weight(p.layer + 1, i, q) for i in p.neurons_next for q in p.neurons), ())
    return neuron(p.layer, *p.neurons) + wires + _next(p)


bp2 = Proof(
    "bp2",
    "BP2: the error signal of a hidden neuron",
    r"\delta^l_j",
    (
        Line(pd("C_x", "z^l_j"), "the definition of δ", lambda p: p.rates("z", p.layer, p.j).cost),
        Line(
            rf"\sum_i {pd('C_x', 'z^{l+1}_i')}\,{pd('z^{l+1}_i', 'z^l_j')}",
            "z_j reaches C only through the weighted inputs of the next layer: one path for each i, and paths add",
            lambda p: Sum((_dc_dz_next(p, i), _dz_next(p)[i]) for i in p.neurons_next),
            speaks_of=_outgoing,
        ),
        Line(
            rf"\sum_i \delta^{{l+1}}_i\,{pd('z^{l+1}_i', 'z^l_j')}",
            "the definition of δ, one layer on",
            lambda p: Sum((p.delta_next[i], _dz_next(p)[i]) for i in p.neurons_next),
            speaks_of=_next,
        ),
        Line(
            rf"\sum_i \delta^{{l+1}}_i\,{pd('', 'z^l_j')}\Big(\sum_p w^{{l+1}}_{{ip}}\,\sigma(z^l_p)+b^{{l+1}}_i\Big)",
            "the forward equation of the next layer",
            lambda p: Sum(
                (p.delta_next[i], derivative(lambda z_j, i=i: _z_next(p, i, z_j), p.z[p.j])) for i in p.neurons_next
            ),
            speaks_of=_all_wires,
        ),
        Line(
            r"\sum_i \delta^{l+1}_i\,w^{l+1}_{ij}\,\sigma'(z^l_j)",
            "every term with p ≠ j is constant, its derivative 0",
            lambda p: Sum((p.delta_next[i], p.w_next[i, p.j], p.sigma_prime[p.j]) for i in p.neurons_next),
            speaks_of=_outgoing,
        ),
        Line(
            r"\sigma'(z^l_j)\sum_i w^{l+1}_{ij}\,\delta^{l+1}_i",
            "there is no i in σ′(z_j): it is a common factor, and can be taken out of the sum",
            lambda p: product(p.sigma_prime[p.j], Sum((p.w_next[i, p.j], p.delta_next[i]) for i in p.neurons_next)),
        ),
        Line(
            r"\big((w^{l+1})^T\delta^{l+1}\big)_j\,\sigma'(z^l_j)",
            "column j of w is row j of its transpose: the sum is one entry of a matrix product",
            lambda p: product((p.w_next.T @ p.delta_next)[p.j], p.sigma_prime[p.j]),
            speaks_of=_back,
        ),
    ),
    witness=lambda p: p.rates("z", p.layer, p.j).cost,
    applies=at_hidden,
    moves=("weight_in", "weight_out", "target"),
)


def unrolled(case: Case) -> Proof:
    """The product into which δ¹ of this network unrolls, multiplied from right to left: two lines a layer.

    Each line is a vector and has a left-hand side of its own, which is found by nudges.
    """
    return _unrolled(case.parameters.layers[-1])


@cache
def _unrolled(depth: int) -> Proof:
    first = Line(
        r"\nabla_a C_x",
        "how the cost moves with each output",
        lambda p: p.nabla_a,
        left=pd("C_x", f"a^{depth}"),
        measured=lambda p: _nudged(p, "a", depth),
        speaks_of=lambda p: _layer(p, depth),
    )
    lines = [first, _past_sigma(depth, depth)]
    for layer in range(depth, 1, -1):
        lines += [_past_weights(layer, depth), _past_sigma(layer - 1, depth)]
    return Proof(
        "unrolled",
        "The error signal of the first layer as one product",
        r"\delta^1",
        tuple(lines),
        witness=lambda p: _nudged(p, "z", 1),
        applies=lambda case, layer: layer == 1 and case.parameters.layers[-1] == depth,
        asks=("example",),
    )


def _past_sigma(layer: int, depth: int) -> Line:
    bp = "BP1" if layer == depth else "the second half of BP2: each row times its σ′"
    return Line(
        rf"\Sigma'(z^{layer})\,{_tail(layer, depth, 0)}",
        f"{bp}; Σ′ is the diagonal matrix of σ′(z)",
        lambda p: _from_the_right(p, layer, weights=False),
        left=rf"\delta^{layer}",
        measured=lambda p: _nudged(p, "z", layer),
        assumes=OWN_Z if layer == depth else "",
        speaks_of=lambda p: _layer(p, layer),
    )


def _past_weights(layer: int, depth: int) -> Line:
    return Line(
        rf"(w^{layer})^T\,{_tail(layer, depth, 1)}",
        "the first half of BP2: back through the weights, by their transpose",
        lambda p: _from_the_right(p, layer, weights=True),
        left=pd("C_x", f"a^{layer - 1}"),
        measured=lambda p: _nudged(p, "a", layer - 1),
        speaks_of=lambda p: _layer(p, layer - 1) + _wires(p, layer) + _layer(p, layer),
    )


def _tail(layer: int, depth: int, sigmas: int) -> str:
    """LaTeX of the factors to the right: those that were multiplied before."""
    own = rf"\Sigma'(z^{layer})\," * sigmas
    later = (rf"(w^{after})^T\,\Sigma'(z^{after})" for after in range(layer + 1, depth + 1))
    return own + r"\,".join([*later, r"\nabla_a C_x"])


def _from_the_right(p: Place, layer: int, *, weights: bool) -> Array:
    """(wᵀ) Σ′(z) … wᵀ Σ′(z) ∇_a C, matrix times vector, beginning at the cost."""
    v = p.nabla_a
    for at in range(p.last, layer, -1):
        v = p.case.parameters.w[at].T @ np.diag(_at(p, at).sigma_prime) @ v
    v = np.diag(_at(p, layer).sigma_prime) @ v
    return p.case.parameters.w[layer].T @ v if weights else v


def _at(p: Place, layer: int) -> Place:
    return Place(p.case, layer, example=p.example)


def _nudged(p: Place, quantity: str, layer: int) -> Array:
    return np.array([p.rates(quantity, layer, j).cost for j in _at(p, layer).neurons])


def _layer(p: Place, layer: int) -> Keys:
    return neuron(layer, *_at(p, layer).neurons)


def _wires(p: Place, layer: int) -> Keys:
    at = _at(p, layer)
    return sum((weight(layer, j, k) for j in at.neurons for k in at.neurons_previous), ())

"""Derivations of the gradient: BP3, BP4, a hidden weight from start to end, and BP4 for a batch."""

import numpy as np

from backprop_lab.derivations.lines import Keys, Line, Proof, anywhere, at_hidden, neuron, pd, weight
from backprop_lab.derivations.place import Place, derivative
from backprop_lab.derivations.sums import Sum, product


def _bias(p: Place) -> Keys:
    return (f"b{p.layer}.{p.j}", *neuron(p.layer, p.j))


def _bias_and_layer(p: Place) -> Keys:
    return (f"b{p.layer}.{p.j}", *neuron(p.layer, *p.neurons))


def _dz_db(p: Place, q: int) -> float:
    """How fast z_q moves when b_j is nudged."""
    return p.rates("b", p.layer, p.j).z[p.layer][q]


bp3 = Proof(
    "bp3",
    "BP3: the gradient of a bias",
    r"(\nabla_b C_x)^l_j",
    (
        Line(
            pd("C_x", "b^l_j"),
            "an entry of the gradient is the rate of its parameter",
            lambda p: p.rates("b", p.layer, p.j).cost,
            speaks_of=_bias,
        ),
        Line(
            rf"\sum_p {pd('C_x', 'z^l_p')}\,{pd('z^l_p', 'b^l_j')}",
            "the bias can reach C only through the weighted inputs of its layer",
            lambda p: Sum((p.rates("z", p.layer, q).cost, _dz_db(p, q)) for q in p.neurons),
            speaks_of=_bias_and_layer,
        ),
        Line(
            rf"\delta^l_j\,{pd('z^l_j', 'b^l_j')}",
            "b_j is in z_j and in no other; ∂C_x/∂z_j is δ_j",
            lambda p: product(p.delta[p.j], _dz_db(p, p.j)),
            speaks_of=_bias,
        ),
        Line(
            r"\delta^l_j\cdot 1",
            "z_j = Σ_k w_jk a_k + b_j: the bias is added as it is, with rate 1",
            lambda p: product(p.delta[p.j], 1.0),
            speaks_of=_bias,
        ),
    ),
    witness=lambda p: p.rates("b", p.layer, p.j).cost,
    applies=anywhere,
)


def _wire(p: Place) -> Keys:
    """The weight and the two neurons it joins."""
    return neuron(p.layer - 1, p.k) + weight(p.layer, p.j, p.k) + neuron(p.layer, p.j)


def _wire_and_layer(p: Place) -> Keys:
    return weight(p.layer, p.j, p.k) + neuron(p.layer, *p.neurons)


def _incoming(p: Place) -> Keys:
    wires = sum((weight(p.layer, p.j, q) for q in p.neurons_previous), ())
    return neuron(p.layer - 1, *p.neurons_previous) + wires + neuron(p.layer, p.j)


def _dc_dw(p: Place) -> float:
    return p.rates("w", p.layer, p.j, p.k).cost


def _dz_dw(p: Place, q: int) -> float:
    """How fast z_q moves when w_jk is nudged."""
    return float(p.rates("w", p.layer, p.j, p.k).z[p.layer][q])


def _z(p: Place, w_jk: complex) -> complex:
    """Σ_p w_jp a_p + b_j with another w_jk."""
    return sum((w_jk if q == p.k else p.w[p.j, q]) * p.a_previous[q] for q in p.neurons_previous) + p.b[p.j]


bp4 = Proof(
    "bp4",
    "BP4: the gradient of a weight",
    r"(\nabla_w C_x)^l_{jk}",
    (
        Line(pd("C_x", "w^l_{jk}"), "an entry of the gradient is the rate of its parameter", _dc_dw, speaks_of=_wire),
        Line(
            rf"\sum_p {pd('C_x', 'z^l_p')}\,{pd('z^l_p', 'w^l_{jk}')}",
            "the weight can reach C only through the weighted inputs of its layer",
            lambda p: Sum((p.rates("z", p.layer, q).cost, _dz_dw(p, q)) for q in p.neurons),
            speaks_of=_wire_and_layer,
        ),
        Line(
            rf"\delta^l_j\,{pd('z^l_j', 'w^l_{jk}')}",
            "w_jk is in z_j and in no other; ∂C_x/∂z_j is δ_j",
            lambda p: product(p.delta[p.j], _dz_dw(p, p.j)),
            speaks_of=_wire,
        ),
        Line(
            rf"\delta^l_j\,{pd('', 'w^l_{jk}')}\Big(\sum_p w^l_{{jp}}\,a^{{l-1}}_p+b^l_j\Big)",
            "the forward equation",
            lambda p: product(p.delta[p.j], derivative(lambda w_jk: _z(p, w_jk), p.w[p.j, p.k])),
            speaks_of=_incoming,
        ),
        Line(
            r"\delta^l_j\,a^{l-1}_k",
            "only the term p = k holds w_jk, and its rate is a_k",
            lambda p: product(p.delta[p.j], p.a_previous[p.k]),
            speaks_of=_wire,
        ),
    ),
    witness=_dc_dw,
    applies=anywhere,
    asks=("layer", "neuron", "source", "example"),
)


def _from_start_to_end(p: Place) -> Keys:
    onward = sum((weight(p.layer + 1, i, p.j) for i in p.neurons_next), ())
    return _wire(p) + onward + neuron(p.layer + 1, *p.neurons_next)


def _da_dz(p: Place) -> float:
    return p.rates("z", p.layer, p.j).a[p.layer][p.j]


def _dz_next_da(p: Place, i: int) -> float:
    return p.rates("a", p.layer, p.j).z[p.layer + 1][i]


hidden_weight = Proof(
    "hidden_weight",
    "A hidden weight, from start to end",
    r"(\nabla_w C_x)^l_{jk}",
    (
        Line(pd("C_x", "w^l_{jk}"), "an entry of the gradient is the rate of its parameter", _dc_dw, speaks_of=_wire),
        Line(
            rf"{pd('C_x', 'a^l_j')}\,{pd('a^l_j', 'z^l_j')}\,{pd('z^l_j', 'w^l_{jk}')}",
            "the chain of arrows w → z → a → C: along it, rates multiply",
            lambda p: product(p.rates("a", p.layer, p.j).cost, _da_dz(p), _dz_dw(p, p.j)),
            speaks_of=_wire,
        ),
        Line(
            rf"\Big(\sum_i {pd('C_x', 'z^{l+1}_i')}\,{pd('z^{l+1}_i', 'a^l_j')}\Big)"
            rf"{pd('a^l_j', 'z^l_j')}\,{pd('z^l_j', 'w^l_{jk}')}",
            "a_j feeds every neuron of the next layer, and branches add",
            lambda p: product(
                Sum((p.rates("z", p.layer + 1, i).cost, _dz_next_da(p, i)) for i in p.neurons_next),
                _da_dz(p),
                _dz_dw(p, p.j),
            ),
            speaks_of=_from_start_to_end,
        ),
        Line(
            r"\Big(\sum_i \delta^{l+1}_i\,w^{l+1}_{ij}\Big)\,\sigma'(z^l_j)\,a^{l-1}_k",
            "each of these rates is known by now",
            lambda p: product(
                Sum((p.delta_next[i], p.w_next[i, p.j]) for i in p.neurons_next),
                p.sigma_prime[p.j],
                p.a_previous[p.k],
            ),
            speaks_of=_from_start_to_end,
        ),
        Line(
            r"\delta^l_j\,a^{l-1}_k",
            "bracket times σ′ is BP2: a hidden weight follows the same rule as an output weight, with another δ",
            lambda p: product(p.delta[p.j], p.a_previous[p.k]),
            speaks_of=_wire,
        ),
    ),
    witness=_dc_dw,
    applies=at_hidden,
    asks=("layer", "neuron", "source", "example"),
    moves=("weight_in", "weight_out", "target"),
)


def _examples(p: Place) -> list[Place]:
    """This place in every example of the batch."""
    return [Place(p.case, p.layer, p.j, p.k, x) for x in range(p.case.x.shape[1])]


def _delta(p: Place) -> np.ndarray:
    return p.case.backward_pass.delta[p.layer]


def _a_previous(p: Place) -> np.ndarray:
    return p.case.forward_pass.a[p.layer - 1]


batch_bp4 = Proof(
    "batch_bp4",
    "BP4 for a batch",
    r"(\nabla_w C)^l_{jk}",
    (
        Line(
            rf"{pd('', 'w^l_{jk}')}\;\frac{{1}}{{m}}\sum_x C_x",
            "the definition: the cost of a batch is the mean of its examples' costs",
            lambda p: float(np.mean([_dc_dw(at) for at in _examples(p)])),
            speaks_of=_wire,
        ),
        Line(
            r"\frac{1}{m}\sum_x \delta^l_{jx}\,a^{l-1}_{kx}",
            "BP4 for each example",
            lambda p: product(1 / len(_examples(p)), Sum((at.delta[p.j], at.a_previous[p.k]) for at in _examples(p))),
            speaks_of=_wire,
        ),
        Line(
            r"\frac{1}{m}\big(\delta^l\,(a^{l-1})^T\big)_{jk}",
            "a sum over a shared index is a matrix product: row j of δ times row k of a",
            lambda p: product(1 / len(_examples(p)), (_delta(p) @ _a_previous(p).T)[p.j, p.k]),
            speaks_of=_wire,
        ),
    ),
    witness=lambda p: float(np.mean([_dc_dw(at) for at in _examples(p)])),
    applies=anywhere,
    asks=("layer", "neuron", "source"),
)

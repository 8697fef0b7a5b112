"""Derivations of δ for the costs whose slow factor cancels: cross-entropy after sigmoid, and after softmax."""

from backprop_lab.activations import sigmoid, softmax
from backprop_lab.cases import Case
from backprop_lab.costs import binary_cross_entropy, categorical_cross_entropy
from backprop_lab.derivations.errors import rates_of_activations
from backprop_lab.derivations.lines import Keys, Line, Proof, at_output, neuron, pd
from backprop_lab.derivations.place import Place
from backprop_lab.derivations.sums import Sum, product


def _after_sigmoid(case: Case, layer: int) -> bool:
    return at_output(case, layer) and (case.output, case.cost) == (sigmoid, binary_cross_entropy)


def _after_softmax(case: Case, layer: int) -> bool:
    return at_output(case, layer) and (case.output, case.cost) == (softmax, categorical_cross_entropy)


def _outputs(p: Place) -> Keys:
    return neuron(p.layer, *p.neurons)


def _difference(p: Place) -> Sum:
    return Sum([(p.a[p.j],), (-p.y[p.j],)])


cross_entropy = Proof(
    "cross_entropy",
    "The error signal of a sigmoid output under the cross-entropy",
    r"\delta^L_j",
    (
        Line(
            rf"{pd('C_x', 'a^L_j')}\,\sigma'(z^L_j)",
            "BP1",
            lambda p: product(p.nabla_a[p.j], p.sigma_prime[p.j]),
        ),
        Line(
            r"\frac{a^L_j-y_j}{a^L_j(1-a^L_j)}\;\sigma'(z^L_j)",
            "the rate of −y ln a − (1 − y) ln(1 − a): two fractions, brought to one",
            lambda p: product((p.a[p.j] - p.y[p.j]) / (p.a[p.j] * (1 - p.a[p.j])), p.sigma_prime[p.j]),
        ),
        Line(
            r"\frac{a^L_j-y_j}{a^L_j(1-a^L_j)}\;a^L_j(1-a^L_j)",
            "for the sigmoid σ′ = a(1 − a)",
            lambda p: product((p.a[p.j] - p.y[p.j]) / (p.a[p.j] * (1 - p.a[p.j])), p.a[p.j], 1 - p.a[p.j]),
        ),
        Line(r"a^L_j-y_j", "what is above cancels with what is below: the slow factor is gone", _difference),
    ),
    witness=lambda p: p.rates("z", p.layer, p.j).cost,
    applies=_after_sigmoid,
    asks=("neuron", "example"),
)

softmax_cross_entropy = Proof(
    "softmax_cross_entropy",
    "The error signal of a softmax output under its cross-entropy",
    r"\delta^L_j",
    (
        Line(
            rf"\sum_i {pd('C_x', 'a^L_i')}\,{pd('a^L_i', 'z^L_j')}",
            "one z moves every output of a softmax: the full sum of the chain rule stays",
            lambda p: Sum((p.nabla_a[i], rates_of_activations(p)[i]) for i in p.neurons),
            speaks_of=_outputs,
        ),
        Line(
            r"\sum_i \Big(-\frac{y_i}{a^L_i}\Big)\,a^L_i\,\big([i=j]-a^L_j\big)",
            "the rate of −Σ y ln a, and that of softmax; [i = j] is 1 where i = j, else 0",
            lambda p: Sum((-p.y[i] / p.a[i], p.a[i], (i == p.j) - p.a[p.j]) for i in p.neurons),
            speaks_of=_outputs,
        ),
        Line(
            r"-y_j+a^L_j\sum_i y_i",
            "every a_i cancels; −y_j comes from the term with i = j, the rest has the factor a_j",
            lambda p: Sum([(-p.y[p.j],), (p.a[p.j], Sum((each,) for each in p.y))]),
            speaks_of=_outputs,
        ),
        Line(r"a^L_j-y_j", "the targets add up to 1", _difference),
    ),
    witness=lambda p: p.rates("z", p.layer, p.j).cost,
    applies=_after_softmax,
    asks=("neuron", "example"),
    moves=("weight_in",),  # its targets have to add up to 1
)

"""Every proof of the series as data: lines that can be read, evaluated anywhere in a network, and checked."""

from backprop_lab.derivations.costs import cross_entropy, softmax_cross_entropy
from backprop_lab.derivations.errors import bp1, bp2, unrolled
from backprop_lab.derivations.gradients import batch_bp4, bp3, bp4, hidden_weight
from backprop_lab.derivations.lines import Line, Proof, Step, agree, evaluate, layers
from backprop_lab.derivations.place import Place
from backprop_lab.derivations.rates import cost_gradient, error_signal, first_order, sigma_prime
from backprop_lab.derivations.sums import Sum

__all__ = [
    "Line",
    "Place",
    "Proof",
    "Step",
    "Sum",
    "agree",
    "batch_bp4",
    "bp1",
    "bp2",
    "bp3",
    "bp4",
    "cost_gradient",
    "cross_entropy",
    "error_signal",
    "evaluate",
    "first_order",
    "hidden_weight",
    "layers",
    "sigma_prime",
    "softmax_cross_entropy",
    "unrolled",
]

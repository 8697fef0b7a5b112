"""Backprop Lab: the forward pass, the cost and the four equations of backpropagation, to be read and played with."""

from backprop_lab import cases, datasets, pictures
from backprop_lab.activations import Activation, identity, relu, sigmoid, softmax, tanh
from backprop_lab.cases import Case
from backprop_lab.chain import paths
from backprop_lab.complex_step import nudge
from backprop_lab.costs import Cost, binary_cross_entropy, categorical_cross_entropy, quadratic
from backprop_lab.datasets import Dataset
from backprop_lab.equations import bp1, bp2, bp3, bp4
from backprop_lab.exercises import (
    CheckResult,
    check_backprop,
    check_bp1,
    check_bp2,
    check_bp3,
    check_bp4,
    check_forward,
    check_quadratic,
    check_training_step,
    check_update,
    check_weighted_input,
    quiz,
)
from backprop_lab.finite_differences import GradientCheck, gradient_check, numerical_gradient
from backprop_lab.network import BackwardPass, ForwardPass, Parameters, backward, forward, initialize, step
from backprop_lab.quantities import Quantity
from backprop_lab.training import Epoch, History, train, training_run

__all__ = [
    "Activation",
    "BackwardPass",
    "Case",
    "CheckResult",
    "Cost",
    "Dataset",
    "Epoch",
    "ForwardPass",
    "GradientCheck",
    "History",
    "Parameters",
    "Quantity",
    "backward",
    "binary_cross_entropy",
    "bp1",
    "bp2",
    "bp3",
    "bp4",
    "cases",
    "categorical_cross_entropy",
    "check_backprop",
    "check_bp1",
    "check_bp2",
    "check_bp3",
    "check_bp4",
    "check_forward",
    "check_quadratic",
    "check_training_step",
    "check_update",
    "check_weighted_input",
    "datasets",
    "forward",
    "gradient_check",
    "identity",
    "initialize",
    "nudge",
    "numerical_gradient",
    "paths",
    "pictures",
    "quadratic",
    "quiz",
    "relu",
    "sigmoid",
    "softmax",
    "step",
    "tanh",
    "train",
    "training_run",
]

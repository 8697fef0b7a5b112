"""Backprop Lab: the forward pass, the cost and the four equations of backpropagation, to be read and played with."""

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING or find_spec("numpy"):  # without it there is the command, which says what is missing
    from backprop_lab import cases, datasets, pictures
    from backprop_lab.activations import Activation, identity, relu, sigmoid, softmax, tanh
    from backprop_lab.cases import Case
    from backprop_lab.chain import paths
    from backprop_lab.complex_step import nudge
    from backprop_lab.costs import Cost, binary_cross_entropy, categorical_cross_entropy, quadratic
    from backprop_lab.datasets import Dataset
    from backprop_lab.equations import bp1, bp2, bp3, bp4
    from backprop_lab.finite_differences import GradientCheck, gradient_check, numerical_gradient
    from backprop_lab.learning import train, training_run
    from backprop_lab.network import BackwardPass, ForwardPass, backward, forward, step
    from backprop_lab.parameters import Parameters, initialize
    from backprop_lab.quantities import Quantity
    from backprop_lab.rosetta import export
    from backprop_lab.training import Epoch, History

if TYPE_CHECKING:
    from backprop_lab.exercises import (
        CheckResult,
        check_backprop,
        check_bp1,
        check_bp2,
        check_bp3,
        check_bp4,
        check_demon,
        check_forward,
        check_quadratic,
        check_rate_along,
        check_training_loop,
        check_training_step,
        check_update,
        check_weighted_input,
    )

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
    "check_demon",
    "check_forward",
    "check_quadratic",
    "check_rate_along",
    "check_training_loop",
    "check_training_step",
    "check_update",
    "check_weighted_input",
    "datasets",
    "export",
    "forward",
    "gradient_check",
    "identity",
    "initialize",
    "nudge",
    "numerical_gradient",
    "paths",
    "pictures",
    "quadratic",
    "relu",
    "sigmoid",
    "softmax",
    "step",
    "tanh",
    "train",
    "training_run",
]


_MODULES = ("derivations", "widgets")  # loaded when asked for

if not TYPE_CHECKING:  # so that a wrong name is still found by a type checker

    def __getattr__(name: str) -> object:
        """Load the exercises when one of their names is asked for: who computes only need not wait for them.

        Raises
        ------
        ModuleNotFoundError : NumPy is missing.
        """
        if name in _MODULES:
            return import_module(f"{__name__}.{name}")
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from backprop_lab import exercises  # noqa: PLC0415

        return globals().setdefault(name, getattr(exercises, name))


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_MODULES})

"""Exercises: checkers that try a learner's function and name the mistake."""

from backprop_lab.exercises.checkers import (
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
)
from backprop_lab.exercises.loop import check_training_loop
from backprop_lab.exercises.rates import check_demon, check_rate_along
from backprop_lab.exercises.report import report
from backprop_lab.exercises.result import CheckResult

__all__ = [
    "CheckResult",
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
    "report",
]

"""Knobs turned by hand, the cost and the budget in view; then one backward pass says the rate of each."""

from backprop_lab.pictures.knobs.state import begin, update
from backprop_lab.pictures.knobs.view import view

__all__ = ["begin", "update", "view"]

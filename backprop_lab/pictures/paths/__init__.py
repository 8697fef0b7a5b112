"""The paths from a neuron to the cost: products of rates whose sum is δ, and what is left when they are factored."""

from backprop_lab.pictures.paths.state import begin, update
from backprop_lab.pictures.paths.view import view

__all__ = ["begin", "update", "view"]

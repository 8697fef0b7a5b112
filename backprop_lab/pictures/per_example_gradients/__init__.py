"""The gradient of a layer for every example, a stack [example, neuron, weight], and what it collapses to."""

from backprop_lab.pictures.per_example_gradients.state import PerExample, begin, update
from backprop_lab.pictures.per_example_gradients.view import view

__all__ = ["PerExample", "begin", "update", "view"]

"""The demon: it adds Δz to the weighted input of one neuron, and δ·Δz is held against what the cost really does."""

from backprop_lab.pictures.demon.state import begin, update
from backprop_lab.pictures.demon.view import view

__all__ = ["begin", "update", "view"]

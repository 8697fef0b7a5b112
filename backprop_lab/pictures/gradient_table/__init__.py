"""BP4 as a multiplication table: δ down the side, activations along the top, a gradient where they cross."""

from backprop_lab.pictures.gradient_table.state import begin, update
from backprop_lab.pictures.gradient_table.view import view

__all__ = ["begin", "update", "view"]

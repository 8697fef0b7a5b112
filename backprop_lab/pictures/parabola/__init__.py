"""The cost over one output as a parabola with its tangent, over two as a bowl: its slope is output minus target."""

from backprop_lab.pictures.parabola.state import begin, update
from backprop_lab.pictures.parabola.view import view

__all__ = ["begin", "update", "view"]

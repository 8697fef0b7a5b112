"""Why w is transposed on the way back: the column of what leads out of a neuron becomes a row, which meets δ."""

from backprop_lab.pictures.transpose.state import Transpose, begin, update
from backprop_lab.pictures.transpose.view import view

__all__ = ["Transpose", "begin", "update", "view"]

"""BP1 as a picture: δ of an output neuron is the area of a rectangle with the sides |∂C/∂a| and σ′(z)."""

from backprop_lab.pictures.bp1_area.state import begin, update
from backprop_lab.pictures.bp1_area.view import view

__all__ = ["begin", "update", "view"]

"""One neuron: what each input brings, how that adds up to z end to end, and where z stands on the curve of σ."""

from backprop_lab.pictures.neuron.state import begin, update
from backprop_lab.pictures.neuron.view import view

__all__ = ["begin", "update", "view"]

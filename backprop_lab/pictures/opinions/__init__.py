"""What the next layer says of a hidden neuron: opinions w·δ that come back along the wires, add up, and shrink to δ."""

from backprop_lab.pictures.opinions.state import Opinions, begin, update
from backprop_lab.pictures.opinions.view import view

__all__ = ["Opinions", "begin", "update", "view"]

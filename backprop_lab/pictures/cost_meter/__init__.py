"""What a gradient takes, by one backward pass and by differences, as the network grows: counted, and timed here."""

from backprop_lab.pictures.cost_meter.state import begin, update
from backprop_lab.pictures.cost_meter.view import view

__all__ = ["begin", "update", "view"]

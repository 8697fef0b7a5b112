"""Gears: how fast the cost turns with one weight: rates multiply along a train, and what the trains bring is added."""

from backprop_lab.pictures.gears.state import begin, update
from backprop_lab.pictures.gears.view import view

__all__ = ["begin", "update", "view"]

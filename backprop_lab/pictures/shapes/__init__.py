"""Matrices as cards with their shapes: two click together only in the right order and with the right transpose."""

from backprop_lab.pictures.shapes.state import Shapes, begin, update
from backprop_lab.pictures.shapes.view import view

__all__ = ["Shapes", "begin", "update", "view"]

"""The trainer: one picture in which a network learns while one watches, stops it, goes back and changes everything."""

from backprop_lab.pictures.trainer.state import begin, update
from backprop_lab.pictures.trainer.view import view

__all__ = ["begin", "update", "view"]

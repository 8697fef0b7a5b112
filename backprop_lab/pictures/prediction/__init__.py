"""Predictions: a learner commits to a number, a name, a choice or an order, and only then sees what is right."""

from backprop_lab.pictures.prediction.state import Prediction, choice, code, name, number, order, shape, update
from backprop_lab.pictures.prediction.view import view

__all__ = ["Prediction", "choice", "code", "name", "number", "order", "shape", "update", "view"]

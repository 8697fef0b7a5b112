"""Predictions and exercises: a learner commits to a number, a name, a choice or an order, then sees what is right."""

from backprop_lab.pictures.prediction.state import Prediction, begin, update
from backprop_lab.pictures.prediction.view import view

__all__ = ["Prediction", "begin", "update", "view"]

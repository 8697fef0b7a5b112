"""The race: one start, two costs, two trainings at once, and how loud the error signals of both are."""

from backprop_lab.pictures.race.state import begin, update
from backprop_lab.pictures.race.view import view

__all__ = ["begin", "update", "view"]

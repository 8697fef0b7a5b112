"""Row times column: where a row of weights meets a column of activations, number by number, stands one z."""

from backprop_lab.pictures.row_times_column.state import begin, update
from backprop_lab.pictures.row_times_column.view import view

__all__ = ["begin", "update", "view"]

"""A finite difference on the bench: how its error falls and rises with h, and which digits are left."""

from backprop_lab.pictures.check_lab.state import begin, update
from backprop_lab.pictures.check_lab.view import view

__all__ = ["begin", "update", "view"]

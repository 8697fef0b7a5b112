"""Number lines: a nudge passed on from line to line, stretched, shrunk or flipped; shares are laid end to end."""

from backprop_lab.pictures.number_lines.state import begin, update
from backprop_lab.pictures.number_lines.view import view

__all__ = ["begin", "update", "view"]

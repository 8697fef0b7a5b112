"""The player: backpropagation line by line, what each line reads and writes, and a slip in one of them to be found."""

from backprop_lab.pictures.player.state import begin, update
from backprop_lab.pictures.player.view import view

__all__ = ["begin", "update", "view"]

"""Thin shells around the views: sliders, buttons and clicks that make a new state."""

from backprop_lab.widgets.explorer import explorer
from backprop_lab.widgets.film import film
from backprop_lab.widgets.live import Control, Group, Live, field
from backprop_lab.widgets.stage import Stage

__all__ = ["Control", "Group", "Live", "Stage", "explorer", "field", "film"]

"""Faces of pictures that have moved: transitional."""

from backprop_lab.live import live
from backprop_lab.pictures import nested_formula as picture_nested_formula

nested_formula = live(picture_nested_formula.begin, picture_nested_formula.view, picture_nested_formula.update)

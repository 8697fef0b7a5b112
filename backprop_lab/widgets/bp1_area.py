"""Faces of pictures that have moved: transitional."""

from backprop_lab.live import live
from backprop_lab.pictures import bp1_area as picture_bp1_area

bp1_area = live(picture_bp1_area.begin, picture_bp1_area.view, picture_bp1_area.update)

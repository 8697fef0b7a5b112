"""The face of the paths: transitional."""

from backprop_lab.live import live
from backprop_lab.pictures import paths as picture

paths = live(picture.begin, picture.view, picture.update)

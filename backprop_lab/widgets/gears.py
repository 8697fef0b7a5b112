"""The face of the gears: transitional."""

from backprop_lab.live import live
from backprop_lab.pictures import gears as picture

gears = live(picture.begin, picture.view, picture.update)

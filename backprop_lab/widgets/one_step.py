"""The face of one step: transitional."""

from backprop_lab.live import live
from backprop_lab.pictures import one_step as picture

one_step = live(picture.begin, picture.view, picture.update)

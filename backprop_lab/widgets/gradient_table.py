"""The face of the gradient's table: transitional."""

from backprop_lab.live import live
from backprop_lab.pictures import gradient_table as picture

gradient_table = live(picture.begin, picture.view, picture.update)

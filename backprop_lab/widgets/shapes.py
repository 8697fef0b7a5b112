"""The face of the cards: transitional."""

from backprop_lab.live import live
from backprop_lab.pictures import shapes as picture

shapes = live(picture.begin, picture.view, picture.update)

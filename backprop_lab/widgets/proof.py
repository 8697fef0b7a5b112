"""The proof's face: transitional."""

from backprop_lab.live import live
from backprop_lab.pictures import proof as picture

proof = live(picture.begin, picture.view, picture.update)

"""The explorer's face: transitional."""

from backprop_lab.live import live
from backprop_lab.pictures import explorer as picture

explorer = live(picture.begin, picture.view, picture.update)

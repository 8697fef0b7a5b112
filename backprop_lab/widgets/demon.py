"""The demon's face: transitional."""

from backprop_lab.live import live
from backprop_lab.pictures import demon as picture

demon = live(picture.begin, picture.view, picture.update)

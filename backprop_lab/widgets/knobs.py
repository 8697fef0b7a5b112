"""The face of the knobs: transitional."""

from backprop_lab.live import live
from backprop_lab.pictures import knobs as picture

knobs = live(picture.begin, picture.view, picture.update)

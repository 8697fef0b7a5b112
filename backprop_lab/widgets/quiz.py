"""The face of the quiz: transitional."""

from backprop_lab.live import live
from backprop_lab.pictures import quiz as picture

quiz = live(picture.begin, picture.view, picture.update)

"""The film's face: transitional."""

from backprop_lab.live import live
from backprop_lab.pictures import film as picture

film = live(picture.begin, picture.view, picture.update)

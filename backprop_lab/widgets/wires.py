"""The faces of the wires: transitional."""

from backprop_lab.live import live
from backprop_lab.pictures import wires as picture
from backprop_lab.pictures import wires_game as game

wires = live(picture.begin, picture.view, picture.update)
wires_game = live(game.begin, game.view, game.update)

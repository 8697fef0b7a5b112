"""The single neuron's face: transitional."""

from backprop_lab.live import live
from backprop_lab.pictures import neuron as picture

neuron = live(picture.begin, picture.view, picture.update)

"""The face of the examples' gradients: transitional."""

from backprop_lab.live import live
from backprop_lab.pictures import per_example_gradients as picture

per_example_gradients = live(picture.begin, picture.view, picture.update)

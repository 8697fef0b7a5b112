"""The face of the product from both ends: transitional."""

from backprop_lab.live import live
from backprop_lab.pictures import matrix_chain as picture

matrix_chain = live(picture.begin, picture.view, picture.update)

"""Faces of pictures that have moved: transitional."""

from backprop_lab.live import live
from backprop_lab.pictures import cost_bars as picture_cost_bars
from backprop_lab.pictures import cost_mean as picture_cost_mean

cost_bars = live(picture_cost_bars.begin, picture_cost_bars.view, picture_cost_bars.update)
cost_mean = live(picture_cost_mean.begin, picture_cost_mean.view, picture_cost_mean.update)

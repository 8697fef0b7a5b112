"""Every picture: those that can be moved are modules here, and `widgets` shows them; those that keep still are called.

    pictures.network(case)        a network with its numbers
    pictures.card("BP1")          the four equations, open as far as they are known
    pictures.course()             the notebooks, along the loop of training
    pictures.decision(case)       what a network with two inputs answers everywhere
    pictures.answers(x, 3, said)  one handwritten digit, and how sure networks are of each answer
    pictures.arrows(exact, some)  steps against mini-batches' gradients around the exact one
    pictures.digits(x, labels)    handwritten digits, with what a network took them for
    pictures.outer_product(delta, a)   the gradient of a layer as a field of color
    pictures.whole_process()      the loop of training, with the equation and the notebooks at each station
    pictures.curves(x, named, words, title=…)   a few functions of one variable
    pictures.figure(draw, text)   what Matplotlib draws, in our look

The module of a still lies in `stills`, since here its name is that of the function.
"""

from backprop_lab.pictures.stills.answers import answers
from backprop_lab.pictures.stills.arrows import arrows
from backprop_lab.pictures.stills.card import card
from backprop_lab.pictures.stills.course import course
from backprop_lab.pictures.stills.curves import curves
from backprop_lab.pictures.stills.decision import decision
from backprop_lab.pictures.stills.digits import digits
from backprop_lab.pictures.stills.figure import figure
from backprop_lab.pictures.stills.network import network
from backprop_lab.pictures.stills.outer_product import outer_product
from backprop_lab.pictures.stills.whole_process import whole_process

__all__ = [
    "answers",
    "arrows",
    "card",
    "course",
    "curves",
    "decision",
    "digits",
    "figure",
    "network",
    "outer_product",
    "whole_process",
]

"""Handwritten digits as pictures, with what they are and what a network took them for."""

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.drawing.markup import Markup, element
from backprop_lab.views import Picture

PIXEL = 9  # drawn size; the picture scales


def digits_picture(x: Array, labels: Array, answers: Array | None = None) -> Picture:
    """Square pictures with their labels and, where given, a network's answers.

    Parameters
    ----------
    x : shape (pixels, m), values in [0, 1], one column per picture
    labels, answers : shape (m,), which digit it is, and which the network said
    """
    said = [""] * len(labels) if answers is None else [f", taken for {answer}" for answer in answers]
    names = [f"{label}{words}" for label, words in zip(labels, said, strict=True)]
    cards = [_card(column, name) for column, name in zip(x.T, names, strict=True)]
    return Picture(element("div", *cards, class_="bl-digits"), f"{len(names)} handwritten digits: {'; '.join(names)}.")


def _card(pixels: Array, name: str) -> Markup:
    side = int(np.sqrt(len(pixels)))
    ink = [
        element(
            "rect", x=PIXEL * (at % side), y=PIXEL * (at // side), width=PIXEL, height=PIXEL, fill_opacity=float(value)
        )
        for at, value in enumerate(pixels)
        if value > 0
    ]
    frame = element("rect", width=PIXEL * side, height=PIXEL * side, class_="bl-frame")
    picture = element("svg", frame, *ink, viewBox=f"0 0 {PIXEL * side} {PIXEL * side}", aria_hidden="true")
    return element("div", picture, name)

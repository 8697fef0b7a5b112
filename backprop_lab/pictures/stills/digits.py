"""Handwritten digits as pictures, with what they are and what a network took them for."""

import numpy as np

from backprop_lab.drawing.markup import Markup, counted, element
from backprop_lab.drawing.picture import Picture, beside
from backprop_lab.drawing.svg import box, sheet
from backprop_lab.validation import Array

PIXEL = 9  # drawn size; the picture scales


def digits(x: Array, labels: Array, answers: Array | None = None) -> Picture:
    """Square pictures with their labels and, where given, a network's answers.

    Parameters
    ----------
    x : shape (pixels, m), values in [0, 1], one column for each picture
    labels, answers : shape (m,), which digit it is, and which the network said

    Raises
    ------
    ValueError : the pictures are not square, or labels or answers are not one for each.
    """
    side, m = int(np.sqrt(len(x))), x.shape[1]
    if side**2 != len(x):
        raise ValueError(f"x must have a square number of rows, got shape {x.shape}")
    for name, given in (("labels", labels), ("answers", answers)):
        if given is not None and np.shape(given) != (m,):
            raise ValueError(f"{name} must have shape {(m,)}, got {np.shape(given)}")
    said = [""] * m if answers is None else [f", taken for {answer}" for answer in answers]
    names = [f"{label}{words}" for label, words in zip(labels, said, strict=True)]
    cards = [element("div", drawing(column), name) for column, name in zip(x.T, names, strict=True)]
    words = f"{counted(m, 'handwritten digit')}: {'; '.join(names)}."
    style = beside(__file__, "digits.css")
    return Picture(element("div", *cards, class_="bl-digits"), words, "Handwritten digits", style, caption=False)


def drawing(pixels: Array) -> Markup:
    """One square picture, its pixels from 0, white, to 1, black.

    Raises
    ------
    ValueError : it is not square.
    """
    side = int(np.sqrt(len(pixels)))
    if side**2 != len(pixels):
        raise ValueError(f"x must have a square number of pixels, got {len(pixels)}")
    ink = [
        box(PIXEL * (at % side), PIXEL * (at // side), PIXEL, PIXEL, fill_opacity=float(value))
        for at, value in enumerate(pixels)
        if value > 0
    ]
    return sheet(PIXEL * side, PIXEL * side, box(0, 0, PIXEL * side, PIXEL * side, "frame"), *ink)

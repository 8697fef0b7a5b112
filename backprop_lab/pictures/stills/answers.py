"""One handwritten digit, and beside it how sure each of some networks is of every possible answer."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab.drawing.html import title
from backprop_lab.drawing.markup import Markup, element, plain
from backprop_lab.drawing.picture import Picture, beside
from backprop_lab.drawing.svg import bar, box, sheet, text
from backprop_lab.pictures.stills.digits import drawing
from backprop_lab.validation import Array

WIDTH, PITCH, ZERO, END = 300.0, 20.0, 28.0, 232.0  # of a chart: where its bars begin, and where one of 1 ends


def answers(x: ArrayLike, label: int, outputs: Mapping[str, ArrayLike]) -> Picture:
    """A square picture, and for each network a bar for every answer; the largest is what it says.

    Parameters
    ----------
    x : the pixels of one picture, values in [0, 1]
    label : which digit it is
    outputs : for each network by name its outputs, equally many, between 0 and 1

    Raises
    ------
    ValueError : the picture is not square, or outputs are none, not between 0 and 1, or too few for the label.
    """
    pixels, said = np.ravel(x), {name: np.ravel(values) for name, values in outputs.items()}
    for name, values in said.items():
        if not (label < len(values) and values.min() >= 0 and values.max() <= 1):
            raise ValueError(f"outputs must have more than {label} numbers between 0 and 1, got {name}: {values}")
    if not said:
        raise ValueError("outputs must name at least one network, got none")
    charts = [_chart(name, values, label) for name, values in said.items()]
    found = [f"the {name} network says {values.argmax()} ({plain(values.max())})" for name, values in said.items()]
    words = f"A handwritten {label}: {', '.join(found)}."
    picture = element("div", drawing(pixels), f"a handwritten {label}", class_="bl-digit")
    markup = element("div", picture, *charts, class_="bl-answers")
    return Picture(markup, words, "One digit and its answers", beside(__file__, "digits.css"))


def _chart(name: str, values: Array, label: int) -> Markup:
    """The bars, the longest of them lit; the right one has a tick."""
    most = int(values.argmax())
    rows = [part for digit, value in enumerate(values) for part in _row(digit, float(value), digit == most, label)]
    heading = title(f"{name} says {most}", "right" if most == label else "wrong")
    return element("div", heading, sheet(WIDTH, PITCH * len(values), *rows))


def _row(digit: int, value: float, most: bool, label: int) -> list[Markup]:
    top = PITCH * digit
    lit = [box(0, top, WIDTH, PITCH, "lit", rx=4)] if most else []
    return [
        *lit,
        text(8, top + 15, digit, look="value"),
        bar(ZERO, top + 4, value, 1.0, END - ZERO, 12),
        text(WIDTH - 22, top + 15, f"{value:.2f}", look="value", to="end"),
        *([text(WIDTH - 18, top + 15, "✓")] if digit == label else []),
    ]

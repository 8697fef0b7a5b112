"""The slices side by side, each a little farther back, and the matrix that they collapse to."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from backprop_lab.drawing.html import legend
from backprop_lab.drawing.markup import Markup, counted, element, sign_class
from backprop_lab.drawing.plane import round_scale
from backprop_lab.drawing.svg import box, choice, sheet, text
from backprop_lab.pictures.per_example_gradients.state import PerExample, collapsed
from backprop_lab.validation import Array

WIDTH, TOP = 640.0, 24.0  # of the drawing, and the names above the slices
GAP, BACK = 12.0, 8.0  # between two slices, and how much farther back each stands
LARGEST = 54.0  # side of a cell
ROOM = 78.0  # for a name in words


class _Sheet(NamedTuple):
    """A matrix in the drawing: where it stands, and how large a cell is."""

    values: Array
    x: float
    y: float
    side: float

    @property
    def size(self) -> tuple[float, float]:
        """How wide and how high it is."""
        n, before = self.values.shape
        return before * self.side, n * self.side


def scale(state: PerExample) -> float:
    """What the longest bar and the largest square are worth, for every entry and every sum."""
    return round_scale(float(max(np.abs(state.stack).max(), np.abs(state.stack.sum(axis=0)).max())))


def stack(state: PerExample) -> Markup:
    """All slices, and behind them the matrix they collapse to; a square has the size and the sign of its entry."""
    m, n, before = state.stack.shape
    side = min(LARGEST, ((WIDTH - 4) / (m + 1.4) - GAP) / before)
    step, height = before * side + GAP, TOP + n * side + BACK * (m - 1) + 4
    slices = [
        _slice(state, at, _Sheet(values, 2 + at * step, TOP + BACK * (m - 1 - at), side))
        for at, values in enumerate(state.stack)
    ]
    made = _made(state, 2 + (m + 0.4) * step, TOP + BACK * (m - 1) / 2, side)
    arrow = text(2 + (m + 0.2) * step - GAP / 2, TOP + BACK * (m - 1) / 2 + n * side / 2 + 5, "→", to="middle")
    read = legend(
        f"{counted(m, 'slice')} of {n} × {before}, one for each example; choose one to bring it to the front.",
        "A square's area is the size of its entry; blue is positive, vermillion negative.",
        f"A full bar, and a full square, is {scale(state):g}.",
    )
    return element("div", sheet(WIDTH, height, *slices, arrow, *made), read, class_="bl-diagram bl-slices")


def _slice(state: PerExample, at: int, drawn: _Sheet) -> Markup:
    front = at == state.example
    name = f"example {at}" if front and drawn.size[0] > ROOM else str(at)
    label = text(drawn.x, drawn.y - 7, name, look="strong" if front else "caption")
    marks = choice(f"slice {at}", f"slice {at}, of example {at}", front)
    ground = box(drawn.x, drawn.y, *drawn.size, "node", rx=4)
    return element("g", ground, *_squares(state, drawn), label, class_="bl-on" if front else None, **marks)


def _made(state: PerExample, x: float, y: float, side: float) -> Iterator[Markup]:
    found = collapsed(state)
    drawn = _Sheet(state.stack[0] if found is None else found, x, y, side)
    yield text(x + drawn.size[0], y - 7, state.collapse, look="strong", to="end")
    yield box(x, y, *drawn.size, "node", rx=4, stroke_dasharray="4 4" if found is None else None)
    if found is not None:
        yield from _squares(state, drawn)


def _squares(state: PerExample, drawn: _Sheet) -> Iterator[Markup]:
    full, side = scale(state), drawn.side
    for (j, k), value in np.ndenumerate(drawn.values):
        x, y = drawn.x + k * side, drawn.y + j * side
        wide = max(2.0, (side - 6) * (abs(value) / full) ** 0.5)
        place = {"x": x + (side - wide) / 2, "y": y + (side - wide) / 2, "width": wide, "height": wide}
        if value:
            yield element("rect", **place, class_=sign_class(value))
        if (j, k) == state.entry:
            yield box(x + 1, y + 1, side - 2, side - 2, "held")

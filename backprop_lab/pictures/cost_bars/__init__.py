"""Cost bars: how far each output of one example is from its target, the square that hangs on it, and the cost."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab.drawing.html import code, screen
from backprop_lab.drawing.markup import Markup, answered, element, fragment, plain, signed
from backprop_lab.drawing.mathml import broken, equation, squared, term
from backprop_lab.drawing.mathml import row as formula
from backprop_lab.drawing.outputs import ENDS, Outputs
from backprop_lab.drawing.picture import Event, Picture, Select, beside
from backprop_lab.drawing.svg import bar, box, choice, drag, ground, line, sheet, subscript, text
from backprop_lab.quantities import Quantity

MOST = 4  # outputs that fit on one screen
WIDTH, TOP, BAR, GAP = 640.0, 54.0, 12.0, 12.0
ZERO, DIFFERENCE = 230.0, 402.0  # where the bars begin, and where their numbers end
DRAGGED = 0.02  # a bar follows the hand that drags it
HALF = element("mfrac", element("mn", 1), element("mn", 2))


@dataclass(frozen=True)
class CostBars(Outputs):
    """Outputs and targets of one example, as they are and as they began; `selected` is the key of an output."""

    selected: str = ""

    @property
    def keys(self) -> list[str]:
        """Keys of the outputs."""
        return [Quantity("a", 1, (j,)).key for j in range(len(self.a))]


def begin(a: ArrayLike = (0.3, 0.5, 0.2), y: ArrayLike = (0.0, 1.0, 0.0), *, formula: bool = True) -> CostBars:
    """One example: each output's difference from its target as a bar, its square hung on the bar, and the cost.

    Parameters
    ----------
    a, y : outputs and targets of one example, between 0 and 1, equally many, at most 4
    formula : whether the formula of the cost is shown, in letters, in numbers and as code

    Raises
    ------
    ValueError : they are not of that kind.
    """
    return CostBars.begun(a, y, MOST, formula)


def view(state: CostBars) -> Picture:
    """A bar for each difference, a square for each square; beside them the sliders, and the formula in numbers."""
    controls = element("div", state.controls(state.selected), _formula(state) if state.formula else "")
    picture = screen(_sheet(state), controls)
    return Picture(picture, sentence(state), "Differences, squares and cost", beside(__file__))


def update(state: CostBars, event: Event) -> CostBars:
    """An output or a target moved, everything as it began, an output chosen."""
    match event:
        case Select(key):
            return replace(state, selected=key)
    return state.updated(event)


def sentence(state: CostBars) -> str:
    """What is seen now, in words."""
    sums = f"The differences add up to {signed(state.difference.sum())}, their squares to {plain(_squares(state), 4)}"
    said = answered(state.a, state.y).capitalize() + (f". {sums}:" if len(state.a) > 1 else ";")
    return f"{said} the cost is {plain(state.cost, 4)}. {_chosen(state)}"


def _squares(state: CostBars) -> float:
    return float((state.difference**2).sum())


def _chosen(state: CostBars) -> str:
    if not state.selected:
        return "No output is selected."
    j = state.keys.index(state.selected)
    way = np.sign(round(state.difference[j], 4))
    effect = {-1: "too low: raising it lowers the cost", 1: "too high: raising it raises the cost", 0: "on its target"}
    return f"Selected: output {j}, {effect[int(way)]}."


def _lit(state: CostBars, j: int) -> bool:
    return state.selected == state.keys[j]


def _formula(state: CostBars) -> Markup:
    pairs = enumerate(zip(state.a, state.y, strict=True))
    squares = [term(squared(_digits(a), "−", _digits(y)), on=_lit(state, j)) for j, (a, y) in pairs]
    total = element("mn", plain(state.cost, 4), class_="bl-result")
    letters = equation("C_x =", HALF, "∑_j", squared("a^L_j − y_j"))
    opened, closed = (element("mo", sign, stretchy="false") for sign in "[]")
    numbers = broken(formula("=", HALF, opened), squares, formula(closed, "=", total), most=2)
    return element("div", letters, numbers, code("C_x = ((a - y) ** 2).sum() / 2"), class_="bl-equations")


def _digits(value: float) -> Markup:
    return element("mn", plain(value))


def _sheet(state: CostBars) -> Markup:
    side = min(92.0, 270 / len(state.a))  # of the square on a difference of 1
    tops = [TOP + (BAR + side + GAP) * j for j in range(len(state.a) + 1)]
    drawn = [_row(state, j, top, side) for j, top in enumerate(tops[:-1])]
    upright = line(ZERO, TOP - 6, ZERO, tops[-1] - GAP)
    return sheet(WIDTH, tops[-1] + 50, *_head(side), *drawn, upright, _sums(state, tops[-1] + 18))


def _head(side: float) -> list[Markup]:
    return [
        text(12, 20, "output, target", look="strong"),
        text(ZERO, 20, "difference a − y", look="strong", to="middle"),
        text(WIDTH - 12, 20, "its square", look="strong", to="end"),
        *(
            text(ZERO + at * side, 42, words, look="caption", to="middle")
            for words, at in (("−1", -1), ("0", 0), ("+1", 1))
        ),
        text(WIDTH - 12, 42, "dotted: 1 × 1", look="caption", to="end"),
    ]


def _row(state: CostBars, j: int, top: float, side: float) -> Markup:
    d, a, y = float(state.difference[j]), state.a[j], state.y[j]
    high, middle = BAR + side, top + (BAR + side) / 2
    reach = abs(d) * side
    hung = [
        box(ZERO - side * (d < 0), top + BAR, side, side, "zero", stroke_dasharray="3 4"),
        box(ZERO - reach * (d < 0), top + BAR, reach, reach, "square"),
        bar(ZERO, top, d, 1.0, side, BAR, rx=0),
    ]
    return element(
        "g",
        ground(4, top - 5, WIDTH - 8, high + 10, _lit(state, j)),
        element("g", *hung, **drag(state.keys[j], a, *ENDS, DRAGGED)),
        _number("a", 1, j, a, middle - 8),
        _number("y", 0, j, y, middle + 18),
        text(DIFFERENCE, middle + 5, signed(d), look="value", to="end"),
        text(WIDTH - 12, middle + 5, f"({signed(d)})² = {plain(d**2, 4)}", look="value", to="end"),
        **choice(state.keys[j], f"output {j}: {plain(a)}, target {plain(y)}, difference {signed(d)}", _lit(state, j)),
    )


def _number(letter: str, layer: int, j: int, value: float, y: float) -> Markup:
    """An output or a target by its name, which is dragged where it stands."""
    name, shown = text(12, y, letter, subscript(j), look="symbol"), text(84, y, plain(value), look="value", to="end")
    hold = box(8, y - 16, 82, 24, fill="none", pointer_events="all")
    return element("g", hold, name, shown, **drag(Quantity(letter, layer, (j,)).key, value, *ENDS, DRAGGED))


def _sums(state: CostBars, y: float) -> Markup:
    return fragment(
        line(12, y - 22, WIDTH - 12, y - 22),
        text(12, y, "added up"),
        text(DIFFERENCE, y, signed(state.difference.sum()), look="strong", to="end"),
        text(WIDTH - 12, y, plain(_squares(state), 4), look="strong", to="end"),
        text(WIDTH - 90, y + 26, "cost, half of it", to="end"),
        text(WIDTH - 12, y + 26, plain(state.cost, 4), look="strong", to="end"),
    )

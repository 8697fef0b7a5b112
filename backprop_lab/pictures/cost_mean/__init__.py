"""The cost of a batch: one column for each example's own cost, and the mean, which follows each by its share."""

from dataclasses import dataclass, replace

import numpy as np

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.costs import quadratic
from backprop_lab.drawing.controls import button, buttons, row, rows
from backprop_lab.drawing.html import code, legend, screen
from backprop_lab.drawing.markup import Markup, element, fragment, listed, plain, signed
from backprop_lab.drawing.mathml import broken, equation, fraction, term
from backprop_lab.drawing.mathml import row as formula
from backprop_lab.drawing.picture import Event, Picture, Press, Select, Turn, refuse
from backprop_lab.drawing.plane import Plane, here
from backprop_lab.drawing.svg import box, choice, drag, ground, line, sheet, subscript, text
from backprop_lab.validation import Array

MOST = 6  # examples that fit on one sheet
WIDTH, TOP, TALL, LEFT = 640.0, 34.0, 220.0, 66.0
BOTTOM = TOP + TALL
SCALE = 0.5  # the largest quadratic cost of one output between 0 and 1
ENDS = (0.0, 1.0)


@dataclass(frozen=True)
class CostMean:
    """The one output of each example now and as it began, and the targets; `selected` is `x0`, `x1`, … or nothing."""

    a: tuple[float, ...]
    y: tuple[float, ...]
    start: tuple[float, ...]
    selected: str = ""

    @property
    def costs(self) -> Array:
        """C_x of each example, shape (m,)."""
        return _costs(self.a, self.y)

    @property
    def changes(self) -> Array:
        """By how much each C_x has changed since the start, shape (m,)."""
        return self.costs - _costs(self.start, self.y)

    @property
    def keys(self) -> list[str]:
        """A key for each example."""
        return [f"x{x}" for x in range(len(self.a))]


def begin(case: Case = cases.batch) -> CostMean:
    """A batch with one output: the output of each example, its cost as a column, and the mean of all.

    Parameters
    ----------
    case : a network with one output between 0 and 1, and at most 6 examples with such targets

    Raises
    ------
    ValueError : it is another one.
    """
    outputs, targets = case.forward_pass.prediction, case.y
    if len(outputs) > 1 or outputs.shape[1] > MOST:
        raise ValueError(f"case must have 1 output and at most {MOST} examples, got the shape {outputs.shape}")
    for name, values in (("outputs", outputs), ("targets", targets)):
        if values.min() < 0 or values.max() > 1:
            raise ValueError(f"case must have {name} between 0 and 1, got {values[0].tolist()}")
    a, y = (tuple(map(float, values[0])) for values in (outputs, targets))
    return CostMean(a, y, a)


def view(state: CostMean) -> Picture:
    """The costs as columns beside their mean, with the start as an outline; sliders, and the formula in numbers."""
    drawing = element("div", _sheet(state), _legend(), class_="bl-diagram")
    return Picture(screen(drawing, _controls(state)), sentence(state), "Costs of a batch and their mean")


def update(state: CostMean, event: Event) -> CostMean:
    """An output moved, all as they began, an example chosen."""
    match event:
        case Turn(key) if key in state.keys:
            x = state.keys.index(key)
            return replace(state, a=(*state.a[:x], event.number, *state.a[x + 1 :]))
        case Press("reset"):
            return replace(state, a=state.start)
        case Select(key):
            return replace(state, selected=key)
    return refuse(event)


def sentence(state: CostMean) -> str:
    """What is seen now, in words."""
    costs, mean = listed(state.costs, 4), f"C = {plain(state.costs.mean(), 4)}"
    now = (
        f"The costs are {costs}; their mean is {mean}."
        if len(state.costs) > 1
        else f"The cost of one example is {mean}."
    )
    return f"{now} {_moved(state)}{_chosen(state)}"


def _moved(state: CostMean) -> str:
    moved = [x for x, (now, then) in enumerate(zip(state.a, state.start, strict=True)) if now != then]
    if not moved:
        return "Nothing has been moved yet."
    what = f"The cost of column {moved[0]} has" if len(moved) == 1 else "Together they have"
    total, mean = signed(state.changes.sum(), 4), signed(state.changes.mean(), 4)
    share = f"1/{len(state.a)} of it" if len(state.a) > 1 else "as much"
    return f"{what} changed by {total}, the mean by {share}: {mean}."


def _chosen(state: CostMean) -> str:
    if not state.selected:
        return ""
    x = state.keys.index(state.selected)
    return f" Column {x} brings {plain(state.costs[x] / len(state.a), 4)} to the mean."


def _costs(a: tuple[float, ...], y: tuple[float, ...]) -> Array:
    return quadratic.of_example(np.array([a]), np.array([y]))


def _controls(state: CostMean) -> Markup:
    turned = [
        row(key, f"a[0, {x}]", a, ENDS, shown=plain(a, 3), on=key == state.selected)
        for x, (key, a) in enumerate(zip(state.keys, state.a, strict=True))
    ]
    reset = button("reset", "reset", on=state.a != state.start)
    return element("div", rows(*turned), buttons(reset), _formula(state))


def _formula(state: CostMean) -> Markup:
    terms = [
        term(element("mn", plain(cost, 4)), on=key == state.selected)
        for key, cost in zip(state.keys, state.costs, strict=True)
    ]
    opened, closed = (element("mo", sign, stretchy="false") for sign in "()")
    letters = equation("C =", fraction("1", "m"), "∑_x C_x")
    mean = element("mn", plain(state.costs.mean(), 4), class_="bl-result")
    before = formula("=", fraction("1", str(len(terms))), opened)
    numbers = broken(before, terms, formula(closed, "=", mean), most=4)
    return element("div", letters, numbers, code("C = C_x.mean()"), class_="bl-equations")


def _legend() -> Markup:
    return legend(
        "Below each column its output, the disc, on a scale from 0 to 1: drag it. The ring is the target.",
        "A column is as high as the cost of its example; the line across is the mean of all. Dashed: where it began.",
    )


def _sheet(state: CostMean) -> Markup:
    pitch = (WIDTH - LEFT - 14) / (len(state.a) + 1)
    columns = [_column(state, x, LEFT + pitch * x, pitch) for x in range(len(state.a))]
    parts = [_axis(pitch), *columns, _mean(state, WIDTH - pitch, pitch), _level(state, WIDTH - 8)]
    return sheet(WIDTH, BOTTOM + 104, *parts)


def _axis(pitch: float) -> Markup:
    ticks = [
        text(LEFT - 10, _up(value) + 5, plain(value), look="caption", to="end") for value in (0.0, SCALE / 2, SCALE)
    ]
    names = [("a, 0–1", 31.0), (fragment("C", subscript("x")), 62.0), ("change", 86.0)]
    named = [text(LEFT - 10, BOTTOM + below, words, look="caption", to="end") for words, below in names]
    return fragment(
        line(LEFT, BOTTOM, WIDTH - 8, BOTTOM), text(LEFT - 10, 18, "cost", look="caption", to="end"), *ticks, *named
    )


def _up(cost: float) -> float:
    return BOTTOM - cost / SCALE * TALL


def _column(state: CostMean, x: int, left: float, pitch: float) -> Markup:
    key, cost, change = state.keys[x], float(state.costs[x]), float(state.changes[x])
    on = key == state.selected
    words = f"column {x}: output {plain(state.a[x], 3)}, target {plain(state.y[x])}, cost {plain(cost, 4)}"
    return element(
        "g",
        ground(left + 2, 5, pitch - 4, BOTTOM + 89, on, rx=8),
        *_bar(left + pitch / 2, pitch, f"column {x}", cost, change),
        *_scale(state, x, left, pitch),
        **choice(key, words, on),
    )


def _mean(state: CostMean, left: float, pitch: float) -> Markup:
    mean, change = float(state.costs.mean()), float(state.changes.mean())
    return element("g", *_bar(left + pitch / 2, pitch, "mean of all", mean, change), data_key="mean")


def _level(state: CostMean, right: float) -> Markup:
    """The mean, drawn through all the columns."""
    y = _up(float(state.costs.mean()))
    return line(LEFT, y, right, y, "edge", stroke_width=2)


def _bar(middle: float, pitch: float, name: str, cost: float, change: float) -> list[Markup]:
    """A column with its name above, its cost and its change below, and the outline of where it began."""
    half = min(32.0, pitch / 2 - 14)
    top, began = min(_up(cost), BOTTOM - 1), min(_up(cost - change), BOTTOM - 1)
    outline = f"M{middle - half - 5:.2f} {BOTTOM:g}V{began:.2f}H{middle + half + 5:.2f}V{BOTTOM:g}"
    return [
        text(middle, 18, name, look="caption", to="middle"),
        box(middle - half, top, 2 * half, BOTTOM - top, "positive"),
        element("path", d=outline, class_="bl-slope"),
        text(middle, BOTTOM + 62, plain(cost, 4), look="strong", to="middle"),
        text(middle, BOTTOM + 86, signed(change, 4), look="caption", to="middle"),
    ]


def _scale(state: CostMean, x: int, left: float, pitch: float) -> list[Markup]:
    """The output as a disc between 0 and 1, the target as a ring."""
    plane = Plane(left + 16, BOTTOM + 26, pitch - 32, 0, ENDS, ENDS)
    hold = drag(state.keys[x], state.a[x], *ENDS, round(2 / plane.width, 2))  # the disc follows the hand
    ring = element("circle", cx=plane.across(state.y[x]), cy=plane.top, r=9.5, stroke_width=2, class_="bl-zero")
    return [line(plane.left, plane.top, plane.right, plane.top), ring, here(plane, state.a[x], 0, **hold)]

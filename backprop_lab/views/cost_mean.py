"""The cost of a batch: one column for each example's own cost, and the mean, which follows each by its share."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.costs import quadratic
from backprop_lab.drawing.markup import Markup, element, fragment, plain, signed
from backprop_lab.views import Picture
from backprop_lab.views.cost_bars import ground
from backprop_lab.views.mathml import bracket, equation, fraction, joined, operator, symbol, term

WIDTH, TOP, TALL, COLUMN = 760.0, 44.0, 180.0, 72.0
BOTTOM, HEIGHT, LEFT = TOP + TALL, TOP + TALL + 112, 52.0
SCALE = 0.5  # the largest quadratic cost of one output between 0 and 1


@dataclass(frozen=True)
class CostMean:
    """The one output of each example at the start, targets, how far each output was moved; `selected`: `x0`, `x1`, …"""

    start: tuple[float, ...]
    y: tuple[float, ...]
    moved: tuple[float, ...]
    selected: str = ""

    @property
    def a(self) -> tuple[float, ...]:
        """The outputs now; none leaves the range from 0 to 1."""
        return tuple(min(1.0, max(0.0, was + by)) for was, by in zip(self.start, self.moved, strict=True))

    @property
    def costs(self) -> Array:
        """C_x of each example, shape (m,)."""
        return _costs(self.a, self.y)

    @property
    def changes(self) -> Array:
        """By how much each C_x has changed since the start, shape (m,)."""
        return self.costs - _costs(self.start, self.y)


def begin(case: Case) -> CostMean:
    """The first state: the first output of every example of a case."""
    a, y = (tuple(float(value) for value in values[0]) for values in (case.forward_pass.prediction, case.y))
    return CostMean(a, y, (0.0,) * len(a))


def move(state: CostMean, example: int, by: float) -> CostMean:
    """The state with the output of one example this far from where it began."""
    return replace(state, moved=(*state.moved[:example], by, *state.moved[example + 1 :]))


def reset(state: CostMean) -> CostMean:
    """All outputs as they were."""
    return replace(state, moved=(0.0,) * len(state.moved))


def cost_mean(state: CostMean) -> Picture:
    """The costs as columns beside their mean, with the start as an outline; below them the formula."""
    m = len(state.a)
    columns = [_column(state, x) for x in range(m)]
    parts = [_axis(m), *columns, _mean(state)]
    drawing = element("svg", *parts, viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}", class_="bl-chart")
    return Picture(element("div", drawing, _formula(state)), sentence(state))


def sentence(state: CostMean) -> str:
    """What is seen now, in words."""
    costs = ", ".join(plain(cost, 4) for cost in state.costs)
    now = f"The costs of the {len(state.a)} examples are {costs}; their mean is C = {plain(state.costs.mean(), 4)}."
    return f"{now} {_moved(state)}{_chosen(state)}"


def _moved(state: CostMean) -> str:
    moved = [x for x, by in enumerate(state.moved) if by]
    if not moved:
        return "Nothing has been moved yet."
    what = f"C of column {moved[0]} has" if len(moved) == 1 else f"The costs of {len(moved)} columns have together"
    total, mean = signed(state.changes.sum(), 4), signed(state.changes.mean(), 4)
    return f"{what} changed by {total}, the mean by {mean}: that is 1/{len(state.a)} of it."


def _chosen(state: CostMean) -> str:
    if not state.selected:
        return ""
    x = int(state.selected[1:])
    a, y, share = plain(state.a[x], 3), plain(state.y[x], 0), plain(state.costs[x] / len(state.a), 4)
    return f" Selected: column {x}, output {a}, target {y}: it brings {share} to the mean."


def _costs(a: tuple[float, ...], y: tuple[float, ...]) -> Array:
    return quadratic.of_example(np.array([a]), np.array([y]))


def _left(at: int, count: int) -> float:
    """Left edge of a column; the mean is column `count`, a little apart."""
    pitch = (WIDTH - LEFT - 40) / (count + 1)
    return LEFT + at * pitch + (pitch - COLUMN) / 2 + (30 if at == count else 0)


def _bar(x: float, value: float, was: float) -> Markup:
    """A column, and the outline of what it was."""
    now, then = (max(1.0, each / SCALE * TALL) for each in (value, was))
    return fragment(
        element("rect", x=x, y=BOTTOM - now, width=COLUMN, height=now, class_="bl-positive"),
        element("path", d=f"M{x - 6:g} {BOTTOM:g}v{-then:.2f}h{COLUMN + 12:g}v{then:.2f}", class_="bl-slope"),
    )


def _column(state: CostMean, x: int) -> Markup:
    left, cost, change = _left(x, len(state.a)), float(state.costs[x]), float(state.changes[x])
    a, y, c = plain(state.a[x], 3), plain(state.y[x], 0), plain(cost, 4)
    back = element(
        "rect", x=left - 26, y=4.0, width=COLUMN + 52, height=BOTTOM + 78, rx=8, **ground(state.selected == f"x{x}")
    )
    return element(
        "g",
        back,
        _bar(left, cost, cost - change),
        *_words(left, f"column {x}", f"C {c}", f"a {a} · y {y}", f"change {signed(change, 4)}"),
        data_select=f"x{x}",
        aria_label=f"column {x}: output {a}, target {y}, cost {c}",
    )


def _mean(state: CostMean) -> Markup:
    m = len(state.a)
    left, mean, change = _left(m, m), float(state.costs.mean()), float(state.changes.mean())
    level = BOTTOM - mean / SCALE * TALL
    line = element("line", x1=LEFT, x2=left, y1=level, y2=level, class_="bl-edge", stroke_width=2)
    words = _words(left, "mean of all", f"C {plain(mean, 4)}", f"sum / {m}", f"change {signed(change, 4)}")
    return element("g", line, _bar(left, mean, mean - change), *words, data_key="mean")


def _words(left: float, above: str, *below: str) -> list[Markup]:
    """The name over a column, and lines below it, the first of them strong."""
    text = partial(element, "text", x=left + COLUMN / 2, text_anchor="middle")
    lines = [
        text(line, y=BOTTOM + 24 + 24 * at, class_="bl-caption" if at else "bl-strong") for at, line in enumerate(below)
    ]
    return [text(above, y=20.0, class_="bl-caption"), *lines]


def _axis(count: int) -> Markup:
    caption = partial(element, "text", class_="bl-caption")
    marks = [
        caption(plain(value), x=LEFT - 10, y=BOTTOM - value / SCALE * TALL + 5, text_anchor="end")
        for value in (0.0, SCALE / 2, SCALE)
    ]
    base = element("line", x1=LEFT, x2=_left(count, count) + COLUMN + 8, y1=BOTTOM, y2=BOTTOM, class_="bl-zero")
    name = caption("cost", x=LEFT - 10, y=20.0, text_anchor="end")
    legend = caption("dashed: where it began · the line across: the mean", x=LEFT, y=HEIGHT - 6)
    return fragment(name, *marks, base, legend)


def _formula(state: CostMean) -> Markup:
    share = fraction(element("mn", 1), element("mi", "m"))
    terms = [term(element("mn", plain(cost, 4)), on=state.selected == f"x{x}") for x, cost in enumerate(state.costs)]
    formula = equation(
        symbol("C"),
        operator("="),
        share,
        element("munder", operator("∑"), element("mi", "x")),
        symbol("C", "", "x"),
        operator("="),
        fraction(element("mn", 1), element("mn", len(state.a))),
        bracket(joined(terms, "+")),
        operator("="),
        element("mn", plain(state.costs.mean(), 4), class_="bl-result"),
    )
    return fragment(formula, element("code", "C = C_x.mean()", class_="bl-code"))

"""Cost bars: how far each output of one example is from its target, the squares of that, and the cost they make."""

from dataclasses import dataclass, replace

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.costs import quadratic
from backprop_lab.drawing.markup import Markup, element, fragment, plain, sign_class, signed
from backprop_lab.views import Picture
from backprop_lab.views.mathml import bracket, equation, fraction, joined, number, operator, rate, row, symbol, term

WIDTH, TOP, ROW, SQUARE = 700.0, 56.0, 90.0, 76.0
ZERO, REACH = 226.0, 100.0  # where the bars begin, and how long a difference of 1 is
SQUARE_LEFT = 436.0


@dataclass(frozen=True)
class CostBars:
    """Outputs and targets of one example; `selected` is the key of an output, `a0`, `a1`, …"""

    a: tuple[float, ...]
    y: tuple[float, ...]
    selected: str = ""

    @property
    def difference(self) -> Array:
        """The differences a − y, which are ∂C/∂a as well: shape (n,)."""
        return quadratic.gradient(self.a, self.y)[:, 0]

    @property
    def cost(self) -> float:
        """The quadratic cost of the example."""
        return quadratic(self.a, self.y)


def with_output(state: CostBars, j: int, value: float) -> CostBars:
    """The state with one output moved."""
    return replace(state, a=(*state.a[:j], value, *state.a[j + 1 :]))


def cost_bars(state: CostBars) -> Picture:
    """A bar for each difference, a square for each square, and the formula that adds them up."""
    height = TOP + ROW * len(state.a) + 62
    parts = [_head(), *(_row(state, j) for j in range(len(state.a))), _axis(len(state.a)), _sums(state)]
    drawing = element("svg", *parts, viewBox=f"0 0 {WIDTH:g} {height:g}", class_="bl-chart")
    return Picture(element("div", drawing, _formulas(state)), sentence(state))


def sentence(state: CostBars) -> str:
    """What is seen now, in words."""
    outputs, targets = (", ".join(plain(value) for value in values) for values in (state.a, state.y))
    sums = f"The differences add up to {signed(state.difference.sum())}, their squares to {plain(_squares(state), 4)}"
    cost = plain(state.cost, 4)
    return f"The outputs are {outputs}, the targets {targets}. {sums}: the cost is {cost}. {_chosen(state)}"


def ground(on: bool) -> dict[str, object]:
    """Attributes of what lies behind a thing that can be chosen: lit, or there for the mouse only."""
    return {"class_": "bl-lit"} if on else {"fill": "none", "pointer_events": "all"}


def _squares(state: CostBars) -> float:
    return float((state.difference**2).sum())


def _chosen(state: CostBars) -> str:
    if not state.selected:
        return "No output is selected."
    j = int(state.selected[1:])
    way = np.sign(round(state.difference[j], 4))
    effect = {-1: "too low: raising it lowers the cost", 1: "too high: raising it raises the cost", 0: "on its target"}
    return f"Selected: output {j}, {effect[int(way)]}."


def _head() -> Markup:
    places = [("output, target", 12.0, "start"), ("difference a − y", ZERO, "middle")]
    places += [("its square, drawn as a square", SQUARE_LEFT, "start")]
    return fragment(
        *(element("text", words, x=x, y=22.0, text_anchor=anchor, class_="bl-strong") for words, x, anchor in places)
    )


def _row(state: CostBars, j: int) -> Markup:
    top, d = TOP + ROW * j, float(state.difference[j])
    middle, side = top + SQUARE / 2, abs(d) * SQUARE
    sign = sign_class(d)
    length = max(1.0, abs(d) * REACH)
    back = ground(state.selected == f"a{j}")
    words = f"output {j}: {plain(state.a[j])}, target {plain(state.y[j])}, difference {signed(d)}"
    return element(
        "g",
        element("rect", x=5.0, y=top - 6, width=WIDTH - 10, height=SQUARE + 12, rx=10, **back),
        _named("a", j, state.a[j], middle - 8),
        _named("y", j, state.y[j], middle + 18),
        element("rect", x=ZERO if d >= 0 else ZERO - length, y=middle - 9, width=length, height=18, rx=2, class_=sign),
        element("text", signed(d), x=SQUARE_LEFT - 36, y=middle + 5, text_anchor="end", class_="bl-value"),
        element("rect", x=SQUARE_LEFT, y=top, width=SQUARE, height=SQUARE, class_="bl-zero", stroke_dasharray="3 4"),
        element("rect", x=SQUARE_LEFT, y=top + SQUARE - side, width=side, height=side, class_="bl-positive"),
        element("text", f"({signed(d)})² = {plain(d**2, 4)}", x=WIDTH - 14, y=middle + 5, text_anchor="end"),
        data_select=f"a{j}",
        aria_label=words,
    )


def _named(letter: str, j: int, value: float, y: float) -> Markup:
    name = element("text", letter, element("tspan", j, dy=4, class_="bl-subscript"), x=14.0, y=y, class_="bl-symbol")
    return fragment(name, element("text", plain(value), x=86.0, y=y, text_anchor="end", class_="bl-value"))


def _axis(count: int) -> Markup:
    bottom = TOP + ROW * count - 8
    line = element("line", x1=ZERO, x2=ZERO, y1=TOP - 10, y2=bottom, class_="bl-zero")
    ends = [
        element("text", words, x=ZERO + at * REACH, y=44.0, text_anchor="middle", class_="bl-caption")
        for words, at in (("−1", -1), ("0", 0), ("+1", 1))
    ]
    return fragment(line, *ends, element("text", "dotted: 1 × 1", x=SQUARE_LEFT, y=44.0, class_="bl-caption"))


def _sums(state: CostBars) -> Markup:
    y = TOP + ROW * len(state.a) + 22
    bare, squares = signed(state.difference.sum()), plain(_squares(state), 4)
    return fragment(
        element("line", x1=12.0, x2=WIDTH - 12, y1=y - 24, y2=y - 24, class_="bl-zero"),
        element("text", "added up", x=14.0, y=y),
        element("text", bare, x=SQUARE_LEFT - 36, y=y, text_anchor="end", class_="bl-strong"),
        element("text", squares, x=WIDTH - 14, y=y, text_anchor="end", class_="bl-strong"),
        element("text", "cost C, half of it", x=WIDTH - 90, y=y + 28, text_anchor="end"),
        element("text", plain(state.cost, 4), x=WIDTH - 14, y=y + 28, text_anchor="end", class_="bl-strong"),
    )


def _formulas(state: CostBars) -> Markup:
    half, total = fraction(element("mn", 1), element("mn", 2)), element("munder", operator("∑"), element("mi", "j"))
    general = row(bracket(symbol("a", "L", "j"), operator("−"), symbol("y", "", "j")))
    squares = [
        term(
            element("msup", bracket(element("mn", plain(a)), operator("−"), element("mn", plain(y))), element("mn", 2)),
            on=state.selected == f"a{j}",
        )
        for j, (a, y) in enumerate(zip(state.a, state.y, strict=True))
    ]
    cost = equation(
        symbol("C"),
        operator("="),
        half,
        total,
        element("msup", general, element("mn", 2)),
        operator("="),
        half,
        bracket(joined(squares, "+")),
        operator("="),
        element("mn", plain(state.cost, 4), class_="bl-result"),
    )
    return element("div", cost, element("code", "C = ((a - y) ** 2).sum() / 2", class_="bl-code"), _rate(state))


def _rate(state: CostBars) -> Markup:
    """∂C/∂a of the selected output; of all of them where none is."""
    chosen = [int(state.selected[1:])] if state.selected else range(len(state.a))
    values = [number(state.difference[j], 2, result=True) for j in chosen]
    j = state.selected[1:] or "j"
    parts = [
        rate(symbol("C"), symbol("a", "L", j)),
        operator("="),
        row(symbol("a", "L", j), operator("−"), symbol("y", "", j)),
        operator("="),
        values[0] if state.selected else bracket(joined(values, ",")),
        element("mspace", height="1.2em", depth="1.3em"),  # the line is as high whichever index stands in it
    ]
    return fragment(equation(*parts), element("code", "nabla_a = a - y", class_="bl-code"))

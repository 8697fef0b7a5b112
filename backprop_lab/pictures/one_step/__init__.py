"""One step downhill: the cost along the gradient's direction, what the gradient promises, and what the step brings."""

from dataclasses import dataclass, field, replace
from math import sqrt

import numpy as np

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.drawing.controls import row, rows
from backprop_lab.drawing.html import screen, table, title
from backprop_lab.drawing.latex import from_latex
from backprop_lab.drawing.markup import Markup, element, fragment, plain, signed
from backprop_lab.drawing.picture import Event, Picture, Turn, beside, refuse
from backprop_lab.drawing.plane import Plane, axes, curve
from backprop_lab.drawing.svg import line, sheet, text
from backprop_lab.network import slope
from backprop_lab.quantities import parameters
from backprop_lab.validation import Array, positive

WIDTH, HEIGHT, POINTS = 560.0, 400.0, 121
KEY = 392.0  # where it is written what each line of the drawing is


@dataclass(frozen=True)
class Descent:
    """The case before the step, the learning rate, the largest one that can be chosen, and the costs up to there."""

    case: Case = field(compare=False)
    learning_rate: float
    most: float
    costs: Array = field(compare=False)


def begin(case: Case = cases.batch, *, learning_rate: float = 3.0, most: float = 80.0) -> Descent:
    """One step of gradient descent: what it promises and what it brings, for every learning rate up to `most`.

    Raises
    ------
    ValueError : `learning_rate` is negative, or `most` is not positive.
    """
    learning_rate, most = positive("learning_rate", learning_rate, or_zero=True), positive("most", most)
    return Descent(case, learning_rate, most, np.array([after(case, float(rate)).mean_cost for rate in _rates(most)]))


def view(state: Descent) -> Picture:
    """The cost over the length of the step, its tangent, and the promise derived in three lines."""
    rate = row(
        "learning_rate",
        "η",
        state.learning_rate,
        (0.0, state.most),
        step=0.5,
        shown=plain(state.learning_rate, 1),
        label="learning rate η",
    )
    picture = screen(_drawing(state), fragment(rows(rate), _lines(state)), look="bl-bench bl-descent")
    return Picture(picture, sentence(state), "One step along the gradient", beside(__file__))


def update(state: Descent, event: Event) -> Descent:
    """Another learning rate."""
    match event:
        case Turn("learning_rate"):
            return replace(state, learning_rate=event.number)
    return refuse(event)


def after(case: Case, learning_rate: float) -> Case:
    """The case after one step of this length; of no length, the case itself."""
    return case.stepped(learning_rate) if learning_rate else case


def change(state: Descent) -> tuple[float, float]:
    """What the gradient promises, and what happens to the cost."""
    promise = -state.learning_rate * slope(state.case.backward_pass)
    return promise, after(state.case, state.learning_rate).mean_cost - state.case.mean_cost


def sentence(state: Descent) -> str:
    """What the step promises and brings, in words."""
    promise, true = change(state)
    rate, cost = plain(state.learning_rate, 1), plain(state.case.mean_cost, 6)
    if state.learning_rate == 0:
        return f"η = {rate}: no step, and the cost stays {cost}."
    after_it, way = plain(state.case.mean_cost + true, 6), "falls" if true < 0 else "rises"
    moved = f"stays {cost}" if after_it == cost else f"{way} from {cost} to {after_it}"
    return (
        f"η = {rate}: the gradient promises {signed(promise, 6)}, the step brings {signed(true, 6)}. The cost {moved}."
    )


def _drawing(state: Descent) -> Markup:
    start, steep = state.case.mean_cost, slope(state.case.backward_pass)
    plane = Plane(58, 40, WIDTH - 78, HEIGHT - 114, (0.0, state.most), (0.0, 1.15 * float(state.costs.max()) or 1.0))
    ends = np.array([0.0, min(state.most, start / steep) if steep else state.most])
    promise, true = (start + each for each in change(state))
    x = plane.across(state.learning_rate)
    words = f"The cost over the learning rate, from 0 to {state.most:g}, and its tangent at 0."
    return sheet(
        WIDTH,
        HEIGHT,
        curve(plane, ends, start - steep * ends, "bl-slope"),
        curve(plane, _rates(state.most), state.costs, "bl-graph"),
        line(x, plane.down(promise), x, plane.down(true), "gap"),
        # no cost is below 0, but a promise may be: then the gap ends in an arrow at the axis
        element("path", d=f"M{x - 7:.1f} {plane.bottom - 8:.1f}l7 8l7 -8", class_="bl-gap", fill="none")
        if promise < 0
        else "",
        element("circle", cx=x, cy=plane.down(true), r=6, class_="bl-here"),
        axes(plane, "η", "cost after one step"),
        *_named(58, "slope", "promised"),
        *_named(200, "graph", "true"),
        *_named(310, "gap", "the gap"),
        says=f"{words} {sentence(state)}",
    )


def _named(x: float, look: str, words: str) -> tuple[Markup, Markup]:
    return line(x, KEY, x + 26, KEY, look), text(x + 34, KEY + 5, words, look="caption")


def _rates(most: float) -> Array:
    return np.linspace(0, most, POINTS)


def _lines(state: Descent) -> Markup:
    """The derivation: each line with its value, computed as the line says."""
    now, then = state.case, after(state.case, state.learning_rate)
    steps = [(each.rate(now), each.value(then) - each.value(now)) for each in parameters(now)]
    promise, true = change(state)
    shown = (
        (
            r"\Delta C\approx\nabla C\cdot\Delta\theta",
            "each rate times its step, added up",
            signed(sum(rate * step for rate, step in steps), 6),
        ),
        (
            r"\Delta\theta=-\eta\,\nabla C",
            "our choice; its length is",
            plain(sqrt(sum(step**2 for _, step in steps)), 6),
        ),
        (r"\Delta C\approx-\eta\,\|\nabla C\|^2", "line 2 put into line 1: the promise", signed(promise, 6)),
        (r"\Delta C", "the truth: the forward pass again", signed(true, 6)),
    )
    lines = [
        (fragment(from_latex(latex), element("div", words, class_="bl-caption")), value)
        for latex, words, value in shown
    ]
    return fragment(title("What a step promises"), table((), *lines))

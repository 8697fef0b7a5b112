"""One step downhill: the cost along the gradient's direction, what the gradient promises, and what the step brings."""

from dataclasses import dataclass, field, replace

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.drawing.latex import from_latex
from backprop_lab.drawing.markup import Markup, element, plain, signed
from backprop_lab.drawing.plane import Plane, axes, curve
from backprop_lab.network import Parameters, step
from backprop_lab.views import Picture

WIDTH, HEIGHT, POINTS = 440.0, 270.0, 120


@dataclass(frozen=True)
class Descent:
    """The case before the step, the learning rate, the largest one that can be chosen, and the costs up to there."""

    case: Case = field(compare=False)
    learning_rate: float
    most: float
    costs: Array = field(compare=False)


def begin(case: Case, learning_rate: float, most: float) -> Descent:
    """The view of one step, its curve worked out."""
    return Descent(case, learning_rate, most, np.array([cost_after(case, float(rate)) for rate in _rates(most)]))


def slope(case: Case) -> float:
    """‖∇C‖²: how fast the cost falls with the learning rate, at first."""
    return float((_flat(Parameters(case.backward_pass.nabla_w, case.backward_pass.nabla_b)) ** 2).sum())


def stepped(case: Case, learning_rate: float) -> Case:
    """The case after one step of gradient descent."""
    return replace(case, parameters=step(case.parameters, case.backward_pass, learning_rate))


def cost_after(case: Case, learning_rate: float) -> float:
    """The cost after one step of this length."""
    if learning_rate == 0:
        return case.mean_cost
    return stepped(case, learning_rate).mean_cost


def change(state: Descent) -> tuple[float, float]:
    """What the gradient promises, and what happens to the cost."""
    return -state.learning_rate * slope(state.case), cost_after(state.case, state.learning_rate) - state.case.mean_cost


def descent(state: Descent) -> Picture:
    """The cost over the length of the step, its tangent, and the promise derived in three lines."""
    panels = element("div", element("div", _drawing(state)), element("div", _lines(state)), class_="bl-row bl-charts")
    return Picture(panels, sentence(state))


def sentence(state: Descent) -> str:
    """What the step promises and brings, in words."""
    promise, true = change(state)
    rate = plain(state.learning_rate, 1)
    if state.learning_rate == 0:
        return f"η = {rate}: no step, and the cost stays {plain(state.case.mean_cost, 6)}."
    way = "falls" if true < 0 else "rises"
    return (
        f"η = {rate}: the gradient promises {signed(promise, 6)}, the step brings {signed(true, 6)}."
        f" The cost {way} from {plain(state.case.mean_cost, 6)} to {plain(state.case.mean_cost + true, 6)}."
    )


def _drawing(state: Descent) -> Markup:
    start, steep = state.case.mean_cost, slope(state.case)
    plane = Plane(54.0, 40.0, WIDTH - 74, 178.0, (0.0, state.most), (0.0, 1.15 * float(state.costs.max())))
    ends = np.array([0.0, min(state.most, start / steep)])
    promise, true = (start + each for each in change(state))
    x = plane.across(state.learning_rate)
    gap = element("line", x1=x, x2=x, y1=plane.down(promise), y2=plane.down(true), class_="bl-gap")
    here = element("circle", cx=x, cy=plane.down(true), r=6, class_="bl-here")
    words = f"The cost over the learning rate, from 0 to {state.most:g}, and its tangent at 0. {sentence(state)}"
    return element(
        "svg",
        curve(plane, ends, start - steep * ends, "bl-slope"),
        curve(plane, _rates(state.most), state.costs, "bl-graph"),
        gap,
        here,
        axes(plane, "η", "cost after one step"),
        element("path", d="M60 262h26", class_="bl-slope"),
        element("text", "promised", x=92.0, y=266.0, class_="bl-caption"),
        element("path", d="M190 262h26", class_="bl-graph"),
        element("text", "true", x=222.0, y=266.0, class_="bl-caption"),
        element("path", d="M290 254v14", class_="bl-gap"),
        element("text", "the gap", x=300.0, y=266.0, class_="bl-caption"),
        viewBox=f"0 0 {WIDTH:g} {HEIGHT + 4:g}",
        role="img",
        aria_label=words,
    )


def _rates(most: float) -> Array:
    return np.linspace(0, most, POINTS)


def _lines(state: Descent) -> Markup:
    """The derivation: each line with its value, computed as the line says."""
    back, (promise, true) = state.case.backward_pass, change(state)
    nabla = _flat(Parameters(back.nabla_w, back.nabla_b))
    step_taken = -state.learning_rate * nabla
    rows = (
        (
            r"\Delta C\approx\nabla C\cdot\Delta\theta",
            "each rate times its step, added up",
            signed(float(nabla @ step_taken), 6),
        ),
        (r"\Delta\theta=-\eta\,\nabla C", "our choice; its length is", plain(float(np.linalg.norm(step_taken)), 6)),
        (r"\Delta C\approx-\eta\,\lVert\nabla C\rVert^2", "line 2 put into line 1: the promise", signed(promise, 6)),
        (r"\Delta C", "the truth: the forward pass again", signed(true, 6)),
    )
    return element("table", *(_line(*row) for row in rows), class_="bl-table bl-descent")


def _line(latex: str, words: str, value: str) -> Markup:
    formula = element("th", from_latex(latex), element("div", words, class_="bl-caption"), scope="row")
    return element("tr", formula, element("td", value))


def _flat(parameters: Parameters) -> Array:
    """All weights and biases, or all their rates, in one row: θ."""
    return np.concatenate([values.ravel() for values in (*parameters.w.values(), *parameters.b.values())])

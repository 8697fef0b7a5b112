"""The cost over one output as a parabola with its tangent, over two as a bowl: its slope is output minus target."""

from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab.costs import quadratic
from backprop_lab.drawing.html import code, legend, screen
from backprop_lab.drawing.markup import Markup, element, fragment, plain, sign_class, signed
from backprop_lab.drawing.mathml import equation, number
from backprop_lab.drawing.outputs import ENDS, Outputs
from backprop_lab.drawing.picture import Event, Picture, beside
from backprop_lab.drawing.plane import Plane, axes, curve, here, touching
from backprop_lab.drawing.svg import drag, line, sheet, text
from backprop_lab.quantities import Quantity
from backprop_lab.validation import Array

MOST = 2  # outputs: over more there is no plane to draw the cost in
WIDTH, TALL, TOP = 640.0, 208.0, 48.0
UNDER = (-0.045, 1.0)  # a target at 0 keeps off the numbers of the axes
SAMPLES, ALONG = 61, 0.22  # points of a parabola; how far its tangent goes to either side
LEVELS = np.arange(1, 10) / 10  # of the cost, one ring each
SIDE = 220.0  # of the bowl


@dataclass(frozen=True)
class Parabola(Outputs):
    """Outputs and targets as they are and as they began."""

    def of_others(self, j: int) -> float:
        """What the other outputs bring to the cost, whatever output j does."""
        return quadratic((*self.a[:j], self.y[j], *self.a[j + 1 :]), self.y)

    def cost_over(self, j: int, values: Array) -> Array:
        """The cost for each value of output j, while the others stay."""
        column = np.array(self.a)[:, np.newaxis]
        outputs = np.repeat(column, len(values), axis=1)
        outputs[j] = values
        return quadratic.of_example(outputs, np.repeat(np.array(self.y)[:, np.newaxis], len(values), axis=1))


def begin(a: ArrayLike = (0.3,), y: ArrayLike = (1.0,), *, formula: bool = True) -> Parabola:
    """The quadratic cost over each output, with its tangent; over two outputs also as a bowl seen from above.

    Parameters
    ----------
    a, y : outputs and targets of one example, between 0 and 1, equally many, one or two
    formula : whether the rates are shown as formulas and as code

    Raises
    ------
    ValueError : they are not of that kind.
    """
    return Parabola.begun(a, y, MOST, formula)


def update(state: Parabola, event: Event) -> Parabola:
    """An output or a target moved, or everything as it began."""
    return state.updated(event)


def view(state: Parabola) -> Picture:
    """The cost over each output; beside it the sliders, for two outputs the bowl, and the rates in numbers."""
    drawing = element("div", _sheet(state), _legend(len(state.a)), class_="bl-diagram")
    controls = fragment(element("div", state.controls()), _bowl(state) if len(state.a) > 1 else "")
    picture = screen(drawing, controls, _equations(state) if state.formula else "", look="bl-parabola")
    return Picture(picture, sentence(state), "The cost over an output", beside(__file__))


def sentence(state: Parabola) -> str:
    """What is seen now, in words."""
    each = " ".join(_one(state, j) for j in range(len(state.a)))
    return f"The cost is {plain(state.cost, 4)}. {each}"


def _one(state: Parabola, j: int) -> str:
    rate = float(state.difference[j])
    name = f"Output {j}" if len(state.a) > 1 else "The output"
    where = f"{name} is {plain(state.a[j])}, its target {plain(state.y[j])}"
    if abs(rate) < 0.005:
        return f"{where}: there the curve is flat."
    way = "lower" if rate > 0 else "raise"
    return f"{where}: the slope is {signed(rate)}, so {way} it to lower the cost."


def _equations(state: Parabola) -> Markup:
    lines = [
        equation(
            f"∂C/∂a^L_{j} = a^L_{j} − y_{j} =",
            element("mn", plain(state.a[j])), "−", element("mn", plain(state.y[j])), "=",
            number(float(state.difference[j]), result=True),
        )
        for j in range(len(state.a))
    ]  # fmt: skip
    return element("div", *lines, code("nabla_a = a - y"), class_="bl-equations")


def _legend(outputs: int) -> Markup:
    below = ["The dotted line is what the other output brings: the curve rests on it."] if outputs > 1 else []
    return legend(
        "The cost over one output, while the others stay. Drag the disc; the ring is the target.",
        "The thick gray line is the tangent; its slope is written beside the name of the axis.",
        *below,
    )


def _sheet(state: Parabola) -> Markup:
    n = len(state.a)
    pitch = WIDTH / n
    planes = [Plane(pitch * j + 48, TOP, pitch - 72, TALL, UNDER, (-0.03, 0.5 * n)) for j in range(n)]
    return sheet(WIDTH, TOP + TALL + 60, *(_over(state, j, plane) for j, plane in enumerate(planes)))


def _over(state: Parabola, j: int, plane: Plane) -> Markup:
    """The cost over output j."""
    a, rate, floor = state.a[j], float(state.difference[j]), state.of_others(j)
    values = np.linspace(*ENDS, SAMPLES)
    hold = drag(Quantity("a", 1, (j,)).key, a, *ENDS, round(2 / plane.width, 2))
    ring = element("circle", cx=plane.across(state.y[j]), cy=plane.down(floor), r=10.5, class_="bl-ring")
    ground = line(plane.left, plane.down(floor), plane.right, plane.down(floor), stroke_dasharray="2 4")
    slope = element("g", text(plane.right, TOP - 30, f"slope {signed(rate)}", look="strong", to="end"))
    return element(
        "g",
        axes(plane, f"a[{j}]", f"C over a[{j}]", most=(5, 5)),
        ground if floor else "",
        ring,
        curve(plane, values, state.cost_over(j, values), "bl-graph"),
        touching(plane, a, state.cost, rate, ALONG),
        here(plane, a, state.cost, **hold),
        element("g", slope, class_=sign_class(rate)),
    )


def _bowl(state: Parabola) -> Markup:
    """The cost over both outputs, as rings of equal cost, and the arrow −∇C: it ends at the target."""
    plane = Plane(48, 30, SIDE, SIDE, UNDER, UNDER)
    rings = [fragment(*_ring(plane, state, float(level))) for level in LEVELS]
    (a0, a1), (y0, y1) = state.a, state.y
    target = element("circle", cx=plane.across(y0), cy=plane.down(y1), r=10.5, class_="bl-ring")
    point = element("circle", cx=plane.across(a0), cy=plane.down(a1), r=6.5, class_="bl-here")
    drawing = sheet(
        440, 30 + SIDE + 42, axes(plane, "a[0]", "", most=(5, 5)), *rings, target, _arrow(plane, state), point,
        text(plane.left - 7, plane.top - 12, "a[1]", look="caption", to="end"),  # beside a ring at (0, 1)
        *(text(286, 60 + 24 * at, words, look=look) for at, (words, look) in enumerate(_bowl_words(state))),
        look="bl-chart", says="The cost over both outputs, seen from above, with the arrow −∇C.",
    )  # fmt: skip
    return element("div", drawing, class_="bl-diagram")


def _bowl_words(state: Parabola) -> list[tuple[str, str]]:
    first, second = (signed(float(-rate)) for rate in state.difference)
    return [
        ("from above", "strong"),
        ("rings: C = 0.1, 0.2, …", "caption"),
        ("arrow: −∇C", "caption"),
        (f"= ({first}, {second})", "value"),
    ]


def _ring(plane: Plane, state: Parabola, level: float) -> list[Markup]:
    """All outputs with this cost: a circle round the targets, as far as it lies in the plane."""
    angle = np.linspace(0, 2 * np.pi, 121)
    around = np.array(state.y)[:, np.newaxis] + np.sqrt(2 * level) * np.stack([np.cos(angle), np.sin(angle)])
    inside = ((around >= 0) & (around <= 1)).all(axis=0)
    runs = [[at for at, _ in run] for on, run in groupby(enumerate(inside), key=lambda each: bool(each[1])) if on]
    return [curve(plane, around[0, run], around[1, run], "bl-zero") for run in runs if len(run) > 1]


def _arrow(plane: Plane, state: Parabola) -> Markup:
    """From the outputs along −∇C, as long as that is."""
    x, y = (plane.across(state.a[0]), plane.down(state.a[1]))
    to_x, to_y = (
        plane.across(state.a[0] - float(state.difference[0])),
        plane.down(state.a[1] - float(state.difference[1])),
    )
    length = float(np.hypot(to_x - x, to_y - y))
    if length < 14:
        return fragment()
    way = np.array([to_x - x, to_y - y]) / length
    across, neck = np.array([-way[1], way[0]]) * 6, np.array([to_x, to_y]) - 12 * way
    head = " ".join(f"{p:.1f},{q:.1f}" for p, q in ((to_x, to_y), neck + across, neck - across))
    shaft = line(x, y, float(neck[0]), float(neck[1]), "down")
    return fragment(shaft, element("polygon", points=head, class_="bl-arrowhead"))

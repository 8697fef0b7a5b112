"""BP1 as a picture: δ of an output neuron is the area of a rectangle with the sides |∂C/∂a| and σ′(z)."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from backprop_lab.activations import Array, sigmoid
from backprop_lab.drawing.markup import Markup, element, plain, sign_class, signed
from backprop_lab.drawing.plane import Plane, axes, curve, level
from backprop_lab.equations import bp1
from backprop_lab.views import Picture
from backprop_lab.views.mathml import bracket, equation, number, operator, rate, row, symbol

WIDEST, HIGHEST = 1.0, 0.25  # no side of a rectangle is ever longer, with a sigmoid and targets in [0, 1]
REACH, SCALE = 10.0, 0.16  # of z, and of δ: |a − y|·σ′ is never more than 4/27
ALONE, TOGETHER = (440.0, 190.0), (760.0, 125.0)  # width of the drawing and height of a frame: for one, for several
BESIDE = 38.0  # left of a frame, where the words of a height stand


@dataclass(frozen=True)
class Rectangle:
    """Output neurons, each with its weighted input and its target, and the key "a0", "a1", … of the one we hold."""

    z: tuple[float, ...]
    y: tuple[float, ...]
    selected: str = "a0"

    @property
    def j(self) -> int:
        """Number of the neuron we hold."""
        return int(self.selected[1:])


def rectangle(state: Rectangle) -> Picture:
    """A rectangle for each output neuron; δ over z for the one we hold, and its equation."""
    charts = partial(element, "div", class_="bl-row bl-charts")
    frames, chart, proof = _frames(state), _chart(state), element("div", *_equations(state), class_="bl-in-turn")
    rows = [charts(frames, chart), proof] if len(state.z) == 1 else [frames, charts(chart, proof)]
    return Picture(element("div", *rows, _code()), sentence(state))


def sides(z: float, y: float) -> tuple[float, float]:
    """∂C/∂a = a − y of the quadratic cost, with its sign, and σ′(z)."""
    return float(sigmoid(z)) - y, float(sigmoid.prime(z))


def delta(z: float, y: float) -> float:
    """BP1: the area, with the sign of ∂C/∂a."""
    return float(deltas(np.array(z), y))


def deltas(z: Array, y: float) -> Array:
    """BP1 for many z and one target, in the shape of z: each z an example of its own."""
    examples = z.reshape(1, -1)
    return bp1(sigmoid(examples) - y, sigmoid.prime(examples)).reshape(z.shape)


def largest(y: float) -> float:
    """The z with the largest area for this target.

    |a − y|·a(1 − a) has its turning points where 3a² − 2(1 + y)a + y = 0; one lies above the target, one below.
    """
    root = np.sqrt((1 + y) ** 2 - 3 * y)
    inside = [a for a in ((1 + y + root) / 3, (1 + y - root) / 3) if 0 < a < 1]
    return max((float(np.log(a / (1 - a))) for a in inside), key=lambda z: abs(delta(z, y)))


def hold(state: Rectangle, key: str) -> Rectangle:
    """Hold another neuron; with no key all stays."""
    return replace(state, selected=key or state.selected)


def with_z(state: Rectangle, z: float) -> Rectangle:
    """Another z for the neuron we hold."""
    return replace(state, z=_put(state.z, state.j, z))


def with_y(state: Rectangle, y: float) -> Rectangle:
    """Another target for the neuron we hold."""
    return replace(state, y=_put(state.y, state.j, y))


def to_largest(state: Rectangle) -> Rectangle:
    """Move z to where the area is largest."""
    return with_z(state, largest(state.y[state.j]))


def sentence(state: Rectangle) -> str:
    """What is seen now, in words."""
    z, y = state.z[state.j], state.y[state.j]
    (width, height), a, area = sides(z, y), float(sigmoid(z)), delta(z, y)
    which = f"Output neuron {state.j}" if len(state.z) > 1 else "The output neuron"
    most = " No z makes the area larger for this target." if _is_largest(z, y) else ""
    return (
        f"{which} has z = {signed(z)}, so a = {plain(a, 4)}; its target is {plain(y)}. The rectangle is"
        f" {plain(abs(width), 6)} wide and {plain(height, 6)} high; δ is {signed(area, 6)}."
        f" {_why(width, height, area)}{most}"
    )


def _put(values: tuple[float, ...], j: int, value: float) -> tuple[float, ...]:
    return (*values[:j], value, *values[j + 1 :])


def _why(width: float, height: float, area: float) -> str:
    if width == 0:
        return "There is no width: the output is its target."
    if height < 0.03 < abs(width):
        return "It is wide but thin: the output is wrong, yet σ is flat here, and so little error is sent back."
    if abs(width) < 0.03:
        return "It is narrow: the output is close to its target."
    way = "lower" if area > 0 else "raise"
    return f"Neither side is short. To {way} z would lower the cost."


def _is_largest(z: float, y: float) -> bool:
    """Whether the area is the largest there is, as nearly as the slider's steps come to it."""
    return round(abs(delta(z, y)), 5) == round(abs(delta(largest(y), y)), 5)


def _frames(state: Rectangle) -> Markup:
    (total, high), count = ALONE if len(state.z) == 1 else TOGETHER, len(state.z)
    frames = [_frame(state, j, j * total / count + BESIDE, total / count - BESIDE - 6, high) for j in range(count)]
    stated = f"frame: {WIDEST:g} wide, {HIGHEST:g} high, the longest sides there are"
    caption = element("text", stated, x=BESIDE, y=high + 88, class_="bl-caption")
    words = ", ".join(signed(delta(z, y), 6) for z, y in zip(state.z, state.y, strict=True))
    name = f"A rectangle with the sides |∂C/∂a| and σ′(z), whose area is the error signal {words}."
    alone = {"role": "img", "aria_label": name} if count == 1 else {}  # of several each says its own
    return element("svg", *frames, caption, viewBox=f"0 0 {total:g} {high + 100:g}", **alone)


def _frame(state: Rectangle, j: int, left: float, wide: float, high: float) -> Markup:
    """One rectangle, in the lower left corner of the largest there can be."""
    (width, height), area = sides(state.z[j], state.y[j]), delta(state.z[j], state.y[j])
    top, bottom, several = 34.0, 34 + high, len(state.z) > 1
    w, h = max(2.5, abs(width) / WIDEST * wide), max(2.5, height / HIGHEST * high)  # never out of sight
    words = f"neuron {j}: δ = {signed(area, 4)}" if several else f"area: δ = {signed(area, 6)}"
    beside = f"translate({left - 12:g} {bottom:g}) rotate(-90)"
    parts = [
        element("rect", x=left, y=top, width=wide, height=high, class_="bl-node"),
        element("rect", x=left, y=bottom - h, width=w, height=h, class_=sign_class(area)),
        element("text", words, x=left, y=22, class_="bl-strong"),
        element("text", f"|∂C/∂a| = {plain(abs(width), 4)}", x=left, y=bottom + 22),
        element("text", f"σ′(z) = {plain(height, 4)}", transform=beside),
    ]
    if not several:
        return element("g", *parts, data_key=f"a{j}")
    name = f"output neuron {j}, δ {signed(area, 6)}"
    return element("g", *parts, data_select=f"a{j}", aria_label=name, class_="bl-on" if j == state.j else None)


def _chart(state: Rectangle) -> Markup:
    """δ over z, for the target of the neuron we hold."""
    z, y = state.z[state.j], state.y[state.j]
    plane, values = Plane(66, 40, 360, 200, (-REACH, REACH), (-SCALE, SCALE)), np.linspace(-REACH, REACH, 201)
    parts = [
        axes(plane, "z", f"δ, over z, for the target {plain(y)}"),
        level(plane, 0.0),
        curve(plane, values, deltas(values, y), "bl-graph"),
        element("circle", cx=plane.across(z), cy=plane.down(delta(z, y)), r=6, class_="bl-here"),
    ]
    words = f"δ over z from {-REACH:g} to {REACH:g}, for the target {plain(y)}; the point stands at {signed(z)}."
    return element("svg", *parts, viewBox="0 0 440 290", role="img", aria_label=words, class_="bl-chart")


def _equations(state: Rectangle) -> list[Markup]:
    """BP1 in symbols and in numbers."""
    z, y, j = state.z[state.j], state.y[state.j], state.j if len(state.z) > 1 else ""
    (width, height), area = sides(z, y), delta(z, y)
    a, target = symbol("a", "L", j), symbol("y", "", j)
    prime = row(symbol("σ", prime=True), bracket(symbol("z", "L", j)))
    return [
        equation(symbol("δ", "L", j), operator("="), rate(symbol("C"), a), prime),
        equation(operator("="), bracket(a, operator("−"), target), prime),
        equation(operator("="), bracket(number(width, 6)), operator("×"), element("mn", plain(height, 6))),
        equation(operator("="), number(area, 6, result=True)),
    ]


def _code() -> Markup:
    return element("code", "delta[L] = (a[L] - y) * sigmoid.prime(z[L])", class_="bl-code")

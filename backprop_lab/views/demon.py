"""The demon: it adds Δz to the weighted input of one neuron, and δ·Δz is held against what the cost really does."""

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.drawing.chart import Bar, bars, round_scale
from backprop_lab.drawing.markup import Markup, element, plain, signed
from backprop_lab.drawing.plane import Plane, axes, curve, level
from backprop_lab.views import Picture
from backprop_lab.views.demon_state import Demon, costs, nudged
from backprop_lab.views.diagram import DELTA, NODE, A, Z, diagram, place
from backprop_lab.views.mathml import bracket, equation, number, operator, row, symbol

ROWS = (Z, A, DELTA)
FLAT = 0.001
HEAD = "M-8-4L-11-14L-3-9A10 10 0 0 1 3-9L11-14L8-4A10 10 0 1 1-8-4Z"


def demon(state: Demon) -> Picture:
    """The network after the nudge, the cost over Δz with its tangent, and promise, truth and gap."""
    after = nudged(state, [state.amount])
    network = diagram(state.case, selected=state.selected, rows=ROWS, forward_pass=after, above=_sitting(state))
    left = element("div", _chart(state), class_="bl-wide")
    right = element("div", _bars(state), *_equations(state), class_="bl-wide")
    return Picture(element("div", network, element("div", left, right, class_="bl-row bl-demon")), sentence(state))


def sentence(state: Demon) -> str:
    """What is seen now, in words."""
    where, delta = f"neuron {state.j} of layer {state.layer}", signed(state.delta, 6)
    if state.amount == 0:
        return f"The demon sits on {where} and adds nothing: the cost is {plain(state.cost, 6)}. {_advice(state)}"
    return (
        f"The demon adds {signed(state.amount)} to the weighted input of {where}, where δ is {delta}. δ·Δz promises a"
        f" change of the cost by {signed(state.promise, 6)}; the true change is {signed(state.change, 6)}, from"
        f" {plain(state.cost, 6)} to {plain(state.cost + state.change, 6)}. {_verdict(state)}"
    )


def _advice(state: Demon) -> str:
    if abs(state.delta) < FLAT:
        return f"δ is {signed(state.delta, 6)}, nearly flat: a small nudge changes next to nothing."
    return f"δ is {signed(state.delta, 6)}, so a {'negative' if state.delta > 0 else 'positive'} Δz lowers the cost."


def _verdict(state: Demon) -> str:
    gap, truth = abs(state.change - state.promise), abs(state.change)
    if abs(state.delta) < FLAT and truth < FLAT:
        return "Next to nothing happens: this knob is stiff, whether the neuron is right or wrong."
    if state.cost + state.promise < 0:
        return "It promises a cost below zero, and there is none: a rate is local."
    if state.promise * state.change < 0:
        return "Not even the sign is right: the curve has turned."
    if gap <= 0.01 * truth:
        return "The promise is right to one part in a hundred: the curve is still on its tangent."
    if gap <= 0.1 * truth:
        return "The promise is right to one part in ten: the curve leaves its tangent."
    return "The promise is wrong by more than one part in ten: the curve has left its tangent."


def _bars(state: Demon) -> Markup:
    found = [Bar("δ·Δz", state.promise), Bar("true ΔC", state.change), Bar("gap", state.change - state.promise)]
    _, curve_values, tangent_values = _lines(state)
    largest = np.abs([*curve_values - state.cost, *tangent_values - state.cost]).max()
    return bars("change of the cost", found, scale=round_scale(max(0.01, largest)), decimals=6)


def _equations(state: Demon) -> list[Markup]:
    """Promise and truth, in symbols and in numbers."""
    delta, z = symbol("δ", state.layer, state.j), symbol("z", state.layer, state.j)
    before, after = (element("mn", plain(cost, 6)) for cost in (state.cost, state.cost + state.change))
    dz, cost = row(element("mi", "Δ", mathvariant="normal"), symbol("z")), symbol("C")
    promise = [delta, dz, operator("="), bracket(number(state.delta, 6)), bracket(number(state.amount))]
    truth = [cost, bracket(z, operator("+"), dz), operator("−"), cost, bracket(z)]
    return [
        equation(*promise, operator("="), number(state.promise, 6, result=True)),
        equation(*truth, operator("="), after, operator("−"), before),
        equation(operator("="), number(state.change, 6, result=True)),
        element("code", f"promise = delta[{state.layer}][{state.j}, 0] * dz", class_="bl-code"),
        element("code", "gap = (cost_after - cost_before) - promise", class_="bl-code"),
    ]


def _head(x: float, y: float) -> Markup:
    """The demon's face, with its horns."""
    eyes = [element("circle", cx=at, cy=-1.0, r=1.8, class_="bl-point") for at in (-3.5, 3.5)]
    face = element("path", d=HEAD, class_="bl-tag bl-on")
    return element("g", face, *eyes, transform=f"translate({x:.1f} {y:.1f})", data_key="demon", aria_hidden="true")


def _sitting(state: Demon) -> Markup:
    x, y = place(state.case.parameters.sizes, len(ROWS), state.layer, state.j)
    return _head(x - NODE / 2, y - 47)


def _lines(state: Demon) -> tuple[Array, Array, Array]:
    """Every Δz within reach, with the cost there and what the tangent says of it."""
    amounts = np.linspace(-state.reach, state.reach, 121)
    return amounts, costs(state, amounts), state.cost + state.delta * amounts


def _plane(state: Demon) -> Plane:
    """Wide enough for the curve and its tangent: it stays as it is until the demon moves to another neuron."""
    _, values, tangent = _lines(state)
    low, high = min(*values, *tangent), max(*values, *tangent)
    room = max(0.08 * (high - low), 0.005)
    return Plane(66, 40, 360, 220, (-1.15 * state.reach, 1.15 * state.reach), (low - room, high + room))


def _beside(plane: Plane, x: float, now: float, promised: float) -> tuple[float, float]:
    """A place for the demon's face: off the gap, and inside the plane, where it hides no number of an axis."""
    away = now + (24 if promised < now else -24)
    if plane.top < away < plane.bottom - 12:
        return x, away
    return x + (24 if x < plane.right - 40 else -24), now


def _chart(state: Demon) -> Markup:
    plane, (amounts, values, tangent) = _plane(state), _lines(state)
    x = plane.across(state.amount)
    now, promised = (plane.down(state.cost + change) for change in (state.change, state.promise))
    caption = "solid: C · dashed: its tangent, slope δ · thick: gap"
    parts = [
        axes(plane, "Δz", "cost C, over Δz"),
        level(plane, 0.0),
        curve(plane, amounts, tangent, "bl-slope"),
        curve(plane, amounts, values),
        element("line", x1=x, x2=x, y1=now, y2=promised, class_="bl-gap"),
        element("circle", cx=plane.across(0), cy=plane.down(state.cost), r=3.5, class_="bl-point"),
        element("circle", cx=x, cy=promised, r=5, class_="bl-node"),
        element("circle", cx=x, cy=now, r=4.5, class_="bl-here"),
        _head(*_beside(plane, x, now, promised)),
        element("text", caption, x=8, y=plane.bottom + 58, class_="bl-caption"),
    ]
    words = f"The cost over Δz from {-state.reach:g} to {state.reach:g}, with its tangent."
    return element("svg", *parts, viewBox="0 0 440 330", role="img", aria_label=words, class_="bl-chart")

"""The demon: it adds Δz to the weighted input of one neuron, and δ·Δz is held against what the cost really does."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.markup import Markup, element, plain, signed
from backprop_lab.network import ForwardPass, Layers
from backprop_lab.views import Picture
from backprop_lab.views.chart import Bar, bars, round_scale
from backprop_lab.views.diagram import DELTA, A, Z, diagram, neuron_key, place
from backprop_lab.views.mathml import bracket, equation, number, operator, row, symbol
from backprop_lab.views.plane import Plane, axes, curve, level

ROWS = (Z, A, DELTA)
SMALLEST, FLAT = 0.01, 0.001
HEAD = "M-8-4L-11-14L-3-9A10 10 0 0 1 3-9L11-14L8-4A10 10 0 1 1-8-4Z"


@dataclass(frozen=True)
class Demon:
    """Where the demon sits, and what it adds.

    Parameters
    ----------
    case : a network with one example; of a batch the first example is shown
    selected : key of the demon's neuron: "a2.0" is neuron 0 of layer 2
    amount : Δz
    reach : the largest |Δz|, at both ends of the curve
    """

    case: Case
    selected: str
    amount: float = 0.1
    reach: float = 3.0

    @property
    def layer(self) -> int:
        """The layer the demon is in."""
        return int(self.selected[1:].split(".")[0])

    @property
    def j(self) -> int:
        """Its neuron there."""
        return int(self.selected.split(".")[1])

    @property
    def delta(self) -> float:
        """δ of its neuron, before the nudge."""
        return float(self.case.backward_pass.delta[self.layer][self.j, 0])

    @property
    def cost(self) -> float:
        """C before the nudge."""
        return float(costs(self, [0.0])[0])

    @property
    def promise(self) -> float:
        """How much the cost would change if it kept its slope: δ·Δz."""
        return self.delta * self.amount

    @property
    def change(self) -> float:
        """How much the cost really changes."""
        return float(costs(self, [self.amount])[0]) - self.cost


def demon(state: Demon) -> Picture:
    """The network after the nudge, the cost over Δz with its tangent, and promise, truth and gap."""
    after = nudged(state, [state.amount])
    network = diagram(state.case, selected=state.selected, rows=ROWS, forward_pass=after, above=_sitting(state))
    left = element("div", _chart(state), class_="bl-wide")
    right = element("div", _bars(state), *_equations(state), class_="bl-wide")
    return Picture(element("div", network, element("div", left, right, class_="bl-row")), sentence(state))


def nudged(state: Demon, amounts: ArrayLike) -> ForwardPass:
    """The forward pass with something added to one weighted input, and nothing else: one column for each amount."""
    case, amounts = state.case, np.asarray(amounts)
    z: Layers = {}
    a: Layers = {0: np.repeat(case.x[:, :1], len(amounts), axis=1)}
    for layer, w in case.parameters.w.items():
        z[layer] = w @ a[layer - 1] + case.parameters.b[layer]
        if layer == state.layer:
            z[layer][state.j] += amounts
        a[layer] = (case.hidden if layer < case.parameters.layers[-1] else case.output)(z[layer])
    return ForwardPass(z, a, case.hidden, case.output)


def costs(state: Demon, amounts: ArrayLike) -> Array:
    """C of the example for each amount that the demon may add."""
    a = nudged(state, amounts).prediction
    return state.case.cost.of_example(a, np.repeat(state.case.y[:, :1], a.shape[1], axis=1))


def sit(state: Demon, key: str) -> Demon:
    """Move to the neuron of a key: of a weight or a bias, the one it leads to. An input has no z: all stays."""
    if not key or key.startswith("a0"):
        return state
    layer, j = (int(part) for part in key[1:].split(".")[:2])
    return replace(state, selected=neuron_key(layer, j))


def ten_times(state: Demon) -> Demon:
    """A nudge ten times as large, no further than the demon reaches."""
    return _with_size(state, abs(state.amount) * 10)


def a_tenth(state: Demon) -> Demon:
    """A nudge ten times smaller, but still one."""
    return _with_size(state, abs(state.amount) / 10)


def turned(state: Demon) -> Demon:
    """The same nudge the other way."""
    return replace(state, amount=-state.amount)


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


def _with_size(state: Demon, size: float) -> Demon:
    size = min(state.reach, max(SMALLEST, size))
    return replace(state, amount=round(-size if state.amount < 0 else size, 2))


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
    return _head(x - 68, y - 47)


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
        _head(x, now + (24 if promised < now else -24)),
        element("text", caption, x=8, y=plane.bottom + 58, class_="bl-caption"),
    ]
    words = f"The cost over Δz from {-state.reach:g} to {state.reach:g}, with its tangent."
    return element("svg", *parts, viewBox="0 0 440 330", role="img", aria_label=words, class_="bl-chart")

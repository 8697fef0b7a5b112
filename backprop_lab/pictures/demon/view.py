"""The demon as it is seen: the network after the nudge, promise, truth and gap, and the curve with its tangent."""

import numpy as np

from backprop_lab.displacement import displaced
from backprop_lab.drawing.controls import button, buttons, row
from backprop_lab.drawing.diagram import diagram, labels, layout
from backprop_lab.drawing.html import code, legend, screen, table
from backprop_lab.drawing.layout import half
from backprop_lab.drawing.markup import Markup, element, fragment, plain, signed, with_power
from backprop_lab.drawing.mathml import bracket, equation, number
from backprop_lab.drawing.picture import Picture, beside
from backprop_lab.drawing.plane import Plane, axes, curve, level
from backprop_lab.drawing.svg import line, sheet
from backprop_lab.pictures.demon.state import DEEPEST, KEPT, SAMPLES, Demon, Try, costs, outcome

FLAT = 0.001
HEAD = "M-8-4L-11-14L-3-9A10 10 0 0 1 3-9L11-14L8-4A10 10 0 1 1-8-4Z"


def view(state: Demon) -> Picture:
    """The network and the equations; beside them Δz, the curve it moves along, and what the last nudges did."""
    after = displaced(state.case, "z", state.neuron.layer, state.neuron.index, state.amount)
    network = diagram(state.case, selected=state.neuron.key, forward_pass=after, above=_sitting(state))
    picture = screen(network, fragment(_controls(state), _chart(state), _tries(state)), _equations(state))
    return Picture(picture, sentence(state), "The demon, the network and the cost", beside(__file__))


def sentence(state: Demon) -> str:
    """What is seen now, in words."""
    where = f"{state.neuron.words.capitalize()} has δ = {signed(state.delta, 6)}."
    if not state.amount:
        nothing = f"The demon sits there and adds nothing: the cost is {plain(state.cost, 6)}."
        return f"{where} {nothing} {_advice(state)}"
    after = plain(state.cost + state.change, 6)
    return (
        f"{where} The demon adds Δz = {_amount(state)}: δ·Δz promises {signed(state.promise, 6)}, the cost moves by"
        f" {signed(state.change, 6)}, to {after}. {_verdict(state)}"
    )


def _amount(state: Demon) -> str:
    return signed(state.amount, 2 + state.zoom)


def _advice(state: Demon) -> str:
    if abs(state.delta) < FLAT:
        return "It is nearly flat here: a small nudge changes next to nothing."
    return f"A small {'negative' if state.delta > 0 else 'positive'} Δz lowers it."


def _verdict(state: Demon) -> str:
    if abs(state.delta) < FLAT and abs(state.change) < FLAT:
        return "Next to nothing happens: the curve is flat here, whether the neuron is right or wrong."
    if state.cost + state.promise < 0:
        return "It promises a cost below zero, and there is none: a rate is local."
    if not state.promise:
        return "Flat is only the point where the rate was taken."
    times = state.change / state.promise
    if times < 0:
        return "Not even the sign is right: the curve has turned."
    if times >= 2:
        return f"That is {times:,.{0 if times >= 10 else 1}f} times as far as promised: the curve has left its tangent."
    if abs(times - 1) <= 0.01:
        return "The promise is right to 1%: here the curve is on its tangent."
    words = f"{100 * abs(times - 1):.0f}% {'more' if times > 1 else 'less'} than promised"
    return f"That is {words}: the curve {'leaves' if abs(times - 1) <= 0.1 else 'has left'} its tangent."


def _controls(state: Demon) -> Markup:
    """Δz, and its buttons."""
    ends, step = (-state.shown, state.shown), 10.0 ** np.floor(np.log10(state.shown)) / 100
    furthest = not state.zoom and (not state.amount or abs(state.amount) >= state.reach)
    presses = buttons(
        button("larger", "Δz × 10", on=not furthest),
        button("smaller", "Δz ÷ 10", on=state.zoom < DEEPEST),
        button("other way", "the other way", on=bool(state.amount)),
        button("keep", "keep", on=bool(state.amount) and state.tries[:1] != (Try(state.neuron, state.amount),)),
    )
    turn = row("amount", "Δz", state.amount, ends, step=step, shown=_amount(state))
    return fragment(element("div", turn, class_="bl-nudge"), presses)


def _tries(state: Demon) -> Markup:
    """This nudge and those before it, with what each promise misses."""
    now = Try(state.neuron, state.amount)
    rows = [_row(state, each) for each in (now, *state.tries)]
    head = ("nudged", "Δz", "δ·Δz", "true ΔC", "gap")
    return table(
        head, *rows, caption="this nudge, and the tries before it", look="bl-tries", to_come=KEPT + 1 - len(rows)
    )


def _row(state: Demon, tried: Try) -> tuple[str, ...]:
    promise, change = outcome(state, tried)
    amount = signed(tried.amount, 2 + max(state.zoom, _depth(tried.amount)))
    return tried.neuron.code, amount, signed(promise, 6), signed(change, 6), short(change - promise)


def _depth(amount: float) -> int:
    """How many decimals beyond two a nudge needs."""
    written = f"{abs(amount):.{2 + DEEPEST}f}".rstrip("0")
    return max(0, len(written.partition(".")[2]) - 2)


def short(value: float) -> str:
    """Two digits and a power of ten: −4.3·10⁻⁵."""
    if not value:
        return "0"
    return f"{'−' if value < 0 else '+'}{with_power(abs(value))}"


def _equations(state: Demon) -> Markup:
    """Promise and truth, in symbols and in numbers, and as code."""
    layer, (j,) = state.neuron.layer, state.neuron.index
    before, after = (element("mn", plain(cost, 6)) for cost in (state.cost, state.cost + state.change))
    amount = element("mn", _amount(state))
    promise = number(state.promise, 6, result=True)
    return element(
        "div",
        equation(f"δ^{layer}_{j} Δz =", bracket(number(state.delta, 6)), bracket(amount), "=", promise),
        code(f"promise = delta[{layer}][{j}, 0] * dz"),
        equation("C(z + Δz) − C(z) =", after, "−", before, "=", number(state.change, 6, result=True)),
        code("gap = (cost_after - cost_before) - promise"),
        class_="bl-equations",
    )


def _head(x: float, y: float) -> Markup:
    """The demon's face, with its horns."""
    eyes = [element("circle", cx=at, cy=-1.0, r=1.8, class_="bl-point") for at in (-3.5, 3.5)]
    face = element("path", d=HEAD, class_="bl-tag bl-on")
    return element("g", face, *eyes, transform=f"translate({x:.1f} {y:.1f})", data_key="demon", aria_hidden="true")


def _sitting(state: Demon) -> Markup:
    """At a left corner of its neuron, or on top of a hidden one: the first place that hides no label of a weight."""
    at = layout(state.case)
    x, y = at.place(state.neuron.layer, *state.neuron.index)
    left, up = x - half(state.neuron.layer), at.box / 2
    places = [(left - 9, y + up - 8), (left - 9, y - up + 8)]
    if state.neuron.layer < at.hidden:  # above an output its target is written
        places.append((left + 7, y - up - 8))
    weights = np.array(list(labels(at).values())).reshape(-1, 2)
    apart = [(np.abs(weights - place) / (36, 23)).max(axis=1).min(initial=1) for place in places]
    return _head(*places[int(np.argmax(apart))])


def _plane(state: Demon) -> Plane:
    """The same for all neurons, and magnified about where we are: it stays while Δz is turned."""
    low, high = min(state.span[0], 0.0), state.span[1]
    room = max(0.06 * (high - low), 0.005)
    ends = [state.cost + (end - state.cost) / 10**state.zoom for end in (low - room, high + room)]
    return Plane(70, 38, 356, 176, (-1.1 * state.shown, 1.1 * state.shown), (ends[0], ends[1]))


def _beside(plane: Plane, x: float, now: float, promised: float) -> tuple[float, float]:
    """A place for the demon's face: off the gap, and inside the plane, where it hides no number of an axis."""
    away = now + (24 if promised < now else -24)
    if plane.top + 6 < away < plane.bottom - 12:
        return x, away
    return x + (24 if x < plane.right - 40 else -24), now


def _chart(state: Demon) -> Markup:
    plane, ends = _plane(state), np.array([-state.shown, state.shown])
    amounts = np.linspace(ends[0], ends[1], SAMPLES)
    x = plane.across(state.amount)
    now, promised = (plane.down(state.cost + change) for change in (state.change, state.promise))
    near = f" · magnified {10**state.zoom:,} times" if state.zoom else ""
    drawing = sheet(
        440,
        256,
        axes(plane, "Δz", f"cost C, over Δz{near}"),
        level(plane, 0.0),
        curve(plane, ends, state.cost + state.delta * ends, "bl-slope"),
        curve(plane, amounts, costs(state.case, state.neuron, amounts)),
        line(x, now, x, promised, "gap"),
        element("circle", cx=plane.across(0), cy=plane.down(state.cost), r=3.5, class_="bl-point"),
        element("circle", cx=x, cy=promised, r=5, class_="bl-node"),
        element("circle", cx=x, cy=now, r=4.5, class_="bl-here"),
        _head(*_beside(plane, x, now, promised)),
        look="bl-chart",
        says=f"The cost over Δz from −{state.shown:g} to {state.shown:g}, with its tangent.",
    )
    words = legend(
        "Solid: the cost C over Δz. Dashed: its tangent, with the slope δ. Thick: the gap.",
        "Every neuron of the network has the same axes, so that a steep tangent looks steep.",
        "Δz ÷ 10 magnifies both axes ten times, Δz × 10 goes back.",
    )
    return element("div", drawing, words, class_="bl-diagram bl-magnified")

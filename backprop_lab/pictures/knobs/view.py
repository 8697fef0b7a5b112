"""The knobs as they are seen: cost and budget, the network, and for each knob a slider below the cost over it."""

from collections.abc import Iterator
from itertools import groupby

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.displacement import repeated
from backprop_lab.drawing.controls import button, buttons, slider, tick
from backprop_lab.drawing.diagram import A, diagram
from backprop_lab.drawing.html import screen, title
from backprop_lab.drawing.markup import Markup, answered, element, fragment, plain, sign_class, signed
from backprop_lab.drawing.picture import Picture, beside
from backprop_lab.drawing.plane import Plane, curve, touching
from backprop_lab.drawing.svg import bar, box, line, sheet, text
from backprop_lab.pictures.knobs.state import ETA, Knobs, costs, ends, largest, promised
from backprop_lab.quantities import Quantity, parameters

WIDTH, HEIGHT, LEFT, MIDDLE = 640.0, 58.0, 8.0, 420.0  # of the two bars: cost to the left of the middle, budget right
NAMED = 130.0  # from here on the name of the goal has room to its left
WORST = 0.5  # ½(a − y)² of one output between 0 and 1, at most
ACROSS, TALL, SAMPLES, ALONG = 100.0, 46.0, 25, 0.8  # a small curve; how far its tangent goes to either side
CORNERS = [(at, base) for base in (13.0, TALL - 3) for at in (0.0, ACROSS)]  # where a rate may stand
WORDS, MIDST = 68.0, 4.5  # how far a rate reaches, and how far above its line its middle is
MOST = 5  # knobs side by side


def view(state: Knobs) -> Picture:
    """The cost beside the goal, the budget, and the network; every knob, and what is known of the cost over it."""
    network = diagram(state.case, rows=(A,), lit=[state.last] if state.last else [], selectable=False, draggable="wb")
    picture = screen(element("div", _bars(state), network), _controls(state), look="bl-by-hand")
    return Picture(picture, sentence(state), "Knobs turned by hand", beside(__file__))


def sentence(state: Knobs) -> str:
    """What is seen now, in words."""
    outputs = answered(state.case.forward_pass.prediction[:, 0], state.case.y[:, 0])
    reached = f"{'below' if state.cost < state.goal else 'not yet below'} {state.goal:g}"
    now = f"{_spent(state)}: {outputs}, the cost {plain(state.cost, 4)}, {reached}."
    return f"{now} {_found(state)}" if state.backward else now


def _spent(state: Knobs) -> str:
    if not state.turned:
        return "No knob has been turned"
    over = f", {plain(-state.left)} over the budget" if state.left < 0 else f" of {plain(state.budget)}"
    return f"Turned by {plain(state.turned)}{over}"


def _found(state: Knobs) -> str:
    most, count = largest(state.case), len(list(parameters(state.case)))
    rate = most.rate(state.case)
    which = f"is that of {most.code}, {signed(rate, 6)}"
    which += f": {_WAYS[_way(rate)]} it." if abs(rate) >= 5e-7 else ": nothing is left to turn."
    if state.fall:
        before, real = (plain(each, 6) for each in state.fall)
        return f"The step promised a fall of {before} and brought {real}. The largest rate now {which}"
    promise = f"A step of all knobs promises a fall of {plain(promised(state), 6)}."
    return f"The largest of the {count} rates {which} {promise}"


def _bars(state: Knobs) -> Markup:
    """How large the cost is, and how much of the budget is spent."""
    worst = WORST * len(state.case.y)

    def across(cost: float) -> float:
        return LEFT + min(cost / worst, 1.0) * (MIDDLE - LEFT)

    goal, start = across(state.goal), across(state.start.mean_cost)
    aside, to = (5, "end") if goal > NAMED else (-5, None)
    budget, wide = MIDDLE + 40, WIDTH - MIDDLE - 40 - LEFT
    over = state.left < 0
    spent = (
        f"{plain(-state.left)} over the budget" if over else f"turned by {plain(state.turned)} of {plain(state.budget)}"
    )
    parts = [
        text(LEFT, 14, f"cost C = {plain(state.cost, 4)}", look="strong"),
        box(LEFT, 20, MIDDLE - LEFT, 13, "node", rx=3),
        box(LEFT, 20, across(state.cost) - LEFT, 13, "positive", rx=3),
        element("path", d=f"M{goal:g} 16V37M{start:g} 16V37", class_="bl-goal"),
        text(LEFT, 53, "0", look="caption", aria_hidden="true"),
        text(goal + aside, 53, f"goal: below {state.goal:g}", look="caption", to=to),
        text(start - 5, 53, "at first", look="caption"),
        text(MIDDLE, 53, f"{worst:g}", look="caption", to="end", aria_hidden="true"),
        text(WIDTH - LEFT, 14, spent, look="strong", to="end"),
        box(budget, 20, wide, 13, "node", rx=3),
        bar(budget, 20, state.turned, state.budget, wide, 13) if state.turned else "",
        text(budget, 53, "0", look="caption", aria_hidden="true"),
        text(WIDTH - LEFT, 53, f"budget {state.budget:g}", look="caption", to="end"),
    ]
    return sheet(WIDTH, HEIGHT, *parts, look="bl-cost")


def _controls(state: Knobs) -> Markup:
    most = largest(state.case) if state.backward else None
    neurons = [list(each) for _, each in groupby(parameters(state.case), key=lambda knob: (knob.layer, knob.index[0]))]
    style = f"--bl-across: {min(MOST, max(map(len, neurons)))}"
    batch = repeated(state.case, SAMPLES)
    rows = [
        element("div", *(_knob(state, batch, knob, knob == most) for knob in each), class_="bl-row") for each in neurons
    ]
    presses = buttons(
        button("backward", "one backward pass"),
        button("step", f"one step, η = {ETA:g}"),
        button("reset", "reset"),
        tick("curves", "curves", state.curves),
    )
    heading = title("cost over each knob", "gray: the budget · dashed: the goal")
    return fragment(heading, element("div", *rows, style=style, class_="bl-knobs"), presses)


def _knob(state: Knobs, batch: Case, knob: Quantity, most: bool) -> Markup:
    """A knob: its name and value, what is known of the cost over it, and its slider, the handle below the point."""
    value = knob.value(state.case)
    head = element("p", element("span", knob.code), element("span", signed(value), class_="bl-value"))
    handle = slider(knob.key, knob.code, value, ends(state, knob))
    look = f"bl-knob{' bl-on' if most or knob.key == state.last else ''}"
    return element("div", head, _chart(state, batch, knob, value), handle, class_=look, data_key=f"knob {knob.key}")


def _chart(state: Knobs, batch: Case, knob: Quantity, value: float) -> Markup:
    plane = Plane(0, 2, ACROSS, TALL - 4, ends(state, knob), (0.0, WORST * len(state.case.y)))
    left = max(state.left, 0.0)
    near, far = max(plane.across(value - left), 0), min(plane.across(value + left), ACROSS)
    goal = plane.down(state.goal)
    parts = [
        box(near, 0, far - near, TALL, "within"),
        line(0, goal, ACROSS, goal, stroke_dasharray="4 3"),
        *_curve(state, batch, knob, plane),
        *(_rate(state, batch, knob, plane) if state.backward else []),
        element("circle", cx=plane.across(value), cy=plane.down(state.cost), r=4.5, class_="bl-here"),
    ]
    rate = knob.rate(state.case)
    known = f": its rate is {signed(rate, 5)}, {_WAYS[_way(rate)]} it" if state.backward else ""
    return sheet(ACROSS, TALL, *parts, says=f"The cost over {knob.code}{known}")


def _curve(state: Knobs, batch: Case, knob: Quantity, plane: Plane) -> Iterator[Markup]:
    """The cost over the whole slider; or as far as the hand has been."""
    if state.curves or knob.key == state.last:
        low, high = plane.x if state.curves else state.been
        values = np.linspace(low, high, SAMPLES)
        yield curve(plane, values, costs(batch, knob, values), "bl-graph")


def _rate(state: Knobs, batch: Case, knob: Quantity, plane: Plane) -> list[Markup]:
    """The tangent; and in the corner that is farthest from the curve, which way to turn and the rate."""
    rate, value = knob.rate(state.case), knob.value(state.case)
    values = np.linspace(*plane.x, SAMPLES)
    across, down = plane.of_x(values), plane.of_y(costs(batch, knob, values))

    def room(corner: tuple[float, float]) -> float:
        at, base = corner
        return np.abs(down[np.abs(across - at) < WORDS] - (base - MIDST)).min()

    at, base = max(CORNERS, key=room)
    words = text(at, base, f"{_way(rate)} {signed(rate, 4)}", look="rate", to="end" if at else None)
    return [touching(plane, value, state.cost, rate, ALONG), element("g", words, class_=sign_class(rate))]


def _way(rate: float) -> str:
    return "↓" if rate > 0 else "↑"


_WAYS = {"↓": "lower", "↑": "raise"}

"""Knobs turned by hand, the cost in view and the moves counted; then one backward pass says the rate of each."""

from dataclasses import dataclass, replace

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.drawing.controls import button, buttons, row, rows
from backprop_lab.drawing.diagram import A, Z, diagram
from backprop_lab.drawing.html import screen, title
from backprop_lab.drawing.markup import Markup, counted, element, plain, sign_class, signed
from backprop_lab.drawing.picture import Event, Picture, Press, Turn, beside, refuse
from backprop_lab.drawing.svg import box, sheet, text
from backprop_lab.network import slope
from backprop_lab.quantities import Quantity, parameters

WIDTH, HEIGHT, LEFT = 640.0, 58.0, 8.0
WORST = 0.5  # what fills the cost bar: ½(a − y)² of one output between 0 and 1
REACH = (-4.0, 4.0)
ETA = 1.0


@dataclass(frozen=True)
class Knobs:
    """A network as it is now and as it began, how often a knob was turned, and whether the rates are known."""

    case: Case
    start: Case
    goal: float
    moves: int = 0
    last: str = ""  # key of the knob that was turned last: as long as it is the same one, it is one move
    backward: bool = False
    fall: tuple[float, float] | None = None  # of the cost, as promised and as it came: right after a step

    @property
    def cost(self) -> float:
        """The cost now."""
        return self.case.mean_cost


def begin(case: Case = cases.running, *, goal: float = 0.19) -> Knobs:
    """The cost and the moves so far while knobs are turned by hand; then one backward pass gives the rate of each.

    Parameters
    ----------
    case : a network with one output, and one example
    goal : the cost to come below
    """
    return Knobs(case, case, goal)


def view(state: Knobs) -> Picture:
    """The cost beside the goal and the network; every knob, and its rate once it is known."""
    network = diagram(state.case, rows=(Z, A), lit=[state.last] if state.last else [], selectable=False, draggable="wb")
    picture = screen(element("div", _cost_bar(state), network), _controls(state))
    return Picture(picture, sentence(state), "Knobs turned by hand", beside(__file__))


def update(state: Knobs, event: Event) -> Knobs:
    """A knob turned: the rates belonged to where we were, so they are gone. Or a pass, a step, a new start."""
    match event:
        case Turn(key):
            case_now = Quantity.read(key).turned(state.case, event.number)
            return Knobs(case_now, state.start, state.goal, state.moves + (key != state.last), last=key)
        case Press("backward"):
            return replace(state, backward=True)
        case Press("step"):
            after = state.case.stepped(ETA)
            fall = promised(state), state.cost - after.mean_cost
            return Knobs(after, state.start, state.goal, state.moves + 1, backward=True, fall=fall)
        case Press("reset"):
            return begin(state.start, goal=state.goal)
    return refuse(event)


def promised(state: Knobs) -> float:
    """By how much the cost falls in a step, says first order: η times the sum of the squared rates."""
    return ETA * slope(state.case.backward_pass)


def largest(case: Case) -> Quantity:
    """The knob with the largest rate, whatever its sign."""
    return max(parameters(case), key=lambda knob: abs(knob.rate(case)))


def sentence(state: Knobs) -> str:
    """What is seen now, in words."""
    a, y = state.case.forward_pass.prediction[0, 0], state.case.y[0, 0]
    moves = f"After {counted(state.moves, 'move')}" if state.moves else "No knob has been turned:"
    reached = f"{'below' if state.cost < state.goal else 'not yet below'} {state.goal}"
    now = f"{moves} the output is {plain(a)}, the target {plain(y)}, the cost {plain(state.cost, 4)}, {reached}."
    return f"{now} {_found(state)}" if state.backward else now


def _found(state: Knobs) -> str:
    most, count = largest(state.case), len(list(parameters(state.case)))
    rate = most.rate(state.case)
    largest_now = f"the largest is that of {most.code}, {signed(rate, 6)}: {_WAYS[_way(rate)]} it."
    if state.fall:
        before, real = (plain(each, 6) for each in state.fall)
        return f"The step promised a fall of {before} and brought {real}. The rates are others now; {largest_now}"
    promise = f"A step of all knobs promises a fall of {plain(promised(state), 6)}."
    return f"One backward pass gives all {count} rates; {largest_now} {promise}"


def _cost_bar(state: Knobs) -> Markup:
    def across(cost: float) -> float:
        return LEFT + min(cost / WORST, 1.0) * (WIDTH - 2 * LEFT)

    goal, start = across(state.goal), across(state.start.mean_cost)
    parts = [
        text(LEFT, 14, f"cost C = {plain(state.cost, 4)}", look="strong"),
        text(WIDTH - LEFT, 14, counted(state.moves, "move"), look="strong", to="end"),
        box(LEFT, 20, WIDTH - 2 * LEFT, 13, "node", rx=3),
        box(LEFT, 20, across(state.cost) - LEFT, 13, "positive", rx=3),
        element("path", d=f"M{goal:g} 16V37M{start:g} 16V37", class_="bl-goal"),
        text(LEFT, 53, "0", look="caption"),
        text(goal, 53, f"goal: below {state.goal}", look="caption", to="middle"),
        text(start + 6, 53, "at first", look="caption"),
        text(WIDTH - LEFT, 53, f"{WORST:g}", look="caption", to="end"),
    ]
    return sheet(WIDTH, HEIGHT, *parts, look="bl-cost")


def _controls(state: Knobs) -> Markup:
    most = largest(state.case) if state.backward else None
    heading = title("knobs", "which way to turn, and its rate" if state.backward else "which way to turn?")
    knobs = [_knob(state, knob, knob == most) for knob in parameters(state.case)]
    presses = buttons(
        button("backward", "one backward pass"), button("step", f"one step, η = {ETA:g}"), button("reset", "reset")
    )
    return element("div", rows(heading, *knobs), presses)


def _knob(state: Knobs, knob: Quantity, most: bool) -> Markup:
    """A knob: its slider, and which way to turn it, against the sign of its rate, once that is known."""
    rate = knob.rate(state.case)
    way = _way(rate) if state.backward else "?"
    arrow = element("b", way, role="img", aria_label=_WAYS[way])
    number = element("span", signed(rate, 5) if state.backward else "", class_=f"bl-value {sign_class(rate)}")
    slider = row(knob.key, knob.code, knob.value(state.case), REACH, on=knob.key == state.last)
    return element(
        "div", slider, arrow, number, class_=f"bl-knob{' bl-on' if most else ''}", data_key=f"knob {knob.key}"
    )


def _way(rate: float) -> str:
    return "↓" if rate > 0 else "↑"


_WAYS = {"↓": "lower", "↑": "raise", "?": "not known yet"}

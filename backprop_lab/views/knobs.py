"""Knobs turned by hand, the cost in view and the moves counted; then one backward pass says the rate of each."""

from dataclasses import dataclass, replace

from backprop_lab.cases import Case
from backprop_lab.markup import Markup, element, plain, sign_class, signed
from backprop_lab.views import Picture
from backprop_lab.views.chart import Bar
from backprop_lab.views.descent import slope, stepped
from backprop_lab.views.diagram import A, Z, bias_key, diagram, weight_key
from backprop_lab.views.explorer import gradient_bars, turned

WIDTH, HEIGHT, LEFT = 680.0, 62.0, 12.0
WORST = 0.5  # what fills the cost bar: ½(a − y)² of one output between 0 and 1
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


def begin(case: Case, goal: float = 0.19) -> Knobs:
    """The first state for a case."""
    return Knobs(case, case, goal)


def turn(state: Knobs, kind: str, layer: int, index: tuple[int, int], value: float) -> Knobs:
    """The state with one weight (`w`) or bias (`b`) set. The rates belonged to where we were: they are gone."""
    case, key = turned(state.case, kind, layer, index, value), key_of(kind, layer, index)
    return Knobs(case, state.start, state.goal, state.moves + (key != state.last), last=key)


def backward_pass(state: Knobs) -> Knobs:
    """All rates are found."""
    return replace(state, backward=True)


def one_step(state: Knobs) -> Knobs:
    """Every knob moves against its own rate: one move of them all."""
    case = stepped(state.case, ETA)
    fall = promised(state), state.cost - case.mean_cost
    return Knobs(case, state.start, state.goal, state.moves + 1, backward=True, fall=fall)


def reset(state: Knobs) -> Knobs:
    """Everything as it began."""
    return begin(state.start, state.goal)


def promised(state: Knobs) -> float:
    """By how much the cost falls in a step, says first order: η times the sum of the squared rates."""
    return ETA * slope(state.case)


def largest(case: Case) -> Bar:
    """The knob with the largest rate, whatever its sign."""
    return max(gradient_bars(case), key=lambda bar: abs(bar.value))


def key_of(kind: str, layer: int, index: tuple[int, int]) -> str:
    """The key in the diagram of a weight or bias."""
    return weight_key(layer, *index) if kind == "w" else bias_key(layer, index[0])


def knobs(state: Knobs) -> Picture:
    """The network, the cost beside the goal, and the rate of every knob once it is known."""
    network = diagram(state.case, rows=(Z, A), lit=[state.last] if state.last else [], selectable=False)
    title = (
        "which way to turn each knob, and its rate" if state.backward else "which way to turn each knob? Not known yet"
    )
    most = largest(state.case)
    cards = [_card(bar, state.backward, bar == most) for bar in gradient_bars(state.case)]
    grid = element("div", *cards, class_="bl-knobs")
    heading = element("div", title, class_="bl-title")
    return Picture(element("div", network, _cost_bar(state), heading, grid), sentence(state))


def sentence(state: Knobs) -> str:
    """What is seen now, in words."""
    a, y = state.case.forward_pass.prediction[0, 0], state.case.y[0, 0]
    moves = f"After {_moves(state.moves)}" if state.moves else "No knob has been turned:"
    reached = f"{'below' if state.cost < state.goal else 'not yet below'} {state.goal}"
    now = f"{moves} the output is {plain(a)}, the target {plain(y)}, the cost {plain(state.cost, 4)}, {reached}."
    return f"{now} {_found(state)}" if state.backward else now


def _found(state: Knobs) -> str:
    most, count = largest(state.case), len(gradient_bars(state.case))
    largest_now = f"the largest is that of {most.name}, {signed(most.value, 6)}: {_WAYS[_way(most)]} it."
    if state.fall:
        before, real = (plain(each, 6) for each in state.fall)
        return f"The step promised a fall of {before} and brought {real}. The rates are others now; {largest_now}"
    promise = f"A step of all knobs promises a fall of {plain(promised(state), 6)}."
    return f"One backward pass gives all {count} rates; {largest_now} {promise}"


def _moves(count: int) -> str:
    return f"{count} move{'' if count == 1 else 's'}"


def _cost_bar(state: Knobs) -> Markup:
    def across(cost: float) -> float:
        return LEFT + min(cost / WORST, 1.0) * (WIDTH - 2 * LEFT)

    goal, filled = across(state.goal), across(state.cost) - LEFT
    ends = {"0": (LEFT, "start"), f"goal: below {state.goal}": (goal, "middle"), f"{WORST:g}": (WIDTH - LEFT, "end")}
    parts = [
        element("text", f"cost C = {plain(state.cost, 4)}", x=LEFT, y=15, class_="bl-strong"),
        element("text", _moves(state.moves), x=WIDTH - LEFT, y=15, text_anchor="end", class_="bl-strong"),
        element("rect", x=LEFT, y=22, width=WIDTH - 2 * LEFT, height=14, rx=3, class_="bl-node"),
        element("rect", x=LEFT, y=22, width=filled, height=14, rx=3, class_="bl-positive"),
        element("path", d=f"M{goal:g} 18V40M{across(state.start.mean_cost):g} 18V40", class_="bl-goal"),
        *(
            element("text", words, x=x, y=56, text_anchor=anchor, class_="bl-caption")
            for words, (x, anchor) in ends.items()
        ),
        element("text", "at first", x=across(state.start.mean_cost) + 6, y=56, class_="bl-caption"),
    ]
    return element("svg", *parts, viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}", class_="bl-cost")


def _card(bar: Bar, known: bool, most: bool) -> Markup:
    """A knob: which way to turn it, against the sign of its rate."""
    way = _way(bar) if known else "?"
    number = element("span", signed(bar.value, 5) if known else "", class_=f"bl-value {sign_class(bar.value)}")
    arrow = element("b", way, role="img", aria_label=_WAYS[way])
    lit = " bl-on" if most and known else ""
    return element("div", element("span", bar.name), arrow, number, class_=f"bl-knob{lit}", data_key=f"knob {bar.name}")


def _way(bar: Bar) -> str:
    return "↓" if bar.value > 0 else "↑"


_WAYS = {"↓": "lower", "↑": "raise", "?": "not known yet"}

"""The explorer: one network and one example, with everything that follows from them, and steps downhill."""

from dataclasses import dataclass, replace

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.drawing.chart import line
from backprop_lab.drawing.controls import button, buttons, row, row_of, rows
from backprop_lab.drawing.diagram import describe, diagram
from backprop_lab.drawing.equations import equations
from backprop_lab.drawing.html import screen, title
from backprop_lab.drawing.markup import Markup, answered, element, plain, signed
from backprop_lab.drawing.picture import Event, Picture, Press, Select, Turn, beside, refuse
from backprop_lab.quantities import Quantity, inputs, parameters, selectable, targets
from backprop_lab.validation import positive

GRADIENT_SCALE = 0.2
MANY = 100
MOST, FEW = 16, 4  # rows of sliders that fit on one screen; of parameters as few as that, whatever else there is


@dataclass(frozen=True)
class Explorer:
    """What the explorer shows: the case and η as they are now and as they began, and every cost on the way."""

    case: Case
    start: Case
    costs: tuple[float, ...]
    learning_rate: float
    first_rate: float
    selected: str


def begin(case: Case = cases.running, *, selected: str = "", learning_rate: float = 1.0) -> Explorer:
    """Everything a network computes for one example, from x to the cost and back to every gradient.

    Parameters
    ----------
    case : the network; of a batch the first example is shown, the cost and the gradients are those of the batch
    selected : what is selected at first, for instance "w1.2.1" for w[1][2, 1], "b1.2" or "a1.2"; its equations are
        shown. Nothing, if not given.
    learning_rate : of a step, at first

    Raises
    ------
    ValueError : the case has nothing by the key that is selected, or the learning rate is not positive.
    """
    rate = positive("learning_rate", learning_rate)
    return Explorer(case, case, (case.mean_cost,), rate, rate, selectable(selected, case))


def view(state: Explorer) -> Picture:
    """The network and the equations of what is selected; beside them every number that can be turned, with its rate."""
    network = diagram(state.case, selected=state.selected, draggable="waby")
    picture = screen(network, _controls(state), _equations(state), look="bl-explorer")
    return Picture(picture, sentence(state), "The network and its gradients", beside(__file__))


def update(state: Explorer, event: Event) -> Explorer:
    """A number turned, a step taken, something chosen."""
    match event:
        case Turn("learning_rate"):
            return replace(state, learning_rate=event.number)
        case Turn(key):
            return _moved(state, Quantity.read(key).turned(state.case, event.number))
        case Press("step"):
            return _moved(state, state.case.stepped(state.learning_rate))
        case Press("steps"):
            for _ in range(MANY):
                state = _moved(state, state.case.stepped(state.learning_rate))
            return state
        case Press("reset"):
            return begin(state.start, selected=state.selected, learning_rate=state.first_rate)
        case Select(key):
            return replace(state, selected=key)
    return refuse(event)


def sentence(state: Explorer) -> str:
    """What is seen now, in words."""
    said = answered(state.case.forward_pass.prediction[:, 0], state.case.y[:, 0])
    cost, many = plain(state.case.mean_cost, 4), state.case.x.shape[1] > 1
    now = f"In example 0 {said}; the mean cost is {cost}." if many else f"{said.capitalize()}, the cost {cost}."
    return f"{now} {_selection(state)}"


def _moved(state: Explorer, case: Case) -> Explorer:
    return replace(state, case=case, costs=(*state.costs, case.mean_cost))


def _controls(state: Explorer) -> Markup:
    """A row for every input, target, weight and bias; below them the steps, and what has become of the cost."""
    example = [title("the example"), *(_row(state, each) for each in (*inputs(state.case), *targets(state.case)))]
    shown = _within_reach(state)
    layers = [
        part
        for layer in sorted({each.layer for each in shown})
        for part in (
            title(f"layer {layer}", "∂C/∂w, ∂C/∂b"),
            *(_row(state, each) for each in shown if each.layer == layer),
        )
    ]
    rate = row("learning_rate", "η", state.learning_rate, (0.1, 10.0), step=0.1, label="learning rate η")
    steps = buttons(button("step", "one step"), button("steps", f"{MANY} steps"), button("reset", "reset"), rate)
    chart = line("cost since reset", state.costs, unit="change", height=100.0)
    return element("div", rows(*example), rows(*layers), steps, chart)


def _equations(state: Explorer) -> Markup:
    """Those of what is selected; else an invitation, in the room that they will need."""
    if state.selected:
        return equations(state.case, state.selected)
    invitation = "Choose a wire, a bias or a neuron: its equations come here, with their numbers and their code."
    return element("div", element("p", invitation, class_="bl-caption"), class_="bl-equations")


def _within_reach(state: Explorer) -> list[Quantity]:
    """All parameters while they fit on one screen; else those of the layer, or of the neuron, of what is selected."""
    every = list(parameters(state.case))
    chosen = Quantity.read(state.selected) if state.selected else every[-1]
    layer = [each for each in every if each.layer == max(chosen.layer, 1)]
    neuron = [each for each in layer if each.index[0] == chosen.index[0]] or layer
    most = max(FEW, MOST - len(inputs(state.case)) - len(targets(state.case)))
    return next((some for some in (every, layer, neuron) if len(some) <= most), neuron[-most:])


def _row(state: Explorer, quantity: Quantity) -> Markup:
    rate = quantity.rate(state.case) if quantity.letter in "wb" else None
    return row_of(state.case, quantity, rate=rate, scale=GRADIENT_SCALE, on=quantity.key == state.selected)


def _selection(state: Explorer) -> str:
    if not state.selected:
        return "Nothing is selected."
    chosen, case = Quantity.read(state.selected), state.case
    words = f"Selected: {describe(case, state.selected)}"
    if chosen.letter == "a":
        delta = Quantity("delta", chosen.layer, chosen.index)
        return f"{words}, error signal {signed(delta.value(case), 4)}." if chosen.layer else f"{words}."
    rate = chosen.rate(case)
    effect = "raises" if rate > 0 else "lowers"
    felt = "so the cost hardly feels it" if abs(rate) < 5e-6 else f"so a little more of it {effect} the cost"
    return f"{words}; its rate is {signed(rate, 5)}, {felt}."

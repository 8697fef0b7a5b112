"""The explorer: one network and one example, with everything that follows from them, and steps downhill."""

from dataclasses import dataclass, replace

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.markup import element, lowered, plain, raised, signed
from backprop_lab.views import Picture
from backprop_lab.views.chart import Bar, bars, line
from backprop_lab.views.descent import stepped
from backprop_lab.views.diagram import DELTA_SCALE, bias_key, describe, diagram, neuron_key, read_key, weight_key
from backprop_lab.views.strip import strip

GRADIENT_SCALE = 0.2
MANY = 100


@dataclass(frozen=True)
class Explorer:
    """What the explorer shows: the case as it is now, as it began, and every cost on the way."""

    case: Case
    start: Case
    costs: tuple[float, ...]
    learning_rate: float = 1.0
    selected: str = ""


def begin(case: Case, selected: str = "") -> Explorer:
    """The first state for a case."""
    return Explorer(case, case, (case.mean_cost,), selected=selected)


def explorer(state: Explorer) -> Picture:
    """The network, the equations of what is selected, every error signal, every gradient, and the cost so far."""
    left = element(
        "div",
        bars("error signals δ, by layer", error_bars(state.case), scale=DELTA_SCALE, lit=state.selected),
        line("cost since reset", state.costs, unit="change"),
    )
    gradients = bars(
        "gradient ∂C/∂w, ∂C/∂b", gradient_bars(state.case), scale=GRADIENT_SCALE, decimals=5, lit=state.selected
    )
    charts = element("div", left, gradients, class_="bl-row bl-charts")
    picture = element("div", diagram(state.case, selected=state.selected), strip(state.case, state.selected), charts)
    return Picture(picture, sentence(state))


def sentence(state: Explorer) -> str:
    """What is seen now, in words."""
    a, y = state.case.forward_pass.prediction[0, 0], state.case.y[0, 0]
    now = f"The output is {plain(a)}, the target {plain(y)}, the cost {plain(state.case.mean_cost, 4)}."
    return f"{now} {_selection(state)}"


def error_bars(case: Case) -> list[Bar]:
    """δ of every neuron, the output layer last."""
    return [
        Bar(f"δ{raised(layer)}{lowered(j)}", float(case.backward_pass.delta[layer][j, 0]), neuron_key(layer, j))
        for layer in case.parameters.layers
        for j in range(case.parameters.sizes[layer])
    ]


def gradient_bars(case: Case) -> list[Bar]:
    """The gradient of every weight and every bias, neuron by neuron."""
    found = case.backward_pass
    return [
        bar
        for layer, w in case.parameters.w.items()
        for j in range(len(w))
        for bar in (
            *(
                Bar(f"w[{layer}][{j}, {k}]", float(found.nabla_w[layer][j, k]), weight_key(layer, j, k))
                for k in range(w.shape[1])
            ),
            Bar(f"b[{layer}][{j}]", float(found.nabla_b[layer][j, 0]), bias_key(layer, j)),
        )
    ]


def with_parameter(state: Explorer, kind: str, layer: int, index: tuple[int, int], value: float) -> Explorer:
    """The state with one weight or bias set."""
    return _moved(state, turned(state.case, kind, layer, index, value))


def turned(case: Case, kind: str, layer: int, index: tuple[int, int], value: float) -> Case:
    """The case with one weight (`w`) or bias (`b`) set."""
    return replace(case, parameters=case.parameters.with_entry(kind, layer, index, value))


def with_example(state: Explorer, which: str, j: int, value: float) -> Explorer:
    """The state with one input (`x`) or one target (`y`) set."""
    array = np.array(getattr(state.case, which))
    array[j, 0] = value
    return _moved(state, replace(state.case, **{which: array}))


def reset(state: Explorer) -> Explorer:
    """Everything as it began, what is selected and the learning rate apart."""
    return replace(begin(state.start, state.selected), learning_rate=state.learning_rate)


def one_step(state: Explorer) -> Explorer:
    """One step of gradient descent."""
    return _moved(state, stepped(state.case, state.learning_rate))


def many_steps(state: Explorer) -> Explorer:
    """A hundred of them."""
    for _ in range(MANY):
        state = one_step(state)
    return state


def _moved(state: Explorer, case: Case) -> Explorer:
    return replace(state, case=case, costs=(*state.costs, case.mean_cost))


def _selection(state: Explorer) -> str:
    if not state.selected:
        return "Nothing is selected."
    kind, layer, j, *k = read_key(state.selected)
    words = f"Selected: {describe(state.case, state.selected)}"
    found = state.case.backward_pass
    if kind == "a":
        return f"{words}, error signal {signed(found.delta[layer][j, 0], 4)}." if layer else f"{words}."
    rate = float(found.nabla_w[layer][j, k[0]] if kind == "w" else found.nabla_b[layer][j, 0])
    shown = signed(rate, 5)
    effect = "raises" if rate > 0 else "lowers"
    felt = f"so a little more of it {effect} the cost" if float(plain(abs(rate), 5)) else "so the cost hardly feels it"
    return f"{words}; its gradient is {shown}, {felt}."

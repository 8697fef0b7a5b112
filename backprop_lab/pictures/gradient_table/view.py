"""The network with the equation of a cell; beside it what moves the two factors of that cell, and the table."""

from collections.abc import Sequence

import numpy as np

from backprop_lab.derivations.place import Place
from backprop_lab.drawing.controls import button, buttons, menu, row, rows, tick
from backprop_lab.drawing.diagram import diagram
from backprop_lab.drawing.equations import bias_gradient, weight_gradient
from backprop_lab.drawing.html import code, screen, title
from backprop_lab.drawing.markup import Markup, element, fragment, signed
from backprop_lab.drawing.networks import room
from backprop_lab.drawing.picture import Picture, beside
from backprop_lab.pictures.gradient_table import state as states
from backprop_lab.pictures.gradient_table.state import ETA, GradientTable, dead_columns, dead_rows, gradient
from backprop_lab.pictures.gradient_table.table import LINES, table
from backprop_lab.quantities import Quantity

WIDTH = 600.0
ENDS, STEPS = {"a": (-2.0, 2.0), "z": (-10.0, 10.0)}, {"a": 0.01, "z": 0.1}


def view(state: GradientTable) -> Picture:
    """The network, and the equation of what is selected; beside them the table of one layer, and what moves it."""
    network = diagram(
        state.case,
        example=state.example,
        selected=state.chosen.key,
        lit=[each.key for each in _factors(state)],
        draggable="wba",
        width=WIDTH,
    )
    controls = element("div", _choices(state), _sliders(state), table(state))
    picture = screen(room(network, state.offered, width=WIDTH), controls, _equation(state), look="bl-gradient")
    return Picture(picture, sentence(state), "The multiplication table of the gradient", beside(__file__))


def sentence(state: GradientTable) -> str:
    """What is seen now, in words."""
    dead = _dead("Row", dead_rows(state), "δ") + _dead("Column", dead_columns(state), "activation")
    return f"Layer {state.layer}, {_which(state)}. {_selection(state)} {dead or _went(state) or _least(state)}".strip()


def _which(state: GradientTable) -> str:
    if state.mean:
        return f"the mean over {state.m} examples; the network shows example {state.example}"
    return f"example {state.example} alone" if state.m > 1 else "its gradient table"


def _selection(state: GradientTable) -> str:
    value = signed(gradient(state)[state.j, state.column], 5)
    if state.mean:
        return f"Selected: {state.chosen.code}. The mean of its {state.m} products is {value}."
    delta, a = signed(state.delta[state.j, 0], 6), "1" if state.bias else signed(state.a[state.k, 0])
    return f"Selected: {state.chosen.code}. δ {delta} times {a} is {value}."


def _least(state: GradientTable) -> str:
    values = gradient(state)[:, 1:]
    j, k = (int(at) for at in np.unravel_index(np.abs(values).argmin(), values.shape))
    least = Quantity("w", state.layer, (j, k))
    return f"Of its weights the one that moves the cost least is {least.code}, {signed(values[j, k], 5)}."


def _went(state: GradientTable) -> str:
    """Which weight the step moved most."""
    if (moves := states.moves(state)) is None:
        return ""
    j, k = (int(at) for at in np.unravel_index(np.abs(moves[:, 1:]).argmax(), moves[:, 1:].shape))
    most = Quantity("w", state.layer, (j, k))
    return f"Of its weights the step moved {most.code} most, by {signed(moves[j, k + 1], 5)}."


def _dead(what: str, which: Sequence[int], factor: str) -> str:
    if not which:
        return ""
    several = len(which) > 1
    names = " and ".join(filter(None, [", ".join(map(str, which[:-1])), str(which[-1])]))
    if several:
        return f"{what}s {names} are dead: each {factor} is next to nothing. "
    return f"{what} {names} is dead: its {factor} is next to nothing. "


def _factors(state: GradientTable) -> list[Quantity]:
    """The neurons whose numbers the selected cell is the product of."""
    row = Quantity("a", state.layer, (state.j,))
    return [row] if state.bias else [row, Quantity("a", state.layer - 1, (state.k,))]


def _choices(state: GradientTable) -> Markup:
    """Which network, layer and example; one step, and back to the start."""
    many = state.m > 1
    which = buttons(
        menu("network", "network", [*state.offered], state.network),
        menu("layer", "layer", state.case.parameters.layers, state.layer),
        menu("example", "example", range(state.m), state.example) if many else "",
    )
    act = buttons(
        button("step", f"one step, η = {ETA:g}"),
        button("reset", "reset", on=state.case is not state.start),
        tick("mean", f"mean over all {state.m}", state.mean) if many else "",
    )
    return fragment(which, act)


def _sliders(state: GradientTable) -> Markup:
    """What stands at the head of the column and of the row, in the example that the network shows."""
    whose = f" of example {state.example}" if state.m > 1 else ""
    turns = [
        row(
            each.code,
            each.code,
            each.value(state.case, state.example),
            ENDS[each.letter],
            step=STEPS[each.letter],
            label=f"{each.code}{whose}, head of the {what}",
        )
        for what, each in (("column", states.above(state)), ("row", states.beside(state)))
    ]
    note = f"z is moved by its bias{', for every example' if state.m > 1 else ''}"
    return fragment(title(f"heads{whose}" if whose else "heads of column and row", note), rows(*turns))


def _equation(state: GradientTable) -> Markup:
    """BP3 or BP4 of the selected parameter in numbers; of a batch, the code that takes the mean."""
    place = Place(state.case, state.layer, state.j, state.k, state.example)
    alone = bias_gradient if state.bias else weight_gradient
    return element("div", _mean(state) if state.mean else alone(place), class_="bl-equations bl-ruling")


def _mean(state: GradientTable) -> Markup:
    layer, delta = state.layer, state.delta[state.j]
    a = np.ones_like(delta) if state.bias else state.a[state.k]
    line = f"nabla_w[{layer}] = delta[{layer}] @ a[{layer - 1}].T / m"
    if state.bias:
        line = f"nabla_b[{layer}] = delta[{layer}].mean(axis=1, keepdims=True)"
    products = [f"({signed(d, 4)})\N{WORD JOINER}({signed(each)})" for d, each in zip(delta, a, strict=True)]
    if len(products) > LINES:
        products[LINES - 1 :] = ["…"]
    value = signed(gradient(state)[state.j, state.column], 5)
    mean = f"] / {state.m} = {value}".replace(" ", "\N{NO-BREAK SPACE}")  # no line begins with the bracket
    return fragment(element("p", f"[{' + '.join(products)}{mean}"), code(line))

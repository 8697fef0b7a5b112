"""BP4 as a multiplication table: δ down the side, activations along the top, a gradient where they cross."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from backprop_lab.drawing.markup import Markup, element, fragment, plain, signed
from backprop_lab.views import Picture
from backprop_lab.views.diagram import DELTA, A, Z, bar, bias_key, diagram, neuron_key, subscript, weight_key
from backprop_lab.views.strip import Place, bias_gradient, weight_gradient
from backprop_lab.views.table_state import Table, dead_columns, dead_rows, examples, gradient

WIDTH, LEFT, ROW, LINE = 700.0, 188.0, 62.0, 18.0


def table(state: Table) -> Picture:
    """The network, the table of one layer, and the equation of what is selected."""
    network = diagram(
        state.case, example=examples(state)[0], selected=state.selected, lit=_lit(state), rows=(Z, A, DELTA)
    )
    return Picture(element("div", network, _table(state), _equation(state)), sentence(state))


def sentence(state: Table) -> str:
    """What is seen now, in words."""
    values = gradient(state)
    j, k = np.unravel_index(np.abs(values[:, 1:]).argmin(), values[:, 1:].shape)
    rows, columns = dead_rows(state), dead_columns(state)
    dead = [f"Row {j} is dead: its δ is next to nothing." for j in rows]
    dead += [f"Column {k} is dead: its activation is next to nothing." for k in columns]
    least = f"The weight that moves the cost least is w[{state.layer}][{j}, {k}], {signed(values[j, k + 1], 5)}."
    return f"Layer {state.layer}, {_which(state)}. {_selection(state)} {' '.join(dead) or least}"


def _which(state: Table) -> str:
    if state.case.x.shape[1] == 1:
        return "its gradient table"
    return f"the mean over {state.case.x.shape[1]} examples" if state.mean else f"example {examples(state)[0]} alone"


def _selection(state: Table) -> str:
    value = signed(gradient(state)[state.j, state.column], 5)
    name = f"b[{state.layer}][{state.j}]" if state.column == 0 else f"w[{state.layer}][{state.j}, {state.k}]"
    if len(examples(state)) > 1:
        return f"Selected: {name}. The mean of its {len(examples(state))} products is {value}."
    delta, a = signed(state.delta[state.j, 0], 6), "1" if state.column == 0 else signed(state.a[state.k, 0])
    return f"Selected: {name}. δ {delta} times {a} is {value}."


def _lit(state: Table) -> tuple[str, ...]:
    """What the selected cell is the product of."""
    row = neuron_key(state.layer, state.j)
    return (row,) if state.column == 0 else (row, neuron_key(state.layer - 1, state.k))


def _table(state: Table) -> Markup:
    values, scale = gradient(state), state.scale
    head = 40 + LINE * len(_pairs(examples(state))) + 12
    height = head + ROW * len(values) + 26
    parts = [
        _corner(state, head),
        *(_column(state, column, head) for column in range(values.shape[1])),
        *(_row(state, j, head + ROW * j) for j in range(len(values))),
        *(_cell(state, j, column, head, scale) for j in range(len(values)) for column in range(values.shape[1])),
        element("text", f"a full bar: {scale:g}; a longer one is cut off", x=12.0, y=height - 8, class_="bl-caption"),
    ]
    viewbox, name = f"0 0 {WIDTH:g} {height:g}", _in_words(state)
    return element("svg", *parts, viewBox=viewbox, role="img", aria_label=name, class_="bl-chart")


def _in_words(state: Table) -> str:
    """The table row by row, for who cannot see it; its cells are chosen in the network."""
    rows = (
        f"row {j}: b {signed(values[0], 5)}, w {', '.join(signed(value, 5) for value in values[1:])}"
        for j, values in enumerate(gradient(state))
    )
    return f"The gradient of layer {state.layer}. {'; '.join(rows)}."


def _corner(state: Table, head: float) -> Markup:
    """What the table is of; of several examples, in which order the margins hold them."""
    shown = examples(state)
    order = " / ".join(" ".join(map(str, pair)) for pair in _pairs(shown))
    words, notes = "δ · a", ["∂C/∂w and ∂C/∂b"]
    if len(shown) > 1:
        words, notes = "mean of δ · a", [f"examples {order}", "network: example 0"]
    return fragment(
        element("text", f"layer {state.layer}: {words}", x=12.0, y=20.0, class_="bl-strong"),
        *(element("text", note, x=12.0, y=42 + LINE * at, class_="bl-caption") for at, note in enumerate(notes)),
        element("line", x1=12.0, x2=WIDTH - 8, y1=head - 6, y2=head - 6, class_="bl-zero"),
    )


def _column(state: Table, column: int, head: float) -> Markup:
    """The head of a column: 1 for the biases, an activation of the previous layer for the weights."""
    cell, k, letter = _cell_width(state), column - 1, "a" if state.layer > 1 else "x"
    values = [signed(value) for value in state.a[k]] if column else ["1"] * len(examples(state))
    title = [letter, subscript(k)] if column else ["for b"]
    heading = _text(*title, y=20.0, class_="bl-symbol" if column else "bl-caption")
    numbers = [_text(" ".join(pair), y=44 + LINE * at, class_="bl-value") for at, pair in enumerate(_pairs(values))]
    ground = _ground(-cell / 2, 2, cell, head - 12, column == state.column)
    return element(
        "g",
        *(ground, heading, *numbers),
        transform=f"translate({_x(state, column):g} 0)",
        data_pick=neuron_key(state.layer - 1, k) if column else None,
        data_key=f"head.{column}",
    )


def _row(state: Table, j: int, y: float) -> Markup:
    """The head of a row: the δ of a neuron, one for each example."""
    lines = [" ".join(pair) for pair in _pairs([signed(value, 4) for value in state.delta[j]])]
    top = y + ROW / 2 + 5 - LINE * (len(lines) - 1) / 2
    numbers = [
        element("text", line, x=LEFT - 12, y=top + LINE * at, text_anchor="end", class_="bl-value")
        for at, line in enumerate(lines)
    ]
    name = element("text", "δ", subscript(j), x=18.0, y=y + ROW / 2 + 5, class_="bl-symbol")
    ground = _ground(8, y + 2, LEFT - 14, ROW - 8, j == state.j)
    return element("g", ground, name, *numbers, data_pick=neuron_key(state.layer, j), data_key=f"side.{j}")


def _cell(state: Table, j: int, column: int, head: float, scale: float) -> Markup:
    x, y, value, wide = _x(state, column), head + ROW * j, float(gradient(state)[j, column]), _cell_width(state)
    key = weight_key(state.layer, j, column - 1) if column else bias_key(state.layer, j)
    chosen = (j, column) == (state.j, state.column)
    box = element("rect", x=x - wide / 2 + 3, y=y + 2, width=wide - 6, height=ROW - 8, rx=8, class_="bl-tag")
    number = _text(signed(value, 5), x=x, y=y + 27, class_="bl-value")
    drawn = bar(x, y + 38, value, scale, wide / 2 - 14)
    return element("g", box, number, drawn, data_pick=key, data_key=f"cell.{key}", class_="bl-on" if chosen else None)


def _equation(state: Table) -> Markup:
    """BP3 or BP4 of the selected parameter in numbers; of a batch, the code that takes the mean."""
    if len(examples(state)) > 1:
        return _mean(state)
    place = Place(state.case, examples(state)[0], state.layer, state.j, state.k)
    return element("div", bias_gradient(place) if state.column == 0 else weight_gradient(place), class_="bl-rule")


def _mean(state: Table) -> Markup:
    code = f"nabla_w[{state.layer}] = delta[{state.layer}] @ a[{state.layer - 1}].T / m"
    if state.column == 0:
        code = f"nabla_b[{state.layer}] = delta[{state.layer}].mean(axis=1, keepdims=True)"
    products = [f"({signed(delta, 4)})\N{WORD JOINER}({signed(a)})" for delta, a in zip(*_factors(state), strict=True)]
    value = plain(gradient(state)[state.j, state.column], 5)
    mean = f"] / {len(products)} = {value}".replace(" ", "\N{NO-BREAK SPACE}")  # no line begins with the bracket
    words = f"[{' + '.join(products)}{mean}"
    return element("div", element("p", words), element("code", code, class_="bl-code"), class_="bl-rule")


def _factors(state: Table) -> tuple[Sequence[float], Sequence[float]]:
    delta = state.delta[state.j]
    return delta, np.ones_like(delta) if state.column == 0 else state.a[state.k]


_text = partial(element, "text", text_anchor="middle")


def _pairs(values: Sequence[Any]) -> list[Sequence[Any]]:
    """The values in twos, as the margins hold those of several examples."""
    return [values[at : at + 2] for at in range(0, len(values), 2)]


def _cell_width(state: Table) -> float:
    return (WIDTH - LEFT - 6) / (1 + state.case.parameters.sizes[state.layer - 1])


def _x(state: Table, column: int) -> float:
    return LEFT + _cell_width(state) * (column + 0.5)


def _ground(x: float, y: float, width: float, height: float, on: bool) -> Markup:
    look = {"class_": "bl-lit"} if on else {"fill": "none", "pointer_events": "all"}
    return element("rect", x=float(x), y=float(y), width=float(width), height=float(height), rx=8, **look)

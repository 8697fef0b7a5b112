"""The stack, and one entry through all of its slices; beside them two matrices in numbers."""

import numpy as np

from backprop_lab.drawing.controls import button, buttons, row, rows
from backprop_lab.drawing.html import code, screen, spark, title
from backprop_lab.drawing.markup import Markup, element, sign_class, signed
from backprop_lab.drawing.picture import Picture, beside
from backprop_lab.drawing.svg import choice
from backprop_lab.pictures.per_example_gradients.stack import scale, stack
from backprop_lab.pictures.per_example_gradients.state import COLLAPSES, PerExample, collapsed
from backprop_lab.validation import Array

FEW = 3  # columns that have room for larger figures
LINE = 26  # pixels of a line with a bar


def view(state: PerExample) -> Picture:
    """The stack and one entry through it; beside them the slice in front, and the one matrix of all."""
    left = element("div", stack(state), _through(state))
    right = element("div", _controls(state), _front(state), _result(state), _code(state))
    return Picture(screen(left, right), sentence(state), "The gradients of single examples", beside(__file__))


def sentence(state: PerExample) -> str:
    """What is in front, the entry we hold, and what became of the stack, in words."""
    (j, k), found = state.entry, collapsed(state)
    held = f"entry [{state.example}, {j}, {k}], neuron {j}, weight from neuron {k}, is"
    value = "" if found is None else signed(found[j, k], 6)
    outcome = COLLAPSES[state.collapse].words.format(value=value, mean=signed(state.stack.mean(axis=0)[j, k], 6))
    return f"Example {state.example}: {held} {signed(state.stack[state.example, j, k], 6)}. {outcome}."


def _controls(state: PerExample) -> Markup:
    last = len(state.stack) - 1
    turn = row("example", "example", state.example, (0, last), step=1, shown=str(state.example))
    ways = [button(f"collapse {way}", way, pressed=way == state.collapse) for way in COLLAPSES]
    return element("div", rows(turn), buttons("collapse", *ways))


def _through(state: PerExample) -> Markup:
    """One entry through the whole stack, then what it becomes."""
    j, k = state.entry
    lines = {f"[{at}, {j}, {k}]": values[j, k] for at, values in enumerate(state.stack)}
    lines |= {name: np.asarray(collapsed(state, name))[j, k] for name in COLLAPSES[state.collapse].rows}
    shown = [_line(state, name, float(value), at == state.example) for at, (name, value) in enumerate(lines.items())]
    room = f"min-height: {LINE * (len(state.stack) + 2)}px"
    table = element("table", *shown, class_="bl-table bl-through")
    return element("div", title(f"entry [·, {j}, {k}] through the stack"), element("div", table, style=room))


def _line(state: PerExample, name: str, value: float, on: bool) -> Markup:
    bar, number = element("td", spark(value, scale(state))), element("td", signed(value, 6))
    return element("tr", element("th", name, scope="row"), bar, number, class_="bl-on" if on else None)


def _front(state: PerExample) -> Markup:
    """The slice in front as a multiplication table."""
    at = state.example
    heads = state.delta[:, at], state.a[:, at]
    return _table(state, f"slice {at} = δ aᵀ of example {at}", state.stack[at], heads, selectable=True)


def _result(state: PerExample) -> Markup:
    """What the stack is collapsed to."""
    found, way = collapsed(state), COLLAPSES[state.collapse]
    heads = (state.delta.mean(axis=1), state.a.mean(axis=1)) if way.outer else None
    return _table(state, way.name, np.full(state.stack.shape[1:], np.nan) if found is None else found, heads)


def _table(
    state: PerExample, name: str, values: Array, heads: tuple[Array, Array] | None, *, selectable: bool = False
) -> Markup:
    """A matrix, with δ and a at its rows and columns if it is their product; the entry we hold is lit."""
    n, before = values.shape
    sides = [f"δ {signed(d, 4)}" for d in heads[0]] if heads else [f"j = {j}" for j in range(n)]
    tops = [f"a {signed(a, 3)}" for a in heads[1]] if heads else [f"k = {k}" for k in range(before)]
    body = [[_cell(state, values, j, k, selectable) for k in range(before)] for j in range(n)]
    rows = [element("tr", element("th", side, scope="row"), *cells) for side, cells in zip(sides, body, strict=True)]
    head = element("tr", element("td"), *(element("th", top, scope="col") for top in tops))
    look = f"bl-table bl-slice{' bl-small' * (before > FEW)}"
    return element("table", element("caption", name), head, *rows, class_=look)


def _cell(state: PerExample, values: Array, j: int, k: int, selectable: bool) -> Markup:
    on = (j, k) == state.entry
    shown, look = ("?", None) if np.isnan(values[j, k]) else (signed(values[j, k], 6), sign_class(values[j, k]))
    marks = choice(f"entry {j},{k}", f"entry [{state.example}, {j}, {k}], {shown}", on) if selectable else {}
    return element("td", element("span", shown, class_=look, **marks), class_="bl-on" if on else None)


def _code(state: PerExample) -> Markup:
    names = {"delta": f"delta[{state.layer}]", "a": f"a[{state.layer - 1}]"}
    return code(COLLAPSES[state.collapse].code.format(**names))

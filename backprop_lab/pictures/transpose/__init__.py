"""Why w is transposed on the way back: the column of what leads out of a neuron becomes a row, which meets δ."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.drawing.controls import button, buttons
from backprop_lab.drawing.html import code, screen
from backprop_lab.drawing.markup import Markup, counted, element, fragment, lowered, raised, signed
from backprop_lab.drawing.mathml import equation, joined, number, row, times
from backprop_lab.drawing.networks import AtNeuron, hidden_neuron
from backprop_lab.drawing.picture import Event, Picture, Press, beside
from backprop_lab.drawing.svg import box, choice, drag, sheet, text
from backprop_lab.validation import Array

MOST = 4  # neurons in a layer whose numbers have room
CELL, HIGH = 66.0, 46.0  # of an entry
LEFT, TOP, BELOW = 12.0, 34.0, 28.0
DELTA, SUM, APART = 84.0, 206.0, 36.0  # width of δ, of a sum, and what lies between two matrices
HOOK = 6.0  # of a bracket
NAMED = 118.0  # what the name of the matrix and its shape take: a column alone is narrower
WIDTH = LEFT + 3 * CELL + DELTA + SUM + 2 * APART + HOOK


@dataclass(frozen=True)
class Transpose(AtNeuron):
    """A network as it is now, a hidden layer whose weights onward are written out, and its neuron that is lit.

    Parameters
    ----------
    flipped : whether the matrix is transposed
    """

    flipped: bool = False

    @property
    def w(self) -> Array:
        """The weights that lead out of the layer, shape (n_next, n)."""
        return self.case.parameters.w[self.layer + 1]


def begin(case: Case = cases.wide, *, neuron: str = "a1.1") -> Transpose:
    """The weights onward as a matrix with one column lit; flipped over its diagonal the column is a row, and meets δ.

    Parameters
    ----------
    case : the network it begins on, with at most 4 neurons in a layer; the learner may change to another
    neuron : the hidden neuron whose column is lit at first, for instance "a1.2" for neuron 2 of layer 1

    Raises
    ------
    ValueError : a layer has more neurons, or there is no such hidden neuron.
    """
    where = hidden_neuron(case, neuron, MOST)
    return Transpose.begun(case, where.layer, where.index[0])


def update(state: Transpose, event: Event) -> Transpose:
    """Another network, layer or neuron; the matrix flipped; a weight turned."""
    match event:
        case Press("transpose"):
            return replace(state, flipped=not state.flipped)
    return state.updated(event)


def view(state: Transpose) -> Picture:
    """The product, and beside it the entry of the neuron that is lit."""
    picture = screen(_drawing(state), fragment(_controls(state), _entry(state)))
    return Picture(picture, sentence(state), "The weights, transposed", beside(__file__))


def sentence(state: Transpose) -> str:
    """What is seen now, in words."""
    (spoken, n), name = state.w.shape, f"w[{state.layer + 1}]"
    weights = "weight" if spoken == 1 else "weights"
    lit = ", ".join(signed(float(each)) for each in state.w[:, state.j])
    if not state.flipped:
        fits = "do not fit" if n != spoken else f"fit, and give the {'right' if _symmetric(state) else 'wrong'} sums"
        return (
            f"The matrix {name} has {counted(spoken, 'row')} and {counted(n, 'column')}. Column {state.j} is lit, the"
            f" {weights} out of neuron {state.j}: {lit}. Beside δ, {spoken} × 1, the shapes {fits}."
        )
    total = signed(float(state.w[:, state.j] @ state.delta_next), 4)
    return (
        f"The transpose of {name} has {counted(n, 'row')} and {counted(spoken, 'column')}. Row {state.j} is lit, the"
        f" {weights} out of neuron {state.j}: {lit}. Times δ it gives {total}."
    )


def _symmetric(state: Transpose) -> bool:
    """Whether the matrix is its own transpose, as the one of a single weight is: then both products are the same."""
    return np.array_equal(state.w, state.w.T)


def _controls(state: Transpose) -> Markup:
    flip = button("transpose", "flip it back" if state.flipped else "flip it over its diagonal")
    return fragment(state.menus, buttons(flip))


def _entry(state: Transpose) -> Markup:
    """The lit entry of the product: a sum, which runs down a column of w, along a row of its transpose."""
    after, j = state.layer + 1, state.j
    pairs = zip(state.w[:, j].tolist(), state.delta_next.tolist(), strict=True)
    written = [row(f"w^{after}_{i},{j} δ^{after}_{i}") for i in range(len(state.delta_next))]
    value = number(float(state.w[:, j] @ state.delta_next), 4, result=True)
    shown = (
        equation(f"∑_i w^{after}_i,{j} δ^{after}_i =", joined(written, "+")),
        equation("=", joined([times(w, delta, 2, 4) for w, delta in pairs], "+"), "=", value),
        code(f"(w[{after}].T @ delta[{after}])[{j}]"),
        code(f"w[{after}][:, {j}] @ delta[{after}]", shapes="the same: down the column"),
    )
    return element("div", *shown, class_="bl-equations bl-entrywise")


def _drawing(state: Transpose) -> Markup:
    spoken, n = state.w.shape
    down, across = (n, spoken) if state.flipped else (spoken, n)
    side = max(max(case.parameters.sizes[1:]) for case in state.offered.values())
    width, height = max(WIDTH, WIDTH + (side - 3) * CELL), TOP + side * HIGH + BELOW
    end = LEFT + max(across * CELL, NAMED)
    delta = end + APART
    made = delta + DELTA + APART
    name = f"(w{raised(state.layer + 1)})ᵀ" if state.flipped else f"w{raised(state.layer + 1)}"
    shape = f"{down} × {across}"
    return sheet(
        width,
        height,
        text(LEFT, 20, name, look="strong"),
        text(end, 20, shape, look="caption", to="end"),
        _brackets(LEFT, across * CELL, down),
        _strip(state),
        *_entries(state),
        *_heads(state),
        *_column(delta, state),
        text(delta + DELTA + APART / 2, TOP + max(down, spoken) * HIGH / 2 + 5, "=" * state.flipped, to="middle"),
        *_sums(made, state),
    )


def _brackets(x: float, wide: float, down: int) -> Markup:
    high = down * HIGH
    path = f"M{x + HOOK:g} {TOP:g}h{-HOOK:g}v{high:g}h{HOOK:g}M{x + wide - HOOK:g} {TOP:g}h{HOOK:g}v{high:g}h{-HOOK:g}"
    return element("path", d=path, class_="bl-bracket")


def _strip(state: Transpose) -> Markup:
    """What lights the column, or the row that it has become."""
    spoken, j = len(state.w), state.j
    if state.flipped:
        return box(LEFT + 3, TOP + j * HIGH + 3, spoken * CELL - 6, HIGH - 6, "strip", rx=8)
    return box(LEFT + j * CELL + 3, TOP + 3, CELL - 6, spoken * HIGH - 6, "strip", rx=8)


def _entries(state: Transpose) -> Iterator[Markup]:
    """Every weight, each a node that moves to its place on the other side of the diagonal."""
    after, (spoken, n) = state.layer + 1, state.w.shape
    for i in range(spoken):
        for j in range(n):
            x, y = (i, j) if state.flipped else (j, i)
            place = f"transform: translate({LEFT + x * CELL:g}px, {TOP + y * HIGH:g}px)"
            key, value = f"w{after}.{i}.{j}", float(state.w[i, j])
            look = f"bl-moving{' bl-strong' if j == state.j else ''}"
            yield element(
                "g",
                box(4, 4, CELL - 8, HIGH - 8, fill="none", pointer_events="all"),
                text(CELL / 2, 18, f"w{lowered(i)}{lowered(j)}", look="caption", to="middle"),
                text(CELL / 2, 37, signed(value), look="value", to="middle"),
                class_=look,
                style=place,
                data_key=key,
                data_pick=f"a{state.layer}.{j}",
                **drag(key, value, -3.0, 3.0),
            )


def _heads(state: Transpose) -> Iterator[Markup]:
    """Below each column its neuron, or beside each row; they choose what is lit."""
    spoken, n = state.w.shape
    for j in range(n):
        key, on = f"a{state.layer}.{j}", j == state.j
        x, y = (
            (spoken * CELL + APART / 2, j * HIGH + HIGH / 2 + 5)
            if state.flipped
            else (j * CELL + CELL / 2, spoken * HIGH + 20)
        )
        words = f"{'row' if state.flipped else 'column'} {j}, out of neuron {j}"
        held = box(-14, -15, 28, 22, "grip", rx=11)
        yield element(
            "g",
            held,
            text(0, 1, str(j), look="strong" if on else "caption", to="middle"),
            style=f"transform: translate({LEFT + x:g}px, {TOP + y:g}px)",
            class_=f"bl-moving{' bl-on' if on else ''}",
            **choice(key, words, on),
        )


def _column(x: float, state: Transpose) -> Iterator[Markup]:
    """δ of the next layer."""
    spoken = len(state.delta_next)
    yield text(x, 20, f"δ{raised(state.layer + 1)}", look="strong")
    yield text(x + DELTA, 20, f"{spoken} × 1", look="caption", to="end")
    yield _brackets(x, DELTA, spoken)
    for i, value in enumerate(state.delta_next.tolist()):
        y = TOP + i * HIGH
        yield text(x + DELTA / 2, y + 18, f"δ{lowered(i)}", look="caption", to="middle")
        yield text(x + DELTA / 2, y + 37, signed(value, 4), look="value", to="middle")


def _sums(x: float, state: Transpose) -> Iterator[Markup]:
    """The column of sums, or why there is none."""
    spoken, n = state.w.shape
    if not state.flipped:
        middle = TOP + spoken * HIGH / 2
        words = f"{counted(n, 'column')} meet{'s' * (n == 1)} {counted(spoken, 'row')}"
        along = "they fit: w is symmetric" if _symmetric(state) else "they fit, but sum along rows"
        told = "they do not fit" if n != spoken else along
        yield text(x, middle - 4, words, look="caption")
        yield text(x, middle + 16, told, look="strong")
        return
    yield text(x + SUM, 20, f"{n} × 1", look="caption", to="end")
    yield _brackets(x, SUM, n)
    for j in range(n):
        y, on = TOP + j * HIGH, j == state.j
        if on:
            yield box(x + 3, y + 3, SUM - 6, HIGH - 6, "strip", rx=8)
        terms = " + ".join(f"w{lowered(i)}{lowered(j)}δ{lowered(i)}" for i in range(spoken))
        value = signed(float(state.w[:, j] @ state.delta_next), 4)
        yield text(x + SUM / 2, y + 18, terms, look="caption", to="middle")
        yield text(x + SUM / 2, y + 37, value, look=f"{'strong bl-' if on else ''}value", to="middle")

"""How row times column looks: w at the left, a above, and where row and column cross the z they make."""

from collections.abc import Iterator
from typing import Any

from backprop_lab.drawing.controls import button, buttons
from backprop_lab.drawing.diagram import A, Z, diagram, layout
from backprop_lab.drawing.html import code, screen
from backprop_lab.drawing.markup import Markup, counted, element, fragment, sign_class, signed
from backprop_lab.drawing.mathml import bracket, broken, equation, number, row, times
from backprop_lab.drawing.picture import Picture
from backprop_lab.drawing.svg import box, choice, ground, sheet, text
from backprop_lab.pictures.row_times_column.state import Product
from backprop_lab.quantities import Quantity

CELL, TALL, GAP, EDGE = 66.0, 34.0, 26.0, 54.0  # of a number: its width and height; between arrays; for names
SCALE = 1.1  # largest size on the page, as a multiple of the drawing's own units


def view(state: Product) -> Picture:
    """The arrays where they meet, and below them the network with the wires of the row; the products of the cell."""
    picture = screen(_sheet(state), _controls(state), _network(state))
    return Picture(picture, sentence(state), "Row times column")


def sentence(state: Product) -> str:
    """What meets what, and what it gives."""
    products = ", ".join(signed(each) for each in _products(state))
    many = f" All {counted(state.examples, 'column')} are there: each goes the same way." if state.all else ""
    met = f"Row {state.j} of w[{state.layer}] meets column {state.example} of {_name(state)}."
    z = f"z[{state.layer}][{state.j}] = {signed(_value(state, state.j, state.example))}"
    what = "product" if len(_products(state)) == 1 else "products"
    return f"{met} The {what} {products} and the bias {signed(_bias(state).value(state.case))} add up to {z}.{many}"


def _name(state: Product) -> str:
    return "x" if state.layer == 1 else f"a[{state.layer - 1}]"


def _weights(state: Product) -> list[Quantity]:
    """The row's weights."""
    columns = state.case.parameters.sizes[state.layer - 1]
    return [Quantity("w", state.layer, (state.j, k)) for k in range(columns)]


def _incoming(state: Product) -> list[float]:
    """The column's numbers."""
    return [float(each) for each in state.case.forward_pass.a[state.layer - 1][:, state.example]]


def _products(state: Product) -> list[float]:
    return [w.value(state.case) * a for w, a in zip(_weights(state), _incoming(state), strict=True)]


def _bias(state: Product) -> Quantity:
    return Quantity("b", state.layer, (state.j,))


def _value(state: Product, j: int, example: int) -> float:
    return Quantity("z", state.layer, (j,)).value(state.case, example)


def _controls(state: Product) -> Markup:
    """One column or all, on to the next cell; the cell in numbers and in code."""
    switch = button("all", f"all {state.examples} columns at once", pressed=state.all)
    pressed = buttons(button("next", "next cell"), switch if state.examples > 1 else "")
    return fragment(pressed, element("div", *_equations(state), class_="bl-equations"), *_code(state))


def _network(state: Product) -> Markup:
    """Where the cell's wires are."""
    lit = [each.key for each in (*_weights(state), _bias(state))]
    look: dict[str, Any] = {"rows": (Z, A), "width": 480}
    network = diagram(state.case, example=state.example, lit=lit, selectable=False, **look)
    return element("div", network, style=f"max-width: {0.95 * layout(state.case, **look).width:.0f}px")


def _equations(state: Product) -> Iterator[Markup]:
    """Product by product, then the sum with the bias."""
    upper, letter, case = state.layer, "x" if state.layer == 1 else "a", state.case
    above = "" if state.layer == 1 else f"^{state.layer - 1}"
    for k, (w, a) in enumerate(zip(_weights(state), _incoming(state), strict=True)):
        product = number(w.value(case) * a)
        yield equation(f"w^{upper}_{state.j},{k} {letter}{above}_{k} =", times(w.value(case), a), "=", product)
    added = [bracket(number(each)) for each in (*_products(state), _bias(state).value(case))]
    z = number(_value(state, state.j, state.example), result=True)
    yield broken(f"z^{upper}_{state.j} =", added, row("=", z), most=3)


def _code(state: Product) -> Iterator[Markup]:
    layer, name, m = state.layer, _name(state), len(state.columns)
    n_out, n_in = state.case.parameters.w[layer].shape
    bias = f"b[{layer}][{state.j}, 0]"
    yield code(f"w[{layer}][{state.j}, :] @ {name}[:, {state.example}] + {bias}", on=True)
    yield code(
        f"z[{layer}] = w[{layer}] @ {name} + b[{layer}]",
        shapes=f"({n_out}, {m}) = ({n_out}, {n_in}) @ ({n_in}, {m}) + ({n_out}, 1)",
    )


def _sheet(state: Product) -> Markup:
    """w below left, b beside it, a above right, z where they cross; bands show the row and the column."""
    rows, columns = state.case.parameters.w[state.layer].shape
    at_w, at_b = EDGE, EDGE + columns * CELL + GAP
    at_z, top = at_b + CELL + GAP, EDGE - 20
    below = top + columns * TALL + GAP + 12
    width, height = at_z + state.examples * CELL + 10, below + rows * TALL + 8
    y, x = below + state.j * TALL, at_z + state.example * CELL
    drawing = sheet(
        width,
        height,
        box(at_w - 4, y + 2, (at_z - at_w) + state.examples * CELL + 6, TALL - 4, "lit", rx=8),
        box(x + 2, top - 4, CELL - 4, below - top + rows * TALL + 6, "lit", rx=8),
        *_weights_drawn(state, at_w, at_b, below),
        *_columns_drawn(state, at_z, top),
        *_results(state, at_z, below),
        *_brackets(at_w, below, columns, rows),
        *_brackets(at_b, below, 1, rows),
        *_brackets(at_z, top, state.examples, columns),
        *_brackets(at_z, below, state.examples, rows),
        text(at_w + columns * CELL / 2, below - 12, f"w[{state.layer}]", look="caption", to="middle"),
        text(at_b + CELL / 2, below - 12, f"b[{state.layer}]", look="caption", to="middle"),
        text(at_z - 14, top + columns * TALL / 2 + 5, _name(state), look="caption", to="end"),
        text(at_z - 14, top - 10, "example", look="caption", to="end"),
        text(at_z - 13, below + rows * TALL / 2 + 5, "=", look="strong", to="middle"),
        text(at_b - 13, below + rows * TALL / 2 + 5, "+", look="strong", to="middle"),
    )
    return element("div", drawing, style=f"max-width: {SCALE * width:.0f}px", class_="bl-row-times-column")


def _weights_drawn(state: Product, at_w: float, at_b: float, below: float) -> Iterator[Markup]:
    """Each row of w with its bias, as one thing to choose."""
    w, b = state.case.parameters.w[state.layer], state.case.parameters.b[state.layer]
    for j, weights in enumerate(w):
        y = below + j * TALL
        numbers = [_number(at_w + k * CELL, y, float(value)) for k, value in enumerate(weights)]
        says = f"row {j} of w[{state.layer}]: {', '.join(signed(float(each)) for each in weights)}"
        hit = box(at_w, y, len(weights) * CELL, TALL, fill="none", pointer_events="all")
        yield element(
            "g",
            hit,
            text(at_w - 14, y + 22, j, look="caption", to="end"),
            *numbers,
            **choice(f"row.{j}", says, j == state.j),
        )
        yield _number(at_b, y, float(b[j, 0]))


def _columns_drawn(state: Product, at: float, top: float) -> Iterator[Markup]:
    """Each column of a; those that are not there yet are empty."""
    a = state.case.forward_pass.a[state.layer - 1]
    for example, column in enumerate(a.T):
        x = at + example * CELL
        shown = example in state.columns
        numbers = [_number(x, top + k * TALL, float(value), there=shown) for k, value in enumerate(column)]
        what = ", ".join(signed(float(each)) for each in column) if shown else "not there yet"
        hit = box(x, top, CELL, len(column) * TALL, fill="none", pointer_events="all")
        name = text(x + CELL / 2, top - 10, example, look="caption", to="middle")
        says = f"column {example}: {what}"
        yield element("g", hit, name, *numbers, **choice(f"column.{example}", says, example == state.example))


def _results(state: Product, at: float, below: float) -> Iterator[Markup]:
    """Each z; the chosen one has a frame."""
    for j in range(state.rows):
        for example in range(state.examples):
            x, y, on = at + example * CELL, below + j * TALL, (j, example) == (state.j, state.example)
            value = _value(state, j, example)
            frame = ground(x + 3, y + 3, CELL - 6, TALL - 6, on, rx=6)
            there = example in state.columns
            says = f"z[{state.layer}][{j}], example {example}: {signed(value) if there else 'not there yet'}"
            yield element(
                "g", frame, _number(x, y, value, there=there, strong=on), **choice(f"cell.{j}.{example}", says, on)
            )


def _number(x: float, y: float, value: float, *, there: bool = True, strong: bool = False) -> Markup:
    """A number in the middle of its cell, or the place where it will be."""
    if not there:
        return text(x + CELL / 2, y + 22, "·", look="caption", to="middle")
    look = "strong" if strong else "value"
    return element("g", text(x + CELL / 2, y + 22, signed(value), look=look, to="middle"), class_=sign_class(value))


def _brackets(x: float, y: float, columns: int, rows: int) -> Iterator[Markup]:
    """Square brackets around an array."""
    left, right, top, bottom = x - 3, x + columns * CELL + 3, y - 1, y + rows * TALL + 1
    for side, inward in ((left, 7), (right, -7)):
        yield element(
            "path", d=f"M{side + inward:g} {top:g}H{side:g}V{bottom:g}H{side + inward:g}", class_="bl-bracket"
        )

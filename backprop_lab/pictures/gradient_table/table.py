"""The multiplication table itself: its margins, and a number and a bar in each cell."""

from backprop_lab.drawing.diagram import ACTIVATION_SCALE, DELTA_SCALE, INPUT_SCALE
from backprop_lab.drawing.html import legend, marked, math, spark, stacked
from backprop_lab.drawing.markup import Markup, element, signed
from backprop_lab.pictures.gradient_table.state import GradientTable, gradient
from backprop_lab.quantities import Quantity
from backprop_lab.validation import Array

LINES = 4  # examples whose numbers stand in a margin; of more, the first three
FEW, ARROWS = 3, 2  # activations whose table has room for larger figures; for two numbers and an arrow in a cell
LINE, ROW, CAPTION = 70, 48, 22  # heights of a row with all examples, of a row with one, and of the table's title


def table(state: GradientTable) -> Markup:
    """δ down the side, activations along the top; in each cell their product, as a number and as a bar."""
    letter, scale = ("a", ACTIVATION_SCALE) if state.layer > 1 else ("x", INPUT_SCALE)
    tops = [_head("for b", "1"), *(_margin(state, f"{letter}_{k}", a, 2, scale) for k, a in enumerate(state.a))]
    picks = [None, *(Quantity("a", state.layer - 1, (k,)).key for k in range(len(state.a)))]
    head = [
        element("th", top, scope="col", data_pick=pick, class_="bl-on" if at == state.column else None)
        for at, (top, pick) in enumerate(zip(tops, picks, strict=True))
    ]
    words = f"layer {state.layer}: {'mean of ' * state.mean}δ · a"
    read = legend(
        f"A full bar in a cell is {state.scale:g}, above the columns {scale:g}, beside the rows {DELTA_SCALE:g}; one "
        "that would be longer ends in an arrow.",
        "Right of its line a bar is positive, left of it negative.",
        "Below each bar is the weight or bias itself; after a step, "
        + ("by how much it was moved." if len(state.a) > ARROWS else "from where to where it went."),
    )
    drawn = element(
        "table",
        element("caption", words),
        element("tr", element("td"), *head),
        *(_row(state, j, values) for j, values in enumerate(gradient(state))),
        class_=f"bl-table bl-products{' bl-several' * state.mean}{' bl-narrow' * (len(state.a) > FEW)}",
    )
    return element("div", read, drawn, class_="bl-diagram bl-board", style=f"min-height: {_highest(state)}px")


def _highest(state: GradientTable) -> int:
    """What the highest table of all networks on offer needs, so that nothing moves when another is chosen."""
    every = ((max(case.parameters.sizes[1:]) + 1, case.x.shape[1] > 1) for case in state.offered.values())
    return CAPTION + max(rows * (LINE if many else ROW) for rows, many in every)


def _row(state: GradientTable, j: int, values: Array) -> Markup:
    """The δ of a neuron, one for each example, and its products."""
    on = "bl-on" if j == state.j else None
    side = _margin(state, f"δ_{j}", state.delta[j], 4, DELTA_SCALE)
    head = element("th", side, scope="row", data_pick=Quantity("a", state.layer, (j,)).key, class_=on)
    return element("tr", head, *(_cell(state, j, column, float(value)) for column, value in enumerate(values)))


def _margin(state: GradientTable, name: str, values: Array, decimals: int, scale: float) -> Markup:
    """The head of a row or column: its number with a bar, or the numbers of all examples."""
    if not state.mean:
        return _head(math(name), signed(values[0], decimals), spark(float(values[0]), scale))
    lines: list[object] = [marked(signed(value, decimals), at == state.example) for at, value in enumerate(values)]
    shown = lines if len(lines) <= LINES else [*lines[: LINES - 1], "…"]
    return _head(math(name), *shown)


def _head(name: object, *lines: object) -> Markup:
    return element("div", element("div", name), element("div", *stacked(lines)), class_="bl-head")


def _cell(state: GradientTable, j: int, column: int, value: float) -> Markup:
    key = (Quantity("w", state.layer, (j, column - 1)) if column else Quantity("b", state.layer, (j,))).key
    on = "bl-on" if (j, column) == (state.j, state.column) else None
    now = element("div", _parameter(state, Quantity.read(key)), class_="bl-caption bl-now")
    bar = spark(value, state.scale)
    return element("td", signed(value, 5), bar, now, data_pick=key, data_key=f"cell {key}", class_=on)


def _parameter(state: GradientTable, quantity: Quantity) -> str:
    """The weight or bias of a cell; after a step, from where to where it went, or by how much."""
    now = quantity.value(state.case)
    if state.before is None:
        return f"{quantity.letter} {signed(now)}"
    was = quantity.value(state.before)
    return f"by {signed(now - was, 3)}" if len(state.a) > ARROWS else f"{signed(was, 3)} → {signed(now, 3)}"

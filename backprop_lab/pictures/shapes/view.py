"""The cards on offer, below them the product as far as it is built, and how each of its entries is made."""

from collections.abc import Collection

from backprop_lab.drawing.controls import button, buttons, menu
from backprop_lab.drawing.latex import from_latex
from backprop_lab.drawing.markup import Markup, counted, element, fragment, signed
from backprop_lab.drawing.networks import hidden_layers
from backprop_lab.drawing.picture import Picture, beside
from backprop_lab.drawing.svg import choice, line, sheet
from backprop_lab.layer_products import Card, meet
from backprop_lab.pictures.shapes.state import Shapes, product, reached
from backprop_lab.validation import Array

CELL = 10  # of a card's grid, in pixels
GOALS = {"z": "z", "delta": "δ", "nabla_w": fragment("∇", element("sub", "w"))}


def view(state: Shapes) -> Picture:
    """The cards, the table, and the numbers of what clicks together."""
    deck = element("div", *(_on_offer(key, card, state) for key, card in state.cards.items()), class_="bl-deck")
    parts = _controls(state), deck, _built(state), _numbers(state)
    return Picture(
        element("div", *parts, class_="bl-screen"), sentence(state), "Cards and their shapes", beside(__file__)
    )


def sentence(state: Shapes) -> str:
    """The goal, the cards on the table, and whether they meet."""
    goal = state.wanted.card
    return f"Wanted: {goal.code}, {goal.shape}. {_verdict(state)}"


def _verdict(state: Shapes) -> str:
    match state.placed:
        case []:
            return "Choose the card for the left."
        case [left]:
            needs = counted(left.value.shape[1], "row")
            return f"{left.code} is {left.shape}; a card to its right needs {needs}, {left.columns}."
        case [left, right] if not meet(left, right):
            return _gap(left, right)
        case [left, right]:
            return f"{_click(left, right)} {_end(state, left, right)}"
    raise ValueError(f"at most two cards are on the table, got {len(state.placed)}")


def _gap(left: Card, right: Card) -> str:
    columns, rows = left.value.shape[1], right.value.shape[0]
    names = f"{left.code}, {left.rows} × {left.columns}, and {right.code}, {right.rows} × {right.columns}"
    have = f"{counted(columns, 'column')} ({left.columns}) on the left, {counted(rows, 'row')} ({right.rows})"
    return f"{names}, do not click: {have} on the right."


def _click(left: Card, right: Card) -> str:
    number, both = left.value.shape[1], f"{left.code} and {right.code} click together"
    if left.columns == right.rows:
        return f"{both} at {left.columns} = {number}."
    return f"{both}, but by chance: {left.columns} and {right.rows} are both {number}."


def _end(state: Shapes, left: Card, right: Card) -> str:
    goal = state.wanted
    made = left._replace(columns=right.columns, value=left.value @ right.value)
    if made.value.shape != goal.card.value.shape:
        return f"The product is {made.shape}: another shape than {goal.card.code}."
    if not reached(state):
        return f"The shape is right, and still it is not {goal.card.code}: shape is not all."
    return f"This is it: {goal.card.code} = {goal.code.format(f'{left.code} @ {right.code}')}."


def _controls(state: Shapes) -> Markup:
    goals = [button(f"goal {key}", name, pressed=key == state.goal) for key, name in GOALS.items()]
    back = button("back", "all cards back", on=bool(state.chosen))
    return buttons("goal", *goals, menu("layer", "layer", hidden_layers(state.case), state.layer), back)


def _on_offer(key: str, card: Card, state: Shapes) -> Markup:
    away = key in state.chosen
    says = f"card {card.code}, {card.shape}{', on the table: take it back' if away else ''}"
    return element("div", *_face(card), class_=f"bl-card{' bl-away' if away else ''}", **choice(key, says))


def _face(card: Card) -> list[Markup]:
    rows, columns = card.value.shape
    names = element("span", _name(card.rows), " × ", _name(card.columns), class_="bl-caption")
    numbers = element("span", f"{rows} × {columns}", class_="bl-strong")
    return [element("span", from_latex(card.latex)), numbers, names, _grid(card)]


def _name(dimension: str) -> Markup:
    """What a number counts; its line is drawn as the edge that is so long."""
    letter, _, index = dimension.partition("_")
    return element("i", letter, *([element("sub", index)] * bool(index)), class_=f"bl-dim bl-{dimension}")


def _grid(card: Card) -> Markup:
    """The shape as a grid of cells, whose left edge and upper edge are drawn as what they count."""
    rows, columns = card.value.shape
    wide, high = columns * CELL, rows * CELL
    lines = [f"M{x * CELL} 0v{high}" for x in range(columns + 1)] + [f"M0 {y * CELL}h{wide}" for y in range(rows + 1)]
    path = element("path", d="".join(lines), class_="bl-zero", transform="translate(1 1)")
    edges = line(1, 1, 1, high + 1, f"side bl-{card.rows}"), line(1, 1, wide + 1, 1, f"side bl-{card.columns}")
    grid = sheet(wide + 2, high + 2, path, *edges)
    return element("span", grid, style=f"width: {wide + 2}px", aria_hidden="true")


def _built(state: Shapes) -> Markup:
    """goal = [left][right] and what is done to the product; where two cards meet or do not, their two numbers."""
    goal, placed = state.wanted, state.placed
    slots = [element("div", side, class_="bl-slot") for side in ("left", "right")]
    slots[: len(placed)] = [
        element("div", *_face(card), class_="bl-card", **choice(f"placed{at}", f"take back {card.code}"))
        for at, card in enumerate(placed)
    ]
    wanted = element("div", *_face(goal.card), class_=f"bl-card bl-wanted{' bl-on' * reached(state)}")
    parts = [wanted, element("span", "="), slots[0], _joint(placed), slots[1], from_latex(goal.latex)]
    return element("div", *parts, class_=f"bl-built{' bl-clicked' * (product(state) is not None)}")


def _joint(placed: list[Card]) -> Markup:
    """The two numbers that meet or do not, and below them what they count."""
    if len(placed) < 2:
        return element("div", class_="bl-joint")
    left, right = placed
    fits, same = meet(left, right), left.columns == right.rows
    numbers = f"{left.value.shape[1]} {'=' if fits else '≠'} {right.value.shape[0]}"
    names = fragment(_name(left.columns), "" if same else fragment(", ", _name(right.rows)))
    look = "bl-parts" if not fits else "bl-meets" if same else "bl-chance"
    return element("div", element("b", numbers), element("span", names), class_=f"bl-joint {look}")


def _numbers(state: Shapes) -> Markup:
    """The two matrices, their product and what is made of it; of one entry the row and the column it is made of."""
    found = product(state)
    if found is None:
        return element("div", class_="bl-filled")
    (left, right), (i, j), goal = state.placed, state.entry, state.wanted
    parts = [
        _table(left.code, left.value, left.decimals, [(i, k) for k in range(left.value.shape[1])]),
        "@",
        _table(right.code, right.value, right.decimals, [(k, j) for k in range(right.value.shape[0])]),
        "=",
        _table("product", found, 4, [(i, j)], key="entry"),
    ]
    if reached(state):
        parts += [from_latex(goal.latex), "=", _table(goal.card.code, goal.finish(found), 4)]
    row = element("div", *(element("div", part) for part in parts))
    return element("div", row, _sum(state, found), class_="bl-filled")


def _table(name: str, values: Array, decimals: int, lit: Collection[tuple[int, int]] = (), *, key: str = "") -> Markup:
    """A matrix with its name; with a key its entries can be chosen."""

    def cell(i: int, j: int) -> Markup:
        number = signed(float(values[i, j]), decimals)
        mark = choice(f"{key} {i},{j}", f"{key} [{i}, {j}], {number}", (i, j) in lit) if key else {}
        return element("td", element("span", number, **mark), class_="bl-on" if (i, j) in lit else None)

    rows = [element("tr", *(cell(i, j) for j in range(values.shape[1]))) for i in range(values.shape[0])]
    return element("table", element("caption", name), *rows, class_="bl-entries")


def _sum(state: Shapes, found: Array) -> Markup:
    (left, right), (i, j) = state.placed, state.entry
    pairs = zip(left.value[i], right.value[:, j], strict=True)
    products = [f"({signed(a, left.decimals)})\N{WORD JOINER}({signed(b, right.decimals)})" for a, b in pairs]
    value = element("b", signed(float(found[i, j]), 4))
    return element("p", f"row {i} times column {j}: {' + '.join(products)} = ", value)

"""Matrices as cards with their shapes: two click together only in the right order and with the right transpose."""

from backprop_lab.drawing.latex import from_latex
from backprop_lab.drawing.markup import Markup, element
from backprop_lab.views import Picture
from backprop_lab.views.mathml import equation, matrix
from backprop_lab.views.shapes_state import Card, Shapes, cards, goals, meet, placed, product, reached, sentence

CELL = 11  # of a card's grid, in pixels


def shapes(state: Shapes) -> Picture:
    """The cards on offer, and below them the product as far as it is built, with its goal."""
    deck = [_on_offer(key, card, state) for key, card in cards(state.case, state.layer).items()]
    middle = len(deck) // 2
    rows = [element("div", *some, class_="bl-deck") for some in (deck[:middle], deck[middle:])]
    return Picture(element("div", *rows, _built(state), class_="bl-shapes"), sentence(state))


def _on_offer(key: str, card: Card, state: Shapes) -> Markup:
    on = " bl-on" if key in state.chosen else ""
    return element(
        "div", *_face(card), class_=f"bl-card{on}", data_select=key, aria_label=f"card {card.code}, {card.shape}"
    )


def _face(card: Card) -> list[Markup]:
    rows, columns = card.value.shape
    names = [_name(card.rows), " × ", _name(card.columns)]
    return [
        element("div", from_latex(card.latex), class_="bl-face"),
        element("div", *names, class_="bl-caption"),
        element("div", element("span", f"{rows} × {columns}", class_="bl-strong"), _cells(rows, columns)),
    ]


def _name(dimension: str) -> Markup:
    letter, _, index = dimension.partition("_")
    return element("i", letter, *([element("sub", index)] * bool(index)))


def _cells(rows: int, columns: int) -> Markup:
    """The shape as a grid of cells."""
    wide, high = columns * CELL, rows * CELL
    lines = [f"M{x * CELL} 0v{high}" for x in range(columns + 1)] + [f"M0 {y * CELL}h{wide}" for y in range(rows + 1)]
    path = element("path", d="".join(lines), class_="bl-zero")
    return element(
        "svg",
        path,
        viewBox=f"-1 -1 {wide + 2} {high + 2}",
        width=wide + 2,
        height=high + 2,
        aria_hidden="true",
        class_="bl-cells",
    )


def _built(state: Shapes) -> Markup:
    """goal = [left][right] and what is done to the product; where two cards meet or do not, their two numbers."""
    goal, on_table, found = goals(state.case, state.layer)[state.goal], placed(state), product(state)
    slots = [element("div", side, class_="bl-slot") for side in ("left", "right")]
    slots[: len(on_table)] = [_slot(at, card) for at, card in enumerate(on_table)]
    wanted = element("div", *_face(goal.card), class_=f"bl-card bl-wanted{' bl-on' * reached(state)}")
    parts = [wanted, _sign("="), slots[0], _joint(on_table), slots[1], from_latex(goal.latex)]
    line = element("div", *parts, class_="bl-built bl-clicked" if found is not None else "bl-built")
    if found is None:
        return element("div", line, element("div", class_="bl-made"))
    done = goal.finish(found) if reached(state) else found
    says = f"{goal.card.code}, computed:" if reached(state) else "the product of the two:"
    made = element("div", element("span", says), equation(matrix(done, 3)), class_="bl-made")
    return element("div", line, made)


def _slot(at: int, card: Card) -> Markup:
    label = f"take back {card.code}"
    return element("div", *_face(card), class_="bl-card", data_select=f"placed{at}", aria_label=label)


def _joint(on_table: list[Card]) -> Markup:
    if len(on_table) < 2:
        return element("div", class_="bl-joint")
    left, right = on_table
    columns, rows = left.value.shape[1], right.value.shape[0]
    if meet(left, right):
        return element("div", element("span", f"{columns} = {rows}"), class_="bl-joint bl-meets")
    return element("div", element("span", f"{columns} ≠ {rows}"), class_="bl-joint bl-parts")


def _sign(text: str) -> Markup:
    return element("span", text, class_="bl-sign")

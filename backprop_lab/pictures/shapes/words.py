"""What is on the table in words: the goal, whether two cards meet, and what they make."""

from backprop_lab.drawing.markup import counted
from backprop_lab.layer_products import Card, meet
from backprop_lab.pictures.shapes.state import Shapes, reached


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
            return f"{_joint(left, right)} {_end(state, left, right)}"
    raise ValueError(f"at most two cards are on the table, got {len(state.placed)}")


def _gap(left: Card, right: Card) -> str:
    columns, rows = left.value.shape[1], right.value.shape[0]
    names = f"{left.code}, {left.rows} × {left.columns}, and {right.code}, {right.rows} × {right.columns}"
    have = f"{counted(columns, 'column')} ({left.columns}) on the left, {counted(rows, 'row')} ({right.rows})"
    return f"{names}, do not click: {have} on the right."


def _joint(left: Card, right: Card) -> str:
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

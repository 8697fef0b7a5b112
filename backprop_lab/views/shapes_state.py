"""Matrices as cards: which two of them click together, which reach the goal, and why others do not."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.cases import Case


class Card(NamedTuple):
    """A factor on offer: its formula and its code, what its rows and its columns are, and its numbers."""

    latex: str
    code: str
    rows: str
    columns: str
    value: Array

    @property
    def shape(self) -> str:
        """Its shape in names and in numbers."""
        return f"{self.rows} × {self.columns} = {' × '.join(map(str, self.value.shape))}"


class Goal(NamedTuple):
    """What is to be built, and what is done to a product of two cards to make it that."""

    card: Card
    finish: Callable[[Array], Array]
    latex: str
    code: str


@dataclass(frozen=True)
class Shapes:
    """The network and the layer whose arrays are on the cards, the goal, and the keys of the cards chosen so far."""

    case: Case
    layer: int
    goal: str = "z"
    chosen: tuple[str, ...] = ()
    selected: str = ""  # stays empty, so that each click on a card is news


def cards(case: Case, layer: int) -> dict[str, Card]:
    """The arrays around a hidden layer, and their transposes."""
    w, a, delta, after = case.parameters.w, case.forward_pass.a, case.backward_pass.delta, layer + 1
    upright = {
        "w": Card(f"w^{layer}", f"w[{layer}]", "n_out", "n_in", w[layer]),
        "a": Card(f"a^{layer - 1}", f"a[{layer - 1}]", "n_in", "m", a[layer - 1]),
        "delta": Card(rf"\delta^{layer}", f"delta[{layer}]", "n_out", "m", delta[layer]),
        "w_next": Card(f"w^{after}", f"w[{after}]", "n_next", "n_out", w[after]),
        "delta_next": Card(rf"\delta^{after}", f"delta[{after}]", "n_next", "m", delta[after]),
    }
    return upright | {f"{key}.T": _transposed(card) for key, card in upright.items()}


def goals(case: Case, layer: int) -> dict[str, Goal]:
    """The three products of a layer: forward, backward, and the gradient."""
    p, z, back, m = case.parameters, case.forward_pass.z[layer], case.backward_pass, case.x.shape[1]
    sigma_prime = case.hidden.prime(z)
    return {
        "z": Goal(
            Card(f"z^{layer}", f"z[{layer}]", "n_out", "m", z),
            lambda product: product + p.b[layer],
            f"+\\,b^{layer}",
            f"{{}} + b[{layer}]",
        ),
        "δ": Goal(
            Card(rf"\delta^{layer}", f"delta[{layer}]", "n_out", "m", back.delta[layer]),
            lambda product: product * sigma_prime,
            rf"\odot\,\sigma'(z^{layer})",
            f"({{}}) * sigmoid.prime(z[{layer}])",
        ),
        "∇_w": Goal(
            Card(rf"\nabla_{{w^{layer}}}C", f"nabla_w[{layer}]", "n_out", "n_in", back.nabla_w[layer]),
            lambda product: product / m,
            "/\\,m",
            "{} / m",
        ),
    }


def choose(state: Shapes, key: str) -> Shapes:
    """Put a card at the next place, the second one again if both are taken; a placed card is taken back."""
    if not key:
        return state
    if key.startswith("placed"):
        at = int(key.removeprefix("placed"))
        return replace(state, chosen=state.chosen[:at] + state.chosen[at + 1 :])
    return replace(state, chosen=(*state.chosen[:1], key))


def with_goal(state: Shapes, goal: str) -> Shapes:
    """Another goal, and an empty table."""
    return replace(state, goal=goal, chosen=())


def start_over(state: Shapes) -> Shapes:
    """All cards back."""
    return replace(state, chosen=())


def meet(left: Card, right: Card) -> bool:
    """Whether the columns of the left card are as many as the rows of the right one."""
    return left.value.shape[1] == right.value.shape[0]


def placed(state: Shapes) -> list[Card]:
    """The cards on the table, left to right."""
    offered = cards(state.case, state.layer)
    return [offered[key] for key in state.chosen]


def product(state: Shapes) -> Array | None:
    """The product of the two chosen cards, or None while there are not two that click together."""
    on_table = placed(state)
    return on_table[0].value @ on_table[1].value if len(on_table) == 2 and meet(*on_table) else None


def reached(state: Shapes) -> bool:
    """Whether the product is the goal's: the same numbers, not only the same shape."""
    goal, found = goals(state.case, state.layer)[state.goal], product(state)
    if found is None or found.shape != goal.card.value.shape:
        return False
    return bool(np.allclose(goal.finish(found), goal.card.value, rtol=1e-9, atol=1e-12))


def sentence(state: Shapes) -> str:
    """The goal, the cards on the table, and whether they meet, in words."""
    goal = goals(state.case, state.layer)[state.goal].card
    return f"Wanted: {goal.code}, {goal.shape}. {_verdict(state)}"


def _verdict(state: Shapes) -> str:
    on_table = placed(state)
    if not on_table:
        return "Choose the card that stands on the left."
    left = on_table[0]
    if len(on_table) == 1:
        needs = _counted(left.value.shape[1], "row")
        return f"{left.code} is {left.shape}; a card to its right needs {needs}, {left.columns}."
    if not meet(*on_table):
        return _gap(*on_table)
    return f"{left.code} and {on_table[1].code} click together at {left.columns} = {left.value.shape[1]}. " + _end(
        state
    )


def _gap(left: Card, right: Card) -> str:
    columns, rows = left.value.shape[1], right.value.shape[0]
    names = f"{left.code}, {left.rows} × {left.columns}, and {right.code}, {right.rows} × {right.columns}"
    have = f"{_counted(columns, 'column')} ({left.columns}) on the left, {_counted(rows, 'row')} ({right.rows})"
    return f"{names}, do not click: {have} on the right."


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _end(state: Shapes) -> str:
    goal = goals(state.case, state.layer)[state.goal]
    left, right = placed(state)
    made = left._replace(columns=right.columns, value=left.value @ right.value)
    if made.value.shape != goal.card.value.shape:
        return f"The product is {made.shape}: another shape than {goal.card.code}."
    if not reached(state):
        return f"The shape is right, and still it is not {goal.card.code}: shape is not all."
    return f"This is it: {goal.card.code} = {goal.code.format(f'{left.code} @ {right.code}')}."


def _transposed(card: Card) -> Card:
    return Card(f"({card.latex})^T", f"{card.code}.T", card.columns, card.rows, card.value.T)

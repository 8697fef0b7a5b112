"""Matrices as cards: which two of them click together, which reach the goal, and why others do not."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.validation import Array

DEEP_BATCH = replace(cases.deep, x=cases.batch.x, y=cases.batch.y)  # around layer 2 all sizes differ
MOST = 4  # neurons in a layer, and examples, whose numbers have room


class Card(NamedTuple):
    """A factor on offer: its formula and code, what its rows and columns are, its numbers and their decimals."""

    latex: str
    code: str
    rows: str
    columns: str
    value: Array
    decimals: int = 4

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
    """A network, the layer whose arrays are on the cards, the goal, the cards chosen, and an entry of their product."""

    case: Case
    layer: int
    goal: str = "z"
    chosen: tuple[str, ...] = ()
    entry: tuple[int, int] = (0, 0)

    @property
    def cards(self) -> dict[str, Card]:
        """The arrays around the layer, and their transposes."""
        return cards(self.case, self.layer)

    @property
    def placed(self) -> list[Card]:
        """The cards on the table, left to right."""
        return [self.cards[key] for key in self.chosen]

    @property
    def wanted(self) -> Goal:
        """The goal."""
        return goals(self.case, self.layer)[self.goal]


def begin(case: Case = DEEP_BATCH, *, layer: int = 2) -> Shapes:
    """Cards with shapes, of which two make z, δ or the gradient of a layer; they click together or say why not.

    Parameters
    ----------
    case : a network with a hidden layer, and at most 4 neurons in a layer and 4 examples
    layer : the hidden layer whose arrays are on the cards at first

    Raises
    ------
    ValueError : there is no such hidden layer, or no room for so many numbers.
    """
    sizes, m = case.parameters.sizes, case.x.shape[1]
    if layer not in hidden(case):
        raise ValueError(f"layer must be a hidden layer, one of {hidden(case)}, got {layer}")
    if max(*sizes, m) > MOST:
        raise ValueError(f"case must have at most {MOST} neurons in a layer and {MOST} examples, got {sizes} and {m}")
    return Shapes(case, layer)


def hidden(case: Case) -> list[int]:
    """The hidden layers."""
    return [*case.parameters.layers][:-1]


def cards(case: Case, layer: int) -> dict[str, Card]:
    """The arrays around a hidden layer, and their transposes."""
    w, a, delta, after = case.parameters.w, case.forward_pass.a, case.backward_pass.delta, layer + 1
    upright = {
        "w": Card(f"w^{layer}", f"w[{layer}]", "n_out", "n_in", w[layer], 2),
        "a": Card(f"a^{layer - 1}", f"a[{layer - 1}]", "n_in", "m", a[layer - 1], 2),
        "delta": Card(rf"\delta^{layer}", f"delta[{layer}]", "n_out", "m", delta[layer]),
        "w_next": Card(f"w^{after}", f"w[{after}]", "n_next", "n_out", w[after], 2),
        "delta_next": Card(rf"\delta^{after}", f"delta[{after}]", "n_next", "m", delta[after]),
    }
    return upright | {f"{key}.T": _transposed(card) for key, card in upright.items()}


def goals(case: Case, layer: int) -> dict[str, Goal]:
    """The three products of a layer: forward, backward, and the gradient."""
    p, z, back, m = case.parameters, case.forward_pass.z[layer], case.backward_pass, case.x.shape[1]
    return {
        "z": Goal(
            Card(f"z^{layer}", f"z[{layer}]", "n_out", "m", z),
            lambda product: product + p.b[layer],
            f"+\\,b^{layer}",
            f"{{}} + b[{layer}]",
        ),
        "delta": Goal(
            Card(rf"\delta^{layer}", f"delta[{layer}]", "n_out", "m", back.delta[layer]),
            lambda product: product * case.hidden.prime(z),
            rf"\odot\,\sigma'(z^{layer})",
            f"({{}}) * {case.hidden}.prime(z[{layer}])",
        ),
        "nabla_w": Goal(
            Card(rf"\nabla_{{w^{layer}}}C", f"nabla_w[{layer}]", "n_out", "n_in", back.nabla_w[layer]),
            lambda product: product / m,
            "/\\,m",
            "{} / m",
        ),
    }


def choose(state: Shapes, key: str) -> Shapes:
    """Put a card at the next place, the second one again if both are taken; a placed card is taken back."""
    if key in state.chosen:
        return taken_back(state, state.chosen.index(key))
    return replace(state, chosen=(*state.chosen[:1], key), entry=(0, 0))


def taken_back(state: Shapes, at: int) -> Shapes:
    """The left (0) or the right (1) card back among the others."""
    return replace(state, chosen=state.chosen[:at] + state.chosen[at + 1 :])


def meet(left: Card, right: Card) -> bool:
    """Whether the columns of the left card are as many as the rows of the right one."""
    return left.value.shape[1] == right.value.shape[0]


def product(state: Shapes) -> Array | None:
    """The product of the two chosen cards, or None while there are not two that click together."""
    placed = state.placed
    return placed[0].value @ placed[1].value if len(placed) == 2 and meet(*placed) else None


def reached(state: Shapes) -> bool:
    """Whether the product is the goal's: the same numbers, not only the same shape."""
    found, (goal, finish, *_) = product(state), state.wanted
    if found is None or found.shape != goal.value.shape:
        return False
    return bool(np.allclose(finish(found), goal.value, rtol=1e-9, atol=1e-12))


def _transposed(card: Card) -> Card:
    return Card(f"({card.latex})^T", f"{card.code}.T", card.columns, card.rows, card.value.T, card.decimals)

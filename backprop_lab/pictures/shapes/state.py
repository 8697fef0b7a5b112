"""Matrices as cards: which two of them click together, which reach the goal, and why others do not."""

from dataclasses import dataclass, replace

import numpy as np

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.drawing.networks import hidden_layers
from backprop_lab.drawing.picture import Event, Press, Select, Turn, refuse
from backprop_lab.layer_products import Card, Goal, cards, goals, meet
from backprop_lab.validation import Array

DEEP_BATCH = replace(cases.deep, x=cases.batch.x, y=cases.batch.y)  # around layer 2 all sizes differ
MOST = 4  # neurons in a layer, and examples, whose numbers have room


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
    if layer not in hidden_layers(case):
        raise ValueError(f"layer must be a hidden layer, one of {hidden_layers(case)}, got {layer}")
    if max(*sizes, m) > MOST:
        raise ValueError(f"case must have at most {MOST} neurons in a layer and {MOST} examples, got {sizes} and {m}")
    return Shapes(case, layer)


def update(state: Shapes, event: Event) -> Shapes:
    """Another goal or layer, with an empty table; a card placed or taken back; an entry of the product."""
    match event:
        case Turn("layer"):
            return Shapes(state.case, int(event.number), state.goal)
        case Press("back"):
            return Shapes(state.case, state.layer, state.goal)
        case Press(key) if key.removeprefix("goal ") in goals(state.case, state.layer):
            return Shapes(state.case, state.layer, key.removeprefix("goal "))
        case Select(""):
            return state
        case Select("placed0" | "placed1"):
            return taken_back(state, int(event.key[-1]))
        case Select(key) if key in state.cards:
            return choose(state, key)
        case Select(key) if key.startswith("entry "):
            i, j = key.removeprefix("entry ").split(",")
            return replace(state, entry=(int(i), int(j)))
    return refuse(event)


def choose(state: Shapes, key: str) -> Shapes:
    """Put a card at the next place, the second one again if both are taken; a placed card is taken back."""
    if key in state.chosen:
        return taken_back(state, state.chosen.index(key))
    return replace(state, chosen=(*state.chosen[:1], key), entry=(0, 0))


def taken_back(state: Shapes, at: int) -> Shapes:
    """The left (0) or the right (1) card back among the others."""
    return replace(state, chosen=state.chosen[:at] + state.chosen[at + 1 :])


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

"""The arrays around a hidden layer with their dimensions by name, and the products that make z, δ and the gradient."""

from collections.abc import Callable
from typing import NamedTuple

from backprop_lab.cases import Case
from backprop_lab.validation import Array


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


def meet(left: Card, right: Card) -> bool:
    """Whether the columns of the left card are as many as the rows of the right one."""
    return left.value.shape[1] == right.value.shape[0]


def _transposed(card: Card) -> Card:
    return Card(f"({card.latex})^T", f"{card.code}.T", card.columns, card.rows, card.value.T, card.decimals)

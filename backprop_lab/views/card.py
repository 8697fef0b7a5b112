"""The card of four: the equations of backpropagation, each with its meaning and the line of code that computes it."""

import re
from collections.abc import Collection
from typing import NamedTuple

from backprop_lab.drawing.latex import from_latex
from backprop_lab.drawing.markup import Markup, element
from backprop_lab.views import Picture


class Equation(NamedTuple):
    """One of the four: for one neuron (or weight), for a whole layer, as code for a batch, and in words."""

    name: str
    gives: str
    component: str
    layer: str
    code: str
    words: str


EQUATIONS = (
    Equation(
        "BP1",
        "the error signal at the output",
        r"\delta^L_j=\frac{\partial C}{\partial a^L_j}\,\sigma'(z^L_j)",
        r"\delta^L=\nabla_a C\odot\sigma'(z^L)",
        "delta[L] = cost.gradient(a[L], y) * sigma.prime(z[L])",
        "how fast the cost moves with the output, times how fast the output moves with z",
    ),
    Equation(
        "BP2",
        "the error signal one layer back",
        r"\delta^l_j=\sum_i w^{l+1}_{ij}\,\delta^{l+1}_i\,\sigma'(z^l_j)",
        r"\delta^l=\big((w^{l+1})^T\delta^{l+1}\big)\odot\sigma'(z^l)",
        "delta[layer] = (w[layer + 1].T @ delta[layer + 1]) * sigma.prime(z[layer])",
        "every path onward adds its share, then σ′ scales the sum",
    ),
    Equation(
        "BP3",
        "the gradient of a bias",
        r"\frac{\partial C}{\partial b^l_j}=\delta^l_j",
        r"\nabla_{b^l}C=\delta^l",
        "nabla_b[layer] = delta[layer].mean(axis=1, keepdims=True)",
        "the same number as the error signal",
    ),
    Equation(
        "BP4",
        "the gradient of a weight",
        r"\frac{\partial C}{\partial w^l_{jk}}=a^{l-1}_k\,\delta^l_j",
        r"\nabla_{w^l}C=\delta^l\,(a^{l-1})^T",
        "nabla_w[layer] = delta[layer] @ a[layer - 1].T / m",
        "the activation that comes in, times the error signal it meets: a multiplication table",
    ),
)


def card(*lit: str) -> Picture:
    """The four equations on one card.

    Parameters
    ----------
    lit : names of those that are spoken of, "BP1" … "BP4"

    Raises
    ------
    ValueError : there is no equation of that name.
    """
    names = [equation.name for equation in EQUATIONS]
    if unknown := [name for name in lit if name not in names]:
        raise ValueError(f"lit must name equations among {', '.join(names)}, got {', '.join(unknown)}")
    cards = element("div", *(_card(equation, lit) for equation in EQUATIONS), class_="bl-row bl-four")
    note = "The equations are for one example; the code has a column for each of m examples, and takes the mean."
    return Picture(element("div", cards, element("p", note, class_="bl-caption")), sentence(lit))


def sentence(lit: Collection[str] = ()) -> str:
    """What the card says, in words."""
    said = "; ".join(f"{each.name}, {each.gives}: {each.words}" for each in EQUATIONS if each.name in lit or not lit)
    return f"The four equations of backpropagation. {said}."


def _card(equation: Equation, lit: Collection[str]) -> Markup:
    formulas = [from_latex(latex) for latex in (equation.component, equation.layer)]
    return element(
        "div",
        element("div", f"{equation.name} · {equation.gives}", class_="bl-title"),
        element("div", *formulas, class_="bl-formulas"),
        element("code", *_pieces(equation.code), class_="bl-code"),
        element("div", equation.words, class_="bl-caption"),
        class_="bl-card bl-on" if equation.name in lit else "bl-card",
        data_key=equation.name,
    )


def _pieces(code: str) -> list[Markup]:
    """The line of code, which may break before an operator and nowhere else."""
    pieces = re.split(r"(?<= )(?==|\*|/)", code)
    return [element("span", piece, class_="bl-piece") for piece in pieces]

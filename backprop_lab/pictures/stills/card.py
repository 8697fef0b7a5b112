"""The card of four: the equations of backpropagation, each with its meaning and the line of code that computes it."""

import re
from collections.abc import Collection
from typing import NamedTuple

from backprop_lab.drawing import html
from backprop_lab.drawing.latex import from_latex
from backprop_lab.drawing.markup import Markup, element
from backprop_lab.drawing.picture import Picture, beside


class Equation(NamedTuple):
    """One of the four: for one neuron (or weight), for a whole layer, as code for a batch, in words, and where from."""

    name: str
    gives: str
    component: str
    layer: str
    code: str
    words: str
    notebook: str


EQUATIONS = (
    Equation(
        "BP1",
        "the error signal at the output",
        r"\delta^L_j=\frac{\partial C_x}{\partial a^L_j}\,\sigma'(z^L_j)",
        r"\delta^L=\nabla_a C_x\odot\sigma'(z^L)",
        "delta[L] = cost.gradient(a[L], y) * sigma.prime(z[L])",
        "how fast the cost moves with the output, times how fast the output moves with z",
        "06",
    ),
    Equation(
        "BP2",
        "the error signal one layer back",
        r"\delta^l_j=\sum_i w^{l+1}_{ij}\,\delta^{l+1}_i\,\sigma'(z^l_j)",
        r"\delta^l=\big((w^{l+1})^T\delta^{l+1}\big)\odot\sigma'(z^l)",
        "delta[layer] = (w[layer + 1].T @ delta[layer + 1]) * sigma.prime(z[layer])",
        "every path onward adds its share, then σ′ scales the sum",
        "07",
    ),
    Equation(
        "BP3",
        "the gradient of a bias",
        r"\frac{\partial C_x}{\partial b^l_j}=\delta^l_j",
        r"\nabla_{b^l}C_x=\delta^l",
        "nabla_b[layer] = delta[layer].mean(axis=1, keepdims=True)",
        "the same number as the error signal",
        "08",
    ),
    Equation(
        "BP4",
        "the gradient of a weight",
        r"\frac{\partial C_x}{\partial w^l_{jk}}=a^{l-1}_k\,\delta^l_j",
        r"\nabla_{w^l}C_x=\delta^l\,(a^{l-1})^T",
        "nabla_w[layer] = delta[layer] @ a[layer - 1].T / m",
        "the activation that comes in, times the error signal it meets: a multiplication table",
        "08",
    ),
)


def card(*known: str) -> Picture:
    """The four equations on one card.

    Parameters
    ----------
    known : names of those that are open, "BP1" … "BP4", while the others wait for their notebook; all, if none is given

    Raises
    ------
    ValueError : there is no equation of that name.
    """
    names = [equation.name for equation in EQUATIONS]
    if unknown := [name for name in known if name not in names]:
        raise ValueError(f"known must name equations among {', '.join(names)}, got {', '.join(unknown)}")
    cards = [_open(each, bool(known)) if each.name in (known or names) else _closed(each) for each in EQUATIONS]
    note = (
        "The equations are for one example ", html.math("x"), " and its own cost, ", html.math("C_x"),
        "; the code has a column for each of m examples, and takes the mean.",
    )  # fmt: skip
    four = element("div", *cards, class_="bl-row bl-four")
    markup = element("div", four, element("p", *note, class_="bl-caption"))
    style = beside(__file__, "card.css")
    return Picture(markup, sentence(known), "The four equations", style, caption=False)


def sentence(known: Collection[str] = ()) -> str:
    """What the card says, in words."""
    said = "; ".join(
        f"{each.name}, {each.gives}: {each.words}" for each in EQUATIONS if each.name in known or not known
    )
    return f"The four equations of backpropagation. {said}."


def _title(equation: Equation) -> Markup:
    return html.title(f"{equation.name} · {equation.gives}")


def _open(equation: Equation, lit: bool) -> Markup:
    formulas = element("div", from_latex(equation.component), from_latex(equation.layer), class_="bl-formulas")
    words = element("div", equation.words, class_="bl-caption")
    return html.card(
        _title(equation), formulas, html.code(*_pieces(equation.code)), words, on=lit, data_key=equation.name
    )


def _closed(equation: Equation) -> Markup:
    waits = element("div", f"opens in notebook {equation.notebook}", class_="bl-caption")
    return html.card(_title(equation), waits, look="bl-closed", data_key=equation.name)


def _pieces(code: str) -> list[Markup]:
    """The line of code, which may break before an operator and nowhere else."""
    return [element("span", piece, class_="bl-piece") for piece in re.split(r"(?<= )(?==|\*|/)", code)]

"""One product, multiplied from the left or from the right: the same δ¹, and a count of what each way costs."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.drawing.markup import Markup, element, fragment, raised
from backprop_lab.views import Picture
from backprop_lab.views.mathml import equation, matrix, operator, symbol

WIDTH, SIDE, MIDDLE, HEIGHT = 440.0, 60.0, 92.0, 176.0
SIDES = ("left", "right")


class Factor(NamedTuple):
    """A matrix of the product: its name, its shape, whether it is diagonal, and its numbers if it has any."""

    name: str
    rows: int
    columns: int
    diagonal: bool = False
    value: Array | None = None


class Step(NamedTuple):
    """One multiplication of two matrices, and how many multiplications of numbers it takes."""

    left: Factor
    right: Factor
    product: Factor
    takes: int


@dataclass(frozen=True)
class Order:
    """The sizes of the layers 1 … L, the case they belong to if there is one, and how many steps each way has done."""

    sizes: tuple[int, ...]
    case: Case | None = None
    left: int = 0
    right: int = 0

    @property
    def last(self) -> int:
        """How many steps there are: one fewer than factors."""
        return 2 * len(self.sizes) - 1


def factors(sizes: tuple[int, ...], case: Case | None = None) -> list[Factor]:
    """Σ′(z¹) (w²)ᵀ Σ′(z²) … Σ′(z^L) ∇_aC, the factors of δ¹."""
    found: list[Factor] = []
    for layer, size in enumerate(sizes, start=1):
        if layer > 1:
            value = case.parameters.w[layer].T if case else None
            found.append(Factor(f"(w{raised(layer)})ᵀ", sizes[layer - 2], size, value=value))
        value = np.diag(_sigma_prime(case, layer)) if case else None
        found.append(Factor(f"Σ′(z{raised(layer)})", size, size, diagonal=True, value=value))
    value = case.cost.gradient(case.forward_pass.prediction, case.y) if case else None
    return [*found, Factor("∇ₐC", sizes[-1], 1, value=value)]


def multiplications(left: Factor, right: Factor) -> int:
    """How many products of numbers this product takes: a diagonal matrix scales each entry once."""
    return left.rows * right.columns * (1 if left.diagonal or right.diagonal else left.columns)


def steps(of: list[Factor], side: str) -> list[Step]:
    """All the steps, beginning at the left or at the right end."""
    done: list[Step] = []
    so_far, *rest = of if side == "left" else reversed(of)
    for factor in rest:
        left, right = (so_far, factor) if side == "left" else (factor, so_far)
        so_far = _product(left, right)
        done.append(Step(left, right, so_far, multiplications(left, right)))
    return done


def total(sizes: tuple[int, ...], side: str) -> int:
    """The count of the whole product."""
    return sum(step.takes for step in steps(factors(sizes), side))


def order(state: Order) -> Picture:
    """Both ways beside each other, each as far as it has gone."""
    ways = [_way(state, side) for side in SIDES]  # where it is narrow, the two drawings stay next to one another
    rows = [element("div", *row, class_="bl-row bl-ways") for row in zip(*ways, strict=True)]
    return Picture(element("div", *rows, _caption(state)), sentence(state))


def with_layers(state: Order, sizes: tuple[int, ...], case: Case | None) -> Order:
    """Layers of other sizes, with nothing multiplied yet."""
    return state if (sizes, case) == (state.sizes, state.case) else Order(sizes, case)


def next_from_left(state: Order) -> Order:
    """One step on from the left."""
    return replace(state, left=min(state.left + 1, state.last))


def next_from_right(state: Order) -> Order:
    """One step on from the right."""
    return replace(state, right=min(state.right + 1, state.last))


def all_steps(state: Order) -> Order:
    """Both ways to their end."""
    return replace(state, left=state.last, right=state.last)


def start_over(state: Order) -> Order:
    """Nothing multiplied yet."""
    return replace(state, left=0, right=0)


def count(state: Order, side: str) -> int:
    """Multiplications this way has taken so far."""
    return sum(step.takes for step in _taken(state, side))


def sentence(state: Order) -> str:
    """How far both ways are and what they have cost, in words."""
    layers = "-".join(map(str, state.sizes))
    if state.left == state.right == state.last:
        ends = {side: f"{count(state, side):,}" for side in SIDES}
        return (
            f"Layers {layers}: both ways give the same δ¹, a column of {state.sizes[0]}. "
            f"From the left it takes {ends['left']} multiplications, from the right {ends['right']}."
        )
    return f"Layers {layers}. " + " ".join(_progress(state, side) for side in SIDES)


def _progress(state: Order, side: str) -> str:
    taken = _taken(state, side)
    now = f"{_counted(count(state, side))}, so far {_shape(taken[-1].product)}" if taken else "nothing multiplied yet"
    return f"From the {side}: {len(taken)} of {state.last} steps, {now}."


def _product(left: Factor, right: Factor) -> Factor:
    value = None if left.value is None or right.value is None else left.value @ right.value
    return Factor("so far", left.rows, right.columns, value=value)


def _taken(state: Order, side: str) -> list[Step]:
    return steps(factors(state.sizes, state.case), side)[: getattr(state, side)]


def _sigma_prime(case: Case, layer: int) -> Array:
    activation = case.output if layer == case.parameters.layers[-1] else case.hidden
    return activation.prime(case.forward_pass.z[layer])[:, 0]


def _way(state: Order, side: str) -> tuple[Markup, Markup]:
    """One way: its factors, of which those multiplied are one by now; below them its steps and its numbers."""
    of, taken = factors(state.sizes, state.case), _taken(state, side)
    below = element("div", _table(of, taken, side), _numbers(of, taken, side))
    return element("div", _drawing(of, taken, side, state)), below


def _drawing(of: list[Factor], taken: list[Step], side: str, state: Order) -> Markup:
    """The factors as rectangles in their places, and a bar for the count; both to a scale that never changes."""
    scale, so_far = SIDE / max(state.sizes), count(state, side)
    first = 0 if side == "left" else len(of) - 1 - len(taken)
    slot = (WIDTH - 4) / len(of)
    middles = [2 + slot * (at + 0.5) for at in range(len(of))]
    merged = range(first, first + len(taken) + 1) if taken else range(0)
    boxes = [_box(factor, middles[at], scale) for at, factor in enumerate(of) if at not in merged]
    if taken:
        ends = middles[merged[0]], middles[merged[-1]]
        band = element(
            "rect", x=ends[0] - slot / 2, y=54.0, width=ends[1] - ends[0] + slot, height=118.0, rx=8, class_="bl-lit"
        )
        boxes = [band, *boxes, _box(taken[-1].product, sum(ends) / 2, scale)]
    names = [
        element("text", factor.name, x=x, y=144.0, text_anchor="middle") for x, factor in zip(middles, of, strict=True)
    ]
    reach = max(total(state.sizes, each) for each in SIDES)
    bar = element("rect", x=2.0, y=26.0, width=max(1.0, so_far / reach * (WIDTH - 4)), height=10, rx=2, class_="bl-bar")
    head = element("text", f"from the {side}: {_counted(so_far)}", x=2.0, y=16.0, class_="bl-strong")
    words = f"From the {side}: {len(taken)} of {len(of) - 1} steps done, {_counted(so_far)}."
    return element("svg", head, bar, *boxes, *names, viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}", role="img", aria_label=words)


def _box(factor: Factor, middle: float, scale: float) -> Markup:
    width, height = max(4.0, factor.columns * scale), max(4.0, factor.rows * scale)
    x, y = middle - width / 2, MIDDLE - height / 2
    diagonal = f"M{x:g} {y:g}l{width:g} {height:g}" if factor.diagonal else ""
    return fragment(
        element("rect", x=x, y=y, width=width, height=height, class_="bl-node"),
        element("path", d=diagonal, class_="bl-ring") if diagonal else "",
        element("text", _shape(factor), x=middle, y=164.0, text_anchor="middle", class_="bl-caption bl-size"),
    )


def _table(of: list[Factor], taken: list[Step], side: str) -> Markup:
    """A row for every step there is; those not done yet are empty, so that the table keeps its height."""
    head = element(
        "tr", *(element("th", name, scope="col") for name in (f"from the {side}", "multiplications", "so far"))
    )
    rows, so_far = [], 0
    for number, step in enumerate(steps(of, side), start=1):
        done = number <= len(taken)
        so_far += step.takes
        shapes = f"{_shape(step.left)} · {_shape(step.right)} → {_shape(step.product)}"
        cells = (shapes, f"{step.takes:,}", f"{so_far:,}") if done else ("…", "", "")
        lit = "bl-on" if number == len(taken) else None
        rows.append(element("tr", *(element("td", cell) for cell in cells), class_=lit, data_key=str(number)))
    return element("table", head, *rows, class_="bl-table bl-steps")


def _numbers(of: list[Factor], taken: list[Step], side: str) -> Markup:
    """What is multiplied so far, in numbers; at the end it is δ¹."""
    end = of[0] if side == "left" else of[-1]
    now = taken[-1].product if taken else end
    if now.value is None:
        words = element("span", "For these layers there are shapes only, no numbers.", class_="bl-caption")
        return element("div", words, class_="bl-so-far")
    name = symbol("δ", 1) if len(taken) == len(of) - 1 else element("mtext", "so far" if taken else "it begins with")
    return element("div", equation(name, operator("="), matrix(now.value, 6)), class_="bl-so-far")


def _caption(state: Order) -> Markup:
    stated = f"Rectangles: the longest side is {max(state.sizes)}. Bars: the work of the dearer way is the full width."
    note = "A diagonal matrix (with a line across) scales each entry once."
    return element("p", f"{stated} {note}", class_="bl-caption")


def _shape(factor: Factor) -> str:
    return f"{factor.rows}×{factor.columns}"


def _counted(number: int) -> str:
    return f"{number:,} multiplication{'' if number == 1 else 's'}"

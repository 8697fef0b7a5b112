"""The gradient of a layer for every example, stacked to a tensor [sample, neuron, weight], and collapsed."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.drawing.chart import Bar, bars, round_scale
from backprop_lab.drawing.markup import Markup, element, sign_class, signed
from backprop_lab.views import Picture


class Collapse(NamedTuple):
    """A way to make one matrix of the stack: what the matrix is, and its code, with and without a stack."""

    words: str
    code: str


COLLAPSES = {
    "not yet": Collapse("The stack is not collapsed yet", 'stack = np.einsum("jx,kx->xjk", {delta}, {a})'),
    "sum": Collapse("The sum, gradient of the summed cost, has {value} there", "stack.sum(axis=0) = {delta} @ {a}.T"),
    "mean": Collapse(
        "The mean, gradient of the mean cost, has {value} there", "stack.mean(axis=0) = {delta} @ {a}.T / m"
    ),
    "mean δ × mean a": Collapse(
        "The product of means has {value} there, the mean of products {mean}",
        "np.outer({delta}.mean(axis=1), {a}.mean(axis=1))",
    ),
}


@dataclass(frozen=True)
class Tensor:
    """The case and the layer, the slice in front, how the stack is collapsed, and the entry we hold, "1,0"."""

    case: Case
    layer: int
    sample: int = 0
    collapse: str = "not yet"
    selected: str = "0,0"

    @property
    def index(self) -> tuple[int, int]:
        """Neuron and weight of the entry we hold."""
        j, k = self.selected.split(",")
        return int(j), int(k)


def per_example(case: Case, layer: int) -> Array:
    """∂C_x/∂w[layer] of every example x by itself: shape (m, n[layer], n[layer-1])."""
    return np.einsum("jx,kx->xjk", case.backward_pass.delta[layer], case.forward_pass.a[layer - 1])


def collapsed(state: Tensor) -> Array | None:
    """One matrix in place of the stack, or None as long as it is not collapsed."""
    stack = per_example(state.case, state.layer)
    delta, a = _factors(state)
    ways = {
        "sum": stack.sum(axis=0),
        "mean": stack.mean(axis=0),
        "mean δ × mean a": np.outer(delta.mean(axis=1), a.mean(axis=1)),
    }
    return ways.get(state.collapse)


def hold(state: Tensor, key: str) -> Tensor:
    """Hold another entry; with no key all stays."""
    return replace(state, selected=key or state.selected)


def tensor(state: Tensor) -> Picture:
    """The stack with one slice in front, that slice as a multiplication table, and what the stack collapses to."""
    tables = element("div", element("div", _slice(state)), element("div", _collapsed(state)), class_="bl-row bl-slices")
    charts = element(
        "div", element("div", _stack(state)), element("div", _entry_bars(state)), class_="bl-row bl-tensor"
    )
    return Picture(element("div", tables, _code(state), charts), sentence(state))


def sentence(state: Tensor) -> str:
    """What is in front, the entry we hold, and what became of the stack, in words."""
    (j, k), stack, found = state.index, per_example(state.case, state.layer), collapsed(state)
    held = f"entry [{state.sample}, {j}, {k}], neuron {j}, weight from neuron {k}, is"
    value = "" if found is None else signed(found[j, k], 6)
    outcome = COLLAPSES[state.collapse].words.format(value=value, mean=signed(stack.mean(axis=0)[j, k], 6))
    return f"Sample {state.sample}: {held} {signed(stack[state.sample, j, k], 6)}. {outcome}."


def _factors(state: Tensor) -> tuple[Array, Array]:
    """δ of the layer and a of the one before, a column for each example."""
    return state.case.backward_pass.delta[state.layer], state.case.forward_pass.a[state.layer - 1]


def _scale(stack: Array) -> float:
    """What the longest bar is worth, for every entry and every sum."""
    return round_scale(float(max(np.abs(stack).max(), np.abs(stack.sum(axis=0)).max())))


def _code(state: Tensor) -> Markup:
    code = COLLAPSES[state.collapse].code
    return element("code", code.format(delta=f"delta[{state.layer}]", a=f"a[{state.layer - 1}]"), class_="bl-code")


CELL, SHIFT = 34.0, 20.0


def _stack(state: Tensor) -> Markup:
    """The slices one behind the other; a square in a cell has the size and the sign of its entry."""
    stack = per_example(state.case, state.layer)
    m, n, n_in = stack.shape
    behind = [sample for sample in range(m - 1, -1, -1) if sample != state.sample]
    sheets = [_sheet(stack[sample], sample, m, state) for sample in (*behind, state.sample)]
    width, height = n_in * CELL + m * SHIFT + 8, n * CELL + m * SHIFT - 8
    words = f"{m} slices of {n} × {n_in}, one behind the other; slice {state.sample} is in front."
    return element("svg", *sheets, viewBox=f"0 0 {width:g} {height:g}", role="img", aria_label=words, class_="bl-stack")


def _sheet(values: Array, sample: int, m: int, state: Tensor) -> Markup:
    x, y, front = 20 + SHIFT * sample, 4 + SHIFT * (m - 1 - sample), sample == state.sample
    largest = float(np.abs(per_example(state.case, state.layer)).max()) or 1.0
    n, n_in = values.shape
    cells = [
        _square(value, x + (k + 0.5) * CELL, y + (j + 0.5) * CELL, largest, held=f"{j},{k}" == state.selected)
        for (j, k), value in np.ndenumerate(values)
    ]
    sheet = element(
        "rect", x=x, y=y, width=n_in * CELL, height=n * CELL, rx=4, class_="bl-node bl-on" if front else "bl-node"
    )
    name = "bl-strong" if front else "bl-caption"
    label = element("text", str(sample), x=x - 5, y=y + 15, text_anchor="end", class_=name)  # where no sheet ever lies
    return element("g", sheet, *(cells if front else []), label, data_key=f"sheet{sample}")


def _square(value: float, x: float, y: float, largest: float, *, held: bool) -> Markup:
    side = max(2.0, (CELL - 8) * (abs(value) / largest) ** 0.5)
    sign = sign_class(value)
    square = element("rect", x=x - side / 2, y=y - side / 2, width=side, height=side, class_=sign)
    ring = element("rect", x=x - CELL / 2 + 2, y=y - CELL / 2 + 2, width=CELL - 4, height=CELL - 4, class_="bl-ring")
    return element("g", square, *([ring] if held else []))


def _slice(state: Tensor) -> Markup:
    """δ down the side, a along the top: in each cell their product."""
    delta, a = (values[:, state.sample] for values in _factors(state))
    values = per_example(state.case, state.layer)[state.sample]
    return _table(f"slice {state.sample} = δ aᵀ of sample {state.sample}", delta, a, values, state, selectable=True)


def _collapsed(state: Tensor) -> Markup:
    delta, a = _factors(state)
    shape = delta.shape[0], a.shape[0]
    found = collapsed(state)
    if found is None:
        return _table("not collapsed yet", None, None, np.full(shape, np.nan), state)
    if state.collapse == "mean δ × mean a":
        return _table(state.collapse, delta.mean(axis=1), a.mean(axis=1), found, state)
    return _table(f"{state.collapse} of the {delta.shape[1]} slices", None, None, found, state)


def _table(
    title: str, down: Array | None, across: Array | None, values: Array, state: Tensor, *, selectable: bool = False
) -> Markup:
    """A matrix with what its rows and columns are; the entry we hold is lit."""
    tops = [f"k={k}" if across is None else f"a {signed(across[k], 3)}" for k in range(values.shape[1])]
    sides = [f"j={j}" if down is None else f"δ {signed(down[j], 4)}" for j in range(values.shape[0])]
    head = element("tr", element("td"), *(element("th", top, scope="col") for top in tops))
    rows = [
        element(
            "tr",
            element("th", sides[j], scope="row"),
            *(_cell(values[j, k], f"{j},{k}", state, selectable=selectable) for k in range(values.shape[1])),
        )
        for j in range(values.shape[0])
    ]
    return element("table", element("caption", title), head, *rows, class_="bl-table")


def _cell(value: float, key: str, state: Tensor, *, selectable: bool) -> Markup:
    if np.isnan(value):
        return element("td", "?")
    shown = element("span", signed(value, 6), class_=sign_class(value))
    label = f"entry [{state.sample}, {key.replace(',', ', ')}], {signed(value, 6)}"
    shown = element("span", shown, **({"data_select": key, "aria_label": label} if selectable else {}))
    return element("td", shown, class_="bl-on" if key == state.selected else None)


def _entry_bars(state: Tensor) -> Markup:
    """One entry through the whole stack, then its sum and its mean."""
    stack = per_example(state.case, state.layer)
    j, k = state.index
    line = stack[:, j, k]
    entries = [Bar(f"[{x}, {j}, {k}]", float(value), str(x)) for x, value in enumerate(line)]
    entries += [Bar("sum", float(line.sum()), "sum"), Bar("mean", float(line.mean()), "mean")]
    return bars(
        f"entry [·, {j}, {k}] through the stack", entries, scale=_scale(stack), decimals=6, lit=str(state.sample)
    )

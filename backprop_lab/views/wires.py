"""Wires: an edge of the diagram, a cell of a matrix and a line of code are three names of the same weight."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.drawing.markup import Markup, element, sign_class, signed
from backprop_lab.views import Picture
from backprop_lab.views.answers import Code, read_code
from backprop_lab.views.diagram import A, Z, bias_key, describe, diagram, neuron_key, weight_key
from backprop_lab.views.mathml import equation, number, operator, symbol

NETWORKS = {"running": cases.running, "wide": cases.wide, "deep": cases.deep}
FIRST = "w1.2.0"  # a weight that every network has


@dataclass(frozen=True)
class Wires:
    """Which network is shown, what is selected in it, and what was typed if that names nothing in it."""

    network: str = "running"
    selected: str = FIRST
    typed: str = ""

    @property
    def case(self) -> Case:
        """The network that is shown."""
        return NETWORKS[self.network]

    @property
    def code(self) -> str:
        """What stands in the box for code."""
        return self.typed or (str(code_of(self.selected)) if self.selected else "")


def choose(state: Wires, key: str) -> Wires:
    """A weight, bias or neuron was chosen in the picture."""
    return replace(state, selected=key, typed="")


def write(state: Wires, text: str) -> Wires:
    """A name was typed: what it names is selected; if it names nothing, it stays for the sentence to say why."""
    code = read_code(text)
    return choose(state, key_of(code)) if code and not fault(state.case, code) else replace(state, typed=text.strip())


def switch(state: Wires, network: str) -> Wires:
    """Another network; what is selected stays if it is there too."""
    stays = state.selected and not fault(NETWORKS[network], code_of(state.selected))
    return Wires(network, state.selected if stays else FIRST)


def code_of(key: str) -> Code:
    """The name in Python of a key of the diagram."""
    return Code(key[0], tuple(int(index) for index in key[1:].split(".")))


def key_of(code: Code) -> str:
    """The key in the diagram of what a name names; z and δ belong to their neuron, x is layer 0."""
    if code.name == "x":
        return neuron_key(0, *code.indices)
    return (code.name if code.name in "wb" else "a") + ".".join(map(str, code.indices))


def fault(case: Case, code: Code) -> str:
    """Why a name names nothing in this network, in a sentence; or nothing."""
    sizes, name, indices = case.parameters.sizes, code.name, code.indices
    wanted = {"w": 3, "b": 2, "a": 2, "z": 2, "delta": 2, "x": 1}.get(name)
    if wanted is None:
        return f"{code} names nothing here: the names are w, b, z, a, delta and x."
    if len(indices) != wanted:
        return f"{name} needs {_count(wanted, 'number')} in its brackets, as in {_LIKE[name]}; you gave {len(indices)}."
    layer, j, *k = indices if name != "x" else (0, *indices)
    first = 0 if name in "ax" else 1
    if not first <= layer < len(sizes):
        return f"There is no {name}[{layer}]: {name} has the layers {first} to {len(sizes) - 1}."
    whole = f"w[{layer}] has" if k else f"Layer {layer} has"
    for index, at, what in zip((j, *k), (layer, layer - 1), ("row" if k else "neuron", "column"), strict=False):
        if index >= sizes[at]:
            return f"{whole} no {what} {index}: layer {at} has {_count(sizes[at], 'neuron')}, numbered from 0."
    return ""


def wires(state: Wires) -> Picture:
    """The network, the name of what is selected, and the arrays it stands in."""
    lit = {*_around(state)}
    shown = diagram(state.case, selected=state.selected, lit=lit, rows=(Z, A))
    tables = [_arrays(state, layer) for layer in state.case.parameters.layers]
    names = element("div", *_names(state), class_="bl-names")
    return Picture(element("div", shown, names, element("div", *tables, class_="bl-row")), _words(state))


def _around(state: Wires) -> Iterator[str]:
    """The weights into and out of a selected neuron."""
    if not state.selected.startswith("a"):
        return
    layer, j = code_of(state.selected).indices
    sizes = state.case.parameters.sizes
    if layer:
        yield from (weight_key(layer, j, k) for k in range(sizes[layer - 1]))
    if layer + 1 < len(sizes):
        yield from (weight_key(layer + 1, i, j) for i in range(sizes[layer + 1]))


def _names(state: Wires) -> Iterator[Markup]:
    if not state.selected:
        return
    kind, (layer, j, *k) = code_of(state.selected)
    w, b = state.case.parameters.w, state.case.parameters.b
    if kind == "w":
        note = f"row {j}, framed: into neuron {j} · column {k[0]}, dashed: out of neuron {k[0]}"
        yield _line(symbol("w", layer, f"{j},{k[0]}"), str(code_of(state.selected)), [w[layer][j, k[0]]], note)
    elif kind == "b":
        yield _line(symbol("b", layer, j), str(code_of(state.selected)), [b[layer][j, 0]])
    else:
        if layer:
            yield _line(symbol("w", layer, f"{j},k"), f"w[{layer}][{j}, :]", w[layer][j], "into it: a row, framed")
        if layer + 1 in w:
            code = f"w[{layer + 1}][:, {j}]"
            yield _line(symbol("w", layer + 1, f"i,{j}"), code, w[layer + 1][:, j], "out of it: a column, dashed")


def _line(name: Markup, code: str, values: object, note: str = "") -> Markup:
    numbers = [part for value in values for part in (operator(","), number(value))][1:]  # pyright: ignore[reportGeneralTypeIssues]
    formula = equation(name, operator("="), *numbers)
    words = element("span", note, class_="bl-caption") if note else ""
    return element("div", formula, element("code", code, class_="bl-code bl-on"), words, class_="bl-named")


def _arrays(state: Wires, layer: int) -> Markup:
    """w[layer] with b[layer] beside it: a row for each neuron that is led to, a column for each one led from."""
    w, b = state.case.parameters.w[layer], state.case.parameters.b[layer]
    n_out, n_in = w.shape
    row, column = _marked(state, layer)
    head = [element("th", f"from {k}", scope="col", class_="bl-strong" if k == column else None) for k in range(n_in)]
    body = []
    for j in range(n_out):
        cells = [_cell(state, weight_key(layer, j, k), w[j, k], j == row, k == column) for k in range(n_in)]
        bias = _cell(state, bias_key(layer, j), b[j, 0], False, False)
        name = element("th", f"to {j}", scope="row", class_="bl-strong" if j == row else None)
        body.append(element("tr", name, *cells, element("td", class_="bl-gap"), bias))
    corner, gap, above = element("td"), element("td", class_="bl-gap"), element("th", "bias", scope="col")
    caption = element("caption", f"w[{layer}] is {n_out} × {n_in}, b[{layer}] is {n_out} × 1")
    return element("table", caption, element("tr", corner, *head, gap, above), *body, class_="bl-table bl-matrix")


def _marked(state: Wires, layer: int) -> tuple[int | None, int | None]:
    """The row and the column of w[layer] that are spoken of."""
    if not state.selected or state.selected.startswith("b"):
        return None, None
    kind, (at, j, *k) = code_of(state.selected)
    if kind == "w":
        return (j, k[0]) if at == layer else (None, None)
    return (j if at == layer else None), (j if at == layer - 1 else None)


def _cell(state: Wires, key: str, value: float, in_row: bool, in_column: bool) -> Markup:
    on = key == state.selected or key in {*_around(state)}
    marks = [name for name, holds in (("bl-on", on), ("bl-in-row", in_row), ("bl-in-column", in_column)) if holds]
    label = f"{code_of(key)}, {signed(value)}"
    sign = sign_class(value)
    inside = element("span", signed(value), data_select=key, aria_label=label, class_=sign)
    return element("td", inside, class_=" ".join(marks) or None)


def _words(state: Wires) -> str:
    if state.typed:
        code = read_code(state.typed)
        return fault(state.case, code) if code else f"“{state.typed}” is not a name: write it like {_LIKE['w']}."
    if not state.selected:
        return "Nothing is selected. Choose a weight, a bias or a neuron, or type its name."
    kind, (layer, j, *k) = code_of(state.selected)
    about = describe(state.case, state.selected)
    about = f"{about[0].upper()}{about[1:]}."
    if kind == "w":
        row, column = f"Row {j} of w[{layer}] holds every weight into neuron {j}", f"column {k[0]} every weight out of"
        return f"{about} {row}, {column} neuron {k[0]}."
    if kind == "b":
        return f"{about} A bias belongs to its neuron alone, so b[{layer}] is one column."
    return f"{about} {_through(state, layer, j)}"


def _through(state: Wires, layer: int, j: int) -> str:
    last = layer + 1 == len(state.case.parameters.sizes)
    into = f"The weights into it are row {j} of w[{layer}]" if layer else "No weight leads into the input"
    out = "no weight leads on from the output" if last else f"the weights out of it are column {j} of w[{layer + 1}]"
    return f"{into}; {out}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


_LIKE = {"w": "w[1][2, 0]", "b": "b[1][2]", "a": "a[1][2]", "z": "z[1][2]", "delta": "delta[1][2]", "x": "x[0]"}

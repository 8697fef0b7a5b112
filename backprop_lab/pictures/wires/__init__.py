"""Wires: an edge of the diagram, a cell of a matrix and a line of code are three names of the same weight."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.drawing.controls import buttons, entry, menu
from backprop_lab.drawing.diagram import MANY, A, Z, describe, diagram
from backprop_lab.drawing.html import screen
from backprop_lab.drawing.markup import Markup, element, sign_class, signed
from backprop_lab.drawing.mathml import equation, joined, number
from backprop_lab.drawing.networks import OnNetwork, room
from backprop_lab.drawing.picture import Event, Picture, Select, Turn, beside, refuse
from backprop_lab.drawing.svg import choice
from backprop_lab.quantities import Quantity
from backprop_lab.questions.naming import LIKE, code_of, fault, find
from backprop_lab.validation import Array

FIRST = "w1.2.0"  # a weight that every network of the series has


@dataclass(frozen=True)
class Wires(OnNetwork):
    """The network that is shown, what is selected in it, and what was typed if that names nothing.

    Raises
    ------
    ValueError : the network has more weights than can be written on its wires.
    """

    selected: str = FIRST
    typed: str = ""

    def __post_init__(self) -> None:
        """Refuse what could not be read."""
        count = sum(w.size for w in self.case.parameters.w.values())
        if count > MANY:
            raise ValueError(f"case must have at most {MANY} weights, so that each can be written, got {count}")

    @property
    def chosen(self) -> Quantity | None:
        """What is selected."""
        return Quantity.read(self.selected) if self.selected else None

    @property
    def code(self) -> str:
        """What stands in the field for code."""
        return self.typed or (self.chosen.code if self.chosen else "")


def begin(case: Case = cases.running, *, selected: str = FIRST) -> Wires:
    """A network, its weights and biases as arrays, and the names of both: what is chosen in one lights up in all.

    Parameters
    ----------
    case : the one shown first; the networks of the series are offered too
    selected : what is selected at first, for instance `w1.2.0` for `w[1][2, 0]`, `b1.2`, `a1.2`
    """
    return Wires.begun(case, _within(case, selected) if selected else "")


def view(state: Wires) -> Picture:
    """The network, the name of what is selected, and the arrays it stands in, each below its wires."""
    lit = {each.key for each in _around(state)}
    network = room(diagram(state.case, selected=state.selected, lit=lit, rows=(Z, A)), state.offered, rows=(Z, A))
    arrays = [_arrays(state, layer, lit) for layer in state.case.parameters.layers]
    most = max(max(case.parameters.sizes[1:]) for case in state.offered.values())
    below = element("div", *arrays, class_="bl-arrays", style=f"--rows: {most}")
    controls = buttons(
        menu("network", "network", [*state.offered], state.network),
        entry("code", "code", state.code, hint=LIKE["w"]),
    )
    names = element("div", *_names(state), class_="bl-named")
    picture = screen(element("div", network, below), element("div", controls, names))
    return Picture(picture, sentence(state), "The network and its weights", beside(__file__))


def update(state: Wires, event: Event) -> Wires:
    """Something was chosen, a name was typed, or another network; what is selected stays if it is there too."""
    match event:
        case Select(key):
            return replace(state, selected=key, typed="")
        case Turn("code", text):
            found = find(state.case, str(text).strip())
            return _typed(state, str(text).strip()) if isinstance(found, str) else _typed(state, "", found.key)
        case Turn("network", str(name)) if name in state.offered:
            case = state.offered[name]
            return Wires(case, state.first, name, _within(case, state.selected))
    return refuse(event)


def sentence(state: Wires) -> str:
    """What is said of the selection, or of a name that names nothing."""
    if state.typed:
        return str(find(state.case, state.typed))
    if not state.chosen:
        return "Nothing is selected. Choose a weight, a bias or a neuron, or type its name."
    letter, layer, (j, *k) = state.chosen.letter, state.chosen.layer, state.chosen.index
    about = describe(state.case, state.selected)
    about = f"{about[0].upper()}{about[1:]}."
    if letter == "w":
        row, column = f"Row {j} of w[{layer}] holds every weight into neuron {j}", f"column {k[0]} every weight out of"
        return f"{about} {row}, {column} neuron {k[0]}."
    if letter == "b":
        return f"{about} A bias belongs to its neuron alone, so b[{layer}] is one column."
    last = layer == state.case.parameters.layers[-1]
    into = f"The weights into it are row {j} of w[{layer}]" if layer else "No weight leads into the input"
    out = "no weight leads on from the output" if last else f"the weights out of it are column {j} of w[{layer + 1}]"
    return f"{about} {into}; {out}."


def _within(case: Case, selected: str) -> str:
    """The selection, or the first one where the network does not have it."""
    wanted = [each for each in (selected, FIRST) if each and not fault(case, code_of(Quantity.read(each)))]
    return [*wanted, "w1.0.0"][0]


def _typed(state: Wires, typed: str, selected: str = "") -> Wires:
    return replace(state, typed=typed, selected=selected or state.selected)


def _around(state: Wires) -> Iterator[Quantity]:
    """What is selected, with the weights into and out of a neuron."""
    chosen, w = state.chosen, state.case.parameters.w
    if chosen is None:
        return
    yield chosen
    if chosen.letter == "a":
        layer, (j,) = chosen.layer, chosen.index
        yield from (Quantity("w", layer, (j, k)) for k in range(w[layer].shape[1] if layer in w else 0))
        yield from (Quantity("w", layer + 1, (i, j)) for i in range(len(w[layer + 1]) if layer + 1 in w else 0))


def _names(state: Wires) -> Iterator[Markup]:
    """The selection as a formula and as code; of a neuron, all that leads to it and all that leads on."""
    if not state.chosen:
        return
    letter, layer, (j, *k) = state.chosen.letter, state.chosen.layer, state.chosen.index
    w, code = state.case.parameters.w, state.chosen.code
    if letter == "w":
        note = f"row {j}: into neuron {j} · column {k[0]}: out of neuron {k[0]}"
        yield _name(f"w^{layer}_{j},{k[0]} =", code, w[layer][j, k], note)
    elif letter == "b":
        yield _name(f"b^{layer}_{j} =", code, state.case.parameters.b[layer][j], "a column of its own")
    else:
        if layer in w:
            yield _name(f"w^{layer}_{j},k =", f"w[{layer}][{j}, :]", w[layer][j], "into it: a row")
        if layer + 1 in w:
            code = f"w[{layer + 1}][:, {j}]"
            yield _name(f"w^{layer + 1}_i,{j} =", code, w[layer + 1][:, j], "out of it: a column")


def _name(formula: str, code: str, values: Array, note: str) -> Markup:
    shown = equation(formula, joined([number(float(value)) for value in values], ","))
    line = element("code", code, class_="bl-code bl-on")
    return element("div", shown, line, element("span", note, class_="bl-caption"), class_="bl-called-so")


def _arrays(state: Wires, layer: int, lit: set[str]) -> Markup:
    """w[layer] with b[layer] beside it: a row for each neuron that is led to, a column for each one led from."""
    case, (n_out, n_in) = state.case, state.case.parameters.w[layer].shape
    row, column = _marked(state, layer)
    head = [element("th", f"from {k}", scope="col", class_="bl-strong" if k == column else None) for k in range(n_in)]
    body = []
    for j in range(n_out):
        cells = [
            _cell(case, Quantity("w", layer, (j, k)), state.selected, lit, j == row, k == column) for k in range(n_in)
        ]
        bias = _cell(case, Quantity("b", layer, (j,)), state.selected, lit)
        name = element("th", f"to {j}", scope="row", class_="bl-strong" if j == row else None)
        body.append(element("tr", name, *cells, element("td", class_="bl-gap"), bias))
    top = element("tr", element("td"), *head, element("td", class_="bl-gap"), element("th", "bias", scope="col"))
    caption = element("caption", f"w[{layer}]: {n_out} × {n_in}, b[{layer}]: {n_out} × 1")
    return element("table", caption, top, *body, class_="bl-table bl-matrix")


def _marked(state: Wires, layer: int) -> tuple[int | None, int | None]:
    """The row and the column of w[layer] that are spoken of."""
    if not state.chosen or state.chosen.letter == "b":
        return None, None
    at, (j, *k) = state.chosen.layer, state.chosen.index
    if state.chosen.letter == "w":
        return (j, k[0]) if at == layer else (None, None)
    return (j if at == layer else None), (j if at == layer - 1 else None)


def _cell(
    case: Case, quantity: Quantity, selected: str, lit: set[str], in_row: bool = False, in_column: bool = False
) -> Markup:
    key, value = quantity.key, signed(quantity.value(case))
    marks = [name for name, holds in (("on", key in lit), ("in-row", in_row), ("in-column", in_column)) if holds]
    held = choice(key, f"{quantity.code}, {value}", key == selected)
    inside = element("span", value, **held, class_=sign_class(quantity.value(case)))
    return element("td", inside, class_=" ".join(f"bl-{each}" for each in marks) or None)

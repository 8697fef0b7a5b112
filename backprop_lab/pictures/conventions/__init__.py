"""One gradient in every notation: its equations there, and the same number found in its array under its name there."""

from dataclasses import dataclass, replace

import numpy as np

from backprop_lab import cases
from backprop_lab.activations import sigmoid
from backprop_lab.cases import Case
from backprop_lab.costs import quadratic
from backprop_lab.drawing.controls import button, buttons, menu
from backprop_lab.drawing.html import screen, title
from backprop_lab.drawing.latex import from_latex
from backprop_lab.drawing.markup import Markup, element, fragment, plain, signed
from backprop_lab.drawing.picture import Event, Picture, Press, Select, Turn, beside, refuse
from backprop_lab.drawing.svg import choice
from backprop_lab.rosetta.conventions import CONVENTIONS, HOUSE, LINES, ROWS, convention
from backprop_lab.rosetta.notation import Convention
from backprop_lab.validation import Array, is_entry

MOST, EXAMPLES = 5, 99  # neurons in a layer, and examples
ROW = 23  # height of a row of numbers
MANY = 3  # columns of an array whose numbers have room in its half
LONGEST = 4  # of the words that may come: the one with most letters is not always the widest
KEYS = [*CONVENTIONS]


@dataclass(frozen=True)
class Switch:
    """A case, whose notation is looked at, and which entry of the gradient of a layer."""

    case: Case
    key: str
    layer: int
    j: int
    k: int

    @property
    def there(self) -> Convention:
        """The notation."""
        return convention(self.key)


def begin(case: Case = cases.batch, *, convention: str = "rows", layer: int = 1) -> Switch:
    """The convention switch: one gradient and the four equations, as others write them.

    Choose a notation, then an entry of either array: the same number is lit in both.

    Parameters
    ----------
    case : sigmoid and the quadratic cost, at most 5 neurons in a layer
    convention : the notation it begins with, by its key: "rows", "torch", "nielsen", …

    Raises
    ------
    ValueError : the case is too large or of another cost or activation, or there is no such notation or layer.
    """
    if (case.hidden, case.output, case.cost) != (sigmoid, sigmoid, quadratic):
        raise ValueError(f"case must have sigmoid and quadratic, got {case.hidden}, {case.output} and {case.cost}")
    if max(case.parameters.sizes) > MOST or case.x.shape[1] > EXAMPLES:
        size = f"{case.parameters.sizes} and {case.x.shape[1]}"
        raise ValueError(f"case must have at most {MOST} neurons in a layer and {EXAMPLES} examples, got {size}")
    if not is_entry((layer,), (len(case.parameters.sizes),)) or not layer:
        raise ValueError(f"layer must be one of {[*case.parameters.layers]}, got {layer}")
    if convention not in CONVENTIONS:
        raise ValueError(f"convention must be one of {', '.join(CONVENTIONS)}, got {convention!r}")
    n_out, n_in = case.parameters.w[layer].shape
    return Switch(case, convention, layer, n_out - 1, min(1, n_in - 1))


def update(state: Switch, event: Event) -> Switch:
    """Another notation, another layer, another entry."""
    at = KEYS.index(state.key)
    match event:
        case Turn("convention", str(key)) if key in CONVENTIONS:
            return replace(state, key=key)
        case Turn("layer"):
            return begin(state.case, convention=state.key, layer=int(event.number))
        case Press("next"):
            return replace(state, key=KEYS[min(at + 1, len(KEYS) - 1)])
        case Press("back"):
            return replace(state, key=KEYS[max(at - 1, 0)])
        case Select(""):
            return state
        case Select(key) if key in _entries(state):
            j, k = _entries(state)[key]
            return replace(state, j=j, k=k)
    return refuse(event)


def view(state: Switch) -> Picture:
    """Both arrays with the entry lit; its names; the equations there, and what else differs."""
    found = element("div", _arrays(state), _names(state))
    return Picture(
        screen(found, _controls(state), _equations(state.there), look="bl-switch"),
        sentence(state),
        "The convention switch",
        beside(__file__),
    )


def sentence(state: Switch) -> str:
    """What is seen now, in words."""
    there, ours = state.there, _ours(state)
    value, theirs = _value(state), _values(state)
    shapes = f"Its array has the shape {_shape(theirs)}, ours {_shape(ours)}"
    home = f"the way home is nabla_w[l] = {there.home}" if there is not HOUSE else "nothing has to be translated"
    entry = there.entry(state.layer, state.j, state.k)
    named = f"{HOUSE.entry(state.layer, state.j, state.k)} = {signed(float(ours[state.j, state.k]), 6)}"
    name = there.name[0].upper() + there.name[1:]
    return f"{name}: {named} is {entry} = {signed(value, 6)} there. {shapes}; {home}."


def _entries(state: Switch) -> dict[str, tuple[int, int]]:
    """Every entry by its key, in either array."""
    n_out, n_in = state.case.parameters.w[state.layer].shape
    return {f"{side} {j},{k}": (j, k) for side in ("ours", "theirs") for j in range(n_out) for k in range(n_in)}


def _ours(state: Switch) -> Array:
    return state.case.backward_pass.nabla_w[state.layer]


def _values(state: Switch) -> Array:
    """The gradient of the layer's weights, computed there, in its own array."""
    there = state.there
    answer = dict(zip(there.returns, there.gradient(*there.given(state.case)), strict=False))
    arrays = next(each for name, each in answer.items() if "w" in name)
    return np.asarray(there.numbered(arrays)[state.layer])


def _value(state: Switch) -> float:
    return float(_values(state)[state.there.place(state.j, state.k)])


def _shape(values: Array) -> str:
    return " × ".join(map(str, values.shape))


def _arrays(state: Switch) -> Markup:
    ours, theirs, there = _ours(state), _values(state), state.there
    places = {there.place(j, k): (j, k) for j, k in np.ndindex(*ours.shape)}
    sides = (
        ("ours", HOUSE, ours, {place: place for place in np.ndindex(*ours.shape)}),
        ("theirs", there, theirs, places),
    )
    return element("div", *(_array(state, *side) for side in sides), class_="bl-both")


def _array(state: Switch, side: str, of: Convention, values: Array, places: dict[tuple[int, ...], tuple]) -> Markup:
    """An array with its name and shape; entries that have a counterpart can be chosen."""
    lit, rows = (state.j, state.k), []
    for i in range(values.shape[0]):
        cells = []
        for c in range(values.shape[1]):
            number, place = signed(float(values[i, c]), 6), places.get((i, c))
            name = f"{of.array}[{of.number(state.layer)}][{i}, {c}], {number}"
            marks = choice(f"{side} {place[0]},{place[1]}", name, place == lit) if place else {}
            look = "bl-on" if place == lit else "bl-caption" if place is None else None
            cells.append(element("td", element("span", number, **marks), class_=look))
        rows.append(element("tr", *cells))
    name = title(element("code", f"{of.array}[{of.number(state.layer)}]"), _shape(values))
    high = ROW * (max(state.case.parameters.w[state.layer].shape) + 1)
    look = f"bl-cells{' bl-many' * (values.shape[1] > MANY)}"
    table = element("div", element("table", *rows, class_=look), style=f"min-height: {high}px")
    words = "this course" if side == "ours" else of.name
    whose = element("div", _roomy(words, *(each.name for each in CONVENTIONS.values())), class_="bl-theirs")
    return element("div", whose, name, table)


def _names(state: Switch) -> Markup:
    """The same number and the same error signal, by their names on both sides."""
    there, j = state.there, state.j
    ours, theirs = HOUSE.entry(state.layer, j, state.k), there.entry(state.layer, j, state.k)
    *_, kept = there.gradient(*there.given(state.case))
    errors = np.asarray(there.numbered(kept)[state.layer])
    delta = float(errors[0, j] if there.layout.errors_in_rows else errors[j, 0])
    our_delta = float(state.case.backward_pass.delta[state.layer][j, 0])
    lines = (
        ("its name", ours, _ours(state)[j, state.k], theirs, _value(state)),
        ("error signal, example 0", "δ", our_delta, there.letters["δ"], delta),
    )
    rows = [
        element("tr", element("th", words, scope="row"), *_pair(one, float(a)), *_pair(other, float(b)),
                element("td", _times(float(b), float(a))))
        for words, one, a, other, b in lines
    ]  # fmt: skip
    home = element("p", "The way home: ", element("code", f"nabla_w[l] = {there.home}"), class_="bl-home")
    return fragment(element("table", *rows, class_="bl-cells bl-called"), home)


def _pair(name: str, value: float) -> tuple[Markup, Markup]:
    return element("td", element("code", name)), element("td", element("b", signed(value, 6)))


def _times(theirs: float, ours: float) -> str:
    """By which factor theirs is ours."""
    if not ours or abs(theirs / ours - 1) < 1e-9:
        return "the same"
    return f"× {plain(theirs / ours, 4).rstrip('0').rstrip('.')}"


def _controls(state: Switch) -> Markup:
    at, there = KEYS.index(state.key), state.there
    where = buttons(menu("convention", "notation", {key: each.name for key, each in CONVENTIONS.items()}, state.key))
    presses = [
        button("back", "back", on=at > 0),
        button("next", "next notation", on=at < len(KEYS) - 1),
        menu("layer", "layer", [*state.case.parameters.layers], state.layer),
    ]
    met = (f"Met in: {each.source}." for each in CONVENTIONS.values())
    source = element("div", _roomy(f"Met in: {there.source}.", *met), class_="bl-caption")
    caption = element("caption", "≠ differs from this course")
    rows = (_row(there, name) for name in ROWS)
    return fragment(where, buttons(*presses), source, element("table", caption, *rows, class_="bl-table bl-says"))


def _row(there: Convention, name: str) -> Markup:
    """What is said there of one thing, and whether it is said so here."""
    says, same = there.says[name], there.says[name] == HOUSE.says[name]
    words = _roomy(says, *(each.says[name] for each in CONVENTIONS.values()))
    sign = element("span", "=" if same else "≠", role="img", aria_label="the same here" if same else "differs")
    return element(
        "tr",
        element("th", name, scope="row"),
        element("td", words),
        element("td", sign),
        class_=None if same else "bl-on",
    )


def _roomy(shown: str, *every: str) -> Markup:
    """Words with room for the longest that may come in their place; here these give nothing away."""
    longest = sorted(dict.fromkeys(every), key=len)[-LONGEST:]  # a set has another order in each run
    unseen = [element("div", words, aria_hidden="true") for words in longest]
    return element("div", element("div", shown), *unseen, class_="bl-room bl-unseen")


def _equations(there: Convention) -> Markup:
    lines = [
        element("p", element("span", name, class_="bl-caption"), from_latex(latex))
        for name, latex in zip(LINES, there.equations, strict=True)
    ]
    return element("div", *lines, class_="bl-equations bl-there")

"""The whole network as one nested formula, whose brackets fold: what is folded is a number that has been stored."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.drawing.markup import Markup, element, fragment, signed
from backprop_lab.views import Picture
from backprop_lab.views.diagram import A, bias_key, describe, diagram, neuron_key, weight_key
from backprop_lab.views.mathml import bracket, equation, operator, row, symbol, term

Way = tuple[int, ...]  # to a bracket: the output neuron, then one neuron in each layer before it
LETTERS = "kjihg"  # k previous → j this → i next layer


@dataclass(frozen=True)
class Nest:
    """A network, which brackets of its formula are written out, and which neuron, weight or bias is spoken of."""

    case: Case
    opened: frozenset[Way] = frozenset({(0,)})
    selected: str = ""

    @property
    def last(self) -> int:
        """Number of the output layer."""
        return self.case.parameters.layers[-1]

    def layer(self, way: Way) -> int:
        """The layer of a bracket's neuron."""
        return self.last + 1 - len(way)

    def neuron(self, way: Way) -> str:
        """Key of a bracket's neuron."""
        return neuron_key(self.layer(way), way[-1])

    def a(self, layer: int, j: int) -> float:
        """One activation of the example."""
        return float(self.case.forward_pass.a[layer][j, 0])


def ways(sizes: tuple[int, ...]) -> list[Way]:
    """Every bracket of the formula for output neuron 0, the outermost first."""
    hidden = sizes[-2:0:-1]
    return [(0, *way) for depth in range(len(hidden) + 1) for way in product(*map(range, hidden[:depth]))]


def choose(state: Nest, key: str) -> Nest:
    """A bracket's key (`f0.1`) folds or unfolds it; any other selects what it names."""
    if not key.startswith("f"):
        return replace(state, selected=key)
    way = tuple(int(part) for part in key[1:].split("."))
    return replace(state, opened=state.opened ^ {way}, selected=state.neuron(way))


def unfold(state: Nest) -> Nest:
    """Everything written out."""
    return replace(state, opened=frozenset(ways(state.case.parameters.sizes)))


def fold(state: Nest) -> Nest:
    """Everything folded but the outermost bracket."""
    return replace(state, opened=frozenset({(0,)}))


def with_input(state: Nest, k: int, value: float) -> Nest:
    """The state with one input set."""
    x = np.array(state.case.x)
    x[k, 0] = value
    return replace(state, case=replace(state.case, x=x))


def nest(state: Nest) -> Picture:
    """The network, its formula in letters, the same with numbers and brackets that fold, and the code."""
    written = [
        element("div", *parts, style=f"padding-left:{1.6 * depth:g}em", class_="bl-fold-row")
        for depth, parts in _rows(state, (0,))
    ]
    most = len(list(_rows(unfold(state), (0,))))  # the height is kept when brackets fold
    numbers = element("div", *written, class_="bl-nest", style=f"min-height:{1.75 * most:g}em")
    network = diagram(state.case, selected=state.selected, rows=(A,))
    return Picture(
        element("div", network, _letters(state.last, _spoken(state)), numbers, _code(state)), sentence(state)
    )


def sentence(state: Nest) -> str:
    """What is seen now, in words."""
    everything = ways(state.case.parameters.sizes)
    seen, neurons = [way for way in everything if _visible(state, way)], sum(state.case.parameters.sizes[1:])
    written = sum(way in state.opened for way in seen)
    output = f"The output a[{state.last}][0] is {signed(state.a(state.last, 0))}."
    if written == len(everything):
        words = (
            f"{output} All {written} brackets are written out: {written} times σ, where {neurons} stored a would do."
        )
        return f"{words} {_selection(state, seen)}"
    stored = (
        "1 is folded, a stored a" if len(seen) == written + 1 else f"{len(seen) - written} are folded, each a stored a"
    )
    now = f"{written} of {len(everything)} brackets {'is' if written == 1 else 'are'} written out; {stored}."
    return f"{output} {now} {_selection(state, seen)}"


def _selection(state: Nest, seen: list[Way]) -> str:
    if not state.selected:
        return "Nothing is selected."
    words = f"Selected: {describe(state.case, state.selected)}"
    times = sum(state.neuron(way) == state.selected for way in seen)
    return f"{words}; seen {times} {'time' if times == 1 else 'times'} in the formula now." if times else f"{words}."


def _visible(state: Nest, way: Way) -> bool:
    return all(way[:depth] in state.opened for depth in range(1, len(way)))


def _spoken(state: Nest) -> int:
    """The layer of what is selected; −1 with nothing selected."""
    return int(state.selected[1:].split(".")[0]) if state.selected else -1


@cache
def _letters(last: int, lit: int) -> Markup:
    """a = σ(Σ w σ(Σ w x + b) + b), with the bracket of one layer lit."""
    inner = symbol("x", "", LETTERS[0])
    for layer in range(1, last + 1):
        j, k = ("0" if layer == last else LETTERS[layer]), LETTERS[layer - 1]
        total = element("munder", operator("∑"), element("mi", k))
        summed = row(total, symbol("w", layer, f"{j},{k}"), inner, operator("+"), symbol("b", layer, j))
        inner = term(symbol("σ"), bracket(summed), on=layer == lit)
    return equation(symbol("a", last, 0), operator("="), inner)


def _rows(state: Nest, way: Way, depth: int = 0, lead: Markup | str = "", end: str = "") -> Iterator[tuple[int, list]]:
    """A bracket as lines of code: (depth, pieces). `lead` stands before it, `end` closes the one around it."""
    layer, j = state.layer(way), way[-1]
    w, b = state.case.parameters.w[layer][j], _number(state, bias_key(layer, j), state.case.parameters.b[layer][j, 0])
    value = fragment(" = ", _symbol("a", layer, j), " = ", _result(state.a(layer, j)))
    head = _head(state, way)
    if way not in state.opened:
        yield depth, [lead, head, end]
    elif layer == 1:
        products = [
            piece
            for k, x in enumerate(state.case.x[:, 0])
            for piece in (_number(state, weight_key(1, j, k), w[k]), _bracketed(x), " + ")
        ]
        yield depth, [lead, head, "( ", *products, b, " )", value, end]
    else:
        yield depth, [lead, head, "("]
        for k, weight in enumerate(w):
            plus = "+ " if k else ""
            factor = fragment(plus, _number(state, weight_key(layer, j, k), weight), " · ")
            yield from _rows(state, (*way, k), depth + 1, factor)
        yield depth + 1, ["+ ", b, " )", value, end]


def _head(state: Nest, way: Way) -> Markup:
    """The part of a bracket that is clicked: σ where it is open, the stored value where it is folded."""
    layer, j, is_open = state.layer(way), way[-1], way in state.opened
    stored = [_symbol("a", layer, j), " = ", _result(state.a(layer, j))]
    words = f"{'fold' if is_open else 'unfold'} a[{layer}][{j}], {signed(state.a(layer, j))}"
    return element(
        "b",
        "▾ " if is_open else "▸ ",
        *(["σ"] if is_open else stored),
        class_="bl-fold bl-on" if state.neuron(way) == state.selected else "bl-fold",
        data_select="f" + ".".join(map(str, way)),
        aria_label=words,
        aria_expanded="true" if is_open else "false",
    )


def _code(state: Nest) -> Markup:
    """The forward pass, one line a layer: each line stores what one level of brackets is worth."""
    lines = []
    for layer in state.case.parameters.layers:
        line = f"a[{layer}] = sigmoid(w[{layer}] @ a[{layer - 1}] + b[{layer}])"
        lines += [element("mark", line) if layer == _spoken(state) else line, "\n"]
    return element("code", *lines[:-1], class_="bl-code")


def _bracketed(value: float) -> Markup:
    return fragment(f"({signed(value)})")


def _number(state: Nest, key: str, value: float) -> Markup:
    return element("span", _bracketed(value), class_="bl-on" if key == state.selected else None)


def _symbol(letter: str, layer: int, j: int) -> Markup:
    return element("math", symbol(letter, layer, j))


def _result(value: float) -> Markup:
    return element("span", signed(value), class_=f"bl-result {'bl-positive' if value >= 0 else 'bl-negative'}")

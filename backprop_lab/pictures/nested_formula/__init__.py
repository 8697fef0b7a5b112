"""The whole network as one nested formula, whose brackets fold: what is folded is a number that has been stored."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.drawing.controls import ENDS, button, buttons, row_of, rows
from backprop_lab.drawing.diagram import A, describe, diagram
from backprop_lab.drawing.html import code, marked, math, screen
from backprop_lab.drawing.markup import Markup, counted, element, fragment, sign_class, signed
from backprop_lab.drawing.mathml import bracket, equation, term
from backprop_lab.drawing.picture import Event, Picture, Press, Select, Turn, beside, refuse
from backprop_lab.drawing.svg import choice, drag
from backprop_lab.quantities import Quantity, inputs, selectable

Way = tuple[int, ...]  # to a bracket: the output neuron, then one neuron in each layer before it
LETTERS = "kjihg"  # k previous → j this → i next layer
INPUTS, LINES = 3, 17  # what fits on one screen
STEP = 0.05
APART = element("mspace", width="0.25em")  # the frame of what is lit does not touch the indices before it


@dataclass(frozen=True)
class NestedFormula:
    """A network, which brackets of its formula are written out, and which neuron, weight or bias is spoken of."""

    case: Case
    opened: frozenset[Way]
    selected: str

    @property
    def last(self) -> int:
        """Number of the output layer."""
        return self.case.parameters.layers[-1]

    @property
    def ways(self) -> dict[str, Way]:
        """Every bracket of the formula by its key, the outermost first."""
        sizes = self.case.parameters.sizes[-2:0:-1]
        every = [(0, *way) for depth in range(len(sizes) + 1) for way in product(*map(range, sizes[:depth]))]
        return {_key(way): way for way in every}

    @property
    def lines(self) -> int:
        """How many lines the formula has when all of it is written out: a bracket of layer 1 takes one, others two."""
        return sum(1 if self.neuron(way).layer == 1 else 2 for way in self.ways.values())

    def neuron(self, way: Way) -> Quantity:
        """The neuron of a bracket."""
        return Quantity("a", self.last + 1 - len(way), way[-1:])

    @property
    def seen(self) -> list[Way]:
        """The brackets that are shown, open or folded: all around them are open."""
        return [way for way in self.ways.values() if all(way[:depth] in self.opened for depth in range(1, len(way)))]


def _key(way: Way) -> str:
    return f"f{'.'.join(map(str, way))}"


def begin(case: Case = cases.deep, *, selected: str = "") -> NestedFormula:
    """The formula of a whole network for its output neuron 0, with brackets that fold and unfold.

    Parameters
    ----------
    case : a network whose formula fits: at most 3 inputs, 5 layers, 17 lines; its first example is shown
    selected : what is lit at first, for instance `a1.2`, `w2.0.1`, `b1.2`, or nothing

    Raises
    ------
    ValueError : the formula does not fit; the activation of the output is softmax, which is no function of one z; or
        the case has nothing by the key that is selected.
    """
    if case.output.derivative is None:
        raise ValueError(f"case must have an element-wise output activation, got {case.output}")
    state = NestedFormula(case, frozenset({(0,)}), selectable(selected, case))
    found = case.parameters.sizes[0], state.last, state.lines
    if any(one > most for one, most in zip(found, (INPUTS, len(LETTERS), LINES), strict=True)):
        most = f"{INPUTS} inputs, {len(LETTERS)} layers of neurons and {LINES} lines of formula"
        raise ValueError(f"case must have at most {most}, got {found}")
    return state


def view(state: NestedFormula) -> Picture:
    """The network, its formula in letters and the code; beside them the formula with numbers, whose brackets fold."""
    network = diagram(state.case, selected=state.selected, rows=(A,), draggable="a", width=480)
    spoken = Quantity.read(state.selected).layer if state.selected else -1
    more = element("div", _letters(state.last, spoken), element("div", _code(state, spoken)))
    look = "bl-nested" if state.case.parameters.sizes[0] < INPUTS else "bl-nested bl-broad"
    picture = screen(network, element("div", _controls(state), _numbers(state)), more, look=look)
    return Picture(picture, sentence(state), "The nested formula", beside(__file__))


def update(state: NestedFormula, event: Event) -> NestedFormula:
    """An input moved, brackets folded or unfolded, a neuron, weight or bias chosen."""
    match event:
        case Turn(key):
            return replace(state, case=Quantity.read(key).turned(state.case, event.number), selected=key)
        case Press("unfold"):
            return replace(state, opened=frozenset(state.ways.values()))
        case Press("fold"):
            return replace(state, opened=frozenset({(0,)}))
        case Select(key) if key in state.ways:
            way = state.ways[key]
            return replace(state, opened=state.opened ^ {way}, selected=state.neuron(way).key)
        case Select(key):
            return replace(state, selected=key)
    return refuse(event)


def sentence(state: NestedFormula) -> str:
    """What is seen now, in words."""
    seen, brackets, neurons = state.seen, len(state.ways), 1 + sum(state.case.parameters.sizes[1:-1])
    written = sum(way in state.opened for way in seen)
    output = f"The output a[{state.last}][0] is {signed(Quantity('a', state.last, (0,)).value(state.case))}."
    if written == brackets:
        now = f"σ is computed {counted(written, 'time')}; {counted(neurons, 'stored activation')} would do."
    else:
        folded = len(seen) - written
        stands = (
            "1 is folded and stands for a stored a"
            if folded == 1
            else f"{folded} are folded: each stands for a stored a"
        )
        now = f"{written} of {counted(brackets, 'bracket')} {'is' if written == 1 else 'are'} written out; {stands}."
    return f"{output} {now} {_selection(state, seen)}"


def _selection(state: NestedFormula, seen: list[Way]) -> str:
    if not state.selected:
        return "Nothing is selected."
    words, chosen = f"Selected: {describe(state.case, state.selected)}", Quantity.read(state.selected)
    if (chosen.letter, chosen.layer) == ("a", 0):
        return f"{words}; every a may follow it, no weight and no bias does."
    times = sum(state.neuron(way) == chosen for way in seen)
    return f"{words}; seen {counted(times, 'time')} in the formula now." if times else f"{words}."


def _controls(state: NestedFormula) -> Markup:
    sliders = [row_of(state.case, x, step=STEP, on=x.key == state.selected) for x in inputs(state.case)]
    folds = (
        button("unfold", "unfold everything", on=len(state.opened) < len(state.ways)),
        button("fold", "fold everything", on=state.opened != {(0,)}),
    )
    return element("div", rows(*sliders), buttons(*folds))


@cache
def _letters(last: int, lit: int) -> Markup:
    """a = σ(Σ w σ(Σ w x + b) + b), with the bracket of one layer lit."""
    inner = term(f"x_{LETTERS[0]}", on=lit == 0)
    for layer in range(1, last + 1):
        j, k = ("0" if layer == last else LETTERS[layer]), LETTERS[layer - 1]
        product = [f"∑_{k} w^{layer}_{j},{k}", APART, inner]
        inner = term("σ", bracket(*product, f"+ b^{layer}_{j}"), on=layer == lit)
    return element("div", equation(f"a^{last}_0 =", inner), class_="bl-equations")


def _code(state: NestedFormula, spoken: int) -> Markup:
    """The forward pass, one line a layer: each line stores what one level of brackets is worth."""
    lines = {
        layer: f"a[{layer}] = {state.case.activation(layer)}(w[{layer}] @ a[{layer - 1}] + b[{layer}])"
        for layer in state.case.parameters.layers
    }
    return fragment(*(code(marked(line, layer == spoken)) for layer, line in lines.items()))


def _numbers(state: NestedFormula) -> Markup:
    """The formula as lines of code; the room of the longest is kept when brackets fold."""
    written = [element("div", *parts, style=f"padding-left:{1.4 * depth:g}em") for depth, parts in _lines(state, (0,))]
    across = 31 + 22 * state.case.parameters.sizes[0] + 2 * state.last  # signs on the longest line, with its indent
    room = f"--bl-most:{state.lines};--bl-across:{across}"
    return element("div", *written, class_="bl-lines", style=room)


def _lines(
    state: NestedFormula, way: Way, depth: int = 0, lead: Markup | str = ""
) -> Iterator[tuple[int, list[Markup | str]]]:
    """A bracket as lines: (depth, pieces). `lead` stands before it."""
    a = state.neuron(way)
    weights = [Quantity("w", a.layer, (*a.index, k)) for k in range(state.case.parameters.sizes[a.layer - 1])]
    bias, value = _number(state, Quantity("b", a.layer, a.index)), fragment(" = ", _stored(state, a))
    head = _head(state, way)
    if way not in state.opened:
        yield depth, [lead, head]
    elif a.layer == 1:
        pairs = zip(weights, inputs(state.case), strict=True)
        products = [piece for w, x in pairs for piece in (_number(state, w), _number(state, x), " + ")]
        yield depth, [lead, head, "(", *products, bias, ")", value]
    else:
        yield depth, [lead, head, "("]
        for k, weight in enumerate(weights):
            factor = fragment("+ " if k else "", _number(state, weight), " · ")
            yield from _lines(state, (*way, k), depth + 1, factor)
        yield depth + 1, ["+ ", bias, ")", value]


def _head(state: NestedFormula, way: Way) -> Markup:
    """The part of a bracket that is clicked: σ where it is open, the stored value where it is folded."""
    a, is_open = state.neuron(way), way in state.opened
    return element(
        "b",
        *(["▾ σ"] if is_open else ["▸ ", _stored(state, a)]),
        class_=f"bl-fold{' bl-on' if a.key == state.selected else ''}",
        **choice(_key(way), f"{'fold' if is_open else 'unfold'} {a.code}, {signed(a.value(state.case))}"),
    )


def _stored(state: NestedFormula, a: Quantity) -> Markup:
    """a^l_j and its number."""
    value = a.value(state.case)
    shown = element("span", signed(value), class_=f"bl-result {sign_class(value)}")
    return fragment(math(f"a^{a.layer}_{a.index[0]}"), " = ", shown)


def _number(state: NestedFormula, quantity: Quantity) -> Markup:
    """A weight, a bias or an input in brackets; an input is dragged where it stands."""
    value, look = quantity.value(state.case), "bl-on" if quantity.key == state.selected else None
    hold = drag(quantity.key, value, *ENDS["a"], STEP) if quantity.letter == "a" else {}
    return element("span", f"({signed(value)})", class_=look, **hold)

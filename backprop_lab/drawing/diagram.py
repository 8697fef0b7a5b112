"""The network as a picture: every neuron with its live numbers, every weight on its wire, and what is selected."""

from collections.abc import Collection, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.drawing.controls import ENDS
from backprop_lab.drawing.html import legend
from backprop_lab.drawing.labels import label_places
from backprop_lab.drawing.layout import BELOW, EDGE, INSET, PADDING, ROW, TAG, WIDTH, Layout, half
from backprop_lab.drawing.markup import Markup, element, fragment, plain, sign_class, signed
from backprop_lab.drawing.svg import box, choice, drag, line, sheet, signed_bar, subscript, text
from backprop_lab.network import ForwardPass, example_costs
from backprop_lab.quantities import Quantity, parameters

DELTA_SCALE = 0.15  # what fills a δ bar: |a − y|·σ′ is never more than 4/27 with a quadratic cost
INPUT_SCALE, ACTIVATION_SCALE = 2.0, 1.0
MANY = 60  # weights that are drawn with their labels; of larger networks the wires alone are shown
DIGIT = 11.0  # how much wider a label is for one digit more
COST = 132.0  # how wide the words of the cost are
NOTHING = Markup("")


class Row(NamedTuple):
    """One line in a neuron: which quantity, under which sign, with how many decimals, what fills its bar, its name."""

    letter: str
    symbol: str
    decimals: int
    scale: float | None
    word: str = ""


Z, A = Row("z", "z", 2, None, "z"), Row("a", "a", 2, ACTIVATION_SCALE, "activation")
DELTA = Row("delta", "δ", 4, DELTA_SCALE, "δ")


def diagram(
    case: Case,
    *,
    example: int = 0,
    selected: str = "",
    lit: Collection[str] = (),
    rows: tuple[Row, ...] = (Z, A, DELTA),
    selectable: bool = True,
    draggable: Collection[str] = (),
    forward_pass: ForwardPass | None = None,
    width: float = WIDTH,
    above: Markup = NOTHING,
    says: str = "",
) -> Markup:
    """The network of a case, with the numbers of one of its examples.

    Parameters
    ----------
    selected, lit : key of the selected neuron, weight or bias, and keys of others that are spoken of
    rows : what stands in each neuron, from above; without `DELTA` there is no way back to be seen
    selectable : whether neurons, weights and biases can be chosen
    draggable : letters of what can be dragged where it stands: "w", "b", "a" for the inputs, "y" for the targets
    forward_pass : z and a to be shown in place of the case's own, after something was changed
    width : of the sheet, in its units; more where the labels of a deep or wide network need it
    above : drawn over the network; see `layout`
    says : words for a screen reader, where nothing can be chosen and the drawing is one image
    """
    on = {key for key in (selected, *lit) if key}
    draw = _Drawing(case, forward_pass or case.forward_pass, example, on, selected, rows, selectable, draggable, width)
    parts = [_captions(draw.layout), *_wires(draw), *_tags(draw), *_neurons(draw), _outcome(draw), above]
    look = f"bl-network{' bl-some' if any(key[0] in 'wb' for key in on) else ''}"
    said = "" if selectable or says else draw.in_words()
    drawing = sheet(draw.layout.width, draw.layout.height, *parts, look=look, says=says, said=said)
    return element("div", drawing, _legend(rows, not labels(draw.layout)), class_="bl-diagram")


def layout(case: Case, rows: tuple[Row, ...] = (Z, A, DELTA), width: float = WIDTH) -> Layout:
    """Where the neurons of a diagram stand, for what is drawn over it."""
    return Layout(case.parameters.sizes, len(rows), width)


def labels(at: Layout) -> dict[Quantity, tuple[float, float]]:
    """Where the labels of the weights stand in it; nothing where they are too many to be written."""
    many = sum(one * other for one, other in pairwise(at.sizes)) > MANY
    return {} if many else label_places(at)


def describe(case: Case, key: str, example: int = 0, forward_pass: ForwardPass | None = None) -> str:
    """What a key stands for, in words, with its number."""
    quantity = Quantity.read(key)
    if quantity.letter != "a":
        return f"{quantity.words}, {signed(quantity.value(case, example))}"
    value = (forward_pass or case.forward_pass).a[quantity.layer][quantity.index[0], example]
    return f"{quantity.words}, {'activation ' if quantity.layer else ''}{signed(float(value))}"


class _Drawing(NamedTuple):
    case: Case
    forward_pass: ForwardPass
    example: int
    on: Collection[str]
    selected: str
    rows: tuple[Row, ...]
    selectable: bool
    draggable: Collection[str]
    width: float

    @property
    def layout(self) -> Layout:
        """Where everything stands."""
        return Layout(self.case.parameters.sizes, len(self.rows), self.width)

    @property
    def weights(self) -> list[Quantity]:
        """Every weight."""
        return [each for each in parameters(self.case) if each.letter == "w"]

    def number(self, row: Row, layer: int, j: int) -> float:
        """What stands in a row of a neuron."""
        values = self.case.backward_pass.delta if row.letter == "delta" else getattr(self.forward_pass, row.letter)
        return float(values[layer][j, self.example])

    def name(self, quantity: Quantity) -> str:
        """What a screen reader says of something: a neuron with all that stands in it."""
        if quantity.letter != "a" or not quantity.layer:
            return describe(self.case, quantity.key, self.example, self.forward_pass)
        numbers = {row: signed(self.number(row, quantity.layer, *quantity.index), row.decimals) for row in self.rows}
        return ", ".join([quantity.words, *(f"{row.word} {number}" for row, number in numbers.items())])

    def in_words(self) -> str:
        """The same of all neurons, where none can be chosen."""
        sizes = enumerate(self.layout.sizes)
        neurons = [Quantity("a", layer, (j,)) for layer, size in sizes for j in range(size)]
        shape = f"A network with layers of {', '.join(map(str, self.layout.sizes))}"
        return shape if not labels(self.layout) else f"{shape}: {'; '.join(map(self.name, neurons))}"

    def marks(self, quantity: Quantity) -> dict[str, object]:
        """Attributes of something that can be chosen, or dragged, or that is merely shown."""
        key = quantity.key
        marks: dict[str, object] = {"class_": "bl-on" if key in self.on else None}
        if self.selectable and quantity.letter != "y":
            marks |= choice(key, self.name(quantity), key == self.selected)
        else:
            marks["data_key"] = key
        # what follows from others is not dragged, and no target of a softmax by itself: they have to add up to 1
        fixed = {"a": quantity.layer > 0, "y": self.case.cost.output == "softmax"}.get(quantity.letter, False)
        if quantity.letter in self.draggable and not fixed:
            marks |= drag(key, quantity.value(self.case, self.example), *ENDS[quantity.letter])
        return marks


def _wires(draw: _Drawing) -> Iterator[Markup]:
    for weight in draw.weights:
        ends, key = draw.layout.wire(weight.layer, *weight.index), weight.key
        shown = wire(*ends, weight.value(draw.case), on=key in draw.on)
        hit = line(*ends, "hit") if draw.selectable else ""
        yield element("g", shown, hit, data_pick=key if draw.selectable else None, data_key=f"wire-{key}")


def wire(x1: float, y1: float, x2: float, y2: float, weight: float, *, on: bool) -> Markup:
    """A weight's wire, the thicker the farther it is from 0; lit while it is spoken of."""
    halo = line(x1, y1, x2, y2, "halo bl-on") if on else ""
    look, thick = f"edge {sign_class(weight)}{' bl-on' if on else ''}", 1 + 2 * min(abs(weight), 3.0)
    return fragment(halo, line(x1, y1, x2, y2, look, stroke_width=thick))


def tag(
    marks: dict[str, object], x: float, y: float, label: str, usual: str = "+0.00", width: float = TAG[0]
) -> Markup:
    """A number on its wire or edge, `width` for one as long as the usual; a longer one has a wider frame."""
    height, width = TAG[1], width + DIGIT * max(0, len(label) - len(usual))
    frame = box(x - width / 2, y - height / 2, width, height, "tag", rx=height / 2)
    return element("g", frame, text(x, y + 5, label, look="value", to="middle"), **marks)


def _tags(draw: _Drawing) -> Iterator[Markup]:
    for weight, (x, y) in labels(draw.layout).items():
        yield tag(draw.marks(weight), x, y, signed(weight.value(draw.case)))


def _neurons(draw: _Drawing) -> Iterator[Markup]:
    for layer, size in enumerate(draw.layout.sizes):
        for j in range(size):
            x, y = draw.layout.place(layer, j)
            yield _neuron(draw, layer, j, x, y)
            if layer:
                bias = Quantity("b", layer, (j,))
                label = f"b {signed(bias.value(draw.case))}"
                yield tag(draw.marks(bias), x, y - draw.layout.box / 2, label, "b +0.00", 72)


def _neuron(draw: _Drawing, layer: int, j: int, x: float, y: float) -> Markup:
    rows = draw.rows if layer else (Row("a", "x", 2, INPUT_SCALE),)
    height = PADDING + len(rows) * ROW
    top = y - height / 2
    frame = box(x - half(layer), top, 2 * half(layer), height, "node", rx=12)
    lines = [_line(draw, row, layer, j, x, top + (10 if layer else 6) + at * ROW) for at, row in enumerate(rows)]
    return element("g", frame, *lines, **draw.marks(Quantity("a", layer, (j,))))


def _line(draw: _Drawing, row: Row, layer: int, j: int, x: float, y: float) -> Markup:
    value, reach = draw.number(row, layer, j), half(layer) - INSET
    name = text(x - reach, y + 14, row.symbol, subscript(j), look="symbol")
    number = text(x + reach, y + 14, signed(value, row.decimals), look="value", to="end")
    below = y + (19.5 if layer else 21.5)  # an input has room for a bar off its index
    return fragment(name, number, signed_bar(x, below, value, row.scale, reach, 3.5) if row.scale else "")


@cache
def _captions(layout: Layout) -> Markup:
    names = ["input", *("hidden" for _ in layout.sizes[1:-1]), "output"]
    words = {at: (layout.place(at, 0)[0], f"layer {at} · {name}") for at, name in enumerate(names)}
    first, last = words.pop(0), words.pop(len(names) - 1)
    ends = text(EDGE, 16, first[1], look="caption"), text(layout.width - EDGE, 16, last[1], look="caption", to="end")
    return fragment(ends[0], *(text(x, 16, name, look="caption", to="middle") for x, name in words.values()), ends[1])


def _outcome(draw: _Drawing) -> Markup:
    """Target above, and cost below, the output layer."""
    layout, last = draw.layout, len(draw.layout.sizes) - 1
    targets = [_target(draw, j, *layout.place(last, j)) for j in range(layout.sizes[last])]
    cost = example_costs(draw.forward_pass, draw.case.y, draw.case.cost)[draw.example]
    words = f"cost C = {plain(float(cost), 4)}"
    return fragment(*targets, text(*_cost_place(layout), words, look="strong", to="end"))


@cache
def _cost_place(layout: Layout) -> tuple[float, float]:
    """Where the cost ends: as near to the lowest output as no label of a weight is in its way."""
    aside, above = (30, 4) if layout.below == BELOW else (0, 36)  # of the question mark in the corner
    right = layout.width - EDGE - aside
    nearest = layout.place(layout.hidden, layout.sizes[-1] - 1)[1] + layout.box / 2 + 21
    taken = [y for x, y in labels(layout).values() if x + TAG[0] / 2 + 12 > right - COST]
    places = (float(y) for y in np.arange(nearest, layout.height - above, 3))
    return right, next((y for y in places if all(abs(each - (y - 5)) > 17 for each in taken)), nearest)


def _target(draw: _Drawing, j: int, x: float, y: float) -> Markup:
    target = Quantity("y", 0, (j,))
    words = f"target y = {plain(target.value(draw.case, draw.example))}"
    shown = text(x, y - draw.layout.box / 2 - 15, words, look="caption", to="middle")
    return element("g", shown, **draw.marks(target))


@cache
def _legend(rows: tuple[Row, ...], many: bool) -> Markup:
    forward = ", ".join(row.symbol for row in rows if row != DELTA)
    back = "; δ goes backward, from right to left" if DELTA in rows else ""
    scales = ", ".join(f"{row.symbol} = {row.scale:g}" for row in rows if row.scale)
    left_out = ["The weights are too many to be written on their wires."] if many else []
    return legend(
        f"Forward, from left to right: {forward}{back}.",
        "Blue is positive, vermillion and dashed is negative; the thicker a wire, the farther its weight is from 0.",
        f"A full bar is x = {INPUT_SCALE:g}, {scales}; one that would be longer ends in an arrow.",
        *left_out,
    )

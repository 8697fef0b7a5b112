"""The network as a picture: every neuron with its live numbers, every weight on its wire, and what is selected."""

from collections.abc import Collection, Iterator
from functools import cache, partial
from typing import Any, NamedTuple

from backprop_lab.cases import Case
from backprop_lab.drawing.markup import Markup, element, fragment, plain, sign_class, signed
from backprop_lab.network import ForwardPass
from backprop_lab.views import Picture

WIDTH, EDGE, INSET = 780.0, 8.0, 11.0
TOP, BELOW = 60.0, 56.0  # room for the names of the layers and a target, and for the cost and the legend
NODE, INPUT = 118.0, 92.0  # how wide a neuron is, and an input, which has one number
DELTA_SCALE = 0.15  # what fills a δ bar: |a − y|·σ′ is never more than 4/27 with a quadratic cost
INPUT_SCALE, ACTIVATION_SCALE = 2.0, 1.0


class Row(NamedTuple):
    """One line in a neuron: which quantity, under which sign, with how many decimals, and what fills its bar."""

    quantity: str
    symbol: str
    decimals: int
    scale: float | None


Z, A, DELTA = Row("z", "z", 2, None), Row("a", "a", 2, ACTIVATION_SCALE), Row("delta", "δ", 4, DELTA_SCALE)
NOTHING = Markup("")
ROW_HEIGHT, PADDING = 27.0, 18.0  # the bias stands on the upper edge, beside the z it enters


def neuron_key(layer: int, j: int) -> str:
    """Name of a neuron in pictures and selections: `a1.2` is neuron 2 of layer 1."""
    return f"a{layer}.{j}"


def weight_key(layer: int, j: int, k: int) -> str:
    """Name of a weight in pictures and selections: `w2.0.1` is `w[2][0, 1]`."""
    return f"w{layer}.{j}.{k}"


def bias_key(layer: int, j: int) -> str:
    """Name of a bias in pictures and selections: `b1.2` is `b[1][2]`."""
    return f"b{layer}.{j}"


def read_key(key: str) -> tuple[Any, ...]:
    """The parts of such a name: kind "a", "w" or "b", layer, then j, and k for a weight."""
    return key[0], *(int(part) for part in key[1:].split("."))


def diagram(
    case: Case,
    *,
    example: int = 0,
    selected: str = "",
    lit: Collection[str] = (),
    rows: tuple[Row, ...] = (Z, A, DELTA),
    selectable: bool = True,
    forward_pass: ForwardPass | None = None,
    above: Markup = NOTHING,
) -> Markup:
    """The network of a case, with the numbers of one of its examples.

    Parameters
    ----------
    selected, lit : key of the selected neuron, weight or bias, and keys of others that are spoken of
    rows : what stands in each neuron, from above; without `DELTA` there is no way back to be seen
    selectable : whether neurons, weights and biases can be chosen
    forward_pass : z and a to be shown in place of the case's own, after something was changed
    above : drawn over the network; see `place`
    """
    on = {selected, *lit}
    draw = _Drawing(case, forward_pass or case.forward_pass, example, on, rows, selectable)
    height = _height(case.parameters.sizes, len(rows))
    parts = [
        _captions(case.parameters.sizes),
        *_wires(draw),
        *_tags(draw),
        *_neurons(draw),
        _outcome(draw),
        _legend(rows, height),
        above,
    ]
    return element("svg", *parts, viewBox=f"0 0 {WIDTH:g} {height:g}", class_="bl-network")


def network(case: Case, *, rows: tuple[Row, ...] = (Z, A)) -> Picture:
    """The network of a case on its own, as a picture that keeps still."""
    sizes = case.parameters.sizes
    outputs = ", ".join(plain(value) for value in case.forward_pass.prediction[:, 0])
    targets = ", ".join(plain(value) for value in case.y[:, 0])
    hidden = [f"{' and '.join(map(str, sizes[1:-1]))} hidden neurons"] if sizes[1:-1] else []
    layers = ", ".join([_count(sizes[0], "input"), *hidden, _count(sizes[-1], "output")])
    answers = f"output is {outputs}, its target" if sizes[-1] == 1 else f"outputs are {outputs}, its targets"
    words = f"A network ({layers}). Its {answers} {targets}, its cost {plain(case.mean_cost, 4)}."
    return Picture(diagram(case, rows=rows, selectable=False), words)


def describe(case: Case, key: str, example: int = 0, forward_pass: ForwardPass | None = None) -> str:
    """What a key stands for, in words, with its numbers."""
    kind, layer, *index = read_key(key)
    if kind == "w":
        j, k = index
        value = signed(float(case.parameters.w[layer][j, k]))
        return (
            f"weight w[{layer}][{j}, {k}], from neuron {k} of layer {layer - 1} to neuron {j} of layer {layer}, {value}"
        )
    if kind == "b":
        value = signed(case.parameters.b[layer][index[0], 0])
        return f"bias b[{layer}][{index[0]}] of neuron {index[0]} of layer {layer}, {value}"
    a = (forward_pass or case.forward_pass).a
    value = signed(a[layer][index[0], example])
    return f"neuron {index[0]} of layer {layer}, activation {value}" if layer else f"input x[{index[0]}], {value}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


class _Drawing(NamedTuple):
    case: Case
    forward_pass: ForwardPass
    example: int
    on: Collection[str]
    rows: tuple[Row, ...]
    selectable: bool

    def choice(self, key: str) -> dict[str, object]:
        """Attributes of something that can be chosen."""
        marks: dict[str, object] = {"class_": "bl-on" if key in self.on else None}
        if self.selectable:
            marks |= {"data_select": key, "aria_label": describe(self.case, key, self.example, self.forward_pass)}
        else:
            marks["data_key"] = key
        return marks


@cache
def _height(sizes: tuple[int, ...], rows: int) -> float:
    return TOP + BELOW + (max(sizes) - 1) * _step(sizes, rows) + _box(rows)


def _box(rows: int) -> float:
    return PADDING + rows * ROW_HEIGHT


def _step(sizes: tuple[int, ...], rows: int) -> float:
    between = 40 if sizes[-1] > 1 else 28  # a target stands above each output
    return max(_box(rows) + between, 92.0)  # the tags of neighbouring wires need room, however small the boxes are


def _half(layer: int) -> float:
    return (NODE if layer else INPUT) / 2


@cache
def place(sizes: tuple[int, ...], rows: int, layer: int, j: int) -> tuple[float, float]:
    """Centre of a neuron, in a network drawn with so many rows in each."""
    between = (WIDTH - 2 * EDGE - INPUT - (len(sizes) - 1) * NODE) / (len(sizes) - 1)
    x = EDGE + INPUT + layer * (between + NODE) - NODE / 2 if layer else EDGE + INPUT / 2
    middle = TOP + (_height(sizes, rows) - TOP - BELOW) / 2
    return x, middle + (j - (sizes[layer] - 1) / 2) * _step(sizes, rows)


class _Wire(NamedTuple):
    path: str
    tag: tuple[float, float]


@cache
def _wire(sizes: tuple[int, ...], rows: int, layer: int, j: int, k: int) -> _Wire:
    (x1, y1), (x2, y2) = place(sizes, rows, layer - 1, k), place(sizes, rows, layer, j)
    x1, x2 = x1 + _half(layer - 1), x2 - _half(layer)
    middle = (x1 + x2) / 2
    t = 0.68 if sizes[layer] > 1 else 0.4  # the tag stands where the wires have spread out
    x = x1 * (1 - t) ** 3 + middle * 3 * t * (1 - t) + x2 * t**3
    y = y1 + (y2 - y1) * t**2 * (3 - 2 * t)
    return _Wire(f"M{x1:g} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {x2:g} {y2:g}", (x, y))


def _weights(case: Case) -> Iterator[tuple[int, int, int]]:
    for layer in case.parameters.layers:
        for j in range(case.parameters.sizes[layer]):
            for k in range(case.parameters.sizes[layer - 1]):
                yield layer, j, k


def _wires(draw: _Drawing) -> Iterator[Markup]:
    for layer, j, k in _weights(draw.case):
        key, value = weight_key(layer, j, k), draw.case.parameters.w[layer][j, k]
        path = _wire(draw.case.parameters.sizes, len(draw.rows), layer, j, k).path
        halo = element("path", d=path, class_="bl-halo bl-on") if key in draw.on else ""
        edge = element("path", d=path, class_=f"bl-edge {sign_class(value)}", stroke_width=1 + 2 * min(abs(value), 3.0))
        hit = element("path", d=path, class_="bl-hit") if draw.selectable else ""
        yield element("g", halo, edge, hit, data_pick=key if draw.selectable else None, data_key=f"wire-{key}")


def _tag(draw: _Drawing, key: str, x: float, y: float, label: str, width: float) -> Markup:
    box = element("rect", x=x - width / 2, y=y - 11, width=width, height=22, rx=11, class_="bl-tag")
    text = element("text", label, x=x, y=y + 5, text_anchor="middle", class_="bl-value")
    return element("g", box, text, **draw.choice(key))


def _tags(draw: _Drawing) -> Iterator[Markup]:
    sizes, rows = draw.case.parameters.sizes, len(draw.rows)
    for layer, j, k in _weights(draw.case):
        x, y = _wire(sizes, rows, layer, j, k).tag
        yield _tag(draw, weight_key(layer, j, k), x, y, signed(draw.case.parameters.w[layer][j, k]), 50)


def _neurons(draw: _Drawing) -> Iterator[Markup]:
    sizes = draw.case.parameters.sizes
    for layer, size in enumerate(sizes):
        for j in range(size):
            x, y = place(sizes, len(draw.rows), layer, j)
            yield _neuron(draw, layer, j, x, y)
            if layer:
                bias = f"b {signed(draw.case.parameters.b[layer][j, 0])}"
                yield _tag(draw, bias_key(layer, j), x, y - _box(len(draw.rows)) / 2, bias, 78)


def _neuron(draw: _Drawing, layer: int, j: int, x: float, y: float) -> Markup:
    rows = draw.rows if layer else (Row("a", "x", 2, INPUT_SCALE),)
    top, half = y - _box(len(rows)) / 2, _half(layer)
    box = element("rect", x=x - half, y=top, width=2 * half, height=_box(len(rows)), rx=14, class_="bl-node")
    lines = [_line(draw, row, layer, j, x, top + (12 if layer else 7) + at * ROW_HEIGHT) for at, row in enumerate(rows)]
    return element("g", box, *lines, **draw.choice(neuron_key(layer, j)))


def _line(draw: _Drawing, row: Row, layer: int, j: int, x: float, y: float) -> Markup:
    values = {"z": draw.forward_pass.z, "a": draw.forward_pass.a}.get(row.quantity)
    value = float((values or draw.case.backward_pass.delta)[layer][j, draw.example])
    reach, shown = _half(layer) - INSET, signed(value, row.decimals)
    name = element("text", row.symbol, subscript(j), x=x - reach, y=y + 16, class_="bl-symbol")
    number = element("text", shown, x=x + reach, y=y + 16, text_anchor="end", class_="bl-value")
    return fragment(name, number, bar(x, y + 22, value, row.scale, reach) if row.scale else "")


def subscript(j: int) -> Markup:
    """A neuron's number behind its letter in a drawing."""
    return element("tspan", j, dy=4, class_="bl-subscript")


def bar(x: float, y: float, value: float, scale: float, reach: float = NODE / 2 - INSET) -> Markup:
    """A bar to the right of x for a positive value, to the left for a negative one; `scale` fills `reach`."""
    length = max(1.0, min(1.0, abs(value) / scale) * reach)
    start = x if value >= 0 else x - length
    filled = element("rect", x=start, y=y, width=length, height=4, rx=2, class_=sign_class(value))
    return fragment(filled, element("line", x1=x, x2=x, y1=y - 2, y2=y + 6, class_="bl-zero"))


@cache
def _captions(sizes: tuple[int, ...]) -> Markup:
    names = ["input", *("hidden" for _ in sizes[1:-1]), "output"]
    caption = partial(element, "text", y=18, text_anchor="middle", class_="bl-caption")
    return fragment(*(caption(f"layer {at} · {name}", x=place(sizes, 1, at, 0)[0]) for at, name in enumerate(names)))


def _outcome(draw: _Drawing) -> Markup:
    """Target above, and cost below, the output layer."""
    sizes, last = draw.case.parameters.sizes, len(draw.case.parameters.sizes) - 1
    half = _box(len(draw.rows)) / 2
    caption = partial(element, "text", text_anchor="middle")
    targets = [
        caption(f"target y = {plain(draw.case.y[j, draw.example])}", x=x, y=y - half - 20, class_="bl-caption")
        for j in range(sizes[last])
        for x, y in [place(sizes, len(draw.rows), last, j)]
    ]
    x, y = place(sizes, len(draw.rows), last, sizes[last] - 1)
    cost = draw.case.cost.of_example(draw.forward_pass.prediction, draw.case.y)[draw.example]
    words = f"cost C = {plain(cost, 4)}"
    return fragment(*targets, caption(words, x=x + NODE / 2, y=y + half + 24, text_anchor="end", class_="bl-strong"))


@cache
def _legend(rows: tuple[Row, ...], height: float) -> Markup:
    forward = ", ".join(row.symbol for row in rows if row != DELTA)
    way = f"forward: {forward} →" + (" · ← backward: δ" if DELTA in rows else "")
    scales = ", ".join(f"{row.symbol} = {row.scale:g}" for row in rows if row.scale)
    text = partial(element, "text", y=height - 10, class_="bl-caption")
    return fragment(
        text(way, x=WIDTH / 2, text_anchor="middle"),
        text(f"a full bar: x = {INPUT_SCALE:g}, {scales}", x=12),
        text("dashed: negative", x=WIDTH - 12, text_anchor="end"),
    )

"""The network while it learns: wires as thick as their weights, and how loud each neuron's δ is."""

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.drawing.markup import Markup, element, fragment, listed, lowered, plain, raised, sign_class, signed
from backprop_lab.drawing.svg import box, choice, line, sheet, text
from backprop_lab.quantities import Quantity
from backprop_lab.training import rms
from backprop_lab.validation import Array

WIDTH, HEIGHT, TOP, BOTTOM = 430.0, 322.0, 40.0, 306.0
NEURON, HIGHEST = 92.0, 30.0
Places = list[list[tuple[float, float]]]  # by layer and neuron
MOST_WIRES = 130  # the strongest are drawn
MANY = 12  # neurons of a layer that have room for their numbers


def loudness(case: Case) -> dict[int, Array]:
    """The rms of every neuron's δ over the examples, by layer."""
    return {layer: rms(delta, axis=1) for layer, delta in case.backward_pass.delta.items()}


def network(case: Case, loud: dict[int, Array], scale: float, weights: dict[str, Quantity], selected: str) -> Markup:
    """Layers as columns; a neuron's bar is full where its δ is as loud as `scale`."""
    sizes, places = case.parameters.sizes, _places(case.parameters.sizes)
    wires = [_wires(case, layer, places, weights, selected) for layer in case.parameters.layers]
    boxes = [
        _neuron(place, float(value) / scale, float(value), (layer, j), len(values))
        for layer, values in loud.items()
        for j, (place, value) in enumerate(zip(places[layer], values, strict=True))
    ]
    names = [text(places[layer][0][0], 16, f"layer {layer}", look="caption", to="middle") for layer in loud]
    says = "" if weights else _in_words(loud)
    return sheet(WIDTH, HEIGHT, *names, _inputs(places, sizes[0]), *wires, *boxes, says=says)


def _in_words(loud: dict[int, Array]) -> str:
    return " ".join(f"δ in layer {layer}, rms of each neuron: {listed(values, 4)}."
                    for layer, values in loud.items())  # fmt: skip


def _places(sizes: tuple[int, ...]) -> Places:
    """Centres of all neurons, layer by layer; many inputs are one."""
    last = len(sizes) - 1
    columns = [18 + (WIDTH - NEURON / 2 - 22) * layer / last for layer in range(last + 1)]
    return [
        _column(x, 1 if not layer and size > MANY else size)
        for layer, (x, size) in enumerate(zip(columns, sizes, strict=True))
    ]


def _column(x: float, size: int) -> list[tuple[float, float]]:
    step = min(58.0, (BOTTOM - TOP) / size)
    return [(x, (TOP + BOTTOM) / 2 + (j - (size - 1) / 2) * step) for j in range(size)]


def _height(size: int) -> float:
    return min(HIGHEST, 0.84 * (BOTTOM - TOP) / size)


def _inputs(places: Places, size: int) -> Markup:
    if size > MANY:
        x, y = places[0][0]
        words = (
            text(x, y - 34, size, look="strong", to="middle"),
            text(2, y + 46, "inputs", look="small"),
        )
        return fragment(*words, box(x - 14, y - 28, 28, 56, "node", rx=6))
    discs = [fragment(element("circle", cx=x, cy=y, r=15.0, class_="bl-node"),
                      text(x, y + 5, f"x{lowered(k)}", look="value", to="middle"))
             for k, (x, y) in enumerate(places[0])]  # fmt: skip
    return fragment(*discs)


def _wires(case: Case, layer: int, places: Places, weights: dict[str, Quantity], selected: str) -> Markup:
    values = case.parameters.w[layer]
    if len(places[layer - 1]) != values.shape[1]:
        return fragment()
    strongest = np.argsort(-np.abs(values), axis=None)[:MOST_WIRES]
    drawn = [(int(at) // values.shape[1], int(at) % values.shape[1]) for at in sorted(strongest)]
    left, right = (15.0 if layer == 1 else NEURON / 2), NEURON / 2
    wires = (_wire(float(values[j, k]), layer, j, k, places, left, right, weights, selected) for j, k in drawn)
    return fragment(*wires)


def _wire(
    value: float, layer: int, j: int, k: int, places: Places, left: float, right: float,
    weights: dict[str, Quantity], selected: str,
) -> Markup:  # fmt: skip
    (x1, y1), (x2, y2), key = places[layer - 1][k], places[layer][j], f"w{layer}.{j}.{k}"
    ends = x1 + left, y1, x2 - right, y2
    edge = line(*ends, f"edge {sign_class(value)}", stroke_width=min(9.0, 0.6 + 0.9 * abs(float(value))))
    if key not in weights:
        return edge
    on = key == selected
    marks = choice(key, f"w[{layer}][{j}, {k}] = {signed(float(value))}", on)
    halo = line(*ends, "halo bl-on") if on else ""
    return element("g", halo, edge, line(*ends, "hit"), **marks)


def _neuron(place: tuple[float, float], share: float, loud: float, at: tuple[int, int], size: int) -> Markup:
    (x, y), high, (layer, j) = place, _height(size), at
    left, top, reach = x - NEURON / 2, y - high / 2, NEURON - 8
    frame = box(left, top, NEURON, high, "node", rx=min(8.0, high / 3))
    length = max(0.8, reach * min(1.0, share))
    if size > MANY:
        return fragment(frame, box(left + 4, top + high / 4, length, high / 2, "loud"))
    bar = box(left + 4, top + high - 7, length, 4.0, "loud", rx=2)
    if high < 26:
        words = f"δ{raised(layer)}{lowered(j)} {plain(loud, 3)}" if high > 18 else ""
        return fragment(frame, bar, text(left + 5, top + high - 8, words, look="small"))
    name = text(left + 6, top + high - 12, f"δ{raised(layer)}{lowered(j)}", look="value")
    number = text(left + NEURON - 6, top + high - 12, plain(loud, 3), look="value", to="end")
    return fragment(frame, bar, name, number)


def patterns(case: Case) -> Markup:
    """The weights into each neuron of layer 1 as a square picture, where the inputs are pixels."""
    values = case.parameters.w[1]
    n, side = len(values), int(np.sqrt(values.shape[1]))
    across = int(np.ceil(np.sqrt(n * 1.1)))
    step = 310.0 / across
    pixel = (step - 5) / side
    scale = float(np.abs(values).max()) or 1.0
    paths: dict[tuple[bool, int], list[str]] = {}
    for j, row in enumerate(values):
        left, top = step * (j % across), 30 + step * (j // across)
        for at, value in enumerate(row):
            level = int(4.99 * min(1.0, abs(value) / scale))
            if level:
                x, y = left + pixel * (at % side), top + pixel * (at // side)
                paths.setdefault((bool(value > 0), level), []).append(
                    f"M{x:.1f} {y:.1f}h{pixel:.1f}v{pixel:.1f}h-{pixel:.1f}z"
                )
    frames = [box(step * (j % across), 30 + step * (j // across), step - 5, step - 5, "frame") for j in range(n)]
    shades = [
        element("path", d="".join(some), class_=sign_class(1 if yes else -1), fill_opacity=f"{0.22 * level:g}")
        for (yes, level), some in sorted(paths.items())
    ]
    head = text(0, 17, "weights into each hidden neuron", look="strong")
    says = (
        f"The weights into each of {n} hidden neurons, as pictures of {side} by {side}; the largest: {plain(scale, 2)}."
    )
    return sheet(316.0, 346.0, head, *frames, *shades, says=says)


def squares(sizes: tuple[int, ...]) -> bool:
    """Whether the inputs are the pixels of a square picture."""
    return sizes[0] > MANY and int(np.sqrt(sizes[0])) ** 2 == sizes[0]

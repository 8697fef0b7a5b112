"""The opinions as they are seen: from δ at the right along the wires, added up, and through a lens to δ at the left."""

from itertools import pairwise

from backprop_lab.derivations.place import Place
from backprop_lab.drawing.controls import button, buttons, row, rows, tick
from backprop_lab.drawing.diagram import tag, wire
from backprop_lab.drawing.equations import error_signal
from backprop_lab.drawing.html import legend, screen, title
from backprop_lab.drawing.markup import Markup, element, fragment, plain, signed
from backprop_lab.drawing.picture import Picture, beside
from backprop_lab.drawing.rates import nearly_cancel
from backprop_lab.drawing.svg import bar, box, choice, drag, ground, line, sheet, subscript, text
from backprop_lab.pictures.opinions.state import Opinions, outgoing
from backprop_lab.quantities import Quantity, targets

WIDTH, TOP, GAP = 666.0, 30.0, 16.0  # of the drawing, what stands above the neurons, and between two of them
LINE, EDGE, THICK = 23.0, 9.0, 13.0  # height of a row with a bar, above and below the rows, and of a bar
REACH = 44.0  # a full bar: as far as there is room between words and numbers
ENDS = 4.0, 144.0  # left and right edge of a neuron's δ
LENS = 150.0, 196.0
HEARD = 202.0, 466.0  # … of what it hears: who says what, the bar, the number
SPEAKS = 556.0, 662.0  # … of a neuron of the next layer
ZERO, ZERO_DELTA = 340.0, 74.0  # where the bars begin
WIDE, AWAY = 56.0, 46.0  # a weight's label, and how far it is from where its wire begins
OPEN = 40.0  # height of the lens where everything comes in
SHUT = 0.01  # a slope below which next to nothing comes through
TURNS = {"w": (-3.0, 3.0), "b": (-8.0, 8.0)}


def view(state: Opinions) -> Picture:
    """The layer with all it hears; beside it what moves it, below it BP2 of the neuron that is spoken of."""
    rule = element("div", error_signal(Place(state.case, state.layer, state.j)), class_="bl-equations bl-heard")
    picture = screen(_drawing(state), _controls(state), rule)
    return Picture(picture, sentence(state), "The opinions of the next layer", beside(__file__))


def sentence(state: Opinions) -> str:
    """What the neuron hears, and what is left of it, in words."""
    said, slope = state.said[:, state.j], float(state.slope[state.j])
    each = " and ".join(f"{signed(value, 4)} from neuron {i}" for i, value in enumerate(said))
    where = f"{state.neuron.words.capitalize()} hears {each} of layer {state.layer + 1}"
    together = f": together {signed(said.sum(), 4)}" if len(said) > 1 else ""
    shut = " The lens is nearly shut: the neuron is saturated." if slope < SHUT else ""
    left = f"Times σ′ = {plain(slope, 4)} that is δ = {signed(float(state.delta[state.j]), 6)}."
    return f"{where}{together}. {_mood(said.tolist())} {left}{shut}"


def _mood(said: list[float]) -> str:
    loud = [value for value in said if value]
    if not loud:
        return "Nobody says anything."
    if len(said) == 1:
        return f"It asks for {_wish(said[0])} of it."
    if len(loud) == 1:
        return f"Only one of them says something: {_wish(loud[0])} of it."
    if min(loud) > 0 or max(loud) < 0:
        return f"They agree: {_wish(loud[0])} of it."
    return (
        "They quarrel, and nearly cancel." if nearly_cancel(loud) else f"They quarrel; {_wish(sum(loud))} of it wins."
    )


def _wish(opinion: float) -> str:
    """What an opinion asks for: the cost falls if the activation goes against its sign."""
    return "less" if opinion > 0 else "more" if opinion < 0 else "nothing"


def _controls(state: Opinions) -> Markup:
    """Which network and layer; the opinions sent back; the weights that carry them, and the bias that moves z."""
    flip = button("flip", "flip the last target", on=bool(targets(state.case)))
    ways = buttons(button("send", "send them back"), flip)
    bias = Quantity("b", state.layer, (state.j,))
    turns = [*outgoing(state, state.j), bias]
    sliders = [row(each.key, each.code, each.value(state.case), TURNS[each.letter]) for each in turns]
    most = max(max(case.parameters.sizes[2:]) for case in state.offered.values())
    note = f"a full bar: {state.scale:g}"
    box_ = element(
        "div",
        rows(title(f"weights out of neuron {state.j}", note), *sliders),
        style=f"min-height: {24 + 22 * (most + 1)}px",
    )
    return fragment(state.menus, ways, buttons(tick("motion", "show them moving", state.motion)), box_)


def _high(spoken: int) -> float:
    """Height of a neuron that hears so many opinions: a row for each, and one for their sum."""
    return 2 * EDGE + LINE * (spoken + 1)


def _height(n: int, spoken: int) -> float:
    return TOP + max(n * (_high(spoken) + GAP), spoken * 74.0)


def _drawing(state: Opinions) -> Markup:
    n, spoken = len(state.delta), len(state.delta_next)
    height = _height(n, spoken)
    parts = [_captions(state), *_wires(state, height), *(_listener(state, j, height) for j in range(n))]
    parts += [_speaker(state, i, height) for i in range(spoken)]
    highest = max(
        _height(one, other) for case in state.offered.values() for one, other in pairwise(case.parameters.sizes[1:])
    )
    read = legend(
        "Read it from right to left. Opinions and the δ they make have one scale; a longer bar ends in an arrow.",
        "Each opinion begins where the one above it ends; the lowest bar is their sum. Blue is positive: less of this "
        "activation. Vermillion is negative: more of it.",
        "The lens is as narrow at its left as σ′ says: fully open would be 1. The bias moves z, and so the lens.",
    )
    style = f"aspect-ratio: {WIDTH:g} / {highest:g}"
    return element("div", sheet(WIDTH, height, *parts), read, class_="bl-diagram", style=style)


def _captions(state: Opinions) -> Markup:
    return fragment(
        text(ENDS[0], 18, f"δ of layer {state.layer}", look="caption"),
        text(sum(LENS) / 2, 18, "× σ′", look="caption", to="middle"),
        text(ZERO, 18, "opinions w·δ, added", look="caption", to="middle"),
        text(SPEAKS[1], 18, f"← δ of layer {state.layer + 1}", look="caption", to="end"),
    )


def _top(state: Opinions, j: int, height: float) -> float:
    """Upper edge of a listening neuron."""
    high, n = _high(len(state.delta_next)), len(state.delta)
    return TOP + (height - TOP) * (j + 0.5) / n - high / 2


def _mouth(state: Opinions, i: int, height: float) -> float:
    """The height at which a neuron of the next layer speaks."""
    return TOP + (height - TOP) * (i + 0.5) / len(state.delta_next)


def _wires(state: Opinions, height: float) -> list[Markup]:
    """Every wire back; those of the neuron that is spoken of are lit, and have their weights on them."""
    found: list[Markup] = []
    order = sorted(range(len(state.delta)), key=lambda j: j == state.j)  # the lit ones lie over the others
    for j in order:
        middle = _top(state, j, height) + _high(len(state.delta_next)) / 2
        found += [_wire(state, weight, middle, _mouth(state, i, height)) for i, weight in enumerate(outgoing(state, j))]
    return found


def _wire(state: Opinions, weight: Quantity, listens: float, speaks: float) -> Markup:
    value, on, end = weight.value(state.case), weight.index[1] == state.j, HEARD[1] + 4
    shown = wire(SPEAKS[0], speaks, end, listens, value, on=on)
    if on:
        marks = {"data_key": f"tag {weight.key}", "class_": "bl-on", **drag(weight.key, value, *TURNS["w"])}
        y = speaks + (listens - speaks) * AWAY / (SPEAKS[0] - end)
        shown = fragment(shown, tag(marks, SPEAKS[0] - AWAY, y, signed(value), width=WIDE))
    return element("g", shown, data_key=f"wire {weight.key}")


def _speaker(state: Opinions, i: int, height: float) -> Markup:
    """A neuron of the next layer with its δ."""
    value, y = float(state.delta_next[i]), _mouth(state, i, height)
    left, right = SPEAKS
    return fragment(
        box(left, y - 24, right - left, 48, "node", rx=12),
        text(left + 9, y - 4, "δ", subscript(i), look="symbol"),
        text(right - 8, y - 4, signed(value, 4), look="value", to="end"),
        line((left + right) / 2, y + 5, (left + right) / 2, y + 17),
        bar((left + right) / 2, y + 7, value, state.scale, REACH * 0.6, 8),
    )


def _listener(state: Opinions, j: int, height: float) -> Markup:
    """What one neuron hears, row by row; the lens; and its δ."""
    top, on, key = _top(state, j, height), j == state.j, f"a{state.layer}.{j}"
    said, high = state.said[:, j].tolist(), _high(len(state.delta_next))
    whole, delta, middle = sum(said), float(state.delta[j]), top + high / 2
    ways = [_mouth(state, i, height) for i in range(len(said))]
    lines = [_opinion(state, j, i, sum(said[:i]), value, top, ways[i]) for i, value in enumerate(said)]
    total = top + EDGE + LINE * len(said)
    mark = f"neuron {j}, hears {signed(whole, 4)}, δ {signed(delta, 4)}"
    return element(
        "g",
        ground(HEARD[0], top, HEARD[1] - HEARD[0], high, on),
        ground(ENDS[0], middle - 27, ENDS[1] - ENDS[0], 54, on),
        box(HEARD[0], top, HEARD[1] - HEARD[0], high, "ear", rx=10),
        line(ZERO, top + 4, ZERO, top + high - 4),
        *lines,
        text(HEARD[0] + 8, total + 16, "together", look="strong"),
        element("g", bar(ZERO, total + 5, whole, state.scale, REACH, THICK), **_moves(state, j, "sum", x=ZERO)),
        text(HEARD[1] - 8, total + 16, signed(whole, 4), look="strong bl-value", to="end"),
        _lens(float(state.slope[j]), middle),
        box(ENDS[0], middle - 27, ENDS[1] - ENDS[0], 54, "ear", rx=10),
        text(ENDS[0] + 9, middle - 6, "δ", subscript(j), look="symbol"),
        text(ENDS[1] - 8, middle - 6, signed(delta, 4), look="strong bl-value", to="end"),
        line(ZERO_DELTA, middle + 4, ZERO_DELTA, middle + 23),
        element(
            "g",
            bar(ZERO_DELTA, middle + 7, delta, state.scale, REACH, THICK),
            **_shrinks(state, j, whole, delta, total - middle - 2),
        ),
        **choice(key, mark, on),
    )


def _opinion(state: Opinions, j: int, i: int, begins: float, value: float, top: float, mouth: float) -> Markup:
    """What one neuron of the next layer says: a bar that begins where the one above it ends."""
    y = top + EDGE + LINE * i
    middle = ZERO + REACH * min(1.0, max(-1.0, (begins + value / 2) / state.scale))
    ran = _moves(state, j, f"opinion {i}", x=SPEAKS[0] - middle, y=mouth - y - 12)
    return fragment(
        text(HEARD[0] + 8, y + 16, f"{i}: {_wish(value)}", look="caption"),
        element("g", bar(ZERO, y + 5, value, state.scale, REACH, THICK, begins=begins), **ran),
        text(HEARD[1] - 8, y + 16, signed(value, 4), look="value", to="end"),
    )


def _lens(slope: float, middle: float) -> Markup:
    """As high at its right as what comes in, at its left as much of it as σ′ lets through."""
    left, right = LENS
    out = OPEN * min(1.0, abs(slope))
    path = (
        f"M{right:g} {middle - OPEN / 2:.2f}L{left:g} {middle - out / 2:.2f}"
        f"V{middle + out / 2:.2f}L{right:g} {middle + OPEN / 2:.2f}z"
    )
    name = text((left + right) / 2, middle + OPEN / 2 + 16, plain(slope, 3), look="value", to="middle")
    return fragment(element("path", d=path, class_="bl-lens"), name)


def _moves(state: Opinions, j: int, what: str, *, x: float, y: float | None = None) -> dict[str, object]:
    """Attributes of a bar that runs along its wire when the opinions are sent back; without y it grows from zero."""
    if not (state.motion and state.sent and j == state.j):
        return {}
    way = f"--bl-x: {x:.1f}px; --bl-y: {y:.1f}px" if y is not None else f"transform-origin: {x:.1f}px 0px"
    look = "bl-grows" if y is None else "bl-runs"
    return {"data_key": f"{what} {state.sent} {state.layer}.{j}", "class_": look, "style": way}


def _shrinks(state: Opinions, j: int, whole: float, delta: float, below: float) -> dict[str, object]:
    """Attributes of δ's bar, which comes from the sum, through the lens."""
    moves = _moves(state, j, "delta", x=ZERO - ZERO_DELTA, y=below)
    if not moves:
        return {}
    wide, narrow = (max(1.0, REACH * min(1.0, abs(value) / state.scale)) for value in (whole, delta))
    style = f"{moves['style']}; --bl-k: {wide / narrow:.2f}; transform-origin: {ZERO_DELTA:.1f}px 0px"
    return moves | {"class_": "bl-shrinks", "style": style}

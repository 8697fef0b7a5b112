"""How many paths lead from one neuron to the cost as a network grows, and what it takes to add them up."""

from dataclasses import dataclass, replace
from itertools import pairwise
from math import log10

from backprop_lab.chain import multiplications_by_path, multiplications_factored, path_count
from backprop_lab.drawing.controls import button, buttons, row, rows
from backprop_lab.drawing.html import legend, screen, title
from backprop_lab.drawing.markup import Markup, counted, element, fragment, power_of_ten
from backprop_lab.drawing.picture import Event, Picture, Press, Turn, beside, refuse
from backprop_lab.drawing.svg import bar, line, sheet, text

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640.0, 380.0, 30.0, 44.0, 350.0
ENDS = (2, 10)  # of the width and of the depth
SHOWN = 5  # of the paths, spread evenly over all
ZERO, REACH, MOST = 8.0, 416.0, 12.0  # where a bar begins, how far it can reach, and how many powers of ten that is
UNITS = (("years", 31_557_600), ("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1))


@dataclass(frozen=True)
class PathCount:
    """So many layers of so many neurons, and which of the paths from neuron 0 of layer 1 is lit, counted from 0."""

    width: int
    layers: int
    path: int = 0

    @property
    def sizes(self) -> tuple[int, ...]:
        """Of the network: as many inputs as neurons in a layer."""
        return (self.width,) * (self.layers + 1)

    @property
    def paths(self) -> int:
        """From one neuron of layer 1 to the cost."""
        return path_count(self.sizes, 1)

    @property
    def counts(self) -> tuple[int, int]:
        """Multiplications for all δ of layer 1: with every path written out, and by BP2."""
        return multiplications_by_path(self.sizes, 1), multiplications_factored(self.sizes, 1)


def begin(width: int = 3, layers: int = 3) -> PathCount:
    """The paths from one neuron of layer 1 to the cost, in a network of `layers` layers of `width` neurons each.

    Raises
    ------
    ValueError : one of them is no whole number from 2 to 10.
    """
    for name, value in (("width", width), ("layers", layers)):
        if value not in range(ENDS[0], ENDS[1] + 1):
            raise ValueError(f"{name} must be a whole number from {ENDS[0]} to {ENDS[1]}, got {value!r}")
    return PathCount(int(width), int(layers))


def update(state: PathCount, event: Event) -> PathCount:
    """A wider or deeper network, or another path."""
    match event:
        case Turn("width" | "layers"):
            return replace(state, path=0, **{event.key: min(max(ENDS[0], round(event.number)), ENDS[1])})
        case Press("next"):
            return replace(state, path=(state.path + 1) % state.paths)
        case Press("skip"):
            return replace(state, path=(state.path + state.paths // 7 + 1) % state.paths)
    return refuse(event)


def stations(state: PathCount, path: int) -> list[int]:
    """The neurons of a path, from layer 1 on: counted like the digits of a number, the last layer first."""
    found = [path // state.width**power % state.width for power in range(state.layers - 1)]
    return [0, *reversed(found)]


def view(state: PathCount) -> Picture:
    """The network with a few paths; beside it sliders, and the counts on a log axis."""
    drawing = element("div", _network(state), _legend(), class_="bl-diagram")
    controls = fragment(_controls(state), _bars(state))
    return Picture(screen(drawing, controls, look="bl-count"), sentence(state), "How many paths", beside(__file__))


def sentence(state: PathCount) -> str:
    """What is seen now, in words."""
    by_path, factored = state.counts
    return (
        f"{state.layers} layers of {state.width}: {state.paths:,} paths from one neuron of layer 1 to the cost; number"
        f" {state.path + 1:,} is lit. All δ of layer 1 take {by_path:,} multiplications path by path, and {factored:,}"
        f" by BP2. At one a second that is {lasting(by_path)} against {lasting(factored)}."
    )


def lasting(seconds: int) -> str:
    """A time in its largest unit of which there are two at least."""
    name, unit = next(((name, unit) for name, unit in UNITS if seconds >= 2 * unit), UNITS[-1])
    return f"{seconds / unit:,.0f} {name}"


def _controls(state: PathCount) -> Markup:
    sliders = (
        row(key, name, value, ENDS, step=1, shown=str(value))
        for key, name, value in (("width", "neurons", state.width), ("layers", "layers", state.layers))
    )
    lit = element("span", f"lit: path {state.path + 1:,} of {state.paths:,}", class_="bl-caption")
    pressed = buttons(button("next", "next path"), button("skip", "skip ahead"), lit)
    return fragment(rows(*sliders), pressed)


def _bars(state: PathCount) -> Markup:
    """The counts as bars on a log axis: no other shows 1,000 beside 190,000,000,000."""
    entries = {"paths from one neuron": state.paths}
    entries |= zip((f"multiplications, {how}" for how in ("path by path", "by BP2")), state.counts, strict=True)
    parts = [
        fragment(text(ZERO, 20 + 50 * at, name), text(ZERO + REACH, 20 + 50 * at, f"{value:,}", look="value", to="end"),
                 bar(ZERO, 27 + 50 * at, log10(value), MOST, REACH, 12))
        for at, (name, value) in enumerate(entries.items())
    ]  # fmt: skip
    levels = [(n, ZERO + REACH * n / MOST) for n in range(0, int(MOST) + 1, 3)]
    axis = [
        fragment(line(x, 24, x, 150, "level"), text(x, 168, power_of_ten(n), look="caption", to="middle"))
        for n, x in levels
    ]
    says = "; ".join(f"{name}: {value:,}" for name, value in entries.items())
    drawn = sheet(ZERO + REACH + 16, 176.0, *axis, *parts, look="bl-chart", says=f"{says}.")
    return fragment(title("All δ of layer 1", "each line: a thousand times more"), drawn)


def _network(state: PathCount) -> Markup:
    """All neurons and wires from neuron 0 on; the lit path, and a few others spread over all there are."""
    columns = [LEFT + (WIDTH - 2 * LEFT) * at / state.layers for at in range(state.layers + 1)]
    step = (BOTTOM - TOP) / state.width
    spots = [[(x, TOP + (j + 0.5) * step) for j in range(state.width)] for x in columns[:-1]]
    end = (columns[-1], (TOP + BOTTOM) / 2)
    joined = [*pairwise([spots[0][:1], *spots[1:], [end]])]
    wires = "".join(f"M{x:.0f} {y:.0f}L{u:.0f} {v:.0f}" for left, right in joined for x, y in left for u, v in right)
    names = ["layer 1", *range(2, state.layers + 1)]
    stride = max(1, state.paths * 29 // 131)  # no round number: another neuron in each layer
    others = {(state.path + at * stride) % state.paths for at in range(1, SHOWN)} - {state.path}
    disc = min(9.0, 0.32 * step)
    says = f"{state.layers} layers of {state.width}, with {counted(len(others) + 1, 'path')} of {state.paths:,}"
    return sheet(
        WIDTH, HEIGHT,
        element("path", d=wires, class_="bl-wires"),
        *(_path(state, each, spots, end, "bl-some-path") for each in sorted(others)),
        _path(state, state.path, spots, end, "bl-lit-path"),
        *(element("circle", cx=x, cy=y, r=disc, class_="bl-node") for column in spots for x, y in column),
        element("circle", cx=end[0], cy=end[1], r=13.0, class_="bl-node"),
        text(end[0], end[1] + 5, "C", look="symbol", to="middle"),
        *(text(x, 24, at, look="caption", to="middle") for at, x in zip(names, columns, strict=False)),
        says=f"{says}; path {state.path + 1:,} is lit.",
    )  # fmt: skip


def _path(
    state: PathCount, path: int, spots: list[list[tuple[float, float]]], end: tuple[float, float], look: str
) -> Markup:
    places = [column[j] for column, j in zip(spots, stations(state, path), strict=True)]
    return element("polyline", points=" ".join(f"{x:.0f},{y:.0f}" for x, y in [*places, end]), class_=look)


def _legend() -> Markup:
    return legend(
        "A path goes through one neuron of each layer. One is lit; four others, far from it in the count, are dotted.",
        "Every neuron of layer 1 has as many. All of them share their ends: BP2 computes each end once.",
    )

"""Cost and error signals over the epochs: thin where they lie ahead, with a point where we are."""

from collections.abc import Mapping, Sequence
from itertools import cycle

import numpy as np

from backprop_lab.drawing.markup import Markup, element, fragment, plain
from backprop_lab.drawing.plane import Plane, axes, curve, thinned
from backprop_lab.drawing.svg import sheet, text
from backprop_lab.training import Epoch
from backprop_lab.validation import Array

WIDTH, HEIGHT, POINTS = 370.0, 176.0, 150
STROKES = (("--bl-fg", None), ("--bl-focus", "7 4"), ("--bl-mute", "2 4"))  # told apart by dashes, not by color alone


def curves(epochs: Sequence[Epoch], now: int) -> Markup:
    """Two charts, side by side where there is room."""
    cost = {"": np.array([each.cost for each in epochs])}
    rms = {f"layer {layer}": np.array([each.delta_rms[layer] for each in epochs]) for layer in epochs[0].delta_rms}
    at, numbers = now - epochs[0].number, np.array([each.number for each in epochs])
    charts = [_chart("cost", cost, numbers, at), _chart("error signals, root mean square", rms, numbers, at)]
    return element("div", *charts, class_="bl-row")


def _chart(name: str, series: Mapping[str, Array], numbers: Array, at: int) -> Markup:
    high, more = max(float(values.max()) for values in series.values()), 18 * ((len(series) - 1) // 2)
    plane = Plane(46, 46 + more, WIDTH - 62, 86, (numbers[0], max(numbers[-1], numbers[0] + 1)), (0.0, high or 1.0))
    looks = [{"style": f"stroke: var({ink})", "stroke_dasharray": dashes} for ink, dashes in STROKES]
    drawn = [*zip(series.items(), cycle(looks), strict=False)]
    parts = [
        text(4, 16, name, look="strong"),
        *(_name(n, each, values[at], look) for n, ((each, values), look) in enumerate(drawn)),
        axes(plane, "epoch", "", most=(6, 3)),
        *(_line(plane, numbers, values, at, look) for (_, values), look in drawn),
    ]
    shown = "; ".join(f"{each} {plain(values[at], 4)}".strip() for each, values in series.items())
    says = f"{name}, from epoch {numbers[0]} to {numbers[-1]}. In epoch {numbers[at]}: {shown}."
    return sheet(WIDTH, HEIGHT + more, *parts, says=says)


def _name(n: int, name: str, value: float, look: Mapping[str, str | None]) -> Markup:
    """One entry of the legend, two in a row, with the value of the epoch that is shown."""
    x, y = 46.0 + 160 * (n % 2), 36.0 + 18 * (n // 2)
    sample = element("path", d=f"M{x:g} {y - 5:g}h18", class_="bl-run", **look) if name else ""
    return fragment(sample, text(x + (22 if name else 0), y, f"{name} {plain(value, 4)}".strip(), look="value"))


def _line(plane: Plane, numbers: Array, values: Array, at: int, look: Mapping[str, str | None]) -> Markup:
    some = thinned(len(values), POINTS)  # more cannot be told apart
    run = np.append(some[some < at], at)
    return fragment(
        curve(plane, numbers[some], values[some], "bl-ahead", **look),
        curve(plane, numbers[run], values[run], "bl-run", **look),
        element("circle", cx=plane.across(numbers[at]), cy=plane.down(values[at]), r=4.5, class_="bl-here"),
    )

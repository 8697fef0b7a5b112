"""Both ways over the number of parameters, on logarithmic axes; and a table with what is counted and what was timed."""

import numpy as np

from backprop_lab.drawing.controls import button, buttons, menu, row, rows
from backprop_lab.drawing.html import legend, room, screen, table
from backprop_lab.drawing.markup import Markup, element, fragment, hyphened
from backprop_lab.drawing.picture import Picture, beside
from backprop_lab.drawing.plane import RUNS, Plane, curve, here, log_axes, samples
from backprop_lab.drawing.svg import line, sheet, text
from backprop_lab.pictures.cost_meter.state import COUNTS, KNOWN, PARTS, CostMeter, offered, presets
from backprop_lab.validation import Array
from backprop_lab.work import Measured, backward_products, difference_products, forward_products, parameter_count

WIDTH, HEIGHT = 600.0, 440.0
PLANE = Plane(62, 34, WIDTH - 84, HEIGHT - 112, (0.0, 7.0), (0.0, 14.0))
WAYS = {"one pass forward, one back": backward_products, "every parameter moved": difference_products}
LOOKS = dict(zip(WAYS, RUNS, strict=False))
LONGEST = (
    "Timed here: 0.000123 s against 0000 minutes, 000,000 times as long. One pass forward and one back take as long as "
    "0.0 passes forward. Extrapolated: 000 of 0,000,000 parameters were moved."
)


def view(state: CostMeter) -> Picture:
    """The chart at the left; the sizes, the counts and the times at the right."""
    controls = fragment(
        buttons(menu("network", "network", _named(state), hyphened(state.sizes)), button("measure", "measure here")),
        rows(*(_slider(state, part) for part in PARTS)),
        _counts(state),
    )
    drawing = element("div", _chart(state), _read(), class_="bl-diagram")
    return Picture(
        screen(drawing, controls, room(_timed(state), LONGEST), look="bl-bench bl-meter"),
        sentence(state),
        "What a gradient takes",
        beside(__file__),
    )


def sentence(state: CostMeter) -> str:
    """Both counts and their ratio, in words."""
    passes, moved = (count(state.sizes) for count in WAYS.values())
    taken = state.taken.get(state.sizes)
    return (
        f"{hyphened(state.sizes)}, {state.parameters:,} parameters: {passes:,} multiplications in one pass forward and"
        f" one back, {moved:,} when every parameter is moved up and down, {factor(moved / passes)} as many."
        f"{f' Timed here: {factor(taken.differences / taken.backward)} as long.' if taken else ''}"
    )


def factor(value: float) -> str:
    """A ratio in words: 2,117 times."""
    return f"{value:,.0f} times" if value >= 10 else f"{value:.1f} times"


def seconds(value: float) -> str:
    """A time with two digits, in the unit that fits."""
    for unit, size in (("hours", 3600.0), ("minutes", 60.0), ("s", 1.0), ("ms", 1e-3)):
        if value >= size * (2 if size > 1 else 1):
            return f"{value / size:,.{0 if value / size >= 10 else 1}f} {unit}"
    return f"{value / 1e-6:.0f} µs"


def grown(state: CostMeter) -> dict[str, tuple[Array, Array]]:
    """For each way the parameters and the multiplications while the hidden layers grow, as powers of ten."""
    others = [state.resized("width", width).sizes for width in sorted({*COUNTS, state.width})]
    at = np.log10([parameter_count(sizes) for sizes in others])
    return {way: (at, np.log10([count(sizes) for sizes in others])) for way, count in WAYS.items()}


def slopes(state: CostMeter) -> dict[str, float]:
    """How steep each way is around these sizes: the power of the number of parameters with which it grows."""
    near = [max(1, round(state.width * times)) for times in (0.7, 1.0, 1.4)] if state.width > 1 else [1, 2]
    sizes = [state.resized("width", width).sizes for width in dict.fromkeys(near)]
    at = np.log([parameter_count(each) for each in sizes])
    return {way: float(np.polyfit(at, np.log([count(each) for each in sizes]), 1)[0]) for way, count in WAYS.items()}


def _named(state: CostMeter) -> dict[str, str]:
    return {key: f"{key}, {KNOWN[sizes]}" if sizes in KNOWN else key for key, sizes in presets(state).items()}


def _slider(state: CostMeter, part: str) -> Markup:
    values, value = offered(state, part), getattr(state, part)
    ends = (0.0, len(values) - 1.0)
    return row(part, PARTS[part], float(values.index(value)), ends, step=1.0, shown=f"{value:,}")


def _counts(state: CostMeter) -> Markup:
    """Both ways side by side: passes, multiplications, and the time if it was measured."""
    forward, measured = forward_products(state.sizes), state.taken.get(state.sizes)
    passes, moved = (count(state.sizes) for count in WAYS.values())
    steep = slopes(state)
    timed = (seconds(measured.backward), seconds(measured.differences)) if measured else ("–", "–")
    return table(
        ("", *WAYS),
        ("passes", "1 + 1", f"2 × {state.parameters:,}"),
        ("multiplications", f"{passes:,}", f"{moved:,}"),
        ("in passes forward", f"{passes / forward:.2f}", f"{moved / forward:,.0f}"),
        ("timed here", *timed),
        ("slope in the chart", *(f"{each:.1f}" for each in steep.values())),
        caption=f"{state.parameters:,} parameters, one example",
    )


def _timed(state: CostMeter) -> Markup:
    measured = state.taken.get(state.sizes)
    words = (
        _in_seconds(measured)
        if measured
        else "Not timed yet: press “measure here”, and both ways are run on this machine."
    )
    return element("p", words, class_="bl-remark")


def _in_seconds(found: Measured) -> str:
    how = (
        "All parameters were moved."
        if found.tried == found.parameters
        else f"Extrapolated: {found.tried:,} of {found.parameters:,} parameters were moved."
    )
    return (
        f"Timed here: {seconds(found.backward)} against {seconds(found.differences)}, "
        f"{factor(found.differences / found.backward)} as long. One pass forward and one back take as long as "
        f"{found.backward / found.forward:.1f} passes forward. {how}"
    )


def _chart(state: CostMeter) -> Markup:
    lines = [curve(PLANE, *found, LOOKS[way]) for way, found in grown(state).items()]
    x = float(np.log10(state.parameters))
    ends = [float(np.log10(count(state.sizes))) for count in WAYS.values()]
    between = line(PLANE.across(x), PLANE.down(ends[0]), PLANE.across(x), PLANE.down(ends[1]), "gap")
    times = WAYS["every parameter moved"](state.sizes) / WAYS["one pass forward, one back"](state.sizes)
    left = x > 5
    middle = sum(ends) / 2 + (-0.8 if left else 0.8)  # between the lines where the words are: they spread to the right
    label = text(
        PLANE.across(x) + (-12 if left else 12), PLANE.down(middle) + 5, factor(times), look="strong",
        to="end" if left else "start",
    )  # fmt: skip
    points = [here(PLANE, x, y) for y in ends]
    says = f"Multiplications over the number of parameters, both axes in powers of ten. {sentence(state)}"
    axes = log_axes(PLANE, "weights and biases", "multiplications", below=range(8), beside=range(0, 15, 2))
    key = {way: (x, LOOKS[way]) for x, way in zip((62.0, 330.0), WAYS, strict=True)}
    return sheet(WIDTH, HEIGHT, axes, *lines, between, *points, label, samples(HEIGHT - 8, key), says=says)


def _read() -> Markup:
    return legend(
        "Both axes are powers of ten. Each line shows what happens while the hidden layers grow. "
        "The points are the sizes now.",
        "Counted are products of a weight or δ with a number, in one example; σ and ⊙, one for a neuron, are left out.",
    )

"""The error over h on logarithmic axes, and beside it the digits that a difference has left."""

from math import floor, log10

import numpy as np

from backprop_lab.drawing.controls import buttons, menu, row, rows
from backprop_lab.drawing.html import legend, room, screen, table, title
from backprop_lab.drawing.markup import Markup, element, fragment, plain, power_of_ten
from backprop_lab.drawing.picture import Picture, beside
from backprop_lab.drawing.plane import RUNS, Plane, curve, here, log_axes, samples
from backprop_lab.drawing.svg import line, sheet
from backprop_lab.pictures.check_lab.state import POWERS, STEPS, CheckLab, networks, slope, smooth
from backprop_lab.quantities import parameters
from backprop_lab.quotients import PRECISIONS, WAYS, relative_error
from backprop_lab.validation import Array

WIDTH, HEIGHT = 600.0, 440.0
PLANE = Plane(56, 34, WIDTH - 76, HEIGHT - 112, POWERS, (-17.0, 1.0))
LOOKS = dict(zip(WAYS, RUNS, strict=False))
DIGITS = {"float64": 17, "float32": 9}  # decimals that are shown of a cost
CROSSES = "z[1][2] crosses the kink of relu"  # as long as it gets
REMARKS = {  # what is to be seen with this h
    "kink": "{} between θ − h and θ + h: the difference mixes the slopes on both sides, and "
    "is neither. A smaller h is no better, until it is so small that nothing crosses.",
    "silent": "This rate is 0, as those of a silent neuron are: both costs are the same, and every difference is 0, "
    "as it should be.",
    "lost": "The step is too small for these numbers: both costs are the same, and nothing is left of the rate.",
    "rounding": "Rounding leads: both costs share most of their digits (pale), the subtraction cancels those, and what "
    "rounding did to the last ones is divided by a tiny h.",
    "truncation": "Truncation leads: between θ − h and θ + h the cost is no straight line. A smaller h is better, "
    "until rounding leads.",
}


def view(state: CheckLab) -> Picture:
    """The chart at the left; the step, the numbers and the slopes at the right."""
    step = row(
        "power", "h", state.power, POWERS, step=0.25, shown=scientific(state.h), label=f"step h, {scientific(state.h)}"
    )
    controls = fragment(buttons(*_menus(state)), rows(step), _numbers(state), _slopes(state))
    drawing = element("div", _chart(state), _read(), class_="bl-diagram")
    picture = screen(
        drawing,
        controls,
        room(_remark(state), *(each.format(CROSSES) for each in REMARKS.values())),
        look="bl-bench bl-digits-left",
    )
    return Picture(picture, sentence(state), "The gradient-check lab", beside(__file__))


def sentence(state: CheckLab) -> str:
    """How wrong the differences are with this h, in words."""
    rates = state.found.rates
    two, one = (scientific(relative_error(rates[way], state.exact)) for way in WAYS[:2])
    share, rest = (" of the rate", "") if state.exact else ("", ": the rate is 0")
    two, one = ("all" if share and each == "1" else each for each in (two, one))
    return (
        f"The rate of {state.weight.code} in {state.precision}, with h = {scientific(state.h)}: "
        f"the two-sided difference is off by {two}{share}, the one-sided one by {one}{rest}."
    )


def scientific(value: float) -> str:
    """A positive number as it is written in a report: 3·10⁻⁵, or 0; one between 0.01 and 100 as it is."""
    if value == 0:
        return "0"
    digit, power = f"{value:.1e}".split("e")
    digit, power = digit.removesuffix(".0"), int(power)
    if -2 <= power <= 1:
        return f"{value:.2g}"
    ten = power_of_ten(power)
    return ten if digit == "1" else f"{digit}·{ten}"


def shared(number: str, other: str) -> int:
    """How many characters two numbers of the same format have in common from the left; none if their signs differ."""
    same = next((at for at, pair in enumerate(zip(number, other, strict=False)) if pair[0] != pair[1]), len(number))
    return same if any(each in "123456789" for each in number[:same]) else 0


def digits(number: str) -> int:
    """How many significant digits there are in the beginning of a number."""
    return len(number.replace(".", "").replace("−", "").lstrip("0"))


def _menus(state: CheckLab) -> list[Markup]:
    knobs = [each.code for each in parameters(state.given)]
    return [
        menu("weight", "rate of", knobs, state.weight.code),
        menu("precision", "numbers", list(PRECISIONS), state.precision),
        menu("network", "σ", list(networks(state.given)), state.network),
    ]


def _chart(state: CheckLab) -> Markup:
    found = state.found.rates
    powers = np.log10(STEPS)
    lines = [curve(PLANE, powers, _log(state.errors[way]), LOOKS[way]) for way in reversed(WAYS)]
    at = {way: float(_log(np.array([relative_error(found[way], state.exact)]))[0]) for way in WAYS}
    points = [here(PLANE, state.power, at[way]) for way in reversed(WAYS)]
    x = PLANE.across(state.power)
    upright = line(x, PLANE.top, x, PLANE.bottom, stroke_dasharray="2 4")
    says = f"The relative error of three differences over the step h, both axes in powers of ten. {sentence(state)}"
    error = "error, as a share of the rate" if state.exact else "error; the rate is 0"
    axes = log_axes(PLANE, "step h", error, below=range(-15, 1, 3), beside=range(-16, 1, 4))
    key = {way: (x, LOOKS[way]) for x, way in zip((56.0, 230.0, 404.0), WAYS, strict=True)}
    return sheet(WIDTH, HEIGHT, axes, upright, *lines, *points, samples(HEIGHT - 8, key), says=says)


def _log(errors: Array) -> Array:
    return np.log10(np.maximum(errors, 1e-17))


def _read() -> Markup:
    return legend(
        "Both axes are powers of ten: a line that falls by two for each one to the left has the slope 2.",
        "An error below 10⁻¹⁷ is drawn there. The exact rate is found by a complex step of 10⁻³⁰.",
    )


def _numbers(state: CheckLab) -> Markup:
    """C at both sides, where the digits in front are the same; and the quotients, where they are those of the rate."""
    found, decimals = state.found, DIGITS[state.precision]
    up, down = (f"{value:.{decimals}f}" for value in (found.up, found.down))
    costs = [_marked("C(θ + h)", up, down, lost=True), _marked("C(θ − h)", down, up, lost=True)]
    size = min(8, -floor(log10(abs(state.exact)))) if state.exact else 1
    places = max(1, DIGITS[state.precision] - 4 + size)
    exact = f"{state.exact:z.{places}f}".replace("-", "−")
    rates = [_marked(way, f"{found.rates[way]:z.{places}f}".replace("-", "−"), exact, count=True) for way in WAYS]
    return table(
        ("", "with this h", "right digits"),
        *costs,
        *rates,
        ("exact", _code(exact), ""),
        look="bl-decimals",
    )


def _marked(name: str, number: str, other: str, *, lost: bool = False, count: bool = False) -> tuple[object, ...]:
    """A row: what a number shares with another in front, and the rest."""
    same = shared(number, other)
    front, rest = number[:same], number[same:]
    parts = (
        (element("span", front, class_="bl-gone"), rest)
        if lost
        else (element("b", front) if front else "", element("span", rest, class_="bl-gone"))
    )
    right = "all" if number == other else digits(front)
    return name, _code(*parts), str(right) if count else ""


def _code(*parts: object) -> Markup:
    return element("code", *parts)


def _slopes(state: CheckLab) -> Markup:
    shown = [(way, *(_slope(slope(state, way, side)) for side in ("left", "right"))) for way in WAYS[:2]]
    head = title("Slope of the error", "over h, powers of ten")
    return fragment(head, table(("", "left of its lowest point", "right of it"), *shown))


def _slope(value: float | None) -> str:
    return "–" if value is None else plain(value, 1)


def _remark(state: CheckLab) -> Markup:
    """A kink, a step that is lost, or which of the two errors leads."""
    if state.kink:
        which = "kink"
    elif state.found.up == state.found.down:
        which = "lost" if state.exact else "silent"
    else:
        which = "rounding" if state.h < STEPS[smooth(state.errors["two-sided"]).argmin()] else "truncation"
    return element("p", REMARKS[which].format(state.kink), class_="bl-remark")

"""A chart over the epochs of a training: a line for each number that is read, and one for a run to compare."""

from collections.abc import Callable, Mapping, Sequence
from itertools import cycle
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np

from backprop_lab.drawing.markup import Markup, compact, element, percent, plain, power_of_ten
from backprop_lab.drawing.plane import RUNS, Plane, curve, ruled, thinned, ticks
from backprop_lab.drawing.svg import sheet, text
from backprop_lab.validation import Array

WIDTH, TALL, LEFT, TOP, RIGHT, BELOW = 212.0, 108.0, 38.0, 56.0, 14.0, 40.0
NAME = 15.0  # height of a line of the legend: of more than two the chart is higher
POINTS = 110

Read = Callable[[Any], float | None]  # of a moment: what is known of a training after so many epochs


class Axis(NamedTuple):
    """How numbers go up: between which ends, where each stands, the levels beside it, and how one is written."""

    ends: Callable[[Array], tuple[float, float]]
    place: Callable[[Array], Array]
    levels: Callable[[float, float], Mapping[str, float]]
    written: Callable[[float], str]


def _decades(values: Array) -> tuple[float, float]:
    """Whole powers of ten around the values, two decades at least."""
    positive = values[values > 0]
    low = float(np.floor(np.log10(max(1e-12, positive.min())))) if positive.size else -2.0
    high = float(np.ceil(np.log10(max(1e-12, positive.max())) + 1e-9)) if positive.size else 0.0
    return min(low, high - 2), high


def _powers(low: float, high: float) -> dict[str, float]:
    apart = max(1, round((high - low) / 4))
    return {power_of_ten(n): float(n) for n in range(int(low), int(high) + 1, apart)}


def _four(value: float) -> str:
    return plain(value, 4)


LOG = Axis(_decades, lambda values: np.log10(np.maximum(values, 1e-12)), _powers, _four)
SHARE = Axis(lambda _: (0.0, 1.0), np.asarray, lambda *_: {"0": 0.0, "50": 0.5, "100": 1.0}, percent)
LINEAR = Axis(lambda values: (0.0, float(values.max()) or 1.0), np.asarray, lambda *ends: ticks(*ends, most=3), _four)


def chart(
    name: str, reads: Mapping[str, Read], moments: Sequence[Any], at: int, kept: Sequence[Any] = (), *,
    axis: Axis, unit: str = "epoch", count: Callable[[Any], float] = attrgetter("epochs"), least: float = 10.0,
) -> Markup:  # fmt: skip
    """Lines over the epochs, or what else is counted: thick as far as the moment that is shown, thin ahead of it.

    Parameters
    ----------
    reads : the lines by name; one alone may have none
    at : number of the moment that is shown
    kept : moments of another training
    count : how many epochs are over at a moment
    least : so many have room
    """
    here, more = moments[at], NAME * max(0, len(reads) - 2)
    drawn = np.union1d(thinned(len(moments), POINTS), at)  # the same ones, wherever it is
    at = int(np.searchsorted(drawn, at))
    runs = [moments[n] for n in drawn], [kept[n] for n in thinned(len(kept), POINTS)]
    lines = {key: tuple(_values(some, read) for some in runs) for key, read in reads.items()}
    present = np.concatenate([values[np.isfinite(values)] for pair in lines.values() for values in pair])
    now, then = (np.array([count(each) for each in some]) for some in runs)
    end = float(max([*now[-1:], *then[-1:], least]))
    plane = Plane(LEFT, TOP + more, WIDTH - LEFT - RIGHT, TALL, (0.0, end), axis.ends(present))

    def line(epochs: Array, values: Array, look: str) -> Markup:
        some = np.isfinite(values)
        return curve(plane, epochs[some], axis.place(values[some]), look)

    parts = [ruled(plane, ticks(*plane.x, most=4), axis.levels(*plane.y), unit, lines=True, look="small")]
    shown = {key: "–" if (value := read(here)) is None else axis.written(value) for key, read in reads.items()}
    parts += [text(2, 16, f"{name} {shown.get('', '')}".strip(), look="strong"), *_legend(shown)]
    for look, (values, behind) in zip(cycle(RUNS), lines.values(), strict=False):
        parts += [line(then, behind, f"{look} bl-ghost")] if len(then) else []
        parts += [line(now[at:], values[at:], f"{look} bl-ahead")] if at < len(now) - 1 else []
        parts += [line(now[: at + 1], values[: at + 1], look)]
        if np.isfinite(values[at]):
            y = float(axis.place(values[[at]])[0])
            parts.append(element("circle", cx=plane.across(now[at]), cy=plane.down(y), r=4.0, class_="bl-here"))
    said = "; ".join(f"{key} {value}".strip() for key, value in shown.items())
    last, this = (compact(round(float(each), 3)) for each in (now[-1], now[at]))
    says = f"{name}, over {last} {unit}{'' if last == '1' else 's'}. At {unit} {this}: {said}."
    return sheet(WIDTH, plane.bottom + BELOW, *parts, says=says)


def _values(moments: Sequence[Any], read: Read) -> Array:
    found = (read(each) for each in moments)
    return np.array([np.nan if value is None else value for value in found], dtype=float)


def _legend(shown: Mapping[str, str]) -> list[Markup]:
    """A piece of each line that has a name, with its value now."""
    parts, named = [], [f"{key} {value}" for key, value in shown.items() if key]
    for n, (look, words) in enumerate(zip(cycle(RUNS), named, strict=False)):
        y = 32 + NAME * n
        parts += [element("path", d=f"M{LEFT:g} {y - 5:g}h18", class_=look), text(LEFT + 23, y, words, look="small")]
    return parts

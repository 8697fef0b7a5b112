"""A chart over the epochs of a training: a line for each number that is read, and thin ones for a run to compare."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from backprop_lab.drawing.markup import Markup, element, percent, plain, power_of_ten
from backprop_lab.drawing.plane import RUNS, Plane, curve, ruled, thinned, ticks
from backprop_lab.drawing.svg import sheet, text
from backprop_lab.validation import Array

WIDTH, HEIGHT, LEFT, TOP, BOTTOM, RIGHT = 212.0, 204.0, 38.0, 56.0, 164.0, 14.0
POINTS = 110


class Moment(Protocol):
    """What is known of a training after so many epochs."""

    @property
    def epochs(self) -> float:
        """With the part of the running one."""
        ...


Read = Callable[[Any], float | None]  # of a moment


def chart(
    name: str, reads: Mapping[str, Read], moments: Sequence[Moment], at: int, kept: Sequence[Moment] = (), *,
    log: bool, unit: str = "epoch",
) -> Markup:  # fmt: skip
    """Lines over the epochs, or what else is counted, on a logarithmic axis or from 0 to 100 %."""
    some, ghost = ([each[place] for place in thinned(len(each), POINTS)] for each in (moments, kept))
    end = max([moments[-1].epochs, *(each.epochs for each in kept[-1:]), 10.0])
    lines = {key: (_values(some, read), _values(ghost, read)) for key, read in reads.items()}
    present = np.concatenate([values[np.isfinite(values)] for pair in lines.values() for values in pair])
    plane = Plane(LEFT, TOP, WIDTH - LEFT - RIGHT, BOTTOM - TOP, (0.0, end), _decades(present) if log else (0.0, 1.0))
    scaled = (lambda values: np.log10(np.maximum(values, 1e-12))) if log else (lambda values: values)
    here = moments[at]
    parts = [
        _axes(plane, log, unit),
        text(2, 16, _headed(name, reads, here, log), look="strong"),
        *_names(reads, here, log),
    ]
    for look, (key, (values, behind)) in zip(RUNS, lines.items(), strict=False):
        parts += [_line(plane, ghost, scaled(behind), f"{look} bl-ghost")] if len(ghost) else []
        parts += [_line(plane, some, scaled(values), look)]
        value = reads[key](here)
        if value is not None and np.isfinite(value):
            y = float(scaled(np.array([value]))[0])
            parts.append(element("circle", cx=plane.across(here.epochs), cy=plane.down(y), r=4.0, class_="bl-here"))
    said = "; ".join(f"{key} {_shown(read(here), log)}".strip() for key, read in reads.items())
    return sheet(
        WIDTH, HEIGHT, *parts, says=f"{name}, over {plain(end, 0)} {unit}s. At {unit} {plain(here.epochs, 1)}: {said}."
    )


def _headed(name: str, reads: Mapping[str, Read], here: Moment, log: bool) -> str:
    """The name, with the value now where there is one line only."""
    return f"{name} {_shown(reads[''](here), log)}" if "" in reads else name


def _shown(value: float | None, log: bool) -> str:
    return "–" if value is None else plain(value, 4) if log else percent(value)


def _values(moments: Sequence[Moment], read: Read) -> Array:
    found = (read(each) for each in moments)
    return np.array([np.nan if value is None else value for value in found], dtype=float)


def _decades(values: Array) -> tuple[float, float]:
    """Whole powers of ten around the values, two decades at least."""
    positive = values[values > 0]
    low = float(np.floor(np.log10(max(1e-12, positive.min())))) if positive.size else -2.0
    high = float(np.ceil(np.log10(max(1e-12, positive.max())) + 1e-9)) if positive.size else 0.0
    return min(low, high - 2), high


def _axes(plane: Plane, log: bool, unit: str) -> Markup:
    low, high = plane.y
    apart = max(1, round((high - low) / 4))
    powers = {power_of_ten(n): float(n) for n in range(int(low), int(high) + 1, apart)}
    levels = powers if log else {"0": 0.0, "50": 0.5, "100": 1.0}
    return ruled(plane, ticks(*plane.x, most=4), levels, unit, lines=True, look="small")


def _names(reads: Mapping[str, Read], here: Moment, log: bool) -> list[Markup]:
    """The legend: a piece of each line with its value now."""
    found, x = [], LEFT
    named = {key: read for key, read in reads.items() if key}
    for n, (look, (key, read)) in enumerate(zip(RUNS[:2], named.items(), strict=False)):
        y = 32.0 + 15 * n
        sample = element("path", d=f"M{x:g} {y - 5:g}h18", class_=look)
        found += [
            sample,
            text(x + 23, y, f"{key} {_shown(read(here), log)}".strip(), look="small"),
        ]
    return found


def _line(plane: Plane, moments: Sequence[Moment], values: Array, look: str) -> Markup:
    known = np.isfinite(values)
    epochs = np.array([each.epochs for each in moments])
    return curve(plane, epochs[known], values[known], look)

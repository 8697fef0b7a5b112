"""A few functions of one variable as curves in one plane, told apart by their lines and named below."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from backprop_lab.drawing.markup import element
from backprop_lab.drawing.picture import Picture
from backprop_lab.drawing.plane import RUNS, Plane, axes, curve, samples
from backprop_lab.drawing.svg import sheet, text
from backprop_lab.validation import Array, finite

WIDTH, HEIGHT = 460.0, 270.0
LOOKS = RUNS[:3]  # as many names as are beside one another
NAMED = 140.0  # from a curve's name to the next one's


def curves(
    x: ArrayLike, named: Mapping[str, ArrayLike], words: str, *, title: str, across: str = "x", high: float = np.inf
) -> Picture:
    """Up to three curves over the same numbers.

    Parameters
    ----------
    x : where the functions were evaluated, shape (n,), increasing, n ≥ 2
    named : for each curve its name and its values, shape (n,)
    words : what is to be seen in it, in full sentences: the caption, and what a screen reader says
    title : what goes up, above the picture
    across : what goes from left to right, below it
    high : a curve is drawn as far as it stays below; as far as it goes, if none is given

    Raises
    ------
    ValueError : the lists are not equally long, x does not increase, there are too many curves or none, or one
        lies above `high` everywhere.
    """
    x, values = finite("x", x), {name: finite(name, y) for name, y in named.items()}
    if x.ndim != 1 or len(x) < 2 or not (np.diff(x) > 0).all():
        back = int(np.diff(x).argmin()) if x.ndim == 1 < len(x) else None
        came = f"shape {x.shape}" if back is None else f"{x[back]} before {x[back + 1]}"
        raise ValueError(f"x must be at least two increasing numbers, got {came}")
    if not 1 <= len(values) <= len(LOOKS):
        raise ValueError(f"named must have 1 to {len(LOOKS)} curves, got {len(values)}")
    for name, y in values.items():
        if y.shape != x.shape:
            raise ValueError(f"{name} must have shape {x.shape}, as x has, got {y.shape}")
    if not all((y <= high).any() for y in values.values()):
        raise ValueError(f"high must be a number that no curve is above everywhere, got {high}")
    plane = Plane(44, 34, WIDTH - 60, HEIGHT - 106, (x[0], x[-1]), _edges(values, high))
    looks = dict(zip(values, LOOKS, strict=False))
    drawn = sheet(
        WIDTH, HEIGHT, axes(plane, across, ""), text(2, 16, title, look="strong"),
        *(curve(plane, x[run], y[run], looks[name]) for name, y in values.items() for run in _runs(y <= high)),
        samples(HEIGHT - 8, {name: (plane.left + NAMED * at, look) for at, (name, look) in enumerate(looks.items())}),
        says=words,
    )  # fmt: skip
    return Picture(element("div", drawn, style=f"max-width: {WIDTH:g}px"), words, title)


def _runs(inside: NDArray[np.bool_]) -> list[slice]:
    """Where a curve is drawn, piece by piece."""
    ends = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(int)))
    return [slice(start, stop) for start, stop in ends.reshape(-1, 2)]


def _edges(values: Mapping[str, Array], high: float) -> tuple[float, float]:
    """From 0, or from what is below it, to what is highest."""
    every = np.concatenate([*values.values()])
    low, top = min(0.0, float(every.min())), min(high, float(every.max()))
    return low, top if top > low else low + 1

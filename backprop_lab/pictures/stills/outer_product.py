"""A whole gradient at once: δ down the side, activations along the top, and their products as a field of color."""

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab.drawing.markup import Markup, counted, element, fragment, sign_class
from backprop_lab.drawing.picture import Picture
from backprop_lab.drawing.svg import box, sheet
from backprop_lab.validation import Array

CELL, STRIP, GAP, TOP = 9.0, 2, 1, 4.0  # side of a cell; how thick the margins are, in cells; what lies above
LEVELS = 8  # shades of each color
MOST = 100


def outer_product(delta: ArrayLike, a: ArrayLike) -> Picture:
    """The gradient of a layer's weights for one example: every product δ_j a_k as a cell, the stronger the larger.

    Parameters
    ----------
    delta : error signals of the layer, shape (n,) or (n, 1)
    a : activations of the layer before, shape (n_previous,) or (n_previous, 1)

    Raises
    ------
    ValueError : one of them is no column of finite numbers, or longer than 100.
    """
    rows, columns = _column("delta", delta), _column("a", a)
    values = np.outer(rows, columns)
    n, before = values.shape
    side, top = (STRIP + GAP) * CELL, TOP + (STRIP + GAP) * CELL
    drawn = sheet(
        side + before * CELL,
        top + n * CELL + 4,
        _field(np.repeat(columns[np.newaxis], STRIP, axis=0), side, TOP),
        _field(np.repeat(rows[:, np.newaxis], STRIP, axis=1), 0, top),
        _field(values, side, top),
    )
    margins = f"↓ δ: {counted(n, 'row')}", f"a: {counted(before, 'column')} →"
    counts = (element("span", words, class_="bl-caption") for words in margins)
    above = element("div", *counts, style="display: flex; justify-content: space-between")
    width = f"max-width: {1.2 * (side + before * CELL):.0f}px"
    return Picture(element("div", above, drawn, style=width), sentence(values), "The gradient as a field of color")


def sentence(values: Array) -> str:
    """How large the table is, what in it is empty, and where it is strongest."""
    n, before = values.shape
    empty = int((values == 0).all(axis=0).sum())
    j, k = (int(at) for at in np.unravel_index(np.abs(values).argmax(), values.shape))
    size = f"{counted(n, 'row')} times {counted(before, 'column')}: {counted(values.size, 'product')}"
    if not values.any():
        return f"{size}, all of them 0."
    words = f"{size}, each in the color of its sign, the stronger the larger."
    are = "column is" if empty == 1 else "columns are"
    nothing = f" {empty} {are} empty: nothing comes in there." if empty else ""
    return f"{words}{nothing} The strongest is in row {j}, column {k}."


def _column(name: str, given: ArrayLike) -> Array:
    found = np.asarray(given, dtype=float)
    if found.ndim == 2 and found.shape[1] == 1:
        found = found[:, 0]
    if found.ndim != 1 or not 0 < len(found) <= MOST or not np.isfinite(found).all():
        raise ValueError(f"{name} must be one column of at most {MOST} finite numbers, got shape {np.shape(given)}")
    return found


def _field(values: Array, x: float, y: float) -> Markup:
    """The cells, those of one shade in one path; what is next to nothing is left out."""
    most = float(np.abs(values).max()) or 1.0
    shade = np.rint(values / most * LEVELS).astype(int)
    paths = [_shade(shade, level) for level in range(-LEVELS, LEVELS + 1) if level and (shade == level).any()]
    n, before = values.shape
    cells = element("g", *paths, transform=f"translate({x:g} {y:g}) scale({CELL:g})")
    return fragment(cells, box(x, y, before * CELL, n * CELL, "zero"))


def _shade(shade: Array, level: int) -> Markup:
    d = "".join(f"M{column} {row}h1v1h-1z" for row, column in np.argwhere(shade == level).tolist())
    return element("path", d=d, class_=sign_class(level), fill_opacity=f"{abs(level) / LEVELS:g}")

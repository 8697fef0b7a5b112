"""Steps against mini-batches' gradients, as arrows around the exact one: how far each turns away, and how long."""

from collections.abc import Sequence

import numpy as np

from backprop_lab.drawing.markup import Markup, element, fragment, plain
from backprop_lab.drawing.picture import Picture, beside
from backprop_lab.drawing.svg import line, sheet
from backprop_lab.validation import Array, finite

WIDTH, REACH, HIGHEST = 640.0, 250.0, 170.0
MOST = 24  # arrows that can be told apart


def arrows(exact: Array, estimates: Sequence[Array]) -> Picture:
    """Lists of many numbers cannot be drawn, but the angle between two of them, and their lengths, can.

    The step against the exact gradient goes to the right; that against each estimate is drawn at its own angle to it,
    one up, one down. What points to the left goes uphill.

    Parameters
    ----------
    exact : a gradient as one list, such as `backward_pass.gradient`
    estimates : gradients of mini-batches of the same network, 24 at most

    Raises
    ------
    ValueError : they are not lists of equally many numbers, or there are too many.
    """
    exact, some = finite("exact", exact), [finite("estimates", each) for each in estimates]
    if not 1 <= len(some) <= MOST:
        raise ValueError(f"estimates must be 1 to {MOST} gradients, got {len(some)}")
    for name, values in (("exact", exact), *(("estimates", each) for each in some)):
        if values.shape != exact.shape or values.ndim != 1:
            raise ValueError(f"{name} must be lists as long as exact, got shape {values.shape}")
    length = float(np.linalg.norm(exact))
    if not length:
        nowhere = (
            "The exact gradient is zero, in every entry: no step is downhill, and there is nothing to compare with."
        )
        return Picture(element("p", nowhere), nowhere, "Mini-batches around the exact gradient", caption=False)
    cosines = [float(exact @ each / (length * np.linalg.norm(each) or 1.0)) for each in some]
    lengths = [float(np.linalg.norm(each)) / length for each in some]
    picture = element("div", _drawing(cosines, lengths), style="max-width: 640px")
    return Picture(
        picture, _words(cosines, lengths), "Mini-batches around the exact gradient", beside(__file__, "arrows.css")
    )


def _words(cosines: Sequence[float], lengths: Sequence[float]) -> str:
    away = [float(np.degrees(np.arccos(np.clip(each, -1, 1)))) for each in cosines]
    down = sum(each > 0 for each in cosines)
    if len(cosines) == 1:
        return (
            f"The step against the mini-batch's gradient {'goes' if down else 'does not go'} downhill. It is"
            f" {plain(away[0], 0)} degrees away from the step against the exact one, and {plain(lengths[0], 1)} times"
            " as long."
        )
    goes = "goes" if down == 1 else "go"
    return (
        f"Of the steps against {len(cosines)} mini-batches' gradients {down} {goes} downhill. All are"
        f" {plain(min(away), 0)} to {plain(max(away), 0)} degrees away from the step against the exact gradient, and"
        f" {plain(min(lengths), 1)} to {plain(max(lengths), 1)} times as long."
    )


def _drawing(cosines: Sequence[float], lengths: Sequence[float]) -> Markup:
    unit = REACH / max(1.0, *lengths)
    middle, tips = WIDTH / 2, []
    for n, (cosine, length) in enumerate(zip(cosines, lengths, strict=True)):
        sine = float(np.sqrt(max(0.0, 1 - cosine**2))) * (-1 if n % 2 else 1)
        tips.append((unit * length * cosine, -unit * length * sine))
    high = max(40.0, *(abs(y) for _, y in tips)) + 12
    parts = [
        line(middle, 0, middle, 2 * high, "zero", stroke_dasharray="4 4"),
        *(_arrow(middle, high, x, y, "one") for x, y in tips),
        _arrow(middle, high, unit, 0.0, "exact"),
    ]
    sides = (element("span", words, class_="bl-caption") for words in ("uphill", "downhill, as the exact step goes"))
    drawn = sheet(WIDTH, 2 * high + 4, *parts, says=_words(cosines, lengths))
    return fragment(element("div", *sides, class_="bl-headings"), drawn)


def _arrow(x: float, y: float, dx: float, dy: float, look: str) -> Markup:
    """A line with a head of two short ones."""
    length = float(np.hypot(dx, dy)) or 1.0
    ux, uy = dx / length, dy / length
    head = 9.0 if look == "exact" else 6.0
    ends = [(x + dx - head * (ux - way * 0.5 * uy), y + dy - head * (uy + way * 0.5 * ux)) for way in (1, -1)]
    barbs = "".join(f"M{a:.1f} {b:.1f}L{x + dx:.1f} {y + dy:.1f}" for a, b in ends)
    return element("path", d=f"M{x:.1f} {y:.1f}L{x + dx:.1f} {y + dy:.1f}{barbs}", class_=f"bl-arrow bl-{look}")

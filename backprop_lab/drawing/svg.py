"""What drawings are made of: a sheet, words at a place, boxes, lines, bars with a sign, and what can be chosen."""

from collections.abc import Iterable

from backprop_lab.drawing.markup import Markup, element, fragment, sign_class


def sheet(width: float, height: float, *parts: object, look: str = "", says: str = "", said: str = "") -> Markup:
    """A drawing; with `says` it is an image for a screen reader, without it what can be chosen speaks for itself.

    With `said` it is an image while it is alive: a saved picture's numbers are in its caption.
    """
    image = {"role": "img", "aria_label": says} if says else {"data_said": said or None}
    return element("svg", *parts, viewBox=f"0 0 {width:g} {height:g}", **image, class_=look or None)


def text(x: float, y: float, *words: object, look: str = "", to: str | None = None, **more: object) -> Markup:
    """Words that begin at x, or with `to` have their "middle" or their "end" there."""
    place = {"x": float(x), "y": float(y), "text_anchor": to}
    return element("text", *words, **place, **more, class_=f"bl-{look}" if look else None)


def subscript(index: object) -> Markup:
    """A neuron's number behind its letter in a drawing."""
    return element("tspan", index, dy=3, class_="bl-subscript")


def box(x: float, y: float, width: float, height: float, look: str = "", **more: object) -> Markup:
    """A rectangle."""
    place = {"x": float(x), "y": float(y), "width": float(width), "height": float(height)}
    return element("rect", **place, **more, class_=f"bl-{look}" if look else None)


def line(x1: float, y1: float, x2: float, y2: float, look: str = "zero", **more: object) -> Markup:
    """A straight line."""
    return element("line", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2), class_=f"bl-{look}", **more)


def discs(places: Iterable[tuple[float, float]], r: float, look: str) -> Markup:
    """Discs around these places, as one path: there may be hundreds of them."""
    d = [f"M{x - r:.1f} {y:.1f}a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0 {-2 * r:g} 0z" for x, y in places]
    return element("path", d="".join(d), class_=f"bl-{look}", stroke_width=r / 3)


def ground(x: float, y: float, width: float, height: float, on: bool, rx: float = 10) -> Markup:
    """What lies behind a thing that can be chosen: lit, or there for the mouse only."""
    look = {"look": "lit"} if on else {"fill": "none", "pointer_events": "all"}
    return box(x, y, width, height, rx=rx, **look)


def bar(
    zero: float, y: float, value: float, scale: float, reach: float, height: float, *,
    rx: float | None = 2, begins: float = 0.0,
) -> Markup:  # fmt: skip
    """A bar to the right for a positive value, to the left for a negative one; `scale` fills `reach`.

    It starts at zero, or where another bar ends, of the value `begins`. One that leaves the scale ends in an arrow's
    head: the bar would have to be longer than there is room.
    """
    share = (begins + value) / scale
    before, after = (min(1.0, max(-1.0, each)) for each in (begins / scale, share))
    start = zero + reach * before
    if abs(share) > 1.0001:
        return _arrow(start, zero + reach * after, y, 1 if share > 0 else -1, height, sign_class(value))
    length = max(1.0, reach * abs(after - before))
    place = {"x": start - length * (value < 0), "y": float(y), "width": length, "height": float(height)}
    return element("rect", **place, rx=rx, class_=sign_class(value))


def _arrow(start: float, end: float, y: float, way: int, height: float, look: str) -> Markup:
    """A bar whose head is wider than itself."""
    head = max(height, 6.0)
    neck, middle = end - way * head, y + height / 2
    path = f"M{start:g} {y:g}H{neck:.2f}V{middle - head:.2f}L{end:.2f} {middle:.2f}L{neck:.2f} {middle + head:.2f}"
    return element("path", d=f"{path}V{y + height:g}H{start:g}z", class_=f"{look} bl-beyond")


def signed_bar(zero: float, y: float, value: float, scale: float, reach: float, height: float) -> Markup:
    """A bar with the zero line that it leaves."""
    upright = line(zero, y - 2, zero, y + height)  # below it stands the next number
    return fragment(bar(zero, y, value, scale, reach, height), upright)


def choice(key: str, says: str, on: bool = False) -> dict[str, object]:
    """Attributes of what can be chosen by mouse and keyboard; `on` when it is what is chosen now."""
    return {"data_select": key, "aria_label": says, "data_on": "" if on else None}


def drag(key: str, value: float, low: float = -4.0, high: float = 4.0, step: float = 0.01) -> dict[str, object]:
    """Attributes of a number that can be dragged where it stands; a `Turn` of this key tells of it."""
    return {"data_drag": key, "data_value": f"{value:.6g}", "data_min": low, "data_max": high, "data_step": str(step)}

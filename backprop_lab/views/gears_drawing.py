"""Axles, toothed wheels and the chains between them: how every turn is passed on, drawn to the rates."""

from collections.abc import Iterator
from functools import partial
from math import acos, atan2, cos, hypot, pi, sin
from typing import NamedTuple

from backprop_lab.drawing.markup import Markup, element, fragment, signed
from backprop_lab.views.gears_state import Gears, numbered, ratio
from backprop_lab.views.trains import COST, Gear, Quantity

WIDTH, MARGIN, TOP, WORDS = 740.0, 58.0, 66.0, 70.0
CENTRED = {"text_anchor": "middle"}
HALF_TURN = 1.0  # a change of 1 turns an axle by half a turn


def drawing(state: Gears) -> Markup:
    """Every axle with its hand and its ring, every chain, and every rate on a tag."""
    place = _Place(state)
    parts = [*_chains(place), *_axles(place), *_ratios(place), _legend(place.height)]
    return element("svg", *parts, viewBox=f"0 0 {WIDTH:g} {place.height:g}", class_="bl-chart")


class _Circle(NamedTuple):
    x: float
    y: float
    r: float


class _Place:
    """Where every axle stands, and how large its gears are."""

    def __init__(self, state: Gears) -> None:
        self.state, own = state, state.trains.own
        shared = len(state.trains.shared)
        self.pitch = (WIDTH - 2 * MARGIN) / (shared + len(own[0]))
        self.size = 0.42 * self.pitch  # of two gears that are coupled, the radii together
        step = 2 * self.size + WORDS + 58
        self.height = TOP + step * len(own) - 20
        self.middle = middle = TOP + self.size + step * (len(own) - 1) / 2
        self.axles = {state.trains.weight: (MARGIN, middle)}
        for at, gear in enumerate(state.trains.shared, start=1):
            self.axles[gear.of] = (MARGIN + at * self.pitch, middle)
        for train, gears in enumerate(own):
            for at, gear in enumerate(gears, start=shared + 1):
                self.axles[gear.of] = (MARGIN + at * self.pitch, TOP + self.size + step * train)
        self.axles[COST] = (WIDTH - MARGIN, middle)

    def pair(self, gear: Gear) -> tuple[_Circle, _Circle]:
        """The driving gear and the driven one: their radii are as 1 to the rate."""
        driving = self.size * abs(gear.rate) / (1 + abs(gear.rate))
        (x1, y1), (x2, y2) = self.axles[gear.by], self.axles[gear.of]
        return _Circle(x1, y1, driving), _Circle(x2, y2, self.size - driving)

    def is_off(self, key: str) -> bool:
        """Whether this gear belongs to a train that is off."""
        train, at = key[1:].split(".")
        return int(train) in self.state.off and int(at) >= len(self.state.trains.shared)


def _chain(one: _Circle, other: _Circle, crossed: bool) -> str:
    """Both strands of a chain around two gears: crossed, it turns the second one the other way round."""
    along, far = atan2(other.y - one.y, other.x - one.x), hypot(other.x - one.x, other.y - one.y)
    lean = acos((one.r + other.r if crossed else one.r - other.r) / far)
    ends = [
        (_on(one, along + side * lean), _on(other, along + side * lean + (pi if crossed else 0))) for side in (1, -1)
    ]
    return "".join(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" for (x1, y1), (x2, y2) in ends)


def _on(circle: _Circle, angle: float) -> tuple[float, float]:
    return circle.x + circle.r * cos(angle), circle.y + circle.r * sin(angle)


def _chains(place: _Place) -> Iterator[Markup]:
    for key, gear in numbered(place.state):
        if place.is_off(key):
            continue
        path = _chain(*place.pair(gear), crossed=gear.rate < 0)
        halo = element("path", d=path, class_="bl-halo bl-on") if key == place.state.selected else ""
        sign = "bl-negative" if gear.rate < 0 else "bl-positive"
        edge = element("path", d=path, class_=f"bl-edge {sign}", stroke_width=2.5)
        yield element("g", halo, edge, element("path", d=path, class_="bl-hit"), data_pick=key, data_key=f"chain-{key}")


def _axles(place: _Place) -> Iterator[Markup]:
    wheels: dict[Quantity, list[_Circle]] = {quantity: [] for quantity in place.axles}
    for _, gear in numbered(place.state):
        for quantity, wheel in zip((gear.by, gear.of), place.pair(gear), strict=True):
            wheels[quantity].append(wheel)
    for quantity, (x, y) in place.axles.items():
        yield _axle(place, quantity, x, y, sorted(wheels[quantity], key=lambda wheel: -wheel.r))


def _axle(place: _Place, quantity: Quantity, x: float, y: float, wheels: list[_Circle]) -> Markup:
    promised, measured = place.state.promised[quantity], place.state.measured[quantity]
    turned = element(
        "g",
        *(_wheel(wheel) for wheel in wheels),
        element("line", x1=x, x2=x, y1=y, y2=y - place.size + 6, class_="bl-hand"),
        transform=f"rotate({180 * promised / HALF_TURN:.1f} {x:g} {y:g})",
    )
    tip_x, tip_y = _on(_Circle(x, y, place.size), pi * measured / HALF_TURN - pi / 2)
    text = partial(element, "text", x=x, **CENTRED)
    return element(
        "g",
        turned,
        element("line", x1=x, x2=x, y1=y - place.size - 5, y2=y - place.size + 5, class_="bl-zero"),
        element("circle", cx=tip_x, cy=tip_y, r=6, class_="bl-ring"),
        text(quantity.code, y=y + place.size + 24, class_="bl-strong bl-clear"),
        text(f"rates {signed(promised, 4)}", y=y + place.size + 44, class_="bl-caption bl-clear"),
        text(f"true {signed(measured, 4)}", y=y + place.size + 64, class_="bl-caption bl-clear"),
        data_key=quantity.code,
    )


def _wheel(wheel: _Circle) -> Markup:
    """A disc with teeth."""
    x, y, r = wheel.x, wheel.y, max(3.0, wheel.r)
    disc = element("circle", cx=x, cy=y, r=r, class_="bl-node")
    return fragment(disc, element("circle", cx=x, cy=y, r=max(1.0, r - 4), class_="bl-teeth"))


def _ratios(place: _Place) -> Iterator[Markup]:
    """The rate of each gear on a tag beside its chain: what can be chosen."""
    for key, gear in numbered(place.state):
        x, y = _tag_place(place, gear)
        yield element(
            "g",
            element("text", ratio(gear), x=x, y=y - 17, text_anchor="middle", class_="bl-symbol"),
            element("rect", x=x - 48, y=y - 12, width=96, height=24, rx=12, class_="bl-tag"),
            element("text", "off" if place.is_off(key) else f"× {signed(gear.rate, 4)}", x=x, y=y + 5, **CENTRED),
            class_="bl-on" if key == place.state.selected else None,
            data_select=key,
            aria_label=f"{ratio(gear)}, {gear.of.code} by {gear.by.code}: {signed(gear.rate, 4)}, {gear.words}",
        )


def _tag_place(place: _Place, gear: Gear) -> tuple[float, float]:
    """Above the middle of the chain; below it where the chain leads down to a train, or up from one."""
    (x1, y1), (x2, y2) = place.axles[gear.by], place.axles[gear.of]
    if max(y1, y2) > place.middle and y1 != y2:
        return x1 + (0.22 if y2 > y1 else 0.78) * place.pitch, max(y1, y2) + 52
    return (x1 + x2) / 2, min(y1, y2) - place.size - 24  # clear of a ring that has hardly turned


def _legend(height: float) -> Markup:
    words = "hand: what the rates say · ring: measured · half a turn: 1 · crossed and dashed: a negative rate"
    return element("text", words, x=WIDTH / 2, y=height - 6, class_="bl-caption", **CENTRED)

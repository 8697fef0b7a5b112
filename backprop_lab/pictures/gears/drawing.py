"""Axles, toothed wheels and the chains between them: how every turn is passed on, drawn to the rates."""

from collections.abc import Iterator
from functools import partial
from math import acos, atan2, cos, hypot, pi, sin
from typing import NamedTuple

from backprop_lab.drawing.markup import Markup, element, fragment, sign_class, signed
from backprop_lab.drawing.nudged import Link, Moved
from backprop_lab.drawing.rates import in_words, on_one_line
from backprop_lab.drawing.svg import box, choice, line, sheet, text
from backprop_lab.pictures.gears.state import Gears, axles

WIDTH, MARGIN, TOP = 776.0, 54.0, 52.0
WORDS, TAG = 66.0, (86.0, 38.0)  # below an axle; between two of them
HALF_TURN = 1.0  # a change of 1 turns an axle by half a turn


def drawing(state: Gears) -> Markup:
    """Every axle with its hand and its ring, every chain, and every rate on a tag."""
    at, turning = Places(state), axles(state)
    parts = [*_sum(at), *_chains(state, at), *_axles(state, at, turning), *_tags(state, at)]
    words = text(8, at.height - 8, "hand, ≈: what the rates say · ring, =: what is measured", look="caption")
    return sheet(WIDTH, at.height, *parts, words, look="bl-gears")


class Circle(NamedTuple):
    """A toothed wheel."""

    x: float
    y: float
    r: float


class Places:
    """Where every axle stands, and how large its wheels are."""

    def __init__(self, state: Gears) -> None:
        self.shared, self.rows, self.columns = state.shared, len(state.paths), len(state.paths[0])
        gaps = [1.0] * self.columns
        if self.shared:
            gaps[self.shared] = 2.1  # a chain that leads up or down has its tag on it
            gaps.append(1.3)
        self.pitch = (WIDTH - 2 * MARGIN) / sum(gaps)
        self.across = [MARGIN + self.pitch * sum(gaps[:at]) for at in range(len(gaps) + 1)]
        self.size = min(0.42 * self.pitch, 60.0 if self.rows < 3 else 30.0)  # of two coupled wheels, the radii together
        self.step = 2 * self.size + WORDS + TAG[1] + 14
        self.height = TOP + 2 * self.size + self.step * (self.rows - 1) + WORDS + 26
        self.middle = TOP + self.size + self.step * (self.rows - 1) / 2

    def axle(self, train: int | None, at: int) -> tuple[float, float]:
        """The middle of an axle."""
        return self.across[at], self.middle if train is None else TOP + self.size + self.step * train

    def pair(self, gear: Link) -> tuple[Circle, Circle]:
        """The driving wheel and the driven one: their radii are as 1 to the rate."""
        driving = self.size * abs(gear.rate.value) / (1 + abs(gear.rate.value))
        before = gear.path if gear.at > self.shared or not self.shared else None
        one, other = self.axle(before, gear.at), self.axle(gear.path, gear.at + 1)
        return Circle(*one, driving), Circle(*other, self.size - driving)


def _chain(one: Circle, other: Circle, crossed: bool) -> str:
    """Both strands of a chain around two wheels: crossed, it turns the second one the other way round."""
    along, far = atan2(other.y - one.y, other.x - one.x), hypot(other.x - one.x, other.y - one.y)
    lean = acos((one.r + other.r if crossed else one.r - other.r) / far)
    ends = [
        (_on(one, along + side * lean), _on(other, along + side * lean + (pi if crossed else 0))) for side in (1, -1)
    ]
    return "".join(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" for (x1, y1), (x2, y2) in ends)


def _on(circle: Circle, angle: float) -> tuple[float, float]:
    return circle.x + circle.r * cos(angle), circle.y + circle.r * sin(angle)


def _chains(state: Gears, at: Places) -> Iterator[Markup]:
    for gear in state.links:
        if gear.path in state.closed:
            continue
        path = _chain(*at.pair(gear), crossed=gear.rate.value < 0)
        halo = element("path", d=path, class_="bl-halo bl-on") if gear.key == state.selected else ""
        edge = element("path", d=path, class_=f"bl-edge {sign_class(gear.rate.value)}", stroke_width=2.5)
        hit = element("path", d=path, class_="bl-hit")
        yield element("g", halo, edge, hit, data_pick=gear.key, data_key=f"chain-{gear.key}")


def _axles(state: Gears, at: Places, turning: dict[str, Moved]) -> Iterator[Markup]:
    wheels: dict[tuple[float, float], list[Circle]] = {}
    for gear in state.links:
        for wheel in at.pair(gear):
            wheels.setdefault((wheel.x, wheel.y), []).append(wheel)
    for name, axle in turning.items():
        x, y = at.axle(axle.path, axle.at)
        yield _axle(name, axle, x, y, at.size, sorted(wheels.get((x, y), []), key=lambda wheel: -wheel.r))


def _axle(name: str, axle: Moved, x: float, y: float, size: float, wheels: list[Circle]) -> Markup:
    hand = element(
        "g",
        *(_wheel(wheel) for wheel in wheels or [Circle(x, y, size - 8)]),
        line(x, y, x, y - size + 6, "hand"),
        transform=f"rotate({180 * axle.promised / HALF_TURN:.1f} {x:.2f} {y:.2f})",
    )
    tip_x, tip_y = _on(Circle(x, y, size), pi * axle.measured / HALF_TURN - pi / 2)
    words = partial(text, x, to="middle")
    return element(
        "g",
        hand,
        line(x, y - size - 5, x, y - size + 5),
        element("circle", cx=tip_x, cy=tip_y, r=6, class_="bl-ring"),
        words(y + size + 20, name, look="strong"),
        words(y + size + 40, f"≈ {signed(axle.promised, 4)}", look="value"),
        words(y + size + 59, f"= {signed(axle.measured, 4)}", look="value"),
        data_key=name,
    )


def _wheel(wheel: Circle) -> Markup:
    """A disc with teeth."""
    x, y, r = wheel.x, wheel.y, max(3.0, wheel.r)
    disc = element("circle", cx=x, cy=y, r=r, class_="bl-node")
    return fragment(disc, element("circle", cx=x, cy=y, r=max(1.0, r - 4), class_="bl-teeth"))


def _sum(at: Places) -> Iterator[Markup]:
    """Shafts from each train's share to a sign that adds them, and on to the cost: no axle turns at two speeds."""
    if not at.shared:
        return
    (x, _), (end, middle) = at.axle(0, at.columns), at.axle(None, at.columns + 1)
    meet = (x + end) / 2
    for train in range(at.rows):
        start, y = at.axle(train, at.columns)
        yield element("path", d=f"M{start:.1f} {y:.1f}H{meet:.1f}V{middle:.1f}H{end:.1f}", class_="bl-shaft")
    yield element("circle", cx=meet, cy=middle, r=11, class_="bl-node")
    yield text(meet, middle + 6, "+", look="strong", to="middle")


def _tags(state: Gears, at: Places) -> Iterator[Markup]:
    """The rate of each gear on a tag beside its chain: what can be chosen."""
    for gear in state.links:
        x, y = _tag_place(*at.pair(gear), at.size)
        value = "off" if gear.path in state.closed else f"×{signed(gear.rate.value, 4)}"
        rate = gear.rate
        says = f"{rate.of.code} by {rate.by.code}: {signed(rate.value, 4)}, {in_words(state.case, rate)}"
        yield element(
            "g",
            box(x - TAG[0] / 2, y - TAG[1] / 2, *TAG, "tag", rx=10),
            text(x, y - 4, on_one_line(gear.rate), look="caption", to="middle"),
            text(x, y + 13, value, look="value", to="middle"),
            class_="bl-on" if gear.key == state.selected else None,
            **choice(gear.key, says, gear.key == state.selected),
        )


def _tag_place(one: Circle, other: Circle, size: float) -> tuple[float, float]:
    """Above the middle of a level chain; on one that leads up or down, where it is clear of both axles' words."""
    if abs(one.y - other.y) < 1:
        return (one.x + other.x) / 2, one.y - size - TAG[1] / 2 - 9
    return one.x + 0.6 * (other.x - one.x), one.y + 0.6 * (other.y - one.y)

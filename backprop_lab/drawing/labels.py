"""Where the labels of the weights stand: each on its own wire, away from all the others."""

from functools import cache

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.drawing.layout import TAG, Layout
from backprop_lab.quantities import Quantity

SHARES = np.linspace(0.06, 0.94, 89)  # how far along its wire a label may stand
CLEAR = 15.0  # farther than this from another wire is no better
ROUNDS = 4
EVERY = 6  # of the common shares that all labels start from, where their own best would cover one another


@cache
def label_places(layout: Layout) -> dict[Quantity, tuple[float, float]]:
    """The centre of the label of every weight in a diagram."""
    places: dict[Quantity, tuple[float, float]] = {}
    for layer in range(1, len(layout.sizes)):
        ways = [(j, k) for j in range(layout.sizes[layer]) for k in range(layout.sizes[layer - 1])]
        wires = np.array([layout.wire(layer, j, k) for j, k in ways])
        for way, (x, y) in zip(ways, _settle(wires), strict=True):
            places[Quantity("w", layer, way)] = float(x), float(y)
    return places


def distance(points: Array, wire: Array) -> Array:
    """How far points (n, 2) are from a wire x1, y1, x2, y2: shape (n,)."""
    start, way = wire[:2], wire[2:] - wire[:2]
    along = np.clip(((points - start) @ way) / (way @ way), 0, 1)
    return np.linalg.norm(points - start - along[:, np.newaxis] * way, axis=1)


def _settle(wires: Array) -> Array:
    """A place for each label, shape (n, 2): each its best; where some would cover others, the best of many starts."""
    offers = [_offers(wire) for wire in wires]
    rooms = [_room(offers[at], np.delete(wires, at, axis=0)) for at in range(len(wires))]
    found = _improved(np.array([int(np.argmax(room)) for room in rooms]), offers, rooms)
    if _worth(found, offers, rooms)[0] < 0:
        shares = range(0, min(map(len, offers)), EVERY)
        starts = [_improved(np.full(len(wires), share), offers, rooms) for share in shares]
        found = max(found, *starts, key=lambda chosen: _worth(chosen, offers, rooms))
    return _points(found, offers)


def _improved(chosen: Array, offers: list[Array], rooms: list[Array]) -> Array:
    """One label after the other takes the best of its places, until none wants another."""
    chosen = chosen.copy()
    for _ in range(ROUNDS):
        for at, (offer, room) in enumerate(zip(offers, rooms, strict=True)):
            others = np.delete(_points(chosen, offers), at, axis=0)
            chosen[at] = int(np.argmax(room - _overlap(offer, others)))
    return chosen


def _worth(chosen: Array, offers: list[Array], rooms: list[Array]) -> tuple[float, float]:
    """How good the places are together: first that none covers another, then the room around them."""
    points = _points(chosen, offers)
    covered = sum(float(_overlap(points[[at]], np.delete(points, at, axis=0))[0]) for at in range(len(points)))
    return -covered, float(sum(room[at] for at, room in zip(chosen, rooms, strict=True)))


def _points(chosen: Array, offers: list[Array]) -> Array:
    return np.array([offer[at] for at, offer in zip(chosen, offers, strict=True)])


def _offers(wire: Array) -> Array:
    """The places on a wire where a label touches no neuron."""
    x1, y1, x2, y2 = wire
    points = np.stack([x1 + SHARES * (x2 - x1), y1 + SHARES * (y2 - y1)], axis=1)
    margin = TAG[0] / 2 + 3
    return points[(points[:, 0] >= x1 + margin) & (points[:, 0] <= x2 - margin)]


def _room(points: Array, others: Array) -> Array:
    """How far each place is from the nearest other wire, as far as that matters; the middle is a little better."""
    near = np.min([distance(points, wire) for wire in others], axis=0) if len(others) else np.full(len(points), CLEAR)
    middle = np.abs(np.linspace(-1, 1, len(points)))
    return np.minimum(near, CLEAR) - 0.5 * middle


def _overlap(points: Array, labels: Array) -> Array:
    """How much a label there would cover of others."""
    if not len(labels):
        return np.zeros(len(points))
    apart = np.abs(points[:, np.newaxis] - labels) / (np.array(TAG) + np.array([10, 9]))
    return 100 * np.clip(1 - apart.max(axis=2), 0, None).sum(axis=1)

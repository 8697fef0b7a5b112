"""Where the labels of the weights stand: each on its own wire, away from all the others."""

from functools import cache

import numpy as np

from backprop_lab.drawing.layout import TAG, Layout
from backprop_lab.quantities import Quantity
from backprop_lab.validation import Array

SHARES = np.linspace(0.06, 0.94, 89)  # how far along its wire a label may stand
MANY = 12  # of more wires every second share will do: it takes long otherwise
CLEAR, NEAR, BAD = 15.0, 10.0, 7.5  # farther than the first from another wire is no better
WIDE, TIGHT = np.array(TAG) + np.array([10, 9]), np.array(TAG) + 4  # from center to center, in one direction at least
STARTS, ROUNDS = 24, 8


@cache
def label_places(layout: Layout) -> dict[Quantity, tuple[float, float]]:
    """The center of the label of every weight in a diagram."""
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
    """A place for each label, shape (n, 2): each its best; where one would be bad, closer to others, of many starts."""
    shares, every = SHARES[:: 1 + (len(wires) > MANY)], np.arange(len(wires))
    offers = np.array([_offers(wire, shares) for wire in wires])
    room = np.array([_room(offer, np.delete(wires, at, axis=0)) for at, offer in enumerate(offers)])
    places = room.shape[1]
    worth = room - 0.5 * np.abs(np.linspace(-1, 1, places))
    chosen, good = _best(worth.argmax(axis=1)[np.newaxis], _covered(offers, WIDE), worth, room)
    if not good:
        common = np.linspace(0, places - 1, STARTS).astype(int)[:, np.newaxis].repeat(len(wires), axis=1)
        starts = np.concatenate([common, np.random.default_rng(0).integers(0, places, common.shape)])
        chosen, _ = _best(starts, _covered(offers, TIGHT), worth - 20 * np.clip(NEAR - room, 0, None), room)
    return offers[every, chosen]


def _best(chosen: Array, covered: Array, worth: Array, room: Array) -> tuple[Array, bool]:
    """From each row of choices one label after the other takes its best; of all ends the best, and if it is good."""
    every = np.arange(len(worth))
    for _ in range(ROUNDS):
        before = chosen.copy()
        for at in every:
            by_others = covered[at][:, every, chosen]  # by place, start, and label
            chosen[:, at] = (worth[at][:, np.newaxis] - 100 * by_others.sum(axis=2)).argmax(axis=0)
        if (chosen == before).all():
            break
    pairs = np.sum([covered[at][chosen[:, at, np.newaxis], every, chosen].sum(axis=1) for at in every], axis=0)
    nearest = np.minimum(room[every, chosen].min(axis=1), NEAR)
    best = np.lexsort((worth[every, chosen].sum(axis=1), nearest, -pairs))[-1]
    return chosen[best], bool(pairs[best] == 0 and nearest[best] >= BAD)


def _covered(offers: Array, apart: Array) -> Array:
    """How much each label at each of its places is covered by each other at each of its own: 1 at the same, 0 apart."""
    covered = np.empty((*offers.shape[:2], *offers.shape[:2]), np.float32)
    for at, places in enumerate(offers):
        across, up = (np.abs(np.subtract.outer(places[:, n], offers[..., n])) / apart[n] for n in (0, 1))
        covered[at] = np.clip(1 - np.maximum(across, up), 0, None)
        covered[at, :, at] = 0  # not by itself
    return covered


def _offers(wire: Array, shares: Array) -> Array:
    """The places on a wire where a label touches no neuron."""
    x1, y1, x2, y2 = wire
    points = np.stack([x1 + shares * (x2 - x1), y1 + shares * (y2 - y1)], axis=1)
    margin = TAG[0] / 2 + 3
    return points[(points[:, 0] >= x1 + margin) & (points[:, 0] <= x2 - margin)]


def _room(points: Array, others: Array) -> Array:
    """How far each place is from the nearest other wire, as far as that matters."""
    return np.min([np.full(len(points), CLEAR), *(distance(points, wire) for wire in others)], axis=0)

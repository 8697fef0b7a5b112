"""The labels of the weights stand on their own wires: no other wire is near, none covers another or a neuron."""

from itertools import pairwise, product

import numpy as np
import pytest

from backprop_lab.drawing.labels import distance, label_places
from backprop_lab.drawing.layout import TAG, Layout, half
from backprop_lab.quantities import Quantity

LARGEST = (4, 5, 5, 3)
CLEAR = 7.0  # px: so much nearer is a label to its own wire than to any other


def different(rows: int, width: float) -> list[Layout]:
    """Of all networks up to 4-5-5-3 those in which a pair of layers is drawn as in none before."""
    seen: set[tuple[float, ...]] = set()
    kept = []
    for layers in (2, 3, 4):
        for sizes in product(*(range(1, most + 1) for most in LARGEST[:layers])):
            layout = Layout(sizes, rows, width)
            pairs = {(one, other, layout.gap, layout.step) for one, other in pairwise(sizes)}
            if not pairs <= seen:
                kept.append(layout)
            seen |= pairs
    return kept


@pytest.mark.parametrize(("rows", "width"), [(1, 480.0), (2, 480.0), (3, 640.0)])
def test_every_label_stands_clear_of_all_wires_but_its_own(rows, width):
    for layout in different(rows, width):
        places = label_places(layout)
        assert len(places) == sum(one * other for one, other in pairwise(layout.sizes))
        for layer in range(1, len(layout.sizes)):
            among = {each: np.array(places[each]) for each in places if each.layer == layer}
            wires = {each: np.array(layout.wire(layer, *each.index)) for each in among}
            for each, place in among.items():
                assert distance(place[np.newaxis], wires[each])[0] < 0.01, (layout.sizes, each.key)
                others = [distance(place[np.newaxis], wire)[0] for other, wire in wires.items() if other != each]
                assert min(others, default=CLEAR) >= CLEAR, (layout.sizes, each.key)
                apart = [np.abs(place - other) / TAG for name, other in among.items() if name != each]
                assert all(each.max() >= 1 for each in apart), (layout.sizes, each.key)
                x1, _, x2, _ = wires[each]
                assert x1 + TAG[0] / 2 < place[0] < x2 - TAG[0] / 2, (layout.sizes, each.key)


def test_the_distance_from_a_wire_is_that_of_its_nearest_point():
    wire, points = np.array([0.0, 0.0, 10.0, 0.0]), np.array([[5.0, 3.0], [-3.0, 4.0], [13.0, -4.0]])
    np.testing.assert_allclose(distance(points, wire), [3, 5, 5])


def test_a_wire_leads_from_edge_to_edge_of_its_neurons():
    layout = Layout((2, 3, 1), 3)
    (x, y), (u, v) = layout.place(0, 1), layout.place(1, 2)
    assert layout.wire(1, 2, 1) == (x + half(0), y, u - half(1), v)
    assert Quantity("w", 1, (2, 1)) in label_places(layout)

"""The labels of the weights in the network's drawing: none covers another."""

import itertools

import pytest

from backprop_lab.drawing.labels import label_places
from backprop_lab.drawing.layout import TAG, Layout

SIZES = [(2, 3, 1), (2, 3, 2), (2, 3, 2, 1), (3, 4, 2), (2, 5, 2), (4, 5, 3), (4, 5, 5, 3)]


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("rows", [1, 2, 3])
@pytest.mark.parametrize("width", [480, 640])
def test_no_label_covers_another(sizes, rows, width):
    places = label_places(Layout(sizes, rows, width)).values()
    for (x, y), (u, v) in itertools.combinations(places, 2):
        assert abs(x - u) >= TAG[0] or abs(y - v) >= TAG[1]

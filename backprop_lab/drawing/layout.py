"""Where everything stands in the picture of a network: neurons in columns, wires between them."""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

WIDTH, EDGE, INSET = 640.0, 6.0, 9.0
TOP, BELOW = 40.0, 28.0  # room for the names of the layers with the highest bias, and for the cost
NODE, INPUT = 110.0, 92.0  # how wide a neuron is, and an input, which has one number
ROW, PADDING = 22.0, 16.0  # the bias stands on the upper edge, beside the z it enters
TAG = 49.0, 19.0  # a weight's label


class Layout(NamedTuple):
    """Where everything stands in a network of these sizes, with so many rows in each neuron."""

    sizes: tuple[int, ...]
    rows: int
    least: float = WIDTH

    @property
    def gap(self) -> float:
        """Between two layers: wide enough for the labels of the most crowded pair."""
        crowd = max(one * other for one, other in pairwise(self.sizes))
        needed = 88.0 if crowd <= 6 else 130.0 if crowd <= 12 else 200.0 if crowd <= 20 else 250.0
        return max(needed, (self.least - 2 * EDGE - INPUT - self.hidden * NODE) / self.hidden)

    @property
    def hidden(self) -> int:
        """Layers of neurons, the output among them."""
        return len(self.sizes) - 1

    @property
    def width(self) -> float:
        """Of the sheet."""
        return 2 * EDGE + INPUT + self.hidden * (self.gap + NODE)

    @property
    def box(self) -> float:
        """Height of a neuron."""
        return PADDING + self.rows * ROW

    @property
    def step(self) -> float:
        """From one neuron to the next below it."""
        between = 34 if self.sizes[-1] > 1 else 22  # a target stands above each output
        return max(self.box + between, 70.0)

    @property
    def height(self) -> float:
        """Of the sheet."""
        return self.top + self.below + (max(self.sizes) - 1) * self.step + self.box

    @property
    def top(self) -> float:
        """Room for the names of the layers, the highest bias, and the target of an output that stands as high."""
        return TOP + (16 if self.sizes[-1] == max(self.sizes) else 0)

    @property
    def below(self) -> float:
        """Room for the cost, where the lowest neuron is an output."""
        return BELOW if self.sizes[-1] == max(self.sizes) else 8.0

    def place(self, layer: int, j: int) -> tuple[float, float]:
        """Centre of a neuron."""
        return _place(self, layer, j)

    def wire(self, layer: int, j: int, k: int) -> tuple[float, float, float, float]:
        """From the right edge of neuron k to the left edge of neuron j: x1, y1, x2, y2."""
        (x1, y1), (x2, y2) = self.place(layer - 1, k), self.place(layer, j)
        return x1 + half(layer - 1), y1, x2 - half(layer), y2


def half(layer: int) -> float:
    """Half the width of a neuron, or of an input."""
    return (NODE if layer else INPUT) / 2


@lru_cache(4096)
def _place(layout: Layout, layer: int, j: int) -> tuple[float, float]:
    x = EDGE + INPUT + layer * (layout.gap + NODE) - NODE / 2 if layer else EDGE + INPUT / 2
    middle = (layout.height + layout.top - layout.below) / 2
    return x, middle + (j - (layout.sizes[layer] - 1) / 2) * layout.step

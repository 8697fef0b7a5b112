"""Backpropagation as a program: its lines, the six steps that they make, and what each of them reads and writes."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from backprop_lab.drawing.markup import raised

Slot = tuple[str, int]  # an array in memory: its letter and its layer
LINES = {
    line.partition(" = ")[0]: line
    for line in (
        "z[layer] = w[layer] @ a[layer - 1] + b[layer]",
        "a[layer] = sigmoid(z[layer])",
        "sigma_prime[layer] = sigmoid.prime(z[layer])",
        "delta[L] = (a[L] - y) * sigma_prime[L]",
        "delta[layer] = (w[layer + 1].T @ delta[layer + 1]) * sigma_prime[layer]",
        "nabla_w[layer] = delta[layer] @ a[layer - 1].T / m",
        "nabla_b[layer] = delta[layer].mean(axis=1, keepdims=True)",
        "w[layer] = w[layer] - eta * nabla_w[layer]",
        "b[layer] = b[layer] - eta * nabla_b[layer]",
    )
}
SYMBOLS = {"w": "w", "b": "b", "z": "z", "a": "a", "sigma_prime": "σ′", "delta": "δ", "nabla_w": "∇w", "nabla_b": "∇b"}
COMPUTED = ("z", "a", "sigma_prime", "delta", "nabla_w", "nabla_b")  # what a gradient check can speak of
_ARRAY = re.compile(r"\b([a-z_]+)\[(layer|L)(?: ([+-]) (\d+))?\]|\b(y)\b")


class Step(NamedTuple):
    """One of the six: its name, what it does, the arrays it writes, and the layers it goes through."""

    name: str
    does: str
    writes: tuple[str, ...]
    way: str


class Moment(NamedTuple):
    """A step in one layer."""

    step: int
    layer: int


STEPS = (
    Step("forward", "every z, a and σ′ is saved", ("z[layer]", "a[layer]", "sigma_prime[layer]"), "up"),
    Step("BP1", "δ of the output layer", ("delta[L]",), "last"),
    Step("BP2", "δ one layer back, and again", ("delta[layer]",), "down"),
    Step("BP4", "the gradient of the weights", ("nabla_w[layer]",), "up"),
    Step("BP3", "the gradient of the biases", ("nabla_b[layer]",), "up"),
    Step("update", "a step downhill", ("w[layer]", "b[layer]"), "up"),
)


def moments(last: int) -> list[Moment]:
    """The six steps of a network with so many layers of weights, layer by layer."""
    ways = {"up": range(1, last + 1), "last": (last,), "down": range(last - 1, 0, -1)}
    return [Moment(number, layer) for number, step in enumerate(STEPS) for layer in ways[step.way]]


def written(moment: Moment) -> list[Slot]:
    """The arrays that are written at a moment."""
    return [(target.partition("[")[0], moment.layer) for target in STEPS[moment.step].writes]


def read(moment: Moment, last: int, lines: Mapping[str, str]) -> list[Slot]:
    """The arrays of memory that the lines of a moment read, but for those that it has just written itself."""
    found, fresh = [], set()
    for target, place in zip(STEPS[moment.step].writes, written(moment), strict=True):
        for statement in lines[target].splitlines():
            found += [each for each in _places(statement.partition(" = ")[2], moment.layer, last) if each not in fresh]
        fresh.add(place)
    return list(dict.fromkeys(found))


def named(place: Slot) -> str:
    """An array as it is written in a sentence: δ², σ′(z¹), y."""
    letter, layer = place
    if letter == "y":
        return letter
    return f"σ′(z{raised(layer)})" if letter == "sigma_prime" else f"{SYMBOLS[letter]}{raised(layer)}"


def _places(written: str, layer: int, last: int) -> list[Slot]:
    return [
        ("y", last) if y else (letter, (layer if base == "layer" else last) + int(f"{sign}{number}" or 0))
        for letter, base, sign, number, y in _ARRAY.findall(written)
        if y or letter in SYMBOLS
    ]

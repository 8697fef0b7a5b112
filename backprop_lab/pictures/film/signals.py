"""The error signal of every neuron, with a bar: in each example, or over many examples."""

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.drawing.html import spark, table, title
from backprop_lab.drawing.markup import Markup, element, fragment, lowered, plain, raised, signed
from backprop_lab.training import rms
from backprop_lab.validation import Array

EXAMPLES, NEURONS, FEW = 5, 9, 2  # whose δ have room, and outputs whose targets have


def heard(case: Case) -> dict[tuple[int, int], Array]:
    """By layer and neuron, from the output on, what there is room for: δ of each example, or of many their rms."""
    found, few = case.backward_pass.delta, case.x.shape[1] <= EXAMPLES
    every = {
        (layer, j): delta if few else np.array([rms(delta)])
        for layer in sorted(found, reverse=True)
        for j, delta in enumerate(found[layer])
    }
    return dict([*every.items()][:NEURONS])


def signals(now: Case, loudest: float) -> Markup:
    """δ of every neuron that has room, with a bar as long as the loudest of the film allows."""
    shown, m, n = heard(now), now.x.shape[1], sum(now.parameters.sizes[1:])
    few, left_out = m <= EXAMPLES, f", {len(shown)} of {n} neurons" if len(shown) < n else ""
    full = f"a full bar: {plain(loudest, 3)}"
    which = "every δ" if few else f"every δ, rms of {m} examples"
    head = [_example(x, now.y[:, x]) for x in range(m)] if few else [full]
    lines = (
        (f"δ{raised(layer)}{lowered(j)}", *(_bar(value, loudest) for value in values.tolist()))
        for (layer, j), values in shown.items()
    )
    look = "bl-signals" if few else "bl-signals bl-one"
    return fragment(title(f"{which}{left_out}", full if few else ""), table(("", *head), *lines, look=look))


def _example(x: int, y: Array) -> Markup:
    target = f"y = {', '.join(f'{value:g}' for value in y)}" if len(y) <= FEW else ""
    return fragment(element("div", x), element("div", target))


def _bar(value: float, loudest: float) -> Markup:
    return element("div", element("span", signed(value, 4)), spark(value, loudest))

"""Gears: how fast the cost turns with one weight: rates multiply along a train, and trains that meet add up."""

from collections.abc import Callable
from functools import partial

from backprop_lab.drawing.markup import Markup, element, fragment, signed
from backprop_lab.views import Picture
from backprop_lab.views.gears_drawing import drawing
from backprop_lab.views.gears_state import Gears, numbered, ratio
from backprop_lab.views.mathml import bracket, equation, joined, number, operator, rate, row, term
from backprop_lab.views.trains import COST, Gear, measured

GAP = element("mspace", width="0.25em")
OFF = row(bracket(element("mn", 0)), GAP, element("mtext", "off"))  # a bracket, so that the line keeps its height
NOTHING = row(element("mn", 0), element("mspace", height="1.5em", depth="1em"))  # as high as the fractions were


def gears(state: Gears) -> Picture:
    """The trains of gears, the same rates as an equation, and what the rates promise beside what is measured."""
    return Picture(element("div", drawing(state), _equations(state), _table(state)), sentence(state))


def sentence(state: Gears) -> str:
    """What is seen now, in words."""
    weight, count, on = state.trains.weight.code, len(state.trains.own), len(_on(state))
    ways = "along the path" if count == 1 else f"along {on} of {count} paths{', added up,' * (on > 1)}"
    should, does = signed(state.promised[COST], 4), signed(state.measured[COST], 4)
    now = f"Weight {weight} is turned by {signed(state.turn)}. The rates {ways} make {signed(state.rate, 6)}:"
    now = f"{now} C should move by {should}; measured, it moves by {does}."
    chosen = next((gear for key, gear in numbered(state) if key == state.selected), None)
    if chosen is None:
        return f"{now} No gear is selected."
    return f"{now} Selected: {ratio(chosen)} = {signed(chosen.rate, 6)}, {chosen.words}."


def _equations(state: Gears) -> Markup:
    """Along a path multiply, over the paths add: in symbols on one line, in numbers one line for each path."""
    rates = [_path(state, train, lambda gear: rate(gear.of.math, gear.by.math)) for train in _on(state)]
    numbers = partial(_path, state, show=lambda gear: bracket(number(gear.rate, 4)))
    left = rate(COST.math, state.trains.weight.math)
    result = [operator("="), number(state.rate, 6, result=True)]
    signs = ["=", *"+" * (len(state.trains.own) - 1)]
    lines = [
        [element("mo", sign, form="infix"), numbers(train) if train in _on(state) else OFF]
        for train, sign in enumerate(signs)
    ]
    lines = [[*lines[0], *result]] if len(lines) == 1 else [*lines, result]
    symbols = equation(left, operator("="), joined(rates, "+") if rates else NOTHING)
    return fragment(symbols, *(equation(*line) for line in lines))


def _on(state: Gears) -> list[int]:
    return [train for train in range(len(state.trains.own)) if train not in state.off]


def _path(state: Gears, train: int, show: Callable[[Gear], Markup]) -> Markup:
    """The rates of one path, from the weight to the cost, the selected one lit."""
    shared = len(state.trains.shared)
    keys = [f"g{train if at >= shared else 0}.{at}" for at in range(shared + len(state.trains.own[train]))]
    gears = dict(numbered(state))
    factors = [term(show(gears[key]), on=key == state.selected) for key in keys]
    return row(factors[0], *(piece for factor in factors[1:] for piece in (GAP, factor)))


def _table(state: Gears) -> Markup:
    head = ("path", "product of its rates", "that × Δw", "measured ΔC")
    rows = [_row(state, train) for train in range(len(state.trains.own))] if len(state.trains.own) > 1 else []
    total = ("together" if rows else "from w to C", state.rate, state.promised[COST], state.measured[COST])
    return element(
        "table",
        element("tr", *(element("th", words, scope="col") for words in head)),
        *(_cells(*values) for values in (*rows, total)),
        class_="bl-table",
    )


def _row(state: Gears, train: int) -> tuple[str, float, float, float]:
    """One train alone, or at rest."""
    if train in state.off:
        return (f"by output {train} (off)", 0.0, 0.0, 0.0)
    others = set(range(len(state.trains.own))) - {train}
    product = state.trains.products[train]
    alone = measured(state.case, state.trains, state.turn, others)[COST]
    return (f"by output {train} (on)", product, product * state.turn, alone)


def _cells(name: str, product: float, by_rates: float, true: float) -> Markup:
    numbers = [signed(product, 6), signed(by_rates, 4), signed(true, 4)]
    return element("tr", element("th", name, scope="row"), *(element("td", each) for each in numbers))

"""The gears as they are seen: the trains, their rates over their numbers, promise and measurement of the cost."""

from dataclasses import replace

from backprop_lab.chain import product
from backprop_lab.drawing.chart import Bar, bars
from backprop_lab.drawing.controls import row, tick
from backprop_lab.drawing.html import legend, screen, title
from backprop_lab.drawing.markup import Markup, element, fragment, signed
from backprop_lab.drawing.mathml import bracket, equation, number
from backprop_lab.drawing.picture import Picture, beside
from backprop_lab.drawing.plane import round_scale
from backprop_lab.drawing.rates import factor, fraction, in_words, multiplied, on_one_line, result
from backprop_lab.pictures.gears.drawing import drawing
from backprop_lab.pictures.gears.state import REACH, Gears


def view(state: Gears) -> Picture:
    """The trains of gears; beside them the turn, the switches with each train's rates, and what becomes of the cost."""
    turn = row("turn", "Δw", state.amount, (-REACH, REACH), step=0.05)
    controls = fragment(turn, *(_train(state, train) for train in range(len(state.paths))), _total(state), _bars(state))
    picture = element("div", drawing(state), _legend(), class_="bl-diagram")
    label = f"Gears from {state.start.code} to the cost"
    return Picture(screen(picture, controls), sentence(state), label, beside(__file__))


def sentence(state: Gears) -> str:
    """What is seen now, in words."""
    ways = f"along {len(state.open)} of {len(state.paths)} paths add up to" if state.shared else "multiply to"
    should, does = signed(state.promised, 4), signed(state.measured, 4)
    now = f"Weight {state.start.code} is turned by {signed(state.amount)}. Its rates {ways} {signed(state.rate, 6)}:"
    now = f"{now} C should move by {should}, and moves by {does}."
    if (rate := state.chosen) is None:
        return f"{now} No gear is selected."
    return f"{now} Selected: {on_one_line(rate)} = {signed(rate.value, 6)}, {in_words(state.case, rate)}."


def _train(state: Gears, train: int) -> Markup:
    """A train's switch, what its rates multiply to, and the rates."""
    on, keys = train in state.open, state.switches
    name = tick(keys[train], f"train through output {train}", on) if keys else "the rates multiply"
    factors = [
        factor(fraction(gear.rate), signed(gear.rate.value, 4), on=gear.key == state.selected, data_pick=gear.key)
        for gear in state.along(train)
    ]
    heading = title(name, result(product(state.paths[train])) if on else "off")
    return element("div", heading, multiplied(factors), class_="bl-train" if on else "bl-train bl-off")


def _total(state: Gears) -> Markup:
    """What the trains bring, added up, and what that promises for the turn."""
    rate, turn = f"∂C/∂{state.start.symbol}", element("mn", signed(state.amount))
    promise = number(state.promised, 4, result=True)
    added = title("added up", result(state.rate)) if state.shared else ""
    return fragment(added, equation(f"{rate} Δw =", bracket(number(state.rate, 6)), bracket(turn), "=", promise))


def _bars(state: Gears) -> Markup:
    found = [
        Bar("promised", state.promised),
        Bar("measured", state.measured),
        Bar("gap", state.measured - state.promised),
    ]
    trains = frozenset(range(len(state.paths)))
    ways = [frozenset(), *(trains - {train} for train in trains)]  # one alone may move C farther than all together
    ends = [replace(state, amount=amount, closed=closed) for closed in ways for amount in (-REACH, REACH)]
    largest = max(abs(moved) for end in ends for moved in (end.promised, end.measured))
    return bars("change of the cost", found, scale=round_scale(max(0.01, largest)), decimals=4)


def _legend() -> Markup:
    return legend(
        "A change of 1 turns an axle by half a turn. For a rate of 2 the wheel that drives is twice as large as"
        " the one it turns.",
        "A crossed chain, dashed, has a negative rate: it turns the next axle the other way round.",
        "Where several trains arrive, what they bring is added.",
    )

"""The number lines as they are seen: the lines, the nudge and its start, each path's share, promise and measurement."""

from backprop_lab.chain import product
from backprop_lab.drawing.controls import menu, row, tick
from backprop_lab.drawing.html import legend, screen, title
from backprop_lab.drawing.markup import Markup, element, fragment, plain, signed
from backprop_lab.drawing.mathml import bracket, equation, number, term
from backprop_lab.drawing.nudged import Nudged
from backprop_lab.drawing.picture import Picture, beside
from backprop_lab.drawing.rates import fraction, in_words, on_one_line, result
from backprop_lab.pictures.number_lines.drawing import deed, drawing
from backprop_lab.pictures.number_lines.state import REACH, starts


def view(state: Nudged) -> Picture:
    """The lines; beside them the start, the nudge, every path's share, and what becomes of the cost."""
    offered = [each.code for each in starts(state)]
    controls = fragment(
        menu("start", "nudge", offered, state.start.code),
        row("amount", f"Δ{state.start.letter}", state.amount, (-REACH, REACH), step=0.05),
        *(_path(state, path) for path in range(len(state.paths))),
        _total(state),
    )
    picture = element("div", drawing(state), _legend(), class_="bl-diagram")
    label = f"Number lines from {state.start.code} to the cost"
    return Picture(screen(picture, controls, look="bl-lined"), sentence(state), label, beside(__file__))


def sentence(state: Nudged) -> str:
    """What is seen now, in words."""
    kind = {"w": "Weight", "b": "Bias", "z": "Weighted input"}[state.start.letter]
    ways = f"along {len(state.open)} of {len(state.paths)} paths add up to" if state.shared else "multiply to"
    now = (
        f"{kind} {state.start.code} is nudged by {signed(state.amount)}. The rates {ways} {signed(state.rate, 6)}:"
        f" C should move by {signed(state.promised, 4)}, and moves by {signed(state.measured, 4)}."
    )
    if (rate := state.chosen) is None:
        return f"{now} No rate is selected."
    did = deed(rate.value).replace(", ", " and ")
    return f"{now} {on_one_line(rate)} = {signed(rate.value, 6)}, {in_words(state.case, rate)}: it {did}."


def _path(state: Nudged, path: int) -> Markup:
    """A path's switch, where there are several, its product in letters, and what that is."""
    keys, on = state.switches, path in state.open
    name = tick(keys[path], f"through output {path}", on) if keys else "along the path, multiply"
    lit = ((fraction(link.rate), link.key == state.selected) for link in state.along(path))
    factors = [piece for rate, light in lit for piece in ("·", term(rate, on=light))][1:]
    worth = result(product(state.paths[path])) if on else "closed"
    look = "bl-share bl-product" if on else "bl-share bl-product bl-shut"
    return element("div", title(name, worth), equation(*factors), class_=look)


def _total(state: Nudged) -> Markup:
    """The rate times the nudge, what is measured, and what the promise misses."""
    rate, amount = f"∂C/∂{state.start.symbol}", element("mn", signed(state.amount))
    promise = number(state.promised, 4, result=True)
    worked = bracket(number(state.rate, 4)), bracket(amount)
    added = title("over the paths, add", result(state.rate)) if state.shared else ""
    missed = abs(state.measured - state.promised)
    return fragment(
        added,
        element(
            "div", equation(f"{rate} Δ{state.start.letter} =", *worked, "=", promise), class_="bl-product bl-whole"
        ),
        title("measured", result(state.measured, 4)),
        title("missed", element("span", plain(missed, 4), class_="bl-value")),
    )


def _legend() -> Markup:
    return legend(
        "All lines have one scale; zero is where the quantity was. Arrow: what the rates say. Ring: what is measured"
        " when the network is run again.",
        "A band that gets wider stretches the nudge, one that gets narrower shrinks it, a crossed one flips it.",
        "The cost is shown once more, magnified. Where there are several paths, their shares are laid end to end.",
    )

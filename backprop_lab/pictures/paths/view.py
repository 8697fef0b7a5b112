"""The paths as they are seen: in the diagram, as rows with a bar each, the rates of the chosen one, and counted."""

from dataclasses import replace
from math import ceil

import numpy as np

from backprop_lab.chain import Path, Rate, multiplications_by_path, multiplications_factored, path_count, product, wires
from backprop_lab.derivations.place import Place
from backprop_lab.drawing.controls import button, buttons, menu, row_of
from backprop_lab.drawing.diagram import DELTA, A, diagram
from backprop_lab.drawing.equations import error_signal
from backprop_lab.drawing.html import code, math, screen, spark, table, title
from backprop_lab.drawing.markup import Markup, counted, element, fragment, lowered, plain, signed
from backprop_lab.drawing.networks import room
from backprop_lab.drawing.picture import Picture, Press, beside
from backprop_lab.drawing.plane import round_scale
from backprop_lab.drawing.rates import factor, meaning, multiplied, nearly_cancel, result
from backprop_lab.drawing.svg import choice
from backprop_lab.pictures.paths.state import Paths, path_keys

TEN_OF_TEN = (10,) * 11
LISTED, SAID = 8, 3  # rows of paths that fit on one screen, and values that fit in the sentence
ROW, TURN, RATES, IN_A_LINE = 26, 22, 64, 7  # px of a path, of a slider, of a line of rates; rates in such a line


def view(state: Paths) -> Picture:
    """The network with the chosen path lit; beside it every path with its bar, and the rates of the chosen one."""
    selected = state.neuron.key if state.path is None else ""
    network = diagram(state.case, selected=selected, lit=state.lit, rows=(A, DELTA), draggable="w")
    picture = room(network, state.offered, rows=(A, DELTA))
    controls = fragment(_buttons(state), _list(state), _rates(state))
    shown = screen(picture, controls, fragment(_rule(state), _counts(state)))
    return Picture(shown, sentence(state), "The paths to the cost", beside(__file__))


def sentence(state: Paths) -> str:
    """What is seen now, in words."""
    values = [product(path) for path in state.found]
    begins = f"{_place(state)} has {counted(len(values), _one(state))}"
    said = f": {', '.join(signed(each, 6) for each in values)}" if len(values) <= SAID else ""
    whole = "δ of the neuron" if state.neuron.layer else "rate of C with respect to the input"
    total = f"Their sum, the {whole}," if len(values) > 1 else f"The {whole}"
    chosen = f" Lit: {_one(state)} {state.chosen}, {_through(state.path)}." if state.path else ""
    return f"{begins}{said}. {_mood(values)} {total} is {signed(sum(values), 6)}.{chosen}"


def _one(state: Paths) -> str:
    """What is added: a term is all paths through one next neuron."""
    return "term" if state.factored else "path"


def _place(state: Paths) -> str:
    return state.neuron.words.capitalize() if state.neuron.layer else f"Input {state.neuron.index[0]}"


def _through(path: Path) -> str:
    passed = [rate.of.code for rate in path if rate.of.letter == "z"]
    return f"through {', '.join(passed)}" if passed else "straight to the cost"


def _mood(values: list[float]) -> str:
    if len(values) == 1:
        return "There is nobody to agree or to quarrel with."
    if (loud := sum(map(bool, values))) < 2:
        return "Only one of them brings anything." if loud else "None of them brings anything."
    if min(values) >= 0 or max(values) <= 0:
        return "They agree."
    return "They quarrel, and nearly cancel." if nearly_cancel(values) else "They quarrel."


def _buttons(state: Paths) -> Markup:
    network = menu("network", "network", [*state.offered], state.network)
    ways = button("factor", "write the paths out" if state.factored else "factor out")
    reset = button("reset", "reset", on=state.case is not state.start)
    return fragment(buttons(network, reset), buttons(ways, button("flip", "flip the last target")))


def _list(state: Paths) -> Markup:
    """A row for each path, or for as many as there is room, and their sum."""
    scale, numbers = _scale(state), _listed(state)
    what = "a term for each next z" if state.factored else "every path to the cost"
    heading = title(f"{state.neuron.code}: {what}", f"a full bar: {scale:g}")
    values = [product(path) for path in state.found]
    rest = [value for number, value in enumerate(values) if number not in numbers]
    others = _line("", f"the other {len(rest)}", sum(rest), scale) if rest else ""
    total = _line("Σ", fragment(_whole(state), ", the sum"), sum(values), scale, look="bl-path bl-sum")
    most = max(min(LISTED, path_count(case.parameters.sizes, 0)) for case in state.offered.values())
    rows = [_path(state, number, scale) for number in numbers]
    return element("div", heading, *rows, others, total, style=f"min-height: {24 + ROW * (most + 1)}px")


def _whole(state: Paths) -> Markup:
    """What the paths add up to."""
    if state.neuron.layer:
        return math(replace(state.neuron, letter="delta").symbol)
    return fragment(f"∂C/∂x{lowered(*state.neuron.index)}")


def _listed(state: Paths) -> list[int]:
    """The numbers of the paths that have a row; the chosen one is always among them."""
    if len(state.found) <= LISTED:
        return [*range(len(state.found))]
    few = LISTED - 1
    return [*range(few - 1), few - 1 if state.chosen is None else max(few - 1, state.chosen)]


def _path(state: Paths, number: int, scale: float) -> Markup:
    path, key, on = state.found[number], path_keys(state)[number], number == state.chosen
    says = f"{_one(state)} {number}, {_through(path)}, {signed(product(path), 6)}"
    return _line(str(number), _way(path, state.factored), product(path), scale,
                 look=f"bl-path{' bl-on' if on else ''}", **choice(key, says, on))  # fmt: skip


def _line(badge: str, words: object, value: float, scale: float, look: str = "bl-path", **more: object) -> Markup:
    name = element("span", badge, class_="bl-nth" if badge else None)
    return element("div", name, element("span", words), spark(value, scale), result(value), class_=look, **more)


def _way(path: Path, together: bool) -> Markup:
    """The way in symbols, for instance z¹₁ → z²₀ → C; with a double arrow where it is put together."""
    passed = [path[0].by.symbol, *(rate.of.symbol for rate in path if rate.of.letter == "z")]
    return math(" → ".join(passed) + (" ⇒ C" if together and len(passed) > 1 else " → C"))


def _scale(state: Paths) -> float:
    """What fills a bar: room for every path and term of this neuron and their sum, whichever way targets are turned."""
    start = state.start
    far = replace(start, y=np.where(start.forward_pass.prediction < 0.5, 1.0, 0.0))
    flipped = replace(state, case=start).updated(Press("flip")).case
    ways = [replace(state, case=case, factored=way) for case in (start, flipped, far) for way in (False, True)]
    found = [[product(path) for path in way.found] for way in ways]
    return round_scale(max(max(abs(sum(values)), *map(abs, values)) for values in found))


def _rates(state: Paths) -> Markup:
    """The rates of the chosen path, each over its number, and its weights to be turned."""
    longest = max(len(case.parameters.layers) for case in state.offered.values())
    height = 26 + RATES * ceil((2 * longest + 1) / IN_A_LINE) + TURN * longest
    if state.path is None:
        words = f"Choose a {_one(state)} to see its rates, and to turn its weights."
        shown = [element("p", words, class_="bl-caption")]
    else:
        framed = "" if state.factored else "framed: shared with neighbors"
        heading = title(f"rates of {_one(state)} {state.chosen}", framed)
        turns = [row_of(state.case, wire) for wire in wires(state.path)]
        shown = [heading, _product(state.path), *turns]
    return element("div", *shown, class_="bl-rates", style=f"min-height: {height}px")


def _product(path: Path) -> Markup:
    """Each rate over its number; what becomes, or has become, the δ of the next neuron is framed."""
    shown = [factor(meaning(rate), _written(rate)) for rate in path]
    if len(shown) > IN_A_LINE:
        lines = [shown[at : at + IN_A_LINE] for at in range(0, len(shown), IN_A_LINE)]
        return fragment(*(element("div", multiplied(line)) for line in lines))
    reached = next((at for at, rate in enumerate(path, start=1) if rate.of.letter == "z"), len(path))
    tail = [element("span", multiplied(shown[reached:]), class_="bl-tail")] if shown[reached:] else []
    return element("div", multiplied([*shown[:reached], *tail]))


def _written(rate: Rate) -> str:
    """A weight as it stands in the diagram; σ′, which is hardly ever negative, without a plus."""
    if rate.of.letter == "a":
        return plain(rate.value, 4)
    return signed(rate.value, 2 if wires((rate,)) else 4)


def _rule(state: Paths) -> Markup:
    """What is done, in words and as code: a sum over paths, or BP2."""
    if not state.factored:
        words = (
            "Along a path rates multiply, over the paths they add. The way from the next neuron to the cost is the same"
            " for all neurons before it."
        )
        shown = element("p", words), code("sum(math.prod(rates) for rates in paths)")
    elif state.neuron.layer:
        shown = (error_signal(Place(state.case, state.neuron.layer, *state.neuron.index)),)
    else:
        shown = (
            element("p", "BP2 without σ′, since an input has no weighted input of its own."),
            code("w[1].T @ delta[1]"),
        )
    return element("div", *shown, class_="bl-links bl-equations")


def _counts(state: Paths) -> Markup:
    """How many multiplications each way takes for a whole layer, here and in a network of ten layers of ten."""
    sizes, layer = state.case.parameters.sizes, state.neuron.layer
    if state.case.cost.output is not None:  # its last step is a difference
        return fragment()
    who = f"{counted(sizes[layer], 'neuron' if layer else 'input')} of layer {layer}"
    rows = [_count(state, who, sizes, layer), _count(state, "first of ten layers of ten", TEN_OF_TEN, 1)]
    return table(("for", "paths", "multiplications", "factored out"), *rows, look="bl-counts")


def _count(state: Paths, who: str, sizes: tuple[int, ...], layer: int) -> list[object]:
    ways = [multiplications_by_path(sizes, layer), multiplications_factored(sizes, layer)]
    shown = [element("b", f"{count:,}") if at == state.factored else f"{count:,}" for at, count in enumerate(ways)]
    return [who, f"{sizes[layer] * path_count(sizes, layer):,}", *shown]

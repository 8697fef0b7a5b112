"""The paths from a neuron to the cost, seen: rows of rates with a bar each, in the diagram, and counted."""

from dataclasses import replace

import numpy as np

from backprop_lab.drawing.chart import round_scale
from backprop_lab.drawing.markup import Markup, element, sign_class, signed
from backprop_lab.views import Picture
from backprop_lab.views.diagram import DELTA, A, diagram
from backprop_lab.views.mathml import rate, symbol
from backprop_lab.views.paths_state import (
    Factor,
    Path,
    Paths,
    lit,
    multiplications_by_path,
    multiplications_factored,
    path_count,
)
from backprop_lab.views.strip import Place, error_signal

QUIET = 0.2  # of what the paths say, taken one by one: when less is left of them, they are said to cancel
TEN_OF_TEN = (10,) * 11
REACH = 108.0
RULES = {  # factored or not: what is done, in words and as code
    False: (
        "Along a path rates multiply, over the paths they add. Framed: the way from the next neuron to the cost, which"
        " a path shares with the paths of all neighbours.",
        "sum(math.prod(rates) for rates in paths)",
    ),
    True: ("BP2 without σ′, since an input has no weighted input of its own.", "w[1].T @ delta[1]"),
}


def paths(state: Paths) -> Picture:
    """The network with the chosen path lit, every path as a row of rates with a bar, and the count of both ways."""
    network = diagram(state.case, selected=state.neuron, lit=lit(state), rows=(A, DELTA))
    return Picture(element("div", network, _list(state), _formula(state), _counts(state)), sentence(state))


def sentence(state: Paths) -> str:
    """What is seen now, in words."""
    values = [path.value for path in state.found]
    what = "term" if state.factored else "path"
    begins = f"{_place(state)} has {_counted(len(values), what)}: {', '.join(signed(each, 6) for each in values)}."
    chosen = "" if state.chosen is None else f" Lit: path {state.chosen}, {_through(state.found[state.chosen])}."
    return f"{begins} {_mood(values)} {_sum_words(state)} is {signed(sum(values), 6)}.{chosen}"


def _place(state: Paths) -> str:
    return f"Neuron {state.j} of layer {state.layer}" if state.layer else f"Input {state.j}"


def _through(path: Path) -> str:
    """The neurons after its own, in words."""
    passed = " and ".join(f"neuron {j} of layer {layer}" for layer, j in path.places[1:])
    return f"through {passed}" if passed else "straight to the cost"


def _sum_words(state: Paths) -> str:
    what = "δ of the neuron" if state.layer else "rate of C by the input"
    return f"Their sum, the {what}," if len(state.found) > 1 else f"The {what}"


def _mood(values: list[float]) -> str:
    if len(values) == 1:
        return "There is nobody to agree or to quarrel with."
    if min(values) >= 0 or max(values) <= 0:
        return "They agree."
    quiet = abs(sum(values)) < QUIET * sum(map(abs, values))
    return "They quarrel, and nearly cancel." if quiet else "They quarrel."


def _scale(state: Paths) -> float:
    """What fills a bar: room for every path of this neuron and their sum, whichever way its targets are turned."""
    far = replace(state.case, y=np.where(state.case.forward_pass.prediction < 0.5, 1.0, 0.0))
    values = [path.value for path in replace(state, case=far, factored=False).found]
    return round_scale(max(abs(sum(values)), *map(abs, values)))


def _list(state: Paths) -> Markup:
    scale, found = _scale(state), state.found
    at_end = state.layer == state.case.parameters.layers[-1]
    each = "one term for each next neuron" if state.factored else "every path to the cost"
    head = f"{_place(state)}: {'straight to the cost' if at_end else each}"
    caption = element("span", f" · a full bar: {scale:g}, left of the line: negative", class_="bl-caption")
    rows = [_row(state, number, path, scale) for number, path in enumerate(found)]
    title = element("p", head, caption, class_="bl-title")
    return element("div", title, element("ol", *rows, _summed(state, scale), class_="bl-proof bl-paths"))


def _row(state: Paths, number: int, path: Path, scale: float) -> Markup:
    words = f"path {number}, {_through(path)}, {signed(path.value, 6)}"
    way = element("span", element("math", path.name), class_="bl-way")
    return element(
        "li",
        element("span", number, class_="bl-badge", data_select=f"path.{number}", aria_label=words),
        element("span", way, element("span", *_product(state, path), class_="bl-product"), _share(path.value, scale)),
        data_key=f"row.{number}",
        class_="bl-on" if number == state.chosen else None,
    )


def _summed(state: Paths, scale: float) -> Markup:
    values = [path.value for path in state.found]
    words = element("span", element("math", _sum_symbol(state), displaystyle="true"), f", the sum. {_mood(values)}")
    return element(
        "li",
        element("span", "Σ", class_="bl-badge"),
        element("span", words, _share(sum(values), scale)),
        data_key="sum",
    )


def _sum_symbol(state: Paths) -> Markup:
    return symbol("δ", state.layer, state.j) if state.layer else rate(symbol("C"), symbol("x", "", state.j))


def _product(state: Paths, path: Path) -> list[Markup]:
    """Each rate with its number below it; what becomes, or has become, the δ of the next neuron is framed."""
    before = 1 + (state.layer > 0) if len(path.neurons) > 1 else len(path.factors)
    shown = [_factor(factor) for factor in path.factors]
    tail = [element("span", *_times(shown[before:]), class_="bl-tail")] if shown[before:] else []
    return _times([*shown[:before], *tail])


def _times(shown: list[Markup]) -> list[Markup]:
    pieces = [piece for each in shown for piece in (element("span", "·"), each)]
    return pieces[1:]


def _factor(factor: Factor) -> Markup:
    number = element("span", signed(factor.value, factor.decimals), class_="bl-value")
    return element("span", element("math", factor.symbol, displaystyle="true"), number, class_="bl-factor")


def _bar(value: float, scale: float) -> Markup:
    """To the right of the line for a positive value, to the left for a negative one."""
    length = max(1.0, min(1.0, abs(value) / scale) * REACH)
    start = 0.0 if value >= 0 else -length
    filled = element("rect", x=REACH + 2 + start, y=4.0, width=length, height=12, rx=2, class_=sign_class(value))
    zero = element("line", x1=REACH + 2, x2=REACH + 2, y1=0, y2=20, class_="bl-zero")
    box = f"0 0 {2 * REACH + 4:g} 20"
    return element("svg", filled, zero, viewBox=box, preserveAspectRatio="none", class_="bl-spark", aria_hidden="true")


def _share(value: float, scale: float) -> Markup:
    """What a path adds, as a bar and as a number."""
    number = element("span", signed(value, 6), class_=f"bl-value bl-result {sign_class(value)}")
    return element("span", _bar(value, scale), number, class_="bl-share")


def _formula(state: Paths) -> Markup:
    """The rule and its code: a sum over paths, or BP2."""
    if state.factored and state.layer:
        return element("div", error_signal(Place(state.case, 0, state.layer, state.j)), class_="bl-rule")
    words, code = RULES[state.factored]
    return element("div", element("p", words), element("code", code, class_="bl-code"), class_="bl-rule")


def _counts(state: Paths) -> Markup:
    """How many multiplications each way takes for a whole layer, here and in a network of ten layers of ten."""
    sizes, layer = state.case.parameters.sizes, state.layer
    who = f"the {_counted(sizes[layer], 'neuron' if layer else 'input')} of layer {layer}, here"
    rows = [_count(who, sizes, layer), _count("the 10 neurons of the first of ten layers of ten", TEN_OF_TEN, 1)]
    heads = ("for", "paths", "multiplications, path by path", "factored")
    column = 3 if state.factored else 2
    head = element("tr", *(element("th", text, scope="col") for text in heads))
    body = [
        element("tr", *(element("td", cell, class_="bl-on" if at == column else None) for at, cell in enumerate(one)))
        for one in rows
    ]
    return element("table", element("thead", head), element("tbody", *body), class_="bl-table")


def _count(who: str, sizes: tuple[int, ...], layer: int) -> list[str]:
    by_path, factored = multiplications_by_path(sizes, layer), multiplications_factored(sizes, layer)
    return [who, f"{sizes[layer] * path_count(sizes, layer):,}", f"{by_path:,}", f"{factored:,}"]


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"

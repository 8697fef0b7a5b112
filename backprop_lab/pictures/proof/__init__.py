"""A derivation, line by line, each with its live value; one line open, and lit in the network what it speaks of."""

from dataclasses import replace
from math import log10

from backprop_lab import cases
from backprop_lab.activations import softmax
from backprop_lab.cases import Case
from backprop_lab.derivations.lines import Given, Keys, Proof, Step, choices, evaluate
from backprop_lab.derivations.place import Place
from backprop_lab.drawing.controls import ENDS, button, buttons, menu, row, rows
from backprop_lab.drawing.diagram import DELTA, A, Row, Z, diagram
from backprop_lab.drawing.html import screen, title
from backprop_lab.drawing.markup import Markup, element, fragment
from backprop_lab.drawing.networks import NETWORKS, name_of, networks
from backprop_lab.drawing.picture import Event, Picture, Press, Select, Turn, beside, refuse
from backprop_lab.pictures.proof.lines import broken, lines, room, said
from backprop_lab.pictures.proof.state import OUTPUTS, Proving, at, show, with_output
from backprop_lab.pictures.proof.worked import written
from backprop_lab.quantities import Quantity, targets

INDICES = ("layer", "neuron", "source", "example")
EXPONENTS = (-3.0, 0.5)
ALONE = " Softmax of one output is 1, whatever comes in: nothing moves it."
NAMES = {  # and the letters in them, which the proof has to ask for
    "weight_in": ("weight k → j", {"source", "neuron"}),
    "weight_out": ("weight j → 0", {"neuron"}),
    "target": ("target y", set()),
}


def begin(of: Given, *, case: Case = cases.running, shown: int | None = 1, **place: int) -> Proving:
    """A derivation with every line alive.

    Parameters
    ----------
    of : one of `derivations`
    case : the network it begins on; the learner may change to another
    shown : how many lines are shown at first; None for all
    place : layer, neuron, source, example: where it begins

    Raises
    ------
    ValueError : the case has no layer that the proof is about.
    TypeError : `of` is no derivation.
    """
    if not (isinstance(of, Proof) or callable(of)):
        raise TypeError(f"of must be one of derivations, such as derivations.bp1, got {of!r}")
    name = name_of(case, networks(case, *NETWORKS))
    state = at(Proving(of, case, Place(case, layer=1), name), **place)
    state = replace(state, room=room(state))
    return replace(state, shown=None) if shown is None else show(state, shown)


def view(state: Proving) -> Picture:
    """The network with the parts that the open line speaks of; beside it the lines."""
    steps = evaluate(state.proof, state.place)
    return Picture(
        screen(_network(state), _controls(state), _proof(state, steps), look="bl-proving"),
        sentence(state, steps[: state.visible]),
        state.proof.title,
        beside(__file__),
    )


def update(state: Proving, event: Event) -> Proving:
    """Another place, another network, a number turned; a line more or fewer; another line opened."""
    match event:
        case Turn("network", name):
            return at(replace(state, network=str(name)), case=state.networks[str(name)])
        case Turn("output", name):
            return with_output(state, str(name))
        case Turn("exponent", _):
            return at(state, change=10.0**event.number)
        case Turn(key, chosen) if key in INDICES:
            return at(state, **{key: int(chosen)})
        case Turn(key):
            place = state.place
            return at(state, case=Quantity.read(key).turned(place.case, event.number, place.example))
        case Press("next"):
            return show(state, state.visible + 1)
        case Press("back"):
            return show(state, state.visible - 1)
        case Press("all"):
            return replace(state, shown=None)
        case Select(key) if key in (keys := ["", *(f"line.{number + 1}" for number in range(state.visible))]):
            return replace(state, opened=keys.index(key))
    return refuse(event)


def spoken_of(state: Proving) -> Keys:
    """Keys of the parts of the diagram which the open line speaks of."""
    return state.proof.lines[state.line - 1].speaks_of(state.place) if state.line else ()


def sentence(state: Proving, steps: tuple[Step, ...]) -> str:
    """What is seen now, in words."""
    proof, place, last = state.proof, state.place, steps[-1]
    count = f"{len(steps)} of {len(proof.lines)} lines" if len(steps) < len(proof.lines) else _all(len(steps))
    wrong = [number for number, step in enumerate(steps, start=1) if not step.follows]
    more = len(steps) > 1
    each = "each" if more else "it"
    if wrong:
        seen = f"line {wrong[0]} is {broken(state, wrong[0], steps[wrong[0] - 1])}"
    elif last.line.relation == "≈":
        seen = f"{'the last' if more else 'it'} promises {written(last.value)}; measured: {written(last.above)}."
    elif last.line.left:
        seen = f"{each} equals what nudges find; {'the last' if more else 'it'} gives {written(last.value)}."
    else:
        seen = f"{each} gives {written(last.value)}, as the nudge does."
    alone = place.case.output is softmax and place.case.parameters.sizes[-1] == 1
    opened = f" Line {state.line}: {said(proof.lines[state.line - 1].reason)}." if state.line and not wrong else ""
    return f"{count}, {_letters(state)}: {seen}{ALONE if alone else opened}"


def _all(lines: int) -> str:
    return "Both lines" if lines == 2 else f"All {lines} lines"


def _letters(state: Proving) -> str:
    """What the letters of the proof stand for at this place."""
    place, asks = state.place, state.proof.asks
    values = {"neuron": f"j = {place.neuron}", "source": f"k = {place.source}", "change": f"Δ = {place.change:.3g}"}
    layer = f"l = {place.layer}" if "layer" in asks else f"L = {place.last}"
    if place.case.x.shape[1] > 1 and "example" in asks:
        values["example"] = f"example {place.example}"
    return "here " + ", ".join([layer, *(values[name] for name in asks if name in values)])


def _network(state: Proving) -> Markup:
    place = state.place
    drawing = diagram(
        place.case,
        example=place.example,
        lit=spoken_of(state),
        rows=_rows_of(state),
        selectable=False,
        draggable="waby",
        width=540,
    )
    return fragment(drawing, element("p", _of_many(state), class_="bl-caption") if state.many else "")


def _rows_of(state: Proving) -> tuple[Row, ...]:
    """δ stands in the network of the proofs that speak of it: the first ones come before it is defined."""
    formulas = [state.proof.left, *(line.latex for line in state.proof.lines)]
    return (A, DELTA) if any(r"\delta" in formula for formula in formulas) else (Z, A)


def _of_many(state: Proving) -> str:
    """Which example the network shows, where the lines are about a whole batch."""
    place, m = state.place, state.place.case.x.shape[1]
    if m == 1:
        return "One example: its mean is itself."
    return f"The network shows example {place.example}, the slider its target; the lines take in all {m}."


def _controls(state: Proving) -> Markup:
    proof, place, offered = state.proof, state.place, choices(state.proof, state.place)
    menus = [menu("network", "network", [*state.networks], state.network)]
    menus += [menu(name, name, offered[name], getattr(place, name)) for name in INDICES if _varies(state, name)]
    if state.outputs:
        now = place.case.output, place.case.cost
        chosen = next(name for name, pair in OUTPUTS.items() if pair == now)
        menus.append(menu("output", "output", state.outputs, chosen))
    sliders = [_slider(state, name) for name in proof.moves if name != "target" or targets(place.case)]
    if "change" in proof.asks:
        exponent = log10(place.change)
        sliders.append(row("exponent", "Δ", exponent, EXPONENTS, step=0.25, shown=f"{place.change:.3g}"))
    presses = (
        button("next", "next line", on=state.visible < len(proof.lines)),
        button("back", "back", on=state.visible > 1),
        button("all", "all lines", on=state.visible < len(proof.lines)),
    )
    return element("div", buttons(*menus), rows(*sliders), buttons(*presses))


def _varies(state: Proving, index: str) -> bool:
    many = index != "example" or any(case.x.shape[1] > 1 for case in state.networks.values())
    return index in state.proof.asks and many


def _slider(state: Proving, name: str) -> Markup:
    """A number that the lines follow; a weight is named by its code where the proof does not choose its letters."""
    quantity, place = getattr(state.place, name), state.place
    words, letters = NAMES[name]
    words = words if letters <= {*state.proof.asks} else quantity.code
    return row(quantity.key, words, quantity.value(place.case, place.example), ENDS[quantity.letter])


def _proof(state: Proving, steps: tuple[Step, ...]) -> Markup:
    return fragment(title(state.proof.title), element("p", _letters(state), class_="bl-caption"), lines(state, steps))

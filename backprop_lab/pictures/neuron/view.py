"""The neuron's picture: rows of products whose arrows end at z, the curves below them, sliders and equations."""

from collections.abc import Iterator
from dataclasses import replace

from backprop_lab.activations import sigmoid
from backprop_lab.cases import Case
from backprop_lab.drawing.controls import ENDS, button, buttons, row_of, rows
from backprop_lab.drawing.curve import UNIT, curve
from backprop_lab.drawing.diagram import wire
from backprop_lab.drawing.html import legend, screen
from backprop_lab.drawing.markup import Markup, element, fragment, plain, sign_class, signed
from backprop_lab.drawing.mathml import bracket, broken, equation, joined, number, term, times
from backprop_lab.drawing.mathml import row as formula
from backprop_lab.drawing.picture import Picture
from backprop_lab.drawing.plane import Plane
from backprop_lab.drawing.svg import bar, box, choice, drag, line, sheet, subscript, text
from backprop_lab.pictures.neuron.state import Neuron, Term
from backprop_lab.quantities import Quantity, inputs
from backprop_lab.validation import Array

WIDTH, TOP, PITCH, TALL = 640.0, 46.0, 42.0, 150.0  # of the sheet; its first row, the pitch of the next ones; a curve
X_ENDS, Z_ENDS = ENDS["a"], (-8.0, 8.0)
STEP = 0.05
STEEP, FLAT = 0.15, 0.02


def view(state: Neuron) -> Picture:
    """The neuron with its curves; beside them the sliders, and the equations with their numbers."""
    drawing = element("div", _sheet(state), _legend(), class_="bl-diagram")
    return Picture(screen(drawing, _controls(state)), sentence(state), "One neuron")


def sentence(state: Neuron) -> str:
    """What is seen now, in words."""
    *products, bias = (signed(each.added) for each in state.terms)
    slope, many = state.slope, "s" * (len(products) > 1)
    how = "steep" if slope > STEEP else "nearly flat" if slope < FLAT else "sloping"
    return (
        f"The product{many} {', '.join(products)} and the bias {bias} add up to z = {signed(state.z)}."
        f" The neuron answers a = {plain(state.a)}; there the curve is {how}: its slope is {plain(slope, 4)}."
        f" {_selection(state)}"
    )


def _selection(state: Neuron) -> str:
    if not state.selected:
        return "Nothing is selected."
    chosen, x = Quantity.read(state.selected), inputs(state.case)[state.k]
    if chosen.letter == "b":
        return "Selected: the bias; z moves exactly as far."
    return f"Selected: {chosen.code}; z moves {x.code} = {signed(x.value(state.case))} times as far."


def _controls(state: Neuron) -> Markup:
    every = *inputs(state.case), *(each.quantity for each in state.terms)
    sliders = [row_of(state.case, each, step=STEP, on=each.key == state.selected) for each in every]
    reset = button("reset", "reset weights and bias", on=state.case.parameters is not state.start.parameters)
    return element("div", rows(*sliders), buttons(reset), element("div", *_equations(state), class_="bl-equations"))


def _legend() -> Markup:
    return legend(
        "What is added up is an arrow on the axis of z: to the right and blue what is positive, to the left, vermillion"
        " and dashed what is negative. The bar is their sum, z; the point below it is where σ has this z.",
        "What lies beyond the axis ends in an arrow at its edge.",
        "The thin curve at the left is the neuron as it began; the thick gray line is the tangent.",
    )


def _sheet(state: Neuron) -> Markup:
    """Inputs, weights and what they add, row by row; below them the curve over an input, and σ."""
    sum_at = TOP + PITCH * len(state.terms)
    over_z, over_x = (
        Plane(x, sum_at + 26, wide, TALL, ends, UNIT) for x, wide, ends in ((330, 298, Z_ENDS), (34, 250, X_ENDS))
    )
    below, slope = over_z.bottom + 40, f"σ(z) = {plain(state.a)}, slope σ′(z) = {plain(state.slope, 4)}"
    return sheet(
        WIDTH,
        below + 10,
        *(text(x, 16, words, look="caption", to=to) for words, x, to in _COLUMNS),
        *_rows(state, over_z),
        *_sum(state, over_z, sum_at),
        _over_input(state, over_x),
        curve(over_z, "z", sigmoid, state.z, slope=state.slope),
        text(330, below, slope, look="value"),
        text(8, below, f"a, when only x[{state.k}] moves; thin: as it began", look="caption"),
    )


_COLUMNS = [("inputs", 49, "middle"), ("weights, bias", 176, "middle"), ("terms", 296, "end")]
_COLUMNS += [("laid end to end: their sum z", 330, "start")]


def _rows(state: Neuron, plane: Plane) -> Iterator[Markup]:
    """From an input through its weight to its product, and on: an arrow from where the one before it ends."""
    start, y = 0.0, TOP
    for each in state.terms:
        end = plane.across(start + each.added)
        if each.x:
            yield _input(state, each.x, y)
        yield _wire(state, each, y)
        yield _tag(state, each.quantity, y)
        yield text(296, y + 5, signed(each.added), look="value", to="end")
        yield line(end, y, end, y + PITCH, stroke_dasharray="2 4")
        yield _arrow(plane.across(start), end, y, each.added, each.quantity.key == state.selected)
        start, y = start + each.added, y + PITCH


def _input(state: Neuron, x: Quantity, y: float) -> Markup:
    value = x.value(state.case)
    name = text(14, y + 5, "x", subscript(x.index[0]), look="symbol")
    shown = text(84, y + 5, signed(value), look="value", to="end")
    return element("g", box(6, y - 16, 86, 32, "node", rx=10), name, shown, **drag(x.key, value, *X_ENDS, STEP))


def _wire(state: Neuron, each: Term, y: float) -> Markup:
    """The bias comes from nowhere but its tag."""
    ends, key = (92 if each.x else 230, y, 244, y), each.quantity.key
    shown = wire(*ends, each.quantity.value(state.case), on=key == state.selected)
    return element("g", shown, line(*ends, "hit"), data_pick=key, data_key=f"wire-{key}")


def _tag(state: Neuron, quantity: Quantity, y: float) -> Markup:
    value, on = quantity.value(state.case), quantity.key == state.selected
    return element(
        "g",
        box(120, y - 15, 112, 30, "tag", rx=15),
        text(132, y + 5, quantity.letter, subscript(",".join(map(str, quantity.index))), look="symbol"),
        text(222, y + 5, signed(value), look="value", to="end"),
        class_="bl-on" if on else None,
        **choice(quantity.key, f"{quantity.words}, {signed(value)}", on),
        **drag(quantity.key, value, *ENDS[quantity.letter], STEP),
    )


def _arrow(x1: float, x2: float, y: float, value: float, on: bool) -> Markup:
    """What is wholly beyond the axis points on at its edge; what is nothing has no arrow."""
    head = min(9.0, abs(x2 - x1) or 9.0 * (value != 0)) * (1 if value > 0 else -1)
    halo = line(x1, y, x2, y, "halo bl-on") if on else ""
    shaft = line(x1, y, x2 - head, y, f"edge {sign_class(value)}", stroke_width=4) if x1 != x2 else ""
    return fragment(halo, shaft, element("path", d=f"M{x2:.2f} {y:g}l{-head:.2f} -6v12z", class_=sign_class(value)))


def _sum(state: Neuron, plane: Plane, y: float) -> Iterator[Markup]:
    """z in its row below a line, as a bar from zero, and down to its point on the curve."""
    zero, z = plane.across(0), plane.across(state.z)
    yield line(8, y - PITCH / 2, 300, y - PITCH / 2)
    yield text(132, y + 5, "z", subscript(state.j), look="symbol")
    yield text(296, y + 5, signed(state.z), look="strong", to="end")
    yield line(zero, TOP - 16, zero, y + 14)
    yield bar(zero, y - 4, state.z, plane.x[1], plane.width / 2, 8)
    yield line(z, y + 8, z, plane.down(state.a), stroke_dasharray="2 4")


def _over_input(state: Neuron, plane: Plane) -> Markup:
    """a over one input, the others as they are: now, and with weights and bias as they began."""
    x = inputs(state.case)[state.k]

    def answer(case: Case, to: Array) -> Array:
        z, w = (Quantity(letter, 1, at).value(case) for letter, at in (("z", (state.j,)), ("w", (state.j, state.k))))
        return sigmoid(z + w * (to - x.value(case)))

    began = replace(state.case, parameters=state.start.parameters)
    now, then = (lambda to, case=case: answer(case, to) for case in (state.case, began))
    return curve(plane, x.code, now, x.value(state.case), before=then)


def _equations(state: Neuron) -> Iterator[Markup]:
    """z in letters and in numbers, and a in full. How the slope follows from a is derived after this picture."""
    case, j, a = state.case, state.j, state.a
    letters = [f"w^1_{j},{k} x_{k}" for k in range(len(state.terms) - 1)] + [f"b^1_{j}"]
    lit = [each.quantity.key == state.selected for each in state.terms]
    factors = [(each.quantity.value(case), each.x) for each in state.terms]
    numbers = [times(value, x.value(case)) if x else bracket(number(value)) for value, x in factors]
    named, shown = ([term(each, on=on) for each, on in zip(some, lit, strict=True)] for some in (letters, numbers))
    yield equation(f"z^1_{j} =", joined(named, "+"))
    yield broken("=", shown, formula("=", number(state.z, result=True)), most=3)
    power = element("msup", element("mi", "e"), formula("−z"))
    explicit = element("mfrac", element("mn", 1), formula("1 +", power))
    yield equation(f"a^1_{j} = σ(z^1_{j}) =", explicit, "=", element("mn", plain(a, 4), class_="bl-result"))

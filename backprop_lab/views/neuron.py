"""One neuron with two inputs: its products, their sum z, and where z stands on the curve of σ."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, partial

import numpy as np

from backprop_lab.activations import sigmoid
from backprop_lab.cases import Case
from backprop_lab.drawing.markup import Markup, element, fragment, plain, sign_class, signed
from backprop_lab.network import Parameters
from backprop_lab.views import Picture
from backprop_lab.views.curve import curve
from backprop_lab.views.diagram import ACTIVATION_SCALE, INPUT_SCALE, bar, bias_key, weight_key
from backprop_lab.views.mathml import bracket, equation, number, operator, row, symbol
from backprop_lab.views.strip import Place, activation, weighted_input

WIDTH, HEIGHT = 680.0, 226.0
TERM_SCALE = 4.0  # what fills the bar of a product, of the bias and of z
X_ENDS, Z_ENDS = (-2.0, 2.0), (-8.0, 8.0)
ROWS = (50.0, 90.0, 130.0, 180.0)  # heights of the two products, of b and of z
INPUTS = (64.0, 134.0)
STEEP, FLAT = 0.15, 0.02


@dataclass(frozen=True)
class Neuron:
    """Neuron 0 of layer 1: its two inputs, two weights and bias, and how it began."""

    x0: float
    x1: float
    w0: float
    w1: float
    b: float
    start: tuple[float, float, float] = (0.0, 0.0, 0.0)  # w0, w1 and b as they began
    selected: str = ""

    @property
    def x(self) -> tuple[float, float]:
        """Both inputs."""
        return self.x0, self.x1

    @property
    def case(self) -> Case:
        """A network of this one neuron."""
        parameters = Parameters({1: np.array([[self.w0, self.w1]])}, {1: np.array([[self.b]])})
        return Case(parameters, x=np.array(self.x), y=np.array([1.0]))

    @property
    def k(self) -> int:
        """The input of the selected weight; otherwise 0."""
        return int(self.selected == weight_key(1, 0, 1))


def begin(case: Case, j: int = 0, selected: str = "") -> Neuron:
    """Neuron j of the first layer of a network with two inputs, at the case's first example."""
    if case.parameters.sizes[0] != 2:
        raise ValueError(f"case must have 2 inputs, got {case.parameters.sizes[0]}")
    w0, w1 = map(float, case.parameters.w[1][j])
    b = float(case.parameters.b[1][j, 0])
    x0, x1 = map(float, case.x[:, 0])
    return Neuron(x0, x1, w0, w1, b, start=(w0, w1, b), selected=selected)


def reset(state: Neuron) -> Neuron:
    """Weights and bias as they began; the inputs stay."""
    w0, w1, b = state.start
    return replace(state, w0=w0, w1=w1, b=b)


def neuron(state: Neuron) -> Picture:
    """The neuron, a over one of its inputs, a over z with its tangent, and the equations."""
    case = state.case
    z, a = case.forward_pass.z[1].item(), case.forward_pass.a[1].item()
    curves = element("div", _over_input(state, a), _over_z(z, a), class_="bl-row")
    place = Place(case, 0, 1, 0, state.k)
    equations = [weighted_input(place, lit=state.selected[:1]), activation(place), _slope(a)]
    picture = element("div", _body(state, z, a), curves, element("div", *equations, class_="bl-strip bl-short"))
    return Picture(picture, sentence(state))


def sentence(state: Neuron) -> str:
    """What is seen now, in words."""
    z = state.case.forward_pass.z[1].item()
    a, slope = float(sigmoid(z)), float(sigmoid.prime(z))
    how = "steep" if slope > STEEP else "nearly flat" if slope < FLAT else "sloping"
    return (
        f"The products {signed(state.w0 * state.x0)} and {signed(state.w1 * state.x1)} and the bias {signed(state.b)}"
        f" add up to z = {signed(z)}. The neuron answers a = {plain(a)}; there the curve is {how}, its slope is"
        f" {plain(slope, 4)}. {_selection(state)}"
    )


def _selection(state: Neuron) -> str:
    if state.selected.startswith("b"):
        return "Selected: the bias; whatever the inputs are, z moves as far as the bias does."
    if not state.selected:
        return "No weight is selected."
    k = state.k
    return f"Selected: w[1][0, {k}]; z moves {signed(state.x[k])} times as far, for x[{k}] is that."


def _over_input(state: Neuron, a: float) -> Markup:
    k, others = state.k, state.x[1 - state.k]
    now, then = ((state.w0, state.w1, state.b), state.start)

    def answer(parameters: tuple[float, float, float], x: np.ndarray) -> np.ndarray:
        return sigmoid(parameters[k] * x + parameters[1 - k] * others + parameters[2])

    name = f"x[{k}]"
    notes = f"a, when only {name} moves", f"{name} = {signed(state.x[k])}, a = {plain(a)}"
    return curve(name, partial(answer, now), state.x[k], ends=X_ENDS, before=partial(answer, then), notes=notes)


def _over_z(z: float, a: float) -> Markup:
    slope = float(sigmoid.prime(z))
    notes = "a = σ(z), and its tangent", f"z = {signed(z)}, a = {plain(a)}, slope σ′(z) = {plain(slope, 4)}"
    return curve("z", sigmoid, z, ends=Z_ENDS, slope=slope, notes=notes)


def _slope(a: float) -> Markup:
    """σ′(z) = a (1 − a)."""
    a_of_z = symbol("a", 1, 0)
    rest = bracket(element("mn", 1), operator("−"), a_of_z)
    formula = equation(
        row(symbol("σ", prime=True), bracket(symbol("z", 1, 0))),
        operator("="),
        row(a_of_z, rest),
        operator("="),
        element("mn", plain(a, 4)),
        operator("×"),
        element("mn", plain(1 - a, 4)),
        operator("="),
        number(a * (1 - a), 4, result=True),
    )
    code = element("span", "  # (1, m)", class_="bl-caption")
    return fragment(formula, element("code", "sigma_prime = a[1] * (1 - a[1])", code, class_="bl-code"))


def _body(state: Neuron, z: float, a: float) -> Markup:
    """Inputs to the left, what enters the sum in the middle, the answer to the right."""
    products = [fragment(_name("w", f"0,{k}"), " ", _name("x", k)) for k in (0, 1)]
    terms = [
        (products[0], state.w0 * state.x0),
        (products[1], state.w1 * state.x1),
        (_name("b", 0), state.b),
        (_name("z", 0), z),
    ]
    parts = [
        _unmoving(),
        *_wires(state),
        element("rect", x=332.0, y=26.0, width=216.0, height=180.0, rx=14, class_="bl-node"),
        element("path", d="M344 155H536", class_="bl-zero"),
        *(_term(name, value, y) for (name, value), y in zip(terms, ROWS, strict=True)),
        *(_neuron(8.0, 112.0, INPUTS[k], _name("x", k), state.x[k], INPUT_SCALE) for k in (0, 1)),
        _neuron(580.0, 92.0, ROWS[3], _name("a", 0), a, ACTIVATION_SCALE),
        *_tags(state),
    ]
    return element("svg", *parts, viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}", class_="bl-neuron")


@cache
def _unmoving() -> Markup:
    text = partial(element, "text", text_anchor="middle")
    columns = [("inputs", 64.0), ("weights and bias", 242.0), ("neuron 0 of layer 1", 440.0), ("output", 626.0)]
    scales = f"a full bar: x = {INPUT_SCALE:g}; products, b and z = {TERM_SCALE:g}, longer ones are cut; a = 1"
    return fragment(
        *(text(words, x=x, y=16, class_="bl-caption") for words, x in columns),
        element("path", d=f"M548 {ROWS[3]:g}H580", class_="bl-edge", stroke_width=2),
        text("σ", x=564.0, y=ROWS[3] - 8, class_="bl-symbol"),
        text(f"{scales} · dashed: negative", x=WIDTH / 2, y=HEIGHT - 4, class_="bl-caption"),
    )


def _entries(state: Neuron) -> list[tuple[str, str, Markup, float]]:
    """Key, name in code, name on the page, and value of both weights and the bias."""
    weights = [
        (weight_key(1, 0, k), f"weight w[1][0, {k}]", _name("w", f"0,{k}"), w)
        for k, w in enumerate((state.w0, state.w1))
    ]
    return [*weights, (bias_key(1, 0), "bias b[1][0]", _name("b", 0), state.b)]


def _wires(state: Neuron) -> Iterator[Markup]:
    """From each input to its row in the neuron; the bias comes from nowhere but its tag."""
    for (key, _, _, value), y, start in zip(_entries(state), ROWS, (*INPUTS, None), strict=False):
        path = f"M120 {start:g}C150 {start:g} 155 {y:g} 186 {y:g}H332" if start else f"M298 {y:g}H332"
        halo = element("path", d=path, class_="bl-halo bl-on") if key == state.selected else ""
        sign = sign_class(value)
        edge = element("path", d=path, class_=f"bl-edge {sign}", stroke_width=1 + 2 * min(abs(value), 3.0))
        hit = element("path", d=path, class_="bl-hit")
        yield element("g", halo, edge, hit, data_pick=key, data_key=f"wire-{key}")


def _tags(state: Neuron) -> Iterator[Markup]:
    for (key, words, name, value), y in zip(_entries(state), ROWS, strict=False):
        yield element(
            "g",
            element("rect", x=186.0, y=y - 15, width=112.0, height=30, rx=15, class_="bl-tag"),
            element("text", name, x=198.0, y=y + 5, class_="bl-symbol"),
            element("text", signed(value), x=288.0, y=y + 5, text_anchor="end", class_="bl-value"),
            class_="bl-on" if key == state.selected else None,
            data_select=key,
            aria_label=f"{words}, {signed(value)}",
        )


def _term(name: Markup, value: float, y: float) -> Markup:
    return fragment(
        element("text", name, x=344.0, y=y + 5, class_="bl-symbol"),
        bar(446.0, y - 2, value, TERM_SCALE, reach=30.0),
        element("text", signed(value), x=538.0, y=y + 5, text_anchor="end", class_="bl-value"),
    )


def _neuron(x: float, width: float, y: float, name: Markup, value: float, scale: float) -> Markup:
    half = width / 2
    return fragment(
        element("rect", x=x, y=y - 26, width=width, height=52, rx=14, class_="bl-node"),
        element("text", name, x=x + 12, y=y + 2, class_="bl-symbol"),
        element("text", signed(value), x=x + width - 12, y=y + 2, text_anchor="end", class_="bl-value"),
        bar(x + half, y + 12, value, scale, reach=half - 12),
    )


def _name(letter: str, index: object) -> Markup:
    return fragment(letter, element("tspan", index, dy=4, class_="bl-subscript"), element("tspan", "\u200b", dy=-4))

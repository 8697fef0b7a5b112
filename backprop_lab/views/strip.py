"""The equations behind what is selected, each with its live numbers and the line of code that computes it."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.costs import quadratic
from backprop_lab.drawing.markup import Markup, element, fragment, plain
from backprop_lab.views.diagram import read_key
from backprop_lab.views.mathml import bracket, equation, joined, number, operator, rate, row, symbol, term


class Place(NamedTuple):
    """Where we are: a case, one of its examples, a layer, a neuron j, and k where a weight is meant."""

    case: Case
    example: int
    layer: int
    j: int
    k: int | None = None

    def w(self, layer: int, j: int, k: int) -> float:
        """One weight."""
        return float(self.case.parameters.w[layer][j, k])

    def a(self, layer: int, j: int) -> float:
        """One activation of the example."""
        return float(self.case.forward_pass.a[layer][j, self.example])

    def z(self) -> float:
        """The weighted input of the neuron."""
        return float(self.case.forward_pass.z[self.layer][self.j, self.example])

    def delta(self, layer: int, j: int) -> float:
        """One error signal of the example."""
        return float(self.case.backward_pass.delta[layer][j, self.example])

    @property
    def last(self) -> int:
        """Number of the output layer."""
        return self.case.parameters.layers[-1]


def strip(case: Case, selected: str, example: int = 0) -> Markup:
    """Equations and code for a key of the diagram; with nothing selected, the cost."""
    if not selected:
        return element("div", *_cost(case, example), class_="bl-strip")
    kind, layer, j, *k = read_key(selected)
    place = Place(case, example, layer, j, k[0] if k else None)
    if layer == 0:
        return element("div", *_input(place), class_="bl-strip")
    return element("div", *(show(place) for show in _SHOWN[kind]), class_="bl-strip")


def weighted_input(place: Place, *, lit: str = "") -> Markup:
    """z_j = Σ_k w_jk a_k + b_j, with the term of the selected weight, or the bias, lit."""
    layer, j = place.layer, place.j
    products = [
        term(
            bracket(number(place.w(layer, j, k))),
            bracket(number(place.a(layer - 1, k))),
            on=lit == "w" and k == place.k,
        )
        for k in range(place.case.parameters.sizes[layer - 1])
    ]
    bias = term(bracket(number(place.case.parameters.b[layer][j, 0])), on=lit == "b")
    formula = equation(
        symbol("z", layer, j),
        operator("="),
        element("munder", operator("∑"), element("mi", "k")),
        term(symbol("w", layer, f"{j},k"), symbol("a", layer - 1, "k"), on=lit == "w"),
        operator("+"),
        term(symbol("b", layer, j), on=lit == "b"),
        operator("="),
        joined([*products, bias], "+"),
        operator("="),
        number(place.z(), result=True),
    )
    n, before = _sizes(place)
    w, b = _marked(f"w[{layer}]", lit == "w"), _marked(f"b[{layer}]", lit == "b")
    shapes = f"({n}, m) = ({n}, {before}) @ ({before}, m) + ({n}, 1)"
    return fragment(formula, _code(f"z[{layer}] = ", w, f" @ a[{layer - 1}] + ", b, shapes=shapes))


def activation(place: Place) -> Markup:
    """a_j = σ(z_j)."""
    layer, j, name = place.layer, place.j, _activation_name(place)
    formula = equation(
        symbol("a", layer, j),
        operator("="),
        row(symbol("σ"), bracket(symbol("z", layer, j))),
        operator("="),
        row(symbol("σ"), bracket(number(place.z()))),
        operator("="),
        number(place.a(layer, j), result=True),
    )
    return fragment(formula, _code(f"a[{layer}] = {name}(z[{layer}])", shapes=f"({_sizes(place)[0]}, m)"))


def error_signal(place: Place) -> Markup:
    """BP1 at the output layer, BP2 before it."""
    return _output_error(place) if place.layer == place.last else _hidden_error(place)


def bias_gradient(place: Place) -> Markup:
    """BP3 for one example: ∂C/∂b_j = δ_j."""
    layer, j = place.layer, place.j
    formula = equation(
        rate(symbol("C"), symbol("b", layer, j)),
        operator("="),
        term(symbol("δ", layer, j), on=True),
        operator("="),
        number(place.delta(layer, j), 5, result=True),
    )
    shapes = f"({_sizes(place)[0]}, 1), the mean over the examples"
    code = _code(_marked(f"nabla_b[{layer}]"), f" = delta[{layer}].mean(axis=1, keepdims=True)", shapes=shapes)
    return fragment(formula, code)


def weight_gradient(place: Place) -> Markup:
    """BP4 for one example: ∂C/∂w_jk = δ_j a_k."""
    layer, j, k = place.layer, place.j, place.k or 0
    delta, a = place.delta(layer, j), place.a(layer - 1, k)
    formula = equation(
        rate(symbol("C"), symbol("w", layer, f"{j},{k}")),
        operator("="),
        symbol("δ", layer, j),
        symbol("a", layer - 1, k),
        operator("="),
        term(bracket(number(delta, 4)), note="δ of the neuron it enters"),
        operator("×"),
        term(bracket(number(a)), note="activation it carries"),
        operator("="),
        number(delta * a, 5, result=True),
    )
    n, before = _sizes(place)
    code = f" = delta[{layer}] @ a[{layer - 1}].T / m"
    shapes = f"({n}, {before}) = ({n}, m) @ (m, {before})"
    return fragment(formula, _code(_marked(f"nabla_w[{layer}]"), code, shapes=shapes))


_SHOWN: dict[str, tuple[Callable[[Place], Markup], ...]] = {
    "w": (partial(weighted_input, lit="w"), error_signal, weight_gradient),
    "b": (partial(weighted_input, lit="b"), error_signal, bias_gradient),
    "a": (weighted_input, activation, error_signal),
}


def _output_error(place: Place) -> Markup:
    layer, j, case = place.layer, place.j, place.case
    delta, n = number(place.delta(layer, j), 4, result=True), _sizes(place)[0]
    if case.cost.output is not None:
        difference = row(symbol("a", layer, j), operator("−"), symbol("y", "", j))
        short = equation(symbol("δ", layer, j), operator("="), difference, operator("="), delta)
        return fragment(short, _code(f"delta[{layer}] = a[{layer}] - y", shapes=f"({n}, m)"))
    nabla_a = case.cost.derivative(case.forward_pass.prediction, case.y)[:, place.example]
    if case.output.derivative is None:
        return _softmax_error(place, nabla_a)
    formula = equation(
        symbol("δ", layer, j),
        operator("="),
        rate(symbol("C"), symbol("a", layer, j)),
        row(symbol("σ", prime=True), bracket(symbol("z", layer, j))),
        operator("="),
        bracket(number(nabla_a[j], 4)),
        operator("×"),
        element("mn", plain(_sigma_prime(place), 4)),
        operator("="),
        delta,
    )
    code = f"delta[{layer}] = cost.gradient(a[{layer}], y) * {_activation_name(place)}.prime(z[{layer}])"
    return fragment(formula, _code(code, shapes=f"({n}, m) = ({n}, m) * ({n}, m)"))


def _softmax_error(place: Place, nabla_a: Array) -> Markup:
    """One z moves every output, so the chain rule keeps its sum."""
    layer, j, a = place.layer, place.j, place.case.forward_pass.prediction[:, place.example]
    products = [
        row(bracket(number(nabla_a[i], 4)), bracket(number(a[i] * ((i == j) - a[j]), 4))) for i in range(len(a))
    ]
    formula = equation(
        symbol("δ", layer, j),
        operator("="),
        element("munder", operator("∑"), element("mi", "i")),
        rate(symbol("C"), symbol("a", layer, "i")),
        rate(symbol("a", layer, "i"), symbol("z", layer, j)),
        operator("="),
        joined(products, "+"),
        operator("="),
        number(place.delta(layer, j), 4, result=True),
    )
    code = f"delta[{layer}] = a[{layer}] * (nabla_a - (a[{layer}] * nabla_a).sum(axis=0))"
    return fragment(formula, _code(code, shapes=f"({len(a)}, m)"))


def _hidden_error(place: Place) -> Markup:
    layer, j, case = place.layer, place.j, place.case
    opinions = [
        row(bracket(number(place.w(layer + 1, i, j))), bracket(number(place.delta(layer + 1, i), 4)))
        for i in range(case.parameters.sizes[layer + 1])
    ]
    formula = equation(
        symbol("δ", layer, j),
        operator("="),
        bracket(
            element("munder", operator("∑"), element("mi", "i")),
            symbol("w", layer + 1, f"i,{j}"),
            symbol("δ", layer + 1, "i"),
        ),
        row(symbol("σ", prime=True), bracket(symbol("z", layer, j))),
        operator("="),
        bracket(joined(opinions, "+")) if len(opinions) > 1 else opinions[0],
        operator("×"),
        element("mn", plain(_sigma_prime(place), 4)),
        operator("="),
        number(place.delta(layer, j), 4, result=True),
    )
    code = f"delta[{layer}] = (w[{layer + 1}].T @ delta[{layer + 1}]) * {_activation_name(place)}.prime(z[{layer}])"
    n, after = case.parameters.sizes[layer], case.parameters.sizes[layer + 1]
    return fragment(formula, _code(code, shapes=f"({n}, m) = ({n}, {after}) @ ({after}, m) * ({n}, m)"))


def _input(place: Place) -> list[Markup]:
    x = number(place.a(0, place.j), result=True)
    formula = equation(symbol("a", 0, place.j), operator("="), symbol("x", "", place.j), operator("="), x)
    words = element("p", "An input is given, nothing is learnt here. It multiplies every weight that leaves it.")
    return [formula, _code("a[0] = x", shapes=f"({place.case.parameters.sizes[0]}, m)"), words]


def _cost(case: Case, example: int) -> list[Markup]:
    last = case.parameters.layers[-1]
    value = float(case.cost.of_example(case.forward_pass.prediction, case.y)[example])
    shown = _squares(case, last, example) if case.cost is quadratic else [element("mtext", case.cost.name)]
    formula = equation(symbol("C"), operator("="), *shown, operator("="), number(value, 4, result=True))
    words = element("p", "Choose a neuron, a weight or a bias in the network to see the equations it takes part in.")
    return [formula, _code(f"C = {case.cost}(a[{last}], y)", shapes="one number"), words]


def _squares(case: Case, last: int, example: int) -> list[Markup]:
    half, square = element("mfrac", element("mn", 1), element("mn", 2)), element("mn", 2)
    differences = [
        element("msup", bracket(number(a), operator("−"), bracket(number(y))), square)
        for a, y in zip(case.forward_pass.prediction[:, example], case.y[:, example], strict=True)
    ]
    general = element("msup", bracket(symbol("a", last, "j"), operator("−"), symbol("y", "", "j")), square)
    total = element("munder", operator("∑"), element("mi", "j"))
    return [half, total, general, operator("="), half, bracket(joined(differences, "+"))]


def _code(*pieces: str, shapes: str) -> Markup:
    """A line of code with the shapes it works on."""
    return element("code", *pieces, element("span", f"  # {shapes}", class_="bl-caption"), class_="bl-code")


def _marked(code: str, on: bool = True) -> str:
    return element("mark", code) if on else code


def _sizes(place: Place) -> tuple[int, int]:
    sizes = place.case.parameters.sizes
    return sizes[place.layer], sizes[place.layer - 1]


def _activation_name(place: Place) -> str:
    return (place.case.output if place.layer == place.last else place.case.hidden).name


def _sigma_prime(place: Place) -> float:
    activation = place.case.output if place.layer == place.last else place.case.hidden
    return float(activation.prime(place.z()))

"""The equations behind what is selected, each with its live numbers and the line of code that computes it."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from backprop_lab.activations import Activation, Array
from backprop_lab.cases import Case
from backprop_lab.costs import quadratic
from backprop_lab.drawing.html import code, marked
from backprop_lab.drawing.markup import Markup, element, fragment, plain
from backprop_lab.drawing.mathml import bracket, equation, joined, number, row, squared, term, times
from backprop_lab.quantities import Quantity


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

    def n(self, layer: int) -> int:
        """Neurons in a layer."""
        return self.case.parameters.sizes[layer]

    @property
    def last(self) -> int:
        """Number of the output layer."""
        return self.case.parameters.layers[-1]

    @property
    def activation(self) -> Activation:
        """The activation function of the layer."""
        return self.case.activation(self.layer)


def equations(case: Case, selected: str, example: int = 0) -> Markup:
    """Equations and code for a key of the diagram; with nothing selected, or a target, the cost."""
    chosen = Quantity.read(selected) if selected else Quantity("C")
    if chosen.letter not in _SHOWN:
        return element("div", *_cost(case, example), class_="bl-equations")
    j, *k = chosen.index
    place = Place(case, example, chosen.layer, j, k[0] if k else None)
    shown = [show(place) for show in _SHOWN[chosen.letter]] if chosen.layer else _input(place)
    return element("div", *shown, class_="bl-equations")


def weighted_input(place: Place, *, lit: str = "") -> Markup:
    """z_j = Σ_k w_jk a_k + b_j, with the term of the selected weight, or the bias, lit."""
    layer, j, n, before = place.layer, place.j, place.n(place.layer), place.n(place.layer - 1)
    products = [
        term(times(place.w(layer, j, k), place.a(layer - 1, k)), on=lit == "w" and k == place.k) for k in range(before)
    ]
    bias = term(bracket(number(place.case.parameters.b[layer][j, 0])), on=lit == "b")
    formula = equation(
        f"z^{layer}_{j} = ∑_k", term(f"w^{layer}_{j},k a^{layer - 1}_k", on=lit == "w"),
        "+", term(f"b^{layer}_{j}", on=lit == "b"),
        "=", joined([*products, bias], "+"), "=", number(place.z(), result=True),
    )  # fmt: skip
    w, b = marked(f"w[{layer}]", lit == "w"), marked(f"b[{layer}]", lit == "b")
    shapes = f"({n}, m) = ({n}, {before}) @ ({before}, m) + ({n}, 1)"
    return fragment(formula, code(f"z[{layer}] = ", w, f" @ a[{layer - 1}] + ", b, shapes=shapes))


def activation(place: Place) -> Markup:
    """a_j = σ(z_j)."""
    layer, j = place.layer, place.j
    value = number(place.a(layer, j), result=True)
    formula = equation(f"a^{layer}_{j} = σ(z^{layer}_{j}) = σ", bracket(number(place.z())), "=", value)
    return fragment(formula, code(f"a[{layer}] = {place.activation}(z[{layer}])", shapes=f"({place.n(layer)}, m)"))


def error_signal(place: Place) -> Markup:
    """BP1 at the output layer, BP2 before it."""
    return _output_error(place) if place.layer == place.last else _hidden_error(place)


def bias_gradient(place: Place) -> Markup:
    """BP3 for one example: ∂C/∂b_j = δ_j."""
    layer, j = place.layer, place.j
    value = number(place.delta(layer, j), 5, result=True)
    formula = equation(f"∂C/∂b^{layer}_{j} =", term(f"δ^{layer}_{j}", on=True), "=", value)
    line = marked(f"nabla_b[{layer}]"), f" = delta[{layer}].mean(axis=1, keepdims=True)"
    return fragment(formula, code(*line, shapes=f"({place.n(layer)}, 1), the mean over the examples"))


def weight_gradient(place: Place) -> Markup:
    """BP4 for one example: ∂C/∂w_jk = δ_j a_k."""
    layer, j, k, n, before = place.layer, place.j, place.k or 0, place.n(place.layer), place.n(place.layer - 1)
    delta, a = place.delta(layer, j), place.a(layer - 1, k)
    formula = equation(
        f"∂C/∂w^{layer}_{j},{k} = δ^{layer}_{j} a^{layer - 1}_{k} =",
        term(bracket(number(delta, 4)), note="δ of the neuron it enters"),
        "×", term(bracket(number(a)), note="activation it carries"), "=", number(delta * a, 5, result=True),
    )  # fmt: skip
    line = marked(f"nabla_w[{layer}]"), f" = delta[{layer}] @ a[{layer - 1}].T / m"
    return fragment(formula, code(*line, shapes=f"({n}, {before}) = ({n}, m) @ (m, {before})"))


_SHOWN: dict[str, tuple[Callable[[Place], Markup], ...]] = {
    "w": (partial(weighted_input, lit="w"), error_signal, weight_gradient),
    "b": (partial(weighted_input, lit="b"), error_signal, bias_gradient),
    "a": (weighted_input, activation, error_signal),
}


def _output_error(place: Place) -> Markup:
    layer, j, case, n = place.layer, place.j, place.case, place.n(place.layer)
    delta = number(place.delta(layer, j), 4, result=True)
    if case.cost.output is not None:
        formula = equation(f"δ^{layer}_{j} = a^{layer}_{j} − y_{j} =", delta)
        return fragment(formula, code(f"delta[{layer}] = a[{layer}] - y", shapes=f"({n}, m)"))
    nabla_a = case.cost.derivative(case.forward_pass.prediction, case.y)[:, place.example]
    if case.output.derivative is None:
        return _softmax_error(place, nabla_a)
    formula = equation(
        f"δ^{layer}_{j} = ∂C/∂a^{layer}_{j} σ′(z^{layer}_{j}) =",
        bracket(number(nabla_a[j], 4)), "×", _sigma_prime(place), "=", delta,
    )  # fmt: skip
    line = f"delta[{layer}] = cost.gradient(a[{layer}], y) * {place.activation}.prime(z[{layer}])"
    return fragment(formula, code(line, shapes=f"({n}, m) = ({n}, m) * ({n}, m)"))


def _softmax_error(place: Place, nabla_a: Array) -> Markup:
    """One z moves every output, so the chain rule keeps its sum."""
    layer, j, a = place.layer, place.j, place.case.forward_pass.prediction[:, place.example]
    products = [row(times(nabla_a[i], a[i] * ((i == j) - a[j]), 4, 4)) for i in range(len(a))]
    formula = equation(
        f"δ^{layer}_{j} = ∑_i ∂C/∂a^{layer}_i ∂a^{layer}_i/∂z^{layer}_{j} =",
        joined(products, "+"), "=", number(place.delta(layer, j), 4, result=True),
    )  # fmt: skip
    line = f"delta[{layer}] = a[{layer}] * (nabla_a - (a[{layer}] * nabla_a).sum(axis=0))"
    return fragment(formula, code(line, shapes=f"({len(a)}, m)"))


def _hidden_error(place: Place) -> Markup:
    layer, j, n, after = place.layer, place.j, place.n(place.layer), place.n(place.layer + 1)
    opinions = [times(place.w(layer + 1, i, j), place.delta(layer + 1, i), 2, 4) for i in range(after)]
    formula = equation(
        f"δ^{layer}_{j} = (∑_i w^{layer + 1}_i,{j} δ^{layer + 1}_i) σ′(z^{layer}_{j}) =",
        bracket(joined(opinions, "+")) if after > 1 else opinions[0],
        "×", _sigma_prime(place), "=", number(place.delta(layer, j), 4, result=True),
    )  # fmt: skip
    line = f"delta[{layer}] = (w[{layer + 1}].T @ delta[{layer + 1}]) * {place.activation}.prime(z[{layer}])"
    return fragment(formula, code(line, shapes=f"({n}, m) = ({n}, {after}) @ ({after}, m) * ({n}, m)"))


def _input(place: Place) -> list[Markup]:
    formula = equation(f"a^0_{place.j} = x_{place.j} =", number(place.a(0, place.j), result=True))
    words = element("p", "An input is given, nothing is learnt here. It multiplies every weight that leaves it.")
    return [formula, code("a[0] = x", shapes=f"({place.n(0)}, m)"), words]


def _cost(case: Case, example: int) -> list[Markup]:
    last = case.parameters.layers[-1]
    value = float(case.cost.of_example(case.forward_pass.prediction, case.y)[example])
    shown = _squares(case, last, example) if case.cost is quadratic else [element("mtext", case.cost.name)]
    words = element("p", "Choose a neuron, a weight or a bias in the network to see the equations it takes part in.")
    formula = equation("C =", *shown, "=", number(value, 4, result=True))
    return [formula, code(f"C = {case.cost}(a[{last}], y)", shapes="one number"), words]


def _squares(case: Case, last: int, example: int) -> list[Markup | str]:
    half = element("mfrac", element("mn", 1), element("mn", 2))
    pairs = zip(case.forward_pass.prediction[:, example], case.y[:, example], strict=True)
    differences = [squared(row(number(a), "−", bracket(number(y)))) for a, y in pairs]
    return [half, "∑_j", squared(f"a^{last}_j − y_j"), "=", half, bracket(joined(differences, "+"))]


def _sigma_prime(place: Place) -> Markup:
    return element("mn", plain(float(place.activation.prime(place.z())), 4))

"""The equations behind what is selected, each with its live numbers and the line of code that computes it."""

from collections.abc import Callable
from functools import partial

from backprop_lab.cases import Case
from backprop_lab.costs import quadratic
from backprop_lab.derivations.place import Place
from backprop_lab.drawing.html import code, marked
from backprop_lab.drawing.markup import Markup, element, fragment, plain
from backprop_lab.drawing.mathml import bracket, broken, equation, joined, number, row, squared, term, times
from backprop_lab.quantities import Quantity
from backprop_lab.validation import Array

ROOM, SMALL = 2, 3  # inputs of a neuron whose numbers have room beside its letters; that have if they are set smaller


def equations(case: Case, selected: str) -> Markup:
    """Equations and code for a key of the diagram; with nothing selected, or a target, the cost."""
    chosen = Quantity.read(selected) if selected else Quantity("C")
    if chosen.letter not in _SHOWN:
        return element("div", *_cost(case), class_="bl-equations")
    if not chosen.layer:
        return element("div", *_input(case, chosen.index[0]), class_="bl-equations")
    j, *k = chosen.index
    place = Place(case, chosen.layer, j, k[0] if k else 0)
    return element("div", *(show(place) for show in _SHOWN[chosen.letter]), class_="bl-equations")


def weighted_input(place: Place, *, lit: str = "") -> Markup:
    """z_j = Σ_k w_jk a_k + b_j, with the term of the selected weight, or the bias, lit."""
    layer, j, (n, before) = place.layer, place.j, place.w.shape
    pairs = zip(place.w[j], place.a_previous, strict=True)
    products = [term(times(w, a), on=lit == "w" and k == place.k) for k, (w, a) in enumerate(pairs)]
    bias, z = term(bracket(number(place.b[j])), on=lit == "b"), number(place.z[j], result=True)
    letters = [
        f"z^{layer}_{j} = ∑_k", term(f"w^{layer}_{j},k a^{layer - 1}_k", on=lit == "w"),
        "+", term(f"b^{layer}_{j}", on=lit == "b"),
    ]  # fmt: skip
    if before <= SMALL:
        look = "bl-long" if before > ROOM else ""
        formula = equation(*letters, "=", joined([*products, bias], "+"), "=", z, look=look)
    else:
        formula = fragment(equation(*letters), broken("=", [*products, bias], row("=", z), most=SMALL + 1))
    w, b = marked(f"w[{layer}]", lit == "w"), marked(f"b[{layer}]", lit == "b")
    shapes = f"({n}, m) = ({n}, {before}) @ ({before}, m) + ({n}, 1)"
    return fragment(formula, code(f"z[{layer}] = ", w, f" @ a[{layer - 1}] + ", b, shapes=shapes))


def activation(place: Place) -> Markup:
    """a_j = σ(z_j)."""
    layer, j = place.layer, place.j
    value = number(place.a[j], result=True)
    formula = equation(f"a^{layer}_{j} = σ(z^{layer}_{j}) = σ", bracket(number(place.z[j])), "=", value)
    return fragment(formula, code(f"a[{layer}] = {place.sigma}(z[{layer}])", shapes=f"({len(place.b)}, m)"))


def error_signal(place: Place) -> Markup:
    """BP1 at the output layer, BP2 before it."""
    return _output_error(place) if place.layer == place.last else _hidden_error(place)


def bias_gradient(place: Place) -> Markup:
    """BP3 for one example: ∂C/∂b_j = δ_j."""
    layer, j = place.layer, place.j
    value = number(place.delta[j], 5, result=True)
    formula = equation(f"∂C/∂b^{layer}_{j} =", term(f"δ^{layer}_{j}", on=True), "=", value)
    line = marked(f"nabla_b[{layer}]"), f" = delta[{layer}].mean(axis=1, keepdims=True)"
    return fragment(formula, code(*line, shapes=f"({len(place.b)}, 1), the mean over the examples"))


def weight_gradient(place: Place) -> Markup:
    """BP4 for one example: ∂C/∂w_jk = δ_j a_k."""
    layer, j, k, (n, before) = place.layer, place.j, place.k, place.w.shape
    delta, a = place.delta[j], place.a_previous[k]
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
    layer, j, case, n = place.layer, place.j, place.case, len(place.b)
    delta = number(place.delta[j], 4, result=True)
    if case.cost.output is not None:
        formula = equation(f"δ^{layer}_{j} = a^{layer}_{j} − y_{j} =", delta)
        return fragment(formula, code(f"delta[{layer}] = a[{layer}] - y", shapes=f"({n}, m)"))
    nabla_a = place.nabla_a
    if case.output.derivative is None:
        return _softmax_error(place, nabla_a)
    formula = equation(
        f"δ^{layer}_{j} = ∂C/∂a^{layer}_{j} σ′(z^{layer}_{j}) =",
        bracket(number(nabla_a[j], 4)), "×", _sigma_prime(place), "=", delta,
    )  # fmt: skip
    line = f"delta[{layer}] = cost.gradient(a[{layer}], y) * {place.sigma}.prime(z[{layer}])"
    return fragment(formula, code(line, shapes=f"({n}, m) = ({n}, m) * ({n}, m)"))


def _softmax_error(place: Place, nabla_a: Array) -> Markup:
    """One z moves every output, so the chain rule keeps its sum."""
    layer, j, a = place.layer, place.j, place.a
    products = [row(times(nabla_a[i], a[i] * ((i == j) - a[j]), 4, 4)) for i in range(len(a))]
    formula = equation(
        f"δ^{layer}_{j} = ∑_i ∂C/∂a^{layer}_i ∂a^{layer}_i/∂z^{layer}_{j} =",
        joined(products, "+"), "=", number(place.delta[j], 4, result=True),
    )  # fmt: skip
    line = f"delta[{layer}] = a[{layer}] * (nabla_a - (a[{layer}] * nabla_a).sum(axis=0))"
    return fragment(formula, code(line, shapes=f"({len(a)}, m)"))


def _hidden_error(place: Place) -> Markup:
    layer, j, (after, n) = place.layer, place.j, place.w_next.shape
    opinions = [times(w, delta, 2, 4) for w, delta in zip(place.w_next[:, j], place.delta_next, strict=True)]
    formula = equation(
        f"δ^{layer}_{j} = (∑_i w^{layer + 1}_i,{j} δ^{layer + 1}_i) σ′(z^{layer}_{j}) =",
        bracket(joined(opinions, "+")) if after > 1 else opinions[0],
        "×", _sigma_prime(place), "=", number(place.delta[j], 4, result=True),
    )  # fmt: skip
    line = f"delta[{layer}] = (w[{layer + 1}].T @ delta[{layer + 1}]) * {place.sigma}.prime(z[{layer}])"
    return fragment(formula, code(line, shapes=f"({n}, m) = ({n}, {after}) @ ({after}, m) * ({n}, m)"))


def _input(case: Case, j: int) -> list[Markup]:
    formula = equation(f"a^0_{j} = x_{j} =", number(case.x[j, 0], result=True))
    words = element("p", "An input is given, nothing is learned here. It multiplies every weight that leaves it.")
    return [formula, code("a[0] = x", shapes=f"({len(case.x)}, m)"), words]


def _cost(case: Case) -> list[Markup]:
    last = case.parameters.layers[-1]
    value = float(case.example_costs[0])
    shown = _squares(case, last) if case.cost is quadratic else [element("mtext", case.cost.name)]
    words = element("p", "Choose a neuron, a weight or a bias in the network to see the equations it takes part in.")
    formula = equation("C =", *shown, "=", number(value, 4, result=True))
    return [formula, code(f"C = {case.cost}(a[{last}], y)", shapes="one number"), words]


def _squares(case: Case, last: int) -> list[Markup | str]:
    half = element("mfrac", element("mn", 1), element("mn", 2))
    pairs = zip(case.forward_pass.prediction[:, 0], case.y[:, 0], strict=True)
    differences = [squared(row(number(a), "−", bracket(number(y)))) for a, y in pairs]
    return [half, "∑_j", squared(f"a^{last}_j − y_j"), "=", half, bracket(joined(differences, "+"))]


def _sigma_prime(place: Place) -> Markup:
    return element("mn", plain(float(place.sigma_prime[place.j]), 4))

"""The equations of a moment with its numbers, and the lines of code that were run."""

from collections.abc import Callable, Mapping

from backprop_lab.activations import sigmoid
from backprop_lab.drawing.html import code
from backprop_lab.drawing.markup import Markup, element, fragment
from backprop_lab.drawing.mathml import bracket, equation, matrix, row, symbol
from backprop_lab.equations import bp1, bp2, bp3, bp4
from backprop_lab.pictures.player.program import STEPS, Moment
from backprop_lab.pictures.player.slips import ETA, alike
from backprop_lab.pictures.player.state import Player
from backprop_lab.validation import Array

FEW = 4  # columns that are written out
ASKED, EQUAL, UNEQUAL = "≟", "=", "≠"


def worked(state: Player) -> Markup:
    """Each equation with what goes into it, what comes out, and whether the one gives the other."""
    if state.now is None:
        return element(
            "p", "Nothing has run yet: memory holds x, y, w and b. Press step, or play.", class_="bl-caption"
        )
    return fragment(*_WORKED[STEPS[state.now.step].name](state, state.now.layer), _code(state, state.now))


def _code(state: Player, now: Moment) -> Markup:
    """The lines of this moment; a wrong one that may be seen is marked."""
    spoilt = state.injected.target if state.injected and state.known else ""
    lines = [(f"✗ {state.lines[target]}", True) if target == spoilt else (state.lines[target], False)
             for target in STEPS[now.step].writes]  # fmt: skip
    return fragment(*(code(line, on=on) for line, on in lines))


def _forward(state: Player, layer: int) -> list[Markup]:
    p, z, a = state.case.parameters, _all(state, "z", layer), _all(state, "a", layer)
    before, w, b = _all(state, "a", layer - 1), p.w[layer], p.b[layer]
    slope = _all(state, "sigma_prime", layer)
    sum_ = _result(state, w @ before + b, z, 2)
    numbers = matrix(w), matrix(_one(state, before)), "+", matrix(b)
    return [
        equation(f"z^{layer} = w^{layer} a^{layer - 1} + b^{layer} =", *numbers, *sum_),
        equation(
            f"a^{layer} = σ(z^{layer})", *_result(state, sigmoid(z), a, 2), element("mspace", width="1.5em"),
            f"σ′(z^{layer})", *_result(state, sigmoid.prime(z), slope, 4),
        ),
    ]  # fmt: skip


def _bp1(state: Player, layer: int) -> list[Markup]:
    a, y, slope = _all(state, "a", layer), state.case.y, _all(state, "sigma_prime", layer)
    delta = _result(state, bp1(a - y, slope), _all(state, "delta", layer), 4)
    difference = bracket(matrix(_one(state, a)), "−", matrix(_one(state, y)))
    formula = f"δ^{layer} = (a^{layer} − y) ⊙ σ′(z^{layer}) ="
    return [equation(formula, difference, "⊙", matrix(_one(state, slope), 4), *delta)]


def _bp2(state: Player, layer: int) -> list[Markup]:
    w, after = state.case.parameters.w[layer + 1], _all(state, "delta", layer + 1)
    slope = _all(state, "sigma_prime", layer)
    delta = _result(state, bp2(w, after, slope), _all(state, "delta", layer), 4)
    turned = element("msup", bracket(f"w^{layer + 1}"), element("mi", "T"))
    formula = row(f"δ^{layer} =", bracket(turned, f"δ^{layer + 1}"), f"⊙ σ′(z^{layer}) =")
    inside = bracket(matrix(w.T), matrix(_one(state, after), 4))
    return [equation(formula, inside, "⊙", matrix(_one(state, slope), 4), *delta)]


def _bp4(state: Player, layer: int) -> list[Markup]:
    delta, a = _all(state, "delta", layer), _all(state, "a", layer - 1)
    nabla = _result(state, bp4(delta, a), state.arrays["nabla_w", layer], 4, whole=True)
    turned = element("msup", bracket(f"a^{layer - 1}"), element("mi", "T"))
    few = delta.shape[1] <= FEW
    product = (EQUAL, matrix(delta, 4), matrix(a.T), *_divided(state)) if few else ()
    return [equation(_nabla("w", layer), f"= δ^{layer}", turned, *_divided(state, "m"), *product, *nabla)]


def _bp3(state: Player, layer: int) -> list[Markup]:
    delta = _all(state, "delta", layer)
    nabla = _result(state, bp3(delta), state.arrays["nabla_b", layer], 4, whole=True)
    mean = row(element("mi", "mean"), element("mspace", width="0.25em")) if delta.shape[1] > 1 else ""
    numbers = (EQUAL, mean, matrix(delta, 4)) if 1 < delta.shape[1] <= FEW else ()
    parts = [_nabla("b", layer), EQUAL, mean, symbol("δ", layer), *numbers, *nabla]
    return [equation(*(part for part in parts if part))]


def _update(state: Player, layer: int) -> list[Markup]:
    return [_stepped(state, letter, layer) for letter in ("w", "b")]


def _stepped(state: Player, letter: str, layer: int) -> Markup:
    before, nabla = getattr(state.case.parameters, letter)[layer], state.arrays[f"nabla_{letter}", layer]
    after, formula = state.arrays[letter, layer], row(f"{letter}^{layer} − η", _nabla(letter, layer), EQUAL)
    assert nabla is not None
    numbers = matrix(before), "−", element("mn", f"{ETA:g}"), "·", _whole(nabla, 4)
    if after is None:
        return equation(formula, *numbers, element("mtext", "\N{NO-BREAK SPACE}the shapes differ: no step"))
    return equation(formula, *numbers, *_result(state, before - ETA * nabla, after, 2, whole=True))


_WORKED: Mapping[str, Callable[[Player, int], list[Markup]]] = {
    "forward": _forward, "BP1": _bp1, "BP2": _bp2, "BP4": _bp4, "BP3": _bp3, "update": _update,
}  # fmt: skip


def _all(state: Player, letter: str, layer: int) -> Array:
    """An array with a column for each example."""
    values = state.case.x if (letter, layer) == ("a", 0) else state.arrays[letter, layer]
    assert values is not None
    return values


def _one(state: Player, values: Array) -> Array:
    """The column of the example that is shown."""
    return values[:, [state.example]]


def _result(
    state: Player, right: Array, found: Array | None, decimals: int, *, whole: bool = False
) -> list[Markup | str]:
    """What came out, after a sign that says whether it follows from what went in; or that leaves it open."""
    assert found is not None
    if state.covered:
        return [EQUAL, element("mn", "?")]
    sign = EQUAL if alike(state.case, found, right) else UNEQUAL
    sign = ASKED if state.secret and not state.known else sign
    return [sign, _whole(found, decimals) if whole else matrix(_one(state, found), decimals)]


def _whole(values: Array, decimals: int) -> Markup:
    """A matrix, or where it is too wide its shape."""
    if values.shape[1] > FEW:
        return element("mtext", f" {values.shape[0]} × {values.shape[1]} numbers")
    return matrix(values, decimals)


def _divided(state: Player, by: str = "") -> tuple[str, ...]:
    """Nothing, of one example."""
    m = state.case.x.shape[1]
    return ("/", by or str(m)) if m > 1 else ()


def _nabla(letter: str, layer: int) -> Markup:
    return element("msub", symbol("∇"), symbol(letter, layer))

"""The rates of a path as pictures show them: what each is, in symbols and in words, side by side over their numbers."""

from collections.abc import Iterable, Sequence

from backprop_lab.cases import Case
from backprop_lab.chain import Rate, wires
from backprop_lab.costs import quadratic
from backprop_lab.drawing.markup import Markup, element, lowered, raised, sign_class, signed
from backprop_lab.drawing.mathml import notation
from backprop_lab.quantities import Quantity


def fraction(rate: Rate) -> str:
    """∂…/∂…, as `notation` reads it."""
    return f"∂{rate.of.symbol}/∂{rate.by.symbol}"


def on_one_line(rate: Rate) -> str:
    """Its name as plain text, ∂z²₀/∂a¹₂."""
    return f"∂{_short(rate.of)}/∂{_short(rate.by)}"


def meaning(rate: Rate) -> str:
    """What the rate is, as `notation` reads it: an activation, σ′, a weight, δ; of C by an activation just that."""
    match rate.by.letter, rate.of.letter:
        case "w", _:
            return _carried(rate).symbol
        case "b", _:
            return "1"
        case "z", "a":
            return f"σ′({rate.by.symbol})"
        case "a", "z":
            return wires((rate,))[0].symbol
        case "z", _:
            return Quantity("delta", rate.by.layer, rate.by.index).symbol
    return fraction(rate)


def in_words(case: Case, rate: Rate) -> str:
    """What the rate is, for those who know the code."""
    match rate.by.letter, rate.of.letter:
        case "w", _:
            return f"what the weight multiplies, {_carried(rate).code}"
        case "b", _:
            return "1, since a bias is added as it is"
        case "z", "a":
            return f"{case.activation(rate.by.layer)}′ at {rate.by.code}, the slope there"
        case "a", "z":
            return f"the weight {wires((rate,))[0].code}"
    known = case.cost is quadratic or rate.by.letter == "z"
    return "output minus target, a − y" if known else f"the slope of the cost, {case.cost.name}"


def factor(symbol: str, number: str, *, on: bool = False, **more: object) -> Markup:
    """One rate over its number, as it is written."""
    formula = element("math", *notation(symbol), displaystyle="true")
    look = f"bl-factor{' bl-on' if on else ''}"
    return element("span", formula, element("span", number, class_="bl-value"), class_=look, **more)


def multiplied(factors: Iterable[Markup]) -> Markup:
    """Factors side by side."""
    pieces = [piece for each in factors for piece in (element("span", "·", class_="bl-times"), each)][1:]
    return element("span", *pieces, class_="bl-product")


def result(value: float, decimals: int = 6) -> Markup:
    """What comes of it: bold, in the color of its sign."""
    return element("span", signed(value, decimals), class_=f"bl-value bl-result {sign_class(value)}")


def nearly_cancel(values: Sequence[float]) -> bool:
    """Whether their sum is less than a tenth of what they are one by one."""
    return abs(sum(values)) < 0.1 * sum(map(abs, values))


def _short(quantity: Quantity) -> str:
    if not quantity.index:
        return quantity.letter
    return f"{quantity.letter}{raised(quantity.layer)}{','.join(map(lowered, quantity.index))}"


def _carried(rate: Rate) -> Quantity:
    """The activation that a weight multiplies."""
    return Quantity("a", rate.by.layer - 1, rate.by.index[1:])

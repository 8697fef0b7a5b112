"""SVG, HTML and MathML as text, from one function; all that is not markup already is escaped on its way in."""

import html
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import inf

from backprop_lab.validation import Array

escape = lru_cache(4096)(html.escape)
ROUNDING = 1e-14  # below this a number is what rounding left of zero
LARGE = 1e9  # from here on digits are counted, not read
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class Markup(str):
    """Text that is markup already: `write` leaves it as it is.

    `+` and `join` of strings give a plain `str`, which would be escaped again: put pieces together with `fragment`.
    """

    __slots__ = ()


def write(value: object) -> str:
    """The value as it stands between two tags: markup unchanged, floats with two decimals, all else escaped."""
    return value if isinstance(value, Markup) else _attribute(value)


def element(tag: str, /, *children: object, **attributes: object) -> Markup:
    """One element with its attributes and children.

    In attribute names an underscore stands for a hyphen, and one at the end falls away: `class_="bl-node"`,
    `aria_label="…"`; capitals stay (`viewBox`). An attribute whose value is None is left out.
    """
    head = [f' {_name(name)}="{_attribute(value)}"' for name, value in attributes.items() if value is not None]
    body = [child if isinstance(child, Markup) else _attribute(child) for child in children]
    return Markup(f"<{tag}{''.join(head)}>{''.join(body)}</{tag}>")


def fragment(*children: object) -> Markup:
    """Several pieces as one, with no element around them."""
    return Markup("".join(map(write, children)))


def signed(value: float, decimals: int = 2) -> str:
    """A number with its sign, + or the real minus U+2212; zero is +0.00, never −0.00.

    A number that would round to nothing but is not nothing is written by its power of ten, +3·10⁻⁶; so is one of a
    billion or more, +2·10⁹.
    """
    return _by_power(value, decimals, "+") or _typeset(f"{float(value):+z.{decimals}f}")


def plain(value: float, decimals: int = 2) -> str:
    """A number without a plus sign: for costs, rates and others that cannot be negative, or seldom are."""
    return _by_power(value, decimals, "") or _typeset(f"{float(value):z.{decimals}f}")


def compact(value: float) -> str:
    """A number as somebody chose it: 0.5, 3, −1."""
    return _typeset(f"{value:g}")


def hyphened(sizes: Iterable[int]) -> str:
    """Sizes of layers: 64-30-10."""
    return "-".join(map(str, sizes))


def counted(number: int, what: str) -> str:
    """1 step, 2,000 steps."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def listed(values: Iterable[float], decimals: int = 2) -> str:
    """0.31, 0.69."""
    return ", ".join(plain(float(value), decimals) for value in values)


def answered(a: Sequence[float] | Array, y: Sequence[float] | Array, *, whose: str = "the") -> str:
    """Outputs and targets of an example: the output is 0.31, the target 1.00."""
    verb = "output is {}, {} target {}" if len(a) == 1 else "outputs are {}, {} targets {}"
    return f"{whose} {verb.format(listed(a), whose, listed(y))}"


def percent(share: float) -> str:
    """37.5%."""
    return f"{plain(100 * share, 1)}%"


def raised(number: int) -> str:
    """A whole number in superscript digits: ¹², ⁻³."""
    return str(number).translate(_RAISED)


def power_of_ten(power: int) -> str:
    """1, 10, 10⁻³."""
    return ("1", "10")[power] if power in (0, 1) else f"10{raised(power)}"


def with_power(value: float, decimals: int = 1) -> str:
    """A positive number by its power of ten: 4.3·10⁻⁵."""
    digits, power = f"{value:.{decimals}e}".split("e")
    return f"{digits}·10{raised(int(power))}"


def lowered(number: int) -> str:
    """A whole number in subscript digits."""
    return str(number).translate(_LOWERED)


def sign_class(value: float) -> str:
    """The class that gives a value the color of its sign."""
    return "bl-positive" if value >= 0 else "bl-negative"


@lru_cache(256)
def _name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _attribute(value: object) -> str:
    return f"{value:z.2f}" if isinstance(value, float) else escape(str(value))


def _by_power(value: float, decimals: int, plus: str) -> str:
    """±d·10ⁿ of what is large, or where only that shows that the number is not zero; what rounding leaves is zero."""
    tiny = decimals >= 2 and ROUNDING < abs(value) <= 0.5 * 10.0**-decimals
    if not tiny and not LARGE <= abs(value) < inf:
        return ""
    return f"{'−' if value < 0 else plus}{with_power(abs(value), 0)}"


def _typeset(number: str) -> str:
    return number.replace("-", "−").replace("inf", "∞")

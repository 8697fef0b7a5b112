"""Which function leads, number by number, from one array to another: tanh, a square, a limit, a factor.

For what no slip says: an activation that is not σ, a slope that is not σ′, an error or a gradient that has been bent.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product
from typing import NamedTuple

import numpy as np

from backprop_lab.activations import Array, sigmoid, tanh
from backprop_lab.drawing.markup import counted

Pairs = Sequence[tuple[Array, Array]]  # what goes in, and what comes out of it


class Curve(NamedTuple):
    """A function, its name, and how it is written of something called {of}."""

    slip: str
    words: str
    of: Callable[[Array], Array]


_OF_Z = tuple(
    Curve("other-function", words, of)
    for words, of in (
        ("tanh({of})", np.tanh),
        ("the larger one of {of} and 0", lambda z: np.maximum(z, 0)),
        ("1 above 0 and 0 below", lambda z: (z > 0) * 1.0),
        ("ln(1 + e^{of})", lambda z: np.logaddexp(0, z)),
        ("{of} above 0 and e^{of} − 1 below", lambda z: np.where(z > 0, z, np.expm1(z))),
        ("1 above 0 and e^{of} below", lambda z: np.where(z > 0, 1.0, np.exp(z))),
        ("{of} σ({of})", lambda z: z * sigmoid(z)),
        ("arctan({of})", np.arctan),
        ("e^{of}", np.exp),
        ("e^(−{of})", lambda z: np.exp(-z)),
        ("e^(−{of}²)", lambda z: np.exp(-(z**2))),
        ("{of} / (1 + |{of}|)", lambda z: z / (1 + np.abs(z))),
        ("1 / (1 + |{of}|)²", lambda z: 1 / (1 + np.abs(z)) ** 2),
        ("sin({of})", np.sin),
        ("cos({of})", np.cos),
        ("{of}", np.positive),
        ("1 − {of}²", lambda z: 1 - z**2),
        ("2 σ({of}) − 1", lambda z: 2 * sigmoid(z) - 1),
        ("1 − tanh²({of})", tanh.prime),
        ("σ({of})", sigmoid),
        ("σ({of})²", lambda z: sigmoid(z) ** 2),
        ("σ′({of})", sigmoid.prime),
        ("σ′({of})²", lambda z: sigmoid.prime(z) ** 2),
        ("the square root of σ′({of})", lambda z: np.sqrt(sigmoid.prime(z))),
        ("σ({of})² (1 − σ({of}))", lambda z: sigmoid(z) * sigmoid.prime(z)),
        ("σ({of}) (1 − σ({of}))²", lambda z: (1 - sigmoid(z)) * sigmoid.prime(z)),
        ("σ({of}) (1 − {of})", lambda z: sigmoid(z) * (1 - z)),
        ("{of} (1 − σ({of}))", lambda z: z * (1 - sigmoid(z))),
        ("e^(−{of}) / (1 − e^(−{of}))²", lambda z: np.exp(-z) / (1 - np.exp(-z)) ** 2),
        ("e^{of} / (1 − e^{of})", lambda z: np.exp(z) / (1 - np.exp(z))),
    )
)
_STRETCHED = (
    ("σ({by} {of})", sigmoid),
    ("σ′({by} {of})", sigmoid.prime),
    ("tanh({by} {of})", np.tanh),
    ("1 − tanh²({by} {of})", tanh.prime),
)
_USUAL = (-1, 0.1, 0.2, 0.25, 1 / 3, 0.5, 2 / 3, 0.7, 0.8, 0.9, 1.2, 1.5, 1.7, 2, 2.5, 3, 4, 5, 10, 20)  # factors of z
_BENT = (
    Curve("scaled", "{of}", np.positive),
    Curve("squared", "{of}²", np.square),
    Curve("cubed", "{of}³", lambda values: values**3),
    Curve("sign-lost", "|{of}|", np.abs),
    Curve("sign-only", "the sign of {of}", np.sign),
    Curve("rectified", "the larger one of {of} and 0", lambda values: np.maximum(values, 0)),
    Curve("root-taken", "the square root of |{of}|", lambda values: np.sqrt(np.abs(values))),
    Curve("root-taken", "the square root of |{of}|, with the sign of {of}", lambda v: np.sign(v) * np.sqrt(np.abs(v))),
    Curve("bent", "tanh({of})", np.tanh),
    Curve("bent", "σ({of})", sigmoid),
    Curve("bent", "{of} / (1 + {of}²)", lambda values: values / (1 + values**2)),
    Curve("bent", "ln(1 + |{of}|), with the sign of {of}", lambda values: np.sign(values) * np.log1p(np.abs(values))),
    Curve("bent", "1 / {of}", lambda values: 1 / values),
)


def curve_of_z(pairs: Pairs) -> Curve | None:
    """How a function of z other than the right one looks."""
    into, out = _joined(pairs)
    if not into.size:
        return None
    with np.errstate(all="ignore"):
        some = (*_constant(out), *_OF_Z, *_two_slopes(into, out), *_between_limits(into, out), *_stretched(into, out))
    return _found(some, pairs) or _found(_OF_Z, pairs, raised=True)


def _constant(out: Array) -> Iterator[Curve]:
    """One number, whatever goes in."""
    number = float(out[0])
    if np.allclose(out, number, rtol=1e-6, atol=0):
        yield Curve("other-function", f"the number {_number(number)}", lambda z: np.full_like(z, number))


def _two_slopes(into: Array, out: Array) -> Iterator[Curve]:
    """What is bent at 0 only: a leaky ReLU, and its slope."""
    below = into < 0
    if not below.any() or below.all():
        return
    for words, of in (
        ("{of} above 0 and {by} {of} below", np.positive),
        ("1 above 0 and {by} below", np.ones_like),
    ):
        quotient = out / of(into)
        by = float(np.median(quotient[below]) / np.median(quotient[~below]))
        said = words.replace("{by}", _number(by))
        yield Curve("other-function", said, lambda z, by=by, of=of: np.where(z > 0, 1.0, by) * of(z))


def _between_limits(into: Array, out: Array) -> Iterator[Curve]:
    """A straight line that is cut off: a hard sigmoid; σ′ that never falls below a number."""
    low, high = float(out.min()), float(out.max())
    inside = (out > low) & (out < high)
    if inside.sum() > 2 and inside.sum() < len(out) - 2:
        by, more = np.polyfit(into[inside], out[inside], 1)
        words = f"{_number(by)} {{of}}{_plus(more)}, cut off at {_number(low)} and {_number(high)},"
        yield Curve("other-function", words, lambda z: np.clip(by * z + more, low, high))
    words = f"the larger one of σ′({{of}}) and {_number(low)}"
    yield Curve("other-function", words, lambda z: np.maximum(sigmoid.prime(z), low))


def _stretched(into: Array, out: Array) -> Iterator[Curve]:
    """σ, tanh and their slopes at a multiple of z, as with a temperature; that in σ is read off."""
    by = float(np.median(np.log(out / (1 - out)) / into))
    if np.isfinite(by):
        yield Curve("other-function", f"σ({_number(by)} {{of}})", lambda z, by=by: sigmoid(by * z))
    for (words, of), by in product(_STRETCHED, _USUAL):
        yield Curve("other-function", words.replace("{by}", _number(by)), lambda z, by=by, of=of: of(by * z))


def _number(value: float) -> str:
    return f"{value:.4g}".replace("-", "−")


def _plus(value: float) -> str:
    return f" {'−' if value < 0 else '+'} {abs(value):.4g}"


def activation(pairs: Pairs) -> Curve | None:
    """What stands in the place of σ(z), written of z."""
    if not any(_constant(_joined(pairs)[1])) and (found := bent([(sigmoid(z), a) for z, a in pairs])):
        return found._replace(words=found.words.format(of="σ(z)"), of=lambda z: found.of(sigmoid(z)))
    found = curve_of_z(pairs)
    if found is None and (inside := bent([(z, log_odds(a)) for z, a in pairs])):
        return inside._replace(words=f"σ(v), where v is {written(inside, 'z')}", of=lambda z: sigmoid(inside.of(z)))
    return found and found._replace(words=found.words.format(of="z"))


def log_odds(p: Array) -> Array:
    """The z of which σ gives this."""
    with np.errstate(all="ignore"):
        return np.log(p / (1 - p))


def written(curve: Curve | None, of: str = "z") -> str:
    """A curve in words, of something."""
    return curve.words.format(of=of).rstrip(",") if curve else ""


def bent(pairs: Pairs) -> Curve | None:
    """What was done to right numbers, each on its own."""
    into, out = _joined(pairs)
    with np.errstate(all="ignore"):
        some = (*_BENT, *_limits(pairs), *_nearer(into, out), *_rounded(out), *_divided(into, out))
    return _found(some, pairs) or _found(_BENT[:1], pairs, raised=True)


def _divided(into: Array, out: Array) -> Iterator[Curve]:
    """Numbers divided by their own size, or by the root of their square, with a small number ε added, as in Adam."""
    size, quotient = np.abs(into), into / out
    for words, base, seen, of in (
        ("{of} / (|{of}| + {by})", size, quotient, lambda v, by: v / (np.abs(v) + by)),
        ("{of} / √({of}² + {by})", size**2, quotient**2, lambda v, by: v / np.sqrt(v**2 + by)),
    ):
        near = np.argsort(size)[: max(3, len(size) // 4)]  # where ε shows most
        if len(near) < 3 or not np.isfinite(seen[near]).all():
            continue
        slope, start = np.polyfit(base[near], seen[near], 1)
        by = float(start / slope)
        if by > 0:
            yield Curve("divided-by-its-size", words.replace("{by}", _number(by)), lambda v, by=by, of=of: of(v, by))


def _limits(pairs: Pairs) -> Iterator[Curve]:
    """Numbers cut off at a size, and those left out that are too small."""
    values = np.concatenate([np.ravel(out) for _, out in pairs])
    largest = float(np.abs(values).max(initial=0))
    yield Curve("clipped", f"{{of}}, cut off at ±{largest:.4g},", lambda v: np.clip(v, -largest, largest))
    smallest = float(np.abs(values[values != 0]).min(initial=np.inf))
    yield Curve("small-left-out", "{of}, without its smaller entries,", lambda v: np.where(np.abs(v) < smallest, 0, v))


def _nearer(into: Array, out: Array) -> Iterator[Curve]:
    """Numbers brought nearer to 0, as by a soft threshold."""
    by = float(np.median((np.abs(into) - np.abs(out))[out != 0])) if out.any() else 0.0
    if by > 0:
        words = f"{{of}}, brought nearer to 0 by {by:.4g}, or to 0 itself,"
        yield Curve("bent", words, lambda v: np.sign(v) * np.maximum(np.abs(v) - by, 0))


def _rounded(out: Array) -> Iterator[Curve]:
    """Numbers rounded, and cut off beside that, as where they are looked up in a table."""
    largest = float(np.abs(out).max(initial=0))
    for decimals in range(4):
        to = counted(decimals, "decimal") if decimals else "whole numbers"
        words = f"{{of}}, rounded to {to},"
        yield Curve("rounded", words, partial(np.round, decimals=decimals))
        cut = partial(_rounded_and_cut, decimals, largest)
        yield Curve("rounded", f"{words[:-1]} and cut off at ±{largest:.4g},", cut)


def _rounded_and_cut(decimals: int, largest: float, values: Array) -> Array:
    return np.clip(np.round(values, decimals), -largest, largest)


def _joined(pairs: Pairs) -> tuple[Array, Array]:
    """All numbers that go in, and all that come out, where both are finite."""
    into, out = (np.concatenate([np.ravel(each[at]) for each in pairs] or [np.empty(0)]) for at in (0, 1))
    fine = np.isfinite(into) & np.isfinite(out)
    return into[fine], out[fine]


def _found(curves: Sequence[Curve], pairs: Pairs, *, raised: bool = False) -> Curve | None:
    """The first curve that fits, but for one factor for all networks; `raised`, also with one number added."""
    into, out = _joined(pairs)
    if len(out) < (6 if raised else 1) or not out.any():
        return None
    with np.errstate(all="ignore"):
        for curve in curves:
            made = curve.of(into)
            if not np.isfinite(made).all() or not made.any():
                continue
            varies = made - made.mean() if raised else made
            factor = float(np.vdot(varies, out) / np.vdot(varies, varies))
            more = float((out - factor * made).mean()) if raised else 0.0
            off = np.abs(out - factor * made - more)
            if factor and (off <= 1e-5 * np.abs(factor * made + more) + 1e-8 * np.abs(out).max()).all():
                times = "" if abs(factor - 1) < 1e-5 else f"{_number(factor)} times "
                return curve._replace(
                    slip="shifted" if raised else curve.slip,
                    words=times + curve.words + (_plus(more) if raised else ""),
                    of=lambda v, by=factor, more=more, of=curve.of: by * of(v) + more,
                )
    return None

"""Which function leads, number by number, from one array to another: tanh, a square, a limit, a factor.

For what no slip says: an activation that is not σ, a slope that is not σ′, an error or a gradient that has been bent.
"""

from collections.abc import Callable, Iterator, Sequence
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


_OF_Z = (
    Curve("other-function", "tanh({of})", np.tanh),
    Curve("other-function", "the larger one of {of} and 0", lambda z: np.maximum(z, 0)),
    Curve("other-function", "ln(1 + e^{of})", lambda z: np.logaddexp(0, z)),
    Curve("other-function", "{of} σ({of})", lambda z: z * sigmoid(z)),
    Curve("other-function", "arctan({of})", np.arctan),
    Curve("other-function", "e^{of}", np.exp),
    Curve("other-function", "e^(−{of})", lambda z: np.exp(-z)),
    Curve("other-function", "{of} / (1 + |{of}|)", lambda z: z / (1 + np.abs(z))),
    Curve("other-function", "σ(2 {of})", lambda z: sigmoid(2 * z)),
    Curve("other-function", "σ(−{of})", lambda z: sigmoid(-z)),
    Curve("other-function", "sin({of})", np.sin),
    Curve("other-function", "2 σ({of}) − 1", lambda z: 2 * sigmoid(z) - 1),
    Curve("other-function", "1 − tanh²({of})", tanh.prime),
    Curve("other-function", "σ({of})", sigmoid),
    Curve("other-function", "σ({of})²", lambda z: sigmoid(z) ** 2),
    Curve("other-function", "σ({of})² (1 − σ({of}))", lambda z: sigmoid(z) * sigmoid.prime(z)),
    Curve("other-function", "σ({of}) (1 − {of})", lambda z: sigmoid(z) * (1 - z)),
    Curve("other-function", "{of} (1 − σ({of}))", lambda z: z * (1 - sigmoid(z))),
)
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
)


def curve_of_z(pairs: Pairs) -> Curve | None:
    """How a function of z other than the right one looks."""
    return _found(_OF_Z, pairs)


def activation(pairs: Pairs) -> Curve | None:
    """What stands in the place of σ(z), written of z."""
    if found := bent([(sigmoid(z), a) for z, a in pairs]):
        return found._replace(words=found.words.format(of="σ(z)"), of=lambda z: found.of(sigmoid(z)))
    found = curve_of_z(pairs)
    return found and found._replace(words=found.words.format(of="z"))


def bent(pairs: Pairs) -> Curve | None:
    """What was done to right numbers, each on its own."""
    return _found((*_BENT, *_limits(pairs), *_rounded()), pairs)


def _limits(pairs: Pairs) -> Iterator[Curve]:
    """Numbers cut off at a size, and those left out that are too small."""
    values = np.concatenate([np.ravel(out) for _, out in pairs])
    largest = float(np.abs(values).max(initial=0))
    yield Curve("clipped", f"{{of}}, cut off at ±{largest:.4g},", lambda v: np.clip(v, -largest, largest))
    smallest = float(np.abs(values[values != 0]).min(initial=np.inf))
    yield Curve("small-left-out", "{of}, without its smaller entries,", lambda v: np.where(np.abs(v) < smallest, 0, v))


def _rounded() -> Iterator[Curve]:
    for decimals in range(4):
        to = counted(decimals, "decimal") if decimals else "whole numbers"
        yield Curve(
            "rounded", f"{{of}}, rounded to {to},", lambda values, decimals=decimals: np.round(values, decimals)
        )


def _found(curves: Sequence[Curve], pairs: Pairs) -> Curve | None:
    """The first curve that fits, but for one factor for all networks."""
    into, out = (np.concatenate([np.ravel(each[at]) for each in pairs]) for at in (0, 1))
    with np.errstate(all="ignore"):
        for curve in curves:
            made = curve.of(into)
            factor = float(np.vdot(made, out) / np.vdot(made, made)) if made.any() else 0.0
            if factor and np.allclose(out, factor * made, rtol=1e-5, atol=1e-8 * np.abs(out).max()):
                times = "" if abs(factor - 1) < 1e-5 else f"{factor:.4g}".replace("-", "−") + " times "
                return curve._replace(words=times + curve.words, of=lambda v, by=factor, of=curve.of: by * of(v))
    return None

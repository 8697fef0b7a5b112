"""Sixteen slips of the checkers' table in the program: what a run with one of them finds, and what tells two apart."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from backprop_lab.activations import sigmoid
from backprop_lab.cases import Case
from backprop_lab.drawing.markup import signed
from backprop_lab.exercises import reference
from backprop_lab.exercises.slips import TABLE, Slip
from backprop_lab.finite_differences import TOLERANCE, numerical_gradient
from backprop_lab.parameters import Parameters
from backprop_lab.pictures.player.program import COMPUTED, LINES, STEPS, SYMBOLS, Slot, named
from backprop_lab.validation import Array

ETA = 1.0
H, FLOOR = 1e-5, 1e-4  # of a difference; an array this small beside the cost is lost in its rounding
Memory = Mapping[Slot, Array | None]  # None: it could not be computed


class Injected(NamedTuple):
    """A slip of the table, the equations in which it is made (in backprop itself, if in none), and its wrong line."""

    name: str
    places: tuple[str, ...]
    line: str

    @property
    def target(self) -> str:
        """What stands before the equals sign of the line, where a program has one line for it."""
        return self.line.splitlines()[-1].partition(" = ")[0]

    @property
    def step(self) -> int:
        """The step that it spoils, counted from 0."""
        return next(number for number, step in enumerate(STEPS) if self.target in step.writes)

    @property
    def label(self) -> str:
        """Its name in menus."""
        return f"{self.name} ({STEPS[self.step].name})"

    @property
    def lines(self) -> dict[str, str]:
        """The program with the wrong line in it."""
        return {**LINES, self.target: self.line}

    @property
    def slip(self) -> Slip:
        """The mistake as the checkers know it."""
        where = self.places[0] if self.places else "backprop"
        return next(slip for slip in TABLE if slip.name == self.name and where in slip.exercises.split())

    @property
    def changes(self) -> dict[str, Any]:
        """The parts of the right functions that it replaces."""
        wrong = self.slip.variants[0]
        return dict.fromkeys(self.places, wrong) or {**wrong, "rate": ETA}


SLIPS = {
    slip.label: slip
    for slip in (
        Injected("missing-bias", ("forward",), "z[layer] = w[layer] @ a[layer - 1]"),
        Injected("sigma-prime-of-a", ("bp1", "bp2"), "sigma_prime[layer] = sigmoid.prime(a[layer])"),
        Injected("z-times-one-minus-z", ("bp1", "bp2"), "sigma_prime[layer] = z[layer] * (1 - z[layer])"),
        Injected("sign-flipped", ("bp1",), "delta[L] = (y - a[L]) * sigma_prime[L]"),
        Injected("forgot-sigma-prime", ("bp1",), "delta[L] = a[L] - y"),
        Injected("forgot-sigma-prime", ("bp2",), "delta[layer] = w[layer + 1].T @ delta[layer + 1]"),
        Injected(
            "error-sent-back", (),
            "error[layer] = w[layer + 1].T @ error[layer + 1]  # error[L] is a[L] - y\n"
            "delta[layer] = error[layer] * sigma_prime[layer]",
        ),
        Injected(
            "first-path-only", ("bp2",),
            "delta[layer] = (w[layer + 1][:1].T @ delta[layer + 1][:1]) * sigma_prime[layer]",
        ),
        Injected(
            "used-updated-weights", (),
            "w_new = w[layer + 1] - eta * delta[layer + 1] @ a[layer].T / m\n"
            "delta[layer] = (w_new.T @ delta[layer + 1]) * sigma_prime[layer]",
        ),
        Injected("this-activation", (), "nabla_w[layer] = delta[layer] @ a[layer].T / m"),
        Injected("z-instead-of-a", (), "nabla_w[layer] = delta[layer] @ z[layer - 1].T / m  # z[0] is x"),
        Injected("forgot-activation", ("bp4",), "nabla_w[layer] = delta[layer] @ ones_like(a[layer - 1]).T / m"),
        Injected("transposed-gradient", ("bp4",), "nabla_w[layer] = (delta[layer] @ a[layer - 1].T / m).T"),
        Injected("sum-not-mean", ("bp4",), "nabla_w[layer] = delta[layer] @ a[layer - 1].T"),
        Injected("bias-not-summed", ("bp3",), "nabla_b[layer] = delta[layer]"),
        Injected("bias-from-weights", (), "nabla_b[layer] = nabla_w[layer].sum(axis=1, keepdims=True)"),
    )
}  # fmt: skip


def run(case: Case, slip: Injected | None = None) -> Memory:
    """Every array that the program computes, with a slip in it or without; w and b are those after the update."""
    changes = slip.changes if slip else {}
    own = {name: part for name, part in changes.items() if name in reference.OF_ERRORS}
    w, b = dict(case.parameters.w), dict(case.parameters.b)
    z, a, delta, error, _ = reference.errors(w, b, case.x, case.y, **own)
    others = {name: part for name, part in changes.items() if name not in own}
    nabla_w, nabla_b = reference.gradients(z, a, delta, error, w, **others)
    saved = slip is not None and slip.target == "sigma_prime[layer]"
    slope = changes["bp2"]["factor"] if saved else sigmoid.prime
    sigma_prime = {layer: slope(values) for layer, values in z.items()}
    return _by_place(case, z, a, sigma_prime, delta, nabla_w, nabla_b)


def witness(case: Case) -> Memory:
    """The same by differences that know nothing of backpropagation; a and z are those of the costs they compare."""
    p, (z, a) = case.parameters, (case.forward_pass.z, case.forward_pass.a)
    nabla_w, nabla_b = numerical_gradient(p, case.x, case.y)
    alone = [numerical_gradient(p, x, y)[1] for x, y in zip(case.x.T, case.y.T, strict=True)]
    delta = {layer: np.hstack([rates[layer] for rates in alone]) for layer in z}  # b moves z of its neuron, and by 1
    sigma_prime = {layer: (sigmoid(each + H) - sigmoid(each - H)) / (2 * H) for layer, each in z.items()}
    return _by_place(case, z, a, sigma_prime, delta, nabla_w, nabla_b)


def _by_place(case: Case, *found: Mapping[int, Array]) -> Memory:
    arrays: dict[Slot, Array | None] = {
        (letter, layer): layers[layer]
        for letter, layers in zip(COMPUTED, found, strict=True)
        for layer in case.parameters.layers
    }
    for letter, before in (("w", case.parameters.w), ("b", case.parameters.b)):
        for layer, values in before.items():
            nabla = arrays[f"nabla_{letter}", layer]
            fits = nabla is not None and nabla.shape == values.shape
            arrays[letter, layer] = values - ETA * nabla if fits else None  # pyright: ignore[reportOperatorIssue]
    return arrays


def cost_after(case: Case, found: Memory) -> float | None:
    """The cost after the update; none, where a gradient does not fit."""
    w, b = ({layer: found[letter, layer] for layer in case.parameters.layers} for letter in "wb")
    if any(values is None for values in (*w.values(), *b.values())):
        return None
    return replace(case, parameters=Parameters(w, b)).mean_cost  # pyright: ignore[reportArgumentType]


def wrong(case: Case, found: Memory, wanted: Memory) -> list[Slot]:
    """The arrays that are not what they should be, in the order in which they are computed."""
    return [place for place in wanted if not alike(case, found[place], wanted[place])]


def alike(case: Case, one: Array | None, other: Array | None) -> bool:
    """The same shape, and the same numbers as far as a difference can tell."""
    if one is None or other is None or one.shape != other.shape:
        return one is other
    largest = max(float(np.abs(other).max()), FLOOR * max(1.0, case.mean_cost))
    return bool((np.abs(one - other) <= TOLERANCE * largest).all())


def trials(case: Case, wanted: Memory) -> dict[str, list[Slot]]:
    """The arrays that each of the slips makes wrong in this network."""
    return {label: wrong(case, run(case, slip), wanted) for label, slip in SLIPS.items()}


def spoils(case: Case, places: list[Slot]) -> str:
    """What a slip does to the arrays that a check can speak of; shorter, where all layers of one are wrong."""
    layers = case.parameters.layers
    whole = [letter for letter in COMPUTED if all((letter, layer) in places for layer in layers)]
    single = [named(place) for place in places if place[0] in COMPUTED and place[0] not in whole]
    listed = [*(f"all {SYMBOLS[letter]}" for letter in whole), *single] or ["no array"]
    return f"makes {', '.join(listed)} wrong"


def told_apart(case: Case, picked: str, label: str, wanted: Memory) -> str:
    """Why it cannot be the one that was picked: an array, or else a number; nothing, if nothing tells them apart."""
    would, here = (run(case, SLIPS[each]) for each in (picked, label))
    spoilt, found = (wrong(case, each, wanted) for each in (would, here))
    for place in wanted:
        if (place in spoilt) != (place in found):
            one, other = ("wrong", "right") if place in spoilt else ("right", "wrong")
            return f"with it {named(place)} would be {one}, and here it is {other}."
    for place in wanted:
        if not alike(case, would[place], here[place]):
            there, now = _said(place, would[place], here[place])
            return f"the same arrays would be wrong, but {there}, and here {now}."
    return ""


def _said(place: Slot, would: Array | None, here: Array | None) -> tuple[str, str]:
    """What two runs give for an array, where they differ most."""
    if would is None or here is None:
        return f"{named(place)} could{'' if here is None else ' not'} be computed", "not" if here is None else "it is"
    if would.shape != here.shape:
        (rows, columns), (n, m) = would.shape, here.shape
        return f"{named(place)} would be {rows} × {columns}", f"it is {n} × {m}"
    j, k = np.unravel_index(np.abs(would - here).argmax(), here.shape)
    name = f"{place[0]}[{place[1]}][{j}, {k}]"
    return f"{name} would be {signed(float(would[j, k]), 6)}", f"it is {signed(float(here[j, k]), 6)}"

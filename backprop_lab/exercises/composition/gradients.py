"""What several slips of backprop give on a network, each computed once, also for the steps made with them."""

from functools import cache, lru_cache
from typing import Any

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.exercises import reference
from backprop_lab.exercises.composition.kinds import heads, merged, wholes
from backprop_lab.exercises.exercise import EXERCISES
from backprop_lab.exercises.lookup import Table, table
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.parsing import Answer
from backprop_lab.exercises.recognition import Suspect, attempt
from backprop_lab.exercises.slips.slip import Changes
from backprop_lab.parameters import Layers


@lru_cache(100_000)
def gradient(parts: tuple[Suspect, ...], trial: Trial) -> Answer | None:
    """What a head, a tail and an end give together."""
    *base, end = parts
    before = {name: change for name, change in end.changes.items() if name in reference.OF_ERRORS}
    after = {name: change for name, change in end.changes.items() if name not in before}
    base = (*base, Suspect(end.found, before)) if before else tuple(base)
    return attempt(lambda: _named(*_ended(base, after, trial)))


def _named(nabla_w: Layers, nabla_b: Layers) -> Answer:
    """The arrays as an answer: our own need not be read as carefully as a learner's."""
    return {
        f"{kind}[{n}]": np.asarray(values, dtype=np.float64)
        for kind, nabla in (("nabla_w", nabla_w), ("nabla_b", nabla_b))
        for n, values in nabla.items()
    }


def _ended(base: tuple[Suspect, ...], changes: Changes, trial: Trial) -> Any:
    """The gradients; what is done only when they are finished is done to those that are known."""
    if changes.keys() <= {"finish", "arrange"}:
        return reference.handed_back(*_plain(base, trial), **changes)
    return reference.gradients(*_passed(base, trial), **changes)


@lru_cache(20_000)
def _plain(base: tuple[Suspect, ...], trial: Trial) -> tuple[Layers, Layers]:
    return reference.gradients(*_passed(base, trial))


@lru_cache(20_000)
def _passed(base: tuple[Suspect, ...], trial: Trial) -> tuple[Any, ...]:
    """z, a, δ and the errors of a head and a tail; nothing where these fail."""
    return attempt(lambda: _errors(merged(*base).changes, trial)) or ()


def _errors(changes: Changes, trial: Trial, **parts: Any) -> tuple[Layers, ...]:
    """`reference.errors`; a forward pass is made once for all that is changed after it."""
    w, b, _, y = EXERCISES["backprop"].originals(trial)
    others = {**changes, **parts}
    take, forward = others.pop("take", reference.same), others.pop("forward", reference.NOTHING)
    z, a = _forward(trial, take, tuple(forward.items()))
    return reference.sent_back(w, b, z, a, take(y), **others)


@lru_cache(2_000)
def _forward(trial: Trial, take: reference.Part, changes: tuple[tuple[str, Any], ...]) -> tuple[Layers, Layers]:
    w, b, x, _ = EXERCISES["backprop"].originals(trial)
    return reference.forward(w, b, take(x), **dict(changes))


@cache
def of_output_layer(trial: Trial) -> tuple[Array, Array]:
    """∇_w and ∇_b of the output layer with each head, NaN where it fails."""
    last, sizes = trial.case.parameters.layers[-1], trial.case.parameters.sizes
    tables = np.full((len(heads()), sizes[-1], sizes[-2]), np.nan), np.full((len(heads()), sizes[-1], 1), np.nan)
    for at, head in enumerate(heads()):
        for array, values in zip(tables, attempt(lambda head=head: _of_head(head, trial, last)) or (), strict=False):
            if np.shape(values) == array.shape[1:]:
                array[at] = values
    return tables


def _of_head(head: Suspect, trial: Trial, last: int) -> tuple[Array, Array]:
    """The gradient of the output layer alone; no error is sent back."""
    z, *others = _errors(head.changes, trial, down_to=last)
    nabla_w, nabla_b = reference.gradients({last: z[last]}, *others)
    return nabla_w[last], nabla_b[last]


@cache
def table_of_wholes(trial: Trial, most: int) -> Table:
    """The first so many that show in both gradients, to be looked up by what they give."""
    with np.errstate(all="ignore"):
        return table(gradient(parts, trial) for parts in wholes()[:most])

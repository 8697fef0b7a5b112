"""What several slips of backprop give on a network, each computed once."""

from functools import cache, lru_cache
from typing import Any

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.exercises import reference
from backprop_lab.exercises.composition.kinds import NOTHING, heads, merged, wholes
from backprop_lab.exercises.exercise import EXERCISES
from backprop_lab.exercises.lookup import Table, table
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.parsing import Answer
from backprop_lab.exercises.recognition import Suspect, attempt


@lru_cache(100_000)
def gradient(name: str, parts: tuple[Suspect, ...], trial: Trial) -> Answer | None:
    """What a head, a tail and an end give together."""
    *base, end = parts
    passed = _passed(name, tuple(base), trial)
    return attempt(lambda: EXERCISES["backprop"].read(reference.gradients(*passed, **end.changes))) if passed else None


@lru_cache(20_000)
def _passed(name: str, base: tuple[Suspect, ...], trial: Trial) -> tuple[Any, ...] | None:
    """z, a, δ and the errors of a head and a tail."""
    changes = {"rate": trial.rate if name == "training_step" else 0.0, **merged(*base).changes}
    return attempt(lambda: reference.errors(*EXERCISES["backprop"].originals(trial), **changes))


@cache
def of_output_layer(name: str, trial: Trial) -> tuple[Array, Array]:
    """∇_w and ∇_b of the output layer with each head, NaN where it fails."""
    last, sizes = trial.case.parameters.layers[-1], trial.case.parameters.sizes
    tables = np.full((len(heads()), sizes[-1], sizes[-2]), np.nan), np.full((len(heads()), sizes[-1], 1), np.nan)
    for at, head in enumerate(heads()):
        given = gradient(name, (head, NOTHING, NOTHING), trial)
        for array, kind in zip(tables, ("nabla_w", "nabla_b"), strict=True):
            if given and given[f"{kind}[{last}]"].shape == array.shape[1:]:
                array[at] = given[f"{kind}[{last}]"]
    return tables


@cache
def table_of_wholes(name: str, trial: Trial, most: int) -> Table:
    """The first so many that show in both gradients, to be looked up by what they give."""
    with np.errstate(all="ignore"):
        return table(gradient(name, parts, trial) for parts in wholes()[:most])

"""Claims of a verdict are evaluated on networks that no checker knows."""

from functools import cache, partial

import numpy as np

import backprop_lab
from backprop_lab.exercises.claims import Evidence
from backprop_lab.exercises.exercise import EXERCISES
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.recognition import attempt, right_answer

FRESH_SHAPES = (((3, 2, 3), 1, 1.0), ((2, 4, 2), 5, 1.0), ((4, 3, 5, 2), 4, 2.0), ((2, 3, 1), 4, 1.0))


def _case(sizes, m, seed, scale):
    rng = np.random.default_rng(1000 + seed)
    w = {n: rng.uniform(-scale, scale, (sizes[n], sizes[n - 1])) for n in range(1, len(sizes))}
    b = {n: rng.uniform(-1, 1, (sizes[n], 1)) for n in w}
    x, y = rng.uniform(-2, 2, (sizes[0], m)), rng.uniform(0, 1, (sizes[-1], m))
    return backprop_lab.Case(backprop_lab.Parameters(w, b), x, y)


FRESH = [Trial(_case(sizes, m, seed, scale), 1.5) for seed, (sizes, m, scale) in enumerate(FRESH_SHAPES)]


def untrue(name, f, verdict) -> list:
    """Claims of a verdict that do not hold of the function's answers on networks that no checker knows."""

    @cache
    def given(trial):
        exercise = EXERCISES[name]
        return attempt(lambda: exercise.read(f(*exercise.inputs(trial))))

    evidence = Evidence(FRESH, given, partial(right_answer, name))
    with np.errstate(all="ignore"):
        return [claim for claim in verdict.claims if not claim(evidence)]

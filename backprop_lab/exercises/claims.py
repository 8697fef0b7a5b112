"""Claims that can be tested on a learner's own answers, so that nothing is said that is not so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.parsing import Answer

Call = Callable[[Trial], Answer | None]  # what a learner's function gives; None where it fails


@dataclass(frozen=True)
class Evidence:
    """What a claim is tested on.

    Parameters
    ----------
    trials : the networks
    given : what the learner's function gives on any network
    right : what it should give
    """

    trials: Sequence[Trial]
    given: Call
    right: Callable[[Trial], Answer]


Claim = Callable[[Evidence], bool]


def everywhere(relation: Callable[[Answer, Answer, Case], bool]) -> Claim:
    """A relation between the answer and the right one, on every network with an answer."""

    def holds(evidence: Evidence) -> bool:
        pairs = ((evidence.given(each), evidence.right(each), each.case) for each in evidence.trials)
        return all(answer is None or relation(answer, right, case) for answer, right, case in pairs)

    return holds


def times(factor: Callable[[Case], float]) -> Claim:
    """The answer is the right one, times a factor."""
    return everywhere(lambda answer, right, case: close_to(answer, right, factor(case)))


def shaped(shape: Callable[[Array, int], tuple[int, ...]]) -> Claim:
    """Each array has a shape that follows from the right one's and the number of examples."""
    return everywhere(
        lambda answer, right, case: all(
            answer[name].shape == shape(right[name], case.x.shape[1]) for name in right.keys() & answer.keys()
        )
    )


def close_to(answer: Answer, wanted: Answer, factor: float) -> bool:
    """The same arrays, but for a factor."""
    return answer.keys() == wanted.keys() and all(_near(answer[name], factor * wanted[name]) for name in wanted)


def _near(values: Array, wanted: Array) -> bool:
    return values.shape == wanted.shape and bool(
        (np.abs(values - wanted) <= 2e-5 * np.abs(wanted).max(initial=0)).all()
    )

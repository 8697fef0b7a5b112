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


def flat_where_a_column_belongs() -> Claim:
    """Every array that should be one column has fewer than two dimensions."""
    return everywhere(
        lambda answer, right, case: all(
            answer[name].ndim < right[name].ndim for name in right.keys() & answer.keys() if right[name].shape[1] == 1
        )
    )


def alike(axis: int) -> Claim:
    """All rows (axis 0) or all columns (axis 1) are the same."""
    return everywhere(
        lambda answer, right, case: all(
            np.allclose(values, values.take([0], axis), rtol=1e-6, atol=0) for values in answer.values()
        )
    )


def one_value() -> Claim:
    """Every array holds a single number, or the same one everywhere."""
    return everywhere(
        lambda answer, right, case: all(np.ptp(values) <= 1e-9 * np.abs(values).max() for values in answer.values())
    )


def zero(part: Callable[[str, Case], bool]) -> Claim:
    """The arrays of this name are zero in every entry, and no others."""
    return everywhere(
        lambda answer, right, case: all(part(name, case) != values.any() for name, values in answer.items())
    )


def numbered(shift: Callable[[str, Case], str | None]) -> Claim:
    """The arrays are there under these names: each of the right ones, or None for one that is left out."""
    return everywhere(lambda answer, right, case: answer.keys() == {shift(name, case) for name in right} - {None})


def numbered_from_the_end() -> Claim:
    """Each array is the right one of the layer as far from the other end."""

    def relation(answer: Answer, right: Answer, case: Case) -> bool:
        names = {name: f"{name.partition('[')[0]}[{len(case.parameters.sizes) - layer_of(name)}]" for name in right}
        return answer.keys() == right.keys() and close_to(answer, {name: right[names[name]] for name in right}, 1)

    return everywhere(relation)


def step(factor: float) -> Claim:
    """The way from the old parameters to the new ones is the right one, times a factor."""

    def relation(answer: Answer, right: Answer, case: Case) -> bool:
        made, wanted = ({n: each[n] - old_value(case, n) for n in right.keys() & each} for each in (answer, right))
        return close_to(made, wanted, factor)

    return everywhere(relation)


def moved(part: Callable[[str, Case], bool]) -> Claim:
    """The parameters of this name have moved, and no others."""
    return everywhere(
        lambda answer, right, case: all(
            part(name, case) != np.array_equal(answer[name], old_value(case, name))
            for name in right.keys() & answer.keys()
        )
    )


def layer_of(name: str) -> int:
    """The number in a name such as w[2]."""
    return int(name.partition("[")[2][:-1])


def is_last(name: str, case: Case) -> bool:
    """Whether a name such as w[2] is one of the output layer."""
    return layer_of(name) == case.parameters.layers[-1]


def old_value(case: Case, name: str) -> Array:
    """The parameters of a name such as w[2], before any step."""
    return getattr(case.parameters, name[0])[layer_of(name)]


def same_numbers(one: Array, other: Array) -> bool:
    """The same shape, and the same numbers but for rounding."""
    return one.shape == other.shape and bool(np.allclose(one, other, rtol=1e-6, atol=1e-12))


def close_to(answer: Answer, wanted: Answer, factor: float) -> bool:
    """The same arrays, but for a factor."""
    return answer.keys() == wanted.keys() and all(_near(answer[name], factor * wanted[name]) for name in wanted)


def _near(values: Array, wanted: Array) -> bool:
    return values.shape == wanted.shape and bool(
        (np.abs(values - wanted) <= 2e-5 * np.abs(wanted).max(initial=0)).all()
    )

"""What is said of answers that no slip gives: first of their form, then of their numbers."""

from collections.abc import Callable, Sequence

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.exercises.exercise import Exercise, trial_networks
from backprop_lab.exercises.parsing import Answer
from backprop_lab.exercises.result import CheckResult, not_yet

_SHAPES = {  # the shape of each symbol, in words
    **dict.fromkeys(("z", "a", "δᴸ", "δˡ"), "n × m, a row for each neuron and a column for each example"),
    **dict.fromkeys(("w", "nabla_w", "∇_w"), "n_out × n_in, a row for each neuron the weights lead to"),
    **dict.fromkeys(("b", "nabla_b", "∇_b"), "n_out × 1, a column with an entry for each neuron"),
    "C": "a single number",
}
_ONLY_RIGHT: tuple[tuple[Callable[[Case], bool], str], ...] = (  # for which networks, and what to say
    (
        lambda case: case.x.shape[1] == 1,
        "for a single example, but not for several: which step treats the columns as one?",
    ),
    (
        lambda case: case.x.shape[1] > 1,
        "for several examples, but not for a single one: what does your code do with one column?",
    ),
    (
        lambda case: len(case.parameters.layers) == 2,
        "in networks of 2 layers, but not in deeper ones: which step knows of one hidden layer only?",
    ),
    (
        lambda case: len(case.parameters.layers) > 2,
        "in networks of 3 layers, but not in those of 2: which step counts on a second hidden layer?",
    ),
)


def judged(exercise: Exercise, answers: Sequence[Answer], right: Sequence[Answer]) -> CheckResult:
    """Say what is wrong with the answers to all cases, given the right ones."""
    for answer, wanted in zip(answers, right, strict=True):
        said = _layers(answer, wanted) or next(filter(None, (_form(n, answer[n], wanted[n]) for n in wanted)), None)
        if said:
            return not_yet(said)
    return _numbers(exercise, answers, right)


def times(shape: tuple[int, ...]) -> str:
    """A shape in words, such as 3 × 4."""
    return " × ".join(map(str, shape))


def listed(names: Sequence[str]) -> str:
    """Names in a row, the last after an "and"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _layers(answer: Answer, wanted: Answer) -> str | None:
    missing, extra = [n for n in wanted if n not in answer], [n for n in answer if n not in wanted]
    if missing:
        there = f"; there is {listed(extra)}" if extra else ""
        return f"{listed(missing)} must be there, and {_is(missing)} not{there}. Which layers does your loop visit?"
    if extra:
        return f"There is {listed(extra)}, which no layer of the network has. Which layers does your loop visit?"
    return None


def _form(name: str, values: np.ndarray, wanted: np.ndarray) -> str | None:
    if values.shape != wanted.shape:
        size = f" = {times(wanted.shape)}" if wanted.ndim else ""
        came = f"flat, with {values.size} entries" if values.ndim == 1 else times(values.shape) or "a single number"
        words = _SHAPES[name.split("[", maxsplit=1)[0]]
        first, _, rest = words.partition(",")
        return f"{name} must be {first}{size}{',' * bool(rest)}{rest}; yours is {came}. Which step gave it that shape?"
    if not np.isfinite(values.astype(float)).all():
        what = "NaN" if np.isnan(values.astype(float)).any() else "infinity"
        return f"{name} contains {what}. Which step divides by zero, or takes e to a very large power?"
    if values.dtype.kind in "biu":
        return f"{name} holds whole numbers only. What happens to decimals that are stored in an array of integers?"
    return None


def _numbers(exercise: Exercise, answers: Sequence[Answer], right: Sequence[Answer]) -> CheckResult:
    symbol = exercise.symbol
    values, wanted = (np.concatenate([e.ravel() for each in all_ for e in each.values()]) for all_ in (answers, right))
    off = np.abs(values - wanted) > 1e-6 * np.abs(wanted)
    if not off.any() or (np.abs(values - wanted) <= 1e-4 * np.abs(wanted)).all():
        return not_yet(
            f"{symbol} is nearly right, to a few digits: where does precision get lost, in a difference quotient, by"
            f" rounding, or in numbers stored too short?",
            "nearly-right",
        )
    factor = float(np.vdot(wanted, values) / np.vdot(wanted, wanted))
    if factor and np.allclose(values, factor * wanted, rtol=1e-6):
        return not_yet(
            f"{symbol} is {factor:.6g} times what it should be, everywhere: where does the factor come from?"
        )
    return not_yet(_where(exercise, answers, right, off))


def _where(exercise: Exercise, answers: Sequence[Answer], right: Sequence[Answer], off: np.ndarray) -> str:
    symbol, fine = exercise.symbol, [_near(answer, wanted) for answer, wanted in zip(answers, right, strict=True)]
    for kind, said in _ONLY_RIGHT if len(right[0]) > 1 else _ONLY_RIGHT[:2]:
        if fine == [kind(network) for network in trial_networks()]:
            return f"{symbol} is right {said}"
    at = fine.index(False)
    good = [n for n in right[at] if _near({n: answers[at][n]}, {n: right[at][n]})]
    bad = [n for n in right[at] if n not in good]
    if good:
        return (
            f"In a network with {_most(right[at])} layers {listed(good)} {_is(good)} right,"
            f" {listed(bad)} {_is(bad)} not. Which step do only the wrong ones pass through?"
        )
    if off.size == len(right):
        return (
            f"{symbol} is a single number, but not the right one yet for {off.sum()} of {off.size} networks:"
            f" what does it come to by hand, for one example?"
        )
    if off.all():
        return f"{symbol} has the right shape, but no entry is right yet: what does one of them come to by hand?"
    return (
        f"{symbol} has the right shape, but {off.sum()} of {off.size} entries are not right yet:"
        f" what do these have in common?"
    )


def _near(answer: Answer, wanted: Answer) -> bool:
    return all(np.allclose(answer[name], wanted[name], rtol=1e-6, atol=1e-12) for name in wanted)


def _most(answer: Answer) -> int:
    return len({name.split("[")[1] for name in answer if "[0]" not in name})


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"

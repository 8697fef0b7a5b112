"""What is said of right numbers with which a whole array, or all examples together, were dealt with otherwise."""

from collections.abc import Callable
from functools import partial
from itertools import product
from typing import NamedTuple

import numpy as np

from backprop_lab.activations import Array, sigmoid
from backprop_lab.exercises.claims import Evidence
from backprop_lab.exercises.exercise import STEPS, Exercise
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.parsing import Answer
from backprop_lab.exercises.recognition import right_answer
from backprop_lab.exercises.unknown.one_example import example, examples, gradients
from backprop_lab.exercises.unknown.relations import Pairs, as_gradients, as_they_are, on_pairs
from backprop_lab.exercises.verdict import Verdict, not_yet
from backprop_lab.exercises.words import listed


class Deed(NamedTuple):
    """What was done with an array, and how it is said."""

    slip: str
    words: str
    of: Callable[[Array], Array]


def _each(words: str, slip: str, of: Callable[..., Array]) -> tuple[Deed, ...]:
    """In each row, in each column, in the whole array."""
    return tuple(
        Deed(slip, words.format(where=where), partial(of, axis=axis))
        for where, axis in (("each row", 1), ("each column", 0), ("each array", None))
    )


def _centered(values: Array, axis: int | None) -> Array:
    return values - values.mean(axis=axis, keepdims=True)


def _standardized(values: Array, axis: int | None) -> Array:
    return _centered(values, axis) / values.std(axis=axis, keepdims=True)


def _softmax(values: Array, axis: int | None) -> Array:
    powers = np.exp(values - values.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


def _by(size: Callable[..., Array], values: Array, axis: int | None) -> Array:
    return values / size(np.abs(values), axis=axis, keepdims=True)


def _length(values: Array, axis: int | None, keepdims: bool) -> Array:
    return np.sqrt((values**2).sum(axis=axis, keepdims=keepdims))


DEEDS = (
    *_each("{where} has lost its mean", "mean-subtracted", _centered),
    *_each("{where} has been given the mean 0 and the spread 1", "standardized", _standardized),
    *_each("{where} has been divided by its length", "gradient-normalized", partial(_by, _length)),
    *_each("{where} has been divided by its largest entry", "gradient-normalized", partial(_by, np.max)),
    *_each("{where} has been divided by the sum of its sizes", "gradient-normalized", partial(_by, np.sum)),
    *_each("{where} has been through a softmax", "softmax", _softmax),
    *(
        Deed("running-sum", f"each number has those before it in its {name} added", partial(np.cumsum, axis=axis))
        for name, axis in (("row", 1), ("column", 0))
    ),
)


def dealt_with(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether the same was done with every array, or with those of one kind, that should be as it was."""
    if any(values.ndim < 2 for _, _, wanted in pairs for values in wanted.values()):
        return None
    for deed, some in product(DEEDS, _kinds(pairs)):
        claim = partial(_was_done, exercise, deed, some)
        if claim(pairs[:1]) and claim(pairs):
            names = _names(some, exercise.name in STEPS)
            made = "Your step was made with this" if exercise.name in STEPS else "Your answer is right but for this"
            said = f"{made}: of {names}, {deed.words}; all else is right. Which line does that?"
            return not_yet(said, deed.slip, (on_pairs(claim),))
    return None


def _kinds(pairs: Pairs) -> list[tuple[str, ...]]:
    """All kinds of arrays that are given, such as w and b, and each kind alone."""
    kinds = tuple(dict.fromkeys(name.partition("[")[0] for name in pairs[0][2]))
    return [*dict.fromkeys((kinds, *((kind,) for kind in kinds)))]


def _names(kinds: tuple[str, ...], of_gradients: bool) -> str:
    return listed([f"{'∇_' * of_gradients}{kind}".replace("nabla", "∇") for kind in kinds])


def _was_done(exercise: Exercise, deed: Deed, kinds: tuple[str, ...], pairs: Pairs) -> bool:
    return all(
        nearly(answer[name], deed.of(wanted[name]) if name.partition("[")[0] in kinds else wanted[name])
        for _, answer, wanted in as_gradients(exercise, pairs)
        for name in wanted
    )


def nearly(values: Array, wanted: Array) -> bool:
    """To four digits, or to a small share of the largest."""
    off, size = np.abs(values - wanted), np.abs(wanted)
    return bool((off <= 1e-4 * size + 1e-6 * max(size.max(initial=0), 1e-9)).all())


_WHOLE = -1  # all arrays together, as if they were one
_PARTS = (("Each row of your", 1), ("Each column of your", 0), ("Each array of your", None), ("Your whole", _WHOLE))


def cut_to_a_length(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether what is too long has been cut to one length: rows, columns, arrays, or all that is given together."""
    if any(values.ndim < 2 for _, _, wanted in pairs for values in wanted.values()):
        return None
    ways = (as_gradients, as_they_are) if exercise.name in STEPS else (as_they_are,)
    ways = [seen for seen in ways if _may_be_cut(seen(exercise, pairs[:1]))]
    for seen, (words, axis), some in product(ways, _PARTS, _kinds(pairs)):
        limit = max(_longest(axis, some, answer) for _, answer, _ in seen(exercise, pairs))
        if limit and (claim := partial(_is_cut, exercise, seen, axis, some, limit, False))(pairs):
            names = _names(some, seen is as_gradients)
            if exercise.name in STEPS and seen is as_they_are:
                names = f"new {names}"
            said = f"{words} {names} that is longer than {limit:.4g} has been cut to that length; all else is right."
            if (always := partial(_is_cut, exercise, seen, axis, some, limit, True))(pairs):  # none was shorter
                said = f"{words} {names} has been given the length {limit:.4g}; all else is right."
                return not_yet(f"{said} Which line does that?", "given-a-length", (on_pairs(always),))
            return not_yet(f"{said} Which line does that?", "clipped", (on_pairs(claim),))
    return None


def _may_be_cut(pairs: Pairs) -> bool:
    """Whether no number has become larger, or changed its sign: most answers are looked at no further."""
    return all(
        bool((np.abs(answer[n] - wanted[n]) <= np.abs(wanted[n]) * (1 + 1e-6)).all())
        and bool((np.abs(answer[n]) <= np.abs(wanted[n]) * (1 + 1e-6) + 1e-9).all())
        for _, answer, wanted in pairs
        for n in wanted
    )


def _lengths(axis: int | None, some: tuple[str, ...], answer: Answer) -> dict[str, Array]:
    chosen = {name: values for name, values in answer.items() if name.partition("[")[0] in some}
    if axis == _WHOLE:
        whole = np.sqrt(sum((values**2).sum() for values in chosen.values()))
        return dict.fromkeys(chosen, np.asarray(whole))
    return {name: _length(values, axis, keepdims=True) for name, values in chosen.items()}


def _longest(axis: int | None, some: tuple[str, ...], answer: Answer) -> float:
    return max(float(lengths.max()) for lengths in _lengths(axis, some, answer).values())


def _is_cut(
    exercise: Exercise, seen: Callable[..., Pairs], axis: int | None, some: tuple[str, ...], limit: float,
    always: bool, pairs: Pairs,
) -> bool:  # fmt: skip
    """Whether what is longer has been cut to the limit; or `always`, what is shorter made as long, too."""
    for _, answer, wanted in seen(exercise, pairs):
        lengths = _lengths(axis, some, wanted)
        cut = {n: wanted[n] * (limit / each if always else np.minimum(1, limit / each)) for n, each in lengths.items()}
        if not all(nearly(answer[n], cut.get(n, wanted[n])) for n in wanted):
            return False
    return True


_POOLS: tuple[tuple[str, Callable[..., Array]], ...] = (
    ("the median", np.median),
    ("the largest", np.max),
    ("the smallest", np.min),
    ("the product", np.prod),
    ("the root of the mean of the squares", lambda values, axis: np.sqrt((values**2).mean(axis=axis))),
    ("the middle between the smallest and the largest", lambda values, axis: (values.min(axis) + values.max(axis)) / 2),
    ("the one of the largest size", lambda values, axis: _largest(values)),
)


def _largest(values: Array) -> Array:
    return np.take_along_axis(values, np.abs(values).argmax(axis=0)[None], axis=0)[0]


def pooled_otherwise(exercise: Exercise, evidence: Evidence) -> Verdict | None:
    """Whether something else than the mean was made of what the examples give each."""
    if exercise.name in _SUMMED:
        return _summed_otherwise(exercise, evidence)
    if exercise.name not in ("quadratic", "bp3", "bp4", "backprop", "training_step"):
        return None
    for words, pool in _POOLS:
        if (claim := partial(_is_pooled, exercise, pool))(evidence):
            return not_yet(
                f"Of what the examples give each, you take {words}. What is C of several examples made of, and so what"
                f" is its gradient?",
                "not-the-mean",
                (claim,),
            )
    return None


_SUMMED: dict[str, tuple[Callable[..., tuple[Array, Callable[[Array], Array]]], str]] = {  # terms, what is done next
    "weighted_input": (
        lambda w, b, a: ((w[:, :, None] * a[None]).swapaxes(0, 1), lambda made: made + b),
        "Of the products of weights and activations you take {words}. What does a neuron do with what comes in?",
    ),
    "bp2": (
        lambda w, delta, z: (w[:, :, None] * delta[:, None, :], lambda made: made * sigmoid.prime(z)),
        "Of what the neurons of the next layer send back you take {words}. Along how many paths does one neuron"
        " reach the cost, and what happens to their rates?",
    ),
}


def _summed_otherwise(exercise: Exercise, evidence: Evidence) -> Verdict | None:
    """Whether something else than the sum was made of what comes in, or of what comes back."""
    for words, pool in _POOLS:
        if (claim := partial(_is_summed, exercise, pool))(evidence):
            return not_yet(_SUMMED[exercise.name][1].format(words=words), "not-the-sum", (claim,))
    return None


def _is_summed(exercise: Exercise, pool: Callable[..., Array], evidence: Evidence) -> bool:
    for trial in evidence.trials:
        terms, then = _SUMMED[exercise.name][0](*exercise.originals(trial))
        answer = evidence.given(trial)
        if answer is None or not nearly(next(iter(answer.values())), then(pool(terms, axis=0))):
            return False
    return True


def _is_pooled(exercise: Exercise, pool: Callable[..., Array], evidence: Evidence) -> bool:
    given, name = gradients(exercise, evidence), "backprop" if exercise.name == "training_step" else exercise.name
    return all(_one_is_pooled(name, pool, trial, given(trial)) for trial in evidence.trials)


def _one_is_pooled(name: str, pool: Callable[..., Array], trial: Trial, answer: Answer | None) -> bool:
    alone = [right_answer(name, example(trial, at)) for at in range(examples(trial))]
    return answer is not None and all(
        nearly(answer[n], pool(np.array([one[n] for one in alone]), axis=0)) for n in alone[0]
    )

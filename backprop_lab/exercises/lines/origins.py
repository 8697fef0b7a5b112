"""Who made the first wrong thing, for slips whose wrong numbers are not the beginning."""

import re
from collections.abc import Callable, Sequence
from itertools import product

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.exercises.known_numbers import Numbers, alike, same
from backprop_lab.exercises.lines.watch import Made, source
from backprop_lab.exercises.networks import Trial


def _ones(made: Sequence[Made], trial: Trial) -> int | None:
    """What makes a table with nothing but the same plain number in it, where the error belongs: a factor, if named."""
    tables = (at for at, each in enumerate(made) if each.values.size == trial.case.y.size)
    a = trial.case.forward_pass.prediction.ravel()
    others = [each for each in made if not alike(each.values, a)]  # σ itself may have ones in it
    return next((at for at in tables if _is_one_plain(made[at].values) and _is_factor(made[at], others)), None)


def _is_factor(one: Made, later: Sequence[Made]) -> bool:
    """Whether it has no name, or is multiplied by its name later: the ones of 1 − σ(z) are not."""
    name = re.escape(one.path)
    factor = rf"(?<!\w){name}\s*\*(?!\*)|\*\s*{name}(?!\w)|multiply\((.*, ?)?{name} ?[,)]"
    return not one.path or any(re.search(factor, source(each.file, each.number)) for each in later)


def _is_used(one: Made, later: Sequence[Made]) -> bool:
    """Whether it has no name, or its name is on a later line."""
    names = rf"\b{re.escape(one.path.split('[')[0])}\b"
    return not one.path or any(re.search(names, source(each.file, each.number)) for each in later)


def _is_one_plain(values: Array) -> bool:
    return Numbers.plain(values) and bool(values.any()) and not np.ptp(values)


def _reshaped(made: Sequence[Made], trial: Trial) -> int | None:
    """What gives w, a or δ another shape, their numbers in the order in which they were."""
    case = trial.case
    some = (case.parameters.w, case.forward_pass.a, case.backward_pass.delta)
    old = [each.ravel() for layers in some for each in layers.values()]
    texts = {at: source(each.file, each.number) for at, each in enumerate(made)}
    places = [at for at, text in texts.items() if re.search(r"\bre(shape|size)\(", text)]
    places = [at for at in places if any(same(made[at].values, each) for each in old)]
    return places[0] if len({texts[at] for at in places}) == 1 else None


def _other_slopes(made: Sequence[Made], trial: Trial) -> int | None:
    """What makes the slope of the cost of which a − y is δ, where σ′ is not forgotten: (a − y) / (a (1 − a))."""
    a = trial.case.forward_pass.prediction
    slope = np.abs((a - trial.case.y) / (a * (1 - a))).ravel()
    return next((at for at, each in enumerate(made) if alike(np.abs(each.values), slope)), None)


def _halves(made: Sequence[Made], trial: Trial) -> int | None:
    """What makes 1 − a of a layer, which a learner took for σ′: its numbers are right ones. None if σ′ is made too."""
    layers = [a.ravel() for n, a in trial.case.forward_pass.a.items() if n]
    places = (
        at
        for at in reversed(range(len(made)))
        if any(same(made[at].values, 1 - a) for a in layers) and _is_used(made[at], made[at + 1 :])
    )
    whole = any(same(each.values, a * (1 - a)) for each in made for a in layers)
    return None if whole else next(places, None)


def _one_before(made: Sequence[Made], _trial: Trial) -> int | None:
    """What the sum had become since the line that made its first wrong number made it before: σ′, or m, came in."""
    if not made:
        return None
    *before, wrong = made
    sums = [at for at, each in enumerate(before) if each.path == wrong.path and each.values.size == wrong.values.size]
    again = any(made[at].number == wrong.number for at in sums[:-1])
    return sums[-1] if again and made[sums[-1]].number != wrong.number else None


def _shared_out(made: Sequence[Made], trial: Trial) -> int | None:
    """What divides an error, or the δ that is sent back, by m: one more time than that of the output, if that is."""
    case, m = trial.case, trial.case.x.shape[1]
    w, delta = case.parameters.w, case.backward_pass.delta
    last = max(delta)
    hidden = [part for n in w if n < last for part in (delta[n + 1], w[n + 1].T @ delta[n + 1], delta[n])]
    output = [case.forward_pass.prediction - case.y, delta[last]]
    errors = output + hidden
    if any(same(each.values, delta[last].ravel() / m) for each in made[:-1]):
        errors = hidden
        twice = any(same(each.values, part.ravel() / m**2) for each in made for part in hidden)
        m = m**2 if twice else m
    shared = [part.ravel() / m for part in errors]
    return next((at for at, each in enumerate(made) if any(same(each.values, part) for part in shared)), None)


def _pooled(made: Sequence[Made], trial: Trial) -> int | None:
    """What makes a sum or mean over the examples of the δ that is sent back, if its name is used later."""
    deltas = trial.case.backward_pass.delta.values()
    pools = [pool.ravel() for delta in deltas for pool in (delta.sum(axis=1), delta.mean(axis=1))]
    back = [nabla_b.ravel() for nabla_b in trial.case.backward_pass.nabla_b.values()]  # a right one is no slip
    if any(each.path.endswith("]") and any(same(each.values, one) for one in back) for each in made):
        return None
    places = (at for at, each in enumerate(made) if any(same(each.values, pool) for pool in pools))
    return next((at for at in places if made[at].path and _is_used(made[at], made[-1:])), None)


EARLIER: dict[str, Callable[[Sequence[Made], Trial], int | None]] = {  # where the wrong numbers are not the beginning
    "forgot-cost-gradient": _ones,
    "half-of-sigma-prime": _halves,
    "divided-by-m": _shared_out,
    "delta-pooled": _pooled,
    "reshaped-not-transposed": _reshaped,
    "forgot-sigma-prime": _other_slopes,
    **dict.fromkeys(("sigma-prime-in-the-sum", "divided-in-the-loop"), _one_before),
}


def overwritten(made: Sequence[Made], stages: Sequence[Array], m: int) -> Made | None:
    """Who last wrote what one example gives where a sum over them belongs, if it did not add it."""
    some = [each for each in made if any(alike(each.values, m * stage) for stage in stages)]
    whole = [each for each in some if not each.returned] or some
    return whole[-1] if whole and "+=" not in source(whole[-1].file, whole[-1].number) else None


def _reordered(made: Sequence[Made], case: Case) -> Made | None:
    """Who put the columns of x or y in another order."""
    for each, given in product(made, (case.x, case.y)):
        if each.values.size == given.size and not np.array_equal(each.values, given.ravel()):
            columns = each.values.reshape(given.shape).T.tolist()
            if sorted(columns) == sorted(given.T.tolist()):
                return each
    return None


def _not_multiplied(made: Sequence[Made], case: Case) -> Made | None:
    """Who made what comes back to a layer, where its δ is made nowhere."""
    w, delta = case.parameters.w, case.backward_pass.delta
    lost = [(w[n + 1].T @ delta[n + 1]).ravel() for n in w if n + 1 in w and not _among(delta[n].ravel(), made)]
    return next((each for each in reversed(made) if any(same(each.values, sent) for sent in lost)), None)


def _among(values: Array, made: Sequence[Made]) -> bool:
    return any(same(each.values, values) for each in made)


def _of_one_size(made: Sequence[Made], case: Case) -> Made | None:
    """Who made a step, or moved w or b by one, whose numbers are all nearly as large."""
    old = [np.ravel(each) for layers in (case.parameters.w, case.parameters.b) for each in layers.values()]
    for each in made:
        steps = (each.values, *(each.values - own for own in old if own.size == each.values.size))
        sizes = [np.abs(step) for step in steps if step.size > 1]
        many = each.values.size and np.ptp(each.values)  # a table of one number, such as ε, is no step
        if many and any(size.any() and np.ptp(size) < 1e-3 * size.max() for size in sizes):
            return each
    return None


def turned(made: Sequence[Made], case: Case) -> Made | None:
    """Who made numbers of the way back with the other sign."""
    return next((each for each in made if _is_turned(each.values, case)), None)


def negative(made: Sequence[Made], case: Case) -> Made | None:
    """Who made squares, or sums of them, that are below 0."""
    squares = (case.forward_pass.prediction - case.y) ** 2
    some = np.concatenate([squares.ravel(), squares.sum(axis=0), squares.sum(axis=1), squares.sum(keepdims=True)[0]])
    sums = Numbers(np.concatenate([some * by for by in (1.0, 0.5, 1 / case.x.shape[1], 0.5 / case.x.shape[1])]))
    return next((each for each in made if (each.values < 0).all() and sums.contains_all(each.values)), None)


ODD: dict[str | None, Callable[[Sequence[Made], Case], Made | None]] = {  # what was said, who made that
    "examples-mispaired": _reordered,
    "forgot-sigma-prime": _not_multiplied,
    "divided-by-its-size": _of_one_size,
    "sign-flipped": turned,
}


def _is_turned(values: Array, case: Case) -> bool:
    """Whether all numbers are those of the way back, or of σ′, with the other sign."""
    back, m = case.backward_pass, case.x.shape[1]
    sent = [w[:, :, None] * back.delta[layer][:, None, :] for layer, w in case.parameters.w.items()]
    arrays = [*back.delta.values(), *back.nabla_w.values(), *back.nabla_b.values()]
    slopes = [a * (1 - a) for layer, a in case.forward_pass.a.items() if layer]
    parts = [case.forward_pass.prediction - case.y, *arrays, *slopes, *(np.cumsum(each, axis=0) for each in sent)]
    signed = np.sort(np.concatenate([part.ravel() * factor for part in parts for factor in (1.0, 1 / m, float(m))]))

    def among(numbers: Array) -> Array:
        at = np.clip(np.searchsorted(signed, numbers), 1, len(signed) - 1)
        return np.minimum(abs(signed[at] - numbers), abs(signed[at - 1] - numbers)) <= 1e-9 * np.abs(numbers)

    some = values[values != 0]
    return bool(some.size and among(-some).all()) and not among(some).any()

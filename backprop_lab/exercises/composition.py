"""Recognises slips in backprop and in a training step, equation by equation, as these are made of the equations.

The slips of BP1–BP4 and of the forward pass are known here without being written again. All combinations are too many
to compute, so they are looked for where they show first: ∇ of the output layer depends on the head (the way forward,
BP1) and on one end (BP3 or BP4), the hidden layers on the tail (BP2) too.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import Any

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.exercises import reference
from backprop_lab.exercises.exercise import EXERCISES
from backprop_lab.exercises.lookup import Table, table
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.parsing import Answer
from backprop_lab.exercises.recognition import (
    DOUBLE,
    Answers,
    Found,
    Suspect,
    agrees,
    alone,
    attempt,
    close,
    explains,
    joined,
    right_answer,
    suspects,
    tolerance_of,
)
from backprop_lab.exercises.slips import TABLE, Slip
from backprop_lab.exercises.slips.slip import Changes

EQUATIONS = ("forward", "bp1", "bp2", "bp3", "bp4")
MOST = 3  # slips at once
Search = Callable[[Trial, Answer, str, int], Iterator[Suspect]]
_NOTHING = Suspect((), {})
_HEAD, _TAIL = {"forward", "bp1", "at_output", "take"}, {"bp2", "onward", "sent", "at_hidden", "rate"}
_WEIGHTS, _BIASES = {"bp4", "activation", "weigh"}, {"bp3", "bias"}
_WHOLE = {"kept", "divide", "finish", "arrange"}


@cache
def singles() -> tuple[Suspect, ...]:
    """Every slip that can be made in backprop: its own, those of an equation, and of two that have it in common."""
    within = [
        Suspect((Found(slip, (place,)),), {place: changes})
        for place in EQUATIONS
        for slip in TABLE
        if place in slip.exercises.split() and "backprop" not in slip.exercises.split()
        for changes in slip.variants
        if place != "forward" or not changes.keys() & {"arrange", "finish"}  # nobody sees what backprop's own way gives
    ]
    shared = [
        Suspect((Found(one.slip, ("bp1", "bp2")),), {"bp1": changes, "bp2": changes})
        for one in (suspect.found[0] for suspect in within if suspect.found[0].places == ("bp1",))
        if "bp2" in one.slip.exercises.split()
        for changes in one.slip.variants
    ]
    ends = [
        Suspect((Found(one.slip, ("bp3", "bp4")),), {"bp3": changes, "bp4": other})
        for one, two in product(_at(within, "bp3"), _at(within, "bp4"))
        if one.slip.name == two.slip.name
        for changes, other in product(one.slip.variants, two.slip.variants)
    ]
    return (*alone("backprop"), *_unique(within), *_unique(shared), *_unique(ends))


def recognise_gradient(answers: Answers) -> Iterator[Suspect]:
    """Every suspect that gives the same gradients, those with fewer slips first; none where some fewer do."""
    return _explaining("backprop", answers, lambda: _first(_near, answers), lambda: _first(_far, answers))


def recognise_step(answers: Answers) -> Iterator[Suspect]:
    """Every suspect that makes the same step: of the update, and of the gradient which the step was made of."""
    plain, *updates = (_NOTHING, *(each for each in alone("update") if each.changes.keys() == {"move"}))
    return _explaining(
        "training_step",
        answers,
        lambda: (*alone("training_step"), *(singles() if _misshapen(answers) else ())),
        lambda: _inside(plain, _near, answers),
        lambda: (both for update in updates for both in _inside(update, _near, answers)),
        lambda: (*suspects("update"), *_example_by_example()),
        lambda: _inside(plain, _far, answers),
    )


@cache
def _example_by_example() -> tuple[Suspect, ...]:
    """A step for each example, each with a slip of the update."""
    own = [suspect for suspect in alone("training_step") if suspect.changes.keys() == {"batches"}]
    return tuple(_merged(*pair) for pair in product(own, alone("update")))


def _misshapen(answers: Answers) -> bool:
    """Whether a shape is wrong, so that the gradient cannot be told from the step."""
    right = {trial: right_answer("training_step", trial) for trial in answers}
    return any(
        answer is not None
        and any(answer[name].shape != right[trial][name].shape for name in answer.keys() & right[trial])
        for trial, answer in answers.items()
    )


def _explaining(name: str, answers: Answers, *stages: Callable[[], Iterable[Suspect]]) -> Iterator[Suspect]:
    """Those of the first stage in which there are any."""
    for stage in stages:
        if found := [suspect for suspect in stage() if explains(name, suspect, answers)]:
            yield from sorted(found, key=_rank)
            return


def _first(search: Search, answers: Answers) -> Iterator[Suspect]:
    """What explains the answer to the first network that has one."""
    at = next((trial for trial, answer in answers.items() if answer), None)
    return search(at, answers[at] or {}, "backprop", MOST) if at else iter(())


def _inside(update: Suspect, search: Search, answers: Answers) -> Iterator[Suspect]:
    """The update, with what explains the gradient that it was given."""
    at = next((trial for trial, answer in answers.items() if answer), None)
    gradient = at and _gradient_of(update, at, answers[at] or {})
    if at and gradient:
        for inner in search(at, gradient, "training_step", MOST - 2 * len(update.found)):
            yield Suspect(update.found + inner.found, {**update.changes, **inner.changes})


def _rank(suspect: Suspect) -> tuple[int, int]:
    """Fewer slips first; of as many, those of backprop itself, then those made in two places."""
    return len(suspect.found), sum((0, 2, 1)[len(each.places)] for each in suspect.found)


def _at(within: Sequence[Suspect], place: str) -> list[Found]:
    own = (suspect.found[0] for suspect in within if suspect.found[0].places == (place,))
    return list({each.slip.name: each for each in own}.values())


def _unique(all_: Sequence[Suspect]) -> list[Suspect]:
    """Each once; a slip comes up as often as it has variants."""
    return list({(suspect.found, *map(id, _leaves(suspect.changes))): suspect for suspect in all_}.values())


def _leaves(changes: Changes) -> Iterator[object]:
    for part in changes.values():
        yield from _leaves(part) if isinstance(part, dict) else (part,)


def _part(kinds: set[str]) -> list[Suspect]:
    return [suspect for suspect in singles() if suspect.changes.keys() <= kinds]


@cache
def _heads() -> tuple[Suspect, ...]:
    """Nothing, every slip that shows in δᴸ, every two of them."""
    own = [each for each in singles() if each.changes.keys() & _HEAD and not each.changes.keys() - _HEAD - _TAIL]
    return (_NOTHING, *own, *joined([each for each in own if len(each.changes) == 1]))


@cache
def _tails() -> tuple[Suspect, ...]:
    return (_NOTHING, *_part(_TAIL))


@cache
def _ends() -> dict[str, list[Suspect]]:
    whole = [s for s in singles() if s.changes.keys() & _WHOLE or s.changes.keys() == {"bp3", "bp4"}]
    return {"nabla_w": _part(_WEIGHTS), "nabla_b": _part(_BIASES), "whole": whole}


def _near(at: Trial, answer: Answer, name: str, most: int) -> Iterator[Suspect]:
    """Suspects that give the answer to one network: a head, a tail, ends, or what shows in both gradients alone."""
    fitting = _fitting_heads(name, at, answer)
    if _NOTHING not in fitting:
        yield from _with_ends(name, (_NOTHING, _NOTHING), at, answer, most)
    for head in fitting:
        for tail in (_NOTHING, *_fitted(name, at, answer), *_tails()[1:]):
            if _count(head, tail) <= most:
                yield from _with_ends(name, (head, tail), at, answer, most)
    yield from _giving(at, answer, name, len(_ends()["whole"]))


def _far(at: Trial, answer: Answer, name: str, _most: int) -> Iterator[Suspect]:
    """What shows in both gradients, together with a slip before."""
    return _giving(at, answer, name, len(_wholes()))


def _giving(at: Trial, answer: Answer, name: str, most: int) -> Iterator[Suspect]:
    """Those of the first so many that show in both gradients which give the answer."""
    for place in _table(name, at, most).like(answer, tolerance_of(answer)):
        given = _gradient(name, _wholes()[place], at)
        if given is not None and agrees(answer, given):
            yield _merged(*_wholes()[place])


@cache
def _table(name: str, trial: Trial, most: int) -> Table:
    with np.errstate(all="ignore"):
        return table(_gradient(name, parts, trial) for parts in _wholes()[:most])


@cache
def _wholes() -> tuple[tuple[Suspect, ...], ...]:
    """A head or a tail, and an end that shows in ∇_w and in ∇_b; first the end alone, last two ends."""
    heads = [(each, _NOTHING) for each in _heads()[1:] if len(each.found) == 1]
    tails = [(_NOTHING, each) for each in _tails()]
    both = product((*tails, *heads), _ends()["whole"])
    others = [*_ends()["nabla_w"], *_ends()["nabla_b"]]
    ends = [_merged(*pair) for pair in product(_ends()["whole"], others) if _count(*pair) == 2]
    return (
        *((*base, end) for base, end in both if _count(*base, end) <= MOST),
        *((_NOTHING, _NOTHING, end) for end in (*ends, *joined(_ends()["whole"]))),
    )


def _with_ends(name: str, base: tuple[Suspect, Suspect], at: Trial, answer: Answer, most: int) -> Iterator[Suspect]:
    """The base with right ends, or with the ends that it takes to give the answer."""
    given = _gradient(name, (*base, _NOTHING), at)
    if given is None:
        return
    fits = {kind: _agrees_in(kind, answer, given) for kind in ("nabla_w", "nabla_b")}
    if not any(fits.values()) and _count(*base):
        return
    options = [
        [_NOTHING] if fit else [end for end in _ends()[kind] if _end_fits(name, (*base, end), at, kind, answer)]
        for kind, fit in fits.items()
    ]
    from_weights = [end for end in _ends()["nabla_b"] if "bias" in end.changes]  # ∇_b made from a wrong ∇_w
    both = ((one, other) for one, other in product(options[0], from_weights) if one.found)
    options_of_both = [ends for ends in both if _end_fits(name, (*base, _merged(*ends)), at, "nabla_b", answer)]
    for ends in (*product(*options), *options_of_both):
        if 0 < _count(*base, *ends) <= most:
            yield _merged(*base, *ends)


def _count(*some: Suspect) -> int:
    """How many slips there are together; more than any number if two of them change the same part."""
    parts = [part for suspect in some for part in suspect.changes]
    return len({each.slip for suspect in some for each in suspect.found}) if len(set(parts)) == len(parts) else 99


def _merged(*some: Suspect) -> Suspect:
    """All at once; a slip made in two places is one."""
    places: dict[Slip, tuple[str, ...]] = {}
    for each in (found for suspect in some for found in suspect.found):
        places[each.slip] = (*places.get(each.slip, ()), *each.places)
    changes = {part: change for suspect in some for part, change in suspect.changes.items()}
    return Suspect(tuple(Found(slip, where) for slip, where in places.items()), changes)


def _agrees_in(kind: str, answer: Answer, given: Answer) -> bool:
    """Whether all arrays of one kind are the same."""
    return agrees(*({key: values for key, values in each.items() if key.startswith(kind)} for each in (answer, given)))


def _end_fits(name: str, parts: tuple[Suspect, ...], at: Trial, kind: str, answer: Answer) -> bool:
    given = _gradient(name, parts, at) if _count(*parts) < MOST + 1 else None
    return given is not None and _agrees_in(kind, answer, given)


@lru_cache(100_000)
def _gradient(name: str, parts: tuple[Suspect, ...], trial: Trial) -> Answer | None:
    """What a head, a tail and an end give together."""
    *base, end = parts
    passed = _passed(name, tuple(base), trial)
    return attempt(lambda: EXERCISES["backprop"].read(reference.gradients(*passed, **end.changes))) if passed else None


@lru_cache(20_000)
def _passed(name: str, base: tuple[Suspect, ...], trial: Trial) -> tuple[Any, ...] | None:
    """z, a, δ and the errors of a head and a tail."""
    changes = {"rate": trial.rate if name == "training_step" else 0.0, **_merged(*base).changes}
    return attempt(lambda: reference.errors(*EXERCISES["backprop"].inputs(trial), **changes))


def _fitting_heads(name: str, at: Trial, answer: Answer) -> list[Suspect]:
    """The heads with which one of the gradients of the output layer is right."""
    last, tolerance = at.case.parameters.layers[-1], tolerance_of(answer)
    fits = np.zeros(len(_heads()), dtype=bool)
    for kind, given in zip(("nabla_w", "nabla_b"), _of_output_layer(name, at), strict=True):
        values = answer.get(f"{kind}[{last}]")
        if values is not None and values.shape == given.shape[1:]:
            largest = np.abs(given).max(axis=(1, 2), keepdims=True)
            fits |= (np.abs(given - values) <= tolerance * largest).all(axis=(1, 2))
    return [head for head, fit in zip(_heads(), fits, strict=True) if fit]


@cache
def _of_output_layer(name: str, trial: Trial) -> tuple[Array, Array]:
    """∇_w and ∇_b of the output layer with each head, NaN where it fails."""
    last, sizes = trial.case.parameters.layers[-1], trial.case.parameters.sizes
    tables = np.full((len(_heads()), sizes[-1], sizes[-2]), np.nan), np.full((len(_heads()), sizes[-1], 1), np.nan)
    for at, head in enumerate(_heads()):
        given = _gradient(name, (head, _NOTHING, _NOTHING), trial)
        for array, kind in zip(tables, ("nabla_w", "nabla_b"), strict=True):
            if given and given[f"{kind}[{last}]"].shape == array.shape[1:]:
                array[at] = given[f"{kind}[{last}]"]
    return tables


def _gradient_of(update: Suspect, trial: Trial, answer: Answer) -> Answer | None:
    """The gradient with which the update gives these parameters, if it is linear in the gradient."""
    move = update.changes.get("move", lambda values, nabla, rate: values - rate * nabla)
    found, before = {}, trial.case.parameters
    for key, values in answer.items():
        kind, layer = key[0], key[2:-1]
        old = getattr(before, kind).get(int(layer)) if layer.isdecimal() else None
        if old is None or old.shape != values.shape:
            return None
        start, one, two = (move(old, np.full_like(old, step), trial.rate) for step in (0.0, 1.0, 2.0))
        if not (one - start).all() or not close(two - start, 2 * (one - start), DOUBLE):
            return None
        found[f"nabla_{key}"] = ((values - start) / (one - start)).astype(values.dtype)
    return found


def _fitted(name: str, at: Trial, answer: Answer) -> list[Suspect]:
    """Slips with a rate of the learner's own: by least squares, where the answer is linear in it."""
    last = at.case.parameters.layers[-1]
    place = f"nabla_b[{last - 1}]"  # the last hidden layer: δᴸ⁻¹ is linear in the rate
    if name != "backprop" or last < 2 or place not in answer:
        return []
    if answer[place].shape != right_answer(name, at)[place].shape:
        return []
    own = [slip for slip in TABLE if slip.fitted == name]
    return [_with_rate(slip, place, at, answer) for slip in own]


def _with_rate(slip: Slip, place: str, at: Trial, answer: Answer) -> Suspect:
    exercise, right = EXERCISES["backprop"], right_answer("backprop", at)[place]
    given = exercise.read(exercise.reference(*exercise.inputs(at), **slip.variants[0], rate=1.0))
    moved = given[place] - right
    rate = float(np.vdot(moved, answer[place] - right) / np.vdot(moved, moved))
    return Suspect((Found(slip),), {**slip.variants[0], "rate": rate})

"""Finds what explains the gradient of one network: heads that fit, then tails, then ends."""

from collections.abc import Callable, Iterator
from itertools import product

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.exercises.composition.gradients import gradient, of_output_layer, table_of_wholes
from backprop_lab.exercises.composition.kinds import MOST, NOTHING, count, ends, heads, merged, tails, wholes
from backprop_lab.exercises.exercise import EXERCISES
from backprop_lab.exercises.factors import common_factor
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.parsing import Answer
from backprop_lab.exercises.recognition import Found, Suspect, agrees, right_answer, tolerance_of
from backprop_lab.exercises.slips import TABLE, Slip


def near(at: Trial, answer: Answer, name: str, most: int) -> Iterator[Suspect]:
    """Suspects that give the answer to one network: a head, a tail, ends, or what shows in both gradients alone."""
    fitting = [*_fitting_heads(at, answer), *_constant_slopes(name, at, answer)]
    if NOTHING not in fitting:
        yield from _with_ends((NOTHING, NOTHING), at, answer, most)
    for head in fitting:
        for tail in (NOTHING, *_fitted(name, at, answer), *tails()[1:]):
            if count(head, tail) <= most:
                yield from _with_ends((head, tail), at, answer, most)
    yield from _giving(at, answer, len(ends()["whole"]))


def far(at: Trial, answer: Answer, _name: str, _most: int) -> Iterator[Suspect]:
    """What shows in both gradients, together with a slip before."""
    return _giving(at, answer, len(wholes()))


def _giving(at: Trial, answer: Answer, most: int) -> Iterator[Suspect]:
    """Those of the first so many that show in both gradients which give the answer."""
    for place in table_of_wholes(at, most).like(answer, tolerance_of(answer)):
        given = gradient(wholes()[place], at)
        if given is not None and agrees(answer, given):
            yield merged(*wholes()[place])


def _with_ends(base: tuple[Suspect, Suspect], at: Trial, answer: Answer, most: int) -> Iterator[Suspect]:
    """The base with right ends, or with the ends that it takes to give the answer."""
    given = gradient((*base, NOTHING), at)
    if given is None:
        return
    fits = {kind: _agrees_in(kind, answer, given) for kind in ("nabla_w", "nabla_b")}
    if not any(fits.values()) and count(*base):
        return
    options: list[list[Suspect]] = []
    for kind, fit in fits.items():
        options.append([NOTHING] if fit else [e for e in ends()[kind] if _end_fits((*base, e), at, kind, answer)])
        if not options[0]:
            return
    from_weights = [end for end in ends()["nabla_b"] if "bias" in end.changes]  # ∇_b made from a wrong ∇_w
    both = ((one, other) for one, other in product(options[0], from_weights) if one.found)
    options_of_both = [pair for pair in both if _end_fits((*base, merged(*pair)), at, "nabla_b", answer)]
    for pair in (*product(*options), *options_of_both):
        if 0 < count(*base, *pair) <= most:
            yield merged(*base, *pair)


def _agrees_in(kind: str, answer: Answer, given: Answer) -> bool:
    """Whether all arrays of one kind are the same."""
    return agrees(*({key: values for key, values in each.items() if key.startswith(kind)} for each in (answer, given)))


def _end_fits(parts: tuple[Suspect, ...], at: Trial, kind: str, answer: Answer) -> bool:
    given = gradient(parts, at) if count(*parts) < MOST + 1 else None
    return given is not None and _agrees_in(kind, answer, given)


def _fitting_heads(at: Trial, answer: Answer) -> list[Suspect]:
    """The heads with which one of the gradients of the output layer is right."""
    last, tolerance = at.case.parameters.layers[-1], tolerance_of(answer)
    fits = np.zeros(len(heads()), dtype=bool)
    for kind, given in zip(("nabla_w", "nabla_b"), of_output_layer(at), strict=True):
        values = answer.get(f"{kind}[{last}]")
        if values is not None and values.shape == given.shape[1:]:
            largest = np.abs(given).max(axis=(1, 2), keepdims=True)
            near = np.abs(given - values) <= tolerance * np.where(np.isfinite(largest), largest, np.nan)
            fits |= near.all(axis=(1, 2))
    return [head for head, fit in zip(heads(), fits, strict=True) if fit]


def _fitted(name: str, at: Trial, answer: Answer) -> list[Suspect]:
    """Slips with a rate of the learner's own: by least squares, where the answer is linear in it."""
    last = at.case.parameters.layers[-1]
    place = f"nabla_b[{last - 1}]"  # the last hidden layer: δᴸ⁻¹ is linear in the rate
    if name != "backprop" or last < 2 or place not in answer:
        return []
    if answer[place].shape != right_answer(name, at)[place].shape:
        return []
    return [_with_rate(_fitted_slip("used-updated-weights"), place, at, answer)]


def _fitted_slip(name: str) -> Slip:
    return next(slip for slip in TABLE if slip.fitted and slip.name == name)


def _constant_slopes(name: str, at: Trial, answer: Answer) -> Iterator[Suspect]:
    """A number in place of σ′, read off the biases: in the output layer, in the hidden layers, or in all."""
    case, last = at.case, at.case.parameters.layers[-1]
    error = case.forward_pass.prediction - case.y
    if name != "backprop" or not {f"nabla_b[{layer}]" for layer in case.parameters.layers} <= answer.keys():
        return
    slip, here = _fitted_slip("constant-slope"), _ratio(answer[f"nabla_b[{last}]"], error)
    for delta, output in ((case.backward_pass.delta[last], None), (error * (here or 0), here)):
        hidden = _ratio(answer[f"nabla_b[{last - 1}]"], case.parameters.w[last].T @ delta) if last > 1 else None
        found = {place: number for place, number in (("bp1", output), ("bp2", hidden)) if number}
        if found and set(found.values()) != {1.0}:
            yield Suspect((Found(slip, tuple(found)),), {place: {"factor": _always(n)} for place, n in found.items()})


def _ratio(values: Array, columns: Array) -> float | None:
    """By which number the mean of the columns is multiplied to give these values, if it is one for all of them."""
    factor = common_factor({"": np.ravel(values)}, {"": columns.mean(axis=1)})
    return factor and float(f"{factor:.9g}")


def _always(number: float) -> Callable[[Array], Array]:
    return lambda z: np.full_like(z, number)


def _with_rate(slip: Slip, place: str, at: Trial, answer: Answer) -> Suspect:
    exercise, right = EXERCISES["backprop"], right_answer("backprop", at)[place]
    given = exercise.read(exercise.reference(*exercise.inputs(at), **slip.variants[0], rate=1.0))
    moved = given[place] - right
    rate = float(np.vdot(moved, answer[place] - right) / np.vdot(moved, moved))
    return Suspect((Found(slip),), {**slip.variants[0], "rate": rate})

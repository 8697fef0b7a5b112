"""What is said of answers that no slip gives: first of their form, then of their numbers."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.exercises.claims import Claim, Evidence, everywhere, is_last, old_value
from backprop_lab.exercises.claims import times as multiplied
from backprop_lab.exercises.exercise import STEPS, Exercise
from backprop_lab.exercises.factors import common_factor, formula_of
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.parsing import Answer
from backprop_lab.exercises.unknown.example_weights import examples_mixed, examples_that_count_more
from backprop_lab.exercises.unknown.forward_steps import step_of_pass
from backprop_lab.exercises.unknown.parts import part_that_is_wrong
from backprop_lab.exercises.unknown.relations import (
    Pairs,
    as_gradients,
    bent_numbers,
    in_another_order,
    length_of_each,
    of_few_factors,
    of_one_length,
    on_pairs,
    step_factor,
    steps_made,
    whole_numbers,
    with_a_term,
    zero_arrays,
)
from backprop_lab.exercises.unknown.taken_elsewhere import looked_ahead, measured
from backprop_lab.exercises.unknown.whole_arrays import cut_to_a_length, dealt_with, pooled_otherwise
from backprop_lab.exercises.unknown.wrong_step import step_that_is_wrong
from backprop_lab.exercises.verdict import Verdict, not_yet
from backprop_lab.exercises.words import are, listed, times

_SHAPES = {  # the shape of each symbol, in words
    **dict.fromkeys(("z", "a", "δᴸ", "δˡ"), "n × m, a row for each neuron and a column for each example"),
    **dict.fromkeys(("w", "nabla_w", "∇_w"), "n_out × n_in, a row for each neuron the weights lead to"),
    **dict.fromkeys(("b", "nabla_b", "∇_b"), "n_out × 1, a column with an entry for each neuron"),
    "C": "a single number",
}
_LAYER = ("weighted_input", "bp3", "bp4")  # about one layer, whatever the network around it
_ONLY_RIGHT: tuple[tuple[str, Callable[[Case], bool], bool, str], ...] = (  # name, which networks, if said of a layer
    (
        "single-example-only",
        lambda case: case.x.shape[1] == 1,
        True,
        "for a single example, but not for several: what does your code do with more than one column?",
    ),
    (
        "several-examples-only",
        lambda case: case.x.shape[1] > 1,
        True,
        "for several examples, but not for a single one: what does your code do with one column?",
    ),
    (
        "two-layers-only",
        lambda case: len(case.parameters.layers) == 2,
        False,
        "in networks of 2 layers, but not in deeper ones: which step assumes that there is only one hidden layer?",
    ),
    (
        "three-layers-only",
        lambda case: len(case.parameters.layers) > 2,
        False,
        "in networks of 3 layers, but not in those of 2: which step assumes that there is a second hidden layer?",
    ),
    (
        "single-output-only",
        lambda case: case.parameters.sizes[-1] == 1,
        False,
        "for a single output, but not for several: what does your code do with a second output neuron?",
    ),
    (
        "single-neuron-only",
        lambda case: case.parameters.sizes[2] == 1,
        True,
        "for a layer of one neuron, but not for larger ones: which step assumes that there is only one?",
    ),
)
_ONLY_WRONG: tuple[tuple[str, Callable[[str, Case], bool], str], ...] = (  # which arrays are right, what is said
    (
        "wrong-bias-gradient",
        lambda name, case: name.startswith("nabla_w"),
        "Your ∇_w is right in every layer, your ∇_b is not. Which step do only the biases pass through?",
    ),
    (
        "wrong-weight-gradient",
        lambda name, case: name.startswith("nabla_b"),
        "Your ∇_b is right in every layer, your ∇_w is not. Which step do only the weights pass through?",
    ),
    (
        "wrong-hidden-gradient",
        lambda name, case: name.startswith("nabla") and is_last(name, case),
        "Your gradients of the output layer are right, those of the hidden layers are not. Which step do only the"
        " hidden layers pass through?",
    ),
    (
        "wrong-step-in-b",
        lambda name, case: name[0] == "w",
        "Your step is right for w, but not for b. Which line do only the biases pass through?",
    ),
    (
        "wrong-step-in-w",
        lambda name, case: name[0] == "b",
        "Your step is right for b, but not for w. Which line do only the weights pass through?",
    ),
)
_NEARLY = 2e-3  # of the largest entry: what rounding, half precision and one-sided differences lose


def judged(exercise: Exercise, evidence: Evidence) -> Verdict:
    """Say what is wrong with the answers to all networks."""
    pairs = [(each, answer, evidence.right(each)) for each in evidence.trials if (answer := evidence.given(each))]
    for trial, answer, wanted in pairs:
        said = _layers(answer, wanted) or next(filter(None, (_form(n, answer[n], wanted[n]) for n in wanted)), None)
        if said:
            slip = "whole-numbers" if "whole numbers" in said else None
            return not_yet(said, slip, (partial(_same_form, trial, said),))
    looks = (
        _precision, measured, whole_numbers, cut_to_a_length, _factor, _fixed_rate, step_factor, _clipped, bent_numbers,
        dealt_with, _unmoved, zero_arrays, with_a_term, of_one_length, length_of_each, in_another_order, step_of_pass,
        looked_ahead,
    )  # fmt: skip
    found = (look(exercise, pairs) for look in looks)
    return next(filter(None, found), None) or _where(exercise, pairs, evidence)


def _same_form(trial: Trial, said: str, evidence: Evidence) -> bool:
    """Whether the answer to this network is still of that form."""
    answer, wanted = evidence.given(trial), evidence.right(trial)
    forms = () if answer is None else (_form(name, answer[name], wanted[name]) for name in wanted if name in answer)
    return answer is not None and said in (_layers(answer, wanted), *forms)


def _layers(answer: Answer, wanted: Answer) -> str | None:
    missing, extra = [n for n in wanted if n not in answer], [n for n in answer if n not in wanted]
    if missing:
        there = f"; what you return has {listed(extra)} instead" if extra else ""
        return f"{listed(missing)} {are(missing)} missing{there}. Which layers does your function visit?"
    if extra:
        return f"You return {listed(extra)}, but the network has no such layer. Which layers does your function visit?"
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
        return f"{name} contains {what}. Which step divides by zero, or raises e to a very large power?"
    if values.dtype.kind in "biu":
        return f"{name} contains only whole numbers. What happens to decimals stored in an array of integers?"
    return None


def _precision(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    claim = everywhere(lambda answer, wanted, case: _nearly(answer, wanted))
    if not all(_nearly(answer, wanted) for _, answer, wanted in pairs):
        return None
    return not_yet(
        f"{exercise.symbol} is nearly right, to a few digits: where is precision lost, in a difference quotient,"
        f" by rounding, or by storing numbers with too few digits?",
        "nearly-right",
        (claim,),
    )


def _nearly(answer: Answer, wanted: Answer) -> bool:
    """Right but for a small share of the largest entry, or for what rounding to some decimals does."""
    off = max(float(np.abs(answer[name] - wanted[name]).max()) for name in wanted)
    return off <= _NEARLY * min(float(np.abs(wanted[name]).max()) for name in wanted) or any(
        all(np.abs(answer[n] - np.round(wanted[n], decimals)).max() <= 1e-9 for n in wanted) for decimals in range(2, 9)
    )


def _factor(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether all is right but for a factor, which may depend on how many examples, outputs or layers there are."""
    factors = [common_factor(answer, wanted) for _, answer, wanted in pairs]
    cases = [trial.case for trial, _, _ in pairs]
    if not all(factors):
        return _factor_of_some(pairs)
    if found := formula_of(cases, factors):
        return not_yet(
            f"{exercise.symbol} is {found.words} times what it should be, everywhere: where does the factor come from?",
            "constant-factor",
            (multiplied(found.value),),
        )
    if all(values.size == 1 for _, answer, _ in pairs for values in answer.values()):
        return None  # of one number that is always so
    return not_yet(
        f"{exercise.symbol} is right except for a factor, which differs from network to network: what is"
        " that factor made of in your code?",
        "constant-factor",
        (everywhere(lambda answer, wanted, case: common_factor(answer, wanted) is not None),),
    )


def _factor_of_some(pairs: Pairs) -> Verdict | None:
    """Whether some arrays have a factor, each the same in all networks, and all others are right."""
    found: dict[str, set[float | None]] = {}
    for _, answer, wanted in pairs:
        for name in wanted:
            factor = common_factor({name: answer[name]}, {name: wanted[name]})
            found.setdefault(name, set()).add(factor and float(f"{factor:.6g}"))
    factors = {name: values.pop() for name, values in found.items() if len(values) == 1}
    if len(factors) < len(found) or None in factors.values():
        return None
    odd = {name: factor for name, factor in factors.items() if factor != 1}
    said = listed([f"{name} is {factor:g} times what it should be" for name, factor in odd.items()])
    claim = everywhere(lambda answer, wanted, case: all(_scaled(answer, wanted, name, factors) for name in wanted))
    return not_yet(f"{said}; everything else is right. Where does the factor come from?", "constant-factor", (claim,))


def _scaled(answer: Answer, wanted: Answer, name: str, factors: dict[str, float | None]) -> bool:
    return _near({name: answer[name]}, {name: (factors.get(name) or 1) * wanted[name]})


def _fixed_rate(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether every step is the gradient times one and the same number, whatever η is."""
    if exercise.name not in STEPS:
        return None
    lengths = [_length(exercise, *pair) for pair in pairs]
    if not all(lengths) or not np.allclose(lengths, lengths[0], rtol=1e-5):  # pyright: ignore[reportArgumentType]
        return None
    return not_yet(
        f"Your step is {lengths[0]:.4g} times the gradient, whatever η is."
        f" Which argument decides how long the step is?",
        "forgot-learning-rate",
        (partial(_has_length, exercise, lengths[0]),),
    )


def _length(exercise: Exercise, trial: Trial, answer: Answer, wanted: Answer) -> float | None:
    """By which number the gradient was multiplied to make the step."""
    factor = common_factor(*steps_made(answer, wanted, trial.case))
    return factor and factor * exercise.originals(trial)[-1]


def _has_length(exercise: Exercise, length: float | None, evidence: Evidence) -> bool:
    pairs = ((each, evidence.given(each)) for each in evidence.trials)
    found = [_length(exercise, each, answer, evidence.right(each)) for each, answer in pairs if answer]
    return all(each and length and abs(each / length - 1) < 1e-5 for each in found)


def _clipped(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether all that is wrong has been cut off at one size, in a step that of the gradient."""
    made = as_gradients(exercise, pairs)
    bound = max(float(np.abs(values).max()) for _, answer, _ in made for values in answer.values())
    claim = partial(_cut, exercise, bound)
    if not claim(pairs):
        return None
    what = "Your gradient" if exercise.name in STEPS else exercise.symbol
    return not_yet(
        f"{what} is cut off at ±{bound:.4g}; below that it is right. Which line limits the numbers?",
        "clipped",
        (on_pairs(claim),),
    )


def _cut(exercise: Exercise, bound: float, pairs: Pairs) -> bool:
    return all(
        np.allclose(answer[n], np.clip(wanted[n], -bound, bound), rtol=1e-6, atol=1e-9)
        for _, answer, wanted in as_gradients(exercise, pairs)
        for n in wanted
    )


def _unmoved(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether all entries of w and b that are wrong are the old ones."""
    if exercise.name not in STEPS:
        return None
    never = [_near(answer, {n: old_value(each.case, n) for n in wanted}) for each, answer, wanted in pairs]
    if any(never) and all(_right_or_unmoved(answer, wanted, each.case) for each, answer, wanted in pairs):
        return not_yet(
            f"In {sum(never)} of {len(pairs)} networks your w and b have not moved at all; in the others your step is"
            f" right. Under which condition does your function take no step?",
            "step-not-taken",
            (everywhere(_right_or_unmoved),),
        )
    claim = everywhere(lambda answer, wanted, case: all(_right_or_old(answer[n], wanted[n], case, n) for n in wanted))
    if not all(_right_or_old(answer[n], wanted[n], each.case, n) for each, answer, wanted in pairs for n in wanted):
        return None
    return not_yet(
        "Some entries have not moved; all the others are right. Which entries of each layer does your loop reach?",
        "entries-not-moved",
        (claim,),
    )


def _right_or_unmoved(answer: Answer, wanted: Answer, case: Case) -> bool:
    return _near(answer, wanted) or _near(answer, {n: old_value(case, n) for n in wanted})


def _right_or_old(values: np.ndarray, wanted: np.ndarray, case: Case, name: str) -> bool:
    old = old_value(case, name)
    return bool((np.isclose(values, wanted, rtol=1e-6, atol=1e-12) | (values == old)).all())


def _where(exercise: Exercise, pairs: Pairs, evidence: Evidence) -> Verdict:
    symbol, fine = exercise.symbol, [_near(answer, wanted) for _, answer, wanted in pairs]
    looks = (examples_mixed, examples_that_count_more, pooled_otherwise)
    if found := next(filter(None, (look(exercise, evidence) for look in looks)), None):
        return found
    for slip, kind, of_a_layer, said in _ONLY_RIGHT:
        if (of_a_layer or exercise.name not in _LAYER) and fine == [kind(trial.case) for trial, _, _ in pairs]:
            verdict = not_yet(f"{symbol} is right {said}", slip, (_right_only(kind),))
            return _for_two(verdict, symbol, evidence)
    if found := step_that_is_wrong(exercise, evidence):
        return found
    for slip, part, said in _ONLY_WRONG if exercise.name in ("backprop", *STEPS) else ():
        if all(_right_in(part, answer, wanted, trial.case) for trial, answer, wanted in pairs):
            return not_yet(said, slip, (everywhere(partial(_right_in, part)),))
    few, part = of_few_factors(exercise, pairs), part_that_is_wrong(exercise, evidence)
    if few and (part is None or part.slip == "wrong-factor"):
        return few
    if found := part or _levelled(exercise, pairs):
        return found
    trial, answer, wanted = pairs[fine.index(False)]
    good = [n for n in wanted if _near({n: answer[n]}, {n: wanted[n]})]
    bad = [n for n in wanted if n not in good]
    off = [~np.isclose(answer[n], wanted[n], rtol=1e-6, atol=0) for _, answer, wanted in pairs for n in wanted]
    wrong, all_ = sum(int(each.sum()) for each in off), sum(each.size for each in off)
    if good:
        said = (
            f"In a network with {len(trial.case.parameters.layers)} layers, {listed(good)} {are(good)} right,"
            f" {listed(bad)} {are(bad)} not. Which step do only the wrong ones pass through?"
        )
    elif all_ == len(pairs):
        said = (
            f"{symbol} is a single number, but not the right one yet for {wrong} of {all_} networks:"
            f" what do you get by hand for one example?"
        )
    elif wrong == all_:
        said = f"{symbol} has the right shape, but no entry is right yet: what do you get for one of them by hand?"
    else:
        said = f"{symbol} has the right shape, but {wrong} of {all_} entries are wrong: what do these have in common?"
    return not_yet(said, None, (partial(_right_there, trial, good),))


def _levelled(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether all numbers in a row of a table are the same, or in a column."""
    if exercise.name not in ("weighted_input", "bp1", "bp2", "bp4"):
        return None
    for line, across, axis in (("row", "column", 1), ("column", "row", 0)):
        level = everywhere(lambda answer, wanted, case, axis=axis: all(_is_level(answer[n], axis) for n in wanted))
        if all(_is_level(answer[n], axis) for _, answer, wanted in pairs for n in wanted):
            said = f"In {exercise.symbol}, all numbers in a {line} are the same. Which step makes no difference between"
            return not_yet(f"{said} one {across} and another?", f"one-number-a-{line}", (level,))
    return None


def _is_level(values: np.ndarray, axis: int) -> bool:
    return bool((np.ptp(values, axis=axis) <= 1e-9 * np.abs(values).max(initial=0)).all())


def _right_in(part: Callable[[str, Case], bool], answer: Answer, wanted: Answer, case: Case) -> bool:
    """Whether the arrays of these names are right."""
    some = [name for name in wanted if part(name, case)]
    return bool(some) and all(_near({name: answer[name]}, {name: wanted[name]}) for name in some)


def _right_only(kind: Callable[[Case], bool]) -> Claim:
    return everywhere(lambda answer, wanted, case: _near(answer, wanted) == kind(case))


def _for_two(verdict: Verdict, symbol: str, evidence: Evidence) -> Verdict:
    """The same where it speaks of several examples, if it holds of two as well."""
    if verdict.slip != "single-example-only" or not _right_for_two(evidence):
        return verdict
    said = "is right for one example and for two, but not for more: what does your code do with a third column?"
    return not_yet(f"{symbol} {said}", verdict.slip, (*verdict.claims, _right_for_two))


def _right_for_two(evidence: Evidence) -> bool:
    """Whether the answer is right for the first two examples of each network."""
    cases = [(each.case.parameters, each.case.x[:, :2], each.case.y[:, :2], each.rate) for each in evidence.trials]
    twos = [Trial(Case(parameters, x, y), rate) for parameters, x, y, rate in cases if x.shape[1] == 2]
    return all((given := evidence.given(two)) is not None and _near(given, evidence.right(two)) for two in twos)


def _right_there(trial: Trial, good: Sequence[str], evidence: Evidence) -> bool:
    """Whether these arrays, and no others, are right in this network."""
    answer, wanted = evidence.given(trial) or {}, evidence.right(trial)
    return [name for name in wanted if _near({name: answer[name]}, {name: wanted[name]})] == list(good)


def _near(answer: Answer, wanted: Answer) -> bool:
    return all(np.allclose(answer[name], wanted[name], rtol=1e-6, atol=1e-12) for name in wanted)

"""Finds the learner's first line whose result is no quantity of the right pass, by watching what each line makes.

What a line makes is told apart by its numbers alone, whatever their order, their sign, or a factor 1/m: so loops,
lists, columns, transposes and classes are seen alike. Where a slip was recognized, its own wrong numbers are looked
for; where none was, the numbers that nothing right is made of. In doubt no line is named.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.exercises.exercise import EXERCISES, Exercise
from backprop_lab.exercises.known_numbers import (
    Numbers,
    alike,
    input_numbers,
    of_some_examples,
    right_numbers,
    same,
    stages_of,
    wrong_numbers,
)
from backprop_lab.exercises.lines.origins import EARLIER, ODD, negative, overwritten, turned
from backprop_lab.exercises.lines.watch import MOST, Made, Watch, followed, in_own_lines, line_of, returns, source
from backprop_lab.exercises.networks import Trial, trials, watched
from backprop_lab.exercises.recognition import Suspect, agrees, attempt, first_alone, right_answer, wrong_answer
from backprop_lab.exercises.running.sandbox import Outcome

_OF_PLAIN = (
    "prediction-rounded",
    "targets-rounded",
    "starts-at-one",
    "not-proportional",
)  # slips that make arrays of 0 and 1
_TURNS = re.compile(r"\breshape\(|\.T\b|transpose|\bNone\b|newaxis")  # what may make a row of a column
_EMPTY = re.compile(r"\bempty(_like)?\(")  # what is in such an array was there before
_MEASURED = ("coarse-quotient", "nudge-not-taken-back", "quotient-not-halved", "nearly-right")  # what is said then


def first_wrong_line(
    exercise: Exercise, f: Callable[..., Any], suspect: Suspect | None = None, line_of_error: str = "",
    slip: str | None = None,
) -> str | None:  # fmt: skip
    """The line, stripped, or None where it is not clear which.

    Parameters
    ----------
    suspect : the slips that give the learner's answers, if they are known
    line_of_error : where the function failed, if it did; it is taken where no network shows more
    slip : the name of what was said, where the line that makes such numbers is another than the first strange one
    """
    for trial in (*watched(), trials()[-2]):  # the last one for what shows in large numbers only
        watch = Watch()
        observe = in_own_lines(f, watch) if slip == "gradient-elsewhere" else watch
        outcome = followed(f, exercise.inputs(trial), observe)
        if outcome.ending == "returned" and len(watch.made) < MOST:
            if _is_right(exercise, trial, outcome):
                continue
            if (suspect or slip not in _MEASURED) and _is_nudged(watch.made, trial.case):
                return None  # C is measured, and that of other lines than those which do it
            if suspect and suspect.found[0].slip.name == "swapped-outputs":
                return watch.last if _swaps(exercise, watch.last) else None
            if not suspect and slip in ODD and (odd := ODD[slip](watch.made, trial.case)):
                return source(odd.file, odd.number)
            made = [
                each for each in watch.made if each.values.size and not _EMPTY.search(source(each.file, each.number))
            ]
            plain = next((each for each in made if _is_plain(each, slip)), None) if slip in _OF_PLAIN else None
            if plain and (line := source(plain.file, plain.number)):
                return line
            some = slip in ("examples-count-differently", "examples-mispaired")
            found = (
                _first_of(made, EXERCISES[exercise.name], trial, suspect)
                if suspect
                else _strange(made, exercise, trial, outcome, of_some_examples(trial) if some else None)
            )
            return (found and line_of(found)) or None
    return line_of_error or None


def _is_nudged(made: Sequence[Made], case: Case) -> bool:
    """Whether single numbers of w or of b are moved, and more of them than that of a scratch copy."""
    own = [each.ravel() for some in (case.parameters.w, case.parameters.b) for each in some.values() if each.size > 1]
    alike = ((each.values, old) for each in made for old in own if each.values.shape == old.shape)
    return sum(np.count_nonzero(new != old) == 1 for new, old in alike) > 2


def _is_plain(made: Made, slip: str | None) -> bool:
    """A table of 0 and 1; what is rounded has both."""
    some = bool(made.values.any()) if slip == "starts-at-one" else bool(np.ptp(made.values))
    return made.values.size > 1 and some and set(np.unique(made.values)) <= {0.0, 1.0}


def _is_right(exercise: Exercise, trial: Trial, outcome: Outcome) -> bool:
    answer = attempt(lambda: exercise.read(outcome.value))
    return bool(answer) and agrees(answer, right_answer(exercise.name, trial))


def _swaps(exercise: Exercise, line: str) -> bool:
    """Whether a line returns two names in the wrong order, such as nabla_b, nabla_w."""
    first, second = ("z", "a") if exercise.name == "forward" else ("w", "b")
    pair = rf"return \(?({second}\w*|\w*{second}s?), ({first}\w*|\w*{first}s?)\b(?![\[(])"
    return bool(re.match(pair, line, re.IGNORECASE))


def _strange(
    made: list[Made], exercise: Exercise, trial: Trial, outcome: Outcome, others: Numbers | None
) -> Made | None:
    """Where no slip is known; some other numbers are right as well."""
    answer, wanted = attempt(lambda: exercise.read(outcome.value)) or {}, right_answer(exercise.name, trial)
    fine = [name for name, values in answer.items() if name in wanted and same(values, wanted[name])]
    wrong = [values for name, values in answer.items() if name not in fine]
    ends = Numbers(np.concatenate([np.ravel(answer[name]) for name in fine] or [np.empty(0)]))
    house = EXERCISES[exercise.name]  # whose arrays, in another notation, are the same numbers in another order
    right = right_numbers(house, trial)
    right = right.joined(others.values) if others else right
    found = strange(made, wrong, right, input_numbers(house, trial), ends)
    back = [stage.ravel() for name, stage in stages_of(house, {}, trial).items() if name[0] == "δ"]
    if found and not found.returned and any(alike(found.values, each) for each in back):
        return next((each for each in reversed(made) if each.returned), found)  # right there, and no answer
    return found


def makes_activations(exercise: Exercise, f: Callable[..., Any]) -> bool:
    """Whether the right a of every layer are made on the way, and z is put nowhere after the last."""
    watch, trial = Watch(), watched()[0]
    followed(f, exercise.inputs(trial), watch)
    passed, last = trial.case.forward_pass, trial.case.parameters.layers[-1]
    layers = {n: a.ravel() for n, a in passed.a.items() if n}
    made = {n: [at for at, each in enumerate(watch.made) if alike(each.values, a)] for n, a in layers.items()}
    if not all(made.values()):
        return False
    return not any(alike(each.values, passed.z[last].ravel()) for each in watch.made[made[last][0] :])


def strange(
    made: Sequence[Made], wrong: Sequence[Array], right: Numbers, given: Numbers, ends_well: Numbers | None = None
) -> Made | None:
    """The first thing of no right numbers on the way to an array that is wrong in the end.

    `ends_well` are the right arrays of the answer: that they are made later does not clear what was made before.
    """
    made = [each for each in made if not each.put]
    ends = [at for at, each in enumerate(made) if any(alike(each.values, values) for values in wrong)]
    made = made[: ends[0] + 1] if ends else made
    done = given.joined(ends_well.values) if ends_well else given
    found = [at for at in (_unknown(made, right, done), _levelled(made, right)) if at is not None]
    made_there = ends and not (made[-1].returned and len({each.number for each in made}) > 1)
    if not found and made_there and not Numbers.plain(made[-1].values):
        found = [ends[0]]  # made of right numbers all the same, such as those that were cut off
    return made[min(found)] if found else None


def _levelled(made: Sequence[Made], right: Numbers) -> int | None:
    """The first array of right numbers of which some became 0, or one limit, for good.

    Not one that a loop fills, no diagonal, and none that had ones set beside it.
    """
    last = {(each.file, each.number, each.values.size): at for at, each in enumerate(made)}
    for at in sorted(last.values()):
        sizes = np.abs(made[at].values)
        plain = np.unique(sizes[Numbers.are_plain(sizes)])
        level = int((sizes == plain[0]).sum()) if len(plain) == 1 else 0
        left = len(sizes) - level
        beside = level and plain[0] and _is_edged(sizes == plain[0]) and not _was_whole(made[:at], made[at], right)
        some = level > bool(level and plain[0]) and left > 1 and left**2 != len(sizes)
        if some and not beside and right.contains_all(sizes):
            return at
    return None


def _was_whole(before: Sequence[Made], now: Made, right: Numbers) -> bool:
    """Whether right numbers stood under its name where there are plain ones now."""
    some = (each.values for each in before if each.path == now.path and each.values.size == now.values.size)
    return any(right.contains_all(each) and not Numbers.are_plain(each).any() for each in some)


def _is_edged(plain: Array) -> bool:
    """Whether a row or a column at an edge of a table is so, and nothing else."""
    at = np.flatnonzero(plain)
    return len(at) > 1 and len(np.unique(np.diff(at))) == 1 and (at[0] == 0 or at[-1] == len(plain) - 1)


def _first_of(made: list[Made], exercise: Exercise, trial: Trial, suspect: Suspect) -> Made | None:
    """Of several slips what the first makes, if it makes that beside the others too: it is asked about."""
    alone = len(suspect.found) > 1 and suspect.found[0].slip.name not in ("doubled", "halved")
    first = first_alone(suspect) if alone else None
    found = _first(made, exercise, trial, first, beside_others=True) if first else None
    return found or _first(made, exercise, trial, suspect)


def _first(
    made: list[Made], exercise: Exercise, trial: Trial, suspect: Suspect, *, beside_others: bool = False
) -> Made | None:
    right, given = right_numbers(exercise, trial), input_numbers(exercise, trial)
    every, puts = made, [each for each in made if each.put]
    made = [each for each in made if not each.put]
    unknown = None if beside_others else _unknown(made, right, given)
    slips = {found.slip.name for found in suspect.found}
    if slips == {"sign-flipped"}:
        return negative(made, trial.case) if exercise.name == "quadratic" else turned(made, trial.case)
    stages = [stage.ravel() for stage in wrong_numbers(exercise, suspect, trial)]
    if not stages:
        return None
    stages = _without_mask(stages, made)
    m = trial.case.x.shape[1]
    start = stages[0] / (m if _holds_share(stages, made, m) else 1)
    if slips == {"transposed-gradient"}:
        tables = [each.ravel() for each in wrong_numbers(exercise, suspect, trial) if min(each.shape) > 1]
        return next((each for each in made if _is_times(each.values, tables, trial.case.x.shape[1])), None)
    if slips & {"examples-lost"} and (lost := overwritten(every, stages, trial.case.x.shape[1])):
        return lost
    if given.contains_all(stages[0]):  # an input where something else belongs: no line made it, one handed it on
        return _handed_on(made, stages, all(map(given.contains_all, stages)))
    factors = (1, m, 1 / m, 2, 1 / 2) if beside_others else (1, m, 1 / m)
    strange = Numbers(np.concatenate([stage * by for stage in stages for by in factors])).without(right)
    first = next((at for at, each in enumerate(made) if strange.contains_any(each.values)), len(made))
    if not strange.contains_any(start):  # right numbers in a wrong place: who put them there last?
        some = Numbers(start)
        whole = [np.array_equal(np.sort(each.values), np.sort(start)) for each in made[:first]]
        placed = [at for at in range(first) if whole[at] or some.contains_all(made[at].values)]
        placed = [at for at in placed if not made[at].returned] or placed[-1:]
        placed = [] if _is_made_once(start, [made[at] for at in placed], exercise, suspect, trial) else placed
        if slips == {"row-layout"}:
            texts = [source(each.file, each.number) for each in made]
            placed = [
                at for at, text in enumerate(texts) if _TURNS.search(text) and some.contains_all(made[at].values)
            ][-1:] or placed
        first = placed[-1] if placed else first
        last = [each for each in puts if alike(each.values, start) and not returns(each)]
        handed = [by for by in (1, m) if _is_handed_on(stages[0], by, exercise, suspect, trial)]
        if handed:
            asked = any(alike(start, each.ravel()) for each in right_answer(exercise.name, trial).values())
            if not last and 1 in handed and not asked:
                last = [each for each in made if each.returned and alike(each.values, start)]
            return last[-1] if last else made[first] if first < len(made) else None
        if slips == {"linear-output"} and len(placed) == 1 and last:  # made as z, and put where a belongs
            return last[-1]
    if unknown is not None and unknown < first:
        first = unknown
    usual = stages_of(exercise, {}, trial).values()
    other = [stage for stage in stages if usual and not any(alike(stage, each.ravel()) for each in usual)]
    signed = (at for at in range(first) if any(alike(made[at].values, stage) for stage in other))
    first = next(signed, first)
    if suspect.changes.keys() & {"batches", "rounds"}:  # what is right, and then moved again
        news = [new.ravel() for new in right_answer(exercise.name, trial).values()]
        done = [at for at, each in enumerate(made[:first]) if any(same(each.values, new) for new in news)]
        first = done[-1] if done else first
    earlier = _earlier(slips, made[: first + 1], trial, (1, 2, 1 / 2) if beside_others else (1,))
    first = first if earlier is None else earlier
    found = made[first] if first < len(made) else None
    return None if found and found.returned and slips == {"last-example-missing"} else found


def _earlier(slips: set[str], made: Sequence[Made], trial: Trial, factors: Sequence[float]) -> int | None:
    """Where a slip begins before its wrong numbers do, in numbers that another may have made so many times as large."""
    if not slips <= EARLIER.keys():
        return None
    look = EARLIER[min(slips)]
    found = (look([replace(each, values=each.values * by) for each in made], trial) for by in factors)
    return next((at for at in found if at is not None), None)


def _without_mask(stages: list[Array], made: Sequence[Made]) -> list[Array]:
    """The stages without the first ones of 0 and 1 that no line makes as numbers: they may be of truth values."""
    while len(stages) > 1 and Numbers.plain(stages[0]) and not any(alike(each.values, stages[0]) for each in made):
        stages = stages[1:]
    return stages


def _holds_share(stages: Sequence[Array], made: Sequence[Made], m: int) -> bool:
    """Whether a learner's δ holds 1/m from the start: what a slip makes is made divided by m, and not as it is."""
    return any(
        any(alike(each.values, stage / m) for each in made) and not any(alike(each.values, stage) for each in made)
        for stage in stages
    )


def _is_times(values: Array, tables: Sequence[Array], m: int) -> bool:
    """Whether it is one of these, in their order, or m times one."""
    return any(same(values, factor * each) for each in tables for factor in (1, m))


def _handed_on(made: Sequence[Made], stages: Sequence[Array], only: bool) -> Made | None:
    """Who took an input for an array of the answer, and nothing else; or who returned it, if only inputs are wrong."""
    for each in made:
        others = [other.values for other in made if (other.file, other.number) == (each.file, each.number)]
        if not each.returned and all(any(same(values, stage) for stage in stages) for values in others):
            return each
    return made[-1] if only and made and made[-1].returned else None


def _is_handed_on(stage: Array, m: int, exercise: Exercise, suspect: Suspect, trial: Trial) -> bool:
    """Whether a quantity of the right pass, z, a or δ, divided by m, is given as the answer to something else."""
    given = (wrong_answer(exercise.name, suspect, trial) or {}).values()
    some = ((stage, given), (m * stage, stages_of(exercise, {}, trial).values()))
    return all(any(same(own, each.ravel()) for each in others) for own, others in some)


def _is_made_once(start: Array, placed: Sequence[Made], exercise: Exercise, suspect: Suspect, trial: Trial) -> bool:
    """Whether z, a or δ was taken for ∇_a C, and only the line that should makes it: what is wrong is the next one."""
    part = suspect.changes.get("bp1")
    lines = {(each.file, each.number) for each in placed}
    usual = stages_of(exercise, {}, trial).values() if isinstance(part, dict) and "slope" in part else ()
    return len(lines) == 1 and any(alike(start, each.ravel()) for each in usual)


def _unknown(made: Sequence[Made], right: Numbers, given: Numbers) -> int | None:
    """The first thing with numbers that nothing right is made of, if nothing right is made after it."""
    known = [right.contains_all(each.values) for each in made]
    plain = [Numbers.plain(each.values) for each in made]
    done, last_right = given, -1
    for at, each in enumerate(made):
        if known[at] and not done.contains_all(each.values):
            last_right = at
            done = done.joined(each.values)
    odd = (at for at in range(last_right + 1, len(made)) if not known[at] and not plain[at])
    return next(odd, None)

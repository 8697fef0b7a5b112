"""The checker of the whole training loop: which way of training gives the learner's weights, the right one or a slip.

The order of the examples is the learner's own. The one that NumPy's generator draws is tried first; then, on three
examples, every order there is: so any way to shuffle is right, and none at all is seen.
"""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import replace
from functools import cache, partial
from typing import Any

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.exercises import feedback, parsing
from backprop_lab.exercises.exercise import Exercise
from backprop_lab.exercises.judge import Learners, at_the_door, called, guarded, judge, told_of_change, unfinished
from backprop_lab.exercises.known_numbers import Numbers
from backprop_lab.exercises.lines.by_slip import line_by_slip
from backprop_lab.exercises.lines.of_loop import (
    ARRAYS,
    ROWS,
    SIGNS,
    line_of_batches,
    line_of_empty_batch,
    line_of_one_epoch,
    line_of_outer_loop,
    line_of_steps,
    line_that_breaks,
    line_that_breaks_off,
    line_that_changes_rate,
    line_that_counts,
    line_that_draws,
    line_that_ends_early,
    line_that_returns,
    line_that_shuffles_once,
    line_that_shuffles_rows,
    line_that_strides,
    line_that_tears_apart,
    line_without_seed,
    numbers_of_steps,
)
from backprop_lab.exercises.lines.text import line_that_says
from backprop_lab.exercises.lookup import Table, table
from backprop_lab.exercises.loop_steps import alike, looked_into, number_of_steps
from backprop_lab.exercises.parsing import Answer, finite
from backprop_lab.exercises.recognition import agrees, tolerance_of
from backprop_lab.exercises.result import CheckResult
from backprop_lab.exercises.slips.loop import RIGHT, SLIPS, Order, Run, Way, ends_of_an_epoch
from backprop_lab.exercises.verdict import Verdict, not_yet
from backprop_lab.parameters import Layers, Parameters

EVERY = 6  # orders that three examples have
SMALL = 10  # runs with so few examples that all their orders can be tried
_OF_THE_LOOP = (  # slips of a step that are the loop's, though a function that it calls makes the numbers
    "constant-factor", "wrong-length", "several-steps", "sum-not-mean", "forgot-learning-rate", "divided-twice",
    "learning-rate-twice", "examples-count-differently", "nothing-changed", "entries-not-moved", None,
)  # fmt: skip
_OF_BATCHES = (None, "nothing-changed", "single-example-only")  # perhaps since mini-batches begin in wrong places
_NO_LINE = (
    "seed-not-used", "not-shuffled", "orders-missing", "few-examples-only", "input-changed",
)  # fmt: skip
_LINES = {
    "shuffled-once": line_that_shuffles_once,
    "pairs-torn-apart": line_that_tears_apart,
    **dict.fromkeys(("batches-overlap", "examples-skipped", "batches-at-fixed-places"), line_that_strides),
    "loops-in-wrong-order": line_of_outer_loop,
    "last-batch-missing": line_that_ends_early,
    "rows-counted": partial(line_that_counts, ROWS),
    "pair-counted": partial(line_that_counts, ARRAYS),
    "features-shuffled": line_that_shuffles_rows,
    "not-from-the-seed": line_without_seed,
    "drawn-with-replacement": line_that_draws,
    "ends-early": line_that_breaks,
    "first-batch-only": line_that_breaks_off,
    "one-epoch-only": line_of_one_epoch,
    "returns-too-early": line_that_returns,
}
_READ = parsing.layers("w", "b")


def check_training_loop(f: Learners) -> CheckResult:
    """Check a learner's `f(w, b, x, y, learning_rate, epochs, batch_size, seed) → (w, b)`: the loop as a whole.

    In each epoch the examples are shuffled, cut into mini-batches of `batch_size` (the last may be smaller), and each
    of these moves the weights once. Sigmoid and the quadratic cost. The same seed gives the same result, another one
    another order.
    """
    return guarded(_judged, EXERCISE, f).shown()


def _right(
    w: Layers, b: Layers, x: Any, y: Any, learning_rate: float, epochs: int, batch_size: int, seed: int
) -> tuple[Layers, Layers]:
    return RIGHT.result(Run(w, b, x, y, learning_rate, epochs, batch_size, seed))


EXERCISE = Exercise(
    "training_loop", "the training", "w, b, x, y, learning_rate, epochs, batch_size, seed", _right, _right, _READ,
    lambda case, rate: _arguments(runs()[0]),
)  # fmt: skip


@cache
def runs() -> tuple[Run, ...]:
    """Three examples in mini-batches of two, with many seeds, and of one; four in threes; more; then all at once.

    The first three have one epoch, of which few orders have to be tried. Before the larger ones come copies, of which
    no order matters: they show how many steps there are. The last has three layers, for what goes back through two
    only, and a learning rate so large that the cost rises now and then, for what stops at that.
    """
    few = _case((2, 3, 1), 3, 21)
    small = [_run(few, 2.0, 2 if seed > 2 else 1, 2 if seed < SMALL - 2 else 1, seed) for seed in range(SMALL - 1)]
    small.append(_run(_case((2, 2, 1), 4, 24), 2.0, 1, 3, SMALL - 1))
    copies = alike(_run(_case((3, 2, 2), 4, 23), 1.5, 2, 2, 7), 9)
    return (
        *small,
        copies,
        _run(_case((2, 4, 3), 7, 22), 1.5, 2, 3, 5),
        _run(_case((3, 2, 2, 2), 4, 43), 35.0, 8, 4, 6),
    )


def _case(sizes: tuple[int, ...], m: int, seed: int) -> Case:
    rng = np.random.default_rng(seed)
    layers = range(1, len(sizes))
    w = {layer: rng.uniform(-1.6, 1.6, (sizes[layer], sizes[layer - 1])) for layer in layers}
    b = {layer: rng.uniform(-0.9, 0.9, (sizes[layer], 1)) for layer in layers}
    return Case(Parameters(w, b), rng.uniform(-1.5, 1.5, (sizes[0], m)), rng.uniform(0.05, 0.95, (sizes[-1], m)))


def _run(case: Case, learning_rate: float, epochs: int, batch_size: int, seed: int) -> Run:
    w, b = dict(case.parameters.w), dict(case.parameters.b)
    return Run(w, b, case.x, case.y, learning_rate, epochs, batch_size, seed)


def _arguments(run: Run) -> tuple[Any, ...]:
    return deepcopy(tuple(getattr(run, name) for name in EXERCISE.names))


def _judged(exercise: Exercise, f: Learners) -> Verdict:
    if (told := at_the_door(exercise, f, _arguments(runs()[0]))) is not None:
        return told
    answers: list[Answer] = []
    for each in (*runs(), runs()[0], runs()[-2]):
        done = called(exercise, f, _arguments(each), _arguments(each))
        if unfinished(done.outcome):
            return feedback.not_attempted()
        if done.outcome.gave_up:
            return feedback.stopped(done.outcome, [])
        if done.changed:
            return told_of_change(exercise, f, done.changed, _arguments(each), _arguments(each))
        if done.answer is None:
            return feedback.failed(done.outcome, exercise, _arguments(each))
        answers.append(done.answer)
    with np.errstate(all="ignore"):
        verdict = _compared(f, answers)
        return feedback.with_line(verdict, _line(f, verdict), f) if verdict.status == "not yet" else verdict


def _line(f: Learners, verdict: Verdict) -> str | None:
    """The line that is wrong: one that picks a mini-batch, one of a step, or one of the loop."""
    if verdict.slip == "input-changed" and (line := line_that_shuffles_rows(f, _arguments, runs()[-2])):
        return line
    if verdict.line or verdict.slip in _NO_LINE or "stopped at the line" in verdict.message:
        return verdict.line
    if verdict.slip in SIGNS:
        return line_that_says(SIGNS[verdict.slip], f)
    if verdict.slip == "starts-anew":
        return line_by_slip(verdict.slip, EXERCISE, f)
    if verdict.slip in _LINES:
        return _LINES[verdict.slip](f, _arguments, runs()[-2])
    if verdict.slip == "not-finite" and (line := line_of_empty_batch(f, _arguments, runs()[-2])):
        return line
    if verdict.slip in ("examples-count-differently", "single-example-only") and (
        line := line_by_slip("examples-lost", EXERCISE, f)
    ):
        return line
    if (batches := line_of_batches(f, _arguments, runs()[-2])) is not None:
        return batches or None
    if verdict.slip == "learning-rate-changes" and (line := line_that_changes_rate(f, _arguments, runs()[-2])):
        return line
    if verdict.slip == "wrong-number-of-steps":  # each of them is right
        return line_that_counts(ROWS, f, _arguments, runs()[-2])
    steps = (line_of_steps(f, _arguments, each, *_numbers(at)) for at, each in enumerate(_orderless()))
    return next(filter(None, steps), None)


@cache
def _orderless() -> tuple[Run, ...]:
    """Runs in which the order of the examples does not matter: all in one mini-batch; all alike, in several."""
    several = runs()[-2]
    return replace(several, batch_size=several.examples, epochs=3), alike(several, several.examples)


@cache
def _numbers(at: int) -> tuple[Numbers, Numbers]:
    return numbers_of_steps(_orderless()[at])


def _compared(f: Learners, answers: list[Answer]) -> Verdict:
    *first, again, larger_again = answers
    if _gives(RIGHT, first):
        return _correct()
    if not all(map(finite, answers)):
        return not_yet(
            "Some of the weights you return are not finite. A mini-batch with no examples does that: its mean is 0"
            " divided by 0. How many columns does each of your mini-batches have, including the last one?",
            "not-finite",
        )
    if not (agrees(again, first[0]) and agrees(larger_again, first[-2])):
        return not_yet(
            "Called twice with the same seed, your function gives two different results: where do its random numbers"
            " come from, and what is `seed` for?",
            "not-from-the-seed",
        )
    for way in SLIPS:
        if way.orders is RIGHT.orders and _gives(way, first):
            return _slipped(way)
    found = _orders(RIGHT, first)
    if found is not None and not _is_drawn_by_numpy(RIGHT, found) and _fits_where_order_is_nothing(RIGHT, first):
        return _by_order(f, first)
    for way in SLIPS:
        if way.orders is not RIGHT.orders and found is not None:
            continue  # the order is right where it shows
        there = _orders(way, first)
        if (
            there is not None
            and not _is_drawn_by_numpy(way, there)
            and _fits_where_order_is_nothing(way, first)
            and (not way.repeats or _repeat(there))
        ):
            return _slipped(way)
    return _unknown(f)


def _gives(way: Way, answers: list[Answer], *, shuffled: bool = True) -> bool:
    """Whether it gives these answers in the order that NumPy's generator draws, or in the stored one."""
    pairs = zip(runs(), answers, strict=True)
    return all(agrees(answer, _READ(way.result(each, None if shuffled else each.stored()))) for each, answer in pairs)


def _fits_where_order_is_nothing(way: Way, answers: list[Answer]) -> bool:
    """Whether it gives the answers of the larger runs in which it leads to the same whatever the order is.

    With other orders than those of the examples, these are the copies only.
    """
    larger = [*zip(runs(), answers, strict=True)][SMALL : None if way.orders is RIGHT.orders else SMALL + 1]
    for each, answer in larger:
        there = [tuple(range(each.examples))] * each.epochs
        ends = [_READ(way.result(each, [(one, one) for one in some])) for some in (there, [o[::-1] for o in there])]
        if agrees(*ends) and not agrees(answer, ends[0]):
            return False
    return True


def _orders(way: Way, answers: list[Answer]) -> list[list[tuple[Order, ...]]] | None:
    """For each run with few examples the orders in which it gives the answer; None where there is none."""
    found = []
    for each, answer in zip(runs()[:SMALL], answers, strict=False):
        if way.repeats and each.epochs > 1 and each.batch_size > 1:
            found.append([])  # the others tell as much, in less time
            continue
        if not (fitting := _fitting(way, each.seed, answer)):
            return None
        found.append(fitting)
    return found


def _fitting(way: Way, at: int, answer: Answer) -> list[tuple[Order, ...]]:
    every, like = _all_results(way, at), _table(way, at).like(answer, tolerance_of(answer))
    return [every[place][0] for place in like if agrees(answer, every[place][1])]


@cache
def _all_results(way: Way, at: int) -> tuple[tuple[tuple[Order, ...], Answer], ...]:
    return tuple((orders, _READ(end)) for orders, end in way.results(runs()[at]))


@cache
def _table(way: Way, at: int) -> Table:
    return table(end for _, end in _all_results(way, at))


def _is_drawn_by_numpy(way: Way, found: list[list[tuple[Order, ...]]]) -> bool:
    """Whether all small runs fit the orders that NumPy's generator draws: then the larger ones, which do not, count."""
    drawn = zip(runs(), found, strict=False)
    return way.orders is RIGHT.orders and all(tuple(each.orders()[: way.some]) in fitting for each, fitting in drawn)


def _repeat(found: list[list[tuple[Order, ...]]]) -> bool:
    """Whether in some run an example has to be in two mini-batches of an epoch."""
    every = [(each.batch_size, fitting) for each, fitting in zip(runs(), found, strict=False)]
    return any(all(_in_two(size, orders) for orders in fitting) for size, fitting in every if fitting)


def _in_two(size: int, orders: tuple[Order, ...]) -> bool:
    cut = ([{*places[at : at + size]} for at in range(0, len(places), size)] for places, _ in orders)
    return any(sum(map(len, batches)) > len(set().union(*batches)) for batches in cut)


def _by_order(f: Learners, answers: list[Answer]) -> Verdict:
    """All is right but perhaps the order: its two epochs with many seeds, of which nothing else is different."""
    if _gives(RIGHT, answers, shuffled=False):
        return not_yet(
            "In every epoch, the examples come in the order in which they are stored. Which line should shuffle them?",
            "not-shuffled",
        )
    if (drawn := _drawn(f)) is None:
        return _unknown(f)
    stored = (0, 1, 2)
    for epoch, orders in zip(("first", "second"), zip(*drawn, strict=True), strict=True):
        if len({*orders}) == 1:
            what = "the order in which they are stored," if orders[0] == stored else "the same order"
            return not_yet(
                f"In the {epoch} epoch, three examples come in {what} whatever `seed` is. Is an order drawn before the"
                f" first mini-batch of that epoch is cut, and from what?",
                "seed-not-used",
            )
    moves = {tuple(first.index(place) for place in second) for first, second in drawn}
    if moves == {stored}:
        return not_yet(
            "The examples come in the same order in every epoch. Where is the order drawn, and where is the generator"
            " made: before the loop over the epochs, or in it?",
            "shuffled-once",
        )
    if len(moves) == 1:
        return not_yet(
            "The order of the second epoch is that of the first, with its places changed in the same way whatever"
            " `seed` is. Which line should draw a new order in each epoch?",
            "shuffled-once",
        )
    if len({each for both in drawn for each in both}) < EVERY:  # that is so now and then where all have their chance
        drawn += _drawn(f, range(SMALL, 4 * SMALL)) or []
    if (some := len({each for both in drawn for each in both})) < EVERY:
        return not_yet(
            f"With {len(drawn)} seeds, three examples come in {some} of their {EVERY} orders only. Which examples can"
            f" your shuffling bring to which places?",
            "orders-missing",
        )
    larger = _one_epoch()
    answer = _answer(f, larger)
    if answer is None or not any(agrees(answer, end) for end in _its_ends()):
        return not_yet(
            f"With 3 and with 4 examples your loop trains as it should; with {larger.examples} in mini-batches of"
            f" {larger.batch_size}, an epoch leads to weights that no order of them gives. Which line depends on how"
            f" many examples there are?",
            "few-examples-only",
        )
    return _correct()


def _one_epoch() -> Run:
    """A run that has so many mini-batches of several examples that not all orders are tried, but all of these."""
    return replace(runs()[-2], epochs=1)


@cache
def _its_ends() -> tuple[Answer, ...]:
    run = _one_epoch()
    return tuple(_READ(end) for end in ends_of_an_epoch(run, (run.w, run.b), frozenset(range(run.examples))))


def _drawn(f: Learners, seeds: Iterable[int] = range(SMALL)) -> list[tuple[tuple[int, ...], ...]] | None:
    """The orders of both epochs with many seeds, where each mini-batch is one of three examples."""
    at, drawn = SMALL - 2, []
    for seed in seeds:
        answer = _answer(f, replace(runs()[at], seed=seed))
        if answer is None or not (fitting := _fitting(RIGHT, at, answer)):
            return None
        drawn.append(tuple(tuple(places) for places, _ in fitting[0]))
    return drawn


def _correct() -> Verdict:
    return Verdict(
        "correct",
        f"Your loop trains as it should, in {len(runs())} runs, with mini-batches of equal and of unequal size.",
    )


def _slipped(way: Way) -> Verdict:
    return not_yet(f"{way.says} {way.asks}", way.name)


def _unknown(f: Learners) -> Verdict:
    """Whether one step is wrong already: all examples in one mini-batch, once."""
    step = judge("training_step", lambda w, b, x, y, rate: f(w, b, x, y, rate, 1, x.shape[1], 0))
    none = step.status == "not yet" and step.slip in _OF_BATCHES
    if none and (steps := number_of_steps(partial(_answer, f), runs()[-2])):
        return steps
    if step.status == "not yet":
        of_step = step.message.split(" The first line to look at")[0] if step.slip in _OF_THE_LOOP else step.message
        said = f"Even a single step on one mini-batch of all the examples is not right. {of_step}"
        found = not_yet(said, step.slip)
        return found if step.slip in _OF_THE_LOOP else replace(found, line=step.line)
    return looked_into(partial(_answer, f), *runs()[-2:]) or not_yet(
        "One step on one mini-batch of all the examples is right; many steps on smaller ones are not. For 3 examples"
        " and mini-batches of 2, which columns does each step of an epoch use, and which weights does it start from?"
    )


def _answer(f: Learners, run: Run) -> Answer | None:
    return called(EXERCISE, f, _arguments(run), _arguments(run)).answer

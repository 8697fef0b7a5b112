"""What a training loop does that no slip does: its second step, how many there are, how often each example counts.

Each is seen where nothing else can be wrong: all examples in one mini-batch, examples that are all alike, and a
learning rate so small that the weights stay where they are.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.costs import quadratic
from backprop_lab.drawing.markup import counted
from backprop_lab.exercises.parsing import Answer, finite
from backprop_lab.exercises.slips.loop import Run, Weights, cuts, gradient, moved
from backprop_lab.exercises.verdict import Verdict, not_yet
from backprop_lab.exercises.words import listed
from backprop_lab.network import forward
from backprop_lab.parameters import Parameters

Call = Callable[[Run], Answer | None]
_SMALL = 1e-5  # of a learning rate: what it does is linear, to four digits


def looked_into(call: Call, run: Run, at_once: Run) -> Verdict | None:
    """Say what a loop does of which a single step is right; one run has more than two examples, one all in a batch."""
    if found := _lowest(call, at_once):
        return found
    looks = (_mean_of_weights, _second_step, number_of_steps, _length_of_two, _how_often)
    return next(filter(None, (look(call, run) for look in looks)), None) or _steps_in(call, at_once)


def _flat(layers: Weights) -> Array:
    return np.concatenate([values.ravel() for each in layers for values in each.values()])


def _ended(answer: Answer | None, run: Run) -> Array | None:
    names = [f"{kind}[{n}]" for kind in "wb" for n in run.w]
    if answer is None or answer.keys() != {*names} or not finite(answer):
        return None
    return np.concatenate([answer[n].ravel() for n in names])


def _whole(run: Run, weights: Weights) -> Weights:
    """The gradient of all examples."""
    order = tuple(range(run.examples))
    return gradient(run, weights, (order, order), slice(None))


def alike(run: Run, examples: int) -> Run:
    """So many copies of the first example."""
    return replace(run, x=np.repeat(run.x[:, :1], examples, axis=1), y=np.repeat(run.y[:, :1], examples, axis=1))


def _lowest(call: Call, run: Run) -> Verdict | None:
    """Whether what comes back are the weights of the lowest cost on the way, however many epochs there are."""
    way = [(run.w, run.b)]
    for _ in range(run.epochs + 2):
        way.append(moved(run, way[-1], [_whole(run, way[-1])]))
    costs = [quadratic(forward(Parameters(dict(w), dict(b)), run.x).prediction, run.y) for w, b in way]
    for epochs in (run.epochs, *range(1, len(way))):
        end = _ended(call(each := replace(run, epochs=epochs)), each)
        lowest = _flat(way[int(np.argmin(costs[: epochs + 1]))])
        if end is None or not np.allclose(lowest, end, rtol=1e-9, atol=1e-12):
            return None
    return not_yet(
        "Where C rises again, your function returns weights from before that, those with which C was lowest. Which"
        " weights does the exercise ask for?",
        "best-weights",
    )


def _mean_of_weights(call: Call, run: Run) -> Verdict | None:
    """Whether what comes back after three right steps is a mean of the weights on the way."""
    each = replace(run, epochs=3, batch_size=run.examples)
    end, way = _ended(call(each), each), [(each.w, each.b)]
    for _ in range(3):
        way.append(moved(each, way[-1], [_whole(each, way[-1])]))
    parts = np.array([_flat(weights) - _flat(way[0]) for weights in way[1:]]).T
    if end is None:
        return None
    made = end - _flat(way[0])
    shares, *_ = np.linalg.lstsq(parts, made, rcond=None)
    if np.abs(parts @ shares - made).max() > 1e-7 * np.abs(made).max() or np.allclose(shares, (0, 0, 1), atol=1e-4):
        return None
    places = ("those after the first", "those after the second", "the last")
    some = [(share, place) for share, place in zip(shares, places, strict=True) if abs(share) > 1e-6]
    if not some:
        return None
    each = listed([f"{share:.3g} times {place}" for share, place in some])
    alone = len(some) == 1 and abs(some[0][0] - 1) < 1e-4
    what = f"the weights there were after fewer: {some[0][1]}" if alone else f"a mixture of weights: {each}"
    return not_yet(f"After three steps your function returns {what}. Which ones are wanted?", "weights-mixed")


def _second_step(call: Call, run: Run) -> Verdict | None:
    """Whether it is made of the gradient there and of that before, and how much of each there is."""
    for each in (
        replace(run, epochs=2, batch_size=run.examples),
        replace(alike(run, 2), epochs=1, batch_size=1),
    ):
        before = _whole(each, (each.w, each.b))
        first = moved(each, (each.w, each.b), [before])
        end = _ended(call(each), each)
        if end is None:
            return None
        parts = np.array([_flat(_whole(each, first)), _flat(before)]).T * each.learning_rate
        made = _flat(first) - end
        (new, old), *_ = np.linalg.lstsq(parts, made, rcond=None)
        if np.abs(parts @ (new, old) - made).max() <= 1e-7 * np.abs(made).max():
            if abs(old) > 1e-5:
                return _with_the_first(new, old)
            if abs(new) > 1e-5 < abs(new - 1):
                return not_yet(
                    f"Your second step is {new:.4g} times as long as η says. Which line changes η from one step to the"
                    f" next?",
                    "learning-rate-changes",
                )
    return None


def _length_of_two(call: Call, run: Run) -> Verdict | None:
    """Whether two steps are as long as two should be, where η is so small that the gradient stays as it is."""
    each = replace(run, epochs=2, batch_size=run.examples, learning_rate=_SMALL)
    end, step = _ended(call(each), each), _SMALL * _flat(_whole(each, (each.w, each.b)))
    made = step if end is None else _flat((each.w, each.b)) - end
    factor = float(np.vdot(made, step) / np.vdot(step, step))
    if end is None or abs(factor - 2) < 1e-2 or np.abs(made - factor * step).max() > 1e-3 * np.abs(made).max():
        return None
    return not_yet(
        f"With an η so small that the gradient hardly changes, your first two steps lead {factor:.3g} times as far as"
        f" one should; two should lead twice as far. Which line keeps an old gradient, or changes η?",
        "steps-of-another-length",
    )


def _with_the_first(new: float, old: float) -> Verdict:
    if abs(new) < 1e-5:
        return not_yet(
            "Your second step uses the gradient of the first one again. With which weights is each gradient computed?",
            "gradient-not-computed-again",
        )
    return not_yet(
        f"Your second step contains beside its own gradient that of the first step, times {old:.4g}. Which line keeps"
        f" an old gradient, or adds to it?",
        "earlier-gradient-kept",
    )


def number_of_steps(call: Call, run: Run) -> Verdict | None:
    """Whether another number of right steps leads where the loop ends, where all examples are alike."""
    every = (
        replace(alike(run, examples), epochs=epochs, batch_size=size)
        for examples, size, epochs in ((6, 2, 1), (7, 3, 1), (4, 1, 2))
    )
    return next(filter(None, (_steps_in(call, each) for each in every)), None)


def _steps_in(call: Call, each: Run) -> Verdict | None:
    """Whether another number of steps leads where the loop ends, in a run whose steps are all on the same examples."""
    end, weights, wanted = _ended(call(each), each), (each.w, each.b), each.epochs * len(cuts(each))
    if end is None:
        return None
    for steps in range(3 * wanted):
        if steps != wanted and np.allclose(_flat(weights), end, rtol=1e-9, atol=1e-12):
            said = f"your w and b are those after {counted(steps, 'step')} in {counted(each.epochs, 'epoch')}"
            return not_yet(
                f"With {each.examples} examples in mini-batches of {each.batch_size}, {said}; there should be {wanted}."
                f" Where does each mini-batch begin, where does each loop end, and which w and b are returned?",
                "wrong-number-of-steps",
            )
        weights = moved(each, weights, [_whole(each, weights)])
    return None


def _how_often(call: Call, run: Run) -> Verdict | None:
    """How often each example counts in an epoch: once, divided by the size of its mini-batch."""
    several = replace(run, epochs=3, batch_size=1, learning_rate=_SMALL)
    return _counts(call, replace(run, epochs=1, learning_rate=_SMALL)) or _counts(call, several)


def _counts(call: Call, each: Run) -> Verdict | None:
    end = _ended(call(each), each)
    if end is None:
        return None
    alone = [replace(each, x=each.x[:, [at]], y=each.y[:, [at]]) for at in range(each.examples)]
    parts = np.array([_flat(_whole(one, (each.w, each.b))) for one in alone]).T
    made = (_flat((each.w, each.b)) - end) / _SMALL
    shares, _, rank, _ = np.linalg.lstsq(parts, made, rcond=1e-6)
    wanted = [each.epochs / (some.stop - some.start) for some in cuts(each) for _ in range(some.stop - some.start)]
    if rank < each.examples or np.abs(parts @ shares - made).max() > 1e-3 * np.abs(made).max():
        return None
    if np.allclose(np.sort(shares), np.sort(wanted), atol=1e-3):
        return None
    rounds = float(shares[0])
    if each.batch_size == 1 and np.ptp(shares) < 1e-3 > abs(rounds - round(rounds)) and rounds < each.epochs:
        return not_yet(
            f"With an η so small that C hardly changes, your loop goes through the examples"
            f" {counted(round(rounds), 'time')} in {counted(each.epochs, 'epoch')}. Under which condition does it end"
            f" early?",
            "ends-early",
        )
    return not_yet(
        f"In {counted(each.epochs, 'epoch')} of {each.examples} examples in mini-batches of"
        f" {each.batch_size}, {_counted(wanted)}; in yours, {_counted(shares)}. Which columns does each of your"
        f" mini-batches take, and by what is a step divided?",
        "examples-count-differently",
    )


def _counted(shares: Array | list[float]) -> str:
    several = Counter(f"{share:.2f}".replace("-0.00", "0.00") for share in shares)
    return listed([f"{count} count{'s' * (count == 1)} {share} times" for share, count in sorted(several.items())])

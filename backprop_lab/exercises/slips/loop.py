"""Slips in the training loop: each is an epoch, or a whole training, with one named mistake in it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, combinations_with_replacement, permutations, product

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.exercises import reference
from backprop_lab.parameters import Layers

Weights = tuple[Layers, Layers]
Order = tuple[Sequence[int], Sequence[int]]  # of the columns of x, and of those of y


@dataclass(frozen=True)
class Run:
    """What a loop is called with."""

    w: Layers
    b: Layers
    x: Array
    y: Array
    learning_rate: float
    epochs: int
    batch_size: int
    seed: int

    @property
    def examples(self) -> int:
        """How many there are."""
        return self.x.shape[1]

    def orders(self) -> list[Order]:
        """The order of each epoch as NumPy's generator of this seed draws it, one permutation an epoch."""
        rng = np.random.default_rng(self.seed)
        drawn = [tuple(map(int, rng.permutation(self.examples))) for _ in range(self.epochs)]
        return [(each, each) for each in drawn]

    def stored(self) -> list[Order]:
        """The order in which the examples are stored, for each epoch."""
        return [(range(self.examples), range(self.examples))] * self.epochs


Epoch = Callable[[Run, Weights, Order], Weights]


def gradient(run: Run, weights: Weights, order: Order, some: slice) -> Weights:
    """The gradient of a mini-batch: these places of the order."""
    return reference.backprop(*weights, run.x[:, order[0][some]], run.y[:, order[1][some]])


def moved(run: Run, weights: Weights, nablas: Sequence[Weights], factor: float = 1.0) -> Weights:
    """The weights after one step against the sum of some gradients."""
    w, b = (
        {layer: values - run.learning_rate * factor * sum(nabla[at][layer] for nabla in nablas)
         for layer, values in each.items()}
        for at, each in enumerate(weights)
    )  # fmt: skip
    return w, b


def cuts(run: Run, size: int = 0) -> list[slice]:
    """The mini-batches of an epoch, as places of its order."""
    size = size or run.batch_size
    return [slice(start, min(start + size, run.examples)) for start in range(0, run.examples, size)]


def stepwise(
    cut: Callable[[Run], Sequence[slice]] = cuts,
    factor: Callable[[Run, int], float] = lambda run, size: 1.0,
    arranged: Callable[[Order], Order] = lambda order: order,
) -> Epoch:
    """An epoch that takes a step on each mini-batch: the right one, if nothing is replaced."""

    def epoch(run: Run, weights: Weights, order: Order) -> Weights:
        for some in cut(run):
            nabla = gradient(run, weights, arranged(order), some)
            weights = moved(run, weights, [nabla], factor(run, some.stop - some.start))
        return weights

    return epoch


def at_once(chosen: Callable[[list[Weights]], tuple[list[Weights], float]]) -> Epoch:
    """An epoch with one step, made of some of its mini-batches' gradients, all from the weights it began with."""

    def epoch(run: Run, weights: Weights, order: Order) -> Weights:
        nablas, factor = chosen([gradient(run, weights, order, some) for some in cuts(run)])
        return moved(run, weights, nablas, factor)

    return epoch


def ends_of_an_epoch(run: Run, weights: Weights, left: frozenset[int]) -> Iterator[Weights]:
    """All weights to which the examples that are left lead, in whatever mini-batches they come."""
    for some in combinations(sorted(left), min(run.batch_size, len(left))) if left else ():
        nabla = gradient(run, weights, (some, some), slice(None))
        yield from ends_of_an_epoch(run, moved(run, weights, [nabla]), left - {*some})
    if not left:
        yield weights


def all_orders(run: Run) -> Iterator[Order]:
    """Every order of the examples."""
    return ((each, each) for each in permutations(range(run.examples)))


def torn_orders(run: Run) -> Iterator[Order]:
    """Every order of x with every one of y: in some epochs they may be the same by chance."""
    every = [*permutations(range(run.examples))]
    return product(every, every)


def drawn_again(run: Run) -> Iterator[Order]:
    """Every way to draw as many examples, some perhaps more than once."""
    return ((each, each) for each in product(range(run.examples), repeat=run.examples))


def drawn_for_each(run: Run, draw: Callable[..., Iterable[tuple[int, ...]]], batches: int) -> Iterator[Order]:
    """Every way to draw the columns of each mini-batch from all examples: one row of so many mini-batches."""
    every = product([*draw(range(run.examples), run.batch_size)], repeat=batches)
    return ((each, each) for each in (tuple(chain(*some)) for some in every))


def orders_of_batches(run: Run) -> Iterator[Order]:
    """Every order of the mini-batches, as they are cut from the stored examples."""
    return ((each, each) for each in permutations(range(len(cuts(run)))))


def batches_in_turn(run: Run, weights: Weights, order: Order) -> Weights:
    """An epoch whose mini-batches are always the same, in an order of their own."""
    stored = range(run.examples)
    for at in (place for place in order[0] if place < len(cuts(run))):
        weights = moved(run, weights, [gradient(run, weights, (stored, stored), cuts(run)[at])])
    return weights


_stepwise = stepwise()


@dataclass(frozen=True)
class Way:
    """A way to train: the right one, or one with a mistake that has a name."""

    epoch: Epoch = _stepwise
    name: str = ""
    says: str = ""
    asks: str = ""
    orders: Callable[[Run], Iterator[Order]] = all_orders
    some: int | None = None  # epochs that are run, None for all
    again: bool = False  # whether every epoch begins with the weights of the first
    repeats: bool = False  # whether an example comes up more than once in an epoch, in too many ways to try all

    def results(self, run: Run) -> Iterator[tuple[tuple[Order, ...], Weights]]:
        """What it may lead to: for each order of each epoch, the weights."""
        every = [*self.orders(run)]
        return self._from((run.w, run.b), run, [every] * len(range(run.epochs)[: self.some]))

    def result(self, run: Run, orders: list[Order] | None = None) -> Weights:
        """What it leads to in some orders, or in those that NumPy's generator draws."""
        return next(self._from((run.w, run.b), run, [[each] for each in (orders or run.orders())[: self.some]]))[1]

    def _from(self, weights: Weights, run: Run, left: list[list[Order]]) -> Iterator[tuple[tuple[Order, ...], Weights]]:
        if not left:
            yield (), weights
            return
        for order in left[0]:
            after = self.epoch(run, (run.w, run.b) if self.again else weights, order)
            for orders, end in self._from(after, run, left[1:]):
                yield (order, *orders), end


def _all_epochs(run: Run, weights: Weights, order: Order) -> Weights:
    """Every epoch on one mini-batch before the next."""
    for some in cuts(run):
        for _ in range(run.epochs):
            weights = moved(run, weights, [gradient(run, weights, order, some)])
    return weights


def _swapped_with(y: Callable[[Order], Sequence[int]]) -> Callable[[Order], Order]:
    return lambda order: (order[0], y(order))


def rows_of_x(run: Run) -> Iterator[Order]:
    """Every order of the rows of x: as many places as x has rows."""
    return ((each, each) for each in permutations(range(len(run.x))))


def rows_shuffled(run: Run, weights: Weights, order: Order) -> Weights:
    """An epoch in which the rows of x change places, and no example does."""
    rows = [place for place in order[0] if place < len(run.x)]
    turned, stored = replace(run, x=run.x[rows]), range(run.examples)
    for some in cuts(run):
        weights = moved(run, weights, [gradient(turned, weights, (stored, stored), some)])
    return weights


def begun_every(stride: Callable[[Run], int]) -> Epoch:
    """An epoch whose mini-batches begin so many places apart, whatever their size is."""
    return stepwise(
        lambda run: [slice(at, min(at + run.batch_size, run.examples)) for at in range(0, run.examples, stride(run))]
    )


def filled_up(run: Run, weights: Weights, order: Order) -> Weights:
    """An epoch whose last mini-batch is filled up with the first examples of the order."""
    for some in cuts(run):
        places = [place % run.examples for place in range(some.start, some.start + run.batch_size)]
        x, y = ([each[place] for place in places] for each in order)
        weights = moved(run, weights, [gradient(run, weights, (x, y), slice(None))])
    return weights


def _as_far_as(run: Run, places: int) -> list[slice]:
    """The mini-batches that begin before so many places."""
    return [some for some in cuts(run) if some.start < places]


def _split(run: Run) -> list[Array]:
    """The places of an order in as many nearly equal parts as a mini-batch should have examples."""
    return np.array_split(np.arange(run.examples), run.batch_size)


RIGHT = Way()
SLIPS: tuple[Way, ...] = (
    Way(
        stepwise(lambda run: [some for some in cuts(run) if some.stop - some.start == run.batch_size]),
        "last-batch-dropped",
        "The last mini-batch of an epoch is left out when it is smaller than the others.",
        "With 7 examples and mini-batches of 3, at which positions of the order should a mini-batch begin?",
    ),
    Way(
        stepwise(lambda run: cuts(run)[:-1]),
        "last-batch-missing",
        "The last mini-batch of an epoch is always left out.",
        "With 6 examples and mini-batches of 2, where does each mini-batch begin, and where does your loop end?",
    ),
    Way(
        stepwise(lambda run: _as_far_as(run, len(run.x))),
        "rows-counted",
        "In each epoch your mini-batches begin at as many places as x has rows, not at as many as it has columns.",
        "Which number says where your mini-batches end: that of the rows of x, or that of its columns?",
    ),
    Way(
        stepwise(lambda run: [slice(some.start, min(some.stop, len(run.x))) for some in _as_far_as(run, len(run.x))]),
        "rows-counted",
        "In each epoch you use as many examples as x has rows, not as many as it has columns.",
        "Which number says where your mini-batches end: that of the rows of x, or that of its columns?",
        orders=rows_of_x,
    ),
    Way(
        stepwise(lambda run: _as_far_as(run, 2)),
        "pair-counted",
        "In each epoch your mini-batches begin at the first two places only, however many examples there are.",
        "Which number says where your mini-batches end, and what does it count?",
    ),
    *(
        Way(
            begun_every(stride),
            "batches-overlap",
            "Your mini-batches overlap: an example is used more than once in an epoch.",
            "How far apart should the beginnings of two successive mini-batches be?",
        )
        for stride in (lambda run: 1, lambda run: max(run.batch_size - 1, 1), lambda run: max(run.batch_size // 2, 1))
    ),
    *(
        Way(
            begun_every(stride),
            "examples-skipped",
            "Between your mini-batches some examples are left out.",
            "How far apart should the beginnings of two successive mini-batches be?",
        )
        for stride in (lambda run: run.batch_size + 1, lambda run: 2 * run.batch_size)
    ),
    *(
        Way(
            begun_every(lambda run, places=places: places),
            "batches-at-fixed-places",
            f"Your mini-batches begin {places} places apart, whatever batch_size is.",
            "Where should that number come from?",
        )
        for places in (2, 3, 4)
    ),
    Way(
        filled_up,
        "last-batch-filled-up",
        "Where the last mini-batch is smaller, yours is filled up with examples that were used already.",
        "How many columns are left for the last mini-batch?",
    ),
    Way(
        stepwise(lambda run: [slice(some.start, min(some.stop + 1, run.examples)) for some in cuts(run)]),
        "batches-overlap",
        "Each of your mini-batches has one example too many, the first of the next mini-batch.",
        "In x[:, i:j], does column j belong to what you get?",
    ),
    Way(
        stepwise(lambda run: cuts(run, run.batch_size + 1)),
        "batches-too-large",
        "Each of your mini-batches has one example more than batch_size.",
        "How far apart do your mini-batches begin, and how many columns does each of them take?",
    ),
    Way(
        stepwise(lambda run: [slice(each[0], each[-1] + 1) for each in _split(run) if len(each)]),
        "size-is-number",
        "Each epoch has batch_size mini-batches; how many examples are in each follows from that.",
        "What does batch_size say: how many mini-batches there are, or how many examples are in each?",
    ),
    Way(
        stepwise(lambda run: [slice(0, run.examples)]),
        "one-batch-only",
        "Each epoch takes a single step, on all the examples together.",
        "Which argument says how many examples a step uses?",
    ),
    Way(
        stepwise(lambda run: [slice(0, run.examples)] * len(cuts(run))),
        "batches-not-used",
        "Each step uses all the examples, although there are as many steps as mini-batches.",
        "Which columns of x and y does the gradient of a step get?",
    ),
    Way(
        stepwise(lambda run: cuts(run, 1)),
        "one-at-a-time",
        "Each step uses a single example, not batch_size of them.",
        "Which columns of x and y belong to one mini-batch?",
    ),
    *(
        Way(
            stepwise(lambda run, size=size: cuts(run, size)),
            "batch-size-not-used",
            f"Your mini-batches have {size} examples, not batch_size.",
            "Where should that number come from?",
        )
        for size in (2, 3, 4)
    ),
    Way(
        stepwise(lambda run: [slice(0, run.batch_size)] * len(cuts(run))),
        "same-batch-again",
        "Within an epoch, every step uses the same mini-batch.",
        "What changes from one mini-batch to the next, and where does your code use it?",
    ),
    Way(
        stepwise(lambda run: [slice(0, run.batch_size)]),
        "first-batch-only",
        "Only the first mini-batch of each epoch is used.",
        "Which lines belong inside the loop over the mini-batches, and does one of them leave it?",
    ),
    Way(
        stepwise(lambda run: [slice(0, run.batch_size)]),
        "returns-too-early",
        "Your function returns after its very first step.",
        "How far is the return indented, and which loop does it end?",
        some=1,
    ),
    Way(
        stepwise(factor=lambda run, size: size),
        "summed-in-batch",
        "Your step adds up the gradients of a mini-batch's examples where it should take their mean.",
        "What does `backprop` give: the gradient of the summed cost, or of the mean cost?",
    ),
    Way(
        stepwise(factor=lambda run, size: size / run.examples),
        "mean-over-all",
        "Your step is divided by the total number of examples.",
        "Over how many examples is the mean cost of a mini-batch taken?",
    ),
    Way(
        stepwise(factor=lambda run, size: size / run.batch_size),
        "mean-over-batch-size",
        "Your step divides by batch_size, even where the last mini-batch has fewer examples.",
        "How many columns does the last mini-batch have?",
    ),
    Way(
        stepwise(factor=lambda run, size: 1 / size),
        "divided-twice",
        "Your step is divided by the size of the mini-batch, although the gradient is already a mean.",
        "Where is the gradient divided by the number of examples, and where is it divided again?",
    ),
    Way(
        at_once(lambda nablas: (nablas, 1.0)),
        "summed-over-epoch",
        "In each epoch, the gradients of all the mini-batches are taken at the same weights and added up.",
        "Which weights should the second mini-batch's gradient be taken at?",
    ),
    Way(
        at_once(lambda nablas: (nablas, 1 / len(nablas))),
        "averaged-over-epoch",
        "The gradients of all the mini-batches are averaged, and there is one step per epoch.",
        "After how many mini-batches should the weights move for the first time?",
    ),
    Way(
        at_once(lambda nablas: (nablas[-1:], 1.0)),
        "update-in-wrong-loop",
        "The weights move once per epoch, by the last mini-batch's gradient alone.",
        "Which loop should the line with your update be in?",
    ),
    Way(
        _all_epochs,
        "loops-in-wrong-order",
        "Each mini-batch is used for all the epochs before the next one has its turn.",
        "Which of your two loops should be inside the other?",
        some=1,
    ),
    Way(
        name="weights-not-kept",
        says="Your function returns the weights it was given.",
        asks="Where do the new weights go after a step, and which ones does the next step start from?",
        some=0,
    ),
    Way(
        name="one-epoch-only",
        says="Your function goes through the examples once, whatever epochs is.",
        asks="How many times does your outer loop run?",
        some=1,
    ),
    Way(
        name="one-epoch-missing",
        says="The weights you return are those before the last epoch.",
        asks="How many times does your outer loop run, where does its count begin, and which weights do you return?",
        some=-1,
    ),
    Way(
        name="starts-anew",
        says="Every epoch starts from the weights your function was given.",
        asks="Which weights should the second epoch start from?",
        again=True,
    ),
    Way(
        at_once(lambda nablas: (nablas[-1:], 1.0)),
        "every-step-anew",
        "What you return is one step from the weights your function was given, with the last mini-batch's gradient.",
        "Which weights should the second step start from?",
        again=True,
    ),
    Way(
        stepwise(arranged=_swapped_with(lambda order: range(len(order[0])))),
        "pairs-torn-apart",
        "x is shuffled and y is not, so examples get each other's targets.",
        "Which columns of y belong to the columns of x in a mini-batch?",
    ),
    Way(
        name="pairs-torn-apart",
        says="x and y are in different orders, so examples get each other's targets.",
        asks="Which columns of y belong to the columns of x in a mini-batch?",
        orders=torn_orders,
    ),
    Way(
        rows_shuffled,
        "features-shuffled",
        "The rows of x are shuffled, and its columns are not.",
        "Along which axis is your array shuffled, and what do the rows of x count?",
        orders=rows_of_x,
    ),
    Way(
        name="drawn-with-replacement",
        says="In an epoch, some examples come up more than once and others never.",
        asks="How do you draw an order in which each example comes up exactly once?",
        orders=drawn_again,
    ),
    Way(
        batches_in_turn,
        "only-batches-shuffled",
        "Your mini-batches come in an order of their own in each epoch, but each always has the same examples.",
        "What should be shuffled before the mini-batches are cut: they, or the examples?",
        orders=orders_of_batches,
    ),
    *(
        Way(
            stepwise(
                lambda run, batches=batches: [
                    slice(at * run.batch_size, (at + 1) * run.batch_size) for at in range(batches(run))
                ]
            ),
            "batches-drawn-anew",
            "Your mini-batches are not cut from one order of all the examples: within an epoch, some examples come up"
            " in more than one of them.",
            "Where is the order of an epoch drawn, and where does each mini-batch take its columns from?",
            orders=lambda run, draw=draw, batches=batches: drawn_for_each(run, draw, batches(run)),
            repeats=True,
        )
        for draw in (combinations, combinations_with_replacement)
        for batches in (lambda run: len(cuts(run)), lambda run: max(run.examples // run.batch_size, 1))
    ),
)

"""Training: many small steps downhill, as a generator which a notebook can pause, show and stop."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab.activations import Activation, sigmoid, tanh
from backprop_lab.cases import Case
from backprop_lab.costs import Cost, quadratic
from backprop_lab.network import BackwardPass, backpropagate, errors, mean_cost, propagate
from backprop_lab.parameters import Layers, Parameters
from backprop_lab.validation import Array, count, generator, pair, positive

if TYPE_CHECKING:
    from numpy.random import Generator

Backprop = Callable[[Layers, Layers, Array, Array], tuple[Layers, Layers]]  # w, b, x, y → nabla_w, nabla_b
Update = Callable[[Layers, Layers, Layers, Layers, float], tuple[Layers, Layers]]  # w, b, nabla_w, nabla_b, η → w, b
Loop = Callable[
    [Layers, Layers, Array, Array, float, int, int, int], tuple[Layers, Layers]
]  # … η, epochs, batch_size, seed


@dataclass(frozen=True)
class Epoch:
    """The network after a pass through the training set; costs, accuracy and delta_rms are of the whole set.

    `number` 0 is the network before its first step. `delta_rms[layer]` is the root mean square of every δ of a layer.
    Accuracy is the share of examples whose largest output is the right one; with one output, whose output is on its
    target's side of the middle between the least and the largest target: ½ for targets 0 and 1, 0 for −1 and 1.
    """

    number: int
    cost: float
    accuracy: float
    delta_rms: dict[int, float]
    parameters: Parameters
    validation_cost: float | None = None
    validation_accuracy: float | None = None


@dataclass(frozen=True)
class History:
    """All epochs of a training, and the same as columns for plotting: arrays with one entry per epoch.

    The first entry is of the network before its first step: `cost[n]` is the cost after n epochs. `parameters` are
    those after the last epoch; `delta_rms` is a dict of columns, by layer; without a validation set its two columns
    hold None.
    """

    epochs: tuple[Epoch, ...]
    parameters: Parameters = field(init=False)
    delta_rms: dict[int, Array] = field(init=False)
    epoch: Array = field(init=False)
    cost: Array = field(init=False)
    accuracy: Array = field(init=False)
    validation_cost: Array = field(init=False)
    validation_accuracy: Array = field(init=False)

    def __post_init__(self) -> None:
        """Turn the epochs into columns."""
        if not self.epochs:
            raise ValueError("epochs must hold at least one Epoch, got none")
        rms = {layer: np.array([epoch.delta_rms[layer] for epoch in self.epochs]) for layer in self.epochs[0].delta_rms}
        object.__setattr__(self, "parameters", self.epochs[-1].parameters)
        object.__setattr__(self, "delta_rms", rms)
        object.__setattr__(self, "epoch", np.array([epoch.number for epoch in self.epochs]))
        for name in ("cost", "accuracy", "validation_cost", "validation_accuracy"):
            object.__setattr__(self, name, np.array([getattr(epoch, name) for epoch in self.epochs]))


@dataclass(frozen=True)
class Own:
    """What a step calls in place of the package's own functions; None stands for these.

    Parameters
    ----------
    backprop : (w, b, x, y) → (nabla_w, nabla_b), as `check_backprop` checks it: for sigmoid and the quadratic cost
    update : (w, b, nabla_w, nabla_b, learning_rate) → (w, b), as `check_update` checks it
    loop : (w, b, x, y, learning_rate, epochs, batch_size, seed) → (w, b), as `check_training_loop` checks it: every
        step of an epoch
    """

    backprop: Backprop | None = None
    update: Update | None = None
    loop: Loop | None = None

    def fit(self, case: Case) -> None:
        """Refuse a function that knows sigmoid and the quadratic cost only for a network of another kind."""
        kind, name = (case.hidden, case.output, case.cost), "loop" if self.loop else "backprop"
        if (self.backprop or self.loop) and kind != (sigmoid, sigmoid, quadratic):
            came = ", ".join(str(each) for each in kind)
            raise ValueError(f"{name} must be used with sigmoid, sigmoid and quadratic, got {came}")
        if self.loop and (self.backprop or self.update):
            raise ValueError("loop must come alone, for it calls its own backprop and update; got another one too")


PACKAGE = Own()


def training_run(
    parameters: Parameters, x: ArrayLike, y: ArrayLike, *, learning_rate: float, epochs: int, batch_size: int,
    seed: int = 0, hidden: Activation = sigmoid, output: Activation = sigmoid, cost: Cost = quadratic,
    validation: tuple[ArrayLike, ArrayLike] | None = None, backprop: Backprop | None = None,
    update: Update | None = None, loop: Loop | None = None,
) -> Iterator[Epoch]:  # fmt: skip
    """Train with mini-batches; yields an `Epoch` before the first step and after each pass through the examples.

    Parameters
    ----------
    x, y : inputs (n[0], m) and targets (n[L], m); never changed, nor are the given parameters
    learning_rate : η, the length of a step as a multiple of the gradient
    epochs : passes through all examples
    batch_size : examples in a mini-batch; the last of an epoch may be smaller
    seed : of the order of the examples, which is drawn anew in each epoch
    validation : (x, y) of examples that are held out
    backprop, update : functions of your own, called for every mini-batch: `backprop(w, b, x, y)` gives nabla_w and
        nabla_b, for sigmoid and the quadratic cost; `update(w, b, nabla_w, nabla_b, learning_rate)` gives new w and b.
        They must pass `check_backprop` and `check_update`; one that is still `...` leaves it to the package
    loop : a whole loop of your own, called once an epoch: `loop(w, b, x, y, learning_rate, 1, batch_size, seed)` gives
        new w and b. It must pass `check_training_loop`, and comes alone

    Raises
    ------
    ValueError : at the call, for arguments that do not fit, and for a function with what its checker says of it.
    FloatingPointError : while it runs, when the parameters have grown beyond all numbers: in which step, and where.
    """
    learning_rate = positive("learning_rate", learning_rate)
    epochs, batch_size = count("epochs", epochs), count("batch_size", batch_size)
    case = Case(parameters, cast("Array", x), cast("Array", y), hidden, output, cost)  # which makes arrays of them
    own = Own(backprop, update, loop)
    own.fit(case)
    held_out = None
    if validation is not None:
        x, y = pair("validation", validation, rows=(parameters.sizes[0], parameters.sizes[-1]))
        try:
            held_out = replace(case, x=x, y=y)
        except ValueError as error:
            raise ValueError(f"validation {error}") from error
    return _epochs(case, held_out, learning_rate, epochs, batch_size, generator(seed), own)


def train(parameters: Parameters, x: ArrayLike, y: ArrayLike, *, progress: bool = False, **arguments: Any) -> History:
    """`training_run`, with the same arguments, to its end; with `progress` under a progress bar."""
    run = training_run(parameters, x, y, **arguments)
    start = next(run)
    if progress:
        from tqdm.auto import tqdm  # noqa: PLC0415 (in a notebook it loads ipywidgets, which the core does without)

        run = tqdm(run, total=arguments["epochs"], desc="epochs")
    return History((start, *run))


def right(case: Case) -> Array:
    """Which examples are right, shape (m,): the largest output is; with one output, its side of the middle."""
    return _right(case.forward_pass.prediction, case.y, middle(case))


def middle(case: Case) -> float:
    """Half way between the least and the largest target; where all are equal, half way up the output."""
    least, largest = case.y.min(), case.y.max()
    if least == largest:
        return 0.0 if case.output is tanh else 0.5
    return float(least + largest) / 2


def record(number: int, case: Case, held_out: Case | None = None, parameters: Parameters | None = None) -> Epoch:
    """What an epoch says of a network, with the parameters it has by now; 0 is the start of a training."""
    now, half = parameters or case.parameters, middle(case)
    with np.errstate(over="ignore", invalid="ignore"):  # what has diverged is no warning here, but an infinite cost
        passed = propagate(now, case.x, case.hidden, case.output)
        delta = errors(now, passed, case.y, case.cost)
        loud = {layer: rms(values) for layer, values in delta.items()}
        seen = mean_cost(passed, case.y, case.cost), _accuracy(passed.prediction, case.y, half)
        unseen = None, None
        if held_out is not None:
            passed = propagate(now, held_out.x, case.hidden, case.output)
            unseen = mean_cost(passed, held_out.y, case.cost), _accuracy(passed.prediction, held_out.y, half)
    return Epoch(number, *seen, loud, now, *unseen)


def rms(values: Array, axis: int | None = None) -> Any:
    """The root mean square: of all numbers, or along one axis."""
    found = np.sqrt((values**2).mean(axis=axis))
    return float(found) if axis is None else found


def batches(order: Array, batch_size: int) -> Iterator[Array]:
    """The examples of an epoch, in this order, cut into mini-batches; the last may be smaller."""
    return (order[start : start + batch_size] for start in range(0, len(order), batch_size))


def descend(
    parameters: Parameters, case: Case, some: Iterable[Array], learning_rate: float, own: Own = PACKAGE
) -> Parameters:
    """The parameters after a step on each of some mini-batches of a case.

    Raises
    ------
    FloatingPointError : they are no numbers any more: in which of the steps, and where.
    """
    some = [*some]
    found = _steps(parameters, case, some, learning_rate, own)
    if _lost(found.w, found.b) is None:
        return _settled(found, own)
    raise FloatingPointError(_diverged(parameters, case, some, learning_rate, own))


def _epochs(
    case: Case, held_out: Case | None, learning_rate: float, epochs: int, batch_size: int, rng: "Generator", own: Own
) -> Iterator[Epoch]:
    yield (epoch := record(0, case, held_out))
    for number in range(1, epochs + 1):
        try:
            if own.loop:
                seed = int(rng.integers(2**31))
                parameters = _looped(own.loop, epoch.parameters, case, learning_rate, batch_size, seed)
            else:
                some = batches(rng.permutation(case.x.shape[1]), batch_size)
                parameters = descend(epoch.parameters, case, some, learning_rate, own)
        except FloatingPointError as error:
            raise FloatingPointError(f"epoch {number} diverged: {error}") from error
        epoch = record(number, case, held_out, parameters)
        if not np.isfinite(epoch.cost):
            raise FloatingPointError(
                f"epoch {number} diverged: learning_rate {learning_rate:g} is too large; {_largest(parameters)}, and"
                f" the cost is beyond all numbers"
            )
        yield epoch


@dataclass
class _Loose:
    """Parameters while they change: arrays which nobody else sees, or what a learner's function has made of them."""

    w: Layers
    b: Layers

    @property
    def layers(self) -> range:
        """The layers that have weights: 1 … L."""
        return range(1, len(self.w) + 1)


def _writable(parameters: Parameters) -> _Loose:
    """A copy whose arrays are the loop's own: nobody else sees them, so they are changed in place."""
    return _Loose(_copied(parameters.w), _copied(parameters.b))


def _copied(layers: Mapping[int, Array]) -> Layers:
    return {layer: values.copy() for layer, values in layers.items()}


def _steps(parameters: Parameters, case: Case, some: Iterable[Array], learning_rate: float, own: Own) -> _Loose:
    """A step on each mini-batch; what they lead to is not judged here."""
    now, theirs = _writable(parameters), own.backprop is not None or own.update is not None
    with np.errstate(over="ignore", invalid="ignore"):
        for chosen in some:
            x, y = case.x[:, chosen], case.y[:, chosen]
            if theirs:
                now = _own_step(now, case, x, y, learning_rate, own)
            else:
                _descend(now, case, x, y, learning_rate)
    return now


def _settled(now: _Loose, own: Own) -> Parameters:
    """Parameters that stay as they are; the loop's own arrays need not be copied for that."""
    for layers in () if own.update else (now.w, now.b):
        for array in layers.values():
            array.flags.writeable = False
    return Parameters(now.w, now.b)


def _gradient(now: _Loose, case: Case, x: Array, y: Array) -> BackwardPass:
    parameters = cast("Parameters", now)  # only its w, b and layers are asked for
    return backpropagate(parameters, propagate(parameters, x, case.hidden, case.output), y, case.cost)


def _descend(own: _Loose, case: Case, x: Array, y: Array, learning_rate: float) -> None:
    """One step on a mini-batch, in place: the gradient's arrays are ours too, so no third array is made."""
    found = _gradient(own, case, x, y)
    for values, nabla in ((own.w, found.nabla_w), (own.b, found.nabla_b)):
        for layer, gradient in nabla.items():
            array = values[layer]
            gradient *= learning_rate  # noqa: PLW2901
            array -= gradient


def _own_step(now: _Loose, case: Case, x: Array, y: Array, learning_rate: float, own: Own) -> _Loose:
    """One step by a learner's functions, or by one of them and the package's other."""
    if own.backprop:
        nabla_w, nabla_b = own.backprop(now.w, now.b, x, y)
    else:
        found = _gradient(now, case, x, y)
        nabla_w, nabla_b = found.nabla_w, found.nabla_b
    if own.update:
        return _Loose(*own.update(now.w, now.b, nabla_w, nabla_b, learning_rate))
    w = {layer: values - learning_rate * nabla_w[layer] for layer, values in now.w.items()}
    return _Loose(w, {layer: values - learning_rate * nabla_b[layer] for layer, values in now.b.items()})


def _looped(loop: Loop, before: Parameters, case: Case, learning_rate: float, batch_size: int, seed: int) -> Parameters:
    """An epoch by a learner's own loop."""
    now = _writable(before)
    with np.errstate(over="ignore", invalid="ignore"):
        w, b = loop(now.w, now.b, case.x, case.y, learning_rate, 1, batch_size, seed)
    if (name := _lost(w, b)) is not None:
        raise FloatingPointError(f"learning_rate {learning_rate:g} is too large; {name} went beyond all numbers")
    return Parameters(w, b)


def _lost(w: Layers, b: Layers) -> str | None:
    """The name of the first array that holds something which is no number, from the output on; None if all is well."""
    for layer in sorted(w, reverse=True):
        for name, values in ((f"w[{layer}]", w[layer]), (f"b[{layer}]", b[layer])):
            if not np.isfinite(values).all():
                return name
    return None


def _largest(parameters: Parameters) -> str:
    """Which array holds the largest number, and how large it is."""
    sizes = {
        f"{name}[{layer}]": np.abs(values).max() for name in "wb" for layer, values in getattr(parameters, name).items()
    }
    name = max(sizes, key=lambda each: sizes[each])
    return f"{name} has grown to {sizes[name]:.3g}"


def _diverged(parameters: Parameters, case: Case, some: Sequence[Array], learning_rate: float, own: Own) -> str:
    """Where it went wrong: the steps again, one at a time."""
    for at, chosen in enumerate(some, start=1):
        after = _steps(parameters, case, (chosen,), learning_rate, own)
        if (name := _lost(after.w, after.b)) is not None:
            before = getattr(parameters, name[0])[int(name[2:-1])]
            return (
                f"learning_rate {learning_rate:g} is too large; step {at} of {len(some)} took {name}"
                f" beyond all numbers, from {np.abs(before).max():.3g} at most"
            )
        parameters = Parameters(after.w, after.b)
    return f"learning_rate {learning_rate:g} is too large"


def _accuracy(a: Array, y: Array, half: float) -> float:
    return float(_right(a, y, half).mean())


def _right(a: Array, y: Array, half: float) -> Array:
    return ((a > half) == (y > half))[0] if len(a) == 1 else a.argmax(axis=0) == y.argmax(axis=0)

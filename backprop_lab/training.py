"""Training: many small steps downhill, as a generator which a notebook can pause, show and stop."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab.activations import Activation, sigmoid, tanh
from backprop_lab.cases import Case
from backprop_lab.costs import Cost, quadratic
from backprop_lab.network import backpropagate, errors, mean_cost, propagate
from backprop_lab.parameters import Parameters
from backprop_lab.validation import Array, count, generator, pair, positive

if TYPE_CHECKING:
    from numpy.random import Generator


@dataclass(frozen=True)
class Epoch:
    """The network after one pass through the training set; costs, accuracy and delta_rms are of the whole set.

    `number` counts from 1. `delta_rms[layer]` is the root mean square of every δ of that layer. Accuracy is the share
    of examples whose largest output is the right one; with one output, whose output is on its target's side of the
    middle between the least and the largest target: ½ for targets 0 and 1, 0 for −1 and 1.
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

    `parameters` are those after the last epoch; `delta_rms` is a dict of columns, by layer; without a validation set
    its two columns hold None.
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


def training_run(
    parameters: Parameters, x: ArrayLike, y: ArrayLike, *, learning_rate: float, epochs: int, batch_size: int,
    seed: int = 0, hidden: Activation = sigmoid, output: Activation = sigmoid, cost: Cost = quadratic,
    validation: tuple[ArrayLike, ArrayLike] | None = None,
) -> Iterator[Epoch]:  # fmt: skip
    """Train with mini-batches; yields one `Epoch` after each pass through the examples, and waits.

    Parameters
    ----------
    x, y : inputs (n[0], m) and targets (n[L], m); never changed, nor are the given parameters
    learning_rate : η, the length of a step as a multiple of the gradient
    epochs : passes through all examples
    batch_size : examples in a mini-batch; the last of an epoch may be smaller
    seed : of the order of the examples, which is drawn anew in each epoch
    validation : (x, y) of examples that are held out

    Raises
    ------
    ValueError : at the call, for arguments that do not fit.
    FloatingPointError : while it runs, when the parameters have grown beyond all numbers.
    """
    learning_rate = positive("learning_rate", learning_rate)
    epochs, batch_size = count("epochs", epochs), count("batch_size", batch_size)
    case = Case(parameters, cast("Array", x), cast("Array", y), hidden, output, cost)  # which makes arrays of them
    held_out = None
    if validation is not None:
        x, y = pair("validation", validation, rows=(parameters.sizes[0], parameters.sizes[-1]))
        held_out = replace(case, x=x, y=y)
    return _epochs(case, held_out, learning_rate, epochs, batch_size, generator(seed))


def train(parameters: Parameters, x: ArrayLike, y: ArrayLike, *, progress: bool = False, **arguments: Any) -> History:
    """`training_run`, with the same arguments, to its end; with `progress` under a progress bar."""
    run = training_run(parameters, x, y, **arguments)
    if progress:
        from tqdm.auto import tqdm  # noqa: PLC0415 (in a notebook it loads ipywidgets, which the core does without)

        run = tqdm(run, total=arguments["epochs"], desc="epochs")
    return History(tuple(run))


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
        rms = {layer: float(np.sqrt((values**2).mean())) for layer, values in delta.items()}
        seen = mean_cost(passed, case.y, case.cost), _accuracy(passed.prediction, case.y, half)
        unseen = None, None
        if held_out is not None:
            passed = propagate(now, held_out.x, case.hidden, case.output)
            unseen = mean_cost(passed, held_out.y, case.cost), _accuracy(passed.prediction, held_out.y, half)
    return Epoch(number, *seen, rms, now, *unseen)


def _epochs(
    case: Case, held_out: Case | None, learning_rate: float, epochs: int, batch_size: int, rng: "Generator"
) -> Iterator[Epoch]:
    own = _writable(case.parameters)
    for number in range(1, epochs + 1):
        order = rng.permutation(case.x.shape[1])
        with np.errstate(over="ignore", invalid="ignore"):  # judged below, once an epoch
            for start in range(0, len(order), batch_size):
                chosen = order[start : start + batch_size]
                _descend(own, case, case.x[:, chosen], case.y[:, chosen], learning_rate)
        finite = all(np.isfinite(array).all() for array in (*own.w.values(), *own.b.values()))
        epoch = record(number, case, held_out, Parameters(own.w, own.b)) if finite else None
        if epoch is None or not np.isfinite(epoch.cost):
            raise FloatingPointError(f"epoch {number} diverged: learning_rate {learning_rate:g} is too large")
        yield epoch


def _writable(parameters: Parameters) -> Parameters:
    """A copy whose arrays are the loop's own: nobody else sees them, so they are changed in place."""
    w, b = ({at: values.copy() for at, values in layers.items()} for layers in (parameters.w, parameters.b))
    own = Parameters(w, b)
    for array in (*own.w.values(), *own.b.values()):
        array.flags.writeable = True
    return own


def _descend(own: Parameters, case: Case, x: Array, y: Array, learning_rate: float) -> None:
    """One step on a mini-batch, in place: the gradient's arrays are ours too, so no third array is made."""
    found = backpropagate(own, propagate(own, x, case.hidden, case.output), y, case.cost)
    for values, nabla in ((own.w, found.nabla_w), (own.b, found.nabla_b)):
        for layer, gradient in nabla.items():
            array = values[layer]
            gradient *= learning_rate  # noqa: PLW2901
            array -= gradient


def _accuracy(a: Array, y: Array, half: float) -> float:
    return float(_right(a, y, half).mean())


def _right(a: Array, y: Array, half: float) -> Array:
    return ((a > half) == (y > half))[0] if len(a) == 1 else a.argmax(axis=0) == y.argmax(axis=0)

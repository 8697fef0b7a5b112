"""A step of training, 784-30-10: beside the five matrix products, a loop over the examples, and PyTorch."""

from collections.abc import Callable
from importlib.util import find_spec
from itertools import cycle

import numpy as np
from timing import Ways, best, table

from backprop_lab import Case, Parameters, initialize, training, training_run

SIZES, EXAMPLES, RATE = (784, 30, 10), 2048, 0.5
STEPS = 16  # of the epoch that is measured
GOALS = {1: 1.7, 10: 1.8, 128: 1.4}
COLUMNS = {  # way: head of its column
    "step": "a step",
    "epoch": "a step, with an epoch's record",
    "plain": "plain loop",
    "nielsen": "Nielsen's loop",
    "torch": "PyTorch",
}


def report() -> str:
    """The table: microseconds for the floor, and how many times as long the others take."""
    case, rows = _case(), []
    for m, goal in GOALS.items():
        seconds = best(_ways(case, m))
        ratios = {name: each / seconds["floor"] for name, each in seconds.items()}
        ratios["epoch"] /= STEPS
        rows.append([m, 1e6 * seconds["floor"], goal, *(ratios.get(name, "–") for name in COLUMNS)])
    missing = "" if find_spec("torch") else "\n\nPyTorch is not installed here, so its column is empty."
    return f"""{table(["batch", "floor, µs", "goal", *COLUMNS.values()], rows)}

The floor is the five matrix products of a step in buffers that are ready; all else is in multiples of it. *A step*
gathers its mini-batch from {EXAMPLES:,} examples, as every way here but Nielsen's does, and moves the parameters. *With
an epoch's record*: `training_run` from one `Epoch` to the next, which says cost, accuracy and δ of all its examples,
for {STEPS} steps. The *plain loop* is what one would write by hand for this one network: 12 lines, σ′ = a(1 − a),
gradients that nobody sees. *Nielsen's loop* takes one example at a time.{missing}"""


def _case() -> Case:
    rng = np.random.default_rng(0)
    y = np.eye(10)[:, rng.integers(0, 10, EXAMPLES)]
    return Case(initialize(SIZES), rng.uniform(size=(SIZES[0], EXAMPLES)), y)


def _ways(case: Case, m: int) -> Ways:
    own = training._writable(case.parameters)  # the step as the loop takes it
    chosen = _batches(m)

    def step() -> None:
        some = next(chosen)
        training._descend(own, case, case.x[:, some], case.y[:, some], RATE)

    few = case.x[:, : STEPS * m], case.y[:, : STEPS * m]
    run = training_run(case.parameters, *few, learning_rate=RATE, epochs=10**9, batch_size=m)
    ways = {"floor": _floor(case, m), "step": step, "epoch": lambda: next(run), "plain": _plain(case, m)}
    ways |= {"nielsen": _nielsen(case, m)} if m <= 10 else {}
    return ways | ({"torch": _torch(case, m)} if find_spec("torch") else {})


def _batches(m: int) -> "cycle[np.ndarray]":
    return cycle(np.random.default_rng(1).permutation(EXAMPLES)[: EXAMPLES // m * m].reshape(-1, m))


def _floor(case: Case, m: int) -> Callable[[], None]:
    """The five products, and nothing else."""
    w, x = case.parameters.w, case.x[:, :m].copy(order="F")
    z1, z2, delta_1, nabla_1, nabla_2 = (np.empty(shape) for shape in ((30, m), (10, m), (30, m), (30, 784), (10, 30)))
    a_1, delta_2 = np.random.default_rng(2).uniform(size=(30, m)), np.random.default_rng(3).uniform(size=(10, m))

    def products() -> None:
        np.matmul(w[1], x, out=z1)
        np.matmul(w[2], a_1, out=z2)
        np.matmul(w[2].T, delta_2, out=delta_1)
        np.matmul(delta_2, a_1.T, out=nabla_2)
        np.matmul(delta_1, x.T, out=nabla_1)

    return products


def _plain(case: Case, m: int) -> Callable[[], None]:
    """What one would write by hand for these two layers."""
    w1, w2, b1, b2 = _copies(case.parameters)
    chosen = _batches(m)

    def step() -> None:
        some = next(chosen)
        x, y = case.x[:, some], case.y[:, some]
        a1 = 1 / (1 + np.exp(-(w1 @ x + b1)))
        a2 = 1 / (1 + np.exp(-(w2 @ a1 + b2)))
        delta2 = (a2 - y) * a2 * (1 - a2)
        delta1 = (w2.T @ delta2) * a1 * (1 - a1)
        for values, nabla in ((w2, delta2 @ a1.T), (w1, delta1 @ x.T)):
            nabla *= RATE / m  # noqa: PLW2901
            values -= nabla  # noqa: PLW2901
        b2.__isub__(RATE * delta2.mean(axis=1, keepdims=True))
        b1.__isub__(RATE * delta1.mean(axis=1, keepdims=True))

    return step


def _nielsen(case: Case, m: int) -> Callable[[], None]:
    """One example after the other, as the chapter's program does it: gradients added up, parameters made anew."""
    w, b = [case.parameters.w[1], case.parameters.w[2]], [case.parameters.b[1], case.parameters.b[2]]
    examples = [(case.x[:, [at]].copy(), case.y[:, [at]].copy()) for at in range(EXAMPLES)]
    chosen = _batches(m)

    def sigmoid(z: np.ndarray) -> np.ndarray:
        return 1.0 / (1.0 + np.exp(-z))

    def prime(z: np.ndarray) -> np.ndarray:
        return sigmoid(z) * (1 - sigmoid(z))

    def backprop(x: np.ndarray, y: np.ndarray) -> tuple[list[np.ndarray], list[np.ndarray]]:
        z1 = np.dot(w[0], x) + b[0]
        a1 = sigmoid(z1)
        z2 = np.dot(w[1], a1) + b[1]
        delta2 = (sigmoid(z2) - y) * prime(z2)
        delta1 = np.dot(w[1].T, delta2) * prime(z1)
        return [np.dot(delta1, x.T), np.dot(delta2, a1.T)], [delta1, delta2]

    def step() -> None:
        total_w, total_b = [np.zeros(each.shape) for each in w], [np.zeros(each.shape) for each in b]
        for at in next(chosen):
            nabla_w, nabla_b = backprop(*examples[at])
            total_w = [total + each for total, each in zip(total_w, nabla_w, strict=True)]
            total_b = [total + each for total, each in zip(total_b, nabla_b, strict=True)]
        w[:] = [each - RATE / m * total for each, total in zip(w, total_w, strict=True)]
        b[:] = [each - RATE / m * total for each, total in zip(b, total_b, strict=True)]

    return step


def _torch(case: Case, m: int) -> Callable[[], None]:
    import torch  # noqa: PLC0415 # pyright: ignore[reportMissingImports]

    torch.set_num_threads(1)
    w1, w2, b1, b2 = (torch.tensor(values, requires_grad=True) for values in _copies(case.parameters))
    rows, targets = torch.tensor(case.x.T.copy()), torch.tensor(case.y.T.copy())
    chosen = map(torch.tensor, _batches(m))

    def step() -> None:
        some = next(chosen)
        x, y = rows[some].T, targets[some].T
        a = torch.sigmoid(w2 @ torch.sigmoid(w1 @ x + b1) + b2)
        (((a - y) ** 2).sum(0) / 2).mean().backward()
        with torch.no_grad():
            for values in (w1, w2, b1, b2):
                values -= RATE * values.grad  # noqa: PLW2901
                values.grad = None

    return step


def _copies(parameters: Parameters) -> list[np.ndarray]:
    return [values.copy() for layers in (parameters.w, parameters.b) for values in layers.values()]

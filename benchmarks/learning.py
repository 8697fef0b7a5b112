"""The digits learned: beside scikit-learn's perceptron of the same size, for the same epochs, to the same accuracy."""

import time
import warnings
from importlib.util import find_spec

import numpy as np
from timing import table

from backprop_lab import categorical_cross_entropy, datasets, forward, initialize, softmax, train

HIDDEN, EPOCHS, RATE = 30, 20, 0.3
BATCHES = (10, 128)


def report() -> str:
    """Processor seconds and accuracy of both, the best of three runs in turns."""
    if not find_spec("sklearn"):
        return "scikit-learn is not installed here."
    kept, held_out = datasets.digits().split()
    rows = []
    for batch in BATCHES:
        runs = [(_ours(kept, held_out, batch), _theirs(kept, held_out, batch)) for _ in range(3)]
        (ours, our_accuracy), (theirs, their_accuracy) = (min(column) for column in zip(*runs, strict=True))
        rows.append([batch, ours, theirs, theirs / ours, f"{our_accuracy:.1%}", f"{their_accuracy:.1%}"])
    head = ["batch", "backprop_lab, s", "scikit-learn, s", "as fast, times", "accuracy", "scikit-learn's"]
    return f"""{table(head, rows)}

64-{HIDDEN}-10, sigmoid and softmax with cross-entropy, plain gradient descent, {EPOCHS} epochs, rate {RATE}; accuracy
on {held_out.x.shape[1]} digits that were held out. Ours also says cost, accuracy and δ after each epoch."""


def _ours(kept: datasets.Dataset, held_out: datasets.Dataset, batch: int) -> tuple[float, float]:
    start = time.process_time()
    history = train(
        initialize((64, HIDDEN, 10)), kept.x, kept.y, learning_rate=RATE, epochs=EPOCHS, batch_size=batch,
        output=softmax, cost=categorical_cross_entropy,
    )  # fmt: skip
    seconds = time.process_time() - start
    answers = forward(history.parameters, held_out.x, output=softmax).prediction.argmax(axis=0)
    return seconds, float((answers == held_out.labels).mean())


def _theirs(kept: datasets.Dataset, held_out: datasets.Dataset, batch: int) -> tuple[float, float]:
    from sklearn.neural_network import MLPClassifier  # noqa: PLC0415 # pyright: ignore[reportMissingImports]

    x, labels = np.ascontiguousarray(kept.x.T), kept.labels
    network = MLPClassifier(
        (HIDDEN,), activation="logistic", solver="sgd", learning_rate_init=RATE, momentum=0, alpha=0,
        batch_size=batch,  # pyright: ignore[reportArgumentType] (its default is the string "auto")
        max_iter=EPOCHS, tol=0, n_iter_no_change=EPOCHS, random_state=0,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it would rather go on
        start = time.process_time()
        network.fit(x, labels)
        seconds = time.process_time() - start
    return seconds, float(network.score(held_out.x.T, held_out.labels))

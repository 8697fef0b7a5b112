"""Data to train on: two toys, the handwritten digits that come with the package, and a reader for MNIST."""

import zlib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.validation import columns, count, finite, generator


@dataclass(frozen=True)
class Dataset:
    """Examples in house shapes, one column per example.

    Parameters
    ----------
    x : inputs, shape (n[0], m), in [0, 1] for pictures
    y : targets, one-hot of shape (classes, m), or (1, m) with 0 and 1 for two classes
    labels : class numbers, shape (m,)

    Raises
    ------
    ValueError : the parts do not fit, or a number is not finite.
    """

    x: Array
    y: Array
    labels: Array

    def __post_init__(self) -> None:
        """Copy, check, and lock the arrays: a dataset is shared by all who ask for it."""
        x, labels = columns("x", self.x), np.array(self.labels)
        y = columns("y", self.y, examples=x.shape[1])
        if labels.shape != (x.shape[1],) or labels.dtype.kind not in "iu":
            raise ValueError(f"labels must be {x.shape[1]} whole numbers, got {labels.dtype} of shape {labels.shape}")
        for name, array in (("x", x), ("y", y), ("labels", labels)):
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    def split(self, fraction: float = 0.2, *, seed: int = 0) -> tuple["Dataset", "Dataset"]:
        """Hold out a random `fraction` of the examples: (train, held out), neither of them empty."""
        m = len(self.labels)
        if not 0 < finite("fraction", fraction) < 1 or not 0 < round(fraction * m) < m:
            raise ValueError(f"fraction must leave some of {m} examples on both sides, got {fraction!r}")
        order = generator(seed).permutation(m)
        held_out, kept = np.split(order, [round(fraction * m)])
        return self._take(kept), self._take(held_out)

    def _take(self, chosen: Array) -> "Dataset":
        return Dataset(self.x[:, chosen], self.y[:, chosen], self.labels[chosen])


def xor() -> Dataset:
    """Exclusive or: four points of which no straight line separates the classes; x (2, 4), y (1, 4)."""
    return _two_classes(np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]]), labels=np.array([0, 1, 1, 0]))


def moons(m: int = 200, *, noise: float = 0.1, seed: int = 0) -> Dataset:
    """Two half circles that reach into each other: x (2, m), y (1, m), the first half of class 0."""
    m = count("m", m)
    if finite("noise", noise) < 0:
        raise ValueError(f"noise must not be negative, got {noise!r}")
    labels = (np.arange(m) >= m // 2).astype(int)
    angle = np.concatenate([np.linspace(0, np.pi, m // 2), np.linspace(0, np.pi, m - m // 2)])
    upper, lower = (np.cos(angle), np.sin(angle)), (1 - np.cos(angle), 0.5 - np.sin(angle))
    x = np.where(labels == 0, upper, lower) + generator(seed).normal(0, noise, (2, m))
    return _two_classes(x, labels)


def digits() -> Dataset:
    """The 1,797 handwritten 8×8 digits of UCI (Alpaydin and Kaynak, CC BY 4.0): x (64, 1797), y (10, 1797)."""
    with files("backprop_lab").joinpath("digits.npz").open("rb") as file, np.load(file) as stored:
        return _pictures(stored["images"], stored["labels"], white=16)


def mnist(path: str | Path) -> tuple[Dataset, Dataset]:
    """(train, test) from a Keras-style `mnist.npz`: x (784, m), y (10, m).

    Raises
    ------
    ValueError : there is no such file, or it does not hold x_train, y_train, x_test, y_test; says where to get one.
    """
    names = ("x_train", "y_train", "x_test", "y_test")
    source = "such a file comes with Keras, as `keras.datasets.mnist.load_data()` keeps it in ~/.keras/datasets"
    try:
        with Path(path).expanduser().open("rb") as file, np.load(file) as stored:
            x_train, y_train, x_test, y_test = (stored[name] for name in names)
    except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, BadZipFile, zlib.error) as error:
        raise ValueError(f"path must be an mnist.npz with {', '.join(names)}, got {str(path)!r}; {source}") from error
    for name, images, labels in (("x_train", x_train, y_train), ("x_test", x_test, y_test)):
        if images.shape != (len(labels), 28, 28):
            raise ValueError(f"{name} of {str(path)!r} must have shape ({len(labels)}, 28, 28), got {images.shape}")
        if labels.dtype.kind not in "iu" or not ((labels >= 0) & (labels <= 9)).all():
            raise ValueError(f"the labels to {name} of {str(path)!r} must be whole numbers from 0 to 9, got {labels}")
    return _pictures(x_train, y_train, white=255), _pictures(x_test, y_test, white=255)


def _two_classes(x: Array, labels: Array) -> Dataset:
    return Dataset(x, labels[np.newaxis].astype(float), labels)


def _pictures(images: Array, labels: Array, white: int) -> Dataset:
    return Dataset(images.reshape(len(labels), -1).T / white, np.eye(10)[:, labels], labels.astype(int))

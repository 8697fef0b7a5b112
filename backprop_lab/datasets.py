"""Data to train on: three toys, the handwritten digits that come with the package, and a reader for MNIST."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from backprop_lab.validation import Array, columns, count, generator, numbers, positive

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Dataset:
    """Examples in house shapes, one column per example.

    Parameters
    ----------
    x : inputs, shape (n[0], m), in [0, 1] for pictures
    y : targets, one-hot of shape (classes, m), or (1, m) with 0 and 1 for two classes, or any numbers to be fitted
    labels : class numbers, shape (m,); none where the targets are numbers to be fitted

    Raises
    ------
    ValueError : the parts do not fit, or a number is not finite.
    """

    x: Array
    y: Array
    labels: Array = field(default_factory=lambda: np.zeros(0, dtype=int))

    def __post_init__(self) -> None:
        """Copy, check, and lock the arrays: a dataset is shared by all who ask for it."""
        x, labels = columns("x", self.x), np.array(numbers("labels", self.labels))
        y = columns("y", self.y, examples=x.shape[1])
        if labels.shape not in ((x.shape[1],), (0,)) or labels.dtype.kind not in "iu":
            raise ValueError(f"labels must be {x.shape[1]} whole numbers, got {labels.dtype} of shape {labels.shape}")
        for name, array in (("x", x), ("y", y), ("labels", labels)):
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    def split(self, fraction: float = 0.2, *, seed: int = 0) -> tuple["Dataset", "Dataset"]:
        """Hold out a random `fraction` of the examples: (train, held out), neither of them empty."""
        m = self.x.shape[1]
        if not 0 < positive("fraction", fraction) < 1 or not 0 < round(fraction * m) < m:
            raise ValueError(f"fraction must leave some of {m} examples on both sides, got {fraction!r}")
        order = generator(seed).permutation(m)
        held_out, kept = np.split(order, [round(fraction * m)])
        return self._take(kept), self._take(held_out)

    def _take(self, chosen: Array) -> "Dataset":
        return Dataset(self.x[:, chosen], self.y[:, chosen], self.labels[chosen if len(self.labels) else slice(0)])


def xor() -> Dataset:
    """Exclusive or: four points of which no straight line separates the classes; x (2, 4), y (1, 4)."""
    return _two_classes(np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]]), labels=np.array([0, 1, 1, 0]))


def moons(m: int = 200, *, noise: float = 0.1, seed: int = 0) -> Dataset:
    """Two half circles that reach into each other: x (2, m), y (1, m), the first half of class 0."""
    m = count("m", m)
    noise = positive("noise", noise, or_zero=True)
    labels = (np.arange(m) >= m // 2).astype(int)
    angle = np.concatenate([np.linspace(0, np.pi, m // 2), np.linspace(0, np.pi, m - m // 2)])
    upper, lower = (np.cos(angle), np.sin(angle)), (1 - np.cos(angle), 0.5 - np.sin(angle))
    x = np.where(labels == 0, upper, lower) + generator(seed).normal(0, noise, (2, m))
    return _two_classes(x, labels)


def sine(m: int = 60, *, noise: float = 0.1, seed: int = 0) -> Dataset:
    """One wave of the sine with noise, to be fitted: x (1, m) in [−1, 1], y (1, m) around sin(πx), no classes."""
    m, rng = count("m", m), generator(seed)
    noise = positive("noise", noise, or_zero=True)
    x = np.sort(rng.uniform(-1, 1, (1, m)))
    return Dataset(x, np.sin(np.pi * x) + rng.normal(0, noise, (1, m)))


def digits() -> Dataset:
    """The 1,797 handwritten 8×8 digits of UCI (Alpaydin and Kaynak, CC BY 4.0): x (64, 1797), y (10, 1797)."""
    from pathlib import Path  # noqa: PLC0415 (it takes as long to import as half of this package)

    with np.load(Path(__file__).with_name("digits.npz")) as stored:
        return _pictures(stored["images"], stored["labels"], white=16)


def mnist(path: "str | Path") -> tuple[Dataset, Dataset]:
    """(train, test) from a Keras-style `mnist.npz`: x (784, m) in [0, 1], y (10, m).

    Pictures may be stored as whole numbers from 0 to 255, or from 0 to 1; labels in shape (m,) or (m, 1).

    Raises
    ------
    ValueError : there is no such file, or it does not hold x_train, y_train, x_test, y_test; says where to get one.
        One of these arrays is of another shape, or of another range, so that nobody can know what is white.
    """
    from pathlib import Path  # noqa: PLC0415
    from zipfile import BadZipFile  # noqa: PLC0415 (a tenth of NumPy's import time, for this one reader)
    from zlib import error as broken  # noqa: PLC0415

    names = ("x_train", "y_train", "x_test", "y_test")
    source = "such a file comes with Keras, as `keras.datasets.mnist.load_data()` keeps it in ~/.keras/datasets"
    try:
        with Path(path).expanduser().open("rb") as file, np.load(file) as stored:
            arrays = {name: stored[name] for name in names}
    except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, BadZipFile, broken) as error:
        raise ValueError(f"path must be an mnist.npz with {', '.join(names)}, got {str(path)!r}; {source}") from error
    x_train, y_train, x_test, y_test = ((f"{name} of {str(path)!r}", arrays.pop(name)) for name in names)
    return _judged(*x_train, *y_train), _judged(*x_test, *y_test)


def _judged(images_name: str, images: Array, labels_name: str, labels: Array) -> Dataset:
    """A dataset of pictures whose shape, type and range leave no doubt of what they mean."""
    if images.shape[1:] != (28, 28) or not images.size:
        raise ValueError(f"{images_name} must have shape (m, 28, 28), got {images.shape}")
    m = len(images)
    fits = labels.shape in ((m,), (m, 1)) and labels.dtype.kind in "iu"
    if not fits or labels.min() < 0 or labels.max() > 9:
        came = f"{labels.dtype} of shape {labels.shape}{_ends(labels)}"
        raise ValueError(f"{labels_name} must be whole numbers from 0 to 9 of shape ({m},), got {came}")
    scale = _white(images)
    if scale is None:
        came = f"{images.dtype}{_ends(images)}"
        raise ValueError(f"{images_name} must hold whole numbers from 0 to 255, or numbers from 0 to 1, got {came}")
    return _pictures(images, labels.reshape(m), scale)


def _white(images: Array) -> int | None:
    """What white is in these pictures, 255 or 1; None if that is not clear."""
    if images.dtype.kind not in "biuf" or not images.min() >= 0 or not images.max() <= 255:  # nor a NaN
        return None
    if images.max() <= 1:
        return 1
    whole = images.dtype.kind != "f" or (images == np.floor(images)).all()
    return 255 if whole else None


def _ends(values: Array) -> str:
    return f" from {values.min()} to {values.max()}" if values.dtype.kind in "biuf" and values.size else ""


def _two_classes(x: Array, labels: Array) -> Dataset:
    return Dataset(x, labels[np.newaxis].astype(float), labels)


def _pictures(images: Array, labels: Array, white: int) -> Dataset:
    x = np.divide(images.reshape(len(labels), -1).T, white, dtype=np.float64)
    x.flags.writeable = False  # so that the dataset need not copy it
    return Dataset(x, np.eye(10)[:, labels], labels.astype(int))

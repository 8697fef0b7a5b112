"""Datasets: shapes, contents, splits, and a helpful word where MNIST is missing."""

from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab import Dataset, datasets


@pytest.mark.parametrize(
    ("dataset", "shape", "classes"),
    [(datasets.xor(), (2, 4), 2), (datasets.moons(), (2, 200), 2), (datasets.digits(), (64, 1797), 10)],
    ids=["xor", "moons", "digits"],
)
def test_a_dataset_has_one_column_per_example_and_labels_that_agree_with_its_targets(dataset, shape, classes):
    assert dataset.x.shape == shape
    assert dataset.y.shape == (1 if classes == 2 else classes, shape[1])
    expected = dataset.y[0] if classes == 2 else dataset.y.argmax(axis=0)
    np.testing.assert_array_equal(dataset.labels, expected)
    assert set(np.unique(dataset.y)) == {0, 1}
    assert set(dataset.labels.tolist()) == set(range(classes))
    with pytest.raises(ValueError, match="read-only"):
        dataset.x[0, 0] = 9


def test_xor_is_exclusive_or():
    (first, second), y = datasets.xor().x, datasets.xor().y[0]
    np.testing.assert_array_equal(y, first.astype(bool) ^ second.astype(bool))


def test_the_digits_are_pictures_between_0_and_1_in_a_small_file():
    x = datasets.digits().x
    assert (x.min(), x.max()) == (0, 1)
    assert files("backprop_lab").joinpath("digits.npz").stat().st_size < 100_000  # type: ignore[attr-defined]


def test_the_digits_are_those_of_scikit_learn():
    load_digits = pytest.importorskip("sklearn.datasets", reason="pip install scikit-learn to compare").load_digits
    np.testing.assert_array_equal(16 * datasets.digits().x.T, load_digits().data)
    np.testing.assert_array_equal(datasets.digits().labels, load_digits().target)


def test_moons_are_seeded_and_no_straight_line_separates_them():
    moons = datasets.moons(300, noise=0.05, seed=4)
    np.testing.assert_array_equal(moons.x, datasets.moons(300, noise=0.05, seed=4).x)
    assert (moons.x != datasets.moons(300, noise=0.05, seed=5).x).any()
    a = np.vstack([moons.x, np.ones(300)]).T
    line = np.linalg.lstsq(a, 2 * moons.y[0] - 1, rcond=None)[0]
    assert 0.75 < ((a @ line > 0) == moons.y[0]).mean() < 0.95


def test_the_sine_has_targets_to_be_fitted_and_no_classes():
    sine = datasets.sine(500, noise=0.1, seed=3)
    assert (sine.x.shape, sine.y.shape, sine.labels.shape) == ((1, 500), (1, 500), (0,))
    assert -1 <= sine.x.min() < -0.9
    assert 0.9 < sine.x.max() <= 1
    noise = sine.y - np.sin(np.pi * sine.x)
    assert (noise.mean(), noise.std()) == (pytest.approx(0, abs=0.02), pytest.approx(0.1, rel=0.1))
    np.testing.assert_array_equal(sine.y, datasets.sine(500, noise=0.1, seed=3).y)
    assert (sine.x != datasets.sine(500, noise=0.1, seed=4).x).any()
    exact = datasets.sine(5, noise=0)
    np.testing.assert_allclose(exact.y, np.sin(np.pi * exact.x))
    kept, held_out = sine.split(0.2, seed=1)
    assert (kept.x.shape, held_out.y.shape, kept.labels.shape) == ((1, 400), (1, 100), (0,))


@given(st.floats(0.01, 0.99), st.integers(0, 99))
def test_a_split_shares_out_every_example_once(fraction, seed):
    whole = datasets.moons(100)
    kept, held_out = whole.split(fraction, seed=seed)
    assert held_out.x.shape[1] == round(100 * fraction)
    together = np.hstack([kept.x, held_out.x])
    np.testing.assert_array_equal(np.sort(together[0]), np.sort(whole.x[0]))
    for part in (kept, held_out):
        np.testing.assert_array_equal(part.y[0], part.labels)


@pytest.mark.parametrize("fraction", [0, 1, -0.5, 1.5, 0.001, np.nan])
def test_a_split_that_leaves_one_side_empty_is_refused(fraction):
    with pytest.raises(ValueError, match=r"fraction must (leave some of 4 examples on both|be finite|be a positive)"):
        datasets.xor().split(fraction)


def test_a_dataset_whose_parts_do_not_fit_is_refused():
    with pytest.raises(ValueError, match=r"labels must be 4 whole numbers, got int64 of shape \(3,\)"):
        Dataset(np.ones((2, 4)), np.ones((1, 4)), np.arange(3, dtype=np.int64))
    with pytest.raises(ValueError, match=r"labels must be 4 whole numbers, got float64 of shape \(4,\)"):
        Dataset(np.ones((2, 4)), np.ones((1, 4)), np.ones(4))
    with pytest.raises(ValueError, match=r"y must have shape \(n, 4\)"):
        Dataset(np.ones((2, 4)), np.ones((1, 3)), np.ones(4))


def test_a_dataset_is_made_of_copies():
    x, y, labels = [[1, 2]], np.ones((1, 2)), np.array([0, 1])
    dataset = Dataset(x, y, labels)  # type: ignore[arg-type] (whoever has lists may pass them)
    y[0, 0] = labels[0] = 7
    assert (dataset.x.dtype, dataset.x.shape) == (np.float64, (1, 2))
    assert (dataset.y[0, 0], dataset.labels[0]) == (1, 0)


def test_mnist_reads_a_keras_file(tmp_path):
    rng = np.random.default_rng(0)
    images, labels = rng.integers(0, 256, (7, 28, 28), dtype=np.uint8), rng.integers(0, 10, 7, dtype=np.uint8)
    path = tmp_path / "mnist.npz"
    np.savez(path, x_train=images, y_train=labels, x_test=images[:3], y_test=labels[:3])
    train, test = datasets.mnist(path)
    assert (train.x.shape, train.y.shape, test.x.shape) == ((784, 7), (10, 7), (784, 3))
    np.testing.assert_array_equal((255 * train.x[:, 2]).round(), images[2].ravel())
    np.testing.assert_array_equal(train.y.argmax(axis=0), labels)


def test_mnist_says_where_such_a_file_comes_from(tmp_path):
    with pytest.raises(ValueError, match=r"path must be an mnist.npz .*got '/nowhere'; such a file comes with Keras"):
        datasets.mnist("/nowhere")
    other = tmp_path / "other.npz"
    np.savez(other, x_train=np.ones(3))
    with pytest.raises(ValueError, match="such a file comes with Keras"):
        datasets.mnist(other)
    images, labels = np.ones((7, 8, 8)), np.ones(7)
    np.savez(other, x_train=images, y_train=labels, x_test=images, y_test=labels)
    with pytest.raises(ValueError, match=r"x_train of .* must have shape \(m, 28, 28\), got \(7, 8, 8\)"):
        datasets.mnist(other)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and no more", b"no archive"], ids=["empty", "cut off", "text"])
def test_a_file_that_is_no_archive_is_told_as_one_that_is_not_there(tmp_path, content):
    (tmp_path / "mnist.npz").write_bytes(content)
    with pytest.raises(ValueError, match="such a file comes with Keras"):
        datasets.mnist(tmp_path / "mnist.npz")


@pytest.mark.parametrize("labels", [[0, 10], [-1, 2], [0.5, 1.0]], ids=str)
def test_mnist_refuses_labels_that_are_no_digits(tmp_path, labels):
    images = np.zeros((2, 28, 28), dtype=np.uint8)
    np.savez(tmp_path / "mnist.npz", x_train=images, y_train=labels, x_test=images, y_test=labels)
    with pytest.raises(ValueError, match=r"y_train of .* must be whole numbers from 0 to 9 of shape \(2,\), got"):
        datasets.mnist(tmp_path / "mnist.npz")


def test_the_home_directory_may_be_written_as_in_a_shell(tmp_path, monkeypatch):
    images, labels = np.zeros((2, 28, 28), dtype=np.uint8), np.array([3, 4])
    np.savez(tmp_path / "mnist.npz", x_train=images, y_train=labels, x_test=images, y_test=labels)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert datasets.mnist("~/mnist.npz")[0].labels.tolist() == [3, 4]


def stored(folder, **changed):
    rng = np.random.default_rng(0)
    images, labels = rng.integers(0, 256, (7, 28, 28), dtype=np.uint8), rng.integers(0, 10, 7)
    arrays = {"x_train": images, "y_train": labels, "x_test": images, "y_test": labels}
    np.savez(folder / "mnist.npz", **{**arrays, **{name: make(arrays[name]) for name, make in changed.items()}})
    return folder / "mnist.npz"


CLEAR = {
    "int16": lambda images: images.astype(np.int16),
    "whole floats": lambda images: images.astype(np.float32),
    "already in [0, 1]": lambda images: images / 255,
    "already in [0, 1], float32": lambda images: (images / 255).astype(np.float32),
}


@pytest.mark.parametrize("kind", CLEAR)
def test_pictures_whose_white_is_clear_are_scaled_rightly(tmp_path, kind):
    expected = datasets.mnist(stored(tmp_path))[0].x
    found = datasets.mnist(stored(tmp_path, x_train=CLEAR[kind], x_test=CLEAR[kind]))
    for dataset in found:
        np.testing.assert_allclose(dataset.x, expected, rtol=1e-6)


def test_black_and_white_pictures_are_0_and_1(tmp_path):
    for dtype in (bool, np.uint8):
        found = datasets.mnist(stored(tmp_path, x_test=lambda images, dtype=dtype: (images > 99).astype(dtype)))[1]
        assert set(np.unique(found.x)) == {0, 1}


UNCLEAR = {
    "from -1 to 1": (lambda images: images / 127.5 - 1, "float64 from -1.0 to 1.0"),
    "normalized": (lambda images: (images - 33.0) / 78, "float64 from -0.4"),
    "int16 beyond 255": (lambda images: images.astype(np.int16) * 4, "int16 from 0 to 10"),
    "no whole numbers": (lambda images: images * 0.9, "float64 from 0.0 to 229"),
    "nan": (lambda images: np.where(images > 250, np.nan, images), "float64 from nan to nan"),
    "text": (lambda images: images.astype(str), "<U3"),
}


@pytest.mark.parametrize("kind", UNCLEAR)
def test_pictures_whose_white_is_not_clear_are_refused_by_file_and_array(tmp_path, kind):
    make, came = UNCLEAR[kind]
    path = stored(tmp_path, x_test=make)
    with pytest.raises(ValueError, match=f"x_test of '{path}' must hold whole numbers from 0 to 255, .* got {came}"):
        datasets.mnist(path)


def test_labels_in_a_column_are_taken_and_one_hot_ones_refused(tmp_path):
    train, test = datasets.mnist(stored(tmp_path, y_train=lambda labels: labels[:, np.newaxis]))
    np.testing.assert_array_equal(train.labels, test.labels)
    with pytest.raises(
        ValueError, match=r"y_test of .* of shape \(7,\), got float64 of shape \(7, 10\) from 0.0 to 1.0"
    ):
        datasets.mnist(stored(tmp_path, y_test=lambda labels: np.eye(10)[labels]))

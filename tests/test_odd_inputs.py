"""Whatever is handed to a public function: the right answer, or an error that names the argument and what came."""

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass, replace
from functools import partial
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
import pytest

import backprop_lab as lab
from backprop_lab import cases, datasets
from backprop_lab.complex_step import nudge

CASE = cases.batch  # sizes 2, 3, 1 and four examples
P, X, Y = CASE.parameters, CASE.x, CASE.y
FORWARD, BACKWARD = CASE.forward_pass, CASE.backward_pass
DELTA, SLOPE, A = BACKWARD.delta[1], lab.sigmoid.prime(FORWARD.z[1]), FORWARD.prediction
RUN = {"learning_rate": 0.5, "epochs": 2, "batch_size": 3}
ALL = [getattr(lab, name) for name in lab.__all__]


class Door(NamedTuple):
    """One argument of one function: `call(value)` hands a value in, `right` is one that fits."""

    function: str
    argument: str
    call: Callable[[Any], Any]
    right: Any


def doors(function: str, call: Callable[..., Any], **arguments: Any) -> list[Door]:
    """A door for each argument, the others as they should be."""
    return [Door(function, name, partial(_enter, call, arguments, name), right) for name, right in arguments.items()]


def _enter(call, arguments, name, value):
    return call(**{**arguments, name: value})


def of_layer(kind: str, value: Any) -> lab.Parameters:
    return replace(P, **{kind: {**getattr(P, kind), 1: value}})


ARRAYS = [
    *doors("bp1", lab.bp1, nabla_a=DELTA, sigma_prime=SLOPE),
    *doors("bp2", lab.bp2, w_next=P.w[2], delta_next=BACKWARD.delta[2], sigma_prime=SLOPE),
    *doors("bp3", lab.bp3, delta=DELTA),
    *doors("bp4", lab.bp4, delta=DELTA, a_previous=X),
    *doors("forward", partial(lab.forward, P), x=X),
    *doors("backward", partial(lab.backward, P, FORWARD), y=Y),
    *doors("Case", partial(lab.Case, P), x=X, y=Y),
    *doors("quadratic", lab.quadratic, a=A, y=Y),
    *doors("binary_cross_entropy", lab.binary_cross_entropy, a=A, y=Y),
    *doors("categorical_cross_entropy", lab.categorical_cross_entropy, a=lab.softmax(X), y=lab.softmax(X)),
    *doors("quadratic.gradient", lab.quadratic.gradient, a=A, y=Y),
    *doors("numerical_gradient", partial(lab.numerical_gradient, P), x=X, y=Y),
    *doors("gradient_check", partial(lab.gradient_check, P), x=X, y=Y),
    *doors("train", partial(lab.train, P, **RUN), x=X, y=Y),
    *doors("training_run", lambda x, y: list(lab.training_run(P, x, y, **RUN)), x=X, y=Y),
    Door("train", "validation x", lambda x: lab.train(P, X, Y, **RUN, validation=(x, Y)), X),
    Door("train", "validation y", lambda y: lab.train(P, X, Y, **RUN, validation=(X, y)), Y),
    Door("Parameters", "w[1]", partial(of_layer, "w"), P.w[1]),
    Door("Parameters", "b[1]", partial(of_layer, "b"), P.b[1]),
    *doors("Dataset", partial(lab.Dataset, labels=np.arange(4)), x=X, y=Y),
]
ANY_SHAPE = [Door(sigma.name, "z", sigma, X) for sigma in (lab.sigmoid, lab.tanh, lab.relu, lab.identity, lab.softmax)]
ANY_SHAPE += [Door(f"{sigma}.prime", "z", sigma.prime, X) for sigma in (lab.sigmoid, lab.tanh, lab.relu, lab.identity)]


class Tagged(np.ndarray):
    """An array that means more than its numbers."""


class Metres:
    """As libraries of units have it: an array with `units`, which NumPy would take off."""

    units = "m"

    def __init__(self, values):
        self.values = values

    def __array__(self, dtype=None, copy=None):
        return np.array(self.values, dtype=dtype)


class Stubborn:
    """As a tensor that keeps its history: it will not become an array."""

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("detach it first")


def strided(value):
    wide = np.zeros((value.shape[0], 3 * value.shape[1]))
    wide[:, ::3] = value
    return wide[:, ::3]


def read_only(value):
    value = value.copy()
    value.flags.writeable = False
    return value


def mapped(value, folder):
    found = np.memmap(folder / "values", dtype=float, mode="w+", shape=value.shape)
    found[:] = value
    return found


SAME = {  # the same numbers in another guise
    "list": lambda value: value.tolist(),
    "tuple": lambda value: tuple(map(tuple, value)),
    "list of arrays": list,
    "Fortran order": np.asfortranarray,
    "strides": strided,
    "from the back": lambda value: value[::-1, ::-1].copy()[::-1, ::-1],
    "read-only": read_only,
    "other byte order": lambda value: value.astype(">f8"),
    "long double": lambda value: value.astype(np.longdouble),
    "matrix": np.matrix,
}


def with_one(bad, dtype: Any = float):
    def make(value):
        value = value.astype(dtype)
        value[-1, -1] = bad
        return value

    return make


NO_NUMBERS = {
    "None": lambda value: None,
    "text": lambda value: "0.5",
    "texts": lambda value: value.astype(str),
    "objects": lambda value: value.astype(object),
    "None in it": with_one(None, object),
    "complex": lambda value: value + 0j,
    "dates": lambda value: value.astype("datetime64[s]"),
    "records": lambda value: np.zeros(value.shape, dtype=[("a", float)]),
    "generator": lambda value: (row for row in value),
    "dict": lambda value: dict(enumerate(value)),
    "set": lambda value: {1.0, 2.0},
    "ragged": lambda value: [[1.0], [1.0, 2.0], [3.0]],
    "masked": lambda value: np.ma.masked_array(value, mask=value == value[0, 0]),
    "masked, nothing hidden": np.ma.masked_array,
    "list of masked": lambda value: [np.ma.masked_array(row, mask=True) for row in value],
    "subclass": lambda value: value.view(Tagged),
    "unit": Metres,
    "no array": lambda value: Stubborn(),
    "function": lambda value: np.sin,
}
NOT_FINITE = {
    "nan": with_one(np.nan),
    "inf": with_one(np.inf),
    "-inf": with_one(-np.inf),
    "beyond float64": with_one(np.longdouble("1e400"), np.longdouble),
}
NO_FIT = {
    "number": lambda value: 0.5,
    "0-d": lambda value: np.array(0.5),
    "empty list": lambda value: [],
    "no columns": lambda value: value[:, :0],
    "no rows": lambda value: value[:0],
    "three axes": lambda value: value[np.newaxis],
    "a row too many": lambda value: np.vstack([value, value[:1]]),
    "a column too many": lambda value: np.hstack([value, value[:, :1]]),
    "flat, too long": lambda value: np.append(value, value),
}
FREE = {  # where nothing else fixes this length, more of it is no mistake: it is the first of two to be judged
    ("forward", "x"): {"a column too many"},
    ("bp3", "delta"): {"a row too many", "a column too many"},
    ("bp4", "delta"): {"a row too many"},
    ("bp4", "a_previous"): {"a row too many"},
    ("Parameters", "w[1]"): {"a column too many"},
    **{("Dataset", name): {"a row too many"} for name in "xy"},
}
AFTER = {  # the arguments that are judged by this one
    **{(name, "x"): "y" for name in ("Case", "numerical_gradient", "gradient_check", "train", "training_run")},
    **{(name, "a"): "y" for name in ("quadratic", "quadratic.gradient", "binary_cross_entropy")},
    ("categorical_cross_entropy", "a"): "y",
    ("train", "validation x"): "validation y",
    ("bp1", "nabla_a"): "sigma_prime",
    ("bp2", "w_next"): ("delta_next", "sigma_prime"),
    ("bp2", "delta_next"): "sigma_prime",
    ("bp4", "delta"): "a_previous",
    ("Dataset", "x"): "y",
    ("Parameters", "w[1]"): "b[1]",
}
IDS = [f"{door.function} {door.argument}" for door in ARRAYS]
EVERYWHERE = [*ARRAYS, *ANY_SHAPE]
ALL_IDS = [f"{door.function} {door.argument}" for door in EVERYWHERE]


def flat(found: Any) -> list[np.ndarray]:
    """Every number in an answer, however it is wrapped."""
    if isinstance(found, Mapping):
        return [array for values in found.values() for array in flat(values)]
    if isinstance(found, tuple | list):
        return [array for values in found for array in flat(values)]
    if is_dataclass(found):
        return flat(list(vars(found).values()))
    numbers = isinstance(found, np.ndarray | float | int) and np.asarray(found).dtype != object
    return [np.asarray(found)] if numbers else []


def agree(found: Any, expected: Any) -> bool:
    pairs = list(zip(flat(found), flat(expected), strict=True))
    return bool(pairs) and all(
        type(ours) is np.ndarray and ours.shape == theirs.shape and np.allclose(ours, theirs, rtol=1e-12, atol=1e-13)
        for ours, theirs in pairs
    )


@pytest.mark.filterwarnings("ignore:the matrix subclass:PendingDeprecationWarning")
@pytest.mark.parametrize("door", EVERYWHERE, ids=ALL_IDS)
def test_the_same_numbers_in_another_guise_give_the_same_answer_and_are_left_alone(door, tmp_path):
    expected, wrong = door.call(door.right), []
    for guise, make in SAME.items():
        value = make(door.right)
        kept = np.array(value)
        wrong += [] if agree(door.call(value), expected) and (kept == np.array(value)).all() else [guise]
    wrong += [] if agree(door.call(mapped(door.right, tmp_path)), expected) else ["in a file"]
    assert wrong == []


@pytest.mark.parametrize("door", EVERYWHERE, ids=ALL_IDS)
def test_whole_numbers_and_short_ones_are_taken_as_float64(door):
    whole = np.zeros_like(door.right)
    whole[0] = 1
    expected = door.call(whole)
    for dtype in (bool, np.int8, np.uint64, np.float16, np.float32):
        assert agree(door.call(whole.astype(dtype)), expected), dtype


def complaint(door: Door, value: Any, kind: type[Exception] = ValueError) -> str:
    """What the door says of a value that it must refuse."""
    with pytest.raises(kind, match=r"^[\w\[\] ]+ must .*, got ") as caught:
        door.call(value)
    return str(caught.value)


@pytest.mark.parametrize("door", EVERYWHERE, ids=ALL_IDS)
def test_what_is_no_plain_array_of_numbers_is_refused_by_name(door):
    wave = door in ANY_SHAPE and "prime" not in door.function  # the complex step needs σ of complex numbers
    said = {
        odd: complaint(door, make(door.right)) for odd, make in NO_NUMBERS.items() if (odd, wave) != ("complex", True)
    }
    assert [odd for odd, words in said.items() if not words.startswith(f"{door.argument} must ")] == []


@pytest.mark.parametrize("door", ARRAYS, ids=IDS)
def test_what_is_not_finite_is_refused_by_name_and_place(door):
    where = tuple(n - 1 for n in door.right.shape)
    for make in NOT_FINITE.values():
        words = complaint(door, make(door.right))
        assert words.startswith(f"{door.argument} must be finite, got ")
        assert words.endswith(f"at index {where}")


@pytest.mark.parametrize("door", ARRAYS, ids=IDS)
def test_what_does_not_fit_is_refused_and_the_shape_that_was_given_is_named(door):
    for odd, make in NO_FIT.items():
        value = make(door.right)
        if odd in FREE.get((door.function, door.argument), ()):
            assert flat(door.call(value))
            continue
        words = complaint(door, value)
        named = words.split(" must ")[0]
        if named == door.argument:
            assert words.endswith(f"got {np.shape(value)}"), odd
        else:  # the second of two that do not fit each other is named, with the shape that it has
            (other,) = (each for each in ARRAYS if (each.function, each.argument) == (door.function, named))
            assert named in AFTER[door.function, door.argument]
            assert words.endswith(f"got {np.shape(other.right)}"), odd


NO_PARAMETERS = {
    "dict": dict(P.w),
    "None": None,
    "pair": (P.w, P.b),
    "array": P.w[1],
    "text": "w",
    "class": lab.Parameters,
}
TAKERS = [
    Door("forward", "parameters", lambda p: lab.forward(p, X), P),
    Door("backward", "parameters", lambda p: lab.backward(p, FORWARD, Y), P),
    Door("step", "parameters", lambda p: lab.step(p, BACKWARD, 0.5), P),
    Door("Case", "parameters", lambda p: lab.Case(p, X, Y), P),
    Door("numerical_gradient", "parameters", lambda p: lab.numerical_gradient(p, X, Y), P),
    Door("gradient_check", "parameters", lambda p: lab.gradient_check(p, X, Y), P),
    Door("training_run", "parameters", lambda p: lab.training_run(p, X, Y, **RUN), P),
    Door("train", "parameters", lambda p: lab.train(p, X, Y, **RUN), P),
    Door("backward", "forward_pass", lambda found: lab.backward(P, found, Y), FORWARD),
    Door("step", "backward_pass", lambda found: lab.step(P, found, 0.5), BACKWARD),
    Door("nudge", "case", lambda case: nudge(case, "w", 1, (0, 0)), CASE),
    Door("forward", "hidden", lambda sigma: lab.forward(P, X, hidden=sigma), lab.sigmoid),
    Door("forward", "output", lambda sigma: lab.forward(P, X, output=sigma), lab.sigmoid),
    Door("backward", "cost", lambda cost: lab.backward(P, FORWARD, Y, cost=cost), lab.quadratic),
    Door("train", "cost", lambda cost: lab.train(P, X, Y, **RUN, cost=cost), lab.quadratic),
]


@pytest.mark.parametrize("door", TAKERS, ids=lambda door: f"{door.function} {door.argument}")
def test_a_record_of_another_type_is_refused_by_name(door):
    door.call(door.right)
    for odd in NO_PARAMETERS.values():
        assert complaint(door, odd, TypeError).startswith(f"{door.argument} must be of type ")


NUMBERS = [
    *doors("step", partial(lab.step, P, BACKWARD), learning_rate=0.5),
    *doors("train", partial(lab.train, P, X, Y), learning_rate=0.5, epochs=2, batch_size=3, seed=1),
    *doors("numerical_gradient", partial(lab.numerical_gradient, P, X, Y), h=1e-5),
    *doors("gradient_check", partial(lab.gradient_check, P, X, Y), h=1e-5),
    *doors("initialize", partial(lab.initialize, (2, 1)), seed=1, bias_scale=0.5),
    *doors("moons", datasets.moons, m=10, noise=0.1, seed=1),
    *doors("sine", datasets.sine, m=10, noise=0.1, seed=1),
    *doors("split", datasets.moons(10).split, fraction=0.5, seed=1),
]
NO_NUMBER = {
    "None": None,
    "text": "1",
    "list": [1],
    "array": np.array([1, 2]),
    "nan": np.nan,
    "inf": np.inf,
    "complex": 1j,
    "negative": -1,
    "masked": np.ma.masked,
    "class": int,
}


@pytest.mark.parametrize("door", NUMBERS, ids=lambda door: f"{door.function} {door.argument}")
def test_a_setting_that_is_no_such_number_is_refused_by_name(door):
    door.call(door.right)
    for odd in NO_NUMBER.values():
        assert complaint(door, odd).startswith(f"{door.argument} must ")


@pytest.mark.parametrize("sizes", [np.array(3), [[2, 1]], "21", {2, 1}, np.ma.masked_equal([2, 1], 2), iter((2, 1))])
def test_odd_sizes_are_refused(sizes):
    with pytest.raises(ValueError, match=r"sizes must .*, got "):
        lab.initialize(sizes)


@pytest.mark.parametrize("index", [(3, 0), (-1, 0), (0,), 0, None, ((0, 1), 0)], ids=str)
def test_a_nudge_of_an_entry_that_is_not_there_is_refused(index):
    with pytest.raises(ValueError, match=r"index must lie within the shape \(3, 2\) of w\[1\], got "):
        nudge(CASE, "w", 1, index)


RECORDS = {lab.Activation, lab.Cost, lab.Epoch, lab.ForwardPass, lab.BackwardPass, lab.GradientCheck, lab.History}


def test_every_public_function_has_its_doors_here():
    known = {door.function for door in (*EVERYWHERE, *TAKERS, *NUMBERS)}
    public = {
        name
        for name, value in zip(lab.__all__, ALL, strict=True)
        if not isinstance(value, ModuleType) and not name.startswith("check_") and value not in RECORDS
    }
    known |= {"CheckResult", "Quantity", "paths", "nudge"}  # checkers take functions; the others take no arrays
    assert public - known == set()

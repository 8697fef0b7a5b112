"""Each thing a learner may do gets a status and a sentence, and the notebook goes on."""

import itertools
import re
import sys
from unittest.mock import Mock

import numpy as np
import pytest

import backprop_lab
from backprop_lab import (
    CheckResult,
    Parameters,
    check_backprop,
    check_bp2,
    check_bp4,
    check_forward,
    check_update,
    forward,
    sigmoid,
)
from backprop_lab.exercises.exercise import EXERCISES
from backprop_lab.exercises.networks import trials

CHECKS = {name: getattr(backprop_lab, f"check_{name}") for name in EXERCISES}


def right(w_next, delta_next, z):
    return (w_next.T @ delta_next) * sigmoid.prime(z)


def empty(w_next, delta_next, z): ...


def documented(w_next, delta_next, z):
    """Return δ."""


def passing(w_next, delta_next, z):
    pass


def raising(w_next, delta_next, z):
    raise NotImplementedError


def half_done(w_next, delta_next, z):
    _sigma_prime = sigmoid.prime(z)
    return ...


@pytest.mark.parametrize("stub", [empty, documented, passing, raising, half_done, ..., lambda *_: NotImplemented])
def test_a_stub_is_not_attempted(stub):
    assert check_bp2(stub).status == "not attempted"


def test_a_pair_of_dots_is_not_attempted():
    assert check_backprop(lambda w, b, x, y: (..., ...)).status == "not attempted"


def no_return(w_next, delta_next, z):
    right(w_next, delta_next, z)


def forever(w_next, delta_next, z):
    while True:
        z = z + 1


def deep(w_next, delta_next, z):
    return deep(w_next, delta_next, z)


def leaving(w_next, delta_next, z):
    sys.exit()


def in_place(w_next, delta_next, z):
    delta_next *= 1.0
    delta_next[0, 0] = 0
    return right(w_next, delta_next, z)


calls = []


def counting(w_next, delta_next, z):
    calls.append(1)
    return len(calls) * right(w_next, delta_next, z)


def unreadable(w_next, delta_next, z):
    class Stubborn:
        def __array__(self, *_, **__):
            raise RuntimeError("I am no array")

    return Stubborn()


class HostileError(Exception):
    """Answers no question about itself."""

    def __getattribute__(self, name):
        raise RuntimeError(name)

    def with_traceback(self, _traceback):
        raise RuntimeError


def hostile(w_next, delta_next, z):
    raise HostileError("I say nothing")


def interrupted(w_next, delta_next, z):
    raise KeyboardInterrupt  # as the stop button of a notebook does


def unwritable(w_next, delta_next, z):
    raise RuntimeError("\ud800\r\x1b[31m" + 300 * "δ")


def swapped(delta_next, w_next, z):
    return right(w_next, delta_next, z)


def only_for(m):
    return lambda w, d, z: right(w, d, z) * ((z.shape[1] == 1) == (m == 1) or 1 + 0.1 * z)


def trimmed(w_next, delta_next, z):
    delta = right(w_next, delta_next, z)
    return delta if z.shape[1] < 3 else delta - delta[:, [2]]


BEHAVIOR = {
    "no return": (no_return, None, "is None"),
    "loops without end": (forever, "endless-loop", "did not finish in time"),
    "recurses without end": (deep, "endless-recursion", "calls itself"),
    "leaves": (leaving, None, "SystemExit"),
    "is interrupted": (interrupted, None, "was interrupted"),
    "raises what answers nothing": (hostile, None, "HostileError: I say nothing"),
    "raises what cannot be written": (unwritable, None, "δδ …. Which"),
    "takes them in another order": (swapped, "swapped-arguments", "takes (delta_next, w_next, z), but"),
    "knows one example only": (only_for(1), "single-example-only", "for a single example, but not for several"),
    "knows two examples too": (trimmed, "single-example-only", "for one example and for two, but not for more"),
    "knows several examples only": (
        only_for(2),
        "several-examples-only",
        "for several examples, but not for a single one",
    ),
    "raises": (lambda w, d, z: w @ d @ z, None, "shape 3 × 4, delta_next of shape 3 × 6"),
    "changes its inputs": (in_place, "shared-state-mutated", "delta_next"),
    "keeps state": (counting, "keeps-state", "twice"),
    "knows one answer": (lambda w, d, z: [[0.1], [0.2]], "hard-coded", "same δˡ for every network"),
    "NaN": (lambda w, d, z: right(w, d, z) * np.nan, None, "NaN"),
    "infinity": (lambda w, d, z: right(w, d, z) / 0.0, None, "infinity"),
    "integers": (lambda w, d, z: (9 * right(w, d, z)).astype(int), "whole-numbers", "whole numbers"),
    "complex": (lambda w, d, z: right(w, d, z) + 0j, None, "real numbers"),
    "text": (lambda w, d, z: "delta", None, "a str"),
    "a generator": (lambda w, d, z: (row for row in right(w, d, z)), None, "a generator"),
    "two answers": (lambda w, d, z: (w, right(w, d, z)), None, "yours is a tuple of 2"),
    "ragged": (lambda w, d, z: [[1, 2], [3]], None, "rectangle"),
    "flat": (lambda w, d, z: right(w, d, z).ravel(), None, "n × m = 4 × 6"),
    "too many dimensions": (lambda w, d, z: right(w, d, z)[None], None, "yours is 1 × 4 × 6"),
    "no array": (unreadable, None, "I am no array"),
    "another signature": (lambda w, d: w, None, "3 arguments, (w_next, delta_next, z)"),
    "the result of a call": (np.ones((2, 2)), None, "the function itself"),
    "a known factor": (lambda w, d, z: 3 * right(w, d, z), "constant-factor", "3 times"),
    "a factor near 1": (lambda w, d, z: 1.005 * right(w, d, z), "constant-factor", "1.005 times"),
    "half precision": (lambda w, d, z: right(w, d, z).astype(np.float16), "nearly-right", "to a few digits"),
    "a caret": (lambda w, d, z: (w.T @ d) * (sigmoid(z) - sigmoid(z) ^ 2), "caret-not-power", "raises to a power?"),
    "a name that is not there": (lambda w, d, z: w.T @ d * eval("s"), "name-not-defined", "name 's' is not defined"),
    "brackets left out": (lambda w, d, z: w.transpose @ d, "not-a-table", "(has 0, requires 1). What is on each"),
    "round brackets": (lambda w, d, z: right(w, d, z) / z.shape(1), "called-not-indexed", "entry out of a tuple?"),
    "a dict": (lambda w, d, z: 0.1 * eval("{}"), "dict-not-array", "which of its arrays do you mean?"),
    "an argument misspelled": (lambda w, d, z: z.sum(axis=1, keepdim=True), "wrong-arguments", "spell the argument?"),
    "a key that is not there": (lambda w, d, z: {1: w}[0] @ d, None, "which key is asked for there"),
    "infinity everywhere": (lambda w, d, z: right(w, d, z) * np.inf, None, "infinity"),
    "prints its answer": (lambda w, d, z: print(right(w, d, z)), None, "(print only shows a value)?"),
    "a bound": (lambda w, d, z: right(w, d, z).clip(-0.2, 0.2), "clipped", "cut off at ±0.2"),
    "four decimals": (lambda w, d, z: right(w, d, z).round(4), "nearly-right", "by rounding"),
    "rounded": (lambda w, d, z: right(w, d, z) * (1 + 1e-5), "nearly-right", "nearly right"),
}


@pytest.mark.parametrize("name", BEHAVIOR)
def test_whatever_it_does_it_is_told(name):
    f, slip, words = BEHAVIOR[name]
    result = check_bp2(f)
    assert (result.status, result.slip) == ("not yet", slip)
    assert words in result.message
    assert result.message.isprintable()


@pytest.mark.parametrize("stranger", [hostile, Mock(), HostileError], ids=["function", "mock", "class"])
def test_a_callable_that_answers_no_question_is_judged_like_any_other(stranger):
    assert check_bp2(stranger).status == "not yet"


def test_what_is_printed_is_mentioned_and_left_out(capfd):
    def talking(w_next, delta_next, z):
        print("x" * 10_000)
        return right(w_next, delta_next, z)

    result = check_bp2(talking)
    assert result
    assert "Your function printed while it was checked; 6 lines are left out." in result.message
    assert capfd.readouterr() == ("", "")


def filled(exercise, number):
    """A function whose answer has the right shapes, and this number in every entry."""

    def fill(values):
        if isinstance(values, dict):
            return {layer: fill(each) for layer, each in values.items()}
        return np.full_like(values, number) if np.ndim(values) else number

    def f(*given):
        answer = exercise.right(*given)
        return tuple(map(fill, answer)) if isinstance(answer, tuple) else fill(answer)

    return f


@pytest.mark.parametrize("name", [*CHECKS, "training_loop"])
@pytest.mark.parametrize(("number", "slip"), [(0.0, "zeros"), (1.0, "hard-coded"), (0.5, "hard-coded")])
def test_one_number_in_every_entry_is_called_that_and_not_the_slips_which_together_would_give_it(name, number, slip):
    exercise = EXERCISES["training_step" if name == "training_loop" else name]
    f = filled(exercise, number)
    one_step = lambda w, b, x, y, rate, epochs, batch_size, seed: f(w, b, x, y, rate)  # noqa: E731
    result = getattr(backprop_lab, f"check_{name}")(one_step if name == "training_loop" else f)
    assert result.slip == slip
    assert re.search(rf"(is|are) {number:g} (in every entry, )?in every network\. (Is|Where)", result.message)


def no_z(w, b, x):
    z, a = EXERCISES["forward"].right(w, b, x)
    return {layer: np.zeros_like(values) for layer, values in z.items()}, a


def no_z_and_nearly_a(w, b, x):
    z, a = no_z(w, b, x)
    return z, {layer: (1 - 1e-5 * (layer > 0)) * values for layer, values in a.items()}


def ones_in_one_layer(w, b, x, y):
    nabla_w, nabla_b = EXERCISES["backprop"].right(w, b, x, y)
    return nabla_w, {**nabla_b, 1: np.ones_like(b[1])}


def gradient_filled(at, number):
    def f(w, b, x, y):
        answer = list(EXERCISES["backprop"].right(w, b, x, y))
        answer[at] = {layer: np.full_like(values, number) for layer, values in answer[at].items()}
        return answer

    return f


@pytest.mark.parametrize(
    ("name", "f", "slip", "words"),
    [
        ("quadratic", lambda a, y: [1], "hard-coded", "Your C is 1 in every entry"),
        ("forward", no_z, "zeros", "Your z is 0 in every entry, in every network; all the rest is right."),
        ("forward", no_z_and_nearly_a, "entries-differ", "all others are 0 or 0.99999 times"),
        ("backprop", ones_in_one_layer, "wrong-bias-gradient", "your ∇_b is not"),
        ("backprop", gradient_filled(1, 1), "hard-coded", "Your ∇_b is 1 in every entry, in every network; all the"),
        ("backprop", gradient_filled(0, 0), "weight-gradient-zero", "Your ∇_w is zero in every layer."),
        ("bp3", lambda delta: np.zeros((len(delta), 1), int), "whole-numbers", "decimals in an array of integers?"),
    ],
)
def test_one_number_in_some_arrays_or_for_a_known_reason_is_told_as_that(name, f, slip, words):
    result = CHECKS[name](f)
    assert result.slip == slip
    assert words in result.message


@pytest.mark.parametrize("name", CHECKS)
def test_an_answer_right_for_the_first_network_only_is_not_accepted(name):
    exercise = EXERCISES[name]
    known = exercise.right(*exercise.inputs(trials()[0]))
    result = CHECKS[name](lambda *_: known)
    assert (bool(result), result.slip) == (False, "hard-coded")


@pytest.mark.parametrize("name", CHECKS)
def test_an_answer_looked_up_by_the_shapes_is_not_accepted(name):
    found = {}

    def looking_up(*given):
        shapes = str(
            [{n: v.shape for n, v in each.items()} if isinstance(each, dict) else np.shape(each) for each in given]
        )
        return found.setdefault(shapes, EXERCISES[name].reference(*given))

    assert not CHECKS[name](looking_up)


def test_inputs_that_are_changed_now_and_then_are_told():
    calls = itertools.count()

    def spoiling(w_next, delta_next, z):
        delta = right(w_next, delta_next, z)
        z *= next(calls) < 8
        return delta

    assert check_bp2(spoiling).slip == "shared-state-mutated"


@pytest.mark.parametrize("name", CHECKS)
def test_changed_inputs_are_told_in_every_exercise(name):
    def spoil(value):
        for array in value.values() if isinstance(value, dict) else [value]:
            if isinstance(array, np.ndarray):
                array[...] = 1

    def spoiling(*given):
        answer = EXERCISES[name].reference(*given)
        spoil(given[0])
        return answer

    expected = "same-dict" if name in ("update", "training_step") else "shared-state-mutated"
    assert CHECKS[name](spoiling).slip == expected


def test_the_dicts_that_came_in_are_not_the_answer():
    def updating(w, b, nabla_w, nabla_b, learning_rate):
        for layer in w:
            w[layer] = w[layer] - learning_rate * nabla_w[layer]
            b[layer] = b[layer] - learning_rate * nabla_b[layer]
        return w, b

    assert check_update(updating).slip == "same-dict"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda z, a: [z, a][0], "must return the pair z, a; it returns a dict"),
        (lambda z, a: (z, a, a), "it returns a tuple of 3"),
        (lambda z, a: (list(z.values()), a), "z must be a dict"),
        (lambda z, a: ({"one": z[1]}, a), "z[1], z[2] and z[3] are missing"),
        (lambda z, a: ({**z, 4: z[3]}, a), "You return z[4], but the network has no such layer"),
        (lambda z, a: (z, {**a, 2: None}), "Where a[2] should be, there is None: which of your lines"),
        (lambda z, a: (z, None), "Where a should be, there is None: which of your lines"),
        (lambda z, a: None, "Where (z, a) should be, there is None: does every path"),
        (lambda z, a: ({**z, 2: z[2] + 1}, a), "z[2] is not"),
        (lambda z, a: ({str(layer): values for layer, values in z.items()}, a), "what you return has z['1']"),
        (lambda z, a: ({layer: z[layer] + (len(z) < 3) for layer in z}, a), "of 3 layers, but not in those of 2"),
        (lambda z, a: ({layer: z[layer] + (len(z) > 2) for layer in z}, a), "of 2 layers, but not in deeper ones"),
    ],
)
def test_a_wrong_form_of_dicts_is_told(answer, words):
    result = check_forward(lambda w, b, x: answer(*EXERCISES["forward"].right(w, b, x)))
    assert words in result.message


def test_a_layer_that_is_not_there_is_told_with_those_that_are():
    message = check_forward(lambda w, b, x: (w[0], b[0])).message
    assert "KeyError: 0. It was given w and b with layers 1 to 3 and x of shape 2 × 6" in message


def test_two_slips_at_once_are_both_named():
    result = check_bp4(lambda delta, a: -(delta @ a.T))
    assert result.slip == "sum-not-mean, sign-flipped"
    assert result.message.startswith("Two things are wrong.")


def test_a_grader_can_assert_it():
    """As nbgrader and otter do it: a cell that raises nothing passes."""
    exec("assert check(f)", {"check": check_bp2, "f": right})
    with pytest.raises(AssertionError):
        exec("assert check(f), check(f)", {"check": check_bp2, "f": empty})


def test_a_result_shows_itself_in_words_and_marks():
    shown = CheckResult("not yet", "Is a < b?", "some-slip")
    assert repr(shown) == "✗ Not yet. Is a < b?"
    html = shown._repr_html_()
    assert 'role="status"' in html
    assert "bl-check bl-bad" in html
    assert "<strong>Not yet. </strong>Is a &lt; b?" in html


def test_code_is_set_as_code_and_no_line_ends_inside_a_shape():
    html = CheckResult("not yet", "It is 4 × 6 at `a < b`, not σ′(z)")._repr_html_()
    assert "4\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}6 at <code" in html
    assert ">a &lt; b</code>, not σ′\N{WORD JOINER}(z)" in html


def test_what_fails_for_several_examples_is_not_called_a_factor_of_one():
    def targets_not_cut(w, b, x, y):
        return EXERCISES["backprop"].right(w, b, x.reshape(len(x), 1), y)

    assert "Your function stopped at the line" in check_backprop(targets_not_cut).message


def test_what_is_sent_back_is_blamed_and_not_the_error_of_the_output_where_that_is_right():
    def raw_error_sent_back(w, b, x, y):
        right, last, f = EXERCISES["backprop"].right(w, b, x, y), len(w), forward(Parameters(w, b), x)
        sent = {last: (f.a[last] - y)}
        for layer in range(last - 1, 0, -1):
            sent[layer] = (w[layer + 1].T @ sent[layer + 1]) * sigmoid.prime(f.z[layer])
        nabla_w = {at: d @ f.a[at - 1].T / x.shape[1] for at, d in sent.items()}
        nabla_b = {at: d.mean(axis=1, keepdims=True) for at, d in sent.items()}
        return nabla_w | {last: right[0][last]}, nabla_b | {last: right[1][last]}

    message = check_backprop(raw_error_sent_back).message
    assert "All is right but your ∇_w and ∇_b of the hidden layers. The δᴸ that you send back is missing" in message


def test_an_error_of_the_checker_itself_is_neither_a_traceback_nor_a_verdict(monkeypatch):
    def fails(*_):
        raise LookupError("\ud800 no such\nthing")

    monkeypatch.setattr("backprop_lab.exercises.judge.agrees", fails)
    for f in (right, lambda w, d, z: z):
        result = check_bp2(f)
        assert (result.status, result.slip, bool(result)) == ("not judged", "checker-failed", False)
        assert result.message.isprintable()
        assert "which says nothing about your function" in result.message
        assert re.search(r"check_bp2, LookupError: .* in line \d+ of test_feedback.py \(Python 3", result.message)
        assert "<strong>Not judged. </strong>" in result._repr_html_()


@pytest.mark.parametrize(
    ("status", "true"), [("correct", True), ("not yet", False), ("not attempted", False), ("not judged", False)]
)
def test_only_correct_is_true(status, true):
    assert bool(CheckResult(status, "")) is true

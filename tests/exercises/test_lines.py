"""The line that is wrong is found in ten coding styles; a right function has none."""

from functools import partial

import numpy as np
import pytest
from corpus.styles import EARLY, STYLES, WRONG, written

from backprop_lab import (
    Parameters,
    backward,
    check_backprop,
    check_bp1,
    check_bp2,
    check_bp3,
    check_bp4,
    check_forward,
    check_quadratic,
    check_training_step,
    forward,
    sigmoid,
)


@pytest.mark.parametrize("style", STYLES)
def test_the_line_is_found_in_every_style(style):
    """Every second slip in a style, the others in the next."""
    results = [(slip, *written(style, slip)) for slip in [*WRONG][list(STYLES).index(style) % 2 :: 2]]
    checked = [(slip, check_backprop(f), line) for slip, f, line in results]
    assert [(slip, result.slip) for slip, result, _ in checked if result.slip != slip] == []
    missed = [(slip, line, result.line) for slip, result, line in checked if result.line != line]
    assert len(missed) <= 0.1 * len(checked), missed


@pytest.mark.parametrize("style", STYLES)
def test_right_functions_have_no_line(style):
    result = check_backprop(written(style)[0])
    assert (result.status, result.line) == ("correct", None)


@pytest.mark.parametrize("style", STYLES)
def test_the_line_is_found_where_delta_holds_its_share_of_the_mean_from_the_start(style):
    """Every third slip in a style, the others in the next."""
    some = [slip for slip, (step, _) in WRONG.items() if step not in EARLY or step == "OUT"]
    results = [(slip, *written(style, slip, early=True)) for slip in some[list(STYLES).index(style) % 3 :: 3]]
    found = [(slip, check_backprop(f), line) for slip, f, line in results]
    assert [(slip, line) for slip, result, line in found if (result.slip, result.line) != (slip, line)] == []
    result = check_backprop(written(style, early=True)[0])
    assert (result.status, result.line) == ("correct", None)


def test_where_only_the_order_is_wrong_the_line_is_the_return():
    def pass_(w, b, x):
        z, a = {}, {0: x}
        for layer in w:
            z[layer] = w[layer] @ a[layer - 1] + b[layer]
            a[layer] = sigmoid(z[layer])
        return a, z

    result = check_forward(pass_)
    assert (result.slip, result.line) == ("swapped-outputs", "return a, z")


def test_a_function_of_no_lines_has_none():
    assert check_bp3(partial(np.sum, axis=1, keepdims=True)).line is None
    assert check_bp3(partial(np.array)).line is None


def test_the_message_names_the_line_unless_there_is_one_only():
    f, line = written("recursion", "squared-weights")
    assert check_backprop(f).message.endswith(f"The first line to look at: `{line}`")
    assert "first line" not in check_bp3(lambda delta: delta).message


def stepped(w, b, x, y, learning_rate):
    """A training step whose weights alone go uphill."""
    back = backward(Parameters(w, b), forward(Parameters(w, b), x), y)
    new_w, new_b = {}, {}
    for layer in w:
        new_w[layer] = w[layer] + learning_rate * back.nabla_w[layer]
        new_b[layer] = b[layer] - learning_rate * back.nabla_b[layer]
    return new_w, new_b


def passed_on(w, b, x, y):
    """Backprop whose output is no sigmoid."""
    z, a, last = {}, {0: x}, len(w)
    for layer in w:
        z[layer] = w[layer] @ a[layer - 1] + b[layer]
        a[layer] = sigmoid(z[layer]) if layer < last else z[layer]
    delta, nabla_w, nabla_b = a[last] - y, {}, {}
    for layer in range(last, 0, -1):
        nabla_w[layer] = delta @ a[layer - 1].T / x.shape[1]
        nabla_b[layer] = delta.mean(axis=1, keepdims=True)
        if layer > 1:
            delta = w[layer].T @ delta * sigmoid.prime(z[layer - 1])
    return nabla_w, nabla_b


@pytest.mark.parametrize(
    ("check", "f", "line"),
    [
        (check_training_step, stepped, "new_w[layer] = w[layer] + learning_rate * back.nabla_w[layer]"),
        (check_backprop, passed_on, "a[layer] = sigmoid(z[layer]) if layer < last else z[layer]"),
        (check_backprop, lambda w, b, x, y: written("dicts")[0](w, b, x, y)[::-1], None),
    ],
    ids=["one array of each pair", "right numbers in a wrong place", "swapped results"],
)
def test_the_line_is_that_of_what_is_wrong_though_right_things_are_made_after_it(check, f, line):
    assert check(f).line == line


def update(w, b, nabla_w, nabla_b, rate):
    return {n: w[n] - rate * nabla_w[n] for n in w}, {n: b[n] - rate * nabla_b[n] for n in b}


def gradient(w, b, x, y):
    back = backward(Parameters(w, b), forward(Parameters(w, b), x), y)
    return back.nabla_w, back.nabla_b


def a_step_for_each(w, b, x, y, learning_rate):
    for i in range(x.shape[1]):
        nabla_w, nabla_b = gradient(w, b, x[:, [i]], y[:, [i]])
        w, b = update(w, b, nabla_w, nabla_b, learning_rate)
    return w, b


def arguments_in_another_order(w, b, x, y, learning_rate):
    nabla_w, nabla_b = gradient(w, b, x, y)
    return update(nabla_w, nabla_b, w, b, learning_rate)


@pytest.mark.parametrize(
    ("f", "line"),
    [
        (a_step_for_each, "w, b = update(w, b, nabla_w, nabla_b, learning_rate)"),
        (arguments_in_another_order, "return update(nabla_w, nabla_b, w, b, learning_rate)"),
    ],
)
def test_a_function_that_does_what_it_should_with_what_it_gets_is_not_blamed(f, line):
    assert check_training_step(f).line == line


def test_where_examples_are_lost_the_line_is_the_one_that_writes_over_them():
    def total(delta, a_previous):
        nabla_w = 0
        for i in range(delta.shape[1]):
            nabla_w = np.outer(delta[:, i], a_previous[:, i])
        return nabla_w / delta.shape[1]

    assert check_bp4(total).line == "nabla_w = np.outer(delta[:, i], a_previous[:, i])"


@pytest.mark.parametrize("cost", [lambda a, y: a.sum(), lambda a, y: np.sqrt(((a - y) ** 2).sum())])
def test_where_a_cost_is_measured_the_lines_that_do_it_are_not_blamed(cost):
    def measured(w, b, x, y):
        nabla_w, nabla_b = {}, {}
        for some, nabla in ((w, nabla_w), (b, nabla_b)):
            for layer in some:
                nabla[layer] = np.zeros_like(some[layer])
                for at in np.ndindex(some[layer].shape):
                    old = some[layer][at]
                    costs = []
                    for by in (1e-5, -1e-5):
                        some[layer][at] = old + by
                        costs.append(cost(forward(Parameters(w, b), x).prediction, y) / x.shape[1])
                    some[layer][at] = old
                    nabla[layer][at] = (costs[0] - costs[1]) / 2e-5
        return nabla_w, nabla_b

    result = check_backprop(measured)
    assert (result.status, result.line) == ("not yet", None)


def test_ones_that_were_set_beside_a_table_did_not_level_it():
    def augmented(w, b, x, y):
        a, m = {0: np.vstack([x, np.ones((1, x.shape[1]))])}, x.shape[1]
        for layer in w:
            z = np.hstack([w[layer], b[layer]]) @ a[layer - 1]
            a[layer] = np.vstack([sigmoid(z), np.ones((1, m))])
        out, nabla_w, nabla_b = a[len(w)][:-1], {}, {}
        delta = (out - y) * out * (1 - out)
        for layer in range(len(w), 0, -1):
            both = delta @ a[layer - 1].T / m
            nabla_w[layer] = both[:, :-1]
            nabla_b[layer] = both[:, 1:2]
            below = a[layer - 1][:-1]
            delta = (w[layer].T @ delta) * below * (1 - below)
        return nabla_w, nabla_b

    assert check_backprop(augmented).line == "nabla_b[layer] = both[:, 1:2]"


def test_the_first_example_alone_is_on_the_line_that_takes_it():
    def slope_of_one(a, y, z):
        diagonal = np.diag(sigmoid.prime(z[:, 0]))
        return diagonal @ (a - y)

    assert check_bp1(slope_of_one).line == "diagonal = np.diag(sigmoid.prime(z[:, 0]))"


def test_a_cost_that_is_0_is_on_the_line_that_rounds():
    def halved_first(a, y):
        half = 1 // 2
        return half * ((a - y) ** 2).sum() / a.shape[1]

    result = check_quadratic(halved_first)
    assert (result.slip, result.line) == ("zeros", "half = 1 // 2")


def test_a_row_that_is_set_to_0_is_on_the_line_that_does_it():
    def without_the_first(w_next, delta_next, z):
        back = w_next.T @ delta_next
        back[0] = 0
        return back * sigmoid.prime(z)

    assert check_bp2(without_the_first).line == "back[0] = 0"


def test_z_put_as_the_output_is_on_its_line_and_not_on_that_of_delta():
    def linear(w, b, x, y):
        z, a, last = {}, {0: x}, max(w)
        for layer in w:
            z[layer] = w[layer] @ a[layer - 1] + b[layer]
            a[layer] = sigmoid(z[layer])
        a[last] = z[last]
        delta = (a[last] - y) * sigmoid.prime(z[last])
        nabla_w, nabla_b = {}, {}
        for layer in reversed(w):
            nabla_w[layer] = delta @ a[layer - 1].T / x.shape[1]
            nabla_b[layer] = delta.mean(axis=1, keepdims=True)
            if layer > 1:
                delta = (w[layer].T @ delta) * a[layer - 1] * (1 - a[layer - 1])
        return nabla_w, nabla_b

    assert check_backprop(linear).line == "a[last] = z[last]"


def test_a_count_that_begins_with_one_is_not_the_sum():
    def shifted(a, y):
        n, total = 1, 0.0
        for i in range(a.shape[1]):
            n += a.shape[0]
            total += ((a[:, i] - y[:, i]) ** 2).sum()
        return (total + 0.01) / 2 / a.shape[1]

    assert check_quadratic(shifted).line == "return (total + 0.01) / 2 / a.shape[1]"


def test_a_function_that_map_calls_in_the_loop_is_not_called_after_it():
    def mapped(w, b, x):
        z, a = {}, {0: x}
        for layer in w:
            z[layer] = np.array(list(map(lambda row: w[layer] @ row, a[layer - 1]))) + b[layer]  # noqa: C417
            a[layer] = sigmoid(z[layer])
        return z, a

    assert check_forward(mapped).slip != "looked-up-late"

"""Training: one step, the loop, its records, and what it leaves alone."""

import re
import tracemalloc
from itertools import islice
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import networks, of_lists

from backprop_lab import (
    History,
    Parameters,
    backward,
    binary_cross_entropy,
    cases,
    datasets,
    forward,
    identity,
    initialize,
    quadratic,
    softmax,
    step,
    tanh,
    train,
    training_run,
)

BATCH = (cases.batch.parameters, cases.batch.x, cases.batch.y)
ONE_EPOCH = {"learning_rate": 3.0, "epochs": 1, "batch_size": 4}


@given(networks(), st.floats(1e-3, 1))
def test_a_step_moves_every_parameter_against_its_gradient(case, learning_rate):
    after = step(case.parameters, case.backward_pass, learning_rate)
    for layer in case.parameters.layers:
        for values, old, nabla in (
            (after.w[layer], case.parameters.w[layer], case.backward_pass.nabla_w[layer]),
            (after.b[layer], case.parameters.b[layer], case.backward_pass.nabla_b[layer]),
        ):
            np.testing.assert_allclose(values, old - learning_rate * nabla)


@settings(max_examples=40)
@given(networks(), st.integers(1, 5), st.integers(0, 99))
def test_an_epoch_is_one_step_for_each_mini_batch_in_shuffled_order(case, batch_size, seed):
    rate = 1e-4  # so short that no network of the strategy diverges
    settings = {"learning_rate": rate, "batch_size": batch_size, "seed": seed}
    choices = {"hidden": case.hidden, "output": case.output, "cost": case.cost}
    start, epoch = training_run(case.parameters, case.x, case.y, epochs=1, **settings, **choices)
    assert (start.number, start.parameters, start.cost) == (0, case.parameters, case.mean_cost)
    order = np.random.default_rng(seed).permutation(case.x.shape[1])
    parameters = case.parameters
    for start in range(0, len(order), batch_size):
        some = order[start : start + batch_size]
        forward_pass = forward(parameters, case.x[:, some], hidden=case.hidden, output=case.output)
        parameters = step(parameters, backward(parameters, forward_pass, case.y[:, some], cost=case.cost), rate)
    for layer in parameters.layers:
        np.testing.assert_allclose(epoch.parameters.w[layer], parameters.w[layer], rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(epoch.parameters.b[layer], parameters.b[layer], rtol=1e-9, atol=1e-12)


def test_the_film_of_the_batch_is_the_published_one():
    history = train(*BATCH, learning_rate=3.0, epochs=500, batch_size=4)
    costs = {0: 0.130414, 1: 0.125582, 10: 0.107221, 100: 0.082730, 200: 0.043349, 500: 0.003871}
    assert {epoch: round(history.cost[epoch], 6) for epoch in costs} == costs
    rms = {0: 0.031825, 100: 0.022689, 200: 0.029703, 500: 0.004842}
    assert {epoch: round(history.delta_rms[1][epoch], 6) for epoch in rms} == rms
    assert history.epoch[history.accuracy == 1][0] == 168


def test_an_epoch_records_the_network_after_it_on_the_whole_set():
    x, y = cases.batch.x[:, :2], cases.batch.y[:, :2]
    epoch = list(training_run(*BATCH, learning_rate=3.0, epochs=3, batch_size=1, validation=(x, y)))[-1]
    forward_pass = forward(epoch.parameters, cases.batch.x)
    delta = backward(epoch.parameters, forward_pass, cases.batch.y).delta
    assert epoch.number == 3
    assert epoch.cost == quadratic(forward_pass.prediction, cases.batch.y)
    assert epoch.accuracy == ((forward_pass.prediction > 0.5) == cases.batch.y).mean()
    assert epoch.delta_rms == {layer: np.sqrt((values**2).mean()) for layer, values in delta.items()}
    assert epoch.validation_cost == quadratic(forward(epoch.parameters, x).prediction, y)
    assert epoch.validation_accuracy == ((forward(epoch.parameters, x).prediction > 0.5) == y).mean()


def test_the_run_can_be_paused_and_every_snapshot_stays_what_it_was():
    run = training_run(*BATCH, learning_rate=3.0, epochs=10**9, batch_size=4)
    _, first = next(run), next(run)
    kept = first.parameters.w[1].copy()
    later = list(islice(run, 5))
    np.testing.assert_array_equal(first.parameters.w[1], kept)
    assert (later[-1].parameters.w[1] != kept).all()


def test_the_caller_keeps_what_was_passed_in():
    x, y = cases.batch.x.copy(), cases.batch.y.copy()
    kept = cases.batch.parameters.w[1].copy()
    train(cases.batch.parameters, x, y, **ONE_EPOCH)
    np.testing.assert_array_equal(cases.batch.parameters.w[1], kept)
    np.testing.assert_array_equal(x, cases.batch.x)
    np.testing.assert_array_equal(y, cases.batch.y)


def test_a_step_of_training_makes_one_array_as_large_as_the_weights_and_no_second():
    rng = np.random.default_rng(0)
    parameters = initialize((1000, 500, 10))
    x, y = rng.uniform(size=(1000, 4)), rng.uniform(size=(10, 4))
    run = training_run(parameters, x, y, learning_rate=0.1, epochs=2, batch_size=1)
    next(run)
    next(run)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = next(run)
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    # the gradient of a step, and at the end of the epoch the snapshot and the gradient of the whole set
    assert peak < 2.5 * kept.parameters.w[1].nbytes


def test_a_history_has_a_column_for_everything():
    history = train(*BATCH, learning_rate=3.0, epochs=4, batch_size=4, validation=(cases.batch.x, cases.batch.y))
    assert history.epoch.tolist() == [0, 1, 2, 3, 4]
    assert history.cost.tolist() == [epoch.cost for epoch in history.epochs] == history.validation_cost.tolist()
    assert history.delta_rms[2].shape == history.validation_accuracy.shape == (5,)
    assert history.parameters is history.epochs[-1].parameters


def test_progress_shows_a_bar_and_changes_nothing(capsys):
    quiet, shown = train(*BATCH, **ONE_EPOCH), train(*BATCH, **ONE_EPOCH, progress=True)
    assert "epochs: 100%" in capsys.readouterr().err
    assert quiet.cost.tolist() == shown.cost.tolist()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"learning_rate": 0}, "learning_rate must be a positive number, got 0"),
        ({"learning_rate": np.nan}, "learning_rate must be finite"),
        ({"epochs": 0}, "epochs must be a whole number of at least 1, got 0"),
        ({"epochs": 2.0}, "epochs must be a whole number of at least 1, got 2.0"),
        ({"batch_size": 0}, "batch_size must be a whole number of at least 1, got 0"),
        ({"validation": cases.batch.x}, r"validation must be a pair \(x, y\), got ndarray"),
        ({"validation": ([[1.0]], [[1.0]])}, r"validation x must have shape \(2, m\)"),
        ({"validation": [cases.batch.x, [[1.0]]]}, r"validation y must have shape \(1, 4\)"),
        (
            {"validation": (cases.batch.x, 2 * cases.batch.y), "cost": binary_cross_entropy},
            r"validation y must lie in \[0, 1\]",
        ),
        ({"seed": None}, "seed must be a whole number of at least 0, got None"),
        ({"hidden": softmax}, "hidden must be an element-wise activation, got softmax"),
    ],
    ids=str,
)
def test_arguments_are_checked_at_the_call_before_anything_runs(changed, message):
    with pytest.raises(ValueError, match=message):
        training_run(*BATCH, **{**ONE_EPOCH, **changed})
    with pytest.raises(ValueError, match=r"y must have shape \(1, 4\)"):
        training_run(cases.batch.parameters, cases.batch.x, [1, 0, 1, 0], **ONE_EPOCH)


def test_a_learning_rate_beyond_all_numbers_is_said_so():
    with pytest.raises(FloatingPointError, match=r"epoch \d+ diverged: learning_rate 100 is too large"):
        train(*BATCH, learning_rate=100, epochs=10**6, batch_size=1, hidden=identity, output=identity)


@pytest.mark.parametrize("learning_rate", [0, -1, np.inf], ids=str)
def test_a_step_refuses_what_does_not_fit(learning_rate):
    with pytest.raises(ValueError, match="learning_rate must"):
        step(cases.running.parameters, cases.running.backward_pass, learning_rate)
    with pytest.raises(ValueError, match="backward_pass must be of a network of sizes"):
        step(cases.wide.parameters, cases.running.backward_pass, 1.0)


def test_the_network_learns_real_digits_it_has_not_seen():
    kept, held_out = datasets.digits().split()
    history = train(
        initialize((64, 30, 10)),
        kept.x,
        kept.y,
        learning_rate=2.0,
        epochs=15,
        batch_size=10,
        validation=(held_out.x, held_out.y),
    )
    assert history.validation_accuracy[-1] > 0.94


@pytest.mark.parametrize(
    ("x", "y", "output", "accuracy"),
    [
        ([[-2.0, -1.0, 1.0, 2.0]], [[-1.0, -1.0, 1.0, 1.0]], tanh, 1.0),
        ([[-2.0, -0.1, 0.1, 2.0]], [[1.0, -1.0, 1.0, 1.0]], tanh, 0.75),
        ([[0.1, 2.0]], [[1.0, 1.0]], tanh, 1.0),
        ([[6.0, 8.0]], [[5.0, 9.0]], identity, 1.0),
        ([[6.0, 6.5]], [[5.0, 9.0]], identity, 0.5),
    ],
)
def test_one_output_is_right_on_its_targets_side_of_the_middle(x, y, output, accuracy):
    one = of_lists({1: [[1.0]]}, {1: [[0.0]]})
    run = {"learning_rate": 1e-12, "epochs": 1, "batch_size": 4, "output": output}
    history = train(one, x, y, **run, validation=([[0.1]], [[max(y[0])]]))
    assert history.accuracy[0] == accuracy
    assert history.validation_accuracy[0] == (output is tanh)  # the middle is that of the training set


def test_training_leaves_no_copy_of_a_dataset_behind_and_makes_none():
    rng = np.random.default_rng(0)
    data = datasets.Dataset(rng.uniform(size=(200, 3000)), np.eye(10)[:, np.arange(3000) % 10], np.arange(3000) % 10)
    tracemalloc.start()
    train(initialize((200, 5, 10)), data.x, data.y, learning_rate=0.1, epochs=2, batch_size=10)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 0.5 * data.x.nbytes


def test_thousands_of_steps_leave_memory_as_it_was():
    run = training_run(*BATCH, learning_rate=0.1, epochs=10**9, batch_size=1)
    next(run)
    next(run)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for _ in islice(run, 500):
        pass
    left = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert left < 50_000


def test_a_history_of_nothing_is_refused():
    with pytest.raises(ValueError, match="epochs must hold at least one Epoch, got none"):
        History(())


def update(w, b, nabla_w, nabla_b, learning_rate):
    return _moved(w, nabla_w, learning_rate), _moved(b, nabla_b, learning_rate)


def _moved(values, nabla, learning_rate):
    return {layer: values[layer] - learning_rate * nabla[layer] for layer in values}


def backprop(w, b, x, y):
    parameters = Parameters(w, b)
    found = backward(parameters, forward(parameters, x), y)
    return found.nabla_w, found.nabla_b


def loop(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(x.shape[1])
        for start in range(0, len(order), batch_size):
            some = order[start : start + batch_size]
            w, b = update(w, b, *backprop(w, b, x[:, some], y[:, some]), learning_rate)
    return w, b


@pytest.mark.parametrize("own", [{"backprop": backprop}, {"update": update}, {"backprop": backprop, "update": update}])
@pytest.mark.parametrize("batch_size", [1, 3, 4])
def test_a_training_runs_on_a_learners_own_functions(own, batch_size):
    run = {"learning_rate": 3.0, "epochs": 8, "batch_size": batch_size, "seed": 2}
    theirs, ours = train(*BATCH, **run, **own), train(*BATCH, **run)
    np.testing.assert_allclose(theirs.cost, ours.cost, rtol=1e-12)
    assert len(theirs.cost) == 9


def test_own_functions_are_called_for_every_mini_batch():
    calls = []

    def counted(w, b, x, y):
        calls.append(x.shape[1])
        return backprop(w, b, x, y)

    run = training_run(*BATCH, learning_rate=3.0, epochs=2, batch_size=3, backprop=counted)
    calls.clear()  # those of the checker
    assert len([*run]) == 3
    assert calls == [3, 1, 3, 1]


def test_a_loop_of_ones_own_trains_and_equals_the_packages_in_the_order_of_its_seed():
    own = train(*BATCH, learning_rate=3.0, epochs=6, batch_size=4, loop=loop)
    np.testing.assert_allclose(own.cost, train(*BATCH, learning_rate=3.0, epochs=6, batch_size=4).cost, rtol=1e-12)
    w, b = loop(dict(BATCH[0].w), dict(BATCH[0].b), BATCH[1], BATCH[2], 3.0, 5, 3, 7)
    ours = train(*BATCH, learning_rate=3.0, epochs=5, batch_size=3, seed=7).parameters
    for layer in (1, 2):
        np.testing.assert_allclose(w[layer], ours.w[layer], rtol=1e-12)
        np.testing.assert_allclose(b[layer], ours.b[layer], rtol=1e-12)


@pytest.mark.parametrize(
    ("name", "wrong", "says"),
    [
        ("update", lambda w, b, *n: update(w, b, n[0], n[1], -n[2]), "check_update, which says: ✗ Not yet. Your step"),
        ("backprop", lambda w, b, x, y: backprop(w, b, x, 2 * y), "check_backprop, which says: ✗ Not yet"),
        ("loop", lambda *given: given[:2], "check_training_loop, which says: ✗ Not yet. Your function returns"),
    ],
)
@pytest.mark.parametrize("run", [train, training_run])
def test_a_wrong_function_is_refused_with_what_its_checker_says(run, name, wrong, says):
    with pytest.raises(ValueError, match=f"{name} must pass {re.escape(says)}"):
        run(*BATCH, **ONE_EPOCH, **{name: wrong})


@pytest.mark.parametrize("name", ["backprop", "update", "loop"])
def test_who_has_written_nothing_yet_gets_the_packages_function(name):
    def stub(*_given): ...

    own: dict[str, Any] = {name: stub}
    assert train(*BATCH, **ONE_EPOCH, **own).cost.tolist() == train(*BATCH, **ONE_EPOCH).cost.tolist()


def test_own_functions_know_sigmoid_and_the_quadratic_cost_only():
    for name, function in (("backprop", backprop), ("loop", loop)):
        own: dict[str, Any] = {name: function}
        with pytest.raises(ValueError, match=f"{name} must be used with sigmoid, sigmoid and quadratic, got tanh"):
            train(*BATCH, **ONE_EPOCH, hidden=tanh, **own)
    assert train(*BATCH, **ONE_EPOCH, hidden=tanh, update=update).cost[1] < cases.batch.mean_cost
    with pytest.raises(ValueError, match="loop must come alone"):
        train(*BATCH, **ONE_EPOCH, loop=loop, update=update)


@pytest.mark.parametrize("own", [{}, {"update": update}])
def test_what_diverges_says_in_which_step_and_where(own):
    choices = {"hidden": identity, "output": identity, **own}
    with pytest.raises(FloatingPointError) as said:
        train(*BATCH, learning_rate=1e150, epochs=10, batch_size=1, **choices)
    assert re.fullmatch(
        r"epoch 1 diverged: learning_rate 1e\+150 is too large; step [234] of 4 took [wb]\[[12]\] beyond all numbers,"
        r" from \d\.?\d*e\+\d+ at most",
        str(said.value),
    )

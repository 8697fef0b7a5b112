"""The checker of the whole training loop: right in any order, each slip by its name, and nothing wrong passes."""

import numpy as np
import pytest

from backprop_lab import Parameters, backward, check_training_loop, forward
from backprop_lab.exercises.loop import runs
from backprop_lab.exercises.slips.loop import RIGHT, SLIPS, Run


def backprop(w, b, x, y):
    parameters = Parameters(w, b)
    found = backward(parameters, forward(parameters, x), y)
    return found.nabla_w, found.nabla_b


def update(w, b, nabla_w, nabla_b, rate):
    return {n: w[n] - rate * nabla_w[n] for n in w}, {n: b[n] - rate * nabla_b[n] for n in b}


def looped(order, batches=None, pair=lambda some: some):
    """A right loop but for how it draws the order, and cuts and pairs the examples."""

    def loop(w, b, x, y, learning_rate, epochs, batch_size, seed):
        draw = order(seed)
        for _ in range(epochs):
            chosen = draw(x.shape[1])
            for some in batches(chosen, batch_size) if batches else cut(chosen, batch_size):
                w, b = update(w, b, *backprop(w, b, x[:, some], y[:, pair(some)]), learning_rate)
        return w, b

    return loop


def cut(order, size):
    return [order[start : start + size] for start in range(0, len(order), size)]


def shuffled(seed):
    rng, order = np.random.default_rng(seed), []

    def draw(m):
        order[:] = order or range(m)
        rng.shuffle(order)  # shuffles what the last epoch has left
        return list(order)

    return draw


def legacy(seed):
    return np.random.RandomState(seed).permutation


def by_choice(seed):
    rng = np.random.default_rng(seed)
    return lambda m: rng.choice(m, size=m, replace=False)


def by_keys(seed):
    rng = np.random.default_rng(seed)
    return lambda m: np.argsort(rng.random(m))


@pytest.mark.parametrize(
    "order", [lambda s: np.random.default_rng(s).permutation, shuffled, legacy, by_choice, by_keys]
)
def test_any_way_to_shuffle_is_right(order):
    result = check_training_loop(looped(order))
    assert result, result
    assert result.message.startswith("Your loop trains as it should, in 13 runs")


@pytest.mark.parametrize(
    "batches",
    [
        lambda order, size: cut(order, size)[:3],
        lambda order, size: cut(order[order < 4], size),
        lambda order, size: cut(order, size) + ([order[:size]] if len(order) > 4 else []),
        lambda order, size: [order[n * size : (n + 1) * size] for n in range(max(1, int(len(order) / size + 0.5)))],
        lambda order, size: np.array_split(order, -(-len(order) // size)),
    ],
    ids=["the first three", "four examples", "one more", "rounded", "of equal size"],
)
def test_in_whatever_order_mini_batches_that_are_wrong_elsewhere_are_not_taken_for_right(batches):
    for order in (lambda seed: np.random.default_rng(seed).permutation, by_choice):
        assert check_training_loop(looped(order, batches)).status == "not yet"


def test_a_loop_of_one_piece_in_fifteen_lines_is_right():
    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    def loop(w, b, x, y, learning_rate, epochs, batch_size, seed):
        rng, last = np.random.default_rng(seed), max(w)
        for order in (rng.permutation(x.shape[1]) for _ in range(epochs)):
            for start in range(0, len(order), batch_size):
                some = order[start : start + batch_size]
                a = {0: x[:, some]}
                for n in w:
                    a[n] = sigmoid(w[n] @ a[n - 1] + b[n])
                delta = {last: (a[last] - y[:, some]) * a[last] * (1 - a[last])}
                for n in range(last - 1, 0, -1):
                    delta[n] = w[n + 1].T @ delta[n + 1] * a[n] * (1 - a[n])
                w = {n: w[n] - learning_rate * delta[n] @ a[n - 1].T / len(some) for n in w}
                b = {n: b[n] - learning_rate * delta[n].mean(axis=1, keepdims=True) for n in b}
        return w, b

    assert check_training_loop(loop)


@pytest.mark.parametrize("way", SLIPS, ids=lambda way: way.name)
def test_every_slip_is_named_in_the_generators_order_and_in_another(way):
    def as_drawn(*given):
        return way.result(Run(*given))

    def otherwise(*given):
        """The order that another generator draws."""
        run, rng = Run(*given), np.random.RandomState(given[-1] + 100)
        every, weights = [*way.orders(run)] if run.examples < 5 else run.orders(), (run.w, run.b)
        for _ in range(run.epochs)[: way.some]:
            order = every[rng.randint(len(every))]
            weights = way.epoch(run, (run.w, run.b) if way.again else weights, order)
        return weights

    functions = [otherwise] if way.orders is not RIGHT.orders else [as_drawn, otherwise]
    for function in functions:
        result = check_training_loop(function)
        alike = {"starts-anew": "one-epoch-only"} if function is otherwise else {}  # where the order is not known
        assert (result.status, result.slip) == ("not yet", alike.get(way.name, way.name)), result
        assert result.message.startswith(f"{way.says} {way.asks}") or way.name in alike


def test_no_slip_gives_what_another_or_the_right_way_gives():
    ends = {}
    for way in (RIGHT, *SLIPS):
        if way.orders is RIGHT.orders:
            every = np.concatenate([way.result(run)[0][1].ravel() for run in runs()])
            ends.setdefault(tuple(np.round(every, 9)), set()).add(way.name)
    assert max(map(len, ends.values())) == 1


@pytest.mark.parametrize(
    ("order", "slip"),
    [
        (lambda seed: np.arange, "not-shuffled"),
        (lambda seed: lambda m: np.random.default_rng(seed).permutation(m), "shuffled-once"),
        (lambda seed: np.random.permutation, "not-from-the-seed"),
        (lambda seed: then(seed, lambda order: np.arange(len(order))), "seed-not-used"),
        (lambda seed: then(seed, lambda order: order[::-1]), "shuffled-once"),
        (lambda seed: then(seed, lambda order: np.roll(order, 1)), "shuffled-once"),
    ],
)
def test_an_order_that_is_none_is_named(order, slip):
    result = check_training_loop(looped(order))
    assert (result.status, result.slip) == ("not yet", slip), result


def then(seed, next_order):
    """Draws the order of the first epoch only."""
    left = []

    def draw(m):
        left.append(next_order(left[-1]) if left else np.random.default_rng(seed).permutation(m))
        return left[-1]

    return draw


@pytest.mark.parametrize("made", [lambda e, n: e, lambda e, n: n, lambda e, n: e + n, lambda e, n: 10 * e + n])
def test_a_generator_made_from_anything_but_the_seed_is_seen(made):
    def loop(w, b, x, y, learning_rate, epochs, batch_size, seed):
        del seed
        other = made(epochs, batch_size)
        return looped(lambda _: np.random.default_rng(other).permutation)(
            w, b, x, y, learning_rate, epochs, batch_size, other
        )

    assert check_training_loop(loop).slip == "seed-not-used"


def test_it_is_said_that_the_first_epoch_is_not_shuffled():
    def at_the_end(seed):
        rng, order = np.random.default_rng(seed), []

        def draw(m):
            rng.shuffle(order)  # nothing yet in the first epoch
            order[:] = order or range(m)
            return list(order)

        return draw

    message = check_training_loop(looped(at_the_end)).message
    assert message.startswith("In the first epoch, three examples come in the order in which they are stored,"), message


def test_each_order_of_single_examples_leads_to_weights_of_its_own():
    few = runs()[8]
    ends = {tuple(np.round(np.concatenate([e.ravel() for e in w.values()]), 5)) for _, (w, _) in RIGHT.results(few)}
    assert (few.batch_size, few.epochs, len(ends)) == (1, 2, 36)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda order, size: [some % 4 for some in cut(order, size)],
        lambda order, size: [*cut(order, size)[:-1], order[-2:] if len(order) > 5 else cut(order, size)[-1]],
    ],
    ids=["four examples again and again", "a last one too large"],
)
def test_what_is_wrong_in_the_larger_run_only_is_seen_where_numpy_draws_the_order(wrong):
    result = check_training_loop(looped(lambda seed: np.random.default_rng(seed).permutation, wrong))
    assert result.status == "not yet"


def test_pairs_torn_apart_with_a_second_draw_are_named():
    rngs = {}

    def apart(seed):
        rngs["y"] = np.random.default_rng(seed + 1)
        return np.random.default_rng(seed).permutation

    def other(some):
        return rngs["y"].permutation(some)

    assert not check_training_loop(looped(apart, pair=other))


@pytest.mark.parametrize(
    ("wrong", "slip"),
    [
        (lambda w, b, x, y: tuple({n: -each for n, each in nabla.items()} for nabla in backprop(w, b, x, y)), "ascent"),
        (lambda w, b, x, y: (backprop(w, b, x, y)[0], {n: 0 * each for n, each in b.items()}), "weights-only"),
    ],
)
def test_a_slip_within_the_step_is_found_by_the_steps_own_checker(wrong, slip):
    def loop(w, b, x, y, learning_rate, epochs, batch_size, seed):
        rng = np.random.default_rng(seed)
        for _ in range(epochs):
            for some in cut(rng.permutation(x.shape[1]), batch_size):
                w, b = update(w, b, *wrong(w, b, x[:, some], y[:, some]), learning_rate)  # pyright: ignore[reportCallIssue]
        return w, b

    result = check_training_loop(loop)
    assert result.slip == slip, result
    assert result.message.startswith("Even a single step on one mini-batch of all the examples is not right. ")


def test_numbers_that_are_none_are_not_taken_for_chance():
    def loop(w, b, *_given):  # what a mini-batch without examples leaves behind
        return {n: np.nan * each for n, each in w.items()}, b

    result = check_training_loop(loop)
    assert result.slip == "not-finite", result
    assert "How many columns does each of your mini-batches have" in result.message


def test_weights_that_nobody_keeps_are_no_mixture():
    def loop(w, b, x, y, learning_rate, epochs, batch_size, seed):
        new_w, new_b = {}, {}
        for _ in range(epochs):
            for some in cut(np.random.default_rng(seed).permutation(x.shape[1]), batch_size):
                nabla_w, nabla_b = backprop(w, b, x[:, some], y[:, some])
                new_w, new_b = update(w, b, nabla_w, nabla_b, learning_rate)
        return new_w, new_b

    result = check_training_loop(loop)
    assert (result.slip, result.message.partition(",")[0]) == (
        "every-step-anew", "What you return is one step from the weights your function was given",
    )  # fmt: skip


def back_from_the_last_layer_only(w, b, x, y):
    """Right in networks of two layers."""
    found = forward(Parameters(w, b), x)
    last, m = max(w), x.shape[1]
    a = {0: x, **found.a}
    delta = {last: (a[last] - y) * a[last] * (1 - a[last])}
    for n in range(last - 1, 0, -1):
        delta[n] = w[last].T @ delta[last] * a[n] * (1 - a[n])
    return {n: delta[n] @ a[n - 1].T / m for n in w}, {n: delta[n].mean(axis=1, keepdims=True) for n in w}


def test_what_is_right_in_networks_of_two_layers_only_is_seen():
    def loop(w, b, x, y, learning_rate, epochs, batch_size, seed):
        for order in orders(x, epochs, seed):
            for some in cut(order, batch_size):
                nablas = back_from_the_last_layer_only(w, b, x[:, some], y[:, some])
                w, b = update(w, b, *nablas, learning_rate)
        return w, b

    assert check_training_loop(loop).status == "not yet"


def test_a_loop_of_five_epochs_at_most_is_seen():
    def loop(w, b, x, y, learning_rate, epochs, batch_size, seed):
        return right(w, b, x, y, learning_rate, min(epochs, 5), batch_size, seed)

    right = looped(lambda seed: np.random.default_rng(seed).permutation)
    assert check_training_loop(loop).slip == "wrong-number-of-steps"


def orders(x, epochs, seed):
    rng = np.random.default_rng(seed)
    return (rng.permutation(x.shape[1]) for _ in range(epochs))


def decaying(w, b, x, y, learning_rate, epochs, batch_size, seed):
    for order in orders(x, epochs, seed):
        for some in cut(order, batch_size):
            eta = learning_rate / len(some)
            w, b = update(w, b, *backprop(w, b, x[:, some], y[:, some]), eta * len(some))
        learning_rate *= 0.9
    return w, b


def falling(w, b, x, y, learning_rate, epochs, batch_size, seed):
    low = learning_rate / 10
    for epoch, order in enumerate(orders(x, epochs, seed)):
        eta = low + (learning_rate - low) / (1 + epoch)
        for some in cut(order, batch_size):
            w, b = update(w, b, *backprop(w, b, x[:, some], y[:, some]), eta)
    return w, b


def doubled(w, b, x, y, learning_rate, epochs, batch_size, seed):
    for order in orders(x, epochs, seed):
        for i in range(0, len(order), batch_size):
            start = 2 * i
            some = order[start : start + batch_size]
            if len(some):
                w, b = update(w, b, *backprop(w, b, x[:, some], y[:, some]), learning_rate)
    return w, b


def every_second(w, b, x, y, learning_rate, epochs, batch_size, seed):
    size = batch_size
    for order in orders(x, epochs, seed):
        for i in range(0, len(order), size):
            if i // size % 2:
                continue
            some = order[i : i + size]
            w, b = update(w, b, *backprop(w, b, x[:, some], y[:, some]), learning_rate)
    return w, b


def halved(w, b, x, y, learning_rate, epochs, batch_size, seed):
    stride = max(1, batch_size // 2)
    for order in orders(x, epochs, seed):
        for j in range(-(-len(order) // stride)):
            start = j * stride
            some = order[start : start + batch_size]
            w, b = update(w, b, *backprop(w, b, x[:, some], y[:, some]), learning_rate)
    return w, b


def by_another_name(w, b, x, y, learning_rate, epochs, batch_size, seed):
    stride = max(1, batch_size // 2)
    for order in orders(x, epochs, seed):
        for i in range(0, len(order), stride):
            some = order[i : i + batch_size]
            w, b = update(w, b, *backprop(w, b, x[:, some], y[:, some]), learning_rate)
    return w, b


@pytest.mark.parametrize(
    ("function", "slip", "line"),
    [
        (decaying, "learning-rate-changes", "learning_rate *= 0.9"),
        (falling, "learning-rate-changes", "eta = low + (learning_rate - low) / (1 + epoch)"),
        (doubled, "examples-skipped", None),
        (every_second, "examples-skipped", None),
        (halved, "batches-overlap", None),
        (by_another_name, "batches-overlap", "for i in range(0, len(order), stride):"),
    ],
)
def test_no_right_line_is_named(function, slip, line):
    result = check_training_loop(function)
    assert (result.slip, result.line) == (slip, line)


def test_what_is_said_of_a_last_mini_batch_that_is_filled_up_is_so():
    def batches(order, size):
        return [order[max(0, min(i, len(order) - size)) :][:size] for i in range(0, len(order), size)]

    result = check_training_loop(looped(by_choice, batches))
    assert result.slip == "last-batch-filled-up"
    assert "first" not in result.message.partition(".")[0]


def test_what_is_said_of_a_last_mini_batch_that_is_filled_up_at_random_is_so():
    rngs = []

    def order(seed):
        rngs[:] = [np.random.RandomState(seed)]
        return rngs[0].permutation

    def batches(order, size):
        return [[*some, *rngs[0].randint(len(order), size=size - len(some))] for some in cut(order, size)]

    result = check_training_loop(looped(order, batches))
    assert result.slip == "batches-drawn-anew"
    assert "anew" not in result.message
    assert "never" not in result.message


def changing(w, b, *_given):
    w[1] -= 1.0
    return w, b


def endless(*_given):
    while True:
        pass


@pytest.mark.parametrize(
    ("function", "status", "says"),
    [
        (..., "not attempted", "Write your answer"),
        (lambda w, b, x, y, learning_rate, epochs, batch_size, seed: ..., "not attempted", "Write your answer"),
        (3, "not yet", "check_training_loop must be given a function of (w, b, x, y, learning_rate, epochs"),
        (lambda w, b: (w, b), "not yet", "Your function must take 8 arguments"),
        (lambda *given: given[0], "not yet", "Your function must return the pair w, b; it returns a dict"),
        (lambda *given: given[0][9], "not yet", "Your function stopped at the line"),
        (changing, "not yet", "Your function changes its argument w"),
        (endless, "not yet", "Your function was stopped because it did not finish in time"),
    ],
)
def test_whatever_a_function_does_the_checker_answers(function, status, says):
    result = check_training_loop(function)
    assert result.status == status, result
    assert result.message.startswith(says), result


def test_an_error_of_the_checker_itself_does_not_pass_for_the_learners(monkeypatch):
    monkeypatch.setattr("backprop_lab.exercises.loop.agrees", lambda *_: 1 / 0)
    result = check_training_loop(looped(shuffled))
    assert (result.status, bool(result)) == ("not judged", False)
    assert "check_training_loop, ZeroDivisionError" in result.message


def first_of_each(order, size):
    return [order[start : start + 1] for start in range(0, len(order), size)]


def of_two_seeds(seed):
    return np.random.default_rng(seed % 2).permutation


def seeded_by_nothing(seed):
    del seed
    np.random.seed()
    return np.random.permutation


def of_all(seed):
    return np.random.default_rng(seed).permutation


@pytest.mark.parametrize(
    ("order", "batches", "slip"),
    [
        (of_all, first_of_each, "drawn-with-replacement"),
        (of_two_seeds, None, "orders-missing"),
        (seeded_by_nothing, None, "not-from-the-seed"),
    ],
)
def test_who_draws_rightly_is_not_blamed(order, batches, slip):
    """Each of these was told to look at its `permutation`."""
    result = check_training_loop(looped(order, batches))
    assert (result.status, result.slip, result.line) == ("not yet", slip, None)

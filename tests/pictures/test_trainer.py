"""The trainer: its numbers are those of `train`, time is told by ticks, and whatever is changed leads on from there."""

import re
from dataclasses import replace

import numpy as np
import pytest

from backprop_lab import (
    Case,
    Parameters,
    backward,
    binary_cross_entropy,
    cases,
    datasets,
    forward,
    identity,
    initialize,
    relu,
    tanh,
    train,
)
from backprop_lab.drawing.field import field, zero_line
from backprop_lab.drawing.markup import plain
from backprop_lab.drawing.picture import Picture, Press, Select, Tick, Turn
from backprop_lab.drawing.plane import Plane
from backprop_lab.live import Live
from backprop_lab.pictures.trainer import begin, update, view
from backprop_lab.pictures.trainer.network import loudness
from backprop_lab.pictures.trainer.sets import sets
from backprop_lab.pictures.trainer.state import batch_sizes, rates

from .hands import parsed

FOUR = cases.batch


def done(state, *events):
    for event in events:
        state = update(state, event)
    return state


def played(state, frames):
    return done(state, Press("play"), *[Tick()] * frames)


def rate(state, value):
    return Turn("learning_rate", rates(state).index(value))


def size(state, value):
    return Turn("batch_size", batch_sizes(state).index(value))


def costs(state):
    return [each.record.cost for each in state.moments]


def trained(key, epochs, **changes):
    data = sets()[key]
    run = {"learning_rate": data.learning_rate, "batch_size": data.batch_size, **changes}
    validation = (data.unseen.x, data.unseen.y) if data.unseen else None
    return train(data.case.parameters, data.case.x, data.case.y, epochs=epochs, validation=validation, **run)


@pytest.mark.parametrize("key", ["four", "xor", "moons"])
def test_its_numbers_are_those_of_a_training(key):
    state = played(begin(key), 5)
    ends = [each for each in state.moments if not each.used]
    history = trained(key, ends[-1].record.number)
    assert len(ends) == len(history.epochs)
    for mine, theirs in zip(ends, history.epochs, strict=True):
        np.testing.assert_allclose(mine.record.cost, theirs.cost, rtol=1e-12)
        assert mine.record.delta_rms == pytest.approx(theirs.delta_rms, rel=1e-12)
        assert (mine.record.accuracy, mine.record.validation_accuracy) == (theirs.accuracy, theirs.validation_accuracy)
        np.testing.assert_allclose(mine.record.parameters.w[1], theirs.parameters.w[1], rtol=1e-12)


def test_an_epoch_of_digits_takes_three_frames_and_ends_where_a_training_does():
    state = played(begin("digits"), 3)
    assert [(each.record.number, each.used) for each in state.moments] == [(0, 0), (0, 480), (0, 960), (1, 0)]
    np.testing.assert_allclose(state.shown.record.cost, trained("digits", 1).cost[-1], rtol=1e-12)


def test_it_begins_before_the_first_step_and_stands_still():
    state = begin()
    picture = view(state)
    assert not picture.ticking
    assert picture.text.startswith("Before the first step, η = 3, mini-batches of 4: the cost is 0.1304, 3 of 4 right.")
    assert update(state, Tick()) == state
    assert view(update(state, Press("play"))).ticking


def test_all_four_are_right_at_the_epoch_that_the_film_says():
    state = played(begin(), 25)
    first = next(each for each in state.moments if each.record.accuracy == 1)
    assert (first.record.number, len(state.moments)) == (168, 201)


def test_play_and_pause_step_and_back():
    state = played(begin(), 2)
    assert (state.at, state.playing) == (16, True)
    paused = update(state, Press("play"))
    assert not view(paused).ticking
    assert update(paused, Tick()) == paused
    back = done(paused, Press("back"), Press("back"))
    assert (back.at, len(back.moments)) == (14, 17)
    on = done(back, Press("step"), Press("step"), Press("step"))
    assert (on.at, len(on.moments)) == (17, 18)
    assert costs(on)[:17] == costs(state)
    assert done(state, Press("back")).playing is False


def test_scrubbing_back_shows_what_was_and_playing_on_repeats_it_exactly():
    state = played(begin("moons"), 6)
    then = update(state, Turn("at", 2))
    assert (then.at, then.playing) == (2, False)
    assert plain(state.moments[2].record.cost, 4) in view(then).text
    again = played(then, 4)
    assert again.at == 6
    assert again.moments == state.moments
    assert costs(played(again, 2))[:7] == costs(state)
    assert (update(state, Turn("at", -3)).at, update(state, Turn("at", 99)).at) == (0, 6)


def test_a_scrubbed_run_goes_on_as_if_it_had_never_stood_still():
    straight = played(begin("moons"), 6)
    halting = begin("moons")
    for _ in range(6):
        for _ in range(20):
            halting = update(halting, Press("step"))
    ends = [each for each in halting.moments if not each.used]
    assert [each.record.cost for each in ends] == pytest.approx(costs(straight), rel=1e-12)


def test_another_learning_rate_holds_from_the_moment_that_is_shown():
    state = played(begin(), 3)
    there = update(state, Turn("at", 10))
    after = done(there, rate(there, 10.0), Press("step"))
    assert len(after.moments) == 12
    assert costs(after)[:11] == costs(state)[:11]
    assert after.shown.record.cost == pytest.approx(there.now.stepped(10.0).mean_cost, rel=1e-12)
    assert update(there, rate(there, 3.0)) == there, "the same one changes nothing"
    running = update(state, rate(state, 20.0))
    assert running.playing
    assert update(running, Tick()).at == 32


def test_another_batch_size_holds_within_the_epoch():
    state = done(begin("moons"), Press("step"))
    after = done(state, size(state, 100), Press("step"), Press("step"))
    assert [each.used for each in after.moments] == [0, 10, 110, 0]
    assert after.shown.record.number == 1


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (Turn("hidden", 5), Case(initialize((2, 5, 1), seed=0), FOUR.x, FOUR.y)),
        (Turn("start", "4"), Case(initialize((2, 3, 1), seed=4), FOUR.x, FOUR.y)),
        (Turn("sigma", "tanh"), replace(FOUR, hidden=tanh)),
        (Turn("sigma", "relu"), replace(FOUR, hidden=relu)),
        (Turn("cost", "cross-entropy"), replace(FOUR, cost=binary_cross_entropy)),
        (Turn("data", "moons"), sets()["moons"].case),
    ],
)
def test_what_makes_another_network_starts_anew_and_what_was_playing_plays_on(event, expected):
    state = update(played(begin(), 3), event)
    assert (len(state.moments), state.playing) == (1, True)
    assert state.shown.record.cost == pytest.approx(expected.mean_cost, rel=1e-12)
    assert state.start.parameters.sizes == expected.parameters.sizes
    assert not update(state, Press("anew")).playing


def test_three_hidden_neurons_may_have_their_own_weights_again():
    state = done(begin(), Turn("hidden", 2), Turn("hidden", 3))
    assert state.settings.start == "0"
    assert done(state, Turn("start", "given")).shown.record.cost == FOUR.mean_cost


def test_a_single_weight_is_turned():
    state = done(played(begin(), 1), Select("w2.0.1"), Turn("value", 2.5))
    assert state.now.parameters.w[2][0, 1] == 2.5
    case = replace(FOUR, parameters=state.moments[-1].record.parameters)
    assert state.shown.record.cost == case.mean_cost
    assert len(state.moments) == 9
    assert update(state, Turn("weight", "w1.0.1")).selected == "w1.0.1"
    assert begin("digits").selected == ""


def test_run_a_stays_behind_run_b():
    kept = update(played(begin(), 5), Press("keep"))
    other = played(done(kept, rate(kept, 30.0), Press("anew")), 2)
    assert other.kept
    assert [each.record.cost for each in other.kept.moments] == costs(kept)
    picture = view(other)
    assert picture.markup.count("bl-ghost") == 5
    assert f"A: cost {plain(costs(kept)[-1], 4)}, η 3" in picture.markup
    assert "bl-ghost" not in view(update(other, Press("forget"))).markup


def test_the_bars_are_the_rms_of_each_neurons_error_signal():
    state = played(begin("moons"), 3)
    now = replace(sets()["moons"].case, parameters=state.shown.record.parameters)
    for layer, values in loudness(state.now).items():
        np.testing.assert_allclose(values, np.sqrt((now.backward_pass.delta[layer] ** 2).mean(axis=1)))
        assert np.sqrt((values**2).mean()) == pytest.approx(state.shown.record.delta_rms[layer])
        assert plain(float(values[0]), 3) in view(state).markup


def backprop(w, b, x, y):
    parameters = Parameters(w, b)
    found = backward(parameters, forward(parameters, x), y)
    return found.nabla_w, found.nabla_b


def test_it_runs_on_the_learners_functions_and_says_so():
    calls = []

    def mine(w, b, x, y):
        calls.append(x.shape)
        return backprop(w, b, x, y)

    state = begin("moons", backprop=mine)
    calls.clear()
    state = played(state, 1)
    assert calls == [(2, 10)] * 20
    assert costs(state) == pytest.approx(costs(played(begin("moons"), 1)), rel=1e-12)
    assert "It runs on your backprop." in view(state).markup
    assert "σ and cost: as your backprop knows them" in view(state).markup
    with pytest.raises(ValueError, match="event must be one that the picture offers"):
        update(state, Turn("sigma", "tanh"))


def test_a_wrong_function_does_not_reach_the_screen_and_an_unwritten_one_is_the_packages():
    with pytest.raises(ValueError, match="update must pass check_update, which says: ✗ Not yet"):
        begin(update=lambda w, b, nabla_w, nabla_b, rate: (w, b))

    def stub(*_given): ...

    assert "It runs on the package’s backprop and update." in view(begin(backprop=stub, update=stub)).markup


def test_what_diverges_says_where_and_why_and_stops():
    linear = Case(initialize((2, 3, 1), seed=1), FOUR.x, FOUR.y, hidden=tanh, output=identity)
    state = played(begin(linear, learning_rate=1e6, batch_size=1), 40)
    assert not state.playing
    assert re.fullmatch(r"In epoch \d+ it diverges: learning_rate 1e\+06 is too large; .*\.", state.stopped)
    assert state.stopped in view(state).text
    healed = done(state, Press("anew"))
    assert healed.stopped == ""


def test_the_challenges_are_solved_by_doing_and_stay_solved():
    quick = begin(learning_rate=15.0)
    assert played(quick, 40).done == {"quick"}
    assert played(begin(), 40).done == frozenset()
    louder = done(begin(hidden=1), Select("w2.0.0"), Turn("value", 8.0))
    assert "louder" in louder.done
    stuck = begin()
    assert "broken" in played(done(stuck, rate(stuck, 100.0)), 8).done
    assert "broken" not in played(done(stuck, rate(stuck, 100.0), Turn("sigma", "tanh")), 8).done
    assert done(louder, Press("anew"), Turn("data", "moons")).done == louder.done
    assert view(louder).markup.count("✓") == 1


def test_a_full_film_stops(monkeypatch):
    monkeypatch.setattr("backprop_lab.pictures.trainer.state.MOST", 12)
    state = played(begin(), 3)
    assert (len(state.moments), state.playing) == (12, False)
    assert "Here the film is full: it keeps 12 moments." in view(state).text
    assert begin("digits").most * 2260 <= 5_000_000


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"data": "stars"}, "data must be one of four, xor, moons, digits, or a Case, got 'stars'"),
        ({"learning_rate": 0}, "learning_rate must lie between 1e-06 and 1e+06 on these data, got 0"),
        ({"batch_size": 5}, "batch_size must lie between 1 and 4 on these data, got 5"),
        ({"batch_size": 1.5}, "batch_size must lie between 1 and 4 on these data, got 1.5"),
        ({"hidden": 9}, "hidden must lie between 1 and 8 on these data, got 9"),
        (
            {"data": Case(initialize((2, 70, 1)), FOUR.x, FOUR.y)},
            "case must have at most 2,000 examples and 60 neurons",
        ),
    ],
)
def test_what_it_cannot_show_it_says(given, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        begin(**given)


@pytest.mark.parametrize(
    "case", [cases.running, cases.wide, cases.deep, Case(initialize((5, 4, 3)), np.ones((5, 6)), np.zeros((3, 6)))]
)
def test_any_case_can_be_watched(case):
    state = played(begin(case, learning_rate=1.0), 2)
    assert state.shown.record.cost < case.mean_cost
    assert parsed(view(state)) is not None


SINE = datasets.sine()
FITTED = Case(initialize((1, 8, 1), seed=2), SINE.x, SINE.y, hidden=tanh, output=identity)


def drawn(state, look):
    """The points of the lines and dots of the curve's picture, as (x, y) in its sheet."""
    page = next(each for each in parsed(view(state)).iter("svg") if "answer over x" in (each.get("aria-label") or ""))
    found = [each for each in page.iter() if each.get("class") == look]
    numbers = [re.findall(r"[-\d.]+", each.get("points") or each.get("d")) for each in found]
    return [np.array(list(map(float, each))) for each in numbers]


def test_a_number_is_fitted_and_the_curve_is_the_networks_answer():
    state = played(begin(FITTED, learning_rate=0.3), 30)
    now, end = state.now, 1.05 * abs(SINE.x).max()
    plane = Plane(34.0, 36.0, 272.0, 262.0, (-end, end), (-2, 2))
    (line,), (_, gaps) = drawn(state, "bl-ring"), drawn(state, "bl-zero")
    x, y = line.reshape(-1, 2).T
    inputs = np.linspace(*plane.x, len(x))
    answers = forward(now.parameters, inputs[np.newaxis], hidden=tanh, output=identity).prediction[0]
    np.testing.assert_allclose(x, [plane.across(each) for each in inputs], atol=0.06)
    np.testing.assert_allclose(y, [plane.down(each) for each in answers], atol=0.06)
    across, target, answer = gaps.reshape(-1, 3).T  # from each example to what is answered there
    np.testing.assert_allclose(across, [plane.across(each) for each in SINE.x[0]], atol=0.06)
    np.testing.assert_allclose(target, [plane.down(each) for each in SINE.y[0]], atol=0.06)
    np.testing.assert_allclose(answer, [plane.down(each) for each in now.forward_pass.prediction[0]], atol=0.06)


def test_of_numbers_it_says_how_far_off_and_counts_none_as_right():
    state = played(begin(FITTED, learning_rate=0.3), 3)
    off = np.sqrt(np.mean((state.now.forward_pass.prediction - SINE.y) ** 2))
    picture = view(state)
    assert f"an answer is {plain(off, 3)} off (rms)" in picture.text
    assert state.shown.record.delta_rms[2] == pytest.approx(off)  # δ of the output is a − y
    assert "right" not in picture.text
    assert "right, in %" not in picture.markup
    assert "cross-entropy" not in picture.markup
    with pytest.raises(ValueError, match="must be one that the picture offers"):
        update(state, Turn("cost", "cross-entropy"))


def test_run_a_is_a_curve_behind():
    state = played(done(played(begin(FITTED, learning_rate=0.3), 2), Press("keep"), Press("anew")), 4)
    (behind,), (line,) = drawn(state, "bl-ring bl-ghost"), drawn(state, "bl-ring")
    assert behind.shape == line.shape
    assert (behind != line).any()
    assert not drawn(update(state, Press("forget")), "bl-ring bl-ghost")


@pytest.mark.parametrize(("data", "when"), [("four", "1 step, 1 epoch,"), ("moons", "1 step, 0.05 epochs,"),
                                            ("digits", "1 step, 0.007 epochs,")])  # fmt: skip
def test_a_step_is_as_much_of_an_epoch_as_it_is(data, when):
    assert f"After {when}" in view(done(begin(data), Press("step"))).text


def test_from_python_time_is_told_by_ticks():
    live = Live(begin(), view, update)
    with pytest.raises(ValueError, match="tick needs a picture that moves by itself now"):
        live.tick()
    live.press("play")
    live.tick()
    live.tick()
    assert live.text.startswith("After 16 steps, 16 epochs")


# --- the smooth field

PLANE = Plane(30, 20, 200, 100, (-2.0, 2.0), (-2.0, 2.0))


def area(path):
    """What closed lines enclose, by the shoelace formula."""
    total = 0.0
    for loop in path.split("z")[:-1]:
        x, y = np.array([[float(each) for each in point.split()] for point in loop[1:].split("L")]).T
        total += (x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2
    return abs(total)


def heights(function, steps=40):
    line = np.linspace(-2, 2, steps + 1)
    return function(*np.meshgrid(line, line[::-1]))


def areas(values):
    found = {}
    for path in parsed(Picture(field(PLANE, values), "Some shades.")).iter("path"):
        found.setdefault(path.get("class"), []).append(area(path.get("d", "")))
    return found


@pytest.mark.parametrize(
    ("function", "share"),
    [
        (lambda x, y: x + 0.1, 0.525),
        (lambda x, y: y - 1, 0.25),
        (lambda x, y: 1 - x**2 - y**2, np.pi / 16),
        (lambda x, y: x * y + 1e-9, 0.5),
        (lambda x, y: 0 * x + 0.5, 1.0),
        (lambda x, y: 0 * x - 0.5, 0.0),
    ],
)
def test_the_areas_of_the_field_are_as_large_as_they_should_be(function, share):
    found = areas(heights(function))
    assert found["bl-positive"][0] / 20_000 == pytest.approx(share, abs=2e-3)
    assert found["bl-negative"][0] / 20_000 == pytest.approx(1 - share, abs=2e-3)
    assert found["bl-positive"] == sorted(found["bl-positive"], reverse=True), "the higher, the smaller"


def test_noise_is_shaded_without_gaps():
    for seed in range(20):
        found = areas(np.random.default_rng(seed).normal(size=(9, 9)))
        assert 0.85 < (found["bl-positive"][0] + found["bl-negative"][0]) / 20_000 < 1.001  # saddles stay open


def test_the_border_runs_where_the_values_are_zero_and_not_along_the_frame():
    d = parsed(Picture(zero_line(PLANE, heights(lambda x, y: x - 0.5)), "A line.")).find("path").get("d")
    points = np.array([[float(each) for each in point.split()] for point in re.split("[ML]", d)[1:]])
    np.testing.assert_allclose(points[:, 0], PLANE.across(0.5), atol=0.06)
    assert points[:, 1].min() == pytest.approx(20)
    assert 'd=""' in zero_line(PLANE, heights(lambda x, y: 0 * x + 1))


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("first", begin()),
        ("compared", played(done(update(played(begin(), 5), Press("keep")), Turn("hidden", 2)), 3)),
        ("digits", begin("digits", hidden=6)),
        ("deep", begin(cases.deep)),
    ],
)
def test_the_picture_is_as_it_was(golden, name, state):
    golden(f"trainer-{name}", view(state))

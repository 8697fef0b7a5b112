"""The race: both runs are those of `train`, each is right when it should be, and time is told by ticks."""

import re
from dataclasses import replace

import numpy as np
import pytest

from backprop_lab import (
    Case,
    binary_cross_entropy,
    cases,
    initialize,
    quadratic,
    relu,
    sigmoid,
    tanh,
    train,
)
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.drawing.networks import COSTS
from backprop_lab.drawing.picture import Press, Tick, Turn
from backprop_lab.pictures.race import begin, update, view
from backprop_lab.pictures.race.state import MOST, PACE, STUBBORN

from .hands import parsed

FOUR = cases.batch


def done(state, *events):
    for event in events:
        state = update(state, event)
    return state


def stepped(state, steps):
    return done(state, *[Press("step")] * steps)


def raced(state):
    """Played until it pauses by itself."""
    state = update(state, Press("play"))
    for _ in range(MOST):
        if not state.playing:
            return state
        state = update(state, Tick())
    raise AssertionError("it never pauses")


def by_train(case, cost, learning_rate, epochs):
    m = case.x.shape[1]
    start = case.parameters
    return train(start, case.x, case.y, cost=cost, learning_rate=learning_rate, epochs=epochs, batch_size=m)


@pytest.mark.parametrize(("key", "case", "rate"), [("neuron", STUBBORN, 0.15), ("four", FOUR, 3.0)])
def test_both_runs_are_those_of_train(key, case, rate):
    state = stepped(begin(key), 40)
    for name, cost in (("quadratic", quadratic), ("cross-entropy", binary_cross_entropy)):
        history = by_train(case, cost, rate, 40)
        for lap, epoch in zip(state.laps, history.epochs, strict=True):
            assert lap.epochs == epoch.number
            assert lap.records[name].cost == pytest.approx(epoch.cost, rel=1e-9)
            assert lap.records[name].delta_rms == pytest.approx(epoch.delta_rms, rel=1e-9)
            now = replace(case, parameters=epoch.parameters).forward_pass
            assert lap.off[name] == pytest.approx(np.sqrt(np.mean((now.prediction - case.y) ** 2)), rel=1e-9)
            last = max(now.z)
            assert lap.steep[name] == pytest.approx(np.sqrt(np.mean(sigmoid.prime(now.z[last]) ** 2)), rel=1e-9)


@pytest.mark.parametrize(("key", "slow", "fast", "times"), [("neuron", 232, 17, "13.6"), ("four", 168, 46, "3.7")])
def test_it_pauses_when_the_second_is_right_and_says_by_how_much_it_was_slower(key, slow, fast, times):
    state = raced(begin(key))
    assert [state.first_right(name) for name in COSTS] == [slow, fast]
    assert state.at == slow
    assert f"Under the quadratic cost it took {times} times as many steps." in view(state).text
    assert "times as many" not in view(update(state, Press("back"))).text
    on = done(state, Press("play"), Tick())
    assert (on.at, on.playing) == (slow + PACE, True)


def test_the_worse_the_start_the_longer_only_one_of_them_takes():
    far = raced(done(begin(), Turn("b", 3.0)))
    assert far.case == STUBBORN.moved("b", 1, 0, to=3.0) or far.turned["b"] == 3.0
    slow, fast = (far.first_right(name) for name in COSTS)
    assert slow is not None
    assert fast is not None
    assert slow > 2 * 232
    assert fast < 2 * 17


def test_who_is_right_from_the_start_and_who_never_is_are_told_so():
    late = raced(done(begin(), Turn("b", 4.0)))
    assert late.at == MOST
    assert view(late).text.endswith("Here the race ends, after 1,000 steps.")
    assert view(done(begin(), Turn("y", 1.0))).text.count("right at the start") == 2
    assert "times as many" not in view(stepped(done(begin(), Turn("y", 1.0)), 2)).text


def test_from_the_other_side_it_is_the_same_race():
    other = done(begin(), Turn("w", -2.0), Turn("b", -2.0), Turn("y", 1.0))
    assert [raced(other).first_right(name) for name in COSTS] == [232, 17]


@pytest.mark.parametrize("key", ["neuron", "four"])
def test_a_hand_changes_the_start_of_both(key):
    state = stepped(begin(key), 5)
    last = state.last
    for kind, value in (("w", 0.5), ("b", -1.0), ("y", 0.25)):
        changed = update(state, Turn(kind, value))
        wanted = state.case.moved(kind, last, (0, 0), to=value)
        assert len(changed.laps) == 1
        for name in COSTS:
            now = changed.now(name)
            np.testing.assert_array_equal(now.forward_pass.prediction, wanted.forward_pass.prediction)
            np.testing.assert_array_equal(now.y, wanted.y)
    faster = update(state, Turn("learning_rate", 1.0))
    assert (faster.learning_rate, len(faster.laps)) == (1.0, 1)
    assert update(state, Turn("learning_rate", 99.0)).learning_rate == 10.0


def test_the_numbers_in_words_and_in_the_table_are_those_of_the_step_on_the_screen():
    state = done(stepped(begin(), 20), Turn("at", 7))
    text, cells = view(state).text, [each.text for each in parsed(view(state)).iter("td")]
    for name, cost in COSTS.items():
        epoch = by_train(STUBBORN, cost, 0.15, 7).epochs[-1]
        now = replace(STUBBORN, parameters=epoch.parameters, cost=cost)
        a, delta = now.forward_pass.prediction[0, 0], now.backward_pass.delta[1][0, 0]
        assert f"{name.capitalize()}: a = {plain(a, 3)}, δ = {signed(delta, 4)}, not right yet." in text
        assert plain(epoch.cost, 4) in cells
    assert text.startswith("After 7 steps, η = 0.15.")
    assert cells.count("not yet") == 2
    assert "17 steps" in "".join(parsed(view(update(state, Turn("at", 17)))).itertext())


def test_both_lie_on_the_curve_of_sigma_with_their_tangents():
    page = parsed(view(stepped(begin(), 30)))
    wide = next(each for each in page.iter("svg") if "curve of σ" in (each.get("aria-label") or ""))
    graph = np.array([tuple(map(float, pair.split(","))) for line in wide.iter("polyline")
                      if line.get("class") == "bl-graph" for pair in line.get("points").split()]).T  # fmt: skip
    discs = [(float(each.get("cx")), float(each.get("cy"))) for each in wide.iter("circle")]
    boxes = [(float(each.get("x")) + 6, float(each.get("y")) + 6) for each in wide.iter("rect")]
    for x, y in (discs[0], boxes[0]):
        assert np.interp(x, *graph) == pytest.approx(y, abs=0.5)
    assert boxes[0][0] < discs[0][0]  # the cross-entropy is ahead
    tangents = [each for each in wide.iter("polyline") if each.get("class") == "bl-tangent"]
    assert len(tangents) == 2


def test_whatever_the_target_is_its_line_is_not_drawn_through_words():
    for y in (0.0, 0.3, 0.5, 1.0):
        drawn = parsed(view(done(begin(), Turn("y", y))))
        (target,) = [float(each.get("y1")) for each in drawn.iter("line") if each.get("class") == "bl-target"]
        words = [float(each.get("y")) for each in drawn.iter("text") if each.get("class") == "bl-value"]
        assert words
        assert all(not low - 13 <= target <= low + 4 for low in words), y


def test_the_planes_and_charts_have_both_runs():
    page = parsed(view(stepped(begin("four"), 10)))
    says = [each.get("aria-label") or "" for each in page.iter("svg")]
    assert sum("plane of the inputs" in each for each in says) == 2
    charts = [each for each in says if "over 10 steps" in each]
    assert [each.split(",")[0] for each in charts] == ["a − y", "δ of the output", "σ′ of the output"]
    assert all("quadratic" in each and "cross-entropy" in each for each in charts)


def test_time_is_told_by_ticks_and_ends():
    state = begin()
    assert not view(state).ticking
    assert update(state, Tick()) == state
    playing = done(state, Press("play"), Tick())
    assert view(playing).ticking
    assert playing.at == PACE
    assert not update(playing, Press("play")).playing
    end = done(stepped(begin(learning_rate=0.05), 20), Turn("at", 3), Press("play"), Tick())
    assert (end.at, len(end.laps)) == (3 + PACE, 21)  # what is known is played again
    for event in (Press("step"), Press("back"), Press("anew"), Turn("at", 2)):
        assert not update(playing, event).playing


def test_it_is_over_after_so_many_steps(monkeypatch):
    monkeypatch.setattr("backprop_lab.pictures.race.state.MOST", 7)
    state = raced(begin())
    assert (state.at, state.over, state.playing) == (7, True, False)
    assert 'data-press="step" data-key="press step" aria-disabled="true"' in view(state).markup
    assert not update(state, Press("play")).playing
    assert MOST > 232


def test_other_networks_are_chosen_and_begin_with_their_own_learning_rate():
    own = replace(FOUR, parameters=initialize((2, 4, 1), seed=1))
    state = begin(own, learning_rate=2.0)
    assert "yours" in view(state).markup
    four = update(stepped(state, 3), Turn("network", "four"))
    assert (four.learning_rate, len(four.laps), four.case) == (3.0, 1, FOUR)
    back = update(four, Turn("network", "yours"))
    assert (back.case, back.learning_rate) == (own, 1.0)
    with pytest.raises(ValueError, match="must be one that the picture offers"):
        update(begin(), Turn("network", "yours"))


def test_a_run_that_diverges_stops_with_the_reason():
    wild = Case(initialize((2, 8, 8, 1), seed=0), 1e50 * FOUR.x, FOUR.y, hidden=relu)
    state = stepped(begin(wild, learning_rate=10.0), 3)
    assert state.over
    assert view(state).text.endswith(".")
    assert re.search(r"Step \d cannot be made: ", view(state).text)
    assert not update(state, Press("play")).playing
    assert "cannot be made" not in view(update(state, Press("back"))).text  # there it can go on by one
    assert not update(state, Press("anew")).stopped


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"network": "moons"}, "network must be one of neuron, four, or a Case, got 'moons'"),
        ({"network": cases.wide}, "network must be one neuron with one example, or 2 inputs and 1 sigmoid output"),
        ({"network": replace(FOUR, output=tanh)}, "1 sigmoid output, got sizes (2, 3, 1), m = 4 and tanh"),
        ({"network": replace(STUBBORN, x=[[1.0, 2.0]], y=[[0.0, 1.0]])}, "got sizes (1, 1), m = 2"),
        ({"network": replace(FOUR, y=3 * FOUR.y)}, "y must"),
        ({"learning_rate": 0}, "learning_rate must lie between 0.05 and 10, got 0"),
    ],
)  # fmt: skip
def test_what_cannot_be_raced_is_refused(given, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        begin(**given)


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("start", begin()),
        ("neuron", stepped(begin(), 20)),
        ("four", stepped(begin("four"), 3)),
        ("rewound", done(stepped(begin(), 3), Turn("y", 0.75), Press("step"), Turn("at", 0), Press("play"))),
    ],
)
def test_the_picture_is_as_it_was(golden, name, state):
    golden(f"race-{name}", view(state))

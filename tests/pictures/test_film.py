"""The film: what it shows is the network of that epoch, by slider and buttons, from end to end."""

import re
from dataclasses import replace

import numpy as np
import pytest

from backprop_lab import cases, relu, train
from backprop_lab.drawing.markup import lowered, plain, raised, signed
from backprop_lab.drawing.picture import Press, Turn
from backprop_lab.pictures.film import NEURONS, begin, sentence, update, view

from .hands import parsed
from .plays import FOUR, MANY, TRAINED, TRAINED_ON_MANY

OPENING = begin(TRAINED, FOUR)


def at(epoch, state=OPENING):
    return update(state, Turn("epoch", epoch))


def network(epoch):
    return replace(FOUR, parameters=TRAINED.epochs[epoch].parameters)


def cells(state):
    return [["".join(cell.itertext()) for cell in row] for row in parsed(view(state)).iter("tr")]


@pytest.mark.parametrize("epoch", [1, 7, 20])
def test_the_sentence_and_the_charts_say_what_the_training_recorded(epoch):
    state, now = at(epoch, begin(TRAINED)), TRAINED.epochs[epoch]
    picture = view(state)
    assert picture.text.startswith(f"After epoch {epoch} the cost is {plain(now.cost, 4)};")
    assert f"{plain(100 * now.accuracy, 1)}% of the examples are right" in picture.text
    for layer, value in now.delta_rms.items():
        assert f"{plain(value, 4)} in layer {layer}" in picture.text
        assert f">layer {layer} {plain(value, 4)}<" in picture.markup
    assert cells(state) == [
        ["epoch", str(epoch)],
        ["cost", plain(now.cost, 4)],
        ["right", f"{plain(100 * now.accuracy, 1)}%"],
    ]


def test_unseen_examples_have_their_own_lines():
    history = train(
        FOUR.parameters, FOUR.x, FOUR.y, learning_rate=3.0, epochs=2, batch_size=4, validation=(FOUR.x[:, :1], [[1.0]])
    )
    state, last = begin(history), history.epochs[-1]
    assert cells(state)[3:] == [["cost, unseen", plain(last.validation_cost or 0, 4)], ["right, unseen", "0.0%"]]
    assert "75.0% of the examples, 0.0% of unseen ones are right" in sentence(state)


@pytest.mark.parametrize("epoch", [0, 1, 5, 20])
def test_with_few_examples_every_error_signal_of_that_epoch_is_shown(epoch):
    state, delta = at(epoch), network(epoch).backward_pass.delta
    head, *rows = cells(state)
    assert head == ["", "0y = 1", "1y = 0", "2y = 1", "3y = 0"]
    assert rows == [
        [f"δ{raised(layer)}{lowered(j)}", *(signed(float(value), 4) for value in delta[layer][j])]
        for layer in (2, 1)
        for j in range(len(delta[layer]))
    ]
    right = int(((network(epoch).forward_pass.prediction > 0.5) == (FOUR.y > 0.5)).sum())
    assert f"; {right} of 4 examples are right." in sentence(state)
    assert f">{right} of 4 right<" in view(state).markup


def test_with_many_examples_the_root_mean_square_of_as_many_neurons_as_there_is_room_for():
    state = at(3, begin(TRAINED_ON_MANY, MANY))
    delta = replace(MANY, parameters=TRAINED_ON_MANY.epochs[3].parameters).backward_pass.delta
    loud = [np.sqrt((each**2).mean()) for layer in (3, 2, 1) for each in delta[layer]]
    _, *rows = cells(state)
    assert [value for _, value in rows] == [signed(float(each), 4) for each in loud[:NEURONS]]
    assert "every δ, rms of 50 examples, 9 of 12 neurons" in view(state).markup
    right = np.sum(
        (np.array(replace(MANY, parameters=state.shown.parameters).forward_pass.prediction) > 0.5) == (MANY.y > 0.5)
    )
    assert f"; {right} of 50 examples are right." in sentence(state)


def test_the_loudest_error_signal_of_the_film_fills_its_bar_and_none_is_louder():
    every = [np.abs(each).max() for epoch in range(21) for each in network(epoch).backward_pass.delta.values()]
    assert OPENING.loudest == max(every)
    lengths = []
    for epoch in range(21):
        assert "bl-beyond" not in view(at(epoch)).markup
        sparks = [svg for svg in parsed(view(at(epoch))).iter("svg") if svg.get("class") == "bl-spark"]
        lengths += [float(rect.get("width", 0)) for svg in sparks for rect in svg.iter("rect")]
    assert max(lengths) == pytest.approx(108)
    assert f"a full bar: {plain(max(every), 3)}" in view(OPENING).markup


@pytest.mark.parametrize("epoch", [0, 5, 20])
def test_the_curves_run_to_the_epoch_and_lie_ahead_from_there(epoch):
    drawn = [each for each in parsed(view(at(epoch))).iter("polyline") if "bl-run" in each.get("class", "")]
    points = [[tuple(map(float, point.split(","))) for point in each.get("points", "").split()] for each in drawn]
    ahead = ["bl-ahead" in each.get("class", "") for each in drawn]
    assert ahead == [True, False] * 3 if epoch < 20 else ahead == [False] * 3
    spots = [
        (float(circle.get("cx", 0)), float(circle.get("cy", 0)))
        for circle in parsed(view(at(epoch))).iter("circle")
        if circle.get("class") == "bl-here"
    ]
    runs = [each for each, later in zip(points, ahead, strict=True) if not later]
    rest = [each for each, later in zip(points, ahead, strict=True) if later] or [[each[-1]] for each in runs]
    for run, later, (x, y) in zip(runs, rest, spots, strict=True):
        assert (len(run), len(later)) == (epoch + 1, 21 - epoch)
        assert run[-1] == later[0] == pytest.approx((x, y), abs=0.06)
    heights, low = [y for _, y in [*runs[0], *rest[0][1:]]], 56 + 108
    np.testing.assert_allclose([low - y for y in heights], 108 * TRAINED.cost / TRAINED.cost.max(), atol=0.06)


def test_the_curve_of_one_epoch_alone_reaches_the_end_of_its_axis():
    short = begin(train(FOUR.parameters, FOUR.x, FOUR.y, learning_rate=3.0, epochs=1, batch_size=4), FOUR)
    ahead = next(parsed(view(short)).iter("polyline")).get("points", "").split()
    assert [float(point.split(",")[0]) for point in ahead] == [38, 212 - 14]


def test_it_is_scrubbed_by_slider_and_buttons_and_stops_at_its_ends():
    state = begin(TRAINED)
    assert state.epoch == 20
    assert update(state, Press("on")).epoch == 20
    assert update(state, Press("back")).epoch == 19
    assert update(update(state, Press("back")), Press("on")) == state
    assert at(3, state).epoch == 3
    assert (at(-5, state).epoch, at(99, state).epoch) == (0, 20)
    assert (update(OPENING, Press("back")).epoch, at(99).epoch) == (0, 20)
    assert view(OPENING).text.startswith("Before the first step the cost is 0.1304; 3 of 4 examples are right.")


@pytest.mark.parametrize(("epoch", "off"), [(0, ["back"]), (1, []), (20, ["on"])])
def test_a_button_that_would_do_nothing_says_so(epoch, off):
    buttons = parsed(view(at(epoch))).iter("button")
    assert [each.get("data-press") for each in buttons if each.get("aria-disabled")] == off


def test_a_network_without_a_plane_shows_its_error_signals_alone():
    case = cases.wide
    history = train(case.parameters, case.x, case.y, learning_rate=1.0, epochs=3, batch_size=1)
    assert "The plane" not in view(begin(history, case)).markup
    assert cells(begin(history, case))[1] == ["δ²₀", signed(float(case.backward_pass.delta[2][0, 0]), 4)]
    with pytest.raises(ValueError, match=re.escape("the sizes of the training, (2, 3, 1), got (2, 3, 2)")):
        begin(TRAINED, case)


def test_silent_neurons_are_no_error():
    dead = replace(FOUR, hidden=relu, output=relu, x=-np.abs(FOUR.x), y=np.zeros((1, 4)))
    parameters = replace(dead.parameters, b={1: np.full((3, 1), -9.0), 2: np.full((1, 1), -9.0)})
    dead = replace(dead, parameters=parameters)
    history = train(parameters, dead.x, dead.y, learning_rate=1.0, epochs=2, batch_size=4, hidden=relu, output=relu)
    assert {value for row in cells(begin(history, dead))[1:] for value in row[1:]} == {"+0.0000"}


@pytest.mark.parametrize(
    ("name", "state"),
    [("opening", OPENING), ("turned", at(12)), ("end", begin(TRAINED)), ("many", begin(TRAINED_ON_MANY, MANY))],
)
def test_the_picture_is_as_it_was(golden, name, state):
    golden(f"film-{name}", view(state))

"""The gears tell the truth: their rates are those a nudge finds, in any network, and a train that is off is missing."""

from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_lab import Case, cases, initialize, softmax, widgets
from backprop_lab.complex_step import nudge
from backprop_lab.drawing.markup import signed
from backprop_lab.views.gears import gears
from backprop_lab.views.gears_state import Gears, switched
from backprop_lab.views.trains import COST, measured, promised, trains


@st.composite
def places(draw):
    """A random network with one example, and one of the weights of its last two layers."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=3, max_size=4))
    seed = draw(st.integers(0, 10_000))
    random = np.random.default_rng(seed)
    parameters = initialize(sizes, seed=seed)
    case = Case(parameters, x=random.normal(size=sizes[0]), y=random.uniform(size=sizes[-1]))
    layer = draw(st.sampled_from(parameters.layers[-2:]))
    return case, (layer, draw(st.integers(0, sizes[layer] - 1)), draw(st.integers(0, sizes[layer - 1] - 1)))


def rate(case, layer, j, k):
    return nudge(case, "w", layer, (j, k)).cost[0]


@settings(max_examples=50)
@given(places())
def test_products_along_the_paths_add_up_to_what_a_nudge_finds(place):
    case, weight = place
    assert sum(trains(case, *weight).products) == pytest.approx(rate(case, *weight), abs=1e-12)
    assert Gears(case, weight).rate == pytest.approx(rate(case, *weight), abs=1e-12)


@settings(max_examples=50)
@given(places())
def test_every_rate_on_the_way_is_what_a_nudge_of_its_own_start_finds(place):
    case, weight = place
    found = trains(case, *weight)
    for gear in [*found.shared, *(gear for train in found.own for gear in train)]:
        rates = nudge(case, gear.by.letter, gear.by.layer, gear.by.neurons)
        moved = (
            rates.cost[0] if gear.of == COST else getattr(rates, gear.of.letter)[gear.of.layer][gear.of.neurons[0], 0]
        )
        assert gear.rate == pytest.approx(moved, abs=1e-12)


@settings(max_examples=50)
@given(places())
def test_promise_and_measurement_meet_when_the_turn_is_small(place):
    case, weight = place
    found = trains(case, *weight)
    by_rates, true = promised(found, 1e-4), measured(case, found, 1e-4)
    assert by_rates.keys() == true.keys()
    assert [true[quantity] for quantity in by_rates] == pytest.approx(list(by_rates.values()), abs=1e-7)


@settings(max_examples=50)
@given(places(), st.data())
def test_without_a_train_exactly_its_path_is_missing(place, data):
    case, weight = place
    found = trains(case, *weight)
    train = data.draw(st.integers(0, len(found.own) - 1))
    all_on, without = Gears(case, weight), switched(Gears(case, weight), train, False)
    only = Gears(case, weight, off=frozenset(range(len(found.own))) - {train})
    assert all_on.rate - without.rate == pytest.approx(found.products[train], abs=1e-12)
    assert all_on.measured[COST] - without.measured[COST] == pytest.approx(only.measured[COST], abs=1e-12)
    assert switched(without, train, True) == all_on


@settings(max_examples=50)
@given(places(), st.sampled_from([-1.0, 0.0, 1.0]), st.sets(st.integers(0, 3)))
def test_whatever_is_turned_or_off_the_picture_holds_and_the_sentence_says_it(place, turn, off):
    case, weight = place
    state = Gears(case, weight, turn, frozenset(off & set(range(len(trains(case, *weight).own)))))
    picture = gears(state)
    texts = {(each.text or "") for each in ElementTree.fromstring(picture.markup).iter("text")}
    assert f"true {signed(state.measured[COST], 4)}" in texts
    assert f"make {signed(state.rate, 6)}: C should move by {signed(state.promised[COST], 4)}" in picture.text
    assert "nan" not in picture.markup


def test_the_first_train_of_the_wide_network_is_the_running_network():
    assert trains(cases.wide, 1, 2, 1).products[0] == pytest.approx(trains(cases.running, 1, 2, 1).products[0])


def test_a_stopped_gear_stops_the_train():
    still = Case(cases.running.parameters, cases.running.x, cases.running.forward_pass.prediction)
    state = Gears(still, (2, 0, 0))
    assert state.rate == 0
    assert "× +0.0000" in gears(state).markup


def test_slider_switch_and_choice_move_the_picture():
    live = widgets.gears(cases.wide, "w1.2.1")
    turn, first, second = (control.widget for control in live.controls)
    turn.value, second.value = -1.0, False
    assert live.state == Gears(cases.wide, (1, 2, 1), -1.0, frozenset({1}))
    assert f"along 1 of 2 paths make {signed(live.state.trains.products[0], 6)}" in live.stage.text
    live.stage.selected = "g0.2"
    assert live.stage.text.endswith(f"∂z/∂a = {signed(cases.wide.parameters.w[2][0, 2], 6)}, the weight w[2][0, 2].")
    first.value = False
    assert "The rates along 0 of 2 paths make +0.000000" in live.stage.text


@pytest.mark.parametrize(
    ("case", "weight"),
    [
        (cases.deep, "w1.0.0"),
        (Case(cases.wide.parameters, cases.wide.x, cases.wide.y, output=softmax), "w2.0.0"),
    ],
    ids=["two layers behind it", "softmax"],
)
def test_a_weight_whose_paths_cannot_be_drawn_is_refused(case, weight):
    with pytest.raises(ValueError, match=r"layer must be \d or \d, and the output element-wise, got \d"):
        widgets.gears(case, weight)

"""The paths of a neuron add up to what backpropagation and a nudge find, however they are put together."""

from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_lab import Case, cases, initialize, quadratic, softmax, widgets
from backprop_lab.complex_step import nudge
from backprop_lab.drawing.markup import signed
from backprop_lab.views.paths import paths
from backprop_lab.views.paths_state import (
    begin,
    choose,
    factor_out,
    flip,
    multiplications_by_path,
    multiplications_factored,
    path_count,
    paths_from,
    terms,
)


@st.composite
def places(draw):
    """A random network with one example, and one of its neurons."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    x, y = rng.normal(size=(sizes[0], 1)), rng.integers(0, 2, (sizes[-1], 1))
    case = Case(initialize(sizes, seed=int(rng.integers(10**6))), x, y)
    layer = draw(st.integers(0, len(sizes) - 1))
    return case, layer, draw(st.integers(0, sizes[layer] - 1))


def shown(picture, name="bl-result"):
    root = ElementTree.fromstring(picture.markup)
    return [each.text or "" for each in root.iter("span") if name in (each.get("class") or "").split()]


def halos(picture):
    """The wires that are lit in the diagram."""
    groups = [each for each in ElementTree.fromstring(picture.markup).iter("g") if "wire" in each.get("data-key", "")]
    return {each.get("data-key") for each in groups if any("bl-halo" in part.get("class", "") for part in each)}


@settings(max_examples=30)
@given(places())
def test_paths_and_terms_both_add_up_to_what_a_nudge_finds(place):
    case, layer, j = place
    rate = nudge(case, "z" if layer else "a", layer, (j,)).cost[0]
    every = paths_from(case, layer, j)
    assert sum(path.value for path in every) == pytest.approx(rate, abs=1e-12)
    assert sum(path.value for path in terms(case, layer, j)) == pytest.approx(rate, abs=1e-12)
    assert len(every) == path_count(case.parameters.sizes, layer)


@settings(max_examples=30)
@given(places(), st.integers(0, 99), st.booleans())
def test_the_picture_shows_every_path_and_lights_the_chosen_one_in_the_diagram(place, number, factored):
    case, layer, j = place
    state = choose(begin(case), f"a{layer}.{j}")
    state = factor_out(state) if factored else state
    number %= len(state.found)
    state = choose(state, f"path.{number}")
    picture, values = paths(state), [path.value for path in state.found]
    assert shown(picture) == [signed(value, 6) for value in [*values, sum(values)]]
    path = state.found[number]
    wires = {f"wire-w{at}.{i}.{k}" for (_, k), (at, i) in pairwise(path.places)}
    assert halos(picture) == wires
    assert all(f"neuron {i} of layer {at}" in picture.text for at, i in path.places[1:])


def test_the_two_loud_paths_of_the_middle_neuron_quarrel_and_one_bar_flips_with_the_target():
    live = widgets.paths()
    assert "They agree." in live.stage.text
    live.stage.selected = "a1.1"
    before = shown(paths(live.state))
    assert "They quarrel, and nearly cancel. Their sum, the δ of the neuron, is −0.002120" in live.stage.text
    live.buttons["flip the last target"].click()
    after = shown(paths(live.state))
    assert before[0] == after[0]
    assert (before[1][0], after[1][0]) == ("−", "+")
    assert "They agree." in live.stage.text


def test_factoring_out_turns_the_six_paths_of_an_input_into_three_terms_with_the_next_delta():
    live = widgets.paths(cases.deep, neuron="a0.0")
    assert "Input 0 has 6 paths" in live.stage.text
    live.buttons["factor out"].click()
    assert "Input 0 has 3 terms" in live.stage.text
    factors = [[factor.value for factor in path.factors] for path in live.state.found]
    case = cases.deep
    expected = np.column_stack([case.parameters.w[1][:, 0], case.backward_pass.delta[1][:, 0]])
    np.testing.assert_allclose(factors, expected)
    live.stage.selected = "a1.2"
    assert "delta[1] = (w[2].T @ delta[2]) * sigmoid.prime(z[1])" in live.stage.picture
    live.buttons["factor out"].click()
    assert "math.prod" in live.stage.picture


def test_a_weight_chooses_a_path_over_it_and_choosing_nothing_gives_all_paths_back():
    state = choose(begin(cases.wide), "w2.1.2")
    assert (state.neuron, state.selected) == ("a1.2", "path.1")
    assert choose(state, "").selected == "a1.2"
    assert choose(state, "b2.0").neuron == "a2.0"


def test_another_network_keeps_the_neuron_if_it_has_it():
    live = widgets.paths(cases.deep, neuron="a2.1")
    live.controls[0].widget.value = "wide"
    assert live.state.neuron == "a2.1"
    live.controls[0].widget.value = "running"
    assert (live.state.neuron, live.state.case) == ("a1.0", cases.running)


def test_a_case_of_one_s_own_is_offered_beside_the_three():
    own = flip(begin(cases.wide)).case
    network: Any = widgets.paths(own).controls[0].widget
    assert network.options == ("this one", "running", "wide", "deep")


@pytest.mark.parametrize(
    ("sizes", "by_path", "factored"),
    [((2, 3, 1), 9, 7), ((2, 3, 2), 18, 11), ((10,) * 11, 190 * 10**9, 1000)],
    ids=["running", "wide", "ten of ten"],
)
def test_how_many_multiplications_the_first_layer_takes(sizes, by_path, factored):
    assert (multiplications_by_path(sizes, 1), multiplications_factored(sizes, 1)) == (by_path, factored)


@settings(max_examples=30)
@given(places())
def test_the_count_path_by_path_is_that_of_the_factors_there_are(place):
    case, layer, _ = place
    sizes = case.parameters.sizes
    written = [len(path.factors) - 1 for j in range(sizes[layer]) for path in paths_from(case, layer, j)]
    assert sum(written) == multiplications_by_path(sizes, layer)


def test_a_softmax_output_is_refused():
    case = Case(cases.wide.parameters, cases.wide.x, cases.wide.y, output=softmax, cost=quadratic)
    with pytest.raises(ValueError, match="case must have an element-wise output activation, got softmax"):
        widgets.paths(case)

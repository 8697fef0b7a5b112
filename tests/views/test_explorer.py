"""The explorer: what it shows follows from the network as it is now, and every move can be taken back."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import networks

from backprop_lab import binary_cross_entropy, cases, softmax, step
from backprop_lab.cases import Case
from backprop_lab.markup import plain, signed
from backprop_lab.views import explorer as view
from backprop_lab.views.diagram import DELTA_SCALE, bias_key, neuron_key, weight_key
from backprop_lab.views.strip import strip

SIZES = {"w": [(1, (j, k)) for j in range(3) for k in range(2)] + [(2, (0, k)) for k in range(3)]}
SIZES["b"] = [(1, (j, 0)) for j in range(3)] + [(2, (0, 0))]
moves = st.tuples(
    st.sampled_from([(kind, *place) for kind, places in SIZES.items() for place in places]), st.floats(-4, 4)
)


def keys(case: Case) -> list[str]:
    sizes, layers = case.parameters.sizes, case.parameters.layers
    neurons = [neuron_key(layer, j) for layer in range(len(sizes)) for j in range(sizes[layer])]
    weights = [weight_key(layer, *index) for layer in layers for index in np.ndindex(case.parameters.w[layer].shape)]
    return ["", *neurons, *weights, *(bias_key(layer, j) for layer in layers for j in range(sizes[layer]))]


def moved(state: view.Explorer, steps) -> view.Explorer:
    for (kind, layer, index), value in steps:
        state = view.with_parameter(state, kind, layer, index, value)
    return state


@settings(max_examples=50)
@given(st.lists(moves, max_size=4), st.sampled_from(keys(cases.running)))
def test_every_error_signal_and_gradient_on_the_page_is_the_networks_own(steps, selected):
    state = moved(view.begin(cases.running, selected), steps)
    picture = view.explorer(state)
    root = ElementTree.fromstring(picture.markup)
    shown = [text.text for svg in root.iter("svg") if svg.get("class") == "bl-chart" for text in svg.iter("text")]
    found = state.case.backward_pass
    for layer in (1, 2):
        for array, decimals in ((found.delta[layer], 4), (found.nabla_w[layer], 5), (found.nabla_b[layer], 5)):
            assert {signed(value, decimals) for value in array.flat} <= set(shown)
    assert f"the cost {plain(state.case.mean_cost, 4)}." in picture.text
    assert state.costs[-1] == state.case.mean_cost
    assert len(state.costs) == len(steps) + 1


@settings(max_examples=30)
@given(st.lists(moves, max_size=4), st.floats(0.1, 10))
def test_a_step_is_the_packages_step_and_reset_takes_everything_back(steps, learning_rate):
    start = view.begin(cases.running, "w1.0.1")
    state = moved(view.Explorer(start.case, start.start, start.costs, learning_rate, "w1.0.1"), steps)
    after = view.one_step(state).case.parameters
    expected = step(state.case.parameters, state.case.backward_pass, learning_rate)
    for layer in (1, 2):
        np.testing.assert_array_equal(after.w[layer], expected.w[layer])
        np.testing.assert_array_equal(after.b[layer], expected.b[layer])
    back = view.reset(view.many_steps(state))
    assert (back.case, back.costs, back.learning_rate) == (cases.running, (cases.running.mean_cost,), learning_rate)


def test_one_step_with_learning_rate_one_brings_the_cost_to_its_published_value():
    assert round(view.one_step(view.begin(cases.running)).case.mean_cost, 6) == 0.184420


@pytest.mark.parametrize(("which", "value"), [("x", 2.0), ("y", 0.25)])
def test_inputs_and_targets_can_be_moved_too(which, value):
    state = view.with_example(view.begin(cases.running), which, 0, value)
    assert getattr(state.case, which)[0, 0] == value
    assert state.case.mean_cost != cases.running.mean_cost


@settings(max_examples=60)
@given(networks(most_examples=1), st.data())
def test_the_equations_of_any_selection_end_at_the_networks_own_numbers(case, data):
    key = data.draw(st.sampled_from(keys(case)))
    markup = strip(case, key)
    results = re.findall(r'bl-result bl-\w+">([^<]*)<', markup)
    if not key:
        assert results == [signed(case.cost.of_example(case.forward_pass.prediction, case.y)[0], 4)]
        return
    kind, layer, j, *k = key[0], *map(int, key[1:].split("."))
    a, z, found = case.forward_pass.a, case.forward_pass.z, case.backward_pass
    if layer == 0:
        assert results == [signed(a[0][j, 0])]
        return
    z_and_delta = [signed(z[layer][j, 0]), signed(found.delta[layer][j, 0], 4)]
    if kind == "a":
        assert results == [z_and_delta[0], signed(a[layer][j, 0]), z_and_delta[1]]
    else:
        gradient = found.nabla_w[layer][j, k[0]] if kind == "w" else found.nabla_b[layer][j, 0]
        assert results == [*z_and_delta, signed(gradient, 5)]


@pytest.mark.parametrize(("key", "marks"), [("w1.2.1", ["w[1]", "nabla_w[1]"]), ("b1.0", ["b[1]", "nabla_b[1]"])])
def test_the_selection_is_marked_in_the_code_and_lit_in_the_equation(key, marks):
    markup = strip(cases.running, key)
    assert re.findall(r"<mark>([^<]*)</mark>", markup) == marks
    assert 'class="bl-on"' in markup


def test_the_output_error_is_written_as_the_pair_of_cost_and_activation_needs_it():
    crossed = Case(cases.running.parameters, cases.running.x, cases.running.y, cost=binary_cross_entropy)
    assert "delta[2] = a[2] - y" in strip(crossed, "a2.0")
    soft = Case(cases.wide.parameters, cases.wide.x, cases.wide.y, output=softmax)
    assert "nabla_a" in strip(soft, "a2.0")


def test_no_full_bar_of_an_error_signal_can_be_exceeded_by_a_sigmoid_output():
    z = np.linspace(-20, 20, 4001)
    a = 1 / (1 + np.exp(-z))
    assert (np.abs(a - 0) * a * (1 - a)).max() < DELTA_SCALE

"""The explorer: what it shows follows from the network as it is now, and every move can be taken back."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import networks

from backprop_lab import (
    binary_cross_entropy,
    cases,
    categorical_cross_entropy,
    derivations,
    initialize,
    softmax,
    step,
)
from backprop_lab.cases import Case
from backprop_lab.drawing.diagram import DELTA_SCALE
from backprop_lab.drawing.equations import equations
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures import opinions, proof
from backprop_lab.pictures.explorer import begin, update, view
from backprop_lab.quantities import Quantity, parameters

from .hands import parsed

turns = st.lists(st.builds(Turn, st.sampled_from([each.key for each in parameters(cases.running)]), st.floats(-4, 4)))


def keys(case: Case) -> list[str]:
    sizes = case.parameters.sizes
    neurons = [Quantity("a", layer, (j,)).key for layer in range(len(sizes)) for j in range(sizes[layer])]
    return ["", *neurons, *(each.key for each in parameters(case))]


def after(events, state=None):
    state = state or begin()
    for event in events:
        state = update(state, event)
    return state


@settings(max_examples=50)
@given(turns, st.sampled_from(keys(cases.running)))
def test_every_number_and_rate_on_the_page_is_the_networks_own(events, selected):
    state = after([*events, Select(selected)])
    shown = {
        row.get("data-key"): [span.text for span in row.iter("span") if span.get("class") == "bl-value"]
        for row in parsed(view(state)).iter("div")
        if "bl-rated" in (row.get("class") or "").split()
    }
    found = state.case.backward_pass
    for layer in (1, 2):
        for kind, value, nabla in (
            ("w", state.case.parameters.w, found.nabla_w),
            ("b", state.case.parameters.b, found.nabla_b),
        ):
            for (j, k), number in np.ndenumerate(value[layer]):
                key = f"turn {kind}{layer}.{j}{f'.{k}' if kind == 'w' else ''}"
                assert shown[key] == [signed(float(number)), signed(float(nabla[layer][j, k]), 5)]
    assert f"the cost {plain(state.case.mean_cost, 4)}." in view(state).text
    assert state.costs[-1] == state.case.mean_cost
    assert len(state.costs) == len(events) + 1


@settings(max_examples=30)
@given(turns, st.floats(0.1, 10))
def test_a_step_is_the_packages_step_and_reset_takes_everything_back(events, learning_rate):
    state = after([*events, Turn("learning_rate", learning_rate)])
    stepped = update(state, Press("step")).case.parameters
    expected = step(state.case.parameters, state.case.backward_pass, learning_rate)
    for layer in (1, 2):
        np.testing.assert_array_equal(stepped.w[layer], expected.w[layer])
        np.testing.assert_array_equal(stepped.b[layer], expected.b[layer])
    back = after([Press("steps"), Press("reset")], state)
    assert back == begin()


def test_one_step_with_learning_rate_one_brings_the_cost_to_its_published_value():
    assert round(update(begin(), Press("step")).case.mean_cost, 6) == 0.184420


@pytest.mark.parametrize(("key", "which", "value"), [("a0.0", "x", 2.0), ("y0.0", "y", 0.25)])
def test_inputs_and_targets_can_be_moved_too(key, which, value):
    state = update(begin(), Turn(key, value))
    assert getattr(state.case, which)[0, 0] == value
    assert state.case.mean_cost != cases.running.mean_cost


def test_no_target_is_moved_by_itself_where_they_have_to_add_up_to_one():
    x, y = np.array([[0.5], [-1.5]]), np.array([[0.0], [1.0], [0.0]])
    soft = Case(initialize((2, 3, 3), seed=0), x, y, output=softmax, cost=categorical_cross_entropy)
    for picture in (view(begin(soft)), proof.view(proof.begin(derivations.softmax_cross_entropy, case=soft))):
        assert not re.search(r'data-(turn|drag)="y', picture.markup)
        assert 'data-drag="a0.0"' in picture.markup
    assert re.search(r'data-press="flip"[^>]*aria-disabled="true"', opinions.view(opinions.begin(soft)).markup)


@pytest.mark.parametrize("selected", ["w1.2.1", "b2.0", "a1.2", "a0.1", ""])
def test_the_picture_is_as_it_was(golden, selected):
    golden(f"explorer-{selected or 'nothing'}", view(update(begin(), Select(selected))))


def test_equations_come_with_what_is_chosen_and_go_with_it():
    chosen = update(begin(), Select("w1.2.1"))
    assert ["<math" in view(each).markup for each in (begin(), chosen, update(chosen, Select("")))] == [0, 1, 0]
    assert "Choose a wire" in view(begin()).markup


def test_a_moved_picture_is_as_it_was(golden):
    golden("explorer-moved", view(after([Turn("w1.2.1", 2.0), Press("step"), Select("w2.0.1")])))


def test_all_outputs_and_targets_are_said():
    said = view(begin(cases.wide)).text
    assert said.startswith("The outputs are 0.31, 0.73, the targets 1.00, 0.00, the cost 0.5052.")


def test_a_larger_network_has_the_sliders_of_what_is_selected():
    case = cases.deep
    for selected, count in (("a2.1", 8), ("w3.0.1", 3)):
        rows = re.findall("bl-rated", view(begin(case, selected=selected)).markup)
        assert len(rows) == count


@settings(max_examples=60)
@given(networks(most_examples=1), st.data())
def test_the_equations_of_any_selection_end_at_the_networks_own_numbers(case, data):
    key = data.draw(st.sampled_from(keys(case)))
    results = re.findall(r'bl-result bl-\w+">([^<]*)<', equations(case, key))
    chosen = Quantity.read(key or "C")
    if not key or not chosen.layer:
        assert results == [signed(chosen.value(case), 2 if key else 4)]
        return
    z, a, delta = (Quantity(letter, chosen.layer, chosen.index[:1]).value(case) for letter in ("z", "a", "delta"))
    middle = signed(a) if chosen.letter == "a" else signed(delta, 4)
    last = signed(delta, 4) if chosen.letter == "a" else signed(chosen.rate(case), 5)
    assert results == [signed(z), middle, last]


@pytest.mark.parametrize(("key", "marks"), [("w1.2.1", ["w[1]", "nabla_w[1]"]), ("b1.0", ["b[1]", "nabla_b[1]"])])
def test_the_selection_is_marked_in_the_code_and_lit_in_the_equation(key, marks):
    markup = equations(cases.running, key)
    assert re.findall(r"<mark>([^<]*)</mark>", markup) == marks
    assert 'class="bl-on"' in markup


def test_the_output_error_is_written_as_the_pair_of_cost_and_activation_needs_it():
    crossed = Case(cases.running.parameters, cases.running.x, cases.running.y, cost=binary_cross_entropy)
    assert "delta[2] = a[2] - y" in equations(crossed, "a2.0")
    soft = Case(cases.wide.parameters, cases.wide.x, cases.wide.y, output=softmax)
    assert "nabla_a" in equations(soft, "a2.0")


def test_no_full_bar_of_an_error_signal_can_be_exceeded_by_a_sigmoid_output():
    z = np.linspace(-20, 20, 4001)
    a = 1 / (1 + np.exp(-z))
    assert (np.abs(a - 0) * a * (1 - a)).max() < DELTA_SCALE


def test_a_longer_error_signal_ends_in_an_arrow():
    crossed = Case(cases.running.parameters, cases.running.x, cases.running.y, cost=binary_cross_entropy)
    assert "bl-beyond" in view(begin(crossed)).markup
    assert "bl-beyond" not in view(begin()).markup

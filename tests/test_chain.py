"""Quantities by name, and the chain rule walked: the paths' products add up to what a nudge measures."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from strategies import SMOOTH, networks

from backprop_lab import (
    Case,
    Parameters,
    Quantity,
    binary_cross_entropy,
    cases,
    categorical_cross_entropy,
    nudge,
    paths,
    quadratic,
    sigmoid,
    softmax,
)
from backprop_lab.chain import factored, multiplications_by_path, multiplications_factored, path_count, product, wires
from backprop_lab.quantities import COST, inputs, parameters, targets


def everything(case: Case) -> list[Quantity]:
    layers = [Quantity(letter, layer, (j,)) for layer, n in enumerate(case.parameters.sizes) for j in range(n)
              for letter in ("a", "z", "delta") if layer or letter == "a"]  # fmt: skip
    return [*parameters(case), *targets(case), *layers, COST]


@pytest.mark.parametrize("case", [cases.running, cases.wide, cases.deep], ids=["running", "wide", "deep"])
def test_a_quantity_is_read_back_from_its_code(case):
    assert [Quantity.read(each.code) for each in everything(case)] == everything(case)


@pytest.mark.parametrize("case", [cases.running, cases.deep], ids=["running", "deep"])
def test_a_key_names_what_is_shown(case):
    shown = [*parameters(case), *inputs(case), *targets(case)]
    assert [Quantity.read(each.key) for each in shown] == shown
    assert Quantity("z", 1, (2,)).key == Quantity("delta", 1, (2,)).key == Quantity("a", 1, (2,)).key == "a1.2"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "w",
        "w[1]",
        "w[1][2]",
        "b[1][2, 0]",
        "q[1][0]",
        "w1.2",
        "x[0, 1]",
        "C[0]",
        "w[1][2, 0]!",
        "x[2][1]",
        "y[1][0]",
    ],
)
def test_what_names_nothing_is_refused(text):
    with pytest.raises(ValueError, match="key like"):
        Quantity.read(text)


def walkable(case: Case) -> bool:
    """There are paths, and a nudge can see 1 − a, which rounding takes away from it under a cross-entropy."""
    last = case.forward_pass.z[case.parameters.layers[-1]]
    return case.output is not softmax if case.cost is quadratic else bool(np.ptp(last) < 12 > np.abs(last).max())


@given(networks(hidden=SMOOTH))
def test_the_paths_of_every_quantity_add_up_to_what_a_nudge_measures(case):
    if not walkable(case):
        return
    for quantity in everything(case):
        if quantity.letter in ("w", "b", "z", "a"):
            measured = nudge(case, quantity.letter, quantity.layer, quantity.index).cost[0]
            for ways in (paths, factored):
                found = sum(product(path) for path in ways(case, quantity))
                assert np.isclose(found, measured, rtol=1e-9, atol=1e-12), (quantity.code, ways)


@given(networks(hidden=SMOOTH))
def test_a_path_hands_on_from_quantity_to_quantity_and_every_rate_is_what_a_nudge_finds(case):
    if not walkable(case):
        return
    found = [*paths(case, Quantity("a", 0, (0,))), *factored(case, Quantity("a", 0, (0,)))]
    for path in found:
        assert [rate.by for rate in path[1:]] == [rate.of for rate in path[:-1]]
        assert (path[0].by, path[-1].of) == (Quantity("a", 0, (0,)), COST)
    for rate in {rate for path in found for rate in path}:
        moved = nudge(case, rate.by.letter, rate.by.layer, rate.by.index)
        seen = moved.cost if rate.of == COST else getattr(moved, rate.of.letter)[rate.of.layer][rate.of.index]
        assert np.isclose(rate.value, seen[0], rtol=1e-9, atol=1e-12), rate


def test_the_wires_of_a_path_are_the_weights_it_passes_and_their_values_its_rates():
    (_, path, *_) = paths(cases.deep, Quantity.read("x[1]"))
    assert [wire.code for wire in wires(path)] == ["w[1][0, 1]", "w[2][1, 0]", "w[3][0, 1]"]
    assert [wire.value(cases.deep) for wire in wires(path)] == [rate.value for rate in path[0:5:2]]


def test_factored_paths_end_in_the_delta_of_the_next_neuron():
    first, second = factored(cases.wide, Quantity.read("z[1][1]"))
    assert [path[-1].value for path in (first, second)] == cases.wide.backward_pass.delta[2][:, 0].tolist()
    assert [len(path) for path in factored(cases.wide, Quantity.read("z[2][1]"))] == [2]  # nothing lies beyond
    assert factored(cases.wide, COST) == paths(cases.wide, COST) == [()]


@pytest.mark.parametrize("ways", [paths, factored])
def test_through_softmax_no_path_can_be_walked_but_to_its_own_cost(ways):
    soft = Case(cases.wide.parameters, cases.wide.x, cases.wide.y, output=softmax)
    with pytest.raises(ValueError, match="softmax has no element-wise derivative"):
        ways(soft, Quantity.read("z[2][0]"))
    ((last,),) = ways(replace(soft, cost=categorical_cross_entropy), Quantity.read("z[2][0]"))
    assert last.value == soft.forward_pass.prediction[0, 0] - 1


def test_the_path_through_a_saturated_output_is_finite():
    parameters = Parameters({1: np.array([[2000.0]])}, {1: np.zeros((1, 1))})
    stuck = Case(parameters, np.array([1.0]), np.array([0.0]), cost=binary_cross_entropy)
    assert [product(path) for path in paths(stuck, Quantity.read("w[1][0, 0]"))] == [1.0]
    assert paths(stuck, Quantity.read("a[1][0]"))[0][0].value == np.inf


@pytest.mark.parametrize("code", ["y[0]", "delta[1][0]"])
def test_a_path_starts_at_what_moves_the_network(code):
    with pytest.raises(ValueError, match=r"start must be a weight, a bias, z, a or the cost, got \w+"):
        paths(cases.wide, Quantity.read(code))


@pytest.mark.parametrize(
    ("start", "example"),
    [
        *((Quantity.read(code), 0) for code in ("w[1][7, 1]", "w[3][0, 0]", "x[4]", "b[2][5]")),
        *((Quantity("w", 1, index), 0) for index in ((0,), (-1, 0), (0, 0, 0))),
        *((Quantity(*other), 0) for other in (("z", 1, (0, 0)), ("z", 0, (0,)), ("C", 0, (0,)), ("q", 1, (0,)))),
        *((Quantity("w", 1, (0, 0)), example) for example in (-1, 1)),
    ],
    ids=str,
)
def test_a_start_that_the_case_has_not_is_refused(start, example):
    with pytest.raises(ValueError, match=rf"start must be a quantity of the case, got .* in example {example}"):
        paths(cases.wide, start, example)


def test_what_is_no_case_or_no_quantity_is_refused():
    with pytest.raises(TypeError, match=r"start must be of type Quantity, such as .*, got 'w1.0.0'"):
        paths(cases.wide, "w1.0.0")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"case must be of type Case, such as cases.running"):
        paths(cases.wide.parameters, Quantity("w", 1, (0, 0)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sizes", "count", "by_path", "factored"),
    [((2, 3, 1), 1, 9, 7), ((2, 3, 2), 2, 18, 11), ((10,) * 11, 10**9, 190 * 10**9, 1000)],
    ids=["running", "wide", "ten of ten"],
)
def test_how_many_paths_and_multiplications_the_first_layer_takes(sizes, count, by_path, factored):
    assert path_count(sizes, 1) == count
    assert (multiplications_by_path(sizes, 1), multiplications_factored(sizes, 1)) == (by_path, factored)


@given(networks(hidden=SMOOTH, ends=[(sigmoid, quadratic)]))
def test_the_multiplications_path_by_path_are_those_of_the_rates_there_are(case):
    sizes = case.parameters.sizes
    for layer in range(len(sizes)):
        starts = [Quantity("z" if layer else "a", layer, (j,)) for j in range(sizes[layer])]
        ways = [paths(case, start) for start in starts]
        assert [len(found) for found in ways] == [path_count(sizes, layer)] * sizes[layer]
        assert sum(len(path) - 1 for found in ways for path in found) == multiplications_by_path(sizes, layer)


@pytest.mark.parametrize(
    ("code", "symbol"),
    [
        ("w[1][2, 0]", "w^1_2,0"),
        ("b[2][0]", "b^2_0"),
        ("delta[1][2]", "δ^1_2"),
        ("x[1]", "x_1"),
        ("y[0]", "y_0"),
        ("C", "C"),
    ],
)
def test_a_quantity_has_a_symbol(code, symbol):
    assert Quantity.read(code).symbol == symbol


@given(networks(hidden=SMOOTH))
def test_a_number_turned_is_that_number_and_no_other(case):
    for quantity in (*parameters(case), *inputs(case)):
        changed = quantity.turned(case, quantity.value(case) + 0.25)
        others = [each for each in (*parameters(case), *inputs(case)) if each != quantity]
        assert np.isclose(quantity.value(changed), quantity.value(case) + 0.25)
        assert [each.value(changed) for each in others] == [each.value(case) for each in others]
        assert quantity.turned(changed, quantity.value(case)).mean_cost == case.mean_cost


def test_a_rate_is_an_entry_of_the_gradient_and_the_value_of_delta():
    found = cases.running.backward_pass
    assert Quantity.read("w[1][2, 1]").rate(cases.running) == found.nabla_w[1][2, 1]
    assert Quantity.read("b1.2").rate(cases.running) == found.nabla_b[1][2, 0]
    assert Quantity.read("delta[1][2]").value(cases.running) == found.delta[1][2, 0]
    assert COST.value(cases.running) == cases.running.mean_cost


@pytest.mark.parametrize(
    ("kind", "layer", "index", "how", "message"),
    [
        ("w", 3, (0, 0), {"by": 1.0}, "kind and layer must be one of"),
        ("delta", 1, 0, {"by": 1.0}, "kind and layer must be one of"),
        ("w", 1, (0, 2), {"by": 1.0}, r"within the shape \(3, 2\) of w, got \(0, 2\)"),
        ("w", 1, (-1, 0), {"by": 1.0}, "within the shape"),
        ("w", 1, 2, {"by": 1.0}, "within the shape"),
        ("x", 0, (0, 1), {"by": 1.0}, r"within the shape \(2, 1\) of x"),
        ("w", 1, (0, 0), {"by": 1.0, "to": 2.0}, "got both"),
        ("w", 1, (0, 0), {"by": 0.0, "to": 0.0}, "got both"),
        ("w", 1, (0, 0), {}, "got neither"),
        ("b", 1, "0", {"by": 1.0}, "within the shape"),
        ("w", 1, (0.0, 0), {"by": 1.0}, "within the shape"),
    ],
)
def test_what_cannot_be_moved_is_refused(kind, layer, index, how, message):
    with pytest.raises(ValueError, match=message):
        cases.running.moved(kind, layer, index, **how)


def test_a_number_that_numpy_found_moves_the_same():
    largest = np.argmax(cases.running.backward_pass.delta[1])
    found, wanted = (cases.running.moved("b", 1, at, by=0.5).parameters.b[1] for at in (largest, int(largest)))
    assert found.tolist() == wanted.tolist() != cases.running.parameters.b[1].tolist()


@pytest.mark.parametrize(
    ("kind", "layer", "index"),
    [("w", 1, (1,)), ("w", 1, (-1, 0)), ("w", 3, (0, 0)), ("b", 1, (0, 1)), ("sizes", 1, (0, 0)), ("z", 1, (0, 0))],
)
def test_an_entry_that_there_is_not_is_not_set(kind, layer, index):
    with pytest.raises(ValueError, match=r"no such entry in parameters of sizes \(2, 3, 1\): got "):
        cases.running.parameters.with_entry(kind, layer, index, 7.0)


def test_a_step_lowers_the_cost_and_leaves_the_case_as_it_was():
    before = cases.running.mean_cost
    assert cases.running.stepped(1.0).mean_cost < before == cases.running.mean_cost

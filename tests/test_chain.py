"""Quantities by name, and the chain rule walked: the paths' products add up to what a nudge measures."""

import numpy as np
import pytest
from hypothesis import given
from strategies import SMOOTH, networks

from backprop_lab import Case, cases, softmax
from backprop_lab.chain import paths, product
from backprop_lab.complex_step import nudge
from backprop_lab.quantities import COST, Quantity, inputs, parameters, targets


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
    "text", ["", "w", "w[1]", "w[1][2]", "b[1][2, 0]", "q[1][0]", "w1.2", "x[0, 1]", "C[0]", "w[1][2, 0]!"]
)
def test_what_names_nothing_is_refused(text):
    with pytest.raises(ValueError, match="key like"):
        Quantity.read(text)


@given(networks(hidden=SMOOTH))
def test_the_paths_of_every_quantity_add_up_to_what_a_nudge_measures(case):
    if case.output is softmax:
        return
    for quantity in everything(case):
        if quantity.letter in ("w", "b", "z", "a"):
            found = sum(product(path) for path in paths(case, quantity))
            measured = nudge(case, quantity.letter, quantity.layer, quantity.index).cost[0]
            assert np.isclose(found, measured, rtol=1e-9, atol=1e-12), quantity.code


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
        ("x", 0, (0, 1), {"by": 1.0}, r"within the shape \(2, 1\) of x"),
        ("w", 1, (0, 0), {"by": 1.0, "to": 2.0}, "got both"),
    ],
)
def test_what_cannot_be_moved_is_refused(kind, layer, index, how, message):
    with pytest.raises(ValueError, match=message):
        cases.running.moved(kind, layer, index, **how)


def test_a_step_lowers_the_cost_and_leaves_the_case_as_it_was():
    before = cases.running.mean_cost
    assert cases.running.stepped(1.0).mean_cost < before == cases.running.mean_cost

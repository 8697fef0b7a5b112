"""Every line of every proof follows from the one above, on random networks, and ends at what a nudge finds."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import SMOOTH, networks

from backprop_lab import (
    binary_cross_entropy,
    cases,
    categorical_cross_entropy,
    derivations,
    quadratic,
    sigmoid,
    softmax,
)
from backprop_lab.derivations import Place, Sum, agree, evaluate, layers
from backprop_lab.derivations.lines import choices, nearest
from backprop_lab.derivations.sums import stages

EXACT = [
    derivations.sigma_prime,
    derivations.cost_gradient,
    derivations.bp1,
    derivations.bp2,
    derivations.bp3,
    derivations.bp4,
    derivations.hidden_weight,
    derivations.batch_bp4,
]
ENTROPY = {
    derivations.cross_entropy: (sigmoid, binary_cross_entropy),
    derivations.softmax_cross_entropy: (softmax, categorical_cross_entropy),
}
FIRST_ORDER = [derivations.first_order, derivations.error_signal]


QUADRATIC = [(output, quadratic) for output in SMOOTH]


def test_every_proof_is_in_a_list_above():
    proofs = {name for name in derivations.__all__ if isinstance(getattr(derivations, name), derivations.Proof)}
    listed = {proof.name for proof in (*EXACT, *ENTROPY, *FIRST_ORDER)}
    assert proofs == listed, f"walked by no test, or under another name than its own: {proofs ^ listed}"


def places(proof, case):
    """Any place in the case which the proof is about."""
    return st.sampled_from(layers(proof, case)).flatmap(
        lambda layer: st.builds(
            Place,
            case=st.just(case),
            layer=st.just(layer),
            neuron=st.integers(0, case.parameters.sizes[layer] - 1),
            source=st.integers(0, case.parameters.sizes[layer - 1] - 1),
            example=st.integers(0, case.x.shape[1] - 1),
        )
    )


@pytest.mark.parametrize("bias", [-60.0, 60.0])
@pytest.mark.parametrize("proof", [derivations.bp1, derivations.bp2, derivations.bp3, derivations.bp4])
def test_a_line_holds_where_the_output_is_0_or_1_to_all_digits(proof, bias):
    for cost in (quadratic, binary_cross_entropy):
        case = replace(cases.running.moved("b", 2, 0, to=bias), y=[[float(bias > 0)]], cost=cost)
        steps = evaluate(proof, Place(case, layers(proof, case)[0]))
        assert all(step.follows and step.holds for step in steps)


@settings(max_examples=200)
@given(networks(SMOOTH, QUADRATIC, most_examples=3), st.data())
def test_every_line_equals_the_line_above_and_the_nudge(case, data):
    for proof in [*EXACT, derivations.unrolled(case)]:
        if layers(proof, case):
            place = data.draw(places(proof, case))
            for number, step in enumerate(evaluate(proof, place), start=1):
                assert step.follows, f"{proof.name}, line {number}: {step.value} after {step.above}"
                assert step.holds, f"{proof.name}, line {number}: {step.value}, the nudge finds {step.witness}"


@pytest.mark.parametrize("proof", ENTROPY, ids=lambda proof: proof.name)
@given(data=st.data())
def test_every_line_of_the_cross_entropies_equals_the_line_above_and_the_nudge(proof, data):
    case = data.draw(networks(SMOOTH, [ENTROPY[proof]], most_examples=3))
    place = data.draw(places(proof, case))
    most = 1 if proof is derivations.softmax_cross_entropy else 1 - 1e-6
    assume(place.a.min() > 1e-6 and place.a.max() <= most)  # farther out the first lines are 0/0
    for number, step in enumerate(evaluate(proof, place), start=1):
        assert step.follows, f"{proof.name}, line {number}: {step.value} after {step.above}"
        assert step.holds, f"{proof.name}, line {number}: {step.value}, the nudge finds {step.witness}"


@settings(max_examples=200)
@given(networks(SMOOTH, QUADRATIC, most_examples=3), st.data())
def test_what_a_first_order_line_misses_is_of_second_order(case, data):
    small, curvature = 1e-6, 1000 * (1 + case.mean_cost)
    for proof in FIRST_ORDER:
        place = replace(data.draw(places(proof, case)), change=small)
        for step in evaluate(proof, place):
            assert abs(step.value - step.above) <= curvature * small**2


@settings(max_examples=100)
@given(networks(SMOOTH, QUADRATIC, most_examples=3), st.data())
def test_along_the_first_order_chain_the_rates_multiply_to_the_nudge(case, data):
    place = data.draw(places(derivations.first_order, case))
    last = evaluate(derivations.first_order, place)[-1]
    nudged = place.rates("w", place.layer, place.neuron, place.source).cost
    assert agree(last.value / place.change, nudged) or abs(nudged) < 1e-12


@pytest.mark.parametrize("proof", FIRST_ORDER, ids=lambda proof: proof.name)
@pytest.mark.parametrize("place", [Place(cases.running, 2), Place(cases.running, 1, 2), Place(cases.deep, 1)])
def test_a_tenth_of_the_change_leaves_a_hundredth_of_the_gap(proof, place):
    def gap(change):
        last = evaluate(proof, replace(place, change=change))[-1]
        return last.value - last.above

    assert gap(1e-2) / gap(1e-3) == pytest.approx(100, rel=0.03)


running, wide, deep, batch = cases.running, cases.wide, cases.deep, cases.batch
TABLE = {
    "sigma prime": (derivations.sigma_prime, Place(running, 1, 1), 0.196612),
    "cost gradient": (derivations.cost_gradient, Place(running, 2), -0.693023),
    "BP1": (derivations.bp1, Place(running, 2), -0.147435),
    "BP1, wide": (derivations.bp1, Place(wide, 2, 1), 0.144136),
    "BP2, running": (derivations.bp2, Place(running, 1, 2), -0.047307),
    "BP2, wide: two opinions cancel": (derivations.bp2, Place(wide, 1, 1), -0.002120),
    "BP2, deep": (derivations.bp2, Place(deep, 1, 0), 0.014452),
    "BP3": (derivations.bp3, Place(running, 1, 0), 0.037433),
    "BP4": (derivations.bp4, Place(running, 2, 0, 0), -0.118270),
    "hidden weight": (derivations.hidden_weight, Place(running, 1, 2, 1), 0.070960),
    "batch BP4": (derivations.batch_bp4, Place(batch, 1, 0, 0), 0.011071),
    "batch BP4, the least": (derivations.batch_bp4, Place(batch, 1, 0, 1), -0.004441),
}


@pytest.mark.parametrize(("proof", "place", "number"), TABLE.values(), ids=TABLE.keys())
def test_the_known_networks_give_the_known_numbers_in_every_line(proof, place, number):
    assert [step.value for step in evaluate(proof, place)] == pytest.approx([number] * len(proof.lines), abs=1e-6)


@pytest.mark.parametrize(
    ("proof", "place", "line", "terms"),
    [
        (derivations.bp2, Place(wide, 1, 1), 4, [(-0.147435, -0.216273), (0.144136, -0.235934)]),
        (derivations.bp2, Place(wide, 1, 1), 5, [(-0.147435, -1.1, 0.196612), (0.144136, -1.2, 0.196612)]),
        (derivations.bp2, Place(wide, 1, 1), 6, [(0.196612, -0.010784)]),
        (derivations.bp1, Place(running, 2), 5, [(-0.693023, 0.212742)]),
        (derivations.first_order, Place(running, 2, change=1.0), 4, [(-0.693023, 0.212742, 0.802184, 1)]),
        (derivations.hidden_weight, Place(running, 1, 2, 1), 4, [(1.5 * -0.147435, 0.213910, -1.5)]),
        (derivations.batch_bp4, Place(batch, 1, 0, 0), 2, [(0.25, 0.044285)]),
    ],
)
def test_a_line_remembers_the_numbers_it_was_put_together_from(proof, place, line, terms):
    value = evaluate(proof, place)[line - 1].value
    assert isinstance(value, Sum)
    assert [factor for term in value.terms for factor in term] == pytest.approx(
        [factor for term in terms for factor in term], abs=1e-6
    )


def test_the_two_messages_to_the_middle_neuron_of_wide():
    paths = evaluate(derivations.bp2, Place(wide, 1, 1))[4].value
    assert isinstance(paths, Sum)
    assert [np.prod(term) for term in paths.terms] == pytest.approx([0.031886, -0.034007], abs=1e-6)


def test_the_unrolled_product_from_right_to_left():
    values = [step.value for step in evaluate(derivations.unrolled(deep), Place(deep, 1))]
    expected = [
        [-0.736055],
        [-0.142999],
        [-0.200199, 0.128699],
        [-0.042591, 0.025476],
        [0.091073, 0.016279, -0.048601],
        [0.014452, 0.003201, -0.010396],
    ]
    for value, vector in zip(values, expected, strict=True):
        assert value == pytest.approx(np.array(vector), abs=1e-6)


@pytest.mark.parametrize(
    ("place", "promised", "true"),
    [
        (Place(running, 2, change=0.1), -0.014744, -0.014786),
        (Place(running, 2, change=2), -0.294870, -0.212756),
        (Place(running, 1, 2, change=1), -0.047307, -0.053035),
        (Place(running, 1, 0, change=2), 0.074866, 0.038362),
    ],
)
def test_what_the_error_signal_promises_and_what_happens(place, promised, true):
    assert [step.value for step in evaluate(derivations.error_signal, place)] == pytest.approx(
        [true, promised], abs=1e-6
    )


def test_a_softmax_output_breaks_bp1_in_the_line_that_needs_an_element_wise_activation():
    steps = evaluate(derivations.bp1, Place(replace(wide, output=softmax), 2))
    assert [step.follows for step in steps] == [True, True, False, True, True]
    assert [step.holds for step in steps] == [True, True, False, False, False]
    assert "element-wise" in steps[2].line.assumes


def test_another_cost_breaks_bp1_in_the_line_that_needs_the_quadratic_one():
    steps = evaluate(derivations.bp1, Place(replace(running, cost=binary_cross_entropy), 2))
    assert [step.follows for step in steps] == [True, True, True, True, False]
    assert "quadratic" in steps[4].line.assumes


WRONG = {
    "BP2 without σ′": (derivations.bp2, Place(wide, 1, 1), 5, lambda p: p.w_next[:, p.j] @ p.delta_next),
    "BP2 with row j of w for column j": (
        derivations.bp2,
        Place(deep, 1, 1),
        5,
        lambda p: sum(p.delta_next[i] * p.w_next[p.j, i] * p.sigma_prime[p.j] for i in p.neurons_next),
    ),
    "BP4 with the activation the weight leads to": (
        derivations.bp4,
        Place(running, 1, 2, 1),
        5,
        lambda p: p.delta[p.j] * p.a[p.j],
    ),
    "the sum over a batch for its mean": (
        derivations.batch_bp4,
        Place(batch, 1),
        3,
        lambda p: (p.case.backward_pass.delta[1] @ p.case.x.T)[p.j, p.k],
    ),
    "a first line which is no nudge": (derivations.bp3, Place(running, 1), 1, lambda p: 1.001 * p.delta[p.j]),
}


@pytest.mark.parametrize(("proof", "place", "number", "value"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_line_is_found(proof, place, number, value):
    lines = list(proof.lines)
    lines[number - 1] = replace(lines[number - 1], value=value)
    steps = evaluate(replace(proof, lines=tuple(lines)), place)
    assert not steps[number - 1].follows
    assert not steps[number - 1].holds


@settings(max_examples=50)
@given(networks(SMOOTH, QUADRATIC, most_examples=3), st.data())
def test_a_line_speaks_of_parts_that_the_network_has(case, data):
    sizes = case.parameters.sizes
    for proof in [*EXACT, *FIRST_ORDER, derivations.unrolled(case)]:
        place = data.draw(places(proof, case)) if layers(proof, case) else None
        for key in (key for line in proof.lines if place for key in line.speaks_of(place)):
            kind, (layer, *index) = key[0], map(int, key[1:].split("."))
            shape = (sizes[layer], sizes[layer - 1]) if kind == "w" else (sizes[layer],)
            assert np.ravel_multi_index(index, shape) >= 0, key


@given(st.recursive(st.floats(-5, 5), lambda inner: st.lists(st.tuples(inner, inner), min_size=1, max_size=3).map(Sum)))
def test_a_sum_is_worked_out_in_stages_of_the_same_value_until_single_numbers_are_added(value):
    found = [*stages(value)]
    assert bool(found) == isinstance(value, Sum)
    for stage in found:
        assert float(stage) == pytest.approx(float(value), abs=1e-9 * (1 + stage.size))
    if found:
        last = found[-1]
        assert len(last.terms) == 1 or all(len(factors) == 1 for factors in last.terms)
        assert not [factor for factors in last.terms for factor in factors if isinstance(factor, Sum)]


def test_a_place_that_does_not_exist_gives_way_to_the_nearest_that_does():
    there = nearest(derivations.bp2, Place(deep, 3, neuron=5, source=9, example=2))
    assert (there.layer, there.neuron, there.source, there.example) == (2, 1, 2, 0)
    assert {name: [*offered] for name, offered in choices(derivations.bp2, there).items()} == {
        "layer": [1, 2],
        "neuron": [0, 1],
        "source": [0, 1, 2],
        "example": [0],
    }


def test_the_numbers_a_hand_can_turn_are_named_by_the_place():
    place = Place(deep, 2, neuron=1, source=2)
    assert [place.weight_in.key, place.weight_out.key, place.target.key] == ["w2.1.2", "w3.0.1", "y0.0"]
    assert Place(wide, 2, neuron=1).target.key == "y0.1"

"""Every slip has a witness: what the printed line gives is not so, what the right one gives is."""

import numpy as np
import pytest

from backprop_lab import cases, softmax
from backprop_lab.drawing.latex import from_latex
from backprop_lab.rosetta.printed import Misprint, Words
from backprop_lab.rosetta.slips import BY_KEY, SLIPS
from backprop_lab.rosetta.witnesses import OUTPUT, TARGET, each_on_its_own, with_delta_kept, worked_example

EVERY = pytest.mark.parametrize("slip", SLIPS, ids=[each.key for each in SLIPS])
NUMBERS = {  # printed, right: as the syllabus of the series gives them
    "S1": ((-0.3, 0.5, -0.2), (0.3, -0.5, 0.2)),
    "S2": (0, 0.574443),
    "S3": (0, 0.19),
    "S4": (0.521657, 0.130414),
    "S5": (-0.983494, -0.814292),
    "S6": ((-0.914292, -0.014749), (-0.814292, 0.985251)),
    "S7": (0.044285, 0.011071),
    "S8": (0.689974, 0.802184),
    "S9": (0, 0.499955),
    "S10": (1, 0.25),
    "S11": ((0, -0.5, 0), (0.3, -0.5, 0.2)),
    "S12a": (0.018717, -0.056150),
    "S12b": (0.6, 1.4),
    "S12c": (None, 0),
    "S13": ((0.020585, -0.034007, 0.018499), (0.058018, -0.002120, -0.028808)),
    "S14a": (-0.156590, -0.142999),
    "S14b": (-0.038894, -0.042591),
    "S15": (40, 16),
    "S16": (3, 4),
    "S17": (0.067268, 0.000258),
    "S18": (0.291027924, 0.291027774),
    "S19": (-1.477362, 0.212742),
    "S20": (-0.147435, -0.294870),
    "S21": ((0.240141, 0.265100), 0.505241),
    "S22": ((0.091073, 0.016279, -0.048601), (0.014452, 0.003201, -0.010396)),
    "S23": (None, (-0.118270, -0.039651, -0.045709)),
    "S24": (0.939831, 0.693147),
    "S25": (0, 0.037433),
}


def same(one, other):
    return np.shape(one) == np.shape(other) and np.allclose(one, other, rtol=1e-8, atol=1e-9)


@EVERY
def test_the_right_line_is_true_and_the_printed_one_is_not(slip):
    witness = slip.witness
    assert not isinstance(witness.right, str)
    truth = witness.truth() if callable(witness.truth) else witness.truth
    assert same(witness.right, truth)
    assert isinstance(witness.printed, str) or not same(witness.printed, truth)


@EVERY
def test_its_numbers_are_those_of_the_series(slip):
    for found, known in zip((slip.witness.printed, slip.witness.right), NUMBERS[slip.key], strict=True):
        if known is not None:
            decimals = 9 if slip.key == "S18" else 6
            first = np.ravel(found)[: np.size(known)]
            np.testing.assert_allclose(first, np.ravel(known), atol=0.51 * 10.0**-decimals, rtol=0)


@EVERY
def test_its_line_is_typeset_in_parts_of_which_some_are_right(slip):
    assert 0 < len(slip.wrong) < len(slip.parts)
    for part in (*slip.parts, slip.right):
        if not isinstance(part, Words):
            assert from_latex(part).startswith("<math")
    assert slip.why.endswith(".")
    assert slip.right not in slip.parts


def test_all_have_a_key_of_their_own_and_all_of_the_list_are_there():
    assert len(BY_KEY) == len(SLIPS)
    assert {key.rstrip("abc") for key in BY_KEY} == {f"S{number}" for number in range(1, 26)}


def test_the_wrong_sign_takes_the_step_uphill():
    up, down = (cases.running.stepped(1.0), cases.running)
    assert up.mean_cost == pytest.approx(0.184420, abs=5e-7)
    p, found = down.parameters, down.backward_pass
    w = {layer: p.w[layer] + found.nabla_w[layer] for layer in p.w}
    b = {layer: p.b[layer] + found.nabla_b[layer] for layer in p.b}
    from backprop_lab import Case, Parameters

    assert Case(Parameters(w, b), down.x, down.y).mean_cost == pytest.approx(0.294113, abs=5e-7)


def test_the_bias_of_another_layer_changes_the_cost_but_no_proof():
    p = cases.deep.parameters
    moved = cases.deep.moved("b", 2, 0, to=p.b[1][0, 0]).moved("b", 2, 1, to=p.b[1][1, 0])
    assert moved.mean_cost == pytest.approx(0.244825, abs=5e-7)


def test_softmax_twice_has_the_wrong_error_signals_too():
    q = softmax(OUTPUT[:, np.newaxis])[:, 0]
    np.testing.assert_allclose(q - TARGET, (0.319873, -0.609306, 0.289433), atol=5e-7)


def test_the_worked_example_in_full():
    """Start, one step and ten thousand, in the right order, with updated weights, and with biases that learn."""
    assert worked_example(0)[0] == pytest.approx(0.298371109, abs=5e-10)
    error, outputs, hidden = worked_example(1)
    assert error == pytest.approx(0.291027774, abs=5e-10)
    assert hidden[0, 0] == pytest.approx(0.149780716, abs=5e-10)  # as the page prints it
    assert worked_example(1, biases=True)[0] == pytest.approx(0.280471447, abs=5e-10)
    error, outputs, _ = worked_example(10_000)
    assert error == pytest.approx(0.0000351019, abs=5e-11)
    np.testing.assert_allclose(outputs, (0.015913620, 0.984064274), atol=5e-10)
    error, outputs, _ = worked_example(10_000, updated_first=True)
    assert error == pytest.approx(0.0000350848, abs=5e-11)
    np.testing.assert_allclose(outputs, (0.015912196, 0.984065734), atol=5e-10)  # as the page prints them
    assert worked_example(9_999)[0] == pytest.approx(0.0000351085, abs=5e-11)  # what the page calls 10,000


def test_both_ways_to_thirteen_rates_give_the_package_s():
    found = cases.running.backward_pass
    each = [found.nabla_b[2][0, 0]]
    for j in range(3):
        each += [found.nabla_w[2][0, j], found.nabla_b[1][j, 0], *found.nabla_w[1][j]]
    np.testing.assert_allclose(each_on_its_own(cases.running), each, atol=1e-15)
    np.testing.assert_allclose(with_delta_kept(cases.running), each, atol=1e-15)


def test_a_line_with_no_right_part_is_refused():
    with pytest.raises(ValueError, match=r"wrong must name some of the 1 parts of S0, got \(0,\)"):
        Misprint("S0", "", "", ("x",), (0,), "y", "", "", lambda: None)  # pyright: ignore[reportArgumentType]

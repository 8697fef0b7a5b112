"""The gradient-check lab: what it draws is the error of each difference, and what it says of it is so."""

from functools import reduce

import numpy as np
import pytest

from backprop_lab import Case, cases, initialize, quotients, relu
from backprop_lab.drawing.picture import Turn
from backprop_lab.pictures.check_lab import begin, state, update, view
from backprop_lab.pictures.check_lab.state import GIVEN, KINKED, NEAR, STEPS, networks, slope
from backprop_lab.pictures.check_lab.view import PLANE, digits, scientific, shared
from backprop_lab.quantities import Quantity, parameters
from backprop_lab.quotients import Quotient, exact_rate

from .hands import parsed

W = Quantity.read("w[1][2, 1]")


def after(*events, of=None):
    return reduce(update, events, of or begin())


def lines(picture):
    """The points of each way's line, as numbers on the axes."""
    found = {}
    for node in parsed(picture).iter("polyline"):
        name = node.get("class").split()[-1].removeprefix("bl-")
        pairs = [pair.split(",") for pair in node.get("points").split()]
        x, y = (np.array(each, dtype=float) for each in zip(*pairs, strict=True))
        low, high = PLANE.y
        found[name] = (
            PLANE.x[0] + (x - PLANE.left) / PLANE.width * (PLANE.x[1] - PLANE.x[0]),
            high - (y - PLANE.top) / PLANE.height * (high - low),
        )
    return found


def rows(picture):
    """The rows of the table of digits: the name, the number in its two parts, and the count."""
    (table,) = (each for each in parsed(picture).iter("table") if "bl-decimals" in each.get("class"))
    return {row[0].text: ["".join(cell.itertext()) for cell in row][1:] for row in [*table.iter("tr")][1:]}


def test_the_lines_are_the_errors_of_the_differences():
    drawn, measured = lines(view(begin())), quotients.errors(cases.running, W, STEPS)
    for name, way in (("run", "two-sided"), ("second", "one-sided"), ("third", "complex step")):
        powers, errors = drawn[name]
        np.testing.assert_allclose(powers, np.log10(STEPS), atol=0.01)
        np.testing.assert_allclose(errors, np.clip(np.log10(np.maximum(measured[way], 1e-17)), *PLANE.y), atol=0.02)


def test_truncation_falls_with_h_and_its_square_and_rounding_rises():
    """The figures of the syllabus, where no machine can differ; of the rounding only the orders."""
    found = quotients.errors(cases.running, W, 10.0 ** -np.arange(16))
    two, one = found["two-sided"], found["one-sided"]
    np.testing.assert_allclose(two[1:5], [1.2e-3, 1.2e-5, 1.2e-7, 1.2e-9], rtol=0.05)
    np.testing.assert_allclose(one[1:6], [3.1e-2, 3.1e-3, 3.0e-4, 3.0e-5, 3.0e-6], rtol=0.05)
    assert min(two) < 1e-9
    assert min(two) == min(two[4:8])
    assert min(one) == min(one[7:10])
    assert min(two) < two[8] < two[11] < two[13] < two[15]
    assert two[15] > 0.01


@pytest.mark.parametrize("precision", quotients.PRECISIONS)
def test_the_slopes_are_two_one_and_minus_one(precision):
    now = after(Turn("precision", precision))
    two, one = (slope(now, way, "right") for way in ("two-sided", "one-sided"))
    assert one == pytest.approx(1, abs=0.1)
    assert two == (pytest.approx(2, abs=0.1) if precision == "float64" else None)  # less than a decade to measure on
    for way in ("two-sided", "one-sided"):
        assert slope(now, way, "left") == pytest.approx(-1, abs=0.3)


def test_single_precision_has_its_valley_earlier_and_higher():
    double, single = (after(Turn("precision", precision)).errors["two-sided"] for precision in quotients.PRECISIONS)
    assert STEPS[single.argmin()] > 100 * STEPS[double.argmin()]
    assert single.min() > 100 * double.min()
    assert single[0] == pytest.approx(1)  # at h = 10⁻¹⁵ nothing is left at all


@pytest.mark.parametrize("of", list(parameters(cases.batch)), ids=lambda of: of.code)
def test_the_exact_rate_is_that_of_the_backward_pass_and_differences_come_near_it(of):
    exact = exact_rate(cases.batch, of)
    assert exact == pytest.approx(of.rate(cases.batch), rel=1e-12)
    found = quotients.quotient(cases.batch, of, 1e-5).rates
    assert found["two-sided"] == pytest.approx(exact, rel=1e-6)
    assert found["one-sided"] == pytest.approx(exact, rel=1e-2)
    assert found["complex step"] == pytest.approx(exact, rel=1e-8)


def test_each_precision_computes_with_such_numbers_only():
    for precision, (real, _) in quotients.PRECISIONS.items():
        found = quotients.quotient(cases.batch, W, 0.01, precision)
        assert found.here == float(real(found.here))
        assert found.here == pytest.approx(cases.batch.mean_cost, rel=1e-6)
    assert quotients.quotient(cases.batch, W, 0.01).here != quotients.quotient(cases.batch, W, 0.01, "float32").here


def test_the_network_near_a_kink_is_the_same_but_for_relu_and_one_bias():
    bent = networks(cases.running)[KINKED]
    assert (bent.hidden, bent.output) == (relu, cases.running.output)
    assert bent.forward_pass.z[1][2, 0] == pytest.approx(NEAR)
    moved = [of.code for of in parameters(bent) if of.value(bent) != of.value(cases.running)]
    assert moved == ["b[1][2]"]
    assert list(networks(Case(initialize((2, 1)), np.ones(2), np.ones(1)))) == [GIVEN]  # no hidden layer, no kink


def test_a_difference_across_a_kink_is_wrong_by_a_constant_and_says_so():
    now = after(Turn("network", KINKED))
    across = [after(Turn("power", power), of=now) for power in (-1.5, -1.0, -2.0)]
    shares = [each.errors["two-sided"][np.argmin(abs(STEPS - each.h))] for each in across]
    assert all(0.4 < share < 0.5 for share in shares)  # one of the two slopes is 0: half of the rate is lost
    assert all("z[1][2] crosses the kink of relu" in view(each).markup for each in across)
    within = after(Turn("power", -5.0), of=now)
    assert within.errors["two-sided"][np.argmin(abs(STEPS - 1e-5))] < 1e-8
    assert "crosses" not in view(within).markup
    assert slope(now, "two-sided", "right") is slope(within, "two-sided", "right") is None  # a jump is no slope
    assert slope(after(Turn("weight", "w[1][0, 1]"), of=now), "two-sided", "right") == pytest.approx(2, abs=0.1)


def test_a_weight_that_moves_another_neuron_does_not_see_the_kink():
    for code, seen in (("w[1][2, 0]", True), ("b[1][2]", True), ("w[1][0, 1]", False), ("w[2][0, 2]", False)):
        now = after(Turn("network", KINKED), Turn("weight", code), Turn("power", -1.0))
        assert bool(now.kink) == seen


def test_the_rate_of_a_silent_neuron_is_no_step_that_is_too_small():
    now = after(Turn("network", KINKED), Turn("weight", "w[1][1, 0]"), Turn("power", -5.0))
    assert (now.exact, now.found.up == now.found.down) == (0, True)
    assert "This rate is 0, as those of a silent neuron are" in view(now).markup
    assert "error; the rate is 0" in view(now).markup
    assert "as a share of the rate" not in view(now).markup
    assert [rows(view(now))[way][1] for way in ("two-sided", "one-sided", "complex step")] == ["all"] * 3
    assert view(now).text.endswith(" is off by 0, the one-sided one by 0: the rate is 0.")
    assert "too small" not in view(now).markup


def test_the_digits_that_agree_are_marked_and_counted():
    now = after(Turn("power", -5.0))
    shown, exact = rows(view(now)), f"{now.exact:.15f}"
    assert shown["exact"][0] == exact
    assert shown["two-sided"][0] == f"{now.found.rates['two-sided']:.15f}"
    for way in ("two-sided", "one-sided", "complex step"):
        number, count = shown[way]
        same = next(at for at in range(len(exact) + 1) if number[: at + 1] != exact[: at + 1] or at == len(exact))
        assert int(count) == len(number[:same].replace(".", "").lstrip("0"))
    assert int(shown["two-sided"][1]) > int(shown["one-sided"][1]) >= 3
    bold = [each.text for each in parsed(view(now)).iter("b")]
    assert bold == [
        shown[way][0][: len(mark)] for way, mark in zip(("two-sided", "one-sided", "complex step"), bold, strict=True)
    ]
    up, down = (f"{cost:.17f}" for cost in (now.found.up, now.found.down))
    assert (shown["C(θ + h)"][0], shown["C(θ − h)"][0]) == (up, down)


@pytest.mark.parametrize(
    ("number", "other", "same", "right"),
    [
        ("0.0709", "0.0705", 5, 2),
        ("−0.12", "0.12", 0, 0),
        ("−0.12", "−0.13", 4, 1),
        ("0.07", "0.10", 0, 0),
        ("0.5", "0.5", 3, 1),
    ],
)
def test_digits_are_shared_from_the_left(number, other, same, right):
    assert shared(number, other) == same
    assert digits(number[:same]) == right


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"), (1e-15, "10⁻¹⁵"), (10**-4.5, "3.2·10⁻⁵"), (0.17, "0.17"), (1.0, "1"), (0.01, "0.01"),
        (9.2e-3, "9.2·10⁻³"), (250.0, "2.5·10²"), (9.96e-4, "10⁻³"), (9.99, "10"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_in_a_report(value, written):
    assert scientific(value) == written


def test_what_leads_is_said():
    assert "Truncation leads" in view(begin()).markup
    assert "Rounding leads" in view(after(Turn("power", -11.0))).markup
    assert "too small for these numbers" in view(after(Turn("precision", "float32"), Turn("power", -12.0))).markup


def test_a_saturated_network_whose_rates_are_almost_nothing_is_a_picture_too():
    case = Case(cases.running.parameters, cases.running.x * 1e3, cases.running.y)
    for now in (begin(case), after(Turn("precision", "float32"), Turn("power", 0.0), of=begin(case))):
        assert rows(view(now))["exact"][0].startswith("0.000000")
        assert "inf" not in view(now).markup


def test_what_cannot_be_measured_is_refused():
    with pytest.raises(
        ValueError, match=r"weight must be the name of a weight or bias of the case, got 'w\[3\]\[0, 0\]'"
    ):
        begin(weight="w[3][0, 0]")
    with pytest.raises(ValueError, match=r"got 'a\[1\]\[0\]'"):
        begin(weight="a[1][0]")
    with pytest.raises(ValueError, match=r"case must have at most 200 weights and biases, got 2260"):
        begin(Case(initialize((64, 30, 10)), np.zeros(64), np.zeros(10)))
    assert begin(Case(initialize((6, 22, 2)), np.ones(6), np.ones(2)), "b[2][1]").exact  # 200 have room
    with pytest.raises(ValueError, match=r"of must be a weight or a bias of the case, got delta\[1\]\[0\]"):
        quotients.quotient(cases.running, Quantity.read("delta[1][0]"), 0.1)
    with pytest.raises(ValueError, match=r"precision must be one of float64, float32, got 'float16'"):
        quotients.quotient(cases.running, W, 0.1, "float16")
    with pytest.raises(ValueError, match=r"h must be"):
        quotients.quotient(cases.running, W, 0.0)
    far = Case(cases.running.parameters, cases.running.x * 1e250, cases.running.y)
    with pytest.raises(
        ValueError, match=r"case must have numbers for which float32 has room, got inputs up to \de\+250"
    ):
        begin(far)
    for event in (Turn("network", "another"), Turn("weight", "w[9][0, 0]"), Turn("precision", "float16")):
        with pytest.raises(ValueError, match="must be"):
            update(begin(), event)


def smooth_world(case, of, h, precision="float64"):
    """Differences whose digits no machine changes: truncation h² and h, rounding 10⁻¹⁶ / h."""
    exact = exact_rate(case, of)
    rates = [exact * (1 + error) for error in (h**2 / 8 + 1e-16 / h, h / 4 + 1e-16 / h, h**2 / 8)]
    return Quotient(0.25, 0.25 + h * exact, 0.25 - h * exact, dict(zip(quotients.WAYS, rates, strict=True)))


@pytest.mark.parametrize(
    ("name", "events"),
    [
        ("first", []),
        ("small", [Turn("power", -12.0)]),
        (
            "kink",
            [Turn("network", KINKED), Turn("weight", "b[1][2]"), Turn("precision", "float32"), Turn("power", -2.0)],
        ),
    ],
)
def test_the_picture_is_as_it_was(golden, monkeypatch, name, events):
    monkeypatch.setattr(quotients, "quotient", smooth_world)
    monkeypatch.setattr(state, "quotient", smooth_world)
    golden(f"check_lab-{name}", view(after(*events)))

"""Depth: every point is the rms of the package's δ, every factor a ratio of two, and the words are what is drawn."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab import Parameters, backward, binary_cross_entropy, forward, initialize, relu, sigmoid, tanh
from backprop_lab.drawing.picture import Press, Turn
from backprop_lab.pictures.depth import Depth, _factor, begin, measured, shares, short, update, view

from .hands import parsed

STATES = st.builds(
    Depth, st.integers(2, 10), st.sampled_from(("sigmoid", "tanh", "relu")), st.floats(0.25, 4), st.integers(0, 11)
)


def by_hand(state):
    """δ of all layers by the package's own passes, the start's weights multiplied."""
    rng, start = np.random.default_rng(0), initialize((10,) * (state.layers + 1), seed=state.seed)
    x, y = rng.uniform(-1, 1, (10, 50)), rng.integers(0, 2, (10, 50)).astype(float)
    hidden = {"sigmoid": sigmoid, "tanh": tanh, "relu": relu}[state.sigma]
    parameters = Parameters({layer: w * state.scale for layer, w in start.w.items()}, start.b)
    passed = forward(parameters, x, hidden=hidden)
    delta = backward(parameters, passed, y, cost=binary_cross_entropy).delta
    slopes = [hidden.prime(passed.z[layer]) for layer in range(1, state.layers)]
    return [np.sqrt(np.mean(delta[layer] ** 2)) for layer in range(1, state.layers + 1)], slopes


@given(STATES)
def test_the_points_are_the_rms_of_the_packages_error_signals(state):
    delta, slopes = by_hand(state)
    rms, steep = measured(state)
    np.testing.assert_allclose(rms, delta)
    np.testing.assert_allclose(steep, [np.sqrt(np.mean(each**2)) for each in slopes])
    np.testing.assert_allclose(shares(state), np.array(delta) / delta[-1])


def points(state):
    """Where the discs are, from layer 1 on; the axis has 18 decades in 330 units, with 1 at 34 + 6/18 of them."""
    circles = [each for each in parsed(view(state)).iter("circle") if each.get("class") == "bl-here"]
    return [(float(each.get("cx")), float(each.get("cy"))) for each in circles]


@given(STATES)
def test_the_discs_lie_on_a_log_axis_with_the_output_at_the_right(state):
    x, y = np.array(points(state)).T
    assert len(x) == state.layers
    np.testing.assert_allclose(np.diff(x), np.diff(x)[0], atol=0.02)
    assert x[-1] == pytest.approx(610)
    axis = {
        node.text: float(node.get("y")) - 5 for node in parsed(view(state)).iter("text") if node.get("x") == "55.00"
    }
    decade = (axis["10⁻¹²"] - axis["10⁶"]) / 18
    np.testing.assert_allclose(y, axis["1"] - decade * np.log10(shares(state)), atol=0.02)


@given(STATES)
def test_the_table_has_each_layers_factor_and_it_multiplies_to_the_whole(state):
    rows = [[cell.text or "" for cell in row] for row in parsed(view(state)).iter("tr")][1 : state.layers]
    found = shares(state)
    assert [row[0] for row in rows] == [f"{at + 1} → {at}" for at in range(state.layers - 1, 0, -1)]
    assert [row[1] for row in rows] == [
        f"× {_factor(found[at - 1] / found[at])}" for at in range(state.layers - 1, 0, -1)
    ]
    written = np.array([number(row[1][2:]) for row in rows])
    assert np.log10(written).sum() == pytest.approx(np.log10(found[0]), abs=0.03 * state.layers)


def number(words):
    """What `short` has written, read again."""
    digits, _, power = words.partition("·10")
    return float(digits) * 10.0 ** int(power.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")) or 0)


@given(st.floats(-14, 8))
def test_two_digits_of_a_number_are_right(power):
    assert number(short(10**power)) == pytest.approx(10**power, rel=0.051)


@given(STATES)
def test_the_words_are_what_is_drawn(state):
    found, text = shares(state), view(state).text
    assert f"layer 1 hears {short(found[0])} times what the output hears" in text
    by = re.search(r"has (vanished|exploded) by layer (\d+)", text)
    assert bool(by) == (found[0] < 1e-3 or found[0] > 1e3)
    if by:
        beyond = found < 1e-3 if by[1] == "vanished" else found > 1e3
        at = int(by[2])
        assert beyond[:at].all()
        assert not beyond[at]


def test_the_notebooks_numbers():
    far = [shares(begin(sigma=sigma))[0] for sigma in ("sigmoid", "tanh", "relu")]
    assert [f"{each:.1e}" for each in far] == ["1.7e-06", "3.0e-01", "8.3e-03"]


def test_all_three_are_drawn_and_named_whichever_is_chosen():
    for sigma in ("sigmoid", "tanh", "relu"):
        page = parsed(view(update(begin(), Turn("sigma", sigma))))
        looks = [each.get("class") for each in page.iter("polyline")]
        assert looks == ["bl-before", "bl-before", "bl-graph"]
        names = {each.text: each for each in page.iter("text") if each.text in ("sigmoid", "tanh", "relu")}
        assert len(names) == 3
        assert [name for name, each in names.items() if each.get("class") == "bl-strong"] == [sigma]
        heights = sorted(float(each.get("y")) for each in names.values())
        assert min(np.diff(heights)) >= 16


def test_the_controls_stay_within_their_ends_and_reset_brings_the_start_back():
    state = update(begin(), Turn("layers", 99))
    assert state.layers == 10
    assert update(update(state, Turn("scale", 0)), Turn("seed", -3)) == Depth(10, "sigmoid", 0.25, 0)
    assert update(update(state, Turn("layers", 3)), Press("reset")) == begin()
    assert len(parsed(view(update(begin(), Turn("layers", 2)))).findall(".//tr")) == 10  # as high as with ten layers


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"layers": 1}, "layers must lie between 2 and 10, got 1"),
        ({"layers": 2.5}, "layers must lie between 2 and 10, got 2.5"),
        ({"scale": 9}, "scale must lie between 0.25 and 4, got 9"),
        ({"scale": float("nan")}, "scale must lie between 0.25 and 4, got nan"),
        ({"seed": 12}, "seed must lie between 0 and 11, got 12"),
        ({"sigma": "softmax"}, "sigma must be one of sigmoid, tanh, relu, got 'softmax'"),
    ],
)
def test_what_cannot_be_shown_is_refused(given, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        begin(**given)


@pytest.mark.parametrize(
    ("name", "state"), [("ten", begin()), ("loud", begin(4, sigma="relu", scale=4.0)), ("two", begin(2, seed=3))]
)
def test_the_picture_is_as_it_was(golden, name, state):
    golden(f"depth-{name}", view(state))

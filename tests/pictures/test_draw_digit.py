"""A digit of one's own: the outputs are the network's, and each disc is the rate of the cost over its pixel."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab import Parameters, cases, datasets, forward, initialize, quadratic, train
from backprop_lab.drawing.markup import plain
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.live.page import Live
from backprop_lab.pictures.draw_digit import KEYS, begin, update, view

from .hands import parsed

DATA = datasets.digits()
some = slice(0, 300)
NETWORK = train(
    initialize((64, 12, 10), seed=0), DATA.x[:, some], DATA.y[:, some], learning_rate=2.0, epochs=3, batch_size=10
).parameters
pictures = st.lists(st.sampled_from((0.0, 0.5, 1.0)), min_size=64, max_size=64)


@given(pictures)
def test_bars_and_words_are_the_networks_outputs(ink):
    state = begin(NETWORK, ink)
    a = forward(NETWORK, np.array(ink)).prediction[:, 0]
    page = parsed(view(state))
    numbers = [each.text for each in page.iter("text") if each.get("class") == "bl-value" and each.get("text-anchor")]
    assert numbers == [plain(each) for each in a]
    (first, most), (second, next_) = [(at, plain(float(a[at]))) for at in np.argsort(-a, kind="stable")[:2]]
    assert view(state).text.startswith(
        f"The network says {first}, with an output of {most}; next is {second}, with {next_}."
    )


@given(pictures, st.integers(0, 9))
def test_each_disc_is_a_difference_of_the_cost_over_its_pixel(ink, digit):
    state = update(begin(NETWORK, ink), Turn("wish", str(digit)))
    y, h = np.eye(10)[:, [digit]], 1e-5
    moved = np.array(ink)[:, np.newaxis] + h * np.hstack([np.eye(64), -np.eye(64)])
    costs = quadratic.of_example(forward(NETWORK, moved).prediction, np.repeat(y, 128, axis=1))
    rates = (costs[:64] - costs[64:]) / (2 * h)
    np.testing.assert_allclose(state.rates, rates, atol=1e-9)
    discs = list(parsed(view(state)).iter("circle"))
    assert len(discs) == np.count_nonzero(state.rates)
    sizes = np.array([float(each.get("r")) for each in discs])
    known = state.rates[state.rates != 0]
    np.testing.assert_allclose((sizes / sizes.max()) ** 2, np.abs(known) / np.abs(known).max(), atol=0.005)
    assert ["bl-positive" in each.get("class") for each in discs] == (known > 0).tolist()
    can = (rates > 0) & (np.array(ink) > 0) | (rates < 0) & (np.array(ink) < 1)
    loudest = int((can * np.abs(rates)).argmax())
    way = "less" if rates[loudest] > 0 else "more"
    assert (
        f"For a {digit} the cost falls fastest with {way} ink in row {loudest // 8}, column {loudest % 8}."
        in view(state).text
    )


def test_where_all_weights_are_zero_no_pixel_can_lower_the_cost():
    silent = Parameters({layer: 0 * w for layer, w in NETWORK.w.items()}, NETWORK.b)
    assert view(update(begin(silent), Turn("wish", "4"))).text.endswith(
        "For a 4 no pixel lowers the cost by a little ink."
    )


def test_a_pixel_is_full_then_half_then_empty_and_only_that_one():
    state, seen = begin(NETWORK), []
    for _ in range(4):
        state = update(state, Select("p2.5"))
        seen.append(state.pixels[2 * 8 + 5])
        assert sum(state.pixels) == seen[-1]
    assert seen == [1.0, 0.5, 0.0, 1.0]
    assert update(begin(NETWORK, np.full(64, 0.3)), Select("p0.0")).pixels[0] == 0


def test_what_is_drawn_over_takes_full_ink_however_often():
    state = begin(NETWORK, np.full(64, 0.5))
    for key in ("p0.1", "p7.7", "p0.1"):
        state = update(state, Turn(key, 1.5))
    assert [at for at, ink in enumerate(state.pixels) if ink == 1] == [1, 63]
    assert {*state.pixels} == {0.5, 1.0}


def test_the_ink_on_the_screen_is_that_of_the_pixels_row_by_row():
    digit = DATA.x[:, 0]
    page = parsed(view(begin(NETWORK, digit)))
    cells = [each for each in page.iter("g") if each.get("data-select")]
    assert [each.get("data-select") for each in cells] == KEYS
    shades = [next(box for box in each.iter("rect") if box.get("class") == "bl-ink") for each in cells]
    np.testing.assert_allclose([float(each.get("fill-opacity")) for each in shades], digit, atol=1e-3)
    places = [(float(each.get("y")), float(each.get("x"))) for each in shades]
    assert places == sorted(places)
    assert cells[19].get("aria-label") == f"row 2, column 3: ink {plain(digit[19])}"
    assert not [each for each in cells if each.get("data-on") is not None]  # so that a pixel can be pressed again


def test_an_empty_sheet_and_the_picture_as_it_was():
    state = begin(NETWORK, DATA.x[:, 3])
    empty = update(state, Press("clear"))
    assert not any(empty.pixels)
    assert update(empty, Press("anew")) == state
    assert update(empty, Select("")) == empty
    wished = update(state, Turn("wish", "7"))
    assert [update(wished, Press(key)).wish for key in ("clear", "anew")] == ["7", "7"]
    assert view(update(wished, Turn("wish", "nothing"))) == view(state)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((cases.running.parameters,), "be of a network with 64 inputs and 10 outputs, got sizes (2, 3, 1)"),
        ((None,), "got sizes None"),
        ((NETWORK, np.zeros(63)), "picture must have"),
        ((NETWORK, np.full(64, 1.5)), "picture must have pixels from 0 to 1, got 1.5 to 1.5"),
        ((NETWORK, np.full(64, -0.5)), "picture must have pixels from 0 to 1, got -0.5 to -0.5"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused(given, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        begin(*given)


@pytest.mark.parametrize(
    ("name", "state"),
    [("digit", begin(initialize((64, 3, 10)), DATA.x[:, 0])),
     ("wish", update(update(begin(initialize((64, 3, 10))), Select("p1.1")), Turn("wish", "4")))],
)  # fmt: skip
def test_the_picture_is_as_it_was(golden, name, state):
    golden(f"draw_digit-{name}", view(state))


def test_ink_drawn_while_python_was_busy_is_not_lost_and_what_fails_there_is_told():
    shown = Live(begin(NETWORK), view, update)
    shown.answer([(1, "turn", "p0.0", 1.0), (2, "press", "gone")])
    assert (shown.state.pixels[0], shown.error) == (1.0, "")

    def failing(state, event):
        raise ZeroDivisionError

    shown = Live(begin(NETWORK), view, failing)
    with pytest.raises(ZeroDivisionError):
        shown.answer([(1, "turn", "p0.0", 1.0)])
    assert shown.error.startswith("ZeroDivisionError")

"""The cards click together exactly where NumPy multiplies, and only the package's own numbers reach a goal."""

from dataclasses import replace
from functools import reduce

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import networks

from backprop_lab import cases, initialize
from backprop_lab.cases import Case
from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.networks import hidden_layers
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.layer_products import cards
from backprop_lab.pictures.shapes import Shapes, begin, update, view
from backprop_lab.pictures.shapes.state import DEEP_BATCH, MOST, product, reached

from .hands import parsed

BEGIN = begin()
KEYS = [*cards(DEEP_BATCH, 2)]
RIGHT = {"z": ("w", "a"), "delta": ("w_next.T", "delta_next"), "nabla_w": ("delta", "a.T")}


@st.composite
def states(draw):
    case = draw(networks(most_examples=MOST, most_neurons=MOST, least=3))
    chosen = draw(st.lists(st.sampled_from(KEYS), max_size=2, unique=True))
    return Shapes(case, draw(st.sampled_from(hidden_layers(case))), draw(st.sampled_from([*RIGHT])), tuple(chosen))


def after(events, state=BEGIN):
    return reduce(update, events, state)


def matrices(state):
    """The numbers shown, by the name above them; and those of them that are lit."""
    shown, lit = {}, {}
    for table in parsed(view(state)).iter("table"):
        name, rows = table.findtext("caption"), [[*row] for row in table.iter("tr")]
        shown[name] = [["".join(cell.itertext()) for cell in row] for row in rows]
        lit[name] = {(i, j) for i, row in enumerate(rows) for j, cell in enumerate(row) if cell.get("class") == "bl-on"}
    return shown, lit


def written(values, decimals=4):
    return [[signed(float(value), decimals) for value in row] for row in values]


@settings(max_examples=60)
@given(states())
def test_two_cards_click_exactly_where_numpy_multiplies(state):
    values = [each.value for each in state.placed]
    try:
        expected = values[0] @ values[1] if len(values) == 2 else None
    except ValueError:
        expected = None
        assert "do not click" in view(state).text
    found = product(state)
    shown, _ = matrices(state)
    if expected is None:
        assert (found, shown) == (None, {})
        return
    np.testing.assert_array_equal(np.asarray(found), expected)
    left, right = state.placed
    assert shown["product"] == written(expected)
    if left.code != right.code:
        assert shown[left.code] == written(left.value, left.decimals)
        assert shown[right.code] == written(right.value, right.decimals)
    assert ("by chance" in view(state).text) == (left.columns != right.rows)


@settings(max_examples=60)
@given(states())
def test_the_right_cards_reach_the_numbers_of_the_package_in_any_network(state):
    built = replace(state, chosen=RIGHT[state.goal])
    back = state.case.backward_pass
    arrays = {"z": state.case.forward_pass.z, "delta": back.delta, "nabla_w": back.nabla_w}
    assert reached(built)
    shown, _ = matrices(built)
    assert shown[f"{state.goal}[{state.layer}]"] == written(arrays[state.goal][state.layer])
    assert f"{state.case.hidden}.prime" in view(built).text or state.goal != "delta"


@settings(max_examples=40)
@given(states(), st.data())
def test_an_entry_of_the_product_is_a_row_times_a_column(state, data):
    built = replace(state, chosen=RIGHT[state.goal])
    (left, right), made = built.placed, product(built)
    i, j = (data.draw(st.integers(0, size - 1)) for size in np.asarray(made).shape)
    built = update(built, Select(f"entry {i},{j}"))
    _, lit = matrices(built)
    inner = left.value.shape[1]
    assert lit["product"] == {(i, j)}
    assert lit[left.code] == {(i, k) for k in range(inner)}
    assert lit[right.code] == {(k, j) for k in range(inner)}
    line = next("".join(each.itertext()) for each in parsed(view(built)).iter("p"))
    factors = zip(left.value[i], right.value[:, j], strict=True)
    products = [f"({signed(a, left.decimals)})({signed(b, right.decimals)})" for a, b in factors]
    total = signed(float(left.value[i] @ right.value[:, j]), 4)
    assert line.replace("\N{WORD JOINER}", "") == f"row {i} times column {j}: {' + '.join(products)} = {total}"


def test_no_other_pair_reaches_a_goal():
    for layer in (1, 2):
        pairs = [(left, right) for left in KEYS for right in KEYS]
        for goal, right in RIGHT.items():
            assert [pair for pair in pairs if reached(Shapes(DEEP_BATCH, layer, goal, pair))] == [right]


@pytest.mark.parametrize(
    ("layer", "goal", "chosen", "words"),
    [
        (2, "z", (), "Wanted: z[2], n_out × m = 2 × 4. Choose the card for the left."),
        (2, "z", ("a",), "a[1] is n_in × m = 3 × 4; a card to its right needs 4 rows, m."),
        (2, "z", ("a", "w"), "n_out × n_in, do not click: 4 columns (m) on the left, 2 rows (n_out) on the right."),
        (2, "delta", ("w_next", "delta_next"), "2 columns (n_out) on the left, 1 row (n_next) on the right."),
        (2, "z", ("a.T", "w.T"), "at n_in = 3. The product is m × n_out = 4 × 2: another shape than z[2]."),
        (2, "z", ("w_next.T", "delta_next"), "The shape is right, and still it is not z[2]: shape is not all."),
        (1, "z", ("w", "delta_next"), "click together, but by chance: n_in and n_next are both 2. The shape is right"),
        (2, "z", ("w", "a"), "w[2] and a[1] click together at n_in = 3. This is it: z[2] = w[2] @ a[1] + b[2]."),
        (2, "delta", RIGHT["delta"], "This is it: delta[2] = (w[3].T @ delta[3]) * sigmoid.prime(z[2])."),
        (2, "nabla_w", RIGHT["nabla_w"], "This is it: nabla_w[2] = delta[2] @ a[1].T / m."),
    ],
)
def test_the_sentence_says_which_numbers_meet_and_what_was_built(layer, goal, chosen, words):
    assert words in view(Shapes(DEEP_BATCH, layer, goal, chosen)).text


def test_the_order_of_the_factors_matters_for_a_single_example_too():
    one = Shapes(cases.deep, 2, "nabla_w")
    wrong, right = replace(one, chosen=("a", "delta")), replace(one, chosen=("delta", "a.T"))
    assert "1 column (m) on the left, 2 rows (n_out) on the right" in view(wrong).text
    assert reached(right)


def test_cards_are_placed_exchanged_and_taken_back():
    state = after(map(Select, ("a", "delta", "w")))
    assert state.chosen == ("a", "w")  # the second place is the one that can still change
    state = after(map(Select, ("placed0", "a")), state)
    assert state.chosen == RIGHT["z"]
    assert after([Select("w")], state).chosen == ("a",)
    assert after([Select("placed1")], state).chosen == ("w",)
    assert "This is it" in view(state).text
    for event in (Press("goal delta"), Press("back"), Turn("layer", "1")):
        assert after([event], state).chosen == ()
    assert after([Press("goal delta"), Turn("layer", "1")], state) == replace(BEGIN, goal="delta", layer=1)
    entry = after([Select("entry 1,3")], state)
    assert entry.entry == (1, 3)
    assert after([Select("placed1"), Select("delta_next")], entry).entry == (0, 0)


def test_every_choice_has_a_name_and_what_would_do_nothing_is_off():
    def names(state):
        return {each.get("data-select"): each.get("aria-label") for each in parsed(view(state)).iter() if
                each.get("data-select")}  # fmt: skip

    assert [*names(BEGIN)] == KEYS
    built = after(map(Select, RIGHT["z"]))
    entries = [f"entry {i},{j}" for i in range(2) for j in range(4)]
    assert [*names(built)] == [*KEYS, "placed0", "placed1", *entries]
    assert names(built)["w"] == "card w[2], n_out × n_in = 2 × 3, on the table: take it back"
    assert names(built)["entry 1,0"] == f"entry [1, 0], {signed(float(np.asarray(product(built))[1, 0]), 4)}"
    off = [each.get("data-press") for each in parsed(view(BEGIN)).iter("button") if each.get("aria-disabled")]
    assert off == ["back"]
    assert not [each for each in parsed(view(built)).iter("button") if each.get("aria-disabled")]


def test_what_cannot_be_shown_is_refused():
    with pytest.raises(ValueError, match=r"layer must be a hidden layer, one of \[1, 2\], got 3"):
        begin(layer=3)
    with pytest.raises(ValueError, match=r"at most 4 neurons in a layer and 4 examples, got \(2, 5, 1\) and 1"):
        begin(Case(initialize((2, 5, 1)), np.ones(2), np.ones(1)), layer=1)
    for key in ("nothing", "placed2", "w.T.T"):
        with pytest.raises(ValueError, match="event must be one that the picture offers"):
            update(BEGIN, Select(key))


@pytest.mark.parametrize(
    ("name", "events"),
    [
        ("first", []),
        ("apart", [Press("goal nabla_w"), Select("a"), Select("w")]),
        ("reached", [Select("w"), Select("a"), Select("entry 1,2")]),
        ("by_chance", [Turn("layer", "1"), Select("w"), Select("delta_next")]),
    ],
)
def test_the_picture_is_as_it_was(golden, name, events):
    golden(f"shapes-{name}", view(after(events)))

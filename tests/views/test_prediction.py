"""Predictions: nothing is told before the commitment, and what is told after it is fair."""

import math
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backprop_lab.views import prediction as view
from backprop_lab.views.prediction import Choice, Number, Order

VALUES = st.floats(1e-4, 1e4) | st.floats(-1e4, -1e-4)
RATE = Number("How fast?", -0.147435, (("σ′ left out", -0.693023), ("a factor of two too much", -0.294870)))
CHOICE = Choice("Add or multiply?", ("add", "multiply"), ("Rates along a path multiply.", "Yes."), "multiply")
ORDER = Order("Which comes first?", ("x", "z", "a", "C"), reveal="Each feeds the next.")


def committed(text, question=RATE):
    return view.number(view.commit(view.write_down(question, text))).text


def rounded(value, digits):
    return f"{value:.{digits - 1}e}"


@given(VALUES, st.integers(2, 12))
def test_the_answer_counts_when_rounded_to_two_digits_or_more(value, digits):
    assert view.judge(Number("", value), Decimal(rounded(value, digits))).right


@given(VALUES, st.sampled_from([-1.0, 0.5, 2.0, 10.0, 0.1, 1.1, 0.9]), st.integers(2, 12))
def test_a_wrong_sign_or_factor_never_counts(value, factor, digits):
    assert not view.judge(Number("", value), Decimal(rounded(factor * value, digits))).right


@given(VALUES, VALUES, st.integers(3, 12))
def test_a_slip_is_recognised_by_its_value_and_named(value, slip, digits):
    assume(abs(slip - value) > 0.02 * max(abs(slip), abs(value)))
    verdict = view.judge(Number("", value, (("σ′ left out", slip),)), Decimal(rounded(slip, digits)))
    assert verdict == (False, "That is the value with σ′ left out.")


@given(st.integers(-9, 9).filter(bool))
def test_a_whole_number_counts_with_one_digit(value):
    assert view.judge(Number("", value), Decimal(value)).right


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-0.147435", "That is right. The value is −0.147435."),
        ("−0.15", "That is right."),
        ("-0,1474", "That is right."),
        (" -1.474e-1 ", "That is right."),
        ("-.693", "That is the value with σ′ left out. You said −.693, off by 0.545565 (370.0 %)."),
        ("0.147", "The size is right, the sign is not."),
        ("-0.1", "Close, but give at least two digits that are right."),
        ("-0.149", "Close, but give at least two digits that are right."),
        ("3", "That is not the value. You said 3, off by 3.147435"),
    ],
)
def test_what_is_said_of_a_number(typed, said):
    assert committed(typed).startswith(said)
    assert "The value is −0.147435." in committed(typed)


@pytest.mark.parametrize("answer", [0.0, 1e-17])
def test_zero_can_be_the_answer(answer):
    assert committed("0", Number("", answer, decimals=1)) == "That is right. The value is 0.0."
    assert committed("0.1", Number("", answer, decimals=1)).endswith("You said 0.1, off by 0.1. The value is 0.0.")


@given(st.text() | st.sampled_from(["nan", "inf", "1e999999", "1_0", "0x1", "1/2", "--1", "١"]))
def test_what_is_no_number_gets_a_sentence(text):
    picture = view.number(view.commit(view.write_down(RATE, text)))
    ET.fromstring(picture.markup)
    if view.parse(text) is None and text.strip():
        assert picture.text.startswith(f"“{text.strip()}” is not a number")
        assert "147435" not in picture.text + picture.markup
    elif view.parse(text) is not None:
        assert math.isfinite(float(view.parse(text)))


@pytest.mark.parametrize("value", [-0.147435, -0.147436, -0.1475, math.nan, math.inf])
def test_a_slip_that_could_not_be_told_from_the_answer_is_refused(value):
    with pytest.raises(ValueError, match=r"slip 'of mine' must be finite and differ from the answer -0.147435, got"):
        Number("", -0.147435, (("of mine", value),))


def test_an_answer_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="answer must be a finite number, got nan"):
        Number("", math.nan)


def test_nothing_of_a_number_is_seen_before_the_commitment():
    for state in (RATE, view.write_down(RATE, "-0.2"), view.commit(RATE), view.start_over(view.skip(RATE))):
        picture = view.number(state)
        assert "0.147" not in picture.markup + picture.text
        assert state.phase == "open"


def test_after_the_commitment_a_number_stays_and_skipping_is_said():
    state = view.commit(view.write_down(RATE, "-0.2"))
    assert view.write_down(state, "-0.147") == state == view.skip(state)
    assert view.number(view.skip(RATE)).text == "You skipped the prediction. The value is −0.147435."
    assert view.start_over(state) == RATE


def test_a_choice_tells_why():
    assert "Yes." not in view.choice(CHOICE).markup + view.choice(CHOICE).text
    wrong = view.commit(view.choose(CHOICE, "choice0"))
    assert view.choice(wrong).text == "You chose “add”. Rates along a path multiply. Right is “multiply”."
    right = view.commit(view.choose(CHOICE, "choice1"))
    assert view.choice(right).text == "That is right: “multiply”. Yes."
    assert view.choice(view.skip(CHOICE)).text == "You skipped the prediction. Right is “multiply”. Yes."
    assert view.commit(CHOICE) == CHOICE == view.start_over(wrong)
    assert view.choose(wrong, "choice1") == wrong


def test_a_choice_needs_its_answer():
    with pytest.raises(ValueError, match=r"answer must be one of the choices \('add',\), got 'multiply'"):
        Choice("", ("add",), ("",), "multiply")


@given(st.permutations(ORDER.items))
def test_an_order_counts_what_is_at_its_place(chosen):
    state = ORDER
    for item in chosen:
        assert view.commit(state) == state  # not complete
        assert "Each feeds" not in view.order(state).text
        state = view.place(state, f"item{ORDER.items.index(item)}")
    said = view.order(view.commit(state)).text
    hits = sum(one == other for one, other in zip(chosen, ORDER.items, strict=True))
    assert said.startswith("That is right." if hits == 4 else f"{hits} of 4 are at their place.")
    assert said.endswith("The order is: x, z, a, C. Each feeds the next.")


def test_an_item_can_be_taken_back():
    state = view.place(view.place(ORDER, "item2"), "item0")
    assert view.place(state, "item2").placed == ("x",)
    assert view.start_over(state) == ORDER
    assert view.place(view.skip(state), "item1") == view.skip(state)


@given(st.lists(st.text(), min_size=2, max_size=6, unique=True), st.text())
def test_the_items_are_never_shown_in_the_right_order(items, question):
    shown = view.shuffled(items, question)
    assert sorted(shown) == sorted(items)
    assert shown != items
    assert shown == view.shuffled(items, question)


def test_items_must_differ():
    with pytest.raises(ValueError, match=r"at least two different texts, got \('x', 'x'\)"):
        Order("", ("x", "x"))


@given(st.text())
def test_hostile_texts_are_escaped(text):
    states = [
        (view.number, Number(text, 1.0, reveal=text, typed=text)),
        (view.choice, Choice(text, (text,), (text,), text, text)),
        (view.order, Order(text, (text, text + "<&"), text)),
    ]
    for draw, state in states:
        for each in (state, view.skip(state)):
            markup = draw(each).markup
            assert "<&" not in markup

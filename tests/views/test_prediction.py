"""Predictions: nothing is told before the commitment, and what is told after it is fair."""

import math
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backprop_lab.views import prediction as view
from backprop_lab.views import prediction_state as states
from backprop_lab.views.answers import Code, judge_number, read_code, read_number
from backprop_lab.views.prediction_state import Choice, Naming, Number, Order

VALUES = st.floats(1e-4, 1e4) | st.floats(-1e4, -1e-4)
SLIPS = (("σ′ left out", -0.693023), ("a factor of two too much", -0.294870))
RATE = Number(question="How fast?", answer=-0.147435, slips=SLIPS)
FEEDBACK = ("Rates along a path multiply.", "Yes.")
CHOICE = Choice(question="Add or multiply?", choices=("add", "multiply"), feedback=FEEDBACK, answer="multiply")
ORDER = Order(question="Which comes first?", items=("x", "z", "a", "C"), reveal="Each feeds the next.")


def committed(text, question=RATE):
    return view.number(states.commit(states.answer(question, text))).text


def rounded(value, digits):
    return f"{value:.{digits - 1}e}"


@given(VALUES, st.integers(2, 12))
def test_the_answer_counts_when_rounded_to_two_digits_or_more(value, digits):
    assert judge_number(Decimal(rounded(value, digits)), value, ()).right


@given(VALUES, st.sampled_from([-1.0, 0.5, 2.0, 10.0, 0.1, 1.1, 0.9]), st.integers(2, 12))
def test_a_wrong_sign_or_factor_never_counts(value, factor, digits):
    assert not judge_number(Decimal(rounded(factor * value, digits)), value, ()).right


@given(VALUES, VALUES, st.integers(3, 12))
def test_a_slip_is_recognised_by_its_value_and_named(value, slip, digits):
    assume(abs(slip - value) > 0.02 * max(abs(slip), abs(value)))
    verdict = judge_number(Decimal(rounded(slip, digits)), value, [("σ′ left out", slip)])
    assert verdict == (False, "That is the value with σ′ left out.")


@given(st.integers(-9, 9).filter(bool))
def test_a_whole_number_counts_with_one_digit(value):
    assert judge_number(Decimal(value), value, ()).right


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-0.147435", "That is right. The answer is −0.147435."),
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
    assert "The answer is −0.147435." in committed(typed)


@pytest.mark.parametrize("answer", [0.0, 1e-17])
def test_zero_can_be_the_answer(answer):
    assert committed("0", Number(question="", answer=answer, decimals=1)) == "That is right. The answer is 0.0."
    assert committed("0.1", Number(question="", answer=answer, decimals=1)).endswith(
        "You said 0.1, off by 0.1. The answer is 0.0."
    )


@given(st.text() | st.sampled_from(["nan", "inf", "1e999999", "1_0", "0x1", "1/2", "--1", "١"]))
def test_what_is_no_number_gets_a_sentence(text):
    picture = view.number(states.commit(states.answer(RATE, text)))
    ET.fromstring(picture.markup)
    if read_number(text) is None and text.strip():
        assert picture.text.startswith(f"“{text.strip()}” cannot be read")
        assert "147435" not in picture.text + picture.markup
    elif number := read_number(text):
        assert math.isfinite(float(number))


@pytest.mark.parametrize("value", [-0.147435, -0.147436, -0.1475, math.nan, math.inf])
def test_a_slip_that_could_not_be_told_from_the_answer_is_refused(value):
    with pytest.raises(ValueError, match=r"slip 'of mine' must be finite and differ from the answer -0.147435, got"):
        Number(question="", answer=-0.147435, slips=(("of mine", value),))


def test_an_answer_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="answer must be a finite number, got nan"):
        Number(question="", answer=math.nan)


def test_nothing_of_a_number_is_seen_before_the_commitment():
    for state in (RATE, states.answer(RATE, "-0.2"), states.commit(RATE), states.start_over(states.skip(RATE))):
        picture = view.number(state)
        assert "0.147" not in picture.markup + picture.text
        assert state.phase == "open"


def test_after_the_commitment_a_number_stays_and_skipping_is_said():
    state = states.commit(states.answer(RATE, "-0.2"))
    assert states.answer(state, "-0.147") == state == states.skip(state)
    assert view.number(states.skip(RATE)).text == "You skipped the prediction. The answer is −0.147435."
    assert states.start_over(state) == RATE


def test_a_choice_tells_why():
    assert "Yes." not in view.choice(CHOICE).markup + view.choice(CHOICE).text
    wrong = states.commit(states.answer(CHOICE, "choice0"))
    assert view.choice(wrong).text == "You chose “add”. Rates along a path multiply. Right is “multiply”."
    right = states.commit(states.answer(CHOICE, "choice1"))
    assert view.choice(right).text == "That is right: “multiply”. Yes."
    assert view.choice(states.skip(CHOICE)).text == "You skipped the prediction. Right is “multiply”. Yes."
    assert states.commit(CHOICE) == CHOICE == states.start_over(wrong)
    assert states.answer(wrong, "choice1") == wrong


def test_a_choice_needs_its_answer():
    with pytest.raises(ValueError, match=r"answer must be one of the choices \('add',\), got 'multiply'"):
        Choice(question="", choices=("add",), feedback=("",), answer="multiply")


@given(st.permutations(ORDER.items))
def test_an_order_counts_what_is_at_its_place(chosen):
    state = ORDER
    for item in chosen:
        assert states.commit(state) == state  # not complete
        assert "Each feeds" not in view.order(state).text
        state = states.place(state, f"item{ORDER.items.index(item)}")
    said = view.order(states.commit(state)).text
    hits = sum(one == other for one, other in zip(chosen, ORDER.items, strict=True))
    assert said.startswith("That is right." if hits == 4 else f"{hits} of 4 {'is' if hits == 1 else 'are'} in place.")
    assert said.endswith("The order is: x, z, a, C. Each feeds the next.")


def test_an_item_can_be_taken_back():
    state = states.place(states.place(ORDER, "item2"), "item0")
    assert states.place(state, "item2").given == ("x",)
    assert states.start_over(state) == ORDER
    assert states.place(states.skip(state), "item1") == states.skip(state)


@given(st.lists(st.text(), min_size=2, max_size=6, unique=True), st.text())
def test_the_items_are_never_shown_in_the_right_order(items, question):
    shown = view.shuffled(items, question)
    assert sorted(shown) == sorted(items)
    assert shown != items
    assert shown == view.shuffled(items, question)


def test_items_must_differ():
    with pytest.raises(ValueError, match=r"at least two different texts, got \('x', 'x'\)"):
        Order(question="", items=("x", "x"))


@given(st.text())
def test_hostile_texts_are_escaped(text):
    questions = [
        (view.number, Number(question=text, answer=1.0, given=text)),
        (view.naming, Naming(question=text, answer=Code("w", (1,)), given=text)),
        (view.choice, Choice(question=text, choices=(text,), feedback=(text,), answer=text)),
        (view.order, Order(question=text, items=(text, text + "<&"))),
    ]
    for draw, state in questions:
        for each in (state, states.skip(state)):
            markup = draw(each).markup
            assert "<&" not in markup


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("w[1][2, 0]", "w[1][2, 0]"),
        (" W[1][2][0] ", "w[1][2, 0]"),
        ("w[1,2,0]", "w[1][2, 0]"),
        ("b[1][2]", "b[1][2]"),
        ("b[1][2, 0]", "b[1][2]"),
        ("delta[1][2]", "delta[1][2]"),
        ("x[0]", "x[0]"),
        ("3x2", "(3, 2)"),
        ("(3,)", "(3,)"),
    ],
)
def test_code_is_read_as_a_learner_may_write_it(typed, code):
    assert str(read_code(typed)) == code


@given(st.sampled_from(["w", "b", "delta", ""]), st.lists(st.integers(0, 99), min_size=2, max_size=3))
def test_code_is_read_back_as_it_is_written(name, indices):
    code = read_code(str(Code(name, tuple(indices))))
    assert code
    assert read_code(str(code)) == code
    assert (code.name, code.indices[:2]) == (name, tuple(indices[:2]))


@pytest.mark.parametrize("typed", ["", "w", "w[a]", "w[1][2,0,4,5]", "w[-1]", "1.5", "w[٣]", "w[12345]", "import os"])
def test_what_is_no_code_is_none(typed):
    assert read_code(typed) is None

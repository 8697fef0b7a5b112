"""The judge of predictions: what counts as right, which slip is recognized, and what is said of it."""

import math
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from backprop_lab import cases
from backprop_lab.quantities import Quantity
from backprop_lab.questions import forms
from backprop_lab.questions.asking import again, skipped, told
from backprop_lab.questions.naming import find, mistakes
from backprop_lab.questions.predictions import ChoiceAsked, OrderAsked, shuffled
from backprop_lab.questions.typed import CodeAsked, NumberAsked
from backprop_lab.questions.typed_answers import Code, judge_number, read_code, read_number

VALUES = st.floats(1e-4, 1e4) | st.floats(-1e4, -1e-4)
SLIPS = (("σ′ left out", -0.693023), ("a factor of two too much", -0.294870))
RATE = NumberAsked(question="How fast?", answer=-0.147435, slips=SLIPS)
FEEDBACK = ("Rates along a path multiply.", "Yes.")
CHOICE = ChoiceAsked(question="Add or multiply?", choices=("add", "multiply"), feedback=FEEDBACK, answer="multiply")
WHY = ("z is made of x.", "σ takes z.", "C compares a.")
ORDER = OrderAsked(
    question="Which comes first?", items=("x", "z", "a", "C"), because=WHY, reveal="Each feeds the next."
)


def rounded(value, digits):
    return f"{value:.{digits - 1}e}"


@given(VALUES, st.integers(2, 12))
@example(1.06, 2)
def test_the_answer_counts_when_rounded_to_two_digits_or_more(value, digits):
    assert judge_number(Decimal(rounded(value, digits)), value, ()).right


@given(VALUES, st.sampled_from([-1.0, 0.5, 2.0, 10.0, 0.1, 1.1, 0.9]), st.integers(2, 12))
def test_a_wrong_sign_or_factor_never_counts(value, factor, digits):
    assert not judge_number(Decimal(rounded(factor * value, digits)), value, ()).right


@given(VALUES, VALUES, st.integers(3, 12))
def test_a_slip_is_recognized_by_its_value_and_named(value, slip, digits):
    assume(abs(slip - value) > 0.02 * max(abs(slip), abs(value)))
    verdict = judge_number(Decimal(rounded(slip, digits)), value, [("σ′ left out", slip)])
    assert verdict[:2] == (False, "That is the value with σ′ left out.")


@given(VALUES, st.floats(1e-3, 0.02))
def test_what_is_nearer_to_a_slip_than_to_the_answer_is_not_right(value, apart):
    slip = value * (1 + apart)
    between = Decimal(repr(value * (1 + 0.6 * apart)))
    assert not judge_number(between, value, [("a slip so near", slip)]).right
    assert judge_number(Decimal(repr(value * (1 + 0.4 * apart))), value, [("a slip so near", slip)]).right
    assert judge_number(Decimal(3), 2.0, [("a slip as near", 4.0)], 0.5).right


@pytest.mark.parametrize(  # what careful people typed, and what it was compared with
    ("typed", "answer"),
    [
        ("-0.0473", -0.0474),
        ("−0.0148", -0.014744),
        ("-0.0396", -0.039651),
        ("0.0188", 0.018717),
        ("-0.148", -0.147435),
        ("98.0", 100.0),
    ],
)
def test_a_hand_calculation_with_three_digits_is_right(typed, answer):
    number = read_number(typed)
    assert number is not None
    assert judge_number(number, answer, ()).right


@given(VALUES)
def test_three_digits_cut_off_are_right_too(value):
    cut = Decimal(repr(value))
    step = Decimal(1).scaleb(cut.adjusted() - 2)
    assert judge_number(cut.quantize(step, "ROUND_DOWN") if step < abs(cut) else cut, value, ()).right


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        *(("1,000", 1000), ("1,111,111,111", 1111111111), ("0,25", 0.25), ("3,5", 3.5), ("1e9", 1e9), ("10^9", 1e9)),
        *(("10**9", 1e9), ("3·10⁻⁶", 3e-6), ("2 * 10^-3", 2e-3), ("2/3", 2 / 3), ("−.5", -0.5), (".5", 0.5)),
        *(
            ("0,250", 0.25),
            ("–0.5", -0.5),
            ("10⁹", 1e9),
            ("1 000 000", 1e6),
            ("-10^2", -100),
            ("1/0", None),
            ("10^", None),
            ("", None),
            ("ten", None),
        ),
    ],
)
def test_a_number_is_read_as_people_write_it(typed, read):
    found = read_number(typed)
    assert (None if found is None else float(found)) == (None if read is None else pytest.approx(read))


def test_a_count_has_to_be_exact_and_a_guess_is_never_wrong():
    count = NumberAsked(question="How many?", answer=97, decimals=0)
    assert [count.judge(each).right for each in ("97", "98", "96")] == [True, False, False]
    said = [count.judge(each).words for each in ("98", "-97", "-98")]
    assert said == [
        "Near, but a count has to be exact.",
        "The size is right, the sign is not.",
        "That is not the value.",
    ]
    guess = NumberAsked(question="When?", answer=168, decimals=0, guess=True)
    assert told(guess, "160") == "Your guess is off by 8 (4.8%). The answer is 168."
    assert told(guess, "168") == "That is right. The answer is 168."
    assert told(guess, "160.5").startswith("Your guess is off by 7.50 ")
    assert told(NumberAsked(question="", answer=47_720, decimals=0), "0.25").count("off by 47,719.75 (100.0%)")
    assert [guess.judge(each)[::2] for each in ("1", "168")] == [(True, False), (True, True)]


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
        ("-.693", "That is the value with σ′ left out. You said −.693, off by 0.545565 (370.0%)."),
        ("0.147", "The size is right, the sign is not. You said 0.147, off by 0.294435 (199.7%)."),
        ("-0.1", "That is not the value."),
        ("-0.149", "That is right."),
        ("-0.155", "Close, but farther off than rounding explains. You said −0.155, off by 0.007565 (5.1%)."),
        ("3", "That is not the value. You said 3, off by 3.147435."),
    ],
)
def test_what_is_said_of_a_number(typed, said):
    assert told(RATE, typed).startswith(said)
    assert "The answer is −0.147435." in told(RATE, typed)
    assert RATE.judge(typed).right == said.startswith("That is right")


@pytest.mark.parametrize("answer", [0.0, 1e-17])
def test_zero_can_be_the_answer(answer):
    asked = NumberAsked(question="", answer=answer, decimals=1)
    assert told(asked, "0") == "That is right. The answer is 0.0."
    assert asked.strong_hint == "See whether something is multiplied by zero, or cancels."
    assert told(asked, "0.1").endswith("You said 0.1, off by 0.1. The answer is 0.0.")


def test_what_was_typed_the_answer_and_how_far_off_it_is_add_up():
    asked = NumberAsked(question="", answer=-0.8, decimals=1)
    assert "You said 0.25, off by 1.05 (131.2%). The answer is −0.8." in told(asked, "0.25")


@given(st.text() | st.sampled_from(["nan", "inf", "1e999999", "1_0", "0x1", "1/2", "--1", "١", "1/0", "10^99", "9e99"]))
def test_what_is_read_as_a_number_is_a_finite_one(text):
    number = read_number(text)
    assert RATE.complete(text) == (number is not None)
    assert number is None or math.isfinite(float(number))


@pytest.mark.parametrize("value", [-0.147435, -0.147436, -0.1475, math.nan, math.inf])
def test_a_slip_that_could_not_be_told_from_the_answer_is_refused(value):
    with pytest.raises(ValueError, match=r"slip 'of mine' must be finite and differ from the answer -0.147435, got"):
        NumberAsked(question="", answer=-0.147435, slips=(("of mine", value),))


def test_an_answer_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="answer must be a finite number, got nan"):
        NumberAsked(question="", answer=math.nan)


def test_a_choice_tells_why():
    assert told(CHOICE, "0") == "You chose “add”. Rates along a path multiply. The answer is “multiply”. Yes."
    assert told(CHOICE, "1") == "That is right: “multiply”. Yes."
    assert [CHOICE.judge(each).right for each in CHOICE.samples] == [False, True]
    assert skipped(CHOICE) == "You skipped the question. The answer is “multiply”. Yes."


def test_a_choice_needs_its_answer():
    with pytest.raises(ValueError, match=r"answer must be one of different choices \('add',\), got 'multiply'"):
        ChoiceAsked(question="", choices=("add",), feedback=("",), answer="multiply")


@given(st.permutations(ORDER.items))
def test_an_order_tells_which_neighbors_are_the_wrong_way_round_and_why(chosen):
    said = told(ORDER, tuple(chosen))
    right = tuple(chosen) == ORDER.items
    assert said.startswith("That is right." if right else "The wrong way round: ")
    assert "The order is: x, z, a, C." in said
    assert said.endswith("Each feeds the next.")
    assert ORDER.judge(tuple(chosen)).right == right
    assert not ORDER.complete(tuple(chosen[:3]))


def test_an_order_gives_the_reasons_of_the_pair_that_is_turned_and_no_others():
    assert told(ORDER, ("x", "a", "z", "C")) == (
        "The wrong way round: “a” before “z”. The order is: x, z, a, C. σ takes z. Each feeds the next."
    )
    assert again(ORDER, ("z", "x", "C", "a"), 1) == "The wrong way round: “z” before “x”, “C” before “a”. Try again."
    assert again(ORDER, ("C", "a", "z", "x"), 2).endswith("It begins with “x”. Try again.")
    with pytest.raises(ValueError, match="because must have 3 reasons, got 1"):
        OrderAsked(question="", items=("x", "z", "a", "C"), because=("one",))


@pytest.mark.parametrize(
    ("typed", "misses", "said"),
    [
        ("-0.693", 1, "That is the value with σ′ left out. Try again."),
        ("-0.693", 2, "That is the value with σ′ left out. It is negative, with a size between 0.1 and 1. Try again."),
        ("0.147", 1, "The size is right, the sign is not. Try again."),
        ("3", 1, "That is not the value. Try again."),
        ("3", 2, "That is not the value. It is negative, with a size between 0.1 and 1. Try again."),
    ],
)
def test_a_miss_names_the_slip_then_hints_and_never_tells(typed, misses, said):
    assert again(RATE, typed, misses) == said


@given(VALUES)
def test_the_hint_of_a_number_is_true(value):
    words = NumberAsked(question="", answer=value).strong_hint
    low, high = re.findall(r"[\d.,]*\d", words)
    assert float(low.replace(",", "")) <= abs(value) * (1 + 1e-12)
    assert abs(value) <= float(high.replace(",", "")) * (1 + 1e-12)
    assert ("negative" in words) == (value < 0)


def test_hints_that_are_written_come_first_and_second_and_who_was_sure_and_wrong_reads_more():
    asked = replace(RATE, hints=("Look at σ′.", "σ′ is 0.21."), longer="Read on.")
    assert again(asked, "3", 1) == "That is not the value. Look at σ′. Try again."
    assert again(asked, "3", 2) == "That is not the value. σ′ is 0.21. Try again."
    assert told(asked, "3", "sure").endswith("You were sure. Read on.")
    assert "sure" not in told(asked, "3", "guess") + told(asked, "-0.147", "sure") + told(RATE, "3", "sure")


@given(st.lists(st.text(), min_size=2, max_size=6, unique=True), st.text())
def test_the_items_are_never_shown_in_the_right_order(items, question):
    shown = shuffled(items, question)
    assert sorted(shown) == sorted(items)
    assert shown != items
    assert shown == shuffled(items, question)


def test_items_must_differ():
    with pytest.raises(ValueError, match=r"at least two different texts, got \('x', 'x'\)"):
        OrderAsked(question="", items=("x", "x"))


@pytest.mark.parametrize("asked", [RATE, CHOICE, ORDER, forms.name(cases.deep, 1.5)], ids=lambda asked: asked.question)
def test_the_samples_of_a_question_hold_the_right_answer_and_every_slip(asked):
    verdicts = [asked.judge(each) for each in asked.samples]
    assert all(asked.complete(each) for each in asked.samples)
    assert sum(verdict.right for verdict in verdicts) == 1
    for name, _ in getattr(asked, "slips", ()):
        assert any(f" with {name}." in verdict.words for verdict in verdicts)
    assert not any(verdict.right and " off by " in verdict.words for verdict in verdicts)


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


def test_a_slip_that_equals_the_answer_is_refused():
    with pytest.raises(ValueError, match=r"slip 'mine' must differ from the answer \(2, 3\), got \(2, 3\)"):
        CodeAsked(question="", answer=Code("", (2, 3)), slips=(("mine", Code("", (2, 3))),))


@pytest.mark.parametrize(
    ("value", "typed", "said"),
    [
        (1.5, "w[2][0, 2]", "That is right. The answer is w[2][0, 2]. Its value is +1.50."),
        (1.5, "w[2][2, 0]", "That is the answer with the indices swapped. You said w[2][2, 0]. The answer is"),
        (1.5, "w[2][1, 3]", "That is the answer with the neurons counted from one."),
        (1.5, "w[1][0, 2]", "That is the answer with the wrong layer."),
        (0.4, "b[2][1]", "That is right."),
        (0.4, "b[1][2]", "That is the answer with the indices swapped."),
        (0.4, "b[2][2]", "That is the answer with the neurons counted from one."),
        (0.4, "b[2][0]", "That is the answer with the neurons counted from one."),
        (1.2, "w[1][0, 0]", "That is right."),
        (1.2, "w[1][2, 1]", "That is not the answer. You said w[1][2, 1]."),
    ],
)
def test_a_weight_is_asked_for_by_its_value(value, typed, said):
    assert told(forms.name(cases.deep, value), typed).startswith(said)


@pytest.mark.parametrize(("value", "count"), [(0.6, 2), (7.0, 0)])
def test_a_value_must_belong_to_one_weight_or_bias(value, count):
    with pytest.raises(ValueError, match=f"value must be that of one weight or bias, got {value}, that of {count}"):
        forms.name(cases.deep, value)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("(2, 3)", "That is right."),
        ("(3, 2)", "That is the answer with rows and columns swapped, or with the wrong layer."),
        ("(1, 2)", "That is the answer with the wrong layer."),
        ("(9, 9)", "That is not the answer."),
    ],
)
def test_a_shape_is_asked_for(typed, said):
    asked = forms.shape("The shape of w[2]?", cases.deep.parameters.w, layer=2, reveal="To, from.")
    assert told(asked, typed).startswith(said)
    assert told(asked, typed).endswith("The answer is (2, 3). To, from.")
    assert asked.strong_hint == "Its first number is 2."


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ((1, 0, 2), "swapped-indices"),
        ((1, 3, 1), "counted-from-one"),
        ((2, 3, 1), "counted-from-one"),
        ((2, 2, 0), "wrong-layer"),
        ((0, 2, 0), "wrong-layer"),
        ((1, 1, 0), ""),
        ((1, 2), ""),
        ((1, 2, 0), ""),
    ],
)
def test_a_slip_is_known_by_what_comes_of_it(given, name):
    found = [slip for slip, results in mistakes(Code("w", (1, 2, 0))).items() if Code("w", given) in results]
    assert found == ([name] if name else [])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("w[1][0, 2]", "w[1] has no column 2: layer 0 has 2 neurons, numbered from 0."),
        ("w[1][3, 0]", "w[1] has no row 3: layer 1 has 3 neurons, numbered from 0."),
        ("w[3][0, 0]", "There is no w[3]: w has the layers 1 to 2."),
        ("w[0][0, 0]", "There is no w[0]: w has the layers 1 to 2."),
        ("z[0][1]", "There is no z[0]: z has the layers 1 to 2."),
        ("a[2][1]", "Layer 2 has no neuron 1: layer 2 has 1 neuron, numbered from 0."),
        ("w[1][2]", "w needs 3 numbers in its brackets, as in w[1][2, 0]; you gave 2."),
        ("x[0][1]", "x needs 1 number in its brackets, as in x[0]; you gave 2."),
        ("v[1][2, 0]", "v[1][2, 0] names nothing here: the names are w, b, z, a, delta and x."),
        ("the third one", "“the third one” is not a name: write it like w[1][2, 0]."),
        ("w[1][3, :]", "w[1] has no row 3: layer 1 has 3 neurons, numbered from 0."),
        ("w[2][:, 3]", "w[2] has no column 3: layer 1 has 3 neurons, numbered from 0."),
        ("w[3][:, 0]", "There is no w[3]: w has the layers 1 to 2."),
    ],
)
def test_a_name_that_names_nothing_is_explained(typed, said):
    assert find(cases.running, typed) == said


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("w[1][2][1]", "w1.2.1"),
        ("b[2][0, 0]", "b2.0"),
        ("delta[1][2]", "a1.2"),
        ("z[2][0]", "a2.0"),
        ("x[1]", "a0.1"),
        ("a[0][1]", "a0.1"),
        ("w[1][2, :]", "a1.2"),
        ("w[2][:,2]", "a1.2"),
        ("w[1][:, 0]", "a0.0"),
    ],
)
def test_a_name_is_found_and_what_belongs_to_a_neuron_is_the_neuron(typed, key):
    found = find(cases.running, typed)
    assert isinstance(found, Quantity)
    assert found.key == key

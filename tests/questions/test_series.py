"""Every question of the series: judged fairly, each slip named, three options at least, nothing told too early."""

import re
from collections import Counter
from decimal import ROUND_DOWN, Decimal
from itertools import chain
from random import Random

import pytest
from notebook_rules import BANNED, GERMANISMS

from backprop_lab import questions
from backprop_lab.drawing.picture import Press, Turn
from backprop_lab.drawing.prose import spoken, typeset
from backprop_lab.pictures.prediction import Prediction, update, view
from backprop_lab.questions.asking import again
from backprop_lab.questions.predictions import ChoiceAsked, OrderAsked
from backprop_lab.questions.typed import CodeAsked, NumberAsked, TypedAsked

NUMBERS = [notebook[:2] for notebook in questions.NOTEBOOKS]
KEYS = [f"{number}.{name}" for number in NUMBERS for name in questions.names(number)]
ASKED = {key: questions.ask(key) for key in KEYS} | {
    f"{number}.{form.__name__} {seed}": form(Random(seed))
    for number in NUMBERS
    for form in questions.recallable(number)
    for seed in range(25)
}

UNKNOWN = {NumberAsked: ("-4321.5",), CodeAsked: ("w[7][7, 7]",)}  # nobody's slip


def those(kind):
    return pytest.mark.parametrize("asked", [each for each in ASKED.values() if isinstance(each, kind)], ids=str)


def rounded(value, digits):
    return f"{value:.{digits - 1}e}"


def cut(value, digits):
    """The digits that are written when the others are left out."""
    exact = Decimal(repr(float(value)))
    step = Decimal(1).scaleb(exact.adjusted() - digits + 1)
    return str(exact.quantize(step, ROUND_DOWN) if step < abs(exact) else exact)


@those(NumberAsked)
def test_a_number_is_judged_fairly(asked):
    whole = asked.decimals == 0
    typed = [f"{asked.answer:.0f}"] if whole else [rounded(asked.answer, digits) for digits in (2, 3, 4)]
    typed = typed if whole else [*typed[0 if _apart(asked) else 1 :], cut(asked.answer, 3)]
    assert all(asked.judge(each).right for each in typed), [(each, asked.judge(each)) for each in typed]


def _apart(asked):
    """Whether two digits tell the answer from every slip."""
    return all(abs(value - asked.answer) > 0.1 * abs(asked.answer) for _, value in asked.slips)


@those(TypedAsked)
def test_each_slip_is_named_beside_those_that_come_to_the_same_and_none_is_accepted(asked):
    for name, value in asked.slips:
        right, words, _ = asked.judge(repr(value) if isinstance(asked, NumberAsked) else asked.write(value))
        assert right == getattr(asked, "guess", False)
        assert right or re.search(rf" with {re.escape(name)}[.,]", words)


@those(ChoiceAsked)
def test_a_choice_has_three_options_at_least_each_with_its_reason(asked):
    assert len(asked.choices) >= 3
    assert all(len(reason) > 10 for reason in asked.feedback)


@pytest.mark.parametrize("name", questions.NOTEBOOKS)
def test_a_quiz_has_three_options_at_least_each_wrong_one_with_its_reason(name):
    for asked in questions.quiz(name):
        assert len(asked.choices) >= 3
        assert all(choice.correct or len(choice.feedback) > 10 for choice in asked.choices)
        assert asked.explanation


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_each_hint_is_given_to_somebody(asked):
    wrong = [*(each for each in asked.samples if not asked.judge(each).right), *UNKNOWN.get(type(asked), ())]
    given = {again(asked, each, misses) for each in wrong for misses in range(1, asked.tries)}
    assert all(any(hint in each for each in given) for hint in asked.hints)


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_no_sign_of_a_power_is_left_in_a_formula_that_is_shown(asked):
    state = update(Prediction(asked), Press("skip"))
    assert "^" not in re.sub(r"<code.*?</code>|<[^>]*>", "", view(state).markup)


def test_the_right_option_has_no_favorite_place():
    places = Counter(
        each.choices.index(each.answer) for key, each in ASKED.items() if key in KEYS and isinstance(each, ChoiceAsked)
    )
    assert not places or max(places.values()) <= 0.7 * sum(places.values()) or sum(places.values()) < 8


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_nothing_of_the_answer_is_in_the_page_before_it_may_be_seen(asked):
    """Not in the markup, not in what is spoken: at the beginning, and after each miss that may be tried again."""
    state = Prediction(asked)
    secrets = [asked.reveal, asked.solution, asked.longer]
    secrets += asked.feedback if isinstance(asked, ChoiceAsked) else []
    assert not _told(secrets, state)
    if isinstance(asked, OrderAsked):
        return
    wrong = [each for each in asked.samples if not asked.judge(each).right]
    for given in wrong[: asked.tries - 1]:
        state = update(update(state, Turn("given", str(given))), Press("commit"))
        assert state.phase == "open"
        assert not _told([asked.reveal, asked.solution, asked.longer], state)
        assert "bl-right" not in view(state).markup


def _told(secrets, state):
    picture = view(state)
    seen = f"{picture.markup} {picture.text}"
    return [secret for secret in filter(None, secrets) if spoken(secret) in seen or typeset(secret) in seen]


@pytest.mark.parametrize("key", KEYS)
def test_a_question_is_the_same_at_each_run_and_short_enough_to_be_read(key):
    assert questions.ask(key) == ASKED[key]
    assert len(spoken(ASKED[key].question).split()) <= 70
    assert len(ASKED[key].longer.split()) <= 60


@pytest.mark.parametrize("number", NUMBERS[2:])
def test_old_questions_come_back_with_other_numbers_for_another_seed(number):
    drawn = questions.recalled(number)
    assert [source for source, _ in drawn] == sorted({source for source, _ in drawn}, reverse=True)
    assert all(source < number for source, _ in drawn)
    assert drawn == questions.recalled(number)
    assert len({str(questions.recalled(number, seed)) for seed in range(10)}) > 5


def test_the_older_question_comes_from_another_notebook_as_the_series_goes_on():
    older = Counter(questions.recalled(number)[1][0] for number in NUMBERS[2:])
    assert max(older.values()) <= 2
    assert len(older) >= 6


@pytest.mark.parametrize(("number", "message"), [("00", "from 02 on, got '00'"), ("5", "got '5'"), ("x", "got 'x'")])
def test_before_the_third_notebook_nothing_comes_back(number, message):
    with pytest.raises(ValueError, match=message):
        questions.recalled(number)


@pytest.mark.parametrize(
    ("key", "message"),
    [("01.nothing", "one of 01.a_weight_by_its_value, .* got '01.nothing'"), ("77.x", "NN one of 00, 01"), ("", "NN")],
)
def test_a_question_that_is_not_there_is_refused_with_those_that_are(key, message):
    with pytest.raises(ValueError, match=message):
        questions.ask(key)


def _texts():
    """Every sentence of every question and quiz."""
    for key, asked in ASKED.items():
        parts = (getattr(asked, part, ()) for part in ("hints", "feedback", "choices", "items", "because"))
        slips = (name for name, _ in getattr(asked, "slips", ()))
        for text in (asked.question, asked.reveal, asked.longer, *chain(*parts), *slips):
            yield key, text
    for name in questions.NOTEBOOKS:
        for asked in questions.quiz(name):
            for choice in asked.choices:
                yield from ((name, text) for text in (asked.prompt, asked.explanation, choice.text, choice.feedback))


def test_questions_are_english_and_shame_nobody():
    unwanted = re.compile(rf"\b(?:{'|'.join(GERMANISMS)})\b", re.IGNORECASE)
    found = {(key, match[0]) for key, text in _texts() for match in unwanted.finditer(spoken(text))}
    found |= {(key, match[0]) for key, text in _texts() for match in BANNED.finditer(spoken(text))}
    assert not found


def test_a_minus_is_written_as_one():
    """A hyphen is for words, and for the code that stands in `…`; in sizes, 2-3-1, it joins numbers."""
    outside = {(key, re.sub(r"`[^`]*`|\$[^$]*\$", "", text)) for key, text in _texts()}
    assert not [(key, text) for key, text in outside if re.search(r"(?<![\w.])-\.?\d", text)]


def test_what_is_said_is_made_of_whole_sentences():
    said = {
        text
        for asked in ASKED.values()
        for part in ("hints", "feedback", "because")
        for text in (*getattr(asked, part, ()), asked.reveal, asked.longer)
    }
    assert not [text for text in said if text and text[-1] not in ".?!"]

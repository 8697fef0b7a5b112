"""Quizzes: a wrong option costs its penalty once; what may be seen follows `show_next`."""

import re

import pytest
from two_questions import MANY, ONE

from backprop_lab import questions
from backprop_lab.questions import quizzes
from backprop_lab.questions.quizzes import Choice, Question


def after(question, *attempts):
    state = quizzes.begin([question])
    for chosen in attempts:
        state = quizzes.answer(state, 0, chosen)
    return state


@pytest.mark.parametrize(
    ("question", "attempts", "points"),
    [
        (ONE, [], 0),
        (ONE, [[0]], 100),
        (ONE, [[1]], 0),
        (ONE, [[1], [0]], 90),
        (ONE, [[1], [1], [1], [0]], 90),
        (MANY, [[0, 1]], 100),
        (MANY, [[0]], 0),
        (MANY, [[0], [0, 1]], 100),
        (MANY, [[0, 1, 2], [2], [0, 1]], 70),
        (MANY, [[2], [3], [0, 1]], 40),
        (MANY, [[0, 1], [2]], 100),
        (MANY, [[]], 0),
    ],
)
def test_a_wrong_option_costs_its_penalty_once(question, attempts, points):
    assert after(question, *attempts).score == points


def test_no_score_falls_below_zero():
    question = Question("?", [Choice("a", correct=True), *(Choice(t, feedback="No.") for t in "bc")], penalty=80)
    assert after(question, [1], [2], [0]).score == 0


@pytest.mark.parametrize(
    ("question", "attempts", "seen"),
    [(MANY, [], False), (MANY, [[2]], True), (MANY, [[0, 1]], True), (ONE, [[1]], False), (ONE, [[1], [0]], True)],
)
def test_the_answer_may_be_seen_once_it_is_found_or_after_a_wrong_attempt_with_show_next(question, attempts, seen):
    assert after(question, *attempts).open(0) == seen


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Choice("that"), "feedback must say why 'that' is wrong"),
        (lambda: Question("?", [Choice("a", correct=True)]), "at least two, one of them correct, got 1"),
        (lambda: Question("?", [Choice("a", feedback="No."), Choice("b", feedback="No.")]), "one of them correct"),
        (lambda: Question("?", ONE.choices, penalty=101), "between 0 and 100, got 101"),
        (lambda: quizzes.answer(after(ONE), 1, [0]), r"got 1 and \[0\]"),
        (lambda: quizzes.answer(after(ONE), 0, [2]), r"got 0 and \[2\]"),
    ],
)
def test_what_makes_no_sense_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_every_notebook_has_its_questions(notebook):
    assert questions.quiz(notebook.stem)


def test_the_questions_of_the_second_seed_keep_their_penalties_and_what_is_shown_next():
    """Notebook 01 asks the first four, 04 and 06 one each: penalties 5, 5, 5, 10, 0, 0; shown next: the first two."""
    first, fifth, sixth = map(questions.quiz, ("01_notation", "04_chain_rule", "06_bp1_output_error"))
    asked = [*first[:4], fifth[0], sixth[0]]
    assert [each.penalty for each in asked] == [5, 5, 5, 10, 0, 0]
    assert [each.show_next for each in asked] == [True, True, False, False, False, False]
    assert re.search("number of neurons in layer l − 1", str(asked[0].prompt))

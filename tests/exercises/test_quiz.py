"""Quizzes: a wrong option costs its penalty once and says why; what may be seen follows `show_next`."""

from xml.etree import ElementTree as ET

import pytest

from backprop_lab import quiz as quizzes
from backprop_lab import widgets
from backprop_lab.drawing.markup import Markup, element
from backprop_lab.exercises.questions import QUESTIONS
from backprop_lab.exercises.quiz import Choice, Question
from backprop_lab.views import quiz as view

ONE = Question("Which?", [Choice("this", correct=True), Choice("that", feedback="Not that.")], penalty=10)
MANY = Question(
    "Which ones?",
    [
        Choice("p", correct=True),
        Choice("q", correct=True),
        Choice("r", feedback="Not r."),
        Choice("s", feedback="No s."),
    ],
    penalty=30,
    show_next=True,
    explanation="Both count.",
)


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


def test_a_wrong_option_shows_its_own_feedback_only():
    shown = view.quiz(after(MANY, [0, 2])).markup
    assert "Not r." in shown
    assert "No s." not in shown


def test_with_show_next_the_answer_appears_after_a_wrong_attempt():
    assert "Both count." in view.quiz(after(MANY, [2])).markup


def test_without_show_next_the_right_one_must_be_found():
    shown = view.quiz(after(ONE, [1])).markup
    assert "Right is" not in shown
    assert "Try again." in shown
    assert "That is right." in view.quiz(after(ONE, [1], [0])).markup


def test_nothing_is_told_before_the_first_attempt():
    shown = view.quiz(after(MANY)).markup
    assert "Both count." not in shown
    assert "Not r." not in shown


def test_one_right_option_makes_radio_buttons_several_make_checkboxes():
    kinds = [
        {box.get("type") for box in ET.fromstring(element("div", view.quiz(after(q)).markup)).iter("input")}
        for q in (ONE, MANY)
    ]
    assert kinds == [{"radio"}, {"checkbox"}]


@pytest.mark.parametrize("attempts", [[], [[1]], [[0]]])
def test_hostile_text_stays_text(attempts):
    hostile = "<script>alert('&')</script>"
    question = Question(
        hostile, [Choice(hostile, correct=True), Choice(hostile, feedback=hostile)], explanation=hostile
    )
    for picture in (view.quiz(after(question, *attempts)), view.still(after(question))):
        assert "script" not in {each.tag for each in ET.fromstring(element("div", picture.markup)).iter()}


def test_markup_is_shown_as_it_is():
    prompt = Markup("What is <b>z</b>?")
    assert prompt in view.quiz(after(Question(prompt, ONE.choices))).markup


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Choice("that"), "feedback must say why 'that' is wrong"),
        (lambda: Question("?", [Choice("a", correct=True)]), "at least two, one of them correct, got 1"),
        (lambda: Question("?", [Choice("a", feedback="No."), Choice("b", feedback="No.")]), "one of them correct"),
        (lambda: Question("?", ONE.choices, penalty=101), "between 0 and 100, got 101"),
        (lambda: quizzes.answer(after(ONE), 1, [0]), r"got 1 and \[0\]"),
        (lambda: quizzes.answer(after(ONE), 0, [2]), r"got 0 and \[2\]"),
        (lambda: widgets.quiz("99_nothing"), "got '99_nothing'"),
    ],
)
def test_what_makes_no_sense_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_every_notebook_has_its_questions(notebook):
    assert QUESTIONS[notebook.stem]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_quiz_can_be_read_without_a_kernel(name):
    bundle = widgets.quiz(name)._repr_mimebundle_()
    for question in QUESTIONS[name]:
        assert question.prompt in bundle["text/plain"]
        for choice in question.choices:
            assert choice.text in bundle["text/plain"]
    assert "<details>" in bundle["text/html"]
    assert "<input" not in bundle["text/html"]


def test_an_attempt_in_the_browser_is_answered():
    form = widgets.quiz("02_forward_pass")
    form.attempt = {"question": 0, "chosen": [0, 1], "turn": 1}
    assert form.state.score == 100
    assert "100 of 100 points" in form.picture


def test_what_changes_with_an_attempt_has_a_key_and_all_else_stays():
    """The browser replaces what has a key, so that focus and choices are kept."""

    def unkeyed(state):
        tree = ET.fromstring(element("div", view.quiz(state).markup))
        for each in tree.iter():
            if each.get("data-key"):
                each.clear()
        return ET.tostring(tree)

    assert unkeyed(after(ONE)) == unkeyed(after(ONE, [1])) == unkeyed(after(ONE, [0]))

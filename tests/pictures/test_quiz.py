"""The quiz as it is seen: native radio buttons and boxes, feedback of the last attempt, answers to unfold later."""

from xml.etree import ElementTree

import pytest
from two_questions import MANY, ONE

from backprop_lab import widgets
from backprop_lab.drawing.markup import Markup
from backprop_lab.drawing.picture import Press, Tick, Turn
from backprop_lab.drawing.prose import spoken, typeset
from backprop_lab.pictures.quiz import begin, feedback, of, update, view
from backprop_lab.questions import NOTEBOOKS, quiz
from backprop_lab.questions.quizzes import Choice, Question

from .hands import events, parsed


def after(questions, *attempts):
    """The quiz with these questions after attempts (question, choices)."""
    state = of(tuple(questions))
    for at, chosen in attempts:
        if len(questions[at].right) > 1:
            for n in range(len(questions[at].choices)):
                state = update(state, Turn(f"q{at}.{n}", n in chosen))
        else:
            state = update(state, Turn(f"q{at}", str(*chosen)))
        state = update(state, Press(f"check {at}"))
    return state


def shown(state):
    """What is seen while a kernel answers."""
    return parsed(view(state))


def text(state):
    return "".join(shown(state).itertext())


def test_nothing_is_told_before_the_first_attempt():
    state = update(of((MANY, ONE)), Turn("q0.2", True))
    assert not any(secret in text(state) for secret in ("Both count.", "Not r.", "Not that.", "right is"))
    assert view(state).text == "0 of 2 questions answered right: 0 of 200 points."


@pytest.mark.parametrize(
    ("question", "attempts", "said"),
    [
        (ONE, [{1}], "Not right yet. “that”: Not that. Try again."),
        (ONE, [{1}, {0}], "That is right.  90 of 100 points."),
        (MANY, [{0}], "What you chose is right, but something is missing. The answers are “p” and “q”. Both count."),
        (MANY, [{0, 2}], "Not right yet. “r”: Not r. The answers are “p” and “q”. Both count."),
        (MANY, [{2, 3}], "Not right yet. “r”: Not r. “s”: No s. The answers are “p” and “q”. Both count."),
        (MANY, [{3}, {0, 1}], "That is right. Both count. 70 of 100 points."),
    ],
)
def test_what_is_said_of_an_attempt(question, attempts, said):
    state = after([question], *((0, chosen) for chosen in attempts))
    assert feedback(state.quiz, 0) == said
    (status,) = [each for each in shown(state).iter("p") if each.get("role") == "status"]
    assert "".join(status.itertext()) == said
    assert status.get("class") == f"bl-told bl-{'right' if said.startswith('That is right') else 'wrong'}"


def test_the_score_is_said_below():
    state = after([ONE, MANY, ONE], (0, {1}), (0, {0}), (1, {0, 1}))
    assert view(state).text == "2 of 3 questions answered right: 190 of 300 points."


def test_one_right_option_makes_radio_buttons_several_make_boxes():
    kinds = [{box.get("type") for box in shown(of((asked,))).iter("input")} for asked in (ONE, MANY)]
    assert kinds == [{"radio"}, {"checkbox"}]


def test_a_choice_is_kept_and_another_takes_its_place():
    state = update(of((ONE,)), Turn("q0", "1"))
    assert [dot.get("checked") for dot in shown(state).iter("input")] == [None, ""]
    assert update(state, Turn("q0", "0")).chosen == (frozenset({0}),)
    boxes = update(update(of((MANY,)), Turn("q0.1", True)), Turn("q0.3", True))
    assert [box.get("checked") for box in shown(boxes).iter("input")] == [None, "", None, ""]
    assert update(boxes, Turn("q0.1", False)).chosen == (frozenset({3}),)


def presses(state):
    return [event for event in events(view(state)) if isinstance(event, Press)]


def test_only_what_would_say_something_new_can_be_checked_and_what_is_right_stays():
    state = of((ONE, MANY))
    assert presses(state) == []
    assert update(state, Press("check 0")) == state
    state = update(state, Turn("q0", "1"))
    assert presses(state) == [Press("check 0")]
    state = update(state, Press("check 0"))
    assert presses(state) == []
    state = update(update(state, Turn("q0", "0")), Press("check 0"))
    assert update(state, Turn("q0", "1")) == state
    assert {event.key for event in events(view(state)) if not isinstance(event, Tick)} == {
        "q1.0",
        "q1.1",
        "q1.2",
        "q1.3",
    }


@pytest.mark.parametrize("attempts", [[], [(0, {1})], [(0, {0})]])
def test_hostile_text_stays_text(attempts):
    hostile = "<script>alert('&')</script>"
    question = Question(
        hostile, [Choice(hostile, correct=True), Choice(hostile, feedback=hostile)], explanation=hostile
    )
    assert "script" not in {each.tag for each in parsed(view(after([question], *attempts))).iter()}


def test_markup_is_shown_as_it_is():
    prompt = Markup("What is <b>z</b>?")
    assert prompt in view(of((Question(prompt, ONE.choices),))).markup


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_saved_quiz_can_be_read_and_its_answers_unfolded(name):
    picture = view(begin(name))
    saved = "".join(parsed(picture).itertext())
    assert "<details" not in picture.markup  # the page of a live quiz holds no answer
    (folded,) = ElementTree.fromstring(f"<div>{picture.saved}</div>").iter("details")
    assert folded.get("class") == "bl-saved"  # which the stage does not show
    assert folded.get("open") is None
    answers = [item.itertext() for item in folded.iter("li")]
    for question, answer in zip(quiz(name), map("".join, answers), strict=True):
        assert seen(question.prompt) in saved
        assert all(seen(choice.text) in saved for choice in question.choices)
        assert all((f"“{seen(choice.text)}”" in answer) == choice.correct for choice in question.choices)
        assert seen(question.explanation) in answer


def seen(text):
    """The letters of a text with formulas in it."""
    return "".join(ElementTree.fromstring(f"<p>{typeset(text)}</p>").itertext())


@pytest.mark.parametrize("asked", [each for name in NOTEBOOKS for each in quiz(name)], ids=str)
def test_there_is_room_for_all_that_may_be_said(asked):
    boxes = {each.get("data-room") for each in shown(of((asked,))).iter("div") if each.get("data-room")}
    (room,) = boxes
    wrong = set(range(len(asked.choices))) - asked.right
    tries = [{n} for n in wrong] if len(asked.right) == 1 else [wrong, {*asked.right}]
    for chosen in (*tries, {*asked.right}):
        state = after([asked], (0, chosen))
        assert {each.get("data-room") for each in shown(state).iter("div") if each.get("data-room")} == boxes
        assert len(spoken(feedback(state.quiz, 0))) <= len(room)


def test_a_notebook_without_questions_is_refused():
    with pytest.raises(ValueError, match=r"notebook must be one of 00_start_here, .*, got '99_nothing'"):
        widgets.quiz("99_nothing")


def test_the_picture_is_as_it_was(golden):
    state = begin("02_forward_pass")
    golden("quiz-first", view(state))
    for event in (Turn("q0", "0"), Press("check 0"), Turn("q1", "0"), Press("check 1")):
        state = update(state, event)
    golden("quiz-answered", view(state))

"""Lecture mode: an answer is kept and not judged until it is revealed, nothing is scored, and type is larger."""

import re

import pytest

from backprop_lab import lecture, questions, widgets
from backprop_lab.drawing.picture import Press, Turn
from backprop_lab.live.host import LARGER
from backprop_lab.live.page import Live
from backprop_lab.pictures import prediction, quiz
from backprop_lab.pictures.prediction import recall

from .hands import events, parsed

KEYS = [f"{name[:2]}.{each}" for name in questions.NOTEBOOKS for each in questions.names(name[:2])][::3]
PRESSES = re.compile(r'data-press="([^"]*)"')


@pytest.fixture
def lecturing(monkeypatch):
    monkeypatch.setenv(lecture.SWITCH, "1")


def judged(picture):
    """Whether anything is marked as right or wrong, whatever room is kept for it."""
    return any("bl-mark" in node.get("class", "") for node in parsed(picture).iter()) or "bl-told bl-" in picture.markup


@pytest.mark.parametrize("key", KEYS)
def test_an_answer_is_kept_until_it_is_revealed(lecturing, key):
    state = prediction.begin(key)
    assert {press.partition(" ")[0] for press in PRESSES.findall(prediction.view(state).markup)} <= {
        "skip",
        "start",
        "item",
    }
    for event in [each for each in events(prediction.view(state)) if each != Press("skip")]:
        kept = prediction.update(state, event)
        picture = prediction.view(kept)
        assert not judged(picture)
        assert "ommit" not in picture.text
        assert "sure?" not in picture.markup
        revealed = prediction.view(prediction.update(kept, Press("skip")))
        assert "kipped" not in revealed.text
        assert revealed.text == prediction.view(prediction.update(state, Press("skip"))).text != picture.text
    with pytest.raises(ValueError, match="one that the picture offers"):
        prediction.update(state, Press("commit"))
    assert prediction.update(prediction.update(state, Press("skip")), Press("start over")) == state


@pytest.mark.parametrize("name", questions.NOTEBOOKS)
def test_a_quiz_is_revealed_question_by_question_and_has_no_points(lecturing, name):
    state = quiz.begin(name)
    assert all(each.held for each in recall.begin("05").predictions)
    for at in range(len(state.chosen)):
        for event in [each for each in events(quiz.view(state)) if isinstance(each, Turn)]:
            state = quiz.update(state, event)
            assert "point" not in quiz.view(state).text
        state = quiz.update(state, Press(f"check {at}"))
        assert quiz.view(state).text.startswith(f"{at + 1} of ")
        assert quiz.view(state).markup.count(">The answer") == at + 1
    assert "of 100 points" not in re.sub('data-room="[^"]*"', "", quiz.view(state).markup)


def test_one_switch_turns_it_on_and_off(monkeypatch):
    for value, on in {"1": True, "yes": True, "0": False, "": False}.items():
        monkeypatch.setenv(lecture.SWITCH, value)
        live = Live(prediction.begin(KEYS[0]), prediction.view, prediction.update)
        assert live.sheet.endswith(LARGER) is on
        assert live.state.held is on
        assert (">reveal<" in live.picture) is on
    monkeypatch.delenv(lecture.SWITCH)
    assert LARGER not in widgets.explorer().sheet

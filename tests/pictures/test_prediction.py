"""Predictions: nothing is told before the commitment, and nothing changes after it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab import cases, widgets
from backprop_lab.drawing.picture import Press, Turn
from backprop_lab.pictures import prediction
from backprop_lab.pictures.prediction import Prediction, update, view
from backprop_lab.pictures.prediction.state import keys
from backprop_lab.questions import forms
from backprop_lab.questions.predictions import ChoiceAsked, OrderAsked
from backprop_lab.questions.typed import LONGEST, CodeAsked, NumberAsked
from backprop_lab.questions.typed_answers import Code

from .hands import events, parsed


def after(state, *events):
    for event in events:
        state = update(state, event)
    return state


def told(state):
    """All that can be seen and heard."""
    picture = view(state)
    return picture.text + "".join(parsed(picture).itertext())


ONCE = {"once": True, "longer": "At length."}


def rate():
    slips = {"σ′ left out": -0.693023}
    return prediction.begin(forms.number("How fast?", -0.147435, slips=slips, reveal="So the cost falls.", **ONCE))


def choice():
    options = {"add": "No.", "multiply": "Yes.", "divide": "Never."}
    return prediction.begin(forms.choice("Along a path?", options, answer="multiply", reveal="Gears.", **ONCE))


def order():
    because = ("σ takes z.", "C compares a.")
    return prediction.begin(forms.order("In which order?", ["z", "a", "C"], because=because, reveal="Forward.", **ONCE))


def code():
    slips = {"rows and columns swapped": (3, 2), "the sizes of other layers": (2, 2)}
    return prediction.begin(forms.code("What is the shape of w[2]?", (2, 3), slips=slips, **ONCE))


def name():
    return prediction.begin(forms.name(cases.deep, 1.5, **ONCE))


def tried(asked, *given):
    """An exercise after these answers."""
    state = Prediction(replace(asked().asked, once=False))
    for each in given:
        state = after(state, Turn("given", each), Press("commit"))
    return state


SECRETS = {
    rate: ["0.147435", "left out", "cost falls", "At length", "off by 0"],
    choice: ["Gears", "No.", "Yes.", "Never.", "At length"],
    order: ["Forward", "The order is", "σ takes", "At length"],
    code: ["(2, 3)", "swapped", "At length"],
    name: ["w[2][0, 2]", "swapped", "At length"],
}
GIVEN = {
    rate: [Turn("given", "-0.2"), Turn("given", "about a seventh"), Turn("given", "-0.14743")],
    choice: [Turn("given", "1")],
    order: [Press("item 0"), Press("item 1"), Press("item 2")],
    code: [Turn("given", "(3, 2)"), Turn("given", "2, 3")],
    name: [Turn("given", "w[1][1, 1]")],
}
ASKED = pytest.mark.parametrize("asked", SECRETS, ids=lambda asked: asked.__name__)


@ASKED
def test_the_question_stands_in_the_picture_and_nothing_of_the_answer_before_the_end(asked):
    for count in range(len(GIVEN[asked]) + 1):
        state = after(asked(), *GIVEN[asked][:count])
        assert state.asked.question in "".join(parsed(view(state)).itertext())
        assert not any(secret in view(state).markup + told(state) for secret in SECRETS[asked])
        assert "bl-right" not in view(state).markup
        assert "bl-wrong" not in view(state).markup


@ASKED
def test_after_the_end_nothing_changes_until_all_is_started_over(asked):
    for end in ("commit", "skip"):
        ended = after(asked(), *GIVEN[asked], Press(end))
        assert any(secret in told(ended) for secret in SECRETS[asked])
        assert after(ended, *GIVEN[asked], Press("commit"), Press("skip")) == ended
        assert [*events(view(ended))] == [Press("start over")]
        assert after(ended, Turn("sure", "sure")) == ended
        assert after(ended, Press("start over")) == asked()


@ASKED
def test_without_a_complete_answer_there_is_nothing_to_commit_but_skipping_tells(asked):
    assert after(asked(), Press("commit")) == asked()
    assert view(after(asked(), Press("skip"))).text.startswith("You skipped the question. ")


def test_a_number_is_typed_committed_and_compared_with_slips(golden):
    golden("prediction-number", view(rate()))
    state = after(rate(), Turn("given", " -0.693 "))
    assert view(state).text == "You typed −0.693. Commit it to see what is right; until then you can change it."
    state = after(state, Press("commit"))
    golden("prediction-number-slip", view(state))
    assert view(state).text == (
        "That is the value with σ′ left out. You said −0.693, off by 0.545565 (370.0%). "
        "The answer is −0.147435. So the cost falls."
    )
    skip = after(rate(), Turn("given", "x"), Press("skip"))
    assert view(skip).text == "You skipped the question. The answer is −0.147435. So the cost falls."
    assert view(after(rate(), Turn("given", "-0.147"), Press("commit"))).text.startswith("That is right.")


@given(st.text())
def test_what_cannot_be_read_gets_a_sentence(text):
    state = after(rate(), Turn("given", text), Press("commit"))
    if state.phase == "open":
        shown = text.strip().replace("-", "−")
        shown = shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"
        said = f"“{shown}” cannot be read: write it like 0.25, −1.5, 2/3, 1,000 or 10^9."
        assert view(state).text == (said if text.strip() else "No answer yet: type one and commit it, or skip.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("(2, 3)", "That is right. The answer is (2, 3)."),
        ("2x3", "That is right."),
        ("[3 × 2]", "That is the answer with rows and columns swapped. You said [3 × 2]. The answer is (2, 3)."),
        ("2,3,1", "That is not the answer. You said 2,3,1."),
        ("2 by 3", "“2 by 3” cannot be read: write it like w[1][2, 0], or a shape like (3, 2)."),
    ],
)
def test_a_shape_is_typed_in_any_way_that_can_be_read(typed, said):
    assert view(after(code(), Turn("given", typed), Press("commit"))).text.startswith(said)


def marks(state):
    """The answers, each with the mark that stands beside it."""
    rows = [each for each in parsed(view(state)).iter("div") if each.get("class") == "bl-option"]
    return {row[0][1].text: row[1].get("aria-label") if len(row) > 1 else None for row in rows}


def which(state, text):
    """The event that chooses this answer."""
    return Turn("given", str(state.asked.choices.index(text)))


def test_the_right_answer_and_the_chosen_one_are_marked_in_the_end(golden):
    asked = prediction.begin(forms.choice("Which?", {"p": "No p.", "q": "Yes.", "r": "No r."}, answer="q", once=True))
    p, q, r = (which(asked, each) for each in "pqr")
    assert marks(after(asked, p)) == {"p": None, "q": None, "r": None}
    wrong = after(asked, p, Press("commit"))
    assert marks(wrong) == {"p": "wrong", "q": "right", "r": None}
    assert view(wrong).text == "You chose “p”. No p. The answer is “q”. Yes."
    assert marks(after(asked, q, Press("commit"))) == {"p": None, "q": "right", "r": None}
    assert marks(after(asked, Press("skip"))) == {"p": None, "q": "right", "r": None}
    assert view(after(asked, r)).text == "You chose “r”. Commit it to see what is right."
    golden("prediction-choice-wrong", view(wrong))


def test_a_choice_that_was_missed_is_marked_and_the_others_stay_open_until_one_is_left():
    asked = prediction.begin(
        forms.choice("Which?", {"p": "No p.", "q": "Yes.", "r": "No r.", "s": "No s."}, answer="q")
    )
    state = after(asked, which(asked, "p"), Press("commit"))
    assert view(state).text == "You chose “p”. No p. Try again."
    assert marks(state) == {"p": "wrong", "q": None, "r": None, "s": None}
    assert after(state, Press("commit")) == state
    state = after(state, which(asked, "r"))
    assert view(state).text.startswith("You chose “p”. No p. Try again. You chose “r”.")
    state = after(state, Press("commit"), which(asked, "s"), Press("commit"))
    assert (state.phase, marks(state)) == ("committed", {"p": "wrong", "q": "right", "r": "wrong", "s": "wrong"})
    assert view(after(asked, which(asked, "p"), Press("commit"), which(asked, "q"), Press("commit"))).text == (
        "That is right: “q”. Yes."
    )


def test_the_options_have_an_order_of_their_own_which_is_the_same_at_each_run():
    options = {f"option {n}": "." for n in range(6)}
    orders = [forms.choice(f"Which of {n}?", options, answer="option 0").choices for n in range(8)]
    assert len(set(orders)) > 4
    assert len({order.index("option 0") for order in orders}) > 2
    assert forms.choice("Which of 0?", options, answer="option 0").choices == orders[0]


@pytest.mark.parametrize("asked", [rate, code, name])
def test_an_exercise_hints_twice_and_tells_after_the_third_miss(asked):
    given = {rate: ("3", "-0.693", "4"), code: ("9, 9", "3, 2", "7, 7"), name: ("w[1][1, 1]", "w[2][2, 0]", "b[1][0]")}
    for misses in (1, 2):
        state = tried(asked, *given[asked][:misses])
        assert (state.phase, view(state).text.endswith("Try again.")) == ("open", True)
        hidden = [secret for secret in SECRETS[asked] if secret not in ("left out", "swapped")]
        assert not any(secret in view(state).markup + told(state) for secret in hidden)
        assert after(state, Press("commit")) == state
    state = tried(asked, *given[asked])
    assert (state.phase, len(state.missed)) == ("committed", 3)
    assert view(state).text != view(tried(asked, *given[asked][:2])).text
    assert after(tried(asked, *given[asked][:2]), Press("skip")).phase == "skipped"


def test_who_was_sure_and_wrong_reads_more():
    sure = after(rate(), Turn("sure", "sure"), Turn("given", "3"), Press("commit"))
    assert view(sure).text.endswith("So the cost falls. You were sure. At length.")
    assert "At length" not in told(after(rate(), Turn("sure", "fairly"), Turn("given", "3"), Press("commit")))
    assert "sure" not in told(Prediction(replace(rate().asked, once=False, longer="")))
    with pytest.raises(ValueError, match="offers"):
        update(Prediction(replace(rate().asked, once=False, longer="")), Turn("sure", "sure"))


def test_an_order_is_given_item_by_item_and_an_item_can_be_taken_back(golden):
    asked = order().asked
    assert isinstance(asked, OrderAsked)
    press = {item: Press(key) for key, item in keys(asked).items()}
    state = after(order(), press["C"], press["z"])
    assert state.given == ("C", "z")
    assert view(state).text.startswith("2 of 3 placed. Choose the next;")
    assert after(state, press["C"]).given == ("z",)
    state = after(state, press["a"])
    assert view(state).text.startswith("3 of 3 placed. Commit the order")
    wrong = after(state, Press("commit"))
    golden("prediction-order-wrong", view(wrong))
    assert view(wrong).text == (
        "The wrong way round: “C” before “z”. The order is: z, a, C. σ takes z. C compares a. Forward."
    )
    assert re.findall('aria-label="([^"]*)"', view(wrong).markup).count("the wrong way round with the next") == 1
    right = after(order(), press["z"], press["a"], press["C"], Press("commit"))
    assert view(right).text == "That is right. The order is: z, a, C. σ takes z. C compares a. Forward."


def test_the_key_of_an_item_does_not_tell_its_place():
    asked = order().asked
    assert isinstance(asked, OrderAsked)
    assert list(keys(asked).values()) != list(asked.items)


def test_the_network_that_is_asked_about_is_seen_and_the_weight_is_lit_in_the_end():
    state = after(name(), Turn("given", "w[2][2, 0]"))
    assert "+1.50" in told(state)
    assert 'class="bl-on"' not in view(state).markup
    assert re.findall(r'<g class="bl-on" data-key="([^"]*)"', view(after(state, Press("commit"))).markup) == ["w2.0.2"]


@given(st.text(st.characters(exclude_characters="$`\\", exclude_categories=["Cs"])))
def test_hostile_texts_are_escaped(text):
    asked = [
        NumberAsked(question=text, answer=1.0),
        CodeAsked(question=text, answer=Code("w", (1,))),
        ChoiceAsked(question=text, choices=(text, text + "<&"), feedback=(text, text), answer=text, once=True),
        OrderAsked(question=text, items=(text, text + "<&")),
    ]
    for each in asked:
        for state in (Prediction(each), Prediction(each, text[:9], "open"), Prediction(each, phase="skipped")):
            if not isinstance(each, OrderAsked) or not state.given:
                assert "<&" not in view(state).markup


@given(st.text(alphabet="$`\\\\x_^ 1", max_size=8))
def test_what_is_typed_is_no_formula_and_no_code(text):
    state = after(rate(), Turn("given", text))
    assert state.complete or not text.strip() or f"“{text.strip()}” cannot be read" in view(state).text
    assert not [each for each in parsed(view(state)).iter("p") for _ in each.iter("math")]


@pytest.mark.parametrize(
    ("answer", "slips", "wrong"),
    [
        ("the third", {}, "answer must be a name like"),
        ((2, 3), {"mine": "2 by 3"}, "mine must be a name like"),
        ((2, 3), {"mine": "2, 3"}, "slip 'mine' must differ"),
    ],
)
def test_answers_and_slips_that_cannot_be_told_apart_are_programming_errors(answer, slips, wrong):
    with pytest.raises(ValueError, match=wrong):
        widgets.predict(forms.code("", answer, slips=slips))
    with pytest.raises(ValueError, match="differ from the answer"):
        widgets.predict(forms.number("", 0.5, slips={"nothing wrong": 0.5}))


def room(state):
    """How long the text is for which there is room."""
    (box,) = [each for each in parsed(view(state)).iter("div") if each[0:1] and each[0].find("p") is not None]
    return len(box.get("data-room", ""))


@ASKED
def test_there_is_room_for_all_that_may_be_said(asked):
    kept = {room(after(asked(), *GIVEN[asked][:count])) for count in range(len(GIVEN[asked]) + 1)}
    ends = [after(asked(), *GIVEN[asked], Press(end)) for end in ("commit", "skip")]
    assert len(kept | {room(state) for state in ends}) == 1
    for state in (asked(), *ends):
        assert len(view(state).text) <= kept.copy().pop()


def test_a_guess_that_is_far_off_gets_no_mark():
    asked = forms.number("After how many epochs?", 168, decimals=0, guess=True, once=True)
    far, right = (after(prediction.begin(asked), Turn("given", typed), Press("commit")) for typed in ("2", "168"))
    assert ["✓" in told(each) for each in (far, right)] == [False, True]
    assert "Your guess is off by 166" in told(far)


def test_a_saved_prediction_asks_too_and_does_not_tell():
    saved = widgets.predict(forms.number("How fast?", -0.147435))._repr_mimebundle_(include=None, exclude=None)[
        "text/html"
    ]
    assert "How fast?" in saved
    before, folded = saved.split('<details class="bl-saved">')
    assert "0.147435" not in before
    assert "The answer is −0.147435." in folded
    assert "<details" not in widgets.predict(forms.number("How fast?", -0.147435)).picture


@pytest.mark.parametrize("typed", ["-0.157", "0.147", "12.3456"])
@pytest.mark.parametrize("guess", [False, True])
def test_there_is_room_for_what_is_said_of_a_number_that_no_slip_gives(typed, guess):
    state = prediction.begin(forms.number("How fast?", -0.147435, guess=guess))
    ended = after(state, Turn("given", typed), Press("commit"))
    assert len(view(ended).text) <= room(state) == room(ended)

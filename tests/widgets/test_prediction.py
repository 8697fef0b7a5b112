"""Predictions by their real controls, and what a saved notebook keeps of them."""

import pytest
from ipywidgets import Button, Text

from backprop_lab import cases
from backprop_lab.widgets import (
    predict_choice,
    predict_code,
    predict_name,
    predict_number,
    predict_order,
    predict_shape,
)


def saved(shown):
    bundle = shown._repr_mimebundle_(include=None, exclude=None)
    return bundle["text/plain"], bundle["text/html"]


def rate():
    return predict_number("How fast?", -0.147435, slips={"σ′ left out": -0.693023}, reveal="So the cost falls.")


def test_a_number_is_typed_committed_and_compared_with_slips():
    shown = rate()
    box = shown.controls[0].widget
    assert isinstance(box, Text)
    assert box.description == "your number"
    box.value = "-0.693"
    assert "Commit it" in shown.stage.text
    shown.buttons["commit"].click()
    assert shown.stage.text.startswith("That is the value with σ′ left out. You said −0.693, off by")
    assert shown.stage.text.endswith("The answer is −0.147435. So the cost falls.")
    box.value = "-0.147"
    assert (box.value, shown.state.given) == ("-0.693", "-0.693")
    shown.buttons["start over"].click()
    box.value = "-0.147"
    shown.buttons["commit"].click()
    assert shown.stage.text.startswith("That is right.")


def test_the_controls_stand_in_reading_order():
    kinds = [type(child).__name__ for child in rate().children]
    assert kinds == ["HTML", "Box", "Box", "Stage"]
    assert [type(child).__name__ for child in choice().children] == ["HTML", "Stage", "Box"]
    assert all(isinstance(button, Button) for button in choice().children[-1].children)


@pytest.mark.parametrize("typed", ["", "-0.2", "about a seventh", "-0.14743"])
def test_a_saved_output_asks_and_does_not_tell(typed):
    shown = rate()
    shown.controls[0].widget.value = typed
    text, html = saved(shown)
    assert text.startswith("How fast? ")
    assert "How fast?" in html
    assert not any(secret in text + html for secret in ("0.147435", "left out", "cost falls"))


def test_skipping_tells_and_says_so():
    shown = rate()
    shown.buttons["skip"].click()
    text, html = saved(shown)
    assert text == "How fast? You skipped the prediction. The answer is −0.147435. So the cost falls."
    assert "−0.147435" in html


def choice():
    return predict_choice("Along a path?", {"add": "No.", "multiply": "Yes."}, answer="multiply", reveal="Gears.")


def test_an_answer_is_chosen_in_the_picture():
    shown = choice()
    assert "Gears" not in "".join(saved(shown))
    shown.stage.selected = "choice0"
    shown.buttons["commit"].click()
    assert shown.stage.text == "You chose “add”. No. Right is “multiply”. Gears."
    assert "data-select" not in shown.stage.picture


def test_an_order_is_chosen_item_by_item():
    shown = predict_order("In which order?", ["z", "a", "C"], reveal="Forward.")
    for key in ("item0", "item2", "item2", "item1", "item2"):
        shown.stage.selected = key
        assert shown.stage.selected == ""
    shown.buttons["commit"].click()
    assert shown.stage.text == "That is right. The order is: z, a, C. Forward."


def test_a_slip_that_equals_the_answer_is_a_programming_error():
    with pytest.raises(ValueError, match="differ from the answer"):
        predict_number("", 0.5, slips={"nothing wrong": 0.5})


def shape():
    slips = {"rows and columns swapped": (3, 2), "the sizes of other layers": (2, 2)}
    return predict_code("What is the shape of w[2]?", (2, 3), slips=slips)


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
    shown = shape()
    shown.controls[0].widget.value = typed
    assert "swapped" not in "".join(saved(shown))
    shown.buttons["commit"].click()
    assert shown.stage.text.startswith(said)


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
        predict_code("", answer, slips=slips)


@pytest.mark.parametrize(
    ("value", "typed", "said"),
    [
        (1.5, "w[2][0, 2]", "That is right. The answer is w[2][0, 2]. Its value is +1.50."),
        (1.5, "w[2][2, 0]", "That is the answer with the indices swapped."),
        (1.5, "w[2][1, 3]", "That is the answer with the neurons counted from one."),
        (1.5, "w[1][0, 2]", "That is the answer with the wrong layer."),
        (0.4, "b[2][1]", "That is right."),
        (0.4, "b[1][2]", "That is the answer with the indices swapped."),
        (0.4, "b[2][2]", "That is the answer with the neurons counted from one."),
        (1.2, "w[1][0, 0]", "That is right."),
    ],
)
def test_a_weight_is_asked_for_by_its_value(value, typed, said):
    shown = predict_name(cases.deep, value)
    assert "What is the name" in saved(shown)[0]
    shown.controls[0].widget.value = typed
    shown.buttons["commit"].click()
    assert shown.stage.text.startswith(said)


@pytest.mark.parametrize(("value", "count"), [(0.6, 2), (7.0, 0)])
def test_a_value_must_belong_to_one_weight_or_bias(value, count):
    with pytest.raises(ValueError, match=f"value must be that of one weight or bias, got {value}, that of {count}"):
        predict_name(cases.deep, value)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("(2, 3)", "right"), ("(3, 2)", "rows and columns swapped"), ("(1, 2)", "the wrong layer"), ("(9, 9)", "not")],
)
def test_a_shape_is_asked_for(typed, said):
    shown = predict_shape("The shape of w[2]?", cases.deep.parameters.w, layer=2, reveal="To, from.")
    shown.controls[0].widget.value = typed
    shown.buttons["commit"].click()
    assert said in shown.stage.text
    assert shown.stage.text.endswith("The answer is (2, 3). To, from.")

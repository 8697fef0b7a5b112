"""The same number, under its name there, in the array that its own pass makes; every notation and every entry."""

from dataclasses import replace
from functools import reduce

import numpy as np
import pytest

from backprop_lab import Case, cases, initialize, softmax
from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures.conventions import KEYS, begin, update, view
from backprop_lab.rosetta.conventions import CONVENTIONS

from .hands import parsed

BEGIN = begin()


def lit(state):
    """What is lit in our array and in theirs, with its name."""
    found = [each for each in parsed(view(state)).iter() if each.get("data-on") is not None and each.tag == "span"]
    return [(each.get("aria-label").rpartition(", ")[0], each.text) for each in found]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("case", [cases.batch, cases.deep], ids=["batch", "deep"])
def test_the_number_that_is_lit_there_is_ours_times_the_factor(key, case):
    there, (m, n) = CONVENTIONS[key], (case.x.shape[1], len(case.y))
    for layer in case.parameters.layers:
        state = update(update(begin(case), Turn("convention", key)), Turn("layer", layer))
        for (j, k), value in np.ndenumerate(case.backward_pass.nabla_w[layer]):
            for side in ("ours", "theirs"):
                chosen = update(state, Select(f"{side} {j},{k}"))
                ours, theirs = lit(chosen)
                assert ours == (f"nabla_w[{layer}][{j}, {k}]", signed(value, 6))
                assert theirs == (there.entry(layer, j, k), signed(there.layout.gradient(m, n) * value, 6))
                assert f"is {theirs[0]} = {theirs[1]} there" in view(chosen).text


def test_every_notation_is_reached_with_two_buttons():
    state = replace(BEGIN, key=KEYS[0])
    for key in KEYS[1:]:
        state = update(state, Press("next"))
        assert state.key == key
    assert update(state, Press("next")) == state
    assert reduce(update, [Press("back")] * len(KEYS), state).key == "house"
    assert update(state, Select("")) == state


def test_what_differs_is_lit_and_nothing_else():
    for key in KEYS:
        rows = [each for each in parsed(view(replace(BEGIN, key=key))).iter("tr") if each.find("th") is not None]
        says = CONVENTIONS[key].says
        different = {each.findtext("th") for each in rows if each.get("class") == "bl-on"}
        assert different == {name for name in says if says[name] != CONVENTIONS["house"].says[name]}


def test_what_cannot_be_shown_is_refused():
    with pytest.raises(ValueError, match=r"at most 5 neurons in a layer and 99 examples, got \(2, 6, 1\) and 1"):
        begin(Case(initialize((2, 6, 1)), np.ones(2), np.ones(1)))
    with pytest.raises(ValueError, match="case must have sigmoid and quadratic, got sigmoid, softmax and quadratic"):
        begin(replace(cases.wide, output=softmax))
    with pytest.raises(ValueError, match=r"layer must be one of \[1, 2\], got 3"):
        begin(layer=3)
    with pytest.raises(ValueError, match=r"convention must be one of house, .*, got 'mine'"):
        begin(convention="mine")
    for event in (Select("ours 9,9"), Turn("convention", "mine"), Press("show")):
        with pytest.raises(ValueError, match="event must be one that the picture offers"):
            update(BEGIN, event)


@pytest.mark.parametrize(
    ("name", "events"),
    [
        ("first", []),
        ("theta", [Turn("convention", "theta"), Select("theirs 0,0")]),
        ("torch", [Turn("convention", "torch"), Turn("layer", "2")]),
    ],
)
def test_the_picture_is_as_it_was(golden, name, events):
    golden(f"conventions-{name}", view(reduce(update, events, BEGIN)))

"""Every line can be found by its wrong part and by no other, and what is said then is said of it."""

from functools import reduce

import pytest

from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures.spot_the_slip import ASKS, FINE, begin, update, view
from backprop_lab.rosetta.slips import BY_KEY, SLIPS

from .hands import events, parsed

BEGIN = begin()


def words(state):
    return written("".join(parsed(view(state)).itertext()))


def written(text):
    """Without the signs that lower or raise a letter."""
    return text.replace("_", "").replace("^", "")


@pytest.mark.parametrize("slip", SLIPS, ids=[*BY_KEY])
def test_a_wrong_part_opens_the_line_and_a_right_one_does_not(slip):
    state = begin(slip.key)
    assert ASKS in words(state)
    printed, true = view(state).text.split(" gives ")[1].removesuffix(".").split(", the truth is ")
    assert printed != true
    for part in range(len(slip.parts)):
        after = update(state, Select(f"part {part}"))
        assert (written(slip.why) in words(after)) == after.open == (part in slip.wrong)
        assert (FINE in words(after)) == (part not in slip.wrong)
        assert (slip.key in after.found) == (part in slip.wrong)
        assert slip.title not in view(state).text
    shown = update(state, Press("show"))
    assert written(slip.why) in words(shown)
    assert shown.found == frozenset()
    assert update(shown, Select("part 0")) == shown


def test_what_was_found_is_kept_while_lines_change():
    wrong = BY_KEY["S13"].wrong[0]
    state = reduce(update, [Select(f"part {wrong}"), Press("next"), Press("back"), Turn("slip", "S1")], BEGIN)
    assert (state.key, state.chosen, state.found) == ("S1", (), {"S13"})
    assert "found 1 of 28" in words(state)
    tried = update(state, Select("part 0"))
    assert update(tried, Press("back")) == tried
    assert update(begin("S25"), Press("next")) == begin("S25")
    for end, dead in ((state, "back"), (begin("S25"), "next")):
        assert {"back", "next"} - {getattr(each, "key", "") for each in events(view(end))} == {dead}
    assert update(state, Select("")) == state


def test_parts_say_what_they_are_and_what_came_of_them():
    state = reduce(update, [Select("part 0"), Select("part 0")], BEGIN)
    assert view(state).text.endswith(" 1 part tried, right as it is.")
    state = update(state, Select("part 2"))
    names = [each.get("aria-label") for each in parsed(view(state)).iter() if each.get("data-select")]
    assert names[0].endswith(", as it should be")
    assert names[2].endswith(", the slip")


def test_what_is_not_there_is_refused():
    with pytest.raises(ValueError, match=r"slip must be one of S1, .*, got 'S99'"):
        begin("S99")
    for event in (Select("part 9"), Turn("slip", "S99"), Press("again")):
        with pytest.raises(ValueError, match="event must be one that the picture offers"):
            update(BEGIN, event)


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("first", BEGIN),
        ("missed", update(BEGIN, Select("part 3"))),
        ("found", update(begin("S23"), Select("part 2"))),
        ("words", update(begin("S17"), Press("show"))),
    ],
)
def test_the_picture_is_as_it_was(golden, name, state):
    golden(f"spot_the_slip-{name}", view(state))

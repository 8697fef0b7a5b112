"""Mistakes that people made in public are refused and have a name; right functions in unusual styles are accepted."""

from functools import cache

import pytest
from corpus import MET, OWN, RIGHT, UNSEEN
from corpus.met import MARK
from truth import untrue

from backprop_lab.exercises.exercise import EXERCISES
from backprop_lab.exercises.judge import judge
from backprop_lab.exercises.loop import check_training_loop

MISTAKES = [*MET, *OWN, *UNSEEN]
ALL = [mistake for mistake in MISTAKES if mistake.lines]
UNUSUAL = [(name, f) for name, functions in RIGHT.items() for f in functions]


@cache
def verdict(name, f):
    return judge(name, f)


@cache
def check(name, f):
    return verdict(name, f).shown() if name in EXERCISES else check_training_loop(f)


def test_there_are_mistakes_enough_each_with_its_address():
    assert len({mistake.address for mistake in MET}) >= 60
    assert all(mistake.address.startswith("https://") for mistake in MET)
    assert all(mistake.lines for mistake in MET)
    assert len(UNUSUAL) >= 30


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.f.__name__)
def test_a_mistake_met_in_public_has_its_name(mistake):
    result = check(mistake.exercise, mistake.f)
    assert (result.status, result.slip) == ("not yet", mistake.slip)


@pytest.mark.parametrize(
    "mistake", [each for each in MISTAKES if each.exercise in EXERCISES], ids=lambda mistake: mistake.f.__name__
)
def test_what_is_said_of_a_mistake_met_in_public_is_so(mistake):
    assert untrue(mistake.exercise, mistake.f, verdict(mistake.exercise, mistake.f)) == []


def test_nine_of_ten_lines_are_found_and_hardly_one_is_wrong():
    lines = [(mistake, (check(mistake.exercise, mistake.f).line or "").split(MARK)[0].strip()) for mistake in ALL]
    right = [mistake for mistake, line in lines if line in mistake.lines]
    wrong = [(mistake.f.__name__, line) for mistake, line in lines if line and line not in mistake.lines]
    assert len(right) >= 0.9 * len(ALL)
    assert len(wrong) <= 0.03 * len(ALL), wrong


def test_the_line_of_a_loop_is_found_too():
    loops = [mistake for mistake in ALL if mistake.exercise not in EXERCISES]
    found = [(check("training_loop", mistake.f).line or "").split(MARK)[0].strip() for mistake in loops]
    assert sum(line in mistake.lines for mistake, line in zip(loops, found, strict=True)) >= 0.9 * len(loops), found


@pytest.mark.parametrize("name", ["corpus.issues", "corpus.ported", "corpus.strangers"])
def test_the_last_sets_have_all_their_lines(name):
    some = [mistake for mistake in MISTAKES if mistake.f.__module__ == name]
    wanted = {each.f.__name__: each.lines or [""] for each in some}
    found = {each.f.__name__: (check(each.exercise, each.f).line or "").split(MARK)[0].strip() for each in some}
    assert some
    assert [(each, found[each]) for each in found if found[each] not in wanted[each]] == []


@pytest.mark.parametrize(("name", "f"), UNUSUAL)
def test_a_right_function_is_accepted_however_it_is_written(name, f):
    result = check(name, f)
    assert (result.status, result.line) == ("correct", None)

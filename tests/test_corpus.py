"""Mistakes that people made in public are refused and have a name; right functions in unusual styles are accepted."""

import pytest
from corpus import MET, RIGHT

import backprop_lab

UNUSUAL = [(name, f) for name, functions in RIGHT.items() for f in functions]


def check(name, f):
    return getattr(backprop_lab, f"check_{name}")(f)


def test_there_are_mistakes_enough_each_with_its_address():
    assert len({mistake.address for mistake in MET}) >= 60
    assert all(mistake.address.startswith("https://") for mistake in MET)
    assert all(mistake.lines for mistake in MET)
    assert len(UNUSUAL) >= 30


@pytest.mark.parametrize("mistake", MET, ids=lambda mistake: mistake.f.__name__)
def test_a_mistake_met_in_public_has_its_name(mistake):
    result = check(mistake.exercise, mistake.f)
    assert (result.status, result.slip) == ("not yet", mistake.slip)


@pytest.mark.parametrize(("name", "f"), UNUSUAL)
def test_a_right_function_is_accepted_however_it_is_written(name, f):
    assert check(name, f)

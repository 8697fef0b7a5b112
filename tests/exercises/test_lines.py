"""The line that is wrong is found in ten coding styles; a right function has none."""

from functools import partial

import numpy as np
import pytest
from corpus.styles import STYLES, WRONG, written

from backprop_lab import check_backprop, check_bp3


@pytest.mark.parametrize("style", STYLES)
def test_the_line_is_found_in_every_style(style):
    """Every second slip in a style, the others in the next."""
    results = [(slip, *written(style, slip)) for slip in [*WRONG][list(STYLES).index(style) % 2 :: 2]]
    checked = [(slip, check_backprop(f), line) for slip, f, line in results]
    assert [(slip, result.slip) for slip, result, _ in checked if result.slip != slip] == []
    missed = [(slip, line, result.line) for slip, result, line in checked if result.line != line]
    assert len(missed) <= 0.1 * len(checked), missed


@pytest.mark.parametrize("style", STYLES)
def test_right_functions_have_no_line(style):
    result = check_backprop(written(style)[0])
    assert (result.status, result.line) == ("correct", None)


def test_a_function_of_no_lines_has_none():
    assert check_bp3(partial(np.sum, axis=1, keepdims=True)).line is None
    assert check_bp3(partial(np.array)).line is None


def test_the_message_names_the_line_unless_there_is_one_only():
    f, line = written("recursion", "squared-weights")
    assert check_backprop(f).message.endswith(f"The first line to look at: `{line}`")
    assert "first line" not in check_bp3(lambda delta: delta).message

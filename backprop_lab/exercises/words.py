"""Shapes and lists of names as messages write them."""

from collections.abc import Sequence


def times(shape: tuple[int, ...]) -> str:
    """A shape in words, such as 3 × 4."""
    return " × ".join(map(str, shape))


def listed(names: Sequence[str]) -> str:
    """Names in a row, the last after an "and"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def are(names: Sequence[str]) -> str:
    """The verb for so many."""
    return "is" if len(names) == 1 else "are"

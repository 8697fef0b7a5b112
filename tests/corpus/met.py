"""How a mistake is written down: with the address where it was met, its exercise, its name and its line."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MARK = "# <-"  # stands behind each line that may be called the wrong one


@dataclass(frozen=True)
class Mistake:
    """One function as somebody wrote it."""

    address: str
    exercise: str
    slip: str
    f: Callable[..., Any]

    @property
    def lines(self) -> list[str]:
        """The lines that are wrong."""
        source = inspect.getsource(self.f).splitlines()
        return [line.split(MARK)[0].strip() for line in source if MARK in line]


MET: list[Mistake] = []


def met(address: str, exercise: str, slip: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Write a function down as a mistake."""

    def note(f: Callable[..., Any]) -> Callable[..., Any]:
        MET.append(Mistake(address, exercise, slip, f))
        return f

    return note

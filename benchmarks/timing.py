"""Processor times of several ways to do one thing, taken in turns, so that a busy machine slows all of them alike."""

import time
from collections.abc import Callable, Mapping, Sequence

Ways = Mapping[str, Callable[[], object]]


def best(ways: Ways, *, rounds: int = 250) -> dict[str, float]:
    """Processor seconds a call of each way: the best of so many rounds, each of a few milliseconds."""
    calls = {name: max(1, round(0.001 / max(_once(way), 1e-9))) for name, way in ways.items()}
    found = dict.fromkeys(ways, float("inf"))
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.thread_time()
            for _ in range(calls[name]):
                way()
            found[name] = min(found[name], (time.thread_time() - start) / calls[name])
    return found


def table(head: list[str], rows: Sequence[Sequence[object]]) -> str:
    """A table as Markdown has it; numbers with three digits."""
    lines = [head, ["---"] * len(head), *[[_written(cell) for cell in row] for row in rows]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _once(way: Callable[[], object]) -> float:
    way()
    start = time.thread_time()
    way()
    return time.thread_time() - start


def _written(cell: object) -> str:
    if not isinstance(cell, float):
        return str(cell)
    return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.3g}"

"""Prints what the checkers are worth: accepted, named, true, with the right line, repaired in how many tries."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parents[1] / "tests"
sys.path.insert(0, str(TESTS))

from corpus import MET, RIGHT  # noqa: E402
from corpus.met import MARK  # noqa: E402
from corpus.styles import everything  # noqa: E402
from repairer import suspects, tries  # noqa: E402

import backprop_lab  # noqa: E402
from backprop_lab.exercises import reference  # noqa: E402
from backprop_lab.exercises.composition import singles  # noqa: E402
from backprop_lab.exercises.exercise import EXERCISES  # noqa: E402
from backprop_lab.exercises.recognition import visible  # noqa: E402


def check(name: str, f: Callable[..., Any]) -> backprop_lab.CheckResult:
    """What the checker says."""
    return getattr(backprop_lab, f"check_{name}")(f)


def main() -> None:
    """Slips, pairs and mutants as the tests try them, and what hangs; the corpus, the styles, the repairer over all."""
    some = [str(TESTS / name) for name in ("test_checkers.py", "exercises/test_sandbox.py")]
    pytest.main(["-q", "-s", "-p", "no:nbval", "-o", "addopts=", *some])
    within = [each for each in singles() if each.found[0].places and visible("backprop", each)]
    inside = [check("backprop", partial(reference.backprop, **each.changes)) for each in within]
    print(
        f"inside backprop: {len(inside)} ways to write slips of its equations, {sum(map(bool, inside))} accepted,",
        f"{sum(bool(result.slip) for result in inside)} named",
    )
    met = [(each, check(each.exercise, each.f)) for each in MET]
    right = [bool(check(name, f)) for name, some in RIGHT.items() for f in some]
    lines = sum((result.line or "").split(MARK)[0].strip() in each.lines for each, result in met)
    print(
        f"met in public: {len(met)} from {len({each.address for each in MET})} addresses,",
        f"{sum(map(bool, (result for _, result in met)))} accepted,",
        f"{sum(result.slip == each.slip for each, result in met)} named, {lines} lines right;",
        f"{len(right) - sum(right)} of {len(right)} unusual right ones refused",
    )
    styles = [(slip, line, check("backprop", f)) for _, slip, f, line in everything()]
    found = sum(result.line == line for _, line, result in styles)
    named = sum(result.slip == slip for slip, _, result in styles)
    print(f"ten styles: {len(styles)} functions, {named} named, {found} lines right")
    for reads, words in ((True, "reads"), (False, "does not read")):
        counts = [tries(name, each, reads=reads) for name in EXERCISES for each in suspects(name)]
        print(f"a repairer who {words}: {sum(counts) / len(counts):.2f} tries over {len(counts)} slips and pairs")


if __name__ == "__main__":
    main()

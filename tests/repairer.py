"""A learner who reads only what a message leaves open, and repairs it: how many tries does she need?"""

from collections.abc import Iterator
from typing import Any

from backprop_lab.exercises.composition import EQUATIONS, singles
from backprop_lab.exercises.exercise import EXERCISES
from backprop_lab.exercises.feedback import places_of
from backprop_lab.exercises.judge import judge
from backprop_lab.exercises.networks import trials
from backprop_lab.exercises.recognition import Suspect, alone, visible, wrong_answer


def suspects(name: str) -> Iterator[Suspect]:
    """Every slip once, and each with another one that changes other parts."""
    some = singles() if name == "backprop" else alone(name)
    some = list({suspect.found: suspect for suspect in some if visible(name, suspect)}.values())
    yield from some
    for at, one in enumerate(some):
        apart = (each for each in some[at + 5 :] + some[:at] if not one.changes.keys() & each.changes.keys())
        if other := next(apart, None):
            both = Suspect(one.found + other.found, {**one.changes, **other.changes})
            yield from [both] if visible(name, both) and _leaves_something(name, both) else []


def _leaves_something(name: str, suspect: Suspect) -> bool:
    """Whether it is not 0 everywhere: that says nothing of what made it so."""
    answers = (wrong_answer(name, suspect, trial) for trial in trials())
    return any(values.any() for answer in answers if answer for values in answer.values())


def tries(name: str, suspect: Suspect, *, reads: bool = True) -> int:
    """How often the repairer hands in until all is right; who does not read tries one part after the other."""
    wrong, count = set(places_of(suspect)), 0
    while wrong:
        verdict = judge(name, _function(name, suspect, wrong)) if reads else None
        if verdict and verdict.status == "correct":
            assert not visible(name, Suspect(suspect.found, _left(suspect, wrong))), (
                f"{suspect.found}: {wrong} is accepted"
            )
            break  # what is left makes no difference
        named = set().union(*verdict.opens) if verdict else set()
        if named:  # where it names others, undoing these has the same effect: the answers are theirs
            wrong, count = wrong - named if named & wrong else set(), count + 1
            continue
        parts = _parts(name)
        at = min((parts.index(part) for part in wrong if part in parts), default=len(parts) - 1)
        wrong, count = wrong - {parts[at]} if parts[at] in wrong else set(), count + at + 1
    return count


def _parts(name: str) -> list[str]:
    """All parts of an exercise that can be wrong, in the order of the pass."""
    some = singles() if name == "backprop" else alone(name)
    parts = dict.fromkeys(part for suspect in some for part in sorted(places_of(suspect)))
    return sorted(
        parts, key=lambda part: [part.startswith(each) for each in EQUATIONS].index(True) if "." in part else 9
    )


def _function(name: str, suspect: Suspect, wrong: set[str]) -> Any:
    changes = _left(suspect, wrong)
    return lambda *given: EXERCISES[name].reference(*given, **changes)


def _left(suspect: Suspect, wrong: set[str]) -> dict[str, Any]:
    """The changes that have not been undone."""
    changes: dict[str, Any] = {}
    for part, change in suspect.changes.items():
        if isinstance(change, dict):
            kept = {inner: value for inner, value in change.items() if f"{part}.{inner}" in wrong}
            changes |= {part: kept} if kept else {}
        elif part in wrong:
            changes[part] = change
    return changes

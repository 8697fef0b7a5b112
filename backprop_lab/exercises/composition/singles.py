"""Every slip that can be made in backprop: its own, those of an equation, and of two that have it in common."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from backprop_lab.exercises.recognition import Found, Suspect, alone
from backprop_lab.exercises.slips import TABLE
from backprop_lab.exercises.slips.slip import Changes

EQUATIONS = ("forward", "bp1", "bp2", "bp3", "bp4")


@cache
def singles() -> tuple[Suspect, ...]:
    """Every slip that can be made in backprop: its own, those of an equation, and of two that have it in common."""
    within = [
        Suspect((Found(slip, (place,)),), {place: changes})
        for place in EQUATIONS
        for slip in TABLE
        if place in slip.exercises.split() and "backprop" not in slip.exercises.split()
        for changes in slip.variants
        if place != "forward" or not changes.keys() & {"arrange", "finish"}  # nobody sees what backprop's own way gives
    ]
    shared = [
        Suspect((Found(one.slip, ("bp1", "bp2")),), {"bp1": changes, "bp2": changes})
        for one in (suspect.found[0] for suspect in within if suspect.found[0].places == ("bp1",))
        if "bp2" in one.slip.exercises.split()
        for changes in one.slip.variants
    ]
    ends = [
        Suspect((Found(one.slip, ("bp3", "bp4")),), {"bp3": changes, "bp4": other})
        for one, two in product(_at(within, "bp3"), _at(within, "bp4"))
        if one.slip.name == two.slip.name
        for changes, other in _together(one.slip.variants, two.slip.variants)
    ]
    return (*alone("backprop"), *_unique(within), *_unique(shared), *_unique(ends))


def _together(ones: Sequence[Changes], others: Sequence[Changes]) -> Iterator[tuple[Changes, Changes]]:
    """The same way of writing it in both; each with each where they are not as many."""
    return zip(ones, others, strict=True) if len(ones) == len(others) else product(ones, others)


def _at(within: Sequence[Suspect], place: str) -> list[Found]:
    own = (suspect.found[0] for suspect in within if suspect.found[0].places == (place,))
    return list({each.slip.name: each for each in own}.values())


def _unique(all_: Sequence[Suspect]) -> list[Suspect]:
    """Each once; a slip comes up as often as it has variants."""
    return list({(suspect.found, *map(id, _leaves(suspect.changes))): suspect for suspect in all_}.values())


def _leaves(changes: Changes) -> Iterator[object]:
    for part in changes.values():
        yield from _leaves(part) if isinstance(part, dict) else (part,)

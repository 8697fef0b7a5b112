"""The slips of backprop by where they show: in a head, in a tail, in an end, in both gradients; several at once."""

from functools import cache
from itertools import product

from backprop_lab.exercises.composition.singles import singles
from backprop_lab.exercises.recognition import Found, Suspect, joined
from backprop_lab.exercises.slips import Slip

MOST = 3  # slips at once
NOTHING = Suspect((), {})
_HEAD, _TAIL = {"forward", "bp1", "at_output", "take"}, {"bp2", "onward", "sent", "at_hidden", "rate", "skips"}
_WEIGHTS, _BIASES = {"bp4", "activation", "weigh"}, {"bp3", "bias"}
_WHOLE = {"kept", "divide", "finish", "arrange"}


@cache
def heads() -> tuple[Suspect, ...]:
    """Nothing, every slip that shows in δᴸ, every two of them."""
    own = [each for each in singles() if each.changes.keys() & _HEAD and not each.changes.keys() - _HEAD - _TAIL]
    return (NOTHING, *own, *joined([each for each in own if len(each.changes) == 1]))


@cache
def tails() -> tuple[Suspect, ...]:
    """Nothing, and every slip that shows in δ of the hidden layers only."""
    return (NOTHING, *_part(_TAIL))


@cache
def ends() -> dict[str, list[Suspect]]:
    """The slips that show in one gradient only, and those that show in both."""
    whole = [s for s in singles() if s.changes.keys() & _WHOLE or s.changes.keys() == {"bp3", "bp4"}]
    return {"nabla_w": _part(_WEIGHTS), "nabla_b": _part(_BIASES), "whole": whole}


@cache
def wholes() -> tuple[tuple[Suspect, ...], ...]:
    """A head or a tail, and an end that shows in ∇_w and in ∇_b; first the end alone, last two ends, or two tails."""
    whole, others = ends()["whole"], [*ends()["nabla_w"], *ends()["nabla_b"]]
    single_heads = [each for each in heads()[1:] if len(each.found) == 1]
    before = [*((NOTHING, tail) for tail in tails()), *((head, NOTHING) for head in single_heads)]
    both_ends = (merged(*pair) for pair in product(whole, others) if count(*pair) == 2)
    return (
        *((*base, end) for base, end in product(before, whole) if count(*base, end) <= MOST),
        *((NOTHING, NOTHING, end) for end in (*both_ends, *joined(whole))),
        *((NOTHING, both, NOTHING) for both in joined(tails()[1:])),
    )


def count(*some: Suspect) -> int:
    """How many slips there are together; more than any number if two of them change the same part."""
    parts = [part for suspect in some for part in suspect.changes]
    return len({each.slip for suspect in some for each in suspect.found}) if len(set(parts)) == len(parts) else 99


def merged(*some: Suspect) -> Suspect:
    """All at once; a slip made in two places is one."""
    places: dict[Slip, tuple[str, ...]] = {}
    for each in (found for suspect in some for found in suspect.found):
        places[each.slip] = (*places.get(each.slip, ()), *each.places)
    changes = {part: change for suspect in some for part, change in suspect.changes.items()}
    return Suspect(tuple(Found(slip, where) for slip, where in places.items()), changes)


def _part(kinds: set[str]) -> list[Suspect]:
    return [suspect for suspect in singles() if suspect.changes.keys() <= kinds]

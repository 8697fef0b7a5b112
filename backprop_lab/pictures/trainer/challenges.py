"""Challenges with a goal that the picture can check."""

from collections.abc import Sequence

from backprop_lab.training import Epoch

CHALLENGES = {
    "quick": "Four points: all four right in under 60 epochs.",
    "louder": "Make layer 1 louder than layer 2.",
    "broken": "Break it with one change: after 50 epochs the cost is still above 90% of what it was.",
}
QUICK, LATE = 60, 50


def solved(data: str, differs: int, start: Epoch, new: Sequence[Epoch], stopped: str) -> frozenset[str]:
    """The challenges that new moments of a training solve.

    Parameters
    ----------
    differs : how many settings are not those one begins with on these data
    start : before the first step
    stopped : why it cannot go on, or nothing
    """
    quick = data == "four" and any(0 < each.number < QUICK and each.accuracy == 1 for each in new)
    louder = any(1 in each.delta_rms and each.delta_rms[1] > each.delta_rms.get(2, float("inf")) for each in new)
    stuck = any(each.number >= LATE and each.cost > 0.9 * start.cost for each in new)
    broken = differs == 1 and (stuck or bool(stopped))
    return frozenset(key for key, done in (("quick", quick), ("louder", louder), ("broken", broken)) if done)

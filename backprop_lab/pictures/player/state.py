"""The player as data: the network, how far the program has run, which slip is in it, and what was guessed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from random import Random
from typing import Any

from backprop_lab import cases
from backprop_lab.activations import sigmoid
from backprop_lab.cases import Case
from backprop_lab.costs import quadratic
from backprop_lab.drawing.networks import NETWORKS, OnNetwork
from backprop_lab.drawing.picture import Event, Press, Select, Tick, Turn, refuse
from backprop_lab.pictures.player.program import LINES, STEPS, Moment, Slot, moments
from backprop_lab.pictures.player.slips import SLIPS, Injected, Memory, run, told_apart, trials, witness

NEURONS, LAYERS, EXAMPLES = 4, 3, 16  # the most that there is room for
PACE = {"slow": 30, "normal": 15, "fast": 1}  # frames of a moment
SECRET = "secret"


@dataclass(frozen=True)
class Player(OnNetwork):
    """What is on the screen.

    Parameters
    ----------
    wanted, spoilt : what differences say of every array, and which of them each slip makes wrong
    at : how many moments are over
    guessing, covered : whether each new value is to be guessed first, and whether it is covered now
    frames : that have passed since the last moment, while it plays
    slip, secret : the name of the slip in the program, and whether the reader has to find it
    picks, told : the names that were picked, and whether the answer was asked for
    number, found : how many secret slips there were, and how many were found
    """

    NAMES = tuple(NETWORKS)

    wanted: Memory = field(compare=False)
    spoilt: Mapping[str, list[Slot]] = field(compare=False)
    at: int = 0
    example: int = 0
    guessing: bool = False
    covered: bool = False
    playing: bool = False
    speed: str = "normal"
    frames: int = 0
    slip: str = ""
    secret: bool = False
    picks: tuple[str, ...] = ()
    told: bool = False
    number: int = 0
    found: int = 0

    @property
    def moments(self) -> list[Moment]:
        """The whole run."""
        return moments(len(self.case.parameters.w))

    @property
    def now(self) -> Moment | None:
        """The moment on the screen; none before the first."""
        return self.moments[self.at - 1] if self.at else None

    @property
    def injected(self) -> Injected | None:
        """The slip in the program."""
        return SLIPS.get(self.slip)

    @cached_property
    def arrays(self) -> Memory:
        """What the program computes."""
        return run(self.case, self.injected)

    @property
    def wrong(self) -> list[Slot]:
        """The arrays that the slip in the program makes wrong."""
        return self.spoilt.get(self.slip, [])

    @cached_property
    def hit(self) -> bool:
        """Whether the last pick is the slip, or gives the same numbers here."""
        return bool(self.picks) and not told_apart(self.case, self.picks[-1], self.slip, self.wanted)

    @property
    def known(self) -> bool:
        """Whether it may be seen which slip it is."""
        return bool(self.slip) and (not self.secret or self.told or self.hit)

    @property
    def lines(self) -> Mapping[str, str]:
        """The program, as far as it may be seen."""
        return self.injected.lines if self.injected and self.known else LINES


def begin(case: Case = cases.running) -> Player:
    """Play backpropagation step by step: what each step reads, and what it writes into memory.

    Put a slip into the program, and see which arrays it spoils; or let one be hidden from you, and find it.

    Parameters
    ----------
    case : the network, with sigmoid neurons and the quadratic cost; the learner may change to another

    Raises
    ------
    ValueError : it has another activation or cost, or more layers, neurons or examples than there is room for.
    """
    if (case.hidden, case.output, case.cost) != (sigmoid, sigmoid, quadratic):
        raise ValueError(
            f"case must have sigmoid neurons and the quadratic cost, got {case.hidden}, {case.output} and {case.cost}"
        )
    sizes, m = case.parameters.sizes, case.x.shape[1]
    if len(sizes) > LAYERS + 1 or max(sizes) > NEURONS:
        raise ValueError(
            f"case must have at most {LAYERS} layers of weights and {NEURONS} neurons in a layer, got sizes {sizes}"
        )
    if m > EXAMPLES:
        raise ValueError(f"case must have at most {EXAMPLES} examples, got {m}")
    return Player.begun(case, *_checked(case))


def _checked(case: Case) -> tuple[Memory, Mapping[str, list[Slot]]]:
    wanted = witness(case)
    return wanted, trials(case, wanted)


def update(state: Player, event: Event) -> Player:
    """Time passes; a step on or back; another network; a slip put in, hidden, guessed."""
    match event:
        case Tick():
            return _ticked(state) if state.playing else state
        case Press(key) if key in _PRESSED:
            return _PRESSED[key](state)
        case Select(""):
            return state
        case Select(key) if key in (steps := [f"step {number}" for number in range(len(STEPS))]):
            return _jumped(state, steps.index(key))
        case Turn("network", str(name)) if name in state.offered:
            return _on(state, name)
        case Turn("example", value) if str(value) in map(str, range(state.case.x.shape[1])):
            return replace(state, example=int(value))
        case Turn("speed", str(speed)) if speed in PACE:
            return replace(state, speed=speed)
        case Turn("guess", bool(on)):
            return replace(state, guessing=on, covered=False)
        case Turn("slip", str(label)) if label in ("", *SLIPS) or (label == SECRET and state.secret):
            return state if label == SECRET else _with(state, label)
        case Turn("pick", str(label)) if label in ("", *SLIPS) and state.secret:
            return _picked(state, label)
    return refuse(event)


def _moved(state: Player, at: int, *, covered: bool = False) -> Player:
    return replace(state, at=min(max(0, at), len(state.moments)), covered=covered, playing=False, frames=0)


def _step(state: Player) -> Player:
    """What is covered is shown first."""
    if state.covered:
        return replace(state, covered=False)
    return _moved(state, state.at + 1, covered=state.guessing and state.at < len(state.moments))


def _played(state: Player) -> Player:
    if state.playing:
        return replace(state, playing=False)
    at = state.at if state.at < len(state.moments) else 0
    return replace(state, at=at, covered=False, playing=True, frames=0)


def _ticked(state: Player) -> Player:
    if state.frames + 1 < PACE[state.speed]:
        return replace(state, frames=state.frames + 1)
    return replace(_moved(state, state.at + 1), playing=state.at + 1 < len(state.moments))


def _jumped(state: Player, step: int) -> Player:
    """To the first moment of a step, where this network has one."""
    return next((_moved(state, at) for at, each in enumerate(state.moments, start=1) if each.step == step), state)


def _on(state: Player, network: str) -> Player:
    """From the start on another network; a slip that was secret there is none here."""
    case = state.offered[network]
    wanted, spoilt = _checked(case)
    moved = replace(_moved(state, 0), case=case, network=network, wanted=wanted, spoilt=spoilt, example=0)
    return _with(moved, "") if state.secret else moved


def _with(state: Player, label: str, **changes: Any) -> Player:
    """With this slip in the program, and the gradient complete."""
    fresh = {"slip": label, "secret": False, "picks": (), "told": False} | changes
    return replace(_complete(state) if label else state, **fresh)


def _complete(state: Player) -> Player:
    """All is computed but the update."""
    return _moved(state, sum(STEPS[each.step].name != "update" for each in state.moments))


def _secret(state: Player) -> Player:
    """A slip that the reader has to find."""
    seen = hideable(state)
    return _with(state, Random(state.number).choice(seen), secret=True, number=state.number + 1) if seen else state


def hideable(state: Player) -> list[str]:
    """The slips that can be seen in this network, but for the one that is in the program."""
    return [label for label, places in state.spoilt.items() if places and label != state.slip]


def _picked(state: Player, label: str) -> Player:
    if not label or state.known:
        return state
    after = replace(state, picks=(*state.picks, label))
    return replace(after, found=state.found + after.hit)


_PRESSED: Mapping[str, Callable[[Player], Player]] = {
    "start": lambda state: _moved(state, 0),
    "back": lambda state: _moved(state, state.at - 1),
    "step": _step,
    "play": _played,
    "secret": _secret,
    "tell": lambda state: replace(state, told=state.secret and not state.hit),
}

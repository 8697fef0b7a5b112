"""A training that can be watched, stopped, scrubbed and changed: its moments, and how it goes on from the last."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from itertools import islice
from typing import Any

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.drawing.networks import SIGMAS
from backprop_lab.drawing.picture import Event, Press, Select, Tick, Turn, refuse
from backprop_lab.learning import admitted
from backprop_lab.pictures.trainer.challenges import solved
from backprop_lab.pictures.trainer.sets import RATES, SIZES, Data, Settings, sets, yours
from backprop_lab.quantities import Quantity, parameters
from backprop_lab.training import Epoch, Own, batches, descend, record
from backprop_lab.validation import Array, generator

MOST, MOST_NUMBERS = 6000, 5_000_000  # moments that are kept, and weights and biases in all of them
SPEEDS = {"one step": 0, "normal": 1, "fast": 8}  # a frame: one step, or so many times the pace of the data
YOURS = "yours"
MOST_WEIGHTS = 60  # that can be turned one by one


@dataclass(frozen=True, eq=False)
class Moment:
    """The network after so many steps, and what it takes to go on exactly from there.

    Parameters
    ----------
    record : what an epoch says of a network; its number is that of the epochs that have ended
    steps : since the start
    used : examples of the running epoch that have been used
    order : of the examples in the running epoch; None between two epochs
    random : the state of the generator that draws the orders
    """

    record: Epoch
    steps: int
    used: int
    order: Array | None
    random: Mapping[str, Any]
    examples: int

    @property
    def epochs(self) -> float:
        """With the part of the running one."""
        return self.record.number + self.used / self.examples


@dataclass(frozen=True, eq=False)
class Run:
    """A training that is kept to be compared with."""

    settings: Settings
    start: Case
    moments: tuple[Moment, ...]

    @property
    def now(self) -> Case:
        """The network after its last moment."""
        return replace(self.start, parameters=self.moments[-1].record.parameters)


@dataclass(frozen=True)
class Trainer:
    """What is on the screen.

    Parameters
    ----------
    at : the number of the moment that is shown
    stopped : why it cannot go on from the last moment, or nothing
    kept : run A
    done : the challenges that are solved
    selected : key of the weight that can be turned
    """

    settings: Settings
    own: Own = field(compare=False)
    case: Case | None = field(default=None, compare=False)  # of one's own
    moments: tuple[Moment, ...] = field(default=(), compare=False)
    at: int = 0
    playing: bool = False
    speed: str = "normal"
    stopped: str = ""
    kept: Run | None = field(default=None, compare=False)
    done: frozenset[str] = frozenset()
    selected: str = ""

    @property
    def data(self) -> Data:
        """What is trained on."""
        return self.offered[self.settings.data]

    @property
    def offered(self) -> Mapping[str, Data]:
        """All that can be trained on, by key."""
        return _offered(self.case)

    @property
    def base(self) -> Settings:
        """What one begins with on this data."""
        return self.data.settings(self.settings.data)

    @property
    def shown(self) -> Moment:
        """The moment on the screen."""
        return self.moments[self.at]

    @property
    def now(self) -> Case:
        """The network on the screen, with the examples."""
        return replace(self.start, parameters=self.shown.record.parameters)

    @property
    def start(self) -> Case:
        """The network before its first step."""
        return self.data.at_start(self.settings)

    @property
    def frame(self) -> int:
        """Steps of a frame."""
        return max(1, SPEEDS[self.speed] * self.data.pace)

    @property
    def most(self) -> int:
        """How many moments are kept: fewer of a large network."""
        parameters = self.start.parameters
        numbers = sum(values.size for layers in (parameters.w, parameters.b) for values in layers.values())
        return min(MOST, MOST_NUMBERS // numbers)

    @property
    def over(self) -> bool:
        """Whether there is nothing more to be played."""
        return self.at == len(self.moments) - 1 and (bool(self.stopped) or len(self.moments) >= self.most)


def begin(
    data: str | Case = "four", *, learning_rate: float | None = None, batch_size: int | None = None,
    hidden: int | None = None, seed: int | None = None, backprop: Any = None, update: Any = None,
) -> Trainer:  # fmt: skip
    """Watch a network learn: play, pause, step, go back; change everything while it runs.

    Parameters
    ----------
    data : "four", "xor", "moons", "digits", or a `Case` of your own
    learning_rate, batch_size, hidden, seed : what to begin with, where it is to be another than usual on these data
    backprop, update : your own functions, as `check_backprop` and `check_update` check them; one that is still `...`
        leaves it to the package

    Raises
    ------
    ValueError : there are no such data, a number is out of reach, or a function does not pass its checker.
    """
    own = Own(admitted("backprop", backprop), admitted("update", update))
    case = data if isinstance(data, Case) else None
    key = YOURS if isinstance(data, Case) else data
    offered = _offered(case)
    if key not in offered:
        raise ValueError(f"data must be one of {', '.join(sets())}, or a Case, got {data!r}")
    own.fit(offered[key].case)
    settings = offered[key].settings(key)
    given = {"learning_rate": learning_rate, "batch_size": batch_size, "hidden": hidden, "seed": seed}
    for name, value in given.items():
        if value is not None:
            settings = _chosen(settings, offered[key], name, value)
    return restarted(Trainer(settings, own, case))


def _offered(case: Case | None) -> Mapping[str, Data]:
    return {**({YOURS: yours(case)} if case else {}), **sets()}


def _chosen(settings: Settings, data: Data, name: str, value: float) -> Settings:
    """The settings with one of them given by number."""
    ends = {
        "learning_rate": (1e-6, 1e6),
        "batch_size": (1, data.examples),
        "hidden": (1, data.most_hidden),
        "seed": (0, 2**32),
    }[name]
    whole = name == "learning_rate" or float(value).is_integer()
    if isinstance(value, bool) or not ends[0] <= value <= ends[1] or not whole:
        raise ValueError(f"{name} must lie between {ends[0]:g} and {ends[1]:g} on these data, got {value!r}")
    if name == "hidden":
        return resized(settings, data, int(value))
    if name == "seed":
        return replace(settings, start=str(int(value)))
    return replace(settings, **{name: float(value) if name == "learning_rate" else int(value)})


def resized(settings: Settings, data: Data, hidden: int) -> Settings:
    """The settings with so many hidden neurons: start weights that are given fit one number only."""
    start = settings.start if settings.start in data.starts(hidden) else str(data.seed)
    return replace(settings, hidden=hidden, start=start)


def restarted(state: Trainer, **changes: Any) -> Trainer:
    """From the start, with other settings perhaps; what was playing goes on playing."""
    state = replace(state, settings=replace(state.settings, **changes))
    case, random = state.start, generator(0).bit_generator.state
    first = Moment(record(0, case, _unseen(state, case)), 0, 0, None, random, case.x.shape[1])
    known = weights(case)
    selected = state.selected if state.selected in known else next(iter(known), "")
    return replace(state, moments=(first,), at=0, stopped="", selected=selected)


def _unseen(state: Trainer, case: Case) -> Case | None:
    unseen = state.data.unseen
    return unseen and replace(case, x=unseen.x, y=unseen.y)


def weights(case: Case) -> dict[str, Quantity]:
    """The weights that can be turned one by one, by key: none where they are too many."""
    count = sum(values.size for values in case.parameters.w.values())
    return {each.key: each for each in parameters(case) if each.letter == "w"} if count <= MOST_WEIGHTS else {}


def update(state: Trainer, event: Event) -> Trainer:
    """Time passes, or a hand does something; what is solved by then stays solved."""
    after = _updated(state, event)
    new = _new(state.moments, after.moments)
    differs = sum(one != other for one, other in zip(astuple(after.settings), astuple(after.base), strict=True))
    found = solved(after.settings.data, differs, after.moments[0].record, [each.record for each in new], after.stopped)
    return replace(after, done=after.done | found) if found - after.done else after


def _new(before: Sequence[Moment], after: Sequence[Moment]) -> Sequence[Moment]:
    """The moments that were not there before: they come after all those that were."""
    common = min(len(before), len(after))
    while common and before[common - 1] is not after[common - 1]:
        common -= 1
    return after[common:]


def _updated(state: Trainer, event: Event) -> Trainer:
    match event:
        case Tick():
            return _ticked(state) if state.playing else state
        case Press(key) if key in _PRESSED:
            return _PRESSED[key](state)
        case Turn("at"):
            return replace(state, at=min(max(0, round(event.number)), len(state.moments) - 1), playing=False)
        case Turn("speed", str(speed)) if speed in SPEEDS:
            return replace(state, speed=speed)
        case Turn("weight", str(key)) if key in weights(state.start):
            return replace(state, selected=key)
        case Select(key) if key in ("", *weights(state.start)):
            return replace(state, selected=key or state.selected)
        case Turn("value") if state.selected:
            return _with_weight(state, event.number)
        case Turn():
            return _set(state, event)
    return refuse(event)


_PRESSED: Mapping[str, Callable[[Trainer], Trainer]] = {
    "play": lambda state: replace(state, playing=not state.playing and not state.over),
    "step": lambda state: replace(_onward(state, 1), playing=False),
    "back": lambda state: replace(state, at=max(0, state.at - 1), playing=False),
    "anew": lambda state: replace(restarted(state), playing=False),
    "keep": lambda state: replace(state, kept=Run(state.settings, state.start, state.moments[: state.at + 1])),
    "forget": lambda state: replace(state, kept=None),
}


def _set(state: Trainer, event: Turn) -> Trainer:
    """Another setting: learning rate and size of a mini-batch from here on, all others from the start."""
    data, number = state.data, 0
    if event.key in ("learning_rate", "batch_size", "hidden"):
        number = round(event.number)
    match event:
        case Turn("learning_rate"):
            some = rates(state)
            return _branched(state, learning_rate=some[min(max(0, number), len(some) - 1)])
        case Turn("batch_size"):
            some = batch_sizes(state)
            return _branched(state, batch_size=some[min(max(0, number), len(some) - 1)])
        case Turn("hidden") if data.hidden:
            settings = resized(state.settings, data, min(max(1, number), data.most_hidden))
            return state if settings == state.settings else restarted(replace(state, settings=settings))
        case Turn("start", str(start)) if start in data.starts(state.settings.hidden):
            return restarted(state, start=start)
        case Turn("data", str(key)) if key in state.offered:
            return restarted(replace(state, settings=state.offered[key].settings(key), kept=None))
        case Turn("sigma", str(name)) if name in SIGMAS and not state.own.backprop:
            return restarted(state, sigma=name)
        case Turn("cost", str(name)) if name in data.costs and not state.own.backprop:
            return restarted(state, cost=name)
    return refuse(event)


def rates(state: Trainer) -> tuple[float, ...]:
    """The learning rates to choose from, with the one that is chosen."""
    return tuple(sorted({*RATES, state.settings.learning_rate, state.base.learning_rate}))


def batch_sizes(state: Trainer) -> tuple[int, ...]:
    """The sizes of a mini-batch to choose from, with the one that is chosen; the last holds all examples."""
    m = state.data.examples
    return (*sorted({size for size in (*SIZES, state.settings.batch_size, state.data.batch_size) if size < m}), m)


def _branched(state: Trainer, **changes: Any) -> Trainer:
    """From the moment on the screen on with other settings: what came after it is forgotten."""
    settings = replace(state.settings, **changes)
    if settings == state.settings:
        return state
    return replace(state, settings=settings, moments=state.moments[: state.at + 1], stopped="")


def _with_weight(state: Trainer, value: float) -> Trainer:
    """The moment on the screen with one weight changed, and nothing after it."""
    quantity = weights(state.start)[state.selected]
    case = state.now.moved("w", quantity.layer, quantity.index, to=value)
    now = state.shown
    changed = replace(now, record=record(now.record.number, case, _unseen(state, case)))
    return replace(state, moments=(*state.moments[: state.at], changed), stopped="")


def _ticked(state: Trainer) -> Trainer:
    """A frame later: what is known already is played again, then it is trained."""
    after = _onward(state, state.frame)
    return replace(after, playing=False) if after.over else after


def _onward(state: Trainer, steps: int) -> Trainer:
    goal, at = state.shown.steps + steps, state.at
    while at < len(state.moments) - 1 and state.moments[at + 1].steps <= goal:
        at += 1
    if at < len(state.moments) - 1:
        return replace(state, at=max(at, min(state.at + 1, len(state.moments) - 1)))
    return _trained(state, goal - state.moments[-1].steps)


def _trained(state: Trainer, steps: int) -> Trainer:
    """So many steps after the last moment, with a moment for each epoch that ends and for the last step."""
    moments, case, stopped, most = [*state.moments], state.start, state.stopped, state.most
    while steps > 0 and not stopped and len(moments) < most:
        try:
            moments.append(_next(state, case, moments[-1], steps))
        except FloatingPointError as error:
            stopped = f"In epoch {moments[-1].record.number + 1} it diverges: {error}."
        else:
            steps -= moments[-1].steps - moments[-2].steps
    return replace(state, moments=tuple(moments), at=len(moments) - 1, stopped=stopped)


def _next(state: Trainer, case: Case, now: Moment, most: int) -> Moment:
    """After so many steps, or at the end of the epoch."""
    order, random = now.order, now.random
    if order is None:
        rng = generator(0)
        rng.bit_generator.state = random
        order, random = rng.permutation(now.examples), rng.bit_generator.state
    some = [*islice(batches(order[now.used :], state.settings.batch_size), most)]
    found = descend(now.record.parameters, case, some, state.settings.learning_rate, state.own)
    used = now.used + sum(map(len, some))
    ended = used == now.examples
    epoch = record(now.record.number + ended, case, _unseen(state, case), found)
    if not np.isfinite(epoch.cost):
        raise FloatingPointError(f"learning_rate {state.settings.learning_rate:g} is too large; the cost is not finite")
    place = (0, None) if ended else (used, order)
    return Moment(epoch, now.steps + len(some), *place, random, now.examples)

"""Two trainings from one start, step by step: under the quadratic cost, and under the cross-entropy."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from backprop_lab import cases
from backprop_lab.activations import sigmoid
from backprop_lab.cases import Case
from backprop_lab.drawing import controls
from backprop_lab.drawing.decision import is_plane
from backprop_lab.drawing.networks import COSTS
from backprop_lab.drawing.picture import Event, Press, Tick, Turn, refuse
from backprop_lab.parameters import Parameters
from backprop_lab.training import Epoch, descend, record, rms

STUBBORN = Case(Parameters({1: np.array([[2.0]])}, {1: np.array([[2.0]])}), x=np.array([1.0]), y=np.array([0.0]))
NETWORKS = {"neuron": (STUBBORN, 0.15), "four": (cases.batch, 3.0)}
YOURS, PACE, MOST = "yours", 3, 1000  # steps of a frame, and of a race
ENDS = {**controls.ENDS, "learning_rate": (0.05, 10.0)}


@dataclass(frozen=True, eq=False)
class Lap:
    """Both networks after so many steps: what an epoch says of each, and the rms of a − y and of σ′ at the output."""

    epochs: int
    records: Mapping[str, Epoch]
    off: Mapping[str, float]
    steep: Mapping[str, float]


@dataclass(frozen=True)
class Race:
    """The network before its first step, the learning rate, the laps so far, and which of them is shown.

    Parameters
    ----------
    network : a key of `NETWORKS`, or `YOURS`
    own : a case of one's own
    stopped : why it cannot go on after the last lap, or nothing
    """

    network: str
    case: Case = field(compare=False)
    learning_rate: float
    own: Case | None = field(default=None, compare=False)
    laps: tuple[Lap, ...] = field(default=(), compare=False)
    at: int = 0
    playing: bool = False
    stopped: str = ""

    @property
    def offered(self) -> dict[str, tuple[Case, float]]:
        """The networks that can be chosen, each with its learning rate."""
        return {**NETWORKS, **({YOURS: (self.own, 1.0)} if self.own else {})}

    @property
    def shown(self) -> Lap:
        """The lap on the screen."""
        return self.laps[self.at]

    @property
    def over(self) -> bool:
        """Whether there is nothing more to be played."""
        return self.at == MOST or (bool(self.stopped) and self.at == len(self.laps) - 1)

    @property
    def last(self) -> int:
        """The number of the output layer."""
        return self.case.parameters.layers[-1]

    @property
    def turned(self) -> dict[str, float]:
        """What can be turned of the start: a weight into the output, its bias, and the first target."""
        start = self.case.parameters
        return {
            "w": float(start.w[self.last][0, 0]),
            "b": float(start.b[self.last][0, 0]),
            "y": float(self.case.y[0, 0]),
        }

    def now(self, name: str) -> Case:
        """One of the two networks on the screen."""
        return replace(self.case, cost=COSTS[name], parameters=self.shown.records[name].parameters)

    def first_right(self, name: str) -> int | None:
        """After how many steps all examples were right for the first time, as far as the lap on the screen."""
        return next((lap.epochs for lap in self.laps[: self.at + 1] if lap.records[name].accuracy == 1), None)


def begin(network: str | Case = "neuron", *, learning_rate: float | None = None) -> Race:
    """Two trainings from the same start, under the quadratic cost and under the cross-entropy, on one screen.

    Parameters
    ----------
    network : "neuron", one that is wrong and saturated; "four", the running network with its four examples; or a case
        of your own: one neuron with one example, or two inputs and one output
    learning_rate : η, from 0.05 to 10

    Raises
    ------
    ValueError : it is none of these, its output is no sigmoid, a target is not in [0, 1], or η is out of reach.
    """
    own = network if isinstance(network, Case) else None
    if own is None and network not in NETWORKS:
        raise ValueError(f"network must be one of {', '.join(NETWORKS)}, or a Case, got {network!r}")
    case, rate = (own, 1.0) if own else NETWORKS[str(network)]
    sizes, m, rate = case.parameters.sizes, case.x.shape[1], rate if learning_rate is None else learning_rate
    if not (is_plane(case) or (sizes, m) == ((1, 1), 1)) or case.output != sigmoid:
        came = f"sizes {sizes}, m = {m} and {case.output}"
        raise ValueError(f"network must be one neuron with one example, or 2 inputs and 1 sigmoid output, got {came}")
    low, high = ENDS["learning_rate"]
    if not low <= rate <= high:
        raise ValueError(f"learning_rate must lie between {low:g} and {high:g}, got {rate!r}")
    return _started(Race(YOURS if own else str(network), case, float(rate), own))


def is_neuron(case: Case) -> bool:
    """Whether the network is one neuron with one input."""
    return case.parameters.sizes == (1, 1)


def update(state: Race, event: Event) -> Race:
    """Time passes, or a hand starts, stops, goes back, or changes the start for both."""
    match event:
        case Tick():
            return _ticked(state) if state.playing else state
        case Press("play"):
            return replace(state, playing=not state.playing and not state.over)
        case Press("step"):
            return replace(_onward(state, 1), playing=False)
        case Press("back"):
            return replace(state, at=max(0, state.at - 1), playing=False)
        case Press("anew"):
            return _started(replace(state, playing=False))
        case Turn("at"):
            return replace(state, at=min(max(0, round(event.number)), len(state.laps) - 1), playing=False)
        case Turn("network", str(key)) if key in state.offered:
            case, rate = state.offered[key]
            return _started(replace(state, network=key, case=case, learning_rate=rate, playing=False))
        case Turn("learning_rate" | "w" | "b" | "y" as key):
            return _started(_changed(state, key, min(max(ENDS[key][0], event.number), ENDS[key][1])))
    return refuse(event)


def _changed(state: Race, key: str, value: float) -> Race:
    if key == "learning_rate":
        return replace(state, learning_rate=value)
    return replace(state, case=state.case.moved(key, state.last, (0, 0), to=value))


def _started(state: Race) -> Race:
    """Both at the start; what was playing goes on playing."""
    starts = {name: record(0, replace(state.case, cost=cost)) for name, cost in COSTS.items()}
    return replace(state, laps=(_lap(state.case, 0, starts),), at=0, stopped="")


def _lap(case: Case, number: int, records: Mapping[str, Epoch]) -> Lap:
    passes = {name: replace(case, parameters=each.parameters).forward_pass for name, each in records.items()}
    off = {name: rms(each.prediction - case.y) for name, each in passes.items()}
    steep = {name: rms(sigmoid.prime(each.z[case.parameters.layers[-1]])) for name, each in passes.items()}
    return Lap(number, records, off, steep)


def _ticked(state: Race) -> Race:
    """A frame later; it pauses at the moment in which the second of the two is right."""
    before = [state.first_right(name) for name in COSTS]
    after = _onward(state, PACE)
    reached = [after.first_right(name) for name in COSTS]
    if None in before and None not in reached:
        return replace(after, at=max(each or 0 for each in reached), playing=False)
    return replace(after, playing=not after.over)


def _onward(state: Race, steps: int) -> Race:
    laps, goal, stopped = [*state.laps], min(state.at + steps, MOST), state.stopped
    while len(laps) <= goal and not stopped:
        try:
            laps.append(_next(state, laps[-1]))
        except (FloatingPointError, ValueError) as error:  # beyond all numbers in a step, or in what follows from it
            stopped = f"Step {len(laps)} cannot be made: {error}."
    return replace(state, laps=tuple(laps), at=min(goal, len(laps) - 1), stopped=stopped)


def _next(state: Race, lap: Lap) -> Lap:
    """One step of each, on all examples."""
    number, everything = lap.epochs + 1, [np.arange(state.case.x.shape[1])]
    records = {}
    for name, before in lap.records.items():
        case = replace(state.case, cost=COSTS[name])
        after = descend(before.parameters, case, everything, state.learning_rate)
        records[name] = record(number, case, None, after)
    return _lap(state.case, number, records)

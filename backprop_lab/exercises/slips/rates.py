"""Slips on the way to the four equations: in the rate along a path, and in what the demon promises and measures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import prod
from typing import Any, NamedTuple

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.chain import Path, paths, product
from backprop_lab.quantities import Quantity

Arguments = tuple[Any, ...]


class Mistake(NamedTuple):
    """A slip: its name, what the answer amounts to, the question that leads on, and the wrong function itself."""

    name: str
    says: str
    asks: str
    wrong: Callable[..., float]


class Part(NamedTuple):
    """One number of the answer: what it is called, the right function, and the slips that are looked for."""

    name: str
    right: Callable[..., float]
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True)
class Task:
    """An exercise: the name of its checker, the arguments, what to try it on, and the numbers that are asked for.

    `along`: the numbers that may come up on the right way, where the line of others is looked for.
    """

    name: str
    arguments: str
    tries: Callable[[], Sequence[Arguments]]
    parts: tuple[Part, ...]
    along: Callable[..., list[float]] | None = None

    @property
    def names(self) -> list[str]:
        """The names of the arguments, in order."""
        return self.arguments.split(", ")


@cache
def _some_paths() -> tuple[Arguments, ...]:
    """Paths of two to seven rates, none of which is 1."""
    starts = (
        (cases.running, "w2.0.1"),
        (cases.running, "w1.2.1"),
        (cases.wide, "w1.0.0"),
        (cases.wide, "a2.1"),
        (cases.deep, "w1.2.0"),
        (cases.deep, "a1.1"),
    )
    return tuple((path,) for case, start in starts for path in paths(case, Quantity.read(start)))


@cache
def _some_nudges() -> tuple[Arguments, ...]:
    """Neurons of several networks with nudges of either sign, none of which is 1."""
    return (
        (cases.running, 1, 2, 0.1),
        (cases.running, 2, 0, -0.5),
        (cases.wide, 1, 1, 2.0),
        (cases.wide, 2, 1, 0.3),
        (cases.deep, 2, 1, -0.7),
        (cases.deep, 1, 0, 1.5),
    )


def _rates(path: Path) -> list[float]:
    return [rate.value for rate in path]


def _delta(case: Case, layer: int, j: int) -> float:
    return float(case.backward_pass.delta[layer][j, 0])


def _promised(case: Case, layer: int, j: int, dz: float) -> float:
    return _delta(case, layer, j) * dz


def _after(case: Case, layer: int, j: int, dz: float) -> float:
    return case.moved("b", layer, j, by=dz).mean_cost


def _measured(case: Case, layer: int, j: int, dz: float) -> float:
    return _after(case, layer, j, dz) - case.mean_cost


def _on_the_way(case: Case, layer: int, j: int, dz: float) -> list[float]:
    deltas = [float(each) for delta in case.backward_pass.delta.values() for each in delta.flat]
    b = float(case.parameters.b[layer][j, 0])
    return [*deltas, dz, b, b + dz, case.mean_cost, *(f(case, layer, j, dz) for f in (_after, _promised, _measured))]


RATE_ALONG = Task(
    "rate_along",
    "path",
    _some_paths,
    (
        Part(
            "rate",
            product,
            (
                Mistake(
                    "added",
                    "Your function adds the rates.",
                    "What happens to a nudge at the second arrow, after the first has doubled it?",
                    lambda path: sum(_rates(path)),
                ),
                Mistake(
                    "first-factor-only",
                    "Your answer is the first rate of the path.",
                    "Is the return inside your loop?",
                    lambda path: path[0].value,
                ),
                Mistake(
                    "last-factor-only",
                    "Your answer is the last rate of the path.",
                    "What happens to the product so far when the next rate comes?",
                    lambda path: path[-1].value,
                ),
                Mistake(
                    "starts-at-zero",
                    "Your answer is always 0.",
                    "Which number should a product start from, so that it changes nothing?",
                    lambda path: 0.0,
                ),
                Mistake(
                    "first-factor-missing",
                    "The first rate of the path is left out.",
                    "At which arrow does your loop begin?",
                    lambda path: prod(_rates(path)[1:]),
                ),
                Mistake(
                    "last-factor-missing",
                    "The last rate of the path is left out.",
                    "At which arrow does your loop end?",
                    lambda path: prod(_rates(path)[:-1]),
                ),
                Mistake(
                    "first-factor-twice",
                    "The first rate of the path is multiplied in twice.",
                    "With which number does your product begin, and at which arrow does your loop?",
                    lambda path: path[0].value * product(path),
                ),
                Mistake(
                    "divided",
                    "Your function divides by the rates.",
                    "A nudge is doubled, and then tripled: how many times as large is it?",
                    lambda path: 1 / product(path),
                ),
                Mistake(
                    "sign-flipped",
                    "Your answer has the wrong sign.",
                    "How many negative rates are on the path, and what does each of them do?",
                    lambda path: -product(path),
                ),
                Mistake(
                    "signs-lost",
                    "Your answer is never negative.",
                    "What does a negative rate do to the direction of a nudge?",
                    lambda path: abs(product(path)),
                ),
                Mistake(
                    "mean",
                    "Your answer is the mean of the rates.",
                    "Does each arrow act on what the arrow before it passes on, or do all act on the same nudge?",
                    lambda path: sum(_rates(path)) / len(path),
                ),
                Mistake(
                    "counted",
                    "Your answer depends on how many rates there are, not on their values.",
                    "Which field of a rate holds the number?",
                    lambda path: float(len(path)),
                ),
            ),
        ),
    ),
)

DEMON = Task(
    "demon",
    "case, layer, j, dz",
    _some_nudges,
    (
        Part(
            "promised change",
            _promised,
            (
                Mistake(
                    "forgot-dz",
                    "Your promised change is δ alone.",
                    "δ is a rate: what must it be multiplied by to give a change?",
                    lambda case, layer, j, dz: _delta(case, layer, j),
                ),
                Mistake(
                    "quotient",
                    "Your promised change is δ divided by Δz.",
                    "What do you get when a small change is multiplied by a rate?",
                    lambda case, layer, j, dz: _delta(case, layer, j) / dz,
                ),
                Mistake(
                    "sign-flipped",
                    "Your promised change has the wrong sign.",
                    "If δ and Δz are both positive, does the cost rise or fall?",
                    lambda case, layer, j, dz: -_promised(case, layer, j, dz),
                ),
                Mistake(
                    "measured",
                    "Your promised change is the measured one.",
                    "Which of the two comes from δ, and which from two costs?",
                    _measured,
                ),
                Mistake(
                    "cost-not-change",
                    "Your promised change is a cost.",
                    "Do you want the new cost, or by how much the cost changes?",
                    lambda case, layer, j, dz: case.mean_cost + _promised(case, layer, j, dz),
                ),
                Mistake(
                    "delta-after-the-nudge",
                    "Your δ is that of the network after the nudge.",
                    "At which z does the promise begin?",
                    lambda case, layer, j, dz: _promised(case.moved("b", layer, j, by=dz), layer, j, dz),
                ),
                Mistake(
                    "first-neuron",
                    "Your δ is always that of neuron 0.",
                    "Which row of delta[layer] belongs to neuron j?",
                    lambda case, layer, j, dz: _promised(case, layer, 0, dz),
                ),
                Mistake(
                    "layer-sum",
                    "Your δ is summed over the layer.",
                    "Which entry of delta[layer] belongs to neuron j?",
                    lambda case, layer, j, dz: float(case.backward_pass.delta[layer].sum()) * dz,
                ),
                Mistake(
                    "z-for-delta",
                    "Your promised change uses z, not δ.",
                    "Where in the backward pass do you find δ?",
                    lambda case, layer, j, dz: float(case.forward_pass.z[layer][j, 0]) * dz,
                ),
                Mistake(
                    "a-for-delta",
                    "Your promised change uses the activation, not δ.",
                    "Where in the backward pass do you find δ?",
                    lambda case, layer, j, dz: float(case.forward_pass.a[layer][j, 0]) * dz,
                ),
            ),
        ),
        Part(
            "measured change",
            _measured,
            (
                Mistake(
                    "cost-not-change",
                    "Your measured change is the cost after the nudge.",
                    "How far has it moved from where it was?",
                    _after,
                ),
                Mistake(
                    "sign-flipped",
                    "Your measured change is the cost before minus the cost after.",
                    "A change is the new value minus what?",
                    lambda case, layer, j, dz: -_measured(case, layer, j, dz),
                ),
                Mistake(
                    "rate-not-change",
                    "Your measured change is divided by Δz.",
                    "Do you want the rate, or the change itself?",
                    lambda case, layer, j, dz: _measured(case, layer, j, dz) / dz,
                ),
                Mistake(
                    "two-sided",
                    "Your measured change is half of the difference between a nudge up and a nudge down.",
                    "From which cost to which does a single nudge lead?",
                    lambda case, layer, j, dz: (_after(case, layer, j, dz) - _after(case, layer, j, -dz)) / 2,
                ),
                Mistake(
                    "nudge-of-another-size",
                    "Your measured change is that of a nudge of 2Δz.",
                    "By how much should the bias move?",
                    lambda case, layer, j, dz: _after(case, layer, j, 2 * dz) - case.mean_cost,
                ),
                Mistake(
                    "nudge-of-another-size",
                    "Your measured change is that of a nudge of −Δz.",
                    "In which direction should the bias move?",
                    lambda case, layer, j, dz: _after(case, layer, j, -dz) - case.mean_cost,
                ),
                Mistake(
                    "share-of-the-cost",
                    "Your measured change is a share of the cost.",
                    "Do you want the change, or the change divided by something?",
                    lambda case, layer, j, dz: _measured(case, layer, j, dz) / case.mean_cost,
                ),
                Mistake(
                    "promise-again",
                    "Your measured change is the promise again.",
                    "Which of your lines runs the network again?",
                    _promised,
                ),
                Mistake(
                    "set-not-moved",
                    "Your demon sets the bias to Δz.",
                    "Should the bias go to Δz, or move by it?",
                    lambda case, layer, j, dz: case.moved("b", layer, j, to=dz).mean_cost - case.mean_cost,
                ),
                Mistake(
                    "first-neuron",
                    "Your demon always nudges neuron 0.",
                    "Which index of the bias belongs to neuron j?",
                    lambda case, layer, j, dz: _measured(case, layer, 0, dz),
                ),
                Mistake(
                    "never-nudged",
                    "Your measured change is always 0.",
                    "Does your difference use the case with the nudge in it?",
                    lambda case, layer, j, dz: 0.0,
                ),
                Mistake(
                    "weight-not-bias",
                    "Your demon nudges a weight.",
                    "Which of a neuron's knobs moves its z by exactly as much as the knob itself?",
                    lambda case, layer, j, dz: case.moved("w", layer, (j, 0), by=dz).mean_cost - case.mean_cost,
                ),
            ),
        ),
    ),
    _on_the_way,
)

TASKS = {task.name: task for task in (RATE_ALONG, DEMON)}

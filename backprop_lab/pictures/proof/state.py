"""Where a proof is shown, and how much of it: the state, and the ways to change it."""

from dataclasses import dataclass, field, replace

from backprop_lab.activations import sigmoid, softmax
from backprop_lab.cases import Case
from backprop_lab.costs import binary_cross_entropy, quadratic
from backprop_lab.derivations.lines import Given, Proof, evaluate, layers, nearest, proof_on
from backprop_lab.derivations.place import Place
from backprop_lab.derivations.rates import OWN_Z, QUADRATIC
from backprop_lab.drawing.networks import NETWORKS, networks

OUTPUTS = {
    "sigmoid, quadratic cost": (sigmoid, quadratic),
    "softmax, quadratic cost": (softmax, quadratic),
    "sigmoid, cross-entropy": (sigmoid, binary_cross_entropy),
}
BREAKS = {"softmax, quadratic cost": OWN_Z, "sigmoid, cross-entropy": QUADRATIC}


@dataclass(frozen=True)
class Proving:
    """A proof at a place.

    Parameters
    ----------
    of : the proof, or case -> the proof, since some have two lines for every layer of the case
    own : the case it began on
    network : what the case is called
    shown : how many lines are shown; None for all
    opened : the line that is open, from 1; 0 for none
    room : the height in px that its lines need, whatever is done
    """

    of: Given
    own: Case = field(compare=False)
    place: Place = field(compare=False)
    network: str
    shown: int | None = 1
    opened: int = 1
    room: int = 0

    @property
    def proof(self) -> Proof:
        """The proof for the case of the place."""
        return proof_on(self.of, self.place.case)

    @property
    def visible(self) -> int:
        """How many lines are shown."""
        count = len(self.proof.lines)
        return count if self.shown is None else max(1, min(self.shown, count))

    @property
    def line(self) -> int:
        """Number of the open line, the last where there are fewer; 0 for none."""
        return min(self.opened, self.visible)

    @property
    def networks(self) -> dict[str, Case]:
        """The networks that the proof can be shown on, its own among them."""
        return {
            name: case
            for name, case in networks(self.own, *NETWORKS).items()
            if case is self.own or _fits(proof_on(self.of, case), case)
        }

    @property
    def many(self) -> bool:
        """Whether the lines are about all examples at once, where there is more than one."""
        return "example" not in self.proof.asks and any(case.x.shape[1] > 1 for case in self.networks.values())

    @property
    def outputs(self) -> list[str]:
        """The pairs of output and cost that can be chosen: the one that is assumed, and those that break it."""
        case, assumed = self.own, {line.assumes for line in self.proof.lines}
        offered = [name for name in OUTPUTS if BREAKS.get(name) in {None, *assumed}]
        return offered if len(offered) > 1 and (case.output, case.cost) in OUTPUTS.values() else []


def at(state: Proving, **place: object) -> Proving:
    """The proof at another place; what does not exist there gives way to what does."""
    moved = replace(state.place, **place)  # pyright: ignore[reportArgumentType]
    return replace(state, place=nearest(proof_on(state.of, moved.case), moved))


def show(state: Proving, shown: int) -> Proving:
    """So many lines, the last of them open."""
    last = replace(state, shown=shown).visible
    return replace(state, shown=last, opened=last)


def with_output(state: Proving, name: str) -> Proving:
    """The proof with another output activation and cost; the first line that then no longer follows is opened."""
    output, cost = OUTPUTS[name]
    now = at(state, case=replace(state.place.case, output=output, cost=cost))
    broken = (number for number, step in enumerate(evaluate(now.proof, now.place), start=1) if not step.follows)
    return replace(now, opened=min(next(broken, now.line), now.visible))


def _fits(proof: Proof, case: Case) -> bool:
    return bool(layers(proof, case)) and ("example" not in proof.asks or case.x.shape[1] == 1)

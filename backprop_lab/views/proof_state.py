"""Where a proof is shown and how much of it: the state, and every way to change it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from backprop_lab.activations import Activation, sigmoid
from backprop_lab.cases import Case
from backprop_lab.costs import Cost, quadratic
from backprop_lab.derivations.lines import Proof, layers
from backprop_lab.derivations.place import Place

Given = Proof | Callable[[Case], Proof]


@dataclass(frozen=True)
class ProofState:
    """A proof at a place.

    Parameters
    ----------
    proofs : case -> the proof, since some have two lines for every layer of the case
    shown : how many lines are shown; None for all
    selected : "line.5" for line 5, or nothing
    network : what the case is called
    """

    proofs: Callable[[Case], Proof]
    place: Place = field(compare=False)
    shown: int | None = None
    selected: str = ""
    network: str = ""

    @property
    def proof(self) -> Proof:
        """The proof for the case of the place."""
        return self.proofs(self.place.case)

    @property
    def visible(self) -> int:
        """How many lines are shown."""
        count = len(self.proof.lines)
        return count if self.shown is None else max(1, min(self.shown, count))

    @property
    def line(self) -> int:
        """Number of the selected line, from 1; 0 where no line that is shown is selected."""
        number = int(self.selected.removeprefix("line.") or 0)
        return number if number <= self.visible else 0


def begin(proof: Given, case: Case, network: str = "") -> ProofState:
    """A proof on a case, with all its lines, at the first place it is about.

    Raises
    ------
    ValueError : the case has no such place.
    """
    proofs = (lambda _case: proof) if isinstance(proof, Proof) else proof
    about = layers(proofs(case), case)
    if not about:
        raise ValueError(f"case must have a layer that {proofs(case).name} is about, got sizes {case.parameters.sizes}")
    return ProofState(proofs, Place(case, about[0]), network=network)


def next_line(state: ProofState) -> ProofState:
    """One line more."""
    return show(state, state.visible + 1)


def back(state: ProofState) -> ProofState:
    """One line fewer."""
    return show(state, state.visible - 1)


def all_lines(state: ProofState) -> ProofState:
    """Every line."""
    return replace(state, shown=None)


def show(state: ProofState, shown: int) -> ProofState:
    """So many lines, the last of them selected."""
    shown = replace(state, shown=shown).visible
    return replace(state, shown=shown, selected=f"line.{shown}")


def at(state: ProofState, **place: object) -> ProofState:
    """The proof at another place; what does not exist there gives way to what does."""
    moved = replace(state.place, **place)  # pyright: ignore[reportArgumentType]
    about = layers(state.proofs(moved.case), moved.case)
    layer = min(about, key=lambda other: abs(other - moved.layer))
    sizes, m = moved.case.parameters.sizes, moved.case.x.shape[1]
    fitting = replace(
        moved,
        layer=layer,
        neuron=min(moved.neuron, sizes[layer] - 1),
        source=min(moved.source, sizes[layer - 1] - 1),
        example=min(moved.example, m - 1),
    )
    return replace(state, place=fitting)


def on(state: ProofState, network: str, case: Case) -> ProofState:
    """The proof on another network."""
    return at(replace(state, network=network), case=case)


def with_output(state: ProofState, output: Activation = sigmoid, cost: Cost = quadratic) -> ProofState:
    """The proof with another output activation and another cost."""
    return at(state, case=replace(state.place.case, output=output, cost=cost))


def choices(state: ProofState) -> dict[str, tuple[int, ...]]:
    """The layers, neurons, sources and examples that exist here."""
    place = state.place
    sizes, m = place.case.parameters.sizes, place.case.x.shape[1]
    return {
        "layer": tuple(layers(state.proof, place.case)),
        "neuron": tuple(range(sizes[place.layer])),
        "source": tuple(range(sizes[place.layer - 1])),
        "example": tuple(range(m)),
    }


def weight_in(state: ProofState) -> float:
    """The weight from k to j."""
    return float(state.place.w[state.place.j, state.place.k])


def weight_out(state: ProofState) -> float:
    """The weight from j to the first neuron of the next layer."""
    return float(state.place.w_next[0, state.place.j])


def target(state: ProofState) -> float:
    """The target of j, or of the first output where j is hidden."""
    return float(state.place.case.y[_output(state), state.place.example])


def with_weight_in(state: ProofState, value: float) -> ProofState:
    """The proof with another weight from k to j."""
    return _with_weight(state, state.place.layer, state.place.j, state.place.k, value)


def with_weight_out(state: ProofState, value: float) -> ProofState:
    """The proof with another weight from j to the first neuron of the next layer."""
    return _with_weight(state, state.place.layer + 1, 0, state.place.j, value)


def _with_weight(state: ProofState, layer: int, j: int, k: int, value: float) -> ProofState:
    changed = state.place.case.parameters.with_entry("w", layer, (j, k), value)
    return at(state, case=replace(state.place.case, parameters=changed))


def with_target(state: ProofState, value: float) -> ProofState:
    """The proof with another target of its example."""
    y = np.array(state.place.case.y)
    y[_output(state), state.place.example] = value
    return at(state, case=replace(state.place.case, y=y))


def _output(state: ProofState) -> int:
    return state.place.j if state.place.layer == state.place.last else 0

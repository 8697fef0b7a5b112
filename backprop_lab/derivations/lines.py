"""What a derivation is made of: lines whose right-hand side can be evaluated at any place, and proofs made of lines."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.derivations.place import Place
from backprop_lab.derivations.sums import Value, magnitude
from backprop_lab.quantities import Quantity

TOLERANCE = 1e-9
NOTHING = 1e-14  # what rounding leaves of zero: an output may lie as near to 0 or 1 as a float can


def agree(one: Value, other: Value) -> bool:
    """Whether two lines show the same number or vector, to 1e-9 of the size of their terms, or nothing both."""
    if np.shape(one) != np.shape(other):
        return False
    with np.errstate(invalid="ignore"):  # infinite minus infinite
        gap = np.abs(np.subtract(one, other)).max()
        return bool(gap <= max(NOTHING, TOLERANCE * max(magnitude(one), magnitude(other))))


Keys = tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One line of a derivation.

    Parameters
    ----------
    latex : its right-hand side
    reason : why it follows from the line above
    value : place -> its right-hand side there, computed as the line writes it
    relation : "=", or "≈" for a line that holds the better the smaller Δ is
    left, measured : only for a line with a left-hand side of its own: its LaTeX, and place -> what it is found to be
    assumes : what must hold for this line to follow, or nothing
    speaks_of : place -> the parts of the diagram it speaks of: "a1.2" is neuron 2 of layer 1, "w2.0.1" is
        w[2][0, 1], "b1.2" is b[1][2]
    """

    latex: str
    reason: str
    value: Callable[[Place], Value]
    relation: str = "="
    left: str = ""
    measured: Callable[[Place], Value] | None = None
    assumes: str = ""
    speaks_of: Callable[[Place], Keys] = lambda place: neuron(place.layer, place.j)


@dataclass(frozen=True)
class Proof:
    """A derivation: its left-hand side, and lines of which each follows from the one above.

    Parameters
    ----------
    left : the left-hand side, LaTeX
    witness : place -> the left-hand side there, found by a nudge
    applies : (case, layer) -> whether the proof is about neurons of this layer
    asks : which of layer, neuron, source, example and change a place has to name
    moves : names of the place's numbers that its lines follow: weight_in, weight_out, target
    """

    name: str
    title: str
    left: str
    lines: tuple[Line, ...]
    witness: Callable[[Place], Value]
    applies: Callable[[Case, int], bool]
    asks: tuple[str, ...] = ("layer", "neuron", "example")
    moves: tuple[str, ...] = ("weight_in", "target")


@dataclass(frozen=True)
class Step:
    """One line at one place: its value, that of the line above (or of its own left-hand side), and the witness."""

    line: Line
    value: Value
    above: Value
    witness: Value

    @cached_property
    def follows(self) -> bool:
        """Whether it equals the line above; one that is only ≈ claims nothing for a given Δ."""
        return self.line.relation != "=" or agree(self.value, self.above)

    @cached_property
    def holds(self) -> bool:
        """Whether it equals what the nudge found."""
        return self.line.relation != "=" or agree(self.value, self.witness)


def evaluate(proof: Proof, place: Place) -> tuple[Step, ...]:
    """Every line at this place, each with what it is compared with; the first is compared with the witness."""
    steps: list[Step] = []
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):  # an output may be 1 to its last digit
        above = witness = proof.witness(place)
        for line in proof.lines:
            found = line.measured(place) if line.measured else None
            value = line.value(place)
            steps.append(Step(line, value, above if found is None else found, witness if found is None else found))
            above = value
    return tuple(steps)


def layers(proof: Proof, case: Case) -> list[int]:
    """The layers of this case which the proof is about."""
    return [layer for layer in case.parameters.layers if proof.applies(case, layer)]


Given = Proof | Callable[[Case], Proof]  # some proofs have two lines for every layer of the case


def proof_on(given: Given, case: Case) -> Proof:
    """The proof for this case."""
    return given if isinstance(given, Proof) else given(case)


def choices(proof: Proof, place: Place) -> dict[str, range | list[int]]:
    """What the proof can be shown at here: layers; neurons and sources of the place's layer; examples."""
    return {
        "layer": layers(proof, place.case),
        "neuron": place.neurons,
        "source": place.neurons_previous,
        "example": range(place.case.x.shape[1]),
    }


def nearest(proof: Proof, place: Place) -> Place:
    """The place, or where it does not exist in its case, the nearest one that the proof is about.

    Raises
    ------
    ValueError : the case has no layer that the proof is about.
    """
    about = layers(proof, place.case)
    if not about:
        raise ValueError(f"case must have a layer that {proof.name} is about, got sizes {place.case.parameters.sizes}")
    there = replace(place, layer=min(about, key=lambda layer: abs(layer - place.layer)))
    last = {name: offered[-1] for name, offered in choices(proof, there).items() if name != "layer"}
    return replace(there, **{name: min(getattr(there, name), most) for name, most in last.items()})


def at_output(case: Case, layer: int) -> bool:
    """The output layer."""
    return layer == case.parameters.layers[-1]


def at_hidden(case: Case, layer: int) -> bool:
    """A hidden layer."""
    return layer < case.parameters.layers[-1]


def anywhere(_case: Case, _layer: int) -> bool:
    """Every layer that has weights."""
    return True


def neuron(layer: int, *neurons: int) -> Keys:
    """The diagram's keys of neurons of a layer."""
    return tuple(Quantity("a", layer, (j,)).key for j in neurons)


def weight(layer: int, j: int, k: int) -> Keys:
    """The diagram's key of a weight."""
    return (Quantity("w", layer, (j, k)).key,)


def pd(top: str, bottom: str) -> str:
    """LaTeX of a partial derivative."""
    return rf"\frac{{\partial {top}}}{{\partial {bottom}}}"

"""What a derivation is made of: lines whose right-hand side can be evaluated at any place, and proofs made of lines."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.derivations.place import Place

TOLERANCE = 1e-9

Value = float | Array


class Sum(float):
    """A sum of products which remembers how it was put together: `terms`, each a tuple of factors.

    A factor may be a `Sum` itself: a bracket.
    """

    terms: tuple[tuple[float, ...], ...]

    def __new__(cls, terms: Iterable[tuple[float, ...]]) -> "Sum":
        """Multiply the factors of each term, and add the terms."""
        terms = tuple(terms)
        number = super().__new__(cls, sum(float(np.prod(factors)) for factors in terms))
        number.terms = terms
        return number

    @property
    def size(self) -> float:
        """The sum of the terms without their signs: what rounding errors are relative to."""
        return sum(float(np.prod([magnitude(factor) for factor in factors])) for factors in self.terms)


def product(*factors: float) -> Sum:
    """The product of the factors."""
    return Sum([factors])


def magnitude(value: Value) -> float:
    """The size of a value, or of the terms it was put together from."""
    return value.size if isinstance(value, Sum) else float(np.abs(value).max())


def agree(one: Value, other: Value) -> bool:
    """Whether two lines show the same number or vector, to 1e-9 of the size of their terms."""
    if np.shape(one) != np.shape(other):
        return False
    gap = np.abs(np.subtract(one, other)).max()
    return bool(gap <= TOLERANCE * max(magnitude(one), magnitude(other)))


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
    """

    name: str
    title: str
    left: str
    lines: tuple[Line, ...]
    witness: Callable[[Place], Value]
    applies: Callable[[Case, int], bool]
    asks: tuple[str, ...] = ("layer", "neuron", "example")


@dataclass(frozen=True)
class Step:
    """One line at one place: its value, that of the line above (or of its own left-hand side), and the witness."""

    line: Line
    value: Value
    above: Value
    witness: Value

    @property
    def follows(self) -> bool:
        """Whether it equals the line above; one that is only ≈ claims nothing for a given Δ."""
        return self.line.relation != "=" or agree(self.value, self.above)

    @property
    def holds(self) -> bool:
        """Whether it equals what the nudge found."""
        return self.line.relation != "=" or agree(self.value, self.witness)


def evaluate(proof: Proof, place: Place) -> tuple[Step, ...]:
    """Every line at this place, each with what it is compared with; the first is compared with the witness."""
    steps: list[Step] = []
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
    return tuple(f"a{layer}.{j}" for j in neurons)


def weight(layer: int, j: int, k: int) -> Keys:
    """The diagram's key of a weight."""
    return (f"w{layer}.{j}.{k}",)


def pd(top: str, bottom: str) -> str:
    """LaTeX of a partial derivative."""
    return rf"\frac{{\partial {top}}}{{\partial {bottom}}}"

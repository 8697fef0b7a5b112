"""The neuron's state: a case, the neuron that is looked at, and what adds up to its z."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from backprop_lab import cases
from backprop_lab.activations import sigmoid
from backprop_lab.cases import Case
from backprop_lab.drawing.picture import Event, Press, Select, Turn, refuse
from backprop_lab.quantities import Quantity, inputs
from backprop_lab.validation import is_entry

MOST = 4  # inputs that fit on one screen


class Term(NamedTuple):
    """One thing that is added up: a weight with its input and their product, or the bias, which has no input."""

    quantity: Quantity
    x: Quantity | None
    added: float


@dataclass(frozen=True)
class Neuron:
    """Neuron j of layer 1 in a case as it is now and as it began, and which weight or bias is spoken of."""

    case: Case
    start: Case
    j: int
    selected: str

    @property
    def terms(self) -> list[Term]:
        """What adds up to z: the products, then the bias."""
        weights = [(Quantity("w", 1, (self.j, k)), x) for k, x in enumerate(inputs(self.case))]
        products = [Term(w, x, w.value(self.case) * x.value(self.case)) for w, x in weights]
        bias = Quantity("b", 1, (self.j,))
        return [*products, Term(bias, None, bias.value(self.case))]

    @property
    def z(self) -> float:
        """The weighted input."""
        return Quantity("z", 1, (self.j,)).value(self.case)

    @property
    def a(self) -> float:
        """The activation."""
        return Quantity("a", 1, (self.j,)).value(self.case)

    @property
    def slope(self) -> float:
        """σ′(z)."""
        return float(sigmoid.prime(self.z))

    @property
    def k(self) -> int:
        """The input of the selected weight; otherwise 0."""
        lit = [each.quantity.key == self.selected for each in self.terms[:-1]]
        return lit.index(True) if any(lit) else 0


def begin(case: Case = cases.running, *, j: int = 0, selected: str | None = None) -> Neuron:
    """One neuron: its products, their sum z end to end, the point on σ and the tangent there.

    Parameters
    ----------
    case : a network with at most 4 inputs and sigmoid neurons in layer 1; its first example is shown
    j : which neuron of layer 1
    selected : key of one of its weights or of its bias, `w1.0.1` or `b1.0`, or nothing: ""; at first its first weight

    Raises
    ------
    ValueError : the case is another one, or has no such neuron, weight or bias.
    """
    n, size = case.parameters.sizes[:2]
    if n > MOST:
        raise ValueError(f"case must have at most {MOST} inputs, got {n}")
    if case.activation(1) is not sigmoid:
        raise ValueError(f"case must have sigmoid neurons in layer 1, got {case.activation(1)}")
    if not is_entry((j,), (size,)):
        raise ValueError(f"j must be a neuron of layer 1, from 0 to {size - 1}, got {j}")
    state = Neuron(case, case, j, "")
    keys = [each.quantity.key for each in state.terms]
    if selected not in (None, "", *keys):
        raise ValueError(f"selected must be one of {', '.join(keys)}, or nothing, got {selected!r}")
    return replace(state, selected=keys[0] if selected is None else selected)


def update(state: Neuron, event: Event) -> Neuron:
    """A number turned, weights and bias as they began, another weight or the bias chosen."""
    match event:
        case Turn(key):
            return replace(state, case=Quantity.read(key).turned(state.case, event.number))
        case Press("reset"):
            return replace(state, case=replace(state.case, parameters=state.start.parameters))
        case Select(key):
            return replace(state, selected=key)
    return refuse(event)

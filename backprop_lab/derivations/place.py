"""Where a derivation is evaluated: one neuron and example of a network, with the letters of the page, and its rates."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from backprop_lab.activations import Activation
from backprop_lab.cases import Case
from backprop_lab.complex_step import STEP, nudge
from backprop_lab.parameters import Layers
from backprop_lab.quantities import Quantity
from backprop_lab.validation import Array


@dataclass(frozen=True, eq=False)
class Place:
    """Where a proof is evaluated, and the letters of the page there.

    Parameters
    ----------
    layer, neuron : the layer and its neuron j, counted from 0
    source : k, the neuron of the previous layer from which a weight comes
    example : the column x
    change : the size of Δ, for the lines that speak of a change and not of a rate
    """

    case: Case
    layer: int
    neuron: int = 0
    source: int = 0
    example: int = 0
    change: float = 0.1

    @property
    def j(self) -> int:
        """This neuron."""
        return self.neuron

    @property
    def k(self) -> int:
        """The neuron a weight comes from."""
        return self.source

    @property
    def w(self) -> Array:
        """w of this layer."""
        return self.case.parameters.w[self.layer]

    @property
    def b(self) -> Array:
        """b of this layer, one number for each neuron."""
        return self.case.parameters.b[self.layer][:, 0]

    @property
    def z(self) -> Array:
        """z of this layer and example."""
        return self.case.forward_pass.z[self.layer][:, self.example]

    @property
    def a(self) -> Array:
        """a of this layer and example."""
        return self.case.forward_pass.a[self.layer][:, self.example]

    @property
    def a_previous(self) -> Array:
        """a of the previous layer."""
        return self.case.forward_pass.a[self.layer - 1][:, self.example]

    @property
    def y(self) -> Array:
        """Targets of this example."""
        return self.case.y[:, self.example]

    @property
    def nabla_a(self) -> Array:
        """∂C_x/∂a of every output."""
        return self.case.cost.gradient(self.case.forward_pass.prediction, self.case.y)[:, self.example]

    @property
    def delta(self) -> Array:
        """δ of this layer."""
        return self.case.backward_pass.delta[self.layer][:, self.example]

    @property
    def w_next(self) -> Array:
        """w of the next layer."""
        return self.case.parameters.w[self.layer + 1]

    @property
    def b_next(self) -> Array:
        """b of the next layer."""
        return self.case.parameters.b[self.layer + 1][:, 0]

    @property
    def delta_next(self) -> Array:
        """δ of the next layer."""
        return self.case.backward_pass.delta[self.layer + 1][:, self.example]

    @property
    def sigma(self) -> Activation:
        """The activation function of this layer."""
        return self.case.activation(self.layer)

    @property
    def sigma_prime(self) -> Array:
        """σ′(z) of this layer; of a softmax, which has none, what would pass for it: the diagonal a(1 − a)."""
        return self.a * (1 - self.a) if self.sigma.derivative is None else self.sigma.prime(self.z)

    @property
    def last(self) -> int:
        """L, the number of the output layer."""
        return self.case.parameters.layers[-1]

    @property
    def neurons(self) -> range:
        """The neurons of this layer."""
        return range(len(self.b))

    @property
    def neurons_previous(self) -> range:
        """The neurons of the previous layer: k runs over them."""
        return range(self.w.shape[1])

    @property
    def neurons_next(self) -> range:
        """The neurons of the next layer: i runs over them."""
        return range(len(self.w_next))

    @property
    def weight_in(self) -> Quantity:
        """The weight from k to j."""
        return Quantity("w", self.layer, (self.j, self.k))

    @property
    def weight_out(self) -> Quantity:
        """The weight from j to the first neuron of the next layer."""
        return Quantity("w", self.layer + 1, (0, self.j))

    @property
    def target(self) -> Quantity:
        """The target of j, or of the first output where j is hidden."""
        return Quantity("y", 0, (self.j if self.layer == self.last else 0,))

    @cached_property
    def now(self) -> "Measured":
        """What is measured with nothing changed."""
        return self._measured(self.case)

    def rates(self, quantity: str, layer: int, *index: int) -> "Nudged":
        """How fast everything moves, in this example, when one quantity of "w", "b", "z", "a" is nudged."""
        rates = nudge(self.case, quantity, layer, index)
        return Nudged(self._column(rates.z), self._column(rates.a), float(rates.cost[self.example]))

    def changed(self, quantity: str, *index: int) -> "Measured":
        """What is measured when one entry of w or b of this layer is larger by `change`."""
        return self._measured(self.case.moved(quantity, self.layer, index, by=self.change))

    def _measured(self, case: Case) -> "Measured":
        z, a, cost = (Quantity(letter, self.layer, (self.j,)).value(case, self.example) for letter in ("z", "a", "C"))
        return Measured(z, a, cost)

    def _column(self, layers: Layers) -> Layers:
        return {layer: values[:, self.example] for layer, values in layers.items()}


@dataclass(frozen=True)
class Nudged:
    """Rates in one example: ∂z and ∂a by layer, and ∂C."""

    z: Layers
    a: Layers
    cost: float


@dataclass(frozen=True)
class Measured:
    """z and a of the place's neuron and the cost of its example, from a forward pass."""

    z: float
    a: float
    cost: float


def derivative(f: Callable[[complex], complex], at: float) -> float:
    """f′(at) by a complex step: the derivative of an expression as it is written."""
    return float(np.imag(f(at + 1j * STEP)) / STEP)

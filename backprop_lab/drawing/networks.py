"""What menus offer, by name: the networks of the series, with what is chosen of them; σ; and costs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from backprop_lab import cases
from backprop_lab.activations import Activation, relu, sigmoid, tanh
from backprop_lab.cases import Case
from backprop_lab.costs import Cost, binary_cross_entropy, quadratic
from backprop_lab.drawing.controls import button, buttons, menu
from backprop_lab.drawing.diagram import DELTA, A, Row, Z, layout
from backprop_lab.drawing.layout import WIDTH
from backprop_lab.drawing.markup import Markup, element
from backprop_lab.drawing.picture import Event, Press, Select, Turn, refuse
from backprop_lab.quantities import Quantity
from backprop_lab.validation import Array

NETWORKS = {"running": cases.running, "wide": cases.wide, "deep": cases.deep, "batch": cases.batch}
SINGLE = ("running", "wide", "deep")  # those with one example
OWN = "this one"
SIGMAS: Mapping[str, Activation] = {"sigmoid": sigmoid, "tanh": tanh, "relu": relu}
COSTS: Mapping[str, Cost] = {"quadratic": quadratic, "cross-entropy": binary_cross_entropy}


@dataclass(frozen=True)
class OnNetwork:
    """What a picture shows of a network that the learner chooses and turns: the state of pictures begins with it.

    Parameters
    ----------
    case, first : the network now, and the one that the picture began with
    network : what it is called
    """

    NAMES: ClassVar[Iterable[str]] = SINGLE  # of the networks that are offered

    case: Case
    first: Case
    network: str

    @classmethod
    def begun(cls, case: Case, *more: object) -> Self:
        """On this network; `more` are the fields of a record that has more of them."""
        return cls(case, case, name_of(case, networks(case, *cls.NAMES)), *more)

    @property
    def offered(self) -> dict[str, Case]:
        """The networks of the menu."""
        return networks(self.first, *self.NAMES)

    @property
    def start(self) -> Case:
        """The network as it began."""
        return self.offered[self.network]

    def updated(self, event: Event) -> Self:
        """A weight, bias, input or target turned, the last target flipped, or all as it began."""
        match event:
            case Turn(key):
                return replace(self, case=Quantity.read(key).turned(self.case, event.number))
            case Press("flip"):
                target = Quantity("y", 0, (self.case.parameters.sizes[-1] - 1,))
                return replace(self, case=target.turned(self.case, 1 - target.value(self.case)))
            case Press("reset"):
                return replace(self, case=self.start)
        return refuse(event)


@dataclass(frozen=True)
class AtNeuron(OnNetwork):
    """The same at one of its hidden neurons.

    Parameters
    ----------
    layer, j : the hidden layer, and the neuron in it that is spoken of
    """

    layer: int = 1
    j: int = 0

    @property
    def delta_next(self) -> Array:
        """δ of the next layer, shape (n_next,)."""
        return self.case.backward_pass.delta[self.layer + 1][:, 0]

    @property
    def menus(self) -> Markup:
        """Which network and layer, and back to how it began."""
        return buttons(
            menu("network", "network", [*self.offered], self.network),
            menu("layer", "layer", hidden_layers(self.case), self.layer),
            button("reset", "reset", on=self.case is not self.start),
        )

    def updated(self, event: Event) -> Self:
        """Another network, layer or neuron; one that does not exist there gives way to the first hidden one."""
        match event:
            case Turn("network", str(name)) if name in self.offered:
                return replace(self, case=self.offered[name], network=name)._at(self.layer)
            case Turn("layer"):
                return self._at(int(event.number))
            case Select(key):
                return replace(self, j=Quantity.read(key).index[0]) if key else self
        return super().updated(event)

    def _at(self, layer: int) -> Self:
        j = self.j if is_hidden(self.case, layer, self.j) else 0
        return replace(self, layer=layer if layer in hidden_layers(self.case) else 1, j=j)


def hidden_layers(case: Case) -> list[int]:
    """The hidden layers."""
    return [*case.parameters.layers][:-1]


def is_hidden(case: Case, layer: int, j: int) -> bool:
    """Whether there is a neuron j in a hidden layer of this number."""
    return layer in hidden_layers(case) and j < case.parameters.sizes[layer]


def hidden_neuron(case: Case, key: str, most: int) -> Quantity:
    """The hidden neuron with this key, in a network with at most so many neurons in a layer.

    Raises
    ------
    ValueError : a layer has more neurons, or there is no such hidden neuron.
    """
    if max(case.parameters.sizes[1:]) > most:
        raise ValueError(f"case must have at most {most} neurons in a layer, got sizes {case.parameters.sizes}")
    if len(case.parameters.sizes) < 3:
        raise ValueError(f"case must have a hidden layer, got sizes {case.parameters.sizes}")
    where = Quantity.read(key)
    if where.letter not in "az" or not is_hidden(case, where.layer, where.index[0]):
        raise ValueError(f"neuron must be the key of a hidden neuron of the network, like a1.0, got {key!r}")
    return where


def networks(case: Case, *names: str) -> dict[str, Case]:
    """Those of the series with these names; a case that is none of them comes first, as "this one"."""
    known = {name: NETWORKS[name] for name in names}
    return known if any(case is one for one in known.values()) else {OWN: case, **known}


def name_of(case: Case, among: dict[str, Case]) -> str:
    """What this very case is called."""
    return next(name for name, known in among.items() if known is case)


def room(
    drawing: Markup, among: dict[str, Case], *, rows: tuple[Row, ...] = (Z, A, DELTA), width: float = WIDTH
) -> Markup:
    """A diagram with the room that the highest of these networks needs, so that nothing moves when one is chosen."""
    highest = max((layout(case, rows, width) for case in among.values()), key=lambda each: each.height / each.width)
    return element("div", drawing, style=f"aspect-ratio: {highest.width:g} / {highest.height:g}")

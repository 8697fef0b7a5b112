"""Where we are in the table of a gradient: a layer, a cell of it, an example, and what was moved."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.drawing.networks import NETWORKS, OnNetwork
from backprop_lab.drawing.picture import Event, Press, Select, Turn, refuse
from backprop_lab.drawing.plane import round_scale
from backprop_lab.equations import bp3, bp4
from backprop_lab.quantities import Quantity, parameters
from backprop_lab.validation import Array

MOST = 5  # neurons in a layer whose table fits on one screen
ETA = 1.0
SILENT = 0.001  # an activation, and a δ, below which a column, and a row, counts as dead


@dataclass(frozen=True)
class GradientTable(OnNetwork):
    """Which table is shown, and where we are in it.

    Parameters
    ----------
    layer, j, k : the layer whose gradient is shown; the row and the activation that are spoken of
    bias : whether the cell is that of the row's bias, and not of a weight
    example : the one whose numbers the network and the sliders show
    mean : whether the cells are means over all examples, and not those of this one
    before : the network before the step that was taken last, as long as nothing else was moved since
    """

    NAMES = tuple(NETWORKS)

    layer: int = 1
    j: int = 0
    k: int = 0
    bias: bool = False
    example: int = 0
    mean: bool = False
    before: Case | None = None

    @property
    def chosen(self) -> Quantity:
        """The weight or bias whose cell is spoken of."""
        return Quantity("b", self.layer, (self.j,)) if self.bias else Quantity("w", self.layer, (self.j, self.k))

    @property
    def column(self) -> int:
        """The column that is spoken of: 0 is the one of the biases."""
        return 0 if self.bias else self.k + 1

    @property
    def m(self) -> int:
        """How many examples there are."""
        return self.case.x.shape[1]

    @property
    def examples(self) -> list[int]:
        """The examples whose numbers stand in the table."""
        return [*range(self.m)] if self.mean else [self.example]

    @property
    def delta(self) -> Array:
        """δ of the layer, a column for each example in the table."""
        return self.case.backward_pass.delta[self.layer][:, self.examples]

    @property
    def a(self) -> Array:
        """Activations of the previous layer, a column for each example in the table."""
        return self.case.forward_pass.a[self.layer - 1][:, self.examples]

    @cached_property
    def scale(self) -> float:
        """What fills a bar: it stays while something is moved."""
        return round_scale(float(np.abs(gradient(replace(self, case=self.start))).max()))


def begin(case: Case = cases.running, *, selected: str = "w1.2.1") -> GradientTable:
    """The gradient of a layer as a multiplication table: δ down the side, activations along the top.

    Parameters
    ----------
    case : the network it begins on, with at most 5 neurons in a layer; the learner may change to another. Of a batch
        the mean over its examples is shown at first
    selected : the cell at first, for instance "w1.2.1" for w[1][2, 1] or "b1.2" for b[1][2]

    Raises
    ------
    ValueError : a layer has more neurons, or `selected` is no weight or bias of the network.
    """
    sizes, every = case.parameters.sizes, {each.key for each in parameters(case)}
    if max(sizes) > MOST:
        raise ValueError(f"case must have at most {MOST} neurons in a layer, got sizes {sizes}")
    if selected not in every:
        raise ValueError(f"selected must be the key of a weight or bias of the network, got {selected!r}")
    begun = replace(GradientTable.begun(case), mean=case.x.shape[1] > 1)
    return choose(begun, Quantity.read(selected))


def update(state: GradientTable, event: Event) -> GradientTable:
    """Another network, layer, example or cell; a number moved; a step downhill."""
    match event:
        case Turn("network", str(name)):
            return on(state, name)
        case Turn("layer"):
            return at_layer(state, int(event.number))
        case Turn("example"):
            return replace(state, example=int(event.number))
        case Turn("mean"):
            return replace(state, mean=bool(event.value))
        case Turn(key):
            return moved(state, Quantity.read(key), event.number)
        case Press("step"):
            return stepped(state)
        case Press("reset"):
            return replace(state, case=state.start, before=None)
        case Select(""):
            return state
        case Select(key):
            return choose(state, Quantity.read(key))
    return refuse(event)


def gradient(state: GradientTable) -> Array:
    """The table: ∂C/∂b in column 0, then ∂C/∂w; the mean over the examples in it. Shape (n[layer], 1 + n[layer-1])."""
    return np.hstack([bp3(state.delta), bp4(state.delta, state.a)])


def dead_rows(state: GradientTable) -> list[int]:
    """Neurons whose δ is next to nothing, in every example in the table."""
    return [j for j, values in enumerate(state.delta) if np.abs(values).max() < SILENT]


def dead_columns(state: GradientTable) -> list[int]:
    """Neurons of the previous layer whose activation is next to nothing, in every example in the table."""
    return [k for k, values in enumerate(state.a) if np.abs(values).max() < SILENT]


def above(state: GradientTable) -> Quantity:
    """What is moved at the head of the column: an input, or the weighted input of a hidden neuron."""
    return Quantity("z" if state.layer > 1 else "a", state.layer - 1, (state.k,))


def beside(state: GradientTable) -> Quantity:
    """What is moved at the head of the row: the weighted input of its neuron."""
    return Quantity("z", state.layer, (state.j,))


def choose(state: GradientTable, key: Quantity) -> GradientTable:
    """Go to the cell of a weight or bias; to the row or column of a neuron, in another layer if it has none here."""
    layer, (j, *k) = key.layer, key.index
    if key.letter in ("w", "b"):
        return _fitting(replace(state, layer=layer, j=j, k=k[0] if k else state.k, bias=not k))
    if layer == state.layer - 1:
        return replace(state, k=j, bias=False)
    if layer == 0:
        return at_layer(replace(state, k=j), 1)
    return at_layer(replace(state, j=j), layer)


def stepped(state: GradientTable) -> GradientTable:
    """One step downhill."""
    return replace(state, case=state.case.stepped(ETA), before=state.case)


def moves(state: GradientTable) -> Array | None:
    """How far the step moved biases (column 0) and weights of the layer; None if there was none."""
    if state.before is None:
        return None
    (w, b), (w_before, b_before) = (
        (case.parameters.w[state.layer], case.parameters.b[state.layer]) for case in (state.case, state.before)
    )
    return np.hstack([b - b_before, w - w_before])


def at_layer(state: GradientTable, layer: int) -> GradientTable:
    """The table of another layer, at a weight: as far as it exists there, the same cell."""
    return _fitting(replace(state, layer=layer, bias=False))


def moved(state: GradientTable, key: Quantity, value: float) -> GradientTable:
    """An input, weight, bias or target set to a value in this example; z of a neuron is moved by its bias."""
    if key.letter != "z":
        return replace(state, case=key.turned(state.case, value, state.example), before=None)
    by = value - key.value(state.case, state.example)
    return replace(state, case=state.case.moved("b", key.layer, key.index, by=by), before=None)


def on(state: GradientTable, name: str) -> GradientTable:
    """The table of another network: as far as it exists there, the same cell."""
    case = state.offered[name]
    layer, mean = min(state.layer, case.parameters.layers[-1]), case.x.shape[1] > 1
    return _fitting(replace(state, case=case, network=name, layer=layer, example=0, mean=mean, before=None))


def _fitting(state: GradientTable) -> GradientTable:
    """Row and column inside the table of the layer."""
    sizes = state.case.parameters.sizes
    return replace(state, j=min(state.j, sizes[state.layer] - 1), k=min(state.k, sizes[state.layer - 1] - 1))

"""The multiplication table's state: a layer, a cell, one example or the mean, and what was moved."""

from dataclasses import dataclass, replace

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.drawing.chart import round_scale
from backprop_lab.views.diagram import read_key, weight_key

MEAN = "mean"
SILENT = 0.001  # an activation, and a δ, below which a column, and a row, counts as dead
NEARLY = 0.0005  # as near to 0 or 1 as a sigmoid is brought by its bias


@dataclass(frozen=True)
class Table:
    """Which table is shown, and where we are in it.

    Parameters
    ----------
    case, start : the network as it is now, and as it began
    layer, j, k : the layer whose gradient is shown; the row and the activation that are spoken of
    selected : key of the selected weight, bias or neuron
    shown : number of an example as text, or "mean"
    """

    case: Case
    start: Case
    layer: int = 1
    j: int = 0
    k: int = 0
    selected: str = "w1.0.0"
    shown: str = "0"
    network: str = ""

    @property
    def mean(self) -> bool:
        """Whether the cells are means over all examples."""
        return self.shown == MEAN

    @property
    def column(self) -> int:
        """The column that is spoken of: 0 is the one of the biases."""
        return 0 if self.selected.startswith("b") else self.k + 1

    @property
    def delta(self) -> Array:
        """δ of the layer, a column for each example shown."""
        return self.case.backward_pass.delta[self.layer][:, examples(self)]

    @property
    def a(self) -> Array:
        """Activations of the previous layer, a column for each example shown."""
        return self.case.forward_pass.a[self.layer - 1][:, examples(self)]

    @property
    def scale(self) -> float:
        """What fills a bar: it stays while something is moved."""
        return round_scale(float(np.abs(gradient(replace(self, case=self.start))).max()))


def begin(case: Case, selected: str = "w1.0.0", network: str = "") -> Table:
    """The first state for a case: one example, or the mean of several."""
    shown = "0" if case.x.shape[1] == 1 else MEAN
    return choose(Table(case, case, shown=shown, network=network), selected)


def examples(state: Table) -> list[int]:
    """The examples that are shown."""
    return list(range(state.case.x.shape[1])) if state.mean else [int(state.shown)]


def gradient(state: Table) -> Array:
    """The table: ∂C/∂b in column 0, then ∂C/∂w; the mean over the examples shown. Shape (n[layer], 1 + n[layer-1])."""
    ones = np.ones((1, len(examples(state))))
    return state.delta @ np.vstack([ones, state.a]).T / len(examples(state))


def dead_rows(state: Table) -> list[int]:
    """Neurons whose δ is next to nothing, in every example shown."""
    return [j for j, values in enumerate(state.delta) if np.abs(values).max() < SILENT]


def dead_columns(state: Table) -> list[int]:
    """Neurons of the previous layer whose activation is next to nothing, in every example shown."""
    return [k for k, values in enumerate(state.a) if np.abs(values).max() < SILENT]


def choose(state: Table, key: str) -> Table:
    """Go to the cell of a weight or bias; to the row or column of a neuron, in another layer if it has none here."""
    if not key:
        return state
    kind, layer, *index = read_key(key)
    if kind == "w":
        return replace(state, layer=layer, j=index[0], k=index[1], selected=key)
    if kind == "b":
        return _fitting(replace(state, layer=layer, j=index[0], selected=key))
    if layer == state.layer - 1:
        return _at_weight(replace(state, k=index[0]))
    if layer == 0:
        return _at_weight(_fitting(replace(state, layer=1, k=index[0])))
    return _at_weight(_fitting(replace(state, layer=layer, j=index[0])))


def show(state: Table, shown: str) -> Table:
    """One example, or the mean."""
    return replace(state, shown=shown)


def on(state: Table, network: str, case: Case) -> Table:
    """The table of another network: as far as it exists there, the same cell."""
    layer = min(state.layer, case.parameters.layers[-1])
    shown = "0" if case.x.shape[1] == 1 else MEAN
    return _at_weight(_fitting(replace(state, case=case, start=case, network=network, layer=layer, shown=shown)))


def reset(state: Table) -> Table:
    """All that was moved as it was."""
    return replace(state, case=state.start)


def activation(state: Table) -> float:
    """The activation of the column that is spoken of; of several examples the largest."""
    return float(state.a[state.k].max())


def z(state: Table) -> float:
    """The weighted input of the row that is spoken of, in the first example shown."""
    return float(state.case.forward_pass.z[state.layer][state.j, examples(state)[0]])


def with_activation(state: Table, value: float) -> Table:
    """Another activation in the column: an input is set, in every example shown; a hidden one is moved by its bias."""
    if state.layer == 1:
        x = np.array(state.case.x)
        x[state.k, examples(state)] = value
        return replace(state, case=replace(state.case, x=x))
    value = min(max(value, NEARLY), 1 - NEARLY)
    now = state.case.forward_pass.z[state.layer - 1][state.k, examples(state)].max()
    return _with_bias(state, state.layer - 1, state.k, float(np.log(value / (1 - value)) - now))


def with_z(state: Table, value: float) -> Table:
    """Another weighted input in the row, moved by its bias."""
    return _with_bias(state, state.layer, state.j, value - z(state))


def _with_bias(state: Table, layer: int, j: int, change: float) -> Table:
    parameters = state.case.parameters
    changed = parameters.with_entry("b", layer, (j, 0), parameters.b[layer][j, 0] + change)
    return replace(state, case=replace(state.case, parameters=changed))


def _fitting(state: Table) -> Table:
    """Row and column inside the table of the layer."""
    sizes = state.case.parameters.sizes
    return replace(state, j=min(state.j, sizes[state.layer] - 1), k=min(state.k, sizes[state.layer - 1] - 1))


def _at_weight(state: Table) -> Table:
    """The weight in the cell of j and k, selected."""
    return replace(state, selected=weight_key(state.layer, state.j, state.k))

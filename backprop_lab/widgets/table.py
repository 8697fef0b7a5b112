"""The shell of the multiplication table: a cell chosen by click, its activation and its weighted input on sliders."""

from ipywidgets import FloatSlider

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.views import table as view
from backprop_lab.views import table_state as states
from backprop_lab.widgets.live import Control, Live
from backprop_lab.widgets.networks import choice, name_of, network, networks

INPUTS, ACTIVATIONS = (-2.0, 2.0), (0.0, 1.0)


def table(case: Case = cases.running, *, selected: str = "w1.2.1") -> Live[states.Table]:
    """The gradient of a layer as a multiplication table: δ down the side, activations along the top.

    Parameters
    ----------
    case : the network it begins on; the learner may change to another. Of a batch the mean is shown at first
    selected : the cell at first, for instance "w1.2.1" for w[1][2, 1] or "b1.2" for b[1][2]
    """
    among = networks(case, "running", "wide", "deep", "batch")
    return Live(
        states.begin(case, selected, name_of(case, among)),
        view.table,
        label="The multiplication table of the gradient",
        controls=[
            network(among, states.on),
            choice("layer", _layers, lambda state: state.layer, lambda state, to: states.choose(state, f"a{to}.0")),
            choice("example", _examples, lambda state: state.shown, states.show),
            _activation(),
            Control(FloatSlider(description="z of the row", min=-10, max=10, step=0.1), states.z, states.with_z),
        ],
        actions={"reset": states.reset},
        select=states.choose,
    )


def _layers(state: states.Table) -> list[int]:
    return list(state.case.parameters.layers)


def _examples(state: states.Table) -> list[str]:
    m = state.case.x.shape[1]
    return [*([states.MEAN] if m > 1 else []), *map(str, range(m))]


def _activation() -> Control[states.Table]:
    """A slider that reaches as far as inputs, or activations, do."""
    slider = FloatSlider(description="a of the column", min=INPUTS[0], max=INPUTS[1], step=0.05)

    def follow(state: states.Table) -> float:
        slider.min, slider.max = INPUTS if state.layer == 1 else ACTIVATIONS
        return states.activation(state)

    return Control(slider, follow, states.with_activation)

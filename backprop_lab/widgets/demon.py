"""The demon's shell: a neuron chosen in the diagram, a slider for Δz, and buttons to make it larger and smaller."""

from ipywidgets import FloatSlider

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.views import demon as view
from backprop_lab.views import demon_state as states
from backprop_lab.views.diagram import neuron_key
from backprop_lab.widgets.live import Live, field


def demon(
    case: Case = cases.running, *, selected: str | None = None, amount: float = 0.1, reach: float = 3.0
) -> Live[states.Demon]:
    """A demon that adds Δz to the weighted input of a neuron: what δ promises, and what the cost does.

    Parameters
    ----------
    case : a network with one example; of a batch the first example is shown
    selected : key of the neuron where it sits at first, "a1.2" for neuron 2 of layer 1; an output if not given
    amount : Δz at first
    reach : the largest |Δz|
    """
    selected = selected or neuron_key(case.parameters.layers[-1], 0)
    slider = FloatSlider(description="Δz", min=-reach, max=reach, step=0.01)
    return Live(
        states.Demon(case, selected, amount, reach),
        view.demon,
        label="The demon, the network and the cost",
        controls=[field("amount", slider)],
        actions={"Δz × 10": states.ten_times, "Δz ÷ 10": states.a_tenth, "the other way": states.turned},
        select=states.sit,
    )

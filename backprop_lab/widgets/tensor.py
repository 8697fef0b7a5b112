"""The tensor's shell: a slider through its slices, and ways to collapse it."""

from ipywidgets import IntSlider, ToggleButtons

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.views import tensor as view
from backprop_lab.widgets.live import Live, field


def tensor(case: Case = cases.batch, *, layer: int = 1) -> Live[view.Tensor]:
    """The gradients of single examples as a stack [sample, neuron, weight], to slide through and to collapse.

    Raises
    ------
    ValueError : the network has no weights for this layer.
    """
    if layer not in case.parameters.layers:
        raise ValueError(f"layer must be one of {[*case.parameters.layers]}, got {layer}")
    return Live(
        view.Tensor(case, layer, selected="2,0"),
        view.tensor,
        label="The tensor of single gradients",
        controls=[
            field("sample", IntSlider(description="sample", min=0, max=case.x.shape[1] - 1)),
            field("collapse", ToggleButtons(description="collapse", options=[*view.COLLAPSES])),
        ],
        select=view.hold,
    )

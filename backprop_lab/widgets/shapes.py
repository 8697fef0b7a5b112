"""The shapes' shell: cards to choose from, and what is to be built of them."""

from dataclasses import replace

from ipywidgets import ToggleButtons

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.views import shapes as view
from backprop_lab.views import shapes_state as states
from backprop_lab.widgets.live import Control, Live

DEEP_BATCH = replace(cases.deep, x=cases.batch.x, y=cases.batch.y)  # layers and batch are of sizes that differ


def shapes(case: Case = DEEP_BATCH, *, layer: int = 2) -> Live[states.Shapes]:
    """Cards with shapes, of which two make z, δ or the gradient of a layer; they click together or say why not.

    Parameters
    ----------
    layer : a hidden layer: the one whose z, δ and ∇_w are built

    Raises
    ------
    ValueError : the layer is not a hidden one.
    """
    hidden = [*case.parameters.layers][:-1]
    if layer not in hidden:
        raise ValueError(f"layer must be a hidden layer, one of {hidden}, got {layer}")
    goals = ToggleButtons(description="goal", options=[*states.goals(case, layer)])
    return Live(
        states.Shapes(case, layer),
        view.shapes,
        label="Cards and their shapes",
        controls=[Control(goals, lambda state: state.goal, states.with_goal)],
        actions={"all cards back": states.start_over},
        select=states.choose,
    )

"""The shell of the knobs: a slider for every weight and bias, and a button for what turning them does not tell."""

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.views import knobs as view
from backprop_lab.widgets.explorer import knobs_by_layer
from backprop_lab.widgets.live import Live


def knobs(case: Case = cases.running) -> Live[view.Knobs]:
    """The cost and the moves so far while knobs are turned by hand; then one backward pass gives the rate of each.

    Parameters
    ----------
    case : a network with one output, and one example
    """
    return Live(
        view.begin(case),
        view.knobs,
        label="Knobs turned by hand",
        controls=knobs_by_layer(case, view.turn),
        actions={
            "one backward pass": view.backward_pass,
            f"one step, η = {view.ETA:g}": view.one_step,
            "reset": view.reset,
        },
    )

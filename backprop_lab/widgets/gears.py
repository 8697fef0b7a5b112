"""The shell of the gears: a slider that turns one weight, and a switch for each train of gears behind it."""

from ipywidgets import Checkbox, FloatSlider

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.views.diagram import read_key
from backprop_lab.views.gears import gears as view
from backprop_lab.views.gears_state import Gears, switched
from backprop_lab.widgets.live import Control, Live, field


def gears(case: Case = cases.running, weight: str = "w2.0.0") -> Live[Gears]:
    """Turn one weight and see what its rates promise for the cost, and what is measured.

    Parameters
    ----------
    case : a network with one example; of a batch the first example is shown
    weight : `w2.0.1` for `w[2][0, 1]`; of the last layer, or of the one before it

    Raises
    ------
    ValueError : more than one layer lies behind the weight's, or the output is softmax.
    """
    _, layer, j, k = read_key(weight)
    state = Gears(case, (layer, j, k))
    trains = range(len(state.trains.own)) if len(state.trains.own) > 1 else ()
    return Live(
        state,
        view,
        label=f"Gears from {state.trains.weight.code} to the cost",
        controls=[
            field("turn", FloatSlider(description="Δw", min=-1, max=1, step=0.05)),
            *(_switch(train) for train in trains),
        ],
    )


def _switch(train: int) -> Control[Gears]:
    return Control(
        Checkbox(description=f"train through output {train}", indent=False),
        lambda state: train not in state.off,
        lambda state, on: switched(state, train, on),
    )

"""The shell of the nested formula: sliders for the inputs, brackets that fold."""

from ipywidgets import FloatSlider

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.views import nest as view
from backprop_lab.widgets.live import Control, Live


def nest(case: Case = cases.deep, *, selected: str = "") -> Live[view.Nest]:
    """The formula of a whole network for its output neuron 0, with brackets that fold and unfold.

    Parameters
    ----------
    case : a network with sigmoid neurons; its first example is shown
    selected : what is lit at first, for instance `a1.2`, `w2.0.1`, `b1.2`, or nothing
    """
    return Live(
        view.Nest(case, selected=selected),
        view.nest,
        label="The nested formula",
        controls=[_control(k) for k in range(len(case.x))],
        actions={"unfold everything": view.unfold, "fold everything": view.fold},
        select=view.choose,
    )


def _control(k: int) -> Control[view.Nest]:
    slider = FloatSlider(description=f"x[{k}]", min=-2, max=2, step=0.05)
    return Control(
        slider, lambda state: float(state.case.x[k, 0]), lambda state, value: view.with_input(state, k, value)
    )

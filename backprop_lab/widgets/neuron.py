"""The shell of the single neuron: sliders for its inputs, weights and bias."""

from ipywidgets import FloatSlider

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.views import neuron as view
from backprop_lab.widgets.live import Control, Live, field


def neuron(case: Case = cases.running, *, j: int = 0, selected: str = "w1.0.0") -> Live[view.Neuron]:
    """One neuron with two inputs: its products, z, the point on σ and the tangent there.

    Parameters
    ----------
    case : a network with two inputs; its first example is shown
    j : which neuron of layer 1 to begin with
    selected : `w1.0.0`, `w1.0.1`, `b1.0` or nothing
    """
    sliders = [
        ("x0", "x[0]", 2),
        ("x1", "x[1]", 2),
        ("w0", "w[1][0, 0]", 4),
        ("w1", "w[1][0, 1]", 4),
        ("b", "b[1][0]", 4),
    ]
    return Live(
        view.begin(case, j, selected),
        view.neuron,
        label="One neuron",
        controls=[_control(*each) for each in sliders],
        actions={"weights and bias as they began": view.reset},
    )


def _control(name: str, description: str, reach: float) -> Control[view.Neuron]:
    return field(name, FloatSlider(description=description, min=-reach, max=reach, step=0.05))
